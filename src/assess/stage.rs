//! The stage of a group: exactly one, the first that applies.

use super::rule::Facts;
use super::truth::Truth;
use super::verdict::State;
use crate::account::{DispositionVerdict, Outcome};
use crate::day::Day;
use crate::graph::{AccountRow, GroupRow, OpportunityRow};
use crate::policy::Policy;

/// Where a group stands on the way from known to won, the first that applies in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// An opportunity is open.
    InSalesMotion,
    /// The latest close, not long ago, was won.
    Won,
    /// The latest close, not long ago, was lost.
    Lost,
    /// Sales accepted it, and no opportunity has come of it yet.
    SalesAccepted,
    /// The verdict of the day is qualified.
    Qualified,
    /// It has some points.
    Engaged,
    /// It was active or closed once, and has been silent for long.
    Recycled,
    /// Something was heard of it lately.
    Aware,
    /// It suits us.
    Targeted,
    /// It is known.
    Identified,
}

impl Stage {
    /// Every stage with its token, in order.
    pub const ALL: [(&'static str, Self); 10] = [
        ("in_sales_motion", Self::InSalesMotion),
        ("won", Self::Won),
        ("lost", Self::Lost),
        ("sales_accepted", Self::SalesAccepted),
        ("qualified", Self::Qualified),
        ("engaged", Self::Engaged),
        ("recycled", Self::Recycled),
        ("aware", Self::Aware),
        ("targeted", Self::Targeted),
        ("identified", Self::Identified),
    ];

    /// The token of documents.
    pub const fn token(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// What sales did with a group, as of a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SalesHistory<'a> {
    account: &'a AccountRow,
    row: Option<&'a GroupRow>,
    group: Option<u32>,
    day: Day,
}

impl<'a> SalesHistory<'a> {
    pub(crate) const fn new(account: &'a AccountRow, row: Option<&'a GroupRow>, group: Option<u32>, day: Day) -> Self {
        Self { account, row, group, day }
    }

    /// The opportunities that apply to the group and exist on the day.
    fn opportunities(&self) -> impl Iterator<Item = &'a OpportunityRow> {
        let (day, group) = (self.day, self.group);
        let applying = move |one: &&OpportunityRow| one.created <= day && one.group.is_none_or(|of| Some(of) == group);
        self.account.opportunities.iter().filter(applying)
    }

    fn open(&self) -> bool {
        self.opportunities().any(|one| one.closed.is_none_or(|closed| closed > self.day))
    }

    /// The day of the latest close and whether it was won; of two on one day the won one.
    pub(crate) fn latest_close(&self) -> Option<(Day, bool)> {
        let closes = self.opportunities().filter_map(|one| one.closed.map(|closed| (closed, one.outcome == Outcome::Won)));
        closes.filter(|(closed, _)| *closed <= self.day).max()
    }

    /// Whether the latest disposition is an acceptance that no opportunity has followed.
    fn accepted(&self) -> bool {
        let dispositions = self.row.map_or(&[][..], |row| &row.dispositions);
        // Ordered by time, a rejection after an acceptance of the same instant.
        let latest = dispositions.iter().rfind(|one| one.at.day() <= self.day);
        latest.is_some_and(|one| {
            let day = one.at.day();
            one.verdict == DispositionVerdict::Accepted && !self.opportunities().any(|later| later.created >= day)
        })
    }
}

/// The stage. `state_since` computes the verdict of the day again from the signals after a day.
pub(crate) fn stage(
    policy: &Policy,
    facts: &Facts<'_>,
    state: State,
    sales: &SalesHistory<'_>,
    state_since: impl FnOnce(Day) -> State,
) -> Stage {
    let rule = &policy.document().stages;
    let age = |day: Day| facts.day.days_since(day);
    if sales.open() {
        return Stage::InSalesMotion;
    }
    let close = sales.latest_close();
    if let Some((day, won)) = close.filter(|(day, _)| age(*day) <= i32::from(rule.closed_days)) {
        if state_since(day) != State::Qualified {
            return if won { Stage::Won } else { Stage::Lost };
        }
    }
    let newest_positive = facts.crowd.positive.day();
    let last = newest_positive.max(close.map(|(day, _)| day));
    if sales.accepted() {
        Stage::SalesAccepted
    } else if state == State::Qualified {
        Stage::Qualified
    } else if facts.figures.points.0 >= facts.policy.stage_engaged {
        Stage::Engaged
    } else if last.is_some_and(|last| age(last) >= i32::from(rule.recycled_days)) {
        Stage::Recycled
    } else if facts.crowd.positive_inside.day().is_some_and(|newest| age(newest) <= i32::from(rule.aware_days)) {
        Stage::Aware
    } else if facts.fit.at_least(facts.policy, rule.targeted_fit) == Truth::True {
        Stage::Targeted
    } else {
        Stage::Identified
    }
}
