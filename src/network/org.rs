//! The chart of reporting lines.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::error::NetworkError;
use super::people::Network;
use super::warm::HopKind;
use crate::assess::ContactIds;

/// Stands for "no manager".
const NOBODY: u32 = u32::MAX;

/// Who reports to whom, over all accounts: everybody who is there on a day, each person once.
///
/// A person who is several contacts has as manager the one of the least contact that has one. Reporting lines of contacts go in no circle; should they do
/// so once persons are taken together, the line that closes the circle is left out, going by the ids of those who report.
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
    manager: Vec<u32>,
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
    pub(super) fn of_network(network: &'a Network) -> Self {
        let people = network.contacts.len();
        let mut chart =
            Self { network, manager: network.managers.clone(), depth: alloc::vec![0; people], all_reports: alloc::vec![0; people] };
        for person in chart.managers_first() {
            if let Some(manager) = chart.manager_of(person) {
                chart.depth[person as usize] = chart.depth[manager as usize] + 1;
            }
        }
        for person in chart.managers_first().into_iter().rev() {
            if let Some(manager) = chart.manager_of(person) {
                chart.all_reports[manager as usize] += chart.all_reports[person as usize] + 1;
            }
        }
        chart
    }

    fn manager_of(&self, person: u32) -> Option<u32> {
        Some(self.manager[person as usize]).filter(|manager| *manager != NOBODY)
    }

    fn reports(&self, person: u32) -> impl Iterator<Item = u32> {
        // Whoever a person manages has a line to them; a stronger tie may stand in its place, so the table of managers is what counts.
        self.network.lines.from(person).iter().map(|line| line.to).filter(move |other| self.manager_of(*other) == Some(person))
    }

    /// Everybody, managers first.
    fn managers_first(&self) -> Vec<u32> {
        let people = u32::try_from(self.manager.len()).unwrap_or(NOBODY);
        let mut order: Vec<u32> = (0..people).filter(|person| self.manager_of(*person).is_none()).collect();
        let mut at = 0;
        while let Some(person) = order.get(at).copied() {
            at += 1;
            order.extend(self.reports(person).collect::<Vec<_>>());
        }
        order
    }

    /// Everybody, by id.
    pub fn people(&self) -> impl Iterator<Item = OrgPerson> {
        (0..).take(self.manager.len()).map(|person| self.entry(person))
    }

    /// A person by any of their contact ids; `None` when they are not there. O(log people + reports).
    pub fn person(&self, contact: &str) -> Option<OrgPerson> {
        self.network.find(contact).ok().map(|person| self.entry(person))
    }

    fn entry(&self, person: u32) -> OrgPerson {
        OrgPerson {
            contact: self.network.id(person).into(),
            manager: self.manager_of(person).map(|manager| self.network.id(manager).into()),
            depth: self.depth[person as usize],
            reports: self.network.by_id(self.reports(person).collect()),
            all_reports: self.all_reports[person as usize],
        }
    }

    /// The managers above somebody, the nearest first, across accounts. O(depth).
    ///
    /// # Errors
    /// [`NetworkError`] when the person is not there.
    pub fn chain(&self, contact: &str) -> Result<Vec<&str>, NetworkError> {
        let person = self.network.find(contact)?;
        let above = core::iter::successors(self.manager_of(person), |one| self.manager_of(*one));
        Ok(above.map(|one| self.network.id(one)).collect())
    }

    /// The nearest manager that all of them have above them; `None` when there is no such person. A manager of one of them who is one of them too is no
    /// manager of all: of two people of whom one manages the other it is who manages both. O(people asked × depth).
    ///
    /// # Errors
    /// [`NetworkError`] when somebody is not there.
    pub fn common_manager(&self, contacts: &[&str]) -> Result<Option<&str>, NetworkError> {
        let people = self.network.find_all(contacts)?;
        let all = people.iter().all(|person| self.manager_of(*person).is_some());
        Ok(self.nearest_common(&people).filter(|_| all).map(|(manager, _)| self.network.id(manager)))
    }

    /// The nearest manager above all of these people that have a manager, and who these are.
    pub(super) fn nearest_common(&self, people: &[u32]) -> Option<(u32, Vec<u32>)> {
        let managed: Vec<u32> = people.iter().copied().filter(|person| self.manager_of(*person).is_some()).collect();
        let mut managers = managed.iter().filter_map(|person| self.manager_of(*person));
        let first = managers.next()?;
        let common = managers.try_fold(first, |common, other| self.meet(common, other))?;
        Some((common, managed))
    }

    /// The lowest who is one of two people or stands above both, in the sense that each is that person or below.
    fn meet(&self, mut one: u32, mut other: u32) -> Option<u32> {
        while one != other {
            let (higher, lower) = (self.depth[one as usize], self.depth[other as usize]);
            if higher >= lower {
                one = self.manager_of(one)?;
            } else {
                other = self.manager_of(other)?;
            }
        }
        Some(one)
    }
}

/// The manager of each person, where reporting lines of contacts are given by person: the first of each, as long as no circle arises.
pub(super) fn managers(people: usize, lines: impl Iterator<Item = (u32, u32)>) -> Vec<u32> {
    let mut managers = alloc::vec![NOBODY; people];
    for (person, manager) in lines.filter(|(person, manager)| person != manager) {
        if managers[person as usize] == NOBODY {
            managers[person as usize] = manager;
        }
    }
    break_circles(&mut managers);
    managers
}

/// Takes the line out of the least person of each circle.
fn break_circles(managers: &mut [u32]) {
    const DONE: u32 = u32::MAX;
    let mut round = alloc::vec![0_u32; managers.len()];
    for start in 0..managers.len() {
        // INVARIANT: the graph numbers contacts with 32 bits.
        let mark = u32::try_from(start).unwrap_or(DONE - 1) + 1;
        let mut at = start;
        while round[at] == 0 && managers[at] != NOBODY {
            round[at] = mark;
            at = managers[at] as usize;
        }
        if round[at] == mark && managers[at] != NOBODY {
            // `at` is on a circle, and everybody of it was met in this round.
            let mut least = at;
            let mut next = managers[at] as usize;
            while next != at {
                least = least.min(next);
                next = managers[next] as usize;
            }
            managers[least] = NOBODY;
        }
    }
}

impl HopKind {
    /// Whether the line is a reporting line.
    pub const fn is_reporting(self) -> bool {
        matches!(self, Self::ReportsTo | Self::Manages)
    }
}
