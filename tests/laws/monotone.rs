//! Laws of direction: what may only raise, and what may only lower.

use crate::bridge;
use crate::oracle::{self, decimal};
use crate::strategies::{Case, cases, default_policy};
use crate::vary::{
    busy_cases, bytes, config, drafts, kinds, made, newcomers, one, person, points_of, side_by_side, steady_cases, timeless, up_to, with,
    without, without_negative_kinds, zero,
};
use crate::world::{Contact, Day, Signal, Subject, TODAY, World, moment};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use quorate::{Assessment, GroupAssessment, assess};
use serde_json::{Value, json};

/// Points, readiness, engaged coverage and verdict: none of them falls from one to the other.
fn check_rises(before: &Assessment, after: &Assessment) -> Result<(), TestCaseError> {
    for (before, after) in side_by_side(before, after) {
        let id = before.group_id();
        prop_assert!(before.points <= after.points, "points of {id}: {} to {}", before.points, after.points);
        prop_assert!(before.readiness <= after.readiness, "readiness of {id}: {} to {}", before.readiness, after.readiness);
        let (low, high) = (before.coverage.engaged, after.coverage.engaged);
        prop_assert!(low <= high, "engaged coverage of {id}: {low} to {high}");
        let (low, high) = (before.verdict.state, after.verdict.state);
        prop_assert!(low <= high, "verdict of {id}: {low:?} to {high:?}");
    }
    Ok(())
}

/// Coverage of the group and of each role, in every measure: none of them falls.
fn check_coverage_rises(before: &Assessment, after: &Assessment) -> Result<(), TestCaseError> {
    let all = |group: &GroupAssessment| {
        let of = &group.coverage;
        let roles = of.roles.iter().flat_map(|role| [role.filled, role.engaged, role.current]);
        [of.filled, of.engaged, of.current, of.possible].into_iter().chain(roles).collect::<Vec<_>>()
    };
    for (before, after) in side_by_side(before, after) {
        for (place, (low, high)) in all(before).into_iter().zip(all(after)).enumerate() {
            prop_assert!(low <= high, "coverage {place} of {}: {low} to {high}", before.group_id());
        }
    }
    Ok(())
}

/// Points of the group and of each member: none of them rises.
fn check_points_fall(before: &Assessment, after: &Assessment) -> Result<(), TestCaseError> {
    for (before, after) in side_by_side(before, after) {
        prop_assert!(before.points >= after.points, "points of {}: {} to {}", before.group_id(), before.points, after.points);
        for (before, after) in before.members.iter().zip(&after.members) {
            prop_assert_eq!(before.contact(), after.contact());
            prop_assert!(before.points >= after.points, "points of {}: {} to {}", before.contact(), before.points, after.points);
        }
    }
    Ok(())
}

/// A cap to be lowered: whose, and by how much.
#[derive(Clone, Debug)]
enum Cap {
    Person(String),
    Channel(Index, String),
    Daily(Index, u32),
}

fn caps() -> impl Strategy<Value = Vec<Cap>> {
    let amount = || select(vec!["0.01", "0.5", "5", "12.5", "30", "59.99", "100", "150", "250"]).prop_map(str::to_owned);
    let cap = prop_oneof![
        1 => amount().prop_map(Cap::Person),
        4 => (any::<Index>(), amount()).prop_map(|(place, amount)| Cap::Channel(place, amount)),
        4 => (any::<Index>(), 1_u32..6).prop_map(|(place, count)| Cap::Daily(place, count)),
    ];
    prop::collection::vec(cap, 1..=8)
}

fn lower(policy: &mut Value, cap: &Cap) {
    let is_lower = |old: &Value, new: &str| old.as_str().is_none_or(|old| decimal(new) < decimal(old));
    match cap {
        Cap::Person(amount) if is_lower(&policy["person"]["cap"], amount) => policy["person"]["cap"] = json!(amount),
        Cap::Channel(place, amount) => {
            let channels = policy["channels"].as_array_mut().expect("channels");
            let place = place.index(channels.len());
            if is_lower(&channels[place]["cap"], amount) {
                channels[place]["cap"] = json!(amount);
            }
        }
        Cap::Daily(place, count) => {
            let kinds = policy["kinds"].as_array_mut().expect("kinds");
            let place = place.index(kinds.len());
            let old = kinds[place]["daily_cap"].as_u64().expect("a number");
            kinds[place]["daily_cap"] = json!(old.min((*count).into()));
        }
        Cap::Person(_) => {}
    }
}

/// Whether a day's worth of a kind fits into its channel and into a person.
fn fits_caps(policy: &Value, kind: &Value) -> bool {
    let cap = oracle::decimal(&kind["daily_cap"].to_string()).expect("a number");
    let most = cap * points_of(kind);
    let channel = policy["channels"].as_array().expect("channels").iter().find(|channel| channel["name"] == kind["channel"]);
    let channel = channel.and_then(|channel| channel["cap"].as_str()).and_then(decimal);
    channel.is_none_or(|cap| most <= cap) && most <= decimal(policy["person"]["cap"].as_str().expect("a cap")).expect("a cap")
}

/// Many signals of one kind and day, to be given to one person or to be spread over several.
#[derive(Clone, Debug)]
struct Volume {
    giver: Index,
    kind: Index,
    age: Day,
    solution: Option<String>,
    /// Who gets each: 0 is the giver.
    spread: Vec<usize>,
}

fn volumes() -> impl Strategy<Value = Volume> {
    let solution = prop_oneof![3 => Just(None), 1 => Just(Some("crm".to_owned()))];
    (any::<Index>(), any::<Index>(), select(vec![0, 0, 1, 14, 29, 60]), solution, prop::collection::vec(0_usize..=3, 1..=24))
        .prop_map(|(giver, kind, age, solution, spread)| Volume { giver, kind, age, solution, spread })
}

/// The world with a giver who is nobody else's person, and three others like them without signals; and the ids of the four.
fn with_receivers(world: &World, giver: Index) -> Option<(World, Vec<String>)> {
    let mut world = world.clone();
    let at_home: Vec<usize> = (0..world.contacts.len()).filter(|place| world.contacts[*place].account.is_some()).collect();
    let giver = *one(&at_home, giver)?;
    let id = world.contacts[giver].id.clone();
    world.contacts[giver].person = None;
    for contact in world.contacts.iter_mut().filter(|contact| contact.person.as_ref() == Some(&id)) {
        contact.person = None;
    }
    let rows: Vec<_> = world.members.iter().filter(|row| row.contact == id).cloned().collect();
    let mut ids = vec![id];
    for number in 1..=3 {
        let id = format!("receiver {number}");
        let like = world.contacts[giver].clone();
        world.contacts.push(Contact { id: id.clone(), email: None, reports_to: None, ..like });
        world.members.extend(rows.iter().cloned().map(|mut row| {
            row.contact.clone_from(&id);
            row
        }));
        ids.push(id);
    }
    Some((world, ids))
}

/// The kind as the policy has it, and the policy, negative kinds turned around unless a day's worth of the kind fits its caps.
fn kind_and_policy(mut policy: Value, place: Index) -> (Value, Value) {
    // The law as written says "any policy". A champion mix, which weighs the best person more than all others together, is against breadth by
    // its definition (`a_champion_mix_beats_breadth`), so this law is of the roll-ups that add people up.
    if policy["group"]["roll_up"]["type"] == "champion_mix" {
        policy["group"]["roll_up"] = json!({"type": "weighted"});
    }
    let kind = |policy: &Value| place.get(policy["kinds"].as_array().expect("kinds")).clone();
    if fits_caps(&policy, &kind(&policy)) {
        return (kind(&policy), policy);
    }
    let policy = without_negative_kinds(policy);
    (kind(&policy), policy)
}

fn volume_of(world: &World, volume: &Volume, kind: &Value, day: Day, whose: impl Fn(usize) -> String) -> World {
    let mut world = world.clone();
    let kind = kind["name"].as_str().expect("a name");
    for receiver in &volume.spread {
        let signal = Signal::new(Subject::Contact(whose(*receiver)), kind, day - volume.age);
        world.signals.push(Signal { solution: volume.solution.clone(), ..signal });
    }
    world
}

proptest! {
    #![proptest_config(config(512))]

    /// Points, readiness, engaged coverage and verdict, under the default rule and roll-up, whatever else the policy says.
    ///
    /// Restated: and no disqualifier of fit asks for a signal; see `a_disqualifying_signal_lowers`.
    #[test]
    fn a_positive_signal_never_lowers(case in prop_oneof![2 => steady_cases(), 1 => busy_cases()], drafts in drafts(-5_i64..100, 3)) {
        let positive = kinds(&case.policy, |kind| points_of(kind) > zero());
        let mut more = case.world.clone();
        more.signals.extend(made(&case.world, &drafts, &positive, case.day));
        let before = bridge::assessment(&case.world, &case.policy, case.day);
        check_rises(&before, &bridge::assessment(&more, &case.policy, case.day))?;
    }

    /// Without negative kinds, signals after the day, and people who are known for a while only.
    #[test]
    fn age_alone_never_raises_points(case in cases(), days in prop_oneof![Just(1_i64), 1_i64..400]) {
        let (world, policy) = (timeless(up_to(case.world, case.day)), without_negative_kinds(case.policy));
        let now = bridge::assessment(&world, &policy, case.day);
        check_points_fall(&now, &bridge::assessment(&world, &policy, case.day + days))?;
    }

    /// Without negative kinds: the caps of a day, of a channel and of a person, one or several of them.
    #[test]
    fn a_lower_cap_never_raises_points(case in cases(), caps in caps()) {
        let policy = without_negative_kinds(case.policy);
        let mut lowered = policy.clone();
        for cap in &caps {
            lower(&mut lowered, cap);
        }
        let before = bridge::assessment(&case.world, &policy, case.day);
        check_points_fall(&before, &bridge::assessment(&case.world, &lowered, case.day))?;
    }

    /// Signals of one role, kind and day: spread over people without other signals they come to at least as much as with one person.
    #[test]
    fn breadth_beats_volume(case in cases(), volume in volumes()) {
        let (kind, policy) = kind_and_policy(case.policy, volume.kind);
        let Some((world, people)) = with_receivers(&case.world, volume.giver) else { return Ok(()) };
        let one = volume_of(&world, &volume, &kind, case.day, |_| people[0].clone());
        let many = volume_of(&world, &volume, &kind, case.day, |number| people[number].clone());
        let (one, many) = (bridge::assessment(&one, &policy, case.day), bridge::assessment(&many, &policy, case.day));
        for (one, many) in side_by_side(&one, &many) {
            prop_assert!(one.points <= many.points, "{} of one, {} of many", one.points, many.points);
        }
    }

    #[test]
    fn adding_a_person_never_lowers_coverage(case in cases(), newcomer in newcomers(vec![None, Some("supporter"), Some("opponent")])) {
        let Some(more) = with(&case.world, &newcomer, &case.policy, case.day) else { return Ok(()) };
        let before = bridge::assessment(&case.world, &case.policy, case.day);
        check_coverage_rises(&before, &bridge::assessment(&more, &case.policy, case.day))?;
    }

    /// Persons, not rows: every contact of the person at the account goes. Removed from the graph, or never entered: the same bytes.
    #[test]
    fn removing_a_person_never_improves_coverage(case in cases(), place in any::<Index>()) {
        let Case { world, policy, day } = &case;
        let Some(leaving) = one(&world.contacts, place) else { return Ok(()) };
        let is_theirs = |contact: &&Contact| contact.account == leaving.account && person(contact) == person(leaving);
        let gone: Vec<String> = world.contacts.iter().filter(is_theirs).map(|contact| contact.id.clone()).collect();
        let mut graph = bridge::graph(world);
        for id in &gone {
            let _ = graph.remove_contact(id).expect("a known contact");
        }
        graph.verify().expect("invariants hold");
        let after = assess(&graph, &bridge::tally(world), &bridge::policy(policy), bridge::day(*day));
        check_coverage_rises(&after, &bridge::assessment(world, policy, *day))?;
        let never = bridge::assessment(&without(world.clone(), &gone), policy, *day);
        prop_assert_eq!(bytes(&after), bytes(&never));
    }

    /// Somebody new who is against it, or somebody known who turns against it; under the default rule and roll-up.
    ///
    /// Restated as above: and no disqualifier of fit asks for a signal, which a turned opponent takes along.
    #[test]
    fn an_opponent_never_helps(
        case in prop_oneof![1 => steady_cases(), 2 => busy_cases()], newcomer in newcomers(vec![Some("opponent")]), turned in any::<Index>(),
    ) {
        let Case { world, policy, day } = &case;
        let before = bridge::assessment(world, policy, *day);
        if let Some(more) = with(world, &newcomer, policy, *day) {
            check_rises(&bridge::assessment(&more, policy, *day), &before)?;
        }
        if !world.contacts.is_empty() {
            let mut other = world.clone();
            turned.get_mut(&mut other.contacts).stance = Some("opponent".to_owned());
            check_rises(&bridge::assessment(&other, policy, *day), &before)?;
        }
    }

    /// And current is within engaged, engaged within filled.
    #[test]
    fn filled_is_within_possible(case in cases()) {
        for group in bridge::assessment(&case.world, &case.policy, case.day).groups() {
            let of = &group.coverage;
            prop_assert!(of.current <= of.engaged && of.engaged <= of.filled && of.filled <= of.possible, "{of:?}");
            for of in &of.roles {
                prop_assert!(of.current <= of.engaged && of.engaged <= of.filled, "{of:?}");
            }
        }
    }
}

/// One account of fit A whose people qualify it.
fn qualified() -> World {
    ["eve", "ben", "joe"].iter().zip(["economic_buyer", "champion", "end_user"]).fold(World::default().account("a"), |world, (id, role)| {
        world.contact(id, "a", &[role]).heard(id, "form_fill", TODAY, 1).heard(id, "webinar_attended", TODAY, 1)
    })
}

/// Counterexample to `a_positive_signal_never_lowers` and `an_opponent_never_helps` as the specification words them: a policy may disqualify
/// accounts by a signal, and then says by itself that the signal lowers the verdict, and that losing it to an opponent raises it.
#[test]
fn a_disqualifying_signal_lowers() {
    let mut policy = default_policy();
    policy["fit"] = json!({
        "source": "criteria", "tiers": {"A": "80", "B": "50"},
        "criteria": [{"weight": 1, "is": {"intent": {"kind": "form_fill", "within_days": 30}}}],
        "disqualifiers": [{"intent": {"kind": "page_view", "within_days": 30}}],
    });
    let state = |world: &World| bridge::assessment(world, &policy, TODAY).accounts[0].best().verdict.state.token();
    let looked = qualified().contact("may", "a", &[]).heard("may", "page_view", TODAY, 1);
    let mut against = looked.clone();
    against.contacts[3].stance = Some("opponent".to_owned());
    assert_eq!([state(&qualified()), state(&looked), state(&against)], ["qualified", "excluded", "qualified"]);
}

/// Counterexample to `breadth_beats_volume` for "any policy": 0.6 × 80 + 0.4 × 0 = 48 for one, 0.6 × 40 + 0.4 × 40 = 40 for two.
#[test]
fn a_champion_mix_beats_breadth() {
    let mut policy = default_policy();
    policy["group"]["roll_up"] = json!({"type": "champion_mix", "max": "0.6", "mean": "0.4"});
    let two = || World::default().account("a").contact("x", "a", &[]).contact("y", "a", &[]);
    let points = |world: World| bridge::assessment(&world, &policy, TODAY).accounts[0].best().points.to_string();
    assert_eq!(points(two().heard("x", "form_fill", TODAY, 2)), "48");
    assert_eq!(points(two().heard("x", "form_fill", TODAY, 1).heard("y", "form_fill", TODAY, 1)), "40");
}
