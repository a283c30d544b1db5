//! The golden values and the tables of the default policy, asserted on the library.

use crate::bridge;
use crate::golden::{self, Golden};
use crate::oracle;
use crate::strategies::default_policy;
use crate::vary::config;
use crate::world::{TODAY, World};
use proptest::prelude::*;
use quorate::Policy;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Checks the golden values of a name, of which there must be some.
#[track_caller]
fn check(name: &str) {
    let chosen: Vec<Golden> = golden::all().into_iter().filter(|golden| golden.name == name).collect();
    assert!(!chosen.is_empty(), "no golden value {name}");
    for golden in chosen {
        let assessment = bridge::assessment(&golden.world, &golden.policy, golden.day);
        let groups: Vec<Value> = assessment.groups().map(|group| serde_json::to_value(group).expect("serialises")).collect();
        let groups = Value::Array(groups);
        for (pointer, expected) in &golden.checks {
            assert_eq!(groups.pointer(pointer), Some(expected), "{name} at {pointer}");
        }
    }
}

#[test]
fn adobe_52_28_17_gives_35_25() {
    check("adobe_example");
}

#[test]
fn completeness_of_0_to_4_of_3_people() {
    check("completeness");
}

#[test]
fn gc_champion_mix_of_80_50_30_20_is_61_and_a_third() {
    check("gc_champion_mix");
}

#[test]
fn a_half_life_of_30_days_halves_at_30_days() {
    check("half_life_of_thirty_days");
}

#[test]
fn four_people_with_6_page_views_beat_one_with_24() {
    check("breadth_beats_volume");
}

#[test]
fn six_full_roles_of_equal_weight_are_100_not_100_0002() {
    check("readiness_is_one_hundred");
}

#[test]
fn web_lines_of_30_30_30_and_minus_10_count_60() {
    check("web_lines");
}

#[test]
fn a_lone_unsubscribe_is_0_points_and_says_so() {
    check("a_lone_unsubscribe");
}

#[test]
fn four_page_views_for_one_solution_and_four_for_none_are_30_points() {
    check("two_solutions_share_a_daily_cap");
}

/// So that a golden value without a test above is noticed.
#[test]
fn every_golden_value_has_its_test() {
    let names: BTreeSet<&str> = golden::all().into_iter().map(|golden| golden.name).collect();
    assert_eq!(names.len(), 9);
}

/// The points of one person after one signal of one point so many days ago.
fn faded(decay: &Value, age: i64) -> String {
    let mut policy = default_policy();
    policy["kinds"] = json!([{
        "name": "one", "tier": "high", "points": "1", "daily_cap": 1, "decay": decay, "window_days": 3650, "channel": "event",
    }]);
    let world = World::default().account("a").contact("x", "a", &["champion"]).heard("x", "one", TODAY - age, 1);
    bridge::assessment(&world, &policy, TODAY).accounts[0].best().members[0].points.to_string()
}

fn half_life(days: i64) -> Value {
    json!({"type": "exponential", "half_life_days": days})
}

/// 2^(−a / h) to 9 decimals, half to even: worked out with 50 digits.
#[test]
fn half_lives_are_exact_to_the_ninth_decimal() {
    let expected = [
        (30, 0, "1"),
        (30, 30, "0.5"),
        (30, 60, "0.25"),
        (14, 7, "0.707106781"),
        (30, 10, "0.793700526"),
        (60, 1, "0.98851402"),
        (1, 9, "0.001953125"),
        (1, 10, "0.000976562"),
        (1, 11, "0.000488281"),
        (1, 29, "0.000000002"),
        (1, 30, "0.000000001"),
        (1, 31, "0"),
    ];
    for (days, age, factor) in expected {
        assert_eq!(faded(&half_life(days), age), factor, "half-life {days}, age {age}");
    }
}

#[test]
fn other_decays_are_exact_to_the_ninth_decimal() {
    let linear = json!({"type": "linear", "days": 3});
    assert_eq!([0, 1, 2, 3, 4].map(|age| faded(&linear, age)), ["1", "0.666666667", "0.333333333", "0", "0"]);
    let steps = json!({"type": "steps", "steps": [{"from_day": 0, "factor": "1"}, {"from_day": 7, "factor": "0.25"}]});
    assert_eq!([0, 6, 7, 3649].map(|age| faded(&steps, age)), ["1", "1", "0.25", "0.25"]);
    let two_rates = json!({"type": "two_rate_linear", "knee_day": 10, "knee_factor": "0.5", "zero_day": 40});
    assert_eq!([0, 5, 10, 20, 40, 41].map(|age| faded(&two_rates, age)), ["1", "0.75", "0.5", "0.333333333", "0", "0"]);
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn half_lives_equal_the_rational_oracle(days in prop_oneof![3 => 1_i64..=90, 1 => 1_i64..=1000], age in 0_i64..3650) {
        prop_assert_eq!(faded(&half_life(days), age), oracle::show(&oracle::factor(&half_life(days), age)));
    }
}

fn default_document() -> Value {
    serde_json::from_str(&Policy::default().to_json()).expect("JSON")
}

/// Section 3: role, weight, whether it decides.
const ROLES: [(&str, u64, bool); 10] = [
    ("economic_buyer", 100, true),
    ("decision_maker", 100, true),
    ("executive_sponsor", 80, true),
    ("champion", 80, false),
    ("technical_evaluator", 80, false),
    ("influencer", 80, false),
    ("end_user", 60, false),
    ("procurement_legal", 60, false),
    ("coach", 40, false),
    ("unknown", 20, false),
];

#[test]
fn the_default_roles_are_those_of_section_3() {
    let policy = default_document();
    let roles = policy["roles"].as_array().expect("roles");
    let flag = |role: &Value, name: &str| role[name].as_bool().unwrap_or(false);
    let shown: BTreeSet<_> = roles
        .iter()
        .map(|role| (role["name"].as_str().expect("a name"), role["weight"].as_u64().expect("a weight"), flag(role, "decides")))
        .collect();
    assert_eq!(shown, BTreeSet::from(ROLES));
    assert_eq!(roles.len(), ROLES.len());
    let champions = roles.iter().filter(|role| flag(role, "champions")).map(|role| &role["name"]);
    assert_eq!(champions.collect::<Vec<_>>(), ["champion"]);
}

#[test]
fn the_default_templates_are_those_of_section_3() {
    let policy = default_document();
    let seats = |name: &str| {
        let template = policy["templates"].as_array().expect("templates").iter().find(|template| template["name"] == name);
        let seats = template.expect("a template")["seats"].as_array().expect("seats");
        let seat = |seat: &Value| (seat["role"].as_str().expect("a role").to_owned(), seat["count"].as_u64().expect("a count"));
        seats.iter().map(seat).collect::<BTreeSet<_>>()
    };
    let expected = |seats: &[(&str, u64)]| seats.iter().map(|(role, count)| ((*role).to_owned(), *count)).collect::<BTreeSet<_>>();
    let standard = ["economic_buyer", "decision_maker", "champion", "technical_evaluator", "influencer", "end_user"];
    assert_eq!(policy["templates"].as_array().map(Vec::len), Some(3));
    assert_eq!(seats("light"), expected(&[("economic_buyer", 1), ("champion", 1), ("end_user", 1)]));
    assert_eq!(seats("standard"), expected(&standard.map(|role| (role, 1))));
    let more = [("executive_sponsor", 1), ("procurement_legal", 1), ("influencer", 2)];
    let enterprise: Vec<_> = standard.into_iter().filter(|role| *role != "influencer").map(|role| (role, 1)).chain(more).collect();
    assert_eq!(seats("enterprise"), expected(&enterprise));
    assert_eq!((&policy["default_template"], &policy["membership"]), (&json!("standard"), &json!("all")));
    let excluded = policy["excluded_relationships"].as_array().expect("a list").iter().map(|one| one.as_str().expect("a word"));
    assert_eq!(excluded.collect::<BTreeSet<_>>(), BTreeSet::from(["consultant", "student", "competitor", "own_staff", "partner"]));
}

type KindRow = (&'static str, &'static str, i64, u64, Option<u64>, u64, &'static str);

/// Section 4: kind, tier, points, a day, half-life, window, channel; in the order of the table, which orders what a cap cuts.
const KINDS: [KindRow; 26] = [
    ("demo_request", "decisive", 100, 1, Some(60), 180, "hand_raise"),
    ("contact_sales", "decisive", 100, 1, Some(60), 180, "hand_raise"),
    ("meeting_held", "high", 90, 2, Some(60), 180, "meeting"),
    ("trial_signup", "high", 80, 1, Some(30), 90, "product"),
    ("meeting_booked", "high", 60, 1, Some(30), 90, "meeting"),
    ("live_chat", "high", 60, 1, Some(30), 90, "meeting"),
    ("event_attended", "high", 60, 1, Some(30), 90, "event"),
    ("webinar_attended", "high", 60, 1, Some(30), 90, "event"),
    ("roi_calculator", "high", 60, 1, Some(30), 90, "web_tool"),
    ("reply_to_sales", "medium", 40, 2, Some(30), 90, "reply"),
    ("form_fill", "medium", 40, 3, Some(30), 90, "content"),
    ("content_download", "medium", 40, 3, Some(30), 90, "content"),
    ("pricing_page", "medium", 40, 2, Some(30), 90, "pricing"),
    ("event_registered", "low", 20, 1, Some(14), 90, "event"),
    ("email_click", "low", 10, 3, Some(14), 90, "email"),
    ("ad_click", "low", 10, 2, Some(14), 90, "ads"),
    ("page_view", "trace", 5, 6, Some(14), 90, "web"),
    ("intent_high", "trace", 5, 1, Some(14), 90, "intent"),
    ("intent_medium", "trace", 2, 1, Some(14), 90, "intent"),
    ("email_open", "ignored", 0, 1, None, 90, "none"),
    ("meeting_recorded", "ignored", 0, 1, None, 90, "none"),
    ("email_sent", "ignored", 0, 1, None, 90, "none"),
    ("message_sent", "ignored", 0, 1, None, 90, "none"),
    ("call_made", "ignored", 0, 1, None, 90, "none"),
    ("unsubscribe", "negative", -20, 1, Some(30), 90, "email"),
    ("careers_page", "negative", -10, 1, Some(30), 90, "web"),
];

const SALES_ACTIONS: [&str; 5] = ["meeting_held", "meeting_booked", "email_sent", "message_sent", "call_made"];

#[test]
fn the_default_kinds_are_those_of_section_4() {
    let policy = default_document();
    let kinds = policy["kinds"].as_array().expect("kinds");
    assert_eq!(kinds.len(), KINDS.len());
    for (kind, (name, tier, points, daily_cap, half_life, window, channel)) in kinds.iter().zip(KINDS) {
        let decay = half_life.map_or(json!({"type": "none"}), |days| json!({"type": "exponential", "half_life_days": days}));
        assert_eq!(kind["name"], name);
        assert_eq!(kind["tier"], tier, "{name}");
        assert_eq!(kind["points"], points.to_string(), "{name}");
        assert_eq!(kind["daily_cap"], daily_cap, "{name}");
        assert_eq!(kind["decay"], decay, "{name}");
        assert_eq!(kind["window_days"], window, "{name}");
        assert_eq!(kind["channel"], channel, "{name}");
        assert_eq!(kind["sales_action"].as_bool().unwrap_or(false), SALES_ACTIONS.contains(&name), "{name}");
    }
}

#[test]
fn the_default_channel_caps_are_those_of_section_4() {
    let policy = default_document();
    let channels = policy["channels"].as_array().expect("channels").iter();
    let capped = channels.filter_map(|channel| Some((channel["name"].as_str()?, channel["cap"].as_str()?)));
    let expected = [("web", "60"), ("email", "30"), ("ads", "10"), ("intent", "10"), ("content", "120"), ("pricing", "80")];
    assert_eq!(capped.collect::<BTreeSet<_>>(), BTreeSet::from(expected));
}

/// Sections 5 to 9: every other number.
#[test]
fn the_default_thresholds_are_those_of_sections_5_to_9() {
    let policy = default_document();
    let bands = json!({"warm": "10", "hot": "50", "super_hot": "100"});
    let person = json!({"cap": "200", "engaged_points": "10", "current_days": 30, "seat_full_points": "100", "bands": bands});
    assert_eq!(policy["person"], person);
    let group = json!({"roll_up": {"type": "weighted"}, "threads": {"thin": 2, "multi": 4}, "concentrated_above": {"numerator": 2, "denominator": 3}});
    assert_eq!(policy["group"], group);
    assert_eq!(policy["momentum"], json!({"days": 28, "trend_points": "10", "trend_percent": "10"}));
    assert_eq!(policy["fit"]["source"], "none");
    assert_eq!(policy["fit"]["tiers"], json!({"A": "80", "B": "50"}));
    let stages = json!({"closed_days": 180, "engaged_points": "10", "recycled_days": 180, "aware_days": 30, "targeted_fit": "B"});
    assert_eq!(policy["stages"], stages);
    assert_eq!(policy["hand_raise"], json!({"tier": "decisive", "within_days": 30, "fit_floor": "B"}));
    assert_eq!(policy["exit"], json!({"below_points": "70", "below_days": 30, "silence_days": 180, "cool_down_days": 90}));
}

#[test]
fn the_default_rule_is_that_of_section_8() {
    let policy = default_document();
    let engaged_champion = json!({"holders": {"of": {"role": "champion"}, "measure": "engaged", "at_least": 1}});
    let filled_decider = json!({"holders": {"of": "deciding", "measure": "filled", "at_least": 1}});
    let rule = json!({"all": [
        {"points": {"at_least": "100"}},
        {"engaged_people": {"at_least": 2}},
        {"any": [{"holders": {"of": "deciding", "measure": "engaged", "at_least": 1}}, {"all": [engaged_champion, filled_decider]}]},
        {"coverage": {"of": "group", "measure": "filled", "at_least": "50"}},
        {"channels": {"tier": "medium", "at_least": 2}},
        {"fit": {"tier": "B", "where_configured": true}},
    ]});
    assert_eq!(policy["qualification"], rule);
    assert_eq!(policy["exclusion"], json!({"any": []}));
}
