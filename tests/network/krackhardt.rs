//! Krackhardt's high-tech managers: 21 people whose chart is published, and ways along advice against the line of reporting.

use std::collections::BTreeMap;

use quorate::{Account, AccountGraph, Contact, Network, Policy, Tie, TieKind};

use crate::support::{data_folder, rows};

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
    // Each to each: by the chart alone a path has the quality 0.8 to the power of its lines, by advice 0.5 to that of its own; the oracle of the
    // laws tries every way, here every best path is checked against the two.
    for from in &ids {
        for to in ids.iter().filter(|to| *to != from) {
            let best = &network.warm_paths(&[from], to, 1).unwrap()[0];
            let asks = graph.ties_of(from).iter().any(|tie| tie.from.as_str() == *from && tie.to.as_str() == *to);
            let hops = best.hops.len();
            let quality = best.quality.units();
            if asks {
                assert!(quality >= 50_000_000, "{best:?}");
            }
            let by_chart = chart_distance(&network, from, to);
            let chart_quality = [100_000_000, 80_000_000, 64_000_000, 51_200_000, 40_960_000][by_chart];
            assert!(quality >= chart_quality, "{best:?}");
            assert!(hops <= 4);
        }
    }
}

/// How many reporting lines lie between two people.
fn chart_distance(network: &Network, one: &str, other: &str) -> usize {
    let chart = network.org_chart();
    let with_self = |id: &str| -> Vec<String> {
        std::iter::once(id.to_owned()).chain(chart.chain(id).unwrap().into_iter().map(String::from)).collect()
    };
    let (above_one, above_other) = (with_self(one), with_self(other));
    above_one
        .iter()
        .enumerate()
        .find_map(|(up, person)| above_other.iter().position(|other| other == person).map(|down| up + down))
        .unwrap()
}
