//! A table over all nodes of which a search touches few.

use alloc::vec::Vec;

/// A value for every node, the default until it is set. What is set lies in the order in which it was set, and a list over all nodes says where; what
/// that list says of a node holds only where the other end names the node, so forgetting everything costs nothing (P. Briggs and L. Torczon,
/// "An efficient representation for sparse sets", ACM LOPLAS 2, 1993). A thousand small searches in a great graph cost what they touch.
///
/// 4 bytes for each node, from the first use on, and a number and a value for each that was set.
#[derive(Clone, Debug)]
pub(crate) struct Sparse<T> {
    nodes: usize,
    places: Vec<u32>,
    set: Vec<(u32, T)>,
}

impl<T: Copy + Default> Sparse<T> {
    /// A table of so many nodes, which takes no room before it is cleared for the first time.
    pub(crate) const fn new(nodes: usize) -> Self {
        Self { nodes, places: Vec::new(), set: Vec::new() }
    }

    /// Forgets every value; every use of the table begins so.
    pub(crate) fn clear(&mut self) {
        self.set.clear();
        if self.places.is_empty() {
            // Zeroes, which an allocator can hand out without writing them.
            self.places = alloc::vec![0; self.nodes];
        }
    }

    pub(crate) fn get(&self, node: u32) -> T {
        self.entry(node).map_or_else(T::default, |place| self.set[place].1)
    }

    pub(crate) fn set(&mut self, node: u32, value: T) {
        if let Some(place) = self.entry(node) {
            self.set[place].1 = value;
        } else {
            // INVARIANT: no more entries than nodes, which are numbers of 32 bits.
            self.places[node as usize] = u32::try_from(self.set.len()).unwrap_or(u32::MAX);
            self.set.push((node, value));
        }
    }

    /// Where the value of a node lies, if one was set.
    fn entry(&self, node: u32) -> Option<usize> {
        let place = self.places[node as usize] as usize;
        self.set.get(place).is_some_and(|(one, _)| *one == node).then_some(place)
    }
}
