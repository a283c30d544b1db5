//! One day further: where a group stands after it, and why it moved if it did.
//!
//! When several reasons to leave hold on one day, the first of exclusion, points and silence is the one given.

use alloc::vec::Vec;

use super::Place;
use super::moves::{MoveReason, RuleEnd};
use crate::assess::{GroupAssessment, Reason, Route, State};
use crate::day::Day;

/// The place after the day, and the reason if it is another one.
pub(super) fn step(before: Place, today: &GroupAssessment) -> (Place, Option<MoveReason>) {
    match before {
        Place::Out { left } => outside(left, today),
        Place::In { .. } if today.verdict.state == State::Excluded => leave(today, MoveReason::Excluded { reasons: exclusions(today) }),
        Place::In { route: Route::HandRaise, since, .. } => by_hand_raise(before, since, today),
        Place::In { route: Route::Rule, since, below_since } => by_rule(since, below_since, today),
    }
}

/// What of a day's judgement decides whether a group that is out comes in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Knock {
    pub(crate) day: Day,
    /// By what the group is qualified, if it is.
    pub(crate) route: Option<Route>,
    /// The newest hand-raise, if it is one that qualifies.
    pub(crate) raised: Option<Day>,
    pub(crate) cool_down_days: i32,
}

/// The rule lets in after the cool-down; before that only somebody who asked since the last leaving.
pub(crate) fn comes_in(left: Option<Day>, today: Knock) -> Option<Route> {
    let route = today.route?;
    let cooled = left.is_none_or(|left| today.day.days_since(left) >= today.cool_down_days);
    if route == Route::Rule && cooled {
        return Some(Route::Rule);
    }
    let raised = today.raised.filter(|raised| left.is_none_or(|left| *raised > left));
    raised.map(|_| Route::HandRaise)
}

fn outside(left: Option<Day>, today: &GroupAssessment) -> (Place, Option<MoveReason>) {
    let raised = holding(today);
    let knock = Knock { day: today.as_of, route: today.verdict.route, raised, cool_down_days: today.exit.cool_down_days };
    match (comes_in(left, knock), raised) {
        (Some(Route::Rule), _) => (stands_by_rule(today.as_of, None, today), Some(MoveReason::RuleTrue)),
        (Some(Route::HandRaise), Some(day)) => {
            (Place::In { route: Route::HandRaise, since: today.as_of, below_since: None }, Some(MoveReason::HandRaise { day }))
        }
        _ => (Place::Out { left }, None),
    }
}

fn by_hand_raise(before: Place, since: Day, today: &GroupAssessment) -> (Place, Option<MoveReason>) {
    if rule_is_true(today) {
        (stands_by_rule(since, None, today), Some(MoveReason::RuleTookOver))
    } else if today.verdict.state == State::Qualified {
        (before, None)
    } else {
        let newest = today.newest_hand_raise.map(|day| (day, days(today, day)));
        let fit_too_low = today.verdict.reasons.iter().any(|reason| matches!(reason, Reason::HandRaiseBelowFit { .. }));
        leave(today, MoveReason::HandRaiseOver { newest, fit_too_low })
    }
}

fn by_rule(since: Day, below_since: Option<Day>, today: &GroupAssessment) -> (Place, Option<MoveReason>) {
    let stays = stands_by_rule(since, below_since, today);
    let Some(ended) = ended(stays, today) else { return (stays, None) };
    match holding(today).filter(|raised| *raised > since) {
        Some(day) => (Place::In { route: Route::HandRaise, since, below_since: None }, Some(MoveReason::HandRaiseHolds { day, ended })),
        None => leave(today, MoveReason::RuleOver(ended)),
    }
}

/// Why the route by the rule ends today, if it does.
fn ended(place: Place, today: &GroupAssessment) -> Option<RuleEnd> {
    let Place::In { below_since, .. } = place else { return None };
    let low = below_since.filter(|since| today.as_of.days_since(*since) >= today.exit.below_days);
    if let Some(since) = low {
        return Some(RuleEnd::PointsLow { below: today.exit.below, since, days: days(today, since) });
    }
    // Where nothing was ever heard there is no silence that began: such a group came in by its attributes.
    let silent = today.newest_positive.filter(|newest| today.as_of.days_since(*newest) >= today.exit.silence_days);
    silent.map(|since| RuleEnd::Silent { since, days: days(today, since) })
}

/// In by the rule; the run under the exit points goes on, begins or breaks off.
fn stands_by_rule(since: Day, below_since: Option<Day>, today: &GroupAssessment) -> Place {
    let low = today.points < today.exit.below;
    Place::In { route: Route::Rule, since, below_since: low.then(|| below_since.unwrap_or(today.as_of)) }
}

const fn leave(today: &GroupAssessment, reason: MoveReason) -> (Place, Option<MoveReason>) {
    (Place::Out { left: Some(today.as_of) }, Some(reason))
}

fn rule_is_true(today: &GroupAssessment) -> bool {
    today.verdict.route == Some(Route::Rule)
}

/// The newest hand-raise, if it is one that qualifies.
fn holding(today: &GroupAssessment) -> Option<Day> {
    today.newest_hand_raise.filter(|_| today.hand_raise_holds)
}

/// Days from an earlier one.
fn days(today: &GroupAssessment, since: Day) -> u32 {
    today.as_of.days_since(since).unsigned_abs()
}

/// What excluded the group, without the questions of the rules.
fn exclusions(today: &GroupAssessment) -> Vec<Reason> {
    let excludes =
        |reason: &&Reason| matches!(reason, Reason::AccountExcluded { .. } | Reason::Disqualified { .. } | Reason::ExclusionRule);
    today.verdict.reasons.iter().filter(excludes).cloned().collect()
}
