//! Along the lines: one step, or all the way up. Every walk is a loop, so that no depth can overflow the stack.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use petgraph::Direction::{Incoming, Outgoing};
use petgraph::graph::EdgeIndex;
use petgraph::visit::EdgeRef;

use super::AccountGraph;
use super::error::EditError;
use super::store::{Node, Place, Relation, Seat, TieFacts};

/// One end's view of a line.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) edge: EdgeIndex<u32>,
    pub(super) relation: &'a Relation,
    /// The record at the other end.
    pub(super) other: Node,
}

impl AccountGraph {
    /// The lines that leave a record, in no order.
    pub(super) fn lines_from(&self, place: Place) -> impl Iterator<Item = Line<'_>> {
        self.relations.edges_directed(place.0, Outgoing).filter_map(|edge| {
            let other = *self.relations.node_weight(edge.target())?;
            Some(Line { edge: edge.id(), relation: edge.weight(), other })
        })
    }

    /// The lines that arrive at a record, in no order.
    pub(super) fn lines_to(&self, place: Place) -> impl Iterator<Item = Line<'_>> {
        self.relations.edges_directed(place.0, Incoming).filter_map(|edge| {
            let other = *self.relations.node_weight(edge.source())?;
            Some(Line { edge: edge.id(), relation: edge.weight(), other })
        })
    }

    /// The line to an account's parent.
    pub(super) fn parent_line(&self, account: u32) -> Option<(EdgeIndex<u32>, u32)> {
        self.lines_from(self.accounts.row(account).place).find_map(|line| match (line.relation, line.other) {
            (Relation::ChildOf, Node::Account(parent)) => Some((line.edge, parent)),
            _ => None,
        })
    }

    /// The line to a contact's manager. Cost: the lines that leave the contact.
    pub(super) fn manager_line(&self, contact: u32) -> Option<(EdgeIndex<u32>, u32)> {
        self.lines_from(self.contacts.row(contact).place).find_map(|line| match (line.relation, line.other) {
            (Relation::ReportsTo, Node::Contact(manager)) => Some((line.edge, manager)),
            _ => None,
        })
    }

    /// An account's parent.
    pub(crate) fn parent(&self, account: u32) -> Option<u32> {
        self.parent_line(account).map(|(_, parent)| parent)
    }

    /// A contact's manager.
    pub(crate) fn manager(&self, contact: u32) -> Option<u32> {
        self.manager_line(contact).map(|(_, manager)| manager)
    }

    /// The accounts whose parent this one is, by id.
    pub(crate) fn children(&self, account: u32) -> Vec<u32> {
        let children = self.lines_to(self.accounts.row(account).place).filter_map(|line| match (line.relation, line.other) {
            (Relation::ChildOf, Node::Account(child)) => Some(child),
            _ => None,
        });
        self.accounts.by_id(children.collect())
    }

    /// The contacts who report to this one, by id.
    pub(crate) fn reports(&self, contact: u32) -> Vec<u32> {
        let reports = self.lines_to(self.contacts.row(contact).place).filter_map(|line| match (line.relation, line.other) {
            (Relation::ReportsTo, Node::Contact(report)) => Some(report),
            _ => None,
        });
        self.contacts.by_id(reports.collect())
    }

    /// The ties from a contact with the contacts they lead to, in no order.
    pub(crate) fn ties_from(&self, contact: u32) -> impl Iterator<Item = (u32, TieFacts)> {
        self.lines_from(self.contacts.row(contact).place).filter_map(tie_of)
    }

    /// The ties to a contact with the contacts they come from, in no order.
    pub(super) fn ties_to(&self, contact: u32) -> impl Iterator<Item = (u32, TieFacts)> {
        self.lines_to(self.contacts.row(contact).place).filter_map(tie_of)
    }

    /// The contacts a group names with the rows that name them, in no order.
    pub(super) fn seats_in(&self, group: u32) -> impl Iterator<Item = (u32, &Seat)> {
        self.lines_to(self.groups.row(group).place).filter_map(|line| match (line.relation, line.other) {
            (Relation::Seat(seat), Node::Contact(contact)) => Some((contact, &**seat)),
            _ => None,
        })
    }

    /// The groups that name a contact with the rows that do, in no order.
    pub(super) fn seats_of(&self, contact: u32) -> impl Iterator<Item = (u32, &Seat)> {
        self.lines_from(self.contacts.row(contact).place).filter_map(|line| match (line.relation, line.other) {
            (Relation::Seat(seat), Node::Group(group)) => Some((group, &**seat)),
            _ => None,
        })
    }

    /// The line by which a group names a contact.
    pub(super) fn seat_line(&self, contact: u32, group: u32) -> Option<EdgeIndex<u32>> {
        let (from, to) = (self.contacts.row(contact).place, self.groups.row(group).place);
        self.line_between(from, Node::Contact(contact), to, Node::Group(group), |relation| matches!(relation, Relation::Seat(_)))
    }

    /// The tie of that kind and strength from one contact to another.
    pub(super) fn tie_line(&self, from: u32, to: u32, kind: crate::account::TieKind, strength: u8) -> Option<EdgeIndex<u32>> {
        let (start, end) = (self.contacts.row(from).place, self.contacts.row(to).place);
        self.line_between(
            start,
            Node::Contact(from),
            end,
            Node::Contact(to),
            |relation| matches!(relation, Relation::Tie(tie) if tie.kind == kind && tie.strength == strength),
        )
    }

    /// A line between two records.
    ///
    /// Both ends list it, so the two lists are walked in step and the search is over with the shorter one: one more seat in a group of
    /// 100,000 costs no more than the contact's own few lines.
    fn line_between(&self, from: Place, start: Node, to: Place, end: Node, is_it: impl Fn(&Relation) -> bool) -> Option<EdgeIndex<u32>> {
        self.lines_from(from).zip(self.lines_to(to)).find_map(|(leaving, arriving)| {
            if leaving.other == end && is_it(leaving.relation) {
                Some(leaving.edge)
            } else if arriving.other == start && is_it(arriving.relation) {
                Some(arriving.edge)
            } else {
                None
            }
        })
    }

    /// The topmost parent of an account, which names its family. Cost: the account's depth.
    pub(super) fn root(&self, account: u32) -> u32 {
        let mut top = account;
        while let Some(parent) = self.parent(top) {
            top = parent;
        }
        top
    }

    /// Whether two contacts' accounts are of one family; people of no account are a family of their own. Cost: the accounts' depths.
    pub(super) fn same_family(&self, one: Option<u32>, other: Option<u32>) -> bool {
        match (one, other) {
            (Some(one), Some(other)) => one == other || self.root(one) == self.root(other),
            (None, None) => true,
            _ => false,
        }
    }

    /// An account and all below it. Cost: as many, times the logarithm.
    pub(super) fn subtree(&self, account: u32) -> BTreeSet<u32> {
        let (mut found, mut open) = (BTreeSet::from([account]), Vec::from([account]));
        while let Some(next) = open.pop() {
            open.extend(self.children(next).into_iter().filter(|child| found.insert(*child)));
        }
        found
    }

    /// The reporting lines with exactly one end in these accounts, as report and manager. Cost: the lines of the accounts' contacts.
    pub(super) fn reporting_lines_across(&self, accounts: &BTreeSet<u32>) -> Vec<(u32, u32)> {
        let outside = |contact: u32| self.contacts.row(contact).account().is_none_or(|account| !accounts.contains(&account));
        let mut lines = Vec::new();
        for contact in accounts.iter().flat_map(|account| &self.accounts.row(*account).contacts) {
            lines.extend(self.manager(*contact).filter(|manager| outside(*manager)).map(|manager| (*contact, manager)));
            lines.extend(self.reports(*contact).into_iter().filter(|report| outside(*report)).map(|report| (report, *contact)));
        }
        lines
    }

    /// Whether `parent` may become the parent of `account`, as far as circles go. Cost: the parent's depth.
    ///
    /// # Errors
    /// [`EditError::Cycle`] when `account` is above `parent`.
    pub(super) fn check_parent_cycle(&self, account: u32, parent: u32) -> Result<(), EditError> {
        let cycle = climb(account, parent, |above| self.parent(above));
        cycle.map_or(Ok(()), |found| Err(cycle_error("parents", found.into_iter().map(|number| self.accounts.text(number)))))
    }

    /// Whether `manager` may become the manager of `contact`, as far as circles go. Cost: the lines of the managers above.
    ///
    /// # Errors
    /// [`EditError::Cycle`] when `contact` is above `manager`.
    pub(super) fn check_manager_cycle(&self, contact: u32, manager: u32) -> Result<(), EditError> {
        let cycle = climb(contact, manager, |above| self.manager(above));
        cycle.map_or(Ok(()), |found| Err(cycle_error("reporting lines", found.into_iter().map(|number| self.contacts.text(number)))))
    }
}

fn tie_of(line: Line<'_>) -> Option<(u32, TieFacts)> {
    match (line.relation, line.other) {
        (Relation::Tie(facts), Node::Contact(other)) => Some((other, **facts)),
        _ => None,
    }
}

/// The circle that a line from `start` to `next` would close, if it does.
fn climb(start: u32, next: u32, up: impl Fn(u32) -> Option<u32>) -> Option<Vec<u32>> {
    let (mut path, mut at) = (Vec::from([start]), next);
    while at != start {
        path.push(at);
        at = up(at)?;
    }
    Some(path)
}

/// A circle as an error, from the least id on.
pub(super) fn cycle_error<'a>(what: &'static str, ids: impl Iterator<Item = &'a str>) -> EditError {
    let mut ids: Vec<String> = ids.map(String::from).collect();
    let least = (0..ids.len()).min_by(|a, b| ids[*a].cmp(&ids[*b])).unwrap_or(0);
    ids.rotate_left(least);
    EditError::Cycle { what, ids }
}
