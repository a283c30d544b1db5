//! What a kind's points fade to, by age: the table that is read once for every signal.

use alloc::vec::Vec;

use super::decay;
use super::document::Decay;

/// How far signals come on a day. The numbers of the first four are those of two bits of [`Fading`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// Within their window, and something is left of their points.
    Inside,
    /// Within their window, and nothing is left.
    Faded,
    /// Older than their window.
    Outside,
    /// Of a later day.
    Future,
    /// Of a kind that the policy does not know, whatever their day.
    Unknown,
}

impl Reach {
    /// How many there are.
    pub(crate) const COUNT: usize = 5;
}

const _: () = assert!(decay::ONE < 1 << Fading::REACH_AT, "a factor fits beside two bits");

/// What the points of a kind fade to on a day and on the earlier one that momentum compares with, for signals of one age.
///
/// From low to high: the factor on the day in billionths, 30 bits; how far they come, 2 bits; the factor on the earlier day, 32 bits. One word, since it
/// is looked up for every signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fading(u64);

impl Fading {
    /// Inside a window, whatever of its points is left.
    pub(crate) const INSIDE: Self = Self(0);

    /// How many reaches it tells apart: all but that of unknown kinds.
    pub(crate) const REACHES: usize = 4;

    const REACH_AT: u32 = 30;
    const THEN_AT: u32 = 32;

    const fn new(reach: Reach, now: u64, then: u64) -> Self {
        Self(now | (reach as u64) << Self::REACH_AT | then << Self::THEN_AT)
    }

    /// Of signals that are `age` days old and older than the earlier day by `age` less `apart`, from the factors within the window.
    fn at(age: usize, apart: usize, factors: &[i64]) -> Self {
        // INVARIANT: factors are not negative.
        let factor = |age: usize| factors.get(age).map(|factor| factor.unsigned_abs());
        let reach = match factor(age) {
            None => Reach::Outside,
            Some(0) => Reach::Faded,
            Some(_) => Reach::Inside,
        };
        Self::new(reach, factor(age).unwrap_or(0), age.checked_sub(apart).and_then(factor).unwrap_or(0))
    }

    /// The factor on the day, in billionths; 0 outside the window.
    #[allow(clippy::cast_possible_wrap, reason = "30 bits are left")]
    pub(crate) const fn now(self) -> i64 {
        (self.0 & ((1 << Self::REACH_AT) - 1)) as i64
    }

    /// The factor on the earlier day.
    #[allow(clippy::cast_possible_wrap, reason = "32 bits are left")]
    pub(crate) const fn then(self) -> i64 {
        (self.0 >> Self::THEN_AT) as i64
    }

    /// How far the signals come, as the number of [`Reach`]: for who must not jump.
    #[allow(clippy::cast_possible_truncation, reason = "two bits are left")]
    pub(crate) const fn reach(self) -> u8 {
        (self.0 as u32 >> Self::REACH_AT) as u8
    }
}

/// Tables of fading in a row. Each has ages from 0, and its last stands for all ages beyond, which are outside on both days.
#[derive(Clone, Debug)]
pub(crate) struct FadingTables {
    all: Vec<Fading>,
}

/// A table among [`FadingTables`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct FadingTable {
    /// Where it begins.
    pub(crate) start: u32,
    /// The last place in it, counted from its beginning.
    pub(crate) last: u32,
}

impl FadingTable {
    /// The place, among all in a row, of signals that are so many days old.
    #[inline]
    pub(crate) fn place(self, age: u32) -> usize {
        self.start as usize + age.min(self.last) as usize
    }
}

impl FadingTables {
    /// Of kinds that the policy does not know: one place, the first of all, as if of a day to come.
    pub(crate) const UNKNOWN: FadingTable = FadingTable { start: 0, last: 0 };

    pub(super) fn new() -> Self {
        Self { all: Vec::from([Fading::new(Reach::Future, 0, 0)]) }
    }

    /// Adds the table of a decay within a window, where momentum looks back so many days. O(days).
    pub(super) fn add(&mut self, decay: &Decay, window_days: u16, momentum_days: u16) -> FadingTable {
        let factors = decay::factors(decay, window_days.into());
        let (apart, days) = (usize::from(momentum_days), usize::from(window_days) + usize::from(momentum_days));
        // INVARIANT: at most 4,095 tables of at most 7,301 days lie in a row.
        let start = u32::try_from(self.all.len()).unwrap_or(0);
        self.all.extend((0..=days).map(|age| Fading::at(age, apart, &factors)));
        FadingTable { start, last: u32::from(window_days) + u32::from(momentum_days) }
    }

    /// All in a row.
    pub(crate) fn all(&self) -> &[Fading] {
        &self.all
    }

    /// The factor on the day at an age within the window, in billionths.
    pub(crate) fn factor(&self, table: FadingTable, age: usize) -> i64 {
        self.all[table.start as usize + age].now()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A window of three days, momentum two days back, by a straight line of three days.
    #[test]
    fn a_table_says_both_days_at_every_age() {
        let mut tables = FadingTables::new();
        let table = tables.add(&Decay::Linear { days: 3 }, 3, 2);
        let said: Vec<_> = tables.all[table.start as usize..].iter().map(|one| (one.reach(), one.now(), one.then())).collect();
        assert_eq!(said.len(), table.last as usize + 1);
        let (one, two, three) = (333_333_333, 666_666_667, 1_000_000_000);
        let inside = [(three, 0), (two, 0), (one, three)].map(|(now, then)| (Reach::Inside as u8, now, then));
        let outside = [two, one, 0].map(|then| (Reach::Outside as u8, 0, then));
        assert_eq!(said, [inside, outside].concat());
        assert_eq!([0, 1, 9_000].map(|age| table.place(age)), [1, 2, said.len()]);
        assert_eq!(tables.all[FadingTables::UNKNOWN.place(9_000)].reach(), Reach::Future as u8);
    }
}
