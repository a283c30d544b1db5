//! Kinds of signals as the loop over a person's signals reads them.

use super::heard::{OTHERS, POSITIVE};
use crate::policy::{Compiled, CompiledKind, FadingTable, FadingTables, Reach, Tier};

/// A kind of the tally as the policy counts it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TalliedKind {
    /// The policy's number, if it knows the kind; one that it does not know is worth nothing and as if of a day to come.
    pub(crate) number: Option<u16>,
    pub(crate) channel: u8,
    /// The place of its tier in [`Heard`](super::heard::Heard).
    pub(super) slot: u8,
    /// The number of how far its signals come at best: a kind worth nothing comes no farther than one that has faded.
    pub(super) best: u8,
    /// [`POSITIVE`] if its points are, else 0: where its places begin in what is [heard](super::heard::Heard).
    pub(super) positive: u8,
    /// Points of one signal in hundredths.
    pub(super) cents: i64,
    /// Its channel as a bit; none if the policy does not know the kind.
    pub(super) channel_bit: u64,
    pub(super) daily_cap: u32,
    pub(super) fading: FadingTable,
}

impl TalliedKind {
    pub(crate) fn of(policy: &Compiled, number: Option<u16>) -> Self {
        let fading = FadingTables::UNKNOWN;
        let unknown = CompiledKind { cents: 0, daily_cap: 0, window_days: 0, channel: 0, tier: Tier::Ignored, fading };
        let kind = number.map_or(&unknown, |number| &policy.kinds[usize::from(number)]);
        let best = match number {
            None => Reach::Unknown,
            Some(_) if kind.cents == 0 => Reach::Faded,
            Some(_) => Reach::Inside,
        };
        Self {
            number,
            channel: kind.channel,
            slot: (kind.tier as u8).min(OTHERS),
            best: best as u8,
            positive: if kind.cents > 0 { POSITIVE } else { 0 },
            cents: kind.cents,
            // A policy may have no channel at all.
            channel_bit: if number.is_some() { 1 << kind.channel } else { 0 },
            daily_cap: kind.daily_cap,
            fading: kind.fading,
        }
    }
}
