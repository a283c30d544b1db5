//! Two policies on one day.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::difference::{Difference, by_section};
use super::merge::Merge;
use super::result::{Between, Cause, Comparison, Factor, GroupChange, GroupOutcome, count};
use super::search::{Case, Found, Ruling, Setting, Trial, search};
use crate::assess::Assessor;
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::policy::Policy;
use crate::tally::SignalTally;

/// So many differences of two policies are tried one by one; of more, their sections are.
pub const TRIED_MAX: usize = 200;

/// Compares two policies on a day: who changed, and the one rule, cap or weight that made the difference.
///
/// Every cause is found by trying: the earlier policy with nothing but that difference, the later one without it, or, where no single
/// one decides, with ever fewer of them. Costs two assessments of everything; then, of the groups that changed only, at most two for each
/// difference, and for those that no single one explains at most one more for each, as often as one can be left out. Keeps no assessment.
///
/// ```
/// use quorate::{Account, AccountGraph, Contact, Policy, Signal, SignalTally, compare_policies};
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// graph.add_contact(Contact::new("ann", "acme")?)?;
/// let mut tally = SignalTally::new();
/// tally.record(&Signal::of_contact("ann", "demo_request", "2025-04-20".parse()?)?)?;
///
/// let before = Policy::default();
/// let mut document = before.document().clone();
/// document.hand_raise.within_days = 7;
/// document.person.cap = 150.into();
/// let comparison = compare_policies(&graph, &tally, &before, &Policy::new(document)?, "2025-05-05".parse()?);
/// assert_eq!(comparison.changed[0].to_string(), "qualified (asked) → not yet: hand_raise.within_days 30 → 7 alone does it");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare_policies(graph: &AccountGraph, tally: &SignalTally, before: &Policy, after: &Policy, day: Day) -> Comparison {
    let (merge, differences) = Merge::of(&before.to_node(), &after.to_node());
    let between = Between::Policies { before: before.label().clone(), after: after.label().clone(), day };
    let mut comparison = Comparison {
        between,
        by_section: differences.len() > TRIED_MAX,
        differences,
        groups: 0,
        moved: 0,
        changed: Vec::new(),
        causes: Vec::new(),
    };
    let mut explained = Vec::new();
    if comparison.differences.is_empty() {
        comparison.groups = Assessor::new(graph, tally, before).groups(day).count();
    } else {
        let changes = changes(&mut comparison, graph, tally, (before, after), day);
        let (units, factors) = units(&comparison);
        let mut trial = Policies { graph, tally, day, merge: &merge, units: &units, changes: &changes, last: None };
        let cases: Vec<Case> = changes.iter().map(|change| Case { before: ruling(&change.before), after: ruling(&change.after) }).collect();
        explained =
            changes.iter().zip(search(&mut trial, units.len(), &cases)).map(|(change, found)| change.because(&found, &factors)).collect();
    }
    comparison.causes = count(&explained);
    comparison.changed = explained;
    comparison
}

/// A group that changed, before anybody knows why.
struct Changed {
    account_id: alloc::string::String,
    group_id: alloc::string::String,
    before: GroupOutcome,
    after: GroupOutcome,
}

impl Changed {
    fn because(&self, found: &Found, factors: &[Arc<Difference>]) -> GroupChange {
        let (cause, also) = causes(found, |switch| Factor::Difference(factors[switch].clone()));
        let Self { account_id, group_id, before, after } = self;
        GroupChange {
            account_id: account_id.clone(),
            group_id: group_id.clone(),
            before: *before,
            after: *after,
            cause,
            also,
            answers: Vec::new(),
            movement: None,
        }
    }
}

/// The first of what was found, and the rest.
pub(super) fn causes(found: &Found, factor: impl Fn(usize) -> Factor) -> (Cause, Vec<Cause>) {
    let all: Vec<Cause> = match found {
        Found::Alone(singles) => singles.iter().map(|switch| Cause::Alone(factor(*switch))).collect(),
        Found::Needed(singles) => singles.iter().map(|switch| Cause::Needed(factor(*switch))).collect(),
        Found::Together(set) => Vec::from([Cause::Together(set.iter().map(|switch| factor(*switch)).collect())]),
    };
    let mut all = all.into_iter();
    let first = all.next().unwrap_or(Cause::Together(Vec::new()));
    (first, all.collect())
}

pub(super) const fn ruling(outcome: &GroupOutcome) -> Ruling {
    (outcome.state, outcome.route)
}

/// Assesses everything by both policies, group by group, and keeps those that changed.
fn changes(
    comparison: &mut Comparison,
    graph: &AccountGraph,
    tally: &SignalTally,
    (before, after): (&Policy, &Policy),
    day: Day,
) -> Vec<Changed> {
    let (before, after) = (Assessor::new(graph, tally, before), Assessor::new(graph, tally, after));
    let mut changes = Vec::new();
    for (group, later) in before.groups(day).zip(after.groups(day)) {
        comparison.groups += 1;
        let (before, after) = (GroupOutcome::of(&group), GroupOutcome::of(&later));
        if ruling(&before) != ruling(&after) {
            changes.push(Changed { account_id: group.account_id().into(), group_id: group.group_id().into(), before, after });
        } else if before != after {
            comparison.moved += 1;
        }
    }
    changes
}

/// What is switched together, by the numbers of the differences, and what it is called.
fn units(comparison: &Comparison) -> (Vec<Vec<usize>>, Vec<Arc<Difference>>) {
    if comparison.by_section {
        return by_section(&comparison.differences);
    }
    let single = (0..comparison.differences.len()).map(|number| Vec::from([number])).collect();
    (single, comparison.differences.iter().cloned().map(Arc::new).collect())
}

/// The policies between two, one at a time.
struct Policies<'a> {
    graph: &'a AccountGraph,
    tally: &'a SignalTally,
    day: Day,
    merge: &'a Merge,
    units: &'a [Vec<usize>],
    changes: &'a [Changed],
    /// The policy that was asked for last: it is asked for twice.
    last: Option<(Setting, Option<Policy>)>,
}

impl Policies<'_> {
    fn policy(&mut self, on: &[bool]) -> Option<&Policy> {
        if self.last.as_ref().is_none_or(|(known, _)| known != on) {
            let mut chosen = alloc::vec![false; self.units.iter().map(Vec::len).sum()];
            for number in self.units.iter().zip(on).filter(|(_, on)| **on).flat_map(|(unit, _)| unit) {
                chosen[*number] = true;
            }
            let document = self.merge.build(&|number| chosen[number]);
            let policy = document.and_then(|document| Policy::from_node(&document).ok());
            self.last = Some((on.into(), policy));
        }
        self.last.as_ref().and_then(|(_, policy)| policy.as_ref())
    }
}

impl Trial for Policies<'_> {
    fn is_possible(&mut self, on: &[bool]) -> bool {
        self.policy(on).is_some()
    }

    fn rule(&mut self, on: &[bool], cases: &[usize]) -> Vec<Ruling> {
        let (graph, tally, day, changes) = (self.graph, self.tally, self.day, self.changes);
        let Some(policy) = self.policy(on) else { return cases.iter().map(|case| ruling(&changes[*case].before)).collect() };
        let assessor = Assessor::on_demand(graph, tally, policy);
        let rule = |case: &usize| {
            let assessed = assessor.group(&changes[*case].group_id, day).ok().flatten();
            assessed.map_or_else(|| ruling(&changes[*case].before), |group| (group.verdict.state, group.verdict.route))
        };
        cases.iter().map(rule).collect()
    }
}
