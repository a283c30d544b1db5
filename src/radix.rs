//! Numbers sorted by counting their digits, from the lowest to the highest (radix sort).

use alloc::vec::Vec;

/// A number that is sorted: as narrow as what it holds allows.
pub(crate) trait Key: Copy + Ord + Default + Send + Sync {
    fn pack(packed: u64) -> Self;
    fn unpack(self) -> u64;
}

impl Key for u32 {
    #[allow(clippy::cast_possible_truncation, reason = "chosen only where 32 bits are enough")]
    fn pack(packed: u64) -> Self {
        packed as Self
    }
    fn unpack(self) -> u64 {
        self.into()
    }
}

impl Key for u64 {
    fn pack(packed: u64) -> Self {
        packed
    }
    fn unpack(self) -> u64 {
        self
    }
}

/// Where keys are sorted by digits of so many values, a power of two; used again for others.
#[derive(Debug, Default)]
pub(crate) struct Sorter<K, const VALUES: usize> {
    keys: Vec<K>,
    spare: Vec<K>,
    /// How often each value of each digit stands in the keys, the lowest digit first.
    digits: Vec<[u32; VALUES]>,
}

/// The lowest digit.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "masked to a few bits")]
const fn digit<const VALUES: usize>(key: u64) -> usize {
    key as usize % VALUES
}

impl<K: Key, const VALUES: usize> Sorter<K, VALUES> {
    /// Bits that one pass sorts by.
    pub(crate) const DIGIT: u32 = VALUES.ilog2();
    /// Keys below which comparing them costs less than going through all values of a digit. Source: measured.
    const FEW: usize = VALUES / 4;

    /// The keys of several lists, sorted; none has more than so many bits.
    pub(crate) fn sorted<'k>(&mut self, lists: &(impl Iterator<Item = &'k [K]> + Clone), bits: u32) -> &[K]
    where
        K: 'k,
    {
        let count = lists.clone().map(<[K]>::len).sum();
        // More than can be counted are compared, too: nobody has so many of a few subjects.
        if count < Self::FEW || u32::try_from(count).is_err() {
            self.keys.clear();
            lists.clone().for_each(|list| self.keys.extend_from_slice(list));
            self.keys.sort_unstable();
            return &self.keys;
        }
        // One pass at least, since it is passes that bring the keys here.
        self.digits.clear();
        self.digits.resize(bits.div_ceil(Self::DIGIT).max(1) as usize, [0; VALUES]);
        for (place, pair) in (0..).step_by(2).zip(self.digits.chunks_mut(2)) {
            count_digits(lists.clone().flatten(), pair, place * Self::DIGIT);
        }
        // What stands there is written over.
        for keys in [&mut self.keys, &mut self.spare] {
            keys.resize(count, K::default());
        }
        for (place, counts) in (0..).zip(&mut self.digits) {
            // The first pass reads the keys where they are.
            if place == 0 {
                by_digit(lists.clone().flatten(), &mut self.spare, counts, 0);
            } else {
                by_digit(self.keys.iter(), &mut self.spare, counts, place * Self::DIGIT);
            }
            core::mem::swap(&mut self.keys, &mut self.spare);
        }
        &self.keys
    }
}

/// Counts how often each value of a digit stands in keys, the digit from bit `low` on, and the next one where there is room for two.
fn count_digits<'k, K: Key + 'k, const VALUES: usize>(keys: impl Iterator<Item = &'k K>, counts: &mut [[u32; VALUES]], low: u32) {
    match counts {
        [one, next] => keys.for_each(|key| {
            let rest = key.unpack() >> low;
            more(&mut one[digit::<VALUES>(rest)]);
            more(&mut next[digit::<VALUES>(rest >> VALUES.ilog2())]);
        }),
        [one, ..] => keys.for_each(|key| more(&mut one[digit::<VALUES>(key.unpack() >> low)])),
        [] => {}
    }
}

/// One more.
// INVARIANT: there are fewer keys than 2³².
#[inline]
const fn more(count: &mut u32) {
    *count = count.wrapping_add(1);
}

/// Sorts by the digit from bit `low` on, keeping the order of keys that agree in it; `counts`: how many have each value.
fn by_digit<'k, K: Key + 'k, const VALUES: usize>(from: impl Iterator<Item = &'k K>, to: &mut [K], counts: &mut [u32; VALUES], low: u32) {
    let mut sum = 0;
    for count in &mut *counts {
        // INVARIANT: there are fewer keys than 2³².
        sum = core::mem::replace(count, sum).wrapping_add(sum);
    }
    from.for_each(|key| {
        let at = &mut counts[digit::<VALUES>(key.unpack() >> low)];
        to[*at as usize] = *key;
        more(at);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// However many keys there are, of however many bits.
        #[test]
        fn keys_come_in_order(
            (bits, keys) in (0_u32..50).prop_flat_map(|bits| (Just(bits), prop::collection::vec(0..1_u64 << bits, 0..200))),
            first in 0_usize..200,
        ) {
            let (one, other) = keys.split_at(first.min(keys.len()));
            let mut expected = keys.clone();
            expected.sort_unstable();
            let (mut few, mut many) = (Sorter::<u64, 16>::default(), Sorter::<u64, 128>::default());
            // Twice, in room that was used.
            for _ in 0..2 {
                prop_assert_eq!(few.sorted(&[one, other].into_iter(), bits), &expected[..]);
                prop_assert_eq!(many.sorted(&[one, other].into_iter(), bits), &expected[..]);
            }
        }
    }
}
