//! Who is who: members, and the evidence that counts, are those of the oracle.

use super::{explanations, ruled_cases};
use crate::bridge;
use crate::oracle;
use crate::strategies::{Case, sample};
use crate::vary::config;
use crate::world::TODAY;
use proptest::prelude::*;
use quorate::{
    Account, AccountGraph, Admission, Contact, Evidence, Explanation, Identity, Policy, RoleBasis, RoleClaim, SignalTally, explain,
};
use std::collections::{BTreeMap, BTreeSet};

/// The contacts of each member with the roles that the member has, by the least contact id.
fn members(case: &Case, explanation: &Explanation) -> Vec<(BTreeSet<String>, BTreeSet<String>)> {
    let members = oracle::members(&case.world, &case.policy, explanation.assessment.group_id(), case.day);
    members.into_iter().map(|member| (member.contacts, member.roles)).collect()
}

/// The roles that count, `unknown` left out.
fn roles(who: &Identity) -> impl Iterator<Item = String> {
    who.roles().map(ToString::to_string).filter(|role| role != "unknown")
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn who_is_who_agrees_with_who_belongs(case in ruled_cases()) {
        for explanation in explanations(&case) {
            let by_id: BTreeMap<&str, &Identity> = explanation.identities.iter().map(|who| (who.contact(), who)).collect();
            let members = members(&case, &explanation);
            let said: BTreeSet<&str> =
                explanation.identities.iter().filter(|who| who.admission == Admission::Member).map(Identity::contact).collect();
            let belong: BTreeSet<&str> = members.iter().flat_map(|(contacts, _)| contacts).map(String::as_str).collect();
            prop_assert_eq!(said, belong);
            for (contacts, held) in members {
                let counting: BTreeSet<String> = contacts.iter().flat_map(|contact| roles(by_id[contact.as_str()])).collect();
                prop_assert_eq!(counting, held, "{:?}", contacts);
            }
        }
    }

    /// Of those who are named for the group by nobody, and whatever the title says besides.
    #[test]
    fn what_counts_is_what_is_trusted_most(case in ruled_cases()) {
        let evidence = bridge::policy(&case.policy).into_document().evidence;
        for explanation in explanations(&case) {
            for who in &explanation.identities {
                let named = who.claims.iter().any(|claim| matches!(claim.basis, RoleBasis::NamedForGroup(_)));
                let most = who.claims.iter().map(|claim| claim.trust).max();
                for claim in &who.claims {
                    prop_assert_eq!(claim.trust.to_string(), evidence.of(claim.basis.evidence()).normalize().to_string());
                    prop_assert!(named || !claim.counts || Some(claim.trust) == most, "{:?}", who);
                }
            }
        }
    }

    /// However many rows name a person in a role, it is one claim.
    #[test]
    fn nobody_is_said_to_hold_a_role_twice_for_one_reason(case in ruled_cases()) {
        for explanation in explanations(&case) {
            for who in &explanation.identities {
                let reasons: BTreeSet<_> = who.claims.iter().map(|claim| (&claim.role, claim.basis)).collect();
                prop_assert_eq!(reasons.len(), who.claims.len(), "{:?}", who);
            }
        }
    }
}

#[test]
fn identities_are_varied() {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for case in sample(&ruled_cases(), 300) {
        for explanation in explanations(&case) {
            for who in &explanation.identities {
                *met.entry(who.admission.token().to_owned()).or_default() += 1;
                *met.entry(format!("conflict {}", who.conflicts().next().is_some())).or_default() += 1;
                for claim in who.claims.iter().filter(|claim| claim.counts) {
                    *met.entry(claim.basis.token().to_owned()).or_default() += 1;
                }
            }
            let pooled = members(&case, &explanation).iter().filter(|(contacts, roles)| contacts.len() > 1 && !roles.is_empty()).count();
            *met.entry("pooled".to_owned()).or_default() += pooled;
        }
    }
    for name in ["member", "left", "excluded", "not_listed", "conflict true", "named_for_group", "claimed", "read_from_title", "pooled"] {
        assert!(met.get(name).is_some_and(|count| *count >= 5), "{name} in {met:#?}");
    }
}

proptest! {
    #![proptest_config(config(128))]

    /// What is overruled is kept: everything that is said stands there, and what says another role than what counts is a conflict.
    #[test]
    fn what_is_overruled_is_kept_and_shown(case in ruled_cases()) {
        for explanation in explanations(&case) {
            for who in &explanation.identities {
                let counting: BTreeSet<&str> = who.roles().map(quorate::RoleName::as_str).collect();
                let others = who.claims.iter().filter(|claim| !counting.contains(claim.role.as_str()));
                prop_assert_eq!(who.conflicts().collect::<Vec<_>>(), others.collect::<Vec<_>>());
                prop_assert!(who.claims.windows(2).all(|pair| pair[0].trust >= pair[1].trust), "{:?}", who);
            }
        }
    }
}

/// Under the default policy a human comes before the CRM, the CRM before the title, the title before behaviour.
#[test]
fn who_says_it_decides_in_this_order() {
    let roles: [(Evidence, &str); 4] =
        [(Evidence::Human, "coach"), (Evidence::Crm, "champion"), (Evidence::Title, "end_user"), (Evidence::Behaviour, "influencer")];
    for first in 0..roles.len() {
        let mut graph = AccountGraph::new();
        graph.add_account(Account::new("a").expect("an id")).expect("a new account");
        let mut contact = Contact::new("c", "a").expect("an id");
        let claim = |(evidence, role): &(Evidence, &str)| RoleClaim { role: role.parse().expect("a role"), evidence: *evidence };
        // In whatever order they came.
        contact.roles = roles[first..].iter().rev().map(claim).collect();
        graph.add_contact(contact).expect("a new contact");
        let explained = explain(&graph, &SignalTally::new(), &Policy::default(), "a", bridge::day(TODAY));
        let explanation = explained.expect("a group").expect("a policy");
        let who = &explanation.identities[0];
        assert_eq!(who.roles().map(ToString::to_string).collect::<Vec<_>>(), [roles[first].1]);
        let conflicts: Vec<String> = who.conflicts().map(|claim| claim.role.to_string()).collect();
        assert_eq!(conflicts, roles[first + 1..].iter().map(|(_, role)| role.to_string()).collect::<Vec<_>>());
    }
}
