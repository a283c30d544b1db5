//! How the network is asked about one group.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::connections::{CommonManager, Connections, DecidingPerson, Missed, OpponentReach};
use super::managers::{above, manager_of, nearest_common};
use super::naming::Naming;
use super::people::Network;
use super::resilience::LOOKS;
use super::warm::WarmPath;
use crate::assess::{Gap, GapCode, GroupAssessment, MemberAssessment, Severity};
use crate::id::RoleName;
use crate::paths::{Scratch, is_within, mark_within};

/// Questions about one group.
pub(super) struct Asker<'a> {
    network: &'a Network,
    group: &'a GroupAssessment,
    naming: Naming<'a>,
    /// The engaged members who can be asked.
    engaged: Vec<u32>,
    /// The members who decide.
    deciding: Vec<u32>,
}

/// Somebody who decides and is silent.
struct Silent {
    person: u32,
    /// Whether a warm path leads there.
    reached: bool,
    bridges: Vec<u32>,
}

impl<'a> Asker<'a> {
    pub(super) fn new(network: &'a Network, group: &'a GroupAssessment) -> Self {
        let chosen = |which: &dyn Fn(&MemberAssessment, u32) -> bool| {
            let people = group.members.iter().filter_map(|one| Some((one, network.person(one.number())?)));
            let mut people: Vec<u32> = people.filter(|(one, person)| which(one, *person)).map(|(_, person)| person).collect();
            people.sort_unstable();
            people.dedup();
            people
        };
        Self {
            network,
            group,
            naming: network.as_in(group),
            // Somebody may be engaged here and against us elsewhere.
            engaged: chosen(&|one, person| one.engaged && !network.blocked[person as usize]),
            deciding: chosen(&|one, _| one.decides),
        }
    }

    pub(super) fn answer(&self, scratch: &mut Scratch) -> Connections {
        let mut deciding = Vec::new();
        let (mut silent, mut missed) = (Vec::new(), BTreeMap::new());
        for (member, person) in self.who_decides() {
            let (one, cuts) = self.deciding_person(member, person, scratch);
            if !one.engaged && !one.opponent {
                let reached = !one.paths.is_empty() || !one.introductions.is_empty();
                silent.push(Silent { person, reached, bridges: self.sole_bridges(&cuts).collect() });
                for cut in cuts {
                    missed.entry(cut).or_insert_with(Vec::new).push(person);
                }
            }
            deciding.push(one);
        }
        Connections {
            deciding,
            common_manager: self.common_manager(),
            missed: self.missed(missed),
            opponents: self.opponents(scratch),
            gaps: self.gaps_of(&silent),
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
        for (_, person) in silent {
            let reached = self.is_reached(person, &mut marked, scratch);
            let cuts = self.network.cuts(&self.engaged, person, scratch);
            found.push(Silent { person, reached, bridges: self.sole_bridges(&cuts).collect() });
        }
        self.gaps_of(&found)
    }

    /// Whether a warm path leads to somebody, from engaged members or from our own people. The paths themselves are not looked for: they can
    /// lead anywhere among all whom our people know. What cannot be said by looking near the person is looked up among all whom paths from the
    /// sources lead to, who are marked once for the group.
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
        let (network, naming) = (self.network, &self.naming);
        let others: Vec<u32> = self.engaged.iter().copied().filter(|one| *one != person).collect();
        let sought = !member.engaged && !member.opponent;
        let count = if sought { usize::from(network.rule.paths) } else { 0 };
        let cuts = if member.opponent { Vec::new() } else { network.cuts(&others, person, scratch) };
        let resilience = if member.opponent { network.no_lines() } else { network.lines_to(&others, person, &cuts, naming, scratch) };
        let deciding = DecidingPerson {
            contact: member.named(),
            engaged: member.engaged,
            opponent: member.opponent,
            paths: network.paths_to(&others, person, count, naming, scratch),
            introductions: network.paths_to(&network.own_staff, person, count, naming, scratch),
            resilience,
            sole_bridges: naming.by_id(self.sole_bridges(&cuts)),
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
        missed.into_iter().map(|(person, cut)| Missed { contact: self.naming.named(person), cuts: self.naming.by_id(cut) }).collect()
    }

    fn opponents(&self, scratch: &mut Scratch) -> Vec<OpponentReach> {
        let mut members: Vec<u32> = self.group.members.iter().filter_map(|one| self.network.person(one.number())).collect();
        members.sort_unstable();
        let of = |member: &MemberAssessment| {
            let person = self.network.person(member.number())?;
            let among_members = |one: u32| members.binary_search(&one).is_ok();
            let members = self.network.influenced(person, self.network.rule.influence_hops, among_members, &self.naming, scratch);
            Some(OpponentReach { contact: member.named(), members })
        };
        self.group.members.iter().filter(|one| one.opponent).filter_map(of).collect()
    }

    /// The suggestion, where a deciding role lacks somebody.
    fn common_manager(&self) -> Option<CommonManager> {
        let roles = self.deciding_roles_lacking();
        if roles.is_empty() {
            return None;
        }
        let managers = &self.network.managers;
        let managed = self.engaged.iter().copied().filter(|person| manager_of(managers, *person).is_some());
        let managed: Vec<u32> = managed.collect();
        let common = nearest_common(managers, &managed)?;
        // Somebody engaged who stands above has no manager in common with those below.
        if above(managers, common).any(|one| self.engaged.binary_search(&one).is_ok()) {
            return None;
        }
        Some(CommonManager {
            contact: self.naming.named(common),
            roles,
            of: self.naming.by_id(managed),
            member: self.group.members.iter().any(|one| self.network.person(one.number()) == Some(common)),
            opponent: self.network.blocked[common as usize],
        })
    }

    fn deciding_roles_lacking(&self) -> Vec<RoleName> {
        let lacking = |gap: &&Gap| matches!(gap.code, GapCode::RoleMissing | GapCode::RolePossiblyFilled);
        let lacks: Vec<&RoleName> = self.group.gaps.iter().filter(lacking).filter_map(|gap| gap.role.as_ref()).collect();
        let roles = self.group.coverage.roles.iter().filter(|role| role.decides && lacks.contains(&&role.role));
        roles.map(|role| role.role.clone()).collect()
    }

    /// The gaps for silent people whom nobody leads to, and for the bridges to others.
    fn gaps_of(&self, silent: &[Silent]) -> Vec<Gap> {
        // Where no line is known at all, nothing is known about ways either.
        let known = self.lines_are_known();
        let unreachable = silent.iter().filter(|one| known && !one.reached).map(|one| one.person);
        let bridges = silent.iter().flat_map(|one| one.bridges.iter().copied());
        let gaps = [
            (GapCode::DecisionMakerUnreachable, Severity::High, self.naming.by_id(unreachable)),
            (GapCode::SoleBridge, Severity::Medium, self.naming.by_id(bridges)),
        ];
        let gap = |(code, severity, contacts)| Gap { code, severity, role: None, contacts, seats: None };
        gaps.into_iter().map(gap).filter(|gap| !gap.contacts.is_empty()).collect()
    }

    fn lines_are_known(&self) -> bool {
        self.group.members.iter().filter_map(|one| self.network.person(one.number())).any(|person| self.network.has_lines(person))
    }

    /// The best path to each of these contacts who is not engaged, from an engaged member or one of our own people.
    pub(super) fn best_paths_to(&self, contacts: &[Option<u32>], scratch: &mut Scratch) -> Vec<Option<WarmPath>> {
        let mut sources = [self.engaged.as_slice(), self.network.own_staff.as_slice()].concat();
        sources.sort_unstable();
        sources.dedup();
        let sought = |contact: &Option<u32>| {
            contact.and_then(|contact| self.network.person(contact)).filter(|one| self.engaged.binary_search(one).is_err())
        };
        let mut best = |person| self.network.paths_to(&sources, person, 1, &self.naming, scratch).pop();
        contacts.iter().map(sought).map(|person| person.and_then(&mut best)).collect()
    }
}
