//! When, how strongly and where a person was last heard of.

use super::tallied::TalliedKind;
use crate::day::Day;
use crate::policy::{Fading, Tier};

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

/// Places for tiers, a power of two so that none is out of bounds. The last one is nobody's.
const ROOM: usize = 8;
const _: () = assert!(SLOTS < ROOM, "there is a place for every tier, and one more");

/// What is heard while a person's signals are read. What does not count goes to a place of its own, which nobody looks at: so the reading of a signal
/// never turns on whether it counts, which nobody can foresee.
#[derive(Debug)]
pub(super) struct Hearing {
    /// The newest day of each tier; of days to come in the last place.
    of_tier: [Seen; ROOM],
    /// The channels inside their windows of each tier; those outside in the last place.
    channels_of_tier: [u64; ROOM],
    /// The newest day by [`Fading::code`], and behind them, from 4 on, those of kinds with positive points.
    newest: [Seen; 8],
}

impl Hearing {
    pub(super) const NOTHING: Self = Self { of_tier: [Seen::NEVER; ROOM], channels_of_tier: [0; ROOM], newest: [Seen::NEVER; 8] };

    /// Notes signals of a day.
    #[inline]
    pub(super) fn note(&mut self, kind: &TalliedKind, fading: Fading, day: u32) {
        let (slot, seen) = (usize::from(kind.slot), Seen::on(day));
        let last_if = |one: usize| one * (ROOM - 1);
        let of_tier = &mut self.of_tier[(slot | last_if(fading.future())) % ROOM];
        *of_tier = seen.max(*of_tier);
        self.channels_of_tier[(slot | last_if(fading.not_inside())) % ROOM] |= kind.channel_bit;
        let newest = &mut self.newest[(fading.code() + usize::from(kind.positive)) % 8];
        *newest = seen.max(*newest);
    }

    /// What was heard.
    pub(super) fn heard(&self) -> Heard {
        let [.., inside, outside, _, _] = self.newest;
        Heard {
            positive: inside.max(outside),
            positive_inside: inside,
            of_tier: core::array::from_fn(|slot| self.of_tier[slot]),
            channels_of_tier: core::array::from_fn(|slot| self.channels_of_tier[slot]),
        }
    }
}

impl Heard {
    pub(crate) const NOTHING: Self =
        Self { positive: Seen::NEVER, positive_inside: Seen::NEVER, of_tier: [Seen::NEVER; SLOTS], channels_of_tier: [0; SLOTS] };

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
