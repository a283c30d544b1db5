//! Columns of texts turned to columns of numbers.
//!
//! Looking millions of ids up is a matter of waiting for memory: each is in another place. So they are looked up in batches whose accesses overlap
//! ([`Roster::find_all`]), and what comes again at once is not looked up again: rows of one contact often stand together in an export, and there are few
//! kinds.

use alloc::vec::Vec;

use super::SignalTally;
use super::columns::{ColumnFault, ColumnsError, NamedColumns, SignalColumns};
use super::names::{KINDS, Limit, SOLUTIONS, TEXTS_MAX};
use super::subjects::Sort;
use crate::id::{ContactId, IdError, KindName, SolutionName, check};
use crate::roster::Roster;

/// Ids that are looked up together. Source: measured; from 256 on it makes little difference.
const BATCH: usize = 1024;

impl SignalTally {
    /// A tally of signals in columns of texts, which numbers contacts as `roster` does, and those that it does not have after them.
    ///
    /// With the roster of a graph ([`AccountGraph::contact_roster`](crate::AccountGraph::contact_roster)) ids are looked up here and not again when the
    /// graph is assessed. The tally equals one of the same signals that came one by one.
    ///
    /// Cost: a look-up for each row whose contact is not that of the row before, then as [`Self::from_columns`]; eight bytes a row more.
    ///
    /// # Errors
    /// [`ColumnsError`] with everything that is wrong with the columns, each with its first row.
    pub fn from_named_columns(roster: &Roster, columns: &NamedColumns<'_>) -> Result<Self, ColumnsError> {
        let mut faults = columns.lengths();
        let mut roster = roster.clone();
        let contacts = gathered(contact_numbers(&mut roster, columns.contacts), &mut faults);
        let mut kinds = Dictionary::default();
        let kind_numbers =
            gathered(kinds.numbers("kinds", KindName::WHAT, KINDS, columns.kinds.iter().map(|name| Some(*name))), &mut faults);
        let mut solutions = Dictionary::default();
        let named = columns.solutions.map(|names| solutions.numbers("solutions", SolutionName::WHAT, SOLUTIONS, names.iter().copied()));
        let solution_numbers = named.map(|named| gathered(named, &mut faults));
        if !faults.is_empty() {
            // The days are looked at too, so that everything wrong is told at once.
            faults.extend(SignalColumns { days: columns.days, ..SignalColumns::default() }.day_fault());
            return Err(ColumnsError::of(faults));
        }
        let kind_names: Vec<&str> = kinds.names.iter().copied().flatten().collect();
        let numbered = SignalColumns {
            contacts: &contacts,
            contact_numbers: None,
            kinds: &kind_numbers,
            days: columns.days,
            solutions: solution_numbers.as_deref(),
            kind_names: &kind_names,
            solution_names: &solutions.names,
        };
        Self::from_columns(&roster, &numbered)
    }
}

/// The numbers, or none after their fault was noted.
fn gathered<T>(numbers: Result<Vec<T>, ColumnFault>, faults: &mut Vec<ColumnFault>) -> Vec<T> {
    numbers.unwrap_or_else(|fault| {
        faults.push(fault);
        Vec::new()
    })
}

/// Stands for a contact that the roster does not have. Its numbers end before.
const MISSING: u32 = u32::MAX;

/// The number of each contact; new ones are added.
fn contact_numbers(roster: &mut Roster, ids: &[&str]) -> Result<Vec<u32>, ColumnFault> {
    let mut numbers = found(roster, ids);
    // New contacts are numbered in the order of their rows, however the looking up was shared.
    for (row, number) in numbers.iter_mut().enumerate().filter(|(_, number)| **number == MISSING) {
        *number = match roster.find(ids[row]) {
            Some(number) => number,
            None => added(roster, row, ids[row])?,
        };
    }
    Ok(numbers)
}

/// The number of each contact that there is.
#[cfg(not(feature = "rayon"))]
fn found(roster: &Roster, ids: &[&str]) -> Vec<u32> {
    let mut numbers = Vec::with_capacity(ids.len());
    ids.chunks(BATCH).for_each(|ids| find_batch(roster, ids, &mut numbers));
    numbers
}

/// The number of each contact that there is; several batches at once.
#[cfg(feature = "rayon")]
fn found(roster: &Roster, ids: &[&str]) -> Vec<u32> {
    use rayon::iter::{IndexedParallelIterator as _, ParallelIterator as _};
    use rayon::slice::{ParallelSlice as _, ParallelSliceMut as _};
    let mut numbers = alloc::vec![MISSING; ids.len()];
    let batches = numbers.par_chunks_mut(BATCH).zip(ids.par_chunks(BATCH));
    batches.for_each_init(Vec::new, |found, (numbers, ids)| {
        found.clear();
        find_batch(roster, ids, found);
        numbers.copy_from_slice(found);
    });
    numbers
}

/// Looks ids up together, but those that are the same as the one before.
fn find_batch(roster: &Roster, ids: &[&str], numbers: &mut Vec<u32>) {
    let wanted: Vec<&str> = ids.chunk_by(|a, b| a == b).map(|same| same[0]).collect();
    let found = roster.find_all(&wanted);
    for (same, number) in ids.chunk_by(|a, b| a == b).zip(found) {
        numbers.extend(same.iter().map(|_| number.unwrap_or(MISSING)));
    }
}

/// The number of a contact that the roster did not have when its batch was looked up.
fn added(roster: &mut Roster, row: usize, id: &str) -> Result<u32, ColumnFault> {
    let column = "contacts";
    check(ContactId::WHAT, id).map_err(|error| ColumnFault::Text { column, row, error })?;
    let limit = Limit { what: Sort::Contact.what(), most: TEXTS_MAX };
    Ok(limit.claim(roster, id)?)
}

/// The different names of a column, in the order of arrival.
#[derive(Default)]
struct Dictionary<'a> {
    roster: Roster,
    names: Vec<Option<&'a str>>,
    /// By the number in the roster: the place in `names`.
    places: Vec<u16>,
    none: Option<u16>,
}

impl<'a> Dictionary<'a> {
    /// The place of each name.
    fn numbers(
        &mut self,
        column: &'static str,
        what: &'static str,
        limit: Limit,
        names: impl Iterator<Item = Option<&'a str>>,
    ) -> Result<Vec<u16>, ColumnFault> {
        let text = |row: usize, error: IdError| ColumnFault::Text { column, row, error };
        let mut last: Option<(Option<&str>, u16)> = None;
        let mut places = Vec::with_capacity(names.size_hint().0);
        for (row, name) in names.enumerate() {
            let place = match last {
                Some((before, place)) if before == name => place,
                _ => match name.and_then(|name| self.roster.find(name)) {
                    Some(number) => self.places[number as usize],
                    None => self.add(name, limit, |name| check(what, name).map_err(|error| text(row, error)))?,
                },
            };
            last = Some((name, place));
            places.push(place);
        }
        Ok(places)
    }

    fn add(&mut self, name: Option<&'a str>, limit: Limit, check: impl Fn(&str) -> Result<(), ColumnFault>) -> Result<u16, ColumnFault> {
        if let Some(none) = self.none.filter(|_| name.is_none()) {
            return Ok(none);
        }
        // INVARIANT: the limits of names are below 2¹⁴, so one more fits.
        let place = u16::try_from(self.names.len()).unwrap_or(u16::MAX);
        match name {
            None => self.none = Some(place),
            Some(name) => {
                check(name)?;
                limit.claim(&mut self.roster, name)?;
                self.places.push(place);
            }
        }
        self.names.push(name);
        Ok(place)
    }
}
