//! Contacts without an account: each gets one that fits, or is taken out and named.

use std::collections::BTreeMap;

use quorate::{AccountGraph, Matcher, PortfolioDocument, Relationship, Section};

use super::super::matched::{ContactMatch, Fared, is_homeless, settle};
use super::super::sources::Sources;
use super::{Bad, Draft, Origin, Reading, drop_bad};

impl Reading<'_> {
    /// Finds the accounts of contacts that have none, and takes out those for which none is found.
    ///
    /// What they are matched against are the accounts and the contacts that have one, whatever else is wrong with their rows.
    pub(super) fn match_contacts(&mut self, sources: &Sources) -> Vec<(Origin, ContactMatch)> {
        let Some(rules) = self.matching else { return Vec::new() };
        self.recognise_ours();
        let Draft { document, origins } = &mut self.draft;
        let companies = std::mem::take(&mut self.companies);
        let homeless = document.contacts.iter().enumerate().filter(|(at, contact)| is_homeless(contact, companies.get(at)));
        let homeless: Vec<usize> = homeless.map(|(at, _)| at).collect();
        if homeless.is_empty() {
            return Vec::new();
        }
        let settled = document.contacts.iter().enumerate().filter(|(at, _)| homeless.binary_search(at).is_err());
        let contacts = settled.map(|(_, contact)| contact.clone()).collect();
        let known = PortfolioDocument { accounts: document.accounts.clone(), contacts, ..PortfolioDocument::default() };
        let (graph, _) = AccountGraph::build(known);
        let matcher = Matcher::new(&graph, rules);
        let places = origins.entry(Section::Contacts).or_default();
        let mut found = Vec::with_capacity(homeless.len());
        for at in homeless {
            let (contact, origin) = (&mut document.contacts[at], places[at]);
            let place = format!("{}:{}", sources.get(origin.source).shown, origin.line);
            found.push((origin, settle(contact, companies.get(&at), &graph, &matcher, place)));
        }
        self.take_out(&found);
        found
    }

    /// Who has an address of ours is one of us, and needs no account.
    fn recognise_ours(&mut self) {
        for contact in &mut self.draft.document.contacts {
            let ours = contact.email.as_deref().is_some_and(|email| self.known.is_ours(email));
            if contact.account.is_none() && contact.relationship.is_none() && ours {
                contact.relationship = Some(Relationship::OwnStaff);
            }
        }
    }

    /// Takes out the contacts that no account was found for. One that stands there twice stays: that is an error of its own.
    fn take_out(&mut self, matched: &[(Origin, ContactMatch)]) {
        let mut times: BTreeMap<&str, u32> = BTreeMap::new();
        for contact in &self.draft.document.contacts {
            *times.entry(contact.id.as_str()).or_default() += 1;
        }
        let nowhere =
            matched.iter().filter(|(_, one)| !matches!(one.fared, Fared::Matched(_)) && times.get(one.contact.as_str()) == Some(&1));
        let mut out = Bad::default();
        for (origin, one) in nowhere {
            out.add(*origin, Vec::new());
            if self.bad.has(*origin) {
                self.lost.insert(("contact", one.contact.clone()));
            } else {
                self.homeless.insert(one.contact.clone());
            }
        }
        let Draft { document, origins } = &mut self.draft;
        drop_bad(&mut document.contacts, origins.get_mut(&Section::Contacts), &out, |_| false);
    }
}
