//! Laws of fit: what is unknown, and what it could move.

use crate::bridge;
use crate::oracle::{self, Q, decimal};
use crate::strategies::{Case, default_policy, exact_fits, sample, world_with};
use crate::vary::{config, only};
use crate::world::{Account, TODAY, World};
use proptest::prelude::*;
use quorate::{Fit, FitTier, Percent, Policy, UnknownFact, assess};
use serde_json::Value;

/// One account, if any, under a fit that rounds nothing.
fn cases() -> BoxedStrategy<Case> {
    let policy = exact_fits().prop_map(|fit| {
        let mut policy = default_policy();
        policy["fit"] = fit;
        policy
    });
    let case = |policy: Value| {
        let alone = |world: World| world.accounts.first().map(|first| only(&world, &first.id)).unwrap_or_default();
        (world_with(&policy).prop_map(alone), Just(policy)).prop_map(|(world, policy)| Case { world, policy, day: TODAY })
    };
    policy.prop_flat_map(case).boxed()
}

fn fits(world: &World, policy: &Policy) -> Vec<Fit> {
    let assessment = assess(&bridge::graph(world), &bridge::tally(world), policy, bridge::day(TODAY));
    assessment.groups().map(|group| group.fit.clone()).collect()
}

fn exact(percent: Percent) -> Q {
    decimal(&percent.to_string()).expect("a decimal")
}

/// The bounds of a configured fit.
fn bounds(fit: &Fit) -> (Q, Q) {
    (exact(fit.definite.expect("configured")), exact(fit.possible.expect("configured")))
}

/// Whether the account has a text for the fact, though one that is no answer to some criterion.
fn is_half_known(account: &Account, fact: &str) -> bool {
    fact.strip_prefix("attribute ").is_some_and(|name| account.attributes.contains_key(name))
}

/// What learning did.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    all_match: u32,
    none_matches: u32,
    some_match: u32,
    disqualified: u32,
    half_known: u32,
}

/// Learns every value of every unknown fact, one at a time.
fn check(case: &Case, seen: &mut Seen) -> Result<(), TestCaseError> {
    let policy = &bridge::policy(&case.policy);
    let before = fits(&case.world, policy);
    for (place, fit) in before.iter().enumerate() {
        for unknown in &fit.unknown {
            for account in oracle::learnt(&case.policy, &case.world.accounts[0], &unknown.fact.to_string()) {
                let world = World { accounts: vec![account], ..case.world.clone() };
                let after = &fits(&world, policy)[place];
                // A text is no answer to a question about a number: the fact is no better known than before.
                if after.unknown.iter().all(|one| one.fact != unknown.fact) {
                    check_learnt(case, fit, unknown, &world.accounts[0], after, seen)?;
                }
            }
        }
    }
    Ok(())
}

fn check_learnt(
    case: &Case,
    before: &Fit,
    unknown: &UnknownFact,
    account: &Account,
    after: &Fit,
    seen: &mut Seen,
) -> Result<(), TestCaseError> {
    let ((low, high), (low_then, high_then), moves) = (bounds(before), bounds(after), exact(unknown.moves));
    let (rise, fall) = (low_then - low, high - high_then);
    prop_assert_eq!(rise.clone() + fall.clone(), moves.clone(), "{} in {:?}", unknown.fact, account);
    if is_half_known(&case.world.accounts[0], &unknown.fact.to_string()) {
        seen.half_known += 1;
        return Ok(());
    }
    let none = decimal("0").expect("a decimal");
    let (matching, differing, disqualifies) = oracle::settled(&case.policy, account, &unknown.fact.to_string());
    if differing == none {
        prop_assert_eq!((&rise, &fall), (&moves, &none), "{:?} matches {}", account, unknown.fact);
        seen.all_match += u32::from(moves > none);
    } else if matching == none {
        prop_assert_eq!((&rise, &fall), (&none, &moves), "{:?} does not match {}", account, unknown.fact);
        seen.none_matches += 1;
    } else {
        seen.some_match += 1;
    }
    prop_assert_eq!((rise, fall), (matching, differing), "{} in {:?}", unknown.fact, account);
    if before.tier != Some(FitTier::D) {
        prop_assert_eq!(after.tier == Some(FitTier::D), disqualifies, "{} in {:?}", unknown.fact, account);
        prop_assert!(unknown.disqualifies || !disqualifies, "{} was not said to disqualify", unknown.fact);
        seen.disqualified += u32::from(disqualifies);
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(128))]

    /// A value that matches all that asks about it raises `definite` by that and leaves `possible`; one that matches none lowers `possible` by
    /// that and leaves `definite`; any other does a part of both, which add up to it. Only what was said to may disqualify.
    #[test]
    fn learning_a_fact_moves_the_bounds_by_what_was_said(case in cases()) {
        check(&case, &mut Seen::default())?;
    }

    /// The same facts in the same order with the same shares and marks as by the definition, and shares that leave nothing out.
    #[test]
    fn unknown_facts_are_those_of_the_definition(case in cases()) {
        let ours = bridge::groups(&bridge::assessment(&case.world, &case.policy, case.day));
        let theirs = oracle::assess(&case.world, &case.policy, case.day);
        for (ours, theirs) in ours.iter().zip(&theirs) {
            prop_assert_eq!(&ours["fit"], &theirs["fit"]);
        }
        for fit in fits(&case.world, &bridge::policy(&case.policy)) {
            let (low, high) = bounds(&fit);
            prop_assert_eq!(fit.unknown.iter().map(|one| exact(one.moves)).sum::<Q>(), high - low);
        }
    }
}

#[test]
fn facts_of_every_sort_are_learnt() {
    let mut seen = Seen::default();
    for case in sample(&cases(), 400) {
        check(&case, &mut seen).expect("the law holds");
    }
    let least = [seen.all_match, seen.none_matches, seen.some_match, seen.disqualified, seen.half_known];
    assert!(least.iter().all(|count| *count >= 10), "{seen:?}");
}

/// All that disqualify are named, not only the first.
#[test]
fn every_disqualifier_that_holds_is_named() {
    let mut policy = default_policy();
    policy["fit"] = serde_json::json!({
        "source": "criteria", "criteria": [{"is": {"country": {"any_of": ["DE"]}}, "weight": 1}], "tiers": policy["fit"]["tiers"],
        "disqualifiers": [
            {"industry": {"any_of": ["Tobacco"]}}, {"country": {"any_of": ["FR"]}}, {"country": {"any_of": ["XX"]}}
        ]
    });
    let world = crate::strategies::sample(&world_with(&policy), 1).remove(0);
    let mut account = world.accounts.first().cloned().unwrap_or_default();
    (account.industry, account.country) = (Some("Tobacco".into()), Some("FR".into()));
    let world = World { accounts: vec![account], ..World::default() };
    let assessment = assess(&bridge::graph(&world), &bridge::tally(&world), &bridge::policy(&policy), bridge::day(TODAY));
    let said: Vec<String> = assessment.groups().flat_map(|group| group.verdict.reasons.iter().map(ToString::to_string)).collect();
    assert!(
        said.iter().any(|reason| reason == "the account's industry is Tobacco, and the account's country is FR, which disqualifies"),
        "{said:?}"
    );
}
