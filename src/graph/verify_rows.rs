//! The audit of the rows: what a record says of others, and what those say of it.

use alloc::collections::{BTreeMap, BTreeSet};

use super::facts::{self, Faults};
use super::store::{AccountRow, ContactRow, GroupRow, OpportunityHome, OpportunityRow, PlainRole};
use super::verify::Audit;
use crate::account::Outcome;
use crate::contact::Known;
use crate::day::Instant;

impl Audit<'_> {
    pub(super) fn rows(&mut self) {
        let graph = self.graph;
        for number in graph.accounts.live() {
            self.account(number, graph.accounts.text(number), graph.accounts.row(number));
        }
        for number in graph.contacts.live() {
            self.contact(number, graph.contacts.text(number));
        }
        let mut opportunities: BTreeMap<u32, u32> = BTreeMap::new();
        let mut listed = 0;
        for account in graph.accounts.live() {
            for (index, row) in graph.accounts.row(account).opportunities.iter().enumerate() {
                self.opportunity(account, index, row);
                listed += 1;
                row.group.into_iter().for_each(|group| *opportunities.entry(group).or_default() += 1);
            }
        }
        self.check(listed == graph.opportunities.live, "", "every opportunity stands in one account");
        for number in graph.groups.live() {
            self.group(number, graph.groups.text(number), graph.groups.row(number));
            let counted = opportunities.get(&number).copied().unwrap_or(0) == graph.groups.row(number).opportunities;
            self.check(counted, graph.groups.text(number), "the count of a group's opportunities is right");
        }
    }

    fn account(&mut self, number: u32, id: &str, row: &AccountRow) {
        let graph = self.graph;
        let contacts = row.contacts.iter().map(|contact| graph.contacts.live_row(*contact));
        let count = |is: fn(&ContactRow) -> bool| contacts.clone().flatten().filter(|contact| is(contact)).count();
        let persons = count(|contact| contact.person().is_some());
        self.check(row.persons as usize == persons, id, "the count of contacts with a person id is right");
        let bounded = count(|contact| contact.known != Known::ALWAYS);
        self.check(row.bounded as usize == bounded, id, "the count of contacts who do not count on every day is right");
        for (slot, contact) in contacts.enumerate() {
            let here = contact.is_some_and(|contact| contact.account() == Some(number) && contact.slot as usize == slot);
            self.check(here, id, "an account and its contacts find each other");
        }
        let text = |contact: u32| graph.contacts.roster.get(contact);
        let ordered = row.unordered || row.contacts.windows(2).all(|pair| text(pair[0]) < text(pair[1]));
        self.check(ordered, id, "the contacts of an account stand by id");
        for group in row.groups.iter().copied().chain(row.default_group()) {
            let here = graph.groups.live_row(group).is_some_and(|group| group.account == number);
            self.check(here, id, "an account and its groups find each other");
        }
        if let Some(default) = row.default_group() {
            self.check(row.groups.is_empty(), id, "an account with groups of its own has no default group");
            self.check(graph.groups.find(id) == Some(default), id, "a default group has the id of its account");
        }
        self.facts(id, graph.account_record(number).map(|record| facts::account(&record)));
    }

    fn contact(&mut self, number: u32, id: &str) {
        let (graph, row) = (self.graph, self.graph.contacts.row(number));
        let home = row.account().map(|account| graph.accounts.live_row(account));
        let listed = home.is_none_or(|home| home.is_some_and(|home| home.contacts.get(row.slot as usize) == Some(&number)));
        self.check(listed, id, "a contact and its account find each other");
        let person = row.person().is_none_or(|person| (person as usize) < graph.persons.len());
        self.check(person, id, "a person has an id");
        let titled = row.title().is_none_or(|title| (title as usize) < graph.titles.len());
        self.check(titled, id, "a title has a text");
        let plain = graph.plain_roles.get(number as usize) == Some(&PlainRole::of(row));
        self.check(plain, id, "a plain role is what the record says");
        if self.roles(id, row.roles.iter().copied()) && listed && person && titled {
            self.facts(id, graph.contact_record(number).map(|record| facts::contact(&record)));
        }
    }

    fn group(&mut self, number: u32, id: &str, row: &GroupRow) {
        let graph = self.graph;
        let Some(home) = graph.accounts.live_row(row.account) else {
            return self.check(false, id, "a group and its account find each other");
        };
        let listed = home.groups.iter().copied().chain(home.default_group()).filter(|group| *group == number).count();
        self.check(listed == 1, id, "a group and its account find each other");
        let namesake = graph.accounts.find(id).is_some_and(|account| account != row.account);
        self.check(!namesake, id, "a group has not the id of another account");
        self.check(row.dispositions.is_sorted(), id, "dispositions stand by time");
        for disposition in graph.disposition_records(number) {
            self.facts(id, Some(facts::disposition(&disposition)));
        }
        self.facts(id, graph.group_record(number).map(|_| Faults::new()));
        let named: BTreeSet<u32> = self.lines.seats.range((number, 0)..=(number, u32::MAX)).map(|(_, contact)| *contact).collect();
        let used = row.opportunities > 0 || !row.dispositions.is_empty() || !named.is_empty();
        self.check(used || home.default_group() != Some(number), id, "a default group has a record only while something refers to it");
        let walked: BTreeSet<u32> = graph.seats_in(number).map(|(contact, _)| contact).collect();
        self.check(named == walked, id, "a walk finds the members");
    }

    fn opportunity(&mut self, account: u32, index: usize, row: &OpportunityRow) {
        let graph = self.graph;
        let found = graph.opportunities.live_row(row.number) == Some(&OpportunityHome(Some(account)));
        let group = row.group.is_none_or(|group| graph.groups.live_row(group).is_some_and(|group| group.account == account));
        let id = if found { graph.opportunities.text(row.number) } else { graph.accounts.text(account) };
        self.check(found, id, "an opportunity and its account find each other");
        self.check(group, id, "an opportunity names a group of its account");
        let Some(record) = Some(()).filter(|()| found && group).and_then(|()| graph.opportunity_record(account, index)) else { return };
        let closed = record.closed_at.map(Instant::day).filter(|_| record.outcome != Outcome::Open);
        let kept = row.created == record.created_at.day() && row.closed == closed;
        self.check(kept, id, "the days of an opportunity are those of its times");
        self.facts(id, Some(facts::opportunity(&record)));
    }
}
