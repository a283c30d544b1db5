//! The graph's own audit: every invariant again, from scratch, with nothing taken from the lookups it checks.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use petgraph::visit::{EdgeRef, IntoEdgeReferences};

use super::AccountGraph;
use super::facts::{self, Faults};
use super::forest::{cycles, tops};
use super::store::{Node, Place, Relation, Seat};
use super::table::{Row, Table};

/// An invariant of the graph that does not hold. There is none after any sequence of edits; one would be a defect of this crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    record: String,
    rule: &'static str,
}

impl Violation {
    /// The id of the record at fault, or empty for the graph as a whole.
    pub fn record(&self) -> &str {
        &self.record
    }

    /// The invariant that does not hold.
    pub const fn rule(&self) -> &'static str {
        self.rule
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.record.is_empty() { f.write_str(self.rule) } else { write!(f, "`{}`: {}", self.record, self.rule) }
    }
}

impl core::error::Error for Violation {}

impl AccountGraph {
    /// Re-checks every invariant: the counts, both directions of every lookup, every line, circles, families, the rules of default groups,
    /// and the facts of every record. For tests and for those who doubt.
    ///
    /// # Errors
    /// Every invariant that does not hold, by record.
    ///
    /// # Cost
    /// The size of the graph, times the logarithm.
    pub fn verify(&self) -> Result<(), Vec<Violation>> {
        let mut audit = Audit { graph: self, lines: Lines::default(), found: Vec::new() };
        audit.tables();
        audit.lines();
        // Walks along broken lines would not end or lead nowhere.
        if audit.found.is_empty() {
            audit.forests();
            audit.rows();
        }
        audit.found.sort_unstable();
        audit.found.dedup();
        if audit.found.is_empty() { Ok(()) } else { Err(audit.found) }
    }
}

/// One audit: what it found so far. The rows are checked in `verify_rows`.
pub(super) struct Audit<'a> {
    pub(super) graph: &'a AccountGraph,
    pub(super) lines: Lines,
    found: Vec<Violation>,
}

/// The lines as a pass over all edges finds them.
#[derive(Default)]
pub(super) struct Lines {
    parents: BTreeMap<u32, u32>,
    managers: BTreeMap<u32, u32>,
    /// Groups with the contacts they name.
    pub(super) seats: BTreeSet<(u32, u32)>,
}

impl<'a> Audit<'a> {
    pub(super) fn check(&mut self, holds: bool, record: &str, rule: &'static str) {
        if !holds {
            self.found.push(Violation { record: record.into(), rule });
        }
    }

    /// That a record can be read back and is as the doors would let it in.
    pub(super) fn facts(&mut self, id: &str, faults: Option<Faults>) {
        self.check(faults.is_some(), id, "a record can be read back");
        self.check(faults.is_none_or(|faults| faults.is_empty()), id, "the facts of a record are in their ranges");
    }

    /// The roles of a record, each with what tells apart those of one name: known (which is the answer), each once, by name.
    pub(super) fn roles<T: Ord>(&mut self, id: &str, roles: impl Iterator<Item = (u16, T)> + Clone) -> bool {
        let known = roles.clone().all(|(role, _)| usize::from(role) < self.graph.roles.len());
        self.check(known, id, "a role has a name");
        if known {
            let graph = self.graph;
            let names = roles.map(|(role, of)| (graph.roles.text(u32::from(role)), of));
            self.check(names.is_sorted_by(|a, b| a < b), id, "roles stand once each, by name");
        }
        known
    }

    fn tables(&mut self) {
        let graph = self.graph;
        self.table(&graph.accounts);
        self.table(&graph.contacts);
        self.table(&graph.groups);
        self.table(&graph.opportunities);
        self.places(&graph.accounts, |row| row.place, Node::Account);
        self.places(&graph.contacts, |row| row.place, Node::Contact);
        self.places(&graph.groups, |row| row.place, Node::Group);
        let records = graph.accounts.live + graph.contacts.live + graph.groups.live;
        self.check(graph.relations.node_count() == records, "", "there are as many nodes as records");
    }

    /// Ids and numbers find each other, and the count is right.
    fn table<R: Row>(&mut self, table: &Table<R>) {
        self.check(table.rows.len() == table.roster.len(), "", "every id has a row and every row an id");
        self.check(table.live == table.live().count(), "", "the count of records is right");
        for (number, id) in table.roster.iter() {
            self.check(table.roster.find(id) == Some(number), id, "an id and its number find each other");
        }
    }

    /// Each record's node is its own.
    fn places<R: Row>(&mut self, table: &Table<R>, place: impl Fn(&R) -> Place, node: impl Fn(u32) -> Node) {
        for (number, id) in table.roster.iter() {
            let Some(row) = table.live_row(number) else { continue };
            let found = self.graph.relations.node_weight(place(row).0) == Some(&node(number));
            self.check(found, id, "a record and its node find each other");
        }
    }

    /// Every edge: its sort fits its ends, and nothing stands twice that may stand only once.
    fn lines(&mut self) {
        let mut ties = BTreeSet::new();
        for edge in self.graph.relations.edge_references() {
            let (Some((source, id)), Some((target, _))) = (self.record(edge.source()), self.record(edge.target())) else {
                self.check(false, "", "every line has two records");
                continue;
            };
            match (edge.weight(), source, target) {
                (Relation::ChildOf, Node::Account(child), Node::Account(parent)) => {
                    let first = self.lines.parents.insert(child, parent).is_none();
                    self.check(first, id, "an account has at most one parent");
                }
                (Relation::ReportsTo, Node::Contact(contact), Node::Contact(manager)) => {
                    let first = self.lines.managers.insert(contact, manager).is_none();
                    self.check(first, id, "a contact has at most one manager");
                }
                (Relation::Tie(facts), Node::Contact(from), Node::Contact(to)) => {
                    self.check(ties.insert((from, to, facts.kind, facts.strength)), id, "no tie stands twice");
                    let record = self.graph.tie_record(from, to, **facts);
                    self.facts(id, record.map(|record| facts::tie(&record)));
                }
                (Relation::Seat(seat), Node::Contact(contact), Node::Group(group)) => self.seat(id, contact, group, seat),
                _ => self.check(false, id, "a line leads from and to records of its sort"),
            }
        }
    }

    /// The record of a node, if it is there, with its id.
    fn record(&self, index: petgraph::graph::NodeIndex<u32>) -> Option<(Node, &'a str)> {
        let (graph, node) = (self.graph, *self.graph.relations.node_weight(index)?);
        let id = match node {
            Node::Account(number) => graph.accounts.live_row(number).map(|_| graph.accounts.text(number)),
            Node::Contact(number) => graph.contacts.live_row(number).map(|_| graph.contacts.text(number)),
            Node::Group(number) => graph.groups.live_row(number).map(|_| graph.groups.text(number)),
        };
        id.map(|id| (node, id))
    }

    fn seat(&mut self, id: &str, contact: u32, group: u32, seat: &Seat) {
        let first = self.lines.seats.insert((group, contact));
        self.check(first, id, "the rows that name a contact for a group stand on one line");
        self.check(!seat.claims.is_empty(), id, "a seat has a row");
        let same = self.graph.contacts.row(contact).account() == Some(self.graph.groups.row(group).account);
        self.check(same, id, "a contact is named only for groups of its account");
        if self.roles(id, seat.claims.iter().map(|claim| (claim.role, ()))) {
            for claim in &seat.claims {
                let record = self.graph.member_record(group, contact, *claim);
                self.facts(id, record.map(|record| facts::member(&record)));
            }
        }
    }

    /// Parents and managers: what a walk finds is what the pass over the edges found, there is no circle, and lines stay in a family.
    fn forests(&mut self) {
        let graph = self.graph;
        let lines = core::mem::take(&mut self.lines);
        let targets = |lines: &BTreeMap<u32, u32>, rows: usize| (0..).take(rows).map(|number| lines.get(&number).copied()).collect();
        let parents: Vec<Option<u32>> = targets(&lines.parents, graph.accounts.rows.len());
        let managers: Vec<Option<u32>> = targets(&lines.managers, graph.contacts.rows.len());
        let circles = cycles(&parents);
        for number in circles.iter().flatten() {
            self.check(false, graph.accounts.text(*number), "parents do not go in a circle");
        }
        for number in cycles(&managers).iter().flatten() {
            self.check(false, graph.contacts.text(*number), "reporting lines do not go in a circle");
        }
        for (child, parent) in &lines.parents {
            self.check(graph.parent(*child) == Some(*parent), graph.accounts.text(*child), "a walk finds the parent");
        }
        for (contact, manager) in &lines.managers {
            self.check(graph.manager(*contact) == Some(*manager), graph.contacts.text(*contact), "a walk finds the manager");
        }
        let families = if circles.is_empty() { tops(&parents) } else { Vec::new() };
        let family = |contact: u32| graph.contacts.row(contact).account().map(|account| families.get(account as usize));
        for (contact, manager) in &lines.managers {
            let same = family(*contact) == family(*manager);
            self.check(same, graph.contacts.text(*contact), "a reporting line stays in a family of accounts");
        }
        self.lines = lines;
    }
}
