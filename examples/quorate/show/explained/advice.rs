//! What it would take, what holds the verdict, and whom to reach next.

use std::io::Write;

use quorate::{Change, ChangeSet, ContactIds, Explanation, Extent, GapCode, NextPerson, State, Wording};

use super::super::people::{name, spoken};
use super::super::spoken::{Spoken, tenths_up};
use crate::exit::Stop;

/// People named in one line before the others are counted.
const NAMED: usize = 5;
/// Losses that are listed before the others are counted.
const LOSSES: usize = 12;
/// People that are listed before the others are counted.
const PEOPLE: usize = 8;

/// Prints the sets of changes.
pub fn take(out: &mut impl Write, explained: &Explanation, words: &Spoken<'_>) -> Result<(), Stop> {
    if explained.assessment.verdict.state == State::Qualified {
        return Ok(());
    }
    let advice = &explained.advice;
    if advice.sets.is_empty() {
        writeln!(out, "\nWhat it would take: {}", none(advice.extent))?;
        return Ok(());
    }
    writeln!(out, "\nWhat it would take (each way is enough by itself)")?;
    for (i, set) in advice.sets.iter().enumerate() {
        for (k, line) in lines(set, words).iter().enumerate() {
            let before = if k == 0 { format!("{:>3}.", i + 1) } else { "   +".into() };
            writeln!(out, "{before} {line}")?;
        }
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

/// A line for all who are to be found, then one for each other change.
fn lines(set: &ChangeSet, words: &Spoken<'_>) -> Vec<String> {
    let (found, others): (Vec<&Change>, Vec<&Change>) = set.changes.iter().partition(|change| matches!(change, Change::AddPerson { .. }));
    let roles: Vec<String> = found.iter().filter_map(|change| sought(change)).collect();
    let mut lines: Vec<String> = others.iter().map(|change| words.say(*change).to_string()).collect();
    if !roles.is_empty() {
        lines.insert(0, format!("find {}", roles.join(" and ")));
    }
    if others.iter().filter(|change| change.code() == "bring").count() > 1 {
        lines.push(format!("({} points in all)", tenths_up(set.missing)));
    }
    lines
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
        writeln!(out, "  - {}", words.say(loss))?;
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
    let lines = reached(&explained.next_people, words);
    for (i, line) in lines.iter().take(PEOPLE).enumerate() {
        writeln!(out, "{:>3}. {line}", i + 1)?;
    }
    if lines.len() > PEOPLE {
        writeln!(out, "     and {} more", lines.len() - PEOPLE)?;
    }
    Ok(())
}

/// One line for each person, and one for all who may hold the same open role.
fn reached(people: &[NextPerson], words: &Spoken<'_>) -> Vec<String> {
    let alike = |a: &NextPerson, b: &NextPerson| {
        a.gap == GapCode::RolePossiblyFilled && b.gap == a.gap && a.role == b.role && a.contact().is_some() == b.contact().is_some()
    };
    let line = |group: &[NextPerson]| match group {
        [first, _, ..] => {
            let contacts: Vec<&str> = group.iter().filter_map(NextPerson::contact).collect();
            format!("find out the role of {}: one of them may be the {}", names(contacts.into_iter(), words), spoken(first.role.as_str()))
        }
        _ => group.iter().map(|one| words.say(one).to_string()).collect(),
    };
    people.chunk_by(alike).map(line).collect()
}
