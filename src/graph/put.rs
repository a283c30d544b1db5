//! The changes themselves, after everything was checked: each keeps both directions of every lookup, none can fail.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use petgraph::graph::EdgeIndex;

use super::AccountGraph;
use super::error::EditError;
use super::store::{
    AccountRow, ClaimedRoles, ContactRow, Details, DispositionRow, GroupRow, Node, OpportunityHome, OpportunityRow, Place, PlainRole,
    Relation, Seat, SeatClaim, TieFacts,
};
use crate::account::{Account, BuyingGroup, Disposition, Opportunity, Outcome};
use crate::contact::{Contact, Evidence, Known, RoleClaim};

/// The most ties and seats. With at most one parent an account and one manager a contact, all lines stay below petgraph's 2³² − 1.
const LINES_MAX: usize = (1 << 30) - 1;

/// The most names of roles, since a claim keeps its role in 16 bits, and a [`PlainRole`] needs one number more.
const ROLES_MAX: u32 = 65_535;

/// A group that a record names: one with a record, or the default group of an account that has none so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum GroupRef {
    /// The group with this number.
    Record(u32),
    /// The default group of the account with this number.
    Default(u32),
}

/// What of a contact is kept as numbers, found before anything is changed.
#[derive(Debug)]
pub(super) struct ContactLinks {
    pub(super) account: Option<u32>,
    pub(super) person: Option<u32>,
    pub(super) roles: ClaimedRoles,
    pub(super) title: Option<u32>,
}

impl AccountGraph {
    /// Whether one more tie or seat fits.
    ///
    /// # Errors
    /// [`EditError::Full`] when it does not.
    pub(super) fn require_line_room(&self) -> Result<(), EditError> {
        let full = EditError::Full { what: "ties and seats", most: "1,073,741,823" };
        if self.relations.edge_count() < LINES_MAX { Ok(()) } else { Err(full) }
    }

    /// The numbers of what a contact names beside other records. Nothing that can be seen changes.
    ///
    /// # Errors
    /// [`EditError::Full`] when there are no more numbers.
    pub(super) fn contact_links(&mut self, contact: &Contact, account: Option<u32>) -> Result<ContactLinks, EditError> {
        let person = match &contact.person {
            Some(person) => {
                let full = EditError::Full { what: "persons", most: "4,294,967,295" };
                Some(self.persons.intern(person.as_str()).ok_or(full)?)
            }
            None => None,
        };
        let title = match &contact.title {
            Some(title) => {
                let full = EditError::Full { what: "titles", most: "4,294,967,295" };
                Some(self.titles.intern(title).ok_or(full)?)
            }
            None => None,
        };
        let mut claims: Vec<&RoleClaim> = contact.roles.iter().collect();
        claims.sort_unstable();
        let roles = claims.into_iter().map(|claim| Ok((self.claim_role(claim.role.as_str())?, claim.evidence)));
        let roles: Vec<(u16, Evidence)> = roles.collect::<Result<_, EditError>>()?;
        Ok(ContactLinks { account, person, roles: roles.into(), title })
    }

    /// The number of a role's name.
    ///
    /// # Errors
    /// [`EditError::Full`] when there are no more numbers.
    pub(super) fn claim_role(&mut self, role: &str) -> Result<u16, EditError> {
        let found = self.roles.find(role).or_else(|| if self.roles.len() < ROLES_MAX as usize { self.roles.intern(role) } else { None });
        found.and_then(|number| u16::try_from(number).ok()).ok_or(EditError::Full { what: "roles", most: "65,535" })
    }

    // INVARIANT for `add_node` and `add_edge`, which end the program beyond 2³² − 1: tables hold at most 2³⁰ − 1 records each, ties and
    // seats were counted by `require_line_room`, and accounts and contacts have at most one line up each.
    pub(super) fn put_account(&mut self, number: u32, account: Account) {
        let place = Place(self.relations.add_node(Node::Account(number)));
        self.accounts.put(number, AccountRow { place, ..AccountRow::default() });
        self.set_account_facts(number, account);
    }

    pub(super) fn set_account_facts(&mut self, number: u32, account: Account) {
        self.accounts.row_mut(number).set_facts(account.into());
    }

    pub(super) fn put_contact(&mut self, number: u32, contact: Contact, links: ContactLinks) {
        let place = Place(self.relations.add_node(Node::Contact(number)));
        self.contacts.put(number, ContactRow { place, ..ContactRow::default() });
        self.set_contact_facts(number, contact, links);
    }

    pub(super) fn set_contact_facts(&mut self, number: u32, contact: Contact, links: ContactLinks) {
        self.leave_account(number);
        let boxed = |text: Option<String>| text.map(String::into_boxed_str);
        let details = Details { name: boxed(contact.name), email: boxed(contact.email), created: contact.created };
        let row = self.contacts.row_mut(number);
        row.person = links.person.into();
        row.roles = links.roles;
        row.title = links.title.into();
        row.details = (details != Details::default()).then(|| Box::new(details));
        row.known = contact.known;
        row.stance = contact.stance;
        row.relationship = contact.relationship;
        row.active = contact.active;
        let plain = PlainRole::of(row);
        // For all rows at once: a document's are all there before the first is filled.
        if self.plain_roles.len() <= number as usize {
            self.plain_roles.resize(self.contacts.rows.len(), PlainRole::NONE);
        }
        self.plain_roles[number as usize] = plain;
        self.enter_account(number, links.account);
    }

    /// Lists a contact of no account with one.
    fn enter_account(&mut self, contact: u32, account: Option<u32>) {
        let Some(account) = account else { return };
        let home = self.accounts.row_mut(account);
        let row = self.contacts.row_mut(contact);
        row.account = Some(account).into();
        // INVARIANT: an account has fewer contacts than there are numbers.
        row.slot = u32::try_from(home.contacts.len()).unwrap_or(u32::MAX);
        home.persons += u32::from(row.person().is_some());
        home.bounded += u32::from(row.known != Known::ALWAYS);
        home.unordered |= home.contacts.last().is_some_and(|last| self.contacts.roster.text(*last) > self.contacts.roster.text(contact));
        home.contacts.push(contact);
    }

    /// Takes a contact off its account's list; the last of the list takes its slot, so that leaving costs the same in any account.
    pub(super) fn leave_account(&mut self, contact: u32) {
        let row = self.contacts.row_mut(contact);
        let Some(account) = row.account() else { return };
        row.account = None.into();
        let (slot, person, bounded) = (row.slot, row.person().is_some(), row.known != Known::ALWAYS);
        let home = self.accounts.row_mut(account);
        home.persons -= u32::from(person);
        home.bounded -= u32::from(bounded);
        home.contacts.swap_remove(slot as usize);
        home.unordered = home.contacts.len() > 1 && (home.unordered || home.contacts.len() > slot as usize);
        if let Some(moved) = home.contacts.get(slot as usize) {
            self.contacts.row_mut(*moved).slot = slot;
        }
    }

    pub(super) fn put_group(&mut self, number: u32, account: u32, group: BuyingGroup) {
        let place = Place(self.relations.add_node(Node::Group(number)));
        let BuyingGroup { solution, template, membership, .. } = group;
        self.groups.put(number, GroupRow { place, account, solution, template, membership, ..GroupRow::default() });
        self.accounts.row_mut(account).groups.push(number);
    }

    /// The record of a group; that of a default group is made when it is the first time.
    ///
    /// # Errors
    /// [`EditError::Full`] when there are no more numbers.
    pub(super) fn open_group(&mut self, group: GroupRef) -> Result<u32, EditError> {
        let account = match group {
            GroupRef::Record(number) => return Ok(number),
            GroupRef::Default(account) => account,
        };
        if let Some(number) = self.accounts.row(account).default_group() {
            return Ok(number);
        }
        let number = self.groups.claim(self.accounts.text(account))?;
        let place = Place(self.relations.add_node(Node::Group(number)));
        self.groups.put(number, GroupRow { place, account, ..GroupRow::default() });
        self.accounts.row_mut(account).default_group = Some(number).into();
        Ok(number)
    }

    /// Takes away the record of a default group that nothing refers to any more.
    pub(super) fn close_idle_default(&mut self, account: u32) {
        let Some(number) = self.accounts.row(account).default_group() else { return };
        let row = self.groups.row(number);
        if row.dispositions.is_empty() && row.opportunities == 0 && self.seats_in(number).next().is_none() {
            self.relations.remove_node(row.place.0);
            self.groups.take(number);
            self.accounts.row_mut(account).default_group = None.into();
        }
    }

    /// Gives an account another parent, or none.
    pub(super) fn relink_parent(&mut self, account: u32, parent: Option<u32>) {
        if let Some((edge, _)) = self.parent_line(account) {
            self.relations.remove_edge(edge);
        }
        if let Some(parent) = parent {
            self.link_parent(account, parent);
        }
    }

    /// Gives an account without a parent one.
    pub(super) fn link_parent(&mut self, account: u32, parent: u32) {
        let (from, to) = (self.accounts.row(account).place, self.accounts.row(parent).place);
        self.relations.add_edge(from.0, to.0, Relation::ChildOf);
    }

    /// Gives a contact another manager, or none.
    pub(super) fn relink_manager(&mut self, contact: u32, manager: Option<u32>) {
        if let Some((edge, _)) = self.manager_line(contact) {
            self.relations.remove_edge(edge);
        }
        if let Some(manager) = manager {
            self.link_manager(contact, manager);
        }
    }

    /// Gives a contact without a manager one.
    pub(super) fn link_manager(&mut self, contact: u32, manager: u32) {
        let (from, to) = (self.contacts.row(contact).place, self.contacts.row(manager).place);
        self.relations.add_edge(from.0, to.0, Relation::ReportsTo);
    }

    /// Adds a row to the line by which a group names a contact, if there is that line, else the line.
    pub(super) fn put_seat(&mut self, contact: u32, group: u32, line: Option<EdgeIndex<u32>>, claim: SeatClaim) {
        if let Some(Relation::Seat(seat)) = line.and_then(|edge| self.relations.edge_weight_mut(edge)) {
            let (roles, name) = (&self.roles, self.roles.text(u32::from(claim.role)));
            let at = seat.claims.partition_point(|other| roles.text(u32::from(other.role)) < name);
            seat.claims.insert(at, claim);
        } else {
            self.link_seat(contact, group, Vec::from([claim]));
        }
    }

    /// Adds the line by which a group names a contact. The claims are in the order of the roles' names.
    pub(super) fn link_seat(&mut self, contact: u32, group: u32, claims: Vec<SeatClaim>) {
        let (from, to) = (self.contacts.row(contact).place, self.groups.row(group).place);
        self.relations.add_edge(from.0, to.0, Relation::Seat(Box::new(Seat { claims })));
    }

    pub(super) fn put_tie(&mut self, from: u32, to: u32, facts: TieFacts) {
        let (from, to) = (self.contacts.row(from).place, self.contacts.row(to).place);
        self.relations.add_edge(from.0, to.0, Relation::Tie(Box::new(facts)));
    }

    pub(super) fn put_opportunity(&mut self, number: u32, account: u32, group: Option<u32>, opportunity: Opportunity) {
        let Opportunity { created_at, closed_at, outcome, amount, currency, .. } = opportunity;
        let closed = if outcome == Outcome::Open { None } else { closed_at.map(crate::day::Instant::day) };
        let (amount, currency) = (amount.map(|amount| amount.normalize()), currency.map(String::into_boxed_str));
        let created = created_at.day();
        let row = OpportunityRow { group, created, closed, outcome, number, created_at, closed_at, amount, currency };
        self.accounts.row_mut(account).opportunities.push(row);
        self.opportunities.put(number, OpportunityHome(Some(account)));
        if let Some(group) = group {
            self.groups.row_mut(group).opportunities += 1;
        }
    }

    /// A disposition in its place by time.
    pub(super) fn put_disposition(&mut self, group: u32, disposition: Disposition) {
        let row = disposition_row(disposition);
        let dispositions = &mut self.groups.row_mut(group).dispositions;
        let at = dispositions.partition_point(|other| *other <= row);
        dispositions.insert(at, row);
    }
}

pub(super) fn disposition_row(disposition: Disposition) -> DispositionRow {
    DispositionRow { at: disposition.at, verdict: disposition.verdict, reason: disposition.reason.map(String::into_boxed_str) }
}
