//! A lead's contact: somebody who is already known.

use alloc::vec::Vec;

use super::answer::{Candidate, LeadMatch, MatchAnswer, MatchNote, SUGGESTIONS_MAX};
use super::case::AccountFound;
use super::find::no_address;
use super::lead::{Lead, said};
use super::matcher::{Matcher, NO_ACCOUNT};
use super::reason::{MatchHow, MatchWhy};
use crate::address;
use crate::id::ContactId;
use crate::problem::{excerpt, shortened};

impl Matcher {
    /// Where a lead belongs.
    ///
    /// **Account**: the first of these facts that names an account decides. The contact's id; the account's id; the e-mail address of a known
    /// contact, else one that differs in its tag alone; the longest listed domain that the address's domain is or is a part of, else a listed domain
    /// of the same registrable domain; a name or alias in its normal form; a name that is nearly right, when the country or the domain speaks for the
    /// account as well. Where the fact names several accounts the answer is ambiguous. An id that names nothing ends the search: the other facts are
    /// suggestions.
    ///
    /// **Contact**: the contact's id; the e-mail address, else one that differs in its tag alone (`ann+news@acme.com` is `ann@acme.com`); the person's
    /// name among the contacts of the account that was matched.
    ///
    /// Facts that point elsewhere are notes.
    ///
    /// Cost: a few look-ups, whatever the number of accounts, and n log n in the accounts and contacts that the lead's facts name: a domain that a
    /// thousand accounts list has a thousand candidates. A name that is unknown costs some hundred look-ups.
    pub fn find(&self, lead: &Lead) -> LeadMatch {
        let mut case = self.ask(lead);
        let (account, named) = case.answer(self);
        let mut notes = case.notes(self, &account, &named);
        let contact = self.contact(lead, &named);
        if let MatchAnswer::Matched { id, how } = &contact {
            notes.extend(self.contact_number(id.as_str()).and_then(|number| self.contact_note(number, how, lead, &named)));
        }
        LeadMatch { account, contact, notes }
    }

    fn contact(&self, lead: &Lead, account: &AccountFound) -> MatchAnswer<ContactId> {
        let unknown = match said(lead.contact.as_ref()).map(|id| (id, self.contact_number(id))) {
            Some((_, Some(contact))) => return self.matched(contact, MatchHow::ContactId),
            Some((id, None)) => Some(MatchWhy::UnknownContactId { id: excerpt(id) }),
            None => None,
        };
        let found = self.contact_without_id(lead, account);
        match (unknown, found) {
            (None, found) => found,
            (Some(why), MatchAnswer::Matched { id, how }) => {
                MatchAnswer::Unmatched { why, suggestions: Vec::from([Candidate { id, how: Vec::from([how]) }]) }
            }
            (Some(why), MatchAnswer::Ambiguous { mut candidates, .. } | MatchAnswer::Unmatched { suggestions: mut candidates, .. }) => {
                candidates.truncate(SUGGESTIONS_MAX);
                MatchAnswer::Unmatched { why, suggestions: candidates }
            }
        }
    }

    fn contact_without_id(&self, lead: &Lead, account: &AccountFound) -> MatchAnswer<ContactId> {
        let text = said(lead.email.as_ref());
        if let Some(email) = text.map(address::key) {
            if let Some(known) = self.emails.known(&email) {
                return self.one_of(&self.of_email(&known.contacts, account), &known.how, known.several);
            }
        }
        match (said(lead.name.as_ref()), text) {
            (Some(name), _) => self.of_name(name, account),
            (None, Some(text)) if address::several(text).is_some() => none(no_address(text)),
            (None, Some(text)) => none(MatchWhy::UnknownEmail { email: excerpt(&address::key(text)) }),
            (None, None) => none(MatchWhy::NothingToGoBy),
        }
    }

    /// The contacts of an address; of several those at the account that was matched, if there are any.
    fn of_email(&self, contacts: &[u32], account: &AccountFound) -> Vec<u32> {
        let here = |contact: &&u32| account.matched == Some(self.facts[**contact as usize].account);
        let at_account: Vec<u32> = contacts.iter().filter(here).copied().collect();
        self.persons(if at_account.is_empty() { contacts.to_vec() } else { at_account })
    }

    /// Contacts, of those of one person at one account only the first: they are one member, whose id that is.
    fn persons(&self, mut contacts: Vec<u32>) -> Vec<u32> {
        let key = |contact: &u32| (self.facts[*contact as usize].account, self.facts[*contact as usize].person);
        contacts.sort_unstable_by_key(|contact| (key(contact), *contact));
        contacts.dedup_by_key(|contact| key(contact));
        contacts
    }

    fn of_name(&self, name: &str, account: &AccountFound) -> MatchAnswer<ContactId> {
        // The name of nobody is that of no contact.
        let normal = self.person_name(name).unwrap_or_default();
        let how = MatchHow::PersonName { name: normal.clone() };
        let Some(matched) = account.matched else {
            let near = self.people.rows_of(&normal).filter(|(of, _)| account.candidates.is_empty() || account.has(*of));
            let near: Vec<u32> = near.map(|(_, contact)| contact).take(SUGGESTIONS_MAX).collect();
            return MatchAnswer::Unmatched {
                why: MatchWhy::PersonWithoutAccount { name: shortened(name) },
                suggestions: self.candidates(&near, &how),
            };
        };
        let found = self.persons(self.people.at(&normal, matched).collect());
        if found.is_empty() {
            return none(MatchWhy::UnknownPerson { name: shortened(name) });
        }
        self.one_of(&found, &how, MatchWhy::SeveralContactsOfName { name: shortened(name) })
    }

    fn one_of(&self, contacts: &[u32], how: &MatchHow, why: MatchWhy) -> MatchAnswer<ContactId> {
        match contacts {
            [contact] => self.matched(*contact, how.clone()),
            several => MatchAnswer::Ambiguous { candidates: self.candidates(several, how), why },
        }
    }

    fn matched(&self, contact: u32, how: MatchHow) -> MatchAnswer<ContactId> {
        match self.contacts.get(contact as usize) {
            Some(id) => MatchAnswer::Matched { id: id.clone(), how },
            None => none(MatchWhy::NothingToGoBy),
        }
    }

    /// Contacts by id, with the fact that names them.
    fn candidates(&self, contacts: &[u32], how: &MatchHow) -> Vec<Candidate<ContactId>> {
        let mut contacts = contacts.to_vec();
        contacts.sort_unstable();
        let known = contacts.into_iter().filter_map(|contact| self.contacts.get(contact as usize));
        known.map(|id| Candidate { id: id.clone(), how: Vec::from([how.clone()]) }).collect()
    }

    /// What does not fit about a contact that was matched.
    fn contact_note(&self, contact: u32, how: &MatchHow, lead: &Lead, account: &AccountFound) -> Option<MatchNote> {
        let facts = self.facts[contact as usize];
        if account.matched.is_some_and(|matched| matched != facts.account) {
            let of = if facts.account == NO_ACCOUNT { None } else { self.accounts.get(facts.account as usize) };
            return Some(MatchNote::ContactOfOtherAccount { account: of.cloned() });
        }
        let by_name = matches!(how, MatchHow::PersonName { .. });
        let email = facts.email.filter(|_| by_name && said(lead.email.as_ref()).is_some())?;
        Some(MatchNote::OtherEmail { email: self.emails.text(email).into() })
    }
}

const fn none(why: MatchWhy) -> MatchAnswer<ContactId> {
    MatchAnswer::Unmatched { why, suggestions: Vec::new() }
}
