//! Laws of policy documents: what is written is read back, equal meanings hash alike, and no input makes the reader panic.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::explicit_auto_deref,
    clippy::std_instead_of_alloc,
    reason = "a test says what it expects in the shortest way"
)]

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use quorate::{
    AttributeTest, ChannelName, ChannelRule, Criterion, Decay, DecayStep, FitCriterion, FitSource, FitTier, Fraction, FunctionTest,
    JobFunction, KindName, KindRule, Measure, Membership, Policy, PolicyDocument, PolicyEntry, PolicySet, Predicate, Range, Relationship,
    RelationshipDomains, RoleName, RollUp, Rule, Scope, Seniority, SolutionName, Tier, TitleBase, TitleRole, TitleRules, Trend, ValueTest,
};
use rust_decimal::Decimal;
use serde_json::Value;

/// A decimal between two whole numbers, with up to so many decimals.
fn decimal(least: i64, most: i64, places: u32) -> impl Strategy<Value = Decimal> {
    let one = 10_i64.pow(places);
    prop_oneof![(least * one..=most * one).prop_map(move |units| Decimal::new(units, places)), (least..=most).prop_map(Decimal::from)]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{1,8}", Just("ä \"quoted\" \\ \u{1}".to_owned())]
}

fn decay() -> impl Strategy<Value = Decay> {
    let steps = (2_u16..900, 1_u16..900, 0..=1000_i64).prop_map(|(second, more, factor)| {
        let step = |from_day, units| DecayStep { from_day, factor: Decimal::new(units, 3) };
        Decay::Steps(vec![step(0, 1000), step(second, factor), step(second + more, factor / 2)])
    });
    let two_rates = (1_u16..1800, 1_u16..1800, decimal(0, 1, 9)).prop_map(|(knee_day, more, knee_factor)| Decay::TwoRateLinear {
        knee_day,
        knee_factor,
        zero_day: knee_day + more,
    });
    prop_oneof![
        Just(Decay::None),
        (1_u16..=400).prop_map(|half_life_days| Decay::Exponential { half_life_days }),
        (1_u16..=3650).prop_map(|days| Decay::Linear { days }),
        steps,
        two_rates,
    ]
}

fn kind() -> impl Strategy<Value = KindRule> {
    let tier = prop::sample::select(Tier::ALL.map(|(_, tier)| tier).to_vec());
    (tier, decimal(-10_000, 10_000, 2), 1_u16..=1000, decay(), 1_u16..=400, any::<bool>()).prop_map(
        |(tier, points, daily_cap, decay, window_days, sales_action)| KindRule {
            name: KindName::new("extra").unwrap(),
            tier,
            points,
            daily_cap,
            decay,
            window_days,
            channel: ChannelName::new("web").unwrap(),
            sales_action,
        },
    )
}

fn role() -> impl Strategy<Value = RoleName> {
    prop_oneof![Just("champion"), Just("coach"), Just("end_user")].prop_map(|name| RoleName::new(name).unwrap())
}

fn range() -> impl Strategy<Value = Range> {
    (decimal(-5, 5, 4), 0..9_i64, 0..3).prop_map(|(low, more, bounds)| Range {
        at_least: (bounds != 1).then_some(low),
        at_most: (bounds != 2).then_some(Decimal::from(20 + more)),
    })
}

fn attribute() -> impl Strategy<Value = AttributeTest> {
    let test = prop_oneof![prop::collection::vec(text(), 1..3).prop_map(ValueTest::AnyOf), range().prop_map(ValueTest::Within)];
    ("[a-z]{1,8}", test).prop_map(|(name, test)| AttributeTest { name, test })
}

fn criterion() -> impl Strategy<Value = Criterion> {
    let texts = || prop::collection::vec(text(), 1..3);
    prop_oneof![
        texts().prop_map(Criterion::Industry),
        range().prop_map(Criterion::Employees),
        range().prop_map(Criterion::Revenue),
        texts().prop_map(Criterion::Country),
        texts().prop_map(Criterion::TechnologiesAll),
        texts().prop_map(Criterion::TechnologiesAny),
        attribute().prop_map(Criterion::Attribute),
        (0_u16..99).prop_map(|within_days| Criterion::Intent { kind: KindName::new("intent_high").unwrap(), within_days }),
    ]
}

fn predicate() -> impl Strategy<Value = Predicate> {
    let scope = prop_oneof![Just(Scope::Group), Just(Scope::Deciding), role().prop_map(Scope::Role)];
    let held = prop_oneof![Just(Scope::Deciding), role().prop_map(Scope::Role)];
    let measure = || prop::sample::select(Measure::ALL.map(|(_, measure)| measure).to_vec());
    let held_measure = prop::sample::select(vec![Measure::Filled, Measure::Engaged, Measure::Current]);
    let tier = || prop::sample::select(vec![Tier::Decisive, Tier::High, Tier::Medium, Tier::Low, Tier::Trace]);
    prop_oneof![
        decimal(0, 500, 4).prop_map(|at_least| Predicate::Points { at_least }),
        decimal(0, 100, 4).prop_map(|at_least| Predicate::Readiness { at_least }),
        (scope, measure(), decimal(0, 100, 4)).prop_map(|(of, measure, at_least)| Predicate::Coverage { of, measure, at_least }),
        (held, held_measure, 1_u32..9).prop_map(|(of, measure, at_least)| Predicate::Holders { of, measure, at_least }),
        (0_u32..9).prop_map(|at_least| Predicate::EngagedPeople { at_least }),
        (any::<bool>(), any::<bool>())
            .prop_map(|(a, where_configured)| Predicate::Fit { tier: if a { FitTier::A } else { FitTier::B }, where_configured }),
        (tier(), 0_u16..99, prop::option::of(role())).prop_map(|(tier, within_days, role)| Predicate::HandRaise {
            tier,
            within_days,
            role
        }),
        (tier(), 0_u32..9).prop_map(|(tier, at_least)| Predicate::Channels { tier, at_least }),
        decimal(-500, 500, 4).prop_map(|at_least| Predicate::Momentum { at_least }),
        prop::sample::select(Trend::ALL.map(|(_, trend)| trend).to_vec()).prop_map(Predicate::Trend),
        (1_u32..9).prop_map(|at_least| Predicate::Opponents { at_least }),
        Just(Predicate::AccountExcluded),
        attribute().prop_map(Predicate::Attribute),
    ]
}

fn rule() -> impl Strategy<Value = Rule> {
    predicate().prop_map(Rule::Is).prop_recursive(5, 24, 4, |inner| {
        let rules = |least| prop::collection::vec(inner.clone(), least..4);
        prop_oneof![
            rules(0).prop_map(Rule::All),
            rules(0).prop_map(Rule::Any),
            inner.clone().prop_map(|inner| Rule::Not(inner.into())),
            (rules(1), any::<prop::sample::Index>()).prop_map(|(of, n)| Rule::AtLeast { n: n.index(of.len()) as u32 + 1, of }),
        ]
    })
}

fn roll_up() -> impl Strategy<Value = RollUp> {
    let mix = (decimal(0, 1, 4), decimal(0, 1, 4)).prop_map(|(max, mean)| RollUp::ChampionMix { max, mean });
    prop_oneof![Just(RollUp::Weighted), Just(RollUp::Sum), mix, Just(RollUp::Adobe)]
}

/// Rules for titles, evidence and domains that are not the default's.
fn about_people(document: &mut PolicyDocument, of: u32) {
    let any = |word: &str| Vec::from([format!("{word} {of}")]);
    let role = |word: &str| TitleRole {
        role: document.roles[of as usize % 9].name.clone(),
        titles: any(word),
        words: Vec::new(),
        seniority: Vec::from([Seniority::ALL[of as usize % 6].1]),
        functions: Vec::from([FunctionTest::Own, FunctionTest::Is(JobFunction::ALL[of as usize % 14].1)]),
    };
    let (general, own) = (role("warden"), role("keeper"));
    document.titles.roles.push(general);
    document.templates[0].title_roles = Vec::from([own]);
    document.templates[0].functions = Vec::from([JobFunction::ALL[of as usize % 14].1]);
    document.evidence.vendor = Decimal::new(i64::from(of), 2);
    let domains = Vec::from([format!("d{of}.example")]);
    document.relationship_domains = Vec::from([RelationshipDomains { relationship: Relationship::Partner, domains }]);
    if of % 3 == 0 {
        document.titles.base = TitleBase::None;
        let hiding = r#"{"schema":1,"abbreviations":{},"fillers":[],"rules":[{"name":"w","hide":"job","any":["warden"]}]}"#;
        document.titles.before = TitleRules::from_json(hiding).unwrap().rules;
    }
}

/// Valid documents: the default's lists, with every form of decay, roll-up, criterion and rule in turn.
fn documents() -> impl Strategy<Value = PolicyDocument> {
    let lists = (prop::collection::vec(criterion(), 0..3), prop::collection::vec(criterion(), 0..3));
    let relationships = prop::sample::subsequence(Relationship::ALL.map(|(_, one)| one).to_vec(), 0..=6);
    let parts = (kind(), roll_up(), rule(), rule(), lists, relationships);
    (parts, (text(), any::<bool>(), prop::option::of(decimal(0, 1000, 2)), decimal(1, 999, 2), 1_u32..99)).prop_map(
        |((kind, roll_up, qualification, exclusion, (criteria, disqualifiers), relationships), (version, explicit, cap, engaged, of))| {
            let mut document = Policy::default().into_document();
            document.version = version;
            document.kinds.push(kind);
            document.channels.push(ChannelRule { name: ChannelName::new("extra").unwrap(), cap });
            document.group.roll_up = roll_up;
            document.group.concentrated_above = Fraction { numerator: of / 2, denominator: of };
            document.membership = if explicit { Membership::Explicit } else { Membership::All };
            document.excluded_relationships = relationships;
            document.person.engaged_points = engaged;
            about_people(&mut document, of);
            document.qualification = qualification;
            document.exclusion = exclusion;
            if !criteria.is_empty() {
                document.fit.source = FitSource::Criteria;
                document.fit.criteria = (1_u16..).zip(criteria).map(|(weight, is)| FitCriterion { weight, is }).collect();
                document.fit.disqualifiers = disqualifiers;
            }
            document
        },
    )
}

/// A source of choices that depends on its seed alone (splitmix64).
struct Choices(u64);

impl Choices {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count.max(1) as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

const DECIMALS: [&str; 18] = [
    "points",
    "cap",
    "at_least",
    "at_most",
    "factor",
    "knee_factor",
    "engaged_points",
    "seat_full_points",
    "warm",
    "hot",
    "super_hot",
    "max",
    "mean",
    "trend_points",
    "trend_percent",
    "A",
    "B",
    "below_points",
];

/// Another way of writing the same document.
fn rewritten(value: &Value, field: &str, choices: &mut Choices) -> String {
    let space = *choices.pick(&["", " ", "\n\t", "  "]);
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().filter(|(name, value)| !(is_default(name, value) && choices.below(2) == 0)).collect();
            for i in (1..fields.len()).rev() {
                fields.swap(i, choices.below(i + 1));
            }
            let mut written: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{space}{}{space}:{space}{}", Value::from(name.as_str()), rewritten(value, name, choices)))
                .collect();
            if field == "channel" && choices.below(2) == 0 {
                written.push("\"cap\": null".into());
            }
            format!("{{{}{space}}}", written.join(","))
        }
        Value::Array(items) => {
            let item = if field == "channels" && items.iter().all(|item| item.get("cap").is_none()) { "channel" } else { "" };
            let items: Vec<String> = items.iter().map(|one| rewritten(one, item, choices)).collect();
            format!("[{space}{}{space}]", items.join(&format!("{space},")))
        }
        Value::String(text) if DECIMALS.contains(&field) => format!("\"{}\"", same_number(text, choices)),
        other => other.to_string(),
    }
}

fn is_default(name: &str, value: &Value) -> bool {
    match name {
        "decides" | "champions" | "sales_action" | "where_configured" => *value == Value::Bool(false),
        "criteria" | "disqualifiers" => value.as_array().is_some_and(Vec::is_empty),
        _ => false,
    }
}

fn same_number(text: &str, choices: &mut Choices) -> String {
    let zeros = "0".repeat(choices.below(5));
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let point = if digits.contains('.') || zeros.is_empty() { "" } else { "." };
    let sign = if text == "0" && choices.below(2) == 0 { "-" } else { sign };
    format!("{sign}{}{digits}{point}{zeros}", "0".repeat(choices.below(3)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn decode_inverts_encode(document in documents()) {
        let policy = Policy::new(document.clone()).unwrap();
        let json = policy.to_json();
        let read = Policy::from_json(&json).unwrap();
        // A document is kept in its one form: the fraction in lowest terms, the relationships in order.
        let kept = Policy::new(policy.document().clone()).unwrap();
        prop_assert_eq!(kept.document(), policy.document());
        prop_assert_eq!(&read, &policy);
        prop_assert_eq!(read.to_json(), json);
        prop_assert_eq!(read.hash(), policy.hash());
        // Through serde's own door, as text and as a tree.
        prop_assert_eq!(&serde_json::from_str::<Policy>(&serde_json::to_string(&policy).unwrap()).unwrap(), &policy);
        prop_assert_eq!(&serde_json::from_value::<Policy>(serde_json::to_value(&policy).unwrap()).unwrap(), &policy);
    }

    #[test]
    fn equal_policies_hash_alike(document in documents(), seed in any::<u64>()) {
        let policy = Policy::new(document).unwrap();
        let tree: Value = serde_json::from_str(&policy.to_json()).unwrap();
        let text = rewritten(&tree, "", &mut Choices(seed));
        let read = Policy::from_json(&text).unwrap();
        prop_assert_eq!(read.hash(), policy.hash());
        prop_assert_eq!(&read, &policy);
    }

    #[test]
    fn policies_that_differ_hash_apart(one in documents(), other in documents()) {
        let (one, other) = (Policy::new(one).unwrap(), Policy::new(other).unwrap());
        prop_assert_eq!(one == other, one.hash() == other.hash());
    }
}

#[test]
fn rewriting_really_changes_the_text() {
    let json = Policy::default().to_json();
    let tree: Value = serde_json::from_str(&json).unwrap();
    let texts: Vec<String> = (0..64).map(|seed| rewritten(&tree, "", &mut Choices(seed))).collect();
    let shown = |part: &str| texts.iter().filter(|text| text.contains(part)).count();
    assert!(texts.iter().all(|text| *text != json));
    assert!(shown("100.0") > 0 && shown("0100") > 0 && shown("-0") > 0, "decimals in other forms");
    assert!(texts.iter().any(|text| text.matches("decides").count() < 10), "omitted defaults");
}

/// Every number of a document, one after the other, by its pointer.
fn numbers(value: &Value, at: &str, field: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| numbers(value, &format!("{at}/{name}"), name, found)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, value)| numbers(value, &format!("{at}/{i}"), "", found)),
        Value::Number(_) => found.push(at.into()),
        Value::String(_) if DECIMALS.contains(&field) => found.push(at.into()),
        _ => {}
    }
}

#[test]
fn a_changed_number_changes_the_hash() {
    let policy = Policy::default();
    let tree: Value = serde_json::from_str(&policy.to_json()).unwrap();
    let mut places = Vec::new();
    numbers(&tree, "", "", &mut places);
    assert!(places.len() > 150, "{} numbers", places.len());
    let mut hashes = std::collections::BTreeSet::from([policy.hash().to_owned()]);
    let mut changed = 0;
    for place in &places {
        let with = |step: i64| {
            let mut tree = tree.clone();
            let number = tree.pointer_mut(place).unwrap();
            *number = match &*number {
                Value::String(text) => Value::from((text.parse::<Decimal>().unwrap() - Decimal::new(step, 2)).to_string()),
                other => Value::from(other.as_i64().unwrap() + step),
            };
            Policy::from_json(&tree.to_string()).ok()
        };
        // A change that the rules refuse one way (a percent below 0, a fifth hop) is made the other way; `schema` 2 and 0 have no hash.
        if let Some(other) = with(1).or_else(|| with(-1)) {
            assert!(hashes.insert(other.hash().to_owned()), "{place}");
            changed += 1;
        }
    }
    assert!(places.len() - changed <= 3, "{changed} of {}", places.len());
}

#[test]
fn the_default_hash_is_stable() {
    // Changed numbers of the default policy, and a changed canonical form, show here; both are told to users.
    assert_eq!(Policy::default().hash(), "078a0a78c5e89480293411e5eeb8122e8049478f43a06b15b040891841f14a6f");
}

fn set() -> PolicySet {
    let mut other = Policy::default().into_document();
    other.name = "other".into();
    let entry = PolicyEntry {
        solutions: Some(vec![SolutionName::new("analytics").unwrap()]),
        segments: Some(vec!["enterprise".into(), "public".into()]),
        campaigns: None,
        policy: Policy::new(other).unwrap(),
    };
    PolicySet::new(vec![entry, PolicyEntry::everywhere(Policy::default())]).unwrap()
}

#[test]
fn a_set_is_read_as_it_was_written_and_the_first_that_applies_wins() {
    let set = set();
    let read = PolicySet::from_json(&set.to_json()).unwrap();
    assert_eq!((&read, read.to_json()), (&set, set.to_json()));
    assert_eq!(serde_json::from_str::<PolicySet>(&serde_json::to_string(&set).unwrap()).unwrap(), set);
    let name = |solution, segment| set.choose(solution, segment, Some("spring")).unwrap().name().to_owned();
    assert_eq!(name(Some("analytics"), Some("public")), "other");
    assert_eq!(name(Some("analytics"), None), "quorate-default");
    assert_eq!(name(None, Some("public")), "quorate-default");
    let only = PolicySet::new(set.entries()[..1].to_vec()).unwrap();
    assert_eq!(only.choose(Some("storage"), Some("public"), None), None);
    assert_eq!(PolicySet::from(Policy::default()).choose(None, None, None).unwrap().hash(), Policy::default().hash());
}

/// Texts that have some of everything, to be broken.
fn specimens() -> Vec<String> {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut specimens = vec![include_str!("../src/policy/default.json").to_owned(), Policy::default().to_json(), set().to_json()];
    for _ in 0..7 {
        specimens.push(Policy::new(documents().new_tree(&mut runner).unwrap().current()).unwrap().to_json());
    }
    specimens
}

fn broken_bytes(text: &str, choices: &mut Choices) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=choices.below(4) {
        let at = choices.below(bytes.len());
        match choices.below(5) {
            0 => bytes[at] = *choices.pick(b"0123456789-.\"{}[],:aeN\\\xff "),
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, *choices.pick(b"0-9\"{}[],")),
            3 => drop(bytes.drain(at..(at + choices.below(40)).min(bytes.len()))),
            _ => {
                let piece = bytes[at..(at + 30).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn broken_value(value: &mut Value, choices: &mut Choices) {
    let odd = [
        "null",
        "true",
        "-1",
        "0",
        "1",
        "65536",
        "4294967296",
        "1.5",
        "1e400",
        "99999999999999999999999999",
        "\"\"",
        "\" x\"",
        "\"-1\"",
        "\"79228162514264337593543950335\"",
        "\"0.0000000000000000001\"",
        "\"unknown\"",
        "\"champion\"",
        "[]",
        "{}",
        "[[]]",
        "{\"all\":[]}",
        "{\"not\":{\"not\":{\"trend\":\"up\"}}}",
        "{\"type\":\"steps\",\"steps\":[]}",
        "{\"at_least\":{\"n\":3,\"of\":[{\"trend\":\"up\"}]}}",
    ];
    let parts = match value {
        Value::Object(fields) if !fields.is_empty() => {
            let name = fields.keys().nth(choices.below(fields.len())).unwrap().clone();
            match choices.below(12) {
                0 => {
                    let taken = fields.remove(&name).unwrap();
                    fields.insert(format!("{name}x"), taken);
                    return;
                }
                1 => drop(fields.remove(&name)),
                _ => return broken_value(fields.get_mut(&name).unwrap(), choices),
            }
            return;
        }
        Value::Array(items) if !items.is_empty() => items,
        leaf => {
            *leaf = serde_json::from_str::<Value>(*choices.pick(&odd)).unwrap_or(Value::Null);
            return;
        }
    };
    let at = choices.below(parts.len());
    match choices.below(8) {
        0 => drop(parts.remove(at)),
        1 => parts.push(parts[at].clone()),
        2 => parts[at] = serde_json::from_str::<Value>(*choices.pick(&odd)).unwrap_or(Value::Null),
        _ => broken_value(&mut parts[at], choices),
    }
}

#[test]
fn broken_documents_are_refused_without_a_panic() {
    let (specimens, choices) = (specimens(), &mut Choices(7));
    let (mut refused, mut unreadable) = (0, 0);
    for round in 0..4_000 {
        let specimen = choices.pick(&specimens);
        let text = if round % 4 == 0 {
            broken_bytes(specimen, choices)
        } else {
            let mut value: Value = serde_json::from_str(specimen).unwrap();
            for _ in 0..=choices.below(6) {
                broken_value(&mut value, choices);
            }
            value.to_string()
        };
        let _ = PolicySet::from_json(&text);
        match Policy::from_json(&text) {
            Ok(policy) => assert_eq!(Policy::from_json(&policy.to_json()).unwrap(), policy),
            Err(problems) => {
                assert!(!problems.is_empty() && problems.iter().all(|problem| !problem.to_string().contains('\n')));
                unreadable += usize::from(problems.iter().any(|problem| problem.kind().code() == "unreadable"));
                refused += 1;
            }
        }
    }
    // Most get past the parser and are refused for what they say.
    assert!(refused > 2_500 && unreadable < 1_200, "{refused} refused, {unreadable} of them unreadable");
}

#[test]
fn deep_and_long_documents_are_refused_in_time() {
    let deep = format!("{}{}", "{\"not\":".repeat(200_000), "}".repeat(200_000));
    assert!(Policy::from_json(&deep).unwrap_err().to_string().starts_with("not readable as a document"));
    let mut document = Policy::default().into_document();
    document.kinds =
        (0..200_000).map(|i| KindRule { name: KindName::new(&format!("k{i}")).unwrap(), ..document.kinds[0].clone() }).collect();
    let problems = Policy::new(document).unwrap_err();
    assert_eq!(problems.to_string(), "kinds: 200000 kinds are given; at most 4095 are allowed");
}
