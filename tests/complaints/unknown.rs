//! What is not known is shown as 0.

use quorate::{Fact, FitTier, Policy, Reason, State};
use serde_json::json;

use crate::support::{acme, advice, explained, explained_under, heard, policy_with};

/// A buying group that has all that is asked for, apart from what is not known of the account.
const EAGER: [(&str, &str, usize); 3] = [("ann", "pricing_page", 2), ("ben", "webinar_attended", 1), ("cleo", "page_view", 2)];
const PEOPLE: [(&str, &str); 3] = [("ann", "economic_buyer"), ("ben", "champion"), ("cleo", "end_user")];

/// "We bought a list without firmographics. Every account on it has fit 0 and nobody calls them."
#[test]
fn an_unknown_fit_is_no_fit_of_0_but_a_question_to_answer() {
    let policy = policy_with("/fit/source", json!("supplied"));
    let explanation = explained_under(&acme(&PEOPLE), &heard(&EAGER), &policy);
    let fit = &explanation.assessment.fit;
    let bounds = [fit.definite, fit.possible].map(|bound| bound.unwrap().to_string());
    assert_eq!((bounds, fit.tier, fit.unknown.as_slice()), (["0".into(), "100".into()], None, &[Fact::FitScore][..]));

    // Neither a no nor a zero: the verdict says what it waits for.
    assert_eq!(explanation.assessment.verdict.state, State::InsufficientData);
    let needed: Vec<String> = explanation.assessment.verdict.reasons.iter().filter(|one| is_fact(one)).map(ToString::to_string).collect();
    assert_eq!(needed, ["not known, and needed: the account's fit score"]);
    let waiting = explanation.qualification.children.last().unwrap().to_string();
    assert_eq!(waiting, "unknown: fit of tier B or better (now between 0 and 100)");
    assert_eq!(advice(&explanation)[0], "find out the account's fit score; 50, for example, would do");

    // Known, it is an answer.
    let mut account = quorate::Account::new("acme").unwrap();
    account.fit_score = Some("64".parse().unwrap());
    let mut graph = acme(&PEOPLE);
    graph.replace_account(account).unwrap();
    let explanation = explained_under(&graph, &heard(&EAGER), &policy);
    assert_eq!((explanation.assessment.verdict.state, explanation.assessment.fit.tier), (State::Qualified, Some(FitTier::B)));
}

const fn is_fact(reason: &Reason) -> bool {
    matches!(reason, Reason::FactNeeded { .. })
}

/// "We never set up fit, and the export says 0 in that column."
#[test]
fn fit_that_nobody_measures_is_null_and_not_0() {
    let explanation = explained(&acme(&PEOPLE), &heard(&EAGER));
    assert_eq!(
        serde_json::to_value(&explanation.assessment.fit).unwrap(),
        json!({"status": "not_configured", "definite": null, "possible": null, "tier": null, "unknown": []})
    );
    assert_eq!(explanation.assessment.verdict.state, State::Qualified);
    assert_eq!(
        explanation.qualification.children.last().unwrap().to_string(),
        "not asked: fit of tier B or better (fit is not configured)"
    );
}

/// "She is the chief financial officer. The CRM has no role for her, so the tool says that nobody decides."
#[test]
fn an_unknown_role_may_be_any_role_that_is_open() {
    let explanation = explained(&acme(&[("ann", ""), ("ben", "champion")]), &heard(&[("ann", "pricing_page", 2)]));
    let coverage = &explanation.assessment.coverage;
    // One role of six is filled, a second may be.
    assert_eq!((coverage.filled.to_string().as_str(), coverage.possible.to_string().as_str()), ("16.6667", "33.3333"));
    let gaps: Vec<String> = explanation.assessment.gaps.iter().map(ToString::to_string).collect();
    assert_eq!(gaps[0], "the role economic_buyer is open; one of these may hold it: ann");
    assert!(!gaps.contains(&"nobody holds the role economic_buyer".into()), "{gaps:?}");
    let next = &explanation.next_people[0];
    assert_eq!(next.contact(), Some("ann"), "{next}");
    // She shows interest all the same, at the weight of somebody of whom no more is known.
    let ann = &explanation.ledger.persons[0];
    assert_eq!((ann.points.to_string(), ann.weight, ann.share.to_string()), ("80".into(), 20, "16".into()));
}

/// "No country in the record, and the rule treats it as a country we do not sell to."
#[test]
fn a_fact_that_a_rule_asks_for_is_yes_or_no_or_not_known() {
    let rule = json!({"all": [{"points": {"at_least": "50"}}, {"attribute": {"name": "plan", "any_of": ["pro", "team"]}}]});
    let policy: Policy = policy_with("/qualification", rule);
    let answer = |plan: Option<&str>| {
        let mut account = quorate::Account::new("acme").unwrap();
        account.attributes.extend(plan.map(|plan| ("plan".into(), plan.into())));
        let mut graph = acme(&PEOPLE);
        graph.replace_account(account).unwrap();
        let explanation = explained_under(&graph, &heard(&EAGER), &policy);
        (explanation.assessment.verdict.state, explanation.qualification.children[1].to_string())
    };
    assert_eq!(answer(None), (State::InsufficientData, "unknown: the account's plan is pro or team (nothing is known)".into()));
    assert_eq!(answer(Some("pro")), (State::Qualified, "yes: the account's plan is pro or team (it is pro)".into()));
    assert_eq!(answer(Some("free")), (State::NotYet, "no: the account's plan is pro or team (it is free)".into()));
}
