//! Every way in which a policy document can be wrong, with the place and the words that say so.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    clippy::format_push_string,
    clippy::too_many_lines,
    reason = "a test says what it expects in the shortest way"
)]

mod fields;
mod rules;
mod titles;
mod whole_documents;

use quorate::{
    AttributeTest, ChannelName, ChannelRule, Criterion, Decay, DecayStep, FitCriterion, FitSource, FitTier, Fraction, KindName, Measure,
    Policy, PolicyDocument, PolicySet, Predicate, Range, Relationship, RoleName, RollUp, Rule, Scope, Seat, TemplateName, Tier, ValueTest,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// Problems as `path: message`, in the order of the report.
fn said(text: &str) -> Vec<String> {
    Policy::from_json(text).map_or_else(|problems| problems.iter().map(ToString::to_string).collect(), |_| Vec::new())
}

fn default() -> Value {
    serde_json::from_str(include_str!("../../src/policy/default.json")).unwrap()
}

/// Puts a value at a pointer, appends it where the pointer ends in `-`, or removes what is there when there is no value.
fn edit(document: &mut Value, pointer: &str, value: Option<Value>) {
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}"));
    match (parent, value) {
        (Value::Array(items), Some(value)) if last == "-" => items.push(value),
        (Value::Array(items), Some(value)) => items[last.parse::<usize>().unwrap()] = value,
        (Value::Array(items), None) => drop(items.remove(last.parse().unwrap())),
        (Value::Object(fields), Some(value)) => drop(fields.insert(last.into(), value)),
        (Value::Object(fields), None) => drop(fields.remove(last).unwrap()),
        _ => panic!("{pointer} is no place"),
    }
}

/// The default document with one edit has exactly this problem.
#[track_caller]
fn check(pointer: &str, value: Option<Value>, expected: &str) {
    let mut document = default();
    edit(&mut document, pointer, value.clone());
    assert_eq!(said(&document.to_string()), [expected], "{pointer} = {value:?}");
}

/// The same for a rule in place of the exclusion rule: the path is told from there.
#[track_caller]
fn check_rule(rule: Value, expected: &str) {
    check("/exclusion", Some(rule), &format!("exclusion{expected}"));
}

/// The same for a criterion that disqualifies.
#[track_caller]
fn check_criterion(criterion: Value, expected: &str) {
    let german = json!({"weight": 1, "is": {"country": {"any_of": ["DE"]}}});
    let fit = json!({"source": "criteria", "tiers": {"A": "80", "B": "50"}, "criteria": [german],
        "disqualifiers": [criterion]});
    check("/fit", Some(fit), &format!("fit.disqualifiers[0]{expected}"));
}

/// The same for a decay of the first kind.
#[track_caller]
fn check_decay(decay: Value, expected: &str) {
    check("/kinds/0/decay", Some(decay), &format!("kinds[0].decay{expected}"));
}
