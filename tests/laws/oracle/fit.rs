//! Fit and three-valued answers about an account's facts.

use super::number::{Q, decimal, ratio, whole, zero};
use super::policy::{Policy, list, number, text};
use super::signals::Event;
use crate::world::{Account, Day};
use num_traits::Zero;
use serde_json::Value;

/// True, false or unknown, as Kleene combines them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    True,
    False,
    Unknown,
}

impl From<bool> for Truth {
    fn from(answer: bool) -> Self {
        if answer { Self::True } else { Self::False }
    }
}

impl Truth {
    fn of(answer: Option<bool>) -> Self {
        answer.map_or(Self::Unknown, Self::from)
    }
}

/// What is known of a configured fit.
#[derive(Clone, Debug)]
pub struct Fit {
    pub definite: Q,
    pub possible: Q,
    pub tier: Option<char>,
    /// A disqualifying criterion is a known match.
    pub disqualified: bool,
}

impl Fit {
    /// "True when definite ≥ the threshold, false when possible < it, else unknown, whatever the tier."
    pub fn reaches(&self, threshold: &Q) -> Truth {
        if self.definite >= *threshold {
            Truth::True
        } else if self.possible < *threshold {
            Truth::False
        } else {
            Truth::Unknown
        }
    }
}

/// What a fit looks at: the account, and the usable signals of the account itself and of members who are no opponents.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub account: &'a Account,
    pub heard: &'a [&'a Event],
    pub day: Day,
}

/// The fit, or none when it is not configured.
pub fn fit(policy: &Policy, facts: &Facts) -> Option<Fit> {
    match policy.text("/fit/source").as_str() {
        "none" => None,
        "supplied" => Some(supplied(policy, facts.account)),
        "criteria" => Some(from_criteria(policy, facts)),
        other => panic!("no source {other}"),
    }
}

/// A score from elsewhere; without one anything is possible.
fn supplied(policy: &Policy, account: &Account) -> Fit {
    let score = account.fit_score.as_deref().map(|score| decimal(score).expect("a score"));
    let definite = score.clone().unwrap_or_else(zero);
    let possible = score.unwrap_or_else(|| whole(100));
    let tier = common_tier(policy, &definite, &possible);
    Fit { definite, possible, tier, disqualified: false }
}

fn from_criteria(policy: &Policy, facts: &Facts) -> Fit {
    let (mut all, mut matched, mut open) = (0, 0, 0);
    for weighted in list(&policy.document, "/fit/criteria") {
        let weight = number(weighted, "/weight");
        all += weight;
        match criterion(&weighted["is"], facts) {
            Truth::True => matched += weight,
            Truth::Unknown => open += weight,
            Truth::False => {}
        }
    }
    let share = |part: i64| if all.is_zero() { zero() } else { ratio(100 * part, all) };
    let (definite, possible) = (share(matched), share(matched + open));
    let answers = disqualifiers(policy, facts);
    let disqualified = answers.contains(&Truth::True);
    let tier = match () {
        () if disqualified => Some('D'),
        () if answers.contains(&Truth::Unknown) => None,
        () => common_tier(policy, &definite, &possible),
    };
    Fit { definite, possible, tier, disqualified }
}

/// The answers to all that would disqualify.
pub fn disqualifiers(policy: &Policy, facts: &Facts) -> Vec<Truth> {
    list(&policy.document, "/fit/disqualifiers").iter().map(|is| criterion(is, facts)).collect()
}

/// The fact that a criterion asks about, if any.
pub fn fact(criterion: &Value) -> Option<String> {
    let (name, is) = criterion.as_object()?.iter().next()?;
    match name.as_str() {
        "intent" => None,
        "attribute" => Some(format!("attribute {}", text(is, "/name"))),
        other => Some(other.to_owned()),
    }
}

/// The tier of both bounds, or none when they straddle one.
fn common_tier(policy: &Policy, definite: &Q, possible: &Q) -> Option<char> {
    let tier = |score: &Q| match () {
        () if *score >= policy.decimal("/fit/tiers/A") => 'A',
        () if *score >= policy.decimal("/fit/tiers/B") => 'B',
        () => 'C',
    };
    (tier(definite) == tier(possible)).then(|| tier(definite))
}

pub fn criterion(criterion: &Value, facts: &Facts) -> Truth {
    let account = facts.account;
    let (name, is) = criterion.as_object().and_then(|object| object.iter().next()).expect("one criterion");
    match name.as_str() {
        "industry" => Truth::of(account.industry.as_ref().map(|industry| is_any_of(is, industry))),
        "country" => Truth::of(account.country.as_ref().map(|country| is_any_of(is, country))),
        "employees" => Truth::of(account.employees.map(|employees| is_in_range(is, &whole(employees)))),
        "revenue" => Truth::of(account.revenue.as_deref().and_then(decimal).map(|revenue| is_in_range(is, &revenue))),
        "technologies" => Truth::of(account.technologies.as_ref().map(|used| uses(is, used))),
        "attribute" => attribute(is, account),
        "intent" => intent(is, facts).into(),
        other => panic!("no criterion {other}"),
    }
}

/// A custom attribute: one of these texts, or a decimal in a range.
pub fn attribute(is: &Value, account: &Account) -> Truth {
    let value = account.attributes.get(&text(is, "/name"));
    if is["any_of"].is_array() {
        Truth::of(value.map(|value| is_any_of(is, value)))
    } else {
        Truth::of(value.and_then(|value| decimal(value)).map(|value| is_in_range(is, &value)))
    }
}

fn is_any_of(is: &Value, value: &str) -> bool {
    list(is, "/any_of").iter().any(|wanted| wanted == value)
}

fn is_in_range(is: &Value, value: &Q) -> bool {
    let bound = |name: &str| is[name].as_str().map(|bound| decimal(bound).expect("a bound"));
    bound("at_least").is_none_or(|low| low <= *value) && bound("at_most").is_none_or(|high| *value <= high)
}

fn uses(is: &Value, used: &[String]) -> bool {
    let is_used = |wanted: &Value| used.iter().any(|technology| wanted == technology);
    match is["all_of"].as_array() {
        Some(wanted) => wanted.iter().all(is_used),
        None => list(is, "/any_of").iter().any(is_used),
    }
}

/// "Looks at the usable signals of the account itself and of its members who are no opponents; it is always known" (DESIGN).
fn intent(is: &Value, facts: &Facts) -> bool {
    let (kind, days) = (text(is, "/kind"), number(is, "/within_days"));
    facts.heard.iter().any(|event| event.kind == kind && facts.day - event.day <= days)
}
