//! The decisive questions force what the verdict needs, and none of them can be left open: by trying answers, on the rule's document alone.

use super::{explanations, ruled_cases, truth};
use crate::oracle::Truth::{self, False, True, Unknown};
use crate::strategies::sample;
use crate::vary::config;
use proptest::prelude::*;
use quorate::{Explanation, RuleNode, State};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The answers of questions by path; a question that is not there drops out.
type Answers = BTreeMap<String, Truth>;

/// False, unknown and true as 0, 1 and 2.
fn number(truth: Truth) -> usize {
    match truth {
        False => 0,
        Unknown => 1,
        True => 2,
    }
}

/// The rule by sorting: "at least n" is the nth greatest answer, "all" the least, "any" the greatest.
fn evaluate(rule: &Value, path: &str, answers: &Answers) -> Option<usize> {
    let (name, is) = rule.as_object().and_then(|object| object.iter().next()).expect("one rule");
    let sorted = |list: &Value, name: &str| {
        let list = list.as_array().expect("a list");
        let kept = list.iter().enumerate().filter_map(|(i, one)| evaluate(one, &format!("{path}.{name}[{i}]"), answers));
        let mut kept: Vec<usize> = kept.collect();
        kept.sort_unstable();
        (list.is_empty() || !kept.is_empty()).then_some(kept)
    };
    match name.as_str() {
        "all" => Some(sorted(is, "all")?.first().copied().unwrap_or(2)),
        "any" => Some(sorted(is, "any")?.last().copied().unwrap_or(0)),
        "not" => Some(2 - evaluate(is, &format!("{path}.not"), answers)?),
        "at_least" => {
            let kept = sorted(&is["of"], "at_least.of")?;
            let n = usize::try_from(is["n"].as_u64().expect("a number")).expect("small").min(kept.len());
            Some(kept[kept.len() - n])
        }
        _ => answers.get(path).map(|truth| number(*truth)),
    }
}

/// What the rule can answer when some questions are open: every combination of their answers, or of a thousand of them.
fn possible(rule: &Value, root: &str, answers: &Answers, open: &[&String]) -> BTreeSet<usize> {
    let all = 3_usize.checked_pow(u32::try_from(open.len()).expect("few")).unwrap_or(usize::MAX);
    let tried = all.min(1_000);
    let mut found = BTreeSet::new();
    for trial in 0..tried {
        // Beyond a thousand, a stride that meets every part of the combinations; then the extremes of each are among them or not: the law is
        // then checked from one side only.
        let mut code = if all == tried { trial } else { trial.wrapping_mul(2_654_435_761) % all };
        let mut answers = answers.clone();
        for path in open {
            answers.insert((*path).clone(), [False, Unknown, True][code % 3]);
            code /= 3;
        }
        found.extend(evaluate(rule, root, &answers));
    }
    found
}

/// What a verdict rests on: the answers that the rule may have.
fn needed(explanation: &Explanation, rule: &RuleNode, is_exclusion: bool) -> Option<Vec<usize>> {
    let verdict = &explanation.assessment.verdict;
    let answer = rule.answer.map(|answer| number(truth(answer)));
    let route = verdict.route.map(quorate::Route::token);
    match (is_exclusion, verdict.state) {
        (true, State::Excluded) => (answer == Some(2)).then(|| vec![2]),
        (false, State::Excluded) => None,
        (false, State::Qualified) if route == Some("rule") => Some(vec![2]),
        (false, State::NotYet) if answer == Some(0) => Some(vec![0]),
        (false, State::InsufficientData) => Some(vec![1]),
        _ => Some(vec![0, 1]),
    }
}

fn check(explanation: &Explanation, policy: &Value, name: &str) -> Result<(), TestCaseError> {
    let rule = if name == "exclusion" { &explanation.exclusion } else { &explanation.qualification };
    let leaves: Vec<&RuleNode> = rule.nodes().into_iter().filter(|node| node.question().is_some()).collect();
    let answers: Answers = leaves.iter().filter_map(|leaf| Some((leaf.path.clone(), truth(leaf.answer?)))).collect();
    let decisive: Vec<&String> = leaves.iter().filter(|leaf| leaf.decisive).map(|leaf| &leaf.path).collect();
    let Some(needed) = needed(explanation, rule, name == "exclusion") else {
        prop_assert!(decisive.is_empty(), "the verdict does not rest on the rule");
        return Ok(());
    };
    let meets = |found: &BTreeSet<usize>| found.iter().all(|answer| needed.contains(answer));
    let open: Vec<&String> = answers.keys().filter(|path| !decisive.contains(path)).collect();
    prop_assert!(meets(&possible(&policy[name], name, &answers, &open)), "{:?} do not force {:?}", decisive, needed);
    for left_out in &decisive {
        let open: Vec<&String> = open.iter().copied().chain([*left_out]).collect();
        if open.len() <= 6 {
            prop_assert!(!meets(&possible(&policy[name], name, &answers, &open)), "{} is one too many", left_out);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(384))]

    /// Of a group that is not yet qualified; and of every other verdict, of both rules.
    #[test]
    fn a_not_yet_cites_no_question_too_many(case in ruled_cases()) {
        for explanation in explanations(&case) {
            check(&explanation, &case.policy, "qualification")?;
            check(&explanation, &case.policy, "exclusion")?;
        }
    }
}

/// The law above meets every verdict with and without questions to spare.
#[test]
fn decisive_questions_are_varied() {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for case in sample(&ruled_cases(), 400) {
        for explanation in explanations(&case) {
            let verdict = &explanation.assessment.verdict;
            let leaves = explanation.qualification.nodes().into_iter().filter(|node| node.question().is_some() && node.answer.is_some());
            let leaves: Vec<bool> = leaves.map(|leaf| leaf.decisive).collect();
            let some = leaves.iter().any(|decisive| *decisive);
            let spare = leaves.iter().any(|decisive| !decisive);
            let name = format!("{} {:?} {some} {spare}", verdict.state.token(), verdict.route);
            *met.entry(name).or_default() += 1;
        }
    }
    for verdict in ["not_yet None", "qualified Some(Rule)", "qualified Some(HandRaise)"] {
        assert!(met.get(&format!("{verdict} true true")).is_some_and(|count| *count >= 5), "{verdict} in {met:#?}");
    }
    for verdict in ["insufficient_data None true false", "insufficient_data None true true"] {
        assert!(met.contains_key(verdict), "{verdict} in {met:#?}");
    }
    assert!(met.get("not_yet None true false").is_some_and(|count| *count >= 5), "{met:#?}");
}
