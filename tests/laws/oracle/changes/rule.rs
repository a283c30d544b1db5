//! What a rule asks about, and whether more points could ever hurt.

use super::super::policy::{Policy, list, text, tier};
use serde_json::Value;
use std::collections::BTreeSet;

/// The questions of a rule, each with its name.
pub fn predicates(rule: &Value) -> Vec<Value> {
    signed(rule, true).into_iter().map(|(one, _)| one.clone()).collect()
}

/// The questions of a rule, and whether a yes speaks for it.
fn signed(rule: &Value, sign: bool) -> Vec<(&Value, bool)> {
    let (name, is) = rule.as_object().and_then(|object| object.iter().next()).expect("one rule");
    match name.as_str() {
        "all" | "any" => list(is, "").iter().flat_map(|one| signed(one, sign)).collect(),
        "at_least" => list(is, "/of").iter().flat_map(|one| signed(one, sign)).collect(),
        "not" => signed(is, !sign),
        _ => vec![(rule, sign)],
    }
}

/// The questions of a policy's rules; those of the exclusion speak against.
fn questions(policy: &Policy) -> Vec<(&Value, bool)> {
    signed(policy.at("/qualification"), true).into_iter().chain(signed(policy.at("/exclusion"), false)).collect()
}

/// Whether more points can only help.
pub fn more_never_hurts(policy: &Policy) -> bool {
    questions(policy).into_iter().all(|(one, sign)| {
        let (name, is) = one.as_object().and_then(|object| object.iter().next()).expect("one question");
        match name.as_str() {
            "points" | "readiness" | "engaged_people" | "momentum" => sign,
            "coverage" | "holders" => sign || is["measure"] == "filled" || is["measure"] == "possible",
            "trend" => is == if sign { "rising" } else { "falling" },
            _ => true,
        }
    })
}

/// Whether every change can only help, so that all of them together show whether any do.
pub fn everything_helps(policy: &Policy) -> bool {
    let is_plain = matches!(policy.text("/group/roll_up/type").as_str(), "weighted" | "sum");
    let helps = |(one, sign): (&Value, bool)| {
        let hurts_by_nature = ["opponents", "account_excluded"].iter().any(|name| !one[name].is_null());
        // The day that is compared with changes too.
        let is_relative = ["momentum", "trend"].iter().any(|name| !one[name].is_null());
        sign != hurts_by_nature && !is_relative || !one["fit"].is_null() || !one["attribute"].is_null()
    };
    is_plain && questions(policy).into_iter().all(helps) && signs_of_facts_agree(policy)
}

/// Fit is wanted high, and no attribute is asked about at all, or there is no fact at all.
fn signs_of_facts_agree(policy: &Policy) -> bool {
    let is_fit = |one: &Value| !one["fit"].is_null();
    let questions = questions(policy);
    questions.iter().all(|(one, sign)| one["attribute"].is_null() && (!is_fit(one) || *sign))
        && list(policy.at("/fit"), "/disqualifiers").is_empty()
}

/// Questions whose answer turns at some number of points, as they are written.
pub fn thresholds(policy: &Policy) -> Vec<Value> {
    let turns = |one: &&Value| ["points", "readiness", "momentum", "trend"].iter().any(|name| !one[name].is_null());
    questions(policy).into_iter().map(|(one, _)| one).filter(turns).cloned().collect()
}

/// The tiers and roles that a signal may be asked for.
pub fn asked(policy: &Policy) -> (BTreeSet<usize>, BTreeSet<(usize, String)>) {
    let mut tiers = BTreeSet::from([tier(&policy.text("/hand_raise/tier"))]);
    let mut roles = BTreeSet::new();
    for (one, _) in questions(policy) {
        for name in ["hand_raise", "channels"] {
            let is = &one[name];
            if is.is_null() {
                continue;
            }
            tiers.insert(tier(&text(is, "/tier")));
            roles.extend(is["role"].as_str().map(|role| (tier(&text(is, "/tier")), role.to_owned())));
        }
    }
    (tiers, roles)
}
