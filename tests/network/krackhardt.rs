//! Krackhardt's high-tech managers: 21 people whose chart is published, and ways along advice against the line of reporting.

use std::collections::{BTreeMap, BTreeSet};

use quorate::{Account, AccountGraph, Contact, Network, Policy, Tie, TieKind};

use crate::oracle::Oracle;
use crate::support::{data_folder, rows, told, told_of};

fn person(number: &str) -> String {
    format!("m{number:0>2}")
}

/// The managers with their reporting lines, and a tie of 50 for everybody whom somebody asks for advice.
fn managers(folder: &std::path::Path) -> AccountGraph {
    let mut graph = AccountGraph::new();
    graph.add_account(Account::new("firm").unwrap()).unwrap();
    for row in rows(folder, "people.csv") {
        graph.add_contact(Contact::new(&person(&row["person_id"]), "firm").unwrap()).unwrap();
    }
    for row in rows(folder, "ties.csv") {
        let (ego, alter) = (person(&row["ego"]), person(&row["alter"]));
        if row["reports_to_tie"] == "1" {
            graph.set_manager(&ego, Some(&alter)).unwrap();
        }
        if row["advice_tie"] == "1" {
            let (from, to) = (ego.parse().unwrap(), alter.parse().unwrap());
            graph.add_tie(Tie { from, to, kind: TieKind::Influences, strength: 50, known: quorate::Known::ALWAYS }).unwrap();
        }
    }
    graph
}

#[test]
fn the_chart_is_the_published_one() {
    let Some(folder) = data_folder("krackhardt-high-tech-managers") else { return };
    let network = Network::new(&managers(&folder), &Policy::default(), "2025-05-05".parse().unwrap());
    let chart = network.org_chart();
    let reports = |id: &str| chart.person(id).unwrap().reports.iter().map(String::from).collect::<Vec<_>>();
    assert_eq!(reports("m07"), ["m02", "m14", "m18", "m21"]);
    assert_eq!(reports("m14"), ["m03", "m05", "m09", "m13", "m15", "m19", "m20"]);
    assert_eq!(reports("m21"), ["m06", "m08", "m12", "m17"]);
    assert_eq!(reports("m18"), ["m10", "m11"]);
    assert_eq!(reports("m02"), ["m01", "m04", "m16"]);
    let mut levels: BTreeMap<u32, usize> = BTreeMap::new();
    chart.people().for_each(|one| *levels.entry(one.depth).or_default() += 1);
    assert_eq!(levels, BTreeMap::from([(0, 1), (1, 4), (2, 16)]));
    // The levels that the data state: 1 president, 2 vice-president, 3 manager.
    for row in rows(&folder, "people.csv") {
        assert_eq!((chart.person(&person(&row["person_id"])).unwrap().depth + 1).to_string(), row["level"]);
    }
    assert_eq!(chart.person("m07").unwrap().all_reports, 20);
    assert_eq!(chart.common_manager(&["m03", "m20"]).unwrap(), Some("m14"));
    assert_eq!(chart.common_manager(&["m03", "m17"]).unwrap(), Some("m07"));
    assert_eq!(chart.common_manager(&["m07"]).unwrap(), None);
}

#[test]
fn advice_goes_against_the_line_of_reporting() {
    let Some(folder) = data_folder("krackhardt-high-tech-managers") else { return };
    let graph = managers(&folder);
    let ids: Vec<&str> = graph.contacts().collect();
    let advice = ids.iter().map(|id| graph.ties_of(id).iter().filter(|tie| tie.from.as_str() == *id).count()).sum::<usize>();
    assert_eq!(advice, 190);
    let network = Network::new(&graph, &Policy::default(), "2025-05-05".parse().unwrap());
    // Each to each, against every way there is.
    let (oracle, chart) = (oracle(&folder), network.org_chart());
    assert_eq!(network.line_count(), oracle.lines.len());
    for (from, one) in oracle.people.iter().enumerate() {
        let reached: Vec<(u64, usize, &str)> =
            oracle.influenced(from, 2).into_iter().map(|(strength, ties, to)| (strength, ties, oracle.people[to].as_str())).collect();
        let found = network.influence_of(one, 2).unwrap();
        let found = found.iter().map(|one| (u64::try_from(one.strength.units()).unwrap(), usize::from(one.hops), one.contact()));
        assert_eq!(found.collect::<Vec<_>>(), reached);
        for (to, other) in oracle.people.iter().enumerate().filter(|(to, _)| *to != from) {
            let sources = BTreeSet::from([from]);
            let expected: Vec<_> = oracle.best(&sources, to, 4, 3).iter().map(|way| told_of(&oracle, way)).collect();
            let found: Vec<_> = network.warm_paths(&[one], other, 3).unwrap().iter().map(told).collect();
            assert_eq!(found, expected);
            let resilience = network.resilience(&[one], other).unwrap();
            let cuts: Vec<&str> = oracle.on_every_way(&sources, to).into_iter().map(|one| oracle.people[one].as_str()).collect();
            assert_eq!(resilience.on_every_path.iter().collect::<Vec<_>>(), cuts);
            assert_eq!(resilience.disjoint.len(), 1, "all begin at one person");
            let common = oracle.common_manager(&BTreeSet::from([from, to])).map(|one| oracle.people[one].as_str());
            assert_eq!(chart.common_manager(&[one, other]).unwrap(), common);
        }
    }
}

/// The same people and lines, read off the rows.
fn oracle(folder: &std::path::Path) -> Oracle {
    let mut people: Vec<String> = rows(folder, "people.csv").iter().map(|row| person(&row["person_id"])).collect();
    people.sort();
    let mut oracle = Oracle { people, ..Oracle::default() };
    for row in rows(folder, "ties.csv") {
        let [from, to] = ["ego", "alter"].map(|end| oracle.people.iter().position(|one| *one == person(&row[end])).unwrap());
        if row["reports_to_tie"] == "1" {
            oracle.first_manager.insert(from, to);
            oracle.line(from, to, 80, "reports_to");
            oracle.line(to, from, 80, "manages");
        }
        if row["advice_tie"] == "1" {
            oracle.influence.insert((from, to), 50);
            oracle.line(from, to, 50, "influences");
        }
    }
    oracle
}
