//! What a verdict hangs on: worlds without a person, without the signals of one row, without a fact.

use super::people;
use super::policy::Policy;
use super::signals;
use super::snapshot::{Scene, Snapshot};
use crate::world::{Account, Day, Subject, World};
use serde_json::Value;
use std::collections::BTreeSet;

/// Something that could be lost.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// A member, by id.
    Person(String),
    /// The signals of a kind on a day, of a member or of the account's unnamed visitors.
    Signals(Option<String>, String, Day),
    /// A fact of the account, by its name in documents.
    Fact(String),
}

/// Everything that a group could lose: its people, the usable signals of those who are no opponents and of unnamed visitors, the known facts.
pub fn all(world: &World, policy: &Value, group: &str, day: Day) -> BTreeSet<Loss> {
    let policy = Policy::read(policy);
    let scene = Scene { world, policy: &policy, events: signals::events(world) };
    let group = super::group(world, group);
    let now = Snapshot::take(&scene, &group, day);
    let people = now.people.iter().map(|person| Loss::Person(person.id().to_owned()));
    let named = now.actions().map(|(person, event, _)| Loss::Signals(Some(person.id().to_owned()), event.kind.clone(), event.day));
    let unnamed = now.unnamed.iter().map(|event| Loss::Signals(None, event.kind.clone(), event.day));
    people.chain(named).chain(unnamed).chain(facts(now.account).into_iter().map(Loss::Fact)).collect()
}

fn facts(account: &Account) -> Vec<String> {
    let known = [
        ("industry", account.industry.is_some()),
        ("country", account.country.is_some()),
        ("employees", account.employees.is_some()),
        ("revenue", account.revenue.is_some()),
        ("technologies", account.technologies.is_some()),
        ("fit_score", account.fit_score.is_some()),
    ];
    let plain = known.into_iter().filter(|(_, is_known)| *is_known).map(|(name, _)| name.to_owned());
    plain.chain(account.attributes.keys().map(|name| format!("attribute {name}"))).collect()
}

/// The world after a loss. No signal of it may have an id, so that nothing takes the place of what goes.
pub fn after(world: &World, policy: &Value, group: &str, day: Day, loss: &Loss) -> World {
    assert!(world.signals.iter().all(|signal| signal.id.is_none()), "signals have no ids");
    let policy = Policy::read(policy);
    let group = super::group(world, group);
    match loss {
        Loss::Person(id) => {
            let of_person = |contact: &crate::world::Contact| contact.person.clone().unwrap_or_else(|| contact.id.clone());
            let person = world.contacts.iter().find(|contact| contact.id == *id).map(of_person).expect("a contact");
            let is_theirs =
                |contact: &&crate::world::Contact| contact.account.as_ref() == Some(&group.account) && of_person(contact) == person;
            let gone: Vec<String> = world.contacts.iter().filter(is_theirs).map(|contact| contact.id.clone()).collect();
            crate::vary::without(world.clone(), &gone)
        }
        Loss::Signals(who, kind, on) => {
            let members = people::members(world, &policy, &group, day);
            let contacts = who.as_ref().map(|id| members.into_iter().find(|member| member.id == *id).expect("a member").contacts);
            let is_theirs = |subject: &Subject| match (&contacts, subject) {
                (Some(contacts), Subject::Contact(id)) => contacts.contains(id),
                (None, Subject::Account(id)) => *id == group.account,
                _ => false,
            };
            let mut world = world.clone();
            world.signals.retain(|signal| !(is_theirs(&signal.subject) && signal.kind == *kind && super::day_of(&signal.at) == *on));
            world
        }
        Loss::Fact(fact) => {
            let mut world = world.clone();
            let account = world.accounts.iter_mut().find(|account| account.id == group.account).expect("the account");
            forget(account, fact);
            world
        }
    }
}

fn forget(account: &mut Account, fact: &str) {
    match fact {
        "industry" => account.industry = None,
        "country" => account.country = None,
        "employees" => account.employees = None,
        "revenue" => account.revenue = None,
        "technologies" => account.technologies = None,
        "fit_score" => account.fit_score = None,
        _ => drop(account.attributes.remove(fact.strip_prefix("attribute ").expect("a fact"))),
    }
}
