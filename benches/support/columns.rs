//! The signals of a portfolio as columns of numbers.

use quorate::{AccountGraph, Signal, SignalColumns, SignalTally, SubjectRef};

/// Signals as columns, with the graph's numbers for contacts.
pub(crate) struct Columns {
    kind_names: Vec<String>,
    contacts: Vec<u32>,
    kinds: Vec<u16>,
    pub(crate) days: Vec<i32>,
}

/// Whose a signal is.
pub(crate) fn contact_of(signal: &Signal) -> &str {
    SubjectRef::from(&signal.subject).text()
}

impl Columns {
    pub(crate) fn of(graph: &AccountGraph, tally: &SignalTally, signals: &[Signal]) -> Self {
        let kind_names: Vec<String> = tally.kinds().into_iter().map(String::from).collect();
        let contact = |signal: &Signal| graph.contact_roster().find(contact_of(signal)).expect("a contact");
        let kind = |signal: &Signal| kind_names.iter().position(|name| name == signal.kind.as_str()).expect("a kind");
        let contacts = signals.iter().map(contact).collect();
        let kinds = signals.iter().map(|signal| u16::try_from(kind(signal)).expect("few kinds")).collect();
        let days = signals.iter().map(|signal| signal.at.day().days_since_epoch()).collect();
        Self { kind_names, contacts, kinds, days }
    }

    pub(crate) fn tally(&self, graph: &AccountGraph) -> SignalTally {
        let kind_names: Vec<&str> = self.kind_names.iter().map(String::as_str).collect();
        let (contacts, kinds, days) = (&self.contacts, &self.kinds, &self.days);
        let columns = SignalColumns { contacts, kinds, days, kind_names: &kind_names, ..SignalColumns::default() };
        SignalTally::from_columns(graph.contact_roster(), &columns).expect("within the limits")
    }
}
