//! Ids and dense numbers: an append-only list of texts, found by text or by number.
//!
//! [`Roster`] is what graph and tally have in common: a tally made with the roster of a graph numbers contacts as that graph does, so that
//! nothing has to be looked up to bring the two together.

mod names;

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::id::{ContactId, IdError, check};

pub(crate) use names::Names;

/// Why a list of ids makes no roster.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RosterError {
    /// A text that is no id.
    #[error("row {row}: {error}")]
    Id {
        /// The place in the list, from 0.
        row: usize,
        /// What is wrong with it.
        error: IdError,
    },
    /// More different ids than there are numbers.
    #[error("row {row}: a roster numbers at most 4,294,967,295 different ids")]
    Full {
        /// The place in the list, from 0.
        row: usize,
    },
}

impl RosterError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Id { error, .. } => error.code(),
            Self::Full { .. } => "roster_full",
        }
    }
}

/// An append-only map between contact ids and dense numbers 0, 1, 2 …, in the order of arrival; a number never changes.
///
/// Graph and tally number contacts by one of these each. Columns of signals ([`SignalColumns`](crate::SignalColumns)) say whose signals they are by
/// the numbers of a roster: that of a graph ([`AccountGraph::contact_roster`](crate::AccountGraph::contact_roster)), whose tally is then brought
/// together with the graph without any look-up, or one made of the ids that a column comes with.
///
/// A clone costs two reference counts. About 6 to 11 bytes for each id besides its text, and 4 more where ids that came one after another are of different
/// lengths.
///
/// ```
/// use quorate::Roster;
/// let roster = Roster::from_ids(["ann", "bob", "ann"])?;
/// assert_eq!((roster.len(), roster.find("bob"), roster.find("eve")), (2, Some(1), None));
/// assert_eq!(roster.get(0), Some("ann"));
/// # Ok::<(), quorate::RosterError>(())
/// ```
// The hash has a fixed seed (no randomness in the core) and the table is only ever looked up, never walked, so no hash order can reach a result.
#[derive(Clone, Default)]
pub struct Roster {
    names: Names,
    table: Arc<HashTable<u32>>,
    /// Whether a text comes after one that is greater.
    unordered: bool,
}

pub(crate) fn hash(text: &str) -> u64 {
    let mut hasher = FixedState::with_seed(0x9e37).build_hasher();
    hasher.write(text.as_bytes());
    hasher.finish()
}

impl Roster {
    /// A roster of contact ids, numbered in this order; an id that came before keeps its number.
    ///
    /// # Errors
    /// [`RosterError`] for the first text that is no id of a contact, or that there is no number left for.
    pub fn from_ids<T: AsRef<str>>(ids: impl IntoIterator<Item = T>) -> Result<Self, RosterError> {
        let mut roster = Self::default();
        for (row, id) in ids.into_iter().enumerate() {
            let id = id.as_ref();
            check(ContactId::WHAT, id).map_err(|error| RosterError::Id { row, error })?;
            roster.intern(id).ok_or(RosterError::Full { row })?;
        }
        Ok(roster)
    }

    /// The id of a number; `None` for a number that was not given out.
    pub fn get(&self, number: u32) -> Option<&str> {
        ((number as usize) < self.len()).then(|| self.text(number))
    }

    /// Whether there is no id.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of a text, if it was ever added.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.table.find(hash(text), |index| self.names.text(*index) == text).copied()
    }

    /// As [`Self::find`] for each of many texts, several times faster in a great roster.
    ///
    /// A look-up is a chain of memory accesses that each wait for the one before. Taken step by step for all texts, the accesses of different
    /// texts overlap: first all hashes, then all likely numbers, then all comparisons.
    pub(crate) fn find_all(&self, texts: &[&str]) -> Vec<Option<u32>> {
        let hashes: Vec<u64> = texts.iter().map(|text| hash(text)).collect();
        let mut found: Vec<Option<u32>> = hashes.iter().map(|hash| self.table.iter_hash(*hash).next().copied()).collect();
        for (found, text) in found.iter_mut().zip(texts) {
            if found.is_some_and(|likely| self.names.text(likely) != *text) {
                *found = self.find(text);
            }
        }
        found
    }

    /// An empty one with room for so many texts.
    pub(crate) fn with_capacity(texts: usize) -> Self {
        Self { table: Arc::new(HashTable::with_capacity(texts)), ..Self::default() }
    }

    /// The number of a text, which is added when it is new. `None` when 2³² − 1 are there already.
    pub(crate) fn intern(&mut self, text: &str) -> Option<u32> {
        if let Some(found) = self.find(text) {
            return Some(found);
        }
        let index = u32::try_from(self.names.len()).ok().filter(|index| *index < u32::MAX)?;
        if self.table.len() == self.table.capacity() {
            self.grow();
        }
        self.unordered = self.unordered || index.checked_sub(1).is_some_and(|last| self.text(last) > text);
        self.names.push(text);
        let names = &self.names;
        Arc::make_mut(&mut self.table).insert_unique(hash(text), index, |index| hash(names.text(*index)));
        Some(index)
    }

    /// Twice the room. The table would do this by itself, but in the order of its hashes, each text in another place of memory; in the order
    /// of the numbers the texts lie one after another.
    fn grow(&mut self) {
        let mut table = HashTable::with_capacity(self.table.capacity() + 1);
        for (index, text) in self.iter() {
            // The table has room, so the hash is not asked for.
            table.insert_unique(hash(text), index, |index| hash(self.text(*index)));
        }
        self.table = Arc::new(table);
    }

    /// The text of a number that this roster gave out.
    pub(crate) fn text(&self, index: u32) -> &str {
        self.names.text(index)
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// The texts in the order of their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        self.iter_from(0)
    }

    /// The same from a number on; nothing is gone through before it.
    pub(crate) fn iter_from(&self, first: usize) -> impl Iterator<Item = (u32, &str)> {
        (first..self.len()).filter_map(|index| u32::try_from(index).ok()).map(|index| (index, self.text(index)))
    }

    /// The texts alone, to be kept by a result.
    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    /// The numbers in the order of their texts. Cost: n log n, or n where texts came in that order.
    pub(crate) fn sorted(&self) -> Vec<u32> {
        let mut order: Vec<u32> = self.iter().map(|(index, _)| index).collect();
        self.sort(&mut order);
        order
    }

    /// Puts numbers that this roster gave out in the order of their texts, without a look at any text where these came in that order.
    pub(crate) fn sort(&self, numbers: &mut [u32]) {
        if self.unordered {
            numbers.sort_unstable_by(|a, b| self.text(*a).cmp(self.text(*b)));
        } else {
            numbers.sort_unstable();
        }
    }
}

impl fmt::Debug for Roster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|(_, text)| text)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn numbers_and_texts_find_each_other() {
        let mut roster = Roster::default();
        for i in 0..5000 {
            assert_eq!(roster.intern(&format!("id-{i}")), Some(i));
        }
        let before = roster.names().clone();
        assert_eq!(roster.intern("id-17"), Some(17));
        assert_eq!(roster.intern("new"), Some(5000));
        assert_eq!((before.len(), roster.len()), (5000, 5001));
        for i in 0..5000 {
            assert_eq!(roster.find(&format!("id-{i}")), Some(i));
            assert_eq!(before.text(i), roster.text(i));
            let texts = [format!("id-{i}"), format!("other-{i}")];
            assert_eq!(roster.find_all(&[&texts[0], &texts[1]]), [Some(i), None]);
        }
        assert_eq!(roster.find("absent"), None);
    }

    #[test]
    fn numbers_are_put_in_the_order_of_their_texts() {
        for (ids, sorted) in [
            (&[][..], &[][..]),
            (&["a", "b", "b", "ba"], &[0, 1, 2]),
            (&["b", "a", "c"], &[1, 0, 2]),
            // The last is out of order, and so is one that others have followed since.
            (&["a", "c", "b"], &[0, 2, 1]),
            (&["b", "a", "c", "d", "e"], &[1, 0, 2, 3, 4]),
        ] {
            let roster = Roster::from_ids(ids).unwrap();
            assert_eq!(roster.sorted(), sorted, "{ids:?}");
            let mut backwards: Vec<u32> = sorted.iter().rev().copied().collect();
            roster.clone().sort(&mut backwards);
            assert_eq!(backwards, sorted, "{ids:?}");
        }
    }
}
