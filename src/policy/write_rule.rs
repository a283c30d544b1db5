//! Writing rules and criteria.

use alloc::string::String;

use serde::{Serialize, Serializer};

use super::document::{AttributeTest, Criterion, Predicate, Range, Rule, Scope, ValueTest};
use super::write::{decimal, list, map, map_of_present, whole};
use crate::document::Node;

/// As it stands in a policy's document.
impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        rule(self).serialize(serializer)
    }
}

/// As it stands in a policy's document: what is asked, with its thresholds.
impl Serialize for Predicate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        question(self).serialize(serializer)
    }
}

/// As it stands in a policy's document.
impl Serialize for Criterion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        criterion(self).serialize(serializer)
    }
}

// Recursion is bounded: only valid rules are written, at most 32 deep.
pub(super) fn rule(one: &Rule) -> Node {
    match one {
        Rule::All(rules) => map([("all", list(rules, rule))]),
        Rule::Any(rules) => map([("any", list(rules, rule))]),
        Rule::Not(inner) => map([("not", rule(inner))]),
        Rule::AtLeast { n, of } => map([("at_least", map([("n", whole(*n)), ("of", list(of, rule))]))]),
        Rule::Is(predicate) => question(predicate),
    }
}

fn question(predicate: &Predicate) -> Node {
    match predicate {
        Predicate::Points { at_least } => map([("points", threshold(decimal(*at_least)))]),
        Predicate::Readiness { at_least } => map([("readiness", threshold(decimal(*at_least)))]),
        Predicate::Coverage { of, measure, at_least } => {
            let asked = map([("of", scope(of)), ("measure", Node::text(measure.as_str())), ("at_least", decimal(*at_least))]);
            map([("coverage", asked)])
        }
        Predicate::Holders { of, measure, at_least } => {
            let asked = map([("of", scope(of)), ("measure", Node::text(measure.as_str())), ("at_least", whole(*at_least))]);
            map([("holders", asked)])
        }
        Predicate::EngagedPeople { at_least } => map([("engaged_people", threshold(whole(*at_least)))]),
        Predicate::Fit { tier, where_configured } => {
            map([("fit", map([("tier", Node::text(tier.as_str())), ("where_configured", Node::Bool(*where_configured))]))])
        }
        Predicate::HandRaise { tier, within_days, role } => {
            let role = role.as_ref().map(|role| Node::text(role.as_str()));
            let asked = [("tier", Some(Node::text(tier.as_str()))), ("within_days", Some(whole(*within_days))), ("role", role)];
            map([("hand_raise", map_of_present(asked))])
        }
        Predicate::Channels { tier, at_least } => {
            map([("channels", map([("tier", Node::text(tier.as_str())), ("at_least", whole(*at_least))]))])
        }
        Predicate::Momentum { at_least } => map([("momentum", threshold(decimal(*at_least)))]),
        Predicate::Trend(trend) => map([("trend", Node::text(trend.as_str()))]),
        Predicate::Opponents { at_least } => map([("opponents", threshold(whole(*at_least)))]),
        Predicate::AccountExcluded => map([("account_excluded", map([]))]),
        Predicate::Attribute(test) => map([("attribute", attribute(test))]),
    }
}

fn threshold(at_least: Node) -> Node {
    map([("at_least", at_least)])
}

fn scope(of: &Scope) -> Node {
    match of {
        Scope::Group => Node::text("group"),
        Scope::Deciding => Node::text("deciding"),
        Scope::Role(role) => map([("role", Node::text(role.as_str()))]),
    }
}

pub(super) fn criterion(criterion: &Criterion) -> Node {
    match criterion {
        Criterion::Industry(texts) => map([("industry", choice("any_of", texts))]),
        Criterion::Employees(bounds) => map([("employees", range(bounds))]),
        Criterion::Revenue(bounds) => map([("revenue", range(bounds))]),
        Criterion::Country(texts) => map([("country", choice("any_of", texts))]),
        Criterion::TechnologiesAll(texts) => map([("technologies", choice("all_of", texts))]),
        Criterion::TechnologiesAny(texts) => map([("technologies", choice("any_of", texts))]),
        Criterion::Attribute(test) => map([("attribute", attribute(test))]),
        Criterion::Intent { kind, within_days } => {
            map([("intent", map([("kind", Node::text(kind.as_str())), ("within_days", whole(*within_days))]))])
        }
    }
}

fn choice(word: &str, texts: &[String]) -> Node {
    map([(word, all(texts))])
}

fn all(texts: &[String]) -> Node {
    list(texts, |text| Node::text(&**text))
}

fn range(range: &Range) -> Node {
    map_of_present([("at_least", range.at_least.map(decimal)), ("at_most", range.at_most.map(decimal))])
}

fn attribute(attribute: &AttributeTest) -> Node {
    let name = Node::text(&*attribute.name);
    match &attribute.test {
        ValueTest::AnyOf(texts) => map([("name", name), ("any_of", all(texts))]),
        ValueTest::Within(range) => {
            map_of_present([("name", Some(name)), ("at_least", range.at_least.map(decimal)), ("at_most", range.at_most.map(decimal))])
        }
    }
}
