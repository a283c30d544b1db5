//! Everything at once: documents with many defects, documents that were built, sets of policies.

use super::*;

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
