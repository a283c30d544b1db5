//! One count, packed into 64 bits.

use core::fmt;

use super::names::small;
use crate::day::Day;

const COUNT_BITS: u32 = 21;
const QUARANTINED_AT: u32 = COUNT_BITS;
const SOLUTION_AT: u32 = QUARANTINED_AT + 1;
const SOLUTION_BITS: u32 = 13;
const KIND_AT: u32 = SOLUTION_AT + SOLUTION_BITS;
pub(super) const KIND_BITS: u32 = 12;
const DAY_AT: u32 = KIND_AT + KIND_BITS;
const DAY_BITS: u32 = 17;

const _: () = assert!(DAY_AT + DAY_BITS == 64, "the parts of an entry fill 64 bits exactly");

/// Kinds that a tally numbers: the numbers 0..=4094.
pub(crate) const KINDS_MAX: u32 = (1 << KIND_BITS) - 1;
/// Solutions that a tally numbers: 0..=8189, kept as 1..=8190 since 0 stands for none.
pub(crate) const SOLUTIONS_MAX: u32 = (1 << SOLUTION_BITS) - 2;
/// The greatest count of one entry.
pub(crate) const COUNT_MAX: u32 = (1 << COUNT_BITS) - 1;

/// Turns keys, in which day, kind and solution are packed more narrowly, to entries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widening {
    /// What is added to the day of every key.
    base: u64,
    days: u64,
    days_by: u32,
    kinds: u64,
    kinds_by: u32,
    solutions: u64,
}

impl Widening {
    /// For keys that have, from low to high, solutions, kinds from bit `kind_at` on, and days since `first_day` from `day_at` to `end`.
    // INVARIANT: each part is no wider in a key than in an entry.
    pub(super) fn new(first_day: Day, kind_at: u32, day_at: u32, end: u32) -> Self {
        let below = |bit: u32| (1_u64 << bit) - 1;
        Self {
            base: u64::from(first_day.number()) << DAY_AT,
            days: below(end) & !below(day_at),
            days_by: DAY_AT - day_at,
            kinds: below(day_at) & !below(kind_at),
            kinds_by: KIND_AT - kind_at,
            solutions: below(kind_at),
        }
    }

    /// So many signals of a key; `None` when the count does not fit.
    #[inline]
    pub(super) fn entry(&self, key: u64, count: u64) -> Option<Entry> {
        let day = self.base + ((key & self.days) << self.days_by);
        let kind = (key & self.kinds) << self.kinds_by;
        let solution = (key & self.solutions) << SOLUTION_AT;
        (count <= u64::from(COUNT_MAX)).then_some(Entry(day | kind | solution | count))
    }
}

/// How many signals one subject has of one day, kind, solution and quarantine mark.
///
/// Packed from high to low: day 17 bits (days since [`Day::MIN`]), kind 12, solution 13 (0: none, else number + 1), quarantined 1, count 21.
/// The day stands first because caps take from the oldest, and what is of days to come lies behind all else. The kind stands before the solution because
/// the daily cap is applied after adding the solutions that a group uses: the entries to add lie side by side. Ordered as packed; the order is internal,
/// since numbers are given in the order of arrival.
// INVARIANT: 1 <= count <= COUNT_MAX; kind < KINDS_MAX; solution < SOLUTIONS_MAX; but for NONE, which is never counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry(u64);

impl Entry {
    /// No signal: what stands where a count is still to come.
    pub(crate) const NONE: Self = Self(0);

    /// One signal.
    // INVARIANT: numbers are checked against KINDS_MAX and SOLUTIONS_MAX when they are given, and a Day lies within 17 bits.
    #[inline]
    pub(crate) const fn one(kind: u16, day: Day, solution: Option<u16>, quarantined: bool) -> Self {
        let day = day.days_since(Day::MIN).unsigned_abs() as u64;
        let solution = match solution {
            None => 0,
            Some(number) => number as u64 + 1,
        };
        Self(day << DAY_AT | (kind as u64) << KIND_AT | solution << SOLUTION_AT | (quarantined as u64) << QUARANTINED_AT | 1)
    }

    /// So many signals of a kind and day, for no solution and not set aside.
    // INVARIANT: each part fits.
    #[inline]
    pub(super) const fn plain(kind: u16, day_number: u32, count: u32) -> Self {
        Self((day_number as u64) << DAY_AT | (kind as u64) << KIND_AT | count as u64)
    }

    /// The entry of that key with that count, or `None` when the count does not fit.
    #[inline]
    pub(crate) fn of_key(key: u64, count: u64) -> Option<Self> {
        (count <= u64::from(COUNT_MAX)).then_some(Self(key << COUNT_BITS | count))
    }

    /// Everything but the count.
    #[inline]
    pub(crate) const fn key(self) -> u64 {
        self.0 >> COUNT_BITS
    }

    /// Day and kind alone: equal for entries whose counts are added up before a daily cap.
    #[inline]
    pub(crate) const fn day_and_kind(self) -> u64 {
        self.0 >> KIND_AT
    }

    /// The number of its kind.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "12 bits are left")]
    pub(crate) const fn kind(self) -> u16 {
        (self.0 >> KIND_AT) as u16 & ((1 << KIND_BITS) - 1)
    }

    /// Its day, as days since [`Day::MIN`].
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "17 bits are left")]
    pub(crate) const fn day_number(self) -> u32 {
        (self.0 >> DAY_AT) as u32
    }

    /// Whether any of these has a solution or is set aside.
    pub(super) fn any_apart(entries: &[Self]) -> bool {
        const APART: u64 = ((1 << (SOLUTION_BITS + 1)) - 1) << QUARANTINED_AT;
        // Without jumps, so that several are looked at together.
        entries.iter().fold(0, |all, entry| all | entry.0) & APART != 0
    }

    /// Its day.
    #[inline]
    pub(crate) fn day(self) -> Day {
        // INVARIANT: the bits came from a Day.
        Day::of_number(self.day_number())
    }

    /// The number of its solution.
    #[inline]
    pub(crate) const fn solution(self) -> Option<u16> {
        match ((self.0 >> SOLUTION_AT) & ((1 << SOLUTION_BITS) - 1)) as u16 {
            0 => None,
            number => Some(number - 1),
        }
    }

    /// Whether its signals are set aside.
    #[inline]
    pub(crate) const fn quarantined(self) -> bool {
        self.0 >> QUARANTINED_AT & 1 == 1
    }

    /// How many signals.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "21 bits are left")]
    pub(crate) const fn count(self) -> u32 {
        (self.0 & COUNT_MAX as u64) as u32
    }

    /// One more.
    // INVARIANT: the caller has checked that the count is below COUNT_MAX.
    #[inline]
    pub(crate) const fn more(self) -> Self {
        Self(self.0 + 1)
    }

    /// One less, `None` when nothing is left.
    #[inline]
    pub(crate) fn less(self) -> Option<Self> {
        (self.count() > 1).then_some(Self(self.0 - 1))
    }

    /// The same signals as if they were of another kind.
    pub(crate) fn of_kind(self, kind: u16) -> Self {
        let one = Self::one(kind, self.day(), self.solution(), self.quarantined());
        Self(one.0 - 1 + u64::from(self.count()))
    }

    /// The same count under other numbers for kinds and solutions.
    pub(crate) fn renumbered(self, kinds: &[u32], solutions: &[u32]) -> Self {
        let kind = small(kinds[usize::from(self.kind())]);
        let solution = self.solution().map(|number| small(solutions[usize::from(number)]));
        let one = Self::one(kind, self.day(), solution, self.quarantined());
        Self(one.0 - 1 + u64::from(self.count()))
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}×(kind {}, {}, solution {:?}", self.count(), self.kind(), self.day(), self.solution())?;
        f.write_str(if self.quarantined() { ", quarantined)" } else { ")" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_survives_packing_at_its_ends() {
        for kind in [0, 1, 4094] {
            for day in [Day::MIN, Day::MAX] {
                for solution in [None, Some(0), Some(8189)] {
                    for quarantined in [false, true] {
                        let one = Entry::one(kind, day, solution, quarantined);
                        let most = Entry::of_key(one.key(), COUNT_MAX.into()).unwrap();
                        for (entry, count) in [(one, 1), (most, COUNT_MAX)] {
                            assert_eq!((entry.kind(), entry.day(), entry.solution()), (kind, day, solution));
                            assert_eq!((entry.quarantined(), entry.count(), entry.key()), (quarantined, count, one.key()));
                        }
                    }
                }
            }
        }
        assert_eq!((KINDS_MAX, SOLUTIONS_MAX, COUNT_MAX), (4095, 8190, 2_097_151));
    }

    #[test]
    fn a_count_never_wraps() {
        let one = Entry::one(3, Day::MAX, None, true);
        assert_eq!(Entry::of_key(one.key(), u64::from(COUNT_MAX) + 1), None);
        assert_eq!(one.less(), None);
        assert_eq!(one.more().less(), Some(one));
    }

    #[test]
    fn other_numbers_keep_the_rest() {
        let entry = Entry::one(0, Day::MAX, Some(1), true).more();
        let other = entry.renumbered(&[7], &[5, 9]);
        assert_eq!((other.kind(), other.solution(), other.day(), other.quarantined(), other.count()), (7, Some(9), Day::MAX, true, 2));
    }
}
