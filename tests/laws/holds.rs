//! What holds a verdict: losses that the library names, tried on the real world.

use crate::bridge;
use crate::oracle;
use crate::oracle::losses::{self, Loss};
use crate::strategies::{Case, cases, small_cases};
use crate::vary::{config, unrepeated};
use crate::world::{Day, Signal, World};
use proptest::prelude::*;
use quorate::{Assessor, State, explain};
use serde_json::Value;
use std::collections::BTreeSet;

/// The same world with signals that have no ids, so that none takes the place of another.
fn without_ids(world: &World) -> World {
    let signals = unrepeated(world).into_iter().map(|signal| Signal { id: None, ..signal }).collect();
    World { signals, ..world.clone() }
}

fn named(loss: &quorate::Loss) -> Loss {
    match loss {
        quorate::Loss::Person { member } => Loss::Person(member.contact().to_owned()),
        quorate::Loss::Signals { member, kind, day } => {
            let on = Day::from(day.days_since(bridge::day(0)));
            Loss::Signals(member.as_ref().map(|member| member.contact().to_owned()), kind.to_string(), on)
        }
        quorate::Loss::Fact(fact) => Loss::Fact(fact.to_string()),
        other => panic!("what is {other:?}?"),
    }
}

/// The losses named for each qualified group of a world.
fn held(world: &World, case: &Case) -> Vec<(String, BTreeSet<Loss>, bool)> {
    let (graph, tally, policy) = (bridge::graph(world), bridge::tally(world), bridge::policy(&case.policy));
    let of_group = |group: &crate::world::Group| {
        let found = explain(&graph, &tally, &policy, &group.id, bridge::day(case.day)).expect("a group").expect("a policy");
        let translated = Assessor::new(&graph, &tally, &policy);
        let again = translated.explain(&group.id, bridge::day(case.day)).expect("a group").expect("a policy");
        assert_eq!(again.holds, found.holds, "however ids are looked up");
        let losses: BTreeSet<Loss> = found.holds.losses.iter().map(named).collect();
        assert_eq!(losses.len(), found.holds.losses.len(), "each is named once");
        if found.assessment.verdict.state != State::Qualified {
            assert!(losses.is_empty() && found.holds.complete, "nothing holds what is not there");
            return None;
        }
        Some((group.id.clone(), losses, found.holds.complete))
    };
    oracle::groups(world).iter().filter_map(of_group).collect()
}

/// Whether a group is still qualified, by the oracle and by the library.
fn is_qualified(world: &World, policy: &Value, group: &str, day: Day) -> [bool; 2] {
    let all = oracle::assess(world, policy, day);
    let one = all.iter().find(|one| one["group_id"] == group).expect("the group");
    let assessment = bridge::assessment(world, policy, day);
    let other = assessment.groups().find(|one| one.group_id() == group).expect("the group");
    [one["verdict"]["state"] == "qualified", other.verdict.state == State::Qualified]
}

fn all_cases() -> BoxedStrategy<Case> {
    prop_oneof![cases(), small_cases()].boxed()
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn a_loss_named_unqualifies(case in all_cases()) {
        let world = without_ids(&case.world);
        for (group, losses, _) in held(&world, &case) {
            for loss in &losses {
                let after = losses::after(&world, &case.policy, &group, case.day, loss);
                prop_assert_eq!(is_qualified(&after, &case.policy, &group, case.day), [false; 2], "{} without {:?}", group, loss);
            }
        }
    }

    /// Persons, usable signals of a kind and day, and known facts; when all of them were tried.
    #[test]
    fn a_loss_not_named_does_not(case in all_cases()) {
        let world = without_ids(&case.world);
        for (group, losses, complete) in held(&world, &case) {
            let others = losses::all(&world, &case.policy, &group, case.day);
            prop_assert!(losses.is_subset(&others));
            for loss in others.difference(&losses).filter(|_| complete) {
                let after = losses::after(&world, &case.policy, &group, case.day, loss);
                prop_assert_eq!(is_qualified(&after, &case.policy, &group, case.day), [true; 2], "{} without {:?}", group, loss);
            }
        }
    }
}
