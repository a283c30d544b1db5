//! What the network says of a group, against the oracle.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use quorate::{Connections, GapCode, GroupAssessment, Influenced, MemberAssessment, Network, PathPeople, RoleName, WarmPath, explain};

use crate::oracle::{Oracle, Place, Way};
use crate::support::{Told, told};
use crate::world::{ACCOUNTS, TODAY, World, day, world};

/// The roles of the default policy that decide.
const DECIDING: [&str; 3] = ["economic_buyer", "decision_maker", "executive_sponsor"];

/// Who may decide: the id, the roles that lack somebody, whose manager it is, whether they are a member, and against us.
type Suggested = (String, Vec<String>, Vec<String>, bool, bool);

/// One of the two groups as the oracle sees it.
struct Group<'a> {
    oracle: &'a Oracle,
    assessed: &'a GroupAssessment,
    hops: usize,
    paths: usize,
    influence_hops: usize,
    /// The engaged members who are against us nowhere.
    engaged: BTreeSet<Place>,
    deciding: BTreeSet<Place>,
    /// The contact that each member is a member by.
    called: BTreeMap<Place, &'a str>,
}

impl<'a> Group<'a> {
    fn new(world: &World, oracle: &'a Oracle, group: &'a GroupAssessment) -> Self {
        let of = |which: &dyn Fn(&MemberAssessment) -> bool| {
            group.members.iter().filter(|one| which(one)).map(|one| oracle.person(one.contact())).collect::<BTreeSet<_>>()
        };
        Self {
            oracle,
            assessed: group,
            hops: world.rule.hops.into(),
            paths: world.rule.paths.into(),
            influence_hops: world.rule.influence_hops.into(),
            engaged: of(&|one| one.engaged).into_iter().filter(|one| !oracle.opponents.contains(one)).collect(),
            deciding: of(&decides),
            called: group.members.iter().map(|one| (oracle.person(one.contact()), one.contact())).collect(),
        }
    }

    fn name(&self, person: Place) -> String {
        self.called.get(&person).map_or_else(|| self.oracle.people[person].clone(), |id| (*id).to_owned())
    }

    fn names(&self, people: &[Place]) -> Vec<String> {
        people.iter().map(|one| self.name(*one)).collect()
    }

    /// By id, each once.
    fn by_id(&self, people: impl IntoIterator<Item = Place>) -> Vec<String> {
        let names: BTreeSet<String> = people.into_iter().map(|one| self.name(one)).collect();
        names.into_iter().collect()
    }

    fn sought(member: &MemberAssessment) -> bool {
        !member.engaged && !member.opponent
    }

    /// The best paths to a member who is sought.
    fn paths(&self, sources: &BTreeSet<Place>, member: &MemberAssessment) -> Vec<Way> {
        if Self::sought(member) {
            self.oracle.best(sources, self.oracle.person(member.contact()), self.hops, self.paths)
        } else {
            Vec::new()
        }
    }

    /// Who is on every way to a member from the other engaged ones.
    fn cuts(&self, member: &MemberAssessment) -> Vec<Place> {
        if member.opponent { Vec::new() } else { self.oracle.on_every_way(&self.engaged, self.oracle.person(member.contact())) }
    }

    fn bridges(&self, member: &MemberAssessment) -> Vec<Place> {
        self.cuts(member).into_iter().filter(|one| !self.engaged.contains(one) && !self.deciding.contains(one)).collect()
    }

    fn silent(&self) -> Vec<&'a MemberAssessment> {
        self.assessed.members.iter().filter(|one| decides(one) && Self::sought(one)).collect()
    }

    fn lines_are_known(&self) -> bool {
        self.called.keys().any(|one| self.oracle.lines.keys().any(|(from, to)| from == one || to == one))
    }

    fn gaps(&self) -> Vec<(&'static str, Vec<String>)> {
        let reached = |member: &&&MemberAssessment| {
            [&self.engaged, &self.oracle.own_staff].iter().any(|sources| !self.paths(sources, member).is_empty())
        };
        let silent = self.silent();
        let known = self.lines_are_known();
        let unreachable = silent.iter().filter(|one| known && !reached(one)).map(|one| self.oracle.person(one.contact()));
        let gaps = [
            ("decision_maker_unreachable", self.by_id(unreachable)),
            ("sole_bridge", self.by_id(silent.iter().flat_map(|one| self.bridges(one)))),
        ];
        gaps.into_iter().filter(|(_, contacts)| !contacts.is_empty()).collect()
    }

    /// Who would be missed, the worst first.
    fn missed(&self) -> Vec<(String, Vec<String>)> {
        let mut cut: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
        for member in self.silent() {
            for one in self.cuts(member) {
                cut.entry(one).or_default().push(self.oracle.person(member.contact()));
            }
        }
        let mut missed: Vec<_> = cut.into_iter().collect();
        // Here, as on paths and in reach, people who are alike in all else come by the least of their ids, whatever the group calls them.
        missed.sort_by_key(|(one, cut)| (Reverse(cut.len()), *one));
        missed.into_iter().map(|(one, cut)| (self.name(one), self.by_id(cut))).collect()
    }

    fn reach(&self, opponent: &MemberAssessment) -> Vec<(u64, usize, String)> {
        let all = self.oracle.influenced(self.oracle.person(opponent.contact()), self.influence_hops);
        let members = all.into_iter().filter(|(_, _, one)| self.called.contains_key(one));
        members.map(|(strength, ties, one)| (strength, ties, self.name(one))).collect()
    }

    /// The roles that lack somebody, and the nearest manager of the engaged members who have any.
    fn common_manager(&self) -> Option<Suggested> {
        let lacking = |gap: &&quorate::Gap| matches!(gap.code, GapCode::RoleMissing | GapCode::RolePossiblyFilled);
        let lacks: BTreeSet<&str> =
            self.assessed.gaps.iter().filter(lacking).filter_map(|gap| gap.role.as_ref()).map(RoleName::as_str).collect();
        let roles: Vec<String> = DECIDING.iter().filter(|role| lacks.contains(**role)).map(|role| (*role).to_owned()).collect();
        let below: BTreeSet<Place> = self.engaged.iter().copied().filter(|one| !self.oracle.chain(*one).is_empty()).collect();
        let above = self.oracle.common_manager(&below)?;
        let below_somebody_engaged = self.oracle.chain(above).iter().any(|one| self.engaged.contains(one));
        let member = self.called.contains_key(&above);
        let opponent = self.oracle.opponents.contains(&above);
        (!roles.is_empty() && !below_somebody_engaged).then(|| (self.name(above), roles, self.by_id(below), member, opponent))
    }
}

fn decides(member: &MemberAssessment) -> bool {
    member.roles().any(|role| DECIDING.contains(&role.as_str()))
}

fn texts(people: &PathPeople) -> Vec<String> {
    people.iter().map(String::from).collect()
}

/// The ways of the oracle, people by the ids of the group.
fn expected(group: &Group<'_>, ways: &[Way]) -> Vec<Told> {
    ways.iter().map(|way| (group.names(way), group.oracle.hops(way), group.oracle.quality(way))).collect()
}

fn all_told(paths: &[WarmPath]) -> Vec<Told> {
    paths.iter().map(told).collect()
}

fn gaps(connections: &[quorate::Gap]) -> Vec<(&'static str, Vec<String>)> {
    connections.iter().map(|gap| (gap.code.token(), gap.contacts.iter().map(String::from).collect())).collect()
}

/// Both groups of a world with what the network says of them, each asked of the oracle.
fn each(world: &World, mut check: impl FnMut(&Group<'_>, &Connections) -> Result<(), TestCaseError>) -> Result<(), TestCaseError> {
    let (graph, oracle) = (world.graph(), Oracle::of(world));
    let network = Network::new(&graph, &world.policy(), day(TODAY));
    for account in ACCOUNTS {
        let assessed = world.group(&graph, account);
        check(&Group::new(world, &oracle, &assessed), &network.connections(&assessed).unwrap())?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 700, ..ProptestConfig::default() })]

    #[test]
    fn ways_to_who_decides_agree_with_enumeration(world in world(9, 0.15)) {
        each(&world, |group, found| {
            let members: Vec<&MemberAssessment> = group.assessed.members.iter().filter(|one| decides(one)).collect();
            prop_assert_eq!(
                found.deciding.iter().map(|one| (one.contact(), one.engaged, one.opponent)).collect::<Vec<_>>(),
                members.iter().map(|one| (one.contact(), one.engaged, one.opponent)).collect::<Vec<_>>()
            );
            for (one, member) in found.deciding.iter().zip(members) {
                prop_assert_eq!(all_told(&one.paths), expected(group, &group.paths(&group.engaged, member)));
                prop_assert_eq!(all_told(&one.introductions), expected(group, &group.paths(&group.oracle.own_staff, member)));
            }
            Ok(())
        })?;
    }

    #[test]
    fn fragile_lines_agree_with_deletion(world in world(9, 0.15)) {
        each(&world, |group, found| {
            for one in &found.deciding {
                let member = group.assessed.members.iter().find(|member| member.contact() == one.contact()).unwrap();
                prop_assert_eq!(texts(&one.resilience.on_every_path), group.names(&group.cuts(member)));
                prop_assert_eq!(one.sole_bridges.iter().collect::<Vec<_>>(), group.by_id(group.bridges(member)));
                let target = group.oracle.person(member.contact());
                let most = if member.opponent { 0 } else { group.oracle.most_apart(&group.engaged, target) };
                prop_assert_eq!(one.resilience.disjoint.len(), most);
                let mut met = BTreeSet::new();
                for path in &one.resilience.disjoint {
                    let way: Way = path.iter().map(|id| group.oracle.person(id)).collect();
                    prop_assert_eq!(texts(path), group.names(&way));
                    prop_assert!(group.engaged.contains(&way[0]) && way[way.len() - 1] == target, "{way:?} has other ends");
                    prop_assert!(way.windows(2).all(|pair| group.oracle.leads(pair[0], pair[1])), "{way:?} is no way");
                    prop_assert!(way[..way.len() - 1].iter().all(|one| *one != target && met.insert(*one)), "{way:?} shares somebody");
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn who_would_be_missed_is_who_cuts_off_most_first(world in world(9, 0.15)) {
        each(&world, |group, found| {
            let missed: Vec<(String, Vec<String>)> =
                found.missed.iter().map(|one| (one.contact().to_owned(), one.cuts.iter().map(String::from).collect())).collect();
            prop_assert_eq!(missed, group.missed());
            Ok(())
        })?;
    }

    #[test]
    fn opponents_reach_among_the_members_alone(world in world(9, 0.4)) {
        each(&world, |group, found| {
            let told = |one: &Influenced| (u64::try_from(one.strength.units()).unwrap(), usize::from(one.hops), one.contact().to_owned());
            let reached: Vec<_> =
                found.opponents.iter().map(|one| (one.contact(), one.members.iter().map(told).collect::<Vec<_>>())).collect();
            let opponents = group.assessed.members.iter().filter(|one| one.opponent);
            prop_assert_eq!(reached, opponents.map(|one| (one.contact(), group.reach(one))).collect::<Vec<_>>());
            Ok(())
        })?;
    }

    #[test]
    fn the_suggested_manager_stands_above_all_who_are_engaged(world in world(10, 0.1)) {
        each(&world, |group, found| {
            let suggested = found.common_manager.as_ref().map(|one| {
                let roles = one.roles.iter().map(|role| role.as_str().to_owned()).collect();
                (one.contact().to_owned(), roles, one.of.iter().map(String::from).collect(), one.member, one.opponent)
            });
            prop_assert_eq!(suggested, group.common_manager());
            Ok(())
        })?;
    }

    /// One group after the other with the same tables, and each twice.
    #[test]
    fn gaps_of_the_network_are_the_same_with_the_ways_and_alone(world in world(9, 0.15)) {
        let (graph, oracle) = (world.graph(), Oracle::of(&world));
        let network = Network::new(&graph, &world.policy(), day(TODAY));
        let mut connector = network.connector();
        for account in ["top", "below", "top"] {
            let mut assessed = world.group(&graph, account);
            let before = assessed.gaps.clone();
            let found = network.connections(&assessed).unwrap();
            let expected = Group::new(&world, &oracle, &assessed).gaps();
            prop_assert_eq!(gaps(&found.gaps), expected);
            for _ in 0..2 {
                connector.add_gaps(&mut assessed).unwrap();
                prop_assert_eq!(&assessed.gaps[..before.len()], &before[..]);
                prop_assert_eq!(&assessed.gaps[before.len()..], &found.gaps[..]);
            }
        }
    }
}

proptest! {
    // An explanation tries thousands of changes.
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn next_people_are_reached_from_whoever_can_be_asked(world in world(9, 0.1)) {
        let (graph, oracle, policy) = (world.graph(), Oracle::of(&world), world.policy());
        let network = Network::new(&graph, &policy, day(TODAY));
        for account in ACCOUNTS {
            let mut explanation = explain(&graph, &world.tally(), &policy, account, day(TODAY)).unwrap().unwrap();
            explanation.connect(&network).unwrap();
            let group = Group::new(&world, &oracle, &explanation.assessment);
            let sources: BTreeSet<Place> = group.engaged.union(&oracle.own_staff).copied().collect();
            let mut keys = Vec::new();
            for one in &explanation.next_people {
                let person = one.contact().map(|contact| oracle.person(contact)).filter(|person| !group.engaged.contains(person));
                let best = person.map(|person| oracle.best(&sources, person, group.hops, 1)).unwrap_or_default();
                prop_assert_eq!(all_told(one.path.as_slice()), expected(&group, &best));
                let path = best.first().map(|way| (oracle.quality(way), Reverse(way.len())));
                let id = one.contact().map(String::from);
                keys.push((Reverse(one.decides), Reverse(one.weight), id.is_none(), Reverse(path), id));
            }
            // Whoever is to be found has no id, and stays in the order of the template.
            let named: Vec<_> = keys.iter().filter(|key| key.4.is_some()).collect();
            prop_assert!(named.is_sorted(), "{:?}", keys);
            prop_assert!(keys.is_sorted_by_key(|key| (key.0, key.1, key.2)), "{:?}", keys);
        }
    }
}
