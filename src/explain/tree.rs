//! A rule as the tree it is, with the answer of every part and the records that its questions rest on.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::citation::{Citation, Cites};
use super::cite::Citer;
use super::decisive::{Need, decisive};
use crate::assess::{Answer, Clause, Truth, combine_shape};
use crate::policy::{CompiledRule, Shape};

/// A part of a rule with its answer. Its [`Display`](core::fmt::Display) is plain English, without the parts below it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleNode {
    /// Where it stands in the policy, such as `qualification.all[0]`.
    pub path: String,
    /// What sort of part it is.
    pub kind: RuleKind,
    /// The answer; `None`: it drops out, since it asks about fit, which is not configured.
    pub answer: Option<Truth>,
    /// Whether the verdict rests on it. The questions that are decisive are, by their answers alone and whatever the others' would be, enough
    /// for what the verdict needs of the rule, and none of them can be left out; a list is decisive when one of its parts is.
    pub decisive: bool,
    /// The parts it is made of, in the policy's order; of a question none.
    pub children: Vec<RuleNode>,
}

/// What sort of part of a rule it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// True when all parts are.
    All,
    /// True when one of the parts is.
    Any,
    /// True when its only part is false.
    Not,
    /// True when so many of the parts are.
    AtLeast(u32),
    /// A question.
    Question(Box<Asked>),
}

/// A question that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Asked {
    /// The question with its answer and the value that gave it.
    pub clause: Clause,
    /// The records that the answer rests on.
    pub cites: Citation,
}

impl RuleKind {
    /// The token of documents.
    pub const fn token(&self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::Not => "not",
            Self::AtLeast(_) => "at_least",
            Self::Question(_) => "question",
        }
    }
}

impl RuleNode {
    /// The question, of a question.
    pub fn question(&self) -> Option<&Asked> {
        if let RuleKind::Question(asked) = &self.kind { Some(asked) } else { None }
    }

    /// It and all below it, in the policy's order.
    pub fn nodes(&self) -> Vec<&Self> {
        let mut nodes = Vec::from([self]);
        let mut stack: Vec<&Self> = self.children.iter().rev().collect();
        while let Some(node) = stack.pop() {
            nodes.push(node);
            stack.extend(node.children.iter().rev());
        }
        nodes
    }

    /// The questions in the policy's order.
    pub fn questions(&self) -> impl Iterator<Item = &Asked> {
        self.nodes().into_iter().filter_map(Self::question)
    }
}

impl Serialize for RuleNode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("path", &self.path)?;
        map.serialize_entry("kind", self.kind.token())?;
        if let RuleKind::AtLeast(n) = &self.kind {
            map.serialize_entry("n", n)?;
        }
        map.serialize_entry("answer", self.answer.map_or("dropped", Truth::token))?;
        map.serialize_entry("decisive", &self.decisive)?;
        if let Some(asked) = self.question() {
            map.serialize_entry("asked", asked.clause.asked())?;
            map.serialize_entry("value", asked.clause.value())?;
            map.serialize_entry("cites", &asked.cites)?;
        } else {
            map.serialize_entry("children", &self.children)?;
        }
        map.serialize_entry("message", &format!("{self}"))?;
        map.end()
    }
}

/// The tree of a rule, and all that its decisive questions cite.
pub(crate) fn tree(root: &str, rule: &CompiledRule, answers: &[Answer], need: Need, records: &Citer<'_>) -> (RuleNode, Cites) {
    let decisive = decisive(rule, answers, need);
    let mut cited = Cites::default();
    let mut of_questions = Vec::with_capacity(answers.len());
    for (number, answer) in answers.iter().enumerate() {
        let own = records.question(&rule.questions[number].test, answer);
        if decisive[number] {
            cited.add(&own);
        }
        of_questions.push(own.into_citation(records.bench.graph.contact_names()));
    }
    (Planter { rule, answers, decisive, cites: of_questions }.node(&rule.shape, root.into()), cited)
}

struct Planter<'a> {
    rule: &'a CompiledRule,
    answers: &'a [Answer],
    decisive: Vec<bool>,
    cites: Vec<Citation>,
}

impl Planter<'_> {
    // Recursion is bounded: a valid rule is at most 32 deep.
    fn node(&mut self, shape: &Shape, path: String) -> RuleNode {
        let answer = combine_shape(shape, &|number| self.answers[number].truth);
        let (kind, children) = match shape {
            Shape::Question(number) => (self.asked(*number), Vec::new()),
            Shape::Not(inner) => (RuleKind::Not, Vec::from([self.node(inner, format!("{path}.not"))])),
            Shape::All(shapes) => (RuleKind::All, self.list(shapes, &format!("{path}.all"))),
            Shape::Any(shapes) => (RuleKind::Any, self.list(shapes, &format!("{path}.any"))),
            Shape::AtLeast(n, shapes) => {
                (RuleKind::AtLeast(u32::try_from(*n).unwrap_or(u32::MAX)), self.list(shapes, &format!("{path}.at_least.of")))
            }
        };
        let decisive = match shape {
            Shape::Question(number) => self.decisive[*number],
            _ => children.iter().any(|child| child.decisive),
        };
        RuleNode { path, kind, answer, decisive, children }
    }

    fn list(&mut self, shapes: &[Shape], path: &str) -> Vec<RuleNode> {
        shapes.iter().enumerate().map(|(i, one)| self.node(one, format!("{path}[{i}]"))).collect()
    }

    fn asked(&mut self, number: usize) -> RuleKind {
        let answer = &self.answers[number];
        let questions = self.rule.questions.clone();
        let clause = Clause { questions, number, answer: answer.truth, value: answer.value.clone() };
        RuleKind::Question(Box::new(Asked { clause, cites: core::mem::take(&mut self.cites[number]) }))
    }
}
