//! How many signals are in each state, counted for who asks for no lines.

use super::caps::Lost;
use super::intake::{Intake, SignalState};
use super::sink::Sink;
use crate::policy::Reach;
use crate::tally::Entry;

/// Counts states. What the loop over signals finds is counted as it finds it, of everybody together, and turned to states at the end.
#[derive(Debug)]
pub(crate) struct StateCounter {
    /// States that were told.
    told: Intake,
    /// How many signals a group uses, those of days to come among them.
    used: u64,
    /// How many of them come how far, by [`Reach`]. Of those to come only those of unknown kinds are heard of, so that none is [`Reach::Future`].
    all: [u64; Reach::COUNT],
    /// Those of them within the daily cap.
    within: [u64; Reach::COUNT],
    /// What caps of points took of those that come all the way.
    lost: Lost,
}

impl Default for StateCounter {
    fn default() -> Self {
        Self { told: Intake::default(), used: 0, all: [0; Reach::COUNT], within: [0; Reach::COUNT], lost: Lost::default() }
    }
}

/// The state of signals that the group uses and that come so far, before any cap.
pub(super) const fn state_at(reach: Reach) -> SignalState {
    const BY_REACH: [SignalState; Reach::COUNT] =
        [SignalState::Counted, SignalState::ZeroPoints, SignalState::DecayedOut, SignalState::Future, SignalState::UnknownKind];
    BY_REACH[reach as usize]
}

impl StateCounter {
    /// The states of all signals that it heard of.
    pub(crate) fn intake(&self) -> Intake {
        const INSIDE: usize = Reach::Inside as usize;
        let mut intake = self.told;
        for reach in [Reach::Unknown, Reach::Outside, Reach::Faded] {
            intake.add(state_at(reach), self.all[reach as usize]);
        }
        intake.add(SignalState::Future, self.used - self.all.iter().sum::<u64>());
        let Lost { to_channel, to_person } = self.lost;
        intake.add(SignalState::CappedDaily, self.all[INSIDE] - self.within[INSIDE]);
        intake.add(SignalState::CappedChannel, to_channel);
        intake.add(SignalState::CappedPerson, to_person);
        intake.add(SignalState::Counted, self.within[INSIDE] - to_channel - to_person);
        intake
    }
}

impl Sink for StateCounter {
    const LISTENS: bool = true;
    const LINES: bool = false;

    fn signals(&mut self, state: SignalState, _: Entry, count: u64) {
        self.told.add(state, count);
    }

    // INVARIANT: all signals of a tally together are fewer than 2⁶⁴; so are those that are heard of.
    #[inline]
    fn uses(&mut self, signals: u64) {
        self.used = self.used.wrapping_add(signals);
    }

    #[inline]
    fn reached(&mut self, reach: Reach, count: u64, within: u64) {
        let (all, within_cap) = (&mut self.all[reach as usize], &mut self.within[reach as usize]);
        (*all, *within_cap) = (all.wrapping_add(count), within_cap.wrapping_add(within));
    }

    fn lost(&mut self, lost: Lost) {
        self.lost.to_channel += lost.to_channel;
        self.lost.to_person += lost.to_person;
    }
}
