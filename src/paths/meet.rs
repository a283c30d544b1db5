//! One more path for a flow, looked for from both ends at once.

use alloc::vec::Vec;

use super::flow::{END, Flow, Way};
use super::sparse::Sparse;

/// Stands for the end of a chain.
const NOBODY: u32 = u32::MAX - 1;

/// Which halves were met: coming from the sources with the half before, and coming from the target with the half after.
#[derive(Debug)]
pub(super) struct Meeting {
    before: Sparse<Option<u32>>,
    after: Sparse<Option<u32>>,
}

impl Meeting {
    pub(super) const fn new(halves: usize) -> Self {
        Self { before: Sparse::new(halves), after: Sparse::new(halves) }
    }
}

/// What a search found.
pub(super) enum Met {
    /// The halves of a way from a source to the target.
    Way(Vec<u32>),
    /// There is no way: one of both ends has nobody left to ask.
    Nowhere,
    /// The looks at lines are used up.
    Far,
}

/// Halves whose ways are asked one by one, in the order in which they were met.
struct Front {
    open: Vec<u32>,
    half: usize,
    way: u32,
}

impl Front {
    const fn new(open: Vec<u32>) -> Self {
        Self { open, half: 0, way: 0 }
    }

    /// The next way and the half it belongs to.
    fn next(&mut self, ways: impl Fn(u32, u32) -> Option<Way>) -> Option<(u32, Way)> {
        loop {
            let half = *self.open.get(self.half)?;
            if let Some(way) = ways(half, self.way) {
                self.way += 1;
                return Some((half, way));
            }
            self.half += 1;
            self.way = 0;
        }
    }
}

/// Looks for a way by which a flow can grow, with at most so many looks at lines, which are counted down.
///
/// Both ends take turns, one line at a time, so that it costs about twice the lines of the end that has fewer.
pub(super) fn meet(flow: &Flow<'_>, looks: &mut usize, met: &mut Meeting) -> Met {
    met.before.clear();
    met.after.clear();
    let mut there = Front::new(flow.beginnings().collect());
    let mut back = Front::new(Vec::from([END]));
    for half in &there.open {
        met.before.set(*half, Some(NOBODY));
    }
    while let Some(left) = looks.checked_sub(2) {
        *looks = left;
        let Some((half, way)) = there.next(|half, number| flow.way(half, number)) else { return Met::Nowhere };
        match way {
            Way::Target => return Met::Way(met.through(half)),
            Way::Half(next) if met.before.get(next).is_none() => {
                met.before.set(next, Some(half));
                if met.after.get(next).is_some() {
                    return Met::Way(met.through(next));
                }
                there.open.push(next);
            }
            Way::Half(_) | Way::Closed => {}
        }
        let Some((half, way)) = back.next(|half, number| flow.way_to(half, number)) else { return Met::Nowhere };
        if let Way::Half(before) = way
            && met.after.get(before).is_none()
        {
            met.after.set(before, Some(half));
            if met.before.get(before).is_some() {
                return Met::Way(met.through(before));
            }
            back.open.push(before);
        }
    }
    Met::Far
}

impl Meeting {
    /// The way through the half at which both ends met. It is the first such half, so that none is on it twice.
    fn through(&self, meeting: u32) -> Vec<u32> {
        let mut way: Vec<u32> =
            core::iter::successors(Some(meeting), |half| self.before.get(*half).filter(|half| *half != NOBODY)).collect();
        way.reverse();
        let after = |half: u32| self.after.get(half).filter(|half| *half != END);
        way.extend(core::iter::successors(after(meeting), |half| after(*half)));
        way
    }
}
