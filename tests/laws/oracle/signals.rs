//! Signals of a run: the same id, the states `duplicate`, `unknown_subject` and `known`, and which signals a group may use.

use super::policy::Policy;
use super::time;
use crate::world::{Day, Signal, Subject, World};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What makes two signals of one id the same, in the order in which the least is found.
type Content = (i128, Subject, String, Option<String>, Option<String>, bool);

/// A signal that is no duplicate and whose subject is known.
#[derive(Clone, Debug)]
pub struct Event {
    pub subject: Subject,
    pub kind: String,
    pub day: Day,
    pub solution: Option<String>,
    pub quarantined: bool,
}

/// Signals of one id that say different things: the one that counts, and the others in order.
#[derive(Clone, Debug)]
pub struct Conflict {
    pub id: String,
    pub kept: Signal,
    pub others: Vec<Signal>,
}

fn content(signal: &Signal) -> Content {
    let Signal { subject, kind, solution, campaign, quarantined, .. } = signal.clone();
    (time::instant(&signal.at), subject, kind, solution, campaign, quarantined)
}

/// Per id, the distinct contents, the least first.
fn by_id(world: &World) -> BTreeMap<&str, BTreeMap<Content, &Signal>> {
    let mut ids: BTreeMap<&str, BTreeMap<Content, &Signal>> = BTreeMap::new();
    for signal in &world.signals {
        if let Some(id) = &signal.id {
            ids.entry(id).or_default().entry(content(signal)).or_insert(signal);
        }
    }
    ids
}

/// Ids that came with different contents, ordered by id.
pub fn conflicts(world: &World) -> Vec<Conflict> {
    let conflict = |(id, contents): (&str, BTreeMap<Content, &Signal>)| {
        let mut signals = contents.into_values().cloned();
        Some(Conflict { id: id.to_owned(), kept: signals.next()?, others: signals.collect() })
    };
    by_id(world).into_iter().filter_map(conflict).filter(|conflict| !conflict.others.is_empty()).collect()
}

/// One signal per id, and every signal without an id.
fn unrepeated(world: &World) -> Vec<&Signal> {
    let identified = by_id(world).into_values().filter_map(|contents| contents.into_values().next());
    world.signals.iter().filter(|signal| signal.id.is_none()).chain(identified).collect()
}

fn has_known_subject(world: &World, signal: &Signal) -> bool {
    match &signal.subject {
        Subject::Account(id) => world.accounts.iter().any(|account| account.id == *id),
        Subject::Contact(id) => world.contacts.iter().any(|contact| contact.id == *id),
        Subject::Email(_) => false,
    }
}

/// The known signals of the run.
pub fn events(world: &World) -> Vec<Event> {
    let known = unrepeated(world).into_iter().filter(|signal| has_known_subject(world, signal));
    known.map(event).collect()
}

fn event(signal: &Signal) -> Event {
    let Signal { subject, kind, at, solution, quarantined, .. } = signal.clone();
    Event { subject, kind, day: time::day_of(&at), solution, quarantined }
}

/// The states of a run with their counts.
pub fn run_intake(world: &World) -> Value {
    let unrepeated = unrepeated(world);
    let known = unrepeated.iter().filter(|signal| has_known_subject(world, signal)).count();
    json!({
        "duplicate": world.signals.len() - unrepeated.len(),
        "unknown_subject": unrepeated.len() - known,
        "known": known,
    })
}

/// "Usable for a group on day D: known kind, not quarantined, not a duplicate, not after D, of the group's solution or of none. A group
/// without a solution uses every solution."
pub fn is_usable(event: &Event, policy: &Policy, group_solution: Option<&String>, day: Day) -> bool {
    let known_kind = policy.kind(&event.kind).is_some();
    known_kind && !event.quarantined && event.day <= day && has_solution_for(event, group_solution)
}

pub fn has_solution_for(event: &Event, group_solution: Option<&String>) -> bool {
    match (group_solution, &event.solution) {
        (None, _) | (_, None) => true,
        (Some(wanted), Some(solution)) => wanted == solution,
    }
}
