//! Contacts: people at accounts, what they are to us, and the roles they hold.

use alloc::string::String;
use alloc::vec::Vec;

use crate::day::Day;
use crate::document::shown_as_tokens;
use crate::id::{AccountId, ContactId, IdError, PersonId, RoleName};

/// What a person is to their account, seen from us.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relationship {
    /// Employed there.
    #[default]
    Employee,
    /// Advises it.
    Consultant,
    /// Sells with us.
    Partner,
    /// Works for a competitor of ours.
    Competitor,
    /// Studies.
    Student,
    /// One of our own people.
    OwnStaff,
}

impl Relationship {
    /// Every relationship with its token, in declaration order.
    pub const ALL: [(&'static str, Self); 6] = [
        ("employee", Self::Employee),
        ("consultant", Self::Consultant),
        ("partner", Self::Partner),
        ("competitor", Self::Competitor),
        ("student", Self::Student),
        ("own_staff", Self::OwnStaff),
    ];
}

shown_as_tokens! { Relationship }

/// How a person stands to the purchase. An opponent is reached, but has no points, is never engaged and fills nothing in a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// For it.
    Supporter,
    /// Neither.
    Neutral,
    /// Against it.
    Opponent,
    /// Not known.
    #[default]
    Unknown,
}

impl Stance {
    /// Every stance with its token, in declaration order.
    pub const ALL: [(&'static str, Self); 4] =
        [("supporter", Self::Supporter), ("neutral", Self::Neutral), ("opponent", Self::Opponent), ("unknown", Self::Unknown)];
}

/// Where a role comes from, the most trusted first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// Somebody said so.
    Human,
    /// The CRM says so.
    #[default]
    Crm,
    /// Read from the title.
    Title,
    /// Bought from a vendor.
    Vendor,
    /// Read from what the person does.
    Behaviour,
}

impl Evidence {
    /// Every sort of evidence with its token, in declaration order.
    pub const ALL: [(&'static str, Self); 5] =
        [("human", Self::Human), ("crm", Self::Crm), ("title", Self::Title), ("vendor", Self::Vendor), ("behaviour", Self::Behaviour)];
}

/// A role that a person is said to hold, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleClaim {
    /// The role; `unknown` means none.
    pub role: RoleName,
    /// Where it comes from.
    pub evidence: Evidence,
}

/// The days on which a record counts: from `from` (or ever) up to, not including, `until` (or for ever).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Known {
    /// The first day it counts.
    pub from: Option<Day>,
    /// The first day it no longer counts.
    pub until: Option<Day>,
}

impl Known {
    /// Always.
    pub const ALWAYS: Self = Self { from: None, until: None };

    /// Whether the record counts on that day.
    pub fn on(self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// A person at an account, as the CRM knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The contact's id.
    pub id: ContactId,
    /// Its account; own staff may have none.
    pub account: Option<AccountId>,
    /// The person, when it is known to be several contacts; otherwise a person named like the contact.
    pub person: Option<PersonId>,
    /// The person's name.
    pub name: Option<String>,
    /// The person's e-mail address.
    pub email: Option<String>,
    /// The job title.
    pub title: Option<String>,
    /// The roles held, whichever group it is; each role once from each sort of evidence. The most trusted evidence counts, the rest is kept.
    pub roles: Vec<RoleClaim>,
    /// The contact this one reports to.
    pub reports_to: Option<ContactId>,
    /// How the person stands to the purchase.
    pub stance: Stance,
    /// What the person is to the account, where somebody said so; otherwise an assessment goes by the e-mail domain, the title, and in the
    /// end takes an employee.
    pub relationship: Option<Relationship>,
    /// Whether the person is still there; `false`: left.
    pub active: bool,
    /// The day the contact was created.
    pub created: Option<Day>,
    /// The days on which this record counts.
    pub known: Known,
}

impl Contact {
    /// An active contact of an account, about whom nothing else is known.
    ///
    /// # Errors
    /// [`IdError`] when a text is no id.
    pub fn new(id: &str, account: &str) -> Result<Self, IdError> {
        Ok(Self { account: Some(AccountId::new(account)?), relationship: None, ..Self::own_staff(id)? })
    }

    /// One of our own people, of no account.
    ///
    /// # Errors
    /// [`IdError`] when the text is no id.
    pub fn own_staff(id: &str) -> Result<Self, IdError> {
        Ok(Self {
            id: ContactId::new(id)?,
            account: None,
            person: None,
            name: None,
            email: None,
            title: None,
            roles: Vec::new(),
            reports_to: None,
            stance: Stance::Unknown,
            relationship: Some(Relationship::OwnStaff),
            active: true,
            created: None,
            known: Known::ALWAYS,
        })
    }

    /// With a role that the CRM gives.
    ///
    /// # Errors
    /// [`IdError`] when the text is no name.
    pub fn with_role(mut self, role: &str) -> Result<Self, IdError> {
        self.roles.push(RoleClaim { role: RoleName::new(role)?, evidence: Evidence::Crm });
        Ok(self)
    }
}
