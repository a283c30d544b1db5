//! Reading counts in an order that does not depend on how they came.

use alloc::vec::Vec;

use super::SignalTally;
use super::entry::Entry;
use super::subjects::{Sort, SubjectRef};
use crate::day::Day;
use crate::roster::Roster;
use crate::signal::Subject;

/// How many signals a subject has of one kind, on one day, for one solution.
///
/// Ordered by subject, kind, day, solution (none first), quarantine mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count<'a> {
    /// Whom they are about.
    pub subject: SubjectRef<'a>,
    /// Their kind.
    pub kind: &'a str,
    /// Their day in UTC.
    pub day: Day,
    /// Their solution.
    pub solution: Option<&'a str>,
    /// Whether they are set aside.
    pub quarantined: bool,
    /// How many; at least 1, at most [`SignalTally::COUNT_MAX`].
    pub count: u32,
}

/// Numbers of names in the order of the names.
pub(super) struct Ranks {
    /// By number: the rank.
    pub(super) of: Vec<u32>,
    /// By rank: the number.
    pub(super) at: Vec<u32>,
}

impl Ranks {
    pub(super) fn new(roster: &Roster) -> Self {
        let at = roster.sorted();
        let mut of = alloc::vec![0; at.len()];
        for (rank, number) in (0..).zip(&at) {
            of[*number as usize] = rank;
        }
        Self { of, at }
    }
}

/// The ranks of all kinds and solutions.
pub(super) struct Order {
    pub(super) kinds: Ranks,
    pub(super) solutions: Ranks,
}

impl SignalTally {
    /// Every count, ordered by subject, kind, day, solution and quarantine mark.
    ///
    /// Cost: O(n log n), at the start for the subjects, then subject by subject.
    pub fn counts(&self) -> impl Iterator<Item = Count<'_>> {
        let order = self.order();
        self.sorted_subjects().flat_map(move |(sort, number)| self.counts_in(&order, sort, number))
    }

    /// The counts of one subject, in the order of [`Self::counts`]. None for a subject without signals.
    ///
    /// Cost: O(k log k) in its counts, and the number of kinds and solutions.
    pub fn counts_of(&self, subject: &Subject) -> Vec<Count<'_>> {
        let subject = SubjectRef::from(subject);
        let number = self.subjects(subject.sort()).roster.find(subject.text());
        number.map_or_else(Vec::new, |number| self.counts_in(&self.order(), subject.sort(), number))
    }

    /// How many signals count for one subject, of every kind, day and solution, those set aside included. O(k) in its counts.
    pub fn signals_of(&self, subject: &Subject) -> u64 {
        let subject = SubjectRef::from(subject);
        let subjects = self.subjects(subject.sort());
        let entries = subjects.roster.find(subject.text()).map(|number| subjects.blocks.of(number)).unwrap_or_default();
        entries.signals()
    }

    pub(super) fn order(&self) -> Order {
        Order { kinds: Ranks::new(&self.kinds), solutions: Ranks::new(&self.solutions) }
    }

    /// The numbers of all subjects, in order.
    fn sorted_subjects(&self) -> impl Iterator<Item = (Sort, u32)> {
        Sort::ALL.into_iter().flat_map(|sort| self.subjects(sort).roster.sorted().into_iter().map(move |number| (sort, number)))
    }

    /// The entries of a subject with ranks for numbers, in the order of [`SignalTally::counts`].
    pub(super) fn ranked(&self, order: &Order, sort: Sort, subject: u32) -> Vec<Entry> {
        let entries = self.subjects(sort).blocks.of(subject);
        let mut ranked: Vec<Entry> = entries.iter().map(|entry| entry.renumbered(&order.kinds.of, &order.solutions.of)).collect();
        ranked.sort_unstable_by_key(|entry| (entry.kind(), entry.day_number(), entry.key()));
        ranked
    }

    /// The kind of a ranked entry.
    pub(super) fn kind_at(&self, order: &Order, ranked: Entry) -> &str {
        self.kinds.text(order.kinds.at[usize::from(ranked.kind())])
    }

    /// The solution of a ranked entry.
    pub(super) fn solution_at(&self, order: &Order, ranked: Entry) -> Option<&str> {
        ranked.solution().map(|rank| self.solutions.text(order.solutions.at[usize::from(rank)]))
    }

    /// The counts of a subject, in order.
    fn counts_in(&self, order: &Order, sort: Sort, subject: u32) -> Vec<Count<'_>> {
        let name = sort.subject(self.subjects(sort).roster.text(subject));
        let ranked = self.ranked(order, sort, subject).into_iter();
        let count = |entry: Entry| Count {
            subject: name,
            kind: self.kind_at(order, entry),
            day: entry.day(),
            solution: self.solution_at(order, entry),
            quarantined: entry.quarantined(),
            count: entry.count(),
        };
        ranked.map(count).collect()
    }
}

impl PartialEq for SignalTally {
    /// Whether both count the same, whatever order it came in.
    fn eq(&self, other: &Self) -> bool {
        self.duplicates == other.duplicates
            && self.signals() == other.signals()
            && self.identifies_as(other)
            && self.counts().eq(other.counts())
    }
}

impl Eq for SignalTally {}

impl SignalTally {
    fn identifies_as(&self, other: &Self) -> bool {
        let same = |(number, id): (u32, &str)| {
            let theirs = other.identified.ids.find(id).map(|theirs| other.says(other.identified.content(theirs)));
            theirs == Some(self.says(self.identified.content(number)))
        };
        let (own, theirs) = (&self.identified, &other.identified);
        own.len() == theirs.len() && own.conflicts == theirs.conflicts && own.ids.iter().all(same)
    }
}
