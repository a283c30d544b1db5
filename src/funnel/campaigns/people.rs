//! Who of an account was reached.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::result::CampaignPeople;
use super::states::Account;
use crate::assess::{Assessor, Bench, Persons, SignalState, outside};
use crate::day::Day;
use crate::graph::AccountGraph;

/// What somebody is to the groups of their account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Deciding,
    Other,
    Excluded,
}

impl CampaignPeople {
    pub(super) const fn add(&mut self, standing: Standing) {
        match standing {
            Standing::Deciding => self.deciding += 1,
            Standing::Other => self.other += 1,
            Standing::Excluded => self.excluded += 1,
        }
    }
}

/// The people of an account, or our own people without one.
pub(super) struct People<'a> {
    graph: &'a AccountGraph,
    found: &'a Account,
    /// `None`: they are of no account.
    persons: Option<Persons<'a>>,
    /// One group for each policy that judges any.
    benches: Vec<Bench<'a>>,
}

impl<'a> People<'a> {
    pub(super) fn of(assessor: &'a Assessor<'_>, account: Option<u32>, day: Day, found: &'a Account) -> Self {
        let graph = assessor.graph();
        let policies: BTreeMap<usize, Bench<'a>> = account.map(|account| assessor.benches(account, day)).into_iter().flatten().collect();
        let persons = account.map(|account| Persons::of(graph, account));
        Self { graph, found, persons, benches: policies.into_values().collect() }
    }

    /// The persons of some contacts, each by one of these, with the campaigns that reached them, each once.
    pub(super) fn persons_of(&self, reached: &BTreeSet<(usize, u32)>) -> impl Iterator<Item = (u32, BTreeSet<usize>)> + use<'a> {
        let mut persons: BTreeMap<&str, (u32, BTreeSet<usize>)> = BTreeMap::new();
        for (place, contact) in reached {
            let person = persons.entry(self.graph.person_text(*contact)).or_insert_with(|| (*contact, BTreeSet::new()));
            person.1.insert(*place);
        }
        persons.into_values()
    }

    /// What the person of a contact is. O(contacts of the person × policies).
    pub(super) fn standing(&self, contact: u32) -> Standing {
        let Some(persons) = &self.persons else { return Standing::Excluded };
        let contacts = persons.contacts(contact);
        if contacts.iter().any(|contact| self.found.deciding.contains(contact)) {
            Standing::Deciding
        } else if contacts.iter().all(|contact| self.is_kept_out(*contact)) {
            Standing::Excluded
        } else {
            Standing::Other
        }
    }

    /// Whether a contact left, or is kept out of every group by its relationship. Without a policy nobody says which relationships do that.
    fn is_kept_out(&self, contact: u32) -> bool {
        let excludes = |bench: &Bench<'_>| outside(self.graph, bench.bound, contact) == SignalState::ExcludedPerson;
        !self.graph.contact_row(contact).active || (!self.benches.is_empty() && self.benches.iter().all(excludes))
    }
}
