//! A person's lines added up by [lane](crate::policy::Lanes), and what the caps leave of them.

use core::ops::{Add, Neg, Sub};

use crate::policy::{CHANNELS_MAX as LANES, Compiled};

const _: () = assert!(LANES <= 64 && LANES % FEW == 0 && FEW % AT_ONCE == 0, "there is a bit for every lane");

/// Lanes that most policies do not have more of.
const FEW: usize = 8;
/// Lanes that are held against their caps at once.
const AT_ONCE: usize = 4;

/// The sums of a person's lines by lane, on the day and on the earlier one, in line units.
///
/// They are added up in machine words: as many lines as surely fit ([`Compiled::lines_in_a_word`]), after which they are [carried](Self::carry) over to
/// greater numbers. As many lanes are gone through whatever the person has, since nobody can foresee which these are.
#[derive(Debug)]
pub(super) struct Sums {
    /// By day, then by lane.
    // INVARIANT: what stands behind the few first may be another policy's, where the policy has no more than these, and is never asked for then.
    words: [[i64; LANES]; 2],
    /// What was carried over, likewise; nothing unless `carried`.
    great: [[i128; LANES]; 2],
    carried: bool,
}

/// A number that holds what lies beyond caps, in line units.
pub(super) trait Excess: Copy + Ord + Default + From<i64> + TryInto<i64> + TryFrom<i128> + Sub<Output = Self> {}
impl Excess for i64 {}
impl Excess for i128 {}

/// Where caps took something of a day's points.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cut {
    /// The lanes beyond their caps, a bit a lane.
    pub(super) lanes: u64,
    /// Those of them that are above, not below.
    above: u64,
    /// What the lanes come to above or below what a person may have, in line units.
    pub(super) person: i128,
}

impl Cut {
    /// The lanes from whose lines something may be taken, a bit a lane: from those worth less than nothing, and from the others. Lines are of the
    /// sign of what is beyond.
    pub(super) fn concerned(&self) -> [u64; 2] {
        let all_if = |yes: bool| 0_u64.wrapping_sub(yes.into());
        [self.lanes & !self.above | all_if(self.person < 0), self.above | all_if(self.person > 0)]
    }
}

impl Default for Sums {
    fn default() -> Self {
        Self { words: [[0; LANES]; 2], great: [[0; LANES]; 2], carried: false }
    }
}

impl Sums {
    /// Makes room for another person of this policy.
    pub(super) fn clear(&mut self, policy: &Compiled) {
        for words in &mut self.words {
            match words.first_chunk_mut::<FEW>() {
                Some(words) if has_few(policy) => *words = [0; FEW],
                _ => *words = [0; LANES],
            }
        }
        if self.carried {
            self.great = [[0; LANES]; 2];
            self.carried = false;
        }
    }

    /// Adds points to a lane, on the day and on the earlier one.
    #[inline]
    pub(super) fn add(&mut self, lane: u8, points: [i64; 2]) {
        // INVARIANT: a policy has at most 64 lanes; and no more lines are added than fit.
        let lane = usize::from(lane) % LANES;
        for (words, points) in self.words.iter_mut().zip(points) {
            words[lane] = words[lane].wrapping_add(points);
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

    /// The sum of a lane on one of the days.
    fn whole(&self, when: usize, lane: usize) -> i128 {
        i128::from(self.words[when][lane]) + self.great[when][lane]
    }

    /// The points of the person on the day and on the earlier one; and where a cap took something of the day's, if it did. O(1), since lanes are few.
    #[inline]
    pub(super) fn within_caps(&self, policy: &Compiled) -> ([i64; 2], Option<Cut>) {
        self.surely_within_caps(policy).map_or_else(|| self.cut_by_caps(policy), |points| (points, None))
    }

    /// The same, unless a cap may take something of a day's.
    #[inline]
    fn surely_within_caps(&self, policy: &Compiled) -> Option<[i64; 2]> {
        // A number of lanes that is known beforehand is gone through without asking how many.
        let few = has_few(policy);
        let sums = self.words.each_ref().map(|words| match (words.first_chunk::<FEW>(), policy.lanes.plain_caps.first_chunk()) {
            (Some(words), Some(caps)) if few => surely_within(words, caps),
            _ => surely_within(words, &policy.lanes.plain_caps),
        });
        // Negative if the sum of all is below nothing or above what a person may have.
        let beyond = sums.map(|(sum, beyond)| beyond | sum | policy.person_cap.wrapping_sub(sum));
        (beyond[0] | beyond[1] >= 0 && !self.carried).then_some(sums.map(|(sum, _)| sum))
    }

    #[cold]
    fn cut_by_caps(&self, policy: &Compiled) -> ([i64; 2], Option<Cut>) {
        let caps = policy.lanes.caps.iter();
        let ([now, then], mut cut) = if self.carried {
            cut_sums(caps.enumerate().map(|(lane, cap)| ([0, 1].map(|when| self.whole(when, lane)), *cap)))
        } else {
            // What fits into a word is within a cap that does not.
            let caps = caps.map(|cap| i64::try_from(*cap).unwrap_or(i64::MAX));
            let (sums, cut) = cut_sums(self.words[0].iter().zip(&self.words[1]).zip(caps).map(|((now, then), cap)| ([*now, *then], cap)));
            (sums.map(i128::from), cut)
        };
        let points = [now, then].map(|sum| sum.clamp(0, policy.person_cap.into()));
        cut.person = now - points[0];
        // INVARIANT: between 0 and a person's cap.
        (points.map(|points| i64::try_from(points).unwrap_or(i64::MAX)), Some(cut).filter(|cut| cut.lanes != 0 || cut.person != 0))
    }

    /// What of each lane that is cut lies beyond its cap, by lane.
    // INVARIANT: in numbers that hold the sums themselves.
    pub(super) fn beyond_caps<T: Excess>(&self, policy: &Compiled, cut: &Cut) -> [T; LANES] {
        let mut beyond = [T::default(); LANES];
        for lane in bits(cut.lanes) {
            let (sum, cap) = (self.whole(0, lane), policy.lanes.caps[lane]);
            beyond[lane] = T::try_from(sum - sum.min(cap).max(-cap)).unwrap_or_default();
        }
        beyond
    }
}

/// What sums on both days, each lane's with its cap, come to within the caps, and where these cut those of the day.
// INVARIANT: no sum is the least number of its sort, and all of them together fit into one.
fn cut_sums<T>(lanes: impl Iterator<Item = ([T; 2], T)>) -> ([T; 2], Cut)
where
    T: Copy + Ord + Default + Add<Output = T> + Neg<Output = T>,
{
    let (mut sums, mut cut) = ([T::default(); 2], Cut::default());
    for (lane, (of, cap)) in lanes.enumerate() {
        let within = of.map(|sum| sum.min(cap).max(-cap));
        cut.lanes |= u64::from(of[0] != within[0]) << lane;
        cut.above |= u64::from(of[0] > within[0]) << lane;
        sums = [sums[0] + within[0], sums[1] + within[1]];
    }
    (sums, cut)
}

/// Whether the few first lanes are all that the policy has.
fn has_few(policy: &Compiled) -> bool {
    policy.lanes.caps.len() <= FEW
}

/// What these come to, and a negative number if one of them may be beyond its cap. Several at once, as machines can.
// Alone, since it is taken apart into single words where it is put into its caller.
#[inline(never)]
fn surely_within<const N: usize>(words: &[i64; N], caps: &[i64; N]) -> (i64, i64) {
    let (mut sums, mut beyond) = ([0_i64; AT_ONCE], [0; AT_ONCE]);
    for (words, caps) in words.chunks_exact(AT_ONCE).zip(caps.chunks_exact(AT_ONCE)) {
        for at in 0..AT_ONCE {
            let (word, cap) = (words[at], caps[at]);
            // Negative if the word is greater than the cap, or less than what is below nothing by as much.
            beyond[at] |= cap.wrapping_sub(word) | cap.wrapping_add(word);
            // INVARIANT: what all lines come to fits.
            sums[at] = sums[at].wrapping_add(word);
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
    use crate::policy::{Lanes, Policy};
    use proptest::prelude::*;

    /// Lines by lane, on both days, each at most 10¹⁸.
    fn lines() -> impl Strategy<Value = Vec<(u8, [i64; 2])>> {
        let most = 1_000_000_000_000_000_000_i64;
        let amount = prop_oneof![-most..=most, Just(most), Just(-most), -9_000_000_000_000..9_000_000_000_000_i64];
        prop::collection::vec((0_u8..4, [amount.clone(), amount]), 0..40)
    }

    /// The default policy with so many lanes, the caps of its channels again and again; none of them capped where that is asked for.
    fn policy_of(lanes: usize, uncapped: bool) -> Compiled {
        let mut policy = Policy::default().compiled().clone();
        let caps = policy.channel_caps.iter().cycle().take(lanes);
        policy.lanes = Lanes::with(caps.map(|cap| if uncapped { i128::MAX } else { *cap }).collect());
        policy
    }

    proptest! {
        /// However often sums are carried over, and however many lanes there are, points and cuts are those of plain sums in great numbers.
        #[test]
        fn carrying_over_changes_nothing(
            lines in lines(),
            uncapped in any::<bool>(),
            lanes in prop_oneof![Just(4), Just(FEW), Just(FEW + 1), Just(LANES)],
        ) {
            let policy = policy_of(lanes, uncapped);
            let wide = policy_of(LANES, false);
            // Lanes that lie apart, the last among them.
            let last = u8::try_from(lanes - 1).unwrap();
            let lines: Vec<(u8, [i64; 2])> = lines.into_iter().map(|(lane, points)| (last * lane / 3, points)).collect();
            let mut sums = Sums::default();
            for times in 0..2 {
                // Another policy's person in between.
                sums.clear(&wide);
                (0..64).for_each(|lane| sums.add(lane, [7, -7]));
                if times == 1 {
                    sums.carry();
                }
                prop_assert_eq!(sums.within_caps(&wide).0, [64 * 7, 0]);
                sums.clear(&policy);
                for (number, part) in lines.chunks(9).enumerate() {
                    if number > 0 {
                        sums.carry();
                    }
                    for (lane, points) in part {
                        sums.add(*lane, *points);
                    }
                }
                let plain = |when: usize| -> Vec<i128> {
                    let of = |lane: usize| {
                        lines.iter().filter(|line| usize::from(line.0) == lane).map(|line| i128::from(line.1[when])).sum()
                    };
                    (0..lanes).map(of).collect()
                };
                let within = |when: usize| -> i128 {
                    plain(when).iter().zip(&policy.lanes.caps).map(|(sum, cap)| (*sum).min(*cap).max(-*cap)).sum()
                };
                let person = |when: usize| within(when).min(policy.person_cap.into()).max(0);
                let (points, cut) = sums.within_caps(&policy);
                prop_assert_eq!(cut.is_some(), cut.is_some_and(|cut| cut.lanes != 0 || cut.person != 0));
                let cut = cut.unwrap_or_default();
                prop_assert_eq!(points.map(i128::from), [person(0), person(1)], "time {}", times);
                prop_assert_eq!(cut.person, within(0) - person(0));
                let beyond: Vec<i128> = plain(0).iter().zip(&policy.lanes.caps).map(|(sum, cap)| sum - (*sum).min(*cap).max(-*cap)).collect();
                prop_assert_eq!(&sums.beyond_caps::<i128>(&policy, &cut)[..lanes], &beyond[..]);
                if !sums.carried() {
                    prop_assert!(sums.beyond_caps::<i64>(&policy, &cut).iter().zip(&beyond).all(|(word, great)| i128::from(*word) == *great));
                }
                let bits = |set: u64| (0..lanes).map(|at| set >> at & 1 == 1).collect::<Vec<_>>();
                prop_assert_eq!(bits(cut.above), beyond.iter().map(|one| *one > 0).collect::<Vec<_>>());
                let cut_lanes = plain(0).iter().zip(&policy.lanes.caps).map(|(sum, cap)| sum.abs() > *cap).collect::<Vec<_>>();
                prop_assert_eq!(bits(cut.lanes), cut_lanes);
            }
        }
    }
}
