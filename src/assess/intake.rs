//! What became of every signal: exactly one state each, and the counts add up.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// The state of a signal for one group; of several that fit, the first in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignalState {
    /// Set aside by its source, such as a scanner's click.
    Quarantined,
    /// Of a kind that the policy does not know.
    UnknownKind,
    /// After the day of the assessment.
    Future,
    /// Of a contact who left or has an excluded relationship.
    ExcludedPerson,
    /// Of a contact who is no member of the group.
    NotAMember,
    /// Of a member who is an opponent.
    Opponent,
    /// About a solution that is not the group's.
    OtherSolution,
    /// Outside its kind's window.
    DecayedOut,
    /// Of a kind worth nothing, or faded to nothing.
    ZeroPoints,
    /// Beyond the most that count on one day.
    CappedDaily,
    /// Nothing of its line is left after the caps of the channel.
    CappedChannel,
    /// Nothing of its line is left after the bounds of the person.
    CappedPerson,
    /// Counted, at least in part.
    Counted,
}

impl SignalState {
    /// Every state with its token, in order.
    pub const ALL: [(&'static str, Self); 13] = [
        ("quarantined", Self::Quarantined),
        ("unknown_kind", Self::UnknownKind),
        ("future", Self::Future),
        ("excluded_person", Self::ExcludedPerson),
        ("not_a_member", Self::NotAMember),
        ("opponent", Self::Opponent),
        ("other_solution", Self::OtherSolution),
        ("decayed_out", Self::DecayedOut),
        ("zero_points", Self::ZeroPoints),
        ("capped_daily", Self::CappedDaily),
        ("capped_channel", Self::CappedChannel),
        ("capped_person", Self::CappedPerson),
        ("counted", Self::Counted),
    ];

    /// The token of documents.
    pub const fn token(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// How many of a group's known signals are in each state.
///
/// The known signals are those of the group's account and of any contact of that account; the counts add up to all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Intake([u64; 13]);

impl Intake {
    /// How many signals are in that state.
    pub const fn count(&self, state: SignalState) -> u64 {
        self.0[state as usize]
    }

    /// How many signals there are.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The counts, each with the token of its state, in the order of the states.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> {
        SignalState::ALL.iter().map(|(token, state)| (*token, self.count(*state)))
    }

    /// Adds the counts of one intake less those of another that is a part of it.
    pub(crate) fn add_difference(&mut self, whole: &Self, part: &Self) {
        for ((count, whole), part) in self.0.iter_mut().zip(whole.0).zip(part.0) {
            *count += whole - part;
        }
    }

    /// Puts another part in the place of one.
    pub(crate) fn exchange(&mut self, old: &Self, new: &Self) {
        for ((count, old), new) in self.0.iter_mut().zip(old.0).zip(new.0) {
            *count = *count - old + new;
        }
    }

    pub(crate) const fn add(&mut self, state: SignalState, count: u64) {
        self.0[state as usize] += count;
    }
}

impl Serialize for Intake {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (token, count) in self.iter() {
            map.serialize_entry(token, &count)?;
        }
        map.end()
    }
}

/// What became of the signals of a whole run, before any group is looked at.
///
/// The three counts add up to the signals given to the tally.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct RunIntake {
    /// Repeats of an identified signal.
    pub duplicate: u64,
    /// Signals of a subject that the graph does not know, e-mail addresses among them.
    pub unknown_subject: u64,
    /// The others.
    pub known: u64,
}

impl RunIntake {
    /// How many signals there are.
    pub const fn total(&self) -> u64 {
        self.duplicate + self.unknown_subject + self.known
    }
}
