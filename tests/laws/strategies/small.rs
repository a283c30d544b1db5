//! Small portfolios and policies, in which every set of changes can be tried: few people, roles, kinds and channels, and groups that are often a
//! change or two away from being qualified.

use super::draw::{maybe, word};
use super::fits::fits;
use super::policies::default_rule;
use super::rules::{predicate, rules};
use super::{Case, default_policy, world_with};
use crate::vary::without;
use crate::world::{Contact, TODAY, World};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// How many contacts an account has at most.
const PEOPLE: usize = 4;

/// One account of at most four contacts, under a policy of three roles.
pub fn small_cases() -> BoxedStrategy<Case> {
    let case = |policy: Value| (world_with(&policy), world_rest(), Just(policy));
    let policies = small_policies();
    policies.prop_flat_map(case).prop_map(|(world, rest, policy)| Case { world: small(world, rest), policy, day: TODAY }).boxed()
}

/// Whether it is excluded; stances, which come to the first contacts.
fn world_rest() -> impl Strategy<Value = (bool, Vec<bool>)> {
    (prop::bool::weighted(0.1), prop::collection::vec(prop::bool::weighted(0.15), PEOPLE))
}

fn small(mut world: World, (excluded, opposed): (bool, Vec<bool>)) -> World {
    let Some(first) = world.accounts.first().map(|account| account.id.clone()) else { return world };
    let is_here = |contact: &&Contact| contact.account.as_ref() == Some(&first);
    let kept: Vec<String> = world.contacts.iter().filter(is_here).take(PEOPLE).map(|contact| contact.id.clone()).collect();
    let gone: Vec<String> = world.contacts.iter().map(|contact| contact.id.clone()).filter(|id| !kept.contains(id)).collect();
    world = without(world, &gone);
    let mut world = crate::vary::only(&world, &first);
    if excluded {
        world.accounts[0].excluded = Some("customer".to_owned());
    }
    for (contact, opposed) in world.contacts.iter_mut().zip(opposed) {
        contact.stance = opposed.then(|| "opponent".to_owned()).or_else(|| contact.stance.take());
    }
    world
}

/// Three roles, five channels, nine kinds, and any rule.
pub fn small_policies() -> BoxedStrategy<Value> {
    let numbers = (word(&["10", "20", "33.33"]), word(&["50", "100", "200"]), select(vec![0, 14, 30]), word(&["decisive", "high"]));
    let sums = prop_oneof![
        5 => Just(json!({"type": "weighted"})),
        1 => Just(json!({"type": "sum"})),
        1 => Just(json!({"type": "champion_mix", "max": "0.6", "mean": "0.4"})),
        1 => Just(json!({"type": "adobe"})),
    ];
    let exclusion =
        prop_oneof![5 => Just(json!({"any": []})), 1 => prop::collection::vec(predicate(), 1..=2).prop_map(|all| json!({"all": all}))];
    let fit = prop_oneof![1 => Just(default_policy()["fit"].clone()), 1 => fits()];
    (numbers, sums, seats(), fit, qualifications(), exclusion)
        .prop_map(|((engaged, cap, current, tier), roll_up, seats, fit, qualification, exclusion)| {
            let mut policy = default_policy();
            policy["roles"] = roles();
            policy["titles"]["roles"] = title_roles();
            policy["templates"] = json!([{"name": "light", "seats": seats}]);
            policy["default_template"] = json!("light");
            policy["channels"] =
                json!([{"name": "meeting"}, {"name": "event"}, {"name": "content", "cap": "120"}, {"name": "web", "cap": "60"}]);
            policy["kinds"] = kinds();
            policy["person"]["engaged_points"] = json!(engaged);
            policy["person"]["cap"] = json!(cap);
            policy["person"]["current_days"] = json!(current);
            policy["group"]["roll_up"] = roll_up;
            policy["hand_raise"]["tier"] = json!(tier);
            policy["fit"] = fit;
            policy["qualification"] = in_few_roles(&qualification);
            policy["exclusion"] = in_few_roles(&exclusion);
            policy
        })
        .boxed()
}

fn roles() -> Value {
    json!([
        {"name": "economic_buyer", "weight": 100, "decides": true},
        {"name": "champion", "weight": 80, "champions": true},
        {"name": "end_user", "weight": 60},
        {"name": "unknown", "weight": 20},
    ])
}

/// The rules of the default policy that give one of these roles.
fn title_roles() -> Value {
    let kept = |rule: &&Value| roles().as_array().expect("roles").iter().any(|role| role["name"] == rule["role"]);
    default_policy()["titles"]["roles"].as_array().expect("rules").iter().filter(kept).cloned().collect()
}

fn seats() -> impl Strategy<Value = Value> {
    let roles = prop::sample::subsequence(vec!["economic_buyer", "champion", "end_user"], 1..=3);
    let counts = prop::collection::vec(prop_oneof![3 => Just(1), 1 => Just(2)], 3);
    (roles, counts)
        .prop_map(|(roles, counts)| roles.iter().zip(counts).map(|(role, count)| json!({"role": role, "count": count})).collect())
}

/// Of the default policy, in fewer channels.
fn kinds() -> Value {
    let kept = [
        ("demo_request", "meeting"),
        ("meeting_held", "meeting"),
        ("webinar_attended", "event"),
        ("form_fill", "content"),
        ("pricing_page", "content"),
        ("email_click", "web"),
        ("page_view", "web"),
        ("intent_high", "web"),
        ("unsubscribe", "web"),
    ];
    let all = default_policy()["kinds"].as_array().expect("kinds").clone();
    let find = |name: &str| all.iter().find(|kind| kind["name"] == name).expect("a kind").clone();
    let in_channel = |(name, channel): (&str, &str)| {
        let mut kind = find(name);
        kind["channel"] = json!(channel);
        kind
    };
    kept.map(in_channel).into_iter().collect()
}

/// The default rule with thresholds near and far, a few questions that all must hold, or any rule.
fn qualifications() -> BoxedStrategy<Value> {
    let thresholds = (word(&["40", "100", "250"]), 1_u32..=3, word(&["0", "33.3333", "50", "100"]), 0_u32..=2);
    let default = thresholds.prop_map(default_rule);
    let question = || prop_oneof![5 => predicate(), 1 => predicate().prop_map(|one| json!({"not": one}))];
    let some = (prop::collection::vec(question(), 2..=4), maybe(0.4, 1_u32..=3)).prop_map(|(of, n)| match n {
        Some(n) => json!({"at_least": {"n": usize::try_from(n).expect("small").min(of.len()), "of": of}}),
        None => json!({"all": of}),
    });
    prop_oneof![3 => default, 4 => some, 2 => rules()].boxed()
}

/// The rule with every other role replaced by one of the three.
fn in_few_roles(rule: &Value) -> Value {
    let pairs = [("influencer", "end_user"), ("decision_maker", "economic_buyer"), ("coach", "champion")];
    let text = pairs.iter().fold(rule.to_string(), |text, (from, to)| text.replace(from, to));
    serde_json::from_str(&text).expect("JSON")
}
