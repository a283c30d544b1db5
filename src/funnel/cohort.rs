//! What cases are told apart by: an attribute, or when they came in.

use alloc::format;
use alloc::string::String;

use super::journey::Journey;
use crate::day::Day;

/// A span of the calendar, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// `2018-05`.
    Month,
    /// `2018-Q2`.
    Quarter,
    /// `2018`.
    Year,
}

impl Period {
    /// Every period with its token.
    pub const ALL: [(&'static str, Self); 3] = [("month", Self::Month), ("quarter", Self::Quarter), ("year", Self::Year)];

    /// The token of documents.
    pub const fn token(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// The name of the period that a day lies in; names of one period order by time.
    ///
    /// ```
    /// use quorate::Period;
    /// let day = "2018-05-31".parse()?;
    /// assert_eq!(Period::ALL.map(|(_, period)| period.of(day)), ["2018-05", "2018-Q2", "2018"]);
    /// # Ok::<(), quorate::TimeError>(())
    /// ```
    pub fn of(self, day: Day) -> String {
        let (year, month, _) = day.ymd();
        match self {
            Self::Month => format!("{year:04}-{month:02}"),
            Self::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
            Self::Year => format!("{year:04}"),
        }
    }
}

/// What a funnel is broken down by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CohortBy {
    /// The period of the day of the earliest stage, in the order of the stages, whose day is known.
    Entered(Period),
    /// An attribute of that name.
    Attribute(String),
}

impl CohortBy {
    /// Its name: the attribute's, or `month`, `quarter` or `year`.
    pub fn name(&self) -> &str {
        match self {
            Self::Entered(period) => period.token(),
            Self::Attribute(name) => name,
        }
    }

    /// The cohort of a journey; `None` where that is not known.
    pub(super) fn cohort(&self, journey: &Journey) -> Option<String> {
        match self {
            Self::Entered(period) => journey.entered().map(|day| period.of(day)),
            Self::Attribute(name) => journey.attributes.get(name).cloned(),
        }
    }
}
