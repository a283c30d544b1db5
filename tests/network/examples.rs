//! The network by hand.

use quorate::{Account, AccountGraph, Contact, Network, NetworkError, Policy, Stance, Tie, TieKind};

fn tie(from: &str, to: &str, kind: TieKind, strength: u8) -> Tie {
    Tie { from: from.parse().unwrap(), to: to.parse().unwrap(), kind, strength, known: quorate::Known::ALWAYS }
}

fn graph(people: &[&str], ties: &[Tie]) -> AccountGraph {
    let mut graph = AccountGraph::new();
    graph.add_account(Account::new("acme").unwrap()).unwrap();
    for id in people {
        graph.add_contact(Contact::new(id, "acme").unwrap()).unwrap();
    }
    for tie in ties {
        graph.add_tie(tie.clone()).unwrap();
    }
    graph
}

fn network(graph: &AccountGraph) -> Network {
    Network::new(graph, &Policy::default(), "2025-05-05".parse().unwrap())
}

fn paths(network: &Network, from: &[&str], to: &str) -> Vec<String> {
    network
        .warm_paths(from, to, 10)
        .unwrap()
        .iter()
        .map(|path| format!("{} {}", path.quality, path.people().collect::<Vec<_>>().join(" ")))
        .collect()
}

#[test]
fn better_comes_first_then_shorter_then_by_id() {
    let graph = graph(
        &["ann", "bea", "cleo", "dan"],
        &[
            tie("ann", "dan", TieKind::Knows, 50),
            tie("ann", "bea", TieKind::Knows, 100),
            tie("bea", "dan", TieKind::Knows, 50),
            tie("ann", "cleo", TieKind::Knows, 100),
            tie("cleo", "dan", TieKind::Knows, 50),
        ],
    );
    assert_eq!(paths(&network(&graph), &["ann"], "dan"), ["0.5 ann dan", "0.5 ann bea dan", "0.5 ann cleo dan"]);
}

#[test]
fn nobody_goes_through_an_opponent() {
    let mut graph = graph(&["ann", "bea", "dan"], &[tie("ann", "bea", TieKind::Knows, 90), tie("bea", "dan", TieKind::Knows, 90)]);
    assert_eq!(paths(&network(&graph), &["ann"], "dan"), ["0.81 ann bea dan"]);
    let mut bea = graph.contact("bea").unwrap();
    bea.stance = Stance::Opponent;
    graph.replace_contact(bea).unwrap();
    assert_eq!(paths(&network(&graph), &["ann"], "dan"), Vec::<String>::new());
}

#[test]
fn an_influence_leads_one_way() {
    let graph = graph(&["ann", "dan"], &[tie("ann", "dan", TieKind::Influences, 70)]);
    let network = network(&graph);
    assert_eq!(paths(&network, &["ann"], "dan"), ["0.7 ann dan"]);
    assert_eq!(paths(&network, &["dan"], "ann"), Vec::<String>::new());
    assert_eq!(network.influence_of("ann", 4).unwrap()[0].contact(), "dan");
}

#[test]
fn five_lines_are_too_many_for_an_introduction_but_not_for_resilience() {
    let people = ["a", "b", "c", "d", "e", "f"];
    let ties: Vec<Tie> = people.windows(2).map(|pair| tie(pair[0], pair[1], TieKind::Knows, 100)).collect();
    let graph = graph(&people, &ties);
    let network = network(&graph);
    assert_eq!(paths(&network, &["a"], "e"), ["1 a b c d e"]);
    assert_eq!(paths(&network, &["a"], "f"), Vec::<String>::new());
    let resilience = network.resilience(&["a"], "f").unwrap();
    assert_eq!(resilience.disjoint.len(), 1);
    assert_eq!(resilience.on_every_path.iter().collect::<Vec<_>>(), ["a", "b", "c", "d", "e"]);
}

#[test]
fn who_is_not_there_is_told_by_name() {
    let mut graph = graph(&["ann", "dan"], &[]);
    let mut dan = graph.contact("dan").unwrap();
    dan.active = false;
    graph.replace_contact(dan).unwrap();
    let network = network(&graph);
    let refused = network.warm_paths(&["ann"], "dan", 1).unwrap_err();
    assert_eq!(refused.to_string(), "contact `dan` is not there on 2025-05-05: it has left, or its record does not count on that day");
    let refused = network.warm_paths(&["anne"], "ann", 1).unwrap_err();
    assert_eq!(refused.to_string(), "unknown contact `anne` (did you mean `ann`?)");
    assert!(matches!(refused, NetworkError::UnknownContact { .. }));
}

#[test]
fn a_chain_of_ten_thousand_is_no_deeper_than_one_of_ten() {
    let mut graph = AccountGraph::new();
    graph.add_account(Account::new("acme").unwrap()).unwrap();
    let id = |number: u32| format!("c{number:05}");
    for number in 0..10_000 {
        let mut contact = Contact::new(&id(number), "acme").unwrap();
        contact.reports_to = number.checked_sub(1).map(|above| id(above).parse().unwrap());
        graph.add_contact(contact).unwrap();
    }
    let network = network(&graph);
    let chart = network.org_chart();
    assert_eq!(chart.person(&id(9_999)).unwrap().depth, 9_999);
    assert_eq!(chart.person(&id(0)).unwrap().all_reports, 9_999);
    assert_eq!(network.resilience(&[&id(0)], &id(9_999)).unwrap().on_every_path.iter().len(), 9_999);
}
