//! A lead's account: every fact is asked in turn, the first that names an account decides, and the others are heard as well.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::address::{self, Address};
use super::answer::{Candidate, Likeness, MatchAnswer, MatchFact, MatchHow, MatchNote, MatchWhy, SUGGESTIONS_MAX};
use super::company::words_of;
use super::domain;
use super::domains::DomainSays;
use super::lead::{Lead, said};
use super::matcher::{Matcher, NO_ACCOUNT};
use super::names::Near;
use super::rules::FuzzyNames;
use crate::fold::fold;
use crate::id::AccountId;
use crate::problem::beginning;

/// Accounts, each with the fact that speaks for it, ascending.
type Owners = Vec<(u32, MatchHow)>;

/// Accounts that one fact names.
pub(super) struct Found {
    owners: Owners,
    /// What to say when there are several.
    several: MatchWhy,
}

impl Found {
    /// The one account of an id.
    fn one(account: u32, how: MatchHow) -> Self {
        Self { owners: Vec::from([(account, how)]), several: MatchWhy::NothingToGoBy }
    }
}

/// What the facts of a lead say about its account.
#[derive(Default)]
pub(super) struct Case<'a> {
    /// In the order in which facts are asked; none is empty.
    found: Vec<Found>,
    /// Facts that only ever disagree: owners of a domain that a longer one outdoes.
    outdone: Vec<Owners>,
    /// Why facts named nothing, in their order.
    passed: Vec<MatchWhy>,
    /// Why no later fact may decide.
    stopped: Option<MatchWhy>,
    /// Accounts whose name is nearly the lead's.
    near: Vec<(Near<'a>, MatchHow)>,
}

/// The account of a lead as numbers, for the question after the contact.
pub(super) struct AccountFound {
    /// The one that was matched.
    pub(super) matched: Option<u32>,
    /// Those that fit alike.
    pub(super) candidates: Vec<u32>,
}

impl Matcher {
    /// Asks every fact of a lead about its account.
    pub(super) fn ask(&self, lead: &Lead) -> Case<'_> {
        let mut case = Case::default();
        self.ask_ids(lead, &mut case);
        self.ask_email(lead, &mut case);
        self.ask_domain(lead, &mut case);
        self.ask_company(lead, &mut case);
        case
    }

    /// An id that names nothing is not replaced by what only fits: whoever gave it meant somebody.
    fn ask_ids(&self, lead: &Lead, case: &mut Case<'_>) {
        let mut unknown = None;
        if let Some(id) = said(lead.contact.as_ref()) {
            match self.contact_number(id).map(|contact| self.facts[contact as usize].account) {
                None => unknown = Some(MatchWhy::UnknownContactId { id: beginning(id) }),
                Some(NO_ACCOUNT) => unknown = Some(MatchWhy::NoAccountOfContact),
                Some(account) => {
                    case.found.push(Found::one(account, MatchHow::ContactId));
                }
            }
        }
        case.passed.extend(unknown.clone());
        if let Some(id) = said(lead.account.as_ref()) {
            match self.account_number(id) {
                None => {
                    let why = MatchWhy::UnknownAccountId { id: beginning(id) };
                    case.passed.push(why.clone());
                    unknown = unknown.or(Some(why));
                }
                Some(account) => {
                    case.found.push(Found::one(account, MatchHow::AccountId));
                }
            }
        }
        case.stop_unless_found(unknown);
    }

    fn ask_email(&self, lead: &Lead, case: &mut Case<'_>) {
        let Some(text) = said(lead.email.as_ref()) else { return };
        let key = address::key(text);
        let contacts = self.emails.get(&key);
        let mut accounts: Vec<u32> = contacts.iter().map(|contact| self.facts[*contact as usize].account).collect();
        accounts.retain(|account| *account != NO_ACCOUNT);
        accounts.sort_unstable();
        accounts.dedup();
        if !accounts.is_empty() {
            let how = MatchHow::Email { email: key.clone().into() };
            case.found.push(Found { owners: named_by(&accounts, &how), several: MatchWhy::SeveralContactsOfEmail { email: key.into() } });
        } else if !contacts.is_empty() {
            case.passed.push(MatchWhy::NoAccountOfContact);
            case.stop_unless_found(Some(MatchWhy::NoAccountOfContact));
        }
        match Address::read(text) {
            Some(address) => self.ask_host(address.domain(), case),
            None if contacts.is_empty() => case.passed.push(MatchWhy::MalformedEmail { email: beginning(text) }),
            None => {}
        }
    }

    fn ask_domain(&self, lead: &Lead, case: &mut Case<'_>) {
        let Some(text) = said(lead.domain.as_ref()) else { return };
        match domain::listed(text) {
            Some(domain) => self.ask_host(&domain, case),
            None => case.passed.push(MatchWhy::MalformedDomain { domain: beginning(text) }),
        }
    }

    fn ask_host(&self, domain: &str, case: &mut Case<'_>) {
        match self.domains.says(domain) {
            DomainSays::Owned { accounts, how, domain, above } => {
                let several = MatchWhy::SeveralOwnersOfDomain { domain: domain.into() };
                case.found.push(Found { owners: named_by(accounts, &how), several });
                if !above.is_empty() {
                    case.outdone.push(above);
                }
            }
            DomainSays::Free(host) => case.passed.push(MatchWhy::FreeMail { domain: host.into() }),
            DomainSays::Unknown => case.passed.push(MatchWhy::UnknownDomain { domain: domain.into() }),
        }
    }

    fn ask_company<'a>(&'a self, lead: &Lead, case: &mut Case<'a>) {
        let Some(text) = said(lead.company.as_ref()) else { return };
        let name = String::from(text);
        let normal = self.forms.normal(text);
        let owners = self.names.owners(&normal);
        if !owners.is_empty() {
            case.found.push(Found { owners, several: MatchWhy::SeveralOwnersOfName { name } });
        } else if self.says_nothing(text) {
            case.passed.push(MatchWhy::NoCompany { name });
        } else if case.found.is_empty() {
            self.ask_fuzzy(lead, &normal, name, case);
        } else {
            case.passed.push(MatchWhy::UnknownName { name });
        }
    }

    /// A name that is nearly right, asked only where nothing else is known of the account.
    fn ask_fuzzy<'a>(&'a self, lead: &Lead, normal: &str, name: String, case: &mut Case<'a>) {
        let hosts = self.hosts(lead);
        let near = self.names.near(normal).into_iter().map(|near| {
            let fact = self.fact(&near, lead, &hosts);
            let how = MatchHow::FuzzyName { name: near.text.into(), likeness: near.likeness, fact };
            (near, how)
        });
        case.near = near.collect();
        let sure = |(near, how): &&(Near<'_>, MatchHow)| {
            near.likeness != Likeness::Part && matches!(how, MatchHow::FuzzyName { fact: Some(_), .. })
        };
        let owners: Owners = case.near.iter().filter(sure).map(|(near, how)| (near.account, how.clone())).collect();
        if self.rules.document().fuzzy_names == FuzzyNames::Match && !owners.is_empty() {
            case.found.push(Found { owners, several: MatchWhy::SeveralOwnersOfName { name } });
        } else if case.near.is_empty() {
            case.passed.push(MatchWhy::UnknownName { name });
        } else {
            case.passed.push(MatchWhy::FuzzyNameOnly { name });
        }
    }

    /// The registrable domains of a lead that are no mail host's.
    fn hosts(&self, lead: &Lead) -> Vec<String> {
        let address = said(lead.email.as_ref()).and_then(Address::read).map(|address| address.domain().into());
        let domain = said(lead.domain.as_ref()).and_then(domain::listed);
        let hosts = address.into_iter().chain(domain).filter(|host: &String| !matches!(self.domains.says(host), DomainSays::Free(_)));
        hosts.filter_map(|host| domain::registrable(&host).map(Into::into)).collect()
    }

    /// What speaks for an account besides its name.
    fn fact(&self, near: &Near<'_>, lead: &Lead, hosts: &[String]) -> Option<MatchFact> {
        let letters = near.normal.replace(' ', "");
        let label = hosts.iter().find(|host| host.split_once('.').is_some_and(|(label, _)| words_of(label).replace(' ', "") == letters));
        if let Some(domain) = label {
            return Some(MatchFact::DomainLabel { domain: domain.clone() });
        }
        let own = self.countries.get(near.account as usize)?.as_deref()?;
        let same = fold(said(lead.country.as_ref())?) == fold(own.trim());
        same.then(|| MatchFact::Country { country: own.into() })
    }

    fn account_candidate(&self, account: u32, how: Vec<MatchHow>) -> Option<Candidate<AccountId>> {
        Some(Candidate { id: self.accounts.get(account as usize)?.clone(), how })
    }

    fn account_candidates(&self, owners: impl IntoIterator<Item = (u32, MatchHow)>) -> Vec<Candidate<AccountId>> {
        let mut by_account: BTreeMap<u32, Vec<MatchHow>> = BTreeMap::new();
        for (account, how) in owners {
            let all = by_account.entry(account).or_default();
            if !all.contains(&how) {
                all.push(how);
            }
        }
        by_account.into_iter().filter_map(|(account, how)| self.account_candidate(account, how)).collect()
    }
}

fn named_by(accounts: &[u32], how: &MatchHow) -> Owners {
    accounts.iter().map(|account| (*account, how.clone())).collect()
}

impl Case<'_> {
    fn stop_unless_found(&mut self, why: Option<MatchWhy>) {
        if self.found.is_empty() && self.stopped.is_none() {
            self.stopped = why;
        }
    }

    /// The answer, and the accounts it names.
    pub(super) fn answer(&mut self, matcher: &Matcher) -> (MatchAnswer<AccountId>, AccountFound) {
        let decisive = if self.stopped.is_none() { self.found.first() } else { None };
        match decisive.map(|found| (found.owners.as_slice(), &found.several)) {
            Some(([(account, how)], _)) if let Some(id) = matcher.accounts.get(*account as usize) => {
                let answer = MatchAnswer::Matched { id: id.clone(), how: how.clone() };
                (answer, AccountFound { matched: Some(*account), candidates: Vec::new() })
            }
            Some((owners, why)) => {
                let named: Vec<u32> = owners.iter().map(|(account, _)| *account).collect();
                let speaking = self.found.iter().flat_map(|found| &found.owners).filter(|(account, _)| named.contains(account));
                let candidates = matcher.account_candidates(speaking.cloned());
                (MatchAnswer::Ambiguous { candidates, why: why.clone() }, AccountFound { matched: None, candidates: named })
            }
            None => (self.unmatched(matcher), AccountFound { matched: None, candidates: Vec::new() }),
        }
    }

    fn unmatched(&mut self, matcher: &Matcher) -> MatchAnswer<AccountId> {
        let last = self.passed.pop();
        let why = match self.stopped.clone() {
            // The last fact is one of several that did not help; what stopped the search is said instead.
            Some(why) => {
                self.passed.extend(last);
                self.passed.retain(|passed| *passed != why);
                why
            }
            None => last.unwrap_or(MatchWhy::NothingToGoBy),
        };
        MatchAnswer::Unmatched { why, suggestions: self.suggestions(matcher) }
    }

    /// What other facts say where an id stopped the search, and names that are nearly the lead's, the nearest first when there are too many.
    fn suggestions(&mut self, matcher: &Matcher) -> Vec<Candidate<AccountId>> {
        self.near.sort_by_key(|(near, _)| (near.likeness, near.account));
        let near = self.near.iter().map(|(near, how)| (near.account, how.clone()));
        let all = self.found.iter().flat_map(|found| found.owners.iter().cloned()).chain(near);
        let mut kept: Owners = Vec::new();
        let mut accounts: Vec<u32> = Vec::new();
        for (account, how) in all {
            if !accounts.contains(&account) {
                if accounts.len() == SUGGESTIONS_MAX {
                    continue;
                }
                accounts.push(account);
            }
            kept.push((account, how));
        }
        matcher.account_candidates(kept)
    }

    /// What else is to be said beside the answer.
    pub(super) fn notes(self, matcher: &Matcher, answer: &MatchAnswer<AccountId>, named: &AccountFound) -> Vec<MatchNote> {
        let mut notes = Vec::new();
        if let MatchAnswer::Unmatched { .. } = answer {
            notes.extend(self.passed.into_iter().map(|why| MatchNote::PassedOver { why }));
            return notes;
        }
        let is_named = |account: &u32| named.matched == Some(*account) || named.candidates.contains(account);
        let elsewhere = |owners: &Owners| !owners.iter().any(|(account, _)| is_named(account));
        let later = self.found.into_iter().skip(1).map(|found| found.owners).filter(elsewhere);
        for owners in later.chain(self.outdone.into_iter().filter(elsewhere)) {
            notes.push(MatchNote::Disagrees { accounts: matcher.account_candidates(owners) });
        }
        notes.extend(self.passed.into_iter().filter(MatchWhy::is_a_slip).map(|why| MatchNote::PassedOver { why }));
        notes
    }
}

impl MatchWhy {
    /// Whether a fact is wrong, and not only of no help: worth a note even beside a match.
    const fn is_a_slip(&self) -> bool {
        matches!(
            self,
            Self::UnknownContactId { .. } | Self::UnknownAccountId { .. } | Self::MalformedEmail { .. } | Self::MalformedDomain { .. }
        )
    }
}
