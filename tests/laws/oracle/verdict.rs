//! Verdict and stage.

use super::fit::{Facts, Truth, fit};
use super::policy::tier;
use super::rules::{Case, answer, excludes, newest, trend};
use super::signals::Event;
use super::snapshot::{Scene, Snapshot};
use super::time;
use super::unknown::Unknown;
use crate::world::{Day, Disposition, Group, Opportunity};
use serde_json::{Value, json};

/// The group on a day, with all that rules look at.
pub fn case<'a>(scene: &'a Scene<'a>, group: &Group, day: Day) -> Case<'a> {
    let now = Snapshot::take(scene, group, day);
    let before = Snapshot::take(scene, group, day - scene.policy.number("/momentum/days")).points();
    let fit = fit(scene.policy, &Facts { account: now.account, heard: &heard(&now), day });
    let points = now.points();
    Case { trend: trend(&now, &before, &points), change: points - before, fit, now }
}

/// What fit may look at besides the account.
fn heard<'a>(now: &Snapshot<'a>) -> Vec<&'a Event> {
    now.named.iter().map(|(_, event)| *event).chain(now.unnamed.iter().copied()).collect()
}

/// The facts that fit waits for.
pub fn unknown(case: &Case, day: Day) -> Vec<Unknown> {
    super::unknown::unknown(case.now.policy, &Facts { account: case.now.account, heard: &heard(&case.now), day })
}

/// The first verdict that applies.
pub fn verdict(case: &Case) -> Value {
    let policy = case.now.policy;
    let disqualified = case.fit.as_ref().is_some_and(|fit| fit.disqualified);
    let excluded = case.now.account.excluded.is_some() || excludes(policy.at("/exclusion"), case);
    let rule = answer(policy.at("/qualification"), case);
    if disqualified || excluded {
        json!({"state": "excluded"})
    } else if rule == Truth::True {
        json!({"state": "qualified", "route": "rule"})
    } else if has_hand_raise(case) {
        json!({"state": "qualified", "route": "hand_raise"})
    } else if rule == Truth::False || case.now.people.is_empty() {
        json!({"state": "not_yet"})
    } else {
        json!({"state": "insufficient_data"})
    }
}

/// "A usable decisive signal, age ≤ 30, of a member who is no opponent; it qualifies at once unless fit is known to be below B."
pub fn has_hand_raise(case: &Case) -> bool {
    let policy = case.now.policy;
    let floor = policy.decimal(&format!("/fit/tiers/{}", policy.text("/hand_raise/fit_floor")));
    let below = case.fit.as_ref().is_some_and(|fit| fit.reaches(&floor) == Truth::False);
    let raised = newest_hand_raise(&case.now).is_some_and(|day| case.now.day - day <= policy.number("/hand_raise/within_days"));
    raised && !below
}

/// The day of the newest hand-raise, of any age.
pub fn newest_hand_raise(now: &Snapshot) -> Option<Day> {
    let least = tier(&now.policy.text("/hand_raise/tier"));
    let supposed = now.supposed.iter().filter(|one| one.tier >= least).map(|_| now.day);
    newest(now.actions().filter(|(_, _, kind)| kind.tier >= least).map(|(_, event, _)| event.day).chain(supposed))
}

/// The day of the newest positive signal, of any age.
pub fn newest_positive(now: &Snapshot) -> Option<Day> {
    newest(now.positive().map(|(event, _)| event.day))
}

/// Opportunities that apply to the group and exist on the day: "one without a group applies to every group of its account".
fn opportunities<'a>(scene: &'a Scene, group: &Group, day: Day) -> Vec<&'a Opportunity> {
    let applies = |opportunity: &&Opportunity| match &opportunity.group {
        Some(id) => *id == group.id,
        None => opportunity.account == group.account,
    };
    let exists = |opportunity: &&Opportunity| time::day_of(&opportunity.created_at) <= day;
    scene.world.opportunities.iter().filter(applies).filter(exists).collect()
}

/// The day an opportunity was closed; an open one may carry a date, which is no close (DESIGN).
fn closed(opportunity: &Opportunity) -> Option<Day> {
    let is_open = opportunity.outcome.as_deref().unwrap_or("open") == "open";
    opportunity.closed_at.as_deref().filter(|_| !is_open).map(time::day_of)
}

/// Day and outcome of every close that is known on the day. Won sorts after lost: "two on one day: won".
fn closes(opportunities: &[&Opportunity], day: Day) -> Vec<(Day, bool)> {
    let close = |opportunity: &&Opportunity| Some((closed(opportunity)?, opportunity.outcome.as_deref() == Some("won")));
    opportunities.iter().filter_map(close).filter(|(closed, _)| *closed <= day).collect()
}

/// Exactly one, the first that fits.
pub fn stage(scene: &Scene, group: &Group, case: &Case, verdict: &Value) -> &'static str {
    let (policy, now) = (scene.policy, &case.now);
    let opportunities = opportunities(scene, group, now.day);
    if opportunities.iter().any(|opportunity| closed(opportunity).is_none_or(|closed| closed > now.day)) {
        return "in_sales_motion";
    }
    let closes = closes(&opportunities, now.day);
    if let Some((closed, won)) = closes.iter().max() {
        if now.day - closed <= policy.number("/stages/closed_days") && !qualifies_after(scene, group, now.day, *closed) {
            return if *won { "won" } else { "lost" };
        }
    }
    let last_sign = newest(newest_positive(now).into_iter().chain(closes.iter().map(|(closed, _)| *closed)));
    let targeted = policy.decimal(&format!("/fit/tiers/{}", policy.text("/stages/targeted_fit")));
    match () {
        () if is_accepted(scene, group, &opportunities, now.day) => "sales_accepted",
        () if verdict["state"] == "qualified" => "qualified",
        () if now.points() >= policy.decimal("/stages/engaged_points") => "engaged",
        () if last_sign.is_some_and(|sign| now.day - sign >= policy.number("/stages/recycled_days")) => "recycled",
        () if is_aware(now) => "aware",
        () if case.fit.as_ref().is_some_and(|fit| fit.reaches(&targeted) == Truth::True) => "targeted",
        () => "identified",
    }
}

/// Whether the verdict of the day is qualified "using only signals dated after that close".
fn qualifies_after(scene: &Scene, group: &Group, day: Day, close: Day) -> bool {
    let events = scene.events.iter().filter(|event| event.day > close).cloned().collect();
    let later = Scene { world: scene.world, policy: scene.policy, events };
    verdict(&case(&later, group, day))["state"] == "qualified"
}

/// "The group's latest disposition ≤ D is accepted, and no opportunity that applies to it was created on or after that day." Of two at one
/// instant the rejection counts (DESIGN).
fn is_accepted(scene: &Scene, group: &Group, opportunities: &[&Opportunity], day: Day) -> bool {
    let known = |disposition: &&Disposition| disposition.group == group.id && time::day_of(&disposition.at) <= day;
    let dispositions = scene.world.dispositions.iter().filter(known);
    let latest = dispositions.max_by_key(|disposition| (time::instant(&disposition.at), disposition.verdict == "rejected"));
    latest.is_some_and(|latest| {
        let since = time::day_of(&latest.at);
        latest.verdict == "accepted" && opportunities.iter().all(|opportunity| time::day_of(&opportunity.created_at) < since)
    })
}

/// "Usable signal with positive points, age ≤ 30", inside its window.
fn is_aware(now: &Snapshot) -> bool {
    let days = now.policy.number("/stages/aware_days");
    now.positive().any(|(event, _)| now.day - event.day <= days && now.is_inside(event))
}
