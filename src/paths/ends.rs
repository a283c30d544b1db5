//! What searches from both ends share: whom each end has met, and whose ways are asked next.

use alloc::vec::Vec;

use super::sparse::Sparse;

/// Stands before the first node of a path and behind its last. INVARIANT: a graph has fewer than 2³¹ nodes, whose halves are numbered too.
pub(super) const NOBODY: u32 = u32::MAX;

/// Whom searches from both ends have met: the node before, coming from the sources, and the node after, coming from the target.
#[derive(Debug)]
pub(crate) struct Ends {
    pub(super) before: Sparse<Option<u32>>,
    pub(super) after: Sparse<Option<u32>>,
}

impl Ends {
    pub(crate) const fn new(nodes: usize) -> Self {
        Self { before: Sparse::new(nodes), after: Sparse::new(nodes) }
    }

    pub(super) fn clear(&mut self) {
        self.before.clear();
        self.after.clear();
    }

    /// The path through the node at which both ends met. It is the first such node, so that none is on it twice.
    pub(super) fn through(&self, meeting: u32) -> Vec<u32> {
        let chain = |table: &Sparse<Option<u32>>| -> Vec<u32> {
            core::iter::successors(Some(meeting), |node| table.get(*node).filter(|node| *node != NOBODY)).collect()
        };
        let mut path = chain(&self.before);
        path.reverse();
        path.extend(chain(&self.after).into_iter().skip(1));
        path
    }
}

/// Nodes whose ways are asked one by one, in the order in which they were met: a node of a million ways takes no turn longer than another, and a
/// million nodes to begin with are not looked at before it is their turn.
#[derive(Debug)]
pub(super) struct Front<'a> {
    first: &'a [u32],
    /// Those that were met; they come after the first.
    pub(super) open: Vec<u32>,
    node: usize,
    way: u32,
}

impl<'a> Front<'a> {
    pub(super) const fn new(first: &'a [u32]) -> Self {
        Self { first, open: Vec::new(), node: 0, way: 0 }
    }

    /// The next way and the node it belongs to.
    pub(super) fn next<T>(&mut self, ways: impl Fn(u32, u32) -> Option<T>) -> Option<(u32, T)> {
        loop {
            let node = match self.first.get(self.node) {
                Some(node) => *node,
                None => *self.open.get(self.node - self.first.len())?,
            };
            if let Some(way) = ways(node, self.way) {
                self.way += 1;
                return Some((node, way));
            }
            self.node += 1;
            self.way = 0;
        }
    }
}
