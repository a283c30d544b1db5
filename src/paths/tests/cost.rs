//! What questions look at in a great graph.

use alloc::vec;
use alloc::vec::Vec;

use crate::paths::best::HOPS_MAX;
use crate::paths::{Arc, BestPaths, Lines, Scratch, cut_nodes, disjoint_paths};

/// So many people, each tied to some twenty others.
fn tied(nodes: u32) -> Lines {
    let mut state = 7_u64;
    let mut next = move || {
        // SplitMix64: a fixed row of numbers.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let mut arcs = Vec::new();
    for _ in 0..10 * nodes {
        let (from, to) = (u32::try_from(next() % u64::from(nodes)).unwrap(), u32::try_from(next() % u64::from(nodes)).unwrap());
        let quality = u8::try_from(next() % 100 + 1).unwrap();
        arcs.extend([Arc { from, to, quality, sort: 0 }, Arc { from: to, to: from, quality, sort: 0 }]);
    }
    Lines::new(nodes as usize, arcs)
}

/// Twice the people, no more than 2.3 times the looks at lines.
#[test]
fn looks_grow_no_faster_than_the_graph() {
    let looks = |nodes: u32| {
        let (lines, blocked, mut scratch) = (tied(nodes), vec![false; nodes as usize], Scratch::new(nodes as usize));
        let sources: Vec<u32> = (0..20).map(|at| at * (nodes / 20)).collect();
        let mut looks = [0, 0, 0];
        for target in (0..50).map(|at| at * (nodes / 50) + 1) {
            lines.looked_at.take();
            BestPaths::new(&lines, &blocked, target, HOPS_MAX, &mut scratch.best).from(&sources, 3);
            looks[0] += lines.looked_at.take();
            cut_nodes(&lines, &blocked, &sources, target, &mut scratch.cut);
            looks[1] += lines.looked_at.take();
            disjoint_paths(&lines, &blocked, &sources, target, &mut scratch.flow);
            looks[2] += lines.looked_at.take();
        }
        looks
    };
    let [one, two, four] = [25_000, 50_000, 100_000].map(looks);
    for (less, more) in one.into_iter().zip(two).chain(two.into_iter().zip(four)) {
        assert!(10 * more <= 23 * less, "{less} and {more}");
    }
}

/// 100,000 people and a million ties that lead both ways: what each question looks at, in passes over all lines.
#[test]
fn a_question_costs_a_few_passes_over_the_lines() {
    const NODES: u32 = 100_000;
    let (lines, blocked) = (tied(NODES), vec![false; NODES as usize]);
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
