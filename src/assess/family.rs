//! Totals over a family of accounts, people counted once.
//!
//! A person may be known at several accounts of a family; every total counts them once. Without recursion, and in
//! O(n log² n) for n contacts, however deep the family: the people of the smaller side are poured into the larger.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::verdict::State;
use crate::graph::AccountGraph;

/// What an account, or a family of accounts, comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Totals {
    /// Accounts.
    pub accounts: u32,
    /// Buying groups.
    pub groups: u32,
    /// Buying groups that are qualified.
    pub qualified: u32,
    /// People who are members of a group.
    pub known: u32,
    /// People who are engaged in a group.
    pub engaged: u32,
}

/// What one account brings to the totals.
#[derive(Clone, Debug, Default)]
pub(crate) struct Share {
    pub(crate) groups: u32,
    pub(crate) qualified: u32,
    /// The contacts that stand for members, and whether they are engaged in a group.
    pub(crate) people: BTreeMap<u32, bool>,
}

impl Share {
    /// Adds one group of the account: its verdict, and its members with whether they are engaged.
    pub(crate) fn add(&mut self, state: State, members: impl Iterator<Item = (u32, bool)>) {
        self.groups += 1;
        self.qualified += u32::from(state == State::Qualified);
        for (contact, engaged) in members {
            *self.people.entry(contact).or_default() |= engaged;
        }
    }
}

/// The people of a subtree: those of one account only are just counted, those that may meet themselves elsewhere are kept by name.
#[derive(Debug, Default)]
struct Subtree<'g> {
    totals: Totals,
    /// Whether each person of several contacts is engaged anywhere in the subtree.
    shared: BTreeMap<&'g str, bool>,
}

impl Subtree<'_> {
    fn totals(&self) -> Totals {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut totals = self.totals;
        totals.known += count(self.shared.len());
        totals.engaged += count(self.shared.values().filter(|engaged| **engaged).count());
        totals
    }

    fn pour(&mut self, mut other: Self) {
        if other.shared.len() > self.shared.len() {
            core::mem::swap(&mut self.shared, &mut other.shared);
        }
        for (person, engaged) in other.shared {
            *self.shared.entry(person).or_default() |= engaged;
        }
        self.totals = sum(self.totals, other.totals);
    }
}

const fn sum(a: Totals, b: Totals) -> Totals {
    Totals {
        accounts: a.accounts + b.accounts,
        groups: a.groups + b.groups,
        qualified: a.qualified + b.qualified,
        known: a.known + b.known,
        engaged: a.engaged + b.engaged,
    }
}

/// Own, children and total of each of the accounts, which must be closed downwards: with an account come all below it.
pub(crate) fn totals(graph: &AccountGraph, shares: &BTreeMap<u32, Share>) -> BTreeMap<u32, (Totals, Totals, Totals)> {
    let repeated = repeated_persons(graph, shares);
    let mut below: BTreeMap<u32, Subtree<'_>> = BTreeMap::new();
    let mut totals = BTreeMap::new();
    for account in leaves_first(graph, shares) {
        let own = subtree_of_one(graph, &shares[&account], &repeated);
        let children = below.remove(&account).unwrap_or_default();
        let (own_totals, children_totals) = (own.totals(), children.totals());
        let mut all = children;
        all.pour(own);
        totals.insert(account, (own_totals, children_totals, all.totals()));
        if let Some(parent) = graph.parent(account).filter(|parent| shares.contains_key(parent)) {
            below.entry(parent).or_default().pour(all);
        }
    }
    totals
}

/// The persons that stand for members at more than one of the accounts.
fn repeated_persons<'g>(graph: &'g AccountGraph, shares: &BTreeMap<u32, Share>) -> BTreeSet<&'g str> {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    // Only a contact with a person id, or one whose id is somebody's person id, can be one of several: both are at accounts that say so,
    // or are met by name here.
    for contact in shares.values().flat_map(|share| share.people.keys()) {
        if graph.person_may_repeat(*contact) {
            *seen.entry(graph.person_text(*contact)).or_default() += 1;
        }
    }
    seen.into_iter().filter(|(_, count)| *count > 1).map(|(person, _)| person).collect()
}

fn subtree_of_one<'g>(graph: &'g AccountGraph, share: &Share, repeated: &BTreeSet<&'g str>) -> Subtree<'g> {
    let mut subtree = Subtree {
        totals: Totals { accounts: 1, groups: share.groups, qualified: share.qualified, known: 0, engaged: 0 },
        ..Subtree::default()
    };
    for (contact, engaged) in &share.people {
        let person = graph.person_text(*contact);
        if repeated.contains(person) {
            *subtree.shared.entry(person).or_default() |= engaged;
        } else {
            subtree.totals.known += 1;
            subtree.totals.engaged += u32::from(*engaged);
        }
    }
    subtree
}

/// The accounts, each after all below it.
fn leaves_first(graph: &AccountGraph, shares: &BTreeMap<u32, Share>) -> Vec<u32> {
    let tops = shares.keys().filter(|account| graph.parent(**account).is_none_or(|parent| !shares.contains_key(&parent)));
    let mut stack: Vec<u32> = tops.copied().collect();
    let mut order = Vec::with_capacity(shares.len());
    while let Some(account) = stack.pop() {
        order.push(account);
        stack.extend(graph.children(account).into_iter().filter(|child| shares.contains_key(child)));
    }
    order.reverse();
    order
}
