//! Which of a person's signals a group uses, kind by kind and day by day.

use alloc::vec::Vec;

use super::intake::SignalState;
use super::score::Lens;
use super::sink::Sink;
use crate::tally::Entry;

/// The signals of one kind and day that a group uses.
pub(super) trait Used: Copy {
    /// Their kind and day.
    fn entry(&self) -> Entry;
    /// How many there are.
    fn signals(&self) -> u64;
}

impl Used for Entry {
    #[inline]
    fn entry(&self) -> Entry {
        *self
    }
    #[inline]
    fn signals(&self) -> u64 {
        self.count().into()
    }
}

/// Those of several entries.
pub(super) type Sorted = (Entry, u64);

impl Used for Sorted {
    fn entry(&self) -> Entry {
        self.0
    }
    fn signals(&self) -> u64 {
        self.1
    }
}

/// Sorts out which of a person's signals the group uses, kind by kind and day by day; tells the states of the others.
#[cold]
pub(super) fn sort_out<S: Sink>(lens: &Lens<'_>, entries: &[Entry], used: &mut Vec<Sorted>, sink: &mut S) {
    used.clear();
    for entry in entries {
        let (count, known) = (entry.count().into(), lens.kinds[usize::from(entry.kind())].number.is_some());
        match state_aside(*entry, known, lens.clock.past(entry.day_number())) {
            Some(state) => sink.signals(state, *entry, count),
            None if !lens.solution.uses(entry.solution()) => sink.signals(SignalState::OtherSolution, *entry, count),
            None => match used.last_mut().filter(|last| last.0.kind_and_day() == entry.kind_and_day()) {
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
