//! What the network says of one group: who reaches whom, which lines are fragile, who would be missed.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::influence::Influenced;
use super::managers::{manager_of, nearest_common};
use super::people::Network;
use super::resilience::Resilience;
use super::warm::WarmPath;
use crate::assess::{Assessment, ContactIds, Gap, GapCode, GroupAssessment, MemberAssessment, Named, Severity};
use crate::paths::{Scratch, is_within};

/// A group's people in the network: the ways to those who decide, how fragile these are, and what follows.
///
/// Sources are the engaged members, and apart from them our own people. People are called by the least of their contact ids anywhere, which for somebody of
/// several contacts need not be the one at this account.
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Of those on every path, the people who are neither engaged nor deciding: the sole bridges. None for somebody engaged.
    pub sole_bridges: ContactIds,
}

impl DecidingPerson {
    /// The member's contact id.
    pub fn contact(&self) -> &str {
        self.contact.text()
    }

    /// The best path, be it from an engaged member or from one of our own people.
    pub fn best_path(&self) -> Option<&WarmPath> {
        let order = |path: &&WarmPath| (core::cmp::Reverse(path.quality), path.hops.len());
        [self.paths.first(), self.introductions.first()].into_iter().flatten().min_by_key(order)
    }
}

impl Serialize for DecidingPerson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("contact", self.contact())?;
        map.serialize_entry("engaged", &self.engaged)?;
        map.serialize_entry("opponent", &self.opponent)?;
        map.serialize_entry("paths", &self.paths)?;
        map.serialize_entry("introductions", &self.introductions)?;
        map.serialize_entry("disjoint_paths", &self.resilience.disjoint.len())?;
        map.serialize_entry("disjoint", &self.resilience.disjoint)?;
        map.serialize_entry("on_every_path", &self.resilience.on_every_path)?;
        map.serialize_entry("sole_bridges", &self.sole_bridges)?;
        map.end()
    }
}

/// The nearest manager that all engaged members have in common: somebody above each of them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CommonManager {
    pub(super) contact: Named,
    /// The engaged members who report there, directly or through others. Members without a manager are left out.
    pub of: ContactIds,
    /// Whether the manager is a member of the group.
    pub member: bool,
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
        map.serialize_entry("of", &self.of)?;
        map.serialize_entry("member", &self.member)?;
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
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl Serialize for OpponentReach {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("contact", self.contact())?;
        map.serialize_entry("members", &self.members)?;
        map.end()
    }
}

/// Questions about one group.
pub(super) struct Asker<'a> {
    network: &'a Network,
    group: &'a GroupAssessment,
    /// The engaged members.
    engaged: Vec<u32>,
    /// The members who decide.
    deciding: Vec<u32>,
}

impl Network {
    /// What the network says of a group that was assessed on its day; of a graph that has changed since, or another, it says nothing useful.
    ///
    /// O(people) for the tables, then, for each deciding person who is not engaged, a few passes over the lines in reach. For many groups see
    /// [`Network::connect`].
    pub fn connections(&self, group: &GroupAssessment) -> Connections {
        Asker::new(self, group).answer(&mut self.scratch())
    }

    /// The best path to each of these members who is not engaged, from an engaged member or one of our own people.
    pub(crate) fn best_paths_to(&self, group: &GroupAssessment, contacts: &[Option<u32>]) -> Vec<Option<WarmPath>> {
        let (asker, mut scratch) = (Asker::new(self, group), self.scratch());
        let mut sources = [asker.engaged.as_slice(), self.own_staff.as_slice()].concat();
        sources.sort_unstable();
        sources.dedup();
        let sought = |contact: &Option<u32>| {
            contact.and_then(|contact| self.person(contact)).filter(|one| asker.engaged.binary_search(one).is_err())
        };
        let paths =
            contacts.iter().map(|contact| sought(contact).and_then(|person| self.paths_to(&sources, person, 1, &mut scratch).pop()));
        paths.collect()
    }

    /// Adds to every group of an assessment what is missing by the network: the gaps `decision_maker_unreachable` and `sole_bridge`.
    ///
    /// The tables are made once; for each group see [`Connector::add_gaps`](super::Connector::add_gaps). Where people of many accounts hang together, by our
    /// own people for instance, that costs what lies near each deciding person, unless great parts of the network lie on both sides of somebody
    /// on the way: then it can come to lines × deciding people.
    pub fn connect(&self, assessment: &mut Assessment) {
        let mut connector = self.connector();
        for group in assessment.groups_mut() {
            connector.add_gaps(group);
        }
    }
}

impl<'a> Asker<'a> {
    pub(super) fn new(network: &'a Network, group: &'a GroupAssessment) -> Self {
        let chosen = |which: &dyn Fn(&MemberAssessment) -> bool| {
            let mut people: Vec<u32> =
                group.members.iter().filter(|one| which(one)).filter_map(|one| network.person(one.number())).collect();
            people.sort_unstable();
            people.dedup();
            people
        };
        Self { network, group, engaged: chosen(&|one| one.engaged), deciding: chosen(&|one| one.decides) }
    }

    fn answer(&self, scratch: &mut Scratch) -> Connections {
        let people = self.who_decides();
        let deciding: Vec<DecidingPerson> = people.iter().map(|(member, person)| self.deciding_person(member, *person, scratch)).collect();
        Connections {
            gaps: self.gaps_found(&deciding),
            common_manager: self.common_manager(),
            missed: self.missed(&people, scratch),
            opponents: self.opponents(scratch),
            deciding,
        }
    }

    /// The members who hold a deciding role, each with the person they are.
    fn who_decides(&self) -> Vec<(&'a MemberAssessment, u32)> {
        let deciding = self.group.members.iter().filter(|one| one.decides);
        deciding.filter_map(|one| Some((one, self.network.person(one.number())?))).collect()
    }

    /// The gaps alone: of those who are silent only whether anybody leads there, and who stands on every way.
    pub(super) fn gaps(&self, scratch: &mut Scratch) -> Vec<Gap> {
        let (mut unreachable, mut bridges) = (Vec::new(), Vec::new());
        for (member, person) in self.who_decides().into_iter().filter(|(member, _)| !member.engaged && !member.opponent) {
            let others: Vec<u32> = self.engaged.iter().copied().filter(|one| *one != person).collect();
            if !self.is_reached(person, scratch) {
                unreachable.push(member.named().number);
            }
            bridges.extend(self.sole_bridges(&others, person, scratch).into_iter().map(|one| self.network.contacts[one as usize]));
        }
        self.gaps_of(unreachable, bridges)
    }

    /// Whether a warm path leads to somebody, from engaged members or from our own people. The paths themselves are not looked for: they can
    /// lead anywhere among all whom our people know.
    fn is_reached(&self, person: u32, scratch: &mut Scratch) -> bool {
        let (network, engaged) = (self.network, &self.engaged);
        let is_source = |one: u32| engaged.binary_search(&one).is_ok() || network.own_staff.binary_search(&one).is_ok();
        is_within(&network.lines, &network.blocked, person, network.rule.hops.into(), &mut scratch.ends, is_source)
    }

    fn deciding_person(&self, member: &MemberAssessment, person: u32, scratch: &mut Scratch) -> DecidingPerson {
        let network = self.network;
        let others: Vec<u32> = self.engaged.iter().copied().filter(|one| *one != person).collect();
        let sought = !member.engaged && !member.opponent;
        let count = usize::from(network.rule.paths);
        let paths = |sources: &[u32], scratch: &mut Scratch| {
            if sought { network.paths_to(sources, person, count, scratch) } else { Vec::new() }
        };
        let resilience = if member.opponent { Resilience::none() } else { network.lines_to(&others, person, scratch) };
        let bridges = if sought { self.sole_bridges(&others, person, scratch) } else { Vec::new() };
        DecidingPerson {
            contact: member.named(),
            engaged: member.engaged,
            opponent: member.opponent,
            paths: paths(&others, scratch),
            introductions: paths(&network.own_staff, scratch),
            resilience,
            sole_bridges: network.by_id(bridges),
        }
    }

    fn sole_bridges(&self, sources: &[u32], person: u32, scratch: &mut Scratch) -> Vec<u32> {
        let mut cuts = self.network.cuts(sources, person, scratch);
        cuts.retain(|one| self.engaged.binary_search(one).is_err() && self.deciding.binary_search(one).is_err());
        cuts
    }

    /// Whose leaving leaves no way to somebody who decides: who is on every path from the engaged members.
    fn missed(&self, people: &[(&MemberAssessment, u32)], scratch: &mut Scratch) -> Vec<Missed> {
        let mut cuts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (_, person) in people.iter().filter(|(member, _)| !member.engaged && !member.opponent) {
            for one in self.network.cuts(&self.engaged, *person, scratch) {
                cuts.entry(one).or_default().push(*person);
            }
        }
        let mut missed: Vec<(u32, Vec<u32>)> = cuts.into_iter().collect();
        missed.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
        let named = |person: u32| Named { names: self.network.names.clone(), number: self.network.contacts[person as usize] };
        missed.into_iter().map(|(person, cut)| Missed { contact: named(person), cuts: self.network.by_id(cut) }).collect()
    }

    fn opponents(&self, scratch: &mut Scratch) -> Vec<OpponentReach> {
        let members: Vec<&str> =
            self.group.members.iter().filter_map(|one| self.network.person(one.number())).map(|one| self.network.id(one)).collect();
        let of = |member: &MemberAssessment| {
            let person = self.network.person(member.number())?;
            let mut reached = self.network.influenced(person, self.network.rule.influence_hops, scratch);
            reached.retain(|one| members.contains(&one.contact()));
            Some(OpponentReach { contact: member.named(), members: reached })
        };
        self.group.members.iter().filter(|one| one.opponent).filter_map(of).collect()
    }

    /// The suggestion, where a deciding role lacks somebody.
    fn common_manager(&self) -> Option<CommonManager> {
        let lacking = |gap: &&Gap| matches!(gap.code, GapCode::RoleMissing | GapCode::RolePossiblyFilled);
        let decides = |gap: &Gap| self.group.coverage.roles.iter().any(|role| Some(&role.role) == gap.role.as_ref() && role.decides);
        if !self.group.gaps.iter().filter(lacking).any(decides) {
            return None;
        }
        let managers = &self.network.managers;
        let managed: Vec<u32> = self.engaged.iter().copied().filter(|person| manager_of(managers, *person).is_some()).collect();
        let common = nearest_common(managers, &managed)?;
        let member = self.group.members.iter().any(|one| self.network.person(one.number()) == Some(common));
        let contact = Named { names: self.network.names.clone(), number: self.network.contacts[common as usize] };
        Some(CommonManager { contact, of: self.network.by_id(managed), member })
    }

    fn gaps_found(&self, deciding: &[DecidingPerson]) -> Vec<Gap> {
        let silent = || deciding.iter().filter(|one| !one.engaged && !one.opponent);
        let unreachable = silent().filter(|one| one.paths.is_empty() && one.introductions.is_empty()).map(|one| one.contact.number);
        self.gaps_of(unreachable.collect(), silent().flat_map(|one| one.sole_bridges.numbers().iter().copied()).collect())
    }

    /// The gaps for silent people whom nobody leads to, by id, and for the bridges to others.
    fn gaps_of(&self, unreachable: Vec<u32>, mut bridges: Vec<u32>) -> Vec<Gap> {
        // Where no line is known at all, nothing is known about ways either.
        let unreachable = if self.lines_are_known() { unreachable } else { Vec::new() };
        bridges.sort_by(|a, b| self.network.names.text(*a).cmp(self.network.names.text(*b)));
        bridges.dedup();
        let gap = |code, severity, contacts: Vec<u32>| {
            let contacts = ContactIds::new(self.network.names.clone(), contacts);
            (!contacts.is_empty()).then_some(Gap { code, severity, role: None, contacts, seats: None })
        };
        let gaps =
            [gap(GapCode::DecisionMakerUnreachable, Severity::High, unreachable), gap(GapCode::SoleBridge, Severity::Medium, bridges)];
        gaps.into_iter().flatten().collect()
    }

    fn lines_are_known(&self) -> bool {
        self.group.members.iter().filter_map(|one| self.network.person(one.number())).any(|person| self.network.has_lines(person))
    }
}
