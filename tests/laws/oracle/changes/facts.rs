//! Facts of an account that may be learnt, and the values that are worth trying: one for each way in which a policy could tell them apart.

use super::super::fit::fact;
use super::super::number::{Q, decimal, ratio, show, whole, zero};
use super::super::policy::{Policy, list, text};
use super::rule::predicates;
use crate::world::Account;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A value of a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// A text, or a decimal.
    Text(String),
    /// A text that no policy names.
    Other,
    /// Technologies.
    List(Vec<String>),
}

/// The criteria and attribute questions of a policy, in which facts are named.
pub fn criteria(policy: &Policy) -> Vec<Value> {
    let fit = &policy.document["fit"];
    let weighted = list(fit, "/criteria").iter().map(|one| one["is"].clone());
    let of_fit =
        if fit["source"] == "criteria" { weighted.chain(list(fit, "/disqualifiers").iter().cloned()).collect() } else { Vec::new() };
    let rules = ["/qualification", "/exclusion"].map(|rule| predicates(policy.at(rule)));
    let of_rules = rules.into_iter().flatten().filter(|one| one["attribute"].is_object());
    of_fit.into_iter().chain(of_rules).collect()
}

/// Facts that are unknown to a question of the policy.
pub fn unknown(policy: &Policy, account: &Account) -> BTreeSet<String> {
    let is_open = |criterion: &Value| match criterion.as_object().and_then(|object| object.iter().next()) {
        Some((name, is)) => is_unknown(name, is, account),
        None => false,
    };
    let asked = criteria(policy);
    let open = asked.iter().filter(|criterion| is_open(criterion)).filter_map(fact);
    let score = policy.text("/fit/source") == "supplied" && account.fit_score.is_none();
    open.chain(score.then(|| "fit_score".to_owned())).collect()
}

/// Absent, or no decimal where one is asked for.
fn is_unknown(name: &str, is: &Value, account: &Account) -> bool {
    match name {
        "industry" => account.industry.is_none(),
        "country" => account.country.is_none(),
        "employees" => account.employees.is_none(),
        "revenue" => account.revenue.is_none(),
        "technologies" => account.technologies.is_none(),
        "attribute" => {
            let value = account.attributes.get(&text(is, "/name"));
            value.is_none_or(|value| !is["any_of"].is_array() && decimal(value).is_none())
        }
        _ => false,
    }
}

/// Values to try for a fact.
pub fn values(policy: &Policy, wanted: &str) -> BTreeSet<Known> {
    if wanted == "fit_score" {
        let tiers = ["/fit/tiers/A", "/fit/tiers/B"].map(|tier| show(&policy.decimal(tier)));
        return tiers.into_iter().chain(["0".to_owned()]).map(Known::Text).collect();
    }
    let asked: Vec<Value> = criteria(policy).into_iter().filter(|one| fact(one).as_deref() == Some(wanted)).collect();
    let inner: Vec<&Value> = asked.iter().filter_map(|one| one.as_object()?.values().next()).collect();
    match wanted {
        "technologies" => lists(&inner),
        "employees" => numbers(&inner).into_iter().filter(|number| number.is_integer() && *number >= zero()).map(known).collect(),
        "revenue" => numbers(&inner).into_iter().filter(|number| *number >= zero()).map(known).collect(),
        _ => texts(&inner).into_iter().chain(numbers(&inner).into_iter().map(known)).collect(),
    }
}

fn known(number: Q) -> Known {
    Known::Text(show(&number))
}

fn texts(asked: &[&Value]) -> BTreeSet<Known> {
    let named = asked.iter().flat_map(|is| list(is, "/any_of")).filter_map(Value::as_str);
    named.map(|text| Known::Text(text.to_owned())).chain([Known::Other]).collect()
}

/// Every set of the technologies that are asked about.
fn lists(asked: &[&Value]) -> BTreeSet<Known> {
    let named = asked.iter().flat_map(|is| list(is, "/any_of").iter().chain(list(is, "/all_of")));
    let named: BTreeSet<&str> = named.filter_map(Value::as_str).collect();
    let one =
        |which: u32| named.iter().enumerate().filter(|(place, _)| which & 1 << place != 0).map(|(_, name)| (*name).to_owned()).collect();
    (0..1_u32 << named.len()).map(|which| Known::List(one(which))).collect()
}

/// The bounds of every range, what lies beside and between them; whole numbers among them.
fn numbers(asked: &[&Value]) -> BTreeSet<Q> {
    let bounds =
        asked.iter().flat_map(|is| [&is["at_least"], &is["at_most"]]).filter_map(Value::as_str).map(|text| decimal(text).expect("a bound"));
    let beside = bounds.flat_map(|bound| {
        let (below, above) = (bound.floor(), bound.ceil());
        [&bound - ratio(1, 10_000), &bound + ratio(1, 10_000), &below - whole(1), below, &above + whole(1), above, bound]
    });
    beside.collect()
}

/// The account with a value learnt.
pub fn learn(account: &mut Account, fact: &str, value: &Known) {
    let text = match value {
        Known::Text(text) => text.clone(),
        Known::Other => "something else, of which no policy speaks".to_owned(),
        Known::List(names) => return account.technologies = Some(names.clone()),
    };
    match fact {
        "industry" => account.industry = Some(text),
        "country" => account.country = Some(text),
        "employees" => account.employees = Some(text.parse().expect("a whole number")),
        "revenue" => account.revenue = Some(text),
        "fit_score" => account.fit_score = Some(text),
        _ => drop(account.attributes.insert(fact.strip_prefix("attribute ").expect("a fact").to_owned(), text)),
    }
}

/// Every way to give the facts values.
pub fn combinations(policy: &Policy, facts: &[&String]) -> Vec<BTreeMap<String, Known>> {
    let mut all = vec![BTreeMap::new()];
    for fact in facts {
        let values = values(policy, fact);
        let with = |one: &BTreeMap<String, Known>, value: &Known| {
            let mut one = one.clone();
            one.insert((*fact).clone(), value.clone());
            one
        };
        all = all.iter().flat_map(|one| values.iter().map(move |value| with(one, value))).collect();
    }
    all
}
