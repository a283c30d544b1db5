//! What the graph keeps: a table for each sort of record, and petgraph for the lines between records.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::{Deref, DerefMut};

use petgraph::graph::NodeIndex;
use petgraph::stable_graph::StableDiGraph;
use rust_decimal::Decimal;

use super::table::Row;
use crate::account::{Account, DispositionVerdict, Membership, Outcome, TieKind};
use crate::address::domain_of;
use crate::contact::{Evidence, Known, Relationship, Stance};
use crate::day::{Day, Instant};
use crate::id::{SolutionName, TemplateName};

/// The lines between records. Its indices never leave this module; what is read from it is sorted by id first.
pub(super) type Relations = StableDiGraph<Node, Relation, u32>;

/// A record by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// An account.
    Account(u32),
    /// A contact.
    Contact(u32),
    /// A buying group.
    Group(u32),
}

/// A line. The two rare sorts are boxed, so that a reporting line, of which nearly every contact has one, stays at 32 bytes.
#[derive(Clone, Debug)]
pub(super) enum Relation {
    /// From an account to its parent.
    ChildOf,
    /// From a contact to the manager.
    ReportsTo,
    /// From a contact to another.
    Tie(Box<TieFacts>),
    /// From a contact to a group that names it.
    Seat(Box<Seat>),
}

/// A tie without its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TieFacts {
    pub(crate) kind: TieKind,
    pub(crate) strength: u8,
    pub(crate) known: Known,
}

/// The rows that name one contact for one group.
// INVARIANT: never empty; each role once, in the order of the roles' names.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    pub(super) claims: Vec<SeatClaim>,
}

/// One row that names a contact for a group, without its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SeatClaim {
    pub(super) role: u16,
    pub(super) evidence: Evidence,
    pub(super) known: Known,
}

/// A record's node in [`Relations`]; the default is none, which marks a vacant row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place(pub(super) NodeIndex<u32>);

impl Default for Place {
    fn default() -> Self {
        Self(NodeIndex::end())
    }
}

impl Place {
    fn is_some(self) -> bool {
        self != Self::default()
    }
}

/// What is known of an account by itself. Most accounts of a great portfolio know none of it, so it stands beside their rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AccountFacts {
    pub(crate) name: Option<String>,
    pub(crate) aliases: Vec<String>,
    pub(crate) domains: Vec<String>,
    pub(crate) industry: Option<String>,
    pub(crate) employees: Option<u64>,
    pub(crate) revenue: Option<Decimal>,
    pub(crate) country: Option<String>,
    pub(crate) technologies: Option<Vec<String>>,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) fit_score: Option<Decimal>,
    pub(crate) excluded: Option<String>,
}

/// The facts of an account about which nothing is known.
static NO_FACTS: AccountFacts = AccountFacts {
    name: None,
    aliases: Vec::new(),
    domains: Vec::new(),
    industry: None,
    employees: None,
    revenue: None,
    country: None,
    technologies: None,
    attributes: BTreeMap::new(),
    fit_score: None,
    excluded: None,
};

impl From<Account> for AccountFacts {
    fn from(account: Account) -> Self {
        Self {
            name: account.name,
            aliases: account.aliases,
            domains: account.domains,
            industry: account.industry,
            employees: account.employees,
            revenue: account.revenue.map(|revenue| revenue.normalize()),
            country: account.country,
            technologies: account.technologies,
            attributes: account.attributes,
            fit_score: account.fit_score.map(|score| score.normalize()),
            excluded: account.excluded,
        }
    }
}

/// What an account contains, and what is known of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct AccountRow {
    pub(super) place: Place,
    // INVARIANT: there only where something is known. An empty list of technologies is: that there are none.
    pub(super) facts: Option<Box<AccountFacts>>,
    /// Its contacts, by id unless `unordered`.
    pub(crate) contacts: Vec<u32>,
    /// Whether its contacts may stand in another order than that of their ids.
    pub(crate) unordered: bool,
    /// Its own groups, in no order.
    pub(crate) groups: Vec<u32>,
    /// The record of its default group: there while something refers to that group, and only without groups of its own.
    pub(super) default_group: MaybeNumber,
    /// Its opportunities, in no order.
    pub(crate) opportunities: Vec<OpportunityRow>,
    /// How many of its contacts have a person id.
    pub(super) persons: u32,
    /// How many of its contacts do not count on every day.
    pub(super) bounded: u32,
}

const _: () = assert!(size_of::<AccountRow>() <= 104, "an account that knows nothing costs its lists and little more");

impl AccountRow {
    /// What is known of it.
    pub(crate) fn facts(&self) -> &AccountFacts {
        self.facts.as_deref().unwrap_or(&NO_FACTS)
    }

    /// Puts other facts in place of those that it has.
    pub(super) fn set_facts(&mut self, facts: AccountFacts) {
        self.facts = (facts != NO_FACTS).then(|| Box::new(facts));
    }

    /// The number of the record of its default group, if that has one.
    pub(crate) fn default_group(&self) -> Option<u32> {
        self.default_group.get()
    }
}

/// An opportunity of an account. The days are what assessments ask for; the rest is kept for documents.
#[derive(Clone, Debug)]
pub(crate) struct OpportunityRow {
    /// Its group; `None`: every group of the account.
    pub(crate) group: Option<u32>,
    /// The day it was created.
    pub(crate) created: Day,
    /// The day it was won or lost; `None` while it is open, whatever close is expected.
    pub(crate) closed: Option<Day>,
    pub(crate) outcome: Outcome,
    pub(super) number: u32,
    pub(crate) created_at: Instant,
    pub(crate) closed_at: Option<Instant>,
    pub(crate) amount: Option<Decimal>,
    pub(crate) currency: Option<Box<str>>,
}

/// The roles that a contact's own record claims. One alone, as most have, stands in the row itself, so that it is read without another access.
#[derive(Clone, Debug)]
pub(crate) enum ClaimedRoles {
    One([(u16, Evidence); 1]),
    Several(Box<[(u16, Evidence)]>),
}

impl Default for ClaimedRoles {
    fn default() -> Self {
        Self::Several(Box::default())
    }
}

impl From<Vec<(u16, Evidence)>> for ClaimedRoles {
    fn from(roles: Vec<(u16, Evidence)>) -> Self {
        match roles[..] {
            [one] => Self::One([one]),
            _ => Self::Several(roles.into_boxed_slice()),
        }
    }
}

impl Deref for ClaimedRoles {
    type Target = [(u16, Evidence)];

    fn deref(&self) -> &Self::Target {
        match self {
            Self::One(one) => one,
            Self::Several(several) => several,
        }
    }
}

impl DerefMut for ClaimedRoles {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            Self::One(one) => one,
            Self::Several(several) => several,
        }
    }
}

/// A number or none, in four bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MaybeNumber(u32);

impl From<Option<u32>> for MaybeNumber {
    // INVARIANT: what is numbered ends below the greatest number, which stands for none.
    fn from(number: Option<u32>) -> Self {
        Self(number.unwrap_or(u32::MAX))
    }
}

impl Default for MaybeNumber {
    fn default() -> Self {
        None.into()
    }
}

impl MaybeNumber {
    fn get(self) -> Option<u32> {
        (self.0 != u32::MAX).then_some(self.0)
    }
}

/// What an assessment asks of a contact. One is 64 bytes; texts sit in [`Details`], so that a walk over people stays in few cache lines.
#[derive(Clone, Debug)]
pub(crate) struct ContactRow {
    pub(super) place: Place,
    /// Where it stands in its account's list of contacts.
    pub(super) slot: u32,
    pub(super) account: MaybeNumber,
    pub(super) person: MaybeNumber,
    /// Each role once from each sort of evidence, in the order of the roles' names.
    pub(crate) roles: ClaimedRoles,
    pub(super) title: MaybeNumber,
    pub(super) details: Option<Box<Details>>,
    pub(crate) known: Known,
    pub(crate) stance: Stance,
    pub(crate) relationship: Option<Relationship>,
    pub(crate) active: bool,
}

impl ContactRow {
    /// The number of the account.
    pub(crate) fn account(&self) -> Option<u32> {
        self.account.get()
    }

    /// The number of the person id.
    pub(crate) fn person(&self) -> Option<u32> {
        self.person.get()
    }

    /// The number of the title.
    pub(crate) fn title(&self) -> Option<u32> {
        self.title.get()
    }

    /// The domain of the e-mail address in its normal form.
    pub(crate) fn email_domain(&self) -> Option<String> {
        domain_of(self.details.as_deref()?.email.as_deref()?)
    }
}

impl Default for ContactRow {
    fn default() -> Self {
        Self {
            place: Place::default(),
            slot: 0,
            account: None.into(),
            person: None.into(),
            roles: ClaimedRoles::default(),
            title: None.into(),
            details: None,
            known: Known::ALWAYS,
            stance: Stance::default(),
            relationship: None,
            active: false,
        }
    }
}

/// The role that a group takes from a contact without weighing anything: from one who is active, on every day, and no opponent, with one claim to a role, no
/// title and no relationship that somebody stated. None of any other contact.
// INVARIANT: roles are numbered below the greatest number, which stands for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlainRole(u16);

impl PlainRole {
    pub(super) const NONE: Self = Self(u16::MAX);

    pub(super) fn of(row: &ContactRow) -> Self {
        let ally = row.active && row.stance != Stance::Opponent;
        let plain = ally && row.known == Known::ALWAYS && row.title().is_none() && row.relationship.is_none();
        match row.roles[..] {
            [(role, _)] if plain => Self(role),
            _ => Self::NONE,
        }
    }

    #[inline]
    pub(super) fn get(self) -> Option<u16> {
        (self != Self::NONE).then_some(self.0)
    }
}

/// What only documents and pictures ask of a contact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Details {
    pub(super) name: Option<Box<str>>,
    pub(super) email: Option<Box<str>>,
    pub(super) created: Option<Day>,
}

/// A buying group, be it of its own or the default group of an account.
#[derive(Clone, Debug, Default)]
pub(crate) struct GroupRow {
    pub(super) place: Place,
    pub(crate) account: u32,
    pub(crate) solution: Option<SolutionName>,
    pub(crate) template: Option<TemplateName>,
    pub(crate) membership: Option<Membership>,
    /// In the order of time, at one instant the rejection last.
    pub(crate) dispositions: Vec<DispositionRow>,
    /// How many opportunities name it.
    pub(super) opportunities: u32,
}

/// What sales said of a group. The derived order is that of the fields.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DispositionRow {
    pub(crate) at: Instant,
    pub(crate) verdict: DispositionVerdict,
    pub(super) reason: Option<Box<str>>,
}

/// Where an opportunity is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct OpportunityHome(pub(super) Option<u32>);

/// A row that names a contact for a group, as an assessment asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NamedSeat {
    pub(crate) contact: u32,
    pub(crate) role: u16,
    pub(crate) evidence: Evidence,
    pub(crate) known: Known,
}

impl Row for AccountRow {
    const WHAT: &'static str = "account";
    const MANY: &'static str = "accounts";
    fn is_live(&self) -> bool {
        self.place.is_some()
    }
}

impl Row for ContactRow {
    const WHAT: &'static str = "contact";
    const MANY: &'static str = "contacts";
    fn is_live(&self) -> bool {
        self.place.is_some()
    }
}

impl Row for GroupRow {
    const WHAT: &'static str = "group";
    const MANY: &'static str = "groups";
    fn is_live(&self) -> bool {
        self.place.is_some()
    }
}

impl Row for OpportunityHome {
    const WHAT: &'static str = "opportunity";
    const MANY: &'static str = "opportunities";
    fn is_live(&self) -> bool {
        self.0.is_some()
    }
}
