//! Numbers for the names that a tally holds, within its limits.

use alloc::vec::Vec;

use super::entry::{KINDS_MAX, SOLUTIONS_MAX};
use super::error::TallyError;
use crate::roster::Roster;

/// Subjects of one sort, ids and campaigns: what a roster numbers, less one so that 0 can stand for none.
pub(crate) const TEXTS_MAX: u32 = u32::MAX - 1;

/// A sort of names and how many fit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    /// What is counted.
    pub(crate) what: &'static str,
    /// The most that fit.
    pub(crate) most: u32,
}

/// Kinds.
pub(crate) const KINDS: Limit = Limit { what: "kind", most: KINDS_MAX };
/// Solutions.
pub(crate) const SOLUTIONS: Limit = Limit { what: "solution", most: SOLUTIONS_MAX };
/// Campaigns of identified signals.
pub(crate) const CAMPAIGNS: Limit = Limit { what: "campaign", most: TEXTS_MAX };
/// Ids of signals.
pub(crate) const IDS: Limit = Limit { what: "signal id", most: TEXTS_MAX };

impl Limit {
    /// The number of a name, or the one that it would get next; the roster is not changed.
    ///
    /// # Errors
    /// [`TallyError::TooMany`] when the name is new and no more fit.
    pub(crate) fn number(self, roster: &Roster, name: &str) -> Result<u32, TallyError> {
        match roster.find(name) {
            Some(number) => Ok(number),
            None => self.next(roster.len(), name),
        }
    }

    /// The number of a name, which is added when it is new.
    ///
    /// # Errors
    /// [`TallyError::TooMany`] when the name is new and no more fit.
    pub(crate) fn claim(self, roster: &mut Roster, name: &str) -> Result<u32, TallyError> {
        let number = self.number(roster, name)?;
        admit(roster, number, name);
        Ok(number)
    }

    /// The numbers that the names of another roster have, or would get, in this one, by their number there. One look-up for each name.
    ///
    /// # Errors
    /// [`TallyError::TooMany`] when not all fit.
    pub(crate) fn numbers(self, own: &Roster, theirs: &Roster) -> Result<Vec<u32>, TallyError> {
        let names: Vec<&str> = theirs.iter().map(|(_, name)| name).collect();
        let found = own.find_all(&names);
        let mut len = own.len();
        let number = |(found, name): (Option<u32>, &str)| match found {
            Some(number) => Ok(number),
            None => self.next(len, name).inspect(|_| len += 1),
        };
        found.into_iter().zip(names).map(number).collect()
    }

    fn next(self, len: usize, name: &str) -> Result<u32, TallyError> {
        let next = u32::try_from(len).ok().filter(|next| *next < self.most);
        next.ok_or_else(|| TallyError::TooMany {
            what: self.what,
            name: name.into(),
            most: self.most,
            most_and_one: self.most.saturating_add(1),
        })
    }
}

/// The number of a kind or solution, which fits in 16 bits.
pub(crate) const fn small(number: u32) -> u16 {
    // INVARIANT: kinds and solutions are limited to fewer than 2^14.
    #[allow(clippy::cast_possible_truncation, reason = "the limits of kinds and solutions are far below 2^16")]
    {
        number as u16
    }
}

/// Gives a name the number that [`Limit::number`] foresaw.
pub(crate) fn admit(roster: &mut Roster, number: u32, name: &str) {
    if number as usize == roster.len() {
        // INVARIANT: the limit was checked, so the roster has room.
        let _ = roster.intern(name);
    }
}

/// Gives the new names of another roster the numbers that [`Limit::numbers`] foresaw.
pub(crate) fn admit_all(roster: &mut Roster, numbers: &[u32], theirs: &Roster) {
    for ((_, name), number) in theirs.iter().zip(numbers) {
        admit(roster, *number, name);
    }
}

/// The text of a number that is in use, or that was foreseen for a name of another roster.
pub(crate) fn foreseen<'a>(own: &'a Roster, theirs: &'a Roster, numbers: &[u32], number: u32) -> &'a str {
    if (number as usize) < own.len() {
        return own.text(number);
    }
    theirs.iter().zip(numbers).find(|(_, foreseen)| **foreseen == number).map_or("", |((_, name), _)| name)
}
