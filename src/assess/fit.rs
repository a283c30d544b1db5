//! Fit: how well the account suits us, as bounds where facts are unknown.
//!
//! A known mismatch counts 0, a match its weight, an unknown fact moves only the upper bound. No criterion asks about more than one fact,
//! so that what lies between the bounds divides among the unknown facts without overlap.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Reverse;

use rust_decimal::Decimal;

use super::fact::{Fact, UnknownFact};
use super::profile::Profile;
use super::truth::Truth;
use crate::day::Day;
use crate::exact::{Percent, decimal_from_str, scaled};
use crate::policy::{AttributeTest, Compiled, Criterion, FitRule, FitSource, FitTier, Range, ValueTest};

/// How well an account suits us.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fit {
    /// What is certain, 0..=100; `None`: fit is not configured.
    pub definite: Option<Percent>,
    /// What is possible, 0..=100, if every unknown fact matched; `None`: fit is not configured.
    pub possible: Option<Percent>,
    /// The tier, `None` while the bounds straddle one, a disqualifier is unknown, or fit is not configured.
    pub tier: Option<FitTier>,
    /// The facts that are unknown and would settle the bounds or the tier, each once: those that could move the score most first, then by
    /// name. What they could move adds up to `possible - definite` (before rounding); see [`UnknownFact::moves`].
    pub unknown: Vec<UnknownFact>,
}

impl Fit {
    /// The unknown facts that the bounds wait for.
    pub(crate) fn moving(&self) -> impl Iterator<Item = &Fact> {
        self.unknown.iter().filter(|one| one.moves > Percent::ZERO).map(|one| &one.fact)
    }

    /// The unknown facts that would decide whether the account is disqualified.
    pub(crate) fn disqualifying(&self) -> impl Iterator<Item = &Fact> {
        self.unknown.iter().filter(|one| one.disqualifies).map(|one| &one.fact)
    }
}

/// Fit with its exact bounds.
#[derive(Clone, Debug)]
pub(crate) struct FitFigures {
    pub(crate) shown: Fit,
    /// Exact bounds as numerators over one positive denominator; `None`: not configured.
    bounds: Option<(i128, i128, i128)>,
    pub(crate) disqualified: bool,
    /// The disqualifiers that are known matches, by their place in the policy.
    pub(crate) disqualifying: Vec<usize>,
}

/// What waits for a fact that is unknown.
#[derive(Clone, Copy, Debug, Default)]
struct Waiting {
    /// The weights of the criteria that ask about it, as a part of the whole of the bounds.
    part: i128,
    /// Whether a disqualifier asks about it.
    disqualifies: bool,
}

impl FitFigures {
    /// Whether fit is at least a tier: by its bounds, whatever the tier itself. Unknown where fit is not configured.
    pub(crate) fn at_least(&self, policy: &Compiled, tier: FitTier) -> Truth {
        let start = policy.tier_start(tier);
        match self.bounds {
            Some((definite, _, whole)) if definite * 1_000_000 >= start * whole => Truth::True,
            Some((_, possible, whole)) if possible * 1_000_000 < start * whole => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// The exact bounds as numerators over one positive denominator; `None`: not configured.
    pub(crate) const fn bounds(&self) -> Option<(i128, i128, i128)> {
        self.bounds
    }

    pub(crate) const fn configured(&self) -> bool {
        self.bounds.is_some()
    }
}

/// What fit may ask of the group's signals.
pub(crate) trait Intents {
    /// The newest day of a usable signal of that kind, of the account itself or of a member who is no opponent.
    fn newest_of_kind(&self, kind: &str) -> Option<Day>;
    /// The day of the assessment.
    fn day(&self) -> Day;
}

pub(crate) fn fit(rule: &FitRule, policy: &Compiled, account: &Profile<'_>, intents: &impl Intents) -> FitFigures {
    match rule.source {
        FitSource::None => FitFigures {
            shown: Fit { definite: None, possible: None, tier: None, unknown: Vec::new() },
            bounds: None,
            disqualified: false,
            disqualifying: Vec::new(),
        },
        FitSource::Supplied => supplied(policy, account),
        FitSource::Criteria => by_criteria(rule, policy, account, intents),
    }
}

fn supplied(policy: &Compiled, account: &Profile<'_>) -> FitFigures {
    // Scores have at most 4 decimals, which the graph checks.
    let score = account.fit_score.and_then(|score| scaled(score, 4).ok());
    let whole = Percent::HUNDRED.0;
    let (definite, possible) = score.map_or((0, whole), |score| (score, score));
    let missing = score.is_none().then_some((Fact::FitScore, Waiting { part: whole, disqualifies: false }));
    settle(policy, (definite, possible, whole), Truth::False, missing.into_iter().collect())
}

fn by_criteria(rule: &FitRule, policy: &Compiled, account: &Profile<'_>, intents: &impl Intents) -> FitFigures {
    let mut waiting = BTreeMap::<Fact, Waiting>::new();
    let (mut definite, mut possible, mut whole) = (0, 0, 0);
    // A criterion of no weight moves no bound, so nobody need find its fact out.
    for criterion in rule.criteria.iter().filter(|one| one.weight > 0) {
        let weight = i128::from(criterion.weight);
        let matched = answer_of(&criterion.is, account, intents);
        whole += weight;
        definite += if matched == Truth::True { weight } else { 0 };
        possible += if matched == Truth::False { 0 } else { weight };
        if let Some(fact) = lacking(&criterion.is, matched) {
            waiting.entry(fact).or_default().part += weight;
        }
    }
    let answers: Vec<Truth> = rule.disqualifiers.iter().map(|one| answer_of(one, account, intents)).collect();
    let disqualified = answers.iter().copied().max().unwrap_or(Truth::False);
    // One that applies settles the tier, whatever the others would say.
    if disqualified == Truth::Unknown {
        let lacked = rule.disqualifiers.iter().zip(&answers).filter_map(|(one, answer)| lacking(one, *answer));
        lacked.for_each(|fact| waiting.entry(fact).or_default().disqualifies = true);
    }
    let disqualifying = (0..answers.len()).filter(|place| answers[*place] == Truth::True).collect();
    FitFigures { disqualifying, ..settle(policy, (definite, possible, whole.max(1)), disqualified, waiting) }
}

fn settle(policy: &Compiled, bounds: (i128, i128, i128), disqualified: Truth, waiting: BTreeMap<Fact, Waiting>) -> FitFigures {
    let (definite, possible, whole) = bounds;
    let tier = match disqualified {
        Truth::True => Some(FitTier::D),
        Truth::Unknown => None,
        Truth::False => Some(tier(policy, definite, whole)).filter(|low| *low == tier(policy, possible, whole)),
    };
    let percent = |part: i128| Some(Percent::of(part, whole));
    let shown = Fit { definite: percent(definite), possible: percent(possible), tier, unknown: unknown(waiting, whole) };
    FitFigures { shown, bounds: Some(bounds), disqualified: disqualified == Truth::True, disqualifying: Vec::new() }
}

/// The unknown facts, those first that the most of the whole waits for, then by name.
fn unknown(waiting: BTreeMap<Fact, Waiting>, whole: i128) -> Vec<UnknownFact> {
    let mut waiting: Vec<(Fact, Waiting)> = waiting.into_iter().collect();
    // The sort is stable.
    waiting.sort_by_key(|(_, waits)| Reverse(waits.part));
    let shown =
        |(fact, waits): (Fact, Waiting)| UnknownFact { fact, moves: Percent::of(waits.part, whole), disqualifies: waits.disqualifies };
    waiting.into_iter().map(shown).collect()
}

/// The tier of an exact share.
const fn tier(policy: &Compiled, part: i128, whole: i128) -> FitTier {
    if part * 1_000_000 >= policy.tier_a * whole {
        FitTier::A
    } else if part * 1_000_000 >= policy.tier_b * whole {
        FitTier::B
    } else {
        FitTier::C
    }
}

/// The fact that a criterion asks about; `None`: it asks about signals.
pub(crate) fn fact_of(criterion: &Criterion) -> Option<Fact> {
    Some(match criterion {
        Criterion::Industry(_) => Fact::Industry,
        Criterion::Country(_) => Fact::Country,
        Criterion::Employees(_) => Fact::Employees,
        Criterion::Revenue(_) => Fact::Revenue,
        Criterion::TechnologiesAll(_) | Criterion::TechnologiesAny(_) => Fact::Technologies,
        Criterion::Attribute(test) => Fact::Attribute(test.name.clone()),
        Criterion::Intent { .. } => return None,
    })
}

/// The fact for want of which a criterion has that answer, if that is why.
fn lacking(criterion: &Criterion, answer: Truth) -> Option<Fact> {
    if answer == Truth::Unknown { fact_of(criterion) } else { None }
}

/// The answer to a criterion: unknown exactly when the one fact that it asks about is.
pub(crate) fn answer_of(criterion: &Criterion, account: &Profile<'_>, intents: &impl Intents) -> Truth {
    let answer = match criterion {
        Criterion::Industry(any_of) => account.industry.map(|industry| names(any_of, industry)),
        Criterion::Country(any_of) => account.country.map(|country| names(any_of, country)),
        Criterion::Employees(range) => account.employees.map(|employees| within(range, Decimal::from(employees))),
        Criterion::Revenue(range) => account.revenue.map(|revenue| within(range, revenue)),
        Criterion::TechnologiesAll(all_of) => account.technologies.map(|used| all_of.iter().all(|one| used.contains(one))),
        Criterion::TechnologiesAny(any_of) => account.technologies.map(|used| any_of.iter().any(|one| used.contains(one))),
        Criterion::Attribute(test) => return attribute(test, account),
        Criterion::Intent { kind, within_days } => {
            let newest = intents.newest_of_kind(kind.as_str());
            return newest.is_some_and(|newest| intents.day().days_since(newest) <= i32::from(*within_days)).into();
        }
    };
    answer.map_or(Truth::Unknown, Truth::from)
}

/// The answer to a question about a custom attribute: unknown when it is absent, or no decimal where one is asked for.
pub(crate) fn attribute(test: &AttributeTest, account: &Profile<'_>) -> Truth {
    let value = account.attribute(&test.name);
    let answer = value.and_then(|value| match &test.test {
        ValueTest::AnyOf(any_of) => Some(names(any_of, value)),
        ValueTest::Within(range) => decimal_from_str(value, 28).ok().map(|value| within(range, value)),
    });
    answer.map_or(Truth::Unknown, Truth::from)
}

fn names(any_of: &[String], value: &str) -> bool {
    any_of.iter().any(|one| one == value)
}

fn within(range: &Range, value: Decimal) -> bool {
    range.at_least.is_none_or(|least| least <= value) && range.at_most.is_none_or(|most| value <= most)
}
