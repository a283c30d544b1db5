//! Graph, tally and policy brought together: numbers of one translated to numbers of the other, once.

use alloc::vec::Vec;

use super::intake::RunIntake;
use crate::graph::AccountGraph;
use crate::policy::Policy;
use crate::roster::Roster;
use crate::tally::{Entry, SignalTally};

/// The subjects of a tally by the graph's numbers.
#[derive(Debug)]
pub(crate) struct Subjects<'a> {
    tally: &'a SignalTally,
    contacts: Vec<Option<u32>>,
    accounts: Vec<Option<u32>>,
}

impl<'a> Subjects<'a> {
    /// Looks every id of the graph up in the tally once. O(ids).
    pub(crate) fn new(graph: &AccountGraph, tally: &'a SignalTally) -> Self {
        Self {
            contacts: translate(graph.contact_names_iter(), tally.contact_roster()),
            accounts: translate(graph.account_names_iter(), tally.account_roster()),
            tally,
        }
    }

    /// The entries of a contact, by the graph's number.
    pub(crate) fn of_contact(&self, contact: u32) -> &'a [Entry] {
        let number = self.contacts.get(contact as usize).copied().flatten();
        number.map_or(&[], |number| self.tally.contact_entries(number))
    }

    /// The entries of an account's unnamed visitors, by the graph's number.
    pub(crate) fn of_account(&self, account: u32) -> &'a [Entry] {
        let number = self.accounts.get(account as usize).copied().flatten();
        number.map_or(&[], |number| self.tally.account_entries(number))
    }

    pub(crate) const fn tally(&self) -> &'a SignalTally {
        self.tally
    }

    /// What became of the run's signals before any group is looked at.
    pub(crate) fn run_intake(&self, graph: &AccountGraph) -> RunIntake {
        let contacts = graph.live_contacts().map(|contact| count(self.of_contact(contact)));
        let accounts = graph.live_accounts().map(|account| count(self.of_account(account)));
        let known = contacts.chain(accounts).sum();
        let duplicate = self.tally.duplicates();
        RunIntake { duplicate, known, unknown_subject: self.tally.signals() - duplicate - known }
    }
}

fn count(entries: &[Entry]) -> u64 {
    entries.iter().map(|entry| u64::from(entry.count())).sum()
}

/// For each text, its number in another roster. Two rosters filled alike agree number by number, which is tried before the look-up.
fn translate<'a>(texts: impl Iterator<Item = &'a str>, other: &Roster) -> Vec<Option<u32>> {
    let alike = |number: u32, text: &str| ((number as usize) < other.len() && other.text(number) == text).then_some(number);
    (0_u32..).zip(texts).map(|(number, text)| alike(number, text).or_else(|| other.find(text))).collect()
}

/// A policy with the names of one graph and one tally turned to its numbers.
#[derive(Debug)]
pub(crate) struct BoundPolicy<'a> {
    pub(crate) policy: &'a Policy,
    /// The policy's number of each kind of the tally.
    pub(crate) kinds: Vec<Option<u16>>,
    /// The policy's number of each role of the graph; `None` for `unknown` and for roles that the policy does not have.
    pub(crate) roles: Vec<Option<u8>>,
}

impl<'a> BoundPolicy<'a> {
    pub(crate) fn new(policy: &'a Policy, graph: &AccountGraph, tally: &SignalTally) -> Self {
        let compiled = policy.compiled();
        Self {
            policy,
            kinds: tally.kind_roster().iter().map(|(_, name)| compiled.kind_number(name)).collect(),
            roles: graph.role_roster().iter().map(|(_, name)| compiled.role_number(name)).collect(),
        }
    }
}
