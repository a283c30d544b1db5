//! What became of groups from day to day: when each was engaged first, and when it came into qualified.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::assess::{Assessor, GroupAssessment, Route};
use crate::day::Day;
use crate::id::{GroupId, SolutionName};
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
    /// The days after an entry on which somebody asked to talk while it was in, by day.
    pub raises: Vec<GroupRaise>,
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
    /// Whether somebody asked to talk on that very day, in a way that qualifies.
    pub asked: bool,
    /// The members on that day, each by the contact id that it is a member by.
    pub members: Vec<String>,
    /// Those of the members who are opponents.
    pub opponents: Vec<String>,
    /// The day it left again; `None`: it is still in.
    pub left: Option<Day>,
}

/// Somebody asked to talk while the group was in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupRaise {
    /// On that day, in a way that qualifies.
    pub day: Day,
    /// The policy that said so.
    pub policy: Arc<PolicyLabel>,
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
        let mut today = Some(first).filter(|day| *day <= last);
        while let Some(day) = today {
            for group in assessor.groups(day) {
                histories.advance(&group)?;
            }
            each_day(day);
            today = day.next().filter(|day| *day <= last);
        }
        Ok(histories)
    }

    /// One day of one group; a group that is new was out until then. O(log groups).
    ///
    /// # Errors
    /// [`StandingError`]: the assessment is not of the day after the last one of that group.
    pub fn advance(&mut self, group: &GroupAssessment) -> Result<(), StandingError> {
        if let Some(history) = self.0.get_mut(group.group_id()) {
            let before = history.standing.place();
            let Advance { standing, .. } = history.standing.advance(group)?;
            history.standing = standing;
            history.note(before, group);
        } else if let Ok(id) = GroupId::new(group.group_id()) {
            // INVARIANT: the id was taken once and is taken again.
            let mut history = GroupHistory::beginning(Standing::first(id, group), group);
            history.note(Place::Out { left: None }, group);
            self.0.insert(group.group_id().into(), history);
        }
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

impl GroupHistory {
    fn beginning(standing: Standing, group: &GroupAssessment) -> Self {
        Self {
            account: group.account_id().into(),
            solution: group.solution.clone(),
            policy: group.policy.clone(),
            engaged: None,
            entries: Vec::new(),
            raises: Vec::new(),
            standing,
        }
    }

    /// What the day brought, the place before it being known.
    fn note(&mut self, before: Place, group: &GroupAssessment) {
        self.policy = group.policy.clone();
        self.engaged = self.engaged.or(group.has_engaged_points.then_some(group.as_of));
        let was_in = matches!(before, Place::In { .. });
        match (was_in, self.standing.place().route()) {
            (false, Some(route)) => self.entries.push(GroupEntry::of(group, route)),
            (true, Some(_)) if asked(group) => self.raises.push(GroupRaise::of(group)),
            (true, None) => {
                if let Some(entry) = self.entries.last_mut() {
                    entry.left = Some(group.as_of);
                }
            }
            _ => {}
        }
    }

    /// Whether it was in at the end of a day.
    pub fn is_in_on(&self, day: Day) -> bool {
        self.entry_on(day).is_some_and(|entry| entry.left.is_none_or(|left| left > day))
    }

    /// The entry that counts on a day: the last one up to it.
    pub fn entry_on(&self, day: Day) -> Option<&GroupEntry> {
        self.entries.iter().rfind(|entry| entry.day <= day)
    }
}

impl GroupEntry {
    fn of(group: &GroupAssessment, route: Route) -> Self {
        let (members, opponents) = people(group);
        let (day, policy, raised) = (group.as_of, group.policy.clone(), group.newest_hand_raise);
        Self { day, route, policy, raised, asked: asked(group), members, opponents, left: None }
    }
}

impl GroupRaise {
    fn of(group: &GroupAssessment) -> Self {
        Self { day: group.as_of, policy: group.policy.clone() }
    }
}

fn asked(group: &GroupAssessment) -> bool {
    group.hand_raise_holds && group.newest_hand_raise == Some(group.as_of)
}

/// The members, and those of them who are opponents.
fn people(group: &GroupAssessment) -> (Vec<String>, Vec<String>) {
    let ids = |opponents: bool| {
        let wanted = group.members.iter().filter(move |member| member.opponent || !opponents);
        wanted.map(|member| member.contact().into()).collect()
    };
    (ids(false), ids(true))
}
