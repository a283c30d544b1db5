//! Reading rules and the criteria of fit.

use alloc::string::String;
use alloc::vec::Vec;

use super::document::{
    AttributeTest, Criterion, FitCriterion, FitRule, FitSource, FitTiers, Measure, Predicate, Range, Rule, Scope, Trend, ValueTest,
};
use super::limits;
use super::read::{StandIns, decimal, fit_tier, list, name, object, tier};
use crate::document::{Node, Reader, not_allowed, note, wrong};
use crate::problem::{ProblemKind, excerpt, nearest};

pub(super) fn fit(mut r: Reader<'_>, names: &StandIns) -> FitRule {
    let fit = FitRule {
        source: r.word("source", &FitSource::ALL).unwrap_or(FitSource::None),
        tiers: fit_tiers(object(&mut r, "tiers")),
        criteria: r.objects("criteria").into_iter().map(|item| fit_criterion(item, names)).collect(),
        disqualifiers: r.objects("disqualifiers").into_iter().map(|item| criterion(item, names)).collect(),
    };
    r.finish();
    fit
}

fn fit_tiers(mut r: Reader<'_>) -> FitTiers {
    let tiers = FitTiers { a: decimal(&mut r, "A", &limits::TIER_PERCENT), b: decimal(&mut r, "B", &limits::TIER_PERCENT) };
    r.finish();
    tiers
}

fn fit_criterion(mut r: Reader<'_>, names: &StandIns) -> FitCriterion {
    let weight = r.whole("weight", limits::WEIGHT);
    let is = criterion(object(&mut r, "is"), names);
    r.finish();
    FitCriterion { weight, is }
}

/// The one field of an object that is named by it; notes an object of none or several.
fn only_field<'a>(r: &Reader<'a>, what: &'static str) -> Option<&'a str> {
    if let [(field, _)] = r.fields() {
        return Some(field);
    }
    // Of what is missing or no object at all, that was noted before, and this is left out as a consequence.
    note(r.problems(), r.here().into(), ProblemKind::Inconsistent(what.into()));
    None
}

fn unknown_field(r: &Reader<'_>, field: &str, all: &[&str]) {
    note(
        r.problems(),
        r.here().into(),
        ProblemKind::UnknownField { name: excerpt(field), suggestion: nearest(field, all.iter().copied()) },
    );
}

const CRITERIA: [&str; 7] = ["industry", "employees", "revenue", "country", "technologies", "attribute", "intent"];

fn criterion(mut r: Reader<'_>, names: &StandIns) -> Criterion {
    // One that nothing is said about.
    let stand_in = Criterion::Country(Vec::from([String::new()]));
    let Some(field) = only_field(&r, "a criterion has exactly one field, such as `industry` or `employees`") else { return stand_in };
    match field {
        "industry" => Criterion::Industry(any_of(object(&mut r, "industry"))),
        "employees" => Criterion::Employees(range(object(&mut r, "employees"))),
        "revenue" => Criterion::Revenue(range(object(&mut r, "revenue"))),
        "country" => Criterion::Country(any_of(object(&mut r, "country"))),
        "technologies" => technologies(object(&mut r, "technologies")),
        "attribute" => Criterion::Attribute(attribute(object(&mut r, "attribute"))),
        "intent" => intent(object(&mut r, "intent"), names),
        other => {
            unknown_field(&r, other, &CRITERIA);
            stand_in
        }
    }
}

fn any_of(mut r: Reader<'_>) -> Vec<String> {
    let texts = texts(&mut r, "any_of");
    r.finish();
    texts
}

/// A list of texts that must be there.
fn texts(r: &mut Reader<'_>, field: &'static str) -> Vec<String> {
    r.required(field).and_then(|_| r.texts_if_any(field)).unwrap_or_default()
}

fn range(mut r: Reader<'_>) -> Range {
    let range = bounds(&mut r);
    r.finish();
    range
}

fn bounds(r: &mut Reader<'_>) -> Range {
    let limit = &limits::FACT;
    let mut bound = |field| r.decimal_if_any(field, limit.places, limit.least, limit.most);
    Range { at_least: bound("at_least"), at_most: bound("at_most") }
}

fn technologies(mut r: Reader<'_>) -> Criterion {
    let all = r.node("all_of").is_some();
    if all && r.node("any_of").is_some() {
        note(r.problems(), r.here().into(), ProblemKind::Inconsistent("`all_of` and `any_of` exclude each other; keep one".into()));
    }
    let technologies =
        if all { Criterion::TechnologiesAll(texts(&mut r, "all_of")) } else { Criterion::TechnologiesAny(texts(&mut r, "any_of")) };
    r.finish();
    technologies
}

fn attribute(mut r: Reader<'_>) -> AttributeTest {
    let name = r.text("name");
    let listed = r.node("any_of").is_some();
    if listed && (r.node("at_least").is_some() || r.node("at_most").is_some()) {
        note(r.problems(), r.here().into(), ProblemKind::Inconsistent("`any_of` and a range exclude each other; keep one".into()));
    }
    let range = bounds(&mut r);
    let test = if listed { ValueTest::AnyOf(texts(&mut r, "any_of")) } else { ValueTest::Within(range) };
    r.finish();
    AttributeTest { name, test }
}

fn intent(mut r: Reader<'_>, names: &StandIns) -> Criterion {
    let criterion = Criterion::Intent { kind: name(&mut r, "kind", &names.kind), within_days: r.whole("within_days", limits::AGE) };
    r.finish();
    criterion
}

/// A rule that must be there.
pub(super) fn rule_field(r: &mut Reader<'_>, field: &'static str, names: &StandIns) -> Rule {
    let reader = object(r, field);
    rule(reader, names)
}

const RULES: [&str; 17] = [
    "all",
    "any",
    "not",
    "at_least",
    "points",
    "readiness",
    "coverage",
    "holders",
    "engaged_people",
    "fit",
    "hand_raise",
    "channels",
    "momentum",
    "trend",
    "opponents",
    "account_excluded",
    "attribute",
];

// Recursion is bounded: a document is at most 100 levels deep.
fn rule(mut r: Reader<'_>, names: &StandIns) -> Rule {
    let stand_in = Rule::All(Vec::new());
    let Some(field) = only_field(&r, "a rule has exactly one field, such as `all` or `points`") else { return stand_in };
    match field {
        "all" => Rule::All(rules(&mut r, "all", names)),
        "any" => Rule::Any(rules(&mut r, "any", names)),
        "not" => Rule::Not(rule_field(&mut r, "not", names).into()),
        "at_least" => at_least(object(&mut r, "at_least"), names),
        "trend" => Rule::Is(Predicate::Trend(r.word("trend", &Trend::ALL).unwrap_or(Trend::Steady))),
        other => {
            if let Some(known) = RULES.iter().find(|one| **one == other) {
                Rule::Is(predicate(known, object(&mut r, known), names))
            } else {
                unknown_field(&r, other, &RULES);
                stand_in
            }
        }
    }
}

fn rules(r: &mut Reader<'_>, field: &'static str, names: &StandIns) -> Vec<Rule> {
    list(r, field).into_iter().map(|item| rule(item, names)).collect()
}

fn at_least(mut r: Reader<'_>, names: &StandIns) -> Rule {
    let rule = Rule::AtLeast { n: r.whole("n", limits::ANY_COUNT), of: rules(&mut r, "of", names) };
    r.finish();
    rule
}

fn predicate(sort: &str, mut r: Reader<'_>, names: &StandIns) -> Predicate {
    let predicate = match sort {
        "points" => Predicate::Points { at_least: decimal(&mut r, "at_least", &limits::GROUP_POINTS) },
        "readiness" => Predicate::Readiness { at_least: decimal(&mut r, "at_least", &limits::PERCENT) },
        "coverage" => Predicate::Coverage {
            of: scope(&mut r, "of", names),
            measure: measure(&mut r),
            at_least: decimal(&mut r, "at_least", &limits::PERCENT),
        },
        "holders" => Predicate::Holders {
            of: scope(&mut r, "of", names),
            measure: measure(&mut r),
            at_least: r.whole("at_least", limits::SOME_COUNT),
        },
        "engaged_people" => Predicate::EngagedPeople { at_least: r.whole("at_least", limits::ANY_COUNT) },
        "fit" => Predicate::Fit { tier: fit_tier(&mut r, "tier"), where_configured: r.flag("where_configured", false) },
        "hand_raise" => Predicate::HandRaise {
            tier: tier(&mut r, "tier"),
            within_days: r.whole("within_days", limits::AGE),
            role: r.parsed_if_any("role"),
        },
        "channels" => Predicate::Channels { tier: tier(&mut r, "tier"), at_least: r.whole("at_least", limits::ANY_COUNT) },
        "momentum" => Predicate::Momentum { at_least: decimal(&mut r, "at_least", &limits::POINTS_CHANGE) },
        "opponents" => Predicate::Opponents { at_least: r.whole("at_least", limits::SOME_COUNT) },
        "attribute" => return Predicate::Attribute(attribute(r)),
        "account_excluded" => Predicate::AccountExcluded,
        // Only a name of the table that is forgotten here gets so far.
        other => {
            r.note("", ProblemKind::UnknownField { name: other.into(), suggestion: None });
            Predicate::AccountExcluded
        }
    };
    r.finish();
    predicate
}

fn measure(r: &mut Reader<'_>) -> Measure {
    r.word("measure", &Measure::ALL).unwrap_or(Measure::Filled)
}

fn scope(r: &mut Reader<'_>, field: &'static str, names: &StandIns) -> Scope {
    match r.required(field) {
        None => Scope::Deciding,
        Some(Node::Text(text)) => match text.as_str() {
            "group" => Scope::Group,
            "deciding" => Scope::Deciding,
            other => {
                r.note(field, not_allowed(other, ["group", "deciding"].into_iter()));
                Scope::Deciding
            }
        },
        Some(Node::Map(_)) => {
            let mut of = object(r, field);
            let role = name(&mut of, "role", &names.role);
            of.finish();
            Scope::Role(role)
        }
        Some(other) => {
            r.note(field, wrong("`group`, `deciding` or an object with a `role`", other));
            Scope::Deciding
        }
    }
}
