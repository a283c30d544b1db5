//! The way in: explain one group.

use super::advice::advice;
use super::change::Advice;
use super::holds::{Holds, holds};
use super::ledger::Ledger;
use super::record::Record;
use super::what_if::WhatIf;
use crate::assess::{Assessor, Bench, GroupAssessment, Policies, Scratch, UnknownId, assess_group_heard};
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::tally::SignalTally;

/// A group on a day with everything that led to its verdict. It stays readable after graph, tally and policy are gone.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// What is known of the group, the same as without explanation.
    pub assessment: GroupAssessment,
    /// Where every point comes from, and what became of every signal.
    pub ledger: Ledger,
    /// What it would take to be qualified.
    pub advice: Advice,
    /// What holds the verdict, when the group is qualified.
    pub holds: Holds,
}

/// Explains one group; `None` when no policy of a set matches it.
///
/// O(signal counts and contacts of its account × questions of its rules), however large the portfolio.
///
/// # Errors
/// [`UnknownId`] when the graph has no such group, the default groups included.
///
/// ```
/// use quorate::{Account, AccountGraph, Contact, Policy, Signal, SignalTally, explain};
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// graph.add_contact(Contact::new("ann", "acme")?.with_role("economic_buyer")?)?;
/// let mut tally = SignalTally::new();
/// for _ in 0..3 {
///     tally.record(&Signal::of_contact("ann", "pricing_page", "2025-05-05".parse()?)?)?;
/// }
///
/// let explanation = explain(&graph, &tally, &Policy::default(), "acme", "2025-05-05".parse()?)?.ok_or("no policy")?;
/// let rows = explanation.ledger.rows.iter().map(|row| (row.state.token(), row.signals, row.counted.to_string()));
/// assert_eq!(rows.collect::<Vec<_>>(), [("capped_daily", 1, "0".to_owned()), ("counted", 2, "80".to_owned())]);
/// assert_eq!(explanation.assessment.points.to_string(), "80");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn explain<'a>(
    graph: &'a AccountGraph,
    tally: &'a SignalTally,
    policies: impl Into<Policies<'a>>,
    group: &str,
    as_of: Day,
) -> Result<Option<Explanation>, UnknownId> {
    Assessor::on_demand(graph, tally, policies).explain(group, as_of)
}

impl Assessor<'_> {
    /// Explains one group; see [`explain`].
    ///
    /// # Errors
    /// [`UnknownId`] when the graph has no such group, the default groups included.
    pub fn explain(&self, group: &str, as_of: Day) -> Result<Option<Explanation>, UnknownId> {
        Ok(self.bench_of(group, as_of)?.map(|bench| explained(&bench)))
    }
}

fn explained(bench: &Bench<'_>) -> Explanation {
    let mut record = Record::default();
    let assessed = assess_group_heard(bench, None, &mut Scratch::default(), &mut record);
    let (profile, state) = (bench.profile(), assessed.judgement.state);
    Explanation {
        advice: advice(&WhatIf::new(bench, &assessed.roll, &profile), state),
        holds: holds(bench, &assessed.roll, state),
        ledger: record.into_ledger(bench, &assessed),
        assessment: assessed.assessment,
    }
}
