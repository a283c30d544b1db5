//! Signals as columns of numbers.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::SignalTally;
use super::blocks::Blocks;
use super::error::TallyError;
use super::gather::{Rows, Stopped, ends_of, gather};
use super::names::{KINDS, SOLUTIONS, small};
use crate::day::Day;
use crate::id::{IdError, KindName, SolutionName, check};
use crate::roster::Roster;

/// Signals of contacts as columns of numbers, a row a signal: the way in for millions of them, as column stores and Arrow dictionaries have them.
///
/// All four columns have the same number of rows. Signals in columns have no ids: each row counts, none is a duplicate of another. They are set
/// aside by nobody and belong to no campaign.
///
/// ```
/// use quorate::{Roster, SignalColumns, SignalTally};
/// let roster = Roster::from_ids(["ann", "bob"])?;
/// let columns = SignalColumns {
///     contacts: &[0, 1, 0],
///     kinds: &[0, 1, 0],
///     days: &[20_209, 20_209, 20_209],
///     solutions: Some(&[0, 1, 0]),
///     kind_names: &["page_view", "demo_request"],
///     solution_names: &[None, Some("payroll")],
///     ..SignalColumns::default()
/// };
/// let tally = SignalTally::from_columns(&roster, &columns)?;
/// let counts: Vec<_> = tally.counts().map(|count| (count.subject.text(), count.kind, count.solution, count.count)).collect();
/// assert_eq!(counts, [("ann", "page_view", None, 2), ("bob", "demo_request", Some("payroll"), 1)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct SignalColumns<'a> {
    /// Whose each signal is: a place in `contact_numbers`, from 0; where that is not given, the contact's number in the roster.
    pub contacts: &'a [u32],
    /// The numbers in the roster of the contacts that rows may have, for a column that numbers them in its own way.
    pub contact_numbers: Option<&'a [u32]>,
    /// Of which kind it is: a place in `kind_names`, from 0.
    pub kinds: &'a [u16],
    /// On which day it happened, in UTC: days since 1970-01-01, as [`Day::from_days_since_epoch`] has them.
    pub days: &'a [i32],
    /// For which solution it is: a place in `solution_names`, from 0. Without the column no signal is for a solution.
    pub solutions: Option<&'a [u16]>,
    /// The kinds that rows may have. Names that no row has count towards [`SignalTally::KINDS_MAX`] too.
    pub kind_names: &'a [&'a str],
    /// The solutions that rows may have; `None` where a row may have none.
    pub solution_names: &'a [Option<&'a str>],
}

/// Signals of contacts as columns of texts: ids and names as exports and tables have them, a row a signal.
///
/// All that is said of [`SignalColumns`] holds here too.
///
/// ```
/// use quorate::{NamedColumns, Roster, SignalTally};
/// let roster = Roster::from_ids(["ann"])?;
/// let columns = NamedColumns {
///     contacts: &["ann", "bob", "ann"],
///     kinds: &["page_view", "demo_request", "page_view"],
///     days: &[20_209, 20_209, 20_209],
///     solutions: None,
/// };
/// let tally = SignalTally::from_named_columns(&roster, &columns)?;
/// let counts: Vec<_> = tally.counts().map(|count| (count.subject.text(), count.kind, count.count)).collect();
/// assert_eq!(counts, [("ann", "page_view", 2), ("bob", "demo_request", 1)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct NamedColumns<'a> {
    /// Whose each signal is: contact ids, also such as the roster does not have.
    pub contacts: &'a [&'a str],
    /// Of which kind it is.
    pub kinds: &'a [&'a str],
    /// On which day it happened, in UTC: days since 1970-01-01.
    pub days: &'a [i32],
    /// For which solution it is; `None` for none. Without the column no signal is for a solution.
    pub solutions: Option<&'a [Option<&'a str>]>,
}

/// Everything that is wrong with columns of signals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnsError {
    faults: Vec<ColumnFault>,
}

impl ColumnsError {
    pub(super) const fn of(faults: Vec<ColumnFault>) -> Self {
        Self { faults }
    }

    /// What is wrong, by column: one fault for each column or name that is.
    pub fn faults(&self) -> &[ColumnFault] {
        &self.faults
    }
}

impl fmt::Display for ColumnsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, fault) in self.faults.iter().enumerate() {
            write!(f, "{}{fault}", if place == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl core::error::Error for ColumnsError {}

/// One thing that is wrong with columns of signals.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ColumnFault {
    /// A column has fewer or more rows than the contacts.
    #[error("`{column}` has {rows} rows, but `contacts` has {expected}; each row is one signal")]
    Length {
        /// The column.
        column: &'static str,
        /// The rows it has.
        rows: usize,
        /// The rows it should have.
        expected: usize,
    },
    /// Values that nothing stands for.
    #[error("`{column}`, row {row}: {value} is not within {allowed}{}", more_rows(*.more))]
    Value {
        /// The column.
        column: &'static str,
        /// The first such row, from 0.
        row: usize,
        /// The value.
        value: i64,
        /// What is allowed.
        allowed: String,
        /// How many rows more have such a value.
        more: usize,
    },
    /// A name that is none.
    #[error("`{list}`, place {place}: {error}")]
    Name {
        /// `kind_names` or `solution_names`.
        list: &'static str,
        /// The place in it, from 0.
        place: usize,
        /// What is wrong with it.
        error: IdError,
    },
    /// A text of a column that is no id or name.
    #[error("`{column}`, row {row}: {error}")]
    Text {
        /// The column.
        column: &'static str,
        /// The first row with such a text, from 0.
        row: usize,
        /// What is wrong with it.
        error: IdError,
    },
    /// The signals go beyond a limit.
    #[error(transparent)]
    Tally(#[from] TallyError),
}

fn more_rows(more: usize) -> String {
    match more {
        0 => String::new(),
        1 => ", and 1 row more".to_string(),
        more => alloc::format!(", and {more} rows more"),
    }
}

impl ColumnFault {
    /// The stable code of this fault for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "column_length",
            Self::Value { .. } => "column_value",
            Self::Name { error, .. } | Self::Text { error, .. } => error.code(),
            Self::Tally(error) => error.code(),
        }
    }
}

impl SignalTally {
    /// A tally of signals in columns, which numbers contacts as `roster` does.
    ///
    /// With the roster of a graph ([`AccountGraph::contact_roster`](crate::AccountGraph::contact_roster)) nothing is looked up, neither here nor when
    /// the graph is assessed. The tally equals one of the same signals that came one by one.
    ///
    /// Cost: O(rows + ids of the roster); four bytes a row on the way as a rule, eight at most, besides the tally itself; three times as
    /// much where nearly all rows are about a few contacts.
    ///
    /// # Errors
    /// [`ColumnsError`] with everything that is wrong with the columns, each with its first row.
    pub fn from_columns(roster: &Roster, columns: &SignalColumns<'_>) -> Result<Self, ColumnsError> {
        let faults = columns.faults(roster, false);
        if !faults.is_empty() {
            return Err(ColumnsError::of(columns.faults(roster, true)));
        }
        // Values of rows are looked at where they are dealt out, while they are in a cache; what is wrong is only looked for where something is.
        Self::of_columns(roster, columns).map_err(|error| {
            let mut faults = columns.faults(roster, true);
            faults.extend(error.map(ColumnFault::from));
            ColumnsError::of(faults)
        })
    }

    /// The tally of columns that are right but for the values of rows, perhaps; no error says that one of these is out of bounds.
    fn of_columns(roster: &Roster, columns: &SignalColumns<'_>) -> Result<Self, Option<TallyError>> {
        let mut tally = Self::default();
        tally.contacts.roster = roster.clone();
        let kinds = columns.kind_names.iter().map(|name| KINDS.claim(&mut tally.kinds, name).map(small));
        let kind_numbers: Vec<u16> = kinds.collect::<Result<_, _>>()?;
        let solutions = columns.solution_names.iter().map(|name| match name {
            None => Ok(0),
            Some(name) => SOLUTIONS.claim(&mut tally.solutions, name).map(|number| small(number + 1)),
        });
        let solution_numbers: Vec<u16> = solutions.collect::<Result<_, _>>()?;
        let rows = Rows {
            subjects: columns.contacts,
            subject_numbers: columns.contact_numbers,
            kinds: columns.kinds,
            days: columns.days,
            solutions: columns.solutions,
            kind_numbers: &kind_numbers,
            solution_numbers: &solution_numbers,
        };
        let blocks = gather(&rows, roster.len()).map_err(|stopped| match stopped {
            Stopped::Stray => None,
            Stopped::Full(full) => {
                let (subject, kind) = full.names();
                Some(Self::full(full, roster.text(subject), kind.map_or("", |kind| tally.kinds.text(kind))))
            }
        })?;
        tally.contacts.blocks = Blocks::of_blocks(blocks);
        tally.contacts.signals = columns.contacts.len() as u64;
        Ok(tally)
    }
}

impl NamedColumns<'_> {
    /// What is wrong with the lengths of the columns.
    pub(super) fn lengths(&self) -> Vec<ColumnFault> {
        let solutions = self.solutions.map_or(self.contacts.len(), <[Option<&str>]>::len);
        lengths(self.contacts.len(), [self.kinds.len(), self.days.len(), solutions]).collect()
    }
}

/// The faults of columns of other lengths than that of the contacts: kinds, days, solutions.
fn lengths(expected: usize, others: [usize; 3]) -> impl Iterator<Item = ColumnFault> {
    let others = ["kinds", "days", "solutions"].into_iter().zip(others).filter(move |(_, rows)| *rows != expected);
    others.map(move |(column, rows)| ColumnFault::Length { column, rows, expected })
}

impl SignalColumns<'_> {
    /// What is wrong with the days.
    pub(super) fn day_fault(&self) -> Option<ColumnFault> {
        let days = i64::from(Day::MIN.days_since_epoch())..i64::from(Day::MAX.days_since_epoch()) + 1;
        stray("days", self.days, &days, "the days since 1970-01-01 that there are")
    }

    /// Everything that is wrong; the values of rows are only looked at where `rows` says so.
    fn faults(&self, roster: &Roster, rows: bool) -> Vec<ColumnFault> {
        let solutions = self.solutions.map_or(self.contacts.len(), <[u16]>::len);
        let mut faults: Vec<ColumnFault> = lengths(self.contacts.len(), [self.kinds.len(), self.days.len(), solutions]).collect();
        let (roster, of_roster) = (0..count(roster.len()), "the numbers of the roster");
        match self.contact_numbers {
            None => faults.extend(stray("contacts", those_if(rows, self.contacts), &roster, of_roster)),
            Some(numbers) => {
                let contacts = those_if(rows, self.contacts);
                faults.extend(stray("contacts", contacts, &(0..count(numbers.len())), "the places of `contact_numbers`"));
                faults.extend(stray("contact_numbers", numbers, &roster, of_roster));
            }
        }
        faults.extend(stray("kinds", those_if(rows, self.kinds), &(0..count(self.kind_names.len())), "the places of `kind_names`"));
        faults.extend(Self { days: those_if(rows, self.days), ..*self }.day_fault());
        let solutions = those_if(rows, self.solutions.unwrap_or_default());
        faults.extend(stray("solutions", solutions, &(0..count(self.solution_names.len())), "the places of `solution_names`"));
        let name = |list: &'static str, what: &'static str, place: usize, name: &str| {
            check(what, name).err().map(|error| ColumnFault::Name { list, place, error })
        };
        let kinds = self.kind_names.iter().enumerate();
        faults.extend(kinds.filter_map(|(place, text)| name("kind_names", KindName::WHAT, place, text)));
        let solutions = self.solution_names.iter().enumerate();
        faults.extend(solutions.filter_map(|(place, text)| name("solution_names", SolutionName::WHAT, place, (*text)?)));
        faults
    }
}

/// Those, if they are wanted.
const fn those_if<T>(wanted: bool, values: &[T]) -> &[T] {
    if wanted { values } else { &[] }
}

fn count(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX)
}

/// The first value of a column that is out of range, and how many more are.
fn stray<T: Copy + Ord + Into<i64>>(column: &'static str, values: &[T], range: &core::ops::Range<i64>, what: &str) -> Option<ColumnFault> {
    // As a rule nothing else need be looked at.
    if ends_of(values).is_none_or(|(least, most)| range.contains(&least.into()) && range.contains(&most.into())) {
        return None;
    }
    let is_stray = |value: &T| !range.contains(&(*value).into());
    let row = values.iter().position(is_stray)?;
    let stray = values[row..].iter().filter(|value| is_stray(value)).count();
    let allowed = match range.end.checked_sub(1).filter(|last| *last >= range.start) {
        Some(last) => alloc::format!("{}..={last}, {what}", range.start),
        None => alloc::format!("{what}, of which there are none"),
    };
    Some(ColumnFault::Value { column, row, value: values[row].into(), allowed, more: stray - 1 })
}
