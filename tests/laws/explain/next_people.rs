//! Next people: whoever closes a gap of a role, in their order, by an independent reading of the oracle's gaps.

use super::{explanations, ruled_cases};
use crate::oracle;
use crate::strategies::{Case, sample};
use crate::vary::config;
use proptest::prelude::*;
use quorate::NextPerson;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Whom to reach for what: not deciding, weight turned around, nobody known, id; then role, gap and how many are to be found.
type Entry = ((bool, i64, bool, Option<String>), String, String, u64);

fn told(next: &NextPerson) -> Entry {
    let contact = next.contact().map(str::to_owned);
    let rank = (!next.decides, -i64::from(next.weight), contact.is_none(), contact);
    (rank, next.role.as_str().to_owned(), next.gap.token().to_owned(), next.to_find.into())
}

/// Everybody whom a gap of a role names, opponents left out, and the seats that nobody can take, in template order.
fn everybody(case: &Case, assessment: &Value) -> Vec<Entry> {
    let group = assessment["group_id"].as_str().expect("an id");
    let members = oracle::members(&case.world, &case.policy, group, case.day);
    let opponents: BTreeSet<&str> = members.iter().filter(|one| one.opponent).map(|one| one.id.as_str()).collect();
    let mut entries = Vec::new();
    for gap in assessment["gaps"].as_array().expect("gaps").iter().filter(|gap| gap["role"].is_string()) {
        let role = case.policy["roles"].as_array().expect("roles").iter().find(|role| role["name"] == gap["role"]).expect("a role");
        let (name, code) = (role["name"].as_str().expect("a name"), gap["code"].as_str().expect("a code"));
        let rank = |who: Option<&str>| {
            let weight = role["weight"].as_i64().expect("a weight");
            (!role["decides"].as_bool().unwrap_or(false), -weight, who.is_none(), who.map(str::to_owned))
        };
        let people: Vec<&str> = gap["contacts"].as_array().expect("ids").iter().filter_map(Value::as_str).collect();
        let people: Vec<&str> = people.into_iter().filter(|id| code != "role_missing" && !opponents.contains(id)).collect();
        entries.extend(people.iter().map(|id| (rank(Some(id)), name.to_owned(), code.to_owned(), 0)));
        let coverage = assessment["coverage"]["roles"].as_array().expect("roles").iter().find(|of| of["role"] == name).expect("a role");
        let holders = coverage["contacts"].as_array().expect("ids").len() as u64;
        let open = coverage["required"].as_u64().expect("a count").saturating_sub(holders);
        if open > people.len() as u64 {
            entries.push((rank(None), name.to_owned(), "role_missing".to_owned(), open - people.len() as u64));
        }
    }
    entries
}

/// Of the entries of one person the first by rank, then in template order.
fn once(entries: Vec<Entry>) -> Vec<Entry> {
    let outranked = |at: usize| {
        let (entry, who) = (&entries[at], &entries[at].0.3);
        let better = |(other, one): (usize, &Entry)| one.0.3 == *who && (&one.0, other) < (&entry.0, at);
        who.is_some() && entries.iter().enumerate().any(better)
    };
    let mut kept: Vec<(usize, Entry)> = (0..entries.len()).filter(|at| !outranked(*at)).map(|at| (at, entries[at].clone())).collect();
    kept.sort_by(|(a, left), (b, right)| (&left.0, a).cmp(&(&right.0, b)));
    kept.into_iter().map(|(_, entry)| entry).collect()
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn next_people_close_gaps(case in ruled_cases()) {
        let oracle = oracle::assess(&case.world, &case.policy, case.day);
        for (explanation, theirs) in explanations(&case).iter().zip(&oracle) {
            let ours: Vec<Entry> = explanation.next_people.iter().map(told).collect();
            prop_assert_eq!(ours, once(everybody(&case, theirs)));
        }
    }
}

#[test]
fn next_people_are_varied() {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for case in sample(&ruled_cases(), 300) {
        let oracle = oracle::assess(&case.world, &case.policy, case.day);
        for (explanation, theirs) in explanations(&case).iter().zip(&oracle) {
            for next in &explanation.next_people {
                *met.entry(format!("{} {} {}", next.gap.token(), next.decides, next.contact().is_some())).or_default() += 1;
            }
            let all = everybody(&case, theirs);
            *met.entry(format!("repeated {}", all.len() > once(all.clone()).len())).or_default() += 1;
        }
    }
    for (gap, known) in [("role_silent", true), ("role_gone_quiet", true), ("role_possibly_filled", true), ("role_missing", false)] {
        for decides in [true, false] {
            let name = format!("{gap} {decides} {known}");
            assert!(met.get(&name).is_some_and(|count| *count >= 5), "{name} in {met:#?}");
        }
    }
    assert!(met["repeated true"] >= 5, "{met:#?}");
}
