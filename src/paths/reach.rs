//! How far something spreads, and how much of it arrives.

use alloc::vec::Vec;

use super::best::{HOPS_MAX, PERFECT};
use super::lines::Lines;
use super::sparse::Sparse;

/// A node that is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reached {
    /// The node.
    pub(crate) node: u32,
    /// The greatest product of qualities over all ways, in units of 10⁻⁸, exact.
    pub(crate) strength: u32,
    /// The fewest lines with which that product is reached.
    pub(crate) hops: u8,
}

/// What is reached from a node within `hops_max` (1..=[`HOPS_MAX`]) lines, the node itself left out, by number. O(hops · lines reached · their logarithm).
///
/// The best way is simple: a detour multiplies by at most 1 and takes more lines.
pub(crate) fn reach(lines: &Lines, start: u32, hops_max: usize, best: &mut Sparse<Option<Reached>>) -> Vec<Reached> {
    best.clear();
    let mut reached: Vec<u32> = Vec::new();
    let mut open = Vec::from([(start, PERFECT)]);
    for hops in 1..=hops_max.clamp(1, HOPS_MAX) {
        let mut next: Vec<(u32, u32)> = Vec::new();
        for (node, strength) in open {
            // Of four factors of a hundred, one is left for each step to come, so this division leaves no rest.
            next.extend(lines.from(node).iter().map(|line| (line.to, strength / 100 * u32::from(line.quality))));
        }
        next.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        next.dedup_by_key(|(node, _)| *node);
        next.retain(|(node, strength)| {
            let known = best.get(*node);
            let better = *node != start && known.is_none_or(|known| known.strength < *strength);
            if better {
                reached.extend(known.is_none().then_some(*node));
                best.set(*node, Some(Reached { node: *node, strength: *strength, hops: u8::try_from(hops).unwrap_or(4) }));
            }
            better
        });
        open = next;
    }
    reached.sort_unstable();
    reached.into_iter().filter_map(|node| best.get(node)).collect()
}
