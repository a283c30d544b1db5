//! Citations are sufficient: what is cited alone gives the same verdict, and the same answer to each question.

use super::{explanations, part_at, ruled_cases, rules_of, truth};
use crate::bridge;
use crate::oracle::{self, day_of};
use crate::strategies::{Case, default_policy, sample};
use crate::vary::{config, only, person, unrepeated, without};
use crate::world::{Contact, Signal, Subject, TODAY, World, date};
use proptest::prelude::*;
use proptest::sample::Index;
use quorate::{Citation, Explanation, RuleNode};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Of the group's account only what is cited: whole persons, signals by person, kind and day, facts.
fn kept(case: &Case, explanation: &Explanation, cited: &Citation) -> World {
    let account = explanation.assessment.account_id();
    let world = only(&case.world, account);
    let contacts: BTreeMap<&str, &Contact> = world.contacts.iter().map(|contact| (contact.id.as_str(), contact)).collect();
    let people: BTreeSet<&str> = cited.contacts.iter().map(|id| person(contacts[id])).collect();
    let ledger = &explanation.ledger;
    let acts: BTreeSet<(Option<&str>, &str, String)> = cited
        .rows
        .iter()
        .map(|at| {
            let row = &ledger.rows[*at];
            (ledger.person_of(row).and_then(|person| person.contact()).map(|id| person(contacts[id])), row.kind(), row.day.to_string())
        })
        .collect();
    let is_cited = |signal: &Signal| {
        let who = match &signal.subject {
            Subject::Account(id) => (id == account).then_some(None),
            Subject::Contact(id) => contacts.get(id.as_str()).map(|contact| Some(person(contact))),
            Subject::Email(_) => None,
        };
        let day = date(day_of(&signal.at));
        who.is_some_and(|who| who.is_none_or(|who| people.contains(who)) && acts.contains(&(who, signal.kind.as_str(), day)))
    };
    let signals = unrepeated(&case.world).into_iter().filter(is_cited).collect();
    let gone: Vec<String> =
        world.contacts.iter().filter(|contact| !people.contains(person(contact))).map(|contact| contact.id.clone()).collect();
    let mut left = without(world.clone(), &gone);
    left.signals = signals;
    forget(&mut left, cited);
    left
}

/// Only the facts cited are known of the account.
fn forget(world: &mut World, cited: &Citation) {
    let facts: BTreeSet<String> = cited.facts.iter().map(ToString::to_string).collect();
    let is_known = |name: &str| facts.contains(name);
    let account = &mut world.accounts[0];
    account.industry = account.industry.take().filter(|_| is_known("industry"));
    account.employees = account.employees.take().filter(|_| is_known("employees"));
    account.revenue = account.revenue.take().filter(|_| is_known("revenue"));
    account.country = account.country.take().filter(|_| is_known("country"));
    account.technologies = account.technologies.take().filter(|_| is_known("technologies"));
    account.fit_score = account.fit_score.take().filter(|_| is_known("fit_score"));
    account.excluded = account.excluded.take().filter(|_| cited.exclusion);
    account.attributes.retain(|name, _| is_known(&format!("attribute {name}")));
}

proptest! {
    #![proptest_config(config(384))]

    /// State and route, by the library and by the oracle.
    #[test]
    fn keeping_only_cited_facts_keeps_the_verdict(case in ruled_cases()) {
        for explanation in explanations(&case) {
            let (group, verdict) = (explanation.assessment.group_id(), &explanation.assessment.verdict);
            let world = kept(&case, &explanation, &explanation.cited);
            let assessment = bridge::assessment(&world, &case.policy, case.day);
            let again = assessment.groups().find(|one| one.group_id() == group).expect("the group");
            prop_assert_eq!((again.verdict.state, again.verdict.route), (verdict.state, verdict.route), "of {}", group);
            let theirs = oracle::assess(&world, &case.policy, case.day);
            let theirs = theirs.iter().find(|one| one["group_id"] == group).expect("the group");
            prop_assert_eq!(theirs["verdict"]["state"].as_str(), Some(verdict.state.token()));
            prop_assert_eq!(theirs["verdict"]["route"].as_str(), verdict.route.map(quorate::Route::token));
        }
    }

    /// Any question of either rule, decisive or not: its answer by the oracle, its value by the library.
    #[test]
    fn keeping_only_what_a_question_cites_keeps_its_answer(case in ruled_cases(), which in any::<Index>()) {
        for explanation in explanations(&case) {
            let nodes = rules_of(&explanation).into_iter().flat_map(RuleNode::nodes);
            let questions: Vec<&RuleNode> = nodes.filter(|node| node.answer.is_some() && node.question().is_some()).collect();
            if questions.is_empty() {
                continue;
            }
            let node = which.get(&questions);
            let world = kept(&case, &explanation, &node.question().expect("a question").cites);
            let part = part_at(&case.policy, &node.path);
            let again = oracle::answer_if_asked(&world, &case.policy, explanation.assessment.group_id(), case.day, part);
            prop_assert_eq!(again, node.answer.map(truth), "{}: {}", &node.path, part);
            let again = explanations(&Case { world, ..case.clone() });
            let again = again.iter().find(|one| one.assessment.group_id() == explanation.assessment.group_id()).expect("the group");
            let again = rules_of(again).into_iter().flat_map(RuleNode::nodes).find(|one| one.path == node.path).expect("the node");
            let value = |node: &RuleNode| node.question().expect("a question").clause.value().clone();
            prop_assert_eq!(value(again), value(node), "{}: {}", &node.path, part);
        }
    }
}

/// A policy with another rule, and a fit by criteria if any are given.
fn policy(qualification: Value, criteria: Value) -> Value {
    let mut policy = default_policy();
    policy["qualification"] = qualification;
    if criteria != json!([]) {
        policy["fit"]["source"] = json!("criteria");
        policy["fit"]["criteria"] = criteria;
    }
    policy
}

/// The verdict of the only group, which what is cited keeps.
#[track_caller]
fn check(world: World, policy: Value) -> (Explanation, &'static str) {
    let case = Case { world, policy, day: TODAY };
    let explanation = explanations(&case).remove(0);
    let left = Case { world: kept(&case, &explanation, &explanation.cited), ..case };
    let (before, after) = (&explanation.assessment.verdict, &explanations(&left)[0].assessment.verdict);
    assert_eq!((after.state, after.route), (before.state, before.route));
    let token = before.route.map_or(before.state.token(), quorate::Route::token);
    (explanation, token)
}

#[test]
fn unknown_needs_somebody_to_be_there() {
    let world = World::default().account("a").contact("c", "a", &[]).contact("d", "a", &[]);
    let rule = json!({"all": [{"attribute": {"name": "segment", "any_of": ["smb"]}}]});
    let (explanation, verdict) = check(world, policy(rule, json!([])));
    assert_eq!((verdict, explanation.cited.contacts.len()), ("insufficient_data", 1));
}

/// Its signal is cited for its points; without the country fit would no longer be too low.
#[test]
fn a_hand_raise_below_the_floor_stays_below_it() {
    let mut world = World::default().account("a").contact("c", "a", &["champion"]).heard("c", "demo_request", TODAY, 1);
    world.accounts[0].country = Some("FR".to_owned());
    let fit = json!([{"weight": 1, "is": {"country": {"any_of": ["DE"]}}}]);
    let (explanation, verdict) = check(world, policy(json!({"all": [{"points": {"at_least": "500"}}]}), fit));
    assert_eq!((verdict, explanation.cited.rows.len()), ("not_yet", 1));
    assert_eq!(explanation.cited.facts.iter().map(ToString::to_string).collect::<Vec<_>>(), ["country"]);
}

/// Without the visitors' signal fit would be known to be too low.
#[test]
fn a_hand_raise_needs_the_intent_that_holds_fit_up() {
    let mut world = World::default().account("a").contact("c", "a", &["champion"]).heard("c", "demo_request", TODAY, 1);
    world.signals.push(Signal::new(Subject::Account("a".to_owned()), "intent_high", TODAY - 3));
    let fit = json!([{"weight": 1, "is": {"intent": {"kind": "intent_high", "within_days": 30}}}]);
    let (explanation, verdict) = check(world, policy(json!({"all": [{"engaged_people": {"at_least": 5}}]}), fit));
    assert_eq!((verdict, explanation.cited.rows.len()), ("hand_raise", 2));
}

/// Who belonged to the group then is no member now; the points gone with them are what falls.
#[test]
fn a_trend_cites_who_belonged_before() {
    let mut world = World::default().account("a").contact("c", "a", &["champion"]).heard("c", "meeting_held", TODAY - 40, 1);
    world.contacts[0].known_until = Some(date(TODAY - 10));
    let (explanation, verdict) = check(world, policy(json!({"all": [{"trend": "falling"}]}), json!([])));
    assert_eq!((verdict, explanation.cited.contacts.len(), explanation.cited.rows.len()), ("rule", 1, 1));
}

/// Were the first seat open, the person without a role would take that one.
#[test]
fn a_seat_possibly_filled_rests_on_the_seats_before_it() {
    let world = World::default().account("a").contact("c", "a", &["economic_buyer"]).contact("d", "a", &[]);
    let rule = json!({"coverage": {"of": {"role": "decision_maker"}, "measure": "possible", "at_least": "100"}});
    let (explanation, verdict) = check(world, policy(json!({"all": [rule]}), json!([])));
    assert_eq!((verdict, explanation.cited.contacts.len()), ("rule", 2));
}

/// A page view in a channel that may come to nothing still says that its person is there.
#[test]
fn who_is_current_stays_so() {
    let world = World::default().account("a").contact("c", "a", &["champion"]);
    let world = world.heard("c", "meeting_held", TODAY - 40, 1).heard("c", "page_view", TODAY, 1);
    let mut policy = policy(json!({"all": [{"holders": {"of": {"role": "champion"}, "measure": "current", "at_least": 1}}]}), json!([]));
    let web = policy["channels"].as_array_mut().expect("channels").iter_mut().find(|channel| channel["name"] == "web");
    web.expect("a channel")["cap"] = json!("0");
    let (explanation, verdict) = check(world, policy);
    assert_eq!((verdict, explanation.cited.rows.len()), ("rule", 2));
}

/// The laws above cite little of much, and every sort of record.
#[test]
fn citations_are_varied() {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for case in sample(&ruled_cases(), 400) {
        for explanation in explanations(&case) {
            let (cited, ledger) = (&explanation.cited, &explanation.ledger);
            let verdict = &explanation.assessment.verdict;
            let route = verdict.route.map_or(verdict.state.token(), quorate::Route::token);
            let parts = [
                ("people", !cited.contacts.is_empty()),
                ("not all people", cited.contacts.len() < explanation.assessment.members.len()),
                ("rows", !cited.rows.is_empty()),
                ("not all rows", !cited.rows.is_empty() && cited.rows.len() < ledger.rows.len()),
                ("facts", !cited.facts.is_empty()),
                ("unknown", !cited.unknown.is_empty()),
                ("exclusion", cited.exclusion),
            ];
            for (name, _) in parts.into_iter().filter(|(_, is_so)| *is_so) {
                *met.entry(format!("{route} {name}")).or_default() += 1;
            }
        }
    }
    for name in ["people", "not all people", "rows", "not all rows", "facts"] {
        for route in ["rule", "hand_raise", "not_yet"] {
            assert!(met.get(&format!("{route} {name}")).is_some_and(|count| *count >= 2), "{route} {name} in {met:#?}");
        }
    }
    for name in ["insufficient_data people", "insufficient_data unknown", "excluded exclusion", "excluded facts", "excluded rows"] {
        assert!(met.get(name).is_some_and(|count| *count >= 2), "{name} in {met:#?}");
    }
}
