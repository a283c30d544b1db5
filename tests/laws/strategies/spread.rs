//! How often the strategies reach what the laws are about.

use super::Case;
use crate::oracle;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;
use std::collections::BTreeMap;

/// Parts of ten thousand by name: of the assessed groups, or, for names that start with `run`, of the cases.
pub type Spread = BTreeMap<String, usize>;

/// The first values of a strategy, the same ones in every run.
pub fn sample<S: Strategy>(strategy: &S, count: usize) -> Vec<S::Value> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| strategy.new_tree(&mut runner).expect("no filter gives up").current()).collect()
}

/// Judges the cases by the oracle and counts what they reach.
pub fn spread(cases: &[Case]) -> Spread {
    let (mut of_groups, mut of_runs, mut groups) = (BTreeMap::new(), BTreeMap::new(), 0);
    for case in cases {
        for assessment in oracle::assess(&case.world, &case.policy, case.day) {
            groups += 1;
            add(&mut of_groups, names(&assessment));
        }
        add(&mut of_runs, run_names(case));
    }
    shares(of_groups, groups).chain(shares(of_runs, cases.len())).collect()
}

fn shares(counts: BTreeMap<String, usize>, all: usize) -> impl Iterator<Item = (String, usize)> {
    counts.into_iter().map(move |(name, count)| (name, 10_000 * count / all))
}

fn add(counts: &mut BTreeMap<String, usize>, mut names: Vec<String>) {
    names.sort();
    names.dedup();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("none")
}

fn names(assessment: &Value) -> Vec<String> {
    let fields = [
        ("verdict", "/verdict/state"),
        ("route", "/verdict/route"),
        ("stage", "/stage"),
        ("threads", "/people/threads"),
        ("trend", "/momentum/trend"),
        ("tier", "/fit/tier"),
    ];
    let field = |(name, pointer): (&str, &str)| format!("{name} {}", text(assessment.pointer(pointer).unwrap_or(&Value::Null)));
    let gaps = assessment["gaps"].as_array().expect("gaps").iter();
    let gaps = gaps.map(|gap| format!("gap {} {}", text(&gap["code"]), text(&gap["severity"])));
    let intake = assessment["intake"].as_object().expect("states").iter();
    let intake = intake.filter(|(_, count)| **count != 0).map(|(state, _)| format!("intake {state}"));
    fields.into_iter().map(field).chain(gaps).chain(intake).collect()
}

fn run_names(case: &Case) -> Vec<String> {
    let intake = oracle::run_intake(&case.world);
    let states = intake.as_object().expect("states").iter().filter(|(_, count)| **count != 0);
    let conflicts = oracle::conflicts(&case.world);
    let conflict = (!conflicts.is_empty()).then(|| "run conflict".to_owned());
    states.map(|(state, _)| format!("run {state}")).chain(conflict).collect()
}

/// Every answer an assessment can give, by the name under which [`spread`] counts it.
#[cfg(test)]
const EVERYTHING: [&str; 58] = [
    "verdict excluded",
    "verdict not_yet",
    "verdict insufficient_data",
    "verdict qualified",
    "route none",
    "route rule",
    "route hand_raise",
    "stage in_sales_motion",
    "stage won",
    "stage lost",
    "stage sales_accepted",
    "stage qualified",
    "stage engaged",
    "stage recycled",
    "stage aware",
    "stage targeted",
    "stage identified",
    "threads none",
    "threads single",
    "threads thin",
    "threads multi",
    "trend rising",
    "trend falling",
    "trend steady",
    "tier none",
    "tier A",
    "tier B",
    "tier C",
    "tier D",
    "gap role_missing critical",
    "gap role_missing medium",
    "gap role_possibly_filled medium",
    "gap role_silent high",
    "gap role_silent low",
    "gap role_gone_quiet high",
    "gap role_gone_quiet low",
    "gap single_threaded high",
    "gap thin low",
    "gap concentrated medium",
    "gap opponent_in_role high",
    "gap unassigned_engaged medium",
    "intake quarantined",
    "intake unknown_kind",
    "intake future",
    "intake excluded_person",
    "intake not_a_member",
    "intake opponent",
    "intake other_solution",
    "intake decayed_out",
    "intake zero_points",
    "intake capped_daily",
    "intake capped_channel",
    "intake capped_person",
    "intake counted",
    "run duplicate",
    "run unknown_subject",
    "run known",
    "run conflict",
];

#[cfg(test)]
/// Each at least in 0.3 % of the groups.
#[track_caller]
fn check(cases: &[Case], unreachable: &[&str]) {
    let spread = spread(cases);
    let rare = |name: &&&str| spread.get(**name).is_none_or(|share| *share < 30);
    let rare: Vec<_> = EVERYTHING.iter().filter(rare).filter(|name| !unreachable.contains(name)).collect();
    assert!(rare.is_empty(), "too rare: {rare:?} in {spread:#?}");
}

#[test]
fn the_strategies_reach_every_state() {
    check(&sample(&super::cases(), 3_000), &[]);
}

#[test]
fn the_default_policy_reaches_every_state_without_fit() {
    let unreachable = ["verdict insufficient_data", "stage targeted", "tier A", "tier B", "tier C", "tier D"];
    check(&sample(&super::default_cases(), 3_000), &unreachable);
}
