//! A lead's account: every fact is asked in turn, the first that names an account decides, and the others are heard as well.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::case::{Case, Found, Owners, named_by};
use super::company::words_of;
use super::domains::DomainSays;
use super::emails::Known;
use super::lead::{Lead, said};
use super::matcher::{Matcher, NO_ACCOUNT};
use super::names::Near;
use super::reason::{Likeness, MatchFact, MatchHow, MatchWhy};
use super::rules::FuzzyNames;
use crate::address::{self, Address};
use crate::document::TEXT_BYTES_MAX;
use crate::problem::{excerpt, shortened};

/// Why a text is no address.
pub(super) fn no_address(text: &str) -> MatchWhy {
    match address::several(text) {
        Some(addresses) => MatchWhy::SeveralAddresses { email: excerpt(text), addresses },
        None => MatchWhy::MalformedEmail { email: excerpt(text) },
    }
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
                None => unknown = Some(MatchWhy::UnknownContactId { id: excerpt(id) }),
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
                    let why = MatchWhy::UnknownAccountId { id: excerpt(id) };
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
        let address = Address::read(text);
        let key = address.as_ref().map_or_else(|| Cow::Owned(address::key(text)), |address| Cow::Borrowed(&*address.key));
        let known = self.emails.known(&key);
        let is_known = known.is_some();
        if let Some(known) = known {
            self.ask_known(known, case);
        }
        match address {
            Some(address) => self.ask_host(address.domain(), case),
            None if is_known => {}
            None => case.passed.push(no_address(text)),
        }
    }

    /// The accounts of the contacts of an address.
    fn ask_known(&self, known: Known<'_>, case: &mut Case<'_>) {
        let mut accounts: Vec<u32> = known.contacts.iter().map(|contact| self.facts[*contact as usize].account).collect();
        accounts.retain(|account| *account != NO_ACCOUNT);
        accounts.sort_unstable();
        accounts.dedup();
        if accounts.is_empty() {
            case.passed.push(MatchWhy::NoAccountOfContact);
            case.stop_unless_found(Some(MatchWhy::NoAccountOfContact));
        } else {
            case.found.push(Found { owners: named_by(&accounts, &known.how), several: known.several });
        }
    }

    fn ask_domain(&self, lead: &Lead, case: &mut Case<'_>) {
        let Some(text) = said(lead.domain.as_ref()) else { return };
        match self.listed_domain(text) {
            Some(domain) => self.ask_host(&domain, case),
            None => case.passed.push(MatchWhy::MalformedDomain { domain: excerpt(text) }),
        }
    }

    fn ask_host(&self, domain: &str, case: &mut Case<'_>) {
        match self.domains.says(domain) {
            DomainSays::Owned { accounts, how, domain, above } => {
                let several = MatchWhy::SeveralOwnersOfDomain { domain: domain.into() };
                case.found.push(Found { owners: named_by(accounts, &how), several });
                case.outdone.extend(above);
            }
            DomainSays::Free(host) => case.passed.push(MatchWhy::FreeMail { domain: host.into() }),
            DomainSays::Unknown => case.passed.push(MatchWhy::UnknownDomain { domain: domain.into() }),
        }
    }

    fn ask_company<'a>(&'a self, lead: &Lead, case: &mut Case<'a>) {
        let Some(text) = said(lead.company.as_ref()) else { return };
        if text.len() > TEXT_BYTES_MAX {
            return case.passed.push(MatchWhy::UnknownName { name: excerpt(text) });
        }
        let name = shortened(text);
        let normal = self.forms.normal(text);
        let owners = self.names.owners(&normal, self.forms.spelled(text).as_deref());
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
        let domain = said(lead.domain.as_ref()).and_then(|text| self.listed_domain(text));
        let hosts = address.into_iter().chain(domain).filter(|host: &String| !matches!(self.domains.says(host), DomainSays::Free(_)));
        hosts.filter_map(|host| address::registrable(&host).map(Into::into)).collect()
    }

    /// What speaks for an account besides its name.
    fn fact(&self, near: &Near<'_>, lead: &Lead, hosts: &[String]) -> Option<MatchFact> {
        let forms = [Some(self.forms.normal(near.text)), self.forms.spelled(near.text)].map(|form| form.map(|form| form.replace(' ', "")));
        let bears = |label: &str| forms.contains(&Some(words_of(label).replace(' ', "")));
        let label = hosts.iter().find(|host| host.split_once('.').is_some_and(|(label, _)| bears(label)));
        if let Some(domain) = label {
            return Some(MatchFact::DomainLabel { domain: domain.clone() });
        }
        let own = self.countries.get(near.account as usize)?.as_deref()?;
        let same = self.country(own)? == self.country(said(lead.country.as_ref())?)?;
        same.then(|| MatchFact::Country { country: own.into() })
    }
}
