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
    /// How many signals that a group uses come how far, by [`Reach`].
    all: [u64; ROOM],
    /// Those of them within the daily cap; of those of days to come none.
    within: [u64; ROOM],
    /// What caps of points took of those that come all the way.
    lost: Lost,
}

/// Room for every [`Reach`]: a power of two, so that none is out of bounds.
const ROOM: usize = Reach::COUNT.next_power_of_two();

impl Default for StateCounter {
    fn default() -> Self {
        Self { told: Intake::default(), all: [0; ROOM], within: [0; ROOM], lost: Lost::default() }
    }
}

/// The state of signals that the group uses and that come so far, before any cap.
pub(super) const fn state_at(reach: u8) -> SignalState {
    const BY_REACH: [SignalState; Reach::COUNT] =
        [SignalState::Counted, SignalState::ZeroPoints, SignalState::DecayedOut, SignalState::Future, SignalState::UnknownKind];
    BY_REACH[reach as usize]
}

impl StateCounter {
    /// The states of all signals that it heard of.
    pub(crate) fn intake(&self) -> Intake {
        const INSIDE: usize = Reach::Inside as usize;
        let mut intake = self.told;
        for reach in [Reach::Unknown, Reach::Future, Reach::Outside, Reach::Faded] {
            intake.add(state_at(reach as u8), self.all[reach as usize]);
        }
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

    // INVARIANT: all signals of a tally together are fewer than 2⁶⁴.
    #[inline]
    fn reached(&mut self, reach: u8, count: u64, within: u64) {
        let reach = usize::from(reach) % ROOM;
        self.all[reach] = self.all[reach].wrapping_add(count);
        self.within[reach] = self.within[reach].wrapping_add(within);
    }

    fn lost(&mut self, lost: Lost) {
        self.lost.to_channel += lost.to_channel;
        self.lost.to_person += lost.to_person;
    }
}
