//! Who there is: accounts and their families, contacts and their managers, buying groups, ties, opportunities and dispositions.
//!
//! `store` says what is kept, `edit`, `remove` and `restore` change it through `put`, `walk` follows the lines, `read` answers by id and
//! `numbers` by number, `portfolio`, `build` and `write` are the document, and `verify` audits all of it.

mod build;
mod build_rest;
mod edit;
mod error;
mod facts;
mod forest;
mod live;
mod numbers;
mod portfolio;
mod put;
mod read;
mod remove;
mod renumber;
mod restore;
mod store;
mod table;
#[cfg(test)]
mod tests;
mod verify;
mod verify_rows;
mod walk;
mod write;

pub use build::{RecordProblem, Section};
pub use error::EditError;
pub use portfolio::PortfolioDocument;
pub use remove::{RemovedAccount, RemovedContact, RemovedGroup, ReportingLine};
pub use verify::Violation;

pub(crate) use store::{AccountFacts, AccountRow, ContactRow, GroupRow, NamedSeat, OpportunityRow};

use alloc::vec::Vec;
use core::fmt;

use crate::roster::Roster;
use store::{OpportunityHome, PlainRole, Relations};
use table::Table;

/// Accounts, the people there, and what ties them.
///
/// # What it holds
/// Accounts, which form families by their parents; contacts, most of them of an account, with the managers they report to; buying groups of
/// accounts, with the rows that name contacts for them; ties between contacts; opportunities; and what sales said of groups. An account
/// without a group of its own has one default group, named by the account's id: it is never added, and records may refer to it.
///
/// ```text
///   acme (parent) <--- acme-eu           accounts, a family
///     |   |
///     |   +-- analytics <··· ann         a group, and a row that names ann for it
///     +------ ann <--- bob               contacts; bob reports to ann
///              \______/  knows, 40       a tie
/// ```
///
/// # What always holds
/// Ids are unique within their sort, and no group has the id of another account. What a record names is there. Parents and reporting lines
/// do not go in circles. A reporting line stays in one family of accounts, or among people without an account, who are all own staff. A
/// contact is named only for groups of its account. [`AccountGraph::verify`] checks all of it again.
///
/// # Edits
/// An edit checks everything first: one that returns an [`EditError`] has changed nothing. A removal returns all it took along, and putting
/// that back restores the graph. Whole documents go in through [`AccountGraph::from_document`], which reports every problem, or
/// [`AccountGraph::build`], which also keeps what can be used.
///
/// # Order and equality
/// All that is read comes by id (UTF-8 bytes), whatever the order in which it was added. Two graphs are equal when they hold the same
/// records. Ids that were removed keep a few bytes, so that a record that returns is known again.
///
/// ```
/// use quorate::{Account, AccountGraph, Contact, ContactId};
/// let mut graph = AccountGraph::default();
/// graph.add_account(Account::new("acme")?)?;
/// graph.add_contact(Contact::new("ann", "acme")?.with_role("champion")?)?;
/// let mut bob = Contact::new("bob", "acme")?;
/// bob.reports_to = Some(ContactId::new("ann")?);
/// graph.add_contact(bob)?;
/// assert_eq!(graph.reports_of("ann"), ["bob"]);
/// assert_eq!(graph.groups_of("acme")[0].id.as_str(), "acme");
///
/// // Circles are refused, and told whole.
/// let refused = graph.set_manager("ann", Some("bob")).unwrap_err();
/// assert_eq!(refused.to_string(), "reporting lines go in a circle: `ann` → `bob` → `ann`");
///
/// // What is removed can be put back.
/// let before = graph.clone();
/// let removed = graph.remove_contact("ann")?;
/// assert_eq!(graph.manager_of("bob"), None);
/// graph.restore_contact(removed)?;
/// assert_eq!(graph, before);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct AccountGraph {
    accounts: Table<AccountRow>,
    contacts: Table<ContactRow>,
    /// The plain role of each contact, by number: beside the rows, so that who asks for no more reads two bytes of a contact instead of 64.
    // INVARIANT: there is one for each row that was ever filled; that of a contact removed since is left over, and nobody asks for it.
    plain_roles: Vec<PlainRole>,
    groups: Table<GroupRow>,
    opportunities: Table<OpportunityHome>,
    /// The names of all roles that were ever claimed.
    roles: Roster,
    /// All person ids that were ever given.
    persons: Roster,
    /// All titles that were ever given, each once: an assessment reads a title once, however many people have it.
    titles: Roster,
    relations: Relations,
}

impl AccountGraph {
    /// A graph without records.
    pub fn new() -> Self {
        Self::default()
    }
}

impl fmt::Debug for AccountGraph {
    /// How many records there are; [`AccountGraph::to_document`] has them all.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [("accounts", self.accounts.live), ("contacts", self.contacts.live), ("opportunities", self.opportunities.live)];
        let mut shown = f.debug_struct("AccountGraph");
        for (name, count) in counts {
            shown.field(name, &count);
        }
        shown.finish_non_exhaustive()
    }
}
