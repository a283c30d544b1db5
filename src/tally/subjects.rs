//! Whom signals are about, by number.

use super::blocks::Blocks;
use crate::roster::Roster;
use crate::signal::Subject;

/// Whom a count is about, by reference: a [`Subject`] whose text is not copied.
///
/// Ordered as [`Subject`]: accounts before contacts before e-mail addresses, then by UTF-8 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectRef<'a> {
    /// Somebody unnamed at the account of this id.
    Account(&'a str),
    /// The contact of this id.
    Contact(&'a str),
    /// An e-mail address.
    Email(&'a str),
}

impl<'a> SubjectRef<'a> {
    /// The id or address.
    pub const fn text(self) -> &'a str {
        match self {
            Self::Account(text) | Self::Contact(text) | Self::Email(text) => text,
        }
    }

    pub(crate) const fn sort(self) -> Sort {
        match self {
            Self::Account(_) => Sort::Account,
            Self::Contact(_) => Sort::Contact,
            Self::Email(_) => Sort::Email,
        }
    }
}

impl<'a> From<&'a Subject> for SubjectRef<'a> {
    fn from(subject: &'a Subject) -> Self {
        match subject {
            Subject::Account(id) => Self::Account(id.as_str()),
            Subject::Contact(id) => Self::Contact(id.as_str()),
            Subject::Email(address) => Self::Email(address.as_str()),
        }
    }
}

/// The three sorts of subjects, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sort {
    /// Accounts.
    Account,
    /// Contacts.
    Contact,
    /// E-mail addresses.
    Email,
}

impl Sort {
    /// All of them, in order.
    pub(crate) const ALL: [Self; 3] = [Self::Account, Self::Contact, Self::Email];

    /// What it is called in messages.
    pub(crate) const fn what(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Contact => "contact",
            Self::Email => "email",
        }
    }

    /// What its list is called in documents.
    pub(crate) const fn list(self) -> &'static str {
        match self {
            Self::Account => "accounts",
            Self::Contact => "contacts",
            Self::Email => "emails",
        }
    }

    /// A subject of this sort.
    pub(crate) const fn subject(self, text: &str) -> SubjectRef<'_> {
        match self {
            Self::Account => SubjectRef::Account(text),
            Self::Contact => SubjectRef::Contact(text),
            Self::Email => SubjectRef::Email(text),
        }
    }
}

/// The subjects of one sort with their counts.
#[derive(Clone, Default)]
pub(crate) struct Subjects {
    /// Their ids by number.
    pub(crate) roster: Roster,
    /// Their counts by number.
    pub(crate) blocks: Blocks,
    /// The sum of all counts.
    // INVARIANT: signals of all sorts and duplicates together are at most u64::MAX.
    pub(crate) signals: u64,
}
