//! The signals that their sources have numbered: one content for each id.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::content::{Content, Version};
use crate::id::SignalId;
use crate::roster::Roster;

/// The index of identified signals.
///
/// Cost: 24 bytes of content, at most 4 of text offset and about 6 to 11 of look-up for each id, and the text of the id.
#[derive(Clone, Default)]
pub(crate) struct Identified {
    /// The ids by number.
    pub(crate) ids: Roster,
    /// By the number of an id: the content that counts, which is the least that came.
    // INVARIANT: as long as `ids`; exactly one signal of each content is in the counts.
    contents: Vec<Content>,
    /// Every content of an id that came with more than one. Kept whole: this is rare, and the order of texts is at hand.
    // INVARIANT: at least two versions each, the least is the one in `contents`.
    pub(crate) conflicts: BTreeMap<SignalId, BTreeSet<Version>>,
}

impl Identified {
    /// The content that counts, by the number of an id.
    pub(crate) fn content(&self, id: u32) -> &Content {
        &self.contents[id as usize]
    }

    /// The contents that count, by the number of the id.
    pub(crate) fn contents(&self) -> &[Content] {
        &self.contents
    }

    /// How many distinct ids there are.
    pub(crate) fn len(&self) -> usize {
        self.contents.len()
    }

    /// Another content counts from now on.
    pub(crate) fn replace(&mut self, id: u32, content: Content) {
        self.contents[id as usize] = content;
    }

    /// The content of the id that was numbered last.
    pub(crate) fn push(&mut self, content: Content) {
        if self.contents.len() == self.contents.capacity() {
            // An eighth in reserve instead of doubling: the budget is 48 bytes an id.
            self.contents.reserve_exact(self.contents.len() / 8 + 16);
        }
        self.contents.push(content);
    }

    /// Keeps all versions of an id.
    pub(crate) fn keep(&mut self, id: &SignalId, versions: impl IntoIterator<Item = Version>) {
        self.conflicts.entry(id.clone()).or_default().extend(versions);
    }
}
