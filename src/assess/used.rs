//! Which of a person's signals a group uses, day by day and kind by kind.

use alloc::vec::Vec;
use core::ops::Range;

use super::intake::SignalState;
use super::score::Lens;
use super::sink::Sink;
use crate::tally::{Entry, Narrow};

/// The signals of one day and kind that a group uses, however they are stored; `since` is the number of the day from which theirs counts.
pub(super) trait Used: Copy {
    /// The number of their kind.
    fn kind(self) -> u16;
    /// The number of their day, counted from `since`.
    fn day(self) -> u32;
    /// How many there are.
    fn signals(self) -> u64;
    /// Their kind and day.
    fn entry(self, since: u32) -> Entry;
}

/// Those of one person, in the order of day, then kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct UsedList<'u, U> {
    pub(super) all: &'u [U],
    pub(super) since: u32,
}

impl<U: Used> UsedList<'_, U> {
    /// Those at some places.
    pub(super) fn part(self, places: Range<usize>) -> Self {
        Self { all: &self.all[places], ..self }
    }

    /// How many signals they are. O(n).
    pub(super) fn signals(self) -> u64 {
        self.all.iter().map(|one| one.signals()).sum()
    }
}

impl Used for Narrow {
    #[inline]
    fn kind(self) -> u16 {
        self.kind()
    }
    #[inline]
    fn day(self) -> u32 {
        self.day()
    }
    #[inline]
    fn signals(self) -> u64 {
        self.count().into()
    }
    #[inline]
    fn entry(self, since: u32) -> Entry {
        self.entry(since)
    }
}

impl Used for Entry {
    #[inline]
    fn kind(self) -> u16 {
        self.kind()
    }
    #[inline]
    fn day(self) -> u32 {
        self.day_number()
    }
    #[inline]
    fn signals(self) -> u64 {
        self.count().into()
    }
    #[inline]
    fn entry(self, _: u32) -> Entry {
        self
    }
}

/// Those of several entries.
pub(super) type Sorted = (Entry, u64);

impl Used for Sorted {
    fn kind(self) -> u16 {
        self.0.kind()
    }
    fn day(self) -> u32 {
        self.0.day_number()
    }
    fn signals(self) -> u64 {
        self.1
    }
    fn entry(self, _: u32) -> Entry {
        self.0
    }
}

/// Sorts out which of a person's signals the group uses, day by day and kind by kind; tells the states of the others.
#[cold]
pub(super) fn sort_out<S: Sink>(lens: &Lens<'_>, entries: &[Entry], used: &mut Vec<Sorted>, sink: &mut S) {
    used.clear();
    for entry in entries {
        let (count, known) = (entry.count().into(), lens.kinds[usize::from(entry.kind())].number().is_some());
        match state_aside(*entry, known, lens.clock.past(entry.day_number())) {
            Some(state) => sink.signals(state, *entry, count),
            None if !lens.solution.uses(entry.solution()) => sink.signals(SignalState::OtherSolution, *entry, count),
            None => match used.last_mut().filter(|last| last.0.day_and_kind() == entry.day_and_kind()) {
                Some(last) => last.1 += count,
                None => used.push((*entry, count)),
            },
        }
    }
}

/// The state of signals that nobody's standing could make usable.
pub(super) const fn state_aside(entry: Entry, known: bool, past: bool) -> Option<SignalState> {
    if entry.quarantined() {
        Some(SignalState::Quarantined)
    } else if !known {
        Some(SignalState::UnknownKind)
    } else if !past {
        Some(SignalState::Future)
    } else {
        None
    }
}
