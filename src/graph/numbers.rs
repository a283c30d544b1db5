//! Reads by number, for assessments: nothing is copied or sorted unless a method says so.

use alloc::vec::Vec;

use super::AccountGraph;
use super::store::{AccountRow, ContactRow, GroupRow, NamedSeat, OpportunityRow};
use crate::day::Day;
use crate::roster::{Names, Roster};

impl AccountGraph {
    /// The ids of accounts by number.
    pub(crate) fn account_names(&self) -> &Names {
        self.accounts.roster.names()
    }

    /// The ids of contacts by number.
    pub(crate) fn contact_names(&self) -> &Names {
        self.contacts.roster.names()
    }

    /// The ids of groups by number.
    pub(crate) fn group_names(&self) -> &Names {
        self.groups.roster.names()
    }

    /// The numbers of all contacts that this graph ever had, for columns of signals ([`SignalColumns`](crate::SignalColumns)). Which number
    /// an id has is found with [`Roster::find`]; it stays with the id, also when the contact is removed. O(1).
    pub fn contact_roster(&self) -> &Roster {
        &self.contacts.roster
    }

    /// The names of all roles that were ever claimed.
    pub(crate) fn role_roster(&self) -> &Roster {
        &self.roles
    }

    /// The number of an account that is there.
    pub(crate) fn account_ix(&self, id: &str) -> Option<u32> {
        self.accounts.find(id)
    }

    /// The number of a group that is there, a default group that something refers to included.
    pub(crate) fn group_ix(&self, id: &str) -> Option<u32> {
        self.groups.find(id)
    }

    /// The number of a contact that is there.
    pub(crate) fn contact_ix(&self, id: &str) -> Option<u32> {
        self.contacts.find(id)
    }

    /// The account of a contact that is there and has one. O(1), however many lines the contact has.
    pub(crate) fn account_of_contact(&self, id: &str) -> Option<u32> {
        self.contacts.row(self.contacts.find(id)?).account()
    }

    /// The numbers of many contacts that are there, by id: faster than one by one in a great graph.
    pub(crate) fn find_contacts(&self, ids: &[&str]) -> Vec<Option<u32>> {
        self.contacts.find_all(ids)
    }

    /// The day on which a contact was created, if that is known.
    pub(crate) fn contact_created(&self, contact: u32) -> Option<Day> {
        self.contacts.row(contact).details.as_ref()?.created
    }

    /// The id of an opportunity.
    pub(crate) fn opportunity_id(&self, row: &OpportunityRow) -> &str {
        self.opportunities.text(row.number)
    }

    /// The accounts by id. Cost: n where they are numbered by id, as those of a document are; n log n otherwise.
    pub(crate) fn sorted_accounts(&self) -> Vec<u32> {
        self.accounts.sorted()
    }

    /// The contacts by id. Cost: n where they are numbered by id; n log n otherwise, as mostly in graphs made of documents, which number them by account.
    pub(crate) fn sorted_contacts(&self) -> Vec<u32> {
        self.contacts.sorted()
    }

    /// An account's row.
    pub(crate) fn account_row(&self, account: u32) -> &AccountRow {
        self.accounts.row(account)
    }

    /// A contact's row.
    pub(crate) fn contact_row(&self, contact: u32) -> &ContactRow {
        self.contacts.row(contact)
    }

    /// The role that a group takes from a contact without weighing anything, if there is such a one; see [`PlainRole`](super::store::PlainRole). Only of a
    /// contact that is there.
    #[inline]
    pub(crate) fn plain_role(&self, contact: u32) -> Option<u16> {
        self.plain_roles[contact as usize].get()
    }

    /// A contact's e-mail address, as it came.
    pub(crate) fn contact_email(&self, contact: u32) -> Option<&str> {
        self.contacts.row(contact).details.as_ref()?.email.as_deref()
    }

    /// The name of the person a contact is.
    pub(crate) fn contact_person_name(&self, contact: u32) -> Option<&str> {
        self.contacts.row(contact).details.as_ref()?.name.as_deref()
    }

    /// A group's row.
    pub(crate) fn group_row(&self, group: u32) -> &GroupRow {
        self.groups.row(group)
    }

    /// The person a contact is: the person id, or the contact's id when there is none.
    pub(crate) fn person_text(&self, contact: u32) -> &str {
        match self.contacts.row(contact).person() {
            Some(person) => self.persons.text(person),
            None => self.contacts.text(contact),
        }
    }

    /// Whether two contacts of the account can be one person; without person ids they cannot.
    pub(crate) fn persons_may_repeat(&self, account: u32) -> bool {
        self.accounts.row(account).persons > 0
    }

    /// Whether all contacts of the account count on every day.
    pub(crate) fn contacts_are_timeless(&self, account: u32) -> bool {
        self.accounts.row(account).bounded == 0
    }

    /// The rows that name contacts for a group, by contact number, of one contact in the order of the roles' names.
    /// Cost: n log n; allocates.
    pub(crate) fn named(&self, group: u32) -> Vec<NamedSeat> {
        let mut seats: Vec<_> = self.seats_in(group).collect();
        seats.sort_unstable_by_key(|(contact, _)| *contact);
        let rows = seats.into_iter().flat_map(|(contact, seat)| {
            seat.claims.iter().map(move |claim| NamedSeat { contact, role: claim.role, evidence: claim.evidence, known: claim.known })
        });
        rows.collect()
    }
}
