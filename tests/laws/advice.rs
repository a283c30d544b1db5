//! What it would take: the sets of changes that the library lists, applied to the oracle's own copies.

use crate::bridge;
use crate::oracle::changes::{Atom, Chosen, Known, Listed, Set, Study, Who, brought, learned, strength, unit, without_channels};
use crate::oracle::{self, Q, decimal, show};
use crate::strategies::{Case, cases, sample, small_cases};
use crate::vary::{config, zero};
use proptest::prelude::*;
use quorate::{
    Account, AccountGraph, Advice, Change, ChangeSet, Contact, Extent, FactValue, Policy, Predicate, Rule, SignalTally, Tier, explain,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A set of the library in the oracle's words.
struct Given {
    set: Set,
    chosen: Chosen,
    missing: Q,
    /// Signals of other channels that would do as well.
    others: Vec<(Atom, Atom)>,
    /// Signals that would bring somebody to their points.
    examples: Vec<(Who, Vec<(String, usize)>)>,
}

fn points(points: quorate::Points) -> Q {
    decimal(&points.to_string()).expect("a decimal")
}

fn who(who: &quorate::Who) -> Who {
    match (who.contact(), who.added()) {
        (Some(id), None) => Who::Member(id.to_owned()),
        (None, Some((role, number))) => Who::Added(role.to_string(), usize::try_from(number).expect("small")),
        both => panic!("neither known nor added, or both: {both:?}"),
    }
}

fn known(value: &FactValue) -> Known {
    match value {
        FactValue::Text(text) => Known::Text(text.clone()),
        FactValue::Other => Known::Other,
        FactValue::List(names) => Known::List(names.clone()),
    }
}

fn given(changes: &ChangeSet) -> Given {
    let missing = points(changes.missing);
    let mut given = Given { set: Set::new(), chosen: Chosen::default(), missing, others: Vec::new(), examples: Vec::new() };
    let mut atoms = Vec::new();
    for change in &changes.changes {
        atoms.push(atom(change, &mut given));
    }
    given.set = atoms.iter().cloned().collect();
    assert_eq!(given.set.iter().cloned().collect::<Vec<_>>(), atoms, "in order, and each once");
    given
}

fn atom(change: &Change, given: &mut Given) -> Atom {
    match change {
        Change::LiftExclusion { .. } => Atom::Lift,
        Change::Reconcile { opponent } => Atom::Reconcile(opponent.contact().expect("a member").to_owned()),
        Change::Learn { fact, suits } => {
            given.chosen.values.insert(fact.to_string(), known(suits));
            Atom::Learn(fact.to_string())
        }
        Change::AddPerson { role, number, .. } => Atom::Add(role.to_string(), usize::try_from(*number).expect("small")),
        Change::Bring { who: whom, to, examples, .. } => {
            given.chosen.points.insert(who(whom), points(*to));
            let plain = |example: &Vec<quorate::SignalExample>| {
                let pairs = example.iter().map(|one| (one.kind.to_string(), usize::try_from(one.count).expect("small")));
                (who(whom), pairs.collect())
            };
            given.examples.extend(examples.iter().map(plain));
            Atom::Bring(who(whom))
        }
        Change::Signal { tier, channel, others, role, .. } => {
            let of = |channel: &quorate::ChannelName| {
                Atom::Signal(Reverse(strength(&tier.to_string())), channel.to_string(), role.as_ref().map(ToString::to_string))
            };
            given.others.extend(others.iter().map(|other| (of(channel), of(other))));
            of(channel)
        }
        Change::HandRaise { .. } => Atom::HandRaise,
        other => panic!("what is {other:?}?"),
    }
}

/// Each group of a case that is not qualified, with what it would take.
fn advised(case: &Case) -> Vec<(Study, Advice)> {
    let (graph, tally, policy) = (bridge::graph(&case.world), bridge::tally(&case.world), bridge::policy(&case.policy));
    let open = |group: &crate::world::Group| {
        let study = Study::new(&case.world, &case.policy, &group.id, case.day);
        let found = explain(&graph, &tally, &policy, &group.id, bridge::day(case.day)).expect("a group").expect("a policy");
        if study.qualifies_with(&Set::new(), &Chosen::default()) {
            assert!(found.advice.sets.is_empty(), "a qualified group needs no advice");
            assert_eq!(found.advice.extent, Extent::All);
            return None;
        }
        Some((study, found.advice))
    };
    oracle::groups(&case.world).iter().filter_map(open).collect()
}

fn all_cases() -> BoxedStrategy<Case> {
    prop_oneof![1 => cases(), 2 => small_cases()].boxed()
}

/// Every part of a set but the set itself.
fn proper_parts(set: &Set) -> Vec<Set> {
    let atoms: Vec<&Atom> = set.iter().collect();
    let part =
        |which: u32| atoms.iter().enumerate().filter(|(place, _)| which & 1 << place != 0).map(|(_, atom)| (*atom).clone()).collect();
    (0..(1_u32 << atoms.len()) - 1).map(part).collect()
}

fn check_points(study: &Study, given: &Given) -> Result<(), TestCaseError> {
    let missing: Q = given.chosen.points.iter().map(|(who, to)| (to - study.own_points(&given.set, who)).max(zero())).sum();
    prop_assert_eq!(show(&missing), show(&given.missing));
    for (who, to) in &given.chosen.points {
        prop_assert!(*to >= study.own_points(&given.set, who), "nobody is brought to less than they have");
        prop_assert!(given.set.contains(&Atom::Bring(who.clone())));
    }
    prop_assert_eq!(given.chosen.points.len(), brought(&given.set).len());
    prop_assert_eq!(given.chosen.values.len(), learned(&given.set).len());
    Ok(())
}

/// A unit less for whoever got the rest: the last in the order of weight who is given more than they have, by more than being engaged takes.
fn check_no_fewer(study: &Study, given: &Given) -> Result<(), TestCaseError> {
    let points = &given.chosen.points;
    let is_more = |who: &&Who| points[*who] > study.own_points(&given.set, who);
    let people = study.by_weight(&given.set);
    let more: Vec<&Who> = people.iter().filter(is_more).collect();
    let rest = more.iter().rev().find(|who| points[**who] != study.engaged_at());
    let engaged = more.iter().filter(|who| points[**who] == study.engaged_at() && study.more_never_hurts);
    for who in rest.into_iter().chain(engaged) {
        let mut fewer = points.clone();
        fewer.insert((**who).clone(), &points[*who] - unit());
        prop_assert!(
            !study.suffices(&given.set, &fewer),
            "{:?} of {:?} could have a unit less than {}",
            who,
            given.set,
            show(&points[*who])
        );
    }
    Ok(())
}

fn in_order(given: &[Given]) -> bool {
    let key = |one: &Given| (one.set.len(), one.missing.clone(), one.set.clone());
    given.windows(2).all(|pair| key(&pair[0]) < key(&pair[1]))
}

proptest! {
    #![proptest_config(config(400))]

    /// Each set, with its points and values, on the oracle's own copy; so do the other channels that it names.
    #[test]
    fn suggested_changes_qualify(case in all_cases()) {
        for (study, advice) in advised(&case) {
            let sets: Vec<Given> = advice.sets.iter().map(given).collect();
            let order: Vec<_> = sets.iter().map(|one| (show(&one.missing), &one.set)).collect();
            prop_assert!(sets.len() <= 10 && in_order(&sets), "not the first ten, or not in order: {:#?}", order);
            for one in &sets {
                prop_assert!(study.qualifies_with(&one.set, &one.chosen), "{:?} with {:?}", one.set, one.chosen);
                check_points(&study, one)?;
                for (signal, other) in &one.others {
                    let instead: Set = one.set.iter().filter(|atom| *atom != signal).chain([other]).cloned().collect();
                    prop_assert!(study.qualifies_with(&instead, &one.chosen), "{:?} with {:?}", instead, one.chosen);
                }
            }
        }
    }

    /// No part of a set does, whatever points and values are chosen for it.
    #[test]
    fn no_smaller_change_qualifies(case in all_cases()) {
        for (study, advice) in advised(&case) {
            for one in advice.sets.iter().map(given).filter(|one| one.set.len() <= 6) {
                for part in proper_parts(&one.set) {
                    let chosen = study.qualifying(&part);
                    prop_assert!(chosen.is_none(), "{:?} is in {:?} and does with {:?}", part, one.set, chosen);
                }
                if advice.extent != Extent::Cut {
                    prop_assert!(!study.says_too_much(&one.set), "{:?} asks for more than it must", one.set);
                }
            }
        }
    }

    /// The least points that do: with a unit less for whoever got the rest, the set does not.
    #[test]
    fn fewer_points_do_not_do(case in all_cases()) {
        for (study, advice) in advised(&case) {
            for one in advice.sets.iter().map(given) {
                check_no_fewer(&study, &one)?;
            }
        }
    }

    /// The signals of an example, given today, bring the points; of one kind, one signal less does not.
    #[test]
    fn examples_bring_the_points(case in all_cases()) {
        for (study, advice) in advised(&case) {
            for one in advice.sets.iter().map(given) {
                for (who, example) in &one.examples {
                    let to = &one.chosen.points[who];
                    let points = study.points_after(&one.set, who, example);
                    prop_assert!(points >= *to, "{:?} bring {:?} to {} instead of {}", example, who, show(&points), show(to));
                    // Who has the points and is only to be heard of again needs a signal all the same.
                    let lacks = study.points_after(&one.set, who, &[]) < *to;
                    if let ([(kind, count)], true) = (&example[..], lacks) {
                        let points = study.points_after(&one.set, who, &[(kind.clone(), count - 1)]);
                        prop_assert!(points < *to, "{} of {} bring {:?} to {}", count - 1, kind, who, show(&points));
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(config(120))]

    /// Every set of up to three changes is tried: those that qualify, and no part of which does, are the ones that are listed, in order. A
    /// search that was cut short may lack some.
    #[test]
    fn listed_sets_are_the_minimal_ones(case in small_cases()) {
        for (study, advice) in advised(&case).into_iter().take(1) {
            let most = if study.more_never_hurts { 3 } else { 2 };
            let minimal = study.minimal(most);
            let listed: Vec<Given> = advice.sets.iter().map(given).collect();
            for one in listed.iter().filter(|one| one.set.len() <= most) {
                prop_assert!(minimal.contains(&one.set), "{:?} is listed, not one of {:#?}", one.set, minimal);
            }
            if advice.extent != Extent::Cut {
                check_listed(&advice, &listed, &study.listed(minimal), most)?;
            }
        }
    }

    /// Where every change helps and all of them together do not do, no set is listed, and that is all.
    #[test]
    fn no_set_is_said_when_there_is_none(case in small_cases()) {
        for (study, advice) in advised(&case) {
            if study.is_beyond_help() {
                prop_assert!(advice.sets.is_empty());
                prop_assert_eq!(advice.extent, Extent::All);
            }
        }
    }
}

fn check_listed(advice: &Advice, listed: &[Given], expected: &[Listed], most: usize) -> Result<(), TestCaseError> {
    let small: Vec<&Given> = listed.iter().filter(|one| one.set.len() <= most).collect();
    for (one, known) in small.iter().zip(expected) {
        prop_assert_eq!(&one.set, &known.set);
        if let Some(missing) = &known.missing {
            prop_assert_eq!(show(missing), show(&one.missing), "points of {:?}: {:?}", one.set, one.chosen);
        }
    }
    let room = if listed.len() < 10 { usize::MAX } else { small.len() };
    prop_assert_eq!(small.len(), expected.len().min(room), "of {:#?}", expected);
    let left = expected.len() > 10;
    prop_assert!(!left || advice.extent == Extent::More);
    Ok(())
}

/// What the advice for a group consists of.
fn sorts(advice: &Advice) -> Vec<String> {
    let mut sorts = vec![format!("extent {}", advice.extent.token())];
    if advice.sets.is_empty() {
        sorts.push("no set".to_owned());
    }
    for set in &advice.sets {
        sorts.push(format!("size {}", set.changes.len()));
        sorts.extend(set.changes.iter().map(|change| change.code().to_owned()));
        sorts.push(if points(set.missing) > zero() { "points missing".to_owned() } else { "no points missing".to_owned() });
    }
    sorts.sort();
    sorts.dedup();
    sorts
}

/// Each in at least one of a hundred groups that are not qualified.
#[test]
fn small_cases_reach_every_sort_of_change() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = 0;
    for (_, advice) in sample(&small_cases(), 600).iter().flat_map(advised) {
        all += 1;
        for sort in sorts(&advice) {
            *counts.entry(sort).or_default() += 1;
        }
    }
    let sorts = [
        "size 1",
        "size 2",
        "size 3",
        "size 4",
        "size 5",
        "no set",
        "points missing",
        "no points missing",
        "lift_exclusion",
        "reconcile",
        "learn",
        "add_person",
        "bring",
        "signal",
        "hand_raise",
        "extent all",
        "extent more",
        "extent cut",
    ];
    let rare: Vec<_> = sorts.iter().filter(|sort| counts.get(**sort).is_none_or(|count| 100 * count < all)).collect();
    assert!(rare.is_empty(), "too rare among {all}: {rare:?} in {counts:#?}");
}

/// The rule asks for a trace from the economic buyer, and for a channel with something better: one better act of theirs is both.
#[test]
fn one_signal_answers_two_questions() {
    let mut graph = AccountGraph::new();
    graph.add_account(Account::new("acme").unwrap()).unwrap();
    graph.add_contact(Contact::new("ann", "acme").unwrap().with_role("economic_buyer").unwrap()).unwrap();
    let mut document = Policy::default().into_document();
    let asked = Predicate::HandRaise { tier: Tier::Trace, within_days: 365, role: Some("economic_buyer".parse().unwrap()) };
    let somewhere = Predicate::Channels { tier: Tier::Low, at_least: 1 };
    document.qualification = Rule::All(vec![Rule::Is(asked), Rule::Is(somewhere)]);
    let policy = Policy::new(document).unwrap();
    let found = explain(&graph, &SignalTally::new(), &policy, "acme", "2025-06-15".parse().unwrap()).unwrap().unwrap();
    let alone = |set: &&ChangeSet| matches!(&set.changes[..], [Change::Signal { tier: Tier::Low, role: Some(role), .. }] if role.as_str() == "economic_buyer");
    assert_eq!(found.advice.sets.iter().filter(alone).count(), 1, "{:#?}", found.advice);
}
