//! The meaning of a rule: its depth and size, and every number and name in it.

use alloc::format;

use super::check::{Check, Names, Place};
use super::document::{FitTier, Measure, Predicate, Rule, Scope, Tier};
use super::limits;
use super::validate::{POSITIVE_TIERS, THRESHOLD_TIERS, UNKNOWN};
use super::validate_fit;
use crate::id::RoleName;

/// The measures that holders can be counted by.
const HOLDER_MEASURES: [Measure; 3] = [Measure::Filled, Measure::Engaged, Measure::Current];

/// Checks one rule of the document.
pub(super) fn rule(check: &mut Check<'_>, at: &Place<'_>, rule: &Rule, roles: &Names<'_>) {
    let mut walk = Walk { check, roles, questions: 0 };
    walk.rule(at, rule, 1);
    let questions = walk.questions;
    check.at_most(at, "questions", questions, limits::QUESTIONS_MAX);
}

struct Walk<'c, 'u, 'd> {
    check: &'c mut Check<'u>,
    roles: &'c Names<'d>,
    questions: usize,
}

impl Walk<'_, '_, '_> {
    // Recursion is bounded by the depth that is allowed: what lies deeper is reported and not entered.
    fn rule(&mut self, at: &Place<'_>, rule: &Rule, depth: usize) {
        if depth > limits::RULE_DEPTH_MAX {
            let most = limits::RULE_DEPTH_MAX;
            return self.check.unfit(at, format!("the rule is nested too deeply; at most {most} levels are allowed"));
        }
        match rule {
            Rule::All(rules) => self.rules(&at.field("all"), rules, depth),
            Rule::Any(rules) => self.rules(&at.field("any"), rules, depth),
            Rule::Not(inner) => self.rule(&at.field("not"), inner, depth + 1),
            Rule::AtLeast { n, of } => self.at_least(&at.field("at_least"), *n, of, depth),
            Rule::Is(predicate) => self.question(at, predicate),
        }
    }

    fn rules(&mut self, at: &Place<'_>, rules: &[Rule], depth: usize) {
        for (i, rule) in rules.iter().enumerate() {
            self.rule(&at.item(i), rule, depth + 1);
        }
    }

    fn at_least(&mut self, at: &Place<'_>, n: u32, of: &[Rule], depth: usize) {
        let list = &at.field("of");
        if of.is_empty() {
            self.check.unfit(list, "the list is empty; give at least one rule");
        } else {
            let most = u32::try_from(of.len()).unwrap_or(u32::MAX);
            self.check.whole(&at.field("n"), n, &(1..=most));
        }
        self.rules(list, of, depth);
    }

    /// Questions beyond those allowed are counted only.
    fn question(&mut self, at: &Place<'_>, predicate: &Predicate) {
        self.questions += 1;
        if self.questions <= limits::QUESTIONS_MAX {
            self.predicate(at, predicate);
        }
    }

    fn predicate(&mut self, at: &Place<'_>, predicate: &Predicate) {
        let least = |name| Place::Field(at, name);
        match predicate {
            Predicate::Points { at_least } => self.check.decimal(&least("points").field("at_least"), *at_least, &limits::GROUP_POINTS),
            Predicate::Readiness { at_least } => self.check.decimal(&least("readiness").field("at_least"), *at_least, &limits::PERCENT),
            Predicate::Coverage { of, at_least, .. } => {
                self.scope(&at.field("coverage").field("of"), of);
                self.check.decimal(&at.field("coverage").field("at_least"), *at_least, &limits::PERCENT);
            }
            Predicate::Holders { of, measure, at_least } => self.holders(&at.field("holders"), of, *measure, *at_least),
            Predicate::Fit { tier, .. } => self.check.word(&at.field("fit").field("tier"), *tier, &FitTier::ALL, &THRESHOLD_TIERS),
            Predicate::HandRaise { tier, within_days, role } => {
                self.hand_raise(&at.field("hand_raise"), *tier, *within_days, role.as_ref());
            }
            Predicate::Channels { tier, .. } => self.check.word(&at.field("channels").field("tier"), *tier, &Tier::ALL, &POSITIVE_TIERS),
            Predicate::Momentum { at_least } => self.check.decimal(&least("momentum").field("at_least"), *at_least, &limits::POINTS_CHANGE),
            Predicate::Opponents { at_least } => self.check.whole(&least("opponents").field("at_least"), *at_least, &limits::SOME_COUNT),
            Predicate::Attribute(test) => validate_fit::attribute(self.check, &at.field("attribute"), test),
            Predicate::EngagedPeople { .. } | Predicate::Trend(_) | Predicate::AccountExcluded => {}
        }
    }

    fn holders(&mut self, at: &Place<'_>, of: &Scope, measure: Measure, at_least: u32) {
        let place = &at.field("of");
        match of {
            Scope::Group => self.check.disallow(place, "group", ["deciding", "a role"].into_iter()),
            Scope::Deciding | Scope::Role(_) => self.scope(place, of),
        }
        self.check.word(&at.field("measure"), measure, &Measure::ALL, &HOLDER_MEASURES);
        self.check.whole(&at.field("at_least"), at_least, &limits::SOME_COUNT);
    }

    fn hand_raise(&mut self, at: &Place<'_>, tier: Tier, within_days: u16, role: Option<&RoleName>) {
        self.check.word(&at.field("tier"), tier, &Tier::ALL, &POSITIVE_TIERS);
        self.check.whole(&at.field("within_days"), within_days, &limits::AGE);
        if let Some(role) = role {
            self.role(&at.field("role"), role);
        }
    }

    fn scope(&mut self, at: &Place<'_>, of: &Scope) {
        if let Scope::Role(role) = of {
            self.role(&at.field("role"), role);
        }
    }

    /// A role that people can hold.
    fn role(&mut self, at: &Place<'_>, role: &RoleName) {
        self.check.reference(at, self.roles, role.as_str());
        if role.as_str() == UNKNOWN {
            self.check.unfit(at, "`unknown` stands for no role; nobody holds it");
        }
    }
}
