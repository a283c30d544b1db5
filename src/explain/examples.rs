//! Signals of the day that would bring a person to points, found by scoring the person with them.

use alloc::vec::Vec;

use super::atom::{Atom, Goals, Subject};
use super::search::Solution;
use super::what_if::WhatIf;
use crate::assess::{Lens, Scratch, TalliedKind, TalliedKinds, score};
use crate::policy::Compiled;
use crate::tally::{Entries, Entry};

/// Kinds of the policy by number, each with how many signals of the day.
pub(super) type Way = Vec<(usize, u32)>;

/// Examples that are given for one person.
const EXAMPLES_MAX: usize = 3;

/// Up to three ways: kinds of the policy by number, each with how many signals of the day, with which the whole set still does. Those that overshoot
/// least come first, then the fewest signals, then in the policy's order. Where no kind does alone, one way with several kinds, each as often
/// as it counts.
///
/// O(kinds × log(daily cap) × entries of the person), and a look at the group for each way.
pub(super) fn examples(what_if: &WhatIf<'_>, solution: &Solution, subject: Subject, goal: i64) -> Vec<Way> {
    let policy = what_if.policy();
    let mut trial = Trial::of(what_if, subject);
    let kinds = worthy(what_if);
    let mut ways: Vec<(i64, u32, Way)> = Vec::new();
    for kind in &kinds {
        if let Some(count) = trial.least(&[], *kind, policy.kinds[*kind].daily_cap, goal) {
            let way = Vec::from([(*kind, count)]);
            ways.push((trial.points(&way), count, way));
        }
    }
    ways.sort();
    if ways.is_empty() {
        ways.extend(trial.together(policy, kinds, goal).map(|way| (trial.points(&way), 0, way)));
    }
    let does = |(points, _, way): &(i64, u32, Way)| does(what_if, solution, subject, *points, way);
    ways.into_iter().filter(does).take(EXAMPLES_MAX).map(|(_, _, way)| way).collect()
}

/// Whether the set still qualifies when the person really has those points, and those signals are heard of.
fn does(what_if: &WhatIf<'_>, solution: &Solution, subject: Subject, points: i64, way: &[(usize, u32)]) -> bool {
    let signals: Vec<Atom> = way.iter().filter_map(|(kind, _)| what_if.signal_of(*kind)).collect();
    let goals = solution.goals.0.iter().map(|(of, goal)| (*of, if *of == subject { points } else { *goal }));
    what_if.look(&solution.set.with(&signals), &Goals(goals.collect())).qualifies()
}

/// The kinds with points; hand-raises, which would do without any points, only where there is no other.
fn worthy(what_if: &WhatIf<'_>) -> Vec<usize> {
    let policy = what_if.policy();
    let raise = what_if.bench().bound.policy.document().hand_raise.tier;
    let mut kinds: Vec<usize> = (0..policy.kinds.len()).filter(|kind| policy.kinds[*kind].cents > 0).collect();
    if kinds.iter().any(|kind| policy.kinds[*kind].tier > raise) {
        kinds.retain(|kind| policy.kinds[*kind].tier > raise);
    }
    kinds
}

/// A person's signals, to be scored with more of them.
struct Trial<'a> {
    lens: Lens<'a>,
    /// Kinds have the policy's numbers here.
    entries: Vec<Entry>,
    scratch: Scratch,
}

impl<'a> Trial<'a> {
    fn of(what_if: &WhatIf<'a>, subject: Subject) -> Self {
        let bench = what_if.bench();
        let lens = bench.lens(bench.day, None);
        let contacts: Vec<u32> = match subject {
            Subject::Member(member) => what_if.roll().members[member as usize].contacts().collect(),
            Subject::Added(..) => Vec::new(),
        };
        let of_person = contacts.iter().flat_map(|contact| bench.heard().of_contact(*contact));
        let known = of_person.filter_map(|entry| Some(entry.of_kind(lens.kinds[usize::from(entry.kind())].number()?)));
        Self { lens, entries: known.collect(), scratch: Scratch::default() }
    }

    /// The person's points with so many more signals of some kinds today.
    fn points(&mut self, more: &[(usize, u32)]) -> i64 {
        let policy = self.lens.policy;
        let identity: TalliedKinds = (0_u16..).zip(&policy.kinds).map(|(number, _)| TalliedKind::of(policy, Some(number))).collect();
        let mut entries = self.entries.clone();
        for (kind, count) in more {
            // INVARIANT: a policy has at most 4,095 kinds, and counts are at most a daily cap of 1,000.
            let one = Entry::one(u16::try_from(*kind).unwrap_or(0), self.lens.day, None, false);
            entries.extend(Entry::of_key(one.key(), (*count).into()));
        }
        entries.sort_unstable();
        let lens = Lens::new(policy, &identity, self.lens.solution, self.lens.day);
        score(&lens, Entries::pooled(&entries), &mut self.scratch, &mut ()).points
    }

    /// The fewest signals of a kind that do beside others, if as many as count do.
    fn least(&mut self, others: &[(usize, u32)], kind: usize, most: u32, goal: i64) -> Option<u32> {
        let mut with = |count: u32| self.points(&[others, &[(kind, count)]].concat()) >= goal;
        let (mut low, mut high) = (0, most);
        if !with(high) {
            return None;
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if with(middle) { high = middle } else { low = middle }
        }
        Some(high)
    }

    /// The same kinds, each only as often as is needed beside the others.
    fn thinned(&mut self, mut way: Way, goal: i64) -> Way {
        for (kind, count) in way.clone() {
            let others: Way = way.iter().copied().filter(|(other, _)| *other != kind).collect();
            way = if self.points(&others) >= goal {
                others
            } else {
                let count = self.least(&others, kind, count, goal).unwrap_or(count);
                way.iter().map(|(other, own)| (*other, if *other == kind { count } else { *own })).collect()
            };
        }
        way
    }

    /// The strongest kinds one after the other, each as often as it counts, the last only as often as needed.
    fn together(&mut self, policy: &Compiled, mut order: Vec<usize>, goal: i64) -> Option<Vec<(usize, u32)>> {
        order.sort_by_key(|kind| core::cmp::Reverse(policy.kinds[*kind].cents));
        let mut chosen: Vec<(usize, u32)> = Vec::new();
        for kind in order {
            let before = self.points(&chosen);
            let most = policy.kinds[kind].daily_cap;
            if let Some(count) = self.least(&chosen, kind, most, goal) {
                chosen.push((kind, count));
                return Some(self.thinned(chosen, goal));
            }
            chosen.push((kind, most));
            if self.points(&chosen) == before {
                chosen.pop();
            }
        }
        None
    }
}
