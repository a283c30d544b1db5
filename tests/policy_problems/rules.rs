//! Decays, parts that belong together, criteria and rules.

use super::*;

#[test]
fn decays() {
    let steps = |steps: Value| json!({"type": "steps", "steps": steps});
    check_decay(json!({}), ": field `type` is missing");
    check_decay(
        json!({"type": "exponental"}),
        ".type: `exponental` is none of none, exponential, linear, steps, two_rate_linear (did you mean `exponential`?)",
    );
    check_decay(json!({"type": "none", "days": 3}), ": unknown field `days`");
    check_decay(json!({"type": "linear", "days": 0}), ".days: `0` is outside 1..=3650");
    check_decay(json!({"type": "linear", "days": 3651}), ".days: `3651` is outside 1..=3650");
    check_decay(json!({"type": "linear", "day": 5, "days": 5}), ": unknown field `day` (did you mean `days`?)");
    check_decay(steps(json!([])), ".steps: the list is empty; give at least one step");
    check_decay(steps(json!([{"from_day": 1, "factor": "1"}])), ".steps[0].from_day: the first step must begin at day 0");
    check_decay(steps(json!([{"from_day": 0, "factor": "1.1"}])), ".steps[0].factor: `1.1` is outside 0..=1");
    check_decay(steps(json!([{"from_day": 0, "factor": "0.0000000001"}])), ".steps[0].factor: `0.0000000001` has more than 9 decimals");
    let two = |day: i64, factor: &str| steps(json!([{"from_day": 0, "factor": "0.5"}, {"from_day": day, "factor": factor}]));
    check_decay(two(0, "0.5"), ".steps[1].from_day: a step must begin after the one before it");
    check_decay(two(5, "0.6"), ".steps[1].factor: a factor must not be above the one before it");
    check_decay(two(3651, "0.5"), ".steps[1].from_day: `3651` is outside 0..=3650");
    let bent =
        |knee: i64, factor: &str, zero: i64| json!({"type": "two_rate_linear", "knee_day": knee, "knee_factor": factor, "zero_day": zero});
    check_decay(bent(0, "0.5", 9), ".knee_day: `0` is outside 1..=3650");
    check_decay(bent(9, "0.5", 9), ".zero_day: `zero_day` must be after `knee_day`");
    check_decay(bent(9, "0.5", 3651), ".zero_day: `3651` is outside 1..=3650");
    check_decay(bent(9, "-0.1", 10), ".knee_factor: `-0.1` is outside 0..=1");
}

#[test]
fn parts_that_belong_together() {
    check("/person/bands/hot", Some(json!("10.00")), "person.bands.hot: `hot` must be above `warm`");
    check("/person/bands/super_hot", Some(json!("49")), "person.bands.super_hot: `super_hot` must be above `hot`");
    check("/group/threads/multi", Some(json!(2)), "group.threads.multi: `multi` must be above `thin`");
    check("/group/concentrated_above/numerator", Some(json!(4)), "group.concentrated_above.numerator: `4` is outside 0..=3");
    check("/group/roll_up/type", Some(json!("max")), "group.roll_up.type: `max` is none of weighted, sum, champion_mix, adobe");
    check("/group/roll_up", Some(json!({"type": "champion_mix", "max": "1.1", "mean": "0"})), "group.roll_up.max: `1.1` is outside 0..=1");
    check(
        "/group/roll_up",
        Some(json!({"type": "champion_mix", "max": "1", "mean": "0.00001"})),
        "group.roll_up.mean: `0.00001` has more than 4 decimals",
    );
    check("/fit/tiers/B", Some(json!("80.0")), "fit.tiers.B: `B` must be below `A`");
    check("/stages/targeted_fit", Some(json!("C")), "stages.targeted_fit: `C` is none of A, B");
    check("/hand_raise/fit_floor", Some(json!("D")), "hand_raise.fit_floor: `D` is none of A, B");
    check("/hand_raise/tier", Some(json!("ignored")), "hand_raise.tier: `ignored` is none of decisive, high, medium, low, trace");
    check("/hand_raise/tier", Some(json!("negative")), "hand_raise.tier: `negative` is none of decisive, high, medium, low, trace");
}

#[test]
fn criteria() {
    let one = json!([{"weight": 1, "is": {"country": {"any_of": ["DE"]}}}]);
    let of_source = "only for the source `criteria`; change the source or remove them";
    check("/fit/criteria", Some(one.clone()), &format!("fit.criteria: criteria are {of_source}"));
    check(
        "/fit/disqualifiers",
        Some(json!([{"country": {"any_of": ["DE"]}}])),
        &format!("fit.disqualifiers: disqualifiers are {of_source}"),
    );
    check("/fit/source", Some(json!("criteria")), "fit.criteria: the source `criteria` needs at least one criterion");
    let of = |criteria: Value| json!({"source": "criteria", "tiers": {"A": "80", "B": "50"}, "criteria": criteria});
    let none = json!([{"weight": 0, "is": {"country": {"any_of": ["DE"]}}}]);
    check("/fit", Some(of(none)), "fit.criteria: the weights add up to 0; give one criterion a weight above 0");
    let heavy = json!([{"weight": 1001, "is": {"country": {"any_of": ["DE"]}}}]);
    check("/fit", Some(of(heavy)), "fit.criteria[0].weight: `1001` is outside 0..=1000");
    check("/fit", Some(of(json!(vec![one[0].clone(); 1001]))), "fit.criteria: 1001 criteria are given; at most 1000 are allowed");
    let mut disqualified = of(one);
    disqualified["disqualifiers"] = json!(vec![json!({"country": {"any_of": ["DE"]}}); 1001]);
    check("/fit", Some(disqualified), "fit.disqualifiers: 1001 disqualifiers are given; at most 1000 are allowed");
    check_criterion(json!({}), ": a criterion has exactly one field, such as `industry` or `employees`");
    check_criterion(
        json!({"industry": {"any_of": ["x"]}, "country": {"any_of": ["x"]}}),
        ": a criterion has exactly one field, such as `industry` or `employees`",
    );
    check_criterion(json!({"industri": {"any_of": ["x"]}}), ": unknown field `industri` (did you mean `industry`?)");
    check_criterion(json!({"industry": {"any_of": []}}), ".industry.any_of: the list is empty; give at least one text");
    check_criterion(json!({"country": {"any_of": [5]}}), ".country.any_of[0]: a whole number where a text is expected");
    check_criterion(json!({"technologies": {"all_of": []}}), ".technologies.all_of: the list is empty; give at least one text");
    check_criterion(json!({"technologies": {"any_of": []}}), ".technologies.any_of: the list is empty; give at least one text");
    check_criterion(
        json!({"technologies": {"all_of": ["a"], "any_of": ["b"]}}),
        ".technologies: `all_of` and `any_of` exclude each other; keep one",
    );
    check_criterion(json!({"employees": {}}), ".employees: the range has no bound; give `at_least`, `at_most` or both");
    check_criterion(
        json!({"employees": {"at_least": 50}}),
        ".employees.at_least: a whole number where a decimal written as text, such as \"12.5\", is expected",
    );
    check_criterion(json!({"revenue": {"at_least": "5", "at_most": "4.9999"}}), ".revenue.at_most: `at_most` must not be below `at_least`");
    check_criterion(json!({"revenue": {"at_most": "0.00001"}}), ".revenue.at_most: `0.00001` has more than 4 decimals");
    let huge = "1000000000000000001";
    check_criterion(
        json!({"revenue": {"at_most": huge}}),
        &format!(".revenue.at_most: `{huge}` is outside -1000000000000000000..=1000000000000000000"),
    );
    check_criterion(json!({"attribute": {"name": "", "any_of": ["x"]}}), ".attribute.name: a blank text says nothing; fill it in");
    check_criterion(
        json!({"attribute": {"name": "a"}}),
        ".attribute: nothing is asked of the value; give `any_of`, `at_least` or `at_most`",
    );
    check_criterion(
        json!({"attribute": {"name": "a", "any_of": ["x"], "at_least": "5"}}),
        ".attribute: `any_of` and a range exclude each other; keep one",
    );
    check_criterion(json!({"attribute": {"name": "a", "any_of": []}}), ".attribute.any_of: the list is empty; give at least one text");
    check_criterion(
        json!({"attribute": {"name": "a", "at_least": "2", "at_most": "1"}}),
        ".attribute.at_most: `at_most` must not be below `at_least`",
    );
    check_criterion(json!({"intent": {"kind": "intent_high", "within_days": 3651}}), ".intent.within_days: `3651` is outside 0..=3650");
}

#[test]
fn rules() {
    check_rule(json!({}), ": a rule has exactly one field, such as `all` or `points`");
    check_rule(json!({"all": [], "any": []}), ": a rule has exactly one field, such as `all` or `points`");
    check_rule(json!([]), ": a list where an object is expected");
    check_rule(json!({"point": {"at_least": "1"}}), ": unknown field `point` (did you mean `points`?)");
    check_rule(json!({"any": null}), ": field `any` is missing");
    check_rule(json!({"any": [null]}), ".any[0]: null where an object is expected");
    check_rule(json!({"not": 5}), ".not: a whole number where an object is expected");
    check_rule(json!({"at_least": {"n": 0, "of": [{"all": []}]}}), ".at_least.n: `0` is outside 1..=1");
    check_rule(json!({"at_least": {"n": 2, "of": [{"all": []}]}}), ".at_least.n: `2` is outside 1..=1");
    check_rule(json!({"at_least": {"n": 1, "of": []}}), ".at_least.of: the list is empty; give at least one rule");
    check_rule(json!({"readiness": {"at_least": "100.1"}}), ".readiness.at_least: `100.1` is outside 0..=100");
    check_rule(json!({"coverage": {"of": "all", "measure": "filled", "at_least": "1"}}), ".coverage.of: `all` is none of group, deciding");
    check_rule(
        json!({"coverage": {"of": 5, "measure": "filled", "at_least": "1"}}),
        ".coverage.of: a whole number where `group`, `deciding` or an object with a `role` is expected",
    );
    check_rule(json!({"coverage": {"of": {}, "measure": "filled", "at_least": "1"}}), ".coverage.of: field `role` is missing");
    check_rule(
        json!({"coverage": {"of": "group", "measure": "full", "at_least": "1"}}),
        ".coverage.measure: `full` is none of filled, engaged, current, possible",
    );
    check_rule(json!({"holders": {"of": "group", "measure": "filled", "at_least": 1}}), ".holders.of: `group` is none of deciding, a role");
    check_rule(
        json!({"holders": {"of": "deciding", "measure": "possible", "at_least": 1}}),
        ".holders.measure: `possible` is none of filled, engaged, current",
    );
    check_rule(
        json!({"holders": {"of": "deciding", "measure": "filled", "at_least": 0}}),
        ".holders.at_least: `0` is outside 1..=4294967295",
    );
    check_rule(json!({"fit": {"tier": "C"}}), ".fit.tier: `C` is none of A, B");
    check_rule(
        json!({"hand_raise": {"tier": "ignored", "within_days": 1}}),
        ".hand_raise.tier: `ignored` is none of decisive, high, medium, low, trace",
    );
    check_rule(json!({"hand_raise": {"tier": "high", "within_days": 3651}}), ".hand_raise.within_days: `3651` is outside 0..=3650");
    check_rule(
        json!({"channels": {"tier": "negative", "at_least": 1}}),
        ".channels.tier: `negative` is none of decisive, high, medium, low, trace",
    );
    check_rule(
        json!({"momentum": {"at_least": "-1000000000000001"}}),
        ".momentum.at_least: `-1000000000000001` is outside -1000000000000000..=1000000000000000",
    );
    check_rule(json!({"trend": "up"}), ".trend: `up` is none of rising, falling, steady");
    check_rule(json!({"opponents": {"at_least": 0}}), ".opponents.at_least: `0` is outside 1..=4294967295");
    check_rule(json!({"account_excluded": true}), ".account_excluded: true or false where an object is expected");
    check_rule(json!({"account_excluded": {"why": 1}}), ".account_excluded: unknown field `why`");
    check_rule(json!({"attribute": {"name": "a"}}), ".attribute: nothing is asked of the value; give `any_of`, `at_least` or `at_most`");
    let questions = |count: usize| json!({"any": vec![json!({"opponents": {"at_least": 1}}); count]});
    check_rule(questions(1001), ": 1001 questions are given; at most 1000 are allowed");
    assert_eq!(said(&with_exclusion(questions(1000)).to_string()), [""; 0]);
}

fn with_exclusion(rule: Value) -> Value {
    let mut document = default();
    document["exclusion"] = rule;
    document
}

#[test]
fn rules_are_at_most_32_levels_deep() {
    let deep =
        |levels: usize| (1..levels).fold(json!({"opponents": {"at_least": 1}}), |rule, _| json!({"at_least": {"n": 1, "of": [rule]}}));
    assert_eq!(said(&with_exclusion(deep(32)).to_string()), [""; 0]);
    let path = format!("{}: the rule is nested too deeply; at most 32 levels are allowed", ".at_least.of[0]".repeat(32));
    check_rule((1..33).fold(json!({"trend": "steady"}), |rule, _| json!({"at_least": {"n": 1, "of": [rule]}})), &path);
    check_rule(
        (1..40).fold(json!({"trend": "steady"}), |rule, _| json!({"not": rule})),
        &format!("{}: the rule is nested too deeply; at most 32 levels are allowed", ".not".repeat(32)),
    );
    // The deepest rule that is allowed can also stand in a set of policies.
    let set = json!({"schema": 1, "policies": [{"policy": with_exclusion(deep(32))}]});
    assert!(PolicySet::from_json(&set.to_string()).is_ok());
}
