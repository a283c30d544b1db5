//! What was found, as documents.

use alloc::format;
use core::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::answer::{Candidate, LeadMatch, MatchAnswer, MatchNote};
use super::matcher::UnusedDomain;
use super::reason::{MatchFact, MatchHow, MatchWhy};

impl Serialize for LeadMatch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("account", &self.account)?;
        map.serialize_entry("contact", &self.contact)?;
        map.serialize_entry("notes", &self.notes)?;
        map.end()
    }
}

/// The same fields in every answer: a reader need not know which sort has which.
impl<T: Serialize> Serialize for MatchAnswer<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("answer", self.token())?;
        map.serialize_entry("id", &self.id())?;
        map.serialize_entry("how", &self.how())?;
        map.serialize_entry("why", &self.why())?;
        map.serialize_entry("candidates", self.candidates())?;
        map.end()
    }
}

impl<T: Serialize> Serialize for Candidate<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("how", &self.how)?;
        map.end()
    }
}

impl Serialize for MatchHow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        coded(serializer, self.token(), self, |map| match self {
            Self::ContactId | Self::AccountId => Ok(()),
            Self::Email { email } | Self::UntaggedEmail { email } => map.serialize_entry("email", email),
            Self::ListedDomain { domain } | Self::RegistrableDomain { domain } => map.serialize_entry("domain", domain),
            Self::Name { name } | Self::PersonName { name } => map.serialize_entry("name", name),
            Self::Alias { alias } => map.serialize_entry("alias", alias),
            Self::FuzzyName { name, likeness, fact } => {
                map.serialize_entry("name", name)?;
                map.serialize_entry("likeness", likeness.token())?;
                map.serialize_entry("fact", fact)
            }
        })
    }
}

impl Serialize for MatchFact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        coded(serializer, self.token(), self, |map| match self {
            Self::Country { country } => map.serialize_entry("country", country),
            Self::DomainLabel { domain } => map.serialize_entry("domain", domain),
        })
    }
}

impl Serialize for MatchWhy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        coded(serializer, self.token(), self, |map| about(self, map))
    }
}

impl Serialize for MatchNote {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        coded(serializer, self.token(), self, |map| match self {
            Self::Disagrees { accounts } => map.serialize_entry("accounts", accounts),
            Self::ContactOfOtherAccount { account } => map.serialize_entry("account_id", account),
            Self::OtherEmail { email } => map.serialize_entry("email", email),
            Self::PassedOver { why } => about(why, map),
        })
    }
}

impl Serialize for UnusedDomain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("account_id", &self.account)?;
        map.serialize_entry("domain", &self.domain)?;
        map.serialize_entry("why", &self.why)?;
        map.end()
    }
}

/// A `code`, what it is about, and the sentence as `message`.
fn coded<S: Serializer>(
    serializer: S,
    code: &str,
    said: &impl fmt::Display,
    about: impl FnOnce(&mut S::SerializeMap) -> Result<(), S::Error>,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("code", code)?;
    about(&mut map)?;
    map.serialize_entry("message", &format!("{said}"))?;
    map.end()
}

/// The text that a reason is about.
fn about<M: SerializeMap>(why: &MatchWhy, map: &mut M) -> Result<(), M::Error> {
    match why {
        MatchWhy::SeveralOwnersOfDomain { domain }
        | MatchWhy::MalformedDomain { domain }
        | MatchWhy::FreeMail { domain }
        | MatchWhy::UnknownDomain { domain } => map.serialize_entry("domain", domain),
        MatchWhy::SeveralContactsOfEmail { email } | MatchWhy::MalformedEmail { email } | MatchWhy::UnknownEmail { email } => {
            map.serialize_entry("email", email)
        }
        MatchWhy::SeveralAddresses { email, addresses } => {
            map.serialize_entry("email", email)?;
            map.serialize_entry("addresses", addresses)
        }
        MatchWhy::SeveralOwnersOfName { name }
        | MatchWhy::SeveralContactsOfName { name }
        | MatchWhy::NoCompany { name }
        | MatchWhy::UnknownName { name }
        | MatchWhy::FuzzyNameOnly { name }
        | MatchWhy::UnknownPerson { name }
        | MatchWhy::PersonWithoutAccount { name } => map.serialize_entry("name", name),
        MatchWhy::UnknownContactId { id } | MatchWhy::UnknownAccountId { id } => map.serialize_entry("id", id),
        MatchWhy::NoAccountOfContact | MatchWhy::NothingToGoBy => Ok(()),
    }
}
