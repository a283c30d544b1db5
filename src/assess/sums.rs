//! A person's lines added up by channel, and what the caps leave of them.

use crate::policy::{CHANNELS_MAX as CHANNELS, Compiled};

const _: () = assert!(CHANNELS <= 64, "there is a bit for every channel");

/// The sums of a person's lines by channel, on the day and on the earlier one, in line units.
///
/// They are added up in machine words: as many lines as surely fit ([`Compiled::lines_in_a_word`]), after which they are [carried](Self::carry) over to
/// greater numbers.
#[derive(Debug)]
pub(super) struct Sums {
    /// Nothing where `used` has no bit.
    words: [[i64; 2]; CHANNELS],
    /// What was carried over; nothing unless `carried`.
    great: [[i128; 2]; CHANNELS],
    carried: bool,
    /// The channels that have lines, a bit a channel.
    used: u64,
}

/// Where caps took something of a day's points.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cut {
    /// The channels that come to more than their caps, a bit a channel.
    pub(super) channels: u64,
    /// Whether the channels come to more or less than a person may have.
    pub(super) person: bool,
}

impl Cut {
    pub(super) const fn is_empty(self) -> bool {
        self.channels == 0 && !self.person
    }
}

impl Default for Sums {
    fn default() -> Self {
        Self { words: [[0; 2]; CHANNELS], great: [[0; 2]; CHANNELS], carried: false, used: 0 }
    }
}

impl Sums {
    /// Makes room for another person; only what was used is cleared.
    pub(super) fn clear(&mut self) {
        for channel in bits(self.used) {
            self.words[channel] = [0; 2];
            if self.carried {
                self.great[channel] = [0; 2];
            }
        }
        (self.used, self.carried) = (0, false);
    }

    /// Adds points to a channel, on the day and on the earlier one; [`Self::note`] says that the channel is used.
    #[inline]
    pub(super) fn add(&mut self, channel: u8, points: [i64; 2]) {
        // INVARIANT: a policy has at most 64 channels; and no more lines are added than fit.
        let sums = &mut self.words[usize::from(channel) % CHANNELS];
        *sums = [sums[0].wrapping_add(points[0]), sums[1].wrapping_add(points[1])];
    }

    /// Says which channels are used, a bit a channel.
    #[inline]
    pub(super) const fn note(&mut self, channels: u64) {
        self.used |= channels;
    }

    /// Empties the machine words for more lines.
    pub(super) fn carry(&mut self) {
        for channel in bits(self.used) {
            let words = core::mem::take(&mut self.words[channel]);
            for (great, word) in self.great[channel].iter_mut().zip(words) {
                *great += i128::from(word);
            }
        }
        self.carried = true;
    }

    /// The day's sum of each channel.
    pub(super) fn today(&self, channels: usize) -> impl Iterator<Item = i128> + '_ {
        self.words.iter().zip(&self.great).take(channels).map(|(word, great)| i128::from(word[0]) + great[0])
    }

    /// The points of the person on the day and on the earlier one, and where a cap took something of the day's.
    pub(super) fn within_caps(&self, policy: &Compiled) -> ([i64; 2], Cut) {
        if self.carried { self.great_within_caps(policy) } else { self.words_within_caps(policy) }
    }

    fn words_within_caps(&self, policy: &Compiled) -> ([i64; 2], Cut) {
        let (mut sums, mut channels) = ([0_i64; 2], 0);
        for channel in bits(self.used) {
            let ([now, then], cap) = (self.words[channel], policy.channel_caps_in_a_word[channel]);
            let within = [now, then].map(|sum| sum.min(cap).max(-cap));
            channels |= u64::from(within[0] != now) << channel;
            // INVARIANT: what all lines come to fits, so what some of them come to does.
            sums = [sums[0].wrapping_add(within[0]), sums[1].wrapping_add(within[1])];
        }
        let points = sums.map(|sum| sum.min(policy.person_cap).max(0));
        (points, Cut { channels, person: points[0] != sums[0] })
    }

    fn great_within_caps(&self, policy: &Compiled) -> ([i64; 2], Cut) {
        let (mut sums, mut channels) = ([0_i128; 2], 0);
        for channel in bits(self.used) {
            let cap = policy.channel_caps[channel];
            let great = [0, 1].map(|when| self.great[channel][when] + i128::from(self.words[channel][when]));
            let within = great.map(|sum| sum.clamp(-cap, cap));
            channels |= u64::from(within[0] != great[0]) << channel;
            sums = [sums[0] + within[0], sums[1] + within[1]];
        }
        let points = sums.map(|sum| sum.clamp(0, policy.person_cap.into()));
        // INVARIANT: between 0 and a person's cap.
        (points.map(|points| i64::try_from(points).unwrap_or(i64::MAX)), Cut { channels, person: points[0] != sums[0] })
    }
}

/// The numbers of the bits that are set, rising.
fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    core::iter::from_fn(move || {
        let next = (set != 0).then_some(set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        next
    })
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::policy::Policy;
    use proptest::prelude::*;

    /// Lines by channel, on both days, each at most 10¹⁸.
    fn lines() -> impl Strategy<Value = Vec<(u8, [i64; 2])>> {
        let most = 1_000_000_000_000_000_000_i64;
        let amount = prop_oneof![-most..=most, Just(most), Just(-most), -9_000_000_000_000..9_000_000_000_000_i64];
        prop::collection::vec((0_u8..4, [amount.clone(), amount]), 0..40)
    }

    proptest! {
        /// However often sums are carried over, points and cuts are those of plain sums in great numbers.
        #[test]
        fn carrying_over_changes_nothing(lines in lines(), uncapped in any::<bool>()) {
            let mut policy = Policy::default().compiled().clone();
            if uncapped {
                policy.channel_caps.iter_mut().for_each(|cap| *cap = i128::MAX);
                policy.channel_caps_in_a_word.iter_mut().for_each(|cap| *cap = i64::MAX);
            }
            let mut sums = Sums::default();
            for times in 0..2 {
                sums.clear();
                for (number, part) in lines.chunks(9).enumerate() {
                    if number > 0 {
                        sums.carry();
                    }
                    for (channel, points) in part {
                        sums.add(*channel, *points);
                        sums.note(1 << channel);
                    }
                }
                let plain = |when: usize| -> Vec<i128> {
                    let of = |channel: u8| lines.iter().filter(|line| line.0 == channel).map(|line| i128::from(line.1[when])).sum();
                    (0..4).map(of).collect()
                };
                let within = |when: usize| -> i128 {
                    plain(when).iter().zip(&policy.channel_caps).map(|(sum, cap)| (*sum).min(*cap).max(-*cap)).sum()
                };
                let person = |when: usize| within(when).min(policy.person_cap.into()).max(0);
                let (points, cut) = sums.within_caps(&policy);
                prop_assert_eq!(points.map(i128::from), [person(0), person(1)], "time {}", times);
                prop_assert_eq!(sums.today(4).collect::<Vec<_>>(), plain(0));
                prop_assert_eq!(cut.person, person(0) != within(0));
                let cut_channels = plain(0).iter().zip(&policy.channel_caps).map(|(sum, cap)| sum.abs() > *cap).collect::<Vec<_>>();
                prop_assert_eq!((0..4).map(|at| cut.channels >> at & 1 == 1).collect::<Vec<_>>(), cut_channels);
            }
        }
    }
}
