//! Short stretches of days in which a lot happens to a group: signals that fade within days, people who come and go, facts that turn, and exit
//! rules that are over within days.

use super::draw::{maybe, word};
use super::{Case, cases, default_policy};
use crate::world::{Contact, Day, HeldRole, Subject, TODAY, World, date, moment};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// What is known, a policy, and the days to go through, both included.
#[derive(Clone, Debug)]
pub struct History {
    pub world: World,
    pub policy: Value,
    pub first: Day,
    pub last: Day,
}

const DAYS: Day = 24;
const KINDS: [&str; 5] = ["demo_request", "contact_sales", "form_fill", "page_view", "unsubscribe"];

/// Mostly lively ones; some of any world under any policy.
pub fn histories() -> BoxedStrategy<History> {
    prop_oneof![6 => lively(), 1 => any_case()].boxed()
}

fn lively() -> impl Strategy<Value = History> {
    (world(), policy()).prop_map(|(world, policy)| History { world, policy, first: TODAY, last: TODAY + DAYS - 1 })
}

fn any_case() -> impl Strategy<Value = History> {
    let within = select(vec![0, 1, 2, 5, 30]);
    (cases(), exit(), within).prop_map(|(Case { world, mut policy, day }, exit, within)| {
        policy["exit"] = exit;
        policy["hand_raise"]["within_days"] = json!(within);
        History { world, policy, first: day, last: day + 7 }
    })
}

fn exit() -> impl Strategy<Value = Value> {
    let below = word(&["0", "10", "25", "60", "1000"]);
    (below, 0_i64..=4, 1_i64..=5, 0_i64..=5).prop_map(|(below, below_days, silence, cool_down)| {
        json!({"below_points": below, "below_days": below_days, "silence_days": silence, "cool_down_days": cool_down})
    })
}

/// The default policy, of which signals fade within days; qualification, exclusion and fit turn on them.
fn policy() -> impl Strategy<Value = Value> {
    let kinds: Vec<_> = default_policy()["kinds"].as_array().expect("kinds").iter().cloned().map(fading).collect();
    let fit = prop_oneof![
        3 => Just(json!("none")),
        // Known, too low, and turned by a signal.
        2 => select(vec!["page_view", "form_fill"]).prop_map(|kind| json!({"intent": {"kind": kind, "within_days": 2}})),
    ];
    let exclusion = prop_oneof![
        3 => Just(json!({"any": []})),
        2 => word(&["30", "50"]).prop_map(|least| json!({"points": {"at_least": least}})),
        1 => Just(json!({"opponents": {"at_least": 1}})),
    ];
    (kinds, exit(), prop_oneof![3 => 0_i64..=4, 2 => Just(30)], qualification(), exclusion, fit).prop_map(
        |(kinds, exit, within, qualification, exclusion, fit)| {
            let mut policy = default_policy();
            policy["kinds"] = json!(kinds);
            policy["exit"] = exit;
            policy["hand_raise"]["within_days"] = json!(within);
            policy["qualification"] = qualification;
            policy["exclusion"] = exclusion;
            if fit != "none" {
                let criterion = json!({"weight": 1, "is": fit});
                policy["fit"] =
                    json!({"source": "criteria", "tiers": {"A": "80", "B": "50"}, "criteria": [criterion], "disqualifiers": []});
            }
            policy
        },
    )
}

fn fading(kind: Value) -> BoxedStrategy<Value> {
    let points = if kind["tier"] == "decisive" { vec!["0", "5", "40"] } else { vec!["12.5", "20", "40"] };
    (1_i64..=5, select(points), any::<bool>())
        .prop_map(move |(window, points, fades)| {
            let mut kind = kind.clone();
            kind["window_days"] = json!(window);
            kind["decay"] = if fades { json!({"type": "linear", "days": window + 1}) } else { json!({"type": "none"}) };
            if kind["points"].as_str().is_some_and(|points| points != "0" && !points.starts_with('-')) {
                kind["points"] = json!(points);
            }
            kind
        })
        .boxed()
}

/// True now and then; the last ones whatever anybody does.
fn qualification() -> impl Strategy<Value = Value> {
    let points = word(&["15", "30", "50"]).prop_map(|least| json!({"all": [{"points": {"at_least": least}}]}));
    let rising = Just(json!({"all": [{"trend": "rising"}, {"engaged_people": {"at_least": 1}}]}));
    let requested =
        word(&["decisive", "medium"]).prop_map(|tier| json!({"hand_raise": {"tier": tier, "within_days": 1, "role": "champion"}}));
    let known = Just(json!({"any": [{"attribute": {"name": "segment", "any_of": ["mid"]}}, {"engaged_people": {"at_least": 2}}]}));
    prop_oneof![6 => points, 2 => rising, 2 => requested, 2 => known, 1 => Just(json!({"all": []}))]
}

/// One account, a few people, and something almost every day. The people are known for a part of the days only, now and then.
fn world() -> impl Strategy<Value = World> {
    let person = (word(&["champion", "economic_buyer", "unknown"]), prop::bool::weighted(0.1), maybe(0.4, (0..DAYS, 1_i64..8)));
    let people = prop::collection::vec(person, 1..=3);
    let account = (maybe(0.4, word(&["mid", "smb"])), prop::bool::weighted(0.04), any::<bool>());
    let signal = (0_usize..4, word(&KINDS), -6..DAYS, 1_usize..=2);
    let signals = prop_oneof![prop::collection::vec(signal.clone(), 0..=8), prop::collection::vec(signal, 8..=36)];
    (account, people, signals).prop_map(|((segment, excluded, grouped), people, signals)| {
        let mut world = World::default().account("a");
        world.accounts[0].attributes.extend(segment.map(|segment| ("segment".to_owned(), segment)));
        world.accounts[0].excluded = excluded.then(|| "a customer".to_owned());
        if grouped {
            world = world.group("g", "a", None).group("h", "a", Some("crm"));
        }
        let count = people.len();
        world.contacts = people.into_iter().enumerate().map(|(number, person)| contact(number, person)).collect();
        for (who, kind, day, times) in signals {
            let subject = if who < count { Subject::Contact(format!("c{who}")) } else { Subject::Account("a".to_owned()) };
            for second in 0..times {
                let mut signal = crate::world::Signal::new(subject.clone(), &kind, TODAY + day);
                signal.at = moment(TODAY + day, 3_600 * i64::try_from(second).expect("small"));
                world.signals.push(signal);
            }
        }
        world
    })
}

fn contact(number: usize, (role, opponent, known): (String, bool, Option<(Day, Day)>)) -> Contact {
    Contact {
        id: format!("c{number}"),
        account: Some("a".to_owned()),
        roles: vec![HeldRole { role, evidence: None }],
        stance: opponent.then(|| "opponent".to_owned()),
        known_from: known.filter(|(from, _)| from % 2 == 0).map(|(from, _)| date(TODAY + from)),
        known_until: known.map(|(from, length)| date(TODAY + from + length)),
        ..Contact::default()
    }
}
