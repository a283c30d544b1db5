//! What a contender said of a case.

use core::fmt;

use serde::{Serialize, Serializer};

use super::group_on_day::GroupOnDay;
use crate::assess::State;
use crate::exact::{Percent, Points};
use crate::policy::RankBy;

/// What a contender said of a case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) flagged: bool,
    pub(super) score: Score,
    /// How many people were flagged one by one.
    pub(super) leads: u32,
}

impl Look {
    /// Of a group that no policy of a set matches.
    pub(super) const NOTHING: Self = Self { flagged: false, score: Score::Points(Points::ZERO), leads: 0 };

    pub(super) fn of_group(group: &GroupOnDay<'_>, by: RankBy) -> Self {
        let score = match by {
            RankBy::Points => Score::Points(group.points()),
            RankBy::Readiness => Score::Percent(group.readiness()),
            RankBy::Fit => Score::Percent(group.fit().unwrap_or(Percent::ZERO)),
        };
        Self { flagged: group.state() == State::Qualified, score, leads: 0 }
    }

    /// Of everybody at an account, at least so many points being asked of one of them; in line units.
    pub(super) fn of_leads(group: &GroupOnDay<'_>, at_least: i64) -> Self {
        let (best, leads) = group.best_member(at_least);
        Self { flagged: leads > 0, score: Score::Points(Points::from_line_units(best.into())), leads }
    }
}

/// What cases are ranked by: points, or a percent. Of one contender all are of one sort, but for groups without a policy, which have no points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Score {
    /// Points of a group, or of the person with the most.
    Points(Points),
    /// Readiness or fit.
    Percent(Percent),
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Points(points) => points.fmt(f),
            Self::Percent(percent) => percent.fmt(f),
        }
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
