//! The fit of a policy: none, criteria or supplied.

use super::draw::word;
use super::rules::attribute;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

pub fn fits() -> BoxedStrategy<Value> {
    let tiers = prop_oneof![3 => Just(("80", "50")), 1 => select(vec![("90", "40"), ("66.6667", "33.3333")])];
    let fit = prop_oneof![2 => none(), 3 => supplied(), 5 => from_criteria()];
    (fit, tiers)
        .prop_map(|(mut fit, (a, b))| {
            fit["tiers"] = json!({"A": a, "B": b});
            fit
        })
        .boxed()
}

fn none() -> BoxedStrategy<Value> {
    Just(json!({"source": "none", "criteria": [], "disqualifiers": []})).boxed()
}

fn supplied() -> BoxedStrategy<Value> {
    Just(json!({"source": "supplied", "criteria": [], "disqualifiers": []})).boxed()
}

/// At least one criterion, at most one that disqualifies.
fn from_criteria() -> impl Strategy<Value = Value> {
    let weighted = (select(vec![1, 3, 10, 30, 50, 100]), criterion()).prop_map(|(weight, is)| json!({"weight": weight, "is": is}));
    let disqualifiers = prop_oneof![4 => Just(Vec::new()), 2 => prop::collection::vec(criterion(), 1)];
    (prop::collection::vec(weighted, 1..=4), disqualifiers)
        .prop_map(|(criteria, disqualifiers)| json!({"source": "criteria", "criteria": criteria, "disqualifiers": disqualifiers}))
}

fn criterion() -> BoxedStrategy<Value> {
    let texts = |name: &'static str, lists: Vec<Vec<&'static str>>| select(lists).prop_map(move |list| json!({name: {"any_of": list}}));
    let employees = prop_oneof![
        word(&["50", "1000"]).prop_map(|low| json!({"employees": {"at_least": low}})),
        word(&["50", "999.5"]).prop_map(|high| json!({"employees": {"at_most": high}})),
        Just(json!({"employees": {"at_least": "50", "at_most": "1000"}})),
    ];
    let revenue = prop_oneof![
        Just(json!({"revenue": {"at_least": "1000000"}})),
        Just(json!({"revenue": {"at_least": "999999.995", "at_most": "1000000"}})),
    ];
    let technologies = (word(&["all_of", "any_of"]), select(vec![vec!["aws"], vec!["aws", "sap"], vec!["java", "cobol"]]))
        .prop_map(|(how, list)| json!({"technologies": {how: list}}));
    let intent = (word(&["intent_high", "page_view", "demo_request"]), select(vec![0, 30, 90]))
        .prop_map(|(kind, days)| json!({"intent": {"kind": kind, "within_days": days}}));
    prop_oneof![
        2 => texts("industry", vec![vec!["Software"], vec!["Retail", "Software"]]),
        2 => texts("country", vec![vec!["DE"], vec!["US", "FR"]]),
        2 => employees,
        2 => revenue,
        2 => technologies,
        2 => attribute(),
        1 => intent,
    ]
    .boxed()
}
