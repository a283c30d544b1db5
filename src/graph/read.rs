//! Reads by id. What comes out is ordered by id (UTF-8 bytes), never by the order of arrival.

use alloc::string::String;
use alloc::vec::Vec;

use super::AccountGraph;
use super::put::GroupRef;
use super::store::{SeatClaim, TieFacts};
use crate::account::{Account, BuyingGroup, Disposition, Member, Opportunity, Tie};
use crate::contact::{Contact, RoleClaim};
use crate::id::{AccountId, ContactId, GroupId, OpportunityId, PersonId, RoleName};

// INVARIANT for the `ok()?` below: tables and rosters hold only texts that were ids of that sort, so that none is ever lost here.
impl AccountGraph {
    /// How many accounts there are. Cost: constant.
    pub fn account_count(&self) -> usize {
        self.accounts.live
    }

    /// How many contacts there are. Cost: constant.
    pub fn contact_count(&self) -> usize {
        self.contacts.live
    }

    /// How many buying groups there are, each account without one of its own counted with its default group. Cost: the accounts.
    pub fn group_count(&self) -> usize {
        self.accounts.live().map(|account| self.accounts.row(account).groups.len().max(1)).sum()
    }

    /// How many opportunities there are. Cost: constant.
    pub fn opportunity_count(&self) -> usize {
        self.opportunities.live
    }

    /// Whether nothing is there. Cost: constant.
    pub fn is_empty(&self) -> bool {
        // Everything else stands on an account or a contact.
        self.accounts.live == 0 && self.contacts.live == 0
    }

    /// The ids of all accounts. Cost: n log n.
    pub fn accounts(&self) -> impl Iterator<Item = &str> {
        self.accounts.sorted().into_iter().map(|account| self.accounts.text(account))
    }

    /// The ids of all contacts. Cost: n log n.
    pub fn contacts(&self) -> impl Iterator<Item = &str> {
        self.contacts.sorted().into_iter().map(|contact| self.contacts.text(contact))
    }

    /// An account as it would be added, `None` when it is not there. Cost: its size.
    pub fn account(&self, id: &str) -> Option<Account> {
        self.account_record(self.accounts.find(id)?)
    }

    /// A contact as it would be added, its roles in the order of their names; `None` when it is not there. Cost: its size and lines.
    pub fn contact(&self, id: &str) -> Option<Contact> {
        self.contact_record(self.contacts.find(id)?)
    }

    /// A buying group, be it an account's own or the default group of an account without one. Cost: constant.
    pub fn group(&self, id: &str) -> Option<BuyingGroup> {
        match self.group_ref(id)? {
            GroupRef::Record(number) => self.group_record(number),
            GroupRef::Default(_) => BuyingGroup::new(id, id).ok(),
        }
    }

    /// An opportunity, `None` when it is not there. Cost: the opportunities of its account.
    pub fn opportunity(&self, id: &str) -> Option<Opportunity> {
        let number = self.opportunities.find(id)?;
        let account = self.opportunities.row(number).0?;
        let index = self.accounts.row(account).opportunities.iter().position(|row| row.number == number)?;
        self.opportunity_record(account, index)
    }

    /// The ids of an account's contacts; none when there is no such account. Cost: n log n.
    pub fn contacts_of(&self, account: &str) -> Vec<&str> {
        let numbers = self.accounts.find(account).map(|account| self.accounts.row(account).contacts.clone()).unwrap_or_default();
        self.contact_ids(numbers)
    }

    /// An account's buying groups: its own, or else its default group; none when there is no such account. Cost: n log n.
    pub fn groups_of(&self, account: &str) -> Vec<BuyingGroup> {
        let Some(number) = self.accounts.find(account) else { return Vec::new() };
        let own = self.groups.by_id(self.accounts.row(number).groups.clone());
        if own.is_empty() {
            self.group(account).into_iter().collect()
        } else {
            own.into_iter().filter_map(|group| self.group_record(group)).collect()
        }
    }

    /// The rows that name contacts for a group, by contact, then role. Cost: n log n.
    pub fn members_of(&self, group: &str) -> Vec<Member> {
        self.groups.find(group).map(|number| self.member_records(number)).unwrap_or_default()
    }

    /// The rows that name a contact, by group, then role. Cost: the lines of the contact, times the logarithm.
    pub fn seats_of_contact(&self, contact: &str) -> Vec<Member> {
        let Some(contact) = self.contacts.find(contact) else { return Vec::new() };
        let mut seats: Vec<_> = self.seats_of(contact).map(|(group, seat)| (self.groups.text(group), group, seat)).collect();
        seats.sort_unstable_by_key(|(id, ..)| *id);
        let rows = seats
            .into_iter()
            .flat_map(|(_, group, seat)| seat.claims.iter().filter_map(move |claim| self.member_record(group, contact, *claim)));
        rows.collect()
    }

    /// The ties from and to a contact, by their ends, kind and strength. Cost: the lines of the contact, times the logarithm.
    pub fn ties_of(&self, contact: &str) -> Vec<Tie> {
        let Some(number) = self.contacts.find(contact) else { return Vec::new() };
        let leaving = self.ties_from(number).filter_map(|(to, facts)| self.tie_record(number, to, facts));
        let arriving = self.ties_to(number).filter_map(|(from, facts)| self.tie_record(from, number, facts));
        let mut ties: Vec<Tie> = leaving.chain(arriving).collect();
        ties.sort_unstable_by(|a, b| tie_key(a).cmp(&tie_key(b)));
        ties
    }

    /// The ids of the contacts who report to this one. Cost: the lines of the contact, times the logarithm.
    pub fn reports_of(&self, contact: &str) -> Vec<&str> {
        let reports = self.contacts.find(contact).map(|contact| self.reports(contact)).unwrap_or_default();
        reports.into_iter().map(|report| self.contacts.text(report)).collect()
    }

    /// The id of the contact this one reports to. Cost: the lines of the contact.
    pub fn manager_of(&self, contact: &str) -> Option<&str> {
        self.manager(self.contacts.find(contact)?).map(|manager| self.contacts.text(manager))
    }

    /// The ids of the accounts whose parent this one is. Cost: n log n.
    pub fn children_of(&self, account: &str) -> Vec<&str> {
        let children = self.accounts.find(account).map(|account| self.children(account)).unwrap_or_default();
        children.into_iter().map(|child| self.accounts.text(child)).collect()
    }

    /// The id of an account's parent. Cost: the number of its children.
    pub fn parent_of(&self, account: &str) -> Option<&str> {
        self.parent(self.accounts.find(account)?).map(|parent| self.accounts.text(parent))
    }

    /// An account's opportunities, those of its groups included, by id. Cost: n log n.
    pub fn opportunities_of(&self, account: &str) -> Vec<Opportunity> {
        self.accounts.find(account).map(|number| self.opportunity_records(number, |_| true)).unwrap_or_default()
    }

    /// What sales said of a group, in the order of time, at one instant the rejections last. Cost: as many.
    pub fn dispositions_of(&self, group: &str) -> Vec<Disposition> {
        self.groups.find(group).map(|number| self.disposition_records(number)).unwrap_or_default()
    }

    fn contact_ids(&self, numbers: Vec<u32>) -> Vec<&str> {
        self.contacts.by_id(numbers).into_iter().map(|contact| self.contacts.text(contact)).collect()
    }

    pub(super) fn account_record(&self, number: u32) -> Option<Account> {
        let facts = self.accounts.row(number).facts();
        Some(Account {
            id: AccountId::new(self.accounts.text(number)).ok()?,
            name: facts.name.clone(),
            aliases: facts.aliases.clone(),
            domains: facts.domains.clone(),
            parent: self.parent(number).and_then(|parent| AccountId::new(self.accounts.text(parent)).ok()),
            industry: facts.industry.clone(),
            employees: facts.employees,
            revenue: facts.revenue,
            country: facts.country.clone(),
            technologies: facts.technologies.clone(),
            attributes: facts.attributes.clone(),
            fit_score: facts.fit_score,
            excluded: facts.excluded.clone(),
        })
    }

    pub(super) fn contact_record(&self, number: u32) -> Option<Contact> {
        let row = self.contacts.row(number);
        let details = row.details.as_deref();
        let own = |text: &Option<alloc::boxed::Box<str>>| text.as_deref().map(String::from);
        Some(Contact {
            id: ContactId::new(self.contacts.text(number)).ok()?,
            account: row.account().and_then(|account| AccountId::new(self.accounts.text(account)).ok()),
            person: row.person().and_then(|person| PersonId::new(self.persons.text(person)).ok()),
            name: details.and_then(|details| own(&details.name)),
            email: details.and_then(|details| own(&details.email)),
            title: row.title().map(|title| self.titles.text(title).into()),
            roles: row
                .roles
                .iter()
                .filter_map(|(role, evidence)| Some(RoleClaim { role: self.role_name(*role)?, evidence: *evidence }))
                .collect(),
            reports_to: self.manager(number).and_then(|manager| ContactId::new(self.contacts.text(manager)).ok()),
            stance: row.stance,
            relationship: row.relationship,
            active: row.active,
            created: details.and_then(|details| details.created),
            known: row.known,
        })
    }

    pub(super) fn role_name(&self, role: u16) -> Option<RoleName> {
        RoleName::new(self.roles.text(u32::from(role))).ok()
    }

    pub(super) fn group_record(&self, number: u32) -> Option<BuyingGroup> {
        let row = self.groups.row(number);
        Some(BuyingGroup {
            id: GroupId::new(self.groups.text(number)).ok()?,
            account: AccountId::new(self.accounts.text(row.account)).ok()?,
            solution: row.solution.clone(),
            template: row.template.clone(),
            membership: row.membership,
        })
    }

    pub(super) fn member_record(&self, group: u32, contact: u32, claim: SeatClaim) -> Option<Member> {
        Some(Member {
            group: GroupId::new(self.groups.text(group)).ok()?,
            contact: ContactId::new(self.contacts.text(contact)).ok()?,
            claim: RoleClaim { role: self.role_name(claim.role)?, evidence: claim.evidence },
            known: claim.known,
        })
    }

    pub(super) fn member_records(&self, group: u32) -> Vec<Member> {
        let mut seats: Vec<_> = self.seats_in(group).map(|(contact, seat)| (self.contacts.text(contact), contact, seat)).collect();
        seats.sort_unstable_by_key(|(id, ..)| *id);
        let rows = seats
            .into_iter()
            .flat_map(|(_, contact, seat)| seat.claims.iter().filter_map(move |claim| self.member_record(group, contact, *claim)));
        rows.collect()
    }

    pub(super) fn tie_record(&self, from: u32, to: u32, facts: TieFacts) -> Option<Tie> {
        let (from, to) = (ContactId::new(self.contacts.text(from)).ok()?, ContactId::new(self.contacts.text(to)).ok()?);
        Some(Tie { from, to, kind: facts.kind, strength: facts.strength, known: facts.known })
    }

    /// The opportunity at that place of an account's list.
    pub(super) fn opportunity_record(&self, account: u32, index: usize) -> Option<Opportunity> {
        let row = self.accounts.row(account).opportunities.get(index)?;
        Some(Opportunity {
            id: OpportunityId::new(self.opportunities.text(row.number)).ok()?,
            account: AccountId::new(self.accounts.text(account)).ok()?,
            group: row.group.and_then(|group| GroupId::new(self.groups.text(group)).ok()),
            created_at: row.created_at,
            closed_at: row.closed_at,
            outcome: row.outcome,
            amount: row.amount,
            currency: row.currency.as_deref().map(String::from),
        })
    }

    /// The opportunities of an account whose group will do, by id.
    pub(super) fn opportunity_records(&self, account: u32, wanted: impl Fn(Option<u32>) -> bool) -> Vec<Opportunity> {
        let rows = self.accounts.row(account).opportunities.iter().enumerate().filter(|(_, row)| wanted(row.group));
        let mut records: Vec<Opportunity> = rows.filter_map(|(index, _)| self.opportunity_record(account, index)).collect();
        records.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        records
    }

    pub(super) fn disposition_records(&self, group: u32) -> Vec<Disposition> {
        let Ok(id) = GroupId::new(self.groups.text(group)) else { return Vec::new() };
        let rows = self.groups.row(group).dispositions.iter();
        rows.map(|row| Disposition { group: id.clone(), at: row.at, verdict: row.verdict, reason: row.reason.as_deref().map(String::from) })
            .collect()
    }
}

/// What ties are ordered by.
pub(super) fn tie_key(tie: &Tie) -> (&str, &str, TieFacts) {
    (tie.from.as_str(), tie.to.as_str(), TieFacts { kind: tie.kind, strength: tie.strength, known: tie.known })
}
