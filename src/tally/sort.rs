//! Numbers sorted by counting their digits, from the lowest to the highest (radix sort).

use alloc::vec::Vec;

/// Bits that one pass sorts by. Source: measured; with more than 12 what a pass notes of each value no longer fits into the first cache.
pub(super) const DIGIT: u32 = 12;

/// The values of a digit.
const VALUES: usize = 1 << DIGIT;

/// Keys below which comparing them costs less than going through all values of a digit. Source: measured.
const FEW: usize = 1_024;

/// A packed row: as narrow as what it holds allows.
pub(super) trait Key: Copy + Ord + Default + Send + Sync {
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

/// Where keys are sorted; used again for others.
#[derive(Default)]
pub(super) struct Sorter<K> {
    keys: Vec<K>,
    spare: Vec<K>,
    /// How often each value of each digit stands in the keys, the lowest digit first.
    digits: Vec<[u32; VALUES]>,
}

/// The lowest digit.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "masked to a few bits")]
const fn digit(key: u64) -> usize {
    key as usize % VALUES
}

impl<K: Key> Sorter<K> {
    /// The keys of several lists, sorted by so many bits, above which they have none.
    pub(super) fn sorted<'k>(&mut self, lists: &(impl Iterator<Item = &'k [K]> + Clone), bits: u32) -> &[K]
    where
        K: 'k,
    {
        let count = lists.clone().map(<[K]>::len).sum();
        // More than can be counted are compared, too: nobody has so many of a few subjects.
        if count < FEW || u32::try_from(count).is_err() {
            self.keys.clear();
            lists.clone().for_each(|list| self.keys.extend_from_slice(list));
            self.keys.sort_unstable();
            return &self.keys;
        }
        self.digits.clear();
        self.digits.resize(bits.div_ceil(DIGIT) as usize, [0; VALUES]);
        for (place, pair) in (0..).step_by(2).zip(self.digits.chunks_mut(2)) {
            count_digits(lists.clone().flatten(), pair, place * DIGIT);
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
                by_digit(self.keys.iter(), &mut self.spare, counts, place * DIGIT);
            }
            core::mem::swap(&mut self.keys, &mut self.spare);
        }
        &self.keys
    }
}

/// Counts how often each value of a digit stands in keys, the digit from bit `low` on, and the next one where there is room for two.
fn count_digits<'k, K: Key + 'k>(keys: impl Iterator<Item = &'k K>, counts: &mut [[u32; VALUES]], low: u32) {
    match counts {
        [one, next] => keys.for_each(|key| {
            let rest = key.unpack() >> low;
            more(&mut one[digit(rest)]);
            more(&mut next[digit(rest >> DIGIT)]);
        }),
        [one, ..] => keys.for_each(|key| more(&mut one[digit(key.unpack() >> low)])),
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
fn by_digit<'k, K: Key + 'k>(from: impl Iterator<Item = &'k K>, to: &mut [K], counts: &mut [u32; VALUES], low: u32) {
    let mut sum = 0;
    for count in &mut *counts {
        sum += core::mem::replace(count, sum);
    }
    from.for_each(|key| {
        let at = &mut counts[digit(key.unpack() >> low)];
        to[*at as usize] = *key;
        more(at);
    });
}
