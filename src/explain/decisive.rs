//! The questions that decide: the fewest whose answers alone force what a verdict rests on.

use alloc::vec::Vec;

use crate::assess::{Answer, Judgement, Route, State, Truth, combine_with};
use crate::policy::{CompiledRule, Shape};

/// What a verdict needs a rule to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nothing: the verdict does not rest on it.
    Nothing,
    True,
    False,
    Unknown,
    /// False or unknown.
    NotTrue,
}

impl Need {
    /// What the verdict needs the qualification rule to be.
    pub(crate) fn of_qualification(judgement: &Judgement, rule: &CompiledRule) -> Self {
        let truth = combine_with(rule, &|number| judgement.rule[number].truth);
        match (judgement.state, judgement.route) {
            (State::Excluded, _) => Self::Nothing,
            (State::Qualified, Some(Route::Rule)) => Self::True,
            (State::InsufficientData, _) => Self::Unknown,
            (State::NotYet, _) if truth == Some(Truth::False) => Self::False,
            // By hand-raise, or for want of members.
            (State::Qualified | State::NotYet, _) => Self::NotTrue,
        }
    }

    /// What the verdict needs the exclusion rule to be.
    pub(crate) const fn of_exclusion(judgement: &Judgement) -> Self {
        match (judgement.state, judgement.excluded_by_rule) {
            (State::Excluded, true) => Self::True,
            (State::Excluded, false) => Self::Nothing,
            _ => Self::NotTrue,
        }
    }

    /// Whether it is met by every answer between two.
    fn met(self, least: Truth, most: Truth) -> bool {
        match self {
            Self::Nothing => true,
            Self::True => least == Truth::True,
            Self::False => most == Truth::False,
            Self::Unknown => least == Truth::Unknown && most == Truth::Unknown,
            Self::NotTrue => most < Truth::True,
        }
    }
}

/// Whether each question decides: an inclusion-minimal set of questions whose answers meet the need, whatever the others' answers would be.
///
/// Found by leaving questions open one after another, the last of the rule first, and keeping those without which the need would not be met; so
/// of several such sets it is one with the first questions of the rule. O(questions × nodes of the rule).
///
/// "And" is the least and "or" the greatest of Kleene's answers, and "not" turns their order around; so a rule answers its least when each open
/// question answers false, or true below an odd number of "not"s, and its most when it is the other way round. Questions that drop out do so
/// by the policy alone and are no answers.
pub(crate) fn decisive(rule: &CompiledRule, answers: &[Answer], need: Need) -> Vec<bool> {
    let turned = turned(rule);
    let mut kept: Vec<bool> = answers.iter().map(|answer| answer.truth.is_some()).collect();
    for number in (0..kept.len()).rev().filter(|number| answers[*number].truth.is_some()) {
        kept[number] = false;
        kept[number] = !met(rule, answers, &kept, &turned, need);
    }
    kept
}

fn met(rule: &CompiledRule, answers: &[Answer], kept: &[bool], turned: &[bool], need: Need) -> bool {
    let end = |most: bool| {
        let of = |number: usize| answers[number].truth.map(|truth| if kept[number] { truth } else { (most != turned[number]).into() });
        combine_with(rule, &of)
    };
    end(false).zip(end(true)).is_none_or(|(least, most)| need.met(least, most))
}

/// Whether each question stands below an odd number of "not"s.
fn turned(rule: &CompiledRule) -> Vec<bool> {
    let mut turned = alloc::vec![false; rule.questions.len()];
    note_turned(&rule.shape, false, &mut turned);
    turned
}

// Recursion is bounded: a valid rule is at most 32 deep.
fn note_turned(shape: &Shape, odd: bool, turned: &mut [bool]) {
    match shape {
        Shape::Question(number) => turned[*number] = odd,
        Shape::Not(inner) => note_turned(inner, !odd, turned),
        Shape::All(shapes) | Shape::Any(shapes) | Shape::AtLeast(_, shapes) => {
            for one in shapes {
                note_turned(one, odd, turned);
            }
        }
    }
}
