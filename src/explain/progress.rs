//! How far a question has come on its way to yes, so that a search takes only steps that lead on.

use alloc::vec::Vec;

use crate::assess::{Facts, TIERS, holders, newest, role_coverage};
use crate::policy::{CompiledRule, CompiledScope, Measure, Test, Tier, Trend};

/// More than the seats of a template can come to over their common denominator.
const FAR: i128 = 1_000_000_000_000_000_000;

/// A number for each question of a rule: more is nearer to yes. For questions about facts it only tells one state from another.
pub(super) fn progress(rule: &CompiledRule, facts: &Facts<'_>) -> Vec<i128> {
    rule.questions.iter().map(|question| of(&question.test, facts)).collect()
}

fn of(test: &Test, facts: &Facts<'_>) -> i128 {
    match test {
        Test::Points(_) => facts.figures.points.0,
        Test::Readiness(_) => facts.readiness.0,
        Test::Coverage(CompiledScope::Group, measure, _) => facts.seats.mean(*measure).0,
        // Who takes one seat moves those without a role on to the next.
        Test::Coverage(CompiledScope::Best(roles), Measure::Possible, _) => {
            let asked: i128 = roles.iter().map(|role| role_coverage(role, Measure::Possible, facts).0).sum();
            asked * FAR + facts.seats.mean(Measure::Filled).0
        }
        // Every role of several counts, since the best one may be reached by way of another.
        Test::Coverage(CompiledScope::Best(roles), measure, _) => roles.iter().map(|role| role_coverage(role, *measure, facts).0).sum(),
        Test::Holders(roles, measure, _) => holders(*roles, *measure, facts) as i128,
        Test::EngagedPeople(_) => facts.crowd.engaged.into(),
        Test::Fit { .. } => facts.fit.bounds().map_or(0, |(definite, possible, _)| definite + possible),
        Test::HandRaise { tier, within_days, from } => {
            newest(*tier, *from, facts).map_or(0, |day| i128::from(facts.day.days_since(day) <= *within_days))
        }
        Test::Channels(tier, _) => i128::from(channels_from(*tier, facts).count_ones()),
        Test::Momentum(_) => facts.momentum.change.0,
        Test::Trend(asked) => trend(*asked, facts),
        Test::Opponents(_) => facts.crowd.opponents.into(),
        Test::AccountExcluded => i128::from(facts.account.excluded.is_some()),
        Test::Attribute(test) => i128::from(facts.account.attribute(&test.name).is_some()),
    }
}

/// More points lead from falling over steady to rising.
fn trend(asked: Trend, facts: &Facts<'_>) -> i128 {
    let change = facts.momentum.change.0;
    if asked == Trend::Rising { change } else { change.min(0) }
}

/// The channels heard of at each tier or a stronger one, signals that are supposed included, a bit a channel.
pub(super) fn channels(facts: &Facts<'_>) -> [u64; TIERS] {
    [Tier::Decisive, Tier::High, Tier::Medium, Tier::Low, Tier::Trace].map(|tier| channels_from(tier, facts))
}

fn channels_from(tier: Tier, facts: &Facts<'_>) -> u64 {
    crate::assess::channels(tier, facts)
}
