//! Kinds of signals as the loop over a person's signals reads them.

use super::heard::{SLOTS, TIERS};
use crate::policy::{Compiled, CompiledKind, FadingTable, FadingTables, Tier};

/// The place of the tiers that stand for no interest.
const OTHERS: u8 = 5;
/// The place that nobody asks about, where what is heard of kinds goes that the policy does not know.
const NOBODY: u8 = 7;
const _: () = assert!(OTHERS as usize == TIERS && SLOTS == TIERS + 1, "tiers of interest come first");

/// A kind of the tally as the policy counts it; one that the policy does not know is worth nothing at any age.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TalliedKind {
    /// The policy's number, if it knows the kind.
    pub(crate) number: Option<u16>,
    pub(crate) channel: u8,
    /// The place of its tier in [`Heard`](super::heard::Heard).
    pub(super) slot: u8,
    /// 4 if its points are positive, else 0: where its place begins in what is [heard](super::heard::Hearing).
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
        let unknown =
            CompiledKind { cents: 0, daily_cap: 0, window_days: 0, channel: 0, tier: Tier::Ignored, fading: FadingTables::UNKNOWN };
        let kind = number.map_or(&unknown, |number| &policy.kinds[usize::from(number)]);
        Self {
            number,
            channel: kind.channel,
            slot: if number.is_some() { (kind.tier as u8).min(OTHERS) } else { NOBODY },
            positive: if kind.cents > 0 { 4 } else { 0 },
            cents: kind.cents,
            // A policy may have no channel at all.
            channel_bit: if number.is_some() { 1 << kind.channel } else { 0 },
            daily_cap: kind.daily_cap,
            fading: kind.fading,
        }
    }
}
