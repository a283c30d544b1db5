//! What it would take, and what holds the verdict.

use std::io::Write;

use quorate::{Change, ChangeSet, ChannelName, ContactIds, Explanation, Extent, State};

use super::super::people::{name, spoken};
use super::super::spoken::Spoken;
use crate::exit::Stop;

/// People named in one line before the others are counted.
const NAMED: usize = 5;
/// Losses that are listed before the others are counted.
const LOSSES: usize = 12;
/// Ways that are shown unless all are asked for.
const WAYS: usize = 5;

/// Prints the sets of changes; with `all`, every one that was found.
pub fn take(out: &mut impl Write, explained: &Explanation, words: &Spoken<'_>, all: bool) -> Result<(), Stop> {
    if explained.assessment.verdict.state == State::Qualified {
        return Ok(());
    }
    let advice = &explained.advice;
    if advice.sets.is_empty() {
        writeln!(out, "\nWhat it would take: {}", none(advice.extent))?;
        return Ok(());
    }
    writeln!(out, "\nWhat it would take (each way is enough by itself)")?;
    let most = if all || advice.sets.len() <= WAYS + 1 { advice.sets.len() } else { WAYS };
    for (i, set) in advice.sets.iter().take(most).enumerate() {
        for (k, line) in lines(set, words).iter().enumerate() {
            let before = if k == 0 { format!("{:>3}.", i + 1) } else { "   +".into() };
            writeln!(out, "{before} {line}")?;
        }
        if let Some(note) = note(set) {
            writeln!(out, "     ({note})")?;
        }
    }
    if let Some(candidates) = candidates(&advice.sets) {
        let names = names(candidates.iter(), words);
        let (role, is) = if candidates.len() == 1 { ("role", "is") } else { ("roles", "are") };
        writeln!(out, "  Of those to find some may be known already: the {role} of {names} {is} not known.")?;
    }
    let hidden = advice.sets.len() - most;
    match advice.extent {
        Extent::All if hidden == 0 => {}
        Extent::All => writeln!(out, "  There are {hidden} more ways; --all shows them.")?,
        Extent::More if hidden == 0 => writeln!(out, "  There are more ways; these are the shortest.")?,
        Extent::More => writeln!(out, "  There are more ways; these are the shortest, and --all shows the next {hidden}.")?,
        Extent::Cut if hidden == 0 => writeln!(out, "  There may be other ways: not all were looked at.")?,
        Extent::Cut => writeln!(out, "  There are {hidden} more ways, which --all shows, and maybe others: not all were looked at.")?,
    }
    Ok(())
}

/// A line for all who are to be found, one for each other change, one for all sorts of activity of which any would do.
fn lines(set: &ChangeSet, words: &Spoken<'_>) -> Vec<String> {
    let (found, others): (Vec<&Change>, Vec<&Change>) = set.changes.iter().partition(|change| matches!(change, Change::AddPerson { .. }));
    let roles: Vec<String> = found.iter().filter_map(|change| sought(change)).collect();
    let mut lines = Vec::new();
    if !roles.is_empty() {
        lines.push(format!("find {}", listed(&roles, "and")));
    }
    for alike in others.chunk_by(|a, b| same_choice(a, b)) {
        lines.push(if alike.len() > 1 { sorts(alike) } else { words.line(alike[0]) });
    }
    lines
}

/// What is to be said of a set as a whole.
fn note(set: &ChangeSet) -> Option<&'static str> {
    let asks = |code: &str| set.changes.iter().any(|change| change.code() == code);
    (asks("bring") && asks("signal")).then_some("one activity may bring points and be of a new sort")
}

/// Whether two changes ask for activity of the same people, and what would do instead of either is the same.
fn same_choice(a: &Change, b: &Change) -> bool {
    match (a, b) {
        (Change::Signal { tier, others, role, .. }, Change::Signal { tier: tier_b, others: others_b, role: role_b, .. }) => {
            (tier, others, role) == (tier_b, others_b, role_b)
        }
        _ => false,
    }
}

/// `see 2 more sorts of activity, out of content, event, meeting and reply`.
fn sorts(alike: &[&Change]) -> String {
    let (mut channels, mut instead, mut by): (Vec<&ChannelName>, &[ChannelName], String) = (Vec::new(), &[], String::new());
    for change in alike {
        if let Change::Signal { channel, others, role, .. } = change {
            channels.push(channel);
            instead = others;
            by = role.as_ref().map_or_else(String::new, |role| format!(" by somebody in the role {}", spoken(role.as_str())));
        }
    }
    channels.extend(instead);
    let names: Vec<String> = channels.into_iter().map(|channel| spoken(channel.as_str())).collect();
    format!("see {} more sorts of activity{by}, out of {}", alike.len(), listed(&names, "and"))
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed(names: &[String], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// `a champion`, `an influencer`, `one more influencer`.
fn sought(change: &Change) -> Option<String> {
    let Change::AddPerson { role, number, .. } = change else { return None };
    let role = spoken(role.as_str());
    let article = if role.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    Some(if *number > 1 { format!("one more {role}") } else { format!("{article} {role}") })
}

/// The people without a role, where somebody is to be found.
fn candidates(sets: &[ChangeSet]) -> Option<&ContactIds> {
    let changes = sets.iter().flat_map(|set| &set.changes);
    let all = changes.filter_map(|change| if let Change::AddPerson { candidates, .. } = change { Some(candidates) } else { None });
    all.into_iter().find(|candidates| !candidates.is_empty())
}

/// `Ann Lee, Ben Orr and 2 more`.
pub fn names<'i>(mut contacts: impl ExactSizeIterator<Item = &'i str>, words: &Spoken<'_>) -> String {
    let more = contacts.len().saturating_sub(NAMED);
    let names: Vec<String> = contacts.by_ref().take(NAMED).map(|id| name(id, words.graph)).collect();
    if more == 0 { names.join(", ") } else { format!("{} and {more} more", names.join(", ")) }
}

const fn none(extent: Extent) -> &'static str {
    match extent {
        Extent::Cut => "no way was found, and not all were looked at.",
        Extent::All | Extent::More => "nothing that people or facts could change would do it.",
    }
}

/// Prints what the verdict hangs on.
pub fn holds(out: &mut impl Write, explained: &Explanation, words: &Spoken<'_>) -> Result<(), Stop> {
    if explained.assessment.verdict.state != State::Qualified {
        return Ok(());
    }
    let losses = &explained.holds.losses;
    if losses.is_empty() {
        let tried = if explained.holds.complete { "" } else { " that was tried" };
        writeln!(out, "\nWhat it hangs on: no single person, activity or fact{tried}; it would hold without any one of them.")?;
        return Ok(());
    }
    writeln!(out, "\nWhat it hangs on")?;
    for loss in losses.iter().take(LOSSES) {
        writeln!(out, "  - {}", words.line(loss))?;
    }
    if losses.len() > LOSSES {
        writeln!(out, "  and {} more", losses.len() - LOSSES)?;
    }
    Ok(())
}
