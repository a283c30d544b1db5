//! The way in: assess one group, one account, or everything.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::{Deref, Range};

use super::account::{AccountAssessment, best};
use super::bind::{BoundPolicy, Subjects};
use super::family::{Share, Totals, totals};
use super::group::{self, Bench, Otherwise};
use super::groups::{group_text, groups_of, only_group};
use super::ids::Named;
use super::intake::RunIntake;
use super::members::{GroupRef, Roll};
use super::result::GroupAssessment;
use super::row::{Desk, PortfolioRow, row};
use super::score::Scratch;
use super::titles::Titles;
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::policy::{Policy, PolicySet};
use crate::problem::{did_you_mean, excerpt, nearest};
use crate::tally::SignalTally;

/// Ids that a suggestion is looked for among, so that a wrong id stays cheap in a great portfolio.
const SUGGESTIONS: usize = 1_000;

/// Which policy a group is assessed by: one for all, or the first that matches of a set.
#[derive(Clone, Copy, Debug)]
pub enum Policies<'a> {
    /// One for all.
    One(&'a Policy),
    /// The first of the set that matches the group's solution and its account's attribute `segment`. A group belongs to no campaign, so an
    /// entry that names campaigns is only for those who choose by [`PolicySet::choose`]. A group that none matches is left out of the
    /// accounts and named in [`Assessment::unmatched`].
    Set(&'a PolicySet),
}

impl<'a> From<&'a Policy> for Policies<'a> {
    fn from(policy: &'a Policy) -> Self {
        Self::One(policy)
    }
}

impl<'a> From<&'a PolicySet> for Policies<'a> {
    fn from(set: &'a PolicySet) -> Self {
        Self::Set(set)
    }
}

/// An account or group was asked for that the graph does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} `{id}`{}", did_you_mean(.suggestion.as_deref()))]
pub struct UnknownId {
    what: &'static str,
    id: String,
    suggestion: Option<String>,
}

impl UnknownId {
    /// What was asked for: `account` or `group`.
    pub const fn what(&self) -> &'static str {
        self.what
    }

    /// The id that was asked for, shortened when it is long.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The nearest id that there is, looked for among the first thousand.
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }

    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        "unknown_id"
    }
}

/// A whole portfolio on a day.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Assessment {
    /// The day.
    pub as_of: Day,
    /// What became of the run's signals before any group was looked at.
    pub run: RunIntake,
    /// The accounts, ordered by id.
    pub accounts: Vec<AccountAssessment>,
    /// The ids of groups that no policy of the set matched, ordered by account id, then group id; none of them is among the accounts.
    pub unmatched: Vec<String>,
}

impl Assessment {
    pub(crate) fn groups_mut(&mut self) -> impl Iterator<Item = &mut GroupAssessment> {
        self.accounts.iter_mut().flat_map(|account| &mut account.groups)
    }

    /// Every group, ordered by account id, then group id.
    pub fn groups(&self) -> impl Iterator<Item = &GroupAssessment> {
        self.accounts.iter().flat_map(|account| &account.groups)
    }
}

/// Assesses every account of the graph.
///
/// O(signal counts + contacts + members × rules); see [`Assessor`] to assess several days or single groups without translating ids again.
///
/// ```
/// use quorate::{Account, AccountGraph, Contact, Policy, Signal, SignalTally, assess};
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// graph.add_contact(Contact::new("ann", "acme")?.with_role("economic_buyer")?)?;
/// let mut tally = SignalTally::new();
/// tally.record(&Signal::of_contact("ann", "demo_request", "2025-05-01".parse()?)?)?;
///
/// let assessment = assess(&graph, &tally, &Policy::default(), "2025-05-05".parse()?);
/// let group = assessment.accounts[0].best();
/// assert_eq!(group.verdict.state.token(), "qualified");
/// assert_eq!(group.points.to_string(), "95.4841604");
/// assert_eq!(group.gaps[0].to_string(), "nobody holds the role decision_maker");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn assess<'a>(graph: &'a AccountGraph, tally: &'a SignalTally, policies: impl Into<Policies<'a>>, as_of: Day) -> Assessment {
    Assessor::new(graph, tally, policies).assess(as_of)
}

/// Assesses one account, and for its totals the accounts below it; `None` when no policy of a set matches any of its groups.
///
/// O(signal counts and contacts of those accounts), however large the portfolio.
///
/// # Errors
/// [`UnknownId`] when the graph has no such account.
pub fn assess_account<'a>(
    graph: &'a AccountGraph,
    tally: &'a SignalTally,
    policies: impl Into<Policies<'a>>,
    account: &str,
    as_of: Day,
) -> Result<Option<AccountAssessment>, UnknownId> {
    Assessor::on_demand(graph, tally, policies).account(account, as_of)
}

/// Assesses one group; `None` when no policy of a set matches it.
///
/// O(signal counts and contacts of its account), however large the portfolio: one more signal recorded, and the group is current again.
///
/// # Errors
/// [`UnknownId`] when the graph has no such group, the default groups included.
pub fn assess_group<'a>(
    graph: &'a AccountGraph,
    tally: &'a SignalTally,
    policies: impl Into<Policies<'a>>,
    group: &str,
    as_of: Day,
) -> Result<Option<GroupAssessment>, UnknownId> {
    Assessor::on_demand(graph, tally, policies).group(group, as_of)
}

/// Graph, tally and policy brought together once, to be asked about as many days, accounts and groups as needed.
///
/// Building it costs O(ids of the graph) with [`Assessor::new`], next to nothing with [`Assessor::on_demand`]. It borrows all three. Questions share only what was read of titles, each of which is read once, when it is first
/// asked for; it may be used from several threads.
#[derive(Debug)]
pub struct Assessor<'a> {
    graph: &'a AccountGraph,
    subjects: Subjects<'a>,
    policies: Policies<'a>,
    bound: Bound<'a>,
}

/// Policies with names turned to numbers: an assessor's own, or those of somebody who keeps them.
#[derive(Debug)]
enum Bound<'a> {
    Own(Vec<BoundPolicy<'a>>),
    Lent(&'a [BoundPolicy<'a>]),
}

impl<'a> Deref for Bound<'a> {
    type Target = [BoundPolicy<'a>];

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Own(bound) => bound,
            Self::Lent(bound) => bound,
        }
    }
}

impl<'a> Assessor<'a> {
    /// Brings graph, tally and policy together.
    pub fn new(graph: &'a AccountGraph, tally: &'a SignalTally, policies: impl Into<Policies<'a>>) -> Self {
        Self::with(graph, Subjects::translated(graph, tally), policies.into(), Titles::new)
    }

    /// The same, ids being looked up as they are asked for: for questions about a few accounts or groups. Every answer is the same. It is made
    /// anew when the tally has changed.
    ///
    /// O(kinds of the tally + roles of the graph), however large the portfolio. What was read of titles is kept by the policy and found again.
    pub fn on_demand(graph: &'a AccountGraph, tally: &'a SignalTally, policies: impl Into<Policies<'a>>) -> Self {
        Self::with(graph, Subjects::on_demand(graph, tally), policies.into(), Titles::on_demand)
    }

    fn with(
        graph: &'a AccountGraph,
        subjects: Subjects<'a>,
        policies: Policies<'a>,
        titles: impl Fn(&'a Policy, &AccountGraph) -> Titles<'a>,
    ) -> Self {
        let bound = |policy| BoundPolicy::new(policy, graph, subjects.tally(), titles(policy, graph));
        let bound = policies.all().into_iter().map(bound).collect();
        Self { graph, subjects, policies, bound: Bound::Own(bound) }
    }

    /// With what somebody keeps.
    pub(super) const fn lent(
        graph: &'a AccountGraph,
        subjects: Subjects<'a>,
        policies: Policies<'a>,
        bound: &'a [BoundPolicy<'a>],
    ) -> Self {
        Self { graph, subjects, policies, bound: Bound::Lent(bound) }
    }

    /// What became of the run's signals before any group is looked at.
    pub fn run_intake(&self) -> RunIntake {
        self.subjects.run_intake(self.graph)
    }

    /// Every account, ordered by id.
    pub fn assess(&self, as_of: Day) -> Assessment {
        let accounts = self.graph.sorted_accounts();
        let groups = accounts.iter().flat_map(|account| groups_of(self.graph, *account));
        let unmatched = groups
            .filter(|group| self.policies.of(self.graph, *group).is_none())
            .map(|group| group_text(self.graph, group).into())
            .collect();
        Assessment { as_of, run: self.run_intake(), accounts: self.with_totals(&accounts, as_of), unmatched }
    }

    /// Every group in turn, ordered by account id, then group id, without keeping any: for portfolios that do not fit into memory as results.
    pub fn groups(&self, as_of: Day) -> impl Iterator<Item = GroupAssessment> {
        let mut scratch = Scratch::default();
        self.graph.sorted_accounts().into_iter().flat_map(move |account| self.assess_groups(account, as_of, &mut scratch))
    }

    /// Every group in turn, in the same order, as a row of a table: everything that an assessment finds out, without the texts and lists that explain
    /// it. Several times faster than [`Self::groups`], since nothing is kept.
    ///
    /// O(signal counts + contacts + members × rules), and n log n in the accounts where they are not numbered by id.
    ///
    /// ```
    /// use quorate::{Account, AccountGraph, Assessor, Contact, Policy, Signal, SignalTally};
    ///
    /// let mut graph = AccountGraph::new();
    /// graph.add_account(Account::new("acme")?)?;
    /// graph.add_contact(Contact::new("ann", "acme")?.with_role("economic_buyer")?)?;
    /// let tally = SignalTally::from_signals([Signal::of_contact("ann", "demo_request", "2025-05-01".parse()?)?])?;
    /// let policy = Policy::default();
    ///
    /// let mut rows = Vec::new();
    /// Assessor::new(&graph, &tally, &policy).portfolio("2025-05-05".parse()?, |row| {
    ///     rows.push((row.group_id().to_owned(), row.state().token(), row.readiness().to_string(), row.gaps().count()));
    /// });
    /// assert_eq!(rows, [("acme".into(), "qualified", "19.0968".into(), 7)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn portfolio(&self, as_of: Day, each: impl FnMut(&PortfolioRow<'_>)) {
        self.portfolio_range(as_of, 0..usize::MAX, each);
    }

    /// The same for a range of accounts, by their places in the order of ids: for several threads, of which each takes another range.
    pub fn portfolio_range(&self, as_of: Day, accounts: Range<usize>, mut each: impl FnMut(&PortfolioRow<'_>)) {
        let sorted = self.graph.sorted_accounts();
        let end = accounts.end.min(sorted.len());
        self.rows(&sorted[accounts.start.min(end)..end], as_of, &mut each);
    }

    fn rows(&self, accounts: &[u32], day: Day, each: &mut impl FnMut(&PortfolioRow<'_>)) {
        let mut desk = Desk::default();
        for account in accounts {
            self.rows_of(*account, day, &mut desk, each);
        }
    }

    /// What `map` makes of each row; several rows at once, in the threads of the pool that is current where the iterator is used up. Collected they stand in
    /// the order of [`Self::portfolio`]; put together by `reduce` or `sum` they need not be kept. Cost: that of [`Self::portfolio`], shared; accounts are put
    /// in order at once.
    ///
    /// ```
    /// use quorate::{Account, AccountGraph, Assessor, Contact, Policy, Signal, SignalTally, State};
    /// use rayon::iter::ParallelIterator;
    ///
    /// let mut graph = AccountGraph::new();
    /// graph.add_account(Account::new("acme")?)?;
    /// graph.add_contact(Contact::new("ann", "acme")?.with_role("economic_buyer")?)?;
    /// let tally = SignalTally::from_signals([Signal::of_contact("ann", "demo_request", "2025-05-01".parse()?)?])?;
    /// let policy = Policy::default();
    ///
    /// let assessor = Assessor::new(&graph, &tally, &policy);
    /// let day = "2025-05-05".parse()?;
    /// let ids: Vec<String> = assessor.par_portfolio(day, |row| row.group_id().to_owned()).collect();
    /// let qualified: usize = assessor.par_portfolio(day, |row| usize::from(row.state() == State::Qualified)).sum();
    /// assert_eq!((ids, qualified), (vec!["acme".to_owned()], 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "rayon")]
    #[must_use = "no row is made before it is asked for"]
    pub fn par_portfolio<T: Send>(
        &self,
        as_of: Day,
        map: impl Fn(&PortfolioRow<'_>) -> T + Send + Sync,
    ) -> impl rayon::iter::ParallelIterator<Item = T> {
        use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
        // Enough accounts for one desk to be worth its making, few enough for threads to end together.
        const AT_ONCE: usize = 256;
        let sorted = self.graph.sorted_accounts();
        let starts = (0..sorted.len().div_ceil(AT_ONCE)).into_par_iter().map(|number| number * AT_ONCE);
        starts.flat_map_iter(move |start| {
            let accounts = &sorted[start..sorted.len().min(start + AT_ONCE)];
            let mut mapped = Vec::with_capacity(accounts.len());
            self.rows(accounts, as_of, &mut |row: &PortfolioRow<'_>| mapped.push(map(row)));
            mapped
        })
    }

    /// The rows of an account's groups.
    pub(super) fn rows_of(&self, account: u32, day: Day, desk: &mut Desk, each: &mut impl FnMut(&PortfolioRow<'_>)) {
        if let Some(group) = only_group(self.graph, account) {
            if let Some(policy) = self.policies.of(self.graph, group) {
                each(&row(&self.bench(group, policy, day), None, desk));
            }
            return;
        }
        let mut outsiders = alloc::vec![None; self.bound.len()];
        for group in groups_of(self.graph, account) {
            if let Some(policy) = self.policies.of(self.graph, group) {
                let bench = self.bench(group, policy, day);
                let shared = outsiders[policy].get_or_insert_with(|| group::outsiders(&bench));
                each(&row(&bench, Some(shared), desk));
            }
        }
    }

    /// One account with the totals of its family; see [`assess_account`].
    ///
    /// # Errors
    /// [`UnknownId`] when the graph has no such account.
    pub fn account(&self, id: &str, as_of: Day) -> Result<Option<AccountAssessment>, UnknownId> {
        let number = self.graph.account_ix(id).ok_or_else(|| self.unknown("account", id))?;
        let family = self.with_totals(&self.below(number), as_of);
        Ok(family.into_iter().find(|account| account.account.number == number))
    }

    /// An account and all below it, each with the totals of its own family: the account first, then level by level. Accounts none of whose groups a
    /// policy of the set matches are left out.
    ///
    /// O(signal counts and contacts of those accounts), however large the portfolio, and without recursion, however deep the family.
    ///
    /// # Errors
    /// [`UnknownId`] when the graph has no such account.
    pub fn family(&self, id: &str, as_of: Day) -> Result<Vec<AccountAssessment>, UnknownId> {
        let number = self.graph.account_ix(id).ok_or_else(|| self.unknown("account", id))?;
        Ok(self.with_totals(&self.below(number), as_of))
    }

    /// One group; see [`assess_group`].
    ///
    /// # Errors
    /// [`UnknownId`] when the graph has no such group, the default groups included.
    pub fn group(&self, id: &str, as_of: Day) -> Result<Option<GroupAssessment>, UnknownId> {
        Ok(self.bench_of(id, as_of)?.map(|bench| group::assess_group(&bench, None, &mut Scratch::default())))
    }

    /// What a group is assessed with; `None` when no policy of a set matches it.
    pub(crate) fn bench_of(&self, id: &str, day: Day) -> Result<Option<Bench<'_>>, UnknownId> {
        let group = self.group_of(id)?;
        Ok(self.policies.of(self.graph, group).map(|policy| self.bench(group, policy, day)))
    }

    /// The group of that id, a default group included.
    pub(super) fn group_of(&self, id: &str) -> Result<GroupRef, UnknownId> {
        let own = self.graph.group_ix(id).map(|group| self.graph.group_row(group).account);
        let account = own.or_else(|| self.graph.account_ix(id)).ok_or_else(|| self.unknown("group", id))?;
        let mut groups = groups_of(self.graph, account).into_iter();
        groups.find(|group| group_text(self.graph, *group) == id).ok_or_else(|| self.unknown("group", id))
    }

    /// The groups of an account that a policy is for, by id: each with the number of that policy and what it is assessed with.
    pub(crate) fn benches(&self, account: u32, day: Day) -> Vec<(usize, Bench<'_>)> {
        let judged = |group: GroupRef| self.policies.of(self.graph, group).map(|policy| (policy, self.bench(group, policy, day)));
        groups_of(self.graph, account).into_iter().filter_map(judged).collect()
    }

    /// The graph that it was made of.
    pub(crate) const fn graph(&self) -> &'a AccountGraph {
        self.graph
    }

    pub(super) const fn subjects(&self) -> &Subjects<'a> {
        &self.subjects
    }

    /// The tally that it was made of.
    pub(crate) const fn tally(&self) -> &'a SignalTally {
        self.subjects.tally()
    }

    /// The same by numbers, for who goes through many groups of an account: the record of one of its groups, or of its default group if that has one.
    pub(crate) fn bench_at(&self, account: u32, group: Option<u32>, day: Day) -> Option<Bench<'_>> {
        let default = self.graph.account_row(account).groups.is_empty();
        let group = GroupRef { account, group, default };
        Some(self.bench(group, self.policies.of(self.graph, group)?, day))
    }

    /// The members on a day of one group of an account, or of each of its groups, with the number of its record. Groups that no policy matches have none.
    pub(crate) fn rolls(&self, account: u32, only: Option<u32>, day: Day) -> Vec<(Option<u32>, Roll)> {
        let default = |group: u32| !self.graph.account_row(account).groups.contains(&group);
        let one = |group| GroupRef { account, group: Some(group), default: default(group) };
        let groups = only.map_or_else(|| groups_of(self.graph, account), |group| Vec::from([one(group)]));
        let roll = |group: GroupRef| Some((group.group, self.bench(group, self.policies.of(self.graph, group)?, day).roll(day, true)));
        groups.into_iter().filter_map(roll).collect()
    }

    pub(super) fn unknown(&self, what: &'static str, id: &str) -> UnknownId {
        let groups = self.graph.live_group_names().filter(|_| what == "group").take(SUGGESTIONS);
        let accounts = self.graph.live_account_names().take(SUGGESTIONS);
        let suggestion = nearest(id, groups.chain(accounts).filter(|candidate| *candidate != id));
        UnknownId { what, id: excerpt(id), suggestion }
    }

    pub(super) fn bench(&self, group: GroupRef, policy: usize, day: Day) -> Bench<'_> {
        Bench { graph: self.graph, subjects: &self.subjects, bound: &self.bound[policy], group, day, otherwise: Otherwise::default() }
    }

    fn assess_one(&self, group: GroupRef, day: Day, scratch: &mut Scratch) -> Option<GroupAssessment> {
        let policy = self.policies.of(self.graph, group)?;
        Some(group::assess_group(&self.bench(group, policy, day), None, scratch))
    }

    /// The groups of an account. What several of them share is found once for each policy.
    fn assess_groups(&self, account: u32, day: Day, scratch: &mut Scratch) -> Vec<GroupAssessment> {
        let groups = groups_of(self.graph, account);
        if let [group] = groups[..] {
            return self.assess_one(group, day, scratch).into_iter().collect();
        }
        let mut outsiders = alloc::vec![None; self.bound.len()];
        let mut assessed = Vec::with_capacity(groups.len());
        for group in groups {
            if let Some(policy) = self.policies.of(self.graph, group) {
                let bench = self.bench(group, policy, day);
                let shared = outsiders[policy].get_or_insert_with(|| group::outsiders(&bench));
                assessed.push(group::assess_group(&bench, Some(shared), scratch));
            }
        }
        assessed
    }

    /// An account and all below it, itself first.
    fn below(&self, account: u32) -> Vec<u32> {
        let mut family = Vec::from([account]);
        let mut at = 0;
        while at < family.len() {
            family.extend(self.graph.children(family[at]));
            at += 1;
        }
        family
    }

    /// Assesses accounts, which come with all below them, and adds their families' totals.
    fn with_totals(&self, accounts: &[u32], day: Day) -> Vec<AccountAssessment> {
        let mut scratch = Scratch::default();
        let mut shares = BTreeMap::new();
        let mut assessed = Vec::with_capacity(accounts.len());
        for account in accounts {
            let (groups, share) = self.one_account(*account, day, &mut scratch);
            shares.insert(*account, share);
            assessed.push((*account, groups));
        }
        let mut totals = totals(self.graph, &shares);
        let accounts = assessed.into_iter().filter(|(_, groups)| !groups.is_empty());
        accounts.map(|(account, groups)| self.put_together(account, groups, totals.remove(&account).unwrap_or_default())).collect()
    }

    fn put_together(&self, account: u32, groups: Vec<GroupAssessment>, totals: (Totals, Totals, Totals)) -> AccountAssessment {
        let (own, children, total) = totals;
        let account = Named { names: self.graph.account_names().clone(), number: account };
        AccountAssessment { account, best: best(&groups), groups, own, children, total }
    }

    fn one_account(&self, account: u32, day: Day, scratch: &mut Scratch) -> (Vec<GroupAssessment>, Share) {
        let mut share = Share::default();
        let groups = self.assess_groups(account, day, scratch);
        for group in &groups {
            share.add(group.verdict.state, group.members.iter().map(|one| (one.number(), one.engaged)));
        }
        (groups, share)
    }
}
