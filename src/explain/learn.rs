//! Unknown facts that a rule or fit asks for, each with values that differ in their answers.
//!
//! A policy cuts the values of a fact into a few classes that it cannot tell apart; one of each is tried.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use rust_decimal::Decimal;

use super::change::FactValue;
use crate::assess::{Fact, Intents, Profile, Truth, answer_of, attribute, fact_of};
use crate::day::Day;
use crate::policy::{AttributeTest, Criterion, FitSource, Policy, Predicate, Range, Test, ValueTest};

/// Values of one fact that are tried at most.
const VALUES_MAX: usize = 65;
/// Technologies all lists of which are tried.
const NAMED_MAX: usize = 6;

/// A fact that is unknown, with the values that are tried.
#[derive(Clone, Debug)]
pub(super) struct Learnable {
    pub(super) fact: Fact,
    pub(super) values: Vec<Learned>,
}

/// A value as it is shown and as it is asked about.
#[derive(Clone, Debug)]
pub(super) struct Learned {
    pub(super) shown: FactValue,
    text: String,
    number: Option<Decimal>,
    list: Vec<String>,
}

impl Learned {
    fn text(text: &str) -> Self {
        Self { shown: FactValue::Text(text.into()), text: text.into(), number: None, list: Vec::new() }
    }

    fn other(text: String) -> Self {
        Self { shown: FactValue::Other, text, number: None, list: Vec::new() }
    }

    fn number(number: Decimal) -> Self {
        let text = number.normalize().to_string();
        Self { number: Some(number), ..Self::text(&text) }
    }

    fn list(list: Vec<String>) -> Self {
        Self { shown: FactValue::List(list.clone()), text: String::new(), number: None, list }
    }
}

/// The profile with a fact known.
pub(super) fn learn<'a>(profile: &mut Profile<'a>, fact: &'a Fact, value: &'a Learned) {
    match fact {
        Fact::Industry => profile.industry = Some(&value.text),
        Fact::Country => profile.country = Some(&value.text),
        Fact::Employees => profile.employees = value.number.and_then(|number| u64::try_from(number).ok()),
        Fact::Revenue => profile.revenue = value.number,
        Fact::FitScore => profile.fit_score = value.number,
        Fact::Technologies => profile.technologies = Some(&value.list),
        Fact::Attribute(name) => profile.set_attribute(name, Some(&value.text)),
        Fact::FitRule => {}
    }
}

/// The profile with a fact unknown.
pub(super) fn forget<'a>(profile: &mut Profile<'a>, fact: &'a Fact) {
    match fact {
        Fact::Industry => profile.industry = None,
        Fact::Country => profile.country = None,
        Fact::Employees => profile.employees = None,
        Fact::Revenue => profile.revenue = None,
        Fact::FitScore => profile.fit_score = None,
        Fact::Technologies => profile.technologies = None,
        Fact::Attribute(name) => profile.set_attribute(name, None),
        Fact::FitRule => {}
    }
}

/// The facts that the policy asks for, ordered, each once.
pub(super) fn asked(policy: &Policy) -> BTreeSet<Fact> {
    let questions = Questions::of(policy);
    let criteria = questions.criteria.iter().filter_map(|criterion| fact_of(criterion));
    let attributes = questions.attributes.iter().map(|test| Fact::Attribute(test.name.clone()));
    let supplied = questions.supplied.then_some(Fact::FitScore);
    criteria.chain(attributes).chain(supplied).collect()
}

/// The unknown facts of a profile that the policy asks for, with the values to try, and whether those are all that there are.
pub(super) fn learnable(policy: &Policy, profile: &Profile<'_>) -> (Vec<Learnable>, bool) {
    let questions = Questions::of(policy);
    let mut all = true;
    let mut facts = Vec::new();
    for fact in asked(policy) {
        let values = if questions.open(&fact, profile) { questions.values(&fact, profile) } else { Vec::new() };
        if !values.is_empty() {
            // Of many technologies not every list is tried.
            all &= values.len() < VALUES_MAX && (fact != Fact::Technologies || questions.named().len() <= NAMED_MAX);
            facts.push(Learnable { fact, values });
        }
    }
    (facts, all)
}

/// Everything that a policy asks about facts.
struct Questions<'p> {
    criteria: Vec<&'p Criterion>,
    attributes: Vec<&'p AttributeTest>,
    supplied: bool,
    tiers: [Decimal; 2],
}

impl<'p> Questions<'p> {
    fn of(policy: &'p Policy) -> Self {
        let (document, compiled) = (policy.document(), policy.compiled());
        let fit = &document.fit;
        let weighty = fit.criteria.iter().filter(|one| one.weight > 0).map(|one| &one.is);
        let criteria = weighty.chain(&fit.disqualifiers).filter(|_| fit.source == FitSource::Criteria).collect();
        let rules = compiled.qualification.questions.iter().chain(compiled.exclusion.questions.iter());
        let attributes = rules.filter_map(|question| match (&question.asked, &question.test) {
            (Predicate::Attribute(test), Test::Attribute(_)) => Some(test),
            _ => None,
        });
        Self { criteria, attributes: attributes.collect(), supplied: fit.source == FitSource::Supplied, tiers: [fit.tiers.a, fit.tiers.b] }
    }

    /// Whether some answer about the fact is unknown.
    fn open(&self, fact: &Fact, profile: &Profile<'_>) -> bool {
        let supplied = *fact == Fact::FitScore && profile.fit_score.is_none();
        supplied || self.answers(fact, profile).contains(&Truth::Unknown)
    }

    /// The answers to all that is asked about a fact.
    fn answers(&self, fact: &Fact, profile: &Profile<'_>) -> Vec<Truth> {
        if *fact == Fact::FitScore {
            let score = profile.fit_score.unwrap_or_default();
            return self.tiers.iter().map(|start| Truth::from(score >= *start)).collect();
        }
        let criteria = self.criteria.iter().filter(|criterion| fact_of(criterion).as_ref() == Some(fact));
        let mut answers: Vec<Truth> = criteria.map(|criterion| answer_of(criterion, profile, &Silence)).collect();
        let attributes = self.attributes.iter().filter(|test| matches!(fact, Fact::Attribute(name) if *name == test.name));
        answers.extend(attributes.map(|test| attribute(test, profile)));
        answers
    }

    /// One value for each way of answering, in the order in which the policy names them.
    fn values(&self, fact: &Fact, profile: &Profile<'_>) -> Vec<Learned> {
        let (mut seen, mut values) = (BTreeSet::new(), Vec::new());
        for value in self.candidates(fact) {
            let mut known = profile.clone();
            learn(&mut known, fact, &value);
            let answers = self.answers(fact, &known);
            if values.len() < VALUES_MAX && seen.insert(answers) {
                values.push(value);
            }
        }
        values
    }

    fn candidates(&self, fact: &Fact) -> Vec<Learned> {
        match fact {
            // The lesser tier first: what is asked for is then no more than needed.
            Fact::FitScore => self.tiers.iter().rev().copied().chain([Decimal::ZERO]).map(Learned::number).collect(),
            Fact::Technologies => self.technologies(),
            Fact::Employees | Fact::Revenue => self.numbers(fact),
            Fact::Industry | Fact::Country => with_other(self.texts(fact)),
            Fact::Attribute(_) => with_other(self.texts(fact)).into_iter().chain(self.numbers(fact)).collect(),
            Fact::FitRule => Vec::new(),
        }
    }

    fn texts(&self, fact: &Fact) -> Vec<&'p str> {
        let of_criteria = self.criteria.iter().filter(|criterion| fact_of(criterion).as_ref() == Some(fact));
        let lists = of_criteria.filter_map(|criterion| match criterion {
            Criterion::Industry(any_of)
            | Criterion::Country(any_of)
            | Criterion::Attribute(AttributeTest { test: ValueTest::AnyOf(any_of), .. }) => Some(any_of),
            _ => None,
        });
        let attributes = self.attributes.iter().filter(|test| matches!(fact, Fact::Attribute(name) if *name == test.name));
        let tests = attributes.filter_map(|test| if let ValueTest::AnyOf(any_of) = &test.test { Some(any_of) } else { None });
        lists.chain(tests).flatten().map(String::as_str).collect()
    }

    /// The bounds of every range, and what lies next to them outside.
    fn numbers(&self, fact: &Fact) -> Vec<Learned> {
        let of_criteria = self.criteria.iter().filter(|criterion| fact_of(criterion).as_ref() == Some(fact));
        let ranges = of_criteria.filter_map(|criterion| match criterion {
            Criterion::Employees(range)
            | Criterion::Revenue(range)
            | Criterion::Attribute(AttributeTest { test: ValueTest::Within(range), .. }) => Some(range),
            _ => None,
        });
        let attributes = self.attributes.iter().filter(|test| matches!(fact, Fact::Attribute(name) if *name == test.name));
        let tests = attributes.filter_map(|test| if let ValueTest::Within(range) = &test.test { Some(range) } else { None });
        let whole = *fact == Fact::Employees;
        // Nobody has fewer than no people, or a negative revenue.
        let signed = matches!(fact, Fact::Attribute(_));
        ranges.chain(tests).flat_map(|range| around(range, whole, signed)).map(Learned::number).collect()
    }

    /// The technologies that are named, ordered.
    fn named(&self) -> BTreeSet<&'p String> {
        self.lists().flatten().collect()
    }

    fn lists(&self) -> impl Iterator<Item = &'p Vec<String>> {
        self.criteria.iter().filter_map(|criterion| match criterion {
            Criterion::TechnologiesAll(of) | Criterion::TechnologiesAny(of) => Some(of),
            _ => None,
        })
    }

    /// Of a few that are named every list; of many all, each list and each name by itself, none, and all but one of the lists.
    fn technologies(&self) -> Vec<Learned> {
        let named: Vec<&String> = self.named().into_iter().collect();
        let owned = |list: Vec<&String>| list.into_iter().cloned().collect::<Vec<_>>();
        if named.len() <= NAMED_MAX {
            // The fullest lists first: most criteria ask for what is in use.
            let chosen =
                |mask: u32| (0_u32..).zip(&named).filter(move |(place, _)| mask >> place & 1 == 1).map(|(_, name)| *name).collect();
            return (0..1_u32 << named.len()).rev().map(|mask| Learned::list(owned(chosen(mask)))).collect();
        }
        let but = |list: &Vec<String>| owned(named.iter().copied().filter(|one| !list.contains(one)).collect());
        let mut candidates = Vec::from([owned(named.clone())]);
        candidates.extend(self.lists().cloned());
        candidates.extend(self.lists().map(but));
        candidates.extend(named.iter().map(|one| Vec::from([(*one).clone()])));
        candidates.push(Vec::new());
        candidates.into_iter().map(Learned::list).collect()
    }
}

/// The texts, and one that is none of them.
fn with_other(texts: Vec<&str>) -> Vec<Learned> {
    if texts.is_empty() {
        return Vec::new();
    }
    let mut other = "other".to_string();
    while texts.contains(&other.as_str()) {
        other.push('_');
    }
    texts.into_iter().map(Learned::text).chain([Learned::other(other)]).collect()
}

/// Values inside a range, at its ends and next to them, and just outside, the inner ones first. Bounds have at most 4 decimals.
fn around(range: &Range, whole: bool, signed: bool) -> Vec<Decimal> {
    let step = if whole { Decimal::ONE } else { Decimal::new(1, 4) };
    let inner = |bound: Decimal, up: bool| match (whole, up) {
        (true, true) => bound.ceil(),
        (true, false) => bound.floor(),
        (false, _) => bound,
    };
    let least = range.at_least.map(|bound| inner(bound, true));
    let most = range.at_most.map(|bound| inner(bound, false));
    let inside = [least.map(|bound| bound + step), most.map(|bound| bound - step)];
    let outside = [least.map(|bound| bound - step), most.map(|bound| bound + step)];
    let all = [least, most].into_iter().chain(inside).chain(outside).flatten();
    all.filter(|value| signed || *value >= Decimal::ZERO).collect()
}

/// Hears of no signals: facts are asked about, not acts.
struct Silence;

impl Intents for Silence {
    fn newest_of_kind(&self, _: &str) -> Option<Day> {
        None
    }

    fn day(&self) -> Day {
        Day::MIN
    }
}
