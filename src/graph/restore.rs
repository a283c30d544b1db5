//! Putting back what was removed: the inverse of `remove`, through the same doors as every other record.

use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec::Vec;

use super::AccountGraph;
use super::error::EditError;
use super::remove::{RemovedAccount, RemovedContact, RemovedGroup};
use crate::contact::Contact;
use crate::id::ContactId;

impl AccountGraph {
    /// Puts a contact back with all that went along. Right after the removal this restores the graph exactly.
    ///
    /// # Errors
    /// [`EditError`] as for adding each of the records; [`EditError::Taken`] when somebody who reported to it has another manager by now.
    /// Then nothing is changed.
    ///
    /// # Cost
    /// That of adding the contact and each of its lines.
    pub fn restore_contact(&mut self, removed: RemovedContact) -> Result<(), EditError> {
        let id = removed.contact.id.clone();
        self.add_contact(removed.contact)?;
        let restored = self.restore_contact_lines(&id, removed.reports, removed.ties, removed.seats);
        if restored.is_err() {
            // All that was added so far stands on the contact and goes with it.
            drop(self.remove_contact(id.as_str()));
        }
        restored
    }

    fn restore_contact_lines(
        &mut self,
        contact: &ContactId,
        reports: Vec<ContactId>,
        ties: Vec<crate::account::Tie>,
        seats: Vec<crate::account::Member>,
    ) -> Result<(), EditError> {
        reports.into_iter().try_for_each(|report| self.restore_manager(&report, contact))?;
        ties.into_iter().try_for_each(|tie| self.add_tie(tie))?;
        seats.into_iter().try_for_each(|seat| self.add_member(seat))
    }

    fn restore_manager(&mut self, contact: &ContactId, manager: &ContactId) -> Result<(), EditError> {
        if self.manager_of(contact.as_str()).is_some() {
            return Err(EditError::Taken { what: "contact", id: contact.as_str().into(), line: "manager" });
        }
        self.set_manager(contact.as_str(), Some(manager.as_str()))
    }

    /// Puts a group back with all that went along. Right after the removal this restores the graph exactly.
    ///
    /// # Errors
    /// [`EditError`] as for adding each of the records. Then nothing is changed.
    ///
    /// # Cost
    /// That of adding the group and each of its records.
    pub fn restore_group(&mut self, removed: RemovedGroup) -> Result<(), EditError> {
        let id = removed.group.id.clone();
        self.add_group(removed.group)?;
        let mut restored = removed.members.into_iter().try_for_each(|member| self.add_member(member));
        restored = restored.and_then(|()| removed.opportunities.into_iter().try_for_each(|opportunity| self.add_opportunity(opportunity)));
        restored = restored.and_then(|()| removed.dispositions.into_iter().try_for_each(|disposition| self.add_disposition(disposition)));
        if restored.is_err() {
            drop(self.remove_group(id.as_str()));
        }
        restored
    }

    /// Puts an account back with all that went along. Right after the removal this restores the graph exactly.
    ///
    /// # Errors
    /// [`EditError`] as for adding each of the records; [`EditError::Taken`] when a child has another parent, or somebody who reported to
    /// one of its people another manager, by now. Then nothing is changed.
    ///
    /// # Cost
    /// That of adding the account and each of its records.
    pub fn restore_account(&mut self, removed: RemovedAccount) -> Result<(), EditError> {
        let id = removed.account.id.clone();
        let mut relinked = Vec::new();
        self.add_account(removed.account.clone())?;
        let restored = self.restore_contents(removed, &mut relinked);
        if restored.is_err() {
            // Lines between other accounts do not stand on this one if those have become one family otherwise.
            for contact in relinked {
                let _ = self.set_manager(contact.as_str(), None);
            }
            drop(self.remove_account(id.as_str()));
        }
        restored
    }

    /// The parts of an account in an order in which each finds what it stands on; `relinked` notes whose manager was set.
    fn restore_contents(&mut self, removed: RemovedAccount, relinked: &mut Vec<ContactId>) -> Result<(), EditError> {
        for child in removed.children {
            if self.parent_of(child.as_str()).is_some() {
                return Err(EditError::Taken { what: "account", id: child.as_str().into(), line: "parent" });
            }
            self.set_parent(child.as_str(), Some(removed.account.id.as_str()))?;
        }
        removed.groups.into_iter().try_for_each(|group| self.add_group(group))?;
        managers_first(removed.contacts).into_iter().try_for_each(|contact| self.add_contact(contact))?;
        removed.members.into_iter().try_for_each(|member| self.add_member(member))?;
        removed.ties.into_iter().try_for_each(|tie| self.add_tie(tie))?;
        removed.opportunities.into_iter().try_for_each(|opportunity| self.add_opportunity(opportunity))?;
        removed.dispositions.into_iter().try_for_each(|disposition| self.add_disposition(disposition))?;
        for line in removed.reporting_lines {
            self.restore_manager(&line.contact, &line.manager)?;
            relinked.push(line.contact);
        }
        Ok(())
    }
}

/// Contacts in an order in which each comes after its manager. Those on a circle or under one, which only a changed list can hold, come
/// last and are refused when they are added, for want of a manager.
fn managers_first(contacts: Vec<Contact>) -> Vec<Contact> {
    let indices: BTreeMap<ContactId, usize> = contacts.iter().enumerate().map(|(index, contact)| (contact.id.clone(), index)).collect();
    let manager = |contact: &Contact| contact.reports_to.as_ref().and_then(|manager| indices.get(manager)).copied();
    let mut reports: Vec<Vec<usize>> = contacts.iter().map(|_| Vec::new()).collect();
    let mut open = VecDeque::new();
    for (index, contact) in contacts.iter().enumerate() {
        manager(contact).map_or_else(|| open.push_back(index), |above| reports[above].push(index));
    }
    let mut waiting: Vec<Option<Contact>> = contacts.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    while let Some(index) = open.pop_front() {
        ordered.extend(waiting[index].take());
        open.extend(reports[index].drain(..));
    }
    ordered.extend(waiting.into_iter().flatten());
    ordered
}
