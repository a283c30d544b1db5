//! The lists whose records nothing else stands on: members, ties, opportunities, dispositions.

use alloc::vec::Vec;

use super::AccountGraph;
use super::build::{Builder, Section};
use super::edit::{repeated_member, repeated_tie};
use super::error::EditError;
use super::facts;
use super::put::{GroupRef, disposition_row};
use super::store::{SeatClaim, TieFacts};
use super::table::Row;
use crate::account::{Disposition, Member, Opportunity, Tie};
use crate::id::GroupId;

/// A member row with what it names found. The derived order brings the rows of one line together, and of equal rows the first to the front.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    contact: u32,
    group: GroupRef,
    role: u16,
    index: usize,
}

impl Builder {
    /// A group that a record names.
    fn usable_group(&mut self, id: &GroupId) -> Result<GroupRef, EditError> {
        let (graph, id) = (&self.graph, id.as_str());
        // A listed group that was left out hides a default group of that id: what was said of the one must not count for the other.
        let listed = graph.groups.roster.find(id).is_some();
        if let Some(group) = graph.group_ref(id).filter(|group| !listed || matches!(group, GroupRef::Record(_))) {
            return Ok(group);
        }
        match graph.accounts.roster.find(id).filter(|account| !listed && !graph.accounts.row(*account).is_live()) {
            Some(_) => Err(EditError::Unusable { what: "account", id: id.into() }),
            None => graph.groups.require_usable(id, &mut self.suggestions).map(GroupRef::Record),
        }
    }

    pub(super) fn members(&mut self, members: &[Member]) {
        let mut rows: Vec<Named> = Vec::with_capacity(members.len());
        let mut sound: Vec<bool> = Vec::with_capacity(members.len());
        for (index, member) in members.iter().enumerate() {
            sound.push(self.sound(Section::Members, index, facts::member(member)));
            rows.extend(self.named(index, member));
        }
        rows.sort_unstable();
        for pair in rows.windows(2) {
            if (pair[0].contact, pair[0].group, pair[0].role) == (pair[1].contact, pair[1].group, pair[1].role) {
                self.note(Section::Members, pair[1].index, "", repeated_member(&members[pair[1].index]));
                sound[pair[1].index] = false;
            }
        }
        rows.retain(|row| sound[row.index]);
        for line in rows.chunk_by(|a, b| (a.contact, a.group) == (b.contact, b.group)) {
            self.link_seat(line, members);
        }
    }

    /// What a member row names, `None` after what is wrong with that was noted.
    fn named(&mut self, index: usize, member: &Member) -> Option<Named> {
        let section = Section::Members;
        let group = self.usable_group(&member.group);
        let group = self.noted(section, index, "group", group);
        let contact = self.graph.contacts.require_usable(member.contact.as_str(), &mut self.suggestions);
        let contact = self.noted(section, index, "contact", contact);
        let (group, contact) = (group?, contact?);
        let same = self.graph.check_seat_account(contact, group, member);
        self.noted(section, index, "contact", same)?;
        let role = self.graph.claim_role(member.claim.role.as_str());
        let role = self.noted(section, index, "role", role)?;
        Some(Named { contact, group, role, index })
    }

    fn link_seat(&mut self, line: &[Named], members: &[Member]) {
        let Some(first) = line.first() else { return };
        let opened = self.graph.require_line_room().and_then(|()| self.graph.open_group(first.group));
        let Some(group) = self.noted(Section::Members, first.index, "group", opened) else { return };
        let mut rows: Vec<&Named> = line.iter().collect();
        rows.sort_unstable_by(|a, b| members[a.index].claim.role.cmp(&members[b.index].claim.role));
        let claim =
            |row: &Named| SeatClaim { role: row.role, evidence: members[row.index].claim.evidence, known: members[row.index].known };
        self.graph.link_seat(first.contact, group, rows.into_iter().map(claim).collect());
    }

    pub(super) fn ties(&mut self, ties: &[Tie]) {
        let section = Section::Ties;
        let mut rows = Vec::with_capacity(ties.len());
        for (index, tie) in ties.iter().enumerate() {
            let sound = self.sound(section, index, facts::tie(tie));
            let from = self.graph.contacts.require_usable(tie.from.as_str(), &mut self.suggestions);
            let from = self.noted(section, index, "from", from);
            let to = self.graph.contacts.require_usable(tie.to.as_str(), &mut self.suggestions);
            let to = self.noted(section, index, "to", to);
            rows.extend(from.zip(to).map(|(from, to)| ((from, to, tie.kind, tie.strength), index, sound)));
        }
        rows.sort_unstable();
        let mut last = None;
        for (key, index, sound) in rows {
            let tie = &ties[index];
            if last.replace(key) == Some(key) {
                self.note(section, index, "", repeated_tie(tie));
            } else if sound {
                let room = self.graph.require_line_room();
                if self.noted(section, index, "", room).is_some() {
                    self.graph.put_tie(key.0, key.1, TieFacts { kind: tie.kind, strength: tie.strength, known: tie.known });
                }
            }
        }
    }

    pub(super) fn opportunities(&mut self, opportunities: Vec<Opportunity>) {
        let section = Section::Opportunities;
        let ids = self.claim_all(section, |graph| &mut graph.opportunities, opportunities.iter().map(|record| record.id.as_str()));
        for (index, opportunity) in opportunities.into_iter().enumerate() {
            let sound = self.sound(section, index, facts::opportunity(&opportunity));
            let account = self.graph.accounts.require_usable(opportunity.account.as_str(), &mut self.suggestions);
            let account = self.noted(section, index, "account", account);
            let group = opportunity.group.as_ref().map(|group| self.usable_group(group)).transpose();
            let group = self.noted(section, index, "group", group);
            let (Some(account), Some(group)) = (account, group) else { continue };
            let fits = self.graph.check_opportunity_group(account, group, &opportunity);
            if self.noted(section, index, "group", fits).is_none() || !sound || ids.lost[index] {
                continue;
            }
            let opened = group.map(|group| self.graph.open_group(group)).transpose();
            if let Some(group) = self.noted(section, index, "group", opened) {
                self.graph.put_opportunity(ids.numbers[index], account, group, opportunity);
            }
        }
    }

    pub(super) fn dispositions(&mut self, dispositions: Vec<Disposition>) {
        let section = Section::Dispositions;
        for (index, disposition) in dispositions.into_iter().enumerate() {
            let sound = self.sound(section, index, facts::disposition(&disposition));
            let group = self.usable_group(&disposition.group);
            let Some(group) = self.noted(section, index, "group", group).filter(|_| sound) else { continue };
            let opened = self.graph.open_group(group);
            if let Some(group) = self.noted(section, index, "group", opened) {
                self.graph.groups.row_mut(group).dispositions.push(disposition_row(disposition));
            }
        }
        sort_dispositions(&mut self.graph);
    }
}

/// Sorted once: a place for each as it comes would cost its square.
fn sort_dispositions(graph: &mut AccountGraph) {
    for group in &mut graph.groups.rows {
        group.dispositions.sort_unstable();
    }
}
