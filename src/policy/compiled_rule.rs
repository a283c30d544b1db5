//! A rule as an assessment evaluates it: its questions numbered in order, its shape apart.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::compiled::{RoleSet, units};
use super::document::{Measure, Predicate, Rule, Scope};
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

/// A question with its names and decimals turned to numbers. The others need no turning and are read from [`Question::asked`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Test {
    /// Group points, in 10⁻¹³.
    Points(i128),
    /// Readiness, in 10⁻⁴.
    Readiness(i128),
    /// A coverage, in 10⁻⁴ percent.
    Coverage(CompiledScope, Measure, i128),
    /// Members who hold a role.
    Holders(RoleSet, Measure, u32),
    /// The role that a hand-raise must come from.
    HandRaise(Option<RoleSet>),
    /// A change of points, in 10⁻¹³.
    Momentum(i128),
    /// As it was written.
    AsAsked,
}

/// What a coverage is of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CompiledScope {
    Group,
    Deciding,
    Role(u8),
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

    // A valid rule names roles of the policy only; a role that is not there is held by nobody.
    fn set(self, scope: &Scope) -> RoleSet {
        match scope {
            Scope::Role(role) => self.number(role).map_or(RoleSet::EMPTY, RoleSet::of),
            Scope::Group | Scope::Deciding => self.deciding,
        }
    }

    fn scope(self, of: &Scope) -> CompiledScope {
        match of {
            Scope::Group => CompiledScope::Group,
            Scope::Deciding => CompiledScope::Deciding,
            Scope::Role(role) => self.number(role).map_or(CompiledScope::Deciding, CompiledScope::Role),
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
        Predicate::Momentum { at_least } => Test::Momentum(units(*at_least, 13)),
        Predicate::Coverage { of, measure, at_least } => Test::Coverage(roles.scope(of), *measure, units(*at_least, 4)),
        Predicate::Holders { of, measure, at_least } => Test::Holders(roles.set(of), *measure, *at_least),
        Predicate::HandRaise { role, .. } => {
            Test::HandRaise(role.as_ref().map(|role| roles.number(role).map_or(RoleSet::EMPTY, RoleSet::of)))
        }
        _ => Test::AsAsked,
    }
}
