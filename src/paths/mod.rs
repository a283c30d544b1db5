//! Paths in directed graphs of numbered nodes: the best few, how many share nothing, and what all of them share.
//!
//! Knows numbers only, nothing of people or accounts. Every walk is a loop, so that no depth can overflow the stack, and everything comes in
//! the order of the numbers, so that nothing depends on the order in which lines were added.

mod best;
mod bridges;
mod disjoint;
mod ends;
mod flow;
mod lines;
mod meet;
mod near;
mod reach;
mod sparse;
#[cfg(test)]
mod tests;

pub(crate) use best::{BestPaths, HOPS_MAX, Path};
pub(crate) use bridges::cut_nodes;
pub(crate) use disjoint::disjoint_paths;
pub(crate) use lines::{Arc, Lines};
pub(crate) use near::{Near, is_within, mark_within, near_cut_nodes};
pub(crate) use reach::{Reached, reach};

/// What searches note of nodes, made once for a graph and used again and again: a search costs what it touches, not the size of the graph.
#[derive(Debug)]
pub(crate) struct Scratch {
    pub(crate) best: best::Tables,
    pub(crate) cut: bridges::Marks,
    pub(crate) ends: ends::Ends,
    pub(crate) marks: sparse::Sparse<near::Marked>,
    pub(crate) flow: disjoint::Tables,
    pub(crate) reach: sparse::Sparse<Option<Reached>>,
}

impl Scratch {
    /// For searches in a graph of so many nodes; a table takes room once a search needs it.
    pub(crate) const fn new(nodes: usize) -> Self {
        Self {
            best: best::Tables::new(nodes),
            cut: bridges::Marks::new(nodes),
            ends: ends::Ends::new(nodes),
            marks: sparse::Sparse::new(nodes),
            flow: disjoint::Tables::new(nodes),
            reach: sparse::Sparse::new(nodes),
        }
    }
}
