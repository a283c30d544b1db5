//! Paths that share nobody as a flow through nodes, and the ways by which it can still grow.
//!
//! Each node is two halves, one that is entered and one that is left, with a line between them that can be used once; the halves are numbers and exist
//! nowhere.

use alloc::vec::Vec;

use super::ends::NOBODY;
use super::lines::Lines;
use super::sparse::Sparse;

/// Stands before the first node of a path.
const START: u32 = NOBODY;
/// Stands for the target among the halves: it is only entered, by any number of paths, and nothing comes behind it.
pub(super) const END: u32 = NOBODY;

const fn entrance(node: u32) -> u32 {
    2 * node
}

const fn exit(node: u32) -> u32 {
    2 * node + 1
}

/// The paths found so far, by node; kept from one search to the next.
#[derive(Debug)]
pub(super) struct Notes {
    /// On a path, the node after it.
    after: Sparse<Option<u32>>,
    /// On a path, the node before it.
    before: Sparse<Option<u32>>,
}

impl Notes {
    pub(super) const fn new(nodes: usize) -> Self {
        Self { after: Sparse::new(nodes), before: Sparse::new(nodes) }
    }
}

/// The paths found so far.
pub(super) struct Flow<'a> {
    lines: &'a Lines,
    blocked: &'a [bool],
    /// Each once, without the target.
    sources: Vec<u32>,
    target: u32,
    notes: &'a mut Notes,
}

/// Where a way leads, or comes from.
pub(super) enum Way {
    Half(u32),
    /// To the target.
    Target,
    /// Nowhere as things stand.
    Closed,
}

impl<'a> Flow<'a> {
    pub(super) fn new(lines: &'a Lines, blocked: &'a [bool], sources: &[u32], target: u32, notes: &'a mut Notes) -> Self {
        notes.after.clear();
        notes.before.clear();
        let sources: Vec<u32> = sources.iter().copied().filter(|source| *source != target).collect();
        // A source with a line to the target is best used by that line: any other path through it can be cut short there.
        for source in sources.iter().filter(|source| lines.between(**source, target).is_some()) {
            notes.before.set(*source, Some(START));
            notes.after.set(*source, Some(target));
        }
        Self { lines, blocked, sources, target, notes }
    }

    /// The way number `at` from a half, if there is such a number.
    pub(super) fn way(&self, half: u32, at: u32) -> Option<Way> {
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

    /// The way number `at` to a half, if there is such a number: the same ways as those of [`Flow::way`], told from their other end.
    pub(super) fn way_to(&self, half: u32, at: u32) -> Option<Way> {
        let node = if half == END { self.target } else { half / 2 };
        if half == exit(node) {
            let (after, before) = (self.notes.after.get(node), self.notes.before.get(node));
            // What a node sends on can be sent elsewhere once another path enters the next node; an unused one is just gone through.
            return (at == 0).then_some(match after.filter(|after| *after != self.target) {
                _ if before.is_none() => Way::Half(entrance(node)),
                Some(after) => Way::Half(entrance(after)),
                None => Way::Closed,
            });
        }
        let Some(line) = self.lines.nth_to(node, at) else {
            let back = half != END && at as usize == self.lines.count_to(node);
            return back.then_some(if self.notes.before.get(node).is_some() { Way::Half(exit(node)) } else { Way::Closed });
        };
        let open = line.to != self.target && self.notes.after.get(line.to) != Some(node) && (half == END || !self.blocked[node as usize]);
        Some(if open { Way::Half(exit(line.to)) } else { Way::Closed })
    }

    /// How many sources there are.
    pub(super) fn sources(&self) -> usize {
        self.sources.len()
    }

    /// The entrances of the sources at which no path begins.
    pub(super) fn beginnings(&self) -> impl Iterator<Item = u32> {
        self.sources.iter().filter(|source| self.notes.before.get(**source) != Some(START)).map(|source| entrance(*source))
    }

    /// Uses a way: each step either extends a path or takes a line back that another path no longer needs.
    pub(super) fn take(&mut self, halves: &[u32]) {
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

    /// The paths, the shorter first, then by their nodes.
    pub(super) fn paths(&self) -> Vec<Vec<u32>> {
        let next = |node: &u32| self.notes.after.get(*node).filter(|_| *node != self.target);
        let begun = self.sources.iter().filter(|source| self.notes.before.get(**source) == Some(START));
        let mut paths: Vec<Vec<u32>> = begun.map(|source| core::iter::successors(Some(*source), next).collect()).collect();
        paths.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        paths
    }
}
