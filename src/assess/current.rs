//! A portfolio kept current: one more signal, and the rows that it changes again.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::hint::black_box;

use super::bind::{BoundPolicy, Subjects, Translation, numbers};
use super::groups::only_group;
use super::reading::KeptReading;
use super::row::{Desk, PortfolioRow, row, row_of};
use super::run::{Assessor, Policies, UnknownId};
use super::titles::Titles;
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::signal::{Signal, Subject};
use crate::tally::{Recorded, SignalTally, TallyError};

/// From so many counts of an account's signals on, what its people come to is kept, if nothing else is said. Source: measured; below that,
/// reading them again takes a few microseconds.
const KEPT_FROM: usize = 256;
/// Counts that take as long to read as finding a person of an account.
const PERSON: usize = 8;

/// Graph, tally and policy of a day, and what is worth keeping while signals come in one by one, for a service that shows a portfolio as it is now.
///
/// Every row equals that of [`Assessor::portfolio`] for the same tally and day; what is kept changes nothing but the time it takes.
///
/// **Cost.** A signal reads again the signals of its person alone, and looks at the members of its groups: O(counts of the person + members × rules).
/// All signals of the account are read where it has several groups, or records that count on some days only, or fewer counts than are worth
/// [keeping](Self::keep_from); where a closed opportunity asks what came after it, or a criterion of fit for signals (`intent`); and the first time.
///
/// **Memory.** For each contact of the graph at most 8 bytes, for each account 16; for each person of an account with many signals ([`Self::keep_from`]) about 300 bytes, from the first
/// time on that its rows are shown.
///
/// It borrows graph and policy: where these change, make another one [of the tally](Self::into_tally).
///
/// ```
/// use quorate::{Account, AccountGraph, Contact, CurrentPortfolio, Policy, Signal, SignalTally};
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// graph.add_contact(Contact::new("ann", "acme")?.with_role("economic_buyer")?)?;
/// let policy = Policy::default();
///
/// let mut current = CurrentPortfolio::new(&graph, SignalTally::new(), &policy, "2025-05-05".parse()?);
/// let mut states = Vec::new();
/// for kind in ["page_view", "demo_request"] {
///     current.record(&Signal::of_contact("ann", kind, "2025-05-01".parse()?)?, |row| {
///         states.push((row.group_id().to_owned(), row.state().token()));
///     })?;
/// }
/// assert_eq!(states, [("acme".into(), "not_yet"), ("acme".into(), "qualified")]);
/// assert_eq!(current.tally().signals(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct CurrentPortfolio<'a> {
    graph: &'a AccountGraph,
    tally: SignalTally,
    policies: Policies<'a>,
    day: Day,
    bound: Vec<BoundPolicy<'a>>,
    /// The tally's numbers of the graph's contacts and accounts.
    contacts: Translation,
    accounts: Translation,
    /// By account.
    kept: Vec<Option<Box<KeptReading>>>,
    kept_from: usize,
    desk: Desk,
}

/// A subject of the graph, by its number there.
#[derive(Clone, Copy, Debug)]
enum Who {
    Account(u32),
    Contact(u32),
}

/// One contact of an account, or its unnamed visitors, of whom something else is known than before.
type Changed = (u32, Option<u32>);

impl<'a> CurrentPortfolio<'a> {
    /// Brings graph, tally and policy together for a day. O(ids of the graph); nobody's signals are read before somebody asks.
    pub fn new(graph: &'a AccountGraph, tally: SignalTally, policies: impl Into<Policies<'a>>, day: Day) -> Self {
        let policies = policies.into();
        let bound = policies.all().into_iter().map(|policy| BoundPolicy::new(policy, graph, &tally, Titles::new(policy, graph))).collect();
        let [contacts, accounts] = numbers(graph, &tally);
        let kept = (0..graph.account_names().len()).map(|_| None).collect();
        Self { graph, tally, policies, day, bound, contacts, accounts, kept, kept_from: KEPT_FROM, desk: Desk::default() }
    }

    /// From how many counts of an account's signals on it is kept what its people come to, each person standing for 8 counts more: fewer for speed,
    /// more for memory. 256 if nothing is said; with 0 everybody is kept, with [`usize::MAX`] nobody. No answer depends on it.
    #[must_use]
    pub fn keep_from(mut self, counts: usize) -> Self {
        self.kept_from = counts;
        self.forget();
        self
    }

    /// Forgets what people come to.
    fn forget(&mut self) {
        self.kept.iter_mut().for_each(|kept| *kept = None);
    }

    /// What was counted.
    pub const fn tally(&self) -> &SignalTally {
        &self.tally
    }

    /// The tally, for who changes graph, policy, or more of the tally than by a signal.
    pub fn into_tally(self) -> SignalTally {
        self.tally
    }

    /// The day.
    pub const fn day(&self) -> Day {
        self.day
    }

    /// Goes to another day. What was kept of people is forgotten, since on another day everybody's signals come to something else. O(accounts).
    pub fn set_day(&mut self, day: Day) {
        self.day = day;
        self.forget();
    }

    /// Everything else that can be asked of graph, tally and policy as they are now. O(1).
    pub fn assessor(&self) -> Assessor<'_> {
        Assessor::lent(self.graph, Subjects::lent(&self.tally, &self.contacts, &self.accounts), self.policies, &self.bound)
    }

    /// Records a signal, and shows the rows that it may have changed, by account id, then group id: those of the account of its subject. Where its id
    /// came with several contents, the lesser one may have taken the place of another, so that the accounts of all of them are shown. A signal
    /// that was there already changes no row, and neither does one of a subject that the graph does not have, or of an e-mail address, which
    /// belongs to nobody before it is matched.
    ///
    /// # Errors
    /// [`TallyError`] when the signal goes beyond a limit; everything is then as before.
    pub fn record(&mut self, signal: &Signal, mut each: impl FnMut(&PortfolioRow<'_>)) -> Result<Recorded, TallyError> {
        let who = self.who(&signal.subject);
        if let Some(who) = who {
            self.prefetch(who);
        }
        let recorded = self.tally.record_of(signal, who.and_then(|who| self.number(who)))?;
        self.bound.iter_mut().for_each(|bound| bound.learn_kinds(&self.tally));
        let mut changed = match recorded {
            Recorded::Repeat => Vec::new(),
            Recorded::New => who.and_then(|who| self.changed(who)).into_iter().collect(),
            Recorded::Conflict => {
                let versions: Vec<Subject> =
                    signal.id.iter().flat_map(|id| self.tally.versions(id)).map(|signal| signal.subject.clone()).collect();
                versions.iter().filter_map(|subject| self.who(subject).and_then(|who| self.changed(who))).collect()
            }
        };
        let names = self.graph.account_names();
        changed.sort_unstable_by(|a, b| names.text(a.0).cmp(names.text(b.0)).then(a.1.cmp(&b.1)));
        changed.dedup();
        for changed in changed.chunk_by(|a, b| a.0 == b.0) {
            self.rows_of(changed[0].0, changed, &mut each);
        }
        Ok(recorded)
    }

    /// Every row, ordered by account id, then group id: [`Assessor::portfolio`], by which more is kept.
    pub fn portfolio(&mut self, mut each: impl FnMut(&PortfolioRow<'_>)) {
        for account in &self.graph.sorted_accounts() {
            self.rows_of(*account, &[], &mut each);
        }
    }

    /// The rows of an account's groups, ordered by group id.
    ///
    /// # Errors
    /// [`UnknownId`] when the graph has no such account.
    pub fn rows_of_account(&mut self, account: &str, mut each: impl FnMut(&PortfolioRow<'_>)) -> Result<(), UnknownId> {
        let number = self.graph.account_ix(account).ok_or_else(|| self.assessor().unknown("account", account))?;
        self.rows_of(number, &[], &mut each);
        Ok(())
    }

    /// What `map` makes of the row of one group; `None` when no policy of a set matches it.
    ///
    /// # Errors
    /// [`UnknownId`] when the graph has no such group, the default groups included.
    pub fn row_of_group<T>(&mut self, group: &str, map: impl FnOnce(&PortfolioRow<'_>) -> T) -> Result<Option<T>, UnknownId> {
        let account = self.assessor().group_of(group)?.account;
        let (mut map, mut found) = (Some(map), None);
        self.rows_of(account, &[], &mut |row: &PortfolioRow<'_>| {
            if row.group_id() == group {
                found = map.take().map(|map| map(row));
            }
        });
        Ok(found)
    }

    /// A subject of the graph.
    fn who(&self, subject: &Subject) -> Option<Who> {
        match subject {
            Subject::Account(id) => self.graph.account_ix(id.as_str()).map(Who::Account),
            Subject::Contact(id) => self.graph.contact_ix(id.as_str()).map(Who::Contact),
            Subject::Email(_) => None,
        }
    }

    /// The tally's number of a subject, if it has heard of them.
    fn number(&self, who: Who) -> Option<u32> {
        match who {
            Who::Account(account) => self.accounts.of(account),
            Who::Contact(contact) => self.contacts.of(contact),
        }
    }

    /// What one more signal of a subject changes, of whom the tally has signals from now on.
    fn changed(&mut self, who: Who) -> Option<Changed> {
        let (graph, tally) = (self.graph, &self.tally);
        match who {
            Who::Account(account) => {
                self.accounts.learn(account, || tally.account_roster().find(graph.account_names().text(account)));
                Some((account, None))
            }
            Who::Contact(contact) => {
                self.contacts.learn(contact, || tally.contact_roster().find(graph.contact_names().text(contact)));
                Some((graph.contact_row(contact).account()?, Some(contact)))
            }
        }
    }

    /// Looks at what one more signal of a subject will need, before it is needed: what is far away in memory is then waited for together and not one after
    /// another. Nothing is done with it. Source: measured, a fifteenth of the median time.
    fn prefetch(&self, who: Who) {
        if let (Who::Contact(_), Some(number)) = (who, self.number(who)) {
            self.tally.prefetch_contact(number);
        }
        let account = match who {
            Who::Account(account) => Some(account),
            Who::Contact(contact) => self.graph.contact_row(contact).account(),
        };
        let Some(account) = account else { return };
        let row = self.graph.account_row(account);
        black_box((row.facts().attributes.len(), row.groups.len(), self.graph.account_names().text(account).as_bytes().first()));
        if let Some(kept) = &self.kept[account as usize] {
            kept.prefetch();
        }
    }

    /// Shows the rows of an account; `changed` is what is otherwise since they were shown last.
    fn rows_of(&mut self, account: u32, changed: &[Changed], each: &mut impl FnMut(&PortfolioRow<'_>)) {
        let Self { graph, tally, policies, day, bound, contacts, accounts, kept, kept_from, desk } = self;
        let (graph, day) = (*graph, *day);
        let assessor = Assessor::lent(graph, Subjects::lent(tally, contacts, accounts), *policies, bound);
        let only = only_group(graph, account).and_then(|group| Some(assessor.bench(group, policies.of(graph, group)?, day)));
        let Some(bench) = only else { return assessor.rows_of(account, day, desk, each) };
        let kept = &mut kept[account as usize];
        if let Some(kept) = kept {
            for (_, who) in changed {
                kept.read_again(&bench, *who, &mut desk.scratch);
            }
        } else {
            // What is kept nowhere need not be read for that.
            if graph.contacts_are_timeless(account) && counts_of(&assessor, account) >= *kept_from {
                *kept = KeptReading::read(&bench, &mut desk.scratch).map(Box::new);
            }
            if kept.is_none() {
                return each(&row(&bench, None, desk));
            }
        }
        if let Some(kept) = kept {
            each(&row_of(&bench, kept.reading(), &mut desk.findings, &mut desk.scratch));
        }
    }
}

/// How many counts an account has, its people included. O(contacts of the account).
fn counts_of(assessor: &Assessor<'_>, account: u32) -> usize {
    let contacts = &assessor.graph().account_row(account).contacts;
    let counts = |contact: &u32| assessor.subjects().of_contact(*contact).len() + PERSON;
    contacts.iter().map(counts).sum::<usize>() + assessor.subjects().of_account(account).len()
}
