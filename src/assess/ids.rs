//! Ids in results: named without copying their texts.

use core::fmt;

use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeSeq, Serializer};

use crate::roster::Names;

/// Contacts named in a result, ordered by id, each once.
///
/// Equal where the ids are, whatever graph they are of; the ids stay readable after the graph has changed or is gone.
#[derive(Clone, Default)]
pub struct ContactIds {
    names: Names,
    numbers: Vec<u32>,
}

impl ContactIds {
    /// Names contacts by the graph's numbers, which must come ordered by id.
    pub(crate) const fn new(names: Names, numbers: Vec<u32>) -> Self {
        Self { names, numbers }
    }

    /// The graph's numbers, in the order of the ids.
    pub(crate) fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// The ids in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.numbers.iter().map(|number| self.names.text(*number))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}

impl PartialEq for ContactIds {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for ContactIds {}

impl fmt::Debug for ContactIds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for ContactIds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.numbers.len()))?;
        for id in self.iter() {
            list.serialize_element(id)?;
        }
        list.end()
    }
}

/// The id of an account or group in a result.
#[derive(Clone)]
pub(crate) struct Named {
    pub(crate) names: Names,
    pub(crate) number: u32,
}

impl Named {
    pub(crate) fn text(&self) -> &str {
        self.names.text(self.number)
    }
}

impl serde::Serialize for Named {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

impl PartialEq for Named {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Eq for Named {}

impl fmt::Debug for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.text(), f)
    }
}
