//! Readings of titles as documents.

use core::fmt::Display;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::reading::{TitleAlternative, TitleFinding, TitleReading, TitleWords};

impl Serialize for TitleReading {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("seniority", &self.seniority)?;
        map.serialize_entry("function", &self.function)?;
        map.serialize_entry("relationship", &self.relationship)?;
        map.end()
    }
}

impl<T: Display> Serialize for TitleFinding<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("value", &format_args!("{}", self.value))?;
        map.serialize_entry("confidence", &self.confidence)?;
        map.serialize_entry("words", &self.words)?;
        map.serialize_entry("rule", &*self.rule)?;
        map.serialize_entry("alternatives", &self.alternatives)?;
        map.end()
    }
}

impl<T: Display> Serialize for TitleAlternative<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("value", &format_args!("{}", self.value))?;
        map.serialize_entry("confidence", &self.confidence)?;
        map.serialize_entry("words", &self.words)?;
        map.serialize_entry("rule", &*self.rule)?;
        map.end()
    }
}

impl Serialize for TitleWords {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
