//! The texts of a roster by number.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

/// Texts in one piece of a [`Names`]; a full piece is never copied again.
const CHUNK: usize = 1024;

/// The texts of a [`Roster`](super::Roster) by number, shared: a clone costs one reference count.
///
/// What an assessment holds, so that it can name people without copying their ids.
#[derive(Clone, Default)]
pub(crate) struct Names(Arc<Vec<Arc<Chunk>>>);

/// Texts, one after another.
#[derive(Clone, Default)]
struct Chunk {
    text: String,
    len: usize,
    /// How many bytes each text has, while all have as many: the ids that one system gives out mostly do, and then there is nothing to be looked up before
    /// a text is found.
    width: usize,
    /// Where each text ends, once two were of different lengths.
    // INVARIANT: empty, or as long as there are texts.
    ends: Vec<u32>,
}

impl Chunk {
    fn range(&self, at: usize) -> Range<usize> {
        if self.ends.is_empty() {
            return at * self.width..(at + 1) * self.width;
        }
        at.checked_sub(1).map_or(0, |before| self.ends[before] as usize)..self.ends[at] as usize
    }

    fn push(&mut self, text: &str) {
        if self.len == 0 {
            self.width = text.len();
        }
        let is_even = self.ends.is_empty() && text.len() == self.width;
        if !is_even {
            if self.ends.is_empty() {
                self.ends.extend((1..=self.len).map(|texts| end(texts * self.width)));
            }
            self.ends.push(end(self.text.len() + text.len()));
        }
        self.text.push_str(text);
        self.len += 1;
    }
}

fn end(bytes: usize) -> u32 {
    // INVARIANT: a chunk holds at most 1024 ids of at most 256 bytes, far below 2^32.
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

impl Names {
    /// The text of a number that this roster gave out.
    pub(crate) fn text(&self, index: u32) -> &str {
        let chunk = &self.0[index as usize / CHUNK];
        &chunk.text[chunk.range(index as usize % CHUNK)]
    }

    /// How many of the first texts are the same pieces of memory as another's, without looking at any text: whole pieces of one origin.
    pub(crate) fn shared_with(&self, other: &Self) -> usize {
        if Arc::ptr_eq(&self.0, &other.0) {
            return self.len();
        }
        let same = self.0.iter().zip(other.0.iter()).take_while(|(own, theirs)| Arc::ptr_eq(own, theirs));
        same.map(|(own, _)| own.len).sum()
    }

    /// Whether a number that another gave out means the same text here. O(its length), without looking at it where both share it.
    pub(crate) fn agree_on(&self, other: &Self, number: u32) -> bool {
        let at = number as usize / CHUNK;
        let shared = self.0.get(at).zip(other.0.get(at)).is_some_and(|(own, theirs)| Arc::ptr_eq(own, theirs));
        shared || ((number as usize) < self.len() && self.text(number) == other.text(number))
    }

    /// How many texts there are.
    pub(crate) fn len(&self) -> usize {
        self.0.last().map_or(0, |last| (self.0.len() - 1) * CHUNK + last.len)
    }

    pub(super) fn push(&mut self, text: &str) {
        let chunks = Arc::make_mut(&mut self.0);
        if chunks.last().is_none_or(|last| last.len == CHUNK) {
            chunks.push(Arc::default());
        }
        if let Some(chunk) = chunks.last_mut().map(Arc::make_mut) {
            chunk.push(text);
        }
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Names({})", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::borrow::ToOwned;
    use alloc::format;
    use proptest::prelude::*;

    proptest! {
        /// However long, wherever in a piece the first one of another length stands, and whether copies were made on the way.
        #[test]
        fn every_text_is_found_by_its_number(
            runs in prop::collection::vec((0_usize..5, prop_oneof![1_usize..4, 500_usize..1_500]), 0..6),
            copy_at in 0_usize..3_000,
        ) {
            let texts: Vec<String> = runs.into_iter().flat_map(|(width, many)| (0..many).map(move |n| format!("{n:04}{}", "é".repeat(width)))).collect();
            let (mut names, mut copy) = (Names::default(), Names::default());
            for (at, text) in texts.iter().enumerate() {
                if at == copy_at {
                    copy = names.clone();
                }
                names.push(text);
                prop_assert_eq!(names.len(), at + 1);
            }
            let found = |names: &Names| (0_u32..).take(names.len()).map(|number| names.text(number).to_owned()).collect::<Vec<_>>();
            prop_assert_eq!(&found(&names), &texts);
            prop_assert_eq!(found(&copy), &texts[..copy.len()]);
            prop_assert_eq!(copy.shared_with(&names), copy.len() / CHUNK * CHUNK);
        }
    }
}
