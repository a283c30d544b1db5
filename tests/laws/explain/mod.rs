//! Laws of explanations.

mod citations;
mod decisive;
mod identities;
mod ledger;
mod next_people;
mod tree;

use crate::bridge;
use crate::oracle::{Q, decimal};
use crate::strategies::{Case, cases, days, policies, rules, world_with};
use proptest::prelude::*;
use quorate::{Assessor, Explanation, RuleNode, Truth};
use serde_json::Value;

/// The library's explanation of every group of a case, by account id, then group id.
pub fn explanations(case: &Case) -> Vec<Explanation> {
    let (graph, tally, policy) = (bridge::graph(&case.world), bridge::tally(&case.world), bridge::policy(&case.policy));
    let assessor = Assessor::new(&graph, &tally, &policy);
    let groups = crate::oracle::groups(&case.world).into_iter();
    groups.map(|group| assessor.explain(&group.id, bridge::day(case.day)).expect("a group").expect("one policy")).collect()
}

/// A number of the library as a rational.
pub fn exact(number: impl ToString) -> Q {
    decimal(&number.to_string()).expect("a canonical decimal")
}

/// Cases, half of them under policies with any rule for qualification and perhaps any rule for exclusion.
pub fn ruled_cases() -> BoxedStrategy<Case> {
    let policy = (policies(), rules(), prop::option::weighted(0.4, rules())).prop_map(|(mut policy, qualification, exclusion)| {
        policy["qualification"] = qualification;
        if let Some(exclusion) = exclusion {
            policy["exclusion"] = exclusion;
        }
        policy
    });
    let ruled = policy.prop_flat_map(|policy| (world_with(&policy), Just(policy), days()));
    let ruled = ruled.prop_map(|(world, policy, day)| Case { world, policy, day });
    prop_oneof![cases(), ruled].boxed()
}

/// The part of a policy's rule at a path such as `qualification.all[0].not`.
pub fn part_at<'a>(policy: &'a Value, path: &str) -> &'a Value {
    let steps = path.split('.').flat_map(|step| step.split('[').map(|step| step.trim_end_matches(']')));
    steps.fold(policy, |at, step| step.parse::<usize>().map_or_else(|_| &at[step], |place| &at[place]))
}

/// Both rules of an explanation, each with the name of its root.
pub fn rules_of(explanation: &Explanation) -> [&RuleNode; 2] {
    [&explanation.qualification, &explanation.exclusion]
}

/// An answer of the library in the words of the oracle.
pub fn truth(answer: Truth) -> crate::oracle::Truth {
    match answer {
        Truth::True => crate::oracle::Truth::True,
        Truth::False => crate::oracle::Truth::False,
        Truth::Unknown => crate::oracle::Truth::Unknown,
    }
}
