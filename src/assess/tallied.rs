//! Kinds of signals as the loop over a person's signals reads them.

use alloc::vec::Vec;
use core::ops::Deref;

use super::heard::Places;
use super::intake::SignalState;
use crate::policy::{Compiled, CompiledKind, Fading, FadingTable, FadingTables, Reach, Tier};

/// A kind of the tally as the policy counts it. One is a line of the machine's cache, so that none lies in two.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(crate) struct TalliedKind {
    /// Whether the policy knows the kind; one that it does not know is worth nothing and as if of a day to come.
    known: bool,
    /// The policy's number, if it does: apart, so that who puts lines in order need not ask.
    number: u16,
    pub(crate) channel: u8,
    /// The [lane](crate::policy::Lanes) of its channel.
    pub(super) lane: u8,
    /// Whether its points are above nothing.
    pub(super) positive: bool,
    /// Where its signals are noted, by how far they come.
    landings: [Landing; Fading::REACHES],
    /// Points of one signal in hundredths.
    pub(super) cents: i64,
    /// Its channel as a bit; none if the policy does not know the kind.
    pub(super) channel_bit: u64,
    /// Its lane as a bit.
    pub(super) lane_bit: u64,
    pub(super) daily_cap: u32,
    pub(super) fading: FadingTable,
}

const _: () = assert!(size_of::<TalliedKind>() == 64, "one line");

/// The kinds of a tally as a policy counts them, by their number there.
#[derive(Clone, Debug, Default)]
pub(crate) struct TalliedKinds {
    all: Vec<TalliedKind>,
    /// Whether there is one that the policy does not know.
    any_unknown: bool,
}

impl TalliedKinds {
    /// Whether the policy knows all of them.
    pub(super) const fn are_known(&self) -> bool {
        !self.any_unknown
    }
}

impl Extend<TalliedKind> for TalliedKinds {
    fn extend<I: IntoIterator<Item = TalliedKind>>(&mut self, kinds: I) {
        let before = self.all.len();
        self.all.extend(kinds);
        self.any_unknown |= self.all[before..].iter().any(|kind| !kind.known);
    }
}

impl FromIterator<TalliedKind> for TalliedKinds {
    fn from_iter<I: IntoIterator<Item = TalliedKind>>(kinds: I) -> Self {
        let mut all = Self::default();
        all.extend(kinds);
        all
    }
}

impl Deref for TalliedKinds {
    type Target = [TalliedKind];

    fn deref(&self) -> &[TalliedKind] {
        &self.all
    }
}

/// Where signals are noted that come equally far: found beforehand, since it would turn on both the kind and the day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Landing {
    /// Among what is [heard](super::heard::Heard).
    pub(super) heard: Places,
    /// How far they count as coming: those of a kind worth nothing no farther than those that have faded.
    pub(super) reach: Reach,
}

impl TalliedKind {
    pub(crate) fn of(policy: &Compiled, number: Option<u16>) -> Self {
        let fading = FadingTables::UNKNOWN;
        let unknown = CompiledKind { cents: 0, daily_cap: 0, window_days: 0, channel: 0, lane: 0, tier: Tier::Ignored, fading };
        let kind = number.map_or(&unknown, |number| &policy.kinds[usize::from(number)]);
        let best = match number {
            None => Reach::Unknown,
            Some(_) if kind.cents == 0 => Reach::Faded,
            Some(_) => Reach::Inside,
        };
        let positive = kind.cents > 0;
        let landing = |reach: Reach| Landing { heard: Places::of(kind.tier, positive, reach), reach: reach.max(best) };
        Self {
            known: number.is_some(),
            number: number.unwrap_or(0),
            channel: kind.channel,
            lane: kind.lane,
            positive,
            landings: [Reach::Inside, Reach::Faded, Reach::Outside, Reach::Future].map(landing),
            cents: kind.cents,
            // A policy may have no channel at all.
            channel_bit: if number.is_some() { 1 << kind.channel } else { 0 },
            lane_bit: 1 << kind.lane,
            daily_cap: kind.daily_cap,
            fading: kind.fading,
        }
    }

    /// The policy's number, if it knows the kind.
    pub(crate) fn number(&self) -> Option<u16> {
        self.known.then_some(self.number)
    }

    /// The same, or any for a kind that it does not know, of which there are no lines.
    pub(super) const fn number_of_line(&self) -> u16 {
        self.number
    }

    /// Whether the policy knows it.
    pub(super) const fn is_known(&self) -> bool {
        self.known
    }

    /// The state of signals of it that are of a day to come.
    pub(super) const fn state_to_come(&self) -> SignalState {
        if self.known { SignalState::Future } else { SignalState::UnknownKind }
    }

    /// Where its signals are noted that fade so.
    #[inline]
    pub(super) fn landing(&self, fading: Fading) -> &Landing {
        &self.landings[usize::from(fading.reach())]
    }
}
