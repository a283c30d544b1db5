//! What the network says of a group.

use proptest::prelude::*;
use proptest::sample::select;
use quorate::{
    Account, AccountGraph, Connections, Contact, GapCode, Network, NetworkError, Policy, Signal, SignalTally, Stance, Tie, TieKind, assess,
    assess_group,
};

fn tie(from: &str, to: &str, strength: u8) -> Tie {
    Tie { from: from.parse().unwrap(), to: to.parse().unwrap(), kind: TieKind::WorksWith, strength, known: quorate::Known::ALWAYS }
}

/// An account with these people and roles; `engaged` have asked for a demo.
fn portfolio(people: &[(&str, &str)], engaged: &[&str], ties: &[Tie]) -> (AccountGraph, SignalTally) {
    let (mut graph, mut tally) = (AccountGraph::new(), SignalTally::new());
    graph.add_account(Account::new("acme").unwrap()).unwrap();
    for (id, role) in people {
        graph.add_contact(Contact::new(id, "acme").unwrap().with_role(role).unwrap()).unwrap();
    }
    graph.add_contact(Contact::own_staff("rep").unwrap()).unwrap();
    for id in engaged {
        tally.record(&Signal::of_contact(id, "demo_request", "2025-05-01".parse().unwrap()).unwrap()).unwrap();
    }
    for tie in ties {
        graph.add_tie(tie.clone()).unwrap();
    }
    (graph, tally)
}

fn connections(graph: &AccountGraph, tally: &SignalTally) -> Connections {
    let (policy, day) = (Policy::default(), "2025-05-05".parse().unwrap());
    let group = assess_group(graph, tally, &policy, "acme", day).unwrap().unwrap();
    Network::new(graph, &policy, day).connections(&group).unwrap()
}

fn codes(connections: &Connections) -> Vec<(&'static str, Vec<String>)> {
    connections.gaps.iter().map(|gap| (gap.code.token(), gap.contacts.iter().map(String::from).collect())).collect()
}

const PEOPLE: [(&str, &str); 4] = [("ann", "champion"), ("bea", "end_user"), ("dan", "economic_buyer"), ("eve", "decision_maker")];

#[test]
fn a_sole_bridge_is_named() {
    let (graph, tally) = portfolio(&PEOPLE, &["ann"], &[tie("ann", "bea", 90), tie("bea", "dan", 60), tie("bea", "eve", 50)]);
    let found = connections(&graph, &tally);
    assert_eq!(codes(&found), [("sole_bridge", vec!["bea".to_owned()])]);
    assert_eq!(found.gaps[0].to_string(), "the only line from engaged members to somebody who decides goes through bea");
    let dan = &found.deciding[0];
    assert_eq!((dan.contact(), dan.engaged, dan.resilience.disjoint.len()), ("dan", false, 1));
    assert_eq!(dan.paths[0].to_string(), "ask ann, who works with bea (90), who works with dan (60)");
    assert_eq!(dan.paths[0].quality.to_string(), "0.54");
    let missed: Vec<String> = found.missed.iter().map(ToString::to_string).collect();
    assert_eq!(missed, ["without ann no engaged member has a way to dan, eve", "without bea no engaged member has a way to dan, eve"]);
}

const ALL: [&str; 5] = ["ann", "bea", "dan", "eve", "rep"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    /// Gaps are asked for without the ways, or with them: they are the same.
    #[test]
    fn gaps_alone_are_those_beside_the_ways(
        ends in prop::collection::btree_set((select(&ALL[..]), select(&ALL[..])), 0..7),
        engaged in prop::sample::subsequence(&ALL[..4], 0..3),
    ) {
        let ties: Vec<Tie> = ends.iter().filter(|(from, to)| from != to).map(|(from, to)| tie(from, to, 50)).collect();
        let (graph, tally) = portfolio(&PEOPLE, &engaged, &ties);
        let (policy, day) = (Policy::default(), "2025-05-05".parse().unwrap());
        let mut group = assess_group(&graph, &tally, &policy, "acme", day).unwrap().unwrap();
        let before = group.gaps.clone();
        let network = Network::new(&graph, &policy, day);
        let found = network.connections(&group).unwrap().gaps;
        let mut connector = network.connector();
        // Twice, with the tables of the first time.
        for _ in 0..2 {
            group.gaps.clone_from(&before);
            connector.add_gaps(&mut group).unwrap();
            prop_assert_eq!(&group.gaps[..before.len()], &before[..]);
            prop_assert_eq!(&group.gaps[before.len()..], &found[..]);
        }
    }
}

#[test]
fn two_ways_leave_no_bridge() {
    let ties = [tie("ann", "bea", 90), tie("bea", "dan", 60), tie("ann", "rep", 40), tie("rep", "dan", 40), tie("rep", "eve", 1)];
    let (graph, tally) = portfolio(&PEOPLE, &["ann"], &ties);
    let found = connections(&graph, &tally);
    // Nobody but the rep leads to eve; the rep is one of our own people, and so can introduce us.
    assert_eq!(codes(&found), [("sole_bridge", vec!["rep".to_owned()])]);
    assert_eq!(found.deciding[0].sole_bridges.len(), 0);
    assert_eq!(found.deciding[0].introductions[0].people().collect::<Vec<_>>(), ["rep", "dan"]);
}

#[test]
fn who_cannot_be_reached_is_told_where_lines_are_known() {
    let (graph, tally) = portfolio(&PEOPLE, &["ann"], &[tie("ann", "bea", 90), tie("rep", "dan", 40)]);
    assert_eq!(codes(&connections(&graph, &tally)), [("decision_maker_unreachable", vec!["eve".to_owned()])]);
    // Without any line nothing is known about ways.
    let (graph, tally) = portfolio(&PEOPLE, &["ann"], &[]);
    assert_eq!(codes(&connections(&graph, &tally)), []);
}

#[test]
fn whoever_is_engaged_or_opposes_is_no_gap() {
    let (mut graph, tally) = portfolio(&PEOPLE, &["ann", "dan"], &[tie("ann", "bea", 90)]);
    let mut eve = graph.contact("eve").unwrap();
    eve.stance = Stance::Opponent;
    graph.replace_contact(eve).unwrap();
    graph.add_tie(Tie { kind: TieKind::Influences, ..tie("eve", "bea", 70) }).unwrap();
    let found = connections(&graph, &tally);
    assert_eq!(codes(&found), []);
    assert_eq!(found.opponents[0].contact(), "eve");
    assert_eq!(found.opponents[0].members[0].contact(), "bea");
}

#[test]
fn the_nearest_common_manager_is_suggested_where_a_deciding_role_is_open() {
    let people = [("ann", "champion"), ("bea", "end_user"), ("max", "unknown")];
    let (mut graph, tally) = portfolio(&people, &["ann", "bea"], &[]);
    graph.set_manager("ann", Some("max")).unwrap();
    graph.set_manager("bea", Some("max")).unwrap();
    let found = connections(&graph, &tally).common_manager.unwrap();
    assert_eq!((found.contact(), found.member), ("max", true));
    assert_eq!(found.to_string(), "max is the nearest manager of ann, bea and may be the missing economic_buyer or decision_maker");
    // Nothing is suggested where nobody is lacking.
    let (mut graph, tally) = portfolio(&PEOPLE, &["ann", "bea"], &[]);
    graph.set_manager("ann", Some("dan")).unwrap();
    assert_eq!(connections(&graph, &tally).common_manager, None);
}

#[test]
fn an_assessment_takes_the_gaps_in() {
    let (graph, tally) = portfolio(&PEOPLE, &["ann"], &[tie("ann", "bea", 90), tie("bea", "dan", 60)]);
    let (policy, day) = (Policy::default(), "2025-05-05".parse().unwrap());
    let mut assessment = assess(&graph, &tally, &policy, day);
    let before = assessment.clone();
    Network::new(&graph, &policy, day).connect(&mut assessment).unwrap();
    let gaps = |one: &quorate::Assessment| one.accounts[0].best().gaps.iter().map(|gap| gap.code).collect::<Vec<_>>();
    let mut expected = gaps(&before);
    expected.extend([GapCode::DecisionMakerUnreachable, GapCode::SoleBridge]);
    assert_eq!(gaps(&assessment), expected);
}

#[test]
fn a_network_of_another_graph_answers_nothing() {
    let lines = [tie("ann", "bea", 90), tie("bea", "dan", 60)];
    let (graph, tally) = portfolio(&PEOPLE, &["ann"], &lines);
    let (policy, day) = (Policy::default(), "2025-05-05".parse().unwrap());
    let mut assessment = assess(&graph, &tally, &policy, day);
    let mut explanation = quorate::explain(&graph, &tally, &policy, "acme", day).unwrap().unwrap();
    let before = (assessment.clone(), explanation.clone());
    let mut turned = PEOPLE;
    turned.reverse();
    let (reversed, _) = portfolio(&turned, &[], &lines);
    let (smaller, _) = portfolio(&PEOPLE[..3], &[], &lines);
    for (other, stranger) in [(&reversed, "ann"), (&smaller, "eve")] {
        let network = Network::new(other, &policy, day);
        let refused = Err(NetworkError::OtherGraph { contact: stranger.into() });
        assert_eq!(network.connections(assessment.accounts[0].best()).map(|_| ()), refused);
        assert_eq!(network.connect(&mut assessment), refused);
        assert_eq!(explanation.connect(&network), refused);
        assert_eq!((&assessment, &explanation), (&before.0, &before.1), "nothing was changed");
    }
    // People who came later change nothing about those who were assessed; nor does reading the same graph once more.
    let (mut later, (same, _)) = (graph, portfolio(&PEOPLE, &[], &lines));
    later.add_contact(Contact::new("zoe", "acme").unwrap()).unwrap();
    for other in [&later, &same] {
        assert_eq!(Network::new(other, &policy, day).connect(&mut assessment), Ok(()));
    }
}

#[test]
fn next_people_come_by_the_better_path() {
    // Without a network the two holders of one role rank by id; ann knows zoe better.
    let people = [("ann", "champion"), ("dan", "economic_buyer"), ("zoe", "economic_buyer")];
    let (graph, tally) = portfolio(&people, &["ann"], &[tie("ann", "dan", 10), tie("ann", "zoe", 90)]);
    let (policy, day) = (Policy::default(), "2025-05-05".parse().unwrap());
    let mut explanation = quorate::explain(&graph, &tally, &policy, "acme", day).unwrap().unwrap();
    let next = |explanation: &quorate::Explanation| {
        explanation.next_people.iter().filter_map(|one| one.contact().map(String::from)).collect::<Vec<_>>()
    };
    assert_eq!(next(&explanation), ["dan", "zoe"]);
    assert!(explanation.connections.is_none());
    explanation.connect(&Network::new(&graph, &policy, day)).unwrap();
    assert_eq!(next(&explanation), ["zoe", "dan"]);
    assert_eq!(
        explanation.next_people.iter().find(|one| one.contact() == Some("zoe")).unwrap().path.as_ref().unwrap().quality.to_string(),
        "0.9"
    );
    assert_eq!(explanation.connections.unwrap().deciding.len(), 2);
}

#[test]
fn of_paths_as_good_the_shorter_ranks_a_next_person_first_and_our_own_people_are_asked_too() {
    // The rep leads to dan as well as ann to abe, with fewer lines; by id abe would come first.
    let people = [("abe", "economic_buyer"), ("ann", "champion"), ("bea", "end_user"), ("dan", "economic_buyer")];
    let (graph, tally) = portfolio(&people, &["ann"], &[tie("ann", "bea", 100), tie("bea", "abe", 50), tie("rep", "dan", 50)]);
    let (policy, day) = (Policy::default(), "2025-05-05".parse().unwrap());
    let mut explanation = quorate::explain(&graph, &tally, &policy, "acme", day).unwrap().unwrap();
    explanation.connect(&Network::new(&graph, &policy, day)).unwrap();
    let next: Vec<(&str, String)> =
        explanation.next_people.iter().filter_map(|one| Some((one.contact()?, one.path.as_ref()?.to_string()))).collect();
    let expected = [("dan", "ask rep, who works with dan (50)"), ("abe", "ask ann, who works with bea (100), who works with abe (50)")];
    assert_eq!(next[..2], expected.map(|(id, path)| (id, path.to_owned())));
    let gaps = |gaps: &[quorate::Gap]| gaps.iter().any(|gap| gap.code == GapCode::SoleBridge);
    assert!(gaps(&explanation.assessment.gaps), "bea is the only line to abe");
}

#[test]
fn an_influence_from_outside_is_a_line_that_is_known() {
    // Nobody of the group leads anywhere, but one of ours influences ann: so ways are known, and none of them leads to dan.
    let outside = Tie { kind: TieKind::Influences, ..tie("rep", "ann", 50) };
    let (graph, tally) = portfolio(&[("ann", "champion"), ("dan", "economic_buyer")], &["ann"], &[outside]);
    assert_eq!(codes(&connections(&graph, &tally)), [("decision_maker_unreachable", vec!["dan".to_owned()])]);
}

#[test]
fn nobody_is_suggested_below_somebody_who_is_engaged() {
    let people = [("ann", "champion"), ("bea", "end_user"), ("max", "unknown"), ("top", "influencer")];
    let chart = |engaged: &[&str]| {
        let (mut graph, tally) = portfolio(&people, engaged, &[]);
        for (report, manager) in [("ann", "max"), ("bea", "max"), ("max", "top")] {
            graph.set_manager(report, Some(manager)).unwrap();
        }
        connections(&graph, &tally).common_manager.map(|one| one.contact().to_owned())
    };
    assert_eq!(chart(&["ann", "bea"]).as_deref(), Some("max"));
    // Of somebody and their manager it is who manages both.
    assert_eq!(chart(&["ann", "max"]).as_deref(), Some("top"));
    assert_eq!(chart(&["ann", "bea", "top"]), None);
}
