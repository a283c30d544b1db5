//! What a back-test comes to, in English.

use core::fmt;

use super::Part;
use crate::back_test::{BACK_TEST_CASES_WARN, BACK_TEST_FLAGGED_LEAST, BackTestVerdict, BackTestWarning, ContenderResult};
use crate::exact::div_round_half_even;
use crate::funnel::{Interval, Rate};

/// Says what to believe of a contender, by the cases held out.
pub(super) fn result(f: &mut fmt::Formatter<'_>, result: &ContenderResult) -> fmt::Result {
    let part = &result.held_out;
    match result.verdict {
        BackTestVerdict::NothingToTell if part.won.of() == 0 => return f.write_str("nothing can be said: no case is held out"),
        BackTestVerdict::NothingToTell if part.won.count() == 0 => {
            return write!(f, "nothing can be said: none of the {} cases held out was won", part.won.of());
        }
        BackTestVerdict::NothingToTell => return write!(f, "nothing can be said: all {} cases held out were won", part.won.of()),
        BackTestVerdict::FlagsNothing => {
            return write!(f, "it flags none of the {} cases held out, of which {} were won", part.won.of(), percent(part.won));
        }
        _ => {}
    }
    let (flagged, of) = (part.flagged.count(), part.flagged.of());
    write!(f, "it flags {flagged} of {of} cases held out ({})", percent(part.flagged))?;
    let different = part.first_flagged;
    // Where each thing is one case the two are the same.
    if different.of() == flagged {
        write!(f, "; of these {} were won, ", spread(different))?;
    } else {
        write!(f, ", {} different ones; of these, by the first day each, {} were won, ", different.of(), spread(different))?;
    }
    write!(f, "of all cases {}: ", percent(part.won))?;
    let who = if result.rank_by.is_some() { "this policy is" } else { "counting leads one by one is" };
    match result.verdict {
        BackTestVerdict::Better => write!(f, "{who} better than chance"),
        BackTestVerdict::Worse => write!(f, "{who} worse than chance"),
        BackTestVerdict::FlagsEverything => f.write_str("it flags everything, as chance would"),
        BackTestVerdict::FlagsTooFew => write!(f, "fewer than {BACK_TEST_FLAGGED_LEAST} say nothing"),
        _ => write!(f, "{who} no better than chance"),
    }
}

/// Says what a reader should know.
pub(super) fn warning(f: &mut fmt::Formatter<'_>, warning: &BackTestWarning) -> fmt::Result {
    match warning {
        BackTestWarning::GraphAsOfToday { without, of } => write!(
            f,
            "who belongs to groups, in which roles, is taken as it is today for {without} of {of} contacts and rows, which do not say from when on they were \
             known: what was entered afterwards makes a policy look better than it was"
        ),
        BackTestWarning::FactsAsOfToday => {
            f.write_str("facts and exclusions of accounts are taken as they are today: what was learned afterwards makes a policy look better than it was")
        }
        BackTestWarning::SameDays => {
            f.write_str("the accounts held out have decision days in common with the others: nothing is said of later times")
        }
        BackTestWarning::FewCases { won, not_won } => {
            write!(f, "{won} won and {not_won} not won are few; {BACK_TEST_CASES_WARN} of each would say more")
        }
        BackTestWarning::CasesOfOneGroup => {
            f.write_str("a group is a case on many days, so that intervals are narrower than what is known")
        }
    }
}

/// A rate in percent to one decimal, rounded half to even once.
fn percent(rate: Rate) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| match rate.of() {
        0 => f.write_str("none"),
        of => tenths(f, div_round_half_even(i128::from(rate.count()) * 1_000, of.into())),
    })
}

fn tenths(f: &mut fmt::Formatter<'_>, tenths: i128) -> fmt::Result {
    write!(f, "{}.{} %", tenths / 10, tenths % 10)
}

/// A rate with its interval, whose bounds are rounded from what they are exactly.
fn spread(rate: Rate) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| {
        write!(f, "{}", percent(rate))?;
        let Some((low, high)) = Interval::thousandths(rate.count(), rate.of()) else { return Ok(()) };
        write!(f, " ({}.{} to {}.{})", low / 10, low % 10, high / 10, high % 10)
    })
}
