//! What a kind's points fade to, by age: the table that is read once for every signal.

use alloc::vec::Vec;

use super::decay;
use super::document::Decay;

/// Where a signal stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Of a kind that the policy does not know.
    Unknown,
    /// Within its window.
    Inside,
    /// Older than its window.
    Outside,
    /// Of a later day.
    Future,
}

const _: () = assert!(decay::ONE < 1 << 30, "a factor fits beside two bits");

/// What the points of a kind fade to on a day and on the earlier one that momentum compares with, for signals of one age.
///
/// From low to high: the factor on the day in billionths, 30 bits; whether they are not inside their window, 1 bit; whether they are of a later day, 1 bit;
/// the factor on the earlier day, 32 bits. One word, since it is looked up for every signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fading(u64);

impl Fading {
    const NOT_INSIDE: u64 = 1 << 30;
    const FUTURE: u64 = 1 << 31;
    /// Both bits say what no known signal is: not past, but inside.
    const UNKNOWN: Self = Self(Self::FUTURE);
    const THEN_AT: u32 = 32;
    /// Inside a window, whatever of its points is left.
    pub(crate) const INSIDE: Self = Self(0);

    /// Of a day to come, on both days.
    const TO_COME: Self = Self(Self::NOT_INSIDE | Self::FUTURE);

    /// Of signals that are `age` days old and older than the earlier day by `age` less `apart`, from the factors within the window.
    fn at(age: usize, apart: usize, factors: &[i64]) -> Self {
        // INVARIANT: factors are not negative.
        let word = |age: usize| factors.get(age).map(|factor| factor.unsigned_abs());
        let then = age.checked_sub(apart).and_then(word).unwrap_or(0);
        Self(word(age).unwrap_or(Self::NOT_INSIDE) | then << Self::THEN_AT)
    }

    /// The factor on the day, in billionths; 0 outside the window.
    #[allow(clippy::cast_possible_wrap, reason = "30 bits are left")]
    pub(crate) const fn now(self) -> i64 {
        (self.0 & (Self::NOT_INSIDE - 1)) as i64
    }

    /// The factor on the earlier day.
    #[allow(clippy::cast_possible_wrap, reason = "32 bits are left")]
    pub(crate) const fn then(self) -> i64 {
        (self.0 >> Self::THEN_AT) as i64
    }

    /// 1 if the signals are not inside their window, else 0: a number, for who must not jump.
    #[allow(clippy::cast_possible_truncation, reason = "one bit is left")]
    pub(crate) const fn not_inside(self) -> usize {
        (self.0 >> 30) as usize & 1
    }

    /// 1 if the signals are of a day to come, else 0.
    #[allow(clippy::cast_possible_truncation, reason = "one bit is left")]
    pub(crate) const fn future(self) -> usize {
        (self.0 >> 31) as usize & 1
    }

    /// The two as one number: 0 inside, 1 outside, 2 of an unknown kind, 3 of a day to come.
    pub(crate) const fn code(self) -> usize {
        (self.0 >> 30) as usize & 3
    }

    /// Where the signals stand.
    pub(crate) const fn reach(self) -> Reach {
        match self.code() {
            0 => Reach::Inside,
            1 => Reach::Outside,
            2 => Reach::Unknown,
            _ => Reach::Future,
        }
    }
}

/// Tables of fading in a row. Each begins with days to come, ages from 0 follow, and its last stands for all ages beyond, which are outside on both days.
#[derive(Clone, Debug)]
pub(crate) struct FadingTables {
    pub(crate) all: Vec<Fading>,
}

/// A table among [`FadingTables`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct FadingTable {
    /// Where it begins.
    pub(crate) start: u32,
    /// The last place in it, counted from its beginning.
    pub(crate) last: u32,
}

impl FadingTables {
    /// Of kinds that the policy does not know.
    pub(crate) const UNKNOWN: FadingTable = FadingTable { start: 0, last: 0 };

    pub(super) fn new() -> Self {
        Self { all: Vec::from([Fading::UNKNOWN]) }
    }

    /// Adds the table of a decay within a window, where momentum looks back so many days. O(days).
    pub(super) fn add(&mut self, decay: &Decay, window_days: u16, momentum_days: u16) -> FadingTable {
        let factors = decay::factors(decay, window_days.into());
        let (apart, days) = (usize::from(momentum_days), usize::from(window_days) + usize::from(momentum_days));
        // INVARIANT: at most 4,095 tables of at most 7,302 days lie in a row.
        let start = u32::try_from(self.all.len()).unwrap_or(0);
        self.all.push(Fading::TO_COME);
        self.all.extend((0..=days).map(|age| Fading::at(age, apart, &factors)));
        FadingTable { start, last: u32::from(window_days) + u32::from(momentum_days) + 1 }
    }

    /// The factor on the day at an age within the window, in billionths.
    pub(crate) fn factor(&self, table: FadingTable, age: usize) -> i64 {
        self.all[table.start as usize + 1 + age].now()
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
        let inside = [(three, 0), (two, 0), (one, three)].map(|(now, then)| (Reach::Inside, now, then));
        let outside = [two, one, 0].map(|then| (Reach::Outside, 0, then));
        assert_eq!(said, [&[(Reach::Future, 0, 0)][..], &inside, &outside].concat());
        let FadingTable { start, last } = FadingTables::UNKNOWN;
        assert_eq!((tables.all[start as usize].reach(), last), (Reach::Unknown, 0));
    }
}
