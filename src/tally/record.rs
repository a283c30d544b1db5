//! One signal at a time.

use core::cmp::Ordering;

use super::content::{Content, Says, Version};
use super::error::TallyError;
use super::names::{self, IDS};
use super::{Full, SignalTally};
use crate::id::SignalId;
use crate::signal::Signal;

/// What became of a recorded signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recorded {
    /// It has no id, or an id not heard of: it counts.
    New,
    /// The same signal was there already: one duplicate more.
    Repeat,
    /// Its id was there with another content: one duplicate more, and both are in the [conflicts](SignalTally::conflicts). The lesser counts.
    Conflict,
}

/// What the index of identified signals says to a signal.
#[derive(Clone, Copy)]
pub(super) enum Judged {
    /// An id not heard of, with the number that it gets.
    New(u32),
    /// The content that counts already.
    Repeat,
    /// A content less than the one that counts under this number: it counts from now on.
    Less(u32),
    /// A content greater than the one that counts under this number.
    Greater(u32),
}

impl SignalTally {
    /// Records one signal.
    ///
    /// Cost: a look-up for each name, and moving the entries of at most 64 subjects.
    ///
    /// # Errors
    /// [`TallyError`] when the signal goes beyond a limit; the tally is then as before.
    pub fn record(&mut self, signal: &Signal) -> Result<Recorded, TallyError> {
        self.record_of(signal, None)
    }

    /// The same; `known` is the number of the subject, if it was looked up and found.
    pub(crate) fn record_of(&mut self, signal: &Signal, known: Option<u32>) -> Result<Recorded, TallyError> {
        if self.signals() == u64::MAX {
            return Err(TallyError::TooManySignals { most: u64::MAX });
        }
        let content = self.content_about(signal, known)?;
        let Some(id) = &signal.id else {
            self.check_room(signal, &content)?;
            self.admit(signal, &content);
            self.add(&content);
            return Ok(Recorded::New);
        };
        let judged = self.judge(id, signal, &content, None)?;
        let counted = match judged {
            Judged::Less(number) => Some(*self.identified.content(number)),
            _ => None,
        };
        let counts = matches!(judged, Judged::New(_) | Judged::Less(_)) && !counted.is_some_and(|counted| counted.counts_with(&content));
        if counts {
            self.check_room(signal, &content)?;
        }
        self.admit(signal, &content);
        if counts {
            if let Some(counted) = counted {
                self.take(&counted);
            }
            self.add(&content);
        }
        Ok(self.identify(id, signal, content, judged))
    }

    /// What the index says to a signal of this id; nothing is changed. `known` is the number of the id, if it was looked up and found.
    pub(super) fn judge(&self, id: &SignalId, signal: &Signal, content: &Content, known: Option<u32>) -> Result<Judged, TallyError> {
        let number = known.map_or_else(|| IDS.number(&self.identified.ids, id.as_str()), Ok)?;
        if number as usize == self.identified.len() {
            return Ok(Judged::New(number));
        }
        let counted = self.identified.content(number);
        if counted == content {
            return Ok(Judged::Repeat);
        }
        Ok(match Says::from(signal).cmp(&self.says(counted)) {
            Ordering::Less => Judged::Less(number),
            Ordering::Equal => Judged::Repeat,
            Ordering::Greater => Judged::Greater(number),
        })
    }

    /// Enters a signal into the index as it was judged.
    pub(super) fn identify(&mut self, id: &SignalId, signal: &Signal, content: Content, judged: Judged) -> Recorded {
        match judged {
            Judged::New(number) => {
                names::admit(&mut self.identified.ids, number, id.as_str());
                self.identified.push(content);
                return Recorded::New;
            }
            Judged::Repeat => {
                self.duplicates += 1;
                return Recorded::Repeat;
            }
            Judged::Less(number) => {
                self.keep_both(number, id, signal);
                self.identified.replace(number, content);
            }
            Judged::Greater(number) => self.keep_both(number, id, signal),
        }
        self.duplicates += 1;
        Recorded::Conflict
    }

    /// Keeps the content that counts and another one as a conflict.
    fn keep_both(&mut self, number: u32, id: &SignalId, signal: &Signal) {
        let counted = if self.identified.conflicts.contains_key(id) { None } else { self.whole(number) };
        self.identified.keep(id, counted.into_iter().chain([signal.clone()]).map(Version));
    }

    fn check_room(&self, signal: &Signal, content: &Content) -> Result<(), TallyError> {
        let room = self.subjects(content.sort).blocks.room(content.subject, content.one());
        room.map_err(|full: Full| Self::full(full, Says::from(signal).subject.text(), signal.kind.as_str()))
    }

    fn add(&mut self, content: &Content) {
        let subjects = self.subjects_mut(content.sort);
        subjects.blocks.add(content.subject, content.one());
        subjects.signals += 1;
    }

    fn take(&mut self, content: &Content) {
        let subjects = self.subjects_mut(content.sort);
        subjects.blocks.take(content.subject, content.one());
        subjects.signals -= 1;
    }
}
