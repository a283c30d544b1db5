//! Suggestions: how many, which, and in which order.

use proptest::prelude::*;
use quorate::{Account, Contact, Lead, MatchAnswer, Matcher, SUGGESTIONS_MAX};

use crate::support::{account, contact, lead, matcher};
use crate::world;

/// The suggestions of an answer that is unmatched.
fn suggested<T: ToString>(answer: &MatchAnswer<T>) -> Vec<String> {
    match answer {
        MatchAnswer::Unmatched { suggestions, .. } => suggestions.iter().map(|one| one.id.to_string()).collect(),
        MatchAnswer::Matched { .. } | MatchAnswer::Ambiguous { .. } => Vec::new(),
    }
}

fn is_in_order(ids: &[String]) -> bool {
    ids.windows(2).all(|pair| pair[0] < pair[1])
}

proptest! {
    #[test]
    fn suggestions_are_few_each_once_and_by_id((world, lead) in world::met()) {
        let found = Matcher::new(&world.graph(), &world.rules()).find(&lead);
        for ids in [suggested(&found.account), suggested(&found.contact)] {
            prop_assert!(ids.len() <= SUGGESTIONS_MAX && is_in_order(&ids), "{:?}", ids);
        }
    }

    #[test]
    fn the_nearest_names_are_those_that_are_suggested(order in Just((0..30).collect::<Vec<usize>>()).prop_shuffle()) {
        // Of thirty accounts ten are nearly the name, wherever they stand; the others only have a part of it.
        let name = |place: usize| if place % 3 == 0 { format!("Northwind Tradrs{}", " Inc".repeat(place % 2)) } else { format!("Northwind Traders {place}x") };
        let accounts: Vec<Account> = order.iter().map(|place| account(&format!("a{place:02}"), &name(*place), &[], &[])).collect();
        let found = matcher(accounts, []).find(&lead("", "Northwind Traders", ""));
        let nearest: Vec<String> = (0..30).step_by(3).map(|place| format!("a{place:02}")).collect();
        prop_assert_eq!(suggested(&found.account), nearest);
    }
}

#[test]
fn accounts_of_other_facts_come_before_names_that_are_nearly_right() {
    let mut accounts: Vec<Account> = (0..10).map(|place| account(&format!("a{place}"), "Northwind Tradrs", &[], &[])).collect();
    accounts.push(account("z", "Other", &[], &["z.example"]));
    let unknown = Lead { account: Some("nobody".into()), ..lead("x@z.example", "Northwind Traders", "") };
    assert_eq!(suggested(&matcher(accounts.clone(), []).find(&unknown).account), ["z"]);
    // Who lists a domain above the one that decides is not forgotten.
    let above = vec![account("a", "", &[], &["mail.z.example"]), account("b", "", &[], &["z.example"])];
    let below = Lead { email: Some("x@mail.z.example".into()), ..unknown.clone() };
    assert_eq!(suggested(&matcher(above, []).find(&below).account), ["a", "b"]);
    // Many owners of one domain are more than anybody reads.
    let owners: Vec<Account> = (0..25).map(|place| account(&format!("b{place:02}"), "", &[], &["z.example"])).collect();
    let ten: Vec<String> = (0..10).map(|place| format!("b{place:02}")).collect();
    assert_eq!(suggested(&matcher(owners, []).find(&unknown).account), ten);
}

#[test]
fn contacts_that_might_be_meant_are_ten_at_most() {
    let people = |email: &str, name: &str| -> Vec<Contact> {
        (0..25).rev().map(|place| contact(&format!("c{place:02}"), "a", email, name)).collect()
    };
    let ten: Vec<String> = (0..10).map(|place| format!("c{place:02}")).collect();
    let of = |people: Vec<Contact>, lead: &Lead| suggested(&matcher([account("a", "Acme", &[], &[])], people).find(lead).contact);
    assert_eq!(of(people("", "Ann Lee"), &lead("", "", "Ann Lee")), ten);
    let unknown = |lead: Lead| Lead { contact: Some("nobody".into()), ..lead };
    assert_eq!(of(people("desk@acme.com", ""), &unknown(lead("desk@acme.com", "", ""))), ten);
    assert_eq!(of(people("", "Ann Lee"), &unknown(lead("", "", "Ann Lee"))), ten);
}
