//! Many signals at once.

use alloc::vec::Vec;
use core::borrow::Borrow;

use super::SignalTally;
use super::blocks::{Blocks, Full, Rows};
use super::content::Content;
use super::entry::Entry;
use super::error::TallyError;
use super::subjects::{Sort, SubjectRef};
use crate::id::SignalId;
use crate::signal::Signal;

/// Signals whose names are looked up together. Source: measured; from 64 on it makes little difference.
const BATCH: usize = 256;

impl SignalTally {
    /// A tally of these signals.
    ///
    /// Cost: a look-up for each name of each signal, then O(n) to bring the counts to their subjects and O(n log k) to sort the k of each
    /// subject; about 20 bytes a signal are needed on the way.
    ///
    /// # Errors
    /// [`TallyError`] when the signals go beyond a limit.
    pub fn from_signals<S: Borrow<Signal>>(signals: impl IntoIterator<Item = S>) -> Result<Self, TallyError> {
        let mut intake = Intake::default();
        let mut signals = signals.into_iter();
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            batch.clear();
            batch.extend(signals.by_ref().take(BATCH));
            if batch.is_empty() {
                return intake.finish();
            }
            intake.push_batch(&batch)?;
        }
    }

    /// Records many signals, as if one by one but faster: they become a tally of their own, which is then [merged](Self::merge).
    ///
    /// # Errors
    /// [`TallyError`] when the signals go beyond a limit; the tally is then as before, and none of them is recorded.
    pub fn extend<S: Borrow<Signal>>(&mut self, signals: impl IntoIterator<Item = S>) -> Result<(), TallyError> {
        let more = Self::from_signals(signals)?;
        if self.is_empty() {
            *self = more;
            return Ok(());
        }
        self.merge(&more)
    }
}

/// A tally in the making: names and identified signals are entered, counts are still rows in the order of arrival.
#[derive(Default)]
pub(super) struct Intake {
    pub(super) tally: SignalTally,
    rows: [Rows; Sort::ALL.len()],
}

impl Intake {
    /// Adds signals whose names are looked up together.
    fn push_batch<S: Borrow<Signal>>(&mut self, batch: &[S]) -> Result<(), TallyError> {
        let ids: Vec<&str> = batch.iter().filter_map(|signal| signal.borrow().id.as_ref()).map(SignalId::as_str).collect();
        let mut ids = self.tally.identified.ids.find_all(&ids).into_iter();
        let mut subjects = Sort::ALL.map(|sort| {
            let subjects = batch.iter().map(|signal| SubjectRef::from(&signal.borrow().subject));
            let texts: Vec<&str> = subjects.filter(|subject| subject.sort() == sort).map(SubjectRef::text).collect();
            self.tally.subjects(sort).roster.find_all(&texts).into_iter()
        });
        for signal in batch {
            let signal = signal.borrow();
            let sort = SubjectRef::from(&signal.subject).sort();
            let content = self.tally.content_about(signal, subjects[sort as usize].next().flatten())?;
            match &signal.id {
                None => {
                    self.tally.admit(signal, &content);
                    self.count(content.sort, content.subject, content.one());
                }
                Some(_) => self.identify(signal, content, ids.next().flatten())?,
            }
        }
        Ok(())
    }

    /// Enters an identified signal into the index; its count is added by [`Self::finish`], when it is known which content of each id counts.
    /// `known` is the number of the id, if it was looked up and found.
    pub(super) fn identify(&mut self, signal: &Signal, content: Content, known: Option<u32>) -> Result<(), TallyError> {
        let Some(id) = &signal.id else { return Ok(()) };
        let judged = self.tally.judge(id, signal, &content, known)?;
        self.tally.admit(signal, &content);
        self.tally.identify(id, signal, content, judged);
        Ok(())
    }

    /// Adds a row of counts.
    pub(super) fn count(&mut self, sort: Sort, subject: u32, entry: Entry) {
        self.rows[sort as usize].push(subject, entry);
    }

    fn finish(mut self) -> Result<SignalTally, TallyError> {
        for content in self.tally.identified.contents() {
            self.rows[content.sort as usize].push(content.subject, content.one());
        }
        self.finish_counted()
    }

    /// The tally, when the rows hold the identified signals too.
    pub(super) fn finish_counted(self) -> Result<SignalTally, TallyError> {
        let Self { mut tally, rows } = self;
        let signals = rows.iter().map(Rows::signals).try_fold(tally.duplicates, u64::checked_add);
        signals.ok_or(TallyError::TooManySignals { most: u64::MAX })?;
        for (sort, rows) in Sort::ALL.into_iter().zip(rows) {
            let subjects = tally.subjects(sort);
            let signals = rows.signals();
            let built = Blocks::from_rows(rows, subjects.roster.len());
            let blocks = built.map_err(|full| tally.full_here(sort, full))?;
            let subjects = tally.subjects_mut(sort);
            (subjects.blocks, subjects.signals) = (blocks, signals);
        }
        Ok(tally)
    }
}

impl SignalTally {
    /// The error for a count of this tally that has no room.
    fn full_here(&self, sort: Sort, full: Full) -> TallyError {
        let (subject, kind) = full.names();
        Self::full(full, self.subjects(sort).roster.text(subject), kind.map_or("", |kind| self.kinds.text(kind)))
    }
}
