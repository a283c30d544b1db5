//! How fragile the lines to somebody are.

use alloc::vec::Vec;

use serde::Serialize;

use super::error::NetworkError;
use super::people::Network;
use super::warm::PathPeople;
use crate::assess::ContactIds;
use crate::paths::{Near, Scratch, cut_nodes, disjoint_paths, near_cut_nodes};

/// Looks at lines after which who stands on every path is no longer looked for near both ends, but among all who can be reached. Our choice: what an
/// account of a few hundred people takes.
const LOOKS: usize = 8_192;

/// How many ways lead to somebody that share nobody else, whatever their length, and who stands on all ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Resilience {
    /// As many paths as there can be that have only the person in common, each from another source; the shortest first. How many they are is what
    /// counts: the same number of others may do as well. Each is its people in order, from the source on.
    pub disjoint: Vec<PathPeople>,
    /// The people on every path, the person left out: whoever of them leaves cuts the line. With one source it is the first of them. None where there
    /// is no path.
    pub on_every_path: ContactIds,
}

impl Resilience {
    pub(super) fn none() -> Self {
        Self { disjoint: Vec::new(), on_every_path: ContactIds::default() }
    }
}

impl Network {
    /// How many ways lead from any of these people to one other, and who stands on all of them. Ways go through no opponents.
    ///
    /// O(people + lines · √people) at worst; a few looks at the lines in practice.
    ///
    /// # Errors
    /// [`NetworkError`] when somebody is not in the network.
    pub fn resilience(&self, from: &[&str], to: &str) -> Result<Resilience, NetworkError> {
        let (sources, target) = (self.find_all(from)?, self.find(to)?);
        Ok(self.lines_to(&sources, target, &mut self.scratch()))
    }

    pub(super) fn lines_to(&self, sources: &[u32], target: u32, scratch: &mut Scratch) -> Resilience {
        let paths = disjoint_paths(&self.lines, &self.blocked, sources, target, &mut scratch.flow);
        let disjoint = paths.iter().map(|path| self.path_people(path)).collect();
        Resilience { disjoint, on_every_path: self.by_id(self.cuts(sources, target, scratch)) }
    }

    /// The people on every path.
    pub(super) fn cuts(&self, sources: &[u32], target: u32, scratch: &mut Scratch) -> Vec<u32> {
        let cuts = match near_cut_nodes(&self.lines, &self.blocked, sources, target, LOOKS, &mut scratch.ends) {
            Near::Cuts(cuts) => cuts,
            Near::Far => cut_nodes(&self.lines, &self.blocked, sources, target, &mut scratch.cut),
        };
        cuts.unwrap_or_default()
    }

    /// People by id.
    pub(super) fn by_id(&self, mut people: Vec<u32>) -> ContactIds {
        // People are numbered in the order of their ids.
        people.sort_unstable();
        people.dedup();
        ContactIds::new(self.names.clone(), people.iter().map(|person| self.contacts[*person as usize]).collect())
    }
}
