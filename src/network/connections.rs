//! What the network says of one group: who reaches whom, which lines are fragile, who would be missed.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::error::NetworkError;
use super::influence::Influenced;
use super::managers::{manager_of, nearest_common};
use super::people::Network;
use super::resilience::{LOOKS, Resilience};
use super::warm::WarmPath;
use crate::assess::{Assessment, ContactIds, Gap, GapCode, GroupAssessment, MemberAssessment, Named, Severity};
use crate::paths::{Scratch, is_within, mark_within};

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
    /// Of those on every path, the people who are neither engaged nor deciding: the sole bridges. None for somebody engaged.
    pub sole_bridges: ContactIds,
}

impl DecidingPerson {
    /// The member's contact id.
    pub fn contact(&self) -> &str {
        self.contact.text()
    }
}

/// The nearest manager that the engaged members have in common: somebody above each of them that has a manager at all.
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

/// Somebody who decides and is silent.
struct Silent {
    contact: u32,
    /// Whether a warm path leads there.
    reached: bool,
    /// The contacts of the sole bridges.
    bridges: Vec<u32>,
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
    /// assert_eq!(found.missed[1].to_string(), "without bea there is no way to cleo");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`NetworkError::OtherDay`].
    pub fn connections(&self, group: &GroupAssessment) -> Result<Connections, NetworkError> {
        self.of_day(group)?;
        Ok(Asker::new(self, group).answer(&mut self.scratch()))
    }

    pub(super) fn of_day(&self, group: &GroupAssessment) -> Result<(), NetworkError> {
        let (assessed, day) = (group.as_of, self.day);
        if assessed == day { Ok(()) } else { Err(NetworkError::OtherDay { assessed, day }) }
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
    /// Gaps of these two sorts that are there already are replaced.
    ///
    /// # Errors
    /// [`NetworkError::OtherDay`]; then no group was changed.
    pub fn connect(&self, assessment: &mut Assessment) -> Result<(), NetworkError> {
        let mut connector = self.connector();
        assessment.groups_mut().try_for_each(|group| connector.add_gaps(group))
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
        let mut deciding = Vec::new();
        let (mut silent, mut missed) = (Vec::new(), BTreeMap::new());
        for (member, person) in self.who_decides() {
            let (one, cuts) = self.deciding_person(member, person, scratch);
            if !one.engaged && !one.opponent {
                let reached = !one.paths.is_empty() || !one.introductions.is_empty();
                silent.push(Silent { contact: member.named().number, reached, bridges: one.sole_bridges.numbers().to_vec() });
                cuts.into_iter().for_each(|cut| missed.entry(cut).or_insert_with(Vec::new).push(person));
            }
            deciding.push(one);
        }
        Connections {
            deciding,
            common_manager: self.common_manager(),
            missed: self.missed(missed),
            opponents: self.opponents(scratch),
            gaps: self.gaps_of(silent),
        }
    }

    /// The members who hold a deciding role, each with the person they are.
    fn who_decides(&self) -> Vec<(&'a MemberAssessment, u32)> {
        let deciding = self.group.members.iter().filter(|one| one.decides);
        deciding.filter_map(|one| Some((one, self.network.person(one.number())?))).collect()
    }

    /// The gaps alone: of those who are silent only whether anybody leads there, and who stands on every way.
    pub(super) fn gaps(&self, scratch: &mut Scratch) -> Vec<Gap> {
        let silent = self.who_decides().into_iter().filter(|(member, _)| !member.engaged && !member.opponent);
        let (mut found, mut marked) = (Vec::new(), false);
        for (member, person) in silent {
            let reached = self.is_reached(person, &mut marked, scratch);
            let cuts = self.network.cuts(&self.engaged, person, scratch);
            let bridges = self.sole_bridges(&cuts).map(|one| self.network.contacts[one as usize]).collect();
            found.push(Silent { contact: member.named().number, reached, bridges });
        }
        self.gaps_of(found)
    }

    /// Whether a warm path leads to somebody, from engaged members or from our own people. The paths themselves are not looked for: they can
    /// lead anywhere among all whom our people know. What cannot be said by looking near the person is looked up among all whom paths from the sources lead to,
    /// which are marked once for the group.
    fn is_reached(&self, person: u32, marked: &mut bool, scratch: &mut Scratch) -> bool {
        let (network, engaged) = (self.network, &self.engaged);
        let hops = usize::from(network.rule.hops);
        let is_source = |one: u32| engaged.binary_search(&one).is_ok() || network.own_staff.binary_search(&one).is_ok();
        // From somebody who is a source too, only the others count, whom the marks do not tell apart.
        let looks = if is_source(person) { usize::MAX } else { LOOKS };
        let near = is_within(&network.lines, &network.blocked, (person, hops), looks, &mut scratch.ends, is_source);
        near.unwrap_or_else(|| {
            if !core::mem::replace(marked, true) {
                let sources = engaged.iter().chain(&network.own_staff).copied();
                mark_within(&network.lines, &network.blocked, sources, hops, &mut scratch.marks);
            }
            scratch.marks.get(person).met
        })
    }

    /// A deciding person, and who stands on every way there.
    fn deciding_person(&self, member: &MemberAssessment, person: u32, scratch: &mut Scratch) -> (DecidingPerson, Vec<u32>) {
        let network = self.network;
        let others: Vec<u32> = self.engaged.iter().copied().filter(|one| *one != person).collect();
        let sought = !member.engaged && !member.opponent;
        let count = if sought { usize::from(network.rule.paths) } else { 0 };
        let cuts = if member.opponent { Vec::new() } else { network.cuts(&others, person, scratch) };
        let bridges = if sought { self.sole_bridges(&cuts).collect() } else { Vec::new() };
        let deciding = DecidingPerson {
            contact: member.named(),
            engaged: member.engaged,
            opponent: member.opponent,
            paths: network.paths_to(&others, person, count, scratch),
            introductions: network.paths_to(&network.own_staff, person, count, scratch),
            resilience: if member.opponent { network.no_lines() } else { network.lines_to(&others, person, &cuts, scratch) },
            sole_bridges: network.by_id(bridges),
        };
        (deciding, cuts)
    }

    /// Of those on every way, who is neither engaged nor deciding.
    fn sole_bridges<'s>(&'s self, cuts: &'s [u32]) -> impl Iterator<Item = u32> + 's {
        let known = |one: &u32| self.engaged.binary_search(one).is_ok() || self.deciding.binary_search(one).is_ok();
        cuts.iter().copied().filter(move |one| !known(one))
    }

    /// Whose leaving leaves no way to somebody who decides: who is on every path from the engaged members, with those who would be cut off.
    fn missed(&self, cuts: BTreeMap<u32, Vec<u32>>) -> Vec<Missed> {
        let mut missed: Vec<(u32, Vec<u32>)> = cuts.into_iter().collect();
        missed.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
        missed.into_iter().map(|(person, cut)| Missed { contact: self.network.named(person), cuts: self.network.by_id(cut) }).collect()
    }

    fn opponents(&self, scratch: &mut Scratch) -> Vec<OpponentReach> {
        let mut members: Vec<u32> = self.group.members.iter().filter_map(|one| self.network.person(one.number())).collect();
        members.sort_unstable();
        let of = |member: &MemberAssessment| {
            let person = self.network.person(member.number())?;
            let among_members = |one: u32| members.binary_search(&one).is_ok();
            let members = self.network.influenced(person, self.network.rule.influence_hops, among_members, scratch);
            Some(OpponentReach { contact: member.named(), members })
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
        Some(CommonManager { contact: self.network.named(common), of: self.network.by_id(managed), member })
    }

    /// The gaps for silent people whom nobody leads to, by id, and for the bridges to others.
    fn gaps_of(&self, silent: Vec<Silent>) -> Vec<Gap> {
        // Where no line is known at all, nothing is known about ways either.
        let known = self.lines_are_known();
        let unreachable = silent.iter().filter(|one| known && !one.reached).map(|one| one.contact).collect();
        let mut bridges: Vec<u32> = silent.into_iter().flat_map(|one| one.bridges).collect();
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
