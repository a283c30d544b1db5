//! What questions look at in a great graph.

use alloc::vec;
use alloc::vec::Vec;

use crate::paths::best::HOPS_MAX;
use crate::paths::{Arc, BestPaths, Lines, Scratch, cut_nodes, disjoint_paths};

/// 100,000 people and a million ties that lead both ways: what each question looks at, in passes over all lines.
#[test]
fn a_question_costs_a_few_passes_over_the_lines() {
    const NODES: u32 = 100_000;
    let mut state = 7_u64;
    let mut next = move || {
        // SplitMix64: a fixed row of numbers.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let mut arcs = Vec::new();
    for _ in 0..1_000_000 {
        let (from, to) = (u32::try_from(next() % u64::from(NODES)).unwrap(), u32::try_from(next() % u64::from(NODES)).unwrap());
        let quality = u8::try_from(next() % 100 + 1).unwrap();
        arcs.extend([Arc { from, to, quality, sort: 0 }, Arc { from: to, to: from, quality, sort: 0 }]);
    }
    let (lines, blocked) = (Lines::new(NODES as usize, arcs), vec![false; NODES as usize]);
    let mut scratch = Scratch::new(NODES as usize);
    let sources: Vec<u32> = (0..20).map(|at| at * (NODES / 20)).collect();
    let all = lines.len();
    let passes = |lines: &Lines| lines.looked_at.take().div_ceil(all);
    for target in (0..50).map(|at| at * (NODES / 50) + 1) {
        lines.looked_at.take();
        assert_eq!(BestPaths::new(&lines, &blocked, target, HOPS_MAX, &mut scratch.best).from(&sources, 3).len(), 3);
        assert!(passes(&lines) <= 4);
        cut_nodes(&lines, &blocked, &sources, target, &mut scratch.cut).unwrap();
        assert!(passes(&lines) <= 2, "one to find a path, one to sweep");
        assert!(!disjoint_paths(&lines, &blocked, &sources, target, &mut scratch.flow).is_empty());
        assert!(passes(&lines) <= 1, "twenty paths, each from both ends");
    }
}
