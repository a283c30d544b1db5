//! An index from texts to numbers, built once.

use alloc::vec::Vec;

use crate::roster::Roster;

/// For every text the numbers it stands for, ascending, each once.
// INVARIANT: starts.len() == keys.len() + 1; starts ascend, from 0 to values.len().
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    keys: Roster,
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Postings {
    /// The numbers of a text; none when the text is not there. Cost: one look-up.
    pub(super) fn get(&self, key: &str) -> &[u32] {
        self.keys.find(key).map_or(&[], |key| self.of(key))
    }

    /// The numbers of the text with that number in [`Postings::keys`].
    pub(super) fn of(&self, key: u32) -> &[u32] {
        let bound = |at: usize| self.starts.get(at).map_or(self.values.len(), |start| *start as usize);
        &self.values[bound(key as usize)..bound(key as usize + 1)]
    }

    /// The texts.
    pub(super) const fn keys(&self) -> &Roster {
        &self.keys
    }
}

/// What becomes a [`Postings`].
#[derive(Default)]
pub(super) struct PostingsBuilder {
    keys: Roster,
    pairs: Vec<(u32, u32)>,
}

impl PostingsBuilder {
    /// Adds a number to a text, and says the text's number. `None` beyond 2³² − 1 texts.
    pub(super) fn add(&mut self, key: &str, value: u32) -> Option<u32> {
        let key = self.keys.intern(key)?;
        self.pairs.push((key, value));
        Some(key)
    }

    /// The index. Cost: n log n.
    pub(super) fn build(mut self) -> Postings {
        self.pairs.sort_unstable();
        self.pairs.dedup();
        let mut starts = Vec::with_capacity(self.keys.len() + 1);
        let mut next = 0;
        for key in 0..=self.keys.len() {
            while self.pairs.get(next).is_some_and(|(of, _)| (*of as usize) < key) {
                next += 1;
            }
            // Fewer than 2³² pairs: each is a name, a domain or an address of a record, of which there are at most 2³⁰ with few of them.
            starts.push(u32::try_from(next).unwrap_or(u32::MAX));
        }
        let values = self.pairs.into_iter().map(|(_, value)| value).collect();
        Postings { keys: self.keys, starts, values }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_finds_its_numbers_in_order_and_once() {
        let mut builder = PostingsBuilder::default();
        for (key, value) in [("b", 7), ("a", 3), ("b", 2), ("b", 7), ("c", 1)] {
            builder.add(key, value);
        }
        let postings = builder.build();
        assert_eq!((postings.get("a"), postings.get("b"), postings.get("c")), (&[3][..], &[2, 7][..], &[1][..]));
        assert_eq!((postings.get("d"), postings.keys().len()), (&[][..], 3));
        assert!(Postings::default().get("a").is_empty());
    }
}
