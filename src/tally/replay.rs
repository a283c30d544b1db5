//! Counts that grow and shrink subject by subject, for replays: what a signal counts as, and counting it among few subjects with numbers of their own.

use super::SignalTally;
use super::blocks::Blocks;
use super::entry::Entry;
use super::error::TallyError;
use super::names::{self, KINDS, SOLUTIONS, small};
use super::subjects::Sort;
use crate::signal::Signal;

impl SignalTally {
    /// What a signal counts as, in the numbers of this tally; names that are new get the next ones. Nothing is counted.
    ///
    /// # Errors
    /// [`TallyError::TooMany`] when a name is new and no more fit.
    pub(crate) fn entry_of(&mut self, signal: &Signal) -> Result<Entry, TallyError> {
        let kind = KINDS.number(&self.kinds, signal.kind.as_str())?;
        names::admit(&mut self.kinds, kind, signal.kind.as_str());
        let mut solution = None;
        if let Some(name) = &signal.solution {
            let number = SOLUTIONS.number(&self.solutions, name.as_str())?;
            names::admit(&mut self.solutions, number, name.as_str());
            solution = Some(small(number));
        }
        Ok(Entry::one(small(kind), signal.at.day(), solution, signal.quarantined))
    }

    /// Whether an id is one that was recorded.
    pub(crate) fn has_id(&self, id: &str) -> bool {
        self.identified.ids.find(id).is_some()
    }

    /// Leaves the names of kinds and solutions, and forgets everything that was counted.
    pub(crate) fn forget_counts(&mut self) {
        self.contacts.blocks = Blocks::default();
        self.accounts.blocks = Blocks::default();
    }

    /// Counts a signal more or less for a subject by a number that its caller gives out. `name` is asked for where there is no room.
    ///
    /// # Errors
    /// [`TallyError`] when the count goes beyond a limit; the tally is then as before.
    pub(crate) fn count_as<'n>(
        &mut self,
        sort: Sort,
        subject: u32,
        entry: Entry,
        more: bool,
        name: impl FnOnce() -> &'n str,
    ) -> Result<(), TallyError> {
        let room = self.subjects(sort).blocks.room(subject, entry);
        let blocks = &mut self.subjects_mut(sort).blocks;
        if !more {
            blocks.take(subject, entry);
            return Ok(());
        }
        match room {
            Ok(()) => blocks.add(subject, entry),
            Err(full) => return Err(Self::full(full, name(), self.kinds.text(entry.kind().into()))),
        }
        Ok(())
    }
}
