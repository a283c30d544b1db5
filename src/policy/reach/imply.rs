//! Which answers follow from one another: fifty points are also ten, who is current is engaged, a rising trend is a change.
//!
//! A question that is true makes another one true, or keeps it from being true, whatever the data. Only questions that are never unknown are
//! compared here.

use super::bounds::{Bounds, rounded};
use crate::policy::{CompiledRollUp, CompiledScope, Measure, RoleSet, Test, Tier, Trend};

/// Whether a question that is true makes another one true.
pub(super) fn implies(bounds: &Bounds<'_>, given: &Test, asked: &Test) -> bool {
    stronger(bounds, given, asked) || by_people(bounds, given, asked) || by_points(bounds, given, asked) || by_signals(bounds, given, asked)
}

/// Whether two questions are never true at once.
pub(super) fn bars(bounds: &Bounds<'_>, one: &Test, other: &Test) -> bool {
    match (one, other) {
        (Test::Trend(Trend::Falling), Test::Momentum(least)) | (Test::Momentum(least), Test::Trend(Trend::Falling)) => {
            *least > -bounds.trend_least
        }
        _ => false,
    }
}

/// The same question, asked more strictly.
fn stronger(bounds: &Bounds<'_>, given: &Test, asked: &Test) -> bool {
    match (given, asked) {
        (Test::Points(more), Test::Points(less))
        | (Test::Readiness(more), Test::Readiness(less))
        | (Test::Momentum(more), Test::Momentum(less)) => less <= more,
        (Test::EngagedPeople(more), Test::EngagedPeople(less)) | (Test::Opponents(more), Test::Opponents(less)) => less <= more,
        (Test::Coverage(inner, strict, more), Test::Coverage(outer, loose, less)) => {
            within(*inner, *outer) && narrower(*strict, *loose) && less <= more
        }
        (Test::Holders(inner, strict, more), Test::Holders(outer, loose, less)) => {
            inner.is_within(*outer) && narrower(*strict, *loose) && less <= more
        }
        (Test::Channels(strong, more), Test::Channels(weak, less)) => covers(bounds, *weak, *strong) && less <= more,
        (
            Test::HandRaise { tier: strong, within_days: short, from: inner },
            Test::HandRaise { tier: weak, within_days: long, from: outer },
        ) => covers(bounds, *weak, *strong) && short <= long && outer.is_none_or(|outer| inner.is_some_and(|inner| inner.is_within(outer))),
        _ => false,
    }
}

/// Whether a measure counts at most what another one counts: current ≤ engaged ≤ filled ≤ possible.
fn narrower(strict: Measure, loose: Measure) -> bool {
    let rank = |measure| match measure {
        Measure::Current => 0,
        Measure::Engaged => 1,
        Measure::Filled => 2,
        Measure::Possible => 3,
    };
    rank(strict) <= rank(loose)
}

fn within(inner: CompiledScope, outer: CompiledScope) -> bool {
    match (inner, outer) {
        (CompiledScope::Group, CompiledScope::Group) => true,
        (CompiledScope::Best(inner), CompiledScope::Best(outer)) => inner.is_within(outer),
        _ => false,
    }
}

/// Whether every kind of a tier or above is also one of another tier or above.
fn covers(bounds: &Bounds<'_>, weak: Tier, strong: Tier) -> bool {
    strong <= weak || bounds.heard(weak).kinds == bounds.heard(strong).kinds
}

/// People behind seats and seats behind people.
fn by_people(bounds: &Bounds<'_>, given: &Test, asked: &Test) -> bool {
    match (given, asked) {
        (Test::Holders(_, Measure::Engaged | Measure::Current, more), Test::EngagedPeople(less)) => less <= more,
        (Test::Coverage(_, Measure::Engaged | Measure::Current, more), Test::EngagedPeople(least)) => *more > 0 && *least <= 1,
        (Test::Coverage(scope, strict, more), Test::Holders(outer, loose, least)) => {
            let roles = roles_of(bounds, *scope);
            let counted = *strict != Measure::Possible && narrower(*strict, *loose) && roles.is_within(*outer);
            counted && *more > 0 && i128::from(*least) <= people_behind(bounds, *scope, *more)
        }
        (Test::Holders(inner, strict, people), Test::Coverage(CompiledScope::Best(outer), loose, less)) => {
            inner.is_within(*outer) && narrower(*strict, *loose) && fills_at_least(bounds, *inner, *people, *less)
        }
        (Test::HandRaise { from: Some(inner), .. }, Test::Holders(outer, Measure::Filled, least)) => inner.is_within(*outer) && *least <= 1,
        _ => false,
    }
}

/// The roles whose seats a coverage counts.
const fn roles_of(bounds: &Bounds<'_>, scope: CompiledScope) -> RoleSet {
    match scope {
        CompiledScope::Group => bounds.seated,
        CompiledScope::Best(roles) => roles,
    }
}

/// The people there must be, holding one of the roles, for a coverage above 0: in the group somebody, in the best covered role so many.
fn people_behind(bounds: &Bounds<'_>, scope: CompiledScope, coverage: i128) -> i128 {
    match scope {
        CompiledScope::Group => 1,
        CompiledScope::Best(roles) => {
            let people = roles.iter().map(|role| (coverage * bounds.seats[usize::from(role)].least + 999_999) / 1_000_000);
            people.min().unwrap_or(0)
        }
    }
}

/// Whether so many holders of the roles cover the best of these roles that far: one role at least has its share of them.
fn fills_at_least(bounds: &Bounds<'_>, roles: RoleSet, people: u32, coverage: i128) -> bool {
    let share = i128::from(people.div_ceil(roles.len().max(1)));
    roles.iter().all(|role| {
        let seats = bounds.seats[usize::from(role)].most;
        share.min(seats) * 1_000_000 >= coverage * seats
    })
}

/// Points behind a change of points, and behind engaged people.
fn by_points(bounds: &Bounds<'_>, given: &Test, asked: &Test) -> bool {
    match (given, asked) {
        // Points then were at least 0, so that points now are at least the change.
        (Test::Momentum(change), Test::Points(least)) => least <= change,
        (Test::Trend(Trend::Rising), Test::Points(least) | Test::Momentum(least)) => *least <= bounds.trend_least,
        (Test::EngagedPeople(people) | Test::Holders(_, Measure::Engaged | Measure::Current, people), Test::Points(least)) => {
            *least <= points_of(bounds, *people)
        }
        _ => false,
    }
}

/// The points that so many engaged people bring at least, in 10⁻¹³.
fn points_of(bounds: &Bounds<'_>, people: u32) -> i128 {
    let policy = bounds.policy;
    let points = i128::from(people) * i128::from(policy.engaged_at);
    let weights = policy.roles.iter().map(|role| role.weight);
    match policy.roll_up {
        CompiledRollUp::Weighted => points * i128::from(weights.fold(policy.unknown_weight, i64::min)),
        CompiledRollUp::Sum => rounded(points, 10_000_000),
        CompiledRollUp::ChampionMix { .. } | CompiledRollUp::Adobe => 0,
    }
}

/// Signals behind channels, hand-raises and engaged people.
fn by_signals(bounds: &Bounds<'_>, given: &Test, asked: &Test) -> bool {
    match (given, asked) {
        (Test::HandRaise { tier: strong, within_days, .. }, Test::Channels(weak, least)) => {
            let inside = bounds.heard(*strong).windows.is_some_and(|(shortest, _)| *within_days < shortest);
            covers(bounds, *weak, *strong) && inside && *least <= 1
        }
        (Test::Channels(strong, more), Test::HandRaise { tier: weak, within_days, from: None }) => {
            let inside = bounds.heard(*strong).windows.is_some_and(|(_, longest)| longest <= *within_days + 1);
            covers(bounds, *weak, *strong) && inside && *more > 0
        }
        (Test::EngagedPeople(people) | Test::Holders(_, Measure::Engaged | Measure::Current, people), Test::Channels(tier, least)) => {
            *people > 0 && *least <= 1 && counts_every_positive(bounds, *tier)
        }
        (Test::Holders(inner, Measure::Current, people), Test::HandRaise { tier, within_days, from }) => {
            let young = *within_days >= i32::from(bounds.policy.current_days);
            *people > 0 && young && counts_every_positive(bounds, *tier) && from.is_none_or(|outer| inner.is_within(outer))
        }
        _ => false,
    }
}

/// Whether every kind with positive points is of that tier or above: whoever has points has been heard of in one.
fn counts_every_positive(bounds: &Bounds<'_>, tier: Tier) -> bool {
    bounds.positive.is_some_and(|weakest| weakest <= tier)
}
