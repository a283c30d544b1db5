//! Ids that came with different contents.

use super::SignalTally;
use super::content::Version;
use crate::id::SignalId;
use crate::signal::Signal;
use alloc::vec::Vec;

/// One id that came with different contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The id.
    pub id: SignalId,
    /// The different signals, two or more, the least first: that one counts.
    pub contents: Vec<Signal>,
}

impl SignalTally {
    /// The ids that came with different contents, ordered by id.
    ///
    /// ```
    /// use quorate::{Signal, SignalTally};
    /// let early = Signal::of_contact("ann", "demo_request", "2025-05-01T09:30:00Z".parse()?)?.with_id("web-17")?;
    /// let late = Signal::of_contact("bob", "demo_request", "2025-05-02T09:30:00Z".parse()?)?.with_id("web-17")?;
    /// let tally = SignalTally::from_signals([&late, &early])?;
    /// let conflict = tally.conflicts().next().ok_or("no conflict")?;
    /// assert_eq!(conflict.contents, [early, late]);
    /// assert_eq!(tally.counts().count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn conflicts(&self) -> impl Iterator<Item = Conflict> + '_ {
        let conflicts = self.identified.conflicts.iter();
        conflicts
            .map(|(id, versions)| Conflict { id: id.clone(), contents: versions.iter().map(|Version(signal)| signal.clone()).collect() })
    }

    /// The different signals of an id that came with more than one.
    pub(crate) fn versions(&self, id: &SignalId) -> impl Iterator<Item = &Signal> {
        self.identified.conflicts.get(id).into_iter().flatten().map(|Version(signal)| signal)
    }
}
