//! The past as it was known: signals in the order in which they were learned, and every group on each of some days by what was known then.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::group_on_day::GroupOnDay;
use crate::assess::{LastHeard, Policies, Replayer};
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::signal::{Signal, Subject};
use crate::tally::{SignalTally, TallyError};

/// Signals in the order of the days on which they became known: the day recorded, or for want of it the day they happened.
///
/// A replay feeds them in that order into one growing tally, and looks at every group on each day asked for. What was learned later changes nothing that is
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

    /// The last day on which anything became known or happened.
    pub fn last_day(&self) -> Option<Day> {
        self.signals.iter().map(|(known, signal)| signal.at.day().max(*known)).max()
    }

    /// The first day on which anything became known.
    pub fn first_day(&self) -> Option<Day> {
        self.signals.first().map(|(known, _)| *known)
    }

    /// Looks at every group that a policy applies to, on each of the days, by what was known at the end of that day; ordered by day, then account id, then
    /// group id. Days may come in any order and are looked at once each. What is said of a group is what [`assess`](crate::assess) says of it on that
    /// day by the signals known then.
    ///
    /// Cost: recording the signals once, and for each day O(groups + members + signals inside their windows).
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
        self.run(graph, policies.into(), days, false, each)
    }

    pub(super) fn run<'a>(
        &self,
        graph: &'a AccountGraph,
        policies: Policies<'a>,
        days: impl IntoIterator<Item = Day>,
        leads: bool,
        mut each: impl FnMut(&GroupOnDay<'_>),
    ) -> Result<(), TallyError> {
        let days: BTreeSet<Day> = days.into_iter().collect();
        let mut tally = self.empty_tally(graph)?;
        let mut heard = Heard::new(graph);
        let mut replayer = Replayer::new(graph, &tally, policies, leads);
        let mut next = 0;
        for (step, day) in (1_u32..).zip(days) {
            while let Some((_, signal)) = self.signals.get(next).filter(|(known, _)| *known <= day) {
                heard.of(graph, &tally, signal, step);
                tally.record(signal)?;
                next += 1;
            }
            replayer.day(graph, &tally, day, step, &heard.last, |live, bench| each(&GroupOnDay::new(live, bench)));
        }
        Ok(())
    }

    /// A tally that knows the names of everybody who will be heard of.
    fn empty_tally(&self, graph: &AccountGraph) -> Result<SignalTally, TallyError> {
        let kinds: BTreeSet<&str> = self.signals.iter().map(|(_, signal)| signal.kind.as_str()).collect();
        SignalTally::foreseeing(graph.contact_names_iter(), graph.account_names_iter(), kinds.into_iter())
    }
}

/// Who was heard of when.
struct Heard {
    last: LastHeard,
}

impl Heard {
    fn new(graph: &AccountGraph) -> Self {
        let (contacts, accounts) = (graph.contact_names().len(), graph.account_names().len());
        let never = |count| alloc::vec![0; count];
        Self { last: LastHeard { contacts: never(contacts), visitors: never(accounts), accounts: never(accounts) } }
    }

    /// A signal is about to be recorded. One with an id may count in place of another, which may be somebody else's.
    fn of(&mut self, graph: &AccountGraph, tally: &SignalTally, signal: &Signal, step: u32) {
        self.subject(graph, &signal.subject, step);
        if let Some(before) = signal.id.as_ref().and_then(|id| tally.signal(id.as_str())) {
            self.subject(graph, &before.subject, step);
        }
    }

    fn subject(&mut self, graph: &AccountGraph, subject: &Subject, step: u32) {
        let account = match subject {
            Subject::Contact(id) => graph.contact_ix(id.as_str()).and_then(|contact| {
                self.last.contacts[contact as usize] = step;
                graph.contact_row(contact).account
            }),
            Subject::Account(id) => graph.account_ix(id.as_str()).inspect(|account| self.last.visitors[*account as usize] = step),
            Subject::Email(_) => None,
        };
        if let Some(account) = account {
            self.last.accounts[account as usize] = step;
        }
    }
}

/// The day from which a signal was known.
fn known_on(signal: &Signal) -> Day {
    signal.recorded_at.unwrap_or(signal.at).day()
}
