//! One group explained, for reading: the verdict, why, what is not known, what it would take or what holds it, whom to reach, where readiness
//! and points come from.

mod advice;
mod fit;
mod legend;
mod lines;
mod next;
mod points;
mod ready;
mod who;
mod why;

use std::io::Write;

use quorate::{AccountGraph, Explanation, GroupAssessment, LedgerRow, Policy, Reason, Route, State};

use super::people::{name, spoken};
use super::spoken::{Spoken, tenths};
use crate::exit::Stop;
use crate::policies::{Chosen, label};
use crate::words::shown;

/// Prints it; with `all`, every way and every line of the ledger.
pub fn print(out: &mut impl Write, explained: &Explanation, graph: &AccountGraph, chosen: &Chosen, all: bool) -> Result<(), Stop> {
    let words = Spoken { graph };
    let policy = chosen.labelled(&explained.assessment.policy);
    head(out, explained, graph, policy, &words)?;
    why::print(out, explained, &words)?;
    legend::print(out, explained, policy)?;
    fit::print(out, explained, &words, all)?;
    advice::take(out, explained, &words, all)?;
    advice::holds(out, explained, &words)?;
    next::print(out, explained, &words)?;
    lines::print(out, explained, &words)?;
    who::print(out, explained, &words, all)?;
    ready::print(out, explained, &words)?;
    points::print(out, explained, graph, all)?;
    writeln!(out, "Policy: {}", label(&explained.assessment.policy))?;
    Ok(())
}

fn head(
    out: &mut impl Write,
    explained: &Explanation,
    graph: &AccountGraph,
    policy: Option<&Policy>,
    words: &Spoken<'_>,
) -> Result<(), Stop> {
    let group = &explained.assessment;
    writeln!(out, "{}, as of {}", whose(group, graph), group.as_of)?;
    writeln!(out, "{}", verdict(explained, policy, words))?;
    let change = group.momentum.change.units();
    let (ready, points) = (tenths(group.readiness.units(), 4), tenths(group.points.units(), 13));
    let moved = format!("{}{}", if change > 0 { "+" } else { "" }, tenths(change, 13));
    let stage = spoken(group.stage.token());
    let within = policy.map(|policy| format!(" in {} days", policy.document().momentum.days)).unwrap_or_default();
    writeln!(out, "Stage: {stage}. {ready} % ready, {points} points, {} ({moved}{within}).", group.momentum.trend)?;
    if group.verdict.state != State::InsufficientData {
        let needed = reasons(explained, words, |reason| matches!(reason, Reason::FactNeeded { .. }));
        if !needed.is_empty() {
            writeln!(out, "Note: {needed}.")?;
        }
    }
    for warning in &group.warnings {
        writeln!(out, "Note: {}.", words.line(warning))?;
    }
    Ok(())
}

/// `Dickerson-Medina (e17b5956), group 7f36f015, for platform`.
pub fn whose(group: &GroupAssessment, graph: &AccountGraph) -> String {
    let id = shown(group.account_id());
    let account = match graph.account(group.account_id()).and_then(|account| account.name) {
        Some(name) => format!("{} ({id})", shown(&name)),
        None => id,
    };
    let own = (group.group_id() != group.account_id()).then(|| format!("group {}", shown(group.group_id())));
    let solution = group.solution.as_ref().map(|solution| format!("for {}", shown(solution.as_str())));
    [Some(account), own, solution].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The verdict in a sentence.
fn verdict(explained: &Explanation, policy: Option<&Policy>, words: &Spoken<'_>) -> String {
    let verdict = &explained.assessment.verdict;
    match (verdict.state, verdict.route) {
        (State::Qualified, Some(Route::HandRaise)) => format!("QUALIFIED: {}.", asked_to_talk(explained, policy, words)),
        (State::Qualified, _) => "QUALIFIED: all that was agreed is met.".into(),
        (State::NotYet, _) => format!("NOT YET: {}.", why::lack(explained, words)),
        (State::InsufficientData, _) => {
            format!("FACTS NEEDED: {}.", reasons(explained, words, |reason| matches!(reason, Reason::FactNeeded { .. })))
        }
        (State::Excluded, _) => format!("EXCLUDED: {}.", reasons(explained, words, is_exclusion)),
    }
}

const fn is_exclusion(reason: &Reason) -> bool {
    matches!(reason, Reason::AccountExcluded { .. } | Reason::Disqualified { .. } | Reason::ExclusionRule)
}

fn reasons(explained: &Explanation, words: &Spoken<'_>, chosen: impl Fn(&Reason) -> bool) -> String {
    let reasons = explained.assessment.verdict.reasons.iter().filter(|reason| chosen(reason));
    let said: Vec<String> = reasons.map(|reason| words.line(reason)).collect();
    said.join("; ")
}

/// Who asked to talk, by which act, and when.
fn asked_to_talk(explained: &Explanation, policy: Option<&Policy>, words: &Spoken<'_>) -> String {
    let day = explained.assessment.newest_hand_raise;
    let document = policy.map(Policy::document);
    let raises = |row: &&LedgerRow| {
        let kind = document.into_iter().flat_map(|policy| &policy.kinds).find(|kind| kind.name.as_str() == row.kind());
        Some(row.day) == day && kind.zip(document).is_some_and(|(kind, policy)| kind.tier <= policy.hand_raise.tier)
    };
    let rows = explained.cited.rows.iter().map(|place| &explained.ledger.rows[*place]).filter(raises);
    let said: Vec<String> = rows
        .filter_map(|row| {
            let who = explained.ledger.person_of(row).and_then(|person| person.contact())?;
            Some(format!("{} asked to talk ({} on {})", name(who, words.graph), spoken(row.kind()), row.day))
        })
        .collect();
    if said.is_empty() { "somebody asked to talk".into() } else { said.join(", ") }
}
