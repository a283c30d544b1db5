//! The past as it was known: signals in the order in which they were learned, and every group on each of some days by what was known then.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::ops::Range;

use super::events::Events;
use super::group_on_day::GroupOnDay;
use crate::assess::{Policies, Replayer};
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::signal::Signal;
use crate::tally::TallyError;

/// Signals in the order of the days on which they became known: the day recorded, or for want of it the day they happened.
///
/// A replay counts them in that order, and looks at every group on each day asked for. What was learned later changes nothing that is
/// said of an earlier day, whenever it happened; and a signal that was recorded before it happened counts from the day it happened.
///
/// ```
/// use quorate::{Account, AccountGraph, Contact, Policy, Signal, State, Timeline};
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// graph.add_contact(Contact::new("ann", "acme")?.with_role("economic_buyer")?)?;
/// // It happened on 1 May, and was known on 9 May.
/// let mut demo = Signal::of_contact("ann", "demo_request", "2025-05-01".parse()?)?;
/// demo.recorded_at = Some("2025-05-09".parse()?);
///
/// let timeline = Timeline::new([&demo]);
/// let days = ["2025-05-05", "2025-05-09"].map(|day| day.parse().unwrap());
/// let mut said = Vec::new();
/// timeline.replay(&graph, &Policy::default(), days, |group| said.push((group.day().to_string(), group.state())))?;
/// assert_eq!(said, [("2025-05-05".into(), State::NotYet), ("2025-05-09".into(), State::Qualified)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Timeline<'s> {
    /// Each with the day from which it was known, by that day.
    signals: Vec<(Day, &'s Signal)>,
}

impl<'s> Timeline<'s> {
    /// Brings signals into their order. O(n log n).
    pub fn new(signals: impl IntoIterator<Item = &'s Signal>) -> Self {
        let mut signals: Vec<(Day, &Signal)> = signals.into_iter().map(|signal| (known_on(signal), signal)).collect();
        signals.sort_by_key(|(day, _)| *day);
        Self { signals }
    }

    /// Each signal with the day from which it was known, by that day.
    pub(super) fn signals(&self) -> &[(Day, &'s Signal)] {
        &self.signals
    }

    /// The first day on which anything became known.
    pub fn first_day(&self) -> Option<Day> {
        self.signals.first().map(|(known, _)| *known)
    }

    /// Looks at every group that a policy applies to, on each of the days, by what was known at the end of that day; ordered by account id, then day,
    /// then group id. Days may come in any order and are looked at once each. What is said of a group is what [`assess`](crate::assess) says of it on that day by
    /// the signals known then.
    ///
    /// Cost: looking the subjects of the signals up once, and for each day O(groups + members + signals inside their windows).
    ///
    /// # Errors
    /// [`TallyError`] when the signals go beyond a limit of the tally.
    pub fn replay<'a>(
        &self,
        graph: &'a AccountGraph,
        policies: impl Into<Policies<'a>>,
        days: impl IntoIterator<Item = Day>,
        each: impl FnMut(&GroupOnDay<'_>),
    ) -> Result<(), TallyError> {
        self.run(graph, policies.into(), days, 0..usize::MAX, false, each)
    }

    /// The same for the accounts at these places in the order of their ids; places that there are not are none. Ranges side by side come to the whole, so that
    /// a portfolio can be replayed by several threads: graph and policies are shared, and every range looks up all signals but keeps its own alone.
    ///
    /// # Errors
    /// As [`Self::replay`].
    pub fn replay_range<'a>(
        &self,
        graph: &'a AccountGraph,
        policies: impl Into<Policies<'a>>,
        days: impl IntoIterator<Item = Day>,
        accounts: Range<usize>,
        each: impl FnMut(&GroupOnDay<'_>),
    ) -> Result<(), TallyError> {
        self.run(graph, policies.into(), days, accounts, false, each)
    }

    /// The same; with `leads` everybody of an account stands for its groups, as who counts leads one by one sees them.
    pub(super) fn run<'a>(
        &self,
        graph: &'a AccountGraph,
        policies: Policies<'a>,
        days: impl IntoIterator<Item = Day>,
        accounts: Range<usize>,
        leads: bool,
        mut each: impl FnMut(&GroupOnDay<'_>),
    ) -> Result<(), TallyError> {
        let days: Vec<Day> = days.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        let last = days.last().copied().unwrap_or(Day::MIN);
        let known = self.signals.partition_point(|(known, _)| *known <= last);
        let sorted = graph.sorted_accounts();
        let end = accounts.end.min(sorted.len());
        let accounts = &sorted[accounts.start.min(end)..end];
        let (names, events) = Events::of(graph, &self.signals[..known], accounts)?;
        let mut replayer = Replayer::new(graph, names, policies, leads);
        for account in accounts {
            replayer.account(*account, events.of_account(*account), &days, |live, bench| each(&GroupOnDay::new(live, bench)))?;
        }
        Ok(())
    }
}

/// The day from which a signal was known.
fn known_on(signal: &Signal) -> Day {
    signal.recorded_at.unwrap_or(signal.at).day()
}
