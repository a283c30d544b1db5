//! Which answers a part of a rule can have, over all that data could answer to its questions together.
//!
//! First a few complete sets of answers show what is possible; what they leave open is searched for, question by question, the rule being
//! evaluated after each with what is still open, and what it demands of the others carried through. The steps are bounded: what was not decided within them counts as possible.

use alloc::vec::Vec;

use super::answers::Answers;
use super::demand::demands;
use super::model::{Budget, Model};
use super::tree::{How, Tree};

/// Steps for all the rules of a policy; a step looks at one part or one pair of questions.
const STEPS: usize = 1 << 24;
/// Steps for one answer of one part.
const STEPS_OF_ONE: usize = 1 << 20;

/// The answers that each part can have; no part is without any. At most some millions of steps, however large the rules are.
pub(super) fn possible(tree: &Tree<'_>, model: &Model) -> Vec<Answers> {
    let parts = tree.parts.len();
    let none = || alloc::vec![Answers::NONE; parts];
    let mut search = Search { tree, model, budget: Budget::of(STEPS), found: none(), demanded: none(), seen: none() };
    for wanted in Answers::EACH {
        let preferred = search.preferred(wanted);
        search.show(model.open.clone(), &preferred);
    }
    for part in 0..parts {
        search.decide(part);
    }
    search.seen
}

struct Search<'s, 'p> {
    tree: &'s Tree<'p>,
    model: &'s Model,
    budget: Budget,
    /// The answers of parts under the answers looked at last.
    found: Vec<Answers>,
    /// The answers that parts must give for the one that is looked for.
    demanded: Vec<Answers>,
    /// The answers that parts were seen to have.
    seen: Vec<Answers>,
}

/// Where a search for an answer ended.
enum End {
    /// Some answers bring it about.
    Found,
    /// None do.
    Never,
    /// The steps are spent.
    Open,
}

impl Search<'_, '_> {
    /// Finds out which answers one part can have; those of its own parts are known.
    fn decide(&mut self, part: usize) {
        let alone = self.tree.combine(part, |of| self.seen[of], &self.model.open);
        for answer in Answers::EACH {
            if alone.meets(answer) && !self.seen[part].meets(answer) {
                match self.look_for(part, answer) {
                    End::Found | End::Open => self.seen[part] = self.seen[part].with(answer),
                    End::Never => {}
                }
            }
        }
    }

    /// Goes through the answers to the questions of a part, one at a time.
    fn look_for(&mut self, part: usize, wanted: Answers) -> End {
        let mut budget = Budget::of(STEPS_OF_ONE.min(self.budget.left()));
        let before = budget.left();
        let mut waiting = Vec::from([self.model.open.clone()]);
        let mut end = End::Never;
        while let Some(mut open) = waiting.pop() {
            let may_be = self.narrow(part, wanted, &mut open, &mut budget);
            if budget.is_spent() {
                end = End::Open;
                break;
            }
            match self.next_question(part, wanted) {
                _ if !may_be => {}
                Some((question, first)) => self.branch(&open, question, first, &mut waiting, &mut budget),
                None => {
                    end = End::Found;
                    break;
                }
            }
        }
        self.budget.spend(before - budget.left());
        end
    }

    /// Keeps the answers that the part demands for the wanted one, until no more follows; whether it can still give it.
    fn narrow(&mut self, part: usize, wanted: Answers, open: &mut [Answers], budget: &mut Budget) -> bool {
        let first = self.tree.parts[part].first;
        loop {
            budget.spend(2 * (part - first + 1));
            if budget.is_spent() || !self.tree.evaluate(part, open, &mut self.found).meets(wanted) {
                return false;
            }
            demands(self.tree, part, wanted, &self.found, &mut self.demanded);
            let mut is_settled = true;
            for at in first..=part {
                let How::Asks(question) = self.tree.parts[at].how else { continue };
                if open[question].both(self.demanded[at]) != open[question] {
                    is_settled = false;
                    if !self.model.choose(open, question, self.demanded[at], budget) {
                        return false;
                    }
                }
            }
            if is_settled {
                return true;
            }
        }
    }

    /// A question on which the part still depends, and the answer that is most likely to bring it to the wanted one.
    fn next_question(&self, part: usize, wanted: Answers) -> Option<(usize, Answers)> {
        let (mut at, mut wanted) = (part, wanted);
        while !self.found[at].is_settled() {
            match self.tree.parts[at].how {
                How::Asks(question) => return Some((question, wanted)),
                How::Not => wanted = wanted.negated(),
                How::AtLeast(_) | How::Certainly => {}
            }
            at = *self.tree.parts[at].of.iter().find(|of| !self.found[**of].is_settled())?;
        }
        None
    }

    /// Adds what follows from each answer to a question, the first to be looked at last.
    fn branch(&self, open: &[Answers], question: usize, first: Answers, waiting: &mut Vec<Vec<Answers>>, budget: &mut Budget) {
        for answer in in_turn(first).into_iter().rev().filter(|answer| open[question].meets(*answer)) {
            let mut chosen = open.to_vec();
            budget.spend(open.len() / 16);
            if self.model.choose(&mut chosen, question, answer, budget) {
                waiting.push(chosen);
            }
        }
    }

    /// Chooses an answer to every question that is still open, and notes what each part then answers.
    fn show(&mut self, mut open: Vec<Answers>, preferred: &[Answers]) {
        for (question, first) in preferred.iter().enumerate() {
            let fits = in_turn(*first).into_iter().find_map(|answer| {
                let mut chosen = open.clone();
                self.model.choose(&mut chosen, question, answer, &mut self.budget).then_some(chosen)
            });
            let Some(chosen) = fits else { return };
            open = chosen;
        }
        for part in 0..self.tree.parts.len() {
            self.found[part] = self.tree.combine(part, |of| self.found[of], &open);
            self.seen[part] = self.seen[part].with(self.found[part]);
        }
    }

    /// For each question the answer that works towards an answer of the rules: the opposite under `not`.
    fn preferred(&self, wanted: Answers) -> Vec<Answers> {
        let mut of_parts = alloc::vec![wanted; self.tree.parts.len()];
        let mut preferred = alloc::vec![wanted; self.tree.tests.len()];
        for (at, part) in self.tree.parts.iter().enumerate().rev() {
            let wanted = if part.how == How::Not { of_parts[at].negated() } else { of_parts[at] };
            part.of.iter().for_each(|of| of_parts[*of] = wanted);
            if let How::Asks(question) = part.how {
                preferred[question] = wanted;
            }
        }
        preferred
    }
}

/// Every answer, the given one first.
const fn in_turn(first: Answers) -> [Answers; 3] {
    match first {
        Answers::TRUE => [Answers::TRUE, Answers::UNKNOWN, Answers::FALSE],
        Answers::UNKNOWN => [Answers::UNKNOWN, Answers::TRUE, Answers::FALSE],
        _ => [Answers::FALSE, Answers::UNKNOWN, Answers::TRUE],
    }
}
