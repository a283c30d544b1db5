//! The sets of changes that make a verdict qualified: smallest first, and none that another one is a part of.
//!
//! A set grows only by changes that lead on a question which keeps the verdict from being qualified. Of a list that must hold as a whole one
//! open question at a time is enough to look at: whatever set does in the end must answer that one, too. So no set is missed where more
//! of what is added never hurts, and few that do not matter are looked at.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::rc::Rc;
use alloc::vec::Vec;

use super::atom::{Atom, Goals, Set};
use super::change::Extent;
use super::goals::{all_at_most, goals};
use super::monotone::monotone;
use super::steps::{Asked, People, Unmet, reconciliations, steps, unmet};
use super::what_if::{Look, WhatIf};
use crate::exact::Points;
use crate::policy::Tier;

/// Sets that are listed.
pub(super) const SETS_MAX: usize = 10;
/// Changed copies that are judged for one group before the search is cut; to finish what was found may take as many again.
const COPIES_MAX: usize = 6_000;
/// Members in all copies together, so that a group of many people costs no more than one of few.
const MEMBERS_MAX: usize = 4_000_000;
/// Sets that do, of the sizes that are listed, before the search is cut.
const FOUND_MAX: usize = 200;
/// The greatest set all of whose parts are looked at where more can hurt.
const PARTS_MAX: usize = 9;

/// A set that does, with the points it takes.
#[derive(Clone, Debug)]
pub(super) struct Solution {
    pub(super) set: Set,
    pub(super) goals: Goals,
    /// The points missing in all.
    pub(super) missing: Points,
}

impl Solution {
    /// What is listed first: fewer changes, then fewer points, then the names of the changes. The values of facts, which are numbered by
    /// the rule that asks for them, only tell apart sets of which one is listed.
    fn order(&self) -> (usize, Points, Set, &Set) {
        (self.set.len(), self.missing, self.set.without_values(), &self.set)
    }
}

/// What a search found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) solutions: Vec<Solution>,
    pub(super) extent: Extent,
}

/// Searches the sets for a group that is not qualified.
pub(super) fn search(what_if: &WhatIf<'_>) -> Found {
    let mut search = Search::new(what_if);
    search.run();
    search.found()
}

struct Search<'a> {
    what_if: &'a WhatIf<'a>,
    people: People,
    asked: Asked,
    monotone: bool,
    queue: BTreeSet<(usize, Set)>,
    /// Every set that was judged with everybody at the most, each once.
    looks: BTreeMap<Set, Rc<Look>>,
    queued: BTreeSet<Set>,
    solutions: Vec<Solution>,
    /// Sets of a size that is not listed any more were left.
    more: bool,
    cut: bool,
}

impl<'a> Search<'a> {
    fn new(what_if: &'a WhatIf<'a>) -> Self {
        let people = People::of(what_if);
        let monotone = monotone(what_if);
        Self {
            // Where more can hurt, a way may lead through a set that looks worse, which is not followed.
            cut: !people.all || !what_if.facts_whole || !monotone,
            asked: Asked::of(what_if),
            queue: BTreeSet::new(),
            looks: BTreeMap::new(),
            queued: BTreeSet::new(),
            solutions: Vec::new(),
            more: false,
            people,
            monotone,
            what_if,
        }
    }

    fn run(&mut self) {
        let nothing = Set::default();
        self.look(&nothing);
        self.queue.insert((0, nothing));
        while let Some((size, set)) = self.queue.pop_first() {
            if self.listed_below(size) >= SETS_MAX {
                self.more = true;
                return;
            }
            if self.exhausted(1) {
                self.cut = true;
                self.queue.insert((size, set));
                return self.harvest();
            }
            if !self.has_part_of(&set) {
                self.visit(&set);
            }
        }
    }

    /// Takes what was found by the way when the search had to stop, the smallest first.
    fn harvest(&mut self) {
        while let Some((_, set)) = self.queue.pop_first() {
            if self.exhausted(2) {
                return;
            }
            if self.look(&set).qualifies() && !self.has_part_of(&set) {
                let least = self.least_part(&set);
                self.accept(least);
            }
        }
    }

    /// Whether so many times the work allowed is done.
    fn exhausted(&self, times: usize) -> bool {
        let judged = self.what_if.judged();
        let members = self.what_if.roll().members.len();
        judged > times * COPIES_MAX || judged * members > times * MEMBERS_MAX || self.solutions.len() >= FOUND_MAX
    }

    /// The look of a set with everybody at the most.
    fn look(&mut self, set: &Set) -> Rc<Look> {
        if let Some(look) = self.looks.get(set) {
            return look.clone();
        }
        let look = Rc::new(self.what_if.look(set, &all_at_most(self.what_if, set)));
        self.looks.insert(set.clone(), look.clone());
        look
    }

    /// How many different sets smaller than that were found.
    fn listed_below(&self, size: usize) -> usize {
        let smaller = self.solutions.iter().filter(|one| one.set.len() < size);
        smaller.map(|one| one.set.kin()).collect::<BTreeSet<_>>().len()
    }

    fn has_part_of(&self, set: &Set) -> bool {
        self.solutions.iter().any(|one| one.set.is_within(set))
    }

    fn visit(&mut self, set: &Set) {
        let look = self.look(set);
        if self.does(set, &look) {
            let least = self.least_part(set);
            self.accept(least);
            return;
        }
        for next in self.next(set, &look) {
            self.queue.insert((next.len(), next));
        }
    }

    /// Whether the set qualifies with some points; `look` is its look with everybody at the most.
    fn does(&self, set: &Set, look: &Look) -> bool {
        look.qualifies() || (!self.monotone && goals(self.what_if, set, false).is_some())
    }

    fn does_unseen(&self, set: &Set) -> bool {
        self.does(set, &self.what_if.look(set, &all_at_most(self.what_if, set)))
    }

    /// A part of a set that qualifies, no part of which does.
    fn least_part(&self, set: &Set) -> Set {
        if !self.monotone && set.len() <= PARTS_MAX {
            return parts(set).into_iter().find(|part| self.does_unseen(part)).unwrap_or_else(|| set.clone());
        }
        let mut least = set.clone();
        for atom in set.iter() {
            let smaller = least.without(atom);
            if self.does_unseen(&smaller) {
                least = smaller;
            }
        }
        least
    }

    fn accept(&mut self, set: Set) {
        // Who had to be there for a signal in their role may not be needed for one of anybody.
        let set = self.least_part(&self.weakened(set).numbered()).numbered();
        if set.len() == 0 || self.solutions.iter().any(|one| one.set == set) {
            return;
        }
        if let Some(goals) = goals(self.what_if, &set, self.monotone) {
            let missing = goals.0.iter().map(|(subject, points)| i128::from(points - self.what_if.own(&set, *subject))).sum();
            self.solutions.push(Solution { missing: Points::from_line_units(missing), set, goals });
        }
    }

    /// The set with every signal of the weakest tier, and asked of a role only where that is needed.
    fn weakened(&self, mut set: Set) -> Set {
        for signal in set.clone().iter().filter(|atom| matches!(atom, Atom::Signal { .. })) {
            let rest = set.without(signal);
            let weaker = self.asked.weaker(signal).into_iter().map(|weak| rest.with(&[weak]));
            if let Some(weak) = weaker.into_iter().find(|weak| weak.len() == set.len() && self.does_unseen(weak)) {
                set = weak;
            }
        }
        set
    }

    /// The sets that lead on from a set that does not qualify.
    fn next(&mut self, set: &Set, look: &Look) -> Vec<Set> {
        let mut found = Vec::new();
        for (unmet, atoms) in self.directions(set, look) {
            let next = set.with(&atoms).numbered();
            if next.len() == set.len() || self.queued.contains(&next) || self.has_part_of(&next) || self.exhausted(1) {
                continue;
            }
            let after = self.look(&next);
            if after.qualifies() || unmet.is_none_or(|unmet| leads_on(unmet, look, &after)) {
                self.queued.insert(next.clone());
                found.push(next);
            }
        }
        found
    }

    /// The changes to try, each with the question that it should help; without one for the exclusion and for hand-raises.
    fn directions(&mut self, set: &Set, look: &Look) -> Vec<(Option<Unmet>, Vec<Atom>)> {
        if look.excluded {
            return Vec::from([(None, Vec::from([Atom::Lift]))]);
        }
        if look.disqualified {
            return Vec::new();
        }
        let mut directions = Vec::new();
        // First what never depends on how far the search gets.
        if !look.excluded_by_rule && !look.raised && !look.below_floor && self.can_raise() {
            directions.push((None, Vec::from([Atom::HandRaise])));
        }
        for unmet in unmet(self.what_if, look) {
            let steps = steps(self.what_if, &self.people, &self.asked, set, look, unmet);
            directions.extend(steps.into_iter().filter(|step| self.can(step)).map(|step| (Some(unmet), step)));
        }
        if !look.excluded_by_rule && (!look.raised || look.below_floor) {
            // An opponent may have asked to talk, or have shown the interest that fit asks for.
            let steps = reconciliations(self.what_if, &self.people, set).into_iter();
            let helps: Vec<Vec<Atom>> = steps.filter(|step| self.raises(set, step, look)).collect();
            directions.extend(helps.into_iter().map(|step| (None, step)));
        }
        directions
    }

    fn raises(&mut self, set: &Set, step: &[Atom], before: &Look) -> bool {
        let after = self.look(&set.with(step).numbered());
        (after.raised && !before.raised) || (before.below_floor && !after.below_floor)
    }

    fn can(&self, step: &[Atom]) -> bool {
        !step.contains(&Atom::HandRaise) || self.can_raise()
    }

    /// Whether there is a kind of signal that is a hand-raise.
    fn can_raise(&self) -> bool {
        let tier = self.raise_tier();
        self.what_if.policy().kinds.iter().any(|kind| kind.tier <= tier)
    }

    fn raise_tier(&self) -> Tier {
        self.what_if.bench().bound.policy.document().hand_raise.tier
    }

    fn found(mut self) -> Found {
        let solutions = core::mem::take(&mut self.solutions);
        let mut kept: Vec<Solution> = solutions.into_iter().filter(|one| !self.is_a_hand_raise(&one.set)).collect();
        kept.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut seen = BTreeSet::new();
        kept.retain(|one| seen.insert(one.set.kin()));
        let more = self.more || kept.len() > SETS_MAX;
        kept.truncate(SETS_MAX);
        let extent = match (self.cut, more) {
            (true, _) => Extent::Cut,
            (false, true) => Extent::More,
            (false, false) => Extent::All,
        };
        Found { solutions: kept, extent }
    }

    /// Whether a signal of the set is no weaker than a hand-raise, which would do in its place.
    fn is_a_hand_raise(&self, set: &Set) -> bool {
        let raise = self.raise_tier();
        let strong: Vec<Atom> = set.iter().filter(|atom| matches!(atom, Atom::Signal { tier, .. } if *tier <= raise)).collect();
        if strong.is_empty() {
            return false;
        }
        let instead = strong.into_iter().fold(set.clone(), |set, signal| set.without(signal)).with(&[Atom::HandRaise]);
        self.does_unseen(&instead)
    }
}

/// Whether a question has come nearer to the answer wanted.
fn leads_on(unmet: Unmet, before: &Look, after: &Look) -> bool {
    let rule = usize::from(unmet.exclusion);
    let (old, new) = (before.progress[rule][unmet.number], after.progress[rule][unmet.number]);
    let answers = |look: &Look| if unmet.exclusion { look.exclusion[unmet.number].truth } else { look.rule[unmet.number].truth };
    let turned = answers(before) != answers(after);
    turned || if unmet.yes { new > old } else { new < old } || before.excluded_by_rule != after.excluded_by_rule
}

/// The proper parts of a set and the set itself, small ones first.
fn parts(set: &Set) -> Vec<Set> {
    let count = 1_u32 << set.len().min(16);
    let mut parts: Vec<Set> = (0..count)
        .map(|chosen| Set((0_u32..).zip(set.iter()).filter(|(place, _)| chosen & 1 << place != 0).map(|(_, atom)| atom).collect()))
        .collect();
    parts.sort_by_key(Set::len);
    parts
}
