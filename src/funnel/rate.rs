//! So many of so many.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::wilson::Interval;
use crate::exact::{Proportion, div_round_half_even};

/// How many of how many, with what that says of the proportion behind it.
///
/// Equality is that of the counts. As JSON `{"count":842,"of":8000,"rate":"0.10525","low":"0.098714","high":"0.112165"}`; of none, the last three are `null`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rate {
    count: u64,
    // INVARIANT: at least `count`.
    of: u64,
}

impl Rate {
    /// `count` of `of`; `None` where that is more than all.
    ///
    /// ```
    /// use quorate::Rate;
    /// let rate = Rate::new(4_238, 6_711).ok_or("more than all")?;
    /// assert_eq!(rate.rate().ok_or("of none")?.to_string(), "0.631501");
    /// assert_eq!(serde_json::to_string(&Rate::new(0, 0)).unwrap(), r#"{"count":0,"of":0,"rate":null,"low":null,"high":null}"#);
    /// # Ok::<(), &str>(())
    /// ```
    pub const fn new(count: u64, of: u64) -> Option<Self> {
        if count > of { None } else { Some(Self { count, of }) }
    }

    /// Counts one more, as one of those that are counted or not.
    pub(crate) fn add(&mut self, counted: bool) {
        self.of += 1;
        self.count += u64::from(counted);
    }

    /// Counts what another counted, too.
    pub(super) const fn add_all(&mut self, other: Self) {
        self.of += other.of;
        self.count += other.count;
    }

    /// How many were counted.
    pub const fn count(self) -> u64 {
        self.count
    }

    /// Out of how many.
    pub const fn of(self) -> u64 {
        self.of
    }

    /// The proportion, rounded half to even once; `None` of none.
    pub fn rate(self) -> Option<Proportion> {
        let units = |of| div_round_half_even(i128::from(self.count) * 1_000_000, of);
        (self.of > 0).then(|| Proportion(units(i128::from(self.of))))
    }

    /// The Wilson 95 % interval; `None` of none.
    pub fn interval(self) -> Option<Interval> {
        Interval::wilson(self.count, self.of)
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let interval = self.interval();
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("count", &self.count)?;
        map.serialize_entry("of", &self.of)?;
        map.serialize_entry("rate", &self.rate())?;
        map.serialize_entry("low", &interval.map(|interval| interval.low))?;
        map.serialize_entry("high", &interval.map(|interval| interval.high))?;
        map.end()
    }
}
