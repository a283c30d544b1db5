//! The laws of the network.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use quorate::{Network, Policy};

use crate::oracle::Oracle;
use crate::world::{TODAY, World, day, world};

fn network(world: &World) -> Network {
    Network::new(&world.graph(), &Policy::default(), day(TODAY))
}

/// Some of the people, and one of them; `None` when nobody is there.
fn asked(oracle: &Oracle, some: &[Index], one: Index) -> Option<(BTreeSet<String>, String)> {
    let people: Vec<String> = oracle.people.iter().cloned().collect();
    (!people.is_empty()).then(|| (some.iter().map(|at| at.get(&people).clone()).collect(), one.get(&people).clone()))
}

fn texts(sources: &BTreeSet<String>) -> Vec<&str> {
    sources.iter().map(String::as_str).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn warm_paths_agree_with_enumeration(
        world in world(8),
        some in prop::collection::vec(any::<Index>(), 1..=3),
        one in any::<Index>(),
        count in 0..=20_usize,
    ) {
        let oracle = Oracle::of(&world);
        let Some((sources, target)) = asked(&oracle, &some, one) else { return Ok(()) };
        let found = network(&world).warm_paths(&texts(&sources), &target, count).unwrap();
        let found: Vec<(Vec<String>, u64)> = found
            .iter()
            .map(|path| (path.people().map(String::from).collect(), u64::try_from(path.quality.units()).unwrap()))
            .collect();
        prop_assert_eq!(found, oracle.best(&sources, &target, 4, count));
    }

    #[test]
    fn bridges_agree_with_deletion(
        world in world(7),
        some in prop::collection::vec(any::<Index>(), 1..=3),
        one in any::<Index>(),
    ) {
        let oracle = Oracle::of(&world);
        let Some((sources, target)) = asked(&oracle, &some, one) else { return Ok(()) };
        let found = network(&world).resilience(&texts(&sources), &target).unwrap();
        let on_every_path: BTreeSet<String> = found.on_every_path.iter().map(String::from).collect();
        prop_assert_eq!(on_every_path, oracle.on_every_way(&sources, &target));
    }

    #[test]
    fn paths_that_share_nobody_are_as_many_as_can_be(
        world in world(6),
        some in prop::collection::vec(any::<Index>(), 1..=4),
        one in any::<Index>(),
    ) {
        let oracle = Oracle::of(&world);
        let Some((sources, target)) = asked(&oracle, &some, one) else { return Ok(()) };
        let found = network(&world).resilience(&texts(&sources), &target).unwrap();
        let ways = oracle.ways(&sources, &target, oracle.people.len(), None);
        let mut met = BTreeSet::new();
        for path in &found.disjoint {
            let people: Vec<String> = path.iter().map(String::from).collect();
            prop_assert!(ways.contains(&people), "{people:?} is no way");
            prop_assert!(people[..people.len() - 1].iter().all(|one| met.insert(one.clone())), "{people:?} shares somebody");
        }
        prop_assert_eq!(found.disjoint.len(), oracle.most_apart(&sources, &target));
    }

    #[test]
    fn influence_is_the_strongest_of_all_ways(world in world(7), one in any::<Index>(), hops in 1..=4_u8) {
        let mut oracle = Oracle::of(&world);
        oracle.lines = oracle.influence.clone();
        oracle.opponents.clear();
        let Some((_, start)) = asked(&oracle, &[], one) else { return Ok(()) };
        let sources = BTreeSet::from([start.clone()]);
        let mut expected: Vec<(u64, usize, String)> = Vec::new();
        for other in oracle.people.iter().filter(|other| **other != start) {
            let best = oracle.best(&sources, other, hops.into(), 1);
            expected.extend(best.into_iter().map(|(way, quality)| (quality, way.len() - 1, other.clone())));
        }
        expected.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        let found = network(&world).influence_of(&start, hops).unwrap();
        let found: Vec<(u64, usize, String)> = found
            .iter()
            .map(|one| (u64::try_from(one.strength.units()).unwrap(), usize::from(one.hops), one.contact().to_owned()))
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn the_chart_agrees_with_ancestor_walks(world in world(9), some in prop::collection::vec(any::<Index>(), 1..=3)) {
        let (oracle, network) = (Oracle::of(&world), network(&world));
        let chart = network.org_chart();
        let people: Vec<_> = chart.people().collect();
        prop_assert_eq!(people.iter().map(|one| &one.contact).collect::<Vec<_>>(), oracle.people.iter().collect::<Vec<_>>());
        for one in &people {
            let chain = oracle.chain(&one.contact);
            prop_assert_eq!(chart.chain(&one.contact).unwrap(), chain.iter().map(String::as_str).collect::<Vec<_>>());
            prop_assert_eq!(one.depth as usize, chain.len());
            prop_assert_eq!(one.manager.as_ref(), chain.first());
            let below = |all: bool| oracle.people.iter().filter(|other| {
                let chain = oracle.chain(other);
                if all { chain.contains(&one.contact) } else { chain.first() == Some(&one.contact) }
            }).map(String::as_str).collect::<Vec<_>>();
            prop_assert_eq!(one.reports.iter().collect::<Vec<_>>(), below(false));
            prop_assert_eq!(one.all_reports as usize, below(true).len());
        }
        let Some((asked, _)) = asked(&oracle, &some, some[0]) else { return Ok(()) };
        let chains: Vec<Vec<String>> = asked.iter().map(|one| oracle.chain(one)).collect();
        let common = chains[0].iter().find(|manager| chains.iter().all(|chain| chain.contains(manager)));
        prop_assert_eq!(chart.common_manager(&texts(&asked)).unwrap(), common.map(String::as_str));
    }

    #[test]
    fn person_counted_once(world in world(9)) {
        let (oracle, network) = (Oracle::of(&world), network(&world));
        prop_assert_eq!(network.people_count(), oracle.people.len());
        prop_assert_eq!(network.line_count(), oracle.lines.len());
        // Whichever contact of a person is named, the answer is the same.
        for (contact, person) in &oracle.person_of {
            let of = |id: &str| network.org_chart().person(id).map(|one| one.contact);
            prop_assert_eq!(of(contact), Some(person.clone()));
        }
    }

    #[test]
    fn the_order_of_records_changes_nothing(world in world(8), some in prop::collection::vec(any::<Index>(), 1..=2), one in any::<Index>()) {
        let oracle = Oracle::of(&world);
        let Some((sources, target)) = asked(&oracle, &some, one) else { return Ok(()) };
        let mut other = world.clone();
        other.ties.reverse();
        let answers = |world: &World| {
            let network = network(world);
            let paths = network.warm_paths(&texts(&sources), &target, 10).unwrap();
            (paths, network.resilience(&texts(&sources), &target).unwrap())
        };
        prop_assert_eq!(answers(&world), answers(&other));
    }
}
