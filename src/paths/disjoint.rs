//! How many paths share nobody.
//!
//! By K. Menger (Fundamenta Mathematicae 10, 1927) the most paths from some nodes to another that have only that other one in common are as many as
//! the fewest nodes that cut all of them; they are a flow through nodes of capacity one (L. R. Ford and D. R. Fulkerson, 1956). It is grown
//! in phases of shortest ways (E. A. Dinic 1970; J. E. Hopcroft and R. M. Karp 1973): O(lines · √nodes). Each node is two halves, one that is
//! entered and one that is left, with a line between them that can be used once; the halves are numbers and exist nowhere.

use alloc::vec::Vec;

use super::lines::Lines;
use super::sparse::Sparse;

/// Stands before the first node of a path.
const START: u32 = u32::MAX;

/// As many paths as there can be from sources to the target that have only the target in common: each begins at another source, and none goes through a
/// blocked node, though a source may be blocked. Shorter paths come first, then by their nodes.
///
/// Which paths they are is not fixed by the rules, only how many; but the same graph gives the same ones. Those that are a single line are
/// always among them. O(lines · √nodes).
pub(crate) fn disjoint_paths(lines: &Lines, blocked: &[bool], sources: &[u32], target: u32, notes: &mut Notes) -> Vec<Vec<u32>> {
    let mut flow = Flow::new(lines, blocked, sources, target, notes);
    while flow.rank() {
        while flow.advance() {}
    }
    let mut paths: Vec<Vec<u32>> =
        sources.iter().filter(|source| flow.notes.before.get(**source) == Some(START)).map(|s| flow.path(*s)).collect();
    paths.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    paths
}

const fn entrance(node: u32) -> u32 {
    2 * node
}

const fn exit(node: u32) -> u32 {
    2 * node + 1
}

/// What a search notes of nodes and of their halves; kept from one search to the next.
#[derive(Debug)]
pub(crate) struct Notes {
    /// By node on a path, the one after it.
    after: Sparse<Option<u32>>,
    /// By node on a path, the one before it.
    before: Sparse<Option<u32>>,
    /// By half, how many steps it is from the sources; 0: it is not to be entered.
    rank: Sparse<u32>,
    /// By half, how many of its ways were tried.
    tried: Sparse<u32>,
}

impl Notes {
    pub(crate) fn new(nodes: usize) -> Self {
        let halves = 2 * nodes;
        Self { after: Sparse::new(nodes), before: Sparse::new(nodes), rank: Sparse::new(halves), tried: Sparse::new(halves) }
    }
}

/// The paths found so far, and what a search for one more has found out.
struct Flow<'a> {
    lines: &'a Lines,
    blocked: &'a [bool],
    sources: Vec<u32>,
    target: u32,
    notes: &'a mut Notes,
    /// How many sources were tried.
    tried_sources: usize,
}

/// Where a way leads.
enum Way {
    Half(u32),
    Target,
    /// Nowhere as things stand.
    Closed,
}

impl<'a> Flow<'a> {
    fn new(lines: &'a Lines, blocked: &'a [bool], sources: &[u32], target: u32, notes: &'a mut Notes) -> Self {
        notes.after.clear();
        notes.before.clear();
        let sources: Vec<u32> = sources.iter().copied().filter(|source| *source != target).collect();
        // A source with a line to the target is best used by that line: any other path through it can be cut short there.
        for source in sources.iter().filter(|source| lines.between(**source, target).is_some()) {
            notes.before.set(*source, Some(START));
            notes.after.set(*source, Some(target));
        }
        Self { lines, blocked, sources, target, notes, tried_sources: 0 }
    }

    /// The way number `at` from a half, if there is such a number.
    fn way(&self, half: u32, at: u32) -> Option<Way> {
        let node = half / 2;
        let (after, before) = (self.notes.after.get(node), self.notes.before.get(node));
        if half == entrance(node) {
            // A node that is used is entered only to send elsewhere what came to it before.
            return (at == 0).then_some(match before {
                None => Way::Half(exit(node)),
                Some(START) => Way::Closed,
                Some(other) => Way::Half(exit(other)),
            });
        }
        let Some(line) = self.lines.nth_from(node, at) else {
            let back = at as usize == self.lines.count_from(node);
            return back.then_some(if before.is_some() { Way::Half(entrance(node)) } else { Way::Closed });
        };
        Some(match line.to {
            to if Some(to) == after => Way::Closed,
            to if to == self.target => Way::Target,
            to if self.blocked[to as usize] => Way::Closed,
            to => Way::Half(entrance(to)),
        })
    }

    /// Counts the steps from the sources to every half; whether the target can be reached.
    fn rank(&mut self) -> bool {
        self.notes.rank.clear();
        self.notes.tried.clear();
        self.tried_sources = 0;
        let mut open: Vec<u32> = Vec::new();
        for source in &self.sources {
            if self.notes.before.get(*source) != Some(START) && self.notes.rank.get(entrance(*source)) == 0 {
                self.notes.rank.set(entrance(*source), 1);
                open.push(entrance(*source));
            }
        }
        let mut at = 0;
        let mut reached = None;
        while let Some(half) = open.get(at).copied() {
            at += 1;
            let rank = self.notes.rank.get(half);
            // Ways that are longer than the shortest are for another phase.
            if reached.is_some_and(|last| rank > last) {
                break;
            }
            let mut number = 0;
            while let Some(way) = self.way(half, number) {
                number += 1;
                match way {
                    Way::Target => reached = Some(rank),
                    Way::Half(next) if self.notes.rank.get(next) == 0 => {
                        self.notes.rank.set(next, rank + 1);
                        open.push(next);
                    }
                    _ => {}
                }
            }
        }
        reached.is_some()
    }

    /// Looks for one more path along rising ranks, and takes it; whether there was one.
    fn advance(&mut self) -> bool {
        while let Some(source) = self.sources.get(self.tried_sources).copied() {
            self.tried_sources += 1;
            if self.notes.before.get(source) == Some(START) || self.notes.rank.get(entrance(source)) != 1 {
                continue;
            }
            if let Some(halves) = self.descend(entrance(source)) {
                self.take(&halves);
                return true;
            }
        }
        false
    }

    /// The halves of a way from one to the target. Halves that were on it, or lead nowhere, are not entered again in this phase.
    fn descend(&mut self, start: u32) -> Option<Vec<u32>> {
        let mut halves = Vec::from([start]);
        while let Some(half) = halves.last().copied() {
            let number = self.notes.tried.get(half);
            self.notes.tried.set(half, number + 1);
            let rank = self.notes.rank.get(half);
            match self.way(half, number) {
                None => {
                    self.notes.rank.set(half, 0);
                    halves.pop();
                }
                Some(Way::Target) => {
                    for half in &halves {
                        self.notes.rank.set(*half, 0);
                    }
                    return Some(halves);
                }
                Some(Way::Half(next)) if self.notes.rank.get(next) == rank + 1 => halves.push(next),
                Some(_) => {}
            }
        }
        None
    }

    /// Uses a way: each step either extends a path or takes a line back that another path no longer needs.
    fn take(&mut self, halves: &[u32]) {
        if let Some(first) = halves.first() {
            self.notes.before.set(first / 2, Some(START));
        }
        for step in halves.windows(2) {
            let (from, to) = (step[0] / 2, step[1] / 2);
            let leaves = step[0] == exit(from);
            if leaves && from == to {
                self.notes.after.set(from, None);
                self.notes.before.set(from, None);
            } else if leaves {
                self.notes.after.set(from, Some(to));
                self.notes.before.set(to, Some(from));
            }
        }
        if let Some(last) = halves.last() {
            self.notes.after.set(last / 2, Some(self.target));
        }
    }

    fn path(&self, source: u32) -> Vec<u32> {
        let next = |node: &u32| self.notes.after.get(*node).filter(|_| *node != self.target);
        core::iter::successors(Some(source), next).collect()
    }
}
