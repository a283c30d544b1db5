//! What it would take, what holds the verdict, and whom to reach next.

use std::io::Write;

use quorate::{Change, ChangeSet, ContactIds, Explanation, Extent, GapCode, NextPerson, State};

use super::super::people::{name, spoken};
use super::super::spoken::Spoken;
use crate::exit::Stop;

/// People named in one line before the others are counted.
const NAMED: usize = 5;
/// Ways that are shown unless all are asked for.
const SETS: usize = 5;
/// Losses that are listed before the others are counted.
const LOSSES: usize = 12;
/// People that are listed before the others are counted.
const PEOPLE: usize = 8;

/// Prints the sets of changes.
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
    let shown = if all { advice.sets.len() } else { SETS };
    let mut told: Vec<(String, usize)> = Vec::new();
    for (i, set) in advice.sets.iter().take(shown).enumerate() {
        for (k, line) in lines(set, i + 1, &mut told, words).iter().enumerate() {
            let before = if k == 0 { format!("{:>3}.", i + 1) } else { "   +".into() };
            writeln!(out, "{before} {line}")?;
        }
    }
    if advice.sets.len() > shown {
        writeln!(out, "  {} longer ways were found (--all shows them).", advice.sets.len() - shown)?;
    }
    let asks_both = |set: &ChangeSet| ["bring", "signal"].iter().all(|code| set.changes.iter().any(|change| change.code() == *code));
    if advice.sets.iter().take(shown).any(asks_both) {
        writeln!(out, "  What brings somebody points may be the activity that is asked for beside it.")?;
    }
    if let Some(candidates) = candidates(&advice.sets) {
        let names = names(candidates.iter(), words);
        writeln!(out, "  Of those to find some may be known already: the role of {names} is not known.")?;
    }
    match advice.extent {
        Extent::All => {}
        Extent::More => writeln!(out, "  There are more ways; these are the shortest.")?,
        Extent::Cut => writeln!(out, "  There may be other ways: not all were looked at.")?,
    }
    Ok(())
}

/// A line for all who are to be found, one for each other change, one for all sorts of activity; what an earlier way told is referred to.
fn lines(set: &ChangeSet, number: usize, told: &mut Vec<(String, usize)>, words: &Spoken<'_>) -> Vec<String> {
    let of = |sort: &dyn Fn(&Change) -> bool| set.changes.iter().filter(|change| sort(change)).collect::<Vec<_>>();
    let is_found = |change: &Change| matches!(change, Change::AddPerson { .. });
    let is_signal = |change: &Change| matches!(change, Change::Signal { .. });
    let roles: Vec<String> = of(&is_found).into_iter().filter_map(sought).collect();
    let mut lines: Vec<String> = Vec::new();
    if !roles.is_empty() {
        lines.push(format!("find {}", roles.join(" and ")));
    }
    lines.extend(of(&|change| !is_found(change) && !is_signal(change)).into_iter().map(|change| words.said(change)));
    if let Some(line) = activity(&of(&is_signal), words) {
        if let Some((_, way)) = told.iter().find(|(known, _)| *known == line) {
            lines.push(format!("the same activity as in way {way}"));
        } else {
            told.push((line.clone(), number));
            lines.push(line);
        }
    }
    lines
}

/// All sorts of activity of a set in one line.
fn activity(signals: &[&Change], words: &Spoken<'_>) -> Option<String> {
    let [first, rest @ ..] = signals else { return None };
    if rest.is_empty() {
        return Some(words.said(*first));
    }
    let sort = |change: &&Change| match change {
        Change::Signal { channel, kinds, role, .. } => {
            let kinds: Vec<String> = kinds.iter().map(|kind| spoken(kind.as_str())).collect();
            let by = role.as_ref().map_or_else(String::new, |role| format!(" by the {}", spoken(role.as_str())));
            format!("{} ({}){by}", spoken(channel.as_str()), kinds.join(" or "))
        }
        _ => String::new(),
    };
    let sorts: Vec<String> = signals.iter().map(sort).collect();
    let others = match first {
        Change::Signal { others, .. } => others.iter().map(|one| spoken(one.as_str())).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    };
    let instead = if others.is_empty() { String::new() } else { format!("; instead of one of them also {others}") };
    Some(format!("see {} more sorts of activity: {}{instead}", signals.len(), sorts.join(" and ")))
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
fn names<'i>(mut contacts: impl ExactSizeIterator<Item = &'i str>, words: &Spoken<'_>) -> String {
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
        writeln!(out, "  - {}", words.said(loss))?;
    }
    if losses.len() > LOSSES {
        writeln!(out, "  and {} more", losses.len() - LOSSES)?;
    }
    Ok(())
}

/// Prints whom to reach.
pub fn next(out: &mut impl Write, explained: &Explanation, words: &Spoken<'_>) -> Result<(), Stop> {
    if explained.next_people.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nWhom to reach next")?;
    let lines = reached(explained, words);
    for (i, line) in lines.iter().take(PEOPLE).enumerate() {
        writeln!(out, "{:>3}. {line}", i + 1)?;
    }
    if lines.len() > PEOPLE {
        writeln!(out, "     and {} more", lines.len() - PEOPLE)?;
    }
    Ok(())
}

/// One line for each person, and one for all who may hold the same open role, those with the most points first.
fn reached(explained: &Explanation, words: &Spoken<'_>) -> Vec<String> {
    let maybe = |one: &NextPerson| one.gap == GapCode::RolePossiblyFilled && one.contact().is_some();
    let alike = |a: &NextPerson, b: &NextPerson| maybe(a) && maybe(b) && a.role == b.role;
    let points = |contact: &str| explained.assessment.members.iter().find(|one| one.contact() == contact).map(|one| one.points);
    let line = |group: &[NextPerson]| match group {
        [first, _, ..] => {
            let mut contacts: Vec<&str> = group.iter().filter_map(NextPerson::contact).collect();
            contacts.sort_by_key(|contact| std::cmp::Reverse(points(contact)));
            let open = explained.assessment.gaps.iter().filter(|gap| gap.code == GapCode::RolePossiblyFilled).count();
            let others = if open > 1 { format!(", or hold another of the {open} open roles") } else { String::new() };
            let role = spoken(first.role.as_str());
            format!("find out the role of {}: one of them may be the {role}{others}", names(contacts.into_iter(), words))
        }
        _ => group.iter().map(|one| words.said(one)).collect(),
    };
    explained.next_people.chunk_by(alike).map(line).collect()
}
