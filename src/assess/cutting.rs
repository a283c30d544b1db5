//! The order in which caps cut the lines of a person: the oldest day first, within a day the policy's last kind first.

use alloc::vec::Vec;

use super::caps::Line;

/// Lines by their place, in that order. They come in the order of their days, so that only those of one day are put in order.
///
/// A word a line; from high to low the day, how many kinds there may be from the line's to the last, and the line's place.
#[derive(Debug, Default)]
pub(super) struct CuttingOrder {
    /// Room for words; what stands behind the first `len` is nothing.
    words: Vec<u64>,
    len: usize,
}

// INVARIANT: a day has 17 bits and a kind 12; of a kind and day there is one line at most, so that 31 bits are enough for their places.
const PLACE_BITS: u32 = 31;
const KIND_BITS: u32 = 12;
const DAY_AT: u32 = PLACE_BITS + KIND_BITS;
const LAST_KIND: u64 = (1 << KIND_BITS) - 1;

const _: () = assert!(crate::policy::KINDS_MAX <= 1 << KIND_BITS, "every kind of a policy has a number");

/// The word of a line of a day and a kind, by its number in the policy, but for its place.
#[inline]
pub(super) const fn key(day: u32, kind: u16) -> u64 {
    (day as u64) << DAY_AT | (LAST_KIND ^ kind as u64) << PLACE_BITS
}

impl CuttingOrder {
    /// Notes the lines of a person instead of another's; their days rise. O(lines).
    pub(super) fn note(&mut self, lines: &[Line]) {
        self.note_wanted(lines.iter().map(|line| (key(line.day.number(), line.kind), true)));
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

    /// The places of the lines noted, in order. O(lines), and n log n in those of a day.
    pub(super) fn places(&mut self) -> impl Iterator<Item = usize> + use<'_> {
        let words = &mut self.words[..self.len];
        put_in_order(words);
        words.iter().map(|word| place(*word))
    }
}

/// Puts words in order whose days rise.
fn put_in_order(words: &mut [u64]) {
    // Few days have several lines, and of these most have two: so neighbours are put in order first, which needs no jump.
    let mut in_order = true;
    for at in 1..words.len() {
        let (one, next) = (words[at - 1], words[at]);
        (words[at - 1], words[at]) = (one.min(next), one.max(next));
        in_order &= at < 2 || words[at - 2] <= words[at - 1];
    }
    if !in_order {
        words.chunk_by_mut(|a, b| *a >> DAY_AT == *b >> DAY_AT).for_each(<[u64]>::sort_unstable);
    }
}

#[allow(clippy::cast_possible_truncation, reason = "a place has 31 bits")]
const fn place(word: u64) -> usize {
    (word & ((1 << PLACE_BITS) - 1)) as usize
}

#[cfg(test)]
mod tests {
    use core::cmp::Reverse;

    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// However many lines there are, and however far apart their days.
        #[test]
        fn the_oldest_day_comes_first_and_within_it_the_last_kind(
            lines in prop::collection::btree_set((prop_oneof![0_u32..10, 0..1_u32 << 17], 0_u16..4095), 0..150)
                .prop_map(|lines| lines.into_iter().collect::<Vec<_>>())
                .prop_shuffle(),
            wanted in prop::collection::vec(prop::bool::weighted(0.8), 150),
            first in 0_usize..150,
        ) {
            // By day, and within it as it happens.
            let mut lines: Vec<((u32, u16), bool)> = lines.into_iter().zip(wanted).collect();
            lines.sort_by_key(|((day, _), _)| *day);
            let mut order = CuttingOrder::default();
            // In room that was used by more and by fewer.
            for lines in [&lines[..], &lines[first.min(lines.len())..], &lines[..]] {
                let mut expected: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].1).collect();
                expected.sort_by_key(|at| (lines[*at].0.0, Reverse(lines[*at].0.1)));
                order.note_wanted(lines.iter().map(|((day, kind), wanted)| (key(*day, *kind), *wanted)));
                prop_assert_eq!(order.places().collect::<Vec<_>>(), expected);
            }
        }
    }
}
