//! Which switches make a difference, found by trying.
//!
//! A verdict was one thing with every switch off and is another with every switch on. In this order: one switch that alone gives the later
//! verdict; one without which the earlier verdict would have stayed; a set that gives the later one and none of which can be left out. What
//! is said to make a difference has been tried. A setting that is impossible gives no verdict, and so is never said to make one.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::assess::{Route, State};

/// A verdict as far as a comparison looks at it.
pub(super) type Ruling = (State, Option<Route>);

/// Which switches are on.
pub(super) type Setting = Vec<bool>;

/// Sets of at most so many switches are the least of all their subsets, not only without one they could do without.
const EXHAUSTED_MAX: usize = 6;

/// Something whose switches can be set.
pub(super) trait Trial {
    /// Whether there is anything with the switches set like that.
    fn is_possible(&mut self, on: &[bool]) -> bool;
    /// The verdicts of some cases with the switches set like that, if that is possible.
    fn rule(&mut self, on: &[bool], cases: &[usize]) -> Vec<Ruling>;
}

/// A verdict with all switches off and with all on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    pub(super) before: Ruling,
    pub(super) after: Ruling,
}

/// How some switches make a difference; switches rise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Each of these alone.
    Alone(Vec<usize>),
    /// None without any of these.
    Needed(Vec<usize>),
    /// All of these together.
    Together(Vec<usize>),
}

/// Finds what makes the difference in each case. Each switch is tried on and off once for all cases; a set for the rest takes as many trials as
/// there are switches, and as many again as long as one can be left out.
pub(super) fn search<T: Trial>(trial: &mut T, switches: usize, cases: &[Case]) -> Vec<Found> {
    let mut seeker = Seeker { trial, switches, cases };
    let mut found: Vec<Option<Found>> = alloc::vec![None; cases.len()];
    for on in [true, false] {
        let open = open(&found);
        for (case, singles) in open.iter().zip(seeker.singles(&open, on)) {
            let named = if on { Found::Alone(singles.clone()) } else { Found::Needed(singles.clone()) };
            found[*case] = (!singles.is_empty()).then_some(named);
        }
    }
    for (case, set) in seeker.together(open(&found)) {
        found[case] = Some(Found::Together(set));
    }
    found.into_iter().flatten().collect()
}

/// The cases of which nothing has been found yet.
fn open(found: &[Option<Found>]) -> Vec<usize> {
    found.iter().enumerate().filter(|(_, found)| found.is_none()).map(|(case, _)| case).collect()
}

struct Seeker<'a, T> {
    trial: &'a mut T,
    switches: usize,
    cases: &'a [Case],
}

impl<T: Trial> Seeker<'_, T> {
    /// For each case the switches that alone give the later verdict when turned on, or the earlier one when turned off.
    fn singles(&mut self, cases: &[usize], on: bool) -> Vec<Vec<usize>> {
        let mut found = alloc::vec![Vec::new(); cases.len()];
        for switch in (0..self.switches).filter(|_| !cases.is_empty()) {
            let setting = self.setting(&[switch], on);
            if !self.trial.is_possible(&setting) {
                continue;
            }
            let rulings = self.rule(&setting, cases);
            for ((case, ruling), singles) in cases.iter().zip(rulings).zip(&mut found) {
                let wanted = if on { self.cases[*case].after } else { self.cases[*case].before };
                singles.extend((ruling == wanted).then_some(switch));
            }
        }
        found
    }

    /// Some switches on and the others off, or the other way round.
    fn setting(&self, some: &[usize], on: bool) -> Setting {
        (0..self.switches).map(|switch| some.contains(&switch) == on).collect()
    }

    /// The verdicts; those with all switches off or on are known.
    fn rule(&mut self, on: &[bool], cases: &[usize]) -> Vec<Ruling> {
        match (on.contains(&true), on.contains(&false)) {
            (false, _) => cases.iter().map(|case| self.cases[*case].before).collect(),
            (_, false) => cases.iter().map(|case| self.cases[*case].after).collect(),
            _ => self.trial.rule(on, cases),
        }
    }

    /// Which of the cases have the later verdict with the switches set like that.
    fn suffices(&mut self, on: &[bool], cases: &[usize]) -> Vec<bool> {
        if !self.trial.is_possible(on) {
            return alloc::vec![false; cases.len()];
        }
        let rulings = self.rule(on, cases);
        cases.iter().zip(rulings).map(|(case, ruling)| self.cases[*case].after == ruling).collect()
    }

    /// For each case a set that gives the later verdict and that nothing can be left out of. Cases of one set are tried together.
    fn together(&mut self, cases: Vec<usize>) -> Vec<(usize, Vec<usize>)> {
        let mut open: BTreeMap<Setting, Vec<usize>> = BTreeMap::new();
        if !cases.is_empty() {
            open.insert(alloc::vec![true; self.switches], cases);
        }
        loop {
            let smaller = self.smaller(open.clone());
            if smaller == open {
                break;
            }
            open = smaller;
        }
        let mut found = Vec::new();
        for (set, cases) in open {
            found.extend(cases.into_iter().map(|case| (case, members(&set))));
        }
        found.into_iter().map(|(case, set)| (case, self.least(case, set))).collect()
    }

    /// Leaves every switch out once, in order, where the later verdict stays.
    fn smaller(&mut self, mut open: BTreeMap<Setting, Vec<usize>>) -> BTreeMap<Setting, Vec<usize>> {
        for switch in 0..self.switches {
            let mut next: BTreeMap<Setting, Vec<usize>> = BTreeMap::new();
            for (set, cases) in open {
                let mut without = set.clone();
                without[switch] = false;
                let suffices = if set[switch] { self.suffices(&without, &cases) } else { alloc::vec![false; cases.len()] };
                for (case, suffices) in cases.into_iter().zip(suffices) {
                    next.entry(if suffices { without.clone() } else { set.clone() }).or_default().push(case);
                }
            }
            open = next;
        }
        open
    }

    /// The first of the smallest subsets that give the later verdict, where there are few. Subsets that lack a single switch were tried before.
    fn least(&mut self, case: usize, set: Vec<usize>) -> Vec<usize> {
        if set.len() > EXHAUSTED_MAX {
            return set;
        }
        for size in 1..set.len().saturating_sub(1) {
            for chosen in (0_u32..1 << set.len()).filter(|chosen| chosen.count_ones() as usize == size) {
                let subset: Vec<usize> =
                    set.iter().enumerate().filter(|(place, _)| chosen >> place & 1 == 1).map(|(_, one)| *one).collect();
                if self.suffices(&self.setting(&subset, true), &[case]) == [true] {
                    return subset;
                }
            }
        }
        set
    }
}

fn members(set: &[bool]) -> Vec<usize> {
    set.iter().enumerate().filter(|(_, on)| **on).map(|(switch, _)| switch).collect()
}
