//! That worlds are valid by construction.

use super::accounts::top;
use super::{groups, sample, worlds};
use crate::world::{Contact, World};
use std::collections::BTreeSet;

#[track_caller]
fn check_unique<T: Ord>(keys: impl Iterator<Item = T>) {
    let keys: Vec<T> = keys.collect();
    let count = keys.len();
    assert_eq!(keys.into_iter().collect::<BTreeSet<_>>().len(), count);
}

fn contact<'a>(world: &'a World, id: &str) -> &'a Contact {
    world.contacts.iter().find(|contact| contact.id == id).expect("a known contact")
}

fn family<'a>(world: &'a World, contact: &'a Contact) -> Option<&'a str> {
    contact.account.as_deref().map(|account| top(world, account))
}

fn check_keys(world: &World) {
    check_unique(world.accounts.iter().map(|account| &account.id));
    check_unique(world.contacts.iter().map(|contact| &contact.id));
    check_unique(world.groups.iter().map(|group| &group.id));
    check_unique(world.opportunities.iter().map(|opportunity| &opportunity.id));
    check_unique(world.members.iter().map(|row| (&row.group, &row.contact, &row.role)));
    check_unique(world.ties.iter().map(|tie| (&tie.from, &tie.to, &tie.kind)));
    for group in &world.groups {
        assert!(world.accounts.iter().all(|account| account.id != group.id || account.id == group.account));
    }
}

fn check_references(world: &World) {
    let named = groups::named(world);
    let account_of = |group: &str| &named.iter().find(|(id, _)| id == group).expect("a known group").1;
    for row in &world.members {
        assert_eq!(contact(world, &row.contact).account.as_ref(), Some(account_of(&row.group)));
    }
    for opportunity in &world.opportunities {
        assert!(opportunity.group.as_ref().is_none_or(|group| *account_of(group) == opportunity.account));
    }
    for tie in &world.ties {
        let families = [&tie.from, &tie.to].map(|id| family(world, contact(world, id)));
        assert!(families.contains(&None) || families[0] == families[1]);
    }
    for disposition in &world.dispositions {
        account_of(&disposition.group);
    }
}

/// Every line upwards ends, inside one family.
fn check_managers(world: &World) {
    for person in &world.contacts {
        let mut steps = 0;
        let mut at = person;
        while let Some(manager) = &at.reports_to {
            at = contact(world, manager);
            assert_eq!(family(world, at), family(world, person));
            steps += 1;
            assert!(steps < world.contacts.len(), "a cycle through {}", person.id);
        }
    }
}

#[test]
fn worlds_are_valid() {
    for world in sample(&worlds(), 1_000) {
        assert!(world.signals.len() <= 60);
        check_keys(&world);
        check_references(&world);
        check_managers(&world);
    }
}
