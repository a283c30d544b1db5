//! A person's lines added up by channel, and what the caps leave of them.

use core::ops::{Add, Neg, Sub};

use crate::policy::{CHANNELS_MAX as CHANNELS, Compiled};

const _: () = assert!(CHANNELS <= 64 && CHANNELS % FEW == 0 && FEW % LANES == 0, "there is a bit and a lane for every channel");

/// Channels that most policies do not have more of.
const FEW: usize = 16;
/// Channels that are held against their caps at once.
const LANES: usize = 4;

/// The sums of a person's lines by channel, on the day and on the earlier one, in line units.
///
/// They are added up in machine words: as many lines as surely fit ([`Compiled::lines_in_a_word`]), after which they are [carried](Self::carry) over to
/// greater numbers. As many channels are gone through whatever the person has, since nobody can foresee which these are.
#[derive(Debug)]
pub(super) struct Sums {
    /// By day, then by channel.
    // INVARIANT: what stands behind the few first may be another policy's, where the policy has no more than these, and is never asked for then.
    words: [[i64; CHANNELS]; 2],
    /// What was carried over, likewise; nothing unless `carried`.
    great: [[i128; CHANNELS]; 2],
    carried: bool,
}

/// A number that holds what lies beyond caps, in line units.
pub(super) trait Excess: Copy + Ord + Default + From<i64> + TryInto<i64> + TryFrom<i128> + Sub<Output = Self> {}
impl Excess for i64 {}
impl Excess for i128 {}

/// Where caps took something of a day's points.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cut {
    /// The channels beyond their caps, a bit a channel.
    pub(super) channels: u64,
    /// Those of them that are above, not below.
    above: u64,
    /// What the channels come to above or below what a person may have, in line units.
    pub(super) person: i128,
}

impl Cut {
    /// The channels from whose lines something may be taken, a bit a channel: from those worth less than nothing, and from the others. Lines are of the
    /// sign of what is beyond.
    pub(super) fn concerned(&self) -> [u64; 2] {
        let all_if = |yes: bool| 0_u64.wrapping_sub(yes.into());
        [self.channels & !self.above | all_if(self.person < 0), self.above | all_if(self.person > 0)]
    }
}

impl Default for Sums {
    fn default() -> Self {
        Self { words: [[0; CHANNELS]; 2], great: [[0; CHANNELS]; 2], carried: false }
    }
}

impl Sums {
    /// Makes room for another person of this policy.
    pub(super) fn clear(&mut self, policy: &Compiled) {
        for words in &mut self.words {
            match words.first_chunk_mut::<FEW>() {
                Some(words) if has_few(policy) => *words = [0; FEW],
                _ => *words = [0; CHANNELS],
            }
        }
        if self.carried {
            self.great = [[0; CHANNELS]; 2];
            self.carried = false;
        }
    }

    /// Adds points to a channel, on the day and on the earlier one.
    #[inline]
    pub(super) fn add(&mut self, channel: u8, points: [i64; 2]) {
        // INVARIANT: a policy has at most 64 channels; and no more lines are added than fit.
        let channel = usize::from(channel) % CHANNELS;
        for (words, points) in self.words.iter_mut().zip(points) {
            words[channel] = words[channel].wrapping_add(points);
        }
    }

    /// Empties the machine words for more lines.
    pub(super) fn carry(&mut self) {
        for (words, greats) in self.words.iter_mut().zip(&mut self.great) {
            for (word, great) in words.iter_mut().zip(greats) {
                *great += i128::from(core::mem::take(word));
            }
        }
        self.carried = true;
    }

    /// Whether they were carried over, so that a machine word may not hold them.
    pub(super) const fn carried(&self) -> bool {
        self.carried
    }

    /// The day's sum of each channel.
    pub(super) fn today<'a>(&'a self, policy: &'a Compiled) -> impl Iterator<Item = i128> + 'a {
        (0..policy.channel_caps.len()).map(|channel| self.whole(0, channel))
    }

    /// The sum of a channel on one of the days.
    fn whole(&self, when: usize, channel: usize) -> i128 {
        i128::from(self.words[when][channel]) + self.great[when][channel]
    }

    /// The points of the person on the day and on the earlier one; and where a cap took something of the day's, if it did. O(1), since channels are few.
    #[inline]
    pub(super) fn within_caps(&self, policy: &Compiled) -> ([i64; 2], Option<Cut>) {
        self.surely_within_caps(policy).map_or_else(|| self.cut_by_caps(policy), |points| (points, None))
    }

    /// The same, unless a cap may take something of a day's.
    #[inline]
    fn surely_within_caps(&self, policy: &Compiled) -> Option<[i64; 2]> {
        // A number of channels that is known beforehand is gone through without asking how many.
        let few = has_few(policy);
        let sums = self.words.each_ref().map(|words| match (words.first_chunk::<FEW>(), policy.plain_caps.first_chunk()) {
            (Some(words), Some(caps)) if few => surely_within(words, caps),
            _ => surely_within(words, &policy.plain_caps),
        });
        // Negative if the sum of all is below nothing or above what a person may have.
        let beyond = sums.map(|(sum, beyond)| beyond | sum | policy.person_cap.wrapping_sub(sum));
        (beyond[0] | beyond[1] >= 0 && !self.carried).then_some(sums.map(|(sum, _)| sum))
    }

    #[cold]
    fn cut_by_caps(&self, policy: &Compiled) -> ([i64; 2], Option<Cut>) {
        let caps = policy.channel_caps.iter();
        let ([now, then], mut cut) = if self.carried {
            cut_sums(caps.enumerate().map(|(channel, cap)| ([0, 1].map(|when| self.whole(when, channel)), *cap)))
        } else {
            // What fits into a word is within a cap that does not.
            let caps = caps.map(|cap| i64::try_from(*cap).unwrap_or(i64::MAX));
            let (sums, cut) = cut_sums(self.words[0].iter().zip(&self.words[1]).zip(caps).map(|((now, then), cap)| ([*now, *then], cap)));
            (sums.map(i128::from), cut)
        };
        let points = [now, then].map(|sum| sum.clamp(0, policy.person_cap.into()));
        cut.person = now - points[0];
        // INVARIANT: between 0 and a person's cap.
        (points.map(|points| i64::try_from(points).unwrap_or(i64::MAX)), Some(cut).filter(|cut| cut.channels != 0 || cut.person != 0))
    }

    /// What of each channel that is cut lies beyond its cap, by channel.
    // INVARIANT: in numbers that hold the sums themselves.
    pub(super) fn beyond_caps<T: Excess>(&self, policy: &Compiled, cut: &Cut) -> [T; CHANNELS] {
        let mut beyond = [T::default(); CHANNELS];
        for channel in bits(cut.channels) {
            let (sum, cap) = (self.whole(0, channel), policy.channel_caps[channel]);
            beyond[channel] = T::try_from(sum - sum.min(cap).max(-cap)).unwrap_or_default();
        }
        beyond
    }
}

/// What sums on both days, each channel's with its cap, come to within the caps, and where these cut those of the day.
// INVARIANT: no sum is the least number of its sort, and all of them together fit into one.
fn cut_sums<T>(channels: impl Iterator<Item = ([T; 2], T)>) -> ([T; 2], Cut)
where
    T: Copy + Ord + Default + Add<Output = T> + Neg<Output = T>,
{
    let (mut sums, mut cut) = ([T::default(); 2], Cut::default());
    for (channel, (of, cap)) in channels.enumerate() {
        let within = of.map(|sum| sum.min(cap).max(-cap));
        cut.channels |= u64::from(of[0] != within[0]) << channel;
        cut.above |= u64::from(of[0] > within[0]) << channel;
        sums = [sums[0] + within[0], sums[1] + within[1]];
    }
    (sums, cut)
}

/// Whether the few first channels are all that the policy has.
fn has_few(policy: &Compiled) -> bool {
    policy.channel_caps.len() <= FEW
}

/// What these come to, and a negative number if one of them may be beyond its cap. In lanes, several of which a machine takes at once.
// Alone, since it is taken apart into single words where it is put into its caller.
#[inline(never)]
fn surely_within<const N: usize>(words: &[i64; N], caps: &[i64; N]) -> (i64, i64) {
    let (mut sums, mut beyond) = ([0_i64; LANES], [0; LANES]);
    for (words, caps) in words.chunks_exact(LANES).zip(caps.chunks_exact(LANES)) {
        for lane in 0..LANES {
            let (word, cap) = (words[lane], caps[lane]);
            // Negative if the word is greater than the cap, or less than what is below nothing by as much.
            beyond[lane] |= cap.wrapping_sub(word) | cap.wrapping_add(word);
            // INVARIANT: what all lines come to fits.
            sums[lane] = sums[lane].wrapping_add(word);
        }
    }
    (sums.iter().fold(0, |sum, part| sum.wrapping_add(*part)), beyond.iter().fold(0, |any, part| any | part))
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
    use crate::policy::{Policy, plain_caps};
    use proptest::prelude::*;

    /// Lines by channel, on both days, each at most 10¹⁸.
    fn lines() -> impl Strategy<Value = Vec<(u8, [i64; 2])>> {
        let most = 1_000_000_000_000_000_000_i64;
        let amount = prop_oneof![-most..=most, Just(most), Just(-most), -9_000_000_000_000..9_000_000_000_000_i64];
        prop::collection::vec((0_u8..4, [amount.clone(), amount]), 0..40)
    }

    /// The default policy with so many channels, its caps again and again; none of them capped where that is asked for.
    fn policy_of(channels: usize, uncapped: bool) -> Compiled {
        let mut policy = Policy::default().compiled().clone();
        let caps = policy.channel_caps.clone();
        policy.channel_caps = (0..channels).map(|channel| if uncapped { i128::MAX } else { caps[channel % caps.len()] }).collect();
        policy.plain_caps = plain_caps(&policy.channel_caps);
        policy
    }

    proptest! {
        /// However often sums are carried over, and however many channels there are, points and cuts are those of plain sums in great numbers.
        #[test]
        fn carrying_over_changes_nothing(
            lines in lines(),
            uncapped in any::<bool>(),
            channels in prop_oneof![Just(4), Just(FEW), Just(FEW + 1), Just(CHANNELS)],
        ) {
            let policy = policy_of(channels, uncapped);
            let wide = policy_of(CHANNELS, false);
            // Channels that lie apart, the last among them.
            let last = u8::try_from(channels - 1).unwrap();
            let lines: Vec<(u8, [i64; 2])> = lines.into_iter().map(|(channel, points)| (last * channel / 3, points)).collect();
            let mut sums = Sums::default();
            for times in 0..2 {
                // Another policy's person in between.
                sums.clear(&wide);
                (0..64).for_each(|channel| sums.add(channel, [7, -7]));
                if times == 1 {
                    sums.carry();
                }
                prop_assert_eq!(sums.within_caps(&wide).0, [64 * 7, 0]);
                sums.clear(&policy);
                for (number, part) in lines.chunks(9).enumerate() {
                    if number > 0 {
                        sums.carry();
                    }
                    for (channel, points) in part {
                        sums.add(*channel, *points);
                    }
                }
                let plain = |when: usize| -> Vec<i128> {
                    let of = |channel: usize| {
                        lines.iter().filter(|line| usize::from(line.0) == channel).map(|line| i128::from(line.1[when])).sum()
                    };
                    (0..channels).map(of).collect()
                };
                let within = |when: usize| -> i128 {
                    plain(when).iter().zip(&policy.channel_caps).map(|(sum, cap)| (*sum).min(*cap).max(-*cap)).sum()
                };
                let person = |when: usize| within(when).min(policy.person_cap.into()).max(0);
                let (points, cut) = sums.within_caps(&policy);
                prop_assert_eq!(cut.is_some(), cut.is_some_and(|cut| cut.channels != 0 || cut.person != 0));
                let cut = cut.unwrap_or_default();
                prop_assert_eq!(points.map(i128::from), [person(0), person(1)], "time {}", times);
                prop_assert_eq!(sums.today(&policy).collect::<Vec<_>>(), plain(0));
                prop_assert_eq!(cut.person, within(0) - person(0));
                let beyond: Vec<i128> = plain(0).iter().zip(&policy.channel_caps).map(|(sum, cap)| sum - (*sum).min(*cap).max(-*cap)).collect();
                prop_assert_eq!(&sums.beyond_caps::<i128>(&policy, &cut)[..channels], &beyond[..]);
                if !sums.carried() {
                    prop_assert!(sums.beyond_caps::<i64>(&policy, &cut).iter().zip(&beyond).all(|(word, great)| i128::from(*word) == *great));
                }
                let bits = |set: u64| (0..channels).map(|at| set >> at & 1 == 1).collect::<Vec<_>>();
                prop_assert_eq!(bits(cut.above), beyond.iter().map(|one| *one > 0).collect::<Vec<_>>());
                let cut_channels = plain(0).iter().zip(&policy.channel_caps).map(|(sum, cap)| sum.abs() > *cap).collect::<Vec<_>>();
                prop_assert_eq!(bits(cut.channels), cut_channels);
            }
        }
    }
}
