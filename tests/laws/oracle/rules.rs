//! Rules: Kleene's logic over predicates, of which only fit and custom attributes can be unknown.

use super::coverage::Opponents;
use super::fit::{Fit, Truth, attribute};
use super::number::{Q, decimal, ratio, whole};
use super::policy::{count, list, number, text, tier};
use super::snapshot::{Person, Snapshot};
use crate::world::Day;
use serde_json::Value;
use std::collections::BTreeSet;

/// What rules look at.
pub struct Case<'a> {
    pub now: Snapshot<'a>,
    pub fit: Option<Fit>,
    /// Points now and then.
    pub change: Q,
    pub trend: &'static str,
}

/// The answer of a rule. A rule that as a whole drops out asks for nothing and is true.
pub fn answer(rule: &Value, case: &Case) -> Truth {
    evaluate(rule, case).unwrap_or(Truth::True)
}

/// Whether a rule excludes. One that as a whole drops out excludes nobody.
pub fn excludes(rule: &Value, case: &Case) -> bool {
    evaluate(rule, case) == Some(Truth::True)
}

/// None when the clause drops out.
pub fn evaluate(rule: &Value, case: &Case) -> Option<Truth> {
    let (name, is) = rule.as_object().and_then(|object| object.iter().next()).expect("one rule");
    match name.as_str() {
        "all" => Some(all(&answers(is, case)?)),
        "any" => Some(not(all(&answers(is, case)?.into_iter().map(not).collect::<Vec<_>>()))),
        "at_least" => {
            let kept = answers(&is["of"], case)?;
            let left = if list(is, "/of").len() > kept.len() { kept.len() } else { usize::MAX };
            Some(at_least(count(is, "/n").min(left), &kept))
        }
        "not" => evaluate(is, case).map(not),
        "fit" => fit(is, case),
        "attribute" => Some(attribute(is, case.now.account)),
        _ => Some(predicate(name, is, case).into()),
    }
}

/// "Leaves its list as if it had not been written"; a list that it leaves empty drops out itself.
fn answers(rules: &Value, case: &Case) -> Option<Vec<Truth>> {
    let written = list(rules, "");
    let kept: Vec<Truth> = written.iter().filter_map(|rule| evaluate(rule, case)).collect();
    (written.is_empty() || !kept.is_empty()).then_some(kept)
}

fn not(answer: Truth) -> Truth {
    match answer {
        Truth::True => Truth::False,
        Truth::False => Truth::True,
        Truth::Unknown => Truth::Unknown,
    }
}

fn all(answers: &[Truth]) -> Truth {
    at_least(answers.len(), answers)
}

/// "True when n are true; false when fewer than n could be; else unknown."
fn at_least(n: usize, answers: &[Truth]) -> Truth {
    let sure = answers.iter().filter(|answer| **answer == Truth::True).count();
    let could_be = answers.iter().filter(|answer| **answer != Truth::False).count();
    if sure >= n {
        Truth::True
    } else if could_be < n {
        Truth::False
    } else {
        Truth::Unknown
    }
}

fn fit(is: &Value, case: &Case) -> Option<Truth> {
    let drops_out = is["where_configured"].as_bool().unwrap_or(false);
    match &case.fit {
        Some(fit) => Some(fit.reaches(&case.now.policy.decimal(&format!("/fit/tiers/{}", text(is, "/tier"))))),
        None if drops_out => None,
        None => Some(Truth::Unknown),
    }
}

pub fn predicate(name: &str, is: &Value, case: &Case) -> bool {
    let now = &case.now;
    let amount = || decimal(&text(is, "/at_least")).expect("a decimal");
    let number = || count(is, "/at_least");
    match name {
        "points" => now.points() >= amount(),
        "readiness" => now.readiness() >= amount(),
        "coverage" => coverage(is, now) * whole(100) >= amount(),
        "holders" => holders(is, now) >= number(),
        "engaged_people" => now.engaged().len() >= number(),
        "hand_raise" => hand_raise(is, now),
        "channels" => channels(is, now) >= number(),
        "momentum" => case.change >= amount(),
        "trend" => is == case.trend,
        "opponents" => now.people.iter().filter(|person| person.member.opponent).count() >= number(),
        "account_excluded" => now.account.excluded.is_some(),
        other => panic!("no predicate {other}"),
    }
}

fn coverage(is: &Value, now: &Snapshot) -> Q {
    let measure = text(is, "/measure");
    match is["of"].as_str() {
        Some("group") => now.group_coverage(&measure, Opponents::FillNothing),
        Some("deciding") => now.deciding_coverage(&measure),
        _ => now.role_coverage(&text(is, "/of/role"), &measure, Opponents::FillNothing),
    }
}

fn holders(is: &Value, now: &Snapshot) -> usize {
    let people: Vec<&Person> = match is["of"].as_str() {
        Some("deciding") => now.deciders(),
        _ => now.holders(&text(is, "/of/role")),
    };
    Snapshot::how_many(&people, &text(is, "/measure"), Opponents::FillNothing)
}

/// "Counts from its tier upwards, without its window, and by role when one is named" (DESIGN).
fn hand_raise(is: &Value, now: &Snapshot) -> bool {
    let role = is["role"].as_str();
    let days = number(is, "/within_days");
    let least = tier(&text(is, "/tier"));
    let heard = now.actions().any(|(person, event, kind)| {
        kind.tier >= least && now.day - event.day <= days && role.is_none_or(|role| person.member.roles.contains(role))
    });
    let from = |given: &Option<String>| role.is_none_or(|role| given.as_deref() == Some(role));
    heard || now.supposed.iter().any(|one| one.tier >= least && from(&one.role))
}

/// "Usable signals of tier medium or higher, inside their windows, of members who are no opponents (caps ignored, anonymous not counted)."
fn channels(is: &Value, now: &Snapshot) -> usize {
    let least = tier(&text(is, "/tier"));
    let strong = now.actions().filter(|(_, event, kind)| kind.tier >= least && now.is_inside(event));
    let supposed = now.supposed.iter().filter(|one| one.tier >= least).filter_map(|one| one.channel.as_deref());
    strong.map(|(_, _, kind)| kind.channel.as_str()).chain(supposed).collect::<BTreeSet<_>>().len()
}

/// "Rising or falling when it is at least 10 points and at least 10 % of the larger, else steady."
pub fn trend(now: &Snapshot, before: &Q, points: &Q) -> &'static str {
    let policy = now.policy;
    let larger = before.max(points);
    let size = if points > before { points - before } else { before - points };
    let percent = policy.decimal("/momentum/trend_percent");
    let is_large = size >= policy.decimal("/momentum/trend_points") && size >= larger * percent * ratio(1, 100);
    match () {
        () if is_large && points > before => "rising",
        () if is_large && points < before => "falling",
        () => "steady",
    }
}

/// The newest day of some events.
pub fn newest(days: impl Iterator<Item = Day>) -> Option<Day> {
    days.max()
}
