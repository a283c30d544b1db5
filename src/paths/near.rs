//! What can be answered by looking near both ends: in a great network most ways to somebody are short, and most dead ends small.

use alloc::vec::Vec;

use super::best::HOPS_MAX;
use super::ends::{Ends, Front, NOBODY};
use super::lines::Lines;
use super::sparse::Sparse;

/// Whether a path of at most `hops` lines (1..=[`HOPS_MAX`]) leads from a source to the target; `None`: more looks at lines would be needed to say. Blocked
/// nodes are gone through by no path, but may be sources. It looks back from the target and stops at the first source, so that what lies behind a
/// source costs nothing.
pub(crate) fn is_within(
    lines: &Lines,
    blocked: &[bool],
    (target, hops): (u32, usize),
    mut looks: usize,
    ends: &mut Ends,
    is_source: impl Fn(u32) -> bool,
) -> Option<bool> {
    ends.after.clear();
    ends.after.set(target, Some(NOBODY));
    let mut open = Vec::from([target]);
    for _ in 0..hops.clamp(1, HOPS_MAX) {
        let mut next = Vec::new();
        for node in open {
            looks = looks.checked_sub(lines.count_to(node))?;
            for before in lines.to(node).iter().map(|line| line.to).filter(|before| *before != target) {
                if is_source(before) {
                    return Some(true);
                }
                if ends.after.get(before).is_none() && !blocked[before as usize] {
                    ends.after.set(before, Some(node));
                    next.push(before);
                }
            }
        }
        open = next;
    }
    Some(false)
}

/// Whether a node was met, and whether its lines were followed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marked {
    pub(crate) met: bool,
    gone: bool,
}

/// Marks all nodes, sources apart, to which paths of at most `hops` lines (1..=[`HOPS_MAX`]) lead from any source, as [`is_within`] finds them one by one.
/// O(sources + lines in reach).
pub(crate) fn mark_within(lines: &Lines, blocked: &[bool], sources: impl Iterator<Item = u32>, hops: usize, marks: &mut Sparse<Marked>) {
    marks.clear();
    let mut open: Vec<u32> = sources.collect();
    for node in &open {
        marks.set(*node, Marked { met: false, gone: true });
    }
    for _ in 0..hops.clamp(1, HOPS_MAX) {
        let mut next = Vec::new();
        for line in open.iter().flat_map(|node| lines.from(*node)) {
            let Marked { gone, .. } = marks.get(line.to);
            let goes_on = !gone && !blocked[line.to as usize];
            next.extend(goes_on.then_some(line.to));
            marks.set(line.to, Marked { met: true, gone: gone || goes_on });
        }
        open = next;
    }
}

/// What a bounded search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Near {
    /// The nodes that stand on every path, in the order in which the paths meet them, as [`cut_nodes`](super::cut_nodes) finds them; `None` where there
    /// is no path.
    Cuts(Option<Vec<u32>>),
    /// It would have taken more.
    Far,
}

/// The same as [`cut_nodes`](super::cut_nodes) of sources that come by number, found with at most so many looks at lines, or not.
///
/// One path is looked for from both ends at once; then, for each node of it, another that does without. Where the one end has nobody left to ask, there
/// is none: so a great network behind a node costs no more than the smaller side of it, where `cut_nodes` would explore all of it. A path that does
/// without one node tells of all other nodes that it does without as well.
pub(crate) fn near_cut_nodes(lines: &Lines, blocked: &[bool], sources: &[u32], target: u32, looks: usize, ends: &mut Ends) -> Near {
    let mut search = Search { lines, blocked, sources, target, looks, ends };
    let mut open = match search.path(None) {
        Answer::Path(path) => path,
        Answer::NoPath => return Near::Cuts(None),
        Answer::Far => return Near::Far,
    };
    open.retain(|node| *node != target);
    // INVARIANT: those before `cuts` are on every path, so no path takes them away.
    let mut cuts = 0;
    while let Some(node) = open.get(cuts).copied() {
        match search.path(Some(node)) {
            Answer::Path(mut detour) => {
                detour.sort_unstable();
                open.retain(|one| detour.binary_search(one).is_ok());
                search.looks = search.looks.saturating_sub(open.len() + detour.len());
            }
            Answer::NoPath => cuts += 1,
            Answer::Far => return Near::Far,
        }
    }
    Near::Cuts(Some(open))
}

enum Answer {
    /// The nodes from a source to the target.
    Path(Vec<u32>),
    NoPath,
    Far,
}

struct Search<'a> {
    lines: &'a Lines,
    blocked: &'a [bool],
    sources: &'a [u32],
    target: u32,
    /// Looks that are left.
    looks: usize,
    ends: &'a mut Ends,
}

impl Search<'_> {
    /// A path that does without a node. Of the sources it looks at no more than their turn comes to.
    fn path(&mut self, without: Option<u32>) -> Answer {
        self.ends.clear();
        let ends = [self.target];
        let (mut there, mut back) = (Front::new(self.sources), Front::new(&ends));
        self.ends.after.set(self.target, Some(NOBODY));
        let (lines, target) = (self.lines, self.target);
        // Nobody begins at the target, nor at the node to do without.
        let from = |node: u32, number: u32| if node == target || Some(node) == without { None } else { lines.nth_from(node, number) };
        while let Some(looks) = self.looks.checked_sub(2) {
            self.looks = looks;
            let Some((node, next)) = there.next(from) else { return Answer::NoPath };
            if Some(next.to) != without && self.goes_there(node, next.to, &mut there.open) {
                return Answer::Path(self.ends.through(next.to));
            }
            let Some((node, before)) = back.next(|node, number| lines.nth_to(node, number)) else { return Answer::NoPath };
            if Some(before.to) != without && self.comes_from(node, before.to, &mut back.open) {
                return Answer::Path(self.ends.through(before.to));
            }
        }
        Answer::Far
    }

    fn is_source(&self, node: u32) -> bool {
        self.sources.binary_search(&node).is_ok()
    }

    /// Goes on to a node, and says whether that was met from the target. Paths begin at sources and do not go on to others.
    fn goes_there(&mut self, node: u32, next: u32, open: &mut Vec<u32>) -> bool {
        let closed = next != self.target && (self.blocked[next as usize] || self.is_source(next));
        if closed || self.ends.before.get(next).is_some() {
            return false;
        }
        self.ends.before.set(next, Some(node));
        open.push(next);
        self.ends.after.get(next).is_some()
    }

    /// Goes back to a node, and says whether that is a source or was met from one.
    fn comes_from(&mut self, node: u32, before: u32, open: &mut Vec<u32>) -> bool {
        // A source may be blocked: paths begin there, and go through it no more.
        let source = self.is_source(before);
        if self.ends.after.get(before).is_some() || (!source && self.blocked[before as usize]) {
            return false;
        }
        self.ends.after.set(before, Some(node));
        open.push(before);
        source || self.ends.before.get(before).is_some()
    }
}
