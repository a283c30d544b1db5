//! Words at either end of a name that do not count: legal forms, personal titles.

use crate::roster::Roster;

/// Words that do not count, and how long the longest are: what is longer is none of them and is not looked up.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    words: Roster,
    bytes_max: usize,
}

impl Forms {
    pub(super) fn add(&mut self, words: &str) {
        // None is refused below 2³² others.
        let _ = self.words.intern(words);
        self.bytes_max = self.bytes_max.max(words.len());
    }

    pub(super) fn has(&self, words: &str) -> bool {
        words.len() <= self.bytes_max && self.words.find(words).is_some()
    }

    /// Words without the longest form at their end. O(longest form), however long the words are.
    pub(super) fn tail_dropped<'a>(&self, words: &'a str) -> Option<&'a str> {
        let start = words.len().saturating_sub(self.bytes_max + 1);
        let mut cuts = (start..words.len()).filter(|at| words.as_bytes()[*at] == b' ').map(|at| (&words[..at], &words[at + 1..]));
        cuts.find(|(_, tail)| self.has(tail)).map(|(head, _)| head)
    }

    /// Words without the longest form at their beginning. O(longest form), however long the words are.
    pub(super) fn head_dropped<'a>(&self, words: &'a str) -> Option<&'a str> {
        let end = words.len().min(self.bytes_max + 1);
        let mut cuts = (0..end).rev().filter(|at| words.as_bytes()[*at] == b' ').map(|at| (&words[..at], &words[at + 1..]));
        cuts.find(|(head, _)| self.has(head)).map(|(_, tail)| tail)
    }
}
