//! Every way in which a policy document can be wrong, with the place and the words that say so.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    clippy::format_push_string,
    clippy::too_many_lines,
    reason = "a test says what it expects in the shortest way"
)]

use quorate::{
    AttributeTest, ChannelName, ChannelRule, Criterion, Decay, DecayStep, FitCriterion, FitSource, FitTier, Fraction, KindName, Measure,
    Policy, PolicyDocument, PolicySet, Predicate, Range, Relationship, RoleName, RollUp, Rule, Scope, Seat, TemplateName, Tier, ValueTest,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// Problems as `path: message`, in the order of the report.
fn said(text: &str) -> Vec<String> {
    Policy::from_json(text).map_or_else(|problems| problems.iter().map(ToString::to_string).collect(), |_| Vec::new())
}

fn default() -> Value {
    serde_json::from_str(include_str!("../src/policy/default.json")).unwrap()
}

/// Puts a value at a pointer, appends it where the pointer ends in `-`, or removes what is there when there is no value.
fn edit(document: &mut Value, pointer: &str, value: Option<Value>) {
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}"));
    match (parent, value) {
        (Value::Array(items), Some(value)) if last == "-" => items.push(value),
        (Value::Array(items), Some(value)) => items[last.parse::<usize>().unwrap()] = value,
        (Value::Array(items), None) => drop(items.remove(last.parse().unwrap())),
        (Value::Object(fields), Some(value)) => drop(fields.insert(last.into(), value)),
        (Value::Object(fields), None) => drop(fields.remove(last).unwrap()),
        _ => panic!("{pointer} is no place"),
    }
}

/// The default document with one edit has exactly this problem.
#[track_caller]
fn check(pointer: &str, value: Option<Value>, expected: &str) {
    let mut document = default();
    edit(&mut document, pointer, value.clone());
    assert_eq!(said(&document.to_string()), [expected], "{pointer} = {value:?}");
}

/// The same for a rule in place of the exclusion rule: the path is told from there.
#[track_caller]
fn check_rule(rule: Value, expected: &str) {
    check("/exclusion", Some(rule), &format!("exclusion{expected}"));
}

/// The same for a criterion that disqualifies.
#[track_caller]
fn check_criterion(criterion: Value, expected: &str) {
    let german = json!({"weight": 1, "is": {"country": {"any_of": ["DE"]}}});
    let fit = json!({"source": "criteria", "tiers": {"A": "80", "B": "50"}, "criteria": [german],
        "disqualifiers": [criterion]});
    check("/fit", Some(fit), &format!("fit.disqualifiers[0]{expected}"));
}

/// The same for a decay of the first kind.
#[track_caller]
fn check_decay(decay: Value, expected: &str) {
    check("/kinds/0/decay", Some(decay), &format!("kinds[0].decay{expected}"));
}

#[test]
fn whole_numbers_have_their_ranges() {
    let rows = [
        ("/schema", 1, 1),
        ("/roles/2/weight", 0, 1000),
        ("/templates/0/seats/1/count", 1, 1000),
        ("/kinds/3/daily_cap", 1, 1000),
        ("/kinds/3/window_days", 1, 3650),
        ("/kinds/3/decay/half_life_days", 1, 3650),
        ("/person/current_days", 0, 3650),
        ("/group/threads/thin", 2, 4_294_967_295_i64),
        ("/group/concentrated_above/denominator", 1, 1_000_000),
        ("/momentum/days", 1, 3650),
        ("/stages/closed_days", 0, 3650),
        ("/stages/recycled_days", 1, 3650),
        ("/stages/aware_days", 0, 3650),
        ("/hand_raise/within_days", 0, 3650),
        ("/exit/below_days", 0, 3650),
        ("/exit/silence_days", 1, 3650),
        ("/exit/cool_down_days", 0, 3650),
        ("/qualification/all/2/any/0/holders/at_least", 1, 4_294_967_295),
        ("/qualification/all/1/engaged_people/at_least", 0, 4_294_967_295),
        ("/qualification/all/4/channels/at_least", 0, 4_294_967_295),
    ];
    for (pointer, least, most) in rows {
        let path = path(pointer);
        for value in [least - 1, most + 1, i64::MAX] {
            check(pointer, Some(json!(value)), &format!("{path}: `{value}` is outside {least}..={most}"));
        }
        check(
            pointer,
            Some(json!(1.5)),
            &format!("{path}: a number with a point (write decimals as text, such as \"12.5\") where a whole number is expected"),
        );
        check(pointer, Some(json!("1")), &format!("{path}: a text where a whole number is expected"));
    }
}

/// `kinds[3].points` for `/kinds/3/points`.
fn path(pointer: &str) -> String {
    let mut path = String::new();
    for part in pointer.split('/').skip(1) {
        match part.parse::<usize>() {
            Ok(index) => path += &format!("[{index}]"),
            Err(_) if path.is_empty() => path.push_str(part),
            Err(_) => path += &format!(".{part}"),
        }
    }
    path
}

#[test]
fn decimals_have_their_ranges_and_places() {
    let rows = [
        ("/kinds/3/points", 2, "-10000", "10000"),
        ("/channels/6/cap", 2, "0", "1000000"),
        ("/person/cap", 2, "0.01", "1000000"),
        ("/person/engaged_points", 2, "0.01", "1000000"),
        ("/person/seat_full_points", 2, "0.01", "10000"),
        ("/person/bands/warm", 2, "0", "1000000"),
        ("/person/bands/hot", 2, "0", "1000000"),
        ("/person/bands/super_hot", 2, "0", "1000000"),
        ("/momentum/trend_points", 2, "0", "1000000000000000"),
        ("/momentum/trend_percent", 4, "0", "100"),
        ("/fit/tiers/A", 4, "0.0001", "100"),
        ("/fit/tiers/B", 4, "0.0001", "100"),
        ("/stages/engaged_points", 4, "0", "1000000000000000"),
        ("/exit/below_points", 4, "0", "1000000000000000"),
        ("/qualification/all/0/points/at_least", 4, "0", "1000000000000000"),
        ("/qualification/all/3/coverage/at_least", 4, "0", "100"),
    ];
    for (pointer, places, least, most) in rows {
        let path = path(pointer);
        for value in ["-10001", "1000000000000001", "79228162514264337593543950335"] {
            check(pointer, Some(json!(value)), &format!("{path}: `{value}` is outside {least}..={most}"));
        }
        let fine = format!("0.{}1", "0".repeat(places));
        check(pointer, Some(json!(fine)), &format!("{path}: `{fine}` has more than {places} decimals"));
        for none in ["", "1e3", "1,5", "+1", "NaN"] {
            let words = format!("{path}: `{none}` is no decimal number; write digits with at most one point, such as `12.5`");
            check(pointer, Some(json!(none)), &words);
        }
        check(pointer, Some(json!(12)), &format!("{path}: a whole number where a decimal written as text, such as \"12.5\", is expected"));
        let float = "a number with a point (write decimals as text, such as \"12.5\")";
        check(pointer, Some(json!(12.5)), &format!("{path}: {float} where a decimal written as text, such as \"12.5\", is expected"));
    }
}

#[test]
fn every_field_is_needed_unless_it_has_a_default() {
    let optional = [
        "decides",
        "champions",
        "cap",
        "sales_action",
        "weekdays_only",
        "left_out_tiers",
        "left_out_kinds",
        "role_weighted",
        "criteria",
        "disqualifiers",
        "where_configured",
    ];
    let sections = [
        "/relationship_domains",
        "/evidence",
        "/follow_up",
        "/back_test",
        "/network",
        "/attribution",
        "/titles",
        "/titles/before",
        "/titles/after",
        "/titles/roles",
    ];
    let mut removed = 0;
    let mut places = Vec::new();
    fields(&default(), "", &mut places);
    // The conditions of a rule that gives a role are each optional, all of them together are not: `title_roles_ask_something`.
    let is_condition = |place: &String| place.starts_with("/titles/roles/") && !place.ends_with("/role");
    // Of the forms of a model one is needed, of the parts of its positions each is 0 when absent: `models_have_one_form_and_whole_parts`.
    let is_choice = |place: &String| {
        let form = ["/decay", "/channels", "/positions"].iter().any(|form| place.ends_with(form));
        place.starts_with("/attribution/models/") && (form || place.contains("/positions/"))
    };
    for place in places.into_iter().filter(|place| !is_condition(place) && !is_choice(place)) {
        let (parent, field) = place.rsplit_once('/').unwrap();
        let mut document = default();
        edit(&mut document, &place, None);
        let problems = said(&document.to_string());
        let mut null = default();
        edit(&mut null, &place, Some(Value::Null));
        assert_eq!(said(&null.to_string()), problems, "null is absent: {place}");
        if sections.contains(&place.as_str()) || (optional.contains(&field) && !["/person", "/network/strength"].contains(&parent)) {
            assert_eq!(problems, [""; 0], "{place}");
        } else {
            let at = path(parent);
            let expected = if at.is_empty() { format!("field `{field}` is missing") } else { format!("{at}: field `{field}` is missing") };
            assert_eq!(problems, [expected], "{place}");
            removed += 1;
        }
    }
    assert!(removed > 250, "{removed}");
}

#[test]
fn models_have_one_form_and_whole_parts() {
    let one_form = "attribution.models[0]: a model has one of `positions`, `decay` and `channels`";
    check("/attribution/models/0/positions", None, one_form);
    let both = json!({"name": "first", "positions": {"first": "100"}, "channels": "markov"});
    check("/attribution/models/0", Some(both), one_form);
    let sum = "attribution.models[0].positions: the parts add up to 99.9999; they must add up to 100";
    check("/attribution/models/0/positions/first", Some(json!("99.9999")), sum);
    let middle = "attribution.models[0].positions: everything is for the middle; give a milestone a part, or every touch the same by `decay` of the type `none`";
    check("/attribution/models/0/positions", Some(json!({"middle": "100"})), middle);
    let word = "attribution.models[8].channels: `markof` is none of markov, shapley (did you mean `markov`?)";
    check("/attribution/models/8/channels", Some(json!("markof")), word);
    check("/attribution/model", Some(json!("w_shapped")), "attribution.model: unknown model `w_shapped` (did you mean `w_shaped`?)");
    check("/attribution/models/1/name", Some(json!("first")), "attribution.models[1].name: model `first` is given twice; keep one");
    let kind = "attribution.left_out_kinds[0]: unknown kind `demo_reqest` (did you mean `demo_request`?)";
    check("/attribution/left_out_kinds", Some(json!(["demo_reqest"])), kind);
}

/// The pointers of all fields whose absence is one, rather than another form: a rule or criterion is named by its only field.
fn fields(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(all) => {
            for (name, value) in all {
                let form = all.len() == 1 && !["type", "at_least"].contains(&name.as_str());
                if !form && !at.ends_with("/of") {
                    found.push(format!("{at}/{name}"));
                }
                fields(value, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| fields(item, &format!("{at}/{i}"), found)),
        _ => {}
    }
}

#[test]
fn texts_names_and_words() {
    let long = "x".repeat(257);
    let start = "x".repeat(60);
    check("/name", Some(json!("")), "name: a blank text says nothing; fill it in");
    check("/version", Some(json!(" \t")), "version: a blank text says nothing; fill it in");
    check("/name", Some(json!(long)), &format!("name: `{start}…` has 257 bytes; at most 256 are allowed"));
    check("/version", Some(json!(1)), "version: a whole number where a text is expected");
    check("/membership", Some(json!("al")), "membership: `al` is none of all, explicit (did you mean `all`?)");
    check(
        "/kinds/3/tier",
        Some(json!("hihg")),
        "kinds[3].tier: `hihg` is none of decisive, high, medium, low, trace, ignored, negative (did you mean `high`?)",
    );
    check(
        "/kinds/3/tier",
        Some(json!("decisiv")),
        "kinds[3].tier: `decisiv` is none of decisive, high, medium, low, trace, ignored, negative (did you mean `decisive`?)",
    );
    check("/fit/source", Some(json!("score")), "fit.source: `score` is none of none, criteria, supplied");
    check(
        "/excluded_relationships/0",
        Some(json!("consultants")),
        "excluded_relationships[0]: `consultants` is none of employee, consultant, partner, competitor, student, own_staff \
         (did you mean `consultant`?)",
    );
    check("/excluded_relationships/0", Some(json!(7)), "excluded_relationships[0]: a whole number where a text is expected");
    check(
        "/excluded_relationships/1",
        Some(json!("partner")),
        "excluded_relationships[4]: relationship `partner` is given twice; keep one",
    );
    check("/roles/0/decides", Some(json!("yes")), "roles[0].decides: a text where true or false is expected");
    check("/roles/1/name", Some(json!(" coach")), "roles[1].name: role ` coach` begins or ends with white space; trim it");
    check("/kinds/1/name", Some(json!("")), "kinds[1].name: kind is blank; give it an id");
    check("/channels/1/name", Some(json!("a\nb")), "channels[1].name: channel `a\\nb` holds a control character; remove it");
    check("/templates/1/name", Some(json!(null)), "templates[1]: field `name` is missing");
    check("/default_template", Some(json!(["standard"])), "default_template: a list where a text is expected");
}

#[test]
fn shapes() {
    check("/kinds", Some(json!({})), "kinds: an object where a list is expected");
    check("/kinds/0", Some(json!("demo_request")), "kinds[0]: a text where an object is expected");
    check("/kinds/0", Some(json!(null)), "kinds[0]: null where an object is expected");
    check("/person", Some(json!([])), "person: a list where an object is expected");
    check("/templates/0/seats", Some(json!(3)), "templates[0].seats: a whole number where a list is expected");
    check("/excluded_relationships", Some(json!("partner")), "excluded_relationships: a text where a list is expected");
    check("/kinds/3/half_life", Some(json!(1)), "kinds[3]: unknown field `half_life`");
    check("/kinds/3/window", Some(json!(1)), "kinds[3]: unknown field `window`");
    check("/kinds/3/pionts", Some(json!(1)), "kinds[3]: unknown field `pionts` (did you mean `points`?)");
    check("/role", Some(json!([])), "unknown field `role` (did you mean `roles`?)");
    check("/qualification/all/0/points/at_most", Some(json!("5")), "qualification.all[0].points: unknown field `at_most`");
    let twice = default().to_string().replacen("\"daily_cap\":1,", "\"daily_cap\":1,\"daily_cap\":2,", 1);
    assert_eq!(said(&twice), ["kinds[0]: field `daily_cap` stands twice; keep one"]);
    assert_eq!(said("[]"), ["a list where an object is expected"]);
    assert_eq!(said("{"), ["not readable as a document: EOF while parsing an object at line 1 column 1"]);
    assert_eq!(said("{}").len(), 19);
}

#[test]
fn names_and_references() {
    check("/roles/-", Some(json!({"name": "coach", "weight": 5})), "roles[10].name: role `coach` is given twice; keep one");
    check("/templates/0/name", Some(json!("standard")), "templates[1].name: template `standard` is given twice; keep one");
    check("/channels/-", Some(json!({"name": "none"})), "channels[13].name: channel `none` is given twice; keep one");
    check("/kinds/25/name", Some(json!("page_view")), "kinds[25].name: kind `page_view` is given twice; keep one");
    check("/default_template", Some(json!("standrad")), "default_template: unknown template `standrad` (did you mean `standard`?)");
    check("/default_template", Some(json!("Janitors")), "default_template: unknown template `Janitors`");
    check("/kinds/3/channel", Some(json!("produkt")), "kinds[3].channel: unknown channel `produkt` (did you mean `product`?)");
    check(
        "/templates/0/seats/1/role",
        Some(json!("chmpion")),
        "templates[0].seats[1].role: unknown role `chmpion` (did you mean `champion`?)",
    );
    check("/templates/0/seats/1/role", Some(json!("end_user")), "templates[0].seats[2].role: role `end_user` is given twice; keep one");
    check(
        "/templates/0/seats/1/role",
        Some(json!("unknown")),
        "templates[0].seats[1].role: `unknown` stands for no role and takes no seat",
    );
    check("/roles/9", None, "roles: the role `unknown` is missing; add it with the weight of people without a role");
    check("/roles/9/decides", Some(json!(true)), "roles[9].decides: `unknown` stands for no role and cannot decide");
    check("/roles/9/champions", Some(json!(true)), "roles[9].champions: `unknown` stands for no role and cannot champion");
    let of_role = |role: &str| json!({"holders": {"of": {"role": role}, "measure": "filled", "at_least": 1}});
    check_rule(of_role("coahc"), ".holders.of.role: unknown role `coahc` (did you mean `coach`?)");
    check_rule(of_role("unknown"), ".holders.of.role: `unknown` stands for no role; nobody holds it");
    let raised = |role: &str| json!({"hand_raise": {"tier": "high", "within_days": 9, "role": role}});
    check_rule(raised("chief"), ".hand_raise.role: unknown role `chief`");
    check_rule(raised("unknown"), ".hand_raise.role: `unknown` stands for no role; nobody holds it");
    let covered = json!({"coverage": {"of": {"role": "buyer"}, "measure": "filled", "at_least": "5"}});
    check_rule(json!({"not": {"any": [covered]}}), ".not.any[0].coverage.of.role: unknown role `buyer`");
    check_criterion(json!({"intent": {"kind": "intent_low", "within_days": 9}}), ".intent.kind: unknown kind `intent_low`");
}

#[test]
fn a_name_that_cannot_be_read_hides_no_reference() {
    // Every reference to the champion would be unknown; but which role the first one was meant to be is not known either.
    check("/roles/3/name", Some(json!("champion ")), "roles[3].name: role `champion ` begins or ends with white space; trim it");
    check("/channels/6/name", Some(json!(5)), "channels[6].name: a whole number where a text is expected");
    check("/kinds", None, "field `kinds` is missing");
}

#[test]
fn lists_and_sums() {
    let mut document = default();
    document["templates"] = json!([]);
    let expected = ["templates: the list is empty; give at least one template", "default_template: unknown template `standard`"];
    assert_eq!(said(&document.to_string()), expected);
    check("/templates/0/seats", Some(json!([])), "templates[0].seats: the list is empty; give at least one seat");
    let numbered = |count: usize, mut item: Value| {
        let mut named = |i: usize| {
            item["name"] = json!(format!("x{i}"));
            item.clone()
        };
        (0..count).map(&mut named).collect::<Vec<_>>()
    };
    let mut document = default();
    let roles = document["roles"].as_array_mut().unwrap();
    roles.extend(numbered(55, json!({"weight": 1})));
    assert_eq!(said(&document.to_string()), ["roles: 65 roles are given; at most 64 are allowed"]);
    let mut document = default();
    document["channels"].as_array_mut().unwrap().extend(numbered(52, json!({})));
    assert_eq!(said(&document.to_string()), ["channels: 65 channels are given; at most 64 are allowed"]);
    let mut document = default();
    let kind = document["kinds"][19].clone();
    document["kinds"].as_array_mut().unwrap().extend(numbered(4070, kind));
    assert_eq!(said(&document.to_string()), ["kinds: 4096 kinds are given; at most 4095 are allowed"]);
    document["kinds"].as_array_mut().unwrap().pop();
    assert_eq!(said(&document.to_string()), [""; 0]);
    let mut document = default();
    let template = document["templates"][0].clone();
    document["templates"].as_array_mut().unwrap().extend(numbered(998, template));
    assert_eq!(said(&document.to_string()), ["templates: 1001 templates are given; at most 1000 are allowed"]);
    let weights = "templates[0].seats: the weights of the roles add up to 0; a template needs one role above 0";
    let mut document = default();
    for role in [0, 3, 6] {
        edit(&mut document, &format!("/roles/{role}/weight"), Some(json!(0)));
    }
    assert_eq!(said(&document.to_string()), [weights]);
    let primes = [991, 997, 983, 977, 971, 967, 953, 947];
    let mut document = default();
    for (i, prime) in primes.iter().enumerate() {
        edit(&mut document, &format!("/templates/2/seats/{i}/count"), Some(json!(prime)));
    }
    let common = "templates[2].seats: the counts have a least common multiple above 1000000000000; use fewer different counts";
    assert_eq!(said(&document.to_string()), [common]);
}

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

#[test]
fn ten_defects_are_reported_at_once_in_the_order_of_the_document() {
    let mut document = default();
    for (pointer, value) in [
        ("/exit/silence_days", Some(json!(0))),
        ("/qualification/all/0/points/at_least", Some(json!(100))),
        ("/qualification/all/2/any/1/all/0/holders/of/role", Some(json!("chmpion"))),
        ("/stages/targeted_fit", Some(json!("C"))),
        ("/person/bands/hot", Some(json!("5"))),
        ("/kinds/17/channel", Some(json!("intnt"))),
        ("/kinds/2/points", Some(json!("90.001"))),
        ("/default_template", None),
        ("/templates/0/seats/2/count", Some(json!(0))),
        ("/roles/4/wieght", Some(json!(5))),
    ] {
        edit(&mut document, pointer, value);
    }
    let expected = [
        "field `default_template` is missing",
        "roles[4]: unknown field `wieght` (did you mean `weight`?)",
        "templates[0].seats[2].count: `0` is outside 1..=1000",
        "kinds[2].points: `90.001` has more than 2 decimals",
        "kinds[17].channel: unknown channel `intnt` (did you mean `intent`?)",
        "person.bands.hot: `hot` must be above `warm`",
        "stages.targeted_fit: `C` is none of A, B",
        "qualification.all[0].points.at_least: a whole number where a decimal written as text, such as \"12.5\", is expected",
        "qualification.all[2].any[1].all[0].holders.of.role: unknown role `chmpion` (did you mean `champion`?)",
        "exit.silence_days: `0` is outside 1..=3650",
    ];
    assert_eq!(said(&document.to_string()), expected);
}

/// Documents that were built rather than read meet the same ranges: one row for each check that the reader would make earlier.
#[test]
fn built_documents_are_checked_as_read_ones_are() {
    type Row = (fn(&mut PolicyDocument), &'static str);
    let rows: &[Row] = &[
        (|d| d.name.clear(), "name: a blank text says nothing; fill it in"),
        (|d| d.roles[2].weight = 1001, "roles[2].weight: `1001` is outside 0..=1000"),
        (|d| d.roles.push(d.roles[8].clone()), "roles[10].name: role `coach` is given twice; keep one"),
        (|d| d.templates[0].seats[1].count = 0, "templates[0].seats[1].count: `0` is outside 1..=1000"),
        (|d| d.templates[0].seats.push(Seat { role: role("cook"), count: 1 }), "templates[0].seats[3].role: unknown role `cook`"),
        (|d| d.default_template = TemplateName::new("x").unwrap(), "default_template: unknown template `x`"),
        (
            |d| d.excluded_relationships.push(Relationship::Partner),
            "excluded_relationships[5]: relationship `partner` is given twice; keep one",
        ),
        (
            |d| d.channels.push(ChannelRule { name: ChannelName::new("x").unwrap(), cap: Some(number("0.001")) }),
            "channels[13].cap: `0.001` has more than 2 decimals",
        ),
        (|d| d.kinds[3].points = number("10000.01"), "kinds[3].points: `10000.01` is outside -10000..=10000"),
        (|d| d.kinds[3].daily_cap = 0, "kinds[3].daily_cap: `0` is outside 1..=1000"),
        (|d| d.kinds[3].window_days = 0, "kinds[3].window_days: `0` is outside 1..=3650"),
        (|d| d.kinds[3].decay = Decay::Exponential { half_life_days: 0 }, "kinds[3].decay.half_life_days: `0` is outside 1..=3650"),
        (|d| d.kinds[3].decay = Decay::Linear { days: 3651 }, "kinds[3].decay.days: `3651` is outside 1..=3650"),
        (
            |d| d.kinds[3].decay = Decay::Steps(vec![DecayStep { from_day: 0, factor: number("2") }]),
            "kinds[3].decay.steps[0].factor: `2` is outside 0..=1",
        ),
        (|d| d.kinds[3].decay = two_rates(1, "0.0000000001", 2), "kinds[3].decay.knee_factor: `0.0000000001` has more than 9 decimals"),
        (|d| d.kinds[3].decay = two_rates(1, "0.5", 3651), "kinds[3].decay.zero_day: `3651` is outside 1..=3650"),
        (|d| d.person.cap = Decimal::ZERO, "person.cap: `0` is outside 0.01..=1000000"),
        (|d| d.person.engaged_points = Decimal::ZERO, "person.engaged_points: `0` is outside 0.01..=1000000"),
        (|d| d.person.seat_full_points = number("10000.01"), "person.seat_full_points: `10000.01` is outside 0.01..=10000"),
        (|d| d.person.current_days = 3651, "person.current_days: `3651` is outside 0..=3650"),
        (|d| d.person.bands.warm = number("-1"), "person.bands.warm: `-1` is outside 0..=1000000"),
        (|d| d.group.roll_up = RollUp::ChampionMix { max: number("0.5"), mean: number("2") }, "group.roll_up.mean: `2` is outside 0..=1"),
        (|d| d.group.threads.thin = 1, "group.threads.thin: `1` is outside 2..=4294967295"),
        (
            |d| d.group.concentrated_above = Fraction { numerator: 0, denominator: 0 },
            "group.concentrated_above.denominator: `0` is outside 1..=1000000",
        ),
        (|d| d.momentum.days = 0, "momentum.days: `0` is outside 1..=3650"),
        (|d| d.momentum.trend_points = number("-1"), "momentum.trend_points: `-1` is outside 0..=1000000000000000"),
        (|d| d.momentum.trend_percent = number("100.5"), "momentum.trend_percent: `100.5` is outside 0..=100"),
        (|d| d.fit.tiers.b = Decimal::ZERO, "fit.tiers.B: `0` is outside 0.0001..=100"),
        (criterion_of_weight_1001, "fit.criteria[0].weight: `1001` is outside 0..=1000"),
        (criterion_of_a_long_text, "LONG"),
        (|d| d.stages.closed_days = 3651, "stages.closed_days: `3651` is outside 0..=3650"),
        (|d| d.stages.engaged_points = number("-1"), "stages.engaged_points: `-1` is outside 0..=1000000000000000"),
        (|d| d.stages.recycled_days = 0, "stages.recycled_days: `0` is outside 1..=3650"),
        (|d| d.stages.aware_days = 3651, "stages.aware_days: `3651` is outside 0..=3650"),
        (|d| d.stages.targeted_fit = FitTier::D, "stages.targeted_fit: `D` is none of A, B"),
        (|d| d.hand_raise.tier = Tier::Negative, "hand_raise.tier: `negative` is none of decisive, high, medium, low, trace"),
        (|d| d.hand_raise.within_days = 3651, "hand_raise.within_days: `3651` is outside 0..=3650"),
        (|d| d.exit.below_points = number("0.00001"), "exit.below_points: `0.00001` has more than 4 decimals"),
        (|d| d.exit.below_days = 3651, "exit.below_days: `3651` is outside 0..=3650"),
        (|d| d.exit.silence_days = 0, "exit.silence_days: `0` is outside 1..=3650"),
        (|d| d.exit.cool_down_days = 3651, "exit.cool_down_days: `3651` is outside 0..=3650"),
        (
            |d| ask(d, Predicate::Points { at_least: Decimal::MAX }),
            "exclusion.points.at_least: `79228162514264337593543950335` is outside 0..=1000000000000000",
        ),
        (|d| ask(d, Predicate::Readiness { at_least: number("101") }), "exclusion.readiness.at_least: `101` is outside 0..=100"),
        (
            |d| ask(d, Predicate::Coverage { of: Scope::Group, measure: Measure::Possible, at_least: number("101") }),
            "exclusion.coverage.at_least: `101` is outside 0..=100",
        ),
        (
            |d| ask(d, Predicate::Holders { of: Scope::Deciding, measure: Measure::Filled, at_least: 0 }),
            "exclusion.holders.at_least: `0` is outside 1..=4294967295",
        ),
        (
            |d| ask(d, Predicate::HandRaise { tier: Tier::High, within_days: 3651, role: None }),
            "exclusion.hand_raise.within_days: `3651` is outside 0..=3650",
        ),
        (
            |d| ask(d, Predicate::Momentum { at_least: number("0.00001") }),
            "exclusion.momentum.at_least: `0.00001` has more than 4 decimals",
        ),
        (|d| ask(d, Predicate::Opponents { at_least: 0 }), "exclusion.opponents.at_least: `0` is outside 1..=4294967295"),
        (
            |d| ask(d, Predicate::Attribute(attribute(Range { at_least: Some(Decimal::MIN), at_most: None }))),
            "exclusion.attribute.at_least: `-79228162514264337593543950335` is outside -1000000000000000000..=1000000000000000000",
        ),
        (
            |d| ask(d, Predicate::Attribute(attribute(Range { at_least: None, at_most: None }))),
            "exclusion.attribute: nothing is asked of the value; give `any_of`, `at_least` or `at_most`",
        ),
        (|d| d.exclusion = Rule::AtLeast { n: 1, of: vec![] }, "exclusion.at_least.of: the list is empty; give at least one rule"),
        (|d| d.exclusion = nested(10_000), "DEEP"),
    ];
    let deep = format!("exclusion{}: the rule is nested too deeply; at most 32 levels are allowed", ".not".repeat(32));
    let long = format!("fit.criteria[0].is.country.any_of[1]: `{}…` has 4097 bytes; at most 4096 are allowed", "x".repeat(60));
    for (change, expected) in rows {
        let mut document = Policy::default().into_document();
        change(&mut document);
        let expected = match *expected {
            "DEEP" => &deep,
            "LONG" => &long,
            other => other,
        };
        let problems = Policy::new(document).map_or_else(|problems| problems.iter().map(ToString::to_string).collect(), |_| Vec::new());
        assert_eq!(problems, [expected]);
    }
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn role(name: &str) -> RoleName {
    RoleName::new(name).unwrap()
}

fn two_rates(knee_day: u16, factor: &str, zero_day: u16) -> Decay {
    Decay::TwoRateLinear { knee_day, knee_factor: number(factor), zero_day }
}

fn ask(document: &mut PolicyDocument, predicate: Predicate) {
    document.exclusion = Rule::Is(predicate);
}

fn attribute(range: Range) -> AttributeTest {
    AttributeTest { name: "seats".into(), test: ValueTest::Within(range) }
}

fn criterion_of_weight_1001(document: &mut PolicyDocument) {
    document.fit.source = FitSource::Criteria;
    let kind = KindName::new("intent_high").unwrap();
    document.fit.criteria.push(FitCriterion { weight: 1001, is: Criterion::Intent { kind, within_days: 9 } });
}

fn criterion_of_a_long_text(document: &mut PolicyDocument) {
    document.fit.source = FitSource::Criteria;
    document.fit.criteria.push(FitCriterion { weight: 1, is: Criterion::Country(vec!["DE".into(), "x".repeat(4097)]) });
}

fn nested(levels: usize) -> Rule {
    (1..levels).fold(Rule::Any(Vec::new()), |rule, _| Rule::Not(Box::new(rule)))
}

#[test]
fn the_greatest_and_the_least_numbers_are_allowed() {
    let mut document = Policy::default().into_document();
    document.kinds[0].points = number("-10000.00");
    document.kinds[1].points = number("10000");
    document.person.cap = number("1000000");
    document.person.seat_full_points = number("0.01");
    document.kinds[0].window_days = 3650;
    document.kinds[0].decay = Decay::Exponential { half_life_days: 3650 };
    document.kinds[0].daily_cap = 1000;
    document.exclusion = Rule::Is(Predicate::Momentum { at_least: number("-1000000000000000") });
    document.group.concentrated_above = Fraction { numerator: 1_000_000, denominator: 1_000_000 };
    document.name = "x".repeat(256);
    assert!(Policy::new(document).is_ok());
}

#[test]
fn sets_report_everything_with_the_place_of_the_policy() {
    let said = |set: Value| -> Vec<String> {
        PolicySet::from_json(&set.to_string()).map_or_else(|problems| problems.iter().map(ToString::to_string).collect(), |_| Vec::new())
    };
    let mut broken = default();
    broken["person"]["cap"] = json!("0");
    broken["extra"] = json!(1);
    let entries = json!([
        {"when": {"solutions": [], "segments": ["a", "b", "a"], "campaigns": [" x", 5]}, "policy": default()},
        {"when": {"solution": ["x"]}, "policy": broken},
        {"when": {"segments": "x"}},
        {"if": {}, "policy": 5},
        7,
    ]);
    let expected = [
        "policies[0].when.campaigns[0]: campaign ` x` begins or ends with white space; trim it",
        "policies[0].when.campaigns[1]: a whole number where a text is expected",
        "policies[0].when.solutions: the list is empty and holds no solution; leave it out to mean every one",
        "policies[0].when.segments[2]: segment `a` is given twice; keep one",
        "policies[1].when: unknown field `solution` (did you mean `solutions`?)",
        "policies[1].policy: unknown field `extra`",
        "policies[1].policy.person.cap: `0` is outside 0.01..=1000000",
        "policies[2].when.segments: a text where a list is expected",
        "policies[2]: field `policy` is missing",
        "policies[3].policy: a whole number where an object is expected",
        "policies[3]: unknown field `if`",
        "policies[4]: a whole number where an object is expected",
    ];
    assert_eq!(said(json!({"schema": 1, "policies": entries})), expected);
    assert_eq!(
        said(json!({"schema": 2, "policies": []})),
        ["schema: `2` is outside 1..=1", "policies: the list is empty; give at least one policy"]
    );
    assert_eq!(said(json!({"schema": 1})), ["field `policies` is missing"]);
    assert_eq!(PolicySet::new(vec![]).unwrap_err().to_string(), "policies: the list is empty; give at least one policy");
}

#[test]
fn title_roles_ask_something() {
    let set = |pointer: &str, value: Value| {
        let mut document = default();
        edit(&mut document, pointer, Some(value));
        said(&document.to_string())
    };
    let nothing =
        "titles.roles[0]: the rule asks for nothing and would give everybody the role; give `titles`, `words`, `seniority` or `functions`";
    assert_eq!(set("/titles/roles/0", json!({"role": "champion"})), [nothing]);
    let unknown = set("/titles/roles/0", json!({"role": "chmpion", "words": ["x"]}));
    assert_eq!(unknown, ["titles.roles[0].role: unknown role `chmpion` (did you mean `champion`?)"]);
    let none = set("/titles/roles/0", json!({"role": "unknown", "words": ["x"]}));
    assert_eq!(none, ["titles.roles[0].role: `unknown` stands for no role; a title that no rule matches gives none"]);
    let word = set("/titles/roles/0/functions", json!(["sale"]));
    assert_eq!(word.len(), 1);
    assert!(
        word[0].starts_with("titles.roles[0].functions[0]: `sale` is none of own, finance,")
            && word[0].ends_with("(did you mean `sales`?)"),
        "{word:?}"
    );
    let own = set("/templates/1/title_roles", json!([{"role": "coach"}]));
    assert_eq!(own, [nothing.replace("titles.roles[0]", "templates[1].title_roles[0]")]);
    assert!(set("/titles/roles/0", json!({"role": "champion", "words": ["  ", "*"]})).len() >= 2);
}

#[test]
fn a_rule_for_the_functions_of_nobody_asks_something_else_too() {
    let of = |edits: &[(&str, Value)]| {
        let mut document = default();
        for (pointer, value) in edits {
            edit(&mut document, pointer, Some(value.clone()));
        }
        said(&document.to_string())
    };
    let why = |rule: &str, template: &str| {
        format!(
            "{rule}.functions: template `{template}` does not say its functions, so everybody with a title would have the role; give \
             `titles`, `words` or `seniority` too, or the `functions` of the template"
        )
    };
    let own = |role: &str| json!([{"role": role, "functions": ["own"]}]);
    assert_eq!(of(&[("/titles/roles", own("champion"))]), [why("titles.roles[0]", "light")]);
    let more = json!([{"role": "champion", "functions": ["finance", "own"]}]);
    assert_eq!(of(&[("/titles/roles", more)]), [why("titles.roles[0]", "light")]);
    assert_eq!(of(&[("/templates/1/title_roles", own("coach"))]), [why("templates[1].title_roles[0]", "standard")]);
    // Only the templates that read a rule have to say whom they are for.
    let finance = json!(["finance"]);
    assert_eq!(of(&[("/templates/1/title_roles", own("coach")), ("/templates/1/functions", finance.clone())]), [""; 0]);
    let two = [("/templates/0/functions", finance.clone()), ("/templates/1/functions", finance.clone())];
    let shared = || [two.as_slice(), &[("/titles/roles", own("champion"))]].concat();
    assert_eq!(of(&shared()), [why("titles.roles[0]", "enterprise")]);
    assert_eq!(of(&[shared().as_slice(), &[("/templates/2/functions", finance)]].concat()), [""; 0]);
    let with = |field: &str, value: Value| json!([{"role": "champion", "functions": ["own"], field: value}]);
    for rule in [with("words", json!(["head of"])), with("titles", json!(["CEO"])), with("seniority", json!(["vp"]))] {
        assert_eq!(of(&[("/titles/roles", rule)]), [""; 0]);
    }
}

#[test]
fn domains_of_relationships_are_domains_and_given_once() {
    let rows = json!([
        {"relationship": "competitor", "domains": ["rival.example", "@rival.example", "rival", "bücher.example"]},
        {"relationship": "partner", "domains": ["RIVAL.example", "xn--bcher-kva.example", format!("{}.example", "x".repeat(64))]},
        {"relationship": "friend", "domains": []},
    ]);
    let mut document = default();
    edit(&mut document, "/relationship_domains", Some(rows));
    let problems = said(&document.to_string());
    for expected in [
        "relationship_domains[0].domains[1]: `@rival.example` is no domain; write it like `example.com`",
        "relationship_domains[0].domains[2]: `rival` is no domain; write it like `example.com`",
        "relationship_domains[1].domains[0]: domain `RIVAL.example` is given twice; keep one",
        "relationship_domains[1].domains[1]: domain `xn--bcher-kva.example` is given twice; keep one",
        &format!("relationship_domains[1].domains[2]: `{}…` is no domain; write it like `example.com`", "x".repeat(60)),
        "relationship_domains[2].domains: the list is empty; give at least one text",
    ] {
        assert!(problems.iter().any(|problem| problem == expected), "{expected} is not in {problems:#?}");
    }
    assert!(
        problems.iter().any(|problem| problem.starts_with("relationship_domains[2].relationship: `friend` is none of")),
        "{problems:#?}"
    );
}

#[test]
fn own_rules_for_titles_are_checked_with_the_others() {
    let mut document = default();
    let twice = json!([{"name": "vp", "seniority": "vp", "confidence": "0.9", "any": ["archon"]}]);
    edit(&mut document, "/titles/before", Some(twice));
    let problems = said(&document.to_string());
    assert_eq!(problems.len(), 1, "{problems:?}");
    edit(&mut document, "/titles/before", Some(json!([{"name": "x", "seniority": "vp", "confidence": "2", "any": ["archon"]}])));
    let problems = said(&document.to_string());
    assert_eq!(problems.len(), 1, "{problems:?}");
    edit(&mut document, "/titles/before", Some(json!([{"name": "archon", "seniority": "vp", "confidence": "0.9", "any": ["archon"]}])));
    let policy = Policy::from_json(&document.to_string()).unwrap();
    let reading = policy.read_title("Archon of Finance", None);
    assert_eq!(reading.title.seniority.map(|found| found.rule.to_string()).as_deref(), Some("archon"));
    assert_eq!(reading.role.map(|role| role.role.to_string()).as_deref(), Some("economic_buyer"));
}

#[test]
fn a_title_rule_that_cannot_be_read_hides_no_problem_of_the_others() {
    let mut document = default();
    let unread = json!({"name": "a", "any": [3]});
    let empty = json!({"name": "b", "seniority": "vp", "confidence": "0.9", "any": []});
    let sure = json!({"name": "c", "hide": "clause", "any": ["of"]});
    edit(&mut document, "/titles/before", Some(json!([unread, empty])));
    edit(&mut document, "/titles/after", Some(json!([sure])));
    let problems = said(&document.to_string());
    let of = |path: &str| problems.iter().filter(|problem| problem.starts_with(path)).count();
    assert_eq!((of("titles.before[1]"), of("titles.after[0].any[0]")), (1, 1), "{problems:#?}");
    // What cannot be read is told once, and nothing is made of the rest of it.
    assert_eq!((of("titles.before[0]"), problems.len()), (1, 3), "{problems:#?}");
}
