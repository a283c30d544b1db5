//! The way in: explain one group.

use alloc::vec::Vec;

use super::citation::Citation;
use super::cite::Citer;
use super::decisive::Need;
use super::ledger::Ledger;
use super::next_people::{NextPerson, next_people};
use super::record::Record;
use super::tree::{RuleNode, tree};
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
    /// The qualification rule with its answers.
    pub qualification: RuleNode,
    /// The exclusion rule with its answers.
    pub exclusion: RuleNode,
    /// The records that the verdict rests on: a portfolio that has only them of the account, as [`Citation`] says, comes to the same state by
    /// the same route.
    pub cited: Citation,
    /// Where every point comes from, and what became of every signal.
    pub ledger: Ledger,
    /// Whom to reach next, the most important first.
    pub next_people: Vec<NextPerson>,
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
///
/// // What the verdict rests on: one question that is false is enough for "not yet".
/// let decisive: Vec<&str> = explanation.qualification.nodes().iter().filter(|node| node.decisive).map(|node| node.path.as_str()).collect();
/// assert_eq!(decisive, ["qualification", "qualification.all[0]"]);
/// assert_eq!(explanation.qualification.children[0].to_string(), "no: at least 100 points (now 80)");
/// assert_eq!(explanation.next_people[0].to_string(), "find somebody for the role decision_maker");
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
    let ledger = record.into_ledger(bench, &assessed);
    let account = bench.profile();
    let reader = Citer { bench, assessed: &assessed, ledger: &ledger, account: &account };
    let (judgement, policy) = (&assessed.judgement, bench.policy());
    let need = Need::of_qualification(judgement, &policy.qualification);
    let (qualification, mut cited) = tree("qualification", &policy.qualification, &judgement.rule, need, &reader);
    let need = Need::of_exclusion(judgement);
    let (exclusion, excluding) = tree("exclusion", &policy.exclusion, &judgement.exclusion, need, &reader);
    cited.add(&excluding);
    reader.verdict(&mut cited);
    let cited = cited.into_citation(bench.graph.contact_names());
    let next_people = next_people(bench, &assessed);
    Explanation { qualification, exclusion, cited, ledger, next_people, assessment: assessed.assessment }
}
