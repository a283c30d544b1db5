//! What begins and ceases to count for each account, in the order in which it became known.

use alloc::vec::Vec;

use crate::assess::Event;
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::signal::{Signal, Subject};
use crate::tally::{Recorded, SignalTally, TallyError};

/// Signals whose contacts are looked up together, so that the memory accesses of one overlap with those of the others.
const BATCH: usize = 256;

/// The events of all accounts.
#[derive(Debug)]
pub(super) struct Events {
    /// One account after another, each by day.
    rows: Vec<Event>,
    /// By account: where its events end.
    ends: Vec<usize>,
}

impl Events {
    /// Signals in the order in which they became known. Those of nobody at these accounts are left out. Also returns a tally that counts nothing and has the
    /// numbers of all kinds and solutions.
    ///
    /// O(n), and a look-up for each subject.
    ///
    /// # Errors
    /// [`TallyError`] when there are too many names or ids.
    pub(super) fn of(graph: &AccountGraph, signals: &[(Day, &Signal)], accounts: &[u32]) -> Result<(SignalTally, Self), TallyError> {
        let mut wanted = alloc::vec![false; graph.account_names().len()];
        for account in accounts {
            wanted[*account as usize] = true;
        }
        let mut reading =
            Reading { graph, wanted, names: SignalTally::new(), ids: SignalTally::new(), rows: Vec::with_capacity(signals.len()) };
        for batch in signals.chunks(BATCH) {
            let contacts: Vec<&str> = batch.iter().filter_map(|(_, signal)| contact(signal)).collect();
            let mut contacts = graph.find_contacts(&contacts).into_iter();
            for (known, signal) in batch {
                let found = contact(signal).and_then(|_| contacts.next().flatten());
                reading.signal(*known, signal, found)?;
            }
        }
        let Reading { names, rows, .. } = reading;
        Ok((names, Self::by_account(rows, graph.account_names().len())))
    }

    pub(super) fn of_account(&self, account: u32) -> &[Event] {
        let account = account as usize;
        let start = if account == 0 { 0 } else { self.ends[account - 1] };
        &self.rows[start..self.ends[account]]
    }

    /// A counting sort: the order of an account's events stays.
    fn by_account(rows: Vec<(u32, Event)>, accounts: usize) -> Self {
        let mut next = alloc::vec![0_usize; accounts + 1];
        for (account, _) in &rows {
            next[*account as usize + 1] += 1;
        }
        for account in 0..accounts {
            next[account + 1] += next[account];
        }
        let mut sorted: Vec<Event> = rows.iter().map(|(_, event)| *event).collect();
        for (account, event) in rows {
            let at = &mut next[account as usize];
            sorted[*at] = event;
            *at += 1;
        }
        // Each start has become the end of its account.
        next.pop();
        Self { rows: sorted, ends: next }
    }
}

/// The contact that a signal is about, if it is about one.
fn contact(signal: &Signal) -> Option<&str> {
    if let Subject::Contact(id) = &signal.subject { Some(id.as_str()) } else { None }
}

struct Reading<'a> {
    graph: &'a AccountGraph,
    /// By account: whether it is asked for.
    wanted: Vec<bool>,
    names: SignalTally,
    /// Who counts under which id.
    ids: SignalTally,
    rows: Vec<(u32, Event)>,
}

impl Reading<'_> {
    /// A signal with an id counts once, and in place of another one of that id when its content is less. `found`: its contact, by number.
    fn signal(&mut self, known: Day, signal: &Signal, found: Option<u32>) -> Result<(), TallyError> {
        let Some(id) = &signal.id else { return self.event(known, signal, found, true) };
        let before = if self.ids.has_id(id.as_str()) { self.ids.signal(id.as_str()) } else { None };
        match (self.ids.record(signal)?, before) {
            (Recorded::New, _) => self.event(known, signal, found, true),
            (Recorded::Conflict, Some(before)) => {
                let Some(now) = self.ids.signal(id.as_str()).filter(|now| *now != before) else { return Ok(()) };
                let of = |signal: &Signal| contact(signal).and_then(|id| self.graph.contact_ix(id));
                let (contact_before, contact_now) = (of(&before), of(&now));
                self.event(known, &before, contact_before, false)?;
                self.event(known, &now, contact_now, true)
            }
            (Recorded::Repeat | Recorded::Conflict, _) => Ok(()),
        }
    }

    fn event(&mut self, known: Day, signal: &Signal, found: Option<u32>, more: bool) -> Result<(), TallyError> {
        let found = match &signal.subject {
            Subject::Contact(_) => found.and_then(|contact| Some((self.graph.contact_row(contact).account()?, Some(contact)))),
            Subject::Account(id) => self.graph.account_ix(id.as_str()).map(|account| (account, None)),
            Subject::Email(_) => None,
        };
        if let Some((account, contact)) = found.filter(|(account, _)| self.wanted[*account as usize]) {
            self.rows.push((account, Event { known, contact, entry: self.names.entry_of(signal)?, more }));
        }
        Ok(())
    }
}
