//! Cases: a decision about a group on a day, and what became of it.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::first_days::FirstDays;
use super::options::DecisionDays;
use super::report::LeftOut;
use crate::account::{Opportunity, Outcome};
use crate::day::{Day, Instant};
use crate::graph::AccountGraph;

/// A decision about a group on a day, and what became of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    /// The number of the account in the list of the cases.
    pub(super) account: u32,
    /// What it is a case of: an opportunity, a deal, or on the days of a calendar a group. Cases of one thing are one experience.
    pub(super) unit: u32,
    pub(super) day: Option<Day>,
    pub(super) won: bool,
    /// The first opportunity that was created afterwards and won in time: its number and how many days later it was created.
    pub(super) opened: Option<(u32, i32)>,
}

/// All cases, by account, group and day.
#[derive(Debug, Default)]
pub(super) struct Cases {
    pub(super) accounts: Vec<String>,
    pub(super) rows: Vec<Case>,
    /// By group: where its cases stand.
    pub(super) groups: BTreeMap<String, Vec<u32>>,
    /// By account: the same.
    pub(super) by_account: BTreeMap<String, Vec<u32>>,
    pub(super) left_out: LeftOut,
}

impl Cases {
    /// The cases of a graph. O(days × groups, and the opportunities of the account for each).
    pub(super) fn of_graph(graph: &AccountGraph, days: DecisionDays, horizon: i32, data_end: Day, first: &FirstDays) -> Self {
        let calendar = days.calendar();
        let mut cases = Self::default();
        let (mut units, mut deals) = (0, 0);
        for account in graph.accounts() {
            let opportunities: Vec<Past> = graph.opportunities_of(account).iter().map(|one| Past::of(one, &mut deals)).collect();
            let number = u32::try_from(cases.accounts.len()).unwrap_or(u32::MAX);
            cases.accounts.push(account.into());
            let mut by_group: BTreeMap<Option<&str>, Vec<&Past>> = BTreeMap::new();
            for one in &opportunities {
                by_group.entry(one.group.as_deref()).or_default().push(one);
            }
            for group in graph.groups_of(account) {
                let of = |group| by_group.get(&group).into_iter().flatten().copied();
                let applying: Vec<&Past> = of(None).chain(of(Some(group.id.as_str()))).collect();
                let known = first.of(account);
                let found = Found { account: number, unit: units, horizon, data_end, known, applying: &applying };
                let first = cases.rows.len();
                match days {
                    DecisionDays::Every { .. } => calendar.iter().for_each(|day| found.on(*day, &mut cases)),
                    DecisionDays::BeforeEachOpportunity => applying.iter().for_each(|one| found.before(one, &mut cases)),
                }
                units += 1;
                cases.file(group.id.as_str(), account, first);
            }
        }
        cases.sort();
        cases
    }

    /// Brings the cases of each group and each account into the order of their days.
    fn sort(&mut self) {
        for places in self.groups.values_mut().chain(self.by_account.values_mut()) {
            places.sort_by_key(|at| self.rows[*at as usize].day);
        }
    }

    /// Those of some places, which are ordered by day, whose day that is.
    pub(super) fn on<'p>(&self, places: &'p [u32], day: Day) -> &'p [u32] {
        let day_of = |at: &u32| self.rows[*at as usize].day;
        let start = places.partition_point(|at| day_of(at) < Some(day));
        let end = places.partition_point(|at| day_of(at) <= Some(day));
        &places[start..end]
    }

    /// Files the cases from a place on under their group and account.
    pub(super) fn file(&mut self, group: &str, account: &str, first: usize) {
        let places = (first..self.rows.len()).filter_map(|at| u32::try_from(at).ok());
        let places: Vec<u32> = places.collect();
        if !places.is_empty() {
            self.by_account.entry(account.to_string()).or_default().extend(&places);
            self.groups.entry(group.to_string()).or_default().extend(places);
        }
    }

    /// Every day of a case.
    pub(super) fn days(&self) -> impl Iterator<Item = Day> {
        self.rows.iter().filter_map(|case| case.day)
    }
}

/// An opportunity as it is looked back at.
#[derive(Debug)]
struct Past {
    number: u32,
    group: Option<String>,
    created: Day,
    closed: Option<Day>,
    outcome: Outcome,
}

impl Past {
    fn of(one: &Opportunity, deals: &mut u32) -> Self {
        *deals += 1;
        Self {
            number: *deals,
            group: one.group.as_ref().map(ToString::to_string),
            created: one.created_at.day(),
            closed: one.closed_at.map(Instant::day).filter(|_| one.outcome != Outcome::Open),
            outcome: one.outcome,
        }
    }

    /// Whether it was there on a day and nothing had become of it yet.
    fn is_open_on(&self, day: Day) -> bool {
        self.created <= day && self.closed.is_none_or(|closed| closed > day)
    }

    fn is_won_within(&self, day: Day, horizon: i32) -> bool {
        let in_time = |closed: Day| closed > day && closed.days_since(day) <= horizon;
        self.outcome == Outcome::Won && self.closed.is_some_and(in_time)
    }
}

/// One group while its cases are put together.
struct Found<'f> {
    account: u32,
    unit: u32,
    horizon: i32,
    data_end: Day,
    /// The first day on which anything was known of the account.
    known: Option<Day>,
    applying: &'f [&'f Past],
}

impl Found<'_> {
    fn is_censored(&self, day: Day) -> bool {
        self.data_end.days_since(day) < self.horizon
    }

    /// A day of a calendar. A group of which nothing was known yet is no case, since nobody could have decided anything; nor one that sales was at already,
    /// since nobody needed to be told.
    fn on(&self, day: Day, cases: &mut Cases) {
        if self.is_censored(day) {
            cases.left_out.censored += 1;
        } else if self.known.is_none_or(|known| known > day) {
            cases.left_out.not_yet_known += 1;
        } else if self.applying.iter().any(|one| one.is_open_on(day)) {
            cases.left_out.in_sales_motion += 1;
        } else {
            // What is won later was created later: it would be open on the day.
            let won = self.applying.iter().filter(|one| one.is_won_within(day, self.horizon));
            let opened = won.min_by_key(|one| (one.created, one.number)).map(|one| (one.number, one.created.days_since(day)));
            cases.rows.push(Case { account: self.account, unit: self.unit, day: Some(day), won: opened.is_some(), opened });
        }
    }

    /// The day before an opportunity, of which the first day of the calendar has none.
    fn before(&self, one: &Past, cases: &mut Cases) {
        let Some(day) = one.created.checked_minus_days(1) else { return };
        if self.is_censored(day) {
            cases.left_out.censored += 1;
        } else {
            let won = one.is_won_within(day, self.horizon);
            cases.rows.push(Case { account: self.account, unit: one.number, day: Some(day), won, opened: None });
        }
    }
}
