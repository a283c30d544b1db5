//! Titles that a policy remembers: whoever asks about the same people again reads none of their titles again.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;
use core::hash::BuildHasher;

use foldhash::fast::FixedState;
use once_cell::race::OnceBox;

use super::role_reader::TitleFacts;

/// Places for titles. Source: our choice; with its texts a full memory is about a megabyte.
const PLACES: usize = 4_096;
/// Places that a title may take, one after the other.
const TRIES: usize = 8;
/// The longest title that is remembered, in bytes. Source: our choice; longer ones are rare and would be large.
const BYTES_MAX: usize = 120;

/// The first few thousand titles that were asked for, with what they say. None is ever forgotten or replaced: which ones they are depends on who asks
/// first, what they say does not.
#[derive(Default)]
pub(super) struct TitleMemory(OnceBox<Box<[Place]>>);

/// A title and what it says.
type Place = OnceBox<(Box<str>, TitleFacts)>;

impl TitleMemory {
    /// What a title says, read now if it is new; `None`: it is too long, or there is no place left for it. O(length) for a title that is known.
    pub(super) fn recall(&self, title: &str, read: impl Fn(&str) -> TitleFacts) -> Option<&TitleFacts> {
        if title.len() > BYTES_MAX {
            return None;
        }
        let places = self.0.get_or_init(|| Box::new((0..PLACES).map(|_| Place::new()).collect::<Vec<_>>().into()));
        // Half of the hash is enough to choose among so few.
        let start = usize::try_from(FixedState::default().hash_one(title) >> 32).unwrap_or(0);
        let tried = (start..start + TRIES).map(|at| places[at % PLACES].get_or_init(|| Box::new((title.into(), read(title)))));
        tried.into_iter().find(|(known, _)| **known == *title).map(|(_, facts)| facts)
    }
}

impl fmt::Debug for TitleMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TitleMemory")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::cell::Cell;

    #[test]
    fn a_title_is_read_once() {
        let (memory, read) = (TitleMemory::default(), Cell::new(0));
        let reader = |_: &str| {
            read.set(read.get() + 1);
            TitleFacts::default()
        };
        for title in ["VP Sales", "CFO", "VP Sales", "CFO", "VP Sales"] {
            assert!(memory.recall(title, reader).is_some());
        }
        assert_eq!(read.get(), 2);
    }

    #[test]
    fn a_full_memory_and_a_long_title_are_no_harm() {
        let memory = TitleMemory::default();
        let reader = |_: &str| TitleFacts::default();
        let remembered = (0..10_000).filter(|number| memory.recall(&alloc::format!("VP Sales {number}"), reader).is_some()).count();
        assert!((PLACES / 2..=PLACES).contains(&remembered), "{remembered}");
        assert!(memory.recall("VP Sales 0", |_| unreachable!("it is known")).is_some());
        assert!(memory.recall(&"x".repeat(BYTES_MAX + 1), reader).is_none());
    }
}
