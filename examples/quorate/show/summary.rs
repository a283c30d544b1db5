//! What came in and what became of it, so that every row is accounted for.

use std::path::Path;

use quorate::{GroupAssessment, RunIntake, Signal, SignalState, SignalTally, Subject};

use super::matched;
use crate::load::{Dataset, Sources};
use crate::policies::Chosen;
use crate::words::{count, shown, thousands};

/// Conflicts of signal ids that are shown; the others are counted.
const CONFLICTS: usize = 20;
/// Contacts that report to themselves that are named; the others are counted.
const TOPS: usize = 5;

/// The states of the signals over all groups that were assessed.
pub struct Totals {
    run: RunIntake,
    groups: u64,
    states: [u64; SignalState::ALL.len()],
    warnings: u64,
}

impl Totals {
    pub const fn new(run: RunIntake) -> Self {
        Self { run, groups: 0, states: [0; SignalState::ALL.len()], warnings: 0 }
    }

    pub fn add(&mut self, group: &GroupAssessment) {
        self.groups += 1;
        self.warnings += group.warnings.len() as u64;
        for (total, (_, number)) in self.states.iter_mut().zip(group.intake.iter()) {
            *total += number;
        }
    }

    /// The whole summary of an assessment.
    ///
    /// `interactions` says what became of these.
    pub fn lines(&self, data: &Dataset, rejects: Option<&Path>, interactions: Vec<String>) -> Vec<String> {
        let mut lines = intake_on_a_day(data, self.run, interactions);
        lines.push(self.states_line());
        if self.warnings > 0 {
            lines.push(format!(
                "Warnings: {} that did not do what they say; see `warnings` in --format jsonl",
                count(self.warnings, "row or role", "rows or roles")
            ));
        }
        lines.extend(left_out(data, rejects));
        lines
    }

    fn states_line(&self) -> String {
        let named = SignalState::ALL.iter().zip(self.states).filter(|(_, number)| *number > 0);
        let states: Vec<String> = named.map(|((token, _), number)| format!("{} {}", thousands(number), token.replace('_', " "))).collect();
        let total: u64 = self.states.iter().sum();
        let groups = count(self.groups, "group", "groups");
        if states.is_empty() {
            format!("Over {groups}: no signals")
        } else {
            format!("Over {groups}: {} = {}", count(total, "signal", "signals"), states.join(" + "))
        }
    }
}

/// The rows that nothing was made of.
pub fn left_out(data: &Dataset, rejects: Option<&Path>) -> Option<String> {
    let whither = rejects.map_or_else(String::new, |path| format!("; they are in {}", path.display()));
    (!data.findings.is_empty()).then(|| format!("Left out: {}{whither}", data.findings.total()))
}

/// The files and their rows, and what became of the signals, where interactions have made no ties.
pub fn intake(data: &Dataset, run: RunIntake) -> Vec<String> {
    intake_on_a_day(data, run, Vec::new())
}

/// The same, with what became of the interactions on a day; nothing said means that no ties were made of them.
pub fn intake_on_a_day(data: &Dataset, run: RunIntake, mut interactions: Vec<String>) -> Vec<String> {
    if interactions.is_empty() {
        interactions.extend(between(data));
    }
    let mut lines = Vec::new();
    let mut files: Vec<String> = Vec::new();
    for source in data.sources.iter() {
        let out = data.findings.rows_of(&source.shown);
        let out = if out > 0 { format!(" ({} left out)", thousands(out)) } else { String::new() };
        let file = format!("{} {}{out}", source.shown, thousands(source.rows));
        if !files.contains(&file) {
            files.push(file);
        }
    }
    let mapping = data.sources.mapping.as_ref().map_or_else(String::new, |name| format!(" (mapping {})", shown(name)));
    lines.push(format!("Rows{mapping}: {}", files.join(" · ")));
    let RunIntake { duplicate, unknown_subject, known, .. } = run;
    lines.push(format!(
        "Signals: {} = {} duplicate + {} of unknown people or accounts + {} known",
        thousands(run.total()),
        thousands(duplicate),
        thousands(unknown_subject),
        thousands(known)
    ));
    if data.notes.other_account > 0 {
        lines.push(format!(
            "Signals whose contact is of another account than the one beside it: {}; the contact counts",
            thousands(data.notes.other_account)
        ));
    }
    lines.extend(interactions);
    lines.extend(tops(data));
    lines.extend(matched::lines(&data.matched));
    lines.extend(unread(&data.sources));
    lines
}

/// Interactions, whatever the day.
fn between(data: &Dataset) -> Option<String> {
    let all = data.interactions.len() as u64;
    let with_oneself = data.interactions.iter().filter(|one| one.from == one.to).count() as u64;
    let line = || {
        format!(
            "Interactions: {} = {} with oneself + {} between two people",
            thousands(all),
            thousands(with_oneself),
            thousands(all - with_oneself)
        )
    };
    (all > 0).then(line)
}

/// Contacts whose reporting line to themselves was taken for none.
fn tops(data: &Dataset) -> Option<String> {
    let more = data.tops.len().saturating_sub(TOPS);
    let mut names: Vec<String> = data.tops.iter().take(TOPS).map(|id| shown(id.as_str())).collect();
    names.extend((more > 0).then(|| format!("and {} more", thousands(more as u64))));
    let all = thousands(data.tops.len() as u64);
    (!data.tops.is_empty()).then(|| format!("Contacts that report to themselves, taken as having no manager: {all} ({})", names.join(", ")))
}

/// Columns and files that nothing was read from.
fn unread(found: &Sources) -> Vec<String> {
    let mut lines = Vec::new();
    let sources: Vec<_> = found.iter().collect();
    let mut ignored = Vec::new();
    for (i, source) in sources.iter().enumerate().filter(|(i, source)| sources[..*i].iter().all(|earlier| earlier.shown != source.shown)) {
        // A file may be read several times; a column is ignored when every reading ignores it.
        let same: Vec<_> = sources[i..].iter().filter(|other| other.shown == source.shown).collect();
        let names: Vec<&str> = source
            .plan
            .ignored
            .iter()
            .filter(|name| same.iter().all(|other| other.plan.ignored.contains(name)))
            .map(String::as_str)
            .collect();
        if !names.is_empty() {
            ignored.push(format!("{}: {}", source.shown, names.join(", ")));
        }
    }
    let mut add = |what: &str, list: Vec<String>, between: &str| {
        if !list.is_empty() {
            lines.push(format!("{what}: {}", list.join(between)));
        }
    };
    add("Columns not used", ignored, " · ");
    let absent = sources.iter().filter(|source| !source.plan.absent.is_empty());
    let mut missing: Vec<String> = absent.map(|source| format!("{}: {}", source.shown, source.plan.absent.join(", "))).collect();
    missing.dedup();
    add("Columns that the mapping names and the file lacks", missing, " · ");
    let passed_over = sources.iter().filter(|source| source.passed_over > 0);
    add(
        "Rows that the mapping does not read",
        passed_over.map(|one| format!("{}: {}", one.shown, thousands(one.passed_over))).collect(),
        " · ",
    );
    add("Files of other commands, not used here", found.elsewhere.clone(), ", ");
    add("Other CSV files, not used", found.others.clone(), ", ");
    lines
}

/// Kinds that the policy does not know, since a slip there is silent.
pub fn kinds(tally: &SignalTally, chosen: &Chosen) -> Option<String> {
    let known = |name: &str| chosen.all().iter().any(|policy| policy.document().kinds.iter().any(|kind| kind.name.as_str() == name));
    let unknown: Vec<String> = tally.kinds().into_iter().filter(|name| !known(name)).map(|name| format!("`{}`", shown(name))).collect();
    (!unknown.is_empty()).then(|| format!("Kinds that the policy does not know, which count nothing: {}", unknown.join(", ")))
}

/// Ids that came with different contents: what counts, and what does not.
pub fn conflicts(tally: &SignalTally) -> Vec<String> {
    let mut lines = Vec::new();
    let mut all = tally.conflicts();
    for conflict in all.by_ref().take(CONFLICTS) {
        let contents: Vec<String> = conflict.contents.iter().map(content).collect();
        let (counts, others) = contents.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
        lines.push(format!(
            "signal `{}` came with different contents: counted {counts}; not counted {}",
            shown(conflict.id.as_str()),
            others.join("; ")
        ));
    }
    let more = all.count() as u64;
    if more > 0 {
        lines.push(format!("… and {}", count(more, "more signal with different contents", "more signals with different contents")));
    }
    lines
}

fn content(signal: &Signal) -> String {
    let subject = match &signal.subject {
        Subject::Account(id) => format!("account `{}`", shown(id.as_str())),
        Subject::Contact(id) => format!("contact `{}`", shown(id.as_str())),
        Subject::Email(address) => format!("`{}`", shown(address.as_str())),
    };
    let solution = signal.solution.as_ref().map_or_else(String::new, |name| format!(", solution `{}`", shown(name.as_str())));
    let campaign = signal.campaign.as_ref().map_or_else(String::new, |name| format!(", campaign `{}`", shown(name.as_str())));
    let quarantined = if signal.quarantined { ", quarantined" } else { "" };
    format!("{} of {subject} at {}{solution}{campaign}{quarantined}", shown(signal.kind.as_str()), signal.at)
}
