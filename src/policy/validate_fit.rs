//! The meaning of the criteria of fit, and of questions about an account's facts.

use super::check::{Check, Names, Place};
use super::document::{AttributeTest, Criterion, FitCriterion, FitRule, FitSource, Range, ValueTest};
use super::limits;
use crate::document::TEXT_BYTES_MAX;

pub(super) fn fit(check: &mut Check<'_>, at: &Place<'_>, fit: &FitRule, kinds: &Names<'_>) {
    let (criteria, disqualifiers) = (&at.field("criteria"), &at.field("disqualifiers"));
    source(check, at, fit);
    tiers(check, &at.field("tiers"), fit);
    check.at_most(criteria, "criteria", fit.criteria.len(), limits::CRITERIA_MAX);
    for (i, one) in fit.criteria.iter().enumerate().take(limits::CRITERIA_MAX) {
        let at = &criteria.item(i);
        check.whole(&at.field("weight"), one.weight, &limits::WEIGHT);
        criterion(check, &at.field("is"), &one.is, kinds);
    }
    check.at_most(disqualifiers, "disqualifiers", fit.disqualifiers.len(), limits::CRITERIA_MAX);
    for (i, one) in fit.disqualifiers.iter().enumerate().take(limits::CRITERIA_MAX) {
        criterion(check, &disqualifiers.item(i), one, kinds);
    }
}

/// Criteria are there for the source `criteria`, and for no other.
fn source(check: &mut Check<'_>, at: &Place<'_>, fit: &FitRule) {
    if !check.read(&[&at.field("source")]) {
        return;
    }
    let (criteria, disqualifiers) = (&at.field("criteria"), &at.field("disqualifiers"));
    if fit.source != FitSource::Criteria {
        if !fit.criteria.is_empty() {
            check.unfit(criteria, "criteria are only for the source `criteria`; change the source or remove them");
        }
        if !fit.disqualifiers.is_empty() {
            check.unfit(disqualifiers, "disqualifiers are only for the source `criteria`; change the source or remove them");
        }
    } else if fit.criteria.is_empty() {
        check.unfit(criteria, "the source `criteria` needs at least one criterion");
    } else if check.read_whole(criteria) && no_weight(&fit.criteria) {
        check.unfit(criteria, "the weights add up to 0; give one criterion a weight above 0");
    }
}

fn no_weight(criteria: &[FitCriterion]) -> bool {
    criteria.iter().all(|criterion| criterion.weight == 0)
}

fn tiers(check: &mut Check<'_>, at: &Place<'_>, fit: &FitRule) {
    let (a, b) = (&at.field("A"), &at.field("B"));
    check.decimal(a, fit.tiers.a, &limits::TIER_PERCENT);
    check.decimal(b, fit.tiers.b, &limits::TIER_PERCENT);
    if fit.tiers.b >= fit.tiers.a && check.read(&[a]) {
        check.unfit(b, "`B` must be below `A`");
    }
}

fn criterion(check: &mut Check<'_>, at: &Place<'_>, criterion: &Criterion, kinds: &Names<'_>) {
    match criterion {
        Criterion::Industry(texts) => check.texts(&at.field("industry").field("any_of"), texts),
        Criterion::Country(texts) => check.texts(&at.field("country").field("any_of"), texts),
        Criterion::TechnologiesAll(texts) => check.texts(&at.field("technologies").field("all_of"), texts),
        Criterion::TechnologiesAny(texts) => check.texts(&at.field("technologies").field("any_of"), texts),
        Criterion::Employees(bounds) => range(check, &at.field("employees"), bounds, NO_BOUND),
        Criterion::Revenue(bounds) => range(check, &at.field("revenue"), bounds, NO_BOUND),
        Criterion::Attribute(test) => attribute(check, &at.field("attribute"), test),
        Criterion::Intent { kind, within_days } => {
            let at = &at.field("intent");
            check.reference(&at.field("kind"), kinds, kind.as_str());
            check.whole(&at.field("within_days"), *within_days, &limits::AGE);
        }
    }
}

const NO_BOUND: &str = "the range has no bound; give `at_least`, `at_most` or both";
const NO_TEST: &str = "nothing is asked of the value; give `any_of`, `at_least` or `at_most`";

fn range(check: &mut Check<'_>, at: &Place<'_>, range: &Range, no_bound: &'static str) {
    let (least, most) = (&at.field("at_least"), &at.field("at_most"));
    for (place, bound) in [(least, range.at_least), (most, range.at_most)] {
        if let Some(bound) = bound {
            check.decimal(place, bound, &limits::FACT);
        }
    }
    match (range.at_least, range.at_most) {
        (None, None) if check.read_whole(at) => check.unfit(at, no_bound),
        (Some(low), Some(high)) if high < low => check.unfit(most, "`at_most` must not be below `at_least`"),
        _ => {}
    }
}

/// A question about a custom attribute, in a criterion or in a rule.
pub(super) fn attribute(check: &mut Check<'_>, at: &Place<'_>, attribute: &AttributeTest) {
    check.text(&at.field("name"), &attribute.name, TEXT_BYTES_MAX);
    match &attribute.test {
        ValueTest::AnyOf(texts) => check.texts(&at.field("any_of"), texts),
        ValueTest::Within(bounds) => range(check, at, bounds, NO_TEST),
    }
}
