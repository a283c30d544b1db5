//! Random policies: the default document with any of its parts changed. Its names of roles and templates stay, and its channels and most of
//! its kinds.

use super::default_policy;
use super::draw::{maybe, word};
use super::fits::fits;
use super::kinds::{CHANNELS, kind};
use super::rules::{predicate, rules};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// A change of a document.
#[derive(Clone, Debug)]
struct Part(&'static str, Value);

/// As shipped, as shipped with a fit, or with any parts changed.
pub fn policies() -> BoxedStrategy<Value> {
    let with_fit = fits().prop_map(|fit| changed(vec![Part("/fit", fit)]));
    prop_oneof![2 => Just(default_policy()), 2 => with_fit, 6 => random()].boxed()
}

fn changed(parts: Vec<Part>) -> Value {
    let mut policy = default_policy();
    for Part(pointer, value) in parts {
        *policy.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value;
    }
    policy
}

/// Perhaps a part, changed.
fn part(chance: f64, pointer: &'static str, values: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Vec<Part>> {
    maybe(chance, values).prop_map(move |value| value.map(|value| Part(pointer, value)).into_iter().collect()).boxed()
}

fn random() -> impl Strategy<Value = Value> {
    let structure = vec![
        part(0.5, "/roles", roles()),
        part(0.4, "/templates", templates()),
        part(0.15, "/membership", Just(json!("explicit"))),
        part(0.3, "/default_template", word(&["light", "enterprise"]).prop_map(Value::from)),
        part(0.3, "/excluded_relationships", excluded_relationships()),
        part(0.3, "/relationship_domains", domains()),
        part(0.3, "/evidence", evidence()),
        part(0.2, "/titles/base", Just(json!("none"))),
        part(0.4, "/titles/roles", title_roles()),
        part(0.4, "/channels", channels()),
        part(0.6, "/kinds", kinds()),
        part(0.7, "/fit", fits()),
        part(0.7, "/qualification", qualification()),
        part(0.3, "/exclusion", prop::collection::vec(predicate(), 2).prop_map(|of| json!({"all": of}))),
    ];
    let all: Vec<_> = structure.into_iter().chain(scalars()).collect();
    all.prop_map(|parts| asking(changed(parts.into_iter().flatten().collect())))
}

/// A rule that would give everybody the role (it asks for the functions of a template that does not say them) asks for a seniority as well.
pub fn asking(mut policy: Value) -> Value {
    let is_lone = |rule: &Value| {
        let own = rule["functions"].as_array().is_some_and(|all| all.contains(&json!("own")));
        own && ["titles", "words", "seniority"].iter().all(|field| rule.get(field).is_none())
    };
    let ask = |rules: Option<&mut Vec<Value>>| {
        for rule in rules.into_iter().flatten().filter(|rule| is_lone(rule)) {
            rule["seniority"] = json!(["c_level", "vp", "director", "individual"]);
        }
    };
    let is_open = |template: &&mut Value| template.get("functions").is_none();
    if policy["templates"].as_array_mut().expect("templates").iter_mut().any(|template| is_open(&template)) {
        ask(policy["titles"]["roles"].as_array_mut());
    }
    for template in policy["templates"].as_array_mut().expect("templates").iter_mut().filter(is_open) {
        ask(template.get_mut("title_roles").and_then(Value::as_array_mut));
    }
    policy
}

fn scalars() -> Vec<BoxedStrategy<Vec<Part>>> {
    let decimals = |pointer, values: &[&str]| part(0.25, pointer, word(values).prop_map(Value::from));
    let numbers = |pointer, values: &[i64]| part(0.25, pointer, select(values.to_vec()).prop_map(Value::from));
    let threads = [(2, 3), (3, 5), (2, 2)].map(|(thin, multi)| json!({"thin": thin, "multi": multi + 1}));
    let shares = [(1, 2), (3, 4), (9, 10)].map(|(top, bottom)| json!({"numerator": top, "denominator": bottom}));
    vec![
        decimals("/person/cap", &["50", "100", "37.5", "1000"]),
        decimals("/person/engaged_points", &["0.5", "20", "33.33"]),
        numbers("/person/current_days", &[0, 1, 14, 29, 90]),
        decimals("/person/seat_full_points", &["30", "99.99", "150"]),
        part(0.5, "/group/roll_up", roll_up()),
        part(0.25, "/group/threads", select(threads.to_vec())),
        part(0.25, "/group/concentrated_above", select(shares.to_vec())),
        numbers("/momentum/days", &[1, 7, 90]),
        decimals("/momentum/trend_points", &["0.5", "30"]),
        decimals("/momentum/trend_percent", &["1", "33.5", "100"]),
        numbers("/stages/closed_days", &[0, 30, 365]),
        decimals("/stages/engaged_points", &["1", "50"]),
        numbers("/stages/recycled_days", &[28, 90]),
        numbers("/stages/aware_days", &[1, 14, 60]),
        decimals("/stages/targeted_fit", &["A"]),
        decimals("/hand_raise/tier", &["high"]),
        numbers("/hand_raise/within_days", &[0, 1, 14, 90]),
        decimals("/hand_raise/fit_floor", &["A"]),
    ]
}

fn roll_up() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!({"type": "sum"})),
        Just(json!({"type": "champion_mix", "max": "0.6", "mean": "0.4"})),
        Just(json!({"type": "champion_mix", "max": "0.75", "mean": "0.25"})),
        Just(json!({"type": "adobe"})),
    ]
}

/// Other weights and marks, and one role more. Nobody decides or champions as `unknown`, whose weight may be 0.
fn roles() -> impl Strategy<Value = Value> {
    let weight = select(vec![1, 20, 33, 60, 80, 100, 1_000]);
    let change = maybe(0.5, (weight, any::<bool>(), prop::bool::weighted(0.2)));
    let unknown = select(vec![0, 1, 20, 50, 100]);
    (prop::collection::vec(change, 9), unknown, any::<bool>()).prop_map(|(changes, unknown, has_more)| {
        let mut roles = default_policy()["roles"].as_array().expect("roles").clone();
        roles[9]["weight"] = json!(unknown);
        for (role, change) in roles.iter_mut().zip(changes) {
            if let Some((weight, decides, champions)) = change {
                *role = json!({"name": role["name"], "weight": weight, "decides": decides, "champions": champions});
            }
        }
        if has_more {
            roles.insert(3, json!({"name": "security_lead", "weight": 0, "decides": true}));
        }
        Value::from(roles)
    })
}

/// The three names, each with other seats.
fn templates() -> impl Strategy<Value = Value> {
    let names = ["light", "standard", "enterprise"];
    prop::collection::vec((seats(), about()), names.len()).prop_map(move |templates| {
        let pairs = names.iter().zip(templates);
        pairs.map(|(name, (seats, more))| merged(json!({"name": name, "seats": seats}), more)).collect()
    })
}

fn seats() -> impl Strategy<Value = Vec<Value>> {
    let roles = vec!["economic_buyer", "decision_maker", "champion", "influencer", "end_user", "coach", "executive_sponsor"];
    let roles = prop::sample::subsequence(roles, 1..=5).prop_shuffle();
    let counts = prop::collection::vec(prop_oneof![4 => Just(1), 2 => Just(2), 1 => Just(3), 1 => Just(4)], 5);
    (roles, counts).prop_map(|(roles, counts)| {
        let counted = roles.iter().zip(counts);
        counted.map(|(role, count)| json!({"role": role, "count": count})).collect()
    })
}

/// What a template is about, and its own rules for titles.
fn about() -> impl Strategy<Value = Value> {
    let functions = maybe(0.4, prop::sample::subsequence(vec!["marketing", "finance", "it", "general_management"], 1..=2));
    let rules = maybe(0.4, title_roles());
    (functions, rules).prop_map(|(functions, rules)| {
        let mut more = json!({});
        if let Some(functions) = functions {
            more["functions"] = json!(functions);
        }
        if let Some(rules) = rules {
            more["title_roles"] = rules;
        }
        more
    })
}

fn merged(mut object: Value, more: Value) -> Value {
    let fields = more.as_object().expect("an object").clone();
    object.as_object_mut().expect("an object").extend(fields);
    object
}

/// Rules that give roles by titles, each with at least one condition.
fn title_roles() -> impl Strategy<Value = Value> {
    let titles = ["Chief Financial Officer", "Marketing Vice President", "manager it", "President", "Zzyzx"];
    let words = ["head", "Marketing", "vice president", "software engineer", "operations manager", "zzyzx"];
    let seniority = ["c_level", "vp", "director", "manager", "individual", "student"];
    let functions = ["own", "own", "finance", "it", "marketing", "sales", "procurement", "general_management"];
    let some = |all: &[&'static str], most| prop::sample::subsequence(all.to_vec(), 1..=most);
    let lists =
        (maybe(0.3, some(&titles, 2)), maybe(0.3, some(&words, 2)), maybe(0.6, some(&seniority, 4)), some(&functions, 3), any::<bool>());
    let role = word(&["economic_buyer", "decision_maker", "champion", "influencer", "end_user", "coach"]);
    let given = (role, lists).prop_map(|(gives, (titles, words, seniority, functions, asks))| {
        let fields = [("titles", titles), ("words", words), ("seniority", seniority)];
        let mut asked = json!({"role": gives});
        for (field, list) in fields {
            if let Some(list) = list {
                asked[field] = json!(list);
            }
        }
        if asks || asked.as_object().expect("an object").len() == 1 {
            asked["functions"] = json!(functions);
        }
        asked
    });
    prop::collection::vec(given, 0..=4).prop_map(Value::from)
}

fn evidence() -> impl Strategy<Value = Value> {
    let one = || word(&["0", "0.3", "0.5", "0.6", "0.9", "1"]);
    (one(), one(), one(), one(), one()).prop_map(|(human, crm, title, vendor, behaviour)| {
        json!({"human": human, "crm": crm, "title": title, "vendor": vendor, "behaviour": behaviour})
    })
}

/// Who certain domains stand for; one is within another.
fn domains() -> impl Strategy<Value = Value> {
    let words = || word(&["partner", "competitor", "employee", "own_staff"]);
    (words(), words(), any::<bool>()).prop_map(|(one, other, both)| {
        let mut rows = vec![json!({"relationship": one, "domains": ["Rival.example", "Bücher.example"]})];
        rows.extend(both.then(|| json!({"relationship": other, "domains": ["eu.rival.example"]})));
        json!(rows)
    })
}

fn excluded_relationships() -> impl Strategy<Value = Value> {
    let all = vec!["consultant", "student", "competitor", "own_staff", "partner"];
    prop::sample::subsequence(all, 0..=4).prop_map(|some| json!(some))
}

fn channels() -> impl Strategy<Value = Value> {
    let cap = maybe(0.6, word(&["5", "10", "12.5", "30", "59.99", "120"]));
    prop::collection::vec(cap, CHANNELS.len()).prop_map(|caps| {
        let channel = |(name, cap): (&&str, Option<String>)| cap.map_or(json!({"name": name}), |cap| json!({"name": name, "cap": cap}));
        CHANNELS.iter().zip(caps).map(channel).collect()
    })
}

/// Some kinds changed, one added, one perhaps dropped, in another order.
fn kinds() -> impl Strategy<Value = Value> {
    let kinds = default_policy()["kinds"].as_array().expect("kinds").clone();
    let change = |default: Value| {
        let name = default["name"].as_str().expect("a name").to_owned();
        prop_oneof![3 => Just(default), 2 => kind(name)].boxed()
    };
    let changed: Vec<_> = kinds.into_iter().map(change).chain([kind("über, \"neu\"".to_owned())]).collect();
    (changed, any::<bool>()).prop_flat_map(|(mut kinds, drops_one)| {
        kinds.retain(|kind| !drops_one || kind["name"] != "live_chat");
        Just(kinds).prop_shuffle().prop_map(Value::from)
    })
}

/// The default rule with these thresholds of points, engaged people, filled coverage and channels.
pub(super) fn default_rule((points, people, filled, channels): (String, u32, String, u32)) -> Value {
    let mut rule = default_policy()["qualification"].clone();
    rule["all"][0]["points"]["at_least"] = json!(points);
    rule["all"][1]["engaged_people"]["at_least"] = json!(people);
    rule["all"][3]["coverage"]["at_least"] = json!(filled);
    rule["all"][4]["channels"]["at_least"] = json!(channels);
    rule
}

/// The default rule with other thresholds, or any rule.
fn qualification() -> impl Strategy<Value = Value> {
    let thresholds = (word(&["10", "40", "100"]), 1_u32..=3, word(&["0", "16.6667", "33.3333", "50"]), 1_u32..=2);
    let default = thresholds.prop_map(default_rule);
    prop_oneof![default, rules()]
}
