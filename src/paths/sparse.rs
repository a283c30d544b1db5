//! A table over all nodes of which a search touches few.

use alloc::vec::Vec;

/// A value for every node, the default until it is set. Forgetting all of them costs nothing, so that a thousand small searches in a great graph
/// cost what they touch. 4 bytes and a value for each node.
#[derive(Clone, Debug)]
pub(crate) struct Sparse<T> {
    round: u32,
    rounds: Vec<u32>,
    values: Vec<T>,
}

impl<T: Copy + Default> Sparse<T> {
    /// A table of so many nodes. O(nodes).
    pub(crate) fn new(nodes: usize) -> Self {
        Self { round: 1, rounds: alloc::vec![0; nodes], values: alloc::vec![T::default(); nodes] }
    }

    /// Forgets every value.
    pub(crate) fn clear(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.rounds.fill(0);
            self.round = 1;
        }
    }

    pub(crate) fn get(&self, node: u32) -> T {
        let at = node as usize;
        if self.rounds[at] == self.round { self.values[at] } else { T::default() }
    }

    pub(crate) fn set(&mut self, node: u32, value: T) {
        let at = node as usize;
        self.rounds[at] = self.round;
        self.values[at] = value;
    }
}
