//! Kinds of signals as the loop over a person's signals reads them.

use super::heard::{NOBODY, OTHERS};
use crate::policy::{Compiled, CompiledKind, FadingTable, Reach, Tier};

/// A kind of the tally as the policy counts it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TalliedKind {
    /// The policy's number, if it knows the kind; otherwise nothing else is asked.
    pub(crate) number: Option<u16>,
    pub(crate) channel: u8,
    /// The place of its tier in [`Heard`](super::heard::Heard).
    pub(super) slot: u8,
    /// The number of how far its signals come at best: a kind worth nothing comes no farther than one that has faded.
    pub(super) best: u8,
    /// 4 if its points are positive, else 0: where its places begin in what is [heard](super::heard::Heard).
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
        let fading = FadingTable::default();
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
            slot: if number.is_some() { (kind.tier as u8).min(OTHERS) } else { NOBODY },
            best: best as u8,
            positive: if kind.cents > 0 { 4 } else { 0 },
            cents: kind.cents,
            // A policy may have no channel at all.
            channel_bit: if number.is_some() { 1 << kind.channel } else { 0 },
            daily_cap: kind.daily_cap,
            fading: kind.fading,
        }
    }
}
