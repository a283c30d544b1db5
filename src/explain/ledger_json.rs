//! The JSON of a ledger: persons, rows, seats, and the numbers they add up to; every decimal as canonical text.

use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::ledger::{Ledger, LedgerChannel, LedgerPerson, LedgerRow, LedgerSeat};

impl Serialize for Ledger {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows: Vec<RowOf<'_>> = self.rows.iter().map(|row| RowOf { row, person: &self.persons[row.person] }).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("points", &self.points)?;
        map.serialize_entry("readiness", &self.readiness)?;
        map.serialize_entry("persons", &self.persons)?;
        map.serialize_entry("seats", &self.seats)?;
        map.serialize_entry("rows", &rows)?;
        map.end()
    }
}

/// A row says by itself whose it is, so that a list of rows can be read alone.
struct RowOf<'a> {
    row: &'a LedgerRow,
    person: &'a LedgerPerson,
}

impl Serialize for RowOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = self.row;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("contact", &self.person.contact())?;
        map.serialize_entry("kind", row.kind())?;
        map.serialize_entry("day", &row.day)?;
        map.serialize_entry("signals", &row.signals)?;
        map.serialize_entry("each", &row.each)?;
        map.serialize_entry("decay", &row.decay)?;
        map.serialize_entry("before", &row.before)?;
        map.serialize_entry("counted", &row.counted)?;
        map.serialize_entry("state", row.state.token())?;
        map.end()
    }
}

impl Serialize for LedgerPerson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("contact", &self.contact())?;
        map.serialize_entry("belongs", self.belongs.token())?;
        map.serialize_entry("channels", &self.channels)?;
        map.serialize_entry("before", &self.before)?;
        map.serialize_entry("points", &self.points)?;
        map.serialize_entry("weight", &self.weight)?;
        map.serialize_entry("share", &self.share)?;
        map.end()
    }
}

impl Serialize for LedgerChannel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("channel", &self.channel)?;
        map.serialize_entry("sum", &self.sum)?;
        map.serialize_entry("cap", &self.cap)?;
        map.serialize_entry("counted", &self.counted)?;
        map.end()
    }
}

impl Serialize for LedgerSeat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("role", &self.role)?;
        map.serialize_entry("contact", self.contact())?;
        map.serialize_entry("share", &self.share)?;
        map.end()
    }
}
