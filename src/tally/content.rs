//! What a signal says: its content without its id, compact, by reference, or whole.

use core::cmp::Ordering;

use super::entry::Entry;
use super::subjects::{Sort, SubjectRef};
use crate::day::Instant;
use crate::signal::Signal;

/// The content of a signal in numbers: 24 bytes.
///
/// Two contents of one tally are equal when their signals are; their order is that of [`Says`], never that of the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Content {
    /// When it happened.
    pub(crate) at: Instant,
    /// The number of the subject within its sort.
    pub(crate) subject: u32,
    /// The number of the campaign + 1, or 0.
    pub(crate) campaign: u32,
    /// The number of the kind.
    pub(crate) kind: u16,
    /// The number of the solution + 1, or 0.
    pub(crate) solution: u16,
    /// The sort of the subject.
    pub(crate) sort: Sort,
    /// Whether it is set aside.
    pub(crate) quarantined: bool,
}

const _: () = assert!(size_of::<Content>() == 24, "the budget of an identified signal counts on 24 bytes");

impl Content {
    /// What it adds to the counts of its subject.
    pub(crate) fn one(&self) -> Entry {
        Entry::one(self.kind, self.at.day(), self.solution.checked_sub(1), self.quarantined)
    }

    /// Whether another content counts in the same place.
    pub(crate) fn counts_with(&self, other: &Self) -> bool {
        (self.sort, self.subject) == (other.sort, other.subject) && self.one() == other.one()
    }
}

/// The content of a signal by reference.
///
/// Ordered as the rules say: time, subject, kind, solution, campaign, quarantine; texts by UTF-8 bytes, an absent one before any. The least
/// content of an id counts.
// INVARIANT: the derived order follows the order of the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Says<'a> {
    pub(crate) at: Instant,
    pub(crate) subject: SubjectRef<'a>,
    pub(crate) kind: &'a str,
    pub(crate) solution: Option<&'a str>,
    pub(crate) campaign: Option<&'a str>,
    pub(crate) quarantined: bool,
}

impl<'a> From<&'a Signal> for Says<'a> {
    fn from(signal: &'a Signal) -> Self {
        Self {
            at: signal.at,
            subject: (&signal.subject).into(),
            kind: signal.kind.as_str(),
            solution: signal.solution.as_ref().map(AsRef::as_ref),
            campaign: signal.campaign.as_ref().map(AsRef::as_ref),
            quarantined: signal.quarantined,
        }
    }
}

/// A signal among others of the same id, ordered by its content.
#[derive(Clone, Debug)]
pub(crate) struct Version(pub(crate) Signal);

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        Says::from(&self.0).cmp(&Says::from(&other.0))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Version {}
