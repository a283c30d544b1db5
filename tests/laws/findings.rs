//! What a policy is said to be unable to do, it does not do: findings against the oracle.

use crate::bridge;
use crate::oracle::{self, Truth, day_of};
use crate::strategies::{Case, clashing_policies, clashing_rules, days, default_policy, sample, world_with};
use crate::vary::config;
use crate::world::{Day, Signal, TODAY};
use proptest::prelude::*;
use quorate::{Finding, FindingKind};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

fn clashing_cases() -> BoxedStrategy<Case> {
    let case = |policy: Value| (world_with(&policy), Just(policy), days());
    clashing_policies().prop_flat_map(case).prop_map(|(world, policy, day)| Case { world, policy, day }).boxed()
}

/// The rule at a path such as `qualification.any[1].at_least.of[0].not`.
fn rule_at<'a>(policy: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(policy, |value, step| match step.split_once('[') {
        Some((name, place)) => &value[name][place.trim_end_matches(']').parse::<usize>().expect("a place")],
        None => &value[step],
    })
}

fn findings(policy: &Value) -> Vec<Finding> {
    bridge::policy(policy).findings()
}

/// The rules that are found constant, with their findings.
fn constant<'a>(policy: &'a Value, found: &'a [Finding]) -> impl Iterator<Item = (&'a Value, &'a Finding)> {
    let of_rules = found.iter().filter(|finding| !matches!(finding.kind, FindingKind::UnreachableStage { .. }));
    of_rules.map(|finding| (rule_at(policy, &finding.path), finding))
}

/// The answer of every rule found constant, for every group, as far as it is wanted.
fn check(case: &Case, is_wanted: fn(&FindingKind) -> bool, is_so: fn(Truth) -> bool) -> Result<(), TestCaseError> {
    let found = findings(&case.policy);
    let wanted: Vec<_> = constant(&case.policy, &found).filter(|(_, finding)| is_wanted(&finding.kind)).collect();
    for group in oracle::groups(&case.world).iter().filter(|_| !wanted.is_empty()) {
        for day in days_of(case) {
            for (rule, finding) in &wanted {
                let answer = oracle::answer(&case.world, &case.policy, &group.id, day, rule);
                prop_assert!(is_so(answer), "{} of {} on {}: {} is {:?}: {}", finding.path, group.id, day, finding, answer, rule);
            }
        }
    }
    Ok(())
}

/// The day of the case, and the days around which some signals leave their windows.
fn days_of(case: &Case) -> Vec<Day> {
    let kinds = case.policy["kinds"].as_array().expect("kinds");
    let leaves = |signal: &Signal| {
        let kind = kinds.iter().find(|kind| kind["name"] == signal.kind.as_str())?;
        Some(day_of(&signal.at) + kind["window_days"].as_i64().expect("days"))
    };
    let mut days: Vec<Day> =
        case.world.signals.iter().rev().filter_map(leaves).take(2).flat_map(|day| [day - 1, day]).chain([case.day]).collect();
    days.dedup();
    days
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn a_rule_found_never_true_is_never_true(case in clashing_cases()) {
        check(&case, |kind| matches!(kind, FindingKind::NeverTrue(_)), |answer| answer != Truth::True)?;
    }

    /// Whatever is unknown.
    #[test]
    fn a_rule_found_always_true_is_always_true(case in clashing_cases()) {
        check(&case, |kind| matches!(kind, FindingKind::AlwaysTrue(_)), |answer| answer == Truth::True)?;
    }

    #[test]
    fn a_rule_found_never_known_is_never_known(case in clashing_cases()) {
        check(&case, |kind| matches!(kind, FindingKind::NeverKnown(_)), |answer| answer == Truth::Unknown)?;
    }

    #[test]
    fn a_stage_found_unreachable_is_never_reached(case in clashing_cases()) {
        let found = findings(&case.policy);
        let unreachable: Vec<&str> = found.iter().filter_map(unreachable_stage).collect();
        for group in oracle::assess(&case.world, &case.policy, case.day) {
            let stage = group["stage"].as_str().expect("a stage");
            prop_assert!(!unreachable.contains(&stage), "{} is {}: {:?}", group["group_id"], stage, found);
        }
    }

    /// Nothing is both, and no place is named twice.
    #[test]
    fn a_place_has_one_finding(policy in clashing_policies()) {
        let found = findings(&policy);
        let mut places: Vec<(&str, Option<&str>)> = found.iter().map(|finding| (finding.path.as_str(), unreachable_stage(finding))).collect();
        let count = places.len();
        places.sort_unstable();
        places.dedup();
        prop_assert_eq!(places.len(), count);
    }

    /// A rule and its opposite, with anything between them; unless some part is a finding of its own, or clauses drop out.
    #[test]
    fn a_contradiction_that_was_written_is_found(rule in clashing_rules(), between in prop::collection::vec(clashing_rules(), 0..3), is_any in any::<bool>()) {
        let mut policy = default_policy();
        policy["fit"]["source"] = json!("supplied");
        let parts: Vec<Value> = [rule.clone()].into_iter().chain(between).chain([json!({"not": rule})]).collect();
        policy["exclusion"] = json!({"any": [if is_any { json!({"any": parts}) } else { json!({"all": parts}) }]});
        let found = findings(&policy);
        let three_valued = ["fit", "attribute"].iter().any(|name| rule.to_string().contains(&format!("\"{name}\"")));
        let root = found.iter().find(|finding| finding.path == "exclusion");
        // "It is so, or it is not" stays open while a fact is unknown.
        if !is_any || !three_valued {
            let expected = if is_any { "always_true" } else { "never_true" };
            prop_assert_eq!(root.map(Finding::code), Some(expected), "{:?}", found);
        }
    }
}

/// Questions of every sort about which something follows from something.
fn questions() -> Vec<Value> {
    let mut questions: Vec<Value> = Vec::new();
    let role = |role: &str| json!({"role": role});
    let scopes = [json!("deciding"), role("economic_buyer"), role("champion")];
    for measure in ["filled", "engaged", "current", "possible"] {
        for of in [json!("group")].iter().chain(&scopes) {
            questions.extend(["1", "34", "50", "100"].map(|least| json!({"coverage": {"of": of, "measure": measure, "at_least": least}})));
        }
    }
    for (measure, of) in ["filled", "engaged", "current"].iter().flat_map(|measure| scopes.iter().map(move |of| (measure, of))) {
        questions.extend([1, 2].map(|least| json!({"holders": {"of": of, "measure": measure, "at_least": least}})));
    }
    for tier in ["decisive", "medium", "trace"] {
        questions.extend([0, 1, 28, 29, 30, 31].map(|days| json!({"hand_raise": {"tier": tier, "within_days": days}})));
        questions.push(json!({"hand_raise": {"tier": tier, "within_days": 30, "role": "champion"}}));
        questions.extend([1, 2].map(|least| json!({"channels": {"tier": tier, "at_least": least}})));
    }
    questions.extend([1, 2, 3].map(|least| json!({"engaged_people": {"at_least": least}})));
    questions.extend(["0.0001", "4", "10", "25"].map(|least| json!({"points": {"at_least": least}})));
    questions.extend(["0.0001", "25"].map(|least| json!({"readiness": {"at_least": least}})));
    questions.extend(["-25", "-10", "-5", "0", "0.0001", "5", "10"].map(|least| json!({"momentum": {"at_least": least}})));
    questions.extend(["rising", "falling", "steady"].map(|trend| json!({"trend": trend})));
    questions.extend([1, 2].map(|least| json!({"opponents": {"at_least": least}})));
    questions
}

/// The default policy, and two in which windows, seats, weights and thresholds lie otherwise.
fn policies_of_pairs() -> [Value; 3] {
    let mut many_seats = default_policy();
    many_seats["kinds"].as_array_mut().expect("kinds").iter_mut().for_each(|kind| kind["window_days"] = json!(30));
    many_seats["templates"][1]["seats"] = json!([{"role": "champion", "count": 3}, {"role": "economic_buyer", "count": 2}]);
    many_seats["momentum"] = json!({"days": 28, "trend_points": "5", "trend_percent": "0"});
    let mut light = default_policy();
    light["person"]["engaged_points"] = json!("3");
    light["person"]["current_days"] = json!(1);
    light["group"]["roll_up"] = json!({"type": "sum"});
    light["momentum"]["trend_points"] = json!("0");
    [default_policy(), many_seats, light]
}

/// Of every two questions, those pairs that cannot be so, as found: the first true, and the second true or false.
fn impossible_pairs(policy: &Value, questions: &[Value]) -> Vec<(usize, usize, Truth)> {
    let places = (0..questions.len()).flat_map(|one| (0..questions.len()).map(move |other| (one, other)));
    let pairs: Vec<(usize, usize, Truth)> = places.flat_map(|(i, j)| [(i, j, Truth::True), (i, j, Truth::False)]).collect();
    let written = |(one, other, truth): &(usize, usize, Truth)| {
        let other = &questions[*other];
        json!({"all": [questions[*one], if *truth == Truth::True { other.clone() } else { json!({"not": other}) }]})
    };
    let found = |chunk: &[(usize, usize, Truth)]| {
        let mut policy = policy.clone();
        policy["exclusion"] = json!({"any": chunk.iter().map(written).collect::<Vec<_>>()});
        let found = findings(&policy);
        let paths: BTreeSet<&str> =
            found.iter().filter(|finding| finding.code() == "never_true").map(|finding| finding.path.as_str()).collect();
        let is_found = |place: &usize| paths.contains(format!("exclusion.any[{place}]").as_str());
        (0..chunk.len()).filter(is_found).map(|place| chunk[place]).collect::<Vec<_>>()
    };
    pairs.chunks(500).flat_map(found).collect()
}

/// Every pair of many questions, against what groups of many worlds answered.
#[test]
fn questions_found_to_exclude_one_another_never_meet() {
    let questions = questions();
    for policy in policies_of_pairs() {
        let impossible = impossible_pairs(&policy, &questions);
        assert!(impossible.len() > 1_500, "{} of {}² pairs", impossible.len(), questions.len());
        for world in sample(&world_with(&policy), 300) {
            let case = Case { world, policy: policy.clone(), day: TODAY };
            for (group, day) in oracle::groups(&case.world).iter().flat_map(|group| days_of(&case).into_iter().map(move |day| (group, day)))
            {
                let answers = oracle::answers(&case.world, &policy, &group.id, day, &questions);
                for (one, other, truth) in &impossible {
                    let met = answers[*one] == Truth::True && answers[*other] == *truth;
                    assert!(!met, "{} is so, and {truth:?}: {}", questions[*one], questions[*other]);
                }
            }
        }
    }
}

fn unreachable_stage(finding: &Finding) -> Option<&str> {
    match finding.kind {
        FindingKind::UnreachableStage { stage, .. } => Some(stage),
        _ => None,
    }
}

/// How many policies of those drawn have each finding, so that the laws above are about something.
#[test]
fn the_strategies_bring_every_finding() {
    let mut spread: BTreeMap<String, usize> = BTreeMap::new();
    let policies = sample(&clashing_policies(), 2_000);
    for policy in &policies {
        let found = findings(policy);
        let mut names: Vec<String> = found.iter().flat_map(|finding| [name(finding), finding.code().to_owned()]).collect();
        names.push(if found.is_empty() { "none".to_owned() } else { "some".to_owned() });
        names.sort();
        names.dedup();
        for name in names {
            *spread.entry(name).or_default() += 1;
        }
    }
    let expected = [
        ("none", 50),
        ("never_true", 600),
        ("always_true", 600),
        ("never_known", 20),
        ("unreachable_stage", 600),
        ("never_true question", 200),
        ("never_true empty_list", 50),
        ("never_true together", 200),
        ("never_true parts", 100),
        ("always_true question", 200),
        ("always_true together", 100),
        ("always_true parts", 100),
        ("always_true drops_out", 10),
        ("never_known question", 20),
        ("qualified nothing_qualifies", 20),
        ("qualified always_excluded", 50),
        ("qualified excluded_when_qualified", 40),
        ("engaged points_out_of_reach", 20),
        ("recycled always_engaged", 100),
        ("aware no_positive_kind", 20),
        ("targeted fit_not_configured", 200),
        ("identified always_engaged", 100),
    ];
    let rare: Vec<_> = expected.iter().filter(|(name, least)| spread.get(*name).is_none_or(|count| count < least)).collect();
    assert!(rare.is_empty(), "too rare: {rare:?} in {spread:#?}");
}

fn name(finding: &Finding) -> String {
    format!("{} {}", unreachable_stage(finding).unwrap_or(finding.code()), finding.cause_code())
}
