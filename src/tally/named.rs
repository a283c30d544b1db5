//! Columns of texts turned to columns of numbers.
//!
//! Looking millions of ids up is a matter of waiting for memory: each is in another place. So they are looked up in batches whose accesses overlap
//! ([`Roster::find_all`]), where it is worth it with ids and numbers side by side ([`ShortIds`]), and what comes again at once is not looked up again:
//! rows of one contact often stand together in an export, and there are few kinds.

use alloc::vec::Vec;

use super::SignalTally;
use super::columns::{ColumnFault, ColumnsError, NamedColumns, SignalColumns};
use super::names::{KINDS, Limit, SOLUTIONS, TEXTS_MAX};
use super::subjects::Sort;
use crate::id::{ContactId, IdError, KindName, SolutionName, check};
use crate::roster::Roster;
use crate::short_ids::ShortIds;

/// Ids that are looked up together. Source: measured; from 256 on it makes little difference.
const BATCH: usize = 1024;

impl SignalTally {
    /// A tally of signals in columns of texts, which numbers contacts as `roster` does, and those that it does not have after them.
    ///
    /// With the roster of a graph ([`AccountGraph::contact_roster`](crate::AccountGraph::contact_roster)) ids are looked up here and not again when the
    /// graph is assessed. The tally equals one of the same signals that came one by one.
    ///
    /// Cost: a look-up for each row whose contact is not that of the row before, then as [`Self::from_columns`]; eight bytes a row more, and where there are
    /// several times as many rows as contacts, 43 to 86 bytes a contact on the way.
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

/// How many times as many rows as contacts there are at least where it is worth it to put ids and numbers side by side. Source: measured.
const WORTH: usize = 4;

/// Where ids are looked up.
enum LookUp<'r> {
    Roster(&'r Roster),
    Short(ShortIds<'r>),
}

impl<'r> LookUp<'r> {
    fn of(roster: &'r Roster, rows: usize) -> Self {
        if rows / WORTH > roster.len() { Self::Short(ShortIds::of(roster)) } else { Self::Roster(roster) }
    }

    fn find_all(&self, ids: &[&str]) -> Vec<Option<u32>> {
        match self {
            Self::Roster(roster) => roster.find_all(ids),
            Self::Short(short) => short.find_all(ids),
        }
    }
}

/// The number of each contact that there is.
#[cfg(not(feature = "rayon"))]
fn found(roster: &Roster, ids: &[&str]) -> Vec<u32> {
    let look_up = LookUp::of(roster, ids.len());
    let mut numbers = Vec::with_capacity(ids.len());
    ids.chunks(BATCH).for_each(|ids| find_batch(&look_up, ids, &mut numbers));
    numbers
}

/// The number of each contact that there is; several batches at once.
#[cfg(feature = "rayon")]
fn found(roster: &Roster, ids: &[&str]) -> Vec<u32> {
    use rayon::iter::{IndexedParallelIterator as _, ParallelIterator as _};
    use rayon::slice::{ParallelSlice as _, ParallelSliceMut as _};
    let look_up = LookUp::of(roster, ids.len());
    let mut numbers = alloc::vec![MISSING; ids.len()];
    let batches = numbers.par_chunks_mut(BATCH).zip(ids.par_chunks(BATCH));
    batches.for_each_init(Vec::new, |found, (numbers, ids)| {
        found.clear();
        find_batch(&look_up, ids, found);
        numbers.copy_from_slice(found);
    });
    numbers
}

/// Looks ids up together, but those that are the same as the one before.
fn find_batch(look_up: &LookUp<'_>, ids: &[&str], numbers: &mut Vec<u32>) {
    let (mut wanted, mut rows): (Vec<&str>, Vec<usize>) = (Vec::with_capacity(ids.len()), Vec::with_capacity(ids.len()));
    for same in ids.chunk_by(|a, b| a == b) {
        wanted.push(same[0]);
        rows.push(same.len());
    }
    for (number, rows) in look_up.find_all(&wanted).into_iter().zip(rows) {
        numbers.extend(core::iter::repeat_n(number.unwrap_or(MISSING), rows));
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
    /// Names with their places, by a few of their letters: there are few names, and what came lately is found without a hash.
    recent: Recent<'a>,
}

/// The last name of each sort, and its place.
struct Recent<'a>([Option<(&'a str, u16)>; 64]);

impl Default for Recent<'_> {
    fn default() -> Self {
        Self([None; 64])
    }
}

impl<'a> Recent<'a> {
    /// Names of one length that begin and end alike are of one sort.
    fn sort(name: &str) -> usize {
        let [first, .., last] = name.as_bytes() else { return 0 };
        (name.len() ^ usize::from(*first) << 1 ^ usize::from(*last) << 3) % 64
    }

    fn place(&self, name: &str) -> Option<u16> {
        self.0[Self::sort(name)].filter(|(recent, _)| *recent == name).map(|(_, place)| place)
    }

    fn set(&mut self, name: &'a str, place: u16) {
        self.0[Self::sort(name)] = Some((name, place));
    }
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
        let mut places = Vec::with_capacity(names.size_hint().0);
        for (row, name) in names.enumerate() {
            let place = match name.and_then(|name| self.recent.place(name)) {
                Some(place) => place,
                None => self.look_up(name, limit, |name| check(what, name).map_err(|error| text(row, error)))?,
            };
            places.push(place);
        }
        Ok(places)
    }

    /// The place of a name that did not come lately.
    fn look_up(
        &mut self,
        name: Option<&'a str>,
        limit: Limit,
        check: impl Fn(&str) -> Result<(), ColumnFault>,
    ) -> Result<u16, ColumnFault> {
        let place = match name.and_then(|name| self.roster.find(name)) {
            Some(number) => self.places[number as usize],
            None => self.add(name, limit, check)?,
        };
        if let Some(name) = name {
            self.recent.set(name, place);
        }
        Ok(place)
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
