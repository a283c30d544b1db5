//! A group on a day of a replay.

use crate::assess::{Bench, LiveGroup, Route, State, group_text};
use crate::day::Day;
use crate::exact::{Percent, Points};
use crate::policy::PolicyLabel;

/// What was to be said of a group on a day, by what was known then.
///
/// Every value is that of [`GroupAssessment`](crate::GroupAssessment) on that day.
#[derive(Clone, Copy, Debug)]
pub struct GroupOnDay<'r> {
    live: &'r LiveGroup<'r>,
    bench: &'r Bench<'r>,
}

impl<'r> GroupOnDay<'r> {
    pub(super) const fn new(live: &'r LiveGroup<'r>, bench: &'r Bench<'r>) -> Self {
        Self { live, bench }
    }

    /// The day.
    pub const fn day(&self) -> Day {
        self.bench.day
    }

    /// The account's id.
    pub fn account_id(&self) -> &'r str {
        self.bench.graph.account_names().text(self.live.group().account)
    }

    /// The group's id; that of the account for a default group.
    pub fn group_id(&self) -> &'r str {
        group_text(self.bench.graph, self.live.group())
    }

    /// The policy that it was judged by.
    pub fn policy(&self) -> &'r PolicyLabel {
        self.bench.bound.policy.label()
    }

    /// The verdict.
    pub const fn state(&self) -> State {
        self.live.verdict().0
    }

    /// How it came to be qualified, if it is.
    pub const fn route(&self) -> Option<Route> {
        self.live.verdict().1
    }

    /// The group's points, exact.
    pub const fn points(&self) -> Points {
        self.live.points()
    }

    /// How ready it is.
    pub const fn readiness(&self) -> Percent {
        self.live.readiness()
    }

    /// How much of the seats is engaged, opponents left out, who are never engaged.
    pub const fn engaged(&self) -> Percent {
        self.live.coverage()[0]
    }

    /// How much of the seats is current.
    pub const fn current(&self) -> Percent {
        self.live.coverage()[1]
    }

    /// The most points that one person has, and how many have at least so many, which are positive; in line units.
    pub(super) fn best_member(&self, at_least: i64) -> (i64, u32) {
        self.live.best_member(at_least)
    }

    /// The certain part of fit; `None`: not configured.
    pub fn fit(&self) -> Option<Percent> {
        self.live.fit().and_then(|fit| fit.shown.definite)
    }
}
