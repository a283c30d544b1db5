//! The order in which caps cut the lines of a person: the oldest day first, within a day the policy's last kind first.

use alloc::vec::Vec;

use super::caps::Line;
use crate::policy::Compiled;
use crate::radix::Sorter;

/// Lines by their place, in that order.
///
/// A word a line, so that they are quickly sorted: from high to low the day, how many kinds of the policy there are from the line's to the last, and the line's place.
#[derive(Debug, Default)]
pub(super) struct CuttingOrder {
    /// Room for words; what stands behind the first `len` is nothing.
    words: Vec<u64>,
    len: usize,
    // A person has few lines of few days, so that two digits of 7 bits are enough as a rule.
    sorter: Sorter<u64, 128>,
}

/// How day and kind are put into a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct CuttingKeys {
    kinds: usize,
    day_at: u32,
}

impl CuttingKeys {
    // INVARIANT: a day has 17 bits and a kind 12; of a kind and day there is one line at most, so that 31 bits are enough for their places.
    const PLACE_BITS: u32 = 31;

    pub(super) fn of(policy: &Compiled) -> Self {
        let kinds = policy.kinds.len();
        Self { kinds, day_at: Self::PLACE_BITS + usize::BITS - kinds.leading_zeros() }
    }

    /// That of a line of a day and a kind, by its number in the policy.
    #[inline]
    pub(super) const fn key(self, day: u32, kind: u16) -> u64 {
        (day as u64) << self.day_at | (self.kinds.wrapping_sub(kind as usize) as u64) << Self::PLACE_BITS
    }
}

impl CuttingOrder {
    /// Notes the lines of a person instead of another's. O(lines).
    pub(super) fn note(&mut self, policy: &Compiled, lines: &[Line]) {
        let keys = CuttingKeys::of(policy);
        self.note_wanted(lines.iter().map(|line| (keys.key(line.day.number(), line.kind), true)));
    }

    /// The same with those that are wanted, of lines given by their key and whether they are. Nothing turns on which these are. O(lines).
    pub(super) fn note_wanted(&mut self, lines: impl ExactSizeIterator<Item = (u64, bool)>) {
        if self.words.len() < lines.len() {
            self.words.resize(lines.len(), 0);
        }
        let mut len = 0_usize;
        for (at, (key, wanted)) in (0_u64..).zip(lines) {
            // Each is written, and stays where the next is not written over it.
            self.words[len] = key | at;
            len = len.wrapping_add(wanted.into());
        }
        self.len = len;
    }

    /// The places of the lines noted, in order. O(lines × days' bits), and O(n log n) where they are few.
    #[allow(clippy::cast_possible_truncation, reason = "a place has 31 bits")]
    pub(super) fn places(&mut self) -> impl Iterator<Item = usize> + '_ {
        let words = &mut self.words[..self.len];
        let ends = words.iter().fold((u64::MAX, 0), |(least, most), word| (least.min(*word), most.max(*word)));
        let least = ends.0 >> CuttingKeys::PLACE_BITS << CuttingKeys::PLACE_BITS;
        // Counted from the first, so that they differ in few bits.
        for word in &mut *words {
            *word = word.wrapping_sub(least);
        }
        let bits = (u64::BITS - ends.1.wrapping_sub(least).leading_zeros()).saturating_sub(CuttingKeys::PLACE_BITS);
        let sorted = self.sorter.sorted(&core::iter::once(&*words), CuttingKeys::PLACE_BITS, bits);
        sorted.iter().map(|word| (word & ((1 << CuttingKeys::PLACE_BITS) - 1)) as usize)
    }
}

#[cfg(test)]
mod tests {
    use core::cmp::Reverse;

    use super::*;
    use crate::policy::Policy;
    use proptest::prelude::*;

    proptest! {
        /// However many lines there are, and however far apart their days.
        #[test]
        fn the_oldest_day_comes_first_and_within_it_the_last_kind(
            lines in prop::collection::btree_set((prop_oneof![0_u32..100, 0..1_u32 << 17], 0_u16..26), 0..150),
            wanted in prop::collection::vec(prop::bool::weighted(0.8), 150),
            first in 0_usize..150,
        ) {
            let keys = CuttingKeys::of(Policy::default().compiled());
            let lines: Vec<((u32, u16), bool)> = lines.into_iter().zip(wanted).collect();
            let mut order = CuttingOrder::default();
            // In room that was used by more and by fewer.
            for lines in [&lines[..], &lines[first.min(lines.len())..], &lines[..]] {
                let mut expected: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].1).collect();
                expected.sort_by_key(|at| (lines[*at].0.0, Reverse(lines[*at].0.1)));
                order.note_wanted(lines.iter().map(|((day, kind), wanted)| (keys.key(*day, *kind), *wanted)));
                prop_assert_eq!(order.places().collect::<Vec<_>>(), expected);
            }
        }
    }
}
