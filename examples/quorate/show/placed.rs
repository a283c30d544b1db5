//! People with what tells them apart: name, id, position, and whose they are.

use std::collections::BTreeMap;
use std::fmt;

use quorate::{AccountGraph, Contact, Sayable, Wording};
use serde::Serialize;

use super::people::spoken;
use crate::words::{shown, shown_whole};

/// `Ine de Graaf (zf-ine), Chief Operating Officer`, and where, unless that is `home`; our own people have no account.
pub fn placed(contact: &str, graph: &AccountGraph, home: Option<&str>) -> String {
    let Some(record) = graph.contact(contact) else { return shown(contact) };
    let title = record.title.as_ref().map(|title| shown(title));
    let whose = match record.account.as_ref().map(AsRef::as_ref) {
        None => Some("one of our own people".into()),
        Some(account) if Some(account) != home => Some(format!("at {}", account_name(account, graph))),
        Some(_) => None,
    };
    [Some(named(&record)), title, whose].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// `Ine de Graaf (zf-ine)`, or the id alone.
fn named(record: &Contact) -> String {
    let id = shown(record.id.as_str());
    record.name.as_ref().map_or_else(|| id.clone(), |name| format!("{} ({id})", shown(name)))
}

/// The account's name, or its id where it has none.
pub fn account_name(account: &str, graph: &AccountGraph) -> String {
    shown(&graph.account(account).and_then(|account| account.name).unwrap_or_else(|| account.into()))
}

/// Results in words that call people by name and id.
pub struct Exactly<'a> {
    pub graph: &'a AccountGraph,
}

impl Exactly<'_> {
    /// A result on one line: nothing in it can steer a terminal.
    pub fn line<T: Sayable>(&self, what: &T) -> String {
        shown_whole(&self.say(what).to_string())
    }

    /// One person.
    pub fn person(&self, contact: &str) -> String {
        self.graph.contact(contact).map_or_else(|| shown(contact), |record| named(&record))
    }

    /// Several: `Ann Lee (ann), Ben Orr (ben)`.
    pub fn people<'i>(&self, contacts: impl Iterator<Item = &'i str>) -> String {
        contacts.map(|contact| self.person(contact)).collect::<Vec<_>>().join(", ")
    }
}

impl Wording for Exactly<'_> {
    fn person(&self, f: &mut fmt::Formatter<'_>, contact: &str) -> fmt::Result {
        f.write_str(&self.person(contact))
    }

    fn role(&self, f: &mut fmt::Formatter<'_>, role: &str) -> fmt::Result {
        f.write_str(&spoken(role))
    }
}

/// A person as JSON.
#[derive(Debug, Serialize)]
pub struct Person {
    name: Option<String>,
    title: Option<String>,
    account_id: Option<String>,
}

impl Person {
    /// Somebody of the graph.
    pub fn of(contact: &str, graph: &AccountGraph) -> Self {
        let record = graph.contact(contact);
        let (name, title) = record.as_ref().map(|one| (one.name.clone(), one.title.clone())).unwrap_or_default();
        Self { name, title, account_id: record.and_then(|one| one.account).map(|account| account.to_string()) }
    }
}

/// Who people are, by id.
pub fn people<'i>(contacts: impl Iterator<Item = &'i str>, graph: &AccountGraph) -> BTreeMap<String, Person> {
    let mut people = BTreeMap::new();
    for contact in contacts {
        people.entry(contact.into()).or_insert_with(|| Person::of(contact, graph));
    }
    people
}
