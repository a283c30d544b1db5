//! An account's groups together, and its family of accounts.

use alloc::vec::Vec;
use core::cmp::Reverse;

use serde::Serialize;

use super::family::Totals;
use super::ids::Named;
use super::result::GroupAssessment;
use super::verdict::State;
use crate::exact::{Percent, Points};

/// An account on a day: its groups, the best of them, its people counted once, and its family.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccountAssessment {
    pub(crate) account: Named,
    pub(crate) groups: Vec<GroupAssessment>,
    pub(crate) best: usize,
    /// The account alone.
    pub own: Totals,
    /// The accounts below it, however far.
    pub children: Totals,
    /// The account and those below it; a person who is known at several of them counts once.
    pub total: Totals,
}

impl AccountAssessment {
    /// The account's id.
    pub fn account_id(&self) -> &str {
        self.account.text()
    }

    /// Its groups, ordered by id; never empty, since an account without a group of its own has a default one.
    pub fn groups(&self) -> &[GroupAssessment] {
        &self.groups
    }

    /// The best group: by verdict, then readiness, then points, then the least id.
    pub fn best(&self) -> &GroupAssessment {
        &self.groups[self.best]
    }
}

/// How good a group is among others: the greatest is the best. By verdict, then readiness, then points, then the least id (section 11 of the rules).
///
/// The best group of a family is the greatest of [`Assessor::family`](super::Assessor::family):
///
/// ```
/// use quorate::{Account, AccountAssessment, AccountGraph, Assessor, Contact, GroupAssessment, Policy, Signal, SignalTally};
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// graph.add_account(Account { parent: Some("acme".parse()?), ..Account::new("acme-north")? })?;
/// graph.add_contact(Contact::new("ann", "acme-north")?.with_role("economic_buyer")?)?;
/// let mut tally = SignalTally::new();
/// tally.record(&Signal::of_contact("ann", "demo_request", "2025-05-01".parse()?)?)?;
/// let policy = Policy::default();
/// let family = Assessor::new(&graph, &tally, &policy).family("acme", "2025-05-05".parse()?)?;
/// let best = family.iter().map(AccountAssessment::best).max_by_key(|group| group.rank()).ok_or("nobody")?;
/// assert_eq!(best.group_id(), "acme-north");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupRank<'a>(State, Percent, Points, Reverse<&'a str>);

impl GroupAssessment {
    /// How good it is among other groups of the day.
    pub fn rank(&self) -> GroupRank<'_> {
        GroupRank(self.verdict.state, self.readiness, self.points, Reverse(self.group_id()))
    }
}

/// The place of the best group among those of an account.
pub(crate) fn best(groups: &[GroupAssessment]) -> usize {
    (0..groups.len()).max_by_key(|at| groups[*at].rank()).unwrap_or(0)
}

impl Serialize for AccountAssessment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("account_id", self.account_id())?;
        map.serialize_entry("best", self.best().group_id())?;
        map.serialize_entry("own", &self.own)?;
        map.serialize_entry("children", &self.children)?;
        map.serialize_entry("total", &self.total)?;
        map.serialize_entry("groups", &self.groups)?;
        map.end()
    }
}
