//! One count, packed into 32 bits, as nearly all counts can be.

use super::entry::{Entry, KIND_BITS};
use crate::day::Day;

const COUNT_BITS: u32 = 6;
const KIND_AT: u32 = COUNT_BITS;
const DAY_AT: u32 = KIND_AT + KIND_BITS;
const DAY_BITS: u32 = 14;

const _: () = assert!(DAY_AT + DAY_BITS == u32::BITS, "the parts of a narrow entry fill 32 bits exactly");

/// The greatest count of a narrow entry.
pub(super) const NARROW_COUNT_MAX: u32 = (1 << COUNT_BITS) - 1;

/// Days before the first at hand from which narrow entries count, for those that come later and happened earlier: eleven years, which leaves 33 for the others.
const SLACK: u32 = 1 << 12;

/// An [`Entry`] without solution and quarantine mark, whose day is not far from others and whose count is small.
///
/// Packed from high to low: day 14 bits (days since one that is kept beside), kind 12, count 6.
// INVARIANT: 1 <= count, but for NONE, which is never counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Narrow(u32);

impl Narrow {
    /// What stands where a count is still to come.
    pub(super) const NONE: Self = Self(0);

    /// The day, by its number, from which entries count of which the first has this one.
    pub(super) const fn since(first_day: u32) -> u32 {
        first_day.saturating_sub(SLACK)
    }

    /// The same entry, with its day since that one; `None` where it does not fit.
    pub(super) fn of(entry: Entry, since: u32) -> Option<Self> {
        let day = entry.day_number().checked_sub(since).filter(|day| day >> DAY_BITS == 0)?;
        let fits = !Entry::any_apart(&[entry]) && entry.count() <= NARROW_COUNT_MAX;
        fits.then_some(Self(day << DAY_AT | u32::from(entry.kind()) << KIND_AT | entry.count()))
    }

    /// The same as an entry.
    #[inline]
    pub(crate) fn entry(self, since: u32) -> Entry {
        Entry::plain(self.kind(), self.day() + since, self.count())
    }

    /// The number of its kind.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "12 bits are left")]
    pub(crate) const fn kind(self) -> u16 {
        (self.0 >> KIND_AT) as u16 & ((1 << KIND_BITS) - 1)
    }

    /// Its day, counted from the day that is kept beside.
    #[inline]
    pub(crate) const fn day(self) -> u32 {
        self.0 >> DAY_AT
    }

    /// How many signals.
    #[inline]
    pub(crate) const fn count(self) -> u32 {
        self.0 & NARROW_COUNT_MAX
    }
}

/// Turns keys, in which day and kind are packed more narrowly and which have no solutions, to narrow entries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Narrowing {
    /// The day from which the entries count.
    pub(super) since: u32,
    /// What is added to the day of every key.
    base: u32,
    day_at: u32,
    days: u32,
    kinds: u32,
}

impl Narrowing {
    /// For keys that have, from low to high, kinds, and days since `first_day`, of which the last is `last_day`, from `day_at` to `end`; `None` where these days lie too far apart.
    pub(super) fn new(first_day: Day, last_day: Day, day_at: u32, end: u32) -> Option<Self> {
        let (first_day, since) = (first_day.number(), Narrow::since(first_day.number()));
        if (last_day.number() - since) >> DAY_BITS != 0 {
            return None;
        }
        let (days, kinds) = ((1 << (end - day_at)) - 1, (1 << day_at) - 1);
        Some(Self { since, base: (first_day - since) << DAY_AT, day_at, days, kinds })
    }

    /// So many signals of a key, no more than fit.
    // INVARIANT: the day fits; machines do several at once of what nobody asks whether it does.
    #[inline]
    pub(super) const fn entry(self, key: u32, count: u32) -> Narrow {
        let day = self.base.wrapping_add((key >> self.day_at & self.days) << DAY_AT);
        Narrow(day | (key & self.kinds) << KIND_AT | count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_comes_back_and_what_does_not_is_refused() {
        let most = (1 << DAY_BITS) - 1;
        for kind in [0, 1, 4094] {
            for (since, day) in [(0, 0), (0, most), (70_000, 70_000), (70_000, 70_000 + most)] {
                for count in [1, NARROW_COUNT_MAX] {
                    let entry = Entry::plain(kind, day, count);
                    let narrow = Narrow::of(entry, since).unwrap();
                    assert_eq!((narrow.entry(since), narrow.kind(), narrow.day() + since, narrow.count()), (entry, kind, day, count));
                }
            }
        }
        let day = Day::of_number(70_000);
        for (entry, since) in [
            (Entry::plain(0, 69_999, 1), 70_000),
            (Entry::plain(0, 70_000 + most + 1, 1), 70_000),
            (Entry::plain(0, 70_000, NARROW_COUNT_MAX + 1), 70_000),
            (Entry::one(0, day, Some(0), false), 70_000),
            (Entry::one(0, day, None, true), 70_000),
        ] {
            assert_eq!(Narrow::of(entry, since), None);
        }
    }

    #[test]
    fn keys_become_the_entries_that_they_mean() {
        // 5 bits for days above 3 for kinds.
        for first in [0, SLACK - 1, SLACK, 70_000] {
            let narrowing = Narrowing::new(Day::of_number(first), Day::of_number(first + 31), 3, 8).unwrap();
            for (kind, day, count) in [(0, 0, 1), (7, 31, 63), (5, 17, 2)] {
                let subject = 9;
                let narrow = narrowing.entry(subject << 8 | day << 3 | u32::from(kind), count);
                assert_eq!(narrow.entry(narrowing.since), Entry::plain(kind, first + day, count));
            }
        }
        let too_late = 70_000 - SLACK + (1 << DAY_BITS);
        let narrowing = |last| Narrowing::new(Day::of_number(70_000), Day::of_number(last), 1, 15);
        assert!(narrowing(too_late).is_none() && narrowing(too_late - 1).is_some());
    }
}
