//! The signals that count, by whom they are of and in the order of time, so that a question about a few people looks at theirs alone.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::day::{Day, Instant};
use crate::graph::AccountGraph;
use crate::signal::{Signal, Subject};
use crate::tally::Says;

/// The signals of each contact and of each account's unnamed visitors, by the graph's numbers; none that is set aside, each id once.
#[derive(Debug)]
pub(super) struct Heard<'s> {
    contacts: BTreeMap<u32, Vec<&'s Signal>>,
    accounts: BTreeMap<u32, Vec<&'s Signal>>,
    /// Of each contact what may be an act of ours.
    acts: BTreeMap<u32, Vec<&'s Signal>>,
}

impl<'s> Heard<'s> {
    /// O(n log n) in the signals. `may_act` says of a kind whether it may be an act of ours.
    pub(super) fn new(graph: &AccountGraph, signals: impl IntoIterator<Item = &'s Signal>, may_act: impl Fn(&str) -> bool) -> Self {
        let mut heard = Self { contacts: BTreeMap::new(), accounts: BTreeMap::new(), acts: BTreeMap::new() };
        for signal in each_id_once(signals).into_iter().filter(|signal| !signal.quarantined) {
            match &signal.subject {
                Subject::Account(account) => {
                    let Some(number) = graph.account_ix(account.as_str()) else { continue };
                    heard.accounts.entry(number).or_default().push(signal);
                }
                Subject::Contact(contact) => {
                    let Some(number) = graph.contact_ix(contact.as_str()) else { continue };
                    heard.contacts.entry(number).or_default().push(signal);
                    if may_act(signal.kind.as_str()) {
                        heard.acts.entry(number).or_default().push(signal);
                    }
                }
                // An address is nobody's.
                Subject::Email(_) => {}
            }
        }
        for list in heard.contacts.values_mut().chain(heard.accounts.values_mut()).chain(heard.acts.values_mut()) {
            // At one time in the order of what they say, whatever order they came in.
            list.sort_by_key(|signal| Says::from(*signal));
        }
        heard
    }

    pub(super) fn of_contact(&self, contact: u32) -> &[&'s Signal] {
        self.contacts.get(&contact).map_or(&[], Vec::as_slice)
    }

    pub(super) fn of_account(&self, account: u32) -> &[&'s Signal] {
        self.accounts.get(&account).map_or(&[], Vec::as_slice)
    }

    /// What may be acts of ours with a contact at that time or later.
    pub(super) fn acts_from(&self, contact: u32, from: Instant) -> &[&'s Signal] {
        let acts = self.acts.get(&contact).map_or(&[][..], Vec::as_slice);
        &acts[acts.partition_point(|signal| signal.at < from)..]
    }
}

/// Those of a list, which is in the order of time, that are of a day.
pub(super) fn on<'l, 's>(list: &'l [&'s Signal], day: Day) -> &'l [&'s Signal] {
    let from = list.partition_point(|signal| signal.at.day() < day);
    let until = list.partition_point(|signal| signal.at.day() <= day);
    &list[from..until]
}

/// Of signals with one id the least content counts, as in a tally.
fn each_id_once<'s>(signals: impl IntoIterator<Item = &'s Signal>) -> Vec<&'s Signal> {
    let mut identified: BTreeMap<&str, &Signal> = BTreeMap::new();
    let mut kept = Vec::new();
    for signal in signals {
        let Some(id) = &signal.id else {
            kept.push(signal);
            continue;
        };
        let known = identified.entry(id.as_ref()).or_insert(signal);
        if Says::from(signal) < Says::from(*known) {
            *known = signal;
        }
    }
    kept.extend(identified.into_values());
    kept
}
