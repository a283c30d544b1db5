//! Small cases: one account, its people with their roles, what they did, and the answer.

use quorate::{Account, AccountGraph, Contact, Day, Explanation, LedgerRow, Policy, Signal, SignalTally, explain};
use serde_json::Value;

/// The day of every assessment that does not say otherwise.
pub(crate) const TODAY: &str = "2025-05-05";

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The account `acme` and its people, each with a role; `""`: not known.
pub(crate) fn acme(people: &[(&str, &str)]) -> AccountGraph {
    let mut graph = AccountGraph::new();
    graph.add_account(Account::new("acme").unwrap()).unwrap();
    for (id, role) in people {
        let contact = Contact::new(id, "acme").unwrap();
        graph.add_contact(if role.is_empty() { contact } else { contact.with_role(role).unwrap() }).unwrap();
    }
    graph
}

/// So many signals of a person, on one day.
pub(crate) fn signals(who: &str, kind: &str, count: usize, on: &str) -> Vec<Signal> {
    vec![Signal::of_contact(who, kind, on.parse().unwrap()).unwrap(); count]
}

/// What people did today: who, what, how often.
pub(crate) fn heard(acts: &[(&str, &str, usize)]) -> SignalTally {
    let signals: Vec<Signal> = acts.iter().flat_map(|(who, kind, count)| signals(who, kind, *count, TODAY)).collect();
    SignalTally::from_signals(signals).unwrap()
}

/// The default policy with one part replaced.
pub(crate) fn policy_with(pointer: &str, part: Value) -> Policy {
    let mut document: Value = serde_json::from_str(&Policy::default().to_json()).unwrap();
    *document.pointer_mut(pointer).unwrap() = part;
    Policy::from_json(&document.to_string()).unwrap()
}

/// The account explained, today and under the default policy.
pub(crate) fn explained(graph: &AccountGraph, tally: &SignalTally) -> Explanation {
    explained_under(graph, tally, &Policy::default())
}

/// The account explained today.
pub(crate) fn explained_under(graph: &AccountGraph, tally: &SignalTally, policy: &Policy) -> Explanation {
    explain(graph, tally, policy, "acme", day(TODAY)).unwrap().unwrap()
}

/// A row as one reads it: `ann 2 pricing_page counted 80`.
pub(crate) fn row(explanation: &Explanation, row: &LedgerRow) -> String {
    let who = explanation.ledger.person_of(row).contact().unwrap_or("unnamed visitors");
    format!("{who} {} {} {} {}", row.signals, row.kind(), row.state.token(), row.counted)
}

/// All rows as one reads them.
pub(crate) fn rows(explanation: &Explanation) -> Vec<String> {
    explanation.ledger.rows.iter().map(|one| row(explanation, one)).collect()
}

/// All ways of what it would take, in English.
pub(crate) fn advice(explanation: &Explanation) -> Vec<String> {
    explanation.advice.sets.iter().map(ToString::to_string).collect()
}
