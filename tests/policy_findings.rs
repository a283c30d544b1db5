//! What a policy can never do, with the place and the words that say so.

#![allow(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "a test says what it expects in the shortest way"
)]

use quorate::{Finding, FindingKind, Policy, PolicyEntry, PolicySet, Stage};
use serde_json::{Value, json};

fn default() -> Value {
    serde_json::from_str(include_str!("../src/policy/default.json")).unwrap()
}

/// The default document with supplied fit, so that no stage is out of reach, and with edits.
fn with(edits: &[(&str, Value)]) -> Value {
    let mut document = default();
    document["fit"]["source"] = json!("supplied");
    for (pointer, value) in edits {
        *document.pointer_mut(pointer).unwrap() = value.clone();
    }
    document
}

fn findings(document: &Value) -> Vec<Finding> {
    Policy::from_json(&document.to_string()).unwrap().findings()
}

/// Findings as `path: sentence`.
fn said(document: &Value) -> Vec<String> {
    findings(document).iter().map(|finding| format!("{}: {finding}", finding.path)).collect()
}

/// A document has exactly these findings.
#[track_caller]
fn check(edits: &[(&str, Value)], expected: &[&str]) {
    assert_eq!(said(&with(edits)), expected, "{edits:?}");
}

/// So does one with this rule in place of the exclusion rule, below a list with one more question; paths are told from there.
#[track_caller]
fn check_rule(rule: Value, expected: &[&str]) {
    check_rule_of(&[], rule, expected);
}

#[track_caller]
fn check_rule_of(edits: &[(&str, Value)], rule: Value, expected: &[&str]) {
    let more = json!({"not": {"account_excluded": {}}});
    let mut document = with(edits);
    document["exclusion"] = json!({"at_least": {"n": 1, "of": [more, rule]}});
    let found: Vec<String> = said(&document);
    let found: Vec<&str> = found.iter().filter_map(|said| said.strip_prefix("exclusion.at_least.of[1]")).collect();
    assert_eq!(found, expected, "{}", document["exclusion"]);
}

fn points(least: &str) -> Value {
    json!({"points": {"at_least": least}})
}

fn not(rule: Value) -> Value {
    json!({"not": rule})
}

const CONTRADICTION: &str = ": never true: its parts contradict one another";
const NO_CASE_LEFT: &str = ": always true: its parts leave no case out";

#[track_caller]
fn check_contradiction(one: Value, other: Value) {
    check_rule(json!({"all": [one, other]}), &[CONTRADICTION]);
    check_rule(json!({"any": [not(one), not(other)]}), &[NO_CASE_LEFT]);
}

#[test]
fn the_default_policy_has_one_finding() {
    let expected = ["fit.source: no group can reach the stage targeted: the policy does not say how fit is measured"];
    assert_eq!(said(&default()), expected);
    check(&[], &[]);
}

#[test]
fn a_question_and_its_opposite_contradict_one_another() {
    for question in [
        points("100"),
        json!({"readiness": {"at_least": "50"}}),
        json!({"coverage": {"of": "group", "measure": "filled", "at_least": "50"}}),
        json!({"holders": {"of": "deciding", "measure": "engaged", "at_least": 2}}),
        json!({"engaged_people": {"at_least": 2}}),
        json!({"fit": {"tier": "A", "where_configured": true}}),
        json!({"hand_raise": {"tier": "high", "within_days": 30, "role": "champion"}}),
        json!({"channels": {"tier": "medium", "at_least": 3}}),
        json!({"momentum": {"at_least": "-5"}}),
        json!({"trend": "steady"}),
        json!({"opponents": {"at_least": 1}}),
        json!({"account_excluded": {}}),
        json!({"attribute": {"name": "segment", "any_of": ["smb"]}}),
    ] {
        let three_valued = question.get("fit").or(question.get("attribute")).is_some();
        check_rule(json!({"all": [question, not(question.clone())]}), &[CONTRADICTION]);
        check_rule(json!({"any": [not(question.clone()), question]}), if three_valued { &[] } else { &[NO_CASE_LEFT] });
    }
}

#[test]
fn thresholds_of_one_number_contradict_one_another() {
    check_contradiction(points("100"), not(points("50")));
    check_contradiction(points("100"), not(points("100.00")));
    check_rule(json!({"all": [points("50"), not(points("100"))]}), &[]);
    check_contradiction(json!({"readiness": {"at_least": "20.0001"}}), not(json!({"readiness": {"at_least": "20"}})));
    check_contradiction(json!({"momentum": {"at_least": "-5"}}), not(json!({"momentum": {"at_least": "-5.5"}})));
    check_contradiction(json!({"engaged_people": {"at_least": 3}}), not(json!({"engaged_people": {"at_least": 2}})));
    check_contradiction(json!({"opponents": {"at_least": 2}}), not(json!({"opponents": {"at_least": 1}})));
}

#[test]
fn what_follows_from_a_question_contradicts_its_opposite() {
    let coverage = |of: Value, measure: &str, least: &str| json!({"coverage": {"of": of, "measure": measure, "at_least": least}});
    let holders = |of: Value, measure: &str, least: u32| json!({"holders": {"of": of, "measure": measure, "at_least": least}});
    let (group, deciding) = (json!("group"), json!("deciding"));
    let (buyer, champion) = (json!({"role": "economic_buyer"}), json!({"role": "champion"}));
    for (strict, loose) in [("current", "engaged"), ("engaged", "filled"), ("filled", "possible"), ("current", "possible")] {
        check_contradiction(coverage(group.clone(), strict, "50"), not(coverage(group.clone(), loose, "50")));
    }
    check_contradiction(coverage(buyer.clone(), "filled", "50"), not(coverage(deciding.clone(), "filled", "40")));
    check_rule(json!({"all": [coverage(champion.clone(), "filled", "50"), not(coverage(deciding.clone(), "filled", "40"))]}), &[]);
    check_contradiction(holders(buyer.clone(), "current", 2), not(holders(deciding.clone(), "engaged", 1)));
    check_contradiction(holders(champion.clone(), "engaged", 2), not(json!({"engaged_people": {"at_least": 2}})));
    check_contradiction(holders(champion.clone(), "filled", 1), not(coverage(champion.clone(), "filled", "100")));
    check_contradiction(coverage(champion.clone(), "engaged", "1"), not(holders(champion.clone(), "filled", 1)));
    check_contradiction(coverage(group, "current", "1"), not(json!({"engaged_people": {"at_least": 1}})));
    check_contradiction(json!({"engaged_people": {"at_least": 2}}), not(points("4")));
    check_rule(json!({"all": [{"engaged_people": {"at_least": 2}}, not(points("4.0001"))]}), &[]);
    check_contradiction(json!({"momentum": {"at_least": "25"}}), not(points("25")));
    check_contradiction(json!({"trend": "rising"}), not(points("10")));
    check_contradiction(json!({"trend": "rising"}), not(json!({"momentum": {"at_least": "10"}})));
    check_contradiction(json!({"trend": "falling"}), json!({"momentum": {"at_least": "-9.9999"}}));
    check_contradiction(json!({"trend": "falling"}), json!({"trend": "steady"}));
}

#[test]
fn a_signal_of_one_sort_is_a_signal_of_the_other() {
    let raise = |tier: &str, days: u32| json!({"hand_raise": {"tier": tier, "within_days": days}});
    let by = |tier: &str, days: u32, role: &str| json!({"hand_raise": {"tier": tier, "within_days": days, "role": role}});
    let channels = |tier: &str, least: u32| json!({"channels": {"tier": tier, "at_least": least}});
    check_contradiction(raise("decisive", 30), not(raise("high", 30)));
    check_contradiction(raise("high", 7), not(raise("high", 30)));
    check_contradiction(by("high", 7, "champion"), not(raise("medium", 7)));
    check_contradiction(
        by("high", 7, "champion"),
        not(json!({"holders": {"of": {"role": "champion"}, "measure": "filled", "at_least": 1}})),
    );
    check_rule(json!({"all": [raise("high", 7), not(by("high", 7, "champion"))]}), &[]);
    check_contradiction(channels("high", 2), not(channels("medium", 2)));
    check_contradiction(raise("high", 89), not(channels("high", 1)));
    check_rule(json!({"all": [raise("high", 90), not(channels("high", 1))]}), &[]);
    check_contradiction(channels("high", 1), not(raise("high", 179)));
    check_contradiction(json!({"engaged_people": {"at_least": 1}}), not(channels("trace", 1)));
}

#[test]
fn tests_of_one_attribute_contradict_one_another() {
    let any_of = |texts: &[&str]| json!({"attribute": {"name": "seats", "any_of": texts}});
    let within = |low: &str, high: &str| json!({"attribute": {"name": "seats", "at_least": low, "at_most": high}});
    let all = |one: Value, other: Value| json!({"all": [one, other]});
    check_rule(all(any_of(&["a", "b"]), any_of(&["c"])), &[CONTRADICTION]);
    check_rule(all(any_of(&["a", "b"]), any_of(&["b", "c"])), &[]);
    check_rule(all(any_of(&["a"]), not(any_of(&["a", "b"]))), &[CONTRADICTION]);
    check_rule(all(within("1", "2"), within("2.0001", "3")), &[CONTRADICTION]);
    check_rule(all(within("1", "2"), within("2", "3")), &[]);
    check_rule(all(any_of(&["5", "many"]), within("6", "9")), &[CONTRADICTION]);
    check_rule(all(any_of(&["6.50", "many"]), within("6", "9")), &[]);
    check_rule(all(within("1", "2"), not(within("0", "3"))), &[CONTRADICTION]);
    let elsewhere = json!({"attribute": {"name": "segment", "any_of": ["c"]}});
    check_rule(all(any_of(&["a", "b"]), elsewhere), &[]);
}

#[test]
fn the_cause_is_the_smallest_part() {
    let clash = json!({"all": [points("100"), not(points("50"))]});
    check_rule(
        json!({"any": [{"trend": "rising"}, {"all": [{"trend": "rising"}, clash.clone()]}]}),
        &[".any[1].all[1]: never true: its parts contradict one another"],
    );
    check_rule(json!({"not": {"all": [{"trend": "rising"}, clash]}}), &[".not.all[1]: never true: its parts contradict one another"]);
    let two_of_three = json!({"at_least": {"n": 2, "of": [{"trend": "rising"}, {"trend": "falling"}, {"trend": "steady"}]}});
    check_rule(two_of_three, &[CONTRADICTION]);
    check_rule(json!({"any": [{"trend": "rising"}, {"trend": "falling"}, {"trend": "steady"}]}), &[NO_CASE_LEFT]);
    check_rule(json!({"all": [{"any": []}, points("5")]}), &[".all[0]: never true: one of an empty list"]);
    check_rule(json!({"any": [{"all": []}, points("5")]}), &[".any[0]: always true: all of an empty list"]);
}

#[test]
fn thresholds_of_0_ask_for_nothing() {
    check_rule(points("0"), &[": always true: at least 0 points"]);
    check_rule(json!({"readiness": {"at_least": "0"}}), &[": always true: readiness of at least 0 %"]);
    check_rule(json!({"engaged_people": {"at_least": 0}}), &[": always true: at least 0 engaged people"]);
    check_rule(json!({"channels": {"tier": "high", "at_least": 0}}), &[": always true: high or stronger activity in at least 0 channels"]);
    let coverage = json!({"coverage": {"of": "group", "measure": "engaged", "at_least": "0"}});
    check_rule(coverage, &[": always true: at least 0 % of the roles needed are filled by engaged people"]);
    check_rule(json!({"momentum": {"at_least": "0"}}), &[]);
}

#[test]
fn what_the_policy_cannot_bring_is_never_true() {
    let seats = ("/person/seat_full_points", json!("100"));
    let cap = |points: &str| ("/person/cap", json!(points));
    let mean = ("/group/roll_up", json!({"type": "adobe"}));
    let mix = ("/group/roll_up", json!({"type": "champion_mix", "max": "0.6", "mean": "0.4"}));
    let readiness = |least: &str| json!({"readiness": {"at_least": least}});
    check_rule_of(
        &[cap("80"), seats.clone()],
        readiness("80.0001"),
        &[": never true: readiness of at least 80.0001 %, and this policy allows at most 80"],
    );
    check_rule_of(&[cap("80"), seats], readiness("80"), &[]);
    check_rule_of(
        core::slice::from_ref(&mean),
        points("200.0001"),
        &[": never true: at least 200.0001 points, and this policy allows at most 200"],
    );
    check_rule_of(&[mean], points("200"), &[]);
    check_rule_of(
        core::slice::from_ref(&mix),
        json!({"momentum": {"at_least": "201"}}),
        &[": never true: a change of at least 201 points, and this policy allows at most 200"],
    );
    check_rule_of(&[mix], json!({"momentum": {"at_least": "-200"}}), &[": always true: a change of at least -200 points"]);
    check_rule_of(&[], points("1000000"), &[]);
    check_rule_of(
        &[cap("9.99")],
        json!({"engaged_people": {"at_least": 1}}),
        &[": never true: at least 1 engaged person, and this policy allows at most 0"],
    );
    check_rule(
        json!({"channels": {"tier": "decisive", "at_least": 2}}),
        &[": never true: decisive activity in at least 2 channels, and this policy allows at most 1"],
    );
    check_rule(json!({"channels": {"tier": "high", "at_least": 5}}), &[]);
    let low: Vec<Value> = default()["kinds"].as_array().unwrap().iter().filter(|kind| kind["tier"] == "low").cloned().collect();
    check_rule_of(
        &[("/kinds", json!(low))],
        json!({"hand_raise": {"tier": "high", "within_days": 30}}),
        &[": never true: high activity within 30 days, and nothing in this policy can bring that"],
    );
}

#[test]
fn without_roles_that_decide_nobody_decides() {
    let mut roles = default()["roles"].clone();
    roles.as_array_mut().unwrap().iter_mut().for_each(|role| role["decides"] = json!(false));
    check_rule_of(
        &[("/roles", roles)],
        json!({"holders": {"of": "deciding", "measure": "filled", "at_least": 1}}),
        &[": never true: at least 1 person in a deciding role known, and not against it, and this policy allows at most 0"],
    );
}

#[test]
fn without_members_there_is_nobody() {
    let nobody = json!(["employee", "consultant", "student", "competitor", "own_staff", "partner"]);
    let nobody = [("/excluded_relationships", nobody)];
    check_rule_of(
        &nobody,
        json!({"opponents": {"at_least": 1}}),
        &[": never true: at least 1 person against it, and this policy allows at most 0"],
    );
    // Unnamed visitors stay: 200 points at a weight of 20.
    check_rule_of(&nobody, points("40"), &[]);
    check_rule_of(&nobody, points("41"), &[": never true: at least 41 points, and this policy allows at most 40"]);
}

#[test]
fn fit_that_is_not_configured_is_never_known_or_not_asked() {
    let none = [("/fit/source", json!("none"))];
    let fit = |where_configured: bool| json!({"fit": {"tier": "B", "where_configured": where_configured}});
    check_rule_of(
        &none,
        fit(false),
        &[": never answered, neither yes nor no: fit of tier B or better, and the policy does not say how fit is measured"],
    );
    check_rule_of(&none, json!({"all": [fit(true), points("5")]}), &[]);
    check_rule_of(&none, fit(true), &[]);
    let mut document = with(&none);
    document["qualification"] = json!({"all": [fit(true)]});
    let expected = "qualification: always true: it is about fit alone, and the policy does not say how fit is measured";
    assert_eq!(said(&document)[0], expected);
    document["exclusion"] = json!({"all": [fit(true)]});
    assert!(said(&document).iter().all(|said| !said.starts_with("exclusion")), "it excludes nobody, as an empty list does");
}

#[test]
fn a_constant_rule_is_named_with_its_cause() {
    check(&[("/qualification/all/0/points/at_least", json!("0"))], &["qualification.all[0]: always true: at least 0 points"]);
    check(
        &[("/qualification", json!({"all": [points("0")]}))],
        &["qualification: always true: parts of it are always the same", "qualification.all[0]: always true: at least 0 points"],
    );
    check(&[("/qualification", json!({"all": []}))], &["qualification: always true: all of an empty list"]);
    check(&[("/qualification", json!({"any": []}))], &["qualification: never true: one of an empty list"]);
    check(&[("/exclusion", json!({"any": []}))], &[]);
    check(
        &[("/exclusion", json!({"all": []}))],
        &[
            "exclusion: always true: all of an empty list",
            "exclusion: no group can reach the stage qualified: the exclusion rule is always true",
        ],
    );
}

#[test]
fn stages_that_no_group_can_reach_are_named() {
    let only = |wanted: &[&str]| -> Value {
        let kinds = default()["kinds"].as_array().unwrap().clone();
        kinds.into_iter().filter(|kind| wanted.contains(&kind["name"].as_str().unwrap())).collect()
    };
    check(
        &[
            ("/exclusion", json!({"all": [points("50")]})),
            ("/hand_raise/tier", json!("decisive")),
            ("/kinds", only(&["page_view", "form_fill", "live_chat"])),
        ],
        &["qualification: no group can reach the stage qualified: whatever would qualify a group also excludes it"],
    );
    check(
        &[("/qualification", json!({"any": []})), ("/kinds", only(&["page_view"]))],
        &[
            "qualification: never true: one of an empty list",
            "qualification: no group can reach the stage qualified: neither the rule nor a signal that asks to talk can qualify one",
        ],
    );
    check(
        &[("/group/roll_up", json!({"type": "adobe"})), ("/stages/engaged_points", json!("500"))],
        &["stages.engaged_points: no group can reach the stage engaged: it takes 500 points, and this policy allows at most 200"],
    );
    let after = |stage: &str| {
        let why = "the stage engaged comes before it and asks for no points, so every group has reached that";
        format!("stages.engaged_points: no group can reach the stage {stage}: {why}")
    };
    let expected = ["recycled", "aware", "targeted", "identified"].map(after);
    assert_eq!(said(&with(&[("/stages/engaged_points", json!("0"))])), expected);
    let silent = with(&[("/kinds", only(&["email_open"])), ("/qualification", json!({"all": [{"account_excluded": {}}]}))]);
    assert_eq!(
        said(&silent),
        [
            "qualification: no group can reach the stage qualified: whatever would qualify a group also excludes it",
            "stages.engaged_points: no group can reach the stage engaged: it takes 10 points, and this policy allows at most 0",
            "kinds: no group can reach the stage aware: no kind of signal has points above 0",
        ]
    );
}

#[test]
fn stages_are_named_by_their_tokens() {
    let mut document = with(&[("/stages/engaged_points", json!("0")), ("/exclusion", json!({"all": []}))]);
    document["fit"]["source"] = json!("none");
    for finding in findings(&document) {
        if let FindingKind::UnreachableStage { stage, .. } = finding.kind {
            assert!(Stage::ALL.iter().any(|(token, _)| *token == stage), "{stage}");
        }
    }
}

#[test]
fn the_findings_of_a_set_name_its_policies() {
    let policy = |document: &Value| PolicyEntry::everywhere(Policy::from_json(&document.to_string()).unwrap());
    let set = PolicySet::new(vec![policy(&with(&[])), policy(&default())]).unwrap();
    let paths: Vec<String> = set.findings().into_iter().map(|finding| finding.path).collect();
    assert_eq!(paths, ["policies[1].policy.fit.source"]);
}

#[test]
fn findings_serialise_with_codes_and_their_sentence() {
    let found = findings(&default());
    let expected = json!({
        "code": "unreachable_stage",
        "path": "fit.source",
        "cause": "fit_not_configured",
        "stage": "targeted",
        "message": "no group can reach the stage targeted: the policy does not say how fit is measured",
    });
    assert_eq!(serde_json::to_value(&found[0]).unwrap(), expected);
    assert_eq!((found[0].code(), found[0].cause_code()), ("unreachable_stage", "fit_not_configured"));
}

/// As many questions as a rule may have, and as deep: contradictions that are near are found, and no claim is made about what would take
/// too long to prove.
#[test]
fn the_largest_rules_come_to_an_end() {
    let thresholds: Vec<Value> = (1..=999).map(|least| points(&least.to_string())).collect();
    let mut all = thresholds.clone();
    all.push(not(points("500")));
    assert_eq!(said(&with(&[("/qualification", json!({"all": all}))])), ["qualification: never true: its parts contradict one another"]);

    let segments: Vec<Value> = (0..1000).map(|i| json!({"attribute": {"name": format!("a{i}"), "any_of": ["x"]}})).collect();
    assert_eq!(said(&with(&[("/qualification", json!({"any": segments}))])), [""; 0]);

    // Half of them, and half of their opposites: no answers bring more than half of both, which takes all of them to prove.
    let none = |i: &usize| json!({"attribute": {"name": format!("a{i}"), "any_of": ["x"]}});
    let (some, others): (Vec<Value>, Vec<Value>) = (0..60).map(|i| (none(&i), not(none(&i)))).unzip();
    let hard = json!({"all": [{"at_least": {"n": 31, "of": some}}, {"at_least": {"n": 30, "of": others}}]});
    assert_eq!(said(&with(&[("/qualification", hard)])), [""; 0]);

    let deep = (0..29).fold(json!({"all": [points("9"), not(points("8"))]}), |rule, _| json!({"not": rule}));
    assert_eq!(said(&with(&[("/qualification", deep)])).len(), 2);
}
