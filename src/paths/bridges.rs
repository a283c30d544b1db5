//! What every path goes through.

use alloc::vec::Vec;

use super::lines::Lines;
use super::sparse::Sparse;

/// The nodes that stand on every path from any of the sources to the target, in the order in which the paths meet them, the target left out; `None`
/// when there is no path. A source is among them when every path begins there. Blocked nodes are gone through by no path, but may be sources.
///
/// One path is found, and everything that can be reached beside it explored from the sources on: where nothing gets past a node of the path
/// but through it, every path goes there. Each line is looked at twice at most: O(nodes + lines). This is the search for the dominators
/// of one node, for which no tree of all dominators is needed; compare T. Lengauer and R. E. Tarjan, ACM TOPLAS 1 (1979).
pub(crate) fn cut_nodes(lines: &Lines, blocked: &[bool], sources: &[u32], target: u32, marks: &mut Marks) -> Option<Vec<u32>> {
    let path = shortest(lines, blocked, sources, target, &mut marks.before)?;
    let mut sweep = Sweep::new(lines, blocked, target, &path, marks);
    // The sources are what can be reached before anything is gone through.
    sources.iter().filter(|source| **source != target).for_each(|source| sweep.meet(*source));
    let mut cut = Vec::new();
    loop {
        sweep.explore();
        let Some(node) = path.get(sweep.farthest).filter(|node| **node != target) else { return Some(cut) };
        cut.push(*node);
        sweep.go_through(sweep.farthest);
    }
}

/// What a search notes of nodes; kept from one search to the next.
#[derive(Debug)]
pub(crate) struct Marks {
    /// The node before it on the way of the search for one path.
    before: Sparse<Option<u32>>,
    /// One more than its place on the path; 0 beside it.
    place: Sparse<u32>,
    seen: Sparse<bool>,
}

impl Marks {
    pub(crate) const fn new(nodes: usize) -> Self {
        Self { before: Sparse::new(nodes), place: Sparse::new(nodes), seen: Sparse::new(nodes) }
    }
}

struct Sweep<'a> {
    lines: &'a Lines,
    blocked: &'a [bool],
    target: u32,
    path: &'a [u32],
    marks: &'a mut Marks,
    open: Vec<u32>,
    /// The place of the farthest node of the path that was met.
    farthest: usize,
    /// Nodes of the path before this place were gone through.
    through: usize,
}

impl<'a> Sweep<'a> {
    fn new(lines: &'a Lines, blocked: &'a [bool], target: u32, path: &'a [u32], marks: &'a mut Marks) -> Self {
        marks.place.clear();
        marks.seen.clear();
        for (at, node) in (1_u32..).zip(path) {
            marks.place.set(*node, at);
        }
        Self { lines, blocked, target, path, marks, open: Vec::new(), farthest: 0, through: 0 }
    }

    /// Notes a node that was reached: one beside the path is explored, one on the path moves the farthest.
    fn meet(&mut self, node: u32) {
        match self.marks.place.get(node) {
            0 if !self.marks.seen.get(node) => {
                self.marks.seen.set(node, true);
                self.open.push(node);
            }
            0 => {}
            place => self.farthest = self.farthest.max(place as usize - 1),
        }
    }

    /// Explores all that can be reached without the farthest node of the path.
    fn explore(&mut self) {
        loop {
            while let Some(node) = self.open.pop() {
                self.lines_of(node);
            }
            // What lies on the path before the farthest is reached along it.
            if self.through >= self.farthest {
                return;
            }
            let node = self.path[self.through];
            self.through += 1;
            self.lines_of(node);
        }
    }

    /// Goes through a node of the path that everything goes through.
    fn go_through(&mut self, place: usize) {
        self.farthest = place + 1;
        self.through = place + 1;
        self.lines_of(self.path[place]);
    }

    fn lines_of(&mut self, node: u32) {
        let lines = self.lines;
        for line in lines.from(node) {
            if line.to == self.target || !self.blocked[line.to as usize] {
                self.meet(line.to);
            }
        }
    }
}

/// A path with the fewest lines from any of the sources.
fn shortest(lines: &Lines, blocked: &[bool], sources: &[u32], target: u32, before: &mut Sparse<Option<u32>>) -> Option<Vec<u32>> {
    const NOBODY: u32 = u32::MAX;
    before.clear();
    let mut open: Vec<u32> = sources.iter().copied().filter(|source| *source != target).collect();
    for source in &open {
        before.set(*source, Some(NOBODY));
    }
    let mut at = 0;
    while let Some(node) = open.get(at).copied() {
        at += 1;
        for line in lines.from(node) {
            if before.get(line.to).is_some() || (line.to != target && blocked[line.to as usize]) {
                continue;
            }
            before.set(line.to, Some(node));
            if line.to == target {
                let back = core::iter::successors(Some(target), |node: &u32| before.get(*node).filter(|node| *node != NOBODY));
                let mut path: Vec<u32> = back.collect();
                path.reverse();
                return Some(path);
            }
            open.push(line.to);
        }
    }
    None
}
