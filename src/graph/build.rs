//! A whole document into a graph: every problem at once, in linear or n log n time whatever its shape.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::AccountGraph;
use super::edit::across_families;
use super::error::EditError;
use super::facts::{self, Faults};
use super::forest::{cascade, cycles, tops};
use super::portfolio::PortfolioDocument;
use super::renumber;
use super::table::{Row, Table};
use super::walk::cycle_error;
use crate::account::{Account, BuyingGroup};
use crate::contact::Contact;
use crate::problem::{Problem, ProblemKind, Problems};

/// How often one build looks for the id that was meant. A file whose every reference is wrong gets its errors without suggestions.
const SUGGESTIONS: usize = 100;

/// A list of a [`PortfolioDocument`], in the order in which they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// The accounts.
    Accounts,
    /// The contacts.
    Contacts,
    /// The buying groups.
    Groups,
    /// The rows that name contacts for groups.
    Members,
    /// The ties.
    Ties,
    /// The opportunities.
    Opportunities,
    /// The dispositions.
    Dispositions,
}

impl Section {
    /// The name of the list in a document.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Contacts => "contacts",
            Self::Groups => "groups",
            Self::Members => "members",
            Self::Ties => "ties",
            Self::Opportunities => "opportunities",
            Self::Dispositions => "dispositions",
        }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a record of a document was left out, in terms that a reader of files can turn into file, line and column.
///
/// ```
/// use quorate::{AccountGraph, Contact, PortfolioDocument};
/// let document = PortfolioDocument { contacts: vec![Contact::new("ann", "acme")?], ..PortfolioDocument::default() };
/// let (graph, problems) = AccountGraph::build(document);
/// assert!(graph.is_empty());
/// assert_eq!(problems[0].to_string(), "contacts[0].account: unknown account `acme`");
/// # Ok::<(), quorate::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordProblem {
    /// The list.
    pub section: Section,
    /// The place in the list, from 0.
    pub index: usize,
    /// The field, by its name in the document; empty for the record as a whole.
    pub field: &'static str,
    /// What is wrong.
    pub problem: ProblemKind,
}

impl RecordProblem {
    /// Where in the document, such as `contacts[3].account`.
    pub fn path(&self) -> String {
        let dot = if self.field.is_empty() { "" } else { "." };
        alloc::format!("{}[{}]{dot}{}", self.section, self.index, self.field)
    }
}

impl fmt::Display for RecordProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path(), self.problem)
    }
}

impl core::error::Error for RecordProblem {}

impl AccountGraph {
    /// The graph of a document, if all of it can be used.
    ///
    /// # Errors
    /// All problems at once, in the order of the lists and their records: everything that the edits refuse, ids given twice and circles
    /// (each once, whole, at its record with the least id).
    ///
    /// # Cost
    /// The size of the document, times the logarithm.
    pub fn from_document(document: PortfolioDocument) -> Result<Self, Problems> {
        let (graph, found) = Self::build(document);
        let mut problems = Problems::default();
        problems.extend(found.into_iter().map(|problem| Problem::new(problem.path(), problem.problem)));
        problems.or(graph)
    }

    /// The graph of what can be used of a document, and why the rest cannot.
    ///
    /// Of records with one id the first stays. What stands on a record that was left out is left out too and says so
    /// ([`EditError::Unusable`]); of a circle every record is.
    ///
    /// # Cost
    /// The size of the document, times the logarithm.
    pub fn build(document: PortfolioDocument) -> (Self, Vec<RecordProblem>) {
        let mut builder = Builder { graph: Self::default(), problems: Vec::new(), suggestions: SUGGESTIONS };
        builder.reserve(&document);
        builder.accounts(document.accounts);
        builder.contacts(document.contacts);
        builder.groups(document.groups);
        builder.members(&document.members);
        builder.ties(&document.ties);
        builder.opportunities(document.opportunities);
        builder.dispositions(document.dispositions);
        builder.graph.order_contacts();
        builder.problems.sort_by_key(|problem| (problem.section, problem.index));
        (builder.graph, builder.problems)
    }
}

pub(super) struct Builder {
    pub(super) graph: AccountGraph,
    problems: Vec<RecordProblem>,
    pub(super) suggestions: usize,
}

/// The records of one list that are known by id: which number each has, and which are left out.
pub(super) struct Ids {
    /// By place in the list.
    pub(super) numbers: Vec<u32>,
    /// By place in the list.
    pub(super) lost: Vec<bool>,
    /// The first place of each number.
    first: Vec<u32>,
}

impl Builder {
    fn reserve(&mut self, document: &PortfolioDocument) {
        let (accounts, contacts, groups) = (document.accounts.len(), document.contacts.len(), document.groups.len());
        self.graph.accounts.rows.reserve_exact(accounts);
        self.graph.contacts.rows.reserve_exact(contacts);
        let parents = document.accounts.iter().filter(|account| account.parent.is_some()).count();
        let managers = document.contacts.iter().filter(|contact| contact.reports_to.is_some()).count();
        self.graph.relations.reserve_exact_nodes(accounts + contacts + groups);
        self.graph.relations.reserve_exact_edges(parents + managers + document.ties.len());
    }

    pub(super) fn note(&mut self, section: Section, index: usize, field: &'static str, error: EditError) {
        self.problems.push(RecordProblem { section, index, field, problem: error.into() });
    }

    /// Notes what is wrong with a record by itself; whether nothing is.
    pub(super) fn sound(&mut self, section: Section, index: usize, faults: Faults) -> bool {
        let sound = faults.is_empty();
        for (field, error) in faults {
            self.note(section, index, field, error);
        }
        sound
    }

    /// The value, or `None` after its error was noted.
    pub(super) fn noted<T>(&mut self, section: Section, index: usize, field: &'static str, result: Result<T, EditError>) -> Option<T> {
        result.map_err(|error| self.note(section, index, field, error)).ok()
    }

    /// Numbers for the ids of a list; the second and later records of an id are lost.
    pub(super) fn claim_all<'a, R: Row>(
        &mut self,
        section: Section,
        table: impl Fn(&mut AccountGraph) -> &mut Table<R>,
        ids: impl Iterator<Item = &'a str>,
    ) -> Ids {
        let mut claimed = Ids { numbers: Vec::new(), lost: Vec::new(), first: Vec::new() };
        for (index, id) in ids.enumerate() {
            let result = table(&mut self.graph).claim(id);
            let number = self.noted(section, index, "id", result);
            // Numbers of a table that was empty count up, so that the next one is new and any other a repeat.
            let new = number.is_some_and(|number| number as usize == claimed.first.len());
            if new {
                claimed.first.push(place(index));
            } else if number.is_some() {
                self.note(section, index, "id", EditError::Duplicate { what: R::WHAT, id: id.into() });
            }
            claimed.numbers.push(number.unwrap_or_default());
            claimed.lost.push(!new);
        }
        claimed
    }

    fn accounts(&mut self, accounts: Vec<Account>) {
        let section = Section::Accounts;
        let mut ids = self.claim_all(section, |graph| &mut graph.accounts, accounts.iter().map(|account| account.id.as_str()));
        let mut parents: Vec<Option<u32>> = Vec::with_capacity(accounts.len());
        for (index, account) in accounts.iter().enumerate() {
            ids.lost[index] |= !self.sound(section, index, facts::account(account));
            let parent = account.parent.as_ref().map(AsRef::as_ref);
            parents.push(self.target(section, index, "parent", |graph| &graph.accounts, parent, &mut ids));
        }
        self.settle(section, "parent", "parents", |graph| &graph.accounts, &parents, &mut ids);
        renumber::by_text(&mut self.graph.accounts, &mut ids);
        for (index, account) in accounts.into_iter().enumerate().filter(|(index, _)| !ids.lost[*index]) {
            self.graph.put_account(ids.numbers[index], account);
        }
        for (child, parent) in ids.links(&parents) {
            self.graph.link_parent(child, parent);
        }
    }

    fn contacts(&mut self, contacts: Vec<Contact>) {
        let section = Section::Contacts;
        let mut ids = self.claim_all(section, |graph| &mut graph.contacts, contacts.iter().map(|contact| contact.id.as_str()));
        let mut managers: Vec<Option<u32>> = Vec::with_capacity(contacts.len());
        let mut links = Vec::with_capacity(contacts.len());
        for (index, contact) in contacts.iter().enumerate() {
            ids.lost[index] |= !self.sound(section, index, facts::contact(contact));
            let home = contact.account.as_ref().map(|account| self.graph.accounts.require_usable(account.as_str(), &mut self.suggestions));
            let home = self.noted(section, index, "account", home.transpose());
            let manager = contact.reports_to.as_ref().map(AsRef::as_ref);
            managers.push(self.target(section, index, "reports_to", |graph| &graph.contacts, manager, &mut ids));
            let linked = home.map(|home| self.graph.contact_links(contact, home));
            let linked = linked.and_then(|linked| self.noted(section, index, "roles", linked));
            ids.lost[index] |= linked.is_none();
            links.push(linked);
        }
        let homes: Vec<Option<u32>> = links.iter().map(|links| links.as_ref().and_then(|links| links.account)).collect();
        self.check_families(&contacts, &homes, &managers, &mut ids);
        self.settle(section, "reports_to", "reporting lines", |graph| &graph.contacts, &managers, &mut ids);
        renumber::by_home(&mut self.graph.contacts, &mut ids, &homes, self.graph.accounts.rows.len());
        for (index, (contact, links)) in contacts.into_iter().zip(links).enumerate().filter(|(index, _)| !ids.lost[*index]) {
            if let Some(links) = links {
                self.graph.put_contact(ids.numbers[index], contact, links);
            }
        }
        for (contact, manager) in ids.links(&managers) {
            self.graph.link_manager(contact, manager);
        }
    }

    /// Finds the reporting lines between two families of accounts.
    fn check_families(&mut self, contacts: &[Contact], homes: &[Option<u32>], managers: &[Option<u32>], ids: &mut Ids) {
        let accounts = &self.graph.accounts;
        let parents: Vec<Option<u32>> =
            (0..).zip(&accounts.rows).map(|(number, row)| if row.is_live() { self.graph.parent(number) } else { None }).collect();
        let families = tops(&parents);
        let family = |index: usize| homes[index].map(|account| families[account as usize]);
        let strange = |index: &usize| {
            let manager = managers[*index].map(|manager| manager as usize);
            manager.is_some_and(|manager| !ids.lost[*index] && !ids.lost[manager] && family(*index) != family(manager))
        };
        let across: Vec<usize> = (0..contacts.len()).filter(strange).collect();
        for index in across {
            let (contact, manager) = (&contacts[index].id, contacts[index].reports_to.as_ref().map_or("", AsRef::as_ref));
            self.note(Section::Contacts, index, "reports_to", across_families(contact.as_str(), manager));
            ids.lost[index] = true;
        }
    }

    /// The place in the list of the record that another one of it names; one that names a stranger is lost.
    fn target<R: Row>(
        &mut self,
        section: Section,
        index: usize,
        field: &'static str,
        table: impl Fn(&AccountGraph) -> &Table<R>,
        id: Option<&str>,
        ids: &mut Ids,
    ) -> Option<u32> {
        let (id, table) = (id?, table(&self.graph));
        let Some(number) = table.roster.find(id) else {
            let error = table.unlisted(id, &mut self.suggestions);
            self.note(section, index, field, error);
            ids.lost[index] = true;
            return None;
        };
        // A repeated record hangs on nothing, so that only first records can form a circle.
        let is_first = ids.first.get(ids.numbers[index] as usize) == Some(&place(index));
        ids.first.get(number as usize).copied().filter(|_| is_first)
    }

    /// Finds the circles, and all that stands on lost records.
    fn settle<R: Row>(
        &mut self,
        section: Section,
        field: &'static str,
        what: &'static str,
        table: impl Fn(&AccountGraph) -> &Table<R>,
        targets: &[Option<u32>],
        ids: &mut Ids,
    ) {
        let Ids { numbers, lost, .. } = ids;
        let text = |graph: &AccountGraph, index: u32| String::from(table(graph).text(numbers[index as usize]));
        let unusable = |graph: &AccountGraph, index: u32| {
            let id = text(graph, targets[index as usize].unwrap_or(index));
            EditError::Unusable { what: R::WHAT, id }
        };
        for cycle in cycles(targets) {
            let names: Vec<String> = cycle.iter().map(|index| text(&self.graph, *index)).collect();
            let least = names.iter().min().cloned();
            for (index, name) in cycle.iter().zip(&names) {
                // Told once: a list of all ids at each of 10,000 records would be 100,000,000 ids.
                let is_told = Some(name) == least.as_ref();
                let error = if is_told { cycle_error(what, names.iter().map(String::as_str)) } else { unusable(&self.graph, *index) };
                self.note(section, *index as usize, field, error);
                lost[*index as usize] = true;
            }
        }
        for index in cascade(targets, lost) {
            let error = unusable(&self.graph, index);
            self.note(section, index as usize, field, error);
        }
    }

    fn groups(&mut self, groups: Vec<BuyingGroup>) {
        let section = Section::Groups;
        let ids = self.claim_all(section, |graph| &mut graph.groups, groups.iter().map(|group| group.id.as_str()));
        for (index, group) in groups.into_iter().enumerate() {
            let (id, account) = (group.id.as_str(), group.account.as_str());
            // Any account that is named, also one that was left out: it will be back once its own problem is solved.
            let taken = id != account && self.graph.accounts.roster.find(id).is_some();
            if taken {
                self.note(section, index, "id", EditError::GroupNamedLikeAccount { group: id.into(), account: account.into() });
            }
            let home = self.graph.accounts.require_usable(account, &mut self.suggestions);
            let home = self.noted(section, index, "account", home);
            if let Some(home) = home.filter(|_| !taken && !ids.lost[index]) {
                self.graph.put_group(ids.numbers[index], home, group);
            }
        }
    }
}

impl Ids {
    /// By number: the first place of its id in the list.
    pub(super) fn firsts(&self) -> impl Iterator<Item = u32> + '_ {
        self.first.iter().copied()
    }

    /// Takes other numbers, by the old ones.
    pub(super) fn renumber(&mut self, numbers: &[u32]) {
        let mut first = alloc::vec![0; self.first.len()];
        for (old, place) in self.first.iter().enumerate() {
            first[numbers[old] as usize] = *place;
        }
        self.first = first;
        for number in self.numbers.iter_mut().filter(|number| (**number as usize) < numbers.len()) {
            *number = numbers[*number as usize];
        }
    }

    /// The lines between the records that stay, by number.
    fn links<'a>(&'a self, targets: &'a [Option<u32>]) -> impl Iterator<Item = (u32, u32)> + 'a {
        let kept = targets.iter().enumerate().filter(|(index, _)| !self.lost[*index]);
        kept.filter_map(|(index, target)| Some((self.numbers[index], self.numbers[(*target)? as usize])))
    }
}

/// A place in a list as 32 bits.
fn place(index: usize) -> u32 {
    // INVARIANT: only places whose record got a number are kept, and of those there are fewer.
    u32::try_from(index).unwrap_or(u32::MAX)
}
