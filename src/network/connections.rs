//! What the network says of one group: who reaches whom, which lines are fragile, who would be missed.

use alloc::vec::Vec;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::asker::Asker;
use super::error::NetworkError;
use super::influence::Influenced;
use super::people::Network;
use super::resilience::Resilience;
use super::warm::WarmPath;
use crate::assess::{Assessment, ContactIds, Gap, GroupAssessment, Named};
use crate::id::RoleName;

/// A group's people in the network: the ways to those who decide, how fragile these are, and what follows.
///
/// Who can be asked are the engaged members and, apart from them, our own people; nobody who is an opponent as any of their contacts. Members are called by the
/// contact id that they are members by, others by the least of their contact ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Connections {
    /// The members who hold a deciding role, by id.
    pub deciding: Vec<DecidingPerson>,
    /// Whom the engaged members have as their nearest manager in common, where a deciding role lacks somebody: a likely decision maker.
    pub common_manager: Option<CommonManager>,
    /// Whose leaving would cut us off from whom, the worst first.
    pub missed: Vec<Missed>,
    /// How far the influence of opponents goes, by id.
    pub opponents: Vec<OpponentReach>,
    /// What is missing by the network: `decision_maker_unreachable` and `sole_bridge`.
    pub gaps: Vec<Gap>,
}

/// A member who holds a deciding role, and the ways there. Opponents have been reached: no way is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DecidingPerson {
    pub(super) contact: Named,
    /// Whether the person is engaged; then no path is looked for.
    pub engaged: bool,
    /// Whether the person is against it.
    pub opponent: bool,
    /// The best paths from engaged members.
    pub paths: Vec<WarmPath>,
    /// The best paths from our own people.
    pub introductions: Vec<WarmPath>,
    /// How many ways lead there from the other engaged members that share nobody else, whatever their length, and who stands on all of them.
    pub resilience: Resilience,
    /// Of those on every path, the people who are neither engaged nor deciding: the sole bridges.
    pub sole_bridges: ContactIds,
}

impl DecidingPerson {
    /// The member's contact id.
    pub fn contact(&self) -> &str {
        self.contact.text()
    }
}

/// The nearest manager that the engaged members have in common: somebody above each of them that has a manager at all, and below none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CommonManager {
    pub(super) contact: Named,
    /// The deciding roles that lack somebody, in the order of the policy: what the manager may be.
    pub roles: Vec<RoleName>,
    /// The engaged members who report there, directly or through others. Members without a manager are left out.
    pub of: ContactIds,
    /// Whether the manager is a member of the group.
    pub member: bool,
    /// Whether the manager is against it.
    pub opponent: bool,
}

impl CommonManager {
    /// The manager's contact id.
    pub fn contact(&self) -> &str {
        self.contact.text()
    }
}

impl Serialize for CommonManager {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("contact", self.contact())?;
        map.serialize_entry("roles", &self.roles)?;
        map.serialize_entry("of", &self.of)?;
        map.serialize_entry("member", &self.member)?;
        map.serialize_entry("opponent", &self.opponent)?;
        map.serialize_entry("message", &alloc::format!("{self}"))?;
        map.end()
    }
}

/// Somebody whose leaving would cut us off from deciding people.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Missed {
    pub(super) contact: Named,
    /// The deciding people to whom no way would be left.
    pub cuts: ContactIds,
}

impl Missed {
    /// The contact id.
    pub fn contact(&self) -> &str {
        self.contact.text()
    }
}

impl Serialize for Missed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("contact", self.contact())?;
        map.serialize_entry("cuts", &self.cuts)?;
        map.serialize_entry("message", &alloc::format!("{self}"))?;
        map.end()
    }
}

/// How far the influence of an opponent goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OpponentReach {
    pub(super) contact: Named,
    /// The members influenced, the most influenced first.
    pub members: Vec<Influenced>,
}

impl OpponentReach {
    /// The opponent's contact id.
    pub fn contact(&self) -> &str {
        self.contact.text()
    }
}

impl Network {
    /// What the network says of a group that was assessed on its day; of a graph that has changed since, or another, it says nothing useful.
    ///
    /// For each deciding person who is no opponent what [`Network::resilience`] costs, and what [`Network::warm_paths`] does where they are not engaged; for each opponent
    /// the ties in reach. For the gaps of many groups see [`Network::connect`].
    ///
    /// ```
    /// use quorate::{Account, AccountGraph, Contact, Known, Network, Policy, Signal, SignalTally, Tie, TieKind, assess_group};
    ///
    /// let mut graph = AccountGraph::new();
    /// graph.add_account(Account::new("acme")?)?;
    /// for (id, role) in [("ann", "end_user"), ("bea", "influencer"), ("cleo", "economic_buyer")] {
    ///     graph.add_contact(Contact::new(id, "acme")?.with_role(role)?)?;
    /// }
    /// for (from, to) in [("ann", "bea"), ("bea", "cleo")] {
    ///     let (from, to) = (from.parse()?, to.parse()?);
    ///     graph.add_tie(Tie { from, to, kind: TieKind::WorksWith, strength: 60, known: Known::ALWAYS })?;
    /// }
    /// let mut tally = SignalTally::new();
    /// tally.record(&Signal::of_contact("ann", "demo_request", "2025-05-01".parse()?)?)?;
    /// let (policy, day) = (Policy::default(), "2025-05-05".parse()?);
    ///
    /// let group = assess_group(&graph, &tally, &policy, "acme", day)?.ok_or("no policy")?;
    /// let found = Network::new(&graph, &policy, day).connections(&group)?;
    /// let cleo = &found.deciding[0];
    /// assert_eq!(cleo.paths[0].to_string(), "ask ann, who works with bea (60), who works with cleo (60)");
    /// assert_eq!(cleo.sole_bridges.iter().collect::<Vec<_>>(), ["bea"]);
    /// assert_eq!(found.missed[1].to_string(), "without bea no engaged member has a way to cleo");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`NetworkError::OtherDay`], [`NetworkError::OtherGraph`].
    pub fn connections(&self, group: &GroupAssessment) -> Result<Connections, NetworkError> {
        self.is_of(group)?;
        Ok(Asker::new(self, group).answer(&mut self.scratch()))
    }

    /// Whether it can be asked about a group: it is of the same day, and its numbers mean the same members. O(members).
    pub(super) fn is_of(&self, group: &GroupAssessment) -> Result<(), NetworkError> {
        let (assessed, day) = (group.as_of, self.day);
        if assessed != day {
            return Err(NetworkError::OtherDay { assessed, day });
        }
        match group.members.iter().find(|member| !self.names.agree_on(&member.who().names, member.number())) {
            None => Ok(()),
            Some(member) => Err(NetworkError::OtherGraph { contact: member.contact().into() }),
        }
    }

    /// The best path to each of these members who is not engaged, from an engaged member or one of our own people.
    pub(crate) fn best_paths_to(&self, group: &GroupAssessment, contacts: &[Option<u32>]) -> Vec<Option<WarmPath>> {
        Asker::new(self, group).best_paths_to(contacts, &mut self.scratch())
    }

    /// Adds to every group of an assessment what is missing by the network: the gaps `decision_maker_unreachable` and `sole_bridge`.
    ///
    /// The tables are made once; for each group see [`Connector::add_gaps`](super::Connector::add_gaps). Where people of many accounts hang together, by our
    /// own people for instance, that costs what lies near each deciding person, unless great parts of the network lie on both sides of somebody
    /// on the way: then it can come to lines × deciding people. Gaps of these two sorts that are there already are replaced.
    ///
    /// # Errors
    /// [`NetworkError::OtherDay`], [`NetworkError::OtherGraph`]; then no group was changed.
    pub fn connect(&self, assessment: &mut Assessment) -> Result<(), NetworkError> {
        let mut connector = self.connector();
        assessment.groups_mut().try_for_each(|group| self.is_of(group))?;
        assessment.groups_mut().for_each(|group| connector.replace_gaps(group));
        Ok(())
    }
}
