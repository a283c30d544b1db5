//! Sentences about leads that were matched or not.

use core::fmt;

use crate::matching::{Likeness, MatchFact, MatchHow, MatchNote, MatchWhy};

/// Why an account or a contact was taken.
pub(super) fn how(f: &mut fmt::Formatter<'_>, how: &MatchHow) -> fmt::Result {
    match how {
        MatchHow::ContactId => f.write_str("the contact's id is given"),
        MatchHow::AccountId => f.write_str("the account's id is given"),
        MatchHow::Email { email } => write!(f, "`{email}` is the address of a known contact"),
        MatchHow::UntaggedEmail { email } => write!(f, "`{email}` is the address of a known contact, but for what follows `+`"),
        MatchHow::ListedDomain { domain } => write!(f, "the account lists the domain `{domain}`"),
        MatchHow::RegistrableDomain { domain } => write!(f, "the account lists a domain of `{domain}`"),
        MatchHow::Name { name } => write!(f, "the account is named `{name}`"),
        MatchHow::Alias { alias } => write!(f, "the account is also named `{alias}`"),
        MatchHow::FuzzyName { name, likeness, fact } => {
            write!(f, "the account's name `{name}` {}", like(*likeness))?;
            fact.as_ref().map_or(Ok(()), |fact| write!(f, ", and {fact}"))
        }
        MatchHow::PersonName { name } => write!(f, "the contact is named `{name}`"),
    }
}

const fn like(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Order => "has the same words in another order",
        Likeness::Spaces => "differs only in spaces",
        Likeness::Letter => "differs in one letter",
        Likeness::Part => "has these words and others, or some of these",
    }
}

/// What speaks for an account besides its name.
pub(super) fn fact(f: &mut fmt::Formatter<'_>, fact: &MatchFact) -> fmt::Result {
    match fact {
        MatchFact::Country { country } => write!(f, "its country is `{country}` as well"),
        MatchFact::DomainLabel { domain } => write!(f, "the domain `{domain}` has its name"),
    }
}

/// Why nothing was matched.
pub(super) fn why(f: &mut fmt::Formatter<'_>, why: &MatchWhy) -> fmt::Result {
    match why {
        MatchWhy::SeveralOwnersOfDomain { domain } => write!(f, "several accounts list the domain `{domain}`"),
        MatchWhy::SeveralOwnersOfName { name } => write!(f, "several accounts go by the name `{name}`"),
        MatchWhy::SeveralContactsOfEmail { email } => write!(f, "several contacts have the address `{email}`"),
        MatchWhy::SeveralContactsOfName { name } => write!(f, "several contacts of the account are named `{name}`"),
        MatchWhy::UnknownContactId { id } => write!(f, "there is no contact `{id}`"),
        MatchWhy::UnknownAccountId { id } => write!(f, "there is no account `{id}`"),
        MatchWhy::NoAccountOfContact => f.write_str("the contact has no account"),
        MatchWhy::MalformedEmail { email } => write!(f, "`{email}` is no e-mail address"),
        MatchWhy::SeveralAddresses { email, addresses } => write!(f, "`{email}` holds {addresses} e-mail addresses; write one a row"),
        MatchWhy::MalformedDomain { domain } => write!(f, "`{domain}` is no domain"),
        MatchWhy::FreeMail { domain } => write!(f, "`{domain}` is a mail host and says nothing about the company"),
        MatchWhy::UnknownDomain { domain } => write!(f, "no account lists the domain `{domain}`"),
        MatchWhy::UnknownEmail { email } => write!(f, "no contact has the address `{email}`"),
        MatchWhy::NoCompany { name } => write!(f, "`{name}` names no company"),
        MatchWhy::UnknownName { name } => write!(f, "no account goes by the name `{name}`"),
        MatchWhy::FuzzyNameOnly { name } => write!(f, "only nearly an account's name: `{name}`, and nothing else speaks for one"),
        MatchWhy::UnknownPerson { name } => write!(f, "no contact of the account is named `{name}`"),
        MatchWhy::PersonWithoutAccount { name } => write!(f, "the name `{name}` says nothing without the account"),
        MatchWhy::NothingToGoBy => f.write_str("nothing to go by"),
    }
}

/// What was noticed beside an answer.
pub(super) fn note(f: &mut fmt::Formatter<'_>, note: &MatchNote) -> fmt::Result {
    match note {
        MatchNote::Disagrees { accounts } => {
            for (i, candidate) in accounts.iter().enumerate() {
                f.write_str(if i == 0 { "another fact points to " } else { "; or to " })?;
                write!(f, "`{}`", candidate.id)?;
                for (i, how) in candidate.how.iter().enumerate() {
                    write!(f, "{} {how}", if i == 0 { ":" } else { " and" })?;
                }
            }
            Ok(())
        }
        MatchNote::ContactOfOtherAccount { account: Some(account) } => write!(f, "the contact belongs to the account `{account}`"),
        MatchNote::ContactOfOtherAccount { account: None } => f.write_str("the contact has no account"),
        MatchNote::OtherEmail { email } => write!(f, "the contact is known by another address: `{email}`"),
        MatchNote::PassedOver { why: reason } => why(f, reason),
    }
}
