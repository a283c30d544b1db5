//! Buying groups and the rows that list their members.

use super::contacts::{evidence, role};
use super::draw::{maybe, name, span, style, styled, word};
use super::{DEFAULT_GROUPS_ARE_NAMED, Vocabulary};
use crate::world::{Group, MemberRow, World};
use proptest::prelude::*;
use proptest::sample::Index;

/// The last one is the account's own id.
const IDS: [&str; 5] = ["g#", "G #", "g,#", "Gruppe ü#", "=account"];

type Row = (Index, String, Option<String>, (Option<String>, Option<String>));

#[derive(Clone, Debug)]
pub struct Draft {
    group: Group,
    style: usize,
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
pub struct Drafts {
    /// Taken in turn by each account.
    of_accounts: Vec<Vec<Draft>>,
    /// Rows of default groups, taken in turn by each account without a group.
    of_default_groups: Vec<Vec<Row>>,
}

pub fn drafts(vocabulary: &Vocabulary) -> BoxedStrategy<Drafts> {
    let many = |count| prop::collection::vec(draft(vocabulary), count);
    let of_account = prop_oneof![5 => many(0), 3 => many(1), 2 => many(2), 1 => many(3)];
    let default_rows = prop_oneof![3 => Just(Vec::new()), 1 => rows(vocabulary)];
    (prop::collection::vec(of_account, 4), prop::collection::vec(default_rows, 4))
        .prop_map(|(of_accounts, of_default_groups)| Drafts { of_accounts, of_default_groups })
        .boxed()
}

fn draft(vocabulary: &Vocabulary) -> impl Strategy<Value = Draft> + use<> {
    let solution = maybe(0.7, word(&["crm", "erp"]));
    let template = maybe(0.5, name(&vocabulary.templates));
    let membership = prop_oneof![5 => Just(None), 1 => Just(Some("all".to_owned())), 3 => Just(Some("explicit".to_owned()))];
    let rows = prop_oneof![2 => Just(Vec::new()), 3 => rows(vocabulary)];
    (solution, template, membership, style(), rows).prop_map(|(solution, template, membership, style, rows)| Draft {
        group: Group { solution, template, membership, ..Group::default() },
        style,
        rows,
    })
}

fn rows(vocabulary: &Vocabulary) -> BoxedStrategy<Vec<Row>> {
    let row = (any::<Index>(), prop_oneof![8 => role(vocabulary), 1 => Just("unknown".to_owned())], maybe(0.5, evidence()), span());
    prop::collection::vec(row, 0..=8).boxed()
}

pub fn add(world: &mut World, drafts: Drafts) {
    let accounts: Vec<String> = world.accounts.iter().map(|account| account.id.clone()).collect();
    for ((account, groups), default_rows) in accounts.iter().zip(drafts.of_accounts).zip(drafts.of_default_groups) {
        if groups.is_empty() && DEFAULT_GROUPS_ARE_NAMED {
            add_rows(world, account, account, default_rows);
        }
        for draft in groups {
            add_group(world, account, draft);
        }
    }
}

fn add_group(world: &mut World, account: &str, draft: Draft) {
    let number = world.groups.len();
    let id = styled(&IDS, draft.style, number).replace("=account", account);
    let is_taken = world.groups.iter().any(|group| group.id == id);
    let id = if is_taken { format!("g#{number}") } else { id };
    world.groups.push(Group { id: id.clone(), account: account.to_owned(), ..draft.group });
    add_rows(world, &id, account, draft.rows);
}

fn add_rows(world: &mut World, group: &str, account: &str, rows: Vec<Row>) {
    let people: Vec<String> = contacts_of(world, account);
    for (place, role, evidence, (known_from, known_until)) in rows {
        let Some(contact) = people.get(place.index(people.len().max(1))) else { continue };
        let is_new = !world.members.iter().any(|row| row.group == group && row.contact == *contact && row.role == role);
        if is_new {
            let (group, contact) = (group.to_owned(), contact.clone());
            world.members.push(MemberRow { group, contact, role, evidence, known_from, known_until });
        }
    }
}

fn contacts_of(world: &World, account: &str) -> Vec<String> {
    let of_account = world.contacts.iter().filter(|contact| contact.account.as_deref() == Some(account));
    of_account.map(|contact| contact.id.clone()).collect()
}

/// Ids of groups that records may name, each with its account.
pub fn named(world: &World) -> Vec<(String, String)> {
    let own = world.groups.iter().map(|group| (group.id.clone(), group.account.clone()));
    let is_lonely = |account: &String| !world.groups.iter().any(|group| group.account == *account);
    let lonely = world.accounts.iter().map(|account| account.id.clone()).filter(|id| DEFAULT_GROUPS_ARE_NAMED && is_lonely(id));
    own.chain(lonely.map(|id| (id.clone(), id))).collect()
}
