//! The entries of a block in memory: in four bytes each where all of them fit, in eight otherwise.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Range;

use super::entries::{Entries, Iter};
use super::entry::Entry;
use super::narrow::Narrow;

/// See the [module](self).
#[derive(Clone, Debug)]
pub(super) enum Stored {
    /// Each in four bytes.
    Narrow {
        all: Vec<Narrow>,
        /// The day since which theirs count.
        since: u32,
    },
    /// Each in eight bytes; so they stay until they are put together anew.
    Wide {
        all: Vec<Entry>,
        /// Whether some may be for a solution or set aside.
        mixed: bool,
    },
}

impl Default for Stored {
    fn default() -> Self {
        Self::Narrow { all: Vec::new(), since: 0 }
    }
}

/// Makes room for one more: a sixteenth in reserve instead of doubling, since a block is small, and the budget is 12 bytes an entry.
fn make_room<T>(all: &mut Vec<T>) {
    if all.len() == all.capacity() {
        all.reserve_exact(all.len() / 16 + 4);
    }
}

impl Stored {
    /// These, with no more room than they need.
    pub(super) fn of(entries: Cow<'_, [Entry]>) -> Self {
        let mixed = Entry::any_apart(&entries);
        let narrow = if mixed { None } else { Self::narrow(&entries) };
        narrow.unwrap_or_else(|| Self::Wide { all: entries.into_owned(), mixed })
    }

    /// These in four bytes each, if all of them fit.
    fn narrow(entries: &[Entry]) -> Option<Self> {
        let since = entries.iter().map(|entry| entry.day_number()).min().map_or(0, Narrow::since);
        let mut all = Vec::with_capacity(entries.len());
        all.extend(entries.iter().map_while(|entry| Narrow::of(*entry, since)));
        (all.len() == entries.len()).then_some(Self::Narrow { all, since })
    }

    /// Those at some places, where it is known how many signals they are beside one each.
    #[inline]
    pub(super) fn part(&self, places: Range<usize>, repeats: Option<u8>) -> Entries<'_> {
        match self {
            Self::Narrow { all, since } => Entries::Narrow { all: &all[places], since: *since, repeats },
            Self::Wide { all, mixed } => {
                let all = &all[places];
                // Where none of the block is apart they are not looked at.
                Entries::Wide { all, mixed: *mixed && Entry::any_apart(all) }
            }
        }
    }

    /// All of them.
    pub(super) fn all(&self) -> Iter<'_> {
        match self {
            Self::Narrow { all, since } => Iter::Narrow(all.iter(), *since),
            Self::Wide { all, .. } => Iter::Wide(all.iter()),
        }
    }

    /// The place of the key of an entry among some places, which are in order, or where it would stand. O(log n).
    pub(super) fn find(&self, places: Range<usize>, one: Entry) -> Result<usize, usize> {
        let start = places.start;
        let found = match self {
            Self::Narrow { all, since } => all[places].binary_search_by_key(&one.key(), |entry| entry.entry(*since).key()),
            Self::Wide { all, .. } => all[places].binary_search_by_key(&one.key(), |entry| entry.key()),
        };
        found.map(|at| start + at).map_err(|at| start + at)
    }

    pub(super) fn get(&self, at: usize) -> Entry {
        match self {
            Self::Narrow { all, since } => all[at].entry(*since),
            Self::Wide { all, .. } => all[at],
        }
    }

    /// Puts an entry in place of another.
    pub(super) fn set(&mut self, at: usize, one: Entry) {
        match self.fit(one) {
            Room::Narrow(all, one) => all[at] = one,
            Room::Wide(all) => all[at] = one,
        }
    }

    /// Puts an entry between others.
    pub(super) fn insert(&mut self, at: usize, one: Entry) {
        match self.fit(one) {
            Room::Narrow(all, one) => {
                make_room(all);
                all.insert(at, one);
            }
            Room::Wide(all) => {
                make_room(all);
                all.insert(at, one);
            }
        }
    }

    pub(super) fn remove(&mut self, at: usize) {
        match self {
            Self::Narrow { all, .. } => drop(all.remove(at)),
            Self::Wide { all, .. } => drop(all.remove(at)),
        }
    }

    /// Sees to it that one more fits. O(1), or once O(n), where all become wide.
    fn fit(&mut self, one: Entry) -> Room<'_> {
        if let Self::Narrow { all, since } = self {
            if all.is_empty() {
                *since = Narrow::since(one.day_number());
            }
            if Narrow::of(one, *since).is_none() {
                let mut wide = Vec::with_capacity(all.len() + all.len() / 16 + 4);
                wide.extend(all.iter().map(|entry| entry.entry(*since)));
                *self = Self::Wide { all: wide, mixed: false };
            }
        }
        match self {
            // INVARIANT: what does not fit made them wide.
            Self::Narrow { all, since } => Room::Narrow(all, Narrow::of(one, *since).unwrap_or(Narrow::NONE)),
            Self::Wide { all, mixed } => {
                *mixed |= Entry::any_apart(&[one]);
                Room::Wide(all)
            }
        }
    }
}

/// Where one more entry goes.
enum Room<'s> {
    /// Among these, as this one.
    Narrow(&'s mut Vec<Narrow>, Narrow),
    Wide(&'s mut Vec<Entry>),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Day;

    const DAY: u32 = 60_000;

    fn entry(kind: u16, days_later: u32) -> Entry {
        Entry::one(kind, Day::of_number(DAY + days_later), None, false)
    }

    fn of(entries: &[Entry]) -> Stored {
        Stored::of(Cow::Borrowed(entries))
    }

    fn is_narrow(stored: &Stored) -> bool {
        matches!(stored, Stored::Narrow { .. })
    }

    /// What comes one by one takes four bytes, too, also what happened years before the first; a reserve of a sixteenth stays small.
    #[test]
    fn what_comes_one_by_one_stays_narrow_while_it_fits() {
        let mut stored = Stored::default();
        let put = |stored: &mut Stored, one: Entry| {
            let len = stored.all().count();
            stored.insert(stored.find(0..len, one).unwrap_err(), one);
        };
        for one in [entry(1, 4_000), entry(1, 4_001), entry(9, 0), entry(2, 4_000), entry(2, 12_000)] {
            put(&mut stored, one);
        }
        assert!(is_narrow(&stored));
        // The earliest day first, whatever its kind.
        let all = || [entry(9, 0), entry(1, 4_000), entry(2, 4_000), entry(1, 4_001), entry(2, 12_000)];
        assert_eq!(stored.all().collect::<Vec<_>>(), all());
        assert!(is_narrow(&of(&all()[..2])));
        let far = entry(3, 40_000);
        put(&mut stored, far);
        assert!(!is_narrow(&stored));
        assert_eq!(stored.all().collect::<Vec<_>>(), [&all()[..], &[far]].concat());
        assert!(!is_narrow(&of(&[entry(1, 0), far])));
    }

    #[test]
    fn a_count_that_grows_too_great_makes_all_wide_and_loses_none() {
        let mut stored = of(&[entry(1, 0), entry(2, 0)]);
        for count in 2..=100 {
            stored.set(0, stored.get(0).more());
            assert_eq!((stored.get(0).count(), stored.get(1)), (count, entry(2, 0)));
        }
        assert!(!is_narrow(&stored));
    }
}
