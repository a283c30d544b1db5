//! The questions of a policy's rules, each different one once, and how answers restrict one another.

use alloc::vec::Vec;

use super::answers::Answers;
use super::bounds::Bounds;
use super::imply::{bars, implies};
use super::table::{Table, tables};
use crate::policy::Test;

/// Steps that may still be taken; whatever is not found within them is not claimed.
#[derive(Debug)]
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    pub(super) const fn of(steps: usize) -> Self {
        Self { left: steps }
    }

    pub(super) const fn spend(&mut self, steps: usize) {
        self.left = self.left.saturating_sub(steps);
    }

    pub(super) const fn left(&self) -> usize {
        self.left
    }

    pub(super) const fn is_spent(&self) -> bool {
        self.left == 0
    }
}

/// See the [module](self).
#[derive(Debug)]
pub(super) struct Model {
    /// The answers that are open before any is chosen.
    pub(super) open: Vec<Answers>,
    /// Of each question, those that are true when it is.
    implied: Vec<Vec<u16>>,
    /// Of each question, those that make it true.
    implying: Vec<Vec<u16>>,
    /// Of each question, those that are never true with it.
    barred: Vec<Vec<u16>>,
    tables: Vec<Table>,
    /// Of each question, the table that it is in.
    table_of: Vec<Option<usize>>,
}

impl Model {
    /// O(questions²) comparisons of two questions.
    pub(super) fn of(bounds: &Bounds<'_>, tests: &[&Test]) -> Self {
        let implied = pairs(bounds, tests, implies);
        let tables = tables(bounds, tests);
        let table_of = (0..tests.len()).map(|i| tables.iter().position(|table| table.questions.contains(&i))).collect();
        let mut model = Self {
            open: tests.iter().map(|test| bounds.answers(test)).collect(),
            implying: turned(&implied),
            implied,
            barred: pairs(bounds, tests, bars),
            tables,
            table_of,
        };
        model.settle();
        model
    }

    /// Carries what holds from the start through all questions. Questions that data can answer never restrict one another to nothing.
    fn settle(&mut self) {
        let mut open = self.open.clone();
        let all = (0..open.len()).collect();
        if self.spread(&mut open, all, &mut Budget::of(usize::MAX)) {
            self.open = open;
        }
    }

    /// Keeps only some answers to a question, and carries that through the others; whether answers are left for all.
    pub(super) fn choose(&self, open: &mut [Answers], question: usize, answers: Answers, budget: &mut Budget) -> bool {
        let mut changed = Vec::new();
        cut(open, question, answers, &mut changed) && self.spread(open, changed, budget)
    }

    fn spread(&self, open: &mut [Answers], mut changed: Vec<usize>, budget: &mut Budget) -> bool {
        while let Some(question) = changed.pop() {
            if !self.spread_one(open, question, &mut changed, budget) {
                return false;
            }
        }
        true
    }

    fn spread_one(&self, open: &mut [Answers], question: usize, changed: &mut Vec<usize>, budget: &mut Budget) -> bool {
        let now = open[question];
        let mut cut_all = |others: &[u16], answers: Answers| {
            budget.spend(others.len());
            others.iter().all(|other| cut(open, usize::from(*other), answers, changed))
        };
        let fits = if now == Answers::TRUE {
            cut_all(&self.implied[question], Answers::TRUE) && cut_all(&self.barred[question], Answers::NOT_TRUE)
        } else {
            now.meets(Answers::TRUE) || cut_all(&self.implying[question], Answers::NOT_TRUE)
        };
        fits && self.table_of[question].is_none_or(|table| look_up(&self.tables[table], open, changed, budget))
    }
}

/// For each question, the others that are so related to it. Two rules of at most 1,000 questions fit into the numbers.
fn pairs(bounds: &Bounds<'_>, tests: &[&Test], related: fn(&Bounds<'_>, &Test, &Test) -> bool) -> Vec<Vec<u16>> {
    let others = |given: usize| {
        let others = (0_u16..).zip(tests).filter(|(other, _)| usize::from(*other) != given);
        others.filter(|(_, asked)| related(bounds, tests[given], asked)).map(|(other, _)| other).collect()
    };
    (0..tests.len()).map(others).collect()
}

fn turned(pairs: &[Vec<u16>]) -> Vec<Vec<u16>> {
    let mut turned = alloc::vec![Vec::new(); pairs.len()];
    for (given, others) in (0_u16..).zip(pairs) {
        for other in others {
            turned[usize::from(*other)].push(given);
        }
    }
    turned
}

/// Keeps only some answers to a question; whether any is left.
fn cut(open: &mut [Answers], question: usize, answers: Answers, changed: &mut Vec<usize>) -> bool {
    let kept = open[question].both(answers);
    if kept != open[question] {
        open[question] = kept;
        changed.push(question);
    }
    !kept.is_empty()
}

/// Keeps the answers of the rows that are still possible.
fn look_up(table: &Table, open: &mut [Answers], changed: &mut Vec<usize>, budget: &mut Budget) -> bool {
    budget.spend(table.rows.len() * table.questions.len());
    let mut kept = alloc::vec![Answers::NONE; table.questions.len()];
    for row in &table.rows {
        if row.iter().zip(&table.questions).all(|(answer, question)| open[*question].meets(*answer)) {
            for (kept, answer) in kept.iter_mut().zip(row) {
                *kept = kept.with(*answer);
            }
        }
    }
    table.questions.iter().zip(kept).all(|(question, kept)| cut(open, *question, kept, changed))
}
