//! Laws of replays: what was known on a day, no more and no less.

use crate::bridge;
use crate::oracle;
use crate::strategies::{Case, cases, default_cases, histories};
use crate::vary::config;
use crate::world::{Day, World};
use proptest::prelude::*;
use proptest::sample::Index;
use quorate::{AccountGraph, Assessor, GroupOnDay, Policy, Signal, SignalTally, Timeline};
use serde_json::{Value, json};

/// What a replay says of a group on a day.
fn said(group: &GroupOnDay<'_>) -> Value {
    json!({
        "day": group.day().to_string(),
        "account_id": group.account_id(),
        "group_id": group.group_id(),
        "state": group.state().token(),
        "route": group.route().map(quorate::Route::token),
        "points": group.points().to_string(),
        "readiness": group.readiness().to_string(),
        "engaged": group.engaged().to_string(),
        "current": group.current().to_string(),
        "fit": group.fit().map(|fit| fit.to_string()),
    })
}

/// The same of an assessment as JSON, the library's or the oracle's.
fn told(group: &Value, day: quorate::Day) -> Value {
    json!({
        "day": day.to_string(),
        "account_id": group["account_id"],
        "group_id": group["group_id"],
        "state": group["verdict"]["state"],
        "route": group["verdict"]["route"],
        "points": group["points"],
        "readiness": group["readiness"],
        "engaged": group["coverage"]["engaged"],
        "current": group["coverage"]["current"],
        "fit": group["fit"]["definite"],
    })
}

fn replayed(graph: &AccountGraph, signals: &[Signal], policy: &Policy, days: &[quorate::Day]) -> Vec<Value> {
    let mut all = Vec::new();
    Timeline::new(signals).replay(graph, policy, days.iter().copied(), |group| all.push(said(group))).expect("within the limits");
    let account_and_day = |group: &Value| ["account_id", "day"].map(|field| group[field].as_str().map(str::to_owned));
    assert!(all.is_sorted_by_key(account_and_day), "account by account, day by day");
    // Ranges of accounts side by side come to the whole.
    let (cut, mut parts) = (graph.accounts().count() / 2, Vec::new());
    for range in [0..cut, cut..cut, cut..usize::MAX] {
        let part = Timeline::new(signals).replay_range(graph, policy, days.iter().copied(), range, |group| parts.push(said(group)));
        part.expect("within the limits");
    }
    assert_eq!(parts, all);
    // The sort is stable.
    all.sort_by_key(|group| group["day"].to_string());
    all
}

/// Signals of a world, each learned so many days after it happened; a negative number: before it.
fn learned(world: &World, delays: &[Option<i16>]) -> Vec<Signal> {
    let mut signals = bridge::signals(world);
    for (signal, delay) in signals.iter_mut().zip(delays.iter().cycle()) {
        let moved = delay.map(|delay| signal.at.day().days_since_epoch() + i32::from(delay));
        signal.recorded_at = moved.and_then(|day| quorate::Day::from_days_since_epoch(day).ok()).map(Into::into);
    }
    signals
}

fn known(signal: &Signal) -> quorate::Day {
    signal.recorded_at.unwrap_or(signal.at).day()
}

fn delays() -> impl Strategy<Value = Vec<Option<i16>>> {
    prop::collection::vec(prop_oneof![3 => Just(None), 2 => (0_i16..40).prop_map(Some), 1 => (-9_i16..0).prop_map(Some)], 1..12)
}

/// Days around a day: near enough to each other that little changes, and far enough that much does.
fn around(day: Day) -> impl Strategy<Value = Vec<Day>> {
    prop::collection::btree_set(prop_oneof![4 => day - 12..day + 13, 1 => day - 400..day + 400], 1..7)
        .prop_map(|days| days.into_iter().collect())
}

fn replays() -> impl Strategy<Value = (Case, Vec<Day>, Vec<Option<i16>>)> {
    let case = prop_oneof![
        3 => cases(),
        1 => default_cases(),
        2 => histories().prop_map(|history| Case { world: history.world, policy: history.policy, day: history.last }),
    ];
    case.prop_flat_map(|case| (around(case.day), Just(case), delays())).prop_map(|(days, case, delays)| (case, days, delays))
}

proptest! {
    #![proptest_config(config(768))]

    /// On every day of a replay every group is what an assessment of that day says by the signals known then, however late they came.
    #[test]
    fn replay_equals_live_assessment((case, days, delays) in replays()) {
        let (graph, policy) = (bridge::graph(&case.world), bridge::policy(&case.policy));
        let signals = learned(&case.world, &delays);
        let days: Vec<quorate::Day> = days.iter().map(|day| bridge::day(*day)).collect();
        let mut live = Vec::new();
        for day in &days {
            let tally = SignalTally::from_signals(signals.iter().filter(|signal| known(signal) <= *day)).expect("within the limits");
            let assessor = Assessor::new(&graph, &tally, &policy);
            live.extend(assessor.groups(*day).map(|group| told(&serde_json::to_value(&group).expect("serialises"), *day)));
        }
        prop_assert_eq!(replayed(&graph, &signals, &policy, &days), live);
    }

    /// The same against the rational oracle, which shares nothing with either.
    #[test]
    fn replay_agrees_with_the_rational_oracle((case, days, delays) in replays()) {
        let (graph, policy) = (bridge::graph(&case.world), bridge::policy(&case.policy));
        let signals = learned(&case.world, &delays);
        let mut expected = Vec::new();
        for day in &days {
            let mut world = case.world.clone();
            let mut learned = signals.iter();
            world.signals.retain(|_| learned.next().is_some_and(|signal| known(signal) <= bridge::day(*day)));
            expected.extend(oracle::assess(&world, &case.policy, *day).iter().map(|group| told(group, bridge::day(*day))));
        }
        let days: Vec<quorate::Day> = days.iter().map(|day| bridge::day(*day)).collect();
        prop_assert_eq!(replayed(&graph, &signals, &policy, &days), expected);
    }

    /// Whatever is learned after a day, and whenever it happened, changes nothing that is said of that day or an earlier one.
    #[test]
    fn what_was_learned_later_changes_nothing((case, days, delays) in replays(), cut in any::<Index>()) {
        let (graph, policy) = (bridge::graph(&case.world), bridge::policy(&case.policy));
        let signals = learned(&case.world, &delays);
        let days: Vec<quorate::Day> = days.iter().map(|day| bridge::day(*day)).collect();
        let last = days[cut.index(days.len())];
        let then: Vec<Signal> = signals.iter().filter(|signal| known(signal) <= last).cloned().collect();
        let up_to: Vec<quorate::Day> = days.iter().copied().filter(|day| *day <= last).collect();
        let all = replayed(&graph, &signals, &policy, &days);
        let by_then: Vec<Value> = all.into_iter().take_while(|group| group["day"].as_str().is_some_and(|day| day <= last.to_string().as_str())).collect();
        prop_assert_eq!(replayed(&graph, &then, &policy, &up_to), by_then);
    }
}
