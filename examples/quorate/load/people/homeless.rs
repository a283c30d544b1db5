//! Contacts without an account: each gets one that fits, or is taken out and named.

use std::collections::{BTreeMap, BTreeSet};

use quorate::{AccountGraph, AccountId, Contact, ContactId, MatchRules, Matcher, PersonId, PortfolioDocument, Relationship, Section};

use super::super::matched::{ContactMatch, Fared, Repeats, is_homeless, settle};
use super::super::sources::Sources;
use super::{Bad, Draft, Origin, Reading, drop_bad};

impl Reading<'_> {
    /// Finds the accounts of contacts that have none, and takes out those for which none is found.
    ///
    /// What they are matched against are the accounts and the contacts that have one, whatever else is wrong with their rows; then each other:
    /// rows of one address at one account are one person, and a row that says too little goes where another of its address went.
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
        let places = origins.entry(Section::Contacts).or_default();
        let place = |at: usize| format!("{}:{}", sources.get(places[at].source).shown, places[at].line);
        let known = Known::of(document, rules);
        let mut rows: Vec<HomelessRow> = Vec::with_capacity(homeless.len());
        for at in homeless {
            let contact = &mut document.contacts[at];
            let address = contact.email.as_deref().and_then(|email| known.matcher.email_address(email));
            let found = settle(contact, companies.get(&at), (&known.graph, &known.matcher), place(at), Repeats::Known);
            rows.push(HomelessRow { at, address, found });
        }
        unite(&mut document.contacts, &mut rows);
        settle_by_each_other(document, &mut rows, rules, |contact, at, known| {
            settle(contact, companies.get(&at), (&known.graph, &known.matcher), place(at), Repeats::Another)
        });
        let found = rows.into_iter().map(|row| (places[row.at], row.found)).collect::<Vec<_>>();
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
        let nowhere = matched.iter().filter(|(_, one)| !one.fared.is_matched() && times.get(one.contact.as_str()) == Some(&1));
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

/// Contacts that have an account, to be matched against.
struct Known {
    graph: AccountGraph,
    matcher: Matcher,
}

impl Known {
    /// Of a document's contacts those that need none or have one.
    fn of(document: &PortfolioDocument, rules: &MatchRules) -> Self {
        let own = |contact: &&Contact| contact.account.is_some() || contact.relationship == Some(Relationship::OwnStaff);
        let contacts = document.contacts.iter().filter(own).cloned().collect();
        let (graph, _) =
            AccountGraph::build(PortfolioDocument { accounts: document.accounts.clone(), contacts, ..PortfolioDocument::default() });
        let matcher = Matcher::new(&graph, rules);
        Self { graph, matcher }
    }
}

/// A contact that came without an account.
struct HomelessRow {
    /// Its place among the contacts.
    at: usize,
    /// Its address in the form in which addresses are compared.
    address: Option<String>,
    found: ContactMatch,
}

/// Makes one person of the rows that found one account and have one address.
///
/// Not where the address is that of several persons: then it says of none of the rows whose they are.
fn unite(contacts: &mut [Contact], rows: &mut [HomelessRow]) {
    let mut groups: BTreeMap<(AccountId, String), Vec<usize>> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        if let (Some(account), Some(address)) = (&contacts[row.at].account, &row.address) {
            groups.entry((account.clone(), address.clone())).or_default().push(number);
        }
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let Some((person, first)) = person_of(contacts, rows, &group) else { continue };
        for number in group {
            let (contact, row) = (&mut contacts[rows[number].at], &mut rows[number]);
            if contact.id != first && contact.person.as_ref().is_none_or(|stated| *stated == person) {
                row.found.repeats = row.found.repeats.or(Some(Repeats::Another));
                contact.person = Some(person.clone());
            }
        }
    }
}

/// The one person of some rows of one address: the one that is stated, else that of the first by id; and the row that is theirs to begin with.
fn person_of(contacts: &[Contact], rows: &[HomelessRow], group: &[usize]) -> Option<(PersonId, ContactId)> {
    let of_several = |row: &HomelessRow| matches!(row.found.fared, Fared::Matched { fact: "email", .. }) && row.found.repeats.is_none();
    if group.iter().any(|number| of_several(&rows[*number])) {
        return None;
    }
    let these = || group.iter().map(|number| &contacts[rows[*number].at]);
    let stated: BTreeSet<&PersonId> = these().filter_map(|contact| contact.person.as_ref()).collect();
    let mut stated = stated.into_iter();
    let (person, other) = (stated.next(), stated.next());
    let first = these().filter(|contact| contact.person.as_ref() == person).map(|contact| &contact.id).min()?;
    match (person, other) {
        (_, Some(_)) => None,
        (Some(person), None) => Some((person.clone(), first.clone())),
        (None, None) => Some((PersonId::new(first.as_str()).ok()?, first.clone())),
    }
}

/// Looks once more for the accounts of rows that found none and have an address of one that did.
fn settle_by_each_other(
    document: &mut PortfolioDocument,
    rows: &mut [HomelessRow],
    rules: &MatchRules,
    once_more: impl Fn(&mut Contact, usize, &Known) -> ContactMatch,
) {
    let settled = rows.iter().filter(|row| row.found.fared.is_matched()).filter_map(|row| row.address.clone());
    let settled: BTreeSet<String> = settled.collect();
    let again =
        |row: &&mut HomelessRow| !row.found.fared.is_matched() && row.address.as_ref().is_some_and(|address| settled.contains(address));
    let mut again = rows.iter_mut().filter(again).peekable();
    if again.peek().is_none() {
        return;
    }
    let known = Known::of(document, rules);
    for row in again {
        row.found = once_more(&mut document.contacts[row.at], row.at, &known);
    }
}
