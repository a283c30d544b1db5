//! Pairs of policies that differ in a few places: numbers, rules, names and orders of one changed in the other.

use super::draw::word;
use super::rules::predicate;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

/// One change of a document. What does not apply to it leaves it as it is.
#[derive(Clone, Debug)]
enum Change {
    /// A field of a kind.
    Kind(Index, &'static str, Value),
    /// The points of several kinds at once.
    Points(Vec<Index>, &'static str),
    Channel(Index, Option<String>),
    Role(Index, u16, bool),
    SeatCount(Index, Index, u16),
    /// One seat less.
    SeatGone(Index, Index),
    /// A new role, and a seat for it, which is none without it.
    NewRole(&'static str, Index),
    At(&'static str, Value),
    /// Another threshold of some clause.
    Threshold(Index, String, u32),
    ClauseMore(Index, Value),
    ClauseLess(Index),
    Turned(&'static str),
}

/// The later policy of a pair whose earlier one is given.
pub fn successors(policy: &Value) -> BoxedStrategy<Value> {
    let policy = policy.clone();
    prop::collection::vec(change(), 1..=5).prop_map(move |changes| changed(&policy, &changes)).boxed()
}

/// A strict and a lenient policy made of one: several ways to meet each clause of the rule, so that no single one need decide.
pub fn rivals(policy: &Value) -> BoxedStrategy<(Value, Value)> {
    let policy = policy.clone();
    let places = [
        ("/qualification/all/0/points/at_least", json!("150"), json!("5")),
        ("/qualification/all/1/engaged_people/at_least", json!(4), json!(1)),
        ("/qualification/all/3/coverage/at_least", json!("80"), json!("0")),
        ("/qualification/all/4/channels/at_least", json!(4), json!(1)),
        ("/person/engaged_points", json!("60"), json!("1")),
        ("/person/cap", json!("60"), json!("500")),
        ("/default_template", json!("enterprise"), json!("light")),
        ("/hand_raise/within_days", json!(0), json!(60)),
    ];
    let chosen = prop::collection::vec(prop::bool::weighted(0.6), places.len());
    let points = prop::collection::vec(any::<Index>(), 0..=8);
    (chosen, points)
        .prop_map(move |(chosen, points)| {
            let (mut strict, mut lenient) = (Vec::new(), Vec::new());
            for ((pointer, hard, easy), _) in places.iter().zip(&chosen).filter(|(_, chosen)| **chosen) {
                strict.push(Change::At(pointer, hard.clone()));
                lenient.push(Change::At(pointer, easy.clone()));
            }
            strict.push(Change::Points(points.clone(), "5"));
            lenient.push(Change::Points(points, "60"));
            (changed(&policy, &strict), changed(&policy, &lenient))
        })
        .boxed()
}

/// The policy with some changes, if it is one with them.
fn changed(policy: &Value, changes: &[Change]) -> Value {
    let mut later = policy.clone();
    for change in changes {
        apply(change, &mut later);
    }
    if quorate::Policy::from_json(&later.to_string()).is_ok() { later } else { policy.clone() }
}

fn change() -> BoxedStrategy<Change> {
    let kind = prop_oneof![
        word(&["0", "5", "15", "40", "120"]).prop_map(|points| ("points", json!(points))),
        select(vec![1, 2, 10]).prop_map(|cap| ("daily_cap", json!(cap))),
        select(vec![1, 7, 45]).prop_map(|days| ("window_days", json!(days))),
        word(&["web", "email", "sales"]).prop_map(|channel| ("channel", json!(channel))),
        word(&["decisive", "medium", "trace"]).prop_map(|tier| ("tier", json!(tier))),
    ];
    let kind = (any::<Index>(), kind).prop_map(|(which, (field, value))| Change::Kind(which, field, value));
    let points = (prop::collection::vec(any::<Index>(), 3..=12), select(vec!["1", "3", "10", "60"]));
    let points = points.prop_map(|(which, points)| Change::Points(which, points));
    let caps = prop::option::weighted(0.8, word(&["0", "10", "25", "60"]));
    let channel = (any::<Index>(), caps).prop_map(|(which, cap)| Change::Channel(which, cap));
    let role = (any::<Index>(), select(vec![10, 50, 200]), any::<bool>())
        .prop_map(|(which, weight, decides)| Change::Role(which, weight, decides));
    let count = (any::<Index>(), any::<Index>(), 1_u16..=3).prop_map(|(template, seat, count)| Change::SeatCount(template, seat, count));
    let gone = (any::<Index>(), any::<Index>()).prop_map(|(template, seat)| Change::SeatGone(template, seat));
    let new_role =
        (select(vec!["gatekeeper", "works_council"]), any::<Index>()).prop_map(|(role, template)| Change::NewRole(role, template));
    let threshold = (any::<Index>(), word(&["5", "20", "50", "150"]), 1_u32..=4)
        .prop_map(|(which, amount, count)| Change::Threshold(which, amount, count));
    let more = (any::<Index>(), predicate()).prop_map(|(at, clause)| Change::ClauseMore(at, clause));
    let less = any::<Index>().prop_map(Change::ClauseLess);
    let turned = select(vec!["kinds", "roles", "channels", "templates"]).prop_map(Change::Turned);
    prop_oneof![3 => kind, 4 => points, 2 => channel, 2 => role, 1 => count, 1 => gone, 2 => new_role, 4 => at(), 5 => threshold, 2 => more, 2 => less, 1 => turned]
        .boxed()
}

fn at() -> BoxedStrategy<Change> {
    let rule = predicate().prop_map(|clause| json!({"any": [clause]}));
    prop_oneof![
        word(&["20", "60", "500"]).prop_map(|cap| Change::At("/person/cap", json!(cap))),
        word(&["1", "25", "60"]).prop_map(|points| Change::At("/person/engaged_points", json!(points))),
        select(vec![0, 7, 60]).prop_map(|days| Change::At("/hand_raise/within_days", json!(days))),
        select(vec!["high", "medium"]).prop_map(|tier| Change::At("/hand_raise/tier", json!(tier))),
        Just(Change::At("/group/roll_up", json!({"type": "sum"}))),
        Just(Change::At("/membership", json!("explicit"))),
        word(&["light", "enterprise"]).prop_map(|name| Change::At("/default_template", json!(name))),
        rule.prop_map(|rule| Change::At("/exclusion", rule)),
        Just(Change::At("/excluded_relationships", json!(["student", "partner"]))),
    ]
    .boxed()
}

fn apply(change: &Change, policy: &mut Value) {
    match change {
        Change::Kind(which, field, value) => item(policy, "kinds", *which)[*field] = value.clone(),
        Change::Points(which, points) => which.iter().for_each(|which| raise(item(policy, "kinds", *which), points)),
        Change::Channel(which, cap) => {
            let channel = item(policy, "channels", *which).as_object_mut().expect("a channel");
            channel.remove("cap");
            channel.extend(cap.as_ref().map(|cap| ("cap".to_owned(), json!(cap))));
        }
        Change::Role(which, weight, decides) => {
            let role = item(policy, "roles", *which);
            if role["name"] != "unknown" {
                (role["weight"], role["decides"]) = (json!(weight), json!(decides));
            }
        }
        Change::SeatCount(template, seat, count) => item(item(policy, "templates", *template), "seats", *seat)["count"] = json!(count),
        Change::SeatGone(template, seat) => {
            let seats = item(policy, "templates", *template)["seats"].as_array_mut().expect("seats");
            if seats.len() > 1 {
                seats.remove(seat.index(seats.len()));
            }
        }
        Change::NewRole(name, template) => new_role(policy, name, *template),
        Change::At(pointer, value) => {
            if let Some(part) = policy.pointer_mut(pointer) {
                *part = value.clone();
            }
        }
        Change::Threshold(which, amount, count) => {
            let mut thresholds = Vec::new();
            find_thresholds(&policy["qualification"], String::from("/qualification"), &mut thresholds);
            if !thresholds.is_empty() {
                let value = policy.pointer_mut(which.get::<String>(&thresholds)).expect("a threshold");
                *value = if value.is_string() { json!(amount) } else { json!(count) };
            }
        }
        Change::ClauseMore(place, clause) => {
            if let Some(clauses) = clauses(policy) {
                clauses.insert(place.index(clauses.len() + 1), clause.clone());
            }
        }
        Change::ClauseLess(place) => {
            if let Some(clauses) = clauses(policy).filter(|clauses| clauses.len() > 1) {
                clauses.remove(place.index(clauses.len()));
            }
        }
        Change::Turned(list) => policy[*list].as_array_mut().expect("a list").reverse(),
    }
}

fn item<'a>(policy: &'a mut Value, list: &str, which: Index) -> &'a mut Value {
    let items = policy[list].as_array_mut().expect("a list");
    let place = which.index(items.len());
    &mut items[place]
}

/// Other points of a kind that speaks for people.
fn raise(kind: &mut Value, points: &str) {
    if !kind["points"].as_str().is_some_and(|points| points.starts_with('-')) {
        kind["points"] = json!(points);
    }
}

fn new_role(policy: &mut Value, name: &str, template: Index) {
    let roles = policy["roles"].as_array_mut().expect("roles");
    if roles.iter().all(|role| role["name"] != name) {
        roles.push(json!({"name": name, "weight": 80, "decides": false, "champions": false}));
        let seats = item(policy, "templates", template)["seats"].as_array_mut().expect("seats");
        seats.push(json!({"role": name, "count": 1}));
    }
}

fn find_thresholds(rule: &Value, path: String, found: &mut Vec<String>) {
    match rule {
        Value::Object(fields) => {
            let values = fields.iter().filter(|(_, value)| value.is_object() || value.is_array());
            values.for_each(|(name, value)| find_thresholds(value, format!("{path}/{name}"), found));
            let is_scalar = |name: &str| fields.get(name).is_some_and(|value| value.is_string() || value.is_number());
            if is_scalar("at_least") && !fields.contains_key("name") {
                found.push(format!("{path}/at_least"));
            }
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(place, item)| find_thresholds(item, format!("{path}/{place}"), found)),
        _ => {}
    }
}

fn clauses(policy: &mut Value) -> Option<&mut Vec<Value>> {
    let rule = policy["qualification"].as_object_mut().expect("a rule");
    ["all", "any"].into_iter().find(|name| rule.contains_key(*name)).and_then(|name| rule[name].as_array_mut())
}
