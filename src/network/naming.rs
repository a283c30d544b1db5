//! By which of their contacts people are called in an answer.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::people::Network;
use super::warm::{Hop, HopKind, PathPeople, WarmPath};
use crate::assess::{ContactIds, GroupAssessment, Named};
use crate::exact::PathQuality;
use crate::paths::Path;

/// People are called by the least of their contact ids; in what is said of a group its members by the id that they are members by.
#[derive(Debug)]
pub(super) struct Naming<'a> {
    network: &'a Network,
    /// The contact of each member whom the network calls otherwise.
    members: BTreeMap<u32, u32>,
}

impl Network {
    /// Everybody by the least id.
    pub(super) const fn plainly(&self) -> Naming<'_> {
        Naming { network: self, members: BTreeMap::new() }
    }

    /// The members of a group as the group calls them.
    pub(super) fn as_in(&self, group: &GroupAssessment) -> Naming<'_> {
        let of = |contact: u32| self.person(contact).map(|person| (person, contact));
        let members = group.members.iter().filter_map(|one| of(one.number()));
        Naming { network: self, members: members.filter(|(person, contact)| self.contacts[*person as usize] != *contact).collect() }
    }
}

impl Naming<'_> {
    /// The contact that a person is called by.
    pub(super) fn contact(&self, person: u32) -> u32 {
        self.members.get(&person).copied().unwrap_or_else(|| self.network.contacts[person as usize])
    }

    pub(super) fn named(&self, person: u32) -> Named {
        Named { names: self.network.names.clone(), number: self.contact(person) }
    }

    /// People by id, each once.
    pub(super) fn by_id(&self, people: impl IntoIterator<Item = u32>) -> ContactIds {
        let names = &self.network.names;
        let mut contacts: Vec<u32> = people.into_iter().map(|person| self.contact(person)).collect();
        contacts.sort_unstable_by(|a, b| names.text(*a).cmp(names.text(*b)));
        contacts.dedup();
        ContactIds::new(names.clone(), contacts)
    }

    /// People in their order on a path.
    pub(super) fn in_order(&self, people: &[u32]) -> PathPeople {
        PathPeople::new(self.network.names.clone(), people.iter().map(|person| self.contact(*person)).collect())
    }

    pub(super) fn path(&self, path: &Path) -> WarmPath {
        let line = |pair: &[u32]| self.network.lines.between(pair[0], pair[1]);
        let hops = path.nodes.windows(2).filter_map(line).map(|line| Hop { kind: HopKind::of_sort(line.sort), strength: line.quality });
        WarmPath { people: self.in_order(&path.nodes), hops: hops.collect(), quality: PathQuality(path.quality.into()) }
    }
}
