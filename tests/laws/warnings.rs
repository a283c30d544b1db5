//! Laws of warnings: what had no effect is told, once, and nothing else is.

use crate::bridge;
use crate::oracle;
use crate::strategies::{Case, cases, sample};
use crate::vary::config;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

/// Warnings as texts, each once and in no order, without their messages.
fn told(warnings: impl IntoIterator<Item = Value>) -> BTreeSet<String> {
    let without_message = |mut warning: Value| {
        warning.as_object_mut().expect("an object").remove("message");
        warning.to_string()
    };
    warnings.into_iter().map(without_message).collect()
}

fn expected(case: &Case, group: &str) -> BTreeSet<String> {
    told(oracle::warnings(&case.world, &case.policy, group, case.day))
}

/// Cases of whose groups some name a template that the policy does not have.
fn cases_of_any_templates() -> impl Strategy<Value = Case> {
    (cases(), any::<u8>()).prop_map(|(mut case, strange)| {
        for (number, group) in case.world.groups.iter_mut().enumerate() {
            if strange >> (number % 8) & 3 == 3 {
                group.template = Some("of_another_policy".into());
            }
        }
        case
    })
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn what_had_no_effect_is_told_once_and_nothing_else_is(case in cases_of_any_templates()) {
        for group in bridge::assessment(&case.world, &case.policy, case.day).groups() {
            let warnings: Vec<Value> = group.warnings.iter().map(|one| serde_json::to_value(one).expect("serialises")).collect();
            let count = warnings.len();
            let told = told(warnings);
            prop_assert_eq!(told.len(), count, "one of {:?} comes twice", told);
            prop_assert_eq!(told, expected(&case, group.group_id()), "group {}", group.group_id());
        }
    }
}

/// So that the law is about something: warnings of every sort are due, and not everywhere.
#[test]
fn some_rows_and_roles_have_no_effect() {
    let cases = sample(&cases_of_any_templates(), 300);
    let of_groups = |case: &Case| oracle::groups(&case.world).iter().map(|group| expected(case, &group.id)).collect::<Vec<_>>();
    let all: Vec<BTreeSet<String>> = cases.iter().flat_map(of_groups).collect();
    let due = |code: &str| all.iter().flatten().filter(|warning| warning.contains(code)).count();
    let counts = ["listed_but_no_member", "role_not_in_policy", "template_not_in_policy"].map(due);
    assert!(counts.iter().all(|count| *count >= 20), "{counts:?}");
    // Of somebody else's row few come to be members.
    assert!(due("\"member\":") >= 5, "{} by another contact", due("\"member\":"));
    assert!(all.iter().filter(|warnings| warnings.is_empty()).count() >= 20);
}
