//! What it would take, what holds the verdict, and whom to reach next.

use std::io::Write;

use quorate::{Explanation, Extent, Points, State, Wording};

use super::super::spoken::{Spoken, tenths_up};
use crate::exit::Stop;

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
        let number = format!("{:>3}.", i + 1);
        for (k, change) in set.changes.iter().enumerate() {
            let before = if k == 0 { number.as_str() } else { "   +" };
            writeln!(out, "{before} {}", words.say(change))?;
        }
        if set.missing > Points::ZERO && set.changes.iter().filter(|change| change.code() == "bring").count() > 1 {
            writeln!(out, "     ({} points in all)", tenths_up(set.missing))?;
        }
    }
    match advice.extent {
        Extent::All => {}
        Extent::More => writeln!(out, "  There are more ways; these are the shortest.")?,
        Extent::Cut => writeln!(out, "  There may be other ways: not all were looked at.")?,
    }
    Ok(())
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
    for (i, person) in explained.next_people.iter().take(PEOPLE).enumerate() {
        writeln!(out, "{:>3}. {}", i + 1, words.say(person))?;
    }
    if explained.next_people.len() > PEOPLE {
        writeln!(out, "     and {} more", explained.next_people.len() - PEOPLE)?;
    }
    Ok(())
}
