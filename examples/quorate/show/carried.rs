//! Columns that are carried through beside ours.

use csv::ByteRecord;
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::exit::say;

/// Names of our columns beside those of a file: one that is taken gets a prefix, as often as need be, and that is said.
pub fn beside(header: &[String], own: &[&str], prefix: &str) -> Vec<String> {
    let taken = |name: &str| header.iter().any(|column| column == name);
    let mut names = Vec::with_capacity(own.len());
    for name in own {
        let mut free = String::from(*name);
        while taken(&free) {
            free.insert_str(0, prefix);
        }
        if free != *name {
            say(format!("note: the file has a column `{name}` of its own, which is kept; ours is `{free}`"));
        }
        names.push(free);
    }
    names
}

/// The cells of a row as an object, by the names of their columns.
pub struct Cells<'r> {
    pub header: &'r [String],
    pub cells: &'r ByteRecord,
}

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.header.len()))?;
        for (at, (name, cell)) in self.header.iter().zip(self.cells).enumerate() {
            let cell = String::from_utf8_lossy(cell);
            if name.is_empty() { map.serialize_entry(&format!("column {}", at + 1), &cell)? } else { map.serialize_entry(name, &cell)? }
        }
        map.end()
    }
}

/// A list in one cell.
pub fn joined<T>(items: impl IntoIterator<Item = T>, text: impl Fn(T) -> String) -> String {
    items.into_iter().map(text).collect::<Vec<_>>().join(";")
}
