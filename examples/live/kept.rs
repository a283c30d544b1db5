//! The rows that a service keeps, and which of them changed state.

use std::collections::HashMap;

use quorate::{Intake, Percent, Points, PortfolioRow, Signal, Stage, State, SubjectRef};

/// What is kept of a row.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    state: State,
    stage: Stage,
    points: Points,
    readiness: Percent,
    gaps: usize,
    intake: Intake,
}

/// The rows of all groups, found by their ids.
#[derive(Default)]
pub(crate) struct Kept {
    places: HashMap<String, usize>,
    rows: Vec<(String, Shown)>,
    changes: Vec<Change>,
}

/// One group that changed state.
pub(crate) struct Change {
    group: usize,
    from: State,
    to: State,
    signal: String,
}

impl Kept {
    /// Puts a row in its place; `by` is the signal that made it new.
    pub(crate) fn put(&mut self, row: &PortfolioRow<'_>, by: Option<&Signal>) {
        let shown = Shown {
            state: row.state(),
            stage: row.stage(),
            points: row.points(),
            readiness: row.readiness(),
            gaps: row.gaps().count(),
            intake: *row.intake(),
        };
        let Some(place) = self.places.get(row.group_id()).copied() else {
            self.places.insert(row.group_id().into(), self.rows.len());
            return self.rows.push((row.group_id().into(), shown));
        };
        let before = std::mem::replace(&mut self.rows[place].1, shown);
        if let Some(signal) = by.filter(|_| before.state != row.state()) {
            let signal = format!("{} of {}", signal.kind, SubjectRef::from(&signal.subject).text());
            self.changes.push(Change { group: place, from: before.state, to: row.state(), signal });
        }
    }

    pub(crate) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Which group changed from what to what, and by what, in the order in which it happened.
    pub(crate) fn changes(&self) -> impl ExactSizeIterator<Item = String> {
        self.changes.iter().map(|change| {
            let Change { group, from, to, signal } = change;
            format!("{}: {} → {} ({signal})", self.rows[*group].0, from.token(), to.token())
        })
    }

    /// The groups of which other rows, or none, are in `other`, and those that only `other` has.
    pub(crate) fn differing<'a>(&'a self, other: &'a Self) -> Vec<&'a str> {
        let differs = |one: &Self, (group, shown): &(String, Shown)| one.places.get(group).is_none_or(|place| one.rows[*place].1 != *shown);
        let own = self.rows.iter().filter(|row| differs(other, row));
        let missing = other.rows.iter().filter(|(group, _)| !self.places.contains_key(group));
        own.chain(missing).map(|(group, _)| group.as_str()).collect()
    }
}
