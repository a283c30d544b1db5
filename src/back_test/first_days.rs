//! From when on anything was known of an account.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};

use super::timeline::Timeline;
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::signal::Subject;

/// The first day on which anything was known of each account: a signal, a contact that was created or said to be known from that day on, an opportunity.
#[derive(Debug, Default)]
pub(super) struct FirstDays(BTreeMap<String, Day>);

impl FirstDays {
    /// O((signals + contacts + opportunities) × log accounts).
    pub(super) fn of_graph(graph: &AccountGraph, timeline: &Timeline<'_>) -> Self {
        let mut first = Self::default();
        for (known, signal) in timeline.signals() {
            let account = match &signal.subject {
                Subject::Account(id) => graph.account_ix(id.as_str()),
                Subject::Contact(id) => graph.contact_ix(id.as_str()).and_then(|contact| graph.contact_row(contact).account()),
                Subject::Email(_) => None,
            };
            first.heard(graph, account, Some(*known));
        }
        for contact in graph.live_contacts() {
            let row = graph.contact_row(contact);
            first.heard(graph, row.account(), graph.contact_created(contact));
            first.heard(graph, row.account(), row.known.from);
        }
        for account in graph.live_accounts() {
            let created = graph.account_row(account).opportunities.iter().map(|one| one.created).min();
            first.heard(graph, Some(account), created);
        }
        first
    }

    fn heard(&mut self, graph: &AccountGraph, account: Option<u32>, day: Option<Day>) {
        let Some((account, day)) = account.zip(day) else { return };
        let account = graph.account_names().text(account);
        match self.0.get_mut(account) {
            Some(first) => *first = day.min(*first),
            None => drop(self.0.insert(account.to_string(), day)),
        }
    }

    pub(super) fn of(&self, account: &str) -> Option<Day> {
        self.0.get(account).copied()
    }
}
