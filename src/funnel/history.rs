//! What became of groups from day to day: when each was engaged first, and when it came into qualified.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::assess::{Assessor, GroupAssessment, Route};
use crate::day::Day;
use crate::id::{GroupId, IdError, SolutionName};
use crate::policy::PolicyLabel;
use crate::standing::{Advance, Place, Standing, StandingError};

/// What became of one group over some days.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupHistory {
    /// The account.
    pub account: String,
    /// What the group may buy; `None`: everything.
    pub solution: Option<SolutionName>,
    /// The policy of the last day.
    pub policy: Arc<PolicyLabel>,
    /// The first day on which it had the points of the stage engaged, whatever stage it was in.
    pub engaged: Option<Day>,
    /// Its entries into qualified, by day.
    pub entries: Vec<GroupEntry>,
    /// Where it stands after the last day.
    pub standing: Standing,
}

/// A group came into qualified.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupEntry {
    /// On that day.
    pub day: Day,
    /// By the rule, or because somebody asked to talk.
    pub route: Route,
    /// The policy that said so.
    pub policy: Arc<PolicyLabel>,
    /// The day of the newest hand-raise then, whatever the route.
    pub raised: Option<Day>,
    /// The members on that day, each by the contact id that it is a member by.
    pub members: Vec<String>,
}

/// The histories of all groups of a portfolio, by id.
///
/// Every group is out before the first day. A history is fed day by day and keeps no assessment.
///
/// ```
/// use quorate::{Account, AccountGraph, Assessor, Contact, GroupHistories, Policy, Signal, SignalTally};
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// graph.add_contact(Contact::new("ann", "acme")?.with_role("economic_buyer")?)?;
/// let mut tally = SignalTally::new();
/// tally.record(&Signal::of_contact("ann", "demo_request", "2025-05-01".parse()?)?)?;
/// let policy = Policy::default();
/// let assessor = Assessor::new(&graph, &tally, &policy);
/// let histories = GroupHistories::replay(&assessor, "2025-04-01".parse()?, "2025-06-30".parse()?, |_| ())?;
/// let acme = histories.get("acme").ok_or("no such group")?;
/// assert_eq!((acme.engaged, acme.entries[0].day.to_string()), (Some("2025-05-01".parse()?), "2025-05-01".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupHistories(BTreeMap<String, GroupHistory>);

impl GroupHistories {
    /// Assesses every group on every day from the first to the last, both included; `each_day` hears of every day that is done.
    ///
    /// Cost: one assessment of the portfolio a day.
    ///
    /// # Errors
    /// [`StandingError`]; none is known for assessments that come from one assessor, day after day.
    pub fn replay(assessor: &Assessor<'_>, first: Day, last: Day, mut each_day: impl FnMut(Day)) -> Result<Self, StandingError> {
        let mut histories = Self::default();
        let mut before = first.minus_days(1);
        while let Some(day) = before.next().filter(|day| *day <= last) {
            for group in assessor.groups(day) {
                histories.advance(&group, before)?;
            }
            each_day(day);
            before = day;
        }
        Ok(histories)
    }

    /// One day of one group, `before` being the day before it; a group that is new was out until then. O(log groups).
    ///
    /// # Errors
    /// [`StandingError`]: the assessment is not of the day after the last one of that group.
    pub fn advance(&mut self, group: &GroupAssessment, before: Day) -> Result<(), StandingError> {
        let history = match self.0.entry(group.group_id().into()) {
            alloc::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            alloc::collections::btree_map::Entry::Vacant(new) => {
                let Ok(start) = start(group, before) else { return Ok(()) };
                new.insert(start)
            }
        };
        let was_out = matches!(history.standing.place(), Place::Out { .. });
        let Advance { standing, .. } = history.standing.advance(group)?;
        if let Some(route) = standing.place().route().filter(|_| was_out) {
            history.entries.push(entry(group, route));
        }
        history.standing = standing;
        history.policy = group.policy.clone();
        history.engaged = history.engaged.or(group.has_engaged_points.then_some(group.as_of));
        Ok(())
    }

    /// The history of a group.
    pub fn get(&self, group: &str) -> Option<&GroupHistory> {
        self.0.get(group)
    }

    /// Every group with its history, by id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &GroupHistory)> {
        self.0.iter().map(|(id, history)| (&**id, history))
    }
}

fn entry(group: &GroupAssessment, route: Route) -> GroupEntry {
    let members = group.members.iter().map(|member| member.contact().into()).collect();
    GroupEntry { day: group.as_of, route, policy: group.policy.clone(), raised: group.newest_hand_raise, members }
}

/// A group that was out until the day before. Its id was taken once and is taken again.
fn start(group: &GroupAssessment, before: Day) -> Result<GroupHistory, IdError> {
    Ok(GroupHistory {
        account: group.account_id().into(),
        solution: group.solution.clone(),
        policy: group.policy.clone(),
        engaged: None,
        entries: Vec::new(),
        standing: Standing::never_in(GroupId::new(group.group_id())?, before),
    })
}

impl GroupHistory {
    /// The entry that counts on a day: the last one up to it.
    pub fn entry_on(&self, day: Day) -> Option<&GroupEntry> {
        self.entries.iter().rfind(|entry| entry.day <= day)
    }
}
