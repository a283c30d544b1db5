//! One sort of record: its ids, its rows by number, and which of them are there.

use alloc::string::String;
use alloc::vec::Vec;

use super::error::EditError;
use crate::problem::{excerpt, nearest};
use crate::roster::Roster;

/// The most records of one sort. Three sorts are nodes of one petgraph graph, whose numbers end at 2³² − 2.
const RECORDS_MAX: u32 = (1 << 30) - 1;

/// How many ids are compared to find the one that was meant. A message is not worth more than a millisecond.
const SUGGESTIONS_MAX: usize = 1_000;

/// A row of a [`Table`]. The default row is a vacant one: its number is known, its record is not there (or no longer).
pub(super) trait Row: Default {
    /// What it is, for messages.
    const WHAT: &'static str;
    /// The same in the plural.
    const MANY: &'static str;

    /// Whether the record is there.
    fn is_live(&self) -> bool;
}

/// Rows by roster number. A number is never given to another id, so that what was counted by number stays right after a removal and a
/// return; the price is that ids that were once used stay in memory.
// INVARIANT: rows.len() == roster.len(); live counts the rows that are live.
#[derive(Clone, Debug, Default)]
pub(super) struct Table<R> {
    pub(super) roster: Roster,
    pub(super) rows: Vec<R>,
    pub(super) live: usize,
}

impl<R: Row> Table<R> {
    /// The row of a number that this table gave out.
    pub(super) fn row(&self, number: u32) -> &R {
        &self.rows[number as usize]
    }

    /// The row of a record that is there, for a number from anywhere.
    pub(super) fn live_row(&self, number: u32) -> Option<&R> {
        self.rows.get(number as usize).filter(|row| row.is_live())
    }

    /// As [`Table::row`], to change it; whether it is live must not change.
    pub(super) fn row_mut(&mut self, number: u32) -> &mut R {
        &mut self.rows[number as usize]
    }

    /// The id of a number that this table gave out.
    pub(super) fn text(&self, number: u32) -> &str {
        self.roster.text(number)
    }

    /// The number of a record that is there.
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        self.roster.find(id).filter(|number| self.row(*number).is_live())
    }

    /// As [`Table::find`] for each of many ids, several times faster in a great table.
    pub(super) fn find_all(&self, ids: &[&str]) -> Vec<Option<u32>> {
        let mut found = self.roster.find_all(ids);
        for number in &mut found {
            *number = number.filter(|number| self.row(*number).is_live());
        }
        found
    }

    /// As [`Table::find`].
    ///
    /// # Errors
    /// [`EditError::Unknown`] when no such record is there.
    pub(super) fn require(&self, id: &str) -> Result<u32, EditError> {
        self.find(id).ok_or_else(|| self.unknown(id, &mut 1))
    }

    /// As [`Table::require`], for a table whose vacant rows are records that could not be used. `suggestions` bounds how often the nearest
    /// id is looked for.
    ///
    /// # Errors
    /// [`EditError::Unusable`] when the record was left out, [`EditError::Unknown`] when there never was one.
    pub(super) fn require_usable(&self, id: &str, suggestions: &mut usize) -> Result<u32, EditError> {
        match self.roster.find(id) {
            Some(number) if self.row(number).is_live() => Ok(number),
            Some(_) => Err(EditError::Unusable { what: R::WHAT, id: id.into() }),
            None => Err(self.unknown(id, suggestions)),
        }
    }

    /// Whether that id is free.
    ///
    /// # Errors
    /// [`EditError::Duplicate`] when a record has it.
    pub(super) fn require_vacant(&self, id: &str) -> Result<(), EditError> {
        if self.find(id).is_some() { Err(EditError::Duplicate { what: R::WHAT, id: id.into() }) } else { Ok(()) }
    }

    /// That no record has this id, with the nearest id that there is.
    pub(super) fn unknown(&self, id: &str, suggestions: &mut usize) -> EditError {
        Self::stranger(id, self.live, self.live().map(|number| self.text(number)), suggestions)
    }

    /// The same while the records of a list are still being numbered: with the nearest id that is listed.
    pub(super) fn unlisted(&self, id: &str, suggestions: &mut usize) -> EditError {
        Self::stranger(id, self.roster.len(), self.roster.iter().map(|(_, id)| id), suggestions)
    }

    fn stranger<'a>(id: &str, count: usize, ids: impl Iterator<Item = &'a str>, suggestions: &mut usize) -> EditError {
        let look = *suggestions > 0 && count <= SUGGESTIONS_MAX;
        let suggestion: Option<String> = if look { nearest(id, ids) } else { None };
        *suggestions -= usize::from(look);
        EditError::Unknown { what: R::WHAT, id: excerpt(id), suggestion }
    }

    /// The number of an id, given out if it has none yet. Nothing that can be seen changes.
    ///
    /// # Errors
    /// [`EditError::Full`] when there are no more numbers.
    pub(super) fn claim(&mut self, id: &str) -> Result<u32, EditError> {
        let full = EditError::Full { what: R::MANY, most: "1,073,741,823" };
        let number = match self.roster.find(id) {
            Some(number) => number,
            None if self.roster.len() >= RECORDS_MAX as usize => return Err(full),
            None => self.roster.intern(id).ok_or(full)?,
        };
        if self.rows.len() <= number as usize {
            self.rows.push(R::default());
        }
        Ok(number)
    }

    /// Fills a vacant row.
    pub(super) fn put(&mut self, number: u32, row: R) {
        debug_assert!(row.is_live() && !self.row(number).is_live());
        *self.row_mut(number) = row;
        self.live += 1;
    }

    /// Vacates a row.
    pub(super) fn take(&mut self, number: u32) -> R {
        debug_assert!(self.row(number).is_live());
        self.live -= 1;
        core::mem::take(self.row_mut(number))
    }

    /// The numbers of the records that are there, ascending.
    pub(super) fn live(&self) -> impl Iterator<Item = u32> {
        // Of rows that are all there none is looked at.
        let all = self.live == self.rows.len();
        (0..).zip(&self.rows).filter(move |(_, row)| all || row.is_live()).map(|(number, _)| number)
    }

    /// The numbers of the records that are there, by id.
    pub(super) fn sorted(&self) -> Vec<u32> {
        self.by_id(self.live().collect())
    }

    /// Numbers put in the order of their ids.
    pub(super) fn by_id(&self, mut numbers: Vec<u32>) -> Vec<u32> {
        self.roster.sort(&mut numbers);
        numbers
    }
}
