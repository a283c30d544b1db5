//! A rule as an assessment evaluates it: its questions numbered in order, its shape apart.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::compiled::{RoleSet, units};
use super::document::{AttributeTest, FitTier, Measure, Predicate, Rule, Scope, Tier, Trend};
use crate::id::RoleName;

/// A rule: its questions, numbered as they stand in the document, and how the answers combine.
#[derive(Clone, Debug)]
pub(crate) struct CompiledRule {
    pub(crate) shape: Shape,
    pub(crate) questions: alloc::sync::Arc<[Question]>,
}

/// One question of a rule: where it stands, as it was written, and as it is evaluated.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) path: String,
    pub(crate) asked: Predicate,
    pub(crate) test: Test,
}

/// How answers combine.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// The answer of a question, by number.
    Question(usize),
    All(Vec<Shape>),
    Any(Vec<Shape>),
    Not(alloc::boxed::Box<Shape>),
    AtLeast(usize, Vec<Shape>),
}

/// A question as it is evaluated: one for each [`Predicate`], names and decimals turned to numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    /// Group points, in 10⁻¹³.
    Points(i128),
    /// Readiness, in 10⁻⁴.
    Readiness(i128),
    /// A coverage, in 10⁻⁴ percent.
    Coverage(CompiledScope, Measure, i128),
    /// Members who hold one of the roles.
    Holders(RoleSet, Measure, u32),
    EngagedPeople(u32),
    Fit {
        tier: FitTier,
        where_configured: bool,
    },
    /// From holders of these roles, or from anybody.
    HandRaise {
        tier: Tier,
        within_days: i32,
        from: Option<RoleSet>,
    },
    Channels(Tier, u32),
    /// A change of points, in 10⁻¹³.
    Momentum(i128),
    Trend(Trend),
    Opponents(u32),
    AccountExcluded,
    Attribute(AttributeTest),
}

/// What a question is about, for whoever must know whether an answer can turn on something that is not always at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// The group, its people and their signals.
    Group,
    /// How its points have changed.
    Momentum,
    /// A custom attribute of the account, which may be unknown.
    Attribute,
    /// The fit of the account, which may be unknown.
    Fit,
    /// Whether the account is excluded.
    Exclusion,
}

impl Test {
    /// What it is about: by it alone others tell such questions apart, so that one more has to say.
    pub(crate) const fn about(&self) -> About {
        match self {
            Self::Points(_)
            | Self::Readiness(_)
            | Self::Coverage(..)
            | Self::Holders(..)
            | Self::EngagedPeople(_)
            | Self::HandRaise { .. }
            | Self::Channels(..)
            | Self::Opponents(_) => About::Group,
            Self::Momentum(_) | Self::Trend(_) => About::Momentum,
            Self::Attribute(_) => About::Attribute,
            Self::Fit { .. } => About::Fit,
            Self::AccountExcluded => About::Exclusion,
        }
    }
}

/// What a coverage is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CompiledScope {
    Group,
    /// The best covered of these roles; none of them: 0.
    Best(RoleSet),
}

/// The roles of a policy, as its rules refer to them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RoleBook<'a> {
    pub(crate) numbers: &'a BTreeMap<String, u8>,
    pub(crate) deciding: RoleSet,
}

impl RoleBook<'_> {
    fn number(self, role: &RoleName) -> Option<u8> {
        self.numbers.get(role.as_str()).copied()
    }

    // A valid rule names roles of the policy only; a role that is not there would be held by nobody.
    fn one(self, role: &RoleName) -> RoleSet {
        self.number(role).map_or(RoleSet::EMPTY, RoleSet::of)
    }

    fn set(self, scope: &Scope) -> RoleSet {
        match scope {
            Scope::Role(role) => self.one(role),
            Scope::Group | Scope::Deciding => self.deciding,
        }
    }

    fn scope(self, of: &Scope) -> CompiledScope {
        match of {
            Scope::Group => CompiledScope::Group,
            Scope::Deciding | Scope::Role(_) => CompiledScope::Best(self.set(of)),
        }
    }
}

pub(crate) fn compile_rule(rule: &Rule, path: &str, roles: RoleBook<'_>) -> CompiledRule {
    let mut questions = Vec::new();
    let shape = shape(rule, path, roles, &mut questions);
    CompiledRule { shape, questions: questions.into() }
}

// Recursion is bounded: a valid rule is at most 32 deep.
fn shape(rule: &Rule, path: &str, book: RoleBook<'_>, questions: &mut Vec<Question>) -> Shape {
    let mut list = |name: &str, rules: &[Rule]| {
        rules.iter().enumerate().map(|(i, one)| shape(one, &format!("{path}.{name}[{i}]"), book, questions)).collect()
    };
    match rule {
        Rule::All(rules) => Shape::All(list("all", rules)),
        Rule::Any(rules) => Shape::Any(list("any", rules)),
        Rule::AtLeast { n, of } => Shape::AtLeast(*n as usize, list("at_least.of", of)),
        Rule::Not(inner) => Shape::Not(shape(inner, &format!("{path}.not"), book, questions).into()),
        Rule::Is(predicate) => {
            questions.push(Question { path: path.into(), asked: predicate.clone(), test: test(predicate, book) });
            Shape::Question(questions.len() - 1)
        }
    }
}

fn test(predicate: &Predicate, roles: RoleBook<'_>) -> Test {
    match predicate {
        Predicate::Points { at_least } => Test::Points(units(*at_least, 13)),
        Predicate::Readiness { at_least } => Test::Readiness(units(*at_least, 4)),
        Predicate::Coverage { of, measure, at_least } => Test::Coverage(roles.scope(of), *measure, units(*at_least, 4)),
        Predicate::Holders { of, measure, at_least } => Test::Holders(roles.set(of), *measure, *at_least),
        Predicate::EngagedPeople { at_least } => Test::EngagedPeople(*at_least),
        Predicate::Fit { tier, where_configured } => Test::Fit { tier: *tier, where_configured: *where_configured },
        Predicate::HandRaise { tier, within_days, role } => {
            Test::HandRaise { tier: *tier, within_days: (*within_days).into(), from: role.as_ref().map(|role| roles.one(role)) }
        }
        Predicate::Channels { tier, at_least } => Test::Channels(*tier, *at_least),
        Predicate::Momentum { at_least } => Test::Momentum(units(*at_least, 13)),
        Predicate::Trend(trend) => Test::Trend(*trend),
        Predicate::Opponents { at_least } => Test::Opponents(*at_least),
        Predicate::AccountExcluded => Test::AccountExcluded,
        Predicate::Attribute(test) => Test::Attribute(test.clone()),
    }
}
