//! A directed graph that is built once and only read.

use alloc::vec::Vec;
use core::cmp::Reverse;

/// A line to a node, as the node it leaves sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The node at the other end.
    pub(crate) to: u32,
    /// How good the line is, in hundredths: 1..=100.
    pub(crate) quality: u8,
    /// What sort of line it is, in the words of whoever made it.
    pub(crate) sort: u8,
}

/// A line with both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arc {
    pub(crate) from: u32,
    pub(crate) to: u32,
    /// 1..=100.
    pub(crate) quality: u8,
    pub(crate) sort: u8,
}

/// Directed lines between the nodes 0, 1, 2 …, at most one from a node to another.
///
/// 16 bytes a line and 8 a node: both directions lie in one piece each, sorted by the other end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines {
    out: Side,
    back: Side,
    /// How many lines were handed out: what the tests of cost count.
    #[cfg(test)]
    pub(super) looked_at: core::cell::Cell<usize>,
}

/// The lines of each node, those of node `n` at `starts[n]..starts[n + 1]`.
#[derive(Clone, Debug, Default)]
struct Side {
    starts: Vec<u32>,
    lines: Vec<Line>,
}

impl Side {
    /// From lines ordered by the node they are listed under, then by the other end.
    fn new(nodes: usize, arcs: &[Arc]) -> Self {
        let mut starts = alloc::vec![0_u32; nodes + 1];
        for arc in arcs {
            starts[arc.from as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        Self { starts, lines: arcs.iter().map(|arc| Line { to: arc.to, quality: arc.quality, sort: arc.sort }).collect() }
    }

    fn of(&self, node: u32) -> &[Line] {
        let at = node as usize;
        &self.lines[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

impl Lines {
    /// A graph of so many nodes with these lines. Of parallel lines the best counts, of equally good ones that of the first sort; a line from a node
    /// to itself does not count. O(lines · log lines).
    pub(crate) fn new(nodes: usize, mut arcs: Vec<Arc>) -> Self {
        arcs.retain(|arc| arc.from != arc.to);
        arcs.sort_unstable_by_key(|arc| (arc.from, arc.to, Reverse(arc.quality), arc.sort));
        arcs.dedup_by_key(|arc| (arc.from, arc.to));
        let out = Side::new(nodes, &arcs);
        for arc in &mut arcs {
            core::mem::swap(&mut arc.from, &mut arc.to);
        }
        arcs.sort_unstable_by_key(|arc| (arc.from, arc.to));
        Self {
            out,
            back: Side::new(nodes, &arcs),
            #[cfg(test)]
            looked_at: core::cell::Cell::default(),
        }
    }

    /// How many lines there are.
    pub(crate) fn len(&self) -> usize {
        self.out.lines.len()
    }

    /// The lines that leave a node, by the node they lead to.
    pub(crate) fn from(&self, node: u32) -> &[Line] {
        let lines = self.out.of(node);
        #[cfg(test)]
        self.looked_at.set(self.looked_at.get() + lines.len());
        lines
    }

    /// One of the lines that leave a node, counted from 0.
    pub(crate) fn nth_from(&self, node: u32, at: u32) -> Option<Line> {
        #[cfg(test)]
        self.looked_at.set(self.looked_at.get() + 1);
        self.out.of(node).get(at as usize).copied()
    }

    /// How many lines leave a node.
    pub(crate) fn count_from(&self, node: u32) -> usize {
        self.out.of(node).len()
    }

    /// One of the lines that arrive at a node, counted from 0.
    pub(crate) fn nth_to(&self, node: u32, at: u32) -> Option<Line> {
        #[cfg(test)]
        self.looked_at.set(self.looked_at.get() + 1);
        self.back.of(node).get(at as usize).copied()
    }

    /// How many lines arrive at a node.
    pub(crate) fn count_to(&self, node: u32) -> usize {
        self.back.of(node).len()
    }

    /// The lines that arrive at a node, by the node they come from.
    pub(crate) fn to(&self, node: u32) -> &[Line] {
        let lines = self.back.of(node);
        #[cfg(test)]
        self.looked_at.set(self.looked_at.get() + lines.len());
        lines
    }

    /// The line from a node to another. O(log lines of the node).
    pub(crate) fn between(&self, from: u32, to: u32) -> Option<Line> {
        let lines = self.out.of(from);
        lines.binary_search_by_key(&to, |line| line.to).ok().map(|at| lines[at])
    }
}
