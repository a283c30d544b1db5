//! The laws of ways and people.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use quorate::Network;

use crate::oracle::{Oracle, Place, Way};
use crate::support::{Told, told, told_of};
use crate::world::{Order, TODAY, World, day, world};

/// One in so many is an opponent.
const OPPONENTS: f64 = 0.1;

fn network(world: &World) -> Network {
    Network::new(&world.graph(), &world.policy(), day(TODAY))
}

/// Some contacts, two of one person among them now and then, and one; `None` when nobody is there.
fn asked(oracle: &Oracle, some: &[Index], one: Index) -> Option<(Vec<String>, String)> {
    let contacts: Vec<String> = oracle.person_of.keys().cloned().collect();
    (!contacts.is_empty()).then(|| (some.iter().map(|at| at.get(&contacts).clone()).collect(), one.get(&contacts).clone()))
}

fn texts(contacts: &[String]) -> Vec<&str> {
    contacts.iter().map(String::as_str).collect()
}

fn persons(oracle: &Oracle, contacts: &[String]) -> BTreeSet<Place> {
    contacts.iter().map(|contact| oracle.person(contact)).collect()
}

fn names(oracle: &Oracle, way: &[Place]) -> Vec<String> {
    way.iter().map(|one| oracle.people[*one].clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn warm_paths_agree_with_enumeration(
        world in world(9, OPPONENTS),
        some in prop::collection::vec(any::<Index>(), 1..=4),
        one in any::<Index>(),
        count in 0..=20_usize,
    ) {
        let oracle = Oracle::of(&world);
        let Some((sources, target)) = asked(&oracle, &some, one) else { return Ok(()) };
        let found: Vec<Told> = network(&world).warm_paths(&texts(&sources), &target, count).unwrap().iter().map(told).collect();
        let expected = oracle.best(&persons(&oracle, &sources), oracle.person(&target), world.rule.hops.into(), count);
        prop_assert_eq!(found, expected.iter().map(|way| told_of(&oracle, way)).collect::<Vec<_>>());
    }

    #[test]
    fn bridges_agree_with_deletion(
        world in world(9, OPPONENTS),
        some in prop::collection::vec(any::<Index>(), 1..=4),
        one in any::<Index>(),
    ) {
        let oracle = Oracle::of(&world);
        let Some((sources, target)) = asked(&oracle, &some, one) else { return Ok(()) };
        let found = network(&world).resilience(&texts(&sources), &target).unwrap();
        let expected = oracle.on_every_way(&persons(&oracle, &sources), oracle.person(&target));
        prop_assert_eq!(found.on_every_path.iter().collect::<Vec<_>>(), names(&oracle, &expected));
    }

    #[test]
    fn paths_that_share_nobody_are_as_many_as_can_be(
        world in world(8, OPPONENTS),
        some in prop::collection::vec(any::<Index>(), 1..=5),
        one in any::<Index>(),
    ) {
        let oracle = Oracle::of(&world);
        let Some((sources, target)) = asked(&oracle, &some, one) else { return Ok(()) };
        let found = network(&world).resilience(&texts(&sources), &target).unwrap();
        let (sources, target) = (persons(&oracle, &sources), oracle.person(&target));
        let mut met = BTreeSet::new();
        for path in &found.disjoint {
            let way: Way = path.iter().map(|id| oracle.person(id)).collect();
            prop_assert!(sources.contains(&way[0]) && way[way.len() - 1] == target, "{way:?} has other ends");
            prop_assert!(way.windows(2).all(|pair| oracle.leads(pair[0], pair[1])), "{way:?} is no way");
            prop_assert!(way[1..way.len() - 1].iter().all(|one| !oracle.opponents.contains(one)), "{way:?} goes through an opponent");
            prop_assert!(way[..way.len() - 1].iter().all(|one| *one != target && met.insert(*one)), "{way:?} shares somebody");
        }
        prop_assert!(found.disjoint.is_sorted_by_key(|path| (path.len(), path.iter().map(String::from).collect::<Vec<_>>())));
        prop_assert_eq!(found.disjoint.len(), oracle.most_apart(&sources, target));
    }

    #[test]
    fn influence_is_the_strongest_of_all_ways(world in world(8, OPPONENTS), one in any::<Index>(), hops in 1..=4_u8) {
        let oracle = Oracle::of(&world);
        let Some((_, start)) = asked(&oracle, &[], one) else { return Ok(()) };
        let expected = oracle.influenced(oracle.person(&start), hops.into());
        let expected: Vec<_> = expected.into_iter().map(|(strength, ties, one)| (strength, ties, oracle.people[one].clone())).collect();
        let found = network(&world).influence_of(&start, hops).unwrap();
        let found: Vec<(u64, usize, String)> = found
            .iter()
            .map(|one| (u64::try_from(one.strength.units()).unwrap(), usize::from(one.hops), one.contact().to_owned()))
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn person_counted_once(world in world(9, OPPONENTS)) {
        let (oracle, network) = (Oracle::of(&world), network(&world));
        prop_assert_eq!(network.people_count(), oracle.people.len());
        prop_assert_eq!(network.line_count(), oracle.lines.len());
        // Whichever contact of a person is named, the answer is the same.
        for (contact, person) in &oracle.person_of {
            prop_assert_eq!(network.org_chart().person(contact).map(|one| one.contact), Some(oracle.people[*person].clone()));
            prop_assert_eq!(network.called(contact), Some(oracle.people[*person].as_str()));
        }
        // So it is with our own people, of whom the record says that they are ours, or else the address.
        let ours: Vec<String> = oracle.own_staff.iter().map(|one| oracle.people[*one].clone()).collect();
        prop_assert_eq!(network.own_staff().collect::<Vec<_>>(), ours);
    }
}

proptest! {
    // Two graphs and four groups each time.
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_records_changes_nothing(world in world(9, OPPONENTS), some in prop::collection::vec(any::<Index>(), 1..=3), one in any::<Index>()) {
        let oracle = Oracle::of(&world);
        let Some((sources, target)) = asked(&oracle, &some, one) else { return Ok(()) };
        let answers = |order: Order| {
            let graph = world.graph_in(order);
            let network = Network::new(&graph, &world.policy(), day(TODAY));
            let (paths, resilience) = (network.warm_paths(&texts(&sources), &target, 10), network.resilience(&texts(&sources), &target));
            let chart = network.org_chart();
            let cut: Vec<(String, String)> = chart.cut_lines().map(|(one, other)| (one.into(), other.into())).collect();
            let connections = ["top", "below"].map(|account| network.connections(&world.group(&graph, account)).unwrap());
            (paths, resilience, network.influence_of(&target, 4), chart.people().collect::<Vec<_>>(), cut, connections)
        };
        prop_assert_eq!(answers(Order::Forwards), answers(Order::Backwards));
    }
}
