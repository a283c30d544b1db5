//! When, how strongly and where a person was last heard of.

use super::tallied::TalliedKind;
use crate::day::Day;
use crate::policy::Tier;

/// The tiers that stand for interest, decisive to trace.
pub(crate) const TIERS: usize = 5;

/// A place for each tier that stands for interest, and one for the others, which nobody asks about.
pub(super) const SLOTS: usize = TIERS + 1;

/// A day on which something was heard, or none: the later, the greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
// The number of the day with a bit above all of them; 0 for none.
pub(crate) struct Seen(u32);

impl Seen {
    /// Never.
    pub(crate) const NEVER: Self = Self(0);

    const BIT: u32 = 1 << 31;

    /// A day by its number.
    const fn on(number: u32) -> Self {
        Self(number | Self::BIT)
    }

    /// The same, or never; `is` has all bits for yes, none for no.
    #[allow(clippy::cast_possible_truncation, reason = "of all bits the lower half, or of none")]
    const fn when(self, is: u64) -> Self {
        Self(self.0 & is as u32)
    }

    /// The day, if there is one.
    pub(crate) fn day(self) -> Option<Day> {
        (self != Self::NEVER).then(|| Day::of_number(self.0 & !Self::BIT))
    }
}

/// What was heard of a person, or of an account's unnamed visitors, whatever it is worth.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heard {
    /// The newest day of a usable signal of a kind with positive points, whatever its window.
    pub(crate) positive: Seen,
    /// The same inside its window.
    pub(crate) positive_inside: Seen,
    /// The newest day of a usable signal of each tier, whatever its window.
    of_tier: [Seen; SLOTS],
    /// The channels of usable signals of each tier inside their windows, a bit a channel.
    channels_of_tier: [u64; SLOTS],
}

impl Heard {
    pub(crate) const NOTHING: Self =
        Self { positive: Seen::NEVER, positive_inside: Seen::NEVER, of_tier: [Seen::NEVER; SLOTS], channels_of_tier: [0; SLOTS] };

    /// Notes signals of a day: whether they are past, and inside their window, all bits for yes.
    #[inline]
    pub(super) fn note(&mut self, kind: &TalliedKind, (past, inside): (u64, u64), day: u32) {
        let (slot, seen) = (usize::from(kind.slot), Seen::on(day));
        self.of_tier[slot] = self.of_tier[slot].max(seen.when(past));
        self.channels_of_tier[slot] |= kind.channel_bit & inside;
        self.positive = self.positive.max(seen.when(past & kind.positive));
        self.positive_inside = self.positive_inside.max(seen.when(inside & kind.positive));
    }

    /// The newest day of a usable signal of that tier or a stronger one.
    pub(crate) fn newest_from_tier(&self, tier: Tier) -> Seen {
        Self::from_tier(&self.of_tier, tier).iter().copied().max().unwrap_or(Seen::NEVER)
    }

    /// The channels of usable signals of that tier or a stronger one, inside their windows.
    pub(crate) fn channels_from_tier(&self, tier: Tier) -> u64 {
        Self::from_tier(&self.channels_of_tier, tier).iter().fold(0, |all, channels| all | channels)
    }

    fn from_tier<T>(of_tier: &[T; SLOTS], tier: Tier) -> &[T] {
        &of_tier[..=(tier as usize).min(TIERS - 1)]
    }

    /// The same with what an earlier look heard last, whatever its window.
    pub(super) fn with_newest_of(self, before: &Self) -> Self {
        Self { positive: before.positive, of_tier: before.of_tier, ..self }
    }

    /// Whether anything of interest was ever heard.
    pub(super) fn anything(&self) -> bool {
        self.positive != Seen::NEVER || self.newest_from_tier(Tier::Trace) != Seen::NEVER
    }
}
