//! Citations are sufficient: what is cited alone gives the same verdict, and the same answer to each question.

use super::{explanations, part_at, ruled_cases, rules_of, truth};
use crate::bridge;
use crate::oracle::{self, day_of};
use crate::strategies::{Case, sample};
use crate::vary::{config, only, person, unrepeated, without};
use crate::world::{Contact, Signal, Subject, World, date};
use proptest::prelude::*;
use proptest::sample::Index;
use quorate::{Citation, Explanation, RuleNode};
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
            (ledger.person_of(row).contact().map(|id| person(contacts[id])), row.kind(), row.day.to_string())
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

    /// Any question of either rule, decisive or not.
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
        }
    }
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
