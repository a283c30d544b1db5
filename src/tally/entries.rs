//! The entries of one subject, as they are stored.

use core::slice;

use super::entry::Entry;
use super::narrow::Narrow;

/// The entries of a person in the order of day, then kind.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Entries<'a> {
    /// None is for a solution or set aside, and no two are of one day and kind.
    Narrow {
        /// Their days count since `since`.
        all: &'a [Narrow],
        since: u32,
        /// How many signals they are beside one each, if that is known.
        repeats: Option<u8>,
    },
    /// Of any sort.
    Wide {
        all: &'a [Entry],
        /// Whether some may be for a solution or set aside, or all are of several subjects: so that several may be of one day and kind, which they surely
        /// are not otherwise.
        mixed: bool,
    },
}

impl Default for Entries<'_> {
    fn default() -> Self {
        Self::Narrow { all: &[], since: 0, repeats: Some(0) }
    }
}

impl<'a> Entries<'a> {
    /// Entries of several subjects in order, as if they were one's.
    pub(crate) const fn pooled(all: &'a [Entry]) -> Self {
        Self::Wide { all, mixed: true }
    }

    pub(crate) const fn len(self) -> usize {
        match self {
            Self::Narrow { all, .. } => all.len(),
            Self::Wide { all, .. } => all.len(),
        }
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// How many signals they are, each of them as often as it came. O(1) where that is known, O(n) otherwise.
    #[inline]
    pub(crate) fn signals(self) -> u64 {
        let counted = || self.iter().map(|entry| u64::from(entry.count())).sum();
        match self {
            Self::Narrow { all, repeats: Some(repeats), .. } => {
                let signals = all.len() as u64 + u64::from(repeats);
                debug_assert!(signals == counted(), "repeats are counted with their entries");
                signals
            }
            _ => counted(),
        }
    }

    pub(crate) fn iter(self) -> Iter<'a> {
        match self {
            Self::Narrow { all, since, .. } => Iter::Narrow(all.iter(), since),
            Self::Wide { all, .. } => Iter::Wide(all.iter()),
        }
    }
}

impl<'a> IntoIterator for Entries<'a> {
    type Item = Entry;
    type IntoIter = Iter<'a>;
    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// Goes through entries, however they are stored.
#[derive(Clone, Debug)]
pub(crate) enum Iter<'a> {
    Narrow(slice::Iter<'a, Narrow>, u32),
    Wide(slice::Iter<'a, Entry>),
}

impl Iterator for Iter<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        match self {
            Self::Narrow(entries, since) => entries.next().map(|entry| entry.entry(*since)),
            Self::Wide(entries) => entries.next().copied(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::Narrow(entries, _) => entries.size_hint(),
            Self::Wide(entries) => entries.size_hint(),
        }
    }
}
