//! How many paths share nobody.
//!
//! By K. Menger (Fundamenta Mathematicae 10, 1927) the most paths from some nodes to another that have only that other one in common are as many as
//! the fewest nodes that cut all of them; they are a flow through nodes of capacity one (L. R. Ford and D. R. Fulkerson, 1956). It grows by one
//! path after the other, each looked for from both ends at once, which in a great network touches little of it (`meet`). Where that has looked at as many
//! lines and sources as there are lines, the rest comes in phases of shortest ways (E. A. Dinic 1970; J. E. Hopcroft and R. M. Karp 1973), so that it is never
//! more than O(lines · √nodes).

use alloc::vec::Vec;

use super::ends::Ends;
use super::flow::{Flow, Notes, Way};
use super::lines::Lines;
use super::meet::{Met, meet};
use super::sparse::Sparse;

/// What a search notes; kept from one search to the next.
#[derive(Debug)]
pub(crate) struct Tables {
    paths: Notes,
    meeting: Ends,
    /// By half, how many steps it is from the sources; 0: it is not to be entered.
    rank: Sparse<u32>,
    /// By half, how many of its ways were tried.
    tried: Sparse<u32>,
}

impl Tables {
    pub(crate) const fn new(nodes: usize) -> Self {
        let halves = 2 * nodes;
        Self { paths: Notes::new(nodes), meeting: Ends::new(halves), rank: Sparse::new(halves), tried: Sparse::new(halves) }
    }
}

/// As many paths as there can be from sources to the target that have only the target in common: each begins at another source, and none goes through a
/// blocked node, though a source may be blocked. Shorter paths come first, then by their nodes.
///
/// Which paths they are is not fixed by the rules, only how many; but the same graph gives the same ones. Those that are a single line are
/// always among them. O(lines · √nodes) at worst.
pub(crate) fn disjoint_paths(lines: &Lines, blocked: &[bool], sources: &[u32], target: u32, tables: &mut Tables) -> Vec<Vec<u32>> {
    disjoint_paths_within(lines, blocked, sources, target, lines.len(), tables)
}

/// The same, with so many looks at lines from both ends before the rest is done in phases; what is found is as much, whatever the looks.
pub(super) fn disjoint_paths_within(
    lines: &Lines,
    blocked: &[bool],
    sources: &[u32],
    target: u32,
    mut looks: usize,
    tables: &mut Tables,
) -> Vec<Vec<u32>> {
    let Tables { paths, meeting, rank, tried } = tables;
    let mut flow = Flow::new(lines, blocked, sources, target, paths);
    loop {
        match meet(&flow, &mut looks, meeting) {
            Met::Way(halves) => flow.take(&halves),
            Met::Nowhere => return flow.paths(),
            Met::Far => break,
        }
    }
    let mut phases = Phases { flow, rank, tried };
    while phases.begin() {
        phases.finish();
    }
    phases.flow.paths()
}

/// The rest of the flow by phases.
struct Phases<'a> {
    flow: Flow<'a>,
    rank: &'a mut Sparse<u32>,
    tried: &'a mut Sparse<u32>,
}

impl Phases<'_> {
    /// Counts the steps from the sources to every half; whether the target can be reached.
    fn begin(&mut self) -> bool {
        self.rank.clear();
        self.tried.clear();
        let mut open: Vec<u32> = self.flow.beginnings().collect();
        for half in &open {
            self.rank.set(*half, 1);
        }
        let (mut at, mut reached) = (0, None);
        while let Some(half) = open.get(at).copied() {
            at += 1;
            let rank = self.rank.get(half);
            // Ways that are longer than the shortest are for another phase.
            if reached.is_some_and(|last| rank > last) {
                break;
            }
            for way in (0..).map_while(|number| self.flow.way(half, number)) {
                match way {
                    Way::Target => reached = Some(rank),
                    Way::Half(next) if self.rank.get(next) == 0 => {
                        self.rank.set(next, rank + 1);
                        open.push(next);
                    }
                    Way::Half(_) | Way::Closed => {}
                }
            }
        }
        reached.is_some()
    }

    /// Takes ways along rising ranks until there is none.
    fn finish(&mut self) {
        let beginnings: Vec<u32> = self.flow.beginnings().collect();
        for half in beginnings {
            // A path that was taken in this phase may have come through here.
            let open = self.rank.get(half) == 1;
            if let Some(halves) = open.then(|| self.descend(half)).flatten() {
                self.flow.take(&halves);
            }
        }
    }

    /// The halves of a way from one to the target. Halves that were on it, or lead nowhere, are not entered again in this phase.
    fn descend(&mut self, start: u32) -> Option<Vec<u32>> {
        let mut halves = Vec::from([start]);
        while let Some(half) = halves.last().copied() {
            let (number, rank) = (self.tried.get(half), self.rank.get(half));
            self.tried.set(half, number + 1);
            match self.flow.way(half, number) {
                None => {
                    self.rank.set(half, 0);
                    halves.pop();
                }
                Some(Way::Target) => {
                    for half in &halves {
                        self.rank.set(*half, 0);
                    }
                    return Some(halves);
                }
                Some(Way::Half(next)) if self.rank.get(next) == rank + 1 => halves.push(next),
                Some(_) => {}
            }
        }
        None
    }
}
