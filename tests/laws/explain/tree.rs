//! The tree answers part by part what the oracle answers.

use super::{explanations, part_at, ruled_cases, rules_of, truth};
use crate::oracle;
use crate::strategies::sample;
use crate::vary::config;
use proptest::prelude::*;
use quorate::{Reason, RuleKind, RuleNode};
use serde_json::Value;
use std::collections::BTreeMap;

/// The tree has the shape of the document: every list with its parts, every question a leaf.
fn check_shape(node: &RuleNode, is: &Value) -> Result<(), TestCaseError> {
    let (name, parts) = is.as_object().and_then(|object| object.iter().next()).expect("one rule");
    let below: Vec<&Value> = match name.as_str() {
        "all" | "any" => parts.as_array().expect("a list").iter().collect(),
        "at_least" => parts["of"].as_array().expect("a list").iter().collect(),
        "not" => vec![parts],
        _ => Vec::new(),
    };
    let token = if node.question().is_some() { name.as_str() } else { node.kind.token() };
    prop_assert_eq!((token, node.children.len()), (name.as_str(), below.len()), "{}", &node.path);
    if let RuleKind::AtLeast(n) = node.kind {
        prop_assert_eq!(Value::from(n), parts["n"].clone());
    }
    node.children.iter().zip(below).try_for_each(|(child, is)| check_shape(child, is))
}

proptest! {
    #![proptest_config(config(256))]

    /// Every node of both rules, and where it stands; its questions are those that the verdict gives as reasons.
    #[test]
    fn the_tree_answers_as_the_oracle_does(case in ruled_cases()) {
        for explanation in explanations(&case) {
            let group = explanation.assessment.group_id();
            for (rule, root) in rules_of(&explanation).into_iter().zip(["qualification", "exclusion"]) {
                prop_assert_eq!(&rule.path, root);
                check_shape(rule, &case.policy[root])?;
                for node in rule.nodes() {
                    let part = part_at(&case.policy, &node.path);
                    let expected = oracle::answer_if_asked(&case.world, &case.policy, group, case.day, part);
                    prop_assert_eq!(node.answer.map(truth), expected, "{}", &node.path);
                    let below = node.children.iter().any(|child| child.decisive);
                    prop_assert!(node.question().is_some() || node.decisive == below);
                    prop_assert!(node.answer.is_some() || !node.decisive);
                }
            }
            let reasons = explanation.assessment.verdict.reasons.iter();
            let clauses = reasons.filter_map(|reason| if let Reason::Clause(clause) = reason { Some(clause) } else { None });
            let clauses: Vec<_> = clauses.filter(|clause| clause.path().starts_with("qualification")).collect();
            let asked: Vec<_> = explanation.qualification.questions().map(|asked| &asked.clause).collect();
            prop_assert_eq!(clauses, asked);
        }
    }
}

/// Every sort of node with every answer.
#[test]
fn trees_are_varied() {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for case in sample(&ruled_cases(), 300) {
        for explanation in explanations(&case) {
            for node in rules_of(&explanation).into_iter().flat_map(RuleNode::nodes) {
                *met.entry(format!("{} {:?} {}", node.kind.token(), node.answer, node.decisive)).or_default() += 1;
            }
        }
    }
    for kind in ["all", "any", "not", "at_least", "question"] {
        for answer in ["Some(True)", "Some(False)", "Some(Unknown)"] {
            for decisive in [true, false] {
                let name = format!("{kind} {answer} {decisive}");
                assert!(met.contains_key(&name), "{name} in {met:#?}");
            }
        }
    }
    assert!(met["question None false"] >= 10, "{met:#?}");
}
