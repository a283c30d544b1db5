//! Mistakes that were made once, each kept from coming back.

#![allow(missing_docs, clippy::unwrap_used, reason = "a test's name says what it holds, and it stops at the first thing that is not so")]

use quorate::{
    Account, AccountGraph, AccountId, BuyingGroup, Contact, Policy, PolicyEntry, PolicySet, Reason, Signal, SignalTally, SolutionName,
    State, Trend, assess, assess_account, assess_group,
};

fn graph(accounts: &[&str]) -> AccountGraph {
    let mut graph = AccountGraph::new();
    for id in accounts {
        graph.add_account(Account::new(id).unwrap()).unwrap();
    }
    graph
}

/// A policy whose qualification rule is this JSON.
fn with_rule(rule: &str) -> Policy {
    let mut document: serde_json::Value = serde_json::from_str(&Policy::default().to_json()).unwrap();
    document["qualification"] = serde_json::from_str(rule).unwrap();
    Policy::from_json(&document.to_string()).unwrap()
}

#[test]
fn an_account_is_answered_for_itself_under_a_policy_set_that_matches_only_its_child() {
    let mut graph = graph(&["parent"]);
    let mut kid = Account::new("kid").unwrap();
    kid.parent = Some(AccountId::new("parent").unwrap());
    graph.add_account(kid).unwrap();
    let mut group = BuyingGroup::new("kid-s", "kid").unwrap();
    group.solution = Some(SolutionName::new("s").unwrap());
    graph.add_group(group).unwrap();
    let entry = PolicyEntry { solutions: Some(vec![SolutionName::new("s").unwrap()]), ..PolicyEntry::everywhere(Policy::default()) };
    let set = PolicySet::new(vec![entry]).unwrap();
    let (tally, day) = (SignalTally::new(), "2025-06-15".parse().unwrap());
    assert_eq!(assess_account(&graph, &tally, &set, "parent", day).unwrap(), None);
    assert_eq!(assess_account(&graph, &tally, &set, "kid", day).unwrap().unwrap().account_id(), "kid");
    // What no policy matches is named, not lost.
    assert_eq!(assess(&graph, &tally, &set, day).unmatched, ["parent"]);
}

#[test]
fn momentum_counts_from_nothing_before_the_first_day() {
    let mut graph = graph(&["acme"]);
    graph.add_contact(Contact::new("ann", "acme").unwrap().with_role("champion").unwrap()).unwrap();
    let mut tally = SignalTally::new();
    tally.record(&Signal::of_contact("ann", "demo_request", "1900-01-01".parse().unwrap()).unwrap()).unwrap();
    let assessment = assess(&graph, &tally, &Policy::default(), "1900-01-05".parse().unwrap());
    let group = assessment.accounts[0].best();
    assert_eq!((group.momentum.change, group.momentum.trend), (group.points, Trend::Rising));
}

#[test]
fn only_facts_that_the_rule_waits_for_are_needed() {
    let mut graph = graph(&["acme"]);
    graph.add_contact(Contact::new("ann", "acme").unwrap()).unwrap();
    let ask = |name: &str| format!(r#"{{"attribute":{{"name":"{name}","any_of":["yes"]}}}}"#);
    let policy = with_rule(&format!(r#"{{"all":[{{"any":[{{"points":{{"at_least":"0"}}}},{}]}},{}]}}"#, ask("x"), ask("y")));
    let group = assess_group(&graph, &SignalTally::new(), &policy, "acme", "2025-06-15".parse().unwrap()).unwrap().unwrap();
    assert_eq!(group.verdict.state, State::InsufficientData);
    let needed: Vec<&Reason> = group.verdict.reasons.iter().filter(|reason| reason.code() == "fact_needed").collect();
    assert_eq!(needed, [&Reason::FactNeeded { fact: quorate::Fact::Attribute("y".into()) }]);
}

#[test]
fn a_list_shortened_by_a_dropped_clause_can_still_be_met() {
    let rule = r#"{"at_least":{"n":2,"of":[{"points":{"at_least":"0"}},{"fit":{"tier":"B","where_configured":true}}]}}"#;
    let assessment = assess(&graph(&["acme"]), &SignalTally::new(), &with_rule(rule), "2025-06-15".parse().unwrap());
    assert_eq!(assessment.accounts[0].best().verdict.state, State::Qualified);
}

#[test]
fn an_unknown_id_is_never_suggested_to_itself() {
    let mut graph = graph(&["acme", "gone"]);
    graph.add_group(BuyingGroup::new("acme-analytics", "acme").unwrap()).unwrap();
    let _gone = graph.remove_account("gone").unwrap();
    let (tally, policy, day) = (SignalTally::new(), Policy::default(), "2025-06-15".parse().unwrap());
    // With a group of its own, an account has no default group.
    let refused = assess_group(&graph, &tally, &policy, "acme", day).unwrap_err();
    assert_eq!(refused.to_string(), "unknown group `acme`");
    let refused = assess_group(&graph, &tally, &policy, "acme-analytic", day).unwrap_err();
    assert_eq!(refused.to_string(), "unknown group `acme-analytic` (did you mean `acme-analytics`?)");
    let refused = assess_account(&graph, &tally, &policy, "gone", day).unwrap_err();
    assert_eq!((refused.what(), refused.suggestion()), ("account", None));
}

#[test]
fn a_blank_fact_is_refused_and_never_a_mismatch() {
    let mut account = Account::new("acme").unwrap();
    account.industry = Some(" ".into());
    let refused = AccountGraph::new().add_account(account).unwrap_err();
    assert_eq!(refused.to_string(), "industry is blank; leave it out where it is not known");
}

#[test]
fn results_cross_threads_and_are_documents() {
    fn shared<T: Send + Sync + 'static>(_: &T) {}
    let assessment = assess(&graph(&["acme"]), &SignalTally::new(), &Policy::default(), "2025-06-15".parse().unwrap());
    shared(&assessment);
    let json = serde_json::to_value(&assessment).unwrap();
    assert_eq!(json["accounts"][0]["groups"][0]["verdict"]["state"], "not_yet");
    assert_eq!(json["accounts"][0]["groups"][0]["verdict"]["reasons"][0]["code"], "no_members");
}
