//! Accounts and their families, the ways to ask, and sets of policies.

use crate::bridge;
use crate::strategies::{Case, cases, default_policy};
use crate::vary::{bytes, config, one, person};
use crate::world::{Account, Contact, TODAY, World};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use quorate::{
    AccountAssessment, Assessment, Assessor, GroupAssessment, PolicyEntry, PolicySet, SolutionName, State, Totals, assess, assess_account,
    assess_group,
};
use std::collections::BTreeMap;

/// An account more: its parent, and its people with whose person each is and whether it is heard of.
#[derive(Clone, Debug)]
struct More {
    people: Vec<(Who, bool)>,
}

#[derive(Clone, Debug)]
enum Who {
    Alone,
    Shared(&'static str),
    /// The person of an earlier contact, of whatever account.
    Like(Index),
    /// By the id of an earlier contact.
    Named(Index),
}

fn more() -> impl Strategy<Value = Vec<More>> {
    let who = prop_oneof![
        2 => Just(Who::Alone),
        4 => select(vec!["p1", "p2", "C 1"]).prop_map(Who::Shared),
        2 => any::<Index>().prop_map(Who::Like),
        1 => any::<Index>().prop_map(Who::Named),
    ];
    let people = prop::collection::vec((who, any::<bool>()), 0..=4);
    prop::collection::vec(people.prop_map(|people| More { people }), 1..=4)
}

/// A world of one or several families, in which persons turn up at several accounts.
fn families() -> impl Strategy<Value = Case> {
    let parents = prop::collection::vec(prop::option::weighted(0.8, any::<Index>()), 8);
    (cases(), more(), parents).prop_map(|(case, more, parents)| {
        let mut world = case.world;
        for (number, more) in more.into_iter().enumerate() {
            add(&mut world, &format!("m{number}"), more);
        }
        for contact in &mut world.contacts {
            contact.reports_to = None;
        }
        world.ties.clear();
        let ids: Vec<String> = world.accounts.iter().map(|account| account.id.clone()).collect();
        for (place, parent) in parents.into_iter().enumerate().take(ids.len()) {
            world.accounts[place].parent = parent.and_then(|parent| one(&ids[..place], parent).cloned());
        }
        Case { world, ..case }
    })
}

fn add(world: &mut World, account: &str, more: More) {
    world.accounts.push(Account { id: account.to_owned(), ..Account::default() });
    for (number, (who, is_heard)) in more.people.into_iter().enumerate() {
        let person = match who {
            Who::Alone => None,
            Who::Shared(person) => Some(person.to_owned()),
            Who::Like(place) => one(&world.contacts, place).map(|contact| person(contact).to_owned()),
            Who::Named(place) => one(&world.contacts, place).map(|contact| contact.id.clone()),
        };
        let id = format!("{account} {number}");
        world.contacts.push(Contact { id: id.clone(), account: Some(account.to_owned()), person, ..Contact::default() });
        if is_heard {
            *world = std::mem::take(world).heard(&id, "form_fill", TODAY - 1, 1).heard(&id, "demo_request", TODAY - 1, 1);
        }
    }
}

/// The accounts below one, however far.
fn below<'a>(world: &'a World, account: &str) -> Vec<&'a str> {
    let children = world.accounts.iter().filter(|child| child.parent.as_deref() == Some(account));
    children.flat_map(|child| [child.id.as_str()].into_iter().chain(below(world, &child.id))).collect()
}

/// Accounts, groups, qualified groups, persons known and persons engaged, each person once.
fn totals(world: &World, assessment: &Assessment, accounts: &[&str]) -> [usize; 5] {
    let chosen = assessment.accounts.iter().filter(|account| accounts.contains(&account.account_id()));
    let groups: Vec<&GroupAssessment> = chosen.flat_map(AccountAssessment::groups).collect();
    let mut persons: BTreeMap<&str, bool> = BTreeMap::new();
    for member in groups.iter().flat_map(|group| &group.members) {
        let contact = world.contacts.iter().find(|contact| contact.id == member.contact()).expect("a known contact");
        *persons.entry(person(contact)).or_default() |= member.engaged;
    }
    let qualified = groups.iter().filter(|group| group.verdict.state == State::Qualified).count();
    [accounts.len(), groups.len(), qualified, persons.len(), persons.values().filter(|engaged| **engaged).count()]
}

fn shown(totals: Totals) -> [usize; 5] {
    [totals.accounts, totals.groups, totals.qualified, totals.known, totals.engaged].map(|count| count as usize)
}

proptest! {
    #![proptest_config(config(384))]

    /// Own, children and total, against a count of all members of all accounts concerned.
    #[test]
    fn person_counted_once(case in families()) {
        let Case { world, policy, day } = &case;
        let assessment = bridge::assessment(world, policy, *day);
        for account in &assessment.accounts {
            let id = account.account_id();
            let children = below(world, id);
            let family: Vec<&str> = children.iter().copied().chain([id]).collect();
            prop_assert_eq!(shown(account.own), totals(world, &assessment, &[id]), "own of {}", id);
            prop_assert_eq!(shown(account.children), totals(world, &assessment, &children), "children of {}", id);
            prop_assert_eq!(shown(account.total), totals(world, &assessment, &family), "total of {}", id);
        }
    }

    /// No other group is above it, and of equal ones it has the least id.
    #[test]
    fn the_best_group_is_first_by_verdict_readiness_points_and_id(case in cases()) {
        for account in &bridge::assessment(&case.world, &case.policy, case.day).accounts {
            let best = account.best();
            let key = |group: &GroupAssessment| (group.verdict.state, group.readiness, group.points);
            for group in account.groups() {
                prop_assert!(key(group) <= key(best), "{} is better than {}", group.group_id(), best.group_id());
                prop_assert!(key(group) < key(best) || group.group_id() >= best.group_id(), "{} is as good", group.group_id());
            }
        }
    }

    /// One group, one account, every group in turn, and an assessor that was asked about another day in between.
    #[test]
    fn every_way_to_ask_gives_the_same_answer(case in families(), other in -40_i64..40) {
        let (graph, tally, policy) = (bridge::graph(&case.world), bridge::tally(&case.world), bridge::policy(&case.policy));
        let day = bridge::day(case.day);
        let all = assess(&graph, &tally, &policy, day);
        let assessor = Assessor::new(&graph, &tally, &policy);
        let elsewhen = assessor.assess(bridge::day(case.day + other));
        prop_assert_eq!(&elsewhen, &bridge::assessment(&case.world, &case.policy, case.day + other));
        prop_assert!(assessor.groups(day).eq(all.groups().cloned()));
        prop_assert_eq!(assessor.run_intake(), all.run);
        for account in &all.accounts {
            let expected = Ok(Some(account.clone()));
            prop_assert_eq!(&assess_account(&graph, &tally, &policy, account.account_id(), day), &expected);
            prop_assert_eq!(&assessor.account(account.account_id(), day), &expected);
            // A family is the account and all below it, each as it is by itself.
            let family = assessor.family(account.account_id(), day).expect("the account is there");
            prop_assert_eq!(family.first(), Some(account));
            let mut ids: Vec<&str> = family.iter().map(AccountAssessment::account_id).collect();
            ids.sort_unstable();
            let mut expected: Vec<&str> = below(&case.world, account.account_id());
            expected.push(account.account_id());
            expected.sort_unstable();
            prop_assert_eq!(ids, expected);
            prop_assert!(family.iter().all(|one| all.accounts.contains(one)));
        }
        for group in all.groups() {
            let expected = Ok(Some(group.clone()));
            prop_assert_eq!(&assess_group(&graph, &tally, &policy, group.group_id(), day), &expected);
            prop_assert_eq!(&assessor.group(group.group_id(), day), &expected);
        }
        prop_assert!(assess_account(&graph, &tally, &policy, "not there", day).is_err());
        prop_assert!(assessor.family("not there", day).is_err());
        prop_assert!(assess_group(&graph, &tally, &policy, "not there", day).is_err());
    }

    #[test]
    fn a_set_of_one_policy_is_that_policy(case in cases()) {
        let (graph, tally, policy) = (bridge::graph(&case.world), bridge::tally(&case.world), bridge::policy(&case.policy));
        let one = assess(&graph, &tally, &policy, bridge::day(case.day));
        let set = PolicySet::from(policy.clone());
        let of_set = assess(&graph, &tally, &set, bridge::day(case.day));
        prop_assert_eq!(bytes(&one), bytes(&of_set));
        prop_assert_eq!(one, of_set);
    }

    /// A group of the solution by its policy, the others by the next; without a next they are left out.
    #[test]
    fn a_set_judges_each_group_by_its_first_match(case in cases()) {
        let (graph, tally, day) = (bridge::graph(&case.world), bridge::tally(&case.world), bridge::day(case.day));
        let (special, usual) = (bridge::policy(&case.policy), bridge::policy(&default_policy()));
        let mut entry = PolicyEntry::everywhere(special.clone());
        entry.solutions = Some(vec![SolutionName::new("crm").expect("a name")]);
        let set = PolicySet::new(vec![entry.clone(), PolicyEntry::everywhere(usual.clone())]).expect("a valid set");
        let (special, usual) = (assess(&graph, &tally, &special, day), assess(&graph, &tally, &usual, day));
        let is_special = |group: &GroupAssessment| group.solution.as_ref().is_some_and(|solution| solution.as_str() == "crm");
        let pairs = special.groups().zip(usual.groups());
        let expected: Vec<_> = pairs.map(|(special, usual)| if is_special(special) { special } else { usual }).cloned().collect();
        prop_assert_eq!(assess(&graph, &tally, &set, day).groups().cloned().collect::<Vec<_>>(), expected);
        let only = PolicySet::new(vec![entry]).expect("a valid set");
        let only = assess(&graph, &tally, &only, day);
        let expected = special.groups().filter(|group| is_special(group)).cloned().collect::<Vec<_>>();
        prop_assert_eq!(only.groups().cloned().collect::<Vec<_>>(), expected);
        prop_assert!(only.accounts.iter().all(|account: &AccountAssessment| !account.groups().is_empty()));
    }
}
