//! Kinds of signals as the loop over a person's signals reads them.

use super::heard::{SLOTS, TIERS};
use crate::policy::{Compiled, CompiledKind, Tier};

/// The place of the tiers that stand for no interest.
const OTHERS: u8 = 5;
const _: () = assert!(OTHERS as usize == TIERS && SLOTS == TIERS + 1, "tiers of interest come first");

/// A kind of the tally as the policy counts it; one that the policy does not know is worth nothing at any age.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TalliedKind {
    /// The policy's number, if it knows the kind.
    pub(crate) number: Option<u16>,
    pub(crate) channel: u8,
    /// The place of its tier in [`Heard`](super::heard::Heard).
    pub(super) slot: u8,
    /// Points of one signal in hundredths.
    pub(super) cents: i64,
    /// Its channel as a bit.
    pub(super) channel_bit: u64,
    pub(super) daily_cap: u32,
    /// The days of its window.
    pub(super) window: u32,
    /// Where its factors begin in [`Compiled::factors`].
    pub(super) factors: u32,
    /// All bits if its points are positive.
    pub(super) positive: u64,
}

impl TalliedKind {
    pub(crate) fn of(policy: &Compiled, number: Option<u16>) -> Self {
        let unknown = CompiledKind { cents: 0, daily_cap: 0, window_days: 0, channel: 0, tier: Tier::Ignored, factors: 0 };
        let kind = number.map_or(&unknown, |number| &policy.kinds[usize::from(number)]);
        Self {
            number,
            channel: kind.channel,
            slot: (kind.tier as u8).min(OTHERS),
            cents: kind.cents,
            channel_bit: 1 << kind.channel,
            daily_cap: kind.daily_cap,
            window: kind.window_days.unsigned_abs(),
            factors: kind.factors,
            positive: u64::from(kind.cents > 0).wrapping_neg(),
        }
    }
}
