//! Contacts without an account, matched to whom they belong.

use std::collections::BTreeSet;

use quorate::{AccountGraph, Candidate, Contact, ContactId, Lead, LeadMatch, MatchAnswer, MatchHow, Matcher, PersonId, UnusedDomain};

use super::addresses::AddressNotes;
use crate::words::{shown, shown_sentence};

/// Candidates that a line names before it counts the rest.
const NAMED: usize = 5;

/// What became of contacts without an account and of signals known by e-mail alone.
#[derive(Debug)]
pub struct Matched {
    /// The contacts, in the order of their rows.
    pub contacts: Vec<ContactMatch>,
    /// The addresses; `None` when nothing was to be matched.
    pub addresses: Option<AddressNotes>,
    /// Domains that accounts list and that nobody is matched by.
    pub unused: Vec<UnusedDomain>,
}

/// How a contact without an account fared.
#[derive(Clone, Debug)]
pub struct ContactMatch {
    pub contact: String,
    /// Its row, such as `contacts.csv:7`.
    pub place: String,
    pub fared: Fared,
    /// Whether it is one more row of somebody.
    pub repeats: Option<Repeats>,
}

/// Whose row another contact without an account is as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeats {
    /// Of somebody who has an account.
    Known,
    /// Of somebody who came without one as well.
    Another,
}

/// Whether an account was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fared {
    /// One: by which fact, whose it became, and what does not fit.
    Matched { fact: &'static str, whose: String, notes: String },
    /// Several fit: why, and which.
    Ambiguous(String),
    /// None fits: why.
    Unmatched(String),
}

impl Fared {
    /// How somebody fared who was looked for; `whose` they became, where that is not the account itself.
    pub fn of(found: &LeadMatch, whose: Option<&ContactId>) -> Self {
        let notes: Vec<String> = found.notes.iter().map(|note| shown_sentence(&note.to_string())).collect();
        let all = |first: String| std::iter::once(first).chain(notes.iter().cloned()).collect::<Vec<_>>().join("; ");
        match &found.account {
            MatchAnswer::Matched { id, how } => {
                let whose = shown(whose.map_or(id.as_str(), ContactId::as_str));
                Self::Matched { fact: how.token(), whose, notes: notes.join("; ") }
            }
            MatchAnswer::Ambiguous { candidates, why } => Self::Ambiguous(all(format!("{why}: {}", named(candidates)))),
            MatchAnswer::Unmatched { why, suggestions } if suggestions.is_empty() => Self::Unmatched(all(why.to_string())),
            MatchAnswer::Unmatched { why, suggestions } => {
                Self::Unmatched(format!("{}; perhaps {}", all(why.to_string()), named(suggestions)))
            }
        }
    }

    /// Whether one was found.
    pub const fn is_matched(&self) -> bool {
        matches!(self, Self::Matched { .. })
    }
}

/// The first candidates with what speaks for them alone, the others counted: `acme, beta (the account is named …) and 3 more`.
fn named<T: AsRef<str>>(candidates: &[Candidate<T>]) -> String {
    let names = candidates.iter().take(NAMED).map(|one| {
        let more: Vec<String> = one.how.iter().filter(|how| !is_shared(how, candidates)).map(ToString::to_string).collect();
        if more.is_empty() { shown(one.id.as_ref()) } else { format!("{} ({})", shown(one.id.as_ref()), shown_sentence(&more.join(", "))) }
    });
    let names: Vec<String> = names.collect();
    let more = candidates.len().saturating_sub(NAMED);
    if more == 0 { names.join(", ") } else { format!("{} and {more} more", names.join(", ")) }
}

/// Whether every candidate has a fact of that sort: then it tells none from the others.
pub fn is_shared<T>(how: &MatchHow, candidates: &[Candidate<T>]) -> bool {
    candidates.iter().all(|one| one.how.iter().any(|other| other.token() == how.token()))
}

/// Whether a contact is to be matched: it has no account, is none of our own people, and says something to go by.
pub fn is_homeless(contact: &Contact, company: Option<&String>) -> bool {
    let own = contact.relationship == Some(quorate::Relationship::OwnStaff);
    contact.account.is_none() && !own && (contact.email.is_some() || company.is_some())
}

/// Finds the account of a contact that has none; one whose address is that of a contact of the graph is the same person, and `repeats` that one.
pub fn settle(
    contact: &mut Contact,
    company: Option<&String>,
    (graph, matcher): (&AccountGraph, &Matcher),
    place: String,
    repeats: Repeats,
) -> ContactMatch {
    // What stands for no address is none, and no fact that does not fit.
    let email = contact.email.clone().filter(|email| matcher.email_address(email).is_some());
    let lead = Lead { email, company: company.cloned(), ..Lead::default() };
    let found = matcher.find(&lead);
    contact.account = found.account.id().cloned();
    let same = same_person(&found, graph).filter(|_| contact.account.is_some());
    // Who is said to be somebody else is no repetition.
    let repeats = same.as_ref().filter(|same| contact.person.as_ref().is_none_or(|stated| stated == *same)).map(|_| repeats);
    contact.person = contact.person.take().or(same);
    ContactMatch { contact: contact.id.to_string(), place, fared: Fared::of(&found, None), repeats }
}

/// The person who has the address, if it is one.
pub fn same_person(found: &LeadMatch, graph: &AccountGraph) -> Option<PersonId> {
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
