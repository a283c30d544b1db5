//! The points that people must be brought to.
//!
//! Each person to the engaged threshold where that is needed, the rest to the person of the heaviest role (ties: those known before those added,
//! then by id) up to a person's cap, then to the next. The least that does, in line units.

use alloc::vec::Vec;
use core::cmp::Reverse;

use super::atom::{Goals, Set, Subject};
use super::what_if::{Look, WhatIf};
use crate::assess::{Answer, Value};
use crate::policy::Trend;

/// Everybody at the most that a person can have.
pub(super) fn all_at_most(what_if: &WhatIf<'_>, set: &Set) -> Goals {
    Goals(set.brought().map(|subject| (subject, cap(what_if))).collect())
}

/// The goals of a set that qualifies with some.
pub(super) fn goals(what_if: &WhatIf<'_>, set: &Set, monotone: bool) -> Option<Goals> {
    let mut search = Search { what_if, set, monotone, goals: start(what_if, set) };
    search.engage();
    if search.does() || search.raise() {
        return Some(search.goals);
    }
    // Where too many points can hurt, a set may do without the engagement that it seems to need when everybody has the most.
    search.goals = start(what_if, set);
    if monotone || !(search.does() || search.raise()) {
        return None;
    }
    search.tighten();
    Some(search.goals)
}

fn cap(what_if: &WhatIf<'_>) -> i64 {
    what_if.policy().person_cap
}

/// Everybody at their own points, the heaviest role first.
fn start(what_if: &WhatIf<'_>, set: &Set) -> Goals {
    let policy = what_if.policy();
    let mut goals: Vec<(Subject, i64)> = set.brought().map(|subject| (subject, what_if.own(set, subject))).collect();
    goals.sort_by_key(|(subject, _)| (Reverse(policy.weight(what_if.roles_of(*subject))), *subject));
    Goals(goals)
}

struct Search<'a> {
    what_if: &'a WhatIf<'a>,
    set: &'a Set,
    monotone: bool,
    goals: Goals,
}

impl Search<'_> {
    fn look(&self) -> Look {
        self.what_if.look(self.set, &self.goals)
    }

    fn does(&self) -> bool {
        self.look().qualifies()
    }

    fn does_at(&mut self, place: usize, points: i64) -> bool {
        self.goals.0[place].1 = points;
        self.does()
    }

    /// Lifts those to the engaged threshold without whose engagement the set does not do, whatever points the others have.
    fn engage(&mut self) {
        let own = self.goals.clone();
        let threshold = self.what_if.policy().engaged_at.min(cap(self.what_if));
        let mut floors = own.clone();
        for (place, floor) in floors.0.iter_mut().enumerate().filter(|(_, floor)| floor.1 < threshold) {
            self.goals = Goals(own.0.iter().map(|(subject, _)| (*subject, cap(self.what_if))).collect());
            if !self.does_at(place, floor.1.max(threshold - 1)) {
                floor.1 = threshold;
            }
        }
        self.goals = floors;
    }

    /// Gives the rest to one person after the other; whether that does.
    fn raise(&mut self) -> bool {
        for place in 0..self.goals.0.len() {
            let (low, most) = (self.goals.0[place].1, cap(self.what_if));
            if self.does_at(place, most) {
                self.least(place, low, most);
                return true;
            }
            if !self.monotone && self.turn(place, low, most) {
                return true;
            }
            self.goals.0[place].1 = most;
        }
        false
    }

    /// Gives nobody more than the set needs beside what the others have.
    fn tighten(&mut self) {
        for place in 0..self.goals.0.len() {
            let (subject, points) = self.goals.0[place];
            let own = self.what_if.own(self.set, subject);
            if own < points && !self.does_at(place, own) {
                self.least(place, own, points);
            }
        }
    }

    /// The least points between one that does not do and one that does.
    fn least(&mut self, place: usize, mut low: i64, mut high: i64) {
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.does_at(place, middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        self.goals.0[place].1 = high;
    }

    /// Where too many points can hurt: the least points at which some question changes its answer, and with which the set does.
    fn turn(&mut self, place: usize, low: i64, high: i64) -> bool {
        let questions = self.answers(place, low).len();
        let mut turns: Vec<i64> = (0..questions).flat_map(|question| self.turnings(place, question, low, high)).collect();
        turns.sort_unstable();
        turns.into_iter().any(|points| self.does_at(place, points))
    }

    /// The answers, a trend by its direction.
    fn answers(&mut self, place: usize, points: i64) -> Vec<i8> {
        self.goals.0[place].1 = points;
        let look = self.look();
        let number = |answer: &Answer| match (&answer.value, answer.truth) {
            (Value::Trend(Trend::Falling), _) => 10,
            (Value::Trend(Trend::Steady), _) => 11,
            (Value::Trend(Trend::Rising), _) => 12,
            (_, truth) => truth.map_or(-1, |truth| truth as i8),
        };
        look.rule.iter().chain(&look.exclusion).map(number).collect()
    }

    /// The least points of each answer to a question after the one with the fewest.
    fn turnings(&mut self, place: usize, question: usize, low: i64, high: i64) -> Vec<i64> {
        let (mut turns, mut from) = (Vec::new(), low);
        let last = self.answers(place, high)[question];
        loop {
            let first = self.answers(place, from)[question];
            if first == last {
                return turns;
            }
            let (mut below, mut above) = (from, high);
            while above - below > 1 {
                let middle = below + (above - below) / 2;
                if self.answers(place, middle)[question] == first {
                    below = middle;
                } else {
                    above = middle;
                }
            }
            turns.push(above);
            from = above;
        }
    }
}
