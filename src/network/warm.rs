//! Warm paths: by whom somebody can be reached.

use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::error::NetworkError;
use super::naming::Naming;
use super::people::Network;
use crate::account::TieKind;
use crate::exact::PathQuality;
use crate::paths::{BestPaths, HOPS_MAX, Scratch};
use crate::policy::NETWORK_HOPS_MAX;
use crate::roster::Names;

/// What a line of a path is, from the one before to the one after. Of equally strong lines the first sort counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HopKind {
    /// The one before reports to the one after.
    ReportsTo,
    /// The one before manages the one after.
    Manages,
    /// They work together.
    WorksWith,
    /// They know each other.
    Knows,
    /// The one before influences the one after.
    Influences,
}

impl HopKind {
    /// Every sort of line with its token, in declaration order.
    pub const ALL: [(&'static str, Self); 5] = [
        ("reports_to", Self::ReportsTo),
        ("manages", Self::Manages),
        ("works_with", Self::WorksWith),
        ("knows", Self::Knows),
        ("influences", Self::Influences),
    ];

    pub(super) const fn of_tie(kind: TieKind) -> Self {
        match kind {
            TieKind::Influences => Self::Influences,
            TieKind::WorksWith => Self::WorksWith,
            TieKind::Knows => Self::Knows,
        }
    }

    pub(super) fn of_sort(sort: u8) -> Self {
        Self::ALL.get(usize::from(sort)).map_or(Self::Knows, |(_, kind)| *kind)
    }

    /// The token of documents.
    pub fn token(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// One line of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// What sort of line it is.
    pub kind: HopKind,
    /// How strong it is, in hundredths: 1..=100.
    pub strength: u8,
}

/// A way from somebody who can be asked to somebody to be reached, nobody on it twice. Its [`Display`](core::fmt::Display) says whom to ask.
///
/// Paths are ordered by quality, then fewer hops, then the ids of their people from the first on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WarmPath {
    pub(super) people: PathPeople,
    /// The lines, one fewer than the people: 1 to 4.
    pub hops: Vec<Hop>,
    /// The product of the strengths, exact.
    pub quality: PathQuality,
}

/// The people of a path, or some of them, from who is asked to who is reached. Equality is that of the ids.
#[derive(Clone)]
pub struct PathPeople {
    names: Names,
    contacts: Vec<u32>,
}

impl PathPeople {
    pub(super) const fn new(names: Names, contacts: Vec<u32>) -> Self {
        Self { names, contacts }
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.contacts.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.contacts.is_empty()
    }

    /// The contact ids.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.contacts.iter().map(|contact| self.names.text(*contact))
    }
}

impl PartialEq for PathPeople {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for PathPeople {}

impl core::fmt::Debug for PathPeople {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for PathPeople {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.contacts.len()))?;
        self.iter().try_for_each(|id| list.serialize_element(id))?;
        list.end()
    }
}

impl WarmPath {
    /// The contact ids of the people, from who is asked to who is reached.
    pub fn people(&self) -> impl ExactSizeIterator<Item = &str> {
        self.people.iter()
    }
}

impl Serialize for Hop {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("kind", self.kind.token())?;
        map.serialize_entry("strength", &self.strength)?;
        map.end()
    }
}

impl Serialize for WarmPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("people", &self.people)?;
        map.serialize_entry("hops", &self.hops)?;
        map.serialize_entry("quality", &self.quality)?;
        map.serialize_entry("message", &alloc::format!("{self}"))?;
        map.end()
    }
}

// What a policy may ask for is what the search can answer.
const _: () = assert!(HOPS_MAX == NETWORK_HOPS_MAX as usize);

impl Network {
    /// The best `count` paths from any of these people to one other, of at most as many lines as the policy says (4 by default), through nobody who is
    /// an opponent.
    ///
    /// The best path comes first; paths that go through another of the people who can be asked are paths as well. An opponent may be asked, or be the one to be
    /// reached; who is to be reached does not count among those who are asked, and where nobody is left to be asked there is no path. People are named
    /// by any of their contact ids. O(people asked + the lines within reach of them and of who is to be reached).
    ///
    /// # Errors
    /// [`NetworkError`] when somebody is not in the network.
    pub fn warm_paths(&self, from: &[&str], to: &str, count: usize) -> Result<Vec<WarmPath>, NetworkError> {
        let (sources, target) = (self.find_all(from)?, self.find(to)?);
        Ok(self.paths_to(&sources, target, count, &self.plainly(), &mut self.scratch()))
    }

    pub(super) fn paths_to(&self, sources: &[u32], target: u32, count: usize, naming: &Naming<'_>, scratch: &mut Scratch) -> Vec<WarmPath> {
        if count == 0 || sources.is_empty() || self.lines.to(target).is_empty() {
            return Vec::new();
        }
        let hops = usize::from(self.rule.hops);
        let found = BestPaths::new(&self.lines, &self.blocked, target, hops, &mut scratch.best).from(sources, count);
        found.iter().map(|path| naming.path(path)).collect()
    }
}
