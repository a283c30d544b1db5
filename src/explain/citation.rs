//! The records that an answer rests on.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use crate::assess::{ContactIds, Fact};
use crate::roster::Names;

/// The records that an answer, or a whole verdict, rests on: who, what they did, what is known of the account.
///
/// It is sufficient: a portfolio that has of the account only the people cited (each whole: every contact of the person at the account, with
/// roles and membership rows), only their signals of a person, kind and day cited, and only the facts cited, gives the same answer. It may
/// cite more than the least that would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Citation {
    /// The people, each by a contact id, ordered by id. Those without a cited row count by being there, in their roles, or by opposing.
    pub contacts: ContactIds,
    /// The rows, by their places in [`Ledger::rows`](crate::Ledger::rows), rising.
    pub rows: Vec<usize>,
    /// The facts of the account that are known, ordered.
    pub facts: Vec<Fact>,
    /// Whether the account's own mark of exclusion is cited.
    pub exclusion: bool,
    /// The facts that are unknown and that the answer waits for, ordered.
    pub unknown: Vec<Fact>,
}

/// A citation in the making.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cites {
    /// By the graph's numbers.
    pub(crate) contacts: BTreeSet<u32>,
    pub(crate) rows: BTreeSet<usize>,
    pub(crate) facts: BTreeSet<Fact>,
    pub(crate) exclusion: bool,
    pub(crate) unknown: BTreeSet<Fact>,
}

impl Cites {
    /// Adds all that another cites, but not what that one waits for.
    pub(crate) fn add(&mut self, other: &Self) {
        self.contacts.extend(&other.contacts);
        self.rows.extend(&other.rows);
        self.facts.extend(other.facts.iter().cloned());
        self.exclusion |= other.exclusion;
    }

    pub(crate) fn into_citation(self, names: &Names) -> Citation {
        let mut numbers: Vec<u32> = self.contacts.into_iter().collect();
        numbers.sort_by(|a, b| names.text(*a).cmp(names.text(*b)));
        Citation {
            contacts: ContactIds::new(names.clone(), numbers),
            rows: self.rows.into_iter().collect(),
            facts: self.facts.into_iter().collect(),
            exclusion: self.exclusion,
            unknown: self.unknown.into_iter().collect(),
        }
    }
}
