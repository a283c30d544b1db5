//! Whether more of what a search adds can ever hurt a verdict.
//!
//! Where it cannot, a set of changes is minimal when no single change of it can be left out, and a person's points are
//! decided by looking at the most.

use super::what_if::WhatIf;
use crate::policy::{CompiledRollUp, Criterion, Shape, Test, Trend};

/// Which answers a change may only lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leads {
    /// From no to yes.
    Up,
    /// From yes to no.
    Down,
    /// Where a change finds a fact out, both are tried.
    Free,
    /// Either way.
    Anywhere,
}

/// Whether no change hurts: every question of the qualification rule can only be led to the answer that it is asked for, and every one of
/// the exclusion rule away from it.
pub(super) fn monotone(what_if: &WhatIf<'_>) -> bool {
    let policy = what_if.policy();
    let opponents = what_if.roll().members.iter().any(|member| member.opponent);
    let leads = |test: &Test| leads(test, policy.roll_up, opponents);
    let qualification = &policy.qualification;
    let exclusion = &policy.exclusion;
    let fine = walk(&qualification.shape, true, &|number| leads(&qualification.questions[number].test))
        && walk(&exclusion.shape, false, &|number| leads(&exclusion.questions[number].test));
    let intents = what_if.bench().bound.policy.document().fit.disqualifiers.iter().any(Criterion::is_about_signals);
    fine && !(opponents && intents)
}

// Recursion is bounded: a valid rule is at most 32 deep.
fn walk(shape: &Shape, wanted: bool, leads: &impl Fn(usize) -> Leads) -> bool {
    match shape {
        Shape::Question(number) => match leads(*number) {
            Leads::Up => wanted,
            Leads::Down => !wanted,
            Leads::Free => true,
            Leads::Anywhere => false,
        },
        Shape::Not(inner) => walk(inner, !wanted, leads),
        Shape::All(shapes) | Shape::Any(shapes) | Shape::AtLeast(_, shapes) => shapes.iter().all(|one| walk(one, wanted, leads)),
    }
}

const fn leads(test: &Test, roll_up: CompiledRollUp, opponents: bool) -> Leads {
    let adds_up = matches!(roll_up, CompiledRollUp::Weighted | CompiledRollUp::Sum);
    match test {
        Test::Points(_) if adds_up => Leads::Up,
        // An opponent who no longer opposes had their points then, too.
        Test::Momentum(_) | Test::Trend(Trend::Rising) if adds_up && !opponents => Leads::Up,
        Test::Trend(Trend::Falling) if adds_up && !opponents => Leads::Down,
        Test::Points(_) | Test::Momentum(_) | Test::Trend(_) => Leads::Anywhere,
        Test::Readiness(_)
        | Test::Coverage(..)
        | Test::Holders(..)
        | Test::EngagedPeople(_)
        | Test::HandRaise { .. }
        | Test::Channels(..) => Leads::Up,
        Test::Opponents(_) | Test::AccountExcluded => Leads::Down,
        Test::Fit { .. } | Test::Attribute(_) => Leads::Free,
    }
}
