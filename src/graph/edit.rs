//! Edits that add or change. Each checks everything first and then changes everything; a refused edit changes nothing.

use alloc::string::ToString;

use petgraph::graph::EdgeIndex;

use super::AccountGraph;
use super::error::EditError;
use super::facts::{self, first};
use super::put::{ContactLinks, GroupRef};
use super::store::{Relation, SeatClaim, TieFacts};
use super::walk::cycle_error;
use crate::account::{Account, BuyingGroup, Disposition, Member, Opportunity, Tie};
use crate::contact::Contact;
use crate::document::token_of;

impl AccountGraph {
    /// Adds an account; its parent, if it names one, must be there.
    ///
    /// # Errors
    /// [`EditError`] when the id is taken (also by a group of another account), the parent unknown or the account itself, or a fact out of
    /// its range.
    ///
    /// # Cost
    /// The size of the account.
    pub fn add_account(&mut self, account: Account) -> Result<(), EditError> {
        first(facts::account(&account))?;
        let id = account.id.as_str();
        self.accounts.require_vacant(id)?;
        if let Some(group) = self.groups.find(id) {
            let owner = self.accounts.text(self.groups.row(group).account).into();
            return Err(EditError::GroupNamedLikeAccount { group: id.into(), account: owner });
        }
        if account.parent.as_ref() == Some(&account.id) {
            return Err(cycle_error("parents", core::iter::once(id)));
        }
        let parent = account.parent.as_ref().map(|parent| self.accounts.require(parent.as_str())).transpose()?;
        let number = self.accounts.claim(id)?;
        self.put_account(number, account);
        self.relink_parent(number, parent);
        Ok(())
    }

    /// Replaces the facts of an account, its parent among them; what it contains stays.
    ///
    /// # Errors
    /// [`EditError`] when there is no such account, a fact is out of its range, or the parent would be refused by
    /// [`AccountGraph::set_parent`].
    ///
    /// # Cost
    /// The size of the account, and that of [`AccountGraph::set_parent`].
    pub fn replace_account(&mut self, account: Account) -> Result<(), EditError> {
        first(facts::account(&account))?;
        let number = self.accounts.require(account.id.as_str())?;
        let parent = self.check_parent(number, account.parent.as_ref().map(AsRef::as_ref))?;
        self.set_account_facts(number, account);
        self.relink_parent(number, parent);
        Ok(())
    }

    /// Puts an account under another one, or under none.
    ///
    /// # Errors
    /// [`EditError`] when one of the two is unknown, the parent is the account itself or stands below it, or a reporting line would then
    /// run between two families.
    ///
    /// # Cost
    /// The parent's depth and the number of siblings; when the account leaves its family, also all accounts and contacts below it.
    pub fn set_parent(&mut self, account: &str, parent: Option<&str>) -> Result<(), EditError> {
        let number = self.accounts.require(account)?;
        let parent = self.check_parent(number, parent)?;
        self.relink_parent(number, parent);
        Ok(())
    }

    fn check_parent(&self, account: u32, parent: Option<&str>) -> Result<Option<u32>, EditError> {
        let parent = parent.map(|parent| self.accounts.require(parent)).transpose()?;
        if let Some(parent) = parent {
            self.check_parent_cycle(account, parent)?;
        }
        // A topmost account is the head of its family and takes all of it along: only a family that is left can be cut.
        let leaves = self.parent(account).is_some() && parent.is_none_or(|parent| self.root(parent) != self.root(account));
        let cut = if leaves { self.reporting_lines_across(&self.subtree(account)) } else { alloc::vec::Vec::new() };
        let least = cut.into_iter().map(|(report, manager)| (self.contacts.text(report), self.contacts.text(manager))).min();
        least.map_or(Ok(parent), |(report, manager)| Err(across_families(report, manager)))
    }

    /// Adds a contact; its account and manager, if it names them, must be there.
    ///
    /// # Errors
    /// [`EditError`] when the id is taken, the account or manager unknown, the manager the contact itself or of another family of accounts,
    /// a role given twice, or a fact out of its range; or when only `own_staff` could be without an account.
    ///
    /// # Cost
    /// The size of the contact; with a manager at another account, also the depths of both accounts.
    pub fn add_contact(&mut self, contact: Contact) -> Result<(), EditError> {
        first(facts::contact(&contact))?;
        let id = contact.id.as_str();
        self.contacts.require_vacant(id)?;
        if contact.reports_to.as_ref() == Some(&contact.id) {
            return Err(cycle_error("reporting lines", core::iter::once(id)));
        }
        let account = contact.account.as_ref().map(|account| self.accounts.require(account.as_str())).transpose()?;
        let manager = contact.reports_to.as_ref().map(|manager| self.contacts.require(manager.as_str())).transpose()?;
        self.check_manager_family(id, account, manager)?;
        let (number, links) = (self.contacts.claim(id)?, self.contact_links(&contact, account)?);
        self.put_contact(number, contact, links);
        self.relink_manager(number, manager);
        Ok(())
    }

    /// Replaces the facts of a contact, its account and manager among them; its reports, ties and seats stay.
    ///
    /// # Errors
    /// [`EditError`] when there is no such contact, as for [`AccountGraph::add_contact`] and [`AccountGraph::set_manager`], and when it is
    /// to move to another account while a group names it or while it reports across to what is then another family.
    ///
    /// # Cost
    /// The size of the contact and that of [`AccountGraph::set_manager`]; when it moves, also its lines.
    pub fn replace_contact(&mut self, contact: Contact) -> Result<(), EditError> {
        first(facts::contact(&contact))?;
        let number = self.contacts.require(contact.id.as_str())?;
        let account = contact.account.as_ref().map(|account| self.accounts.require(account.as_str())).transpose()?;
        let manager = self.check_manager(number, account, contact.reports_to.as_ref().map(AsRef::as_ref))?;
        let old = self.contacts.row(number).account();
        if old != account {
            self.check_move(number, account)?;
        }
        let links: ContactLinks = self.contact_links(&contact, account)?;
        self.set_contact_facts(number, contact, links);
        self.relink_manager(number, manager);
        Ok(())
    }

    /// Whether a contact may move to another account as far as its seats and reports go.
    fn check_move(&self, contact: u32, account: Option<u32>) -> Result<(), EditError> {
        let id = self.contacts.text(contact);
        let seat = self.seats_of(contact).map(|(group, _)| (self.groups.text(group), self.groups.row(group).account)).min();
        if let Some((group, owner)) = seat {
            return Err(EditError::MemberOfAnotherAccount {
                contact: id.into(),
                group: group.into(),
                account: self.accounts.text(owner).into(),
            });
        }
        let strange = |report: &u32| !self.same_family(self.contacts.row(*report).account(), account);
        let report = self.reports(contact).into_iter().find(strange);
        report.map_or(Ok(()), |report| Err(across_families(self.contacts.text(report), id)))
    }

    /// Lets a contact report to another one, or to nobody.
    ///
    /// # Errors
    /// [`EditError`] when one of the two is unknown, the manager is the contact itself or reports to it at whatever distance, or their
    /// accounts are of two families.
    ///
    /// # Cost
    /// The lines of the managers above, the other reports of the old manager, and the depths of the accounts when they differ.
    pub fn set_manager(&mut self, contact: &str, manager: Option<&str>) -> Result<(), EditError> {
        let number = self.contacts.require(contact)?;
        let manager = self.check_manager(number, self.contacts.row(number).account(), manager)?;
        self.relink_manager(number, manager);
        Ok(())
    }

    fn check_manager(&self, contact: u32, account: Option<u32>, manager: Option<&str>) -> Result<Option<u32>, EditError> {
        let manager = manager.map(|manager| self.contacts.require(manager)).transpose()?;
        if let Some(manager) = manager {
            self.check_manager_cycle(contact, manager)?;
        }
        self.check_manager_family(self.contacts.text(contact), account, manager)?;
        Ok(manager)
    }

    fn check_manager_family(&self, contact: &str, account: Option<u32>, manager: Option<u32>) -> Result<(), EditError> {
        match manager {
            Some(manager) if !self.same_family(account, self.contacts.row(manager).account()) => {
                Err(across_families(contact, self.contacts.text(manager)))
            }
            _ => Ok(()),
        }
    }

    /// Adds a buying group to an account. With the first group of its own the account's default group is no more.
    ///
    /// # Errors
    /// [`EditError`] when the id is taken (also by another account), the account unknown, or its default group in use.
    ///
    /// # Cost
    /// Constant.
    pub fn add_group(&mut self, group: BuyingGroup) -> Result<(), EditError> {
        let id = group.id.as_str();
        let account = self.accounts.require(group.account.as_str())?;
        // Before the id: the record of a default group has the id of its account, and would be called a duplicate.
        if self.accounts.row(account).default_group().is_some() {
            return Err(EditError::DefaultGroupInUse { account: group.account.to_string() });
        }
        if self.accounts.find(id).is_some_and(|other| other != account) {
            return Err(EditError::GroupNamedLikeAccount { group: id.into(), account: group.account.to_string() });
        }
        self.groups.require_vacant(id)?;
        let number = self.groups.claim(id)?;
        self.put_group(number, account, group);
        Ok(())
    }

    /// The group of that id: one of an account's own, or the default group of an account without one.
    pub(super) fn group_ref(&self, id: &str) -> Option<GroupRef> {
        let default = || self.accounts.find(id).filter(|account| self.accounts.row(*account).groups.is_empty());
        self.groups.find(id).map(GroupRef::Record).or_else(|| default().map(GroupRef::Default))
    }

    /// The account of a group.
    pub(super) fn account_of(&self, group: GroupRef) -> u32 {
        match group {
            GroupRef::Record(number) => self.groups.row(number).account,
            GroupRef::Default(account) => account,
        }
    }

    fn require_group(&self, id: &str) -> Result<GroupRef, EditError> {
        self.group_ref(id).ok_or_else(|| self.groups.unknown(id, &mut 1))
    }

    /// Names a contact, with a role, for a group of its account.
    ///
    /// # Errors
    /// [`EditError`] when the group or contact is unknown, the contact not of the group's account, the role claimed for it in this group
    /// already, or the days are none.
    ///
    /// # Cost
    /// The lines of the contact or those of the group, whichever are fewer.
    #[allow(clippy::needless_pass_by_value, reason = "every edit that adds takes the record it keeps")]
    pub fn add_member(&mut self, member: Member) -> Result<(), EditError> {
        first(facts::member(&member))?;
        let group = self.require_group(member.group.as_str())?;
        let contact = self.contacts.require(member.contact.as_str())?;
        self.check_seat_account(contact, group, &member)?;
        let role = self.claim_role(member.claim.role.as_str())?;
        let line = match group {
            GroupRef::Record(number) => self.seat_line(contact, number),
            GroupRef::Default(_) => None,
        };
        if line.and_then(|edge| self.seat_claim(edge, role)).is_some() {
            return Err(repeated_member(&member));
        }
        self.require_line_room()?;
        let group = self.open_group(group)?;
        self.put_seat(contact, group, line, SeatClaim { role, evidence: member.claim.evidence, known: member.known });
        Ok(())
    }

    /// The claim of that role on the line by which a group names a contact.
    pub(super) fn seat_claim(&self, line: EdgeIndex<u32>, role: u16) -> Option<SeatClaim> {
        let Relation::Seat(seat) = self.relations.edge_weight(line)? else { return None };
        seat.claims.iter().find(|claim| claim.role == role).copied()
    }

    /// Whether the contact belongs to the group's account.
    pub(super) fn check_seat_account(&self, contact: u32, group: GroupRef, member: &Member) -> Result<(), EditError> {
        let account = self.account_of(group);
        if self.contacts.row(contact).account() == Some(account) {
            return Ok(());
        }
        let (contact, group) = (member.contact.to_string(), member.group.to_string());
        Err(EditError::MemberOfAnotherAccount { contact, group, account: self.accounts.text(account).into() })
    }

    /// Ties two contacts, whatever their accounts. Parallel ties may differ in kind or strength.
    ///
    /// # Errors
    /// [`EditError`] when a contact is unknown or tied to itself, the strength outside `1..=100`, the days are none, or there is a tie of
    /// that kind and strength from the one to the other already.
    ///
    /// # Cost
    /// The lines of the one contact or those of the other, whichever are fewer.
    #[allow(clippy::needless_pass_by_value, reason = "every edit that adds takes the record it keeps")]
    pub fn add_tie(&mut self, tie: Tie) -> Result<(), EditError> {
        first(facts::tie(&tie))?;
        let from = self.contacts.require(tie.from.as_str())?;
        let to = self.contacts.require(tie.to.as_str())?;
        if self.tie_line(from, to, tie.kind, tie.strength).is_some() {
            return Err(repeated_tie(&tie));
        }
        self.require_line_room()?;
        self.put_tie(from, to, TieFacts { kind: tie.kind, strength: tie.strength, known: tie.known });
        Ok(())
    }

    /// Adds an opportunity to an account, or to one of its groups.
    ///
    /// # Errors
    /// [`EditError`] when the id is taken, the account or group unknown, the group of another account, the close missing or on a day before
    /// the creation, or a fact out of its range.
    ///
    /// # Cost
    /// The size of the opportunity.
    pub fn add_opportunity(&mut self, opportunity: Opportunity) -> Result<(), EditError> {
        first(facts::opportunity(&opportunity))?;
        self.opportunities.require_vacant(opportunity.id.as_str())?;
        let account = self.accounts.require(opportunity.account.as_str())?;
        let group = opportunity.group.as_ref().map(|group| self.require_group(group.as_str())).transpose()?;
        self.check_opportunity_group(account, group, &opportunity)?;
        let number = self.opportunities.claim(opportunity.id.as_str())?;
        let group = group.map(|group| self.open_group(group)).transpose()?;
        self.put_opportunity(number, account, group, opportunity);
        Ok(())
    }

    /// Whether the group belongs to the opportunity's account.
    pub(super) fn check_opportunity_group(
        &self,
        account: u32,
        group: Option<GroupRef>,
        opportunity: &Opportunity,
    ) -> Result<(), EditError> {
        match (group, &opportunity.group) {
            (Some(group), Some(id)) if self.account_of(group) != account => {
                Err(EditError::GroupOfAnotherAccount { group: id.to_string(), account: opportunity.account.to_string() })
            }
            _ => Ok(()),
        }
    }

    /// Adds an answer of sales to a group. Equal answers may repeat.
    ///
    /// # Errors
    /// [`EditError`] when the group is unknown or the reason too long.
    ///
    /// # Cost
    /// The later answers to the group.
    pub fn add_disposition(&mut self, disposition: Disposition) -> Result<(), EditError> {
        first(facts::disposition(&disposition))?;
        let group = self.require_group(disposition.group.as_str())?;
        let group = self.open_group(group)?;
        self.put_disposition(group, disposition);
        Ok(())
    }
}

pub(super) fn across_families(contact: &str, manager: &str) -> EditError {
    EditError::ReportsAcrossFamilies { contact: contact.into(), manager: manager.into() }
}

pub(super) fn repeated_member(member: &Member) -> EditError {
    let (contact, group) = (member.contact.to_string(), member.group.to_string());
    EditError::RepeatedMember { contact, group, role: member.claim.role.to_string() }
}

pub(super) fn repeated_tie(tie: &Tie) -> EditError {
    EditError::RepeatedTie {
        from: tie.from.to_string(),
        to: tie.to.to_string(),
        kind: token_of(&crate::account::TieKind::ALL, tie.kind),
        strength: tie.strength,
    }
}
