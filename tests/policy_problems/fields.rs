//! Fields, numbers, texts, names and lists.

use super::*;

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
