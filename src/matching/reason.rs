//! Facts that speak for an account or a contact, and why there are none.

use alloc::string::String;

/// A fact that speaks for an account or a contact.
///
/// In JSON an object with its token as `code`, what it is about under the names of the fields here, and the sentence as `message`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum MatchHow {
    /// The lead names the contact by its id, or the account of it.
    ContactId,
    /// The lead names the account by its id.
    AccountId,
    /// It is the address of a known contact.
    Email {
        /// The address.
        email: String,
    },
    /// It is the address of a known contact but for its tag: what follows `+`, in the lead's or in the contact's.
    UntaggedEmail {
        /// The address without the tag.
        email: String,
    },
    /// The account lists the domain, or one that it is a part of.
    ListedDomain {
        /// The domain as it is listed, in lower case and ASCII.
        domain: String,
    },
    /// The account lists another domain of the same registrable domain.
    RegistrableDomain {
        /// The registrable domain.
        domain: String,
    },
    /// It is the account's name.
    Name {
        /// The name as the account has it.
        name: String,
    },
    /// It is another name of the account.
    Alias {
        /// The name as the account has it.
        alias: String,
    },
    /// It is nearly a name of the account.
    FuzzyName {
        /// The name as the account has it.
        name: String,
        /// In what way it is nearly that.
        likeness: Likeness,
        /// What else speaks for the account; without it the name is only suggested.
        fact: Option<MatchFact>,
    },
    /// The contact has that name.
    PersonName {
        /// The name in the form in which names are compared.
        name: String,
    },
}

/// In what way two names of companies are nearly one, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// The same words in another order.
    Order,
    /// The same letters, with other spaces.
    Spaces,
    /// The same words, one of which differs by one letter (missing, added, changed, or swapped with its neighbour).
    Letter,
    /// All words of one are words of the other. Never enough to match.
    Part,
}

impl Likeness {
    /// Every likeness with its token, in declaration order.
    pub const ALL: [(&'static str, Self); 4] =
        [("order", Self::Order), ("spaces", Self::Spaces), ("letter", Self::Letter), ("part", Self::Part)];

    /// The likeness's token, in `snake_case`.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Spaces => "spaces",
            Self::Letter => "letter",
            Self::Part => "part",
        }
    }
}

/// What speaks for an account besides a name that is nearly right. JSON as of [`MatchHow`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum MatchFact {
    /// The lead's country is the account's.
    Country {
        /// The country as the account has it.
        country: String,
    },
    /// The first label of the lead's domain is the account's name.
    DomainLabel {
        /// The registrable domain.
        domain: String,
    },
}

impl MatchFact {
    /// The fact's token, in `snake_case`.
    pub const fn token(&self) -> &'static str {
        match self {
            Self::Country { .. } => "country",
            Self::DomainLabel { .. } => "domain_label",
        }
    }
}

/// Why nothing was matched, or why a fact was of no use. JSON as of [`MatchHow`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum MatchWhy {
    /// Several accounts list the domain.
    SeveralOwnersOfDomain {
        /// The domain.
        domain: String,
    },
    /// Several accounts have the name.
    SeveralOwnersOfName {
        /// The name as the lead has it, of a long one the beginning.
        name: String,
    },
    /// Several contacts have the address.
    SeveralContactsOfEmail {
        /// The address.
        email: String,
    },
    /// Several contacts of the account have the name.
    SeveralContactsOfName {
        /// The name as the lead has it, of a long one the beginning.
        name: String,
    },
    /// No contact has that id. What is named by an id is not replaced by what only fits.
    UnknownContactId {
        /// The id.
        id: String,
    },
    /// No account has that id.
    UnknownAccountId {
        /// The id.
        id: String,
    },
    /// The contact is one of our own people and has no account.
    NoAccountOfContact,
    /// The address is none.
    MalformedEmail {
        /// The beginning of the text.
        email: String,
    },
    /// The text holds several addresses, and which is meant nobody says.
    SeveralAddresses {
        /// The beginning of the text.
        email: String,
        /// How many.
        addresses: usize,
    },
    /// The domain is none.
    MalformedDomain {
        /// The beginning of the text.
        domain: String,
    },
    /// The domain is that of a mail host whose addresses say nothing about a company.
    FreeMail {
        /// The mail host's domain.
        domain: String,
    },
    /// No account lists the domain or a part of it.
    UnknownDomain {
        /// The domain.
        domain: String,
    },
    /// No contact has the address.
    UnknownEmail {
        /// The address.
        email: String,
    },
    /// The text is what people write where they have no company.
    NoCompany {
        /// The text as the lead has it, of a long one the beginning.
        name: String,
    },
    /// No account has the name.
    UnknownName {
        /// The name as the lead has it, of a long one the beginning.
        name: String,
    },
    /// The name is nearly that of an account, and nothing else speaks for it.
    FuzzyNameOnly {
        /// The name as the lead has it, of a long one the beginning.
        name: String,
    },
    /// No contact of the account has the person's name.
    UnknownPerson {
        /// The name as the lead has it, of a long one the beginning.
        name: String,
    },
    /// A person's name says nothing without the account.
    PersonWithoutAccount {
        /// The name as the lead has it, of a long one the beginning.
        name: String,
    },
    /// The lead says nothing that could be matched.
    NothingToGoBy,
}

impl MatchHow {
    /// The fact's token, in `snake_case`.
    pub const fn token(&self) -> &'static str {
        match self {
            Self::ContactId => "contact_id",
            Self::AccountId => "account_id",
            Self::Email { .. } => "email",
            Self::UntaggedEmail { .. } => "untagged_email",
            Self::ListedDomain { .. } => "listed_domain",
            Self::RegistrableDomain { .. } => "registrable_domain",
            Self::Name { .. } => "name",
            Self::Alias { .. } => "alias",
            Self::FuzzyName { .. } => "fuzzy_name",
            Self::PersonName { .. } => "person_name",
        }
    }
}

impl MatchWhy {
    /// The reason's token, in `snake_case`.
    pub const fn token(&self) -> &'static str {
        match self {
            Self::SeveralOwnersOfDomain { .. } => "several_owners_of_domain",
            Self::SeveralOwnersOfName { .. } => "several_owners_of_name",
            Self::SeveralContactsOfEmail { .. } => "several_contacts_of_email",
            Self::SeveralContactsOfName { .. } => "several_contacts_of_name",
            Self::UnknownContactId { .. } => "unknown_contact_id",
            Self::UnknownAccountId { .. } => "unknown_account_id",
            Self::NoAccountOfContact => "no_account_of_contact",
            Self::MalformedEmail { .. } => "malformed_email",
            Self::SeveralAddresses { .. } => "several_addresses",
            Self::MalformedDomain { .. } => "malformed_domain",
            Self::FreeMail { .. } => "free_mail",
            Self::UnknownDomain { .. } => "unknown_domain",
            Self::UnknownEmail { .. } => "unknown_email",
            Self::NoCompany { .. } => "no_company",
            Self::UnknownName { .. } => "unknown_name",
            Self::FuzzyNameOnly { .. } => "fuzzy_name_only",
            Self::UnknownPerson { .. } => "unknown_person",
            Self::PersonWithoutAccount { .. } => "person_without_account",
            Self::NothingToGoBy => "nothing_to_go_by",
        }
    }
}
