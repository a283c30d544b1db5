//! The way in: explain one group.

use alloc::vec::Vec;

use super::advice::advice;
use super::change::Advice;
use super::citation::Citation;
use super::cite::Citer;
use super::decisive::Need;
use super::holds::{Holds, holds};
use super::identity::{Identity, identities};
use super::ledger::Ledger;
use super::next_people::{NextPerson, next_people, rank};
use super::record::Record;
use super::tree::{RuleNode, tree};
use super::what_if::WhatIf;
use crate::assess::{Assessor, Bench, GroupAssessment, Policies, Scratch, UnknownId, assess_group_heard};
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::network::{Connections, Network, NetworkError};
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
    /// What it would take to be qualified.
    pub advice: Advice,
    /// What holds the verdict, when the group is qualified.
    pub holds: Holds,
    /// Whom to reach next, the most important first.
    pub next_people: Vec<NextPerson>,
    /// Who every contact of the account is to the group, by id, with the evidence; what the evidence disagrees about is kept.
    pub identities: Vec<Identity>,
    /// Who reaches whom; `None` until a network is asked ([`Explanation::connect`]).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connections: Option<Connections>,
}

impl Explanation {
    /// Takes in what the network of the same graph, policy and day says: who reaches whom, the gaps `decision_maker_unreachable` and `sole_bridge`, and
    /// the paths by which the next people are reached, who are ranked anew by them.
    ///
    /// Apart from [`explain`], since a network costs as much as the portfolio has people. It costs what [`Network::connections`] does, and
    /// [`Network::warm_paths`] for each of the next people.
    ///
    /// # Errors
    /// [`NetworkError::OtherDay`], [`NetworkError::OtherGraph`]; then nothing was changed.
    pub fn connect(&mut self, network: &Network) -> Result<(), NetworkError> {
        let connections = network.connections(&self.assessment)?;
        self.assessment.set_network_gaps(connections.gaps.clone());
        let contacts: Vec<Option<u32>> = self.next_people.iter().map(|next| next.contact.as_ref().map(|contact| contact.number)).collect();
        let paths = network.best_paths_to(&self.assessment, &contacts);
        self.next_people.iter_mut().zip(paths).for_each(|(next, path)| next.path = path);
        rank(&mut self.next_people);
        self.connections = Some(connections);
        Ok(())
    }
}

/// Explains one group; `None` when no policy of a set matches it.
///
/// O(signal counts and contacts of its account × questions of its rules) for the ledger, the trees and the citations, however large the
/// portfolio. What it would take and what holds the verdict judge a few thousand changed copies of the group at most, fewer of a group of many
/// people or signals, and say when that cut them short. Who is who costs n log n in the contacts of the account and the rows of the group, a few
/// microseconds for each contact with a title.
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
/// // What it would take, the shortest way first; nothing holds a verdict that is not qualified.
/// assert_eq!(explanation.advice.sets[0].to_string(), "somebody asks to talk (demo_request or contact_sales)");
/// assert!(explanation.holds.losses.is_empty());
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
    let records = Citer { bench, assessed: &assessed, ledger: &ledger, account: &account };
    let (judgement, policy) = (&assessed.judgement, bench.policy());
    let need = Need::of_qualification(judgement, &policy.qualification);
    let (qualification, mut cited) = tree("qualification", &policy.qualification, &judgement.rule, need, &records);
    let need = Need::of_exclusion(judgement);
    let (exclusion, excluding) = tree("exclusion", &policy.exclusion, &judgement.exclusion, need, &records);
    cited.add(&excluding);
    records.verdict(&mut cited);
    let cited = cited.into_citation(bench.graph.contact_names());
    let advice = advice(&WhatIf::new(bench, &assessed.roll, &account), judgement.state);
    let holds = holds(bench, &assessed.roll, judgement.state);
    let next_people = next_people(bench, &assessed);
    let identities = identities(bench, &assessed);
    Explanation {
        qualification,
        exclusion,
        cited,
        ledger,
        advice,
        holds,
        next_people,
        identities,
        connections: None,
        assessment: assessed.assessment,
    }
}
