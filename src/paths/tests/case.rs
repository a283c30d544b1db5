//! Graphs and questions, and the plainest answers to them.

use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::RangeInclusive;
use proptest::collection::vec as many;
use proptest::prelude::*;

use crate::paths::best::{HOPS_MAX, PERFECT};
use crate::paths::{Arc, Lines, Path};

/// A graph, and who is blocked.
#[derive(Clone, Debug)]
pub(super) struct Graph {
    pub(super) nodes: usize,
    pub(super) arcs: Vec<Arc>,
    pub(super) blocked: Vec<bool>,
}

/// From where, and where to.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) sources: Vec<u32>,
    pub(super) target: u32,
    pub(super) hops_max: usize,
    pub(super) count: usize,
    pub(super) looks: usize,
}

/// A graph that is asked several questions with the same tables: what one question leaves behind must not show in the next.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) graph: Graph,
    pub(super) questions: Vec<Question>,
}

impl Graph {
    /// Lines of quality 100, and nobody blocked.
    pub(super) fn of(nodes: usize, ends: &[(u32, u32)]) -> Self {
        let arc = |(from, to): &(u32, u32)| Arc { from: *from, to: *to, quality: 100, sort: 0 };
        Self { nodes, arcs: ends.iter().map(arc).collect(), blocked: vec![false; nodes] }
    }

    pub(super) fn lines(&self) -> Lines {
        Lines::new(self.nodes, self.arcs.clone())
    }

    pub(super) fn all(&self) -> core::ops::Range<u32> {
        0..u32::try_from(self.nodes).unwrap()
    }

    /// The line that counts between two nodes: its quality and its sort.
    pub(super) fn line(&self, from: u32, to: u32) -> Option<(u8, u8)> {
        let parallel = self.arcs.iter().filter(|arc| arc.from == from && arc.to == to && from != to);
        parallel.map(|arc| (core::cmp::Reverse(arc.quality), arc.sort)).min().map(|(quality, sort)| (quality.0, sort))
    }

    pub(super) fn leads(&self, from: u32, to: u32) -> bool {
        self.line(from, to).is_some()
    }

    pub(super) fn quality(&self, path: &[u32]) -> u32 {
        path.windows(2).fold(PERFECT, |quality, pair| quality / 100 * u32::from(self.line(pair[0], pair[1]).unwrap().0))
    }

    /// Every simple path of at most so many lines.
    pub(super) fn all_paths(&self, sources: &[u32], target: u32, hops_max: usize) -> Vec<Vec<u32>> {
        let mut open: Vec<Vec<u32>> = sources.iter().filter(|source| **source != target).map(|source| Vec::from([*source])).collect();
        let mut found = Vec::new();
        while let Some(path) = open.pop() {
            for next in self.all() {
                if path.contains(&next) || path.len() > hops_max || !self.leads(path[path.len() - 1], next) {
                    continue;
                }
                let longer = [path.as_slice(), &[next]].concat();
                if next == target {
                    found.push(longer);
                } else if !self.blocked[next as usize] {
                    open.push(longer);
                }
            }
        }
        found
    }

    /// All simple paths of at most so many lines, in the order of the rules.
    pub(super) fn in_order(&self, sources: &[u32], target: u32, hops_max: usize) -> Vec<Path> {
        let all = self.all_paths(sources, target, hops_max);
        let mut all: Vec<Path> = all.into_iter().map(|nodes| Path { quality: self.quality(&nodes), nodes }).collect();
        all.sort_by(|a, b| b.quality.cmp(&a.quality).then(a.nodes.len().cmp(&b.nodes.len())).then(a.nodes.cmp(&b.nodes)));
        all
    }

    /// A path with the fewest lines, wave after wave, without one node.
    pub(super) fn shortest(&self, sources: &[u32], target: u32, without: Option<u32>) -> Option<Vec<u32>> {
        let starts = sources.iter().filter(|source| **source != target && Some(**source) != without);
        let mut wave: Vec<Vec<u32>> = starts.map(|source| Vec::from([*source])).collect();
        let mut met: BTreeSet<u32> = wave.iter().map(|path| path[0]).collect();
        while !wave.is_empty() {
            let mut next_wave = Vec::new();
            for path in wave {
                for next in self.all().filter(|next| Some(*next) != without && self.leads(path[path.len() - 1], *next)) {
                    let longer = [path.as_slice(), &[next]].concat();
                    if next == target {
                        return Some(longer);
                    }
                    if !self.blocked[next as usize] && met.insert(next) {
                        next_wave.push(longer);
                    }
                }
            }
            wave = next_wave;
        }
        None
    }

    /// Those without whom there is no path, in the order of a path.
    pub(super) fn cuts(&self, sources: &[u32], target: u32) -> Option<Vec<u32>> {
        let mut path = self.shortest(sources, target, None)?;
        path.retain(|node| *node != target && self.shortest(sources, target, Some(*node)).is_none());
        Some(path)
    }

    /// The most paths that share only the target: a flow in the graph of halves, node `n` being the halves `2n` and `2n + 1`, one unit after the other.
    pub(super) fn most_disjoint(&self, sources: &[u32], target: u32) -> usize {
        let (start, end) = (2 * self.nodes, 2 * target as usize);
        let mut free = vec![vec![false; start + 1]; start + 1];
        for node in self.all().map(|node| node as usize) {
            free[2 * node][2 * node + 1] = true;
            for to in self.all().filter(|to| node != target as usize && self.leads(u32::try_from(node).unwrap(), *to)) {
                free[2 * node + 1][2 * to as usize] = to == target || !self.blocked[to as usize];
            }
        }
        for source in sources.iter().filter(|source| **source != target) {
            free[start][2 * *source as usize] = true;
        }
        let mut flow = 0;
        loop {
            let mut before = vec![None; start + 1];
            let mut open = Vec::from([start]);
            while let Some(half) = open.pop() {
                for next in (0..start).filter(|next| free[half][*next]) {
                    if before[next].is_none() {
                        before[next] = Some(half);
                        open.push(next);
                    }
                }
            }
            if before[end].is_none() {
                return flow;
            }
            let mut half = end;
            while half != start {
                let from = before[half].unwrap();
                free[from][half] = false;
                free[half][from] = true;
                half = from;
            }
            flow += 1;
        }
    }
}

/// Few qualities, so that products tie, and 100 among them, so that detours cost nothing.
fn graph(nodes: RangeInclusive<usize>, per_node: RangeInclusive<usize>) -> impl Strategy<Value = Graph> {
    let quality = prop_oneof![3 => Just(100_u8), 2 => Just(80), 1 => Just(50), 1 => Just(1), 1 => 1..=100_u8];
    (nodes, per_node, prop_oneof![Just(0.0), Just(0.5), Just(1.0)], prop_oneof![Just(0.0), Just(0.1), Just(0.3)]).prop_flat_map(
        move |(nodes, per_node, both, blocked)| {
            let node = 0..u32::try_from(nodes).unwrap();
            let arc = (node.clone(), node, quality.clone(), 0..5_u8, prop::bool::weighted(both));
            (many(arc, 0..=nodes * per_node), many(prop::bool::weighted(blocked), nodes)).prop_map(move |(arcs, blocked)| {
                let lead = |(from, to, quality, sort, both): (u32, u32, u8, u8, bool)| {
                    let arc = Arc { from, to, quality, sort };
                    [Some(arc), both.then_some(Arc { from: to, to: from, ..arc })]
                };
                Graph { nodes, arcs: arcs.into_iter().flat_map(lead).flatten().collect(), blocked }
            })
        },
    )
}

fn question(nodes: usize, sources_max: usize) -> impl Strategy<Value = Question> {
    let node = 0..u32::try_from(nodes).unwrap();
    let count = prop_oneof![1..=3_usize, 4..=40_usize, Just(10_000)];
    // With few looks from both ends the rest is found in phases; without any, all of it.
    let looks = prop_oneof![Just(usize::MAX), Just(0), 0..30_usize, 0..200_usize];
    (many(node.clone(), 1..=sources_max), node, 1..=HOPS_MAX, count, looks).prop_map(|(mut sources, target, hops_max, count, looks)| {
        sources.sort_unstable();
        sources.dedup();
        Question { sources, target, hops_max, count, looks }
    })
}

fn asked(graph: impl Strategy<Value = Graph>, sources_max: usize) -> impl Strategy<Value = Case> {
    graph.prop_flat_map(move |graph| {
        many(question(graph.nodes, sources_max), 1..=4).prop_map(move |questions| Case { graph: graph.clone(), questions })
    })
}

/// Small and dense, so that there is a great choice of ways; or larger, sparse and so with long ones, where paths must give way to each other.
pub(super) fn case() -> impl Strategy<Value = Case> {
    prop_oneof![asked(graph(2..=7, 1..=6), 3), asked(graph(8..=14, 1..=2), 5)]
}
