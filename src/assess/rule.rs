//! A rule asked of a group: every question answered, with the value that answered it, and the answers put together.
//!
//! Fit and custom attributes are three-valued (Kleene), the rest is two-valued.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::coverage::{Seats, one_seat};
use super::fact::Fact;
use super::figures::Figures;
use super::fit::{FitFigures, attribute};
use super::heard::Seen;
use super::momentum::Momentum;
use super::people::Crowd;
use super::profile::Profile;
use super::truth::Truth;
use crate::day::Day;
use crate::exact::{Percent, Points};
use crate::policy::{Compiled, CompiledRule, CompiledScope, Measure, Question, RoleSet, Shape, Test, Tier, Trend};

/// Everything that a rule may ask about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) policy: &'a Compiled,
    pub(crate) day: Day,
    pub(crate) account: &'a Profile<'a>,
    pub(crate) figures: &'a Figures,
    /// What their members come to together.
    pub(crate) crowd: &'a Crowd,
    /// The seats without opponents.
    pub(crate) seats: &'a Seats,
    pub(crate) readiness: Percent,
    pub(crate) momentum: &'a Momentum,
    pub(crate) fit: &'a FitFigures,
    /// Signals of the day that are only supposed; none unless somebody asks "what if".
    pub(crate) supposed: &'a [Supposed],
}

/// A signal of the day that somebody supposes, where they ask "what if".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Supposed {
    pub(crate) tier: Tier,
    /// Its channel; `None`: a hand-raise, whose channel nobody knows.
    pub(crate) channel: Option<u8>,
    /// The role of who gives it; `None`: anybody, known or not.
    pub(crate) from: Option<RoleSet>,
}

impl Supposed {
    /// Whether it is of that tier or a stronger one, and, where a role is asked for, by somebody in it.
    pub(crate) fn answers(&self, tier: Tier, from: Option<RoleSet>) -> bool {
        self.tier <= tier && from.is_none_or(|roles| self.from.is_some_and(|own| own.meets(roles)))
    }
}

impl Facts<'_> {
    /// The day, when a signal of that tier or a stronger one is supposed.
    pub(crate) fn supposed_day(&self, tier: Tier, from: Option<RoleSet>) -> Option<Day> {
        self.supposed.iter().any(|one| one.answers(tier, from)).then_some(self.day)
    }
}

/// A value that answered a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Points, or a change of points.
    Points(Points),
    /// A percent.
    Percent(Percent),
    /// A number of people or channels.
    Count(u32),
    /// Fit, by its bounds; `None`: not configured.
    Bounds(Option<(Percent, Percent)>),
    /// The newest day of a matching signal.
    Day(Option<Day>),
    /// Which way points go.
    Trend(Trend),
    /// The text of an attribute, or the reason of an exclusion; `None`: there is none.
    Text(Option<String>),
}

/// The answer to one question of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The question's number in its rule.
    pub(crate) number: usize,
    /// `None`: the clause drops out.
    pub(crate) truth: Option<Truth>,
    pub(crate) value: Value,
    /// Facts that are unknown and made it so.
    pub(crate) unknown: BTreeSet<Fact>,
}

/// Asks every question, in order. O(questions × members).
pub(crate) fn answers(rule: &CompiledRule, facts: &Facts<'_>) -> Vec<Answer> {
    rule.questions.iter().enumerate().map(|(number, question)| ask(number, question, facts)).collect()
}

/// The answer of the whole rule; `None` when everything in it drops out.
pub(crate) fn combine(rule: &CompiledRule, answers: &[Answer]) -> Option<Truth> {
    combine_with(rule, &|number| answers[number].truth)
}

/// The answer of the whole rule, its questions being asked one by one, and only until it is settled.
pub(crate) fn truth(rule: &CompiledRule, facts: &Facts<'_>) -> Option<Truth> {
    combine_with(rule, &|number| {
        let test = &rule.questions[number].test;
        (!drops_out(test, facts)).then(|| answer(test, facts))
    })
}

/// The answer of the whole rule, were its questions answered like this.
pub(crate) fn combine_with(rule: &CompiledRule, truth: &impl Fn(usize) -> Option<Truth>) -> Option<Truth> {
    combine_shape(&rule.shape, truth)
}

/// The answer of a part of a rule, its questions being answered like this.
// Recursion is bounded: a valid rule is at most 32 deep.
pub(crate) fn combine_shape(shape: &Shape, truth: &impl Fn(usize) -> Option<Truth>) -> Option<Truth> {
    let kept = |shapes: &[Shape]| shapes.iter().filter_map(|one| combine_shape(one, truth)).collect::<Vec<_>>();
    match shape {
        Shape::Question(number) => truth(*number),
        Shape::Not(inner) => combine_shape(inner, truth).map(Truth::negated),
        Shape::All(shapes) => until(shapes, truth, Truth::False, Truth::True, Truth::min),
        Shape::Any(shapes) => until(shapes, truth, Truth::True, Truth::False, Truth::max),
        // Of a list that has become shorter than n, all that are left are needed.
        Shape::AtLeast(n, shapes) => {
            let kept = kept(shapes);
            (shapes.is_empty() || !kept.is_empty()).then(|| at_least((*n).min(kept.len().max(1)), &kept))
        }
    }
}

/// The answers of a list put together, up to the first that `settles` it. A list of which everything drops out drops out itself; one that was written
/// empty does not.
fn until(
    shapes: &[Shape],
    truth: &impl Fn(usize) -> Option<Truth>,
    settles: Truth,
    of_none: Truth,
    both: impl Fn(Truth, Truth) -> Truth,
) -> Option<Truth> {
    let mut all = shapes.is_empty().then_some(of_none);
    for one in shapes {
        let Some(answer) = combine_shape(one, truth) else { continue };
        if answer == settles {
            return Some(settles);
        }
        all = Some(all.map_or(answer, |all| both(all, answer)));
    }
    all
}

/// The facts that the rule's answer waits for: those of the open questions in open parts of it.
pub(crate) fn facts_open(rule: &CompiledRule, answers: &[Answer]) -> BTreeSet<Fact> {
    let mut facts = BTreeSet::new();
    collect_open(&rule.shape, answers, &mut facts);
    facts
}

fn collect_open(shape: &Shape, answers: &[Answer], facts: &mut BTreeSet<Fact>) {
    if combine_shape(shape, &|number: usize| answers[number].truth) != Some(Truth::Unknown) {
        return;
    }
    match shape {
        Shape::Question(number) => facts.extend(answers[*number].unknown.iter().cloned()),
        Shape::Not(inner) => collect_open(inner, answers, facts),
        Shape::All(shapes) | Shape::Any(shapes) | Shape::AtLeast(_, shapes) => {
            for one in shapes {
                collect_open(one, answers, facts);
            }
        }
    }
}

fn at_least(n: usize, answers: &[Truth]) -> Truth {
    let yes = answers.iter().filter(|answer| **answer == Truth::True).count();
    let open = answers.iter().filter(|answer| **answer == Truth::Unknown).count();
    if yes >= n {
        Truth::True
    } else if yes + open < n {
        Truth::False
    } else {
        Truth::Unknown
    }
}

/// A question with the value that answered it, and the facts that are unknown and made it so.
fn ask(number: usize, question: &Question, facts: &Facts<'_>) -> Answer {
    let test = &question.test;
    let truth = (!drops_out(test, facts)).then(|| answer(test, facts));
    let mut unknown = BTreeSet::new();
    match (test, truth) {
        (Test::Fit { .. }, _) if !facts.fit.configured() => unknown.extend([Fact::FitRule]),
        (Test::Fit { .. }, Some(Truth::Unknown)) => unknown.extend(facts.fit.shown.moving().cloned()),
        (Test::Attribute(asked), Some(Truth::Unknown)) => unknown.extend([Fact::Attribute(asked.name.clone())]),
        (_, answered) => debug_assert!(answered != Some(Truth::Unknown), "whatever is unknown says which fact is"),
    }
    Answer { number, truth, value: value(test, facts), unknown }
}

/// The answer to a question, whether or not it drops out. O(members).
fn answer(test: &Test, facts: &Facts<'_>) -> Truth {
    match test {
        Test::Points(least) => (facts.figures.points.0 >= *least).into(),
        Test::Readiness(least) => (facts.readiness.0 >= *least).into(),
        Test::Coverage(scope, measure, least) => {
            let (numerator, denominator) = coverage(*scope, *measure, facts);
            (numerator * 1_000_000 >= least * denominator).into()
        }
        Test::Fit { tier, .. } => facts.fit.at_least(facts.policy, *tier),
        Test::HandRaise { tier, within_days, from } => {
            newest(*tier, *from, facts).is_some_and(|newest| facts.day.days_since(newest) <= *within_days).into()
        }
        Test::Momentum(least) => (facts.momentum.change.0 >= *least).into(),
        Test::Trend(trend) => (facts.momentum.trend == *trend).into(),
        Test::AccountExcluded => facts.account.excluded.is_some().into(),
        Test::Attribute(test) => attribute(test, facts.account),
        Test::Holders(_, _, least) | Test::EngagedPeople(least) | Test::Channels(_, least) | Test::Opponents(least) => {
            (counted(test, facts) >= *least).into()
        }
    }
}

/// The value that answers a question. O(members).
fn value(test: &Test, facts: &Facts<'_>) -> Value {
    match test {
        Test::Points(_) => Value::Points(facts.figures.points),
        Test::Readiness(_) => Value::Percent(facts.readiness),
        Test::Coverage(scope, measure, _) => {
            let (numerator, denominator) = coverage(*scope, *measure, facts);
            Value::Percent(Percent::of(numerator, denominator))
        }
        Test::Fit { .. } => Value::Bounds(facts.fit.shown.definite.zip(facts.fit.shown.possible)),
        Test::HandRaise { tier, from, .. } => Value::Day(newest(*tier, *from, facts)),
        Test::Momentum(_) => Value::Points(facts.momentum.change),
        Test::Trend(_) => Value::Trend(facts.momentum.trend),
        Test::AccountExcluded => Value::Text(facts.account.excluded.map(Into::into)),
        Test::Attribute(test) => Value::Text(facts.account.attribute(&test.name).map(Into::into)),
        Test::Holders(..) | Test::EngagedPeople(_) | Test::Channels(..) | Test::Opponents(_) => Value::Count(counted(test, facts)),
    }
}

/// What a question about a number of people or channels counts; nothing for any other question.
fn counted(test: &Test, facts: &Facts<'_>) -> u32 {
    match test {
        Test::Holders(roles, measure, _) => u32::try_from(holders(*roles, *measure, facts)).unwrap_or(u32::MAX),
        Test::EngagedPeople(_) => facts.crowd.engaged,
        Test::Channels(tier, _) => channels(*tier, facts).count_ones(),
        Test::Opponents(_) => facts.crowd.opponents,
        _ => 0,
    }
}

/// Whether a clause asks about fit where it is configured, and it is not.
const fn drops_out(test: &Test, facts: &Facts<'_>) -> bool {
    matches!(test, Test::Fit { where_configured: true, .. }) && !facts.fit.configured()
}

fn coverage(scope: CompiledScope, measure: Measure, facts: &Facts<'_>) -> (i128, i128) {
    match scope {
        CompiledScope::Group => facts.seats.mean(measure),
        CompiledScope::Best(roles) => {
            let all = roles.iter().map(|role| role_coverage(role, measure, facts));
            all.max_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1))).unwrap_or((0, 1))
        }
    }
}

/// A role's coverage: by the template's seats, or against one seat where the template asks for none.
pub(crate) fn role_coverage(role: u8, measure: Measure, facts: &Facts<'_>) -> (i128, i128) {
    let seat = facts.seats.of_role(role).unwrap_or_else(|| one_seat(role, facts.figures));
    (seat.of(measure).into(), seat.required.into())
}

pub(crate) fn holders(roles: RoleSet, measure: Measure, facts: &Facts<'_>) -> usize {
    let holding = facts.figures.allies().filter(|member| member.roles.meets(roles));
    let counted = holding.filter(|member| match measure {
        Measure::Filled | Measure::Possible => true,
        Measure::Engaged => member.engaged,
        Measure::Current => member.current,
    });
    counted.count()
}

/// The newest signal of that tier or a stronger one, by holders of these roles or by anybody.
pub(crate) fn newest(tier: Tier, from: Option<RoleSet>, facts: &Facts<'_>) -> Option<Day> {
    let heard = match from {
        None => facts.crowd.heard.newest_from_tier(tier),
        Some(roles) => {
            let people = facts.figures.allies().filter(|member| member.roles.meets(roles));
            people.map(|member| member.score.heard.newest_from_tier(tier)).max().unwrap_or(Seen::NEVER)
        }
    };
    heard.day().max(facts.supposed_day(tier, from))
}

/// The channels of usable signals of that tier or a stronger one, a bit a channel.
pub(crate) fn channels(tier: Tier, facts: &Facts<'_>) -> u64 {
    let supposed = facts.supposed.iter().filter(|one| one.answers(tier, None)).filter_map(|one| one.channel);
    let supposed = supposed.fold(0, |all, channel| all | 1 << channel);
    supposed | facts.crowd.heard.channels_from_tier(tier)
}
