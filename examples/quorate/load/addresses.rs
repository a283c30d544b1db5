//! Signals known by e-mail alone, matched to whom they belong.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use quorate::{AccountGraph, AccountId, ContactId, EmailAddress, Lead, LeadMatch, MatchAnswer, MatchRules, Matcher, Subject};

use super::matched::{Fared, same_person};

/// What became of signals known by e-mail alone.
#[derive(Clone, Debug, Default)]
pub struct AddressNotes {
    /// Signals that became a known contact's.
    pub contacts: u64,
    /// Signals that became an account's.
    pub accounts: u64,
    /// Addresses that stay nobody's and those with facts that do not fit, each with how it fared and its signals, in the order in which they came.
    pub told: Vec<(String, Fared, u64)>,
}

impl AddressNotes {
    /// The signals of addresses that several fit, and of those that none fits.
    pub fn left(&self) -> (u64, u64) {
        self.told.iter().fold((0, 0), |(several, none), (_, fared, signals)| match fared {
            Fared::Matched { .. } => (several, none),
            Fared::Ambiguous(_) => (several + signals, none),
            Fared::Unmatched(_) => (several, none + signals),
        })
    }

    pub fn total(&self) -> u64 {
        let (several, none) = self.left();
        self.contacts + self.accounts + several + none
    }
}

/// Whose an address is.
#[derive(Clone, Debug)]
enum Whose {
    Contact(ContactId),
    Account(AccountId),
    Nobody,
}

/// Looks addresses up, each once.
pub struct Addresses<'g> {
    graph: &'g AccountGraph,
    rules: &'g MatchRules,
    /// Made when the first address comes: most data sets have none.
    matcher: OnceCell<Matcher>,
    /// Whose they are, and their places among those that are told of.
    seen: BTreeMap<String, (Whose, Option<usize>)>,
    notes: AddressNotes,
}

impl<'g> Addresses<'g> {
    pub fn new(graph: &'g AccountGraph, rules: &'g MatchRules) -> Self {
        Self { graph, rules, matcher: OnceCell::new(), seen: BTreeMap::new(), notes: AddressNotes::default() }
    }

    pub fn into_notes(self) -> AddressNotes {
        self.notes
    }

    /// Whose a signal of that address is, counted; the address itself when nobody's.
    pub fn subject(&mut self, address: EmailAddress) -> Subject {
        let (whose, told) = match self.seen.get(address.as_str()) {
            Some(seen) => seen.clone(),
            None => self.find(&address),
        };
        if let Some(told) = told {
            self.notes.told[told].2 += 1;
        }
        match whose {
            Whose::Contact(id) => {
                self.notes.contacts += 1;
                Subject::Contact(id)
            }
            Whose::Account(id) => {
                self.notes.accounts += 1;
                Subject::Account(id)
            }
            Whose::Nobody => Subject::Email(address),
        }
    }

    fn find(&mut self, address: &EmailAddress) -> (Whose, Option<usize>) {
        let matcher = self.matcher.get_or_init(|| Matcher::new(self.graph, self.rules));
        let found = matcher.find(&Lead { email: Some(address.as_str().into()), ..Lead::default() });
        let contact = self.contact(&found);
        let nobodys = contact.is_none() && found.account.id().is_none();
        let odd = found.account.id().is_some() && !found.notes.is_empty();
        let told = (nobodys || odd).then(|| {
            self.notes.told.push((address.to_string(), Fared::of(&found, contact.as_ref()), 0));
            self.notes.told.len() - 1
        });
        let whose = match (contact, found.account) {
            (Some(id), _) => Whose::Contact(id),
            (None, MatchAnswer::Matched { id, .. }) => Whose::Account(id),
            (None, _) => Whose::Nobody,
        };
        self.seen.insert(address.to_string(), (whose.clone(), told));
        (whose, told)
    }

    /// The contact whose address it is; of several that are one person at one account, the first.
    fn contact(&self, found: &LeadMatch) -> Option<ContactId> {
        match &found.contact {
            MatchAnswer::Matched { id, .. } => Some(id.clone()),
            MatchAnswer::Ambiguous { candidates, .. } if found.account.id().is_some() && same_person(found, self.graph).is_some() => {
                candidates.first().map(|one| one.id.clone())
            }
            _ => None,
        }
    }
}
