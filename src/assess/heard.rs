//! When, how strongly and where a person was last heard of.

use crate::day::Day;
use crate::policy::{Reach, Tier};

/// The tiers that stand for interest, decisive to trace.
pub(crate) const TIERS: usize = 5;

/// Places for every tier, so many that machines add several up at once.
const SLOTS: usize = 8;
/// Places for every [`Window`], likewise.
const WINDOWS: usize = 4;
/// The place of what nobody asks about: signals too early for the question, of tiers that stand for no interest, of kinds that the policy does not know.
const NOBODY_ASKS: Tier = Tier::Ignored;
const _: () = assert!(TIERS <= NOBODY_ASKS as usize && (Tier::Negative as usize) < SLOTS, "what nobody asks about is nowhere else");

/// Where the signals of kinds with positive points lie.
#[derive(Clone, Copy, Debug)]
enum Window {
    Inside,
    Outside,
    /// Nobody asks: they are to come, or of kinds without positive points, or of kinds that the policy does not know.
    Neither,
}

/// Where signals of one kind that come equally far are noted in what is [`Heard`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Places {
    newest: Window,
    of_tier: Tier,
    channels: Tier,
}

impl Places {
    /// Those of kinds of that tier, whose points are above nothing or not.
    pub(super) fn of(tier: Tier, positive: bool, reach: Reach) -> Self {
        let inside = reach <= Reach::Faded;
        let newest = match reach {
            _ if !positive => Window::Neither,
            Reach::Inside | Reach::Faded => Window::Inside,
            Reach::Outside => Window::Outside,
            Reach::Future | Reach::Unknown => Window::Neither,
        };
        let tier_if = |asked: bool| if asked && (tier as usize) < TIERS { tier } else { NOBODY_ASKS };
        Self { newest, of_tier: tier_if(reach <= Reach::Outside), channels: tier_if(inside) }
    }
}

/// A day on which something was heard, or none: the later, the greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
// The number of the day with a bit above all of them; 0 for none. With a sign, since machines compare several of such numbers at once.
pub(crate) struct Seen(i32);

impl Seen {
    /// Never.
    pub(crate) const NEVER: Self = Self(0);

    const BIT: i32 = 1 << 30;

    /// A day by its number.
    // INVARIANT: a day has 17 bits.
    #[allow(clippy::cast_possible_wrap, reason = "17 bits")]
    pub(super) const fn on(number: u32) -> Self {
        Self(number as i32 | Self::BIT)
    }

    /// The day so many days later.
    // INVARIANT: that is a day, too.
    #[inline]
    pub(super) const fn plus(self, days: u32) -> Self {
        Self(self.0.wrapping_add_unsigned(days))
    }

    /// Whether there is a day, so many days before another at most.
    pub(super) fn is_within(self, day: Day, days: u16) -> bool {
        self >= Self::on(day.number().saturating_sub(days.into()))
    }

    /// The day, if there is one.
    pub(crate) fn day(self) -> Option<Day> {
        (self != Self::NEVER).then(|| Day::of_number((self.0 & !Self::BIT).unsigned_abs()))
    }
}

/// What was heard of a person, or of an account's unnamed visitors, whatever it is worth.
///
/// What does not count goes to a place of its own, which nobody looks at: so the reading of a signal never turns on whether it counts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Heard {
    /// By [`Window`], the newest day of usable signals of kinds with positive points.
    newest: [Seen; WINDOWS],
    /// The newest day of a usable signal of each tier, whatever its window.
    of_tier: [Seen; SLOTS],
    /// The channels of usable signals of each tier inside their windows, a bit a channel.
    channels_of_tier: [u64; SLOTS],
}

impl Heard {
    pub(crate) const NOTHING: Self = Self { newest: [Seen::NEVER; WINDOWS], of_tier: [Seen::NEVER; SLOTS], channels_of_tier: [0; SLOTS] };

    /// Notes signals of a day and a channel.
    // INVARIANT: no earlier than what was noted before, so that it is the newest.
    #[inline]
    #[allow(
        clippy::trivially_copy_pass_by_ref,
        reason = "of a copy, which is one word, the compiler no longer knows that each part is within bounds"
    )]
    pub(super) fn note(&mut self, places: &Places, channel_bit: u64, seen: Seen) {
        let set = |newest: &mut Seen| {
            debug_assert!(*newest <= seen, "signals come in the order of their days");
            *newest = seen;
        };
        set(&mut self.of_tier[places.of_tier as usize]);
        self.channels_of_tier[places.channels as usize] |= channel_bit;
        set(&mut self.newest[places.newest as usize]);
    }

    /// Adds what was heard of somebody else.
    #[inline]
    pub(super) fn add(&mut self, other: &Self) {
        let later = |newest: &mut Seen, other: Seen| *newest = other.max(*newest);
        self.newest.iter_mut().zip(other.newest).for_each(|(newest, other)| later(newest, other));
        self.of_tier.iter_mut().zip(other.of_tier).for_each(|(newest, other)| later(newest, other));
        self.channels_of_tier.iter_mut().zip(other.channels_of_tier).for_each(|(channels, other)| *channels |= other);
    }

    /// The newest day of a usable signal of a kind with positive points, whatever its window.
    pub(crate) fn positive(&self) -> Seen {
        self.newest[Window::Outside as usize].max(self.positive_inside())
    }

    /// The same inside its window.
    pub(crate) const fn positive_inside(&self) -> Seen {
        self.newest[Window::Inside as usize]
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
        both.newest[Window::Outside as usize] = before.positive();
        both
    }

    /// Whether anything of interest was ever heard.
    pub(super) fn anything(&self) -> bool {
        self.positive() != Seen::NEVER || self.newest_from_tier(Tier::Trace) != Seen::NEVER
    }
}

#[cfg(test)]
mod tests {
    use super::super::tallied::TalliedKind;
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
        /// The windows, points and tiers that the policy's document says are asked, not what was made of them.
        #[test]
        fn a_signal_answers_what_its_kind_and_age_say(kind in any::<prop::sample::Index>(), ago in 0..200_u32) {
            let (policy, today) = (Policy::default(), Day::MAX.number() - 60);
            let document = policy.document();
            let kind = kind.index(document.kinds.len());
            let (said, signal) = (&document.kinds[kind], today - ago);
            let compiled = TalliedKind::of(policy.compiled(), u16::try_from(kind).ok());
            let fading = policy.compiled().fading.all()[compiled.fading.place(ago)];
            let mut heard = Heard::NOTHING;
            heard.note(&compiled.landing(fading).heard, compiled.channel_bit, Seen::on(signal));
            let if_so = |so: bool| if so { Seen::on(signal) } else { Seen::NEVER };
            let positive = said.points > rust_decimal::Decimal::ZERO;
            let inside = ago < said.window_days.into();
            prop_assert_eq!(heard.positive(), if_so(positive));
            prop_assert_eq!(heard.positive_inside(), if_so(inside && positive));
            let channel = 1 << document.channels.iter().position(|channel| channel.name == said.channel).unwrap();
            for tier in TIERS_OF_INTEREST {
                let as_strong = said.tier as u8 <= tier as u8;
                prop_assert_eq!(heard.newest_from_tier(tier), if_so(as_strong));
                prop_assert_eq!(heard.channels_from_tier(tier), if inside && as_strong { channel } else { 0 });
            }
        }

        /// What is heard of several together is, of each question, the latest day and all the channels of any of them.
        #[test]
        fn what_is_heard_of_several_is_what_is_heard_of_each(
            mut signals in prop::collection::vec((0..3_usize, 0..27_u16, 0..200_u16), 0..12),
        ) {
            // Signals come in the order of their days.
            signals.sort_by_key(|(.., ago)| core::cmp::Reverse(*ago));
            let (policy, day) = (Policy::default(), Day::MAX.minus_days(60));
            let compiled = policy.compiled();
            let mut of = [Heard::NOTHING; 3];
            for (who, kind, ago) in signals {
                let kind = TalliedKind::of(compiled, Some(kind).filter(|kind| usize::from(*kind) < compiled.kinds.len()));
                let fading = compiled.fading.all()[kind.fading.place(ago.into())];
                of[who].note(&kind.landing(fading).heard, kind.channel_bit, Seen::on(day.minus_days(ago).number()));
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
