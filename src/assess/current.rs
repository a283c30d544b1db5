//! Rows kept current: a few groups asked about again and again, while signals come in between.

use alloc::vec::Vec;

use super::members::home_is_timeless;
use super::row::{Desk, PortfolioRow, row};
use super::run::{Assessor, UnknownId};
use crate::day::Day;
use crate::signal::{Signal, Subject};

/// The room in which rows are made, kept by whoever asks for rows again and again, so that nothing has to be allocated each time.
///
/// It borrows neither graph nor tally, so that both may change between two questions, and no answer depends on what it was used for before.
#[derive(Debug, Default)]
pub struct RowRoom(Desk);

impl RowRoom {
    /// An empty one; it grows as it is used.
    pub fn new() -> Self {
        Self::default()
    }
}

/// Single rows: with [`Assessor::on_demand`] for a portfolio kept current.
impl<'a> Assessor<'a> {
    /// The accounts whose groups a signal that was just recorded may have changed, by id: that of its subject. Where its id came with several
    /// contents, the lesser one may have taken the place of another, so that the accounts of all of them are named. No other row changes by it;
    /// the totals of the parents of these accounts may.
    ///
    /// A subject that the graph does not have adds none, nor does an e-mail address, which belongs to nobody before it is matched. O(contents of its id).
    pub fn accounts_changed_by(&self, signal: &Signal) -> Vec<&'a str> {
        let versions = signal.id.iter().flat_map(|id| self.tally().versions(id));
        let subjects = core::iter::once(signal).chain(versions).map(|signal| &signal.subject);
        let mut accounts: Vec<&str> = subjects.filter_map(|subject| self.account_of(subject)).collect();
        accounts.sort_unstable();
        accounts.dedup();
        accounts
    }

    fn account_of(&self, subject: &Subject) -> Option<&'a str> {
        let graph = self.graph();
        let account = match subject {
            Subject::Account(id) => graph.account_ix(id.as_str()),
            Subject::Contact(id) => graph.account_of_contact(id.as_str()),
            Subject::Email(_) => None,
        };
        account.map(|number| graph.account_names().text(number))
    }

    /// The rows of an account's groups, ordered by group id: those that [`Assessor::portfolio`] has for it.
    ///
    /// O(signal counts and contacts of the account), however large the portfolio.
    ///
    /// One more signal, and the groups that it concerns again:
    ///
    /// ```
    /// use quorate::{Account, AccountGraph, Assessor, Contact, Policy, RowRoom, Signal, SignalTally};
    ///
    /// let mut graph = AccountGraph::new();
    /// graph.add_account(Account::new("acme")?)?;
    /// graph.add_contact(Contact::new("ann", "acme")?.with_role("economic_buyer")?)?;
    /// let (mut tally, policy, mut room) = (SignalTally::new(), Policy::default(), RowRoom::new());
    ///
    /// let mut states = Vec::new();
    /// for kind in ["page_view", "demo_request"] {
    ///     let signal = Signal::of_contact("ann", kind, "2025-05-01".parse()?)?;
    ///     tally.record(&signal)?;
    ///     let assessor = Assessor::on_demand(&graph, &tally, &policy);
    ///     for account in assessor.accounts_changed_by(&signal) {
    ///         assessor.rows_of_account(account, "2025-05-05".parse()?, &mut room, |row| {
    ///             states.push((row.group_id().to_owned(), row.state().token()));
    ///         })?;
    ///     }
    /// }
    /// assert_eq!(states, [("acme".into(), "not_yet"), ("acme".into(), "qualified")]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`UnknownId`] when the graph has no such account.
    pub fn rows_of_account(
        &self,
        account: &str,
        as_of: Day,
        room: &mut RowRoom,
        mut each: impl FnMut(&PortfolioRow<'_>),
    ) -> Result<(), UnknownId> {
        let number = self.graph().account_ix(account).ok_or_else(|| self.unknown("account", account))?;
        self.rows_of(number, home_is_timeless(self.graph(), number), as_of, &mut room.0, &mut each);
        Ok(())
    }

    /// What `map` makes of the row of one group; `None` when no policy of a set matches it.
    ///
    /// O(signal counts and contacts of its account), however large the portfolio.
    ///
    /// ```
    /// use quorate::{Account, AccountGraph, Assessor, Policy, RowRoom, SignalTally};
    ///
    /// let mut graph = AccountGraph::new();
    /// graph.add_account(Account::new("acme")?)?;
    /// let (tally, policy) = (SignalTally::new(), Policy::default());
    /// let assessor = Assessor::on_demand(&graph, &tally, &policy);
    /// let state = assessor.row_of_group("acme", "2025-05-05".parse()?, &mut RowRoom::new(), |row| row.state().token())?;
    /// assert_eq!(state, Some("not_yet"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`UnknownId`] when the graph has no such group, the default groups included.
    pub fn row_of_group<T>(
        &self,
        group: &str,
        as_of: Day,
        room: &mut RowRoom,
        map: impl FnOnce(&PortfolioRow<'_>) -> T,
    ) -> Result<Option<T>, UnknownId> {
        Ok(self.bench_of(group, as_of)?.map(|bench| map(&row(&bench, None, None, &mut room.0))))
    }
}
