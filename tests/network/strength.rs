//! Strengths of ties out of interactions, in exact rationals.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Zero as _};
use proptest::prelude::*;
use proptest::sample::select;
use quorate::{Account, AccountGraph, Contact, Day, Decay, DecayStep, Interaction, Network, Policy, StrengthRule, ties_of_interactions};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn on(from: &str, to: &str, at: Day, kind: &str) -> Interaction {
    Interaction { from: from.parse().unwrap(), to: to.parse().unwrap(), day: at, kind: kind.into() }
}

fn ratio(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
}

/// Half to even at so many decimals.
fn rounded(value: &BigRational, decimals: u32) -> BigRational {
    let scale = BigRational::from_integer(BigInt::from(10).pow(decimals));
    let scaled = value * &scale;
    let floor = scaled.floor();
    let rest = &scaled - &floor;
    let half = ratio(1, 2);
    let up = rest > half || (rest == half && (floor.to_integer() % BigInt::from(2)) != BigInt::zero());
    (floor + if up { BigRational::one() } else { BigRational::zero() }) / scale
}

/// The default decay: from 1 to a half in 180 days, to nothing at 730.
fn factor(age: i64) -> BigRational {
    let exact = match age {
        0..180 => ratio(1, 1) - ratio(age, 360),
        180..730 => ratio(1, 2) * ratio(730 - age, 550),
        _ => ratio(0, 1),
    };
    rounded(&exact, 9)
}

/// The rule read off its formula, for kinds as the default policy has them.
pub fn expected(interactions: &[Interaction], rule: &StrengthRule, one: &str, other: &str, today: Day) -> Option<u8> {
    let (mut each, mut there, mut back, mut any) = (ratio(0, 1), ratio(0, 1), ratio(0, 1), false);
    for interaction in interactions {
        let ends = (interaction.from.as_str(), interaction.to.as_str());
        let age = i64::from(today.days_since(interaction.day));
        if (ends != (one, other) && ends != (other, one)) || age < 0 || factor(age).is_zero() {
            continue;
        }
        any |= interaction.kind != "lunch";
        match interaction.kind.as_str() {
            "meeting" => each += factor(age) * ratio(rule.each[0].weight.into(), 1),
            "mail" if ends == (one, other) => there += factor(age),
            "mail" => back += factor(age),
            _ => {}
        }
    }
    let exact = ratio(rule.base.into(), 1) + each + there.min(back) * ratio(rule.mutual[0].weight.into(), 1);
    let whole = u8::try_from(rounded(&exact, 0).to_integer().min(BigInt::from(rule.cap))).unwrap();
    (any && whole > 0).then_some(whole)
}

/// How many are with oneself, whatever their day and kind; else after the day; else faded; else of another kind; else counted; nobody is not there.
fn tallied(interactions: &[Interaction], today: Day) -> [u64; 6] {
    let mut counts = [0; 6];
    for one in interactions {
        let age = i64::from(today.days_since(one.day));
        let reasons = [one.from == one.to, age < 0, age >= 730, one.kind == "lunch"];
        counts[reasons.iter().position(|reason| *reason).unwrap_or(4)] += 1;
    }
    counts
}

/// The default rule with other numbers.
fn rule() -> impl Strategy<Value = StrengthRule> {
    let numbers = prop_oneof![Just((1_u8, 3_u8, 1_u8, 100_u8)), (0..=3_u8, 0..=9_u8, 0..=9_u8, 1..=100_u8)];
    numbers.prop_map(|(base, each, mutual, cap)| {
        let mut rule = StrengthRule { base, cap, ..StrengthRule::default() };
        rule.each[0].weight = each;
        rule.mutual[0].weight = mutual;
        rule
    })
}

const PEOPLE: [&str; 3] = ["ann", "bea", "cleo"];

fn interaction() -> impl Strategy<Value = Interaction> {
    let kind = select(&["meeting", "mail", "mail", "lunch"][..]);
    let age = prop_oneof![Just(0_i32), Just(179), Just(180), Just(181), Just(729), Just(730), -2..800];
    (select(&PEOPLE[..]), select(&PEOPLE[..]), age, kind).prop_map(|(from, to, age, kind)| {
        on(from, to, Day::from_days_since_epoch(day("2025-05-05").days_since_epoch() - age).unwrap(), kind)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn strengths_equal_the_rational_oracle(
        interactions in prop::collection::vec(interaction(), 0..80),
        rule in rule(),
        shift in 0..80_usize,
    ) {
        let today = day("2025-05-05");
        let found = ties_of_interactions(&interactions, &rule, today);
        let mut pairs = Vec::new();
        for (one, other) in [("ann", "bea"), ("ann", "cleo"), ("bea", "cleo")] {
            pairs.extend(expected(&interactions, &rule, one, other, today).map(|strength| (one, other, strength)));
        }
        let got: Vec<_> = found.ties.iter().map(|tie| (tie.from.as_str(), tie.to.as_str(), tie.strength)).collect();
        prop_assert_eq!(got, pairs);
        let counts = &found.counts;
        let got = [counts.with_oneself, counts.future, counts.faded, counts.other_kinds.values().sum(), counts.counted, counts.not_there];
        prop_assert_eq!(got, tallied(&interactions, today));
        let lunches = counts.other_kinds.get("lunch").copied().unwrap_or_default();
        prop_assert_eq!(lunches, counts.other_kinds.values().sum::<u64>());
        // Order changes nothing.
        let mut turned = interactions.clone();
        turned.rotate_left(shift.min(interactions.len()));
        prop_assert_eq!(ties_of_interactions(&turned, &rule, today), found);
    }
}

#[test]
fn the_published_rule_by_hand() {
    let today = day("2025-05-05");
    let mut interactions = vec![on("ann", "bea", today, "meeting"); 2];
    interactions.extend(vec![on("ann", "bea", today, "mail"); 5]);
    interactions.extend(vec![on("bea", "ann", today, "mail"); 3]);
    let strength = |interactions: &[Interaction]| ties_of_interactions(interactions, &StrengthRule::default(), today).ties[0].strength;
    assert_eq!(strength(&interactions), 1 + 3 * 2 + 3);
    // Mail in one direction is no acquaintance, but they have met.
    assert_eq!(strength(&interactions[..7]), 1 + 3 * 2);
    assert_eq!(strength(&vec![on("ann", "bea", today, "meeting"); 200]), 100);
}

#[test]
fn a_rule_out_of_range_is_taken_as_the_nearest_within() {
    let today = day("2025-05-05");
    let meetings = vec![on("ann", "bea", today, "meeting"); 200];
    let strength = |cap| ties_of_interactions(&meetings, &StrengthRule { cap, ..StrengthRule::default() }, today).ties[0].strength;
    assert_eq!((strength(0), strength(1), strength(255)), (1, 1, 100));
}

/// An interaction of this age, by a rule that fades so: the strength of its tie, and how many are counted and faded.
fn aged(age: i32, decay: &Decay) -> (Option<u8>, u64, u64) {
    let today = day("2025-05-05");
    let then = Day::from_days_since_epoch(today.days_since_epoch() - age).unwrap();
    let mut rule = StrengthRule { base: 0, decay: decay.clone(), ..StrengthRule::default() };
    rule.each[0].weight = 100;
    let found = ties_of_interactions(&[on("ann", "bea", then, "meeting")], &rule, today);
    (found.ties.first().map(|tie| tie.strength), found.counts.counted, found.counts.faded)
}

#[test]
fn a_decay_that_never_ends_goes_on_for_ten_years() {
    let steps = |factor: &str| Decay::Steps(vec![DecayStep { from_day: 0, factor: factor.parse().unwrap() }]);
    for (decay, strength) in [(Decay::None, 100), (steps("0.07"), 7)] {
        for age in [0, 1, 730, 3_649, 3_650] {
            assert_eq!(aged(age, &decay), (Some(strength), 1, 0), "{age} days");
        }
        for age in [3_651, 3_652, 20_000] {
            assert_eq!(aged(age, &decay), (None, 0, 1), "{age} days");
        }
    }
}

#[test]
fn a_decay_that_ends_ends_on_its_day() {
    let linear = Decay::Linear { days: 3_650 };
    // One part in 3,650 is left on the last day: it is counted, and rounds to no tie.
    assert_eq!(aged(3_649, &linear), (None, 1, 0));
    assert_eq!(aged(3_650, &linear), (None, 0, 1));
    assert_eq!(aged(1_825, &linear), (Some(50), 1, 0));
    assert_eq!(aged(1_825, &Decay::Exponential { half_life_days: 365 }), (Some(3), 1, 0));
    // Halved every day, billionths are soon used up.
    assert_eq!(aged(30, &Decay::Exponential { half_life_days: 1 }), (None, 1, 0));
    assert_eq!(aged(31, &Decay::Exponential { half_life_days: 1 }), (None, 0, 1));
}

/// A person of two contacts is one person: mail to one address that is answered from the other is mutual.
#[test]
fn interactions_of_all_contacts_of_a_person_are_put_together() {
    let (mut graph, today) = (AccountGraph::new(), day("2025-05-05"));
    graph.add_account(Account::new("acme").unwrap()).unwrap();
    for (id, person) in [("ann", None), ("bea-1", Some("bea")), ("bea-2", Some("bea")), ("gone", None)] {
        let mut contact = Contact::new(id, "acme").unwrap();
        contact.person = person.map(|person| person.parse().unwrap());
        contact.active = id != "gone";
        graph.add_contact(contact).unwrap();
    }
    let interactions = [
        on("ann", "bea-1", today, "mail"),
        on("bea-2", "ann", today, "mail"),
        on("ann", "bea-1", today, "meeting"),
        on("bea-2", "ann", today, "meeting"),
        on("bea-1", "bea-2", today, "mail"),
        on("ann", "gone", today, "mail"),
        on("ann", "bea-1", today, "lunch"),
    ];
    let (network, counts) = Network::with_interactions(&graph, &Policy::default(), today, &interactions).unwrap();
    assert_eq!((counts.counted, counts.with_oneself, counts.not_there), (4, 1, 1));
    assert_eq!(counts.other_kinds.into_iter().collect::<Vec<_>>(), [("lunch".to_owned(), 1)]);
    let paths = network.warm_paths(&["ann"], "bea-2", 1).unwrap();
    assert_eq!(paths[0].hops[0].strength, 1 + 3 * 2 + 1);
    let unknown = Network::with_interactions(&graph, &Policy::default(), today, &[on("ann", "bea", today, "mail")]).unwrap_err();
    assert_eq!(unknown.to_string(), "unknown contact `bea`");
}
