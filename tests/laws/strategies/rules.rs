//! Random rule trees over every predicate. A root is always a list, so that a `where_configured` clause has one to drop out of.

use super::draw::word;
use proptest::prelude::*;
use serde_json::{Value, json};

const ROLES: [&str; 6] = ["economic_buyer", "decision_maker", "champion", "influencer", "end_user", "coach"];

/// Any rule.
pub fn rules() -> BoxedStrategy<Value> {
    let node = prop_oneof![2 => predicate(), 1 => tree()];
    prop_oneof![
        3 => list("all", node.clone(), 0, 3),
        3 => list("any", node.clone(), 0, 4),
        1 => at_least(node),
    ]
    .boxed()
}

fn tree() -> BoxedStrategy<Value> {
    let grow = |inner: BoxedStrategy<Value>| {
        prop_oneof![
            2 => list("all", inner.clone(), 0, 3),
            2 => list("any", inner.clone(), 1, 3),
            1 => at_least(inner.clone()),
            2 => inner.prop_map(|rule| json!({"not": rule})),
        ]
    };
    predicate().prop_recursive(3, 10, 3, grow).boxed()
}

fn list(name: &'static str, inner: impl Strategy<Value = Value> + 'static, least: usize, most: usize) -> BoxedStrategy<Value> {
    prop::collection::vec(inner, least..=most).prop_map(move |rules| json!({name: rules})).boxed()
}

fn at_least(inner: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Value> {
    let rules = (prop::collection::vec(inner, 1..=4), any::<prop::sample::Index>());
    rules.prop_map(|(of, n)| json!({"at_least": {"n": n.index(of.len()) + 1, "of": of}})).boxed()
}

pub fn predicate() -> BoxedStrategy<Value> {
    let points = word(&["10", "25.5", "50", "100", "136"]).prop_map(|least| json!({"points": {"at_least": least}}));
    let readiness = word(&["5", "16.6667", "50"]).prop_map(|least| json!({"readiness": {"at_least": least}}));
    let engaged = (1_usize..=4).prop_map(|least| json!({"engaged_people": {"at_least": least}}));
    let opponents = (1_usize..=2).prop_map(|least| json!({"opponents": {"at_least": least}}));
    let momentum = word(&["0.5", "10", "40"]).prop_map(|least| json!({"momentum": {"at_least": least}}));
    let trend = word(&["rising", "falling", "steady"]).prop_map(|trend| json!({"trend": trend}));
    prop_oneof![
        3 => points,
        2 => readiness,
        3 => coverage(),
        3 => holders(),
        2 => engaged,
        3 => fit(),
        2 => hand_raise(),
        2 => channels(),
        1 => momentum,
        1 => trend,
        1 => opponents,
        1 => Just(json!({"account_excluded": {}})),
        3 => attribute(),
    ]
    .boxed()
}

/// A role or the deciding roles.
fn roles() -> BoxedStrategy<Value> {
    prop_oneof![2 => Just(json!("deciding")), 3 => word(&ROLES).prop_map(|role| json!({"role": role}))].boxed()
}

fn coverage() -> impl Strategy<Value = Value> {
    let of = prop_oneof![2 => Just(json!("group")), 3 => roles()];
    let measure = word(&["filled", "engaged", "current", "possible"]);
    (of, measure, word(&["0", "16.6667", "33.3333", "50", "66.6667", "100"]))
        .prop_map(|(of, measure, least)| json!({"coverage": {"of": of, "measure": measure, "at_least": least}}))
}

fn holders() -> impl Strategy<Value = Value> {
    (roles(), word(&["filled", "engaged", "current"]), 1_usize..=3)
        .prop_map(|(of, measure, least)| json!({"holders": {"of": of, "measure": measure, "at_least": least}}))
}

fn fit() -> impl Strategy<Value = Value> {
    let drops_out = prop_oneof![Just(None), any::<bool>().prop_map(Some)];
    (word(&["A", "B"]), drops_out).prop_map(|(tier, drops_out)| match drops_out {
        Some(drops_out) => json!({"fit": {"tier": tier, "where_configured": drops_out}}),
        None => json!({"fit": {"tier": tier}}),
    })
}

fn hand_raise() -> impl Strategy<Value = Value> {
    let role = prop::option::of(word(&ROLES));
    let days = prop::sample::select(vec![0, 1, 30, 90, 365]);
    (word(&["decisive", "high", "medium", "low", "trace"]), days, role).prop_map(|(tier, days, role)| match role {
        Some(role) => json!({"hand_raise": {"tier": tier, "within_days": days, "role": role}}),
        None => json!({"hand_raise": {"tier": tier, "within_days": days}}),
    })
}

fn channels() -> impl Strategy<Value = Value> {
    (word(&["decisive", "high", "medium", "low", "trace"]), 1_usize..=4)
        .prop_map(|(tier, least)| json!({"channels": {"tier": tier, "at_least": least}}))
}

/// A custom attribute: one of some texts, or a decimal in a range.
pub fn attribute() -> BoxedStrategy<Value> {
    let texts = prop::sample::select(vec![vec!["enterprise"], vec!["enterprise", "mid"], vec!["smb"]]);
    let texts = texts.prop_map(|texts| json!({"attribute": {"name": "segment", "any_of": texts}}));
    let range = range().prop_map(|mut range| {
        range["name"] = json!("seats");
        json!({"attribute": range})
    });
    prop_oneof![texts, range].boxed()
}

/// Either bound may be absent, not both.
fn range() -> impl Strategy<Value = Value> {
    let (low, high) = (word(&["-3", "9.5", "10"]), word(&["10", "50", "50.5"]));
    prop_oneof![
        low.clone().prop_map(|low| json!({"at_least": low})),
        high.clone().prop_map(|high| json!({"at_most": high})),
        (low, high).prop_map(|(low, high)| json!({"at_least": low, "at_most": high})),
    ]
}
