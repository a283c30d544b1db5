//! What is read of a group's signals, from which its row follows; and how one person's are read again while the others' stay.

use alloc::vec::Vec;
use core::hint::black_box;

use super::caps::Lost;
use super::figures::{Figures, Scored, score_member};
use super::group::Bench;
use super::intake::{Intake, SignalState};
use super::members::Roll;
use super::score::{Scratch, score, set_aside};
use super::sink::Sink;
use super::states::StateCounter;
use crate::exact::Points;
use crate::policy::Reach;
use crate::tally::Entry;

/// A group's people with what their signals come to, and the states of all signals of the account.
#[derive(Debug, Default)]
pub(crate) struct GroupReading {
    pub(crate) roll: Roll,
    pub(crate) figures: Figures,
    /// The group's points on the day that momentum compares with.
    pub(crate) before: Points,
    pub(crate) intake: Intake,
}

impl GroupReading {
    /// Reads a group in the room of another. O(entries of the account's contacts); with what the account's groups share, `outsiders`, of its members
    /// alone.
    pub(crate) fn read(&mut self, bench: &Bench<'_>, outsiders: Option<&Intake>, scratch: &mut Scratch) {
        self.read_heard(bench, outsiders, scratch, &mut ());
    }

    /// The same, with a reader that hears of each person's signals.
    fn read_heard<S: Sink>(&mut self, bench: &Bench<'_>, outsiders: Option<&Intake>, scratch: &mut Scratch, reader: &mut S) {
        self.roll = bench.roll_into(core::mem::take(&mut self.roll), outsiders.is_some());
        let lens = bench.lens_of(&self.roll, None);
        let members = &self.roll.members;
        let mut states = StateCounter::default();
        self.figures.read(&lens, &bench.heard(), bench.group.account, members, scratch, &mut (&mut states, &mut *reader));
        self.intake = bench.hear_outsiders(&self.roll, outsiders, states, reader);
        self.before = self.figures.then.unwrap_or_else(|| bench.points_before(&self.roll, None, scratch));
    }
}

/// The reading of an account's only group, whose roll is the same on every day, with the states of each person's signals by themselves.
#[derive(Debug)]
pub(crate) struct KeptReading {
    reading: GroupReading,
    /// Of each member, of the unnamed visitors, of each contact who is no member.
    intakes: Vec<Intake>,
}

impl KeptReading {
    /// Reads the group; `None` where its roll is not timeless. O(entries of the account's contacts).
    pub(crate) fn read(bench: &Bench<'_>, scratch: &mut Scratch) -> Option<Self> {
        let (mut reading, mut intakes) = (GroupReading::default(), ByPerson::default());
        reading.read_heard(bench, None, scratch, &mut intakes);
        reading.roll.timeless.then(|| Self { reading, intakes: intakes.0.iter().map(StateCounter::intake).collect() })
    }

    /// What was read.
    pub(crate) const fn reading(&self) -> &GroupReading {
        &self.reading
    }

    /// Looks at what reading a person again will need, so that it is near by then. O(members).
    pub(crate) fn prefetch(&self) {
        let GroupReading { roll, figures, intake, .. } = &self.reading;
        black_box(intake.total());
        let members = roll.members.iter().fold(0, |all, member| all ^ member.contact);
        black_box(figures.members.iter().fold(members, |all, member| all ^ member.contact ^ u32::from(member.current)));
    }

    /// Reads the signals of one contact's person again, or those of the account's unnamed visitors. O(entries of the person + members).
    pub(crate) fn read_again(&mut self, bench: &Bench<'_>, who: Option<u32>, scratch: &mut Scratch) {
        let GroupReading { roll, figures, before, intake } = &mut self.reading;
        let (lens, heard) = (bench.lens_of(roll, None), bench.heard());
        let mut states = StateCounter::default();
        let is = |contact: u32| Some(contact) == who;
        let place = if who.is_none() {
            figures.anonymous = score(&lens, heard.of_account(bench.group.account), scratch, &mut states);
            roll.members.len()
        } else if let Some(at) = roll.members.iter().position(|member| member.contacts().any(is)) {
            figures.members[at] = Scored::unread(lens.policy, &roll.members[at]);
            score_member(&mut figures.members[at], &lens, &heard, &roll.members[at], scratch, &mut states);
            at
        } else if let Some(at) = roll.others.iter().position(|(contact, _)| is(*contact)) {
            let (contact, state) = roll.others[at];
            set_aside(&lens, heard.of_contact(contact), state, &mut states);
            roll.members.len() + 1 + at
        } else {
            return;
        };
        figures.roll_up(&lens);
        // INVARIANT: where the roll is timeless, only a day before all days has no points found along the way.
        *before = figures.then.unwrap_or(Points::ZERO);
        let new = states.intake();
        let old = core::mem::replace(&mut self.intakes[place], new);
        intake.exchange(&old, &new);
    }
}

/// Counts the states of each person's signals.
#[derive(Debug, Default)]
struct ByPerson(Vec<StateCounter>);

impl ByPerson {
    fn with_last(&mut self, tell: impl FnOnce(&mut StateCounter)) {
        if let Some(states) = self.0.last_mut() {
            tell(states);
        }
    }
}

impl Sink for ByPerson {
    const LISTENS: bool = true;
    const LINES: bool = false;
    fn person(&mut self, _: Option<u32>) {
        self.0.push(StateCounter::default());
    }
    fn signals(&mut self, state: SignalState, of: Entry, count: u64) {
        self.with_last(|states| states.signals(state, of, count));
    }
    fn uses(&mut self, signals: u64) {
        self.with_last(|states| states.uses(signals));
    }
    fn reached(&mut self, reach: Reach, count: u64, within: u64) {
        self.with_last(|states| states.reached(reach, count, within));
    }
    fn lost(&mut self, lost: Lost) {
        self.with_last(|states| states.lost(lost));
    }
}
