//! When, how strongly and where a person was last heard of.

use super::tallied::TalliedKind;
use crate::day::Day;
use crate::policy::{Fading, Reach, Tier};

/// The tiers that stand for interest, decisive to trace.
pub(crate) const TIERS: usize = 5;

/// A place for each tier that stands for interest, and others that nobody asks about: a power of two, so that none is out of bounds.
pub(super) const SLOTS: usize = 8;
/// The place of the tiers that stand for no interest.
pub(super) const OTHERS: u8 = 5;
/// Where the places of kinds with positive points begin among those by [`Reach`].
pub(super) const POSITIVE: u8 = 4;
/// The place of what is heard too early or too late, and of kinds that the policy does not know.
const ELSEWHERE: usize = 7;
const _: () = assert!(TIERS == OTHERS as usize, "tiers of interest come first");

/// A day on which something was heard, or none: the later, the greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
// The number of the day with a bit above all of them; 0 for none.
pub(crate) struct Seen(u32);

impl Seen {
    /// Never.
    pub(crate) const NEVER: Self = Self(0);

    const BIT: u32 = 1 << 31;

    /// A day by its number.
    pub(super) const fn on(number: u32) -> Self {
        Self(number | Self::BIT)
    }

    /// The day so many days later.
    // INVARIANT: that is a day, too.
    #[inline]
    pub(super) const fn plus(self, days: u32) -> Self {
        Self(self.0.wrapping_add(days))
    }

    /// Whether there is a day, so many days before another at most.
    pub(super) fn is_within(self, day: Day, days: u16) -> bool {
        self >= Self::on(day.number().saturating_sub(days.into()))
    }

    /// The day, if there is one.
    pub(crate) fn day(self) -> Option<Day> {
        (self != Self::NEVER).then(|| Day::of_number(self.0 & !Self::BIT))
    }
}

/// What was heard of a person, or of an account's unnamed visitors, whatever it is worth.
///
/// What does not count goes to a place of its own, which nobody looks at: so the reading of a signal never turns on whether it counts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Heard {
    /// The newest day by how far usable signals come, of kinds without positive points and, from [`POSITIVE`] on, of those with them.
    newest: [Seen; 8],
    /// The newest day of a usable signal of each tier, whatever its window.
    of_tier: [Seen; SLOTS],
    /// The channels of usable signals of each tier inside their windows, a bit a channel.
    channels_of_tier: [u64; SLOTS],
}

impl Heard {
    pub(crate) const NOTHING: Self = Self { newest: [Seen::NEVER; 8], of_tier: [Seen::NEVER; SLOTS], channels_of_tier: [0; SLOTS] };

    /// Notes signals of a day.
    #[inline]
    pub(super) fn note(&mut self, kind: &TalliedKind, fading: Fading, seen: Seen) {
        let (slot, reach) = (usize::from(kind.slot), fading.reach());
        let unless = |not: bool| (if not { ELSEWHERE } else { slot }) % SLOTS;
        let of_tier = &mut self.of_tier[unless(reach == Reach::Future as u8)];
        *of_tier = seen.max(*of_tier);
        self.channels_of_tier[unless(reach >= Reach::Outside as u8)] |= kind.channel_bit;
        let newest = &mut self.newest[usize::from(reach | kind.positive) % 8];
        *newest = seen.max(*newest);
    }

    /// Adds what was heard of somebody else.
    #[inline]
    pub(super) fn add(&mut self, other: &Self) {
        let later = |newest: &mut Seen, other: Seen| *newest = other.max(*newest);
        self.newest.iter_mut().zip(other.newest).for_each(|(newest, other)| later(newest, other));
        self.of_tier.iter_mut().zip(other.of_tier).for_each(|(newest, other)| later(newest, other));
        self.channels_of_tier.iter_mut().zip(other.channels_of_tier).for_each(|(channels, other)| *channels |= other);
    }

    const fn of_positive(reach: Reach) -> usize {
        POSITIVE as usize + reach as usize
    }

    /// The newest day of a usable signal of a kind with positive points, whatever its window.
    pub(crate) fn positive(&self) -> Seen {
        self.newest[Self::of_positive(Reach::Outside)].max(self.positive_inside())
    }

    /// The same inside its window.
    pub(crate) fn positive_inside(&self) -> Seen {
        self.newest[Self::of_positive(Reach::Inside)].max(self.newest[Self::of_positive(Reach::Faded)])
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
        let mut both = Self { of_tier: before.of_tier, ..self };
        both.newest[Self::of_positive(Reach::Outside)] = before.positive();
        both
    }

    /// Whether anything of interest was ever heard.
    pub(super) fn anything(&self) -> bool {
        self.positive() != Seen::NEVER || self.newest_from_tier(Tier::Trace) != Seen::NEVER
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    use crate::policy::Policy;
    use proptest::prelude::*;

    const TIERS_OF_INTEREST: [Tier; TIERS] = [Tier::Decisive, Tier::High, Tier::Medium, Tier::Low, Tier::Trace];

    /// The answers to all that is ever asked.
    fn answers(heard: &Heard) -> (Vec<Seen>, Vec<u64>) {
        let newest = TIERS_OF_INTEREST.map(|tier| heard.newest_from_tier(tier));
        let channels = TIERS_OF_INTEREST.map(|tier| heard.channels_from_tier(tier)).to_vec();
        ([heard.positive(), heard.positive_inside()].into_iter().chain(newest).collect(), channels)
    }

    proptest! {
        /// What is heard of several together is, of each question, the latest day and all the channels of any of them.
        #[test]
        fn what_is_heard_of_several_is_what_is_heard_of_each(
            signals in prop::collection::vec((0..3_usize, 0..27_u16, 0..200_u16), 0..12),
        ) {
            let (policy, day) = (Policy::default(), Day::MAX.minus_days(60));
            let compiled = policy.compiled();
            let mut of = [Heard::NOTHING; 3];
            for (who, kind, ago) in signals {
                let kind = TalliedKind::of(compiled, Some(kind).filter(|kind| usize::from(*kind) < compiled.kinds.len()));
                // From forty days to come on.
                let signal = day.minus_days(ago).number() + 40;
                let fading = compiled.fading.all()[kind.fading.place((day.number() + 1).saturating_sub(signal))];
                of[who].note(&kind, fading, Seen::on(signal));
            }
            let mut together = Heard::NOTHING;
            for one in &of {
                together.add(one);
            }
            let ((newest, channels), each) = (answers(&together), of.map(|one| answers(&one)));
            for (at, newest) in newest.iter().enumerate() {
                prop_assert_eq!(Some(*newest), each.iter().map(|one| one.0[at]).max());
            }
            for (at, channels) in channels.iter().enumerate() {
                prop_assert_eq!(*channels, each.iter().fold(0, |all, one| all | one.1[at]));
            }
        }
    }
}
