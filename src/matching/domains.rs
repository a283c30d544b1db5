//! Domains of accounts, and those that say nothing.

use alloc::string::String;
use alloc::vec::Vec;

use super::case::{Owners, named_by};
use super::postings::{Postings, PostingsBuilder};
use super::reason::MatchHow;
use crate::address::{registered, registrable, suffixes};
use crate::roster::Roster;

/// All domains of all accounts, and those of mail hosts.
#[derive(Clone, Debug, Default)]
pub(super) struct DomainIndex {
    /// A listed domain and its accounts.
    listed: Postings,
    /// The registrable domain of a listed domain, and the accounts.
    registrable: Postings,
    free: Roster,
}

/// What a domain says.
pub(super) enum DomainSays<'a> {
    /// It is these accounts', by that fact. `above` are the owners of each shorter domain that it is a part of.
    Owned { accounts: &'a [u32], how: MatchHow, domain: &'a str, above: Vec<Owners> },
    /// It is a mail host's.
    Free(&'a str),
    /// Nothing.
    Unknown,
}

impl DomainIndex {
    /// An index of domains in their normal form.
    pub(super) fn new(free: impl Iterator<Item = String>, listed: impl Iterator<Item = (String, u32)>) -> Self {
        let mut index = Self::default();
        for domain in free {
            let _ = index.free.intern(&domain);
        }
        let (mut by_domain, mut by_registrable) = (PostingsBuilder::default(), PostingsBuilder::default());
        for (domain, account) in listed.filter(|(domain, _)| index.free.find(domain).is_none()) {
            by_domain.add(&domain, account);
            if let Some(registrable) = registrable(&domain) {
                by_registrable.add(registrable, account);
            }
        }
        index.listed = by_domain.build();
        index.registrable = by_registrable.build();
        index
    }

    /// Whether a domain itself is a mail host's.
    pub(super) fn is_free(&self, domain: &str) -> bool {
        self.free.find(domain).is_some()
    }

    /// What a domain in its normal form says: the longest listed domain that it is a part of; without one, its registrable domain.
    ///
    /// A public suffix of a registry has no parts: whoever lists `co.uk` does not own all companies below it. One of a company has: `github.io`
    /// is its owner's, who lists it, and names that others have below it are theirs where they list them.
    pub(super) fn says<'a>(&'a self, domain: &'a str) -> DomainSays<'a> {
        let least = registered(domain).unwrap_or(domain).len();
        for suffix in suffixes(domain).take_while(|suffix| suffix.len() >= least) {
            if self.is_free(suffix) {
                return DomainSays::Free(suffix);
            }
            let accounts = self.listed.get(suffix);
            if !accounts.is_empty() {
                let how = MatchHow::ListedDomain { domain: suffix.into() };
                return DomainSays::Owned { accounts, how, domain: suffix, above: self.above(suffix, least) };
            }
        }
        let Some(own) = registrable(domain) else { return DomainSays::Unknown };
        match self.registrable.get(own) {
            [] => DomainSays::Unknown,
            accounts => {
                DomainSays::Owned { accounts, how: MatchHow::RegistrableDomain { domain: own.into() }, domain: own, above: Vec::new() }
            }
        }
    }

    /// Who lists a domain that this one is a part of, domain by domain.
    fn above(&self, domain: &str, least: usize) -> Vec<Owners> {
        let shorter = suffixes(domain).skip(1).take_while(|suffix| suffix.len() >= least && !self.is_free(suffix));
        let owners = shorter.map(|shorter| named_by(self.listed.get(shorter), &MatchHow::ListedDomain { domain: shorter.into() }));
        owners.filter(|owners| !owners.is_empty()).collect()
    }
}
