//! Every signal put to the account that it is of; what counts nowhere is counted at once.

use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Entry::{Occupied, Vacant};
use alloc::vec::Vec;

use crate::assess::{Assessor, SignalState};
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::signal::{Signal, Subject};
use crate::tally::{Entry, Says, SignalTally};

/// A signal that counts under its id, of somebody who is there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heard<'s> {
    /// `None`: our own people without one.
    pub(super) account: Option<u32>,
    /// `None`: an unnamed visitor of the account.
    pub(super) contact: Option<u32>,
    /// What it adds to the counts of its subject; `None` where the tally knows no such signal.
    pub(super) entry: Option<Entry>,
    pub(super) says: Says<'s>,
    /// The furthest state that was heard so far.
    pub(super) state: Option<SignalState>,
}

impl Heard<'_> {
    /// Whether it reached somebody by the end of a day.
    pub(super) fn reached(&self, as_of: Day) -> bool {
        !self.says.quarantined && self.says.at.day() <= as_of
    }

    /// Day and kind, by which signals are scored together.
    pub(super) fn line(&self) -> Option<u64> {
        self.entry.map(Entry::day_and_kind)
    }
}

/// The signals of a run.
#[derive(Debug, Default)]
pub(super) struct Sorted<'s> {
    /// Those of somebody who is there: by account, contact, day and kind, then in the order of the tally, the earliest first. So nothing depends on the order
    /// in which they came, since signals that are alike to the last are interchangeable.
    pub(super) heard: Vec<Heard<'s>>,
    /// The campaigns of rows of an id of which another row counts.
    pub(super) duplicates: Vec<Option<&'s str>>,
    /// The campaigns of signals whose subject is not there.
    pub(super) strangers: Vec<Option<&'s str>>,
}

impl<'s> Sorted<'s> {
    /// n log n in the signals.
    pub(super) fn of(assessor: &Assessor<'_>, signals: impl IntoIterator<Item = &'s Signal>) -> Self {
        let mut sorted = Self::default();
        let mut least: BTreeMap<&str, &'s Signal> = BTreeMap::new();
        for signal in signals {
            let Some(id) = &signal.id else {
                sorted.take(assessor, signal);
                continue;
            };
            let repeated = match least.entry(id.as_str()) {
                Vacant(new) => {
                    new.insert(signal);
                    continue;
                }
                Occupied(mut known) if Says::from(signal) < Says::from(*known.get()) => known.insert(signal),
                Occupied(_) => signal,
            };
            sorted.duplicates.push(campaign(repeated));
        }
        for signal in least.into_values() {
            sorted.take(assessor, signal);
        }
        sorted.heard.sort_unstable_by(|a, b| (a.account, a.contact, a.line(), a.says).cmp(&(b.account, b.contact, b.line(), b.says)));
        sorted
    }

    fn take(&mut self, assessor: &Assessor<'_>, signal: &'s Signal) {
        let Some((account, contact)) = subject(assessor.graph(), signal) else {
            self.strangers.push(campaign(signal));
            return;
        };
        let entry = entry(assessor.tally(), signal);
        self.heard.push(Heard { account, contact, entry, says: Says::from(signal), state: None });
    }
}

fn campaign(signal: &Signal) -> Option<&str> {
    signal.campaign.as_ref().map(AsRef::as_ref)
}

/// Account and contact of a signal, if the graph knows its subject.
fn subject(graph: &AccountGraph, signal: &Signal) -> Option<(Option<u32>, Option<u32>)> {
    match &signal.subject {
        Subject::Account(account) => graph.account_ix(account.as_str()).map(|account| (Some(account), None)),
        Subject::Contact(contact) => {
            let contact = graph.contact_ix(contact.as_str())?;
            Some((graph.contact_row(contact).account(), Some(contact)))
        }
        Subject::Email(_) => None,
    }
}

/// A signal in the numbers of the tally.
fn entry(tally: &SignalTally, signal: &Signal) -> Option<Entry> {
    let kind = u16::try_from(tally.kind_roster().find(signal.kind.as_str())?).ok()?;
    let number = |name: &str| tally.solution_roster().find(name).and_then(|number| u16::try_from(number).ok());
    let solution = match &signal.solution {
        None => None,
        Some(name) => Some(number(name.as_str())?),
    };
    Some(Entry::one(kind, signal.at.day(), solution, signal.quarantined))
}
