//! How long it took: days between two days, added up exactly.

use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::exact::Ratio;

/// Days from one day to another, of some cases: how many, the shortest, median, mean and longest.
///
/// A case in which the second day lies before the first has a negative number of days and counts like every other. Equality is that of the days, whatever
/// their order. As JSON `{"count":…,"sum":…,"shortest":…,"median":…,"mean":…,"longest":…}`; of no case the last four are `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans {
    // INVARIANT: in order.
    days: Vec<i32>,
}

impl Spans {
    /// Of these numbers of days. O(n log n).
    ///
    /// ```
    /// use quorate::Spans;
    /// let spans = Spans::of(vec![10, -2, 3, 4]);
    /// assert_eq!((spans.count(), spans.sum(), spans.shortest(), spans.longest()), (4, 15, Some(-2), Some(10)));
    /// assert_eq!((spans.median().unwrap().to_string(), spans.mean().unwrap().to_string()), ("3.5".into(), "3.75".into()));
    /// ```
    pub fn of(mut days: Vec<i32>) -> Self {
        days.sort_unstable();
        Self { days }
    }

    /// How many cases.
    pub fn count(&self) -> u64 {
        self.days.len() as u64
    }

    /// The days of all of them; divided by their number this is the mean, exactly.
    pub fn sum(&self) -> i64 {
        self.days.iter().map(|days| i64::from(*days)).sum()
    }

    /// The shortest; `None` of no case.
    pub fn shortest(&self) -> Option<i32> {
        self.days.first().copied()
    }

    /// The longest; `None` of no case.
    pub fn longest(&self) -> Option<i32> {
        self.days.last().copied()
    }

    /// The one in the middle, of an even number the mean of both: exact.
    pub fn median(&self) -> Option<Ratio> {
        let upper = self.days.get(self.days.len() / 2)?;
        let lower = self.days.get((self.days.len() - 1) / 2)?;
        Some(Ratio::of(i128::from(*lower) + i128::from(*upper), 2))
    }

    /// The sum through the number of cases, rounded half to even to 4 decimals; `None` of no case.
    pub fn mean(&self) -> Option<Ratio> {
        (!self.days.is_empty()).then(|| Ratio::of(self.sum().into(), i128::from(self.count())))
    }
}

impl Serialize for Spans {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(6))?;
        map.serialize_entry("count", &self.count())?;
        map.serialize_entry("sum", &self.sum())?;
        map.serialize_entry("shortest", &self.shortest())?;
        map.serialize_entry("median", &self.median())?;
        map.serialize_entry("mean", &self.mean())?;
        map.serialize_entry("longest", &self.longest())?;
        map.end()
    }
}
