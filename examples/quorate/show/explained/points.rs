//! Where the points come from: every person, every line, and what became of the signals that do not count.
//!
//! Numbers are shown in hundredths, shared out so that what is shown adds up: the lines to the person, the people to the group.

use std::io::Write;

use quorate::{AccountGraph, Explanation, LedgerPerson, LedgerRow, MemberAssessment, Points, SignalState};

use super::super::people::{name, spoken};
use crate::exit::Stop;
use crate::words::count;

/// Lines of one person that are shown unless all are asked for.
const LINES: usize = 8;
/// Hundredths are kept in units of the 13th decimal.
const HUNDREDTH: i128 = 100_000_000_000;
/// Decay is kept in billionths.
const WHOLE: i128 = 1_000_000_000;

/// Prints the ledger.
pub fn print(out: &mut impl Write, explained: &Explanation, graph: &AccountGraph, all: bool) -> Result<(), Stop> {
    let ledger = &explained.ledger;
    let shown = |person: &&LedgerPerson| person.points > Points::ZERO || (all && !person.rows.is_empty());
    let counted: Vec<&LedgerPerson> = ledger.persons.iter().filter(shown).collect();
    let shares: Vec<Points> = counted.iter().map(|person| person.share).collect();
    let total = cut(ledger.points);
    let shares = share_out(total, &shares);
    if counted.is_empty() {
        writeln!(out, "\nWhere the points come from: there are none.")?;
        return states(out, explained);
    }
    writeln!(out, "\nWhere the {} points come from (in hundredths that add up; --format json has every digit)", hundredths(total))?;
    for (person, share) in counted.iter().zip(shares) {
        // A person whose points count as they are is shown with the same number twice.
        let points = if person.share == person.points { share } else { cut(person.points) };
        let weighted = person.share.units() * 100 == person.points.units() * i128::from(person.weight);
        let adds = if weighted {
            format!("× {} % = {}", person.weight, hundredths(share))
        } else {
            format!("of which {} count", hundredths(share))
        };
        writeln!(out, "  {}: {} points {adds}", who(person, explained, graph), hundredths(points))?;
        lines(out, explained, person, points, all)?;
    }
    states(out, explained)
}

fn who(person: &LedgerPerson, explained: &Explanation, graph: &AccountGraph) -> String {
    let Some(contact) = person.contact() else { return "unnamed visitors".into() };
    let member = explained.assessment.members.iter().find(|member| member.contact() == contact);
    let roles: Vec<String> = member.into_iter().flat_map(MemberAssessment::roles).map(|role| spoken(role.as_str())).collect();
    let roles = if roles.is_empty() { "role not known".into() } else { roles.join(" and ") };
    format!("{}, {roles}", name(contact, graph))
}

/// The lines that count, the newest first; and what else there is of the person when all are asked for.
fn lines(out: &mut impl Write, explained: &Explanation, person: &LedgerPerson, points: i128, all: bool) -> Result<(), Stop> {
    let rows: Vec<&LedgerRow> = explained.ledger.rows_of(person).iter().filter(|row| all || row.counted != Points::ZERO).collect();
    let counted: Vec<Points> = rows.iter().map(|row| row.counted).collect();
    let shown = share_out(points, &counted);
    let most = if all || rows.len() <= LINES + 1 { rows.len() } else { LINES };
    for (row, counted) in rows.iter().zip(&shown).take(most) {
        writeln!(out, "    {:>8}  {} {}", hundredths(*counted), row.day, line(row))?;
    }
    if most < rows.len() {
        let rest: i128 = shown[most..].iter().sum();
        writeln!(out, "    {:>8}  {} more lines (--all shows them)", hundredths(rest), rows.len() - most)?;
    }
    Ok(())
}

/// `2 × webinar attended, 60 points each, 87.05 % left today; without the limits it would be 104.46`.
fn line(row: &LedgerRow) -> String {
    let (times, each) = if row.signals == 1 { (String::new(), "") } else { (format!("{} × ", row.signals), " each") };
    let signals = format!("{times}{}", spoken(row.kind()));
    if row.counted == Points::ZERO {
        return format!("{signals}: {}", why_not(row.state));
    }
    let mut parts = vec![signals];
    parts.extend(row.each.map(|points| format!("{points} points{each}")));
    parts.extend(row.decay.filter(|decay| decay.units() < WHOLE).map(|decay| format!("{} % left today", percent(decay.units()))));
    let limited = (row.counted != row.before).then(|| format!("; without the limits it would be {}", hundredths(cut(row.before))));
    parts.join(", ") + &limited.unwrap_or_default()
}

/// Billionths as hundredths of a percent, rounded.
fn percent(billionths: i128) -> String {
    hundredths((billionths + 50_000) / 100_000)
}

/// What became of all signals, those that count and those that do not.
fn states(out: &mut impl Write, explained: &Explanation) -> Result<(), Stop> {
    let intake = &explained.assessment.intake;
    let end = if intake.total() == 0 { "." } else { ":" };
    writeln!(out, "\n{} of the account and its people{end}", count(intake.total(), "signal", "signals"))?;
    for (_, state) in SignalState::ALL.iter().rev() {
        let number = intake.count(*state);
        if number > 0 {
            writeln!(out, "  {number:>6}  {}", why_not(*state))?;
        }
    }
    writeln!(out)?;
    Ok(())
}

/// Why signals in that state do not count.
const fn why_not(state: SignalState) -> &'static str {
    match state {
        SignalState::Quarantined => "set aside by their source, such as clicks of a scanner",
        SignalState::UnknownKind => "of a kind that the policy does not know",
        SignalState::Future => "after this day",
        SignalState::ExcludedPerson => "of people who left or do not count, such as consultants",
        SignalState::NotAMember => "of people outside the group",
        SignalState::Opponent => "of people who are against it",
        SignalState::OtherSolution => "about another solution",
        SignalState::DecayedOut => "too old to count",
        SignalState::ZeroPoints => "worth no points",
        SignalState::CappedDaily => "beyond the most that count on one day",
        SignalState::CappedChannel => "beyond the most that count in one channel",
        SignalState::CappedPerson => "without effect: nobody has more than the most for one person, or less than nothing",
        SignalState::Counted => "counted",
    }
}

/// In hundredths, cut off.
fn cut(points: Points) -> i128 {
    points.units().div_euclid(HUNDREDTH)
}

/// Parts in hundredths that add up to a total: each is cut off, and what is left goes to the greatest remainders.
fn share_out(total: i128, parts: &[Points]) -> Vec<i128> {
    let mut shown: Vec<i128> = parts.iter().map(|part| cut(*part)).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|place| std::cmp::Reverse(parts[*place].units().rem_euclid(HUNDREDTH)));
    let left = usize::try_from(total - shown.iter().sum::<i128>()).unwrap_or(0);
    for place in order.into_iter().take(left) {
        shown[place] += 1;
    }
    shown
}

fn hundredths(number: i128) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", number.abs() / 100, number.abs() % 100)
}
