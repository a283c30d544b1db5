//! Which groups an account has, what they are called, and which policy each is assessed by.

use alloc::string::String;
use alloc::vec::Vec;

use super::members::GroupRef;
use super::run::Policies;
use crate::graph::AccountGraph;
use crate::policy::Policy;

/// The groups of an account, ordered by id; its default group when it has none of its own.
pub(crate) fn groups_of(graph: &AccountGraph, account: u32) -> Vec<GroupRef> {
    if let Some(group) = only_group(graph, account) {
        return Vec::from([group]);
    }
    let mut groups = graph.account_row(account).groups.clone();
    groups.sort_by(|a, b| graph.group_names().text(*a).cmp(graph.group_names().text(*b)));
    groups.into_iter().map(|group| GroupRef { account, group: Some(group), default: false }).collect()
}

/// The group of an account that has one alone.
pub(crate) fn only_group(graph: &AccountGraph, account: u32) -> Option<GroupRef> {
    let row = graph.account_row(account);
    match row.groups[..] {
        [] => Some(GroupRef { account, group: row.default_group(), default: true }),
        [group] => Some(GroupRef { account, group: Some(group), default: false }),
        _ => None,
    }
}

/// The id of a group: that of the account for a default group.
pub(crate) fn group_text(graph: &AccountGraph, group: GroupRef) -> &str {
    match group.group.filter(|_| !group.default) {
        Some(number) => graph.group_names().text(number),
        None => graph.account_names().text(group.account),
    }
}

impl<'a> Policies<'a> {
    /// All of them, in order.
    pub(crate) fn all(self) -> Vec<&'a Policy> {
        match self {
            Self::One(policy) => Vec::from([policy]),
            Self::Set(set) => set.entries().iter().map(|entry| &entry.policy).collect(),
        }
    }

    /// The number of the policy that a group is assessed by.
    pub(crate) fn of(self, graph: &AccountGraph, group: GroupRef) -> Option<usize> {
        let set = match self {
            Self::One(_) => return Some(0),
            Self::Set(set) => set,
        };
        let solution = group.group.and_then(|number| graph.group_row(number).solution.as_ref());
        let segment = graph.account_row(group.account).facts().attributes.get("segment");
        set.position(solution.map(AsRef::as_ref), segment.map(String::as_str), None)
    }
}
