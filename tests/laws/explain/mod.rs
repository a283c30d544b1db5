//! Laws of explanations.

mod ledger;

use crate::bridge;
use crate::oracle::{Q, decimal};
use crate::strategies::Case;
use quorate::{Assessor, Explanation};

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
