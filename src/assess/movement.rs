//! How a group's points moved between two days, in three parts that add up exactly.

use super::figures::Figures;
use super::group::Bench;
use super::members::MemberRow;
use super::score::Scratch;
use crate::day::Day;
use crate::exact::Points;

/// What moved a group's points between two days. The parts add up exactly to the points of the second day less those of the first.
///
/// Each part is a difference of two scores, caps and roll-up included, and may have either sign: points held against somebody fade as well, and
/// a new signal may be one against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Movement {
    /// By people who joined or left, scored on the first day.
    pub people: Points,
    /// By the signals up to the first day growing older.
    pub faded: Points,
    /// By signals after the first day.
    pub gained: Points,
}

impl Movement {
    /// The whole movement.
    pub const fn total(&self) -> Points {
        Points(self.people.0 + self.faded.0 + self.gained.0)
    }

    /// The same seen from the second day.
    const fn reversed(self) -> Self {
        Self { people: Points(-self.people.0), faded: Points(-self.faded.0), gained: Points(-self.gained.0) }
    }
}

/// How points moved from one day to another, which may be the earlier one: then everything is seen backwards. O(entries of the account's
/// contacts).
pub(crate) fn movement(bench: &Bench<'_>, from: Day, to: Day) -> Movement {
    let scratch = &mut Scratch::default();
    let (first, last) = (from.min(to), from.max(to));
    let (then, now) = (bench.roll(first, true).members, bench.roll(last, true).members);
    let before = points(bench, &then, (first, first), scratch);
    let joined = points(bench, &now, (first, first), scratch);
    let aged = points(bench, &now, (last, first), scratch);
    let after = points(bench, &now, (last, last), scratch);
    let forward = Movement { people: Points(joined.0 - before.0), faded: Points(aged.0 - joined.0), gained: Points(after.0 - aged.0) };
    if from <= to { forward } else { forward.reversed() }
}

/// The points of those members on a day, from the signals up to another.
fn points(bench: &Bench<'_>, members: &[MemberRow], (day, until): (Day, Day), scratch: &mut Scratch) -> Points {
    let lens = super::score::Lens { until, ..bench.lens(day, None) };
    let mut figures = Figures::unread(scratch);
    figures.read(&lens, &bench.heard(), bench.group.account, members, scratch, &mut ());
    scratch.give_members_back(figures.members);
    figures.points
}
