//! The rows that a service keeps, and which of them changed state.

use std::error::Error;

use quorate::{Intake, Percent, Points, PortfolioRow, Roster, Signal, Stage, State, SubjectRef};

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

impl Shown {
    fn of(row: &PortfolioRow<'_>) -> Self {
        Self {
            state: row.state(),
            stage: row.stage(),
            points: row.points(),
            readiness: row.readiness(),
            gaps: row.gaps().count(),
            intake: *row.intake(),
        }
    }
}

/// The rows of all groups, by the numbers of their ids.
pub(crate) struct Kept {
    groups: Roster,
    rows: Vec<Shown>,
    changes: Vec<Change>,
}

/// One group that changed state.
pub(crate) struct Change {
    group: u32,
    from: State,
    to: State,
    signal: String,
}

impl Kept {
    /// All rows that are shown.
    pub(crate) fn all(show: impl FnOnce(&mut dyn FnMut(&PortfolioRow<'_>))) -> Result<Self, Box<dyn Error>> {
        let (mut ids, mut rows) = (Vec::new(), Vec::new());
        show(&mut |row| {
            ids.push(row.group_id().to_owned());
            rows.push(Shown::of(row));
        });
        Ok(Self { groups: Roster::from_ids(ids)?, rows, changes: Vec::new() })
    }

    /// Puts a row in its place; `by` is the signal that made it new.
    pub(crate) fn put(&mut self, row: &PortfolioRow<'_>, by: &Signal) {
        // The graph does not change, so that every group has a place.
        let Some(group) = self.groups.find(row.group_id()) else { return };
        let before = std::mem::replace(&mut self.rows[group as usize], Shown::of(row));
        if before.state != row.state() {
            let signal = format!("{} of {}", by.kind, SubjectRef::from(&by.subject).text());
            self.changes.push(Change { group, from: before.state, to: row.state(), signal });
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.groups.len()
    }

    /// Which group changed from what to what, and by what, in the order in which it happened.
    pub(crate) fn changes(&self) -> impl ExactSizeIterator<Item = String> {
        self.changes.iter().map(|change| {
            let Change { group, from, to, signal } = change;
            format!("{}: {} → {} ({signal})", self.groups.get(*group).unwrap_or_default(), from.token(), to.token())
        })
    }

    /// The groups of which other rows, or none, are in `other`, and those that only `other` has.
    pub(crate) fn differing<'a>(&'a self, other: &'a Self) -> Vec<&'a str> {
        let row = |kept: &'a Self, id: &str| kept.groups.find(id).and_then(|number| kept.rows.get(number as usize));
        let ids = (0..)
            .map_while(|number| self.groups.get(number))
            .chain((0..).map_while(|number| other.groups.get(number)).filter(|id| self.groups.find(id).is_none()));
        ids.filter(|id| row(self, id) != row(other, id)).collect()
    }
}
