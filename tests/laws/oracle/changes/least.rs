//! The least points that do, under rules in which more points never hurt: each to the engaged threshold where they must be engaged, the rest to
//! the person of the heaviest role up to the cap, then to the next.

use super::super::number::{Q, zero};
use super::copy::{Study, unit};
use super::grid::least;
use super::{Chosen, Set, Who, brought};
use std::cmp::Reverse;
use std::collections::BTreeMap;

type Points = BTreeMap<Who, Q>;

impl Study {
    /// The points of a set that qualifies.
    pub fn least_points(&self, set: &Set) -> Points {
        let people = self.by_weight(set);
        let mut points: Points = people.iter().map(|who| (who.clone(), self.floor(set, &people, who))).collect();
        if self.suffices(set, &points) {
            return points;
        }
        for who in &people {
            let with = |mine: &Q| {
                let mut points = points.clone();
                points.insert(who.clone(), mine.clone());
                self.suffices(set, &points)
            };
            if let Some(enough) = least(&points[who], &self.cap(), with) {
                points.insert(who.clone(), enough);
                return points;
            }
            points.insert(who.clone(), self.cap().max(points[who].clone()));
        }
        panic!("{set:?} qualifies when everybody has the most points");
    }

    /// The people brought, the heaviest role first, then by id.
    pub fn by_weight(&self, set: &Set) -> Vec<Who> {
        let mut people: Vec<Who> = brought(set).into_iter().cloned().collect();
        people.sort_by_key(|who| (Reverse(self.weight(who)), who.clone()));
        people
    }

    /// The engaged threshold when nothing else does, else what they have.
    fn floor(&self, set: &Set, people: &[Who], who: &Who) -> Q {
        let (own, engaged) = (self.own_points(set, who), self.engaged_at());
        if own >= engaged || engaged > self.cap() {
            return own;
        }
        let mut most: Points = people.iter().map(|other| (other.clone(), self.cap())).collect();
        most.insert(who.clone(), engaged.clone() - unit());
        if self.suffices(set, &most) { own } else { engaged }
    }

    /// Whether the set qualifies with these points, for some values.
    pub fn suffices(&self, set: &Set, points: &Points) -> bool {
        let with = |values: &BTreeMap<String, super::Known>| Chosen { points: points.clone(), values: values.clone() };
        self.values(set).iter().any(|values| self.qualifies_with(set, &with(values)))
    }

    /// The points missing in all.
    pub fn missing(&self, set: &Set, points: &Points) -> Q {
        points.iter().map(|(who, to)| (to - self.own_points(set, who)).max(zero())).sum()
    }
}
