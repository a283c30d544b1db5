//! Contacts without an account and signals known by e-mail alone, matched to whom they belong.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use quorate::{
    AccountGraph, AccountId, Candidate, Contact, ContactId, EmailAddress, Lead, LeadMatch, MatchAnswer, MatchHow, MatchRules, Matcher,
    PersonId, Subject,
};

use crate::words::shown;

/// Candidates that a line names before it counts the rest.
const NAMED: usize = 5;

/// What became of contacts without an account and of signals known by e-mail alone.
#[derive(Debug)]
pub struct Matched {
    /// The contacts, in the order of their rows.
    pub contacts: Vec<ContactMatch>,
    /// The addresses; `None` when nothing was to be matched.
    pub addresses: Option<AddressNotes>,
}

/// How a contact without an account fared.
#[derive(Clone, Debug)]
pub struct ContactMatch {
    pub contact: String,
    /// Its row, such as `contacts.csv:7`.
    pub place: String,
    pub fared: Fared,
    /// Whether the address is that of a contact known already: one person, then.
    pub known_person: bool,
}

/// Whether an account was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fared {
    /// By that fact.
    Matched(&'static str),
    /// Several fit: why, and which.
    Ambiguous(String),
    /// None fits: why.
    Unmatched(String),
}

impl Fared {
    fn of<T: AsRef<str>>(answer: &MatchAnswer<T>) -> Self {
        match answer {
            MatchAnswer::Matched { how, .. } => Self::Matched(how.token()),
            MatchAnswer::Ambiguous { candidates, why } => Self::Ambiguous(format!("{why}: {}", named(candidates))),
            MatchAnswer::Unmatched { why, suggestions } if suggestions.is_empty() => Self::Unmatched(why.to_string()),
            MatchAnswer::Unmatched { why, suggestions } => Self::Unmatched(format!("{why}; perhaps {}", named(suggestions))),
        }
    }
}

/// The first candidates, the others counted: `acme, beta and 3 more`.
fn named<T: AsRef<str>>(candidates: &[Candidate<T>]) -> String {
    let names: Vec<String> = candidates.iter().take(NAMED).map(|one| shown(one.id.as_ref())).collect();
    let more = candidates.len().saturating_sub(NAMED);
    if more == 0 { names.join(", ") } else { format!("{} and {more} more", names.join(", ")) }
}

/// Whether a contact is to be matched: it has no account, is none of our own people, and says something to go by.
pub fn is_homeless(contact: &Contact, company: Option<&String>) -> bool {
    let own = contact.relationship == Some(quorate::Relationship::OwnStaff);
    contact.account.is_none() && !own && (contact.email.is_some() || company.is_some())
}

/// Finds the account of a contact that has none; one whose address is that of a known contact is the same person.
pub fn settle(contact: &mut Contact, company: Option<&String>, graph: &AccountGraph, matcher: &Matcher, place: String) -> ContactMatch {
    let lead = Lead { email: contact.email.clone(), company: company.cloned(), ..Lead::default() };
    let found = matcher.find(&lead);
    contact.account = found.account.id().cloned();
    let same = same_person(&found, graph).filter(|_| contact.account.is_some());
    let known_person = same.is_some();
    contact.person = contact.person.take().or(same);
    ContactMatch { contact: contact.id.to_string(), place, fared: Fared::of(&found.account), known_person }
}

/// The person who has the address, if it is one.
fn same_person(found: &LeadMatch, graph: &AccountGraph) -> Option<PersonId> {
    let by_address = |how: &MatchHow| matches!(how, MatchHow::Email { .. });
    let contacts: Vec<&ContactId> = match &found.contact {
        MatchAnswer::Matched { id, how } if by_address(how) => vec![id],
        MatchAnswer::Ambiguous { candidates, .. } if candidates.iter().all(|one| one.how.iter().any(by_address)) => {
            candidates.iter().map(|one| &one.id).collect()
        }
        _ => return None,
    };
    let persons: Option<BTreeSet<PersonId>> = contacts.iter().map(|id| person(id, graph)).collect();
    let mut persons = persons?.into_iter();
    persons.next().filter(|_| persons.next().is_none())
}

/// The person that a contact is.
fn person(id: &ContactId, graph: &AccountGraph) -> Option<PersonId> {
    let contact = graph.contact(id.as_str())?;
    contact.person.or_else(|| PersonId::new(id.as_str()).ok())
}

/// What became of signals known by e-mail alone.
#[derive(Clone, Debug, Default)]
pub struct AddressNotes {
    /// Signals that became a known contact's.
    pub contacts: u64,
    /// Signals that became an account's.
    pub accounts: u64,
    /// Addresses that stay nobody's, each with why and its signals, in the order in which they came.
    pub nobody: Vec<(String, Fared, u64)>,
}

impl AddressNotes {
    /// The signals of addresses that several fit, and of those that none fits.
    pub fn left(&self) -> (u64, u64) {
        self.nobody.iter().fold((0, 0), |(several, none), (_, fared, signals)| match fared {
            Fared::Ambiguous(_) => (several + signals, none),
            Fared::Matched(_) | Fared::Unmatched(_) => (several, none + signals),
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
    /// Nobody's: its place among those.
    Nobody(usize),
}

/// Looks addresses up, each once.
pub struct Addresses<'g> {
    graph: &'g AccountGraph,
    rules: &'g MatchRules,
    /// Made when the first address comes: most data sets have none.
    matcher: OnceCell<Matcher>,
    seen: BTreeMap<String, Whose>,
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
        let whose = match self.seen.get(address.as_str()) {
            Some(whose) => whose.clone(),
            None => self.find(&address),
        };
        match whose {
            Whose::Contact(id) => {
                self.notes.contacts += 1;
                Subject::Contact(id)
            }
            Whose::Account(id) => {
                self.notes.accounts += 1;
                Subject::Account(id)
            }
            Whose::Nobody(at) => {
                self.notes.nobody[at].2 += 1;
                Subject::Email(address)
            }
        }
    }

    fn find(&mut self, address: &EmailAddress) -> Whose {
        let matcher = self.matcher.get_or_init(|| Matcher::new(self.graph, self.rules));
        let found = matcher.find(&Lead { email: Some(address.as_str().into()), ..Lead::default() });
        let whose = match (self.contact(&found), &found.account) {
            (Some(id), _) => Whose::Contact(id),
            (None, MatchAnswer::Matched { id, .. }) => Whose::Account(id.clone()),
            (None, account) => {
                self.notes.nobody.push((address.to_string(), Fared::of(account), 0));
                Whose::Nobody(self.notes.nobody.len() - 1)
            }
        };
        self.seen.insert(address.to_string(), whose.clone());
        whose
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
