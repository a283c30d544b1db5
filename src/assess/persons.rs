//! The persons of an account: which of its contacts are one, put together once for questions about many of them.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::group::Bench;
use crate::contact::Evidence;
use crate::graph::AccountGraph;

/// The contacts that each person of an account has there, whenever they count.
#[derive(Debug)]
pub(crate) struct Persons<'g> {
    graph: &'g AccountGraph,
    /// Ascending; empty where each contact is a person of its own.
    contacts: BTreeMap<&'g str, Vec<u32>>,
}

impl<'g> Persons<'g> {
    /// Of an account whose persons may be several contacts n log n, of others nothing.
    pub(crate) fn of(graph: &'g AccountGraph, account: u32) -> Self {
        let mut contacts: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        if graph.persons_may_repeat(account) {
            for contact in &graph.account_row(account).contacts {
                contacts.entry(graph.person_text(*contact)).or_default().push(*contact);
            }
            for contacts in contacts.values_mut() {
                contacts.sort_unstable();
            }
        }
        Self { graph, contacts }
    }

    /// All contacts of a person, by one of them, ascending.
    pub(crate) fn contacts(&self, contact: u32) -> Vec<u32> {
        self.contacts.get(self.graph.person_text(contact)).cloned().unwrap_or_else(|| Vec::from([contact]))
    }
}

/// What the rows of a group say about persons on its day: the roles that each is named in, with the evidence, each once.
#[derive(Debug)]
pub(crate) struct NamedRoles<'g> {
    graph: &'g AccountGraph,
    by_person: BTreeMap<&'g str, BTreeSet<(u16, Evidence)>>,
}

impl<'g> NamedRoles<'g> {
    /// n log n in the rows of the group.
    pub(crate) fn of(bench: &Bench<'g>) -> Self {
        let rows = bench.group.group.map(|group| bench.graph.named(group)).unwrap_or_default();
        let mut by_person: BTreeMap<&str, BTreeSet<(u16, Evidence)>> = BTreeMap::new();
        for row in rows.into_iter().filter(|row| row.known.on(bench.day)) {
            by_person.entry(bench.graph.person_text(row.contact)).or_default().insert((row.role, row.evidence));
        }
        Self { graph: bench.graph, by_person }
    }

    /// The roles that the person of a contact is named in.
    pub(crate) fn of_person(&self, contact: u32) -> impl Iterator<Item = (u16, Evidence)> {
        self.by_person.get(self.graph.person_text(contact)).into_iter().flatten().copied()
    }
}
