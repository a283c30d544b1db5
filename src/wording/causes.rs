//! Comparisons in English: where policies differ, what made a difference, how a group changed.

use core::fmt;

use super::{Part, Wording};
use crate::assess::{Movement, Route, State, Truth, Value};
use crate::compare::{AnswerChange, Cause, Difference, Factor, GroupChange, GroupOutcome, HandRaiseState};
use crate::exact::Points;

/// Other causes that a sentence names before it counts the rest.
const NAMED: usize = 3;

/// Letters of a part of a policy that a sentence shows.
const LETTERS: usize = 60;

/// The beginning of a part of a policy, on one line.
struct Short<'a>(&'a str);

impl fmt::Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars().take(LETTERS) {
            if letter.is_control() { write!(f, "{}", letter.escape_debug()) } else { write!(f, "{letter}") }?;
        }
        f.write_str(if self.0.chars().nth(LETTERS).is_some() { "…" } else { "" })
    }
}

/// Says where policies differ.
pub(super) fn difference(f: &mut fmt::Formatter<'_>, difference: &Difference) -> fmt::Result {
    let path = &difference.path;
    match (&difference.before, &difference.after) {
        _ if difference.count > 1 => write!(f, "{path} ({} differences)", difference.count),
        (Some(_), Some(_)) if path.starts_with("order of ") => write!(f, "another {path}"),
        (Some(before), Some(after)) => write!(f, "{path} {} → {}", Short(before), Short(after)),
        (None, Some(after)) => write!(f, "{path} added: {}", Short(after)),
        (Some(before), None) => write!(f, "{path} taken away: {}", Short(before)),
        (None, None) => f.write_str(path),
    }
}

/// Says what made a difference.
pub(super) fn cause<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, cause: &Cause) -> fmt::Result {
    because(w, f, cause, None)
}

/// Says how a group changed, why, and between days what moved the points.
pub(super) fn group_change<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, change: &GroupChange) -> fmt::Result {
    write!(f, "{} → {}: ", outcome(&change.before), outcome(&change.after))?;
    w.why(f, change)?;
    if moves(change).is_some() {
        f.write_str("; points ")?;
    }
    w.movement(f, change)
}

/// Says what made the difference, and what would have too.
pub(super) fn why<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, change: &GroupChange) -> fmt::Result {
    because(w, f, &change.cause, Some(change))?;
    also(w, f, change)
}

/// A verdict in a word or two.
const fn outcome(outcome: &GroupOutcome) -> &'static str {
    match (outcome.state, outcome.route) {
        (State::Qualified, Some(Route::HandRaise)) => "qualified (asked)",
        (State::Qualified, _) => "qualified (rule)",
        (State::NotYet, _) => "not yet",
        (State::InsufficientData, _) => "facts needed",
        (State::Excluded, _) => "excluded",
    }
}

/// Says a cause; with the values of a group, where there is one.
fn because<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, cause: &Cause, change: Option<&GroupChange>) -> fmt::Result {
    let factors = cause.factors();
    for (number, factor) in factors.iter().enumerate() {
        let between = if number == 0 {
            ""
        } else if number + 1 == factors.len() {
            " and "
        } else {
            ", "
        };
        f.write_str(between)?;
        self::factor(w, f, factor, change)?;
    }
    match (cause, factors.first()) {
        (Cause::Alone(_), Some(Factor::Difference(_))) => f.write_str(" alone does it"),
        (Cause::Needed(_), Some(Factor::Difference(_))) => f.write_str(" is needed for it"),
        (Cause::Together(_), Some(Factor::Difference(_))) => f.write_str(" do it together"),
        // Where a group is at hand, what else was needed follows.
        (Cause::Needed(_), _) if change.is_none_or(|change| change.also.is_empty()) => f.write_str(", needed among others"),
        _ => Ok(()),
    }
}

/// Says what else would have made the difference.
fn also<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, change: &GroupChange) -> fmt::Result {
    let of_policies = matches!(change.cause.factors().first(), Some(Factor::Difference(_)));
    let opening = match &change.cause {
        _ if change.also.is_empty() => return Ok(()),
        Cause::Needed(_) => "; needed as well: ",
        _ if of_policies => "; so would ",
        _ => "; also ",
    };
    f.write_str(opening)?;
    for (number, cause) in change.also.iter().take(NAMED).enumerate() {
        f.write_str(if number > 0 { ", " } else { "" })?;
        for (number, factor) in cause.factors().iter().enumerate() {
            f.write_str(if number > 0 { " with " } else { "" })?;
            self::factor(w, f, factor, Some(change))?;
        }
    }
    match change.also.len().saturating_sub(NAMED) {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}

fn factor<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, factor: &Factor, change: Option<&GroupChange>) -> fmt::Result {
    match factor {
        Factor::Difference(difference) => w.difference(f, difference),
        Factor::Question { path, asked, before, after } => {
            let rule = if path.starts_with("exclusion") { "of the exclusion rule: " } else { "" };
            write!(f, "{rule}{} {}", turn(*before, *after), Part(|f: &mut fmt::Formatter<'_>| w.asked(f, asked)))?;
            let values = change.and_then(|change| change.answers.iter().find(|answer| answer.path == *path));
            values.map_or(Ok(()), |answer| self::values(f, answer))
        }
        Factor::HandRaise { before, after } => hand_raise(f, *before, *after, change),
        Factor::Disqualifier { applies: true } => f.write_str("a disqualifying criterion of fit applies now"),
        Factor::Disqualifier { applies: false } => f.write_str("no disqualifying criterion of fit applies any more"),
        Factor::Members { any: true } => f.write_str("somebody is known in the group now"),
        Factor::Members { any: false } => f.write_str("nobody is left in the group"),
    }
}

/// How an answer has turned.
const fn turn(before: Truth, after: Truth) -> &'static str {
    match (before, after) {
        (Truth::True, Truth::False) => "no longer",
        (Truth::Unknown, Truth::False) => "known by now, and not:",
        (Truth::Unknown, Truth::True) => "known by now:",
        (_, Truth::True) => "now",
        (_, Truth::Unknown) => "no longer known:",
        (Truth::False, Truth::False) => "not",
    }
}

fn hand_raise(f: &mut fmt::Formatter<'_>, before: HandRaiseState, after: HandRaiseState, change: Option<&GroupChange>) -> fmt::Result {
    let (words, day) = match (before, after) {
        (_, HandRaiseState::BelowFit) => ("somebody asked to talk, but fit is known to be too low", change.map(|one| &one.after)),
        (HandRaiseState::BelowFit, HandRaiseState::Counts) => {
            ("fit no longer stands against a request to talk", change.map(|one| &one.after))
        }
        (_, HandRaiseState::Counts) => ("somebody asked to talk", change.map(|one| &one.after)),
        (_, HandRaiseState::Absent) => ("no request to talk counts any more", change.map(|one| &one.before)),
    };
    f.write_str(words)?;
    let last = if after == HandRaiseState::Absent { "last on" } else { "on" };
    day.and_then(|outcome| outcome.newest_hand_raise).map_or(Ok(()), |day| write!(f, " ({last} {day})"))
}

/// The values behind two answers: `(112.3 → 71.4)`.
fn values(f: &mut fmt::Formatter<'_>, answer: &AnswerChange) -> fmt::Result {
    let (before, after) = (&answer.before.1, &answer.after.1);
    match (before, after) {
        _ if before == after => Ok(()),
        (Value::Day(before), Value::Day(after)) => {
            let newest = after.or(*before);
            newest.map_or(Ok(()), |day| write!(f, " (newest {day})"))
        }
        _ => {
            write!(f, " ({} → {})", Part(|f: &mut fmt::Formatter<'_>| value(f, before)), Part(|f: &mut fmt::Formatter<'_>| value(f, after)))
        }
    }
}

fn value(f: &mut fmt::Formatter<'_>, value: &Value) -> fmt::Result {
    match value {
        Value::Points(points) => tenths(f, points.0 / TENTH),
        Value::Percent(percent) => write!(f, "{percent}"),
        Value::Count(count) => write!(f, "{count}"),
        Value::Bounds(Some((definite, possible))) if definite == possible => write!(f, "{definite}"),
        Value::Bounds(Some((definite, possible))) => write!(f, "between {definite} and {possible}"),
        Value::Day(Some(day)) => write!(f, "{day}"),
        Value::Trend(trend) => write!(f, "{trend}"),
        Value::Text(Some(text)) => f.write_str(text),
        Value::Bounds(None) | Value::Day(None) | Value::Text(None) => f.write_str("nothing known"),
    }
}

/// A tenth of a point, in the units of [`Points`].
const TENTH: i128 = 1_000_000_000_000;

/// What moved the points, if anything did.
fn moves(change: &GroupChange) -> Option<&Movement> {
    let still = |movement: &Movement| [movement.gained, movement.faded, movement.people] == [Points::ZERO; 3];
    change.movement.as_ref().filter(|movement| !still(movement))
}

/// Says what moved the points, in tenths cut off towards zero. What cutting off leaves over goes to the greatest part, so that the parts
/// add up to what the two numbers differ by as they are shown.
pub(super) fn movement(f: &mut fmt::Formatter<'_>, change: &GroupChange) -> fmt::Result {
    let Some(movement) = moves(change) else { return Ok(()) };
    let cut = |points: Points| points.0 / TENTH;
    let (before, after) = (cut(change.before.points), cut(change.after.points));
    let mut parts = [
        ("new signals", cut(movement.gained)),
        ("fading of old ones", cut(movement.faded)),
        ("people who joined or left", cut(movement.people)),
    ];
    let over = after - before - parts.iter().map(|(_, part)| part).sum::<i128>();
    if let Some((_, greatest)) = parts.iter_mut().max_by_key(|(_, part)| part.abs()) {
        *greatest += over;
    }
    write!(f, "{} → {}", said(before), said(after))?;
    for (number, (what, part)) in parts.iter().filter(|(_, part)| *part != 0).enumerate() {
        let sign = if *part > 0 { "+" } else { "" };
        write!(f, "{} {sign}{} by {what}", if number == 0 { ":" } else { "," }, said(*part))?;
    }
    Ok(())
}

fn said(amount: i128) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| tenths(f, amount))
}

fn tenths(f: &mut fmt::Formatter<'_>, tenths: i128) -> fmt::Result {
    let sign = if tenths < 0 { "−" } else { "" };
    write!(f, "{sign}{}", tenths.abs() / 10)?;
    if tenths % 10 == 0 { Ok(()) } else { write!(f, ".{}", tenths.abs() % 10) }
}
