//! Two days by the same policies.

use alloc::vec::Vec;

use super::policies::{causes, ruling};
use super::result::{AnswerChange, Between, Comparison, Factor, GroupChange, GroupOutcome, HandRaiseState, count};
use super::search::{Case, Ruling, Trial, search};
use crate::assess::{Answer, Assessor, GroupAssessment, Judgement, Policies, Scratch, Truth, combine, decide, judge_group, movement};
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::policy::{Compiled, CompiledRule, Policy};
use crate::tally::SignalTally;

/// Compares two days by the same policies: who changed, and the answer that made the difference, with what moved the points.
///
/// What can differ between two days are the answers to the questions of the rules, hand-raises, disqualifying criteria and whether there is
/// anybody; of these the cause is found as that between two policies is, by switching them one by one. Groups that no policy of a set
/// matches are not compared. Costs two assessments of everything, and a few more of the groups that changed. Keeps no assessment.
///
/// The second day may be the earlier one; then everything is seen backwards.
///
/// ```
/// use quorate::{Account, AccountGraph, Contact, Policy, Signal, SignalTally, compare_days};
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// graph.add_contact(Contact::new("ann", "acme")?)?;
/// let mut tally = SignalTally::new();
/// tally.record(&Signal::of_contact("ann", "demo_request", "2025-04-20".parse()?)?)?;
///
/// let policy = Policy::default();
/// let comparison = compare_days(&graph, &tally, &policy, "2025-05-05".parse()?, "2025-06-05".parse()?);
/// let said = comparison.changed[0].to_string();
/// assert_eq!(
///     said,
///     "qualified (asked) → not yet: no request to talk counts any more (last on 2025-04-20); \
///      points 16.8 → 11.7: −5.1 by fading of old ones"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare_days<'a>(
    graph: &'a AccountGraph,
    tally: &'a SignalTally,
    policies: impl Into<Policies<'a>>,
    before: Day,
    after: Day,
) -> Comparison {
    let policies = policies.into();
    let assessor = Assessor::new(graph, tally, policies);
    let (mut groups, mut moved, mut changed) = (0, 0, Vec::new());
    for (group, later) in assessor.groups(before).zip(assessor.groups(after)) {
        groups += 1;
        let outcomes = (GroupOutcome::of(&group), GroupOutcome::of(&later));
        if ruling(&outcomes.0) != ruling(&outcomes.1) {
            changed.extend(explained(&assessor, &group, outcomes, (before, after)));
        } else if has_moved(&outcomes) {
            moved += 1;
        }
    }
    let causes = count(&changed);
    let between = Between::Days { before, after };
    Comparison { between, differences: Vec::new(), by_section: false, groups, moved, changed, causes }
}

fn has_moved((before, after): &(GroupOutcome, GroupOutcome)) -> bool {
    (before.points, before.readiness, before.stage) != (after.points, after.readiness, after.stage)
}

/// `None` is impossible: the group was found a moment ago.
fn explained(
    assessor: &Assessor<'_>,
    group: &GroupAssessment,
    outcomes: (GroupOutcome, GroupOutcome),
    days: (Day, Day),
) -> Option<GroupChange> {
    let bench = |day| assessor.bench_of(group.group_id(), day).ok().flatten();
    let (earlier, later) = (bench(days.0)?, bench(days.1)?);
    let scratch = &mut Scratch::default();
    let (before, after) = (judge_group(&earlier, scratch), judge_group(&later, scratch));
    let mut turned = Turned::of(earlier.bound.policy, &before, &after);
    let verdicts = Case { before: ruling(&outcomes.0), after: ruling(&outcomes.1) };
    let switches = turned.switches.len();
    let found = search(&mut turned, switches, &[verdicts]).into_iter().next()?;
    let (cause, also) = causes(&found, |switch| turned.factor(turned.switches[switch]));
    Some(GroupChange {
        account_id: group.account_id().into(),
        group_id: group.group_id().into(),
        before: outcomes.0,
        after: outcomes.1,
        cause,
        also,
        answers: turned.answers(),
        movement: Some(movement(&earlier, days.0, days.1)),
    })
}

/// Something that is otherwise on the later day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Switch {
    Disqualifier,
    /// A question of the exclusion rule, by number.
    Exclusion(usize),
    /// A question of the qualification rule, by number.
    Qualification(usize),
    HandRaise,
    Members,
}

/// A group's judgement on two days, and what is otherwise.
struct Turned<'a> {
    policy: &'a Compiled,
    before: &'a Judgement,
    after: &'a Judgement,
    switches: Vec<Switch>,
}

impl<'a> Turned<'a> {
    fn of(policy: &'a Policy, before: &'a Judgement, after: &'a Judgement) -> Self {
        let mut switches = Vec::new();
        switches.extend((before.disqualified != after.disqualified).then_some(Switch::Disqualifier));
        switches.extend(otherwise(&before.rule, &after.rule).map(Switch::Qualification));
        switches.extend(otherwise(&before.exclusion, &after.exclusion).map(Switch::Exclusion));
        switches.extend((raise(before) != raise(after)).then_some(Switch::HandRaise));
        switches.extend((before.nobody != after.nobody).then_some(Switch::Members));
        Self { policy: policy.compiled(), before, after, switches }
    }

    /// The verdict with some switches on.
    fn ruling(&self, on: &[bool]) -> Ruling {
        let mut mixed = self.before.clone();
        for switch in self.switches.iter().zip(on).filter(|(_, on)| **on).map(|(switch, _)| *switch) {
            match switch {
                Switch::Disqualifier => mixed.disqualified = self.after.disqualified,
                Switch::Exclusion(number) => mixed.exclusion[number] = self.after.exclusion[number].clone(),
                Switch::Qualification(number) => mixed.rule[number] = self.after.rule[number].clone(),
                Switch::HandRaise => (mixed.hand_raise, mixed.below_floor) = (self.after.hand_raise, self.after.below_floor),
                Switch::Members => mixed.nobody = self.after.nobody,
            }
        }
        let by_rule = combine(&self.policy.exclusion, &mixed.exclusion) == Some(Truth::True);
        let truth = combine(&self.policy.qualification, &mixed.rule).unwrap_or(Truth::True);
        let excluded = by_rule || mixed.marked || mixed.disqualified;
        decide(excluded, truth, raise(&mixed) == HandRaiseState::Counts, mixed.nobody)
    }

    fn factor(&self, switch: Switch) -> Factor {
        match switch {
            Switch::Disqualifier => Factor::Disqualifier { applies: self.after.disqualified },
            Switch::HandRaise => Factor::HandRaise { before: raise(self.before), after: raise(self.after) },
            Switch::Members => Factor::Members { any: !self.after.nobody },
            Switch::Exclusion(number) => Self::question(&self.exclusion(number)),
            Switch::Qualification(number) => Self::question(&self.qualification(number)),
        }
    }

    fn question(AnswerChange { path, asked, before, after }: &AnswerChange) -> Factor {
        Factor::Question { path: path.clone(), asked: asked.clone(), before: before.0, after: after.0 }
    }

    fn answers(&self) -> Vec<AnswerChange> {
        let answer = |switch: &Switch| match switch {
            Switch::Exclusion(number) => Some(self.exclusion(*number)),
            Switch::Qualification(number) => Some(self.qualification(*number)),
            Switch::Disqualifier | Switch::HandRaise | Switch::Members => None,
        };
        self.switches.iter().filter_map(answer).collect()
    }

    fn exclusion(&self, number: usize) -> AnswerChange {
        answer(&self.policy.exclusion, &self.before.exclusion[number], &self.after.exclusion[number])
    }

    fn qualification(&self, number: usize) -> AnswerChange {
        answer(&self.policy.qualification, &self.before.rule[number], &self.after.rule[number])
    }
}

/// A clause drops out on every day or on none, so that one whose answer differs has two; unknown stands for none.
fn answer(rule: &CompiledRule, before: &Answer, after: &Answer) -> AnswerChange {
    let question = &rule.questions[before.number];
    let given = |answer: &Answer| (answer.truth.unwrap_or(Truth::Unknown), answer.value.clone());
    AnswerChange { path: question.path.clone(), asked: question.asked.clone(), before: given(before), after: given(after) }
}

/// The questions answered otherwise, by number.
fn otherwise(before: &[Answer], after: &[Answer]) -> impl Iterator<Item = usize> {
    before.iter().zip(after).enumerate().filter(|(_, (before, after))| before.truth != after.truth).map(|(number, _)| number)
}

const fn raise(judgement: &Judgement) -> HandRaiseState {
    match (judgement.hand_raise, judgement.below_floor) {
        (None, _) => HandRaiseState::Absent,
        (Some(_), true) => HandRaiseState::BelowFit,
        (Some(_), false) => HandRaiseState::Counts,
    }
}

/// Everything that is otherwise can be so by itself.
impl Trial for Turned<'_> {
    fn is_possible(&mut self, _: &[bool]) -> bool {
        true
    }

    fn rule(&mut self, on: &[bool], cases: &[usize]) -> Vec<Ruling> {
        cases.iter().map(|_| self.ruling(on)).collect()
    }
}
