//! The chart of reporting lines.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::error::NetworkError;
use super::managers::{NOBODY, above, manager_of, nearest_common};
use super::people::Network;
use crate::assess::ContactIds;

/// Who reports to whom, over all accounts: everybody who is there on a day, each person once.
///
/// A person who is several contacts has as manager the one of the least contact that has one. Reporting lines of contacts go in no circle; should they do
/// so once persons are taken together, the line of the one with the least id is left out of each circle.
///
/// O(people + lines) to build.
///
/// ```
/// use quorate::{Account, AccountGraph, Contact, Network, Policy};
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// for id in ["ann", "bea", "cleo", "dan"] {
///     graph.add_contact(Contact::new(id, "acme")?)?;
/// }
/// for (report, manager) in [("ann", "cleo"), ("bea", "cleo"), ("cleo", "dan")] {
///     graph.set_manager(report, Some(manager))?;
/// }
/// let network = Network::new(&graph, &Policy::default(), "2025-05-05".parse()?);
/// let chart = network.org_chart();
/// let dan = chart.person("dan").ok_or("dan is there")?;
/// assert_eq!((dan.depth, dan.reports.len(), dan.all_reports), (0, 1, 3));
/// assert_eq!(chart.chain("ann")?, ["cleo", "dan"]);
/// assert_eq!(chart.common_manager(&["ann", "bea"])?, Some("cleo"));
/// assert_eq!(chart.common_manager(&["ann", "cleo"])?, Some("dan"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct OrgChart<'a> {
    network: &'a Network,
    reports: Reports,
    depth: Vec<u32>,
    all_reports: Vec<u32>,
}

/// A person in the chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OrgPerson {
    /// The contact id.
    pub contact: String,
    /// The manager's contact id; `None`: nobody is known.
    pub manager: Option<String>,
    /// How many managers stand above, up to the top.
    pub depth: u32,
    /// Who reports directly: as many as the person's span of control.
    pub reports: ContactIds,
    /// How many report directly or through others.
    pub all_reports: u32,
}

impl Network {
    /// The chart of reporting lines.
    pub fn org_chart(&self) -> OrgChart<'_> {
        OrgChart::of_network(self)
    }
}

impl<'a> OrgChart<'a> {
    fn of_network(network: &'a Network) -> Self {
        let people = network.managers.len();
        let reports = Reports::new(&network.managers);
        let mut chart = Self { network, reports, depth: alloc::vec![0; people], all_reports: alloc::vec![0; people] };
        let order = chart.managers_first();
        for person in &order {
            if let Some(manager) = chart.manager_of(*person) {
                chart.depth[*person as usize] = chart.depth[manager as usize] + 1;
            }
        }
        for person in order.iter().rev() {
            if let Some(manager) = chart.manager_of(*person) {
                chart.all_reports[manager as usize] += chart.all_reports[*person as usize] + 1;
            }
        }
        chart
    }

    fn manager_of(&self, person: u32) -> Option<u32> {
        manager_of(&self.network.managers, person)
    }

    /// Everybody, managers first.
    fn managers_first(&self) -> Vec<u32> {
        let people = u32::try_from(self.depth.len()).unwrap_or(NOBODY);
        let mut order: Vec<u32> = (0..people).filter(|person| self.manager_of(*person).is_none()).collect();
        let mut at = 0;
        while let Some(person) = order.get(at).copied() {
            at += 1;
            order.extend(self.reports.of(person));
        }
        order
    }

    /// Whose reporting line was left out, with the manager it led to: persons of several contacts who would report in a circle, by id.
    pub fn cut_lines(&self) -> impl Iterator<Item = (&str, &str)> {
        self.network.cut.iter().map(|(person, manager)| (self.network.id(*person), self.network.id(*manager)))
    }

    /// Everybody, by id.
    pub fn people(&self) -> impl Iterator<Item = OrgPerson> {
        (0..).take(self.depth.len()).map(|person| self.entry(person))
    }

    /// A person by any of their contact ids; `None` when they are not there. O(log people + reports · log reports).
    pub fn person(&self, contact: &str) -> Option<OrgPerson> {
        self.network.number_of(contact).map(|person| self.entry(person))
    }

    fn entry(&self, person: u32) -> OrgPerson {
        OrgPerson {
            contact: self.network.id(person).into(),
            manager: self.manager_of(person).map(|manager| self.network.id(manager).into()),
            depth: self.depth[person as usize],
            reports: self.network.plainly().by_id(self.reports.of(person).iter().copied()),
            all_reports: self.all_reports[person as usize],
        }
    }

    /// The manager of somebody, by any of their contact ids; `None`: nobody is known. O(log people).
    ///
    /// # Errors
    /// [`NetworkError`] when the person is not there.
    pub fn manager(&self, contact: &str) -> Result<Option<&str>, NetworkError> {
        Ok(self.manager_of(self.network.find(contact)?).map(|manager| self.network.id(manager)))
    }

    /// The managers above somebody, the nearest first, across accounts. O(depth).
    ///
    /// # Errors
    /// [`NetworkError`] when the person is not there.
    pub fn chain(&self, contact: &str) -> Result<Vec<&str>, NetworkError> {
        let person = self.network.find(contact)?;
        Ok(above(&self.network.managers, person).map(|one| self.network.id(one)).collect())
    }

    /// The nearest manager that all of them have above them; `None` when there is no such person. A manager of one of them who is one of them too is no
    /// manager of all: of two people of whom one manages the other it is who manages both. O((people asked + managers above them) · log managers).
    ///
    /// # Errors
    /// [`NetworkError`] when somebody is not there.
    pub fn common_manager(&self, contacts: &[&str]) -> Result<Option<&str>, NetworkError> {
        let people = self.network.find_all(contacts)?;
        let common = nearest_common(&self.network.managers, &people);
        Ok(common.map(|manager| self.network.id(manager)))
    }
}

/// Who reports to each person, by number: those of person `n` at `starts[n]..starts[n + 1]`.
#[derive(Clone, Debug)]
struct Reports {
    starts: Vec<u32>,
    people: Vec<u32>,
}

impl Reports {
    fn new(managers: &[u32]) -> Self {
        let managed = || (0_u32..).zip(managers.iter().copied()).filter(|(_, manager)| *manager != NOBODY);
        let mut starts = alloc::vec![0_u32; managers.len() + 1];
        managed().for_each(|(_, manager)| starts[manager as usize + 1] += 1);
        for person in 0..managers.len() {
            starts[person + 1] += starts[person];
        }
        let mut next = starts.clone();
        let mut people = alloc::vec![0_u32; managed().count()];
        for (person, manager) in managed() {
            people[next[manager as usize] as usize] = person;
            next[manager as usize] += 1;
        }
        Self { starts, people }
    }

    fn of(&self, person: u32) -> &[u32] {
        let at = person as usize;
        &self.people[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}
