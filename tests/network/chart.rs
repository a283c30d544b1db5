//! The chart of reporting lines: laws, and circles by hand.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use quorate::{Account, AccountGraph, Contact, Network, Policy};

use crate::oracle::Oracle;
use crate::world::{TODAY, day, world};

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn the_chart_agrees_with_ancestor_walks(world in world(10, 0.1), some in prop::collection::vec(any::<Index>(), 1..=5)) {
        let oracle = Oracle::of(&world);
        let network = Network::new(&world.graph(), &world.policy(), day(TODAY));
        let chart = network.org_chart();
        let people: Vec<_> = chart.people().collect();
        prop_assert_eq!(people.iter().map(|one| &one.contact).collect::<Vec<_>>(), oracle.people.iter().collect::<Vec<_>>());
        let name = |place: &usize| oracle.people[*place].as_str();
        for (place, one) in people.iter().enumerate() {
            let chain = oracle.chain(place);
            prop_assert_eq!(chart.chain(&one.contact).unwrap(), chain.iter().map(name).collect::<Vec<_>>());
            prop_assert_eq!(one.depth as usize, chain.len());
            prop_assert_eq!(one.manager.as_deref(), chain.first().map(name));
            prop_assert_eq!(chart.manager(&one.contact).unwrap(), chain.first().map(name));
            let below = |all: bool| (0..people.len()).filter(|other| {
                let chain = oracle.chain(*other);
                if all { chain.contains(&place) } else { chain.first() == Some(&place) }
            }).map(|other| name(&other)).collect::<Vec<_>>();
            prop_assert_eq!(one.reports.iter().collect::<Vec<_>>(), below(false));
            prop_assert_eq!(one.all_reports as usize, below(true).len());
        }
        let cut: BTreeSet<(&str, &str)> = oracle.cut_lines().iter().map(|(person, manager)| (name(person), name(manager))).collect();
        prop_assert_eq!(chart.cut_lines().collect::<BTreeSet<_>>(), cut);
        let contacts: Vec<&str> = oracle.person_of.keys().map(String::as_str).collect();
        if !contacts.is_empty() {
            let asked: Vec<&str> = some.iter().map(|at| *at.get(&contacts)).collect();
            let expected = oracle.common_manager(&asked.iter().map(|contact| oracle.person(contact)).collect());
            prop_assert_eq!(chart.common_manager(&asked).unwrap(), expected.as_ref().map(name));
        }
    }

    /// Deep, and with branches that meet at different depths: of more than two people the nearest common manager is the farthest of the meeting places.
    #[test]
    fn the_nearest_common_manager_of_many_in_deep_chains(
        up in prop::collection::vec(prop_oneof![4 => 1..=2_usize, 1 => 1..=8_usize, 1 => Just(100)], 5..40),
        some in prop::collection::vec(any::<Index>(), 2..=5),
    ) {
        // Whoever has no manager at that distance is a top.
        let (count, id) = (up.len(), |number: usize| format!("m{number:02}"));
        let mut graph = AccountGraph::new();
        graph.add_account(Account::new("acme").unwrap()).unwrap();
        for number in 0..count {
            graph.add_contact(Contact::new(&id(number), "acme").unwrap()).unwrap();
        }
        let manager = |number: usize| number.checked_sub(up[number]);
        for number in 0..count {
            graph.set_manager(&id(number), manager(number).map(id).as_deref()).unwrap();
        }
        let chain = |number: usize| std::iter::successors(manager(number), |one| manager(*one)).collect::<Vec<_>>();
        let asked: Vec<usize> = some.iter().map(|at| at.index(count)).collect();
        let expected = chain(asked[0]).into_iter().find(|one| asked.iter().all(|other| chain(*other).contains(one)));
        let network = Network::new(&graph, &Policy::default(), day(TODAY));
        let names: Vec<String> = asked.iter().map(|one| id(*one)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        prop_assert_eq!(network.org_chart().common_manager(&names).unwrap().map(String::from), expected.map(id));
    }
}

/// An account with these contacts: id, person, manager.
fn graph(contacts: &[(&str, &str, Option<&str>)]) -> AccountGraph {
    let mut graph = AccountGraph::new();
    graph.add_account(Account::new("acme").unwrap()).unwrap();
    for (id, person, _) in contacts {
        let mut contact = Contact::new(id, "acme").unwrap();
        contact.person = Some(person.parse().unwrap());
        graph.add_contact(contact).unwrap();
    }
    for (id, _, manager) in contacts {
        graph.set_manager(id, *manager).unwrap();
    }
    graph
}

#[test]
fn a_circle_of_persons_is_cut_at_its_least_whoever_comes_to_it_first() {
    // Of `c` and `e` each reports to the other, as another contact. `a` and `b` report into the circle, have lesser ids, and are met before it; `x` comes after.
    let graph = graph(&[
        ("a", "a", Some("e2")),
        ("b", "b", Some("a")),
        ("c1", "c", Some("e1")),
        ("c2", "c", None),
        ("e1", "e", None),
        ("e2", "e", Some("c2")),
        ("x", "x", Some("c2")),
    ]);
    let network = Network::new(&graph, &Policy::default(), day(TODAY));
    let chart = network.org_chart();
    assert_eq!(chart.cut_lines().collect::<Vec<_>>(), [("c1", "e1")]);
    assert_eq!(chart.chain("b").unwrap(), ["a", "e1", "c1"]);
    assert_eq!(chart.chain("x").unwrap(), ["c1"]);
    assert_eq!(chart.person("c2").unwrap().all_reports, 4);
    assert_eq!(chart.common_manager(&["b", "x"]).unwrap(), Some("c1"));
    // The line is still one by which people are reached.
    let path = &network.warm_paths(&["c2"], "e2", 1).unwrap()[0];
    assert_eq!(path.people().collect::<Vec<_>>(), ["c1", "e1"]);
}
