//! How far something spreads, and how much of it arrives.

use alloc::vec::Vec;

use super::lines::Lines;
use super::sparse::Sparse;

/// The most lines that are followed: 100⁹ is the greatest product of hundredths in 64 bits.
pub(crate) const REACH_HOPS_MAX: usize = 9;

/// A node that is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reached {
    /// The node.
    pub(crate) node: u32,
    /// The greatest product of qualities over all ways, in units of 100^−`hops_max`, exact.
    pub(crate) strength: u64,
    /// The fewest lines with which that product is reached.
    pub(crate) hops: u8,
}

/// What is reached from a node within `hops_max` (1..=[`REACH_HOPS_MAX`]) lines, the node itself left out, by number. O(hops · lines reached).
///
/// The best way is simple: a detour multiplies by at most 1 and takes more lines.
pub(crate) fn reach(lines: &Lines, start: u32, hops_max: usize, best: &mut Sparse<Option<Reached>>) -> Vec<Reached> {
    let hops_max = hops_max.clamp(1, REACH_HOPS_MAX);
    best.clear();
    let mut reached: Vec<u32> = Vec::new();
    // INVARIANT: at most 9 factors.
    let whole = 100_u64.pow(u32::try_from(hops_max).unwrap_or(9));
    let mut open = Vec::from([(start, whole)]);
    for hops in 1..=hops_max {
        let mut next: Vec<(u32, u64)> = Vec::new();
        for (node, strength) in open {
            // Each step so far has taken a factor of 100 out of the units, so this division leaves no rest.
            next.extend(lines.from(node).iter().map(|line| (line.to, strength / 100 * u64::from(line.quality))));
        }
        next.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        next.dedup_by_key(|(node, _)| *node);
        next.retain(|(node, strength)| {
            let known = best.get(*node);
            let better = *node != start && known.is_none_or(|known| known.strength < *strength);
            if better {
                reached.extend(known.is_none().then_some(*node));
                best.set(*node, Some(Reached { node: *node, strength: *strength, hops: u8::try_from(hops).unwrap_or(9) }));
            }
            better
        });
        open = next;
    }
    reached.sort_unstable();
    reached.into_iter().filter_map(|node| best.get(node)).collect()
}
