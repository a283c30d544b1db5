//! Laws of exactness and indifference.

use crate::bridge::{self, groups};
use crate::oracle;
use crate::strategies::{Case, cases, default_cases};
use crate::world::{Signal, World, moment};
use proptest::prelude::*;
use quorate::{SignalState, SignalTally, assess};
use serde_json::Value;

/// Says which group and which field differ, so that a failure can be read.
fn agree(ours: &[Value], theirs: &[Value]) -> Result<(), TestCaseError> {
    prop_assert_eq!(ours.len(), theirs.len(), "number of groups");
    for (ours, theirs) in ours.iter().zip(theirs) {
        let fields = theirs.as_object().expect("an object");
        for (field, expected) in fields {
            prop_assert_eq!(&ours[field], expected, "field {} of group {}", field, theirs["group_id"]);
        }
        prop_assert_eq!(ours.as_object().expect("an object").len(), fields.len(), "fields of group {}", theirs["group_id"]);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: Some(Box::new(proptest::test_runner::FileFailurePersistence::WithSource("regressions"))), ..ProptestConfig::default() })]

    #[test]
    fn scores_equal_the_rational_oracle(case in cases()) {
        let ours = groups(&bridge::assessment(&case.world, &case.policy, case.day));
        agree(&ours, &oracle::assess(&case.world, &case.policy, case.day))?;
    }

    #[test]
    fn scores_equal_the_rational_oracle_under_the_default_policy(case in default_cases()) {
        let ours = groups(&bridge::assessment(&case.world, &case.policy, case.day));
        agree(&ours, &oracle::assess(&case.world, &case.policy, case.day))?;
    }
}
