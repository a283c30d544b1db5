//! Changes of a world, and which sets of them qualify a group: a changed copy is judged anew for every set.

mod copy;
mod facts;
mod grid;
mod least;
mod rule;
mod search;

#[cfg(test)]
mod tests;

pub use super::policy::tier as strength;
pub use copy::{Study, unit};
pub use facts::{Known, learn, values};
pub use search::{Listed, without_channels};

use super::number::Q;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A person in a change. Those who are added come after those who are known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// A member, by id.
    Member(String),
    /// One who is added, by role and number from 1.
    Added(String, usize),
}

/// A change without points and values, in the order in which they are listed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Atom {
    /// The account's exclusion is lifted.
    Lift,
    /// An opponent opposes no longer.
    Reconcile(String),
    /// A fact becomes known, by its name in documents.
    Learn(String),
    /// Somebody more in a role, the n-th from 1.
    Add(String, usize),
    /// Somebody comes to points.
    Bring(Who),
    /// A signal of that tier (the strongest first), in that channel, perhaps from somebody in a role.
    Signal(Reverse<usize>, String, Option<String>),
    /// Somebody asks to talk.
    HandRaise,
}

/// Changes together.
pub type Set = BTreeSet<Atom>;

/// What a set leaves open: the points to which people come, and the values of facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// By person; those who are left out stay with their own.
    pub points: BTreeMap<Who, Q>,
    /// By fact.
    pub values: BTreeMap<String, Known>,
}

/// The people whom a set brings to points.
pub fn brought(set: &Set) -> Vec<&Who> {
    set.iter().filter_map(|atom| if let Atom::Bring(who) = atom { Some(who) } else { None }).collect()
}

/// The facts that a set learns.
pub fn learned(set: &Set) -> Vec<&String> {
    set.iter().filter_map(|atom| if let Atom::Learn(fact) = atom { Some(fact) } else { None }).collect()
}
