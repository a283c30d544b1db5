//! The rules of a policy as one list of parts, each after the parts it is made of.
//!
//! A part and all that is in it lie side by side, so that a rule is evaluated by one pass and without recursion.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::answers::Answers;
use crate::policy::{CompiledRule, Question, Shape, Test};

/// How the answers of parts make the answer of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// The answer to a question, by number.
    Asks(usize),
    /// So many of its parts are true.
    AtLeast(usize),
    /// Its one part is false.
    Not,
    /// Its one part is true, and not only perhaps.
    Certainly,
}

/// A part of a rule.
#[derive(Debug)]
pub(super) struct Part<'p> {
    pub(super) path: String,
    pub(super) how: How,
    /// Its direct parts.
    pub(super) of: Vec<usize>,
    /// From here on up to itself lie all the parts within it.
    pub(super) first: usize,
    /// The question as it was written, of a question.
    pub(super) question: Option<&'p Question>,
}

/// See the [module](self).
#[derive(Debug)]
pub(super) struct Tree<'p> {
    pub(super) parts: Vec<Part<'p>>,
    /// Each different question once.
    pub(super) tests: Vec<&'p Test>,
    drops_out: bool,
}

impl<'p> Tree<'p> {
    /// `drops_out`: whether clauses "where configured" count as not written.
    pub(super) const fn new(drops_out: bool) -> Self {
        Self { parts: Vec::new(), tests: Vec::new(), drops_out }
    }

    /// Adds a rule; `None` when everything in it drops out.
    pub(super) fn rule(&mut self, rule: &'p CompiledRule, path: &str) -> Option<usize> {
        self.shape(rule, &rule.shape, path)
    }

    // Recursion is bounded: a valid rule is at most 32 deep.
    fn shape(&mut self, rule: &'p CompiledRule, shape: &Shape, path: &str) -> Option<usize> {
        match shape {
            Shape::Question(number) => self.question(&rule.questions[*number]),
            Shape::Not(inner) => {
                let inner = self.shape(rule, inner, &format!("{path}.not"))?;
                Some(self.part(path, How::Not, &[inner]))
            }
            Shape::All(shapes) => self.list(rule, shapes, (path, "all"), usize::MAX),
            Shape::Any(shapes) => self.list(rule, shapes, (path, "any"), 1),
            Shape::AtLeast(n, shapes) => self.list(rule, shapes, (path, "at_least.of"), *n),
        }
    }

    /// A list of which everything drops out drops out itself; of one that has become shorter than n, all that are left are needed.
    fn list(&mut self, rule: &'p CompiledRule, shapes: &[Shape], (path, name): (&str, &str), n: usize) -> Option<usize> {
        let of: Vec<usize> =
            shapes.iter().enumerate().filter_map(|(i, one)| self.shape(rule, one, &format!("{path}.{name}[{i}]"))).collect();
        let n = match n {
            usize::MAX => of.len(),
            n => n.min(of.len().max(1)),
        };
        (shapes.is_empty() || !of.is_empty()).then(|| self.part(path, How::AtLeast(n), &of))
    }

    fn question(&mut self, question: &'p Question) -> Option<usize> {
        if self.drops_out && matches!(question.test, Test::Fit { where_configured: true, .. }) {
            return None;
        }
        let number = self.test(&question.test);
        let (path, first) = (question.path.clone(), self.parts.len());
        self.parts.push(Part { path, how: How::Asks(number), of: Vec::new(), first, question: Some(question) });
        Some(first)
    }

    /// The number of a question, which may stand in several places.
    pub(super) fn test(&mut self, test: &'p Test) -> usize {
        self.tests.iter().position(|one| same(one, test)).unwrap_or_else(|| {
            self.tests.push(test);
            self.tests.len() - 1
        })
    }

    /// Adds a part that was not written: a question of the policy's own.
    pub(super) fn ask(&mut self, test: &'p Test) -> usize {
        let number = self.test(test);
        self.part("", How::Asks(number), &[])
    }

    /// Adds a part made of parts before it.
    pub(super) fn part(&mut self, path: &str, how: How, of: &[usize]) -> usize {
        let at = self.parts.len();
        let first = of.iter().map(|of| self.parts[*of].first).min().unwrap_or(at);
        self.parts.push(Part { path: path.into(), how, of: of.into(), first, question: None });
        at
    }

    /// The answers that are open for a part and for all parts within it, into `found` by number. O(parts within it).
    pub(super) fn evaluate(&self, part: usize, open: &[Answers], found: &mut [Answers]) -> Answers {
        for at in self.parts[part].first..=part {
            found[at] = self.combine(at, |of| found[of], open);
        }
        found[part]
    }

    /// The answers of a part by those of its direct parts, each of them taken alone.
    pub(super) fn combine(&self, part: usize, found: impl Fn(usize) -> Answers, open: &[Answers]) -> Answers {
        let Part { how, of, .. } = &self.parts[part];
        let only = || of.first().map_or(Answers::NONE, |of| found(*of));
        match how {
            How::Asks(number) => open[*number],
            How::Not => only().negated(),
            How::Certainly => only().certain(),
            How::AtLeast(n) => at_least(*n, of.iter().map(|of| found(*of))),
        }
    }
}

/// Whether two questions always have one answer, as written.
fn same(one: &Test, other: &Test) -> bool {
    match (one, other) {
        (Test::Fit { tier: one, .. }, Test::Fit { tier: other, .. }) => one == other,
        _ => one == other,
    }
}

/// The answers of "at least n of them" by the answers that each can have.
fn at_least(n: usize, parts: impl Iterator<Item = Answers>) -> Answers {
    // How many can be true, must not be false, can be unknown; and how many are true or false, true only, where unknown is not open.
    let (mut may, mut must, mut open, mut either, mut only) = (0, 0, 0, 0, 0);
    for part in parts {
        let (yes, no, unknown) = (part.meets(Answers::TRUE), part.meets(Answers::FALSE), part.meets(Answers::UNKNOWN));
        may += usize::from(yes);
        must += usize::from(!no);
        open += usize::from(unknown);
        either += usize::from(yes && no && !unknown);
        only += usize::from(yes && !no && !unknown);
    }
    let is_true = if may >= n { Answers::TRUE } else { Answers::NONE };
    let is_false = if must < n { Answers::FALSE } else { Answers::NONE };
    // With all that can be unknown unknown, fewer than n are true and n could be.
    let is_open = if open > 0 && only < n && only + either + open >= n { Answers::UNKNOWN } else { Answers::NONE };
    is_true.with(is_false).with(is_open)
}
