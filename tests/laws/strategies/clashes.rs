//! Policies whose rules contradict themselves, and policies that can bring little: where findings are frequent.

use super::draw::{maybe, word};
use super::policies::{asking, policies};
use super::rules::predicate;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// Any policy, most often a poor one, with rules of few quantities and many thresholds.
pub fn clashing_policies() -> BoxedStrategy<Value> {
    (policies(), poverty(), qualifications(), exclusions())
        .prop_map(|(mut policy, poverty, qualification, (exclusion, excludes_the_qualified))| {
            for (pointer, value) in poverty {
                *policy.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value;
            }
            if let Some(exclusion) = exclusion {
                policy["exclusion"] = exclusion;
            }
            if excludes_the_qualified {
                policy["exclusion"] = json!({"any": [policy["exclusion"], qualification]});
            }
            policy["qualification"] = qualification;
            asking(policy)
        })
        .boxed()
}

fn qualifications() -> impl Strategy<Value = Value> {
    let about_fit_alone = json!({"all": [{"fit": {"tier": "B", "where_configured": true}}]});
    prop_oneof![12 => clashing_rules(), 12 => many_pairs(), 1 => Just(about_fit_alone)]
}

/// Perhaps a rule, and whether the qualification rule excludes as well.
fn exclusions() -> impl Strategy<Value = (Option<Value>, bool)> {
    (maybe(0.5, clashing_rules()), prop::bool::weighted(0.15))
}

/// What takes possibilities away.
fn poverty() -> impl Strategy<Value = Vec<(&'static str, Value)>> {
    let part = |chance, pointer: &'static str, values: BoxedStrategy<Value>| {
        maybe(chance, values).prop_map(move |value| value.map(|value| (pointer, value)).into_iter().collect::<Vec<_>>()).boxed()
    };
    let nobody = json!(["employee", "consultant", "student", "competitor", "own_staff", "partner"]);
    let parts = vec![
        part(0.05, "/excluded_relationships", Just(nobody).boxed()),
        maybe(0.4, (few_kinds(), fits()))
            .prop_map(|both| both.into_iter().flat_map(|(kinds, fit)| [("/kinds", kinds), ("/fit", fit)]).collect::<Vec<_>>())
            .boxed(),
        part(0.2, "/person/cap", word(&["3", "10", "25"]).prop_map(Value::from).boxed()),
        part(0.2, "/person/engaged_points", word(&["3", "10.01", "40"]).prop_map(Value::from).boxed()),
        part(0.3, "/person/seat_full_points", word(&["20", "100"]).prop_map(Value::from).boxed()),
        part(0.3, "/person/current_days", select(vec![json!(0), json!(3), json!(30)]).boxed()),
        part(0.3, "/stages/engaged_points", word(&["0", "30", "150"]).prop_map(Value::from).boxed()),
        part(0.3, "/group/roll_up", roll_ups()),
        part(0.3, "/fit", fits()),
        part(0.4, "/templates", templates()),
        part(0.2, "/momentum/trend_points", word(&["0", "5", "30"]).prop_map(Value::from).boxed()),
    ];
    parts.prop_map(|parts| parts.into_iter().flatten().collect())
}

/// The same roles with few and many seats.
fn templates() -> BoxedStrategy<Value> {
    let seats = |counts: [u32; 3]| {
        let roles = ["economic_buyer", "champion", "coach"];
        roles.iter().zip(counts).map(|(role, count)| json!({"role": role, "count": count})).collect::<Vec<_>>()
    };
    let names = ["light", "standard", "enterprise"];
    Just(
        names
            .iter()
            .zip([[1, 1, 1], [2, 3, 4], [3, 2, 1]])
            .map(|(name, counts)| json!({"name": name, "seats": seats(counts)}))
            .collect::<Value>(),
    )
    .boxed()
}

fn roll_ups() -> BoxedStrategy<Value> {
    let mixed = json!({"type": "champion_mix", "max": "0.6", "mean": "0.4"});
    select(vec![json!({"type": "weighted"}), json!({"type": "sum"}), mixed, json!({"type": "adobe"})]).boxed()
}

fn fits() -> BoxedStrategy<Value> {
    let fit = |source: &str, criteria: Value| json!({"source": source, "tiers": {"A": "80", "B": "50"}, "criteria": criteria, "disqualifiers": []});
    let intent = json!([{"weight": 1, "is": {"intent": {"kind": "page_view", "within_days": 30}}}]);
    let industry = json!([
        {"weight": 6, "is": {"industry": {"any_of": ["Software"]}}},
        {"weight": 3, "is": {"country": {"any_of": ["DE"]}}},
    ]);
    select(vec![fit("none", json!([])), fit("supplied", json!([])), fit("criteria", intent), fit("criteria", industry)]).boxed()
}

/// Two or three kinds, `page_view` among them, that fade at once.
fn few_kinds() -> BoxedStrategy<Value> {
    let kind = |name: &'static str| {
        let tiers = word(&["decisive", "high", "medium", "trace", "trace", "ignored", "negative"]);
        let points = word(&["-5", "0", "4", "12.5", "60"]);
        let decay = select(vec![
            json!({"type": "none"}),
            json!({"type": "linear", "days": 2}),
            json!({"type": "exponential", "half_life_days": 1}),
            json!({"type": "steps", "steps": [{"from_day": 0, "factor": "0"}]}),
        ]);
        let rest = (1_u32..=2, select(vec![1, 2, 31, 91]), word(&["web", "email", "hand_raise"]), decay);
        (tiers, points, rest).prop_map(move |(tier, points, (daily_cap, window, channel, decay))| {
            json!({"name": name, "tier": tier, "points": points, "daily_cap": daily_cap, "decay": decay, "window_days": window, "channel": channel})
        })
    };
    (kind("page_view"), kind("demo_request"), maybe(0.5, kind("webinar_attended")))
        .prop_map(|(one, other, third)| Value::from([one, other].into_iter().chain(third).collect::<Vec<_>>()))
        .boxed()
}

/// Many pairs, each of one family, so that a policy says much that may be wrong.
fn many_pairs() -> BoxedStrategy<Value> {
    let pairs = (0..FAMILIES).prop_flat_map(|number| pair(family(number)));
    prop::collection::vec(pairs, 16..=32).prop_map(|pairs| json!({"any": pairs})).boxed()
}

/// Questions of one or two families, many of them under `not`.
pub fn clashing_rules() -> BoxedStrategy<Value> {
    (0..FAMILIES, 0..FAMILIES)
        .prop_flat_map(|(one, other)| clash(prop_oneof![3 => family(one), 2 => family(other), 1 => predicate()]))
        .boxed()
}

fn clash(question: impl Strategy<Value = Value> + Clone + 'static) -> BoxedStrategy<Value> {
    let asked = prop_oneof![3 => question.clone(), 3 => question.clone().prop_map(|rule| json!({"not": rule}))].boxed();
    let list = |inner: BoxedStrategy<Value>, least| {
        let name = word(&["all", "any"]);
        (name, prop::collection::vec(inner, least..=3)).prop_map(|(name, rules)| json!({name: rules})).boxed()
    };
    let some = |inner: BoxedStrategy<Value>| {
        let rules = (prop::collection::vec(inner, 1..=4), any::<prop::sample::Index>());
        rules.prop_map(|(of, n)| json!({"at_least": {"n": n.index(of.len()) + 1, "of": of}})).boxed()
    };
    let inner = prop_oneof![4 => asked.clone(), 2 => list(asked.clone(), 0), 1 => some(asked.clone())].boxed();
    let negated = list(inner.clone(), 2).prop_map(|rule| json!({"not": rule}));
    prop_oneof![4 => pair(question), 6 => list(inner.clone(), 1), 1 => some(inner), 1 => negated].boxed()
}

/// Two questions or their opposites, both or either: contradictions and tautologies, when the one makes the other or keeps it away.
fn pair(question: impl Strategy<Value = Value> + Clone + 'static) -> BoxedStrategy<Value> {
    let either_way = |(rule, is_not): (Value, bool)| if is_not { json!({"not": rule}) } else { rule };
    let clash = move |(one, other, is_any): (Value, (Value, bool), bool)| {
        let (one, other) = (either_way((one, is_any)), either_way(other));
        if is_any { json!({"any": [one, other]}) } else { json!({"all": [one, other]}) }
    };
    (question.clone(), (question, any::<bool>()), any::<bool>()).prop_map(clash).boxed()
}

const FAMILIES: usize = 9;

/// Questions about one thing and what follows from it.
fn family(number: usize) -> BoxedStrategy<Value> {
    let points = || word(&["0", "0.0001", "4", "10", "12.5", "25", "60", "100"]).prop_map(|least| json!({"points": {"at_least": least}}));
    let engaged = || (0_u32..=3).prop_map(|least| json!({"engaged_people": {"at_least": least}}));
    let channels = || (strengths(), 0_u32..=3).prop_map(|(tier, least)| json!({"channels": {"tier": tier, "at_least": least}}));
    match number {
        0 => prop_oneof![coverage(), holders(), engaged()].boxed(),
        1 => prop_oneof![hand_raise(), channels()].boxed(),
        2 => prop_oneof![points(), momentum(), trend()].boxed(),
        3 => prop_oneof![points(), engaged(), holders(), readiness()].boxed(),
        4 => prop_oneof![fit(), fit(), attribute()].boxed(),
        5 => attribute(),
        6 => prop_oneof![engaged(), holders(), channels(), hand_raise()].boxed(),
        7 => prop_oneof![coverage(), coverage(), holders()].boxed(),
        _ => prop_oneof![Just(json!({"account_excluded": {}})), readiness(), points(), hand_raise()].boxed(),
    }
}

fn scopes() -> BoxedStrategy<Value> {
    let role = word(&["economic_buyer", "champion", "champion", "coach"]).prop_map(|role| json!({"role": role}));
    prop_oneof![Just(json!("deciding")), role].boxed()
}

fn coverage() -> BoxedStrategy<Value> {
    let of = prop_oneof![1 => Just(json!("group")), 3 => scopes()];
    let measure = word(&["filled", "engaged", "current", "possible"]);
    (of, measure, word(&["0", "0.0001", "25", "33.3333", "33.3334", "50", "75", "100"]))
        .prop_map(|(of, measure, least)| json!({"coverage": {"of": of, "measure": measure, "at_least": least}}))
        .boxed()
}

fn holders() -> BoxedStrategy<Value> {
    (scopes(), word(&["filled", "engaged", "current"]), 1_u32..=4)
        .prop_map(|(of, measure, least)| json!({"holders": {"of": of, "measure": measure, "at_least": least}}))
        .boxed()
}

fn strengths() -> BoxedStrategy<String> {
    word(&["decisive", "high", "medium", "low", "trace"])
}

fn hand_raise() -> BoxedStrategy<Value> {
    let role = maybe(0.4, word(&["economic_buyer", "champion"]));
    (strengths(), select(vec![0, 1, 3, 29, 30, 31, 90, 365]), role)
        .prop_map(|(tier, days, role)| match role {
            Some(role) => json!({"hand_raise": {"tier": tier, "within_days": days, "role": role}}),
            None => json!({"hand_raise": {"tier": tier, "within_days": days}}),
        })
        .boxed()
}

fn readiness() -> BoxedStrategy<Value> {
    word(&["0", "0.0001", "10", "25", "50", "100"]).prop_map(|least| json!({"readiness": {"at_least": least}})).boxed()
}

fn momentum() -> BoxedStrategy<Value> {
    word(&["-60", "-10", "-5", "-0.0001", "0", "0.0001", "5", "10", "60"])
        .prop_map(|least| json!({"momentum": {"at_least": least}}))
        .boxed()
}

fn trend() -> BoxedStrategy<Value> {
    word(&["rising", "falling", "steady"]).prop_map(|trend| json!({"trend": trend})).boxed()
}

fn fit() -> BoxedStrategy<Value> {
    (word(&["A", "B"]), any::<bool>()).prop_map(|(tier, drops)| json!({"fit": {"tier": tier, "where_configured": drops}})).boxed()
}

/// Of one attribute, both as a text and as a number.
fn attribute() -> BoxedStrategy<Value> {
    let texts = select(vec![vec!["9.5"], vec!["10", "50"], vec!["many"], vec!["9.5", "many"], vec!["10.0", "50"]]);
    let bounds = vec![
        json!({"at_least": "9.5"}),
        json!({"at_least": "10"}),
        json!({"at_least": "51"}),
        json!({"at_most": "-3"}),
        json!({"at_most": "9.5"}),
        json!({"at_most": "50"}),
        json!({"at_least": "-3", "at_most": "9.5"}),
        json!({"at_least": "10", "at_most": "10"}),
        json!({"at_least": "10", "at_most": "50"}),
    ];
    let ranges = select(bounds).prop_map(|mut range| {
        range["name"] = json!("seats");
        json!({"attribute": range})
    });
    prop_oneof![texts.prop_map(|texts| json!({"attribute": {"name": "seats", "any_of": texts}})), ranges].boxed()
}
