//! Small graphs of every shape, against the plainest search there is.

use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;
use proptest::collection::vec as many;
use proptest::prelude::*;

use super::best::{HOPS_MAX, PERFECT};
use super::disjoint::disjoint_paths_within;
use super::{Arc, BestPaths, Lines, Near, Path, Scratch, cut_nodes, disjoint_paths, is_within, mark_within, near_cut_nodes, reach};

/// A graph, who is blocked, from where, and where to.
#[derive(Clone, Debug)]
struct Case {
    nodes: usize,
    arcs: Vec<(u32, u32, u8)>,
    blocked: Vec<bool>,
    sources: Vec<u32>,
    target: u32,
}

impl Case {
    fn lines(&self) -> Lines {
        Lines::new(
            self.nodes,
            self.arcs.iter().map(|(from, to, quality)| Arc { from: *from, to: *to, quality: *quality, sort: 0 }).collect(),
        )
    }

    /// The best line between two nodes, as the arcs have it.
    fn quality(&self, from: u32, to: u32) -> Option<u8> {
        self.arcs.iter().filter(|arc| arc.0 == from && arc.1 == to && from != to).map(|arc| arc.2).max()
    }

    /// Every simple path from a source to the target, of any length, without the nodes left out.
    fn all_paths(&self, hops_max: usize, without: Option<u32>) -> Vec<Vec<u32>> {
        let starts = self.sources.iter().filter(|source| **source != self.target && Some(**source) != without);
        let mut open: Vec<Vec<u32>> = starts.map(|source| Vec::from([*source])).collect();
        let mut found = Vec::new();
        while let Some(path) = open.pop() {
            let last = path[path.len() - 1];
            for next in 0..u32::try_from(self.nodes).unwrap() {
                if path.contains(&next) || self.quality(last, next).is_none() || path.len() > hops_max || Some(next) == without {
                    continue;
                }
                let longer = [path.as_slice(), &[next]].concat();
                if next == self.target {
                    found.push(longer);
                } else if !self.blocked[next as usize] {
                    open.push(longer);
                }
            }
        }
        found
    }
}

/// Few qualities, so that products tie, and 100 among them, so that detours cost nothing.
fn case(nodes: core::ops::RangeInclusive<usize>, per_node: usize) -> impl Strategy<Value = Case> {
    let quality = prop_oneof![3 => Just(100_u8), 2 => Just(80), 1 => Just(50), 1 => Just(1), 1 => 1..=100_u8];
    nodes.prop_flat_map(move |nodes| {
        let node = 0..u32::try_from(nodes).unwrap();
        let arcs = many((node.clone(), node.clone(), quality.clone(), prop::bool::weighted(0.6)), 0..=nodes * per_node);
        let blocked = many(prop::bool::weighted(0.1), nodes);
        (arcs, blocked, many(node.clone(), 1..=3), node).prop_map(move |(arcs, blocked, mut sources, target)| {
            sources.sort_unstable();
            sources.dedup();
            let both = |(from, to, quality, both): (u32, u32, u8, bool)| [Some((from, to, quality)), both.then_some((to, from, quality))];
            Case { nodes, arcs: arcs.into_iter().flat_map(both).flatten().collect(), blocked, sources, target }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn best_paths_are_the_first_of_all(case in case(2..=8, 4), count in 1..=12_usize, hops_max in 1..=HOPS_MAX) {
        let mut all: Vec<Path> = case.all_paths(hops_max, None).into_iter().map(|nodes| {
            let product = |quality, pair: &[u32]| quality / 100 * u32::from(case.quality(pair[0], pair[1]).unwrap());
            Path { quality: nodes.windows(2).fold(PERFECT, product), nodes }
        }).collect();
        all.sort_by(|a, b| b.quality.cmp(&a.quality).then(a.nodes.len().cmp(&b.nodes.len())).then(a.nodes.cmp(&b.nodes)));
        all.truncate(count);
        let (lines, mut scratch) = (case.lines(), Scratch::new(case.nodes));
        let found = BestPaths::new(&lines, &case.blocked, case.target, hops_max, &mut scratch.best).from(&case.sources, count);
        prop_assert_eq!(found, all);
    }

    #[test]
    fn cut_nodes_are_those_without_which_there_is_no_path(case in case(2..=8, 2)) {
        let expected: Option<BTreeSet<u32>> = (!case.all_paths(case.nodes, None).is_empty()).then(|| {
            let cuts = |node: &u32| *node != case.target && case.all_paths(case.nodes, Some(*node)).is_empty();
            (0..u32::try_from(case.nodes).unwrap()).filter(cuts).collect()
        });
        let found = cut_nodes(&case.lines(), &case.blocked, &case.sources, case.target, &mut Scratch::new(case.nodes).cut);
        prop_assert_eq!(found.map(|nodes| nodes.into_iter().collect::<BTreeSet<u32>>()), expected);
    }

    #[test]
    fn disjoint_paths_are_as_many_as_can_be(case in case(2..=8, 3), looks in prop_oneof![Just(usize::MAX), 0..60_usize]) {
        // With few looks from both ends the rest is found in phases.
        let found = disjoint_paths_within(&case.lines(), &case.blocked, &case.sources, case.target, looks, &mut Scratch::new(case.nodes).flow);
        let all = case.all_paths(case.nodes, None);
        let mut seen = BTreeSet::new();
        for path in &found {
            prop_assert!(all.contains(path), "{:?} is no path", path);
            prop_assert!(path[..path.len() - 1].iter().all(|node| seen.insert(*node)), "{:?} shares somebody", path);
        }
        prop_assert_eq!(found.len(), most_disjoint(&all, &BTreeSet::new()));
    }

    #[test]
    fn reach_is_the_best_of_all_ways(case in case(2..=7, 3), hops_max in 1..=HOPS_MAX) {
        let found = reach(&case.lines(), case.target, hops_max, &mut Scratch::new(case.nodes).reach);
        let start = case.target;
        for to in (0..u32::try_from(case.nodes).unwrap()).filter(|to| *to != start) {
            let one = Case { blocked: vec![false; case.nodes], sources: Vec::from([start]), target: to, ..case.clone() };
            let strength = |path: &Vec<u32>| path.windows(2).fold(PERFECT, |all, pair| all / 100 * u32::from(case.quality(pair[0], pair[1]).unwrap()));
            let ways = one.all_paths(hops_max, None);
            let best = ways.iter().map(|path| (strength(path), core::cmp::Reverse(path.len() - 1))).max();
            let got = found.iter().find(|one| one.node == to).map(|one| (one.strength, core::cmp::Reverse(usize::from(one.hops))));
            prop_assert_eq!(got, best);
        }
    }
}

/// The most of these paths that share nobody but their end, by trying all.
fn most_disjoint(paths: &[Vec<u32>], used: &BTreeSet<u32>) -> usize {
    let Some((first, rest)) = paths.split_first() else { return 0 };
    let nodes = &first[..first.len() - 1];
    let without = most_disjoint_capped(rest, used);
    if nodes.iter().any(|node| used.contains(node)) {
        return without;
    }
    let more: BTreeSet<u32> = used.iter().chain(nodes).copied().collect();
    without.max(1 + most_disjoint_capped(rest, &more))
}

/// The same; paths that no longer fit are dropped first, which keeps the trying short.
fn most_disjoint_capped(paths: &[Vec<u32>], used: &BTreeSet<u32>) -> usize {
    let fits = |path: &&Vec<u32>| !path[..path.len() - 1].iter().any(|node| used.contains(node));
    let left: Vec<Vec<u32>> = paths.iter().filter(fits).cloned().collect();
    most_disjoint(&left, used)
}

/// 100,000 people and a million ties that lead both ways: what each question looks at, in passes over all lines.
#[test]
fn a_question_costs_a_few_passes_over_the_lines() {
    const NODES: u32 = 100_000;
    let mut state = 7_u64;
    let mut next = move || {
        // SplitMix64: a fixed row of numbers.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let mut arcs = Vec::new();
    for _ in 0..1_000_000 {
        let (from, to) = (u32::try_from(next() % u64::from(NODES)).unwrap(), u32::try_from(next() % u64::from(NODES)).unwrap());
        let quality = u8::try_from(next() % 100 + 1).unwrap();
        arcs.extend([Arc { from, to, quality, sort: 0 }, Arc { from: to, to: from, quality, sort: 0 }]);
    }
    let (lines, blocked) = (Lines::new(NODES as usize, arcs), vec![false; NODES as usize]);
    let mut scratch = Scratch::new(NODES as usize);
    let sources: Vec<u32> = (0..20).map(|at| at * (NODES / 20)).collect();
    let all = lines.len();
    let passes = |lines: &Lines| lines.looked_at.take().div_ceil(all);
    for target in (0..50).map(|at| at * (NODES / 50) + 1) {
        lines.looked_at.take();
        assert_eq!(BestPaths::new(&lines, &blocked, target, HOPS_MAX, &mut scratch.best).from(&sources, 3).len(), 3);
        assert!(passes(&lines) <= 4);
        cut_nodes(&lines, &blocked, &sources, target, &mut scratch.cut).unwrap();
        assert!(passes(&lines) <= 2, "one to find a path, one to sweep");
        assert!(!disjoint_paths(&lines, &blocked, &sources, target, &mut scratch.flow).is_empty());
        assert!(passes(&lines) <= 1, "twenty paths, each from both ends");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn near_cut_nodes_are_the_cut_nodes_in_their_order(case in case(2..=10, 2), looks in 0..200_usize) {
        let (lines, mut scratch) = (case.lines(), Scratch::new(case.nodes));
        let expected = cut_nodes(&lines, &case.blocked, &case.sources, case.target, &mut scratch.cut);
        let found = |looks, scratch: &mut Scratch| near_cut_nodes(&lines, &case.blocked, &case.sources, case.target, looks, &mut scratch.ends);
        prop_assert_eq!(found(100_000, &mut scratch), Near::Cuts(expected.clone()));
        // With fewer looks it is the same or nothing.
        let bounded = found(looks, &mut scratch);
        prop_assert!(bounded == Near::Far || bounded == Near::Cuts(expected));
    }

    #[test]
    fn who_is_within_is_the_end_of_a_short_path(case in case(2..=8, 2), hops in 1..=HOPS_MAX, looks in 0..40_usize) {
        let (lines, mut scratch) = (case.lines(), Scratch::new(case.nodes));
        let is_source = |node: u32| case.sources.contains(&node);
        let expected = !case.all_paths(hops, None).is_empty();
        let found = |looks, scratch: &mut Scratch| {
            is_within(&lines, &case.blocked, (case.target, hops), looks, &mut scratch.ends, is_source)
        };
        prop_assert_eq!(found(100_000, &mut scratch), Some(expected));
        // With fewer looks it is the same or nothing.
        prop_assert!(found(looks, &mut scratch).is_none_or(|found| found == expected));
        mark_within(&lines, &case.blocked, case.sources.iter().copied(), hops, &mut scratch.marks);
        prop_assert!(is_source(case.target) || scratch.marks.get(case.target).met == expected);
    }
}

/// A great network behind somebody on the way is not looked at.
#[test]
fn what_lies_behind_a_node_costs_only_the_smaller_side() {
    // 0 → 1 → 2 is the way; 1 knows 3, who knows a hundred thousand others.
    let both = |from, to| [(from, to), (to, from)];
    let near = [both(0, 1), both(1, 2), both(1, 3)].into_iter().flatten();
    let arcs = near.chain((4..100_000).flat_map(|other| both(3, other)));
    let lines = Lines::new(100_000, arcs.map(|(from, to)| Arc { from, to, quality: 50, sort: 0 }).collect());
    let mut scratch = Scratch::new(100_000);
    let found = near_cut_nodes(&lines, &vec![false; 100_000], &[0], 2, 64, &mut scratch.ends);
    assert_eq!(found, Near::Cuts(Some(vec![0, 1])));
}
