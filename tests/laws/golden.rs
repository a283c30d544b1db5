//! The golden values that concern points, readiness, coverage and decay. Each is a world, a policy and what the assessments
//! say at some places; `/0` is the first group.

use crate::oracle;
use crate::strategies::default_policy;
use crate::world::{Day, Signal, Subject, TODAY, World};
use serde_json::{Value, json};

pub struct Golden {
    pub name: &'static str,
    pub world: World,
    pub policy: Value,
    pub day: Day,
    pub checks: Vec<(&'static str, Value)>,
}

pub fn all() -> Vec<Golden> {
    let single = [
        adobe_example(),
        gc_champion_mix(),
        half_life_of_thirty_days(),
        breadth_beats_volume(),
        readiness_is_one_hundred(),
        web_lines(),
        a_lone_unsubscribe(),
        two_solutions_share_a_daily_cap(),
    ];
    completeness().into_iter().chain(single).collect()
}

/// A kind without decay in an uncapped channel of the default policy.
fn kind(name: &str, points: &str) -> Value {
    json!({
        "name": name, "tier": "high", "points": points, "daily_cap": 1, "decay": {"type": "none"},
        "window_days": 90, "channel": "event",
    })
}

fn with_kinds(kinds: &[(&str, &str)]) -> Value {
    let mut policy = default_policy();
    policy["kinds"] = kinds.iter().map(|(name, points)| kind(name, points)).collect();
    policy
}

/// Adobe Journey Optimizer B2B, engagement score of a buying group: 52/28/17 with 100/80/60 → 21.67 + 9.33 + 4.25 = 35.25.
fn adobe_example() -> Golden {
    let mut policy = with_kinds(&[("k52", "52"), ("k28", "28"), ("k17", "17")]);
    policy["group"]["roll_up"] = json!({"type": "adobe"});
    let world = World::default()
        .account("a")
        .contact("x", "a", &["decision_maker"])
        .contact("y", "a", &["influencer"])
        .contact("z", "a", &["end_user"])
        .contact("without a role", "a", &[])
        .heard("x", "k52", TODAY, 1)
        .heard("y", "k28", TODAY, 1)
        .heard("z", "k17", TODAY, 1)
        .heard("without a role", "k52", TODAY, 1);
    Golden { name: "adobe_example", world, policy, day: TODAY, checks: vec![("/0/points", json!("35.25"))] }
}

/// Adobe Journey Optimizer B2B, completeness score: 0, 1, 2, 3, 4 of 3 required → 0, 33⅓, 66⅔, 100, 100.
fn completeness() -> Vec<Golden> {
    let mut policy = default_policy();
    policy["templates"][1]["seats"] = json!([{"role": "champion", "count": 3}]);
    let of = |people: usize| {
        let name = |number: usize| format!("c{number}");
        (0..people).fold(World::default().account("a"), |world, number| world.contact(&name(number), "a", &["champion"]))
    };
    let expected = ["0", "33.3333", "66.6667", "100", "100"];
    let golden = |(people, filled): (usize, &str)| Golden {
        name: "completeness",
        world: of(people),
        policy: policy.clone(),
        day: TODAY,
        checks: vec![("/0/coverage/filled", json!(filled)), ("/0/coverage/roles/0/filled", json!(filled))],
    };
    expected.into_iter().enumerate().map(golden).collect()
}

/// GTM Clarity, champion mix: 0.6 of the best and 0.4 of the mean of all others; 80, 50, 30, 20 → 61⅓.
fn gc_champion_mix() -> Golden {
    let mut policy = with_kinds(&[("k80", "80"), ("k50", "50"), ("k30", "30"), ("k20", "20")]);
    policy["group"]["roll_up"] = json!({"type": "champion_mix", "max": "0.6", "mean": "0.4"});
    let people = [("w", "k80"), ("x", "k50"), ("y", "k30"), ("z", "k20")];
    let world = people
        .iter()
        .fold(World::default().account("a"), |world, (person, kind)| world.contact(person, "a", &[]).heard(person, kind, TODAY, 1));
    Golden { name: "gc_champion_mix", world, policy, day: TODAY, checks: vec![("/0/points", json!("61.3333"))] }
}

/// `ServiceNow` and `HubSpot`: with a half-life of 30 days the factor is 0.5 at 30 days.
fn half_life_of_thirty_days() -> Golden {
    let world = World::default().account("a").contact("x", "a", &["economic_buyer"]).heard("x", "form_fill", TODAY - 30, 1);
    let checks = vec![("/0/points", json!("20")), ("/0/coverage/roles/0/current", json!("100"))];
    Golden { name: "half_life_of_thirty_days", world, policy: default_policy(), day: TODAY, checks }
}

/// Ours: four people with 6 page views each beat one person with 24.
fn breadth_beats_volume() -> Golden {
    let four = ["b1", "b2", "b3", "b4"];
    let world = four.iter().fold(World::default().account("a").account("b"), |world, person| {
        world.contact(person, "b", &["champion"]).heard(person, "page_view", TODAY, 6)
    });
    let world = world.contact("a1", "a", &["champion"]).heard("a1", "page_view", TODAY, 24);
    let checks = vec![
        ("/0/points", json!("24")),
        ("/0/intake/capped_daily", json!(18)),
        ("/0/people/threads", json!("single")),
        ("/1/points", json!("96")),
        ("/1/people/threads", json!("multi")),
    ];
    Golden { name: "breadth_beats_volume", world, policy: default_policy(), day: TODAY, checks }
}

/// Ours: six required roles of equal weight, all full: readiness 100, not 100.0002.
fn readiness_is_one_hundred() -> Golden {
    let mut policy = default_policy();
    for role in policy["roles"].as_array_mut().expect("roles") {
        role["weight"] = json!(60);
    }
    let roles = ["economic_buyer", "decision_maker", "champion", "technical_evaluator", "influencer", "end_user"];
    let world = roles
        .iter()
        .fold(World::default().account("a"), |world, role| world.contact(role, "a", &[role]).heard(role, "demo_request", TODAY, 1));
    let checks = vec![("/0/readiness", json!("100")), ("/0/coverage/current", json!("100")), ("/0/gaps", json!([]))];
    Golden { name: "readiness_is_one_hundred", world, policy, day: TODAY, checks }
}

/// Ours: web lines, newest first, 30, 30, 30, −10: the channel counts 60. Without decay, so that the lines are these.
fn web_lines() -> Golden {
    let mut policy = default_policy();
    for kind in policy["kinds"].as_array_mut().expect("kinds") {
        kind["decay"] = json!({"type": "none"});
    }
    let world = (1..4)
        .fold(World::default().account("a").contact("x", "a", &["economic_buyer"]), |world, age| {
            world.heard("x", "page_view", TODAY - age, 6)
        })
        .heard("x", "careers_page", TODAY - 4, 1);
    let checks = vec![("/0/points", json!("60")), ("/0/intake/counted", json!(19))];
    Golden { name: "web_lines", world, policy, day: TODAY, checks }
}

/// Ours: a lone unsubscribe is 0 points, and the ledger says so: nothing of its line is left.
fn a_lone_unsubscribe() -> Golden {
    let world = World::default().account("a").contact("x", "a", &["economic_buyer"]).heard("x", "unsubscribe", TODAY, 1);
    let checks = vec![("/0/points", json!("0")), ("/0/intake/capped_person", json!(1)), ("/0/intake/counted", json!(0))];
    Golden { name: "a_lone_unsubscribe", world, policy: default_policy(), day: TODAY, checks }
}

/// Ours: 4 page views for one solution and 4 for none on one day: 30 points, as the daily cap comes after adding them.
fn two_solutions_share_a_daily_cap() -> Golden {
    let mut world =
        World::default().account("a").group("g", "a", Some("crm")).contact("x", "a", &["economic_buyer"]).heard("x", "page_view", TODAY, 4);
    let for_crm = Signal { solution: Some("crm".to_owned()), ..Signal::new(Subject::Contact("x".to_owned()), "page_view", TODAY) };
    world.signals.extend(std::iter::repeat_n(for_crm, 4));
    let checks = vec![("/0/points", json!("30")), ("/0/intake/capped_daily", json!(2)), ("/0/intake/counted", json!(6))];
    Golden { name: "two_solutions_share_a_daily_cap", world, policy: default_policy(), day: TODAY, checks }
}

#[test]
fn the_oracle_gives_the_golden_values() {
    for golden in all() {
        let assessments = Value::Array(oracle::assess(&golden.world, &golden.policy, golden.day));
        for (pointer, expected) in &golden.checks {
            assert_eq!(assessments.pointer(pointer), Some(expected), "{} at {pointer}", golden.name);
        }
    }
}
