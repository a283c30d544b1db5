//! Whether there are points and values with which a set qualifies.

use super::super::number::{Q, whole, zero};
use super::copy::{Study, unit};
use super::{Chosen, Set, Who, brought, rule};
use num_traits::ToPrimitive;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

impl Study {
    /// Points and values that do, if any.
    pub fn qualifying(&self, set: &Set) -> Option<Chosen> {
        self.values(set).iter().find_map(|values| self.qualifying_with(set, values.clone()))
    }

    /// Whether the set qualifies with some points and values.
    pub fn qualifies(&self, set: &Set) -> bool {
        self.qualifying(set).is_some()
    }

    fn qualifying_with(&self, set: &Set, values: BTreeMap<String, super::Known>) -> Option<Chosen> {
        let people: Vec<Who> = brought(set).into_iter().cloned().collect();
        let all_at_cap = people.iter().map(|who| (who.clone(), self.cap())).collect();
        let most = Chosen { points: all_at_cap, values };
        if self.qualifies_with(set, &most) {
            return Some(most);
        }
        if self.more_never_hurts || people.is_empty() {
            return None;
        }
        let rough = people.iter().map(|who| self.marks(set, who)).collect();
        self.try_all(set, &people, rough, &most).or_else(|| {
            let fine = people.iter().map(|who| self.turns(set, &people, who, &most)).collect();
            self.try_all(set, &people, fine, &most)
        })
    }

    fn try_all(&self, set: &Set, people: &[Who], marks: Vec<BTreeSet<Q>>, like: &Chosen) -> Option<Chosen> {
        let with = |points: BTreeMap<Who, Q>| Chosen { points, values: like.values.clone() };
        products(people, &marks).into_iter().map(with).find(|chosen| self.qualifies_with(set, chosen))
    }

    /// What somebody has, just less than engages them, just enough, and the most.
    fn marks(&self, set: &Set, who: &Who) -> BTreeSet<Q> {
        let (own, cap) = (self.own_points(set, who), self.cap());
        let all = [own.clone(), self.engaged_at() - unit(), self.engaged_at(), cap.clone()];
        all.into_iter().filter(|points| own <= *points && *points <= cap).collect()
    }

    /// The points at which an answer turns, and a unit less, when each of the others has one of their marks.
    fn turns(&self, set: &Set, people: &[Who], who: &Who, like: &Chosen) -> BTreeSet<Q> {
        let others: Vec<Who> = people.iter().filter(|other| *other != who).cloned().collect();
        let marks: Vec<BTreeSet<Q>> = others.iter().map(|other| self.marks(set, other)).collect();
        let mut found = self.marks(set, who);
        for points in products(&others, &marks) {
            for question in rule::thresholds(&self.policy) {
                for at in [0, 1] {
                    let answers = |mine: &Q| {
                        let mut chosen = Chosen { points: points.clone(), values: like.values.clone() };
                        chosen.points.insert(who.clone(), mine.clone());
                        self.look(set, &chosen, |case| turned(&question, case, at)).unwrap_or(false)
                    };
                    let own = self.own_points(set, who);
                    let turn = least(&own, &self.cap(), answers);
                    found.extend(turn.iter().map(|turn| turn - unit()).filter(|less| *less >= own));
                    found.extend(turn);
                }
            }
        }
        found
    }
}

/// Answers that only ever turn from no to yes as points grow; a trend turns twice.
fn turned(question: &Value, case: &super::super::rules::Case, at: usize) -> bool {
    let (name, is) = question.as_object().and_then(|object| object.iter().next()).expect("one question");
    match (name.as_str(), at) {
        ("trend", 0) => case.trend != "falling",
        ("trend", _) => case.trend == "rising",
        _ => super::super::rules::predicate(name, is, case),
    }
}

/// The least number of units from `low` to `high` at which the answer is yes, if it is so at `high`.
pub fn least(low: &Q, high: &Q, is_enough: impl Fn(&Q) -> bool) -> Option<Q> {
    if !is_enough(high) {
        return None;
    }
    let units = |points: &Q| (points / unit()).to_integer().to_i64().expect("small");
    let (mut low, mut high) = (units(low), units(high));
    let points = |units: i64| whole(units) * unit();
    while low < high {
        let middle = low + (high - low) / 2;
        if is_enough(&points(middle)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(points(high).max(zero()))
}

/// Every way to give each of the people one of their points.
fn products(people: &[Who], marks: &[BTreeSet<Q>]) -> Vec<BTreeMap<Who, Q>> {
    let mut all = vec![BTreeMap::new()];
    for (who, marks) in people.iter().zip(marks) {
        let with = |one: &BTreeMap<Who, Q>, points: &Q| {
            let mut one = one.clone();
            one.insert(who.clone(), points.clone());
            one
        };
        all = all.iter().flat_map(|one| marks.iter().map(move |points| with(one, points))).collect();
    }
    all
}
