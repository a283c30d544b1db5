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

/// Supplied, or by criteria whose shares are exact in the 4th decimal: the weights add up to 500 by a criterion that asks about no fact.
/// Several criteria and disqualifiers may ask about one fact, one of them about a text and one about a number; some have no weight.
pub fn exact_fits() -> BoxedStrategy<Value> {
    let text = select(vec!["many", "10", "50"]).prop_map(|text| json!({"attribute": {"name": "seats", "any_of": [text]}}));
    let asked = prop_oneof![5 => criterion(), 1 => text].boxed();
    let weighted = (select(vec![0, 1, 3, 10, 50, 90]), asked.clone()).prop_map(|(weight, is)| json!({"weight": weight, "is": is}));
    let lists = (prop::collection::vec(weighted, 0..=5), prop::collection::vec(asked, 0..=2));
    let by_criteria = lists.prop_map(|(mut criteria, disqualifiers)| {
        let weights: i64 = criteria.iter().map(|one: &Value| one["weight"].as_i64().expect("a weight")).sum();
        let heard = json!({"intent": {"kind": "intent_high", "within_days": 30}});
        criteria.push(json!({"weight": 500 - weights, "is": heard}));
        json!({"source": "criteria", "criteria": criteria, "disqualifiers": disqualifiers})
    });
    prop_oneof![1 => supplied(), 9 => by_criteria]
        .prop_map(|mut fit| {
            fit["tiers"] = json!({"A": "80", "B": "50"});
            fit
        })
        .boxed()
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
