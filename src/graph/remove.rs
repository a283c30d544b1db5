//! Edits that remove, and what they take along: enough to put everything back as it was.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::AccountGraph;
use super::error::EditError;
use super::put::disposition_row;
use super::read::tie_key;
use super::store::Relation;
use crate::account::{Account, BuyingGroup, Disposition, DispositionVerdict, Member, Opportunity, Tie, TieKind};
use crate::contact::Contact;
use crate::document::token_of;
use crate::id::{AccountId, ContactId};

/// A contact that was removed, with the lines that went along. See [`AccountGraph::restore_contact`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "it holds all that was taken along; without it the removal cannot be undone"]
pub struct RemovedContact {
    /// The contact, its manager included.
    pub contact: Contact,
    /// Who reported to it.
    pub reports: Vec<ContactId>,
    /// Its ties, from and to it.
    pub ties: Vec<Tie>,
    /// The rows that named it for groups.
    pub seats: Vec<Member>,
}

/// A buying group that was removed, with what stood on it. See [`AccountGraph::restore_group`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "it holds all that was taken along; without it the removal cannot be undone"]
pub struct RemovedGroup {
    /// The group.
    pub group: BuyingGroup,
    /// The rows that named contacts for it.
    pub members: Vec<Member>,
    /// The opportunities of this group alone.
    pub opportunities: Vec<Opportunity>,
    /// What sales said of it.
    pub dispositions: Vec<Disposition>,
}

/// A reporting line by its ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportingLine {
    /// Who reports.
    pub contact: ContactId,
    /// To whom.
    pub manager: ContactId,
}

/// An account that was removed, with all it contained and all that stood on it. See [`AccountGraph::restore_account`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "it holds all that was taken along; without it the removal cannot be undone"]
pub struct RemovedAccount {
    /// The account, its parent included.
    pub account: Account,
    /// The accounts whose parent it was; they stay, without a parent.
    pub children: Vec<AccountId>,
    /// Its own groups.
    pub groups: Vec<BuyingGroup>,
    /// Its contacts, their managers included.
    pub contacts: Vec<Contact>,
    /// The rows that named contacts for its groups, the default group included.
    pub members: Vec<Member>,
    /// The ties from and to its contacts.
    pub ties: Vec<Tie>,
    /// Its opportunities.
    pub opportunities: Vec<Opportunity>,
    /// What sales said of its groups, the default group included.
    pub dispositions: Vec<Disposition>,
    /// The reporting lines of contacts of other accounts that went along: to its contacts, and between accounts that are no longer one
    /// family.
    pub reporting_lines: Vec<ReportingLine>,
}

impl AccountGraph {
    /// Removes an account with its contacts, groups, opportunities and everything that stands on them. Its children stay, without a parent;
    /// reporting lines between accounts that only it held together go along.
    ///
    /// # Errors
    /// [`EditError::Unknown`] when there is no such account.
    ///
    /// # Cost
    /// All that it contains, times the logarithm, and the accounts and contacts below it; not the rest of the graph.
    pub fn remove_account(&mut self, id: &str) -> Result<RemovedAccount, EditError> {
        let number = self.accounts.require(id)?;
        let removed = self.account_contents(number).ok_or_else(|| self.accounts.unknown(id, &mut 0))?;
        self.cut_families(number);
        let row = self.accounts.row(number);
        let (place, groups, contacts) = (row.place, row.groups.clone(), row.contacts.clone());
        let opportunities: Vec<u32> = row.opportunities.iter().map(|opportunity| opportunity.number).collect();
        let default_group = row.default_group();
        // The records with the most lines go first: each takes all of its lines off at once, while a record with few would search each of
        // its lines in the long list at the other end.
        for group in groups.into_iter().chain(default_group) {
            self.relations.remove_node(self.groups.take(group).place.0);
        }
        for contact in self.most_lines_first(contacts) {
            self.relations.remove_node(self.contacts.take(contact).place.0);
        }
        for opportunity in opportunities {
            self.opportunities.take(opportunity);
        }
        self.relations.remove_node(place.0);
        self.accounts.take(number);
        Ok(removed)
    }

    /// Takes off the reporting lines between other accounts that would no longer be one family.
    fn cut_families(&mut self, account: u32) {
        let mut lines: Vec<_> =
            self.children(account).into_iter().flat_map(|child| self.reporting_lines_across(&self.subtree(child))).collect();
        let inside = |contact: &u32| self.contacts.row(*contact).account() == Some(account);
        lines.retain(|(report, manager)| !inside(report) && !inside(manager));
        let mut edges: Vec<_> = lines.into_iter().filter_map(|(report, _)| self.manager_line(report)).map(|(edge, _)| edge).collect();
        // The youngest first: that is the order of the lists, so that a manager of many is not searched for each.
        edges.sort_unstable_by(|a, b| b.cmp(a));
        for edge in edges {
            self.relations.remove_edge(edge);
        }
    }

    fn most_lines_first(&self, mut contacts: Vec<u32>) -> Vec<u32> {
        contacts.sort_by_cached_key(|contact| {
            let place = self.contacts.row(*contact).place;
            Reverse(self.lines_from(place).count() + self.lines_to(place).count())
        });
        contacts
    }

    fn account_contents(&self, number: u32) -> Option<RemovedAccount> {
        let row = self.accounts.row(number);
        let groups = self.groups.by_id(row.groups.iter().copied().chain(row.default_group()).collect());
        let line = |(report, manager): (u32, u32)| {
            let (contact, manager) = (ContactId::new(self.contacts.text(report)).ok()?, ContactId::new(self.contacts.text(manager)).ok()?);
            Some(ReportingLine { contact, manager })
        };
        let mut reporting_lines: Vec<ReportingLine> = self.lines_lost_with(number).into_iter().filter_map(line).collect();
        reporting_lines.sort_unstable();
        Some(RemovedAccount {
            account: self.account_record(number)?,
            children: self.children(number).into_iter().filter_map(|child| AccountId::new(self.accounts.text(child)).ok()).collect(),
            groups: self.groups_of(self.accounts.text(number)).into_iter().filter(|_| !row.groups.is_empty()).collect(),
            contacts: self.contacts.by_id(row.contacts.clone()).into_iter().filter_map(|contact| self.contact_record(contact)).collect(),
            members: groups.iter().flat_map(|group| self.member_records(*group)).collect(),
            ties: self.ties_of_account(number),
            opportunities: self.opportunity_records(number, |_| true),
            dispositions: groups.iter().flat_map(|group| self.disposition_records(*group)).collect(),
            reporting_lines,
        })
    }

    /// The ties from and to an account's contacts, each once.
    fn ties_of_account(&self, account: u32) -> Vec<Tie> {
        let outside = |contact: u32| self.contacts.row(contact).account() != Some(account);
        let mut ties = Vec::new();
        for contact in self.accounts.row(account).contacts.iter().copied() {
            ties.extend(self.ties_from(contact).filter_map(|(to, facts)| self.tie_record(contact, to, facts)));
            let arriving = self.ties_to(contact).filter(|(from, _)| outside(*from));
            ties.extend(arriving.filter_map(|(from, facts)| self.tie_record(from, contact, facts)));
        }
        ties.sort_unstable_by(|a, b| tie_key(a).cmp(&tie_key(b)));
        ties
    }

    /// The reporting lines that go with an account, those of its own contacts aside: to its contacts, and between accounts that would no
    /// longer be one family.
    fn lines_lost_with(&self, account: u32) -> Vec<(u32, u32)> {
        let inside = |contact: u32| self.contacts.row(contact).account() == Some(account);
        let mut lines: Vec<(u32, u32)> = Vec::new();
        for contact in self.accounts.row(account).contacts.iter().copied() {
            lines.extend(self.reports(contact).into_iter().map(|report| (report, contact)));
        }
        // Without the account, what is below each child is a family of its own.
        for child in self.children(account) {
            lines.extend(self.reporting_lines_across(&self.subtree(child)));
        }
        lines.retain(|(report, _)| !inside(*report));
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// Removes a contact with its reporting lines, ties and seats. Who reported to it stays, without a manager.
    ///
    /// # Errors
    /// [`EditError::Unknown`] when there is no such contact.
    ///
    /// # Cost
    /// The lines of the contact, and the other lines of its manager, of the groups that name it and of whom it is tied to.
    pub fn remove_contact(&mut self, id: &str) -> Result<RemovedContact, EditError> {
        let number = self.contacts.require(id)?;
        let contact = self.contact_record(number).ok_or_else(|| self.contacts.unknown(id, &mut 0))?;
        let reports = self.reports_of(id).into_iter().filter_map(|report| ContactId::new(report).ok()).collect();
        let removed = RemovedContact { contact, reports, ties: self.ties_of(id), seats: self.seats_of_contact(id) };
        let account = self.contacts.row(number).account();
        self.leave_account(number);
        self.relations.remove_node(self.contacts.take(number).place.0);
        if let Some(account) = account {
            self.close_idle_default(account);
        }
        Ok(removed)
    }

    /// Removes a group of an account's own, with its members, its opportunities and what sales said of it. When it was the only one, the
    /// account falls back to its default group.
    ///
    /// # Errors
    /// [`EditError::Unknown`] when there is no such group; a default group is none that could be removed.
    ///
    /// # Cost
    /// All that stands on the group, times the logarithm, and the opportunities and groups of the account.
    pub fn remove_group(&mut self, id: &str) -> Result<RemovedGroup, EditError> {
        let number = self.groups.require(id)?;
        let account = self.groups.row(number).account;
        let index = self.accounts.row(account).groups.iter().position(|group| *group == number);
        let (Some(index), Some(group)) = (index, self.group_record(number)) else { return Err(self.groups.unknown(id, &mut 0)) };
        let opportunities = self.opportunity_records(account, |group| group == Some(number));
        let (members, dispositions) = (self.member_records(number), self.disposition_records(number));
        for opportunity in &opportunities {
            if let Some(gone) = self.opportunities.find(opportunity.id.as_str()) {
                self.opportunities.take(gone);
            }
        }
        let row = self.accounts.row_mut(account);
        row.opportunities.retain(|opportunity| opportunity.group != Some(number));
        row.groups.swap_remove(index);
        self.relations.remove_node(self.groups.take(number).place.0);
        Ok(RemovedGroup { group, members, opportunities, dispositions })
    }

    /// Removes one row that names a contact, with that role, for a group.
    ///
    /// # Errors
    /// [`EditError`] when the group or contact is unknown or there is no such row.
    ///
    /// # Cost
    /// The lines of the group, and those of the contact.
    pub fn remove_member(&mut self, group: &str, contact: &str, role: &str) -> Result<Member, EditError> {
        let none = || EditError::NoSuchMember { contact: contact.into(), group: group.into(), role: role.into() };
        self.group_ref(group).ok_or_else(|| self.groups.unknown(group, &mut 1))?;
        let person = self.contacts.require(contact)?;
        let number = self.groups.find(group).ok_or_else(none)?;
        let line = self.seat_line(person, number).ok_or_else(none)?;
        let role_number = self.roles.find(role).and_then(|role| u16::try_from(role).ok()).ok_or_else(none)?;
        let claim = self.seat_claim(line, role_number).ok_or_else(none)?;
        let removed = self.member_record(number, person, claim).ok_or_else(none)?;
        let mut empty = false;
        if let Some(Relation::Seat(seat)) = self.relations.edge_weight_mut(line) {
            seat.claims.retain(|other| other.role != role_number);
            empty = seat.claims.is_empty();
        }
        if empty {
            self.relations.remove_edge(line);
        }
        self.close_idle_default(self.groups.row(number).account);
        Ok(removed)
    }

    /// Removes the tie of that kind and strength from one contact to another.
    ///
    /// # Errors
    /// [`EditError`] when a contact is unknown or there is no such tie.
    ///
    /// # Cost
    /// The lines of both contacts.
    pub fn remove_tie(&mut self, from: &str, to: &str, kind: TieKind, strength: u8) -> Result<Tie, EditError> {
        let none = || EditError::NoSuchTie { from: from.into(), to: to.into(), kind: token_of(&TieKind::ALL, kind), strength };
        let (start, end) = (self.contacts.require(from)?, self.contacts.require(to)?);
        let line = self.tie_line(start, end, kind, strength).ok_or_else(none)?;
        let Some(Relation::Tie(facts)) = self.relations.edge_weight(line) else { return Err(none()) };
        let removed = self.tie_record(start, end, **facts).ok_or_else(none)?;
        self.relations.remove_edge(line);
        Ok(removed)
    }

    /// Removes an opportunity.
    ///
    /// # Errors
    /// [`EditError::Unknown`] when there is no such opportunity.
    ///
    /// # Cost
    /// The opportunities of its account.
    pub fn remove_opportunity(&mut self, id: &str) -> Result<Opportunity, EditError> {
        let number = self.opportunities.require(id)?;
        let removed = self.opportunity(id).ok_or_else(|| self.opportunities.unknown(id, &mut 0))?;
        let Some(account) = self.opportunities.take(number).0 else { return Ok(removed) };
        let rows = &mut self.accounts.row_mut(account).opportunities;
        let group = rows.iter().position(|row| row.number == number).and_then(|index| rows.swap_remove(index).group);
        if let Some(group) = group {
            self.groups.row_mut(group).opportunities -= 1;
        }
        self.close_idle_default(account);
        Ok(removed)
    }

    /// Removes one answer of sales to a group; of equal ones, one.
    ///
    /// # Errors
    /// [`EditError`] when the group is unknown or has no such answer.
    ///
    /// # Cost
    /// The answers to the group.
    pub fn remove_disposition(&mut self, disposition: &Disposition) -> Result<(), EditError> {
        let id = disposition.group.as_str();
        let none = || {
            let verdict = token_of(&DispositionVerdict::ALL, disposition.verdict);
            EditError::NoSuchDisposition { group: id.to_string(), verdict, at: disposition.at }
        };
        self.group_ref(id).ok_or_else(|| self.groups.unknown(id, &mut 1))?;
        let number = self.groups.find(id).ok_or_else(none)?;
        let row = self.groups.row_mut(number);
        let index = row.dispositions.binary_search(&disposition_row(disposition.clone())).map_err(|_| none())?;
        row.dispositions.remove(index);
        let account = row.account;
        self.close_idle_default(account);
        Ok(())
    }
}
