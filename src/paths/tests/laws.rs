//! Graphs of every shape, several questions with the same tables, against the plainest search there is.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec;
use alloc::vec::Vec;
use proptest::collection::vec as many;
use proptest::prelude::*;

use super::case::{Graph, Question, case};
use crate::paths::disjoint::disjoint_paths_within;
use crate::paths::ends::Ends;
use crate::paths::flow::{END, Flow, Notes, Way};
use crate::paths::meet::{Met, meet};
use crate::paths::sparse::Sparse;
use crate::paths::{BestPaths, Near, Path, Scratch, cut_nodes, is_within, mark_within, near_cut_nodes, reach};

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_parallel_lines_the_best_counts_and_of_these_the_first_sort(case in case()) {
        let (graph, lines) = (&case.graph, case.graph.lines());
        let mut count = 0;
        for from in graph.all() {
            let expected: Vec<(u32, u8, u8)> =
                graph.all().filter_map(|to| graph.line(from, to).map(|(quality, sort)| (to, quality, sort))).collect();
            let found: Vec<(u32, u8, u8)> = lines.from(from).iter().map(|line| (line.to, line.quality, line.sort)).collect();
            prop_assert_eq!(&found, &expected);
            let one_by_one: Vec<_> = (0..).map_while(|at| lines.nth_from(from, at)).collect();
            prop_assert_eq!(&one_by_one[..], lines.from(from));
            prop_assert_eq!(lines.count_from(from), expected.len());
            for to in graph.all() {
                prop_assert_eq!(lines.between(from, to).map(|line| (line.quality, line.sort)), graph.line(from, to));
            }
            let back: Vec<(u32, u8, u8)> =
                graph.all().filter_map(|to| graph.line(to, from).map(|(quality, sort)| (to, quality, sort))).collect();
            let found: Vec<(u32, u8, u8)> = lines.to(from).iter().map(|line| (line.to, line.quality, line.sort)).collect();
            prop_assert_eq!(&found, &back);
            let one_by_one: Vec<_> = (0..).map_while(|at| lines.nth_to(from, at)).collect();
            prop_assert_eq!(&one_by_one[..], lines.to(from));
            prop_assert_eq!(lines.count_to(from), back.len());
            count += expected.len();
        }
        prop_assert_eq!(lines.len(), count);
    }

    #[test]
    fn best_paths_are_the_first_of_all(case in case()) {
        let (lines, mut scratch) = (case.graph.lines(), Scratch::new(case.graph.nodes));
        for one in &case.questions {
            let mut expected = case.graph.in_order(&one.sources, one.target, one.hops_max);
            expected.truncate(one.count);
            let mut paths = BestPaths::new(&lines, &case.graph.blocked, one.target, one.hops_max, &mut scratch.best);
            prop_assert_eq!(paths.from(&one.sources, one.count), expected);
        }
    }

    /// Whatever the search for the best paths goes on with leads to one of them: no line is looked at in vain.
    #[test]
    fn best_paths_are_found_without_a_detour(case in case()) {
        let (graph, lines, mut scratch) = (&case.graph, case.graph.lines(), Scratch::new(case.graph.nodes));
        for one in &case.questions {
            let mut paths = BestPaths::new(&lines, &graph.blocked, one.target, one.hops_max, &mut scratch.best);
            lines.looked_at.take();
            let found = paths.from(&one.sources, one.count);
            prop_assert_eq!(lines.looked_at.take(), looks_without_a_detour(graph, one, &found));
        }
    }

    #[test]
    fn cut_nodes_are_those_without_which_there_is_no_path(case in case()) {
        let (lines, mut scratch) = (case.graph.lines(), Scratch::new(case.graph.nodes));
        for one in &case.questions {
            let found = cut_nodes(&lines, &case.graph.blocked, &one.sources, one.target, &mut scratch.cut);
            prop_assert_eq!(found, case.graph.cuts(&one.sources, one.target));
        }
    }

    #[test]
    fn near_cut_nodes_are_the_same_or_nothing_and_no_more_is_looked_at(case in case()) {
        let (lines, mut scratch) = (case.graph.lines(), Scratch::new(case.graph.nodes));
        for one in &case.questions {
            let expected = Near::Cuts(case.graph.cuts(&one.sources, one.target));
            let mut found = |looks| near_cut_nodes(&lines, &case.graph.blocked, &one.sources, one.target, looks, &mut scratch.ends);
            prop_assert_eq!(&found(100_000), &expected);
            lines.looked_at.take();
            let bounded = found(one.looks);
            // A node that has no more lines is looked at once to know that, and was met by a look itself.
            prop_assert!(lines.looked_at.take() <= one.looks.saturating_mul(3));
            prop_assert!(bounded == Near::Far || bounded == expected);
            prop_assert_eq!(found(0), Near::Far);
        }
    }

    #[test]
    fn who_is_within_is_the_end_of_a_short_path(case in case()) {
        let (lines, mut scratch) = (case.graph.lines(), Scratch::new(case.graph.nodes));
        let blocked = &case.graph.blocked;
        for one in &case.questions {
            let is_source = |node: u32| one.sources.contains(&node);
            let short = |target| case.graph.shortest(&one.sources, target, None).is_some_and(|path| path.len() - 1 <= one.hops_max);
            let mut found =
                |looks| is_within(&lines, blocked, (one.target, one.hops_max), looks, &mut scratch.ends, is_source);
            prop_assert_eq!(found(100_000), Some(short(one.target)));
            lines.looked_at.take();
            let bounded = found(one.looks);
            prop_assert!(lines.looked_at.take() <= one.looks);
            prop_assert!(bounded.is_none_or(|found| found == short(one.target)));
            prop_assert_eq!(found(0), (lines.count_to(one.target) == 0).then_some(false));
            mark_within(&lines, blocked, one.sources.iter().copied(), one.hops_max, &mut scratch.marks);
            for node in case.graph.all().filter(|node| !is_source(*node)) {
                prop_assert_eq!(scratch.marks.get(node).met, short(node), "{}", node);
            }
        }
    }

    #[test]
    fn disjoint_paths_are_as_many_as_can_be_the_shorter_first(case in case()) {
        let (graph, lines, mut scratch) = (&case.graph, case.graph.lines(), Scratch::new(case.graph.nodes));
        for one in &case.questions {
            let (sources, target) = (&one.sources, one.target);
            let found = disjoint_paths_within(&lines, &graph.blocked, sources, target, one.looks, &mut scratch.flow);
            prop_assert_eq!(found.len(), graph.most_disjoint(sources, target));
            let mut met = BTreeSet::new();
            for path in &found {
                prop_assert!(sources.contains(&path[0]) && path[path.len() - 1] == target, "{:?} has other ends", path);
                prop_assert!(path.windows(2).all(|pair| graph.leads(pair[0], pair[1])), "{:?} is no path", path);
                prop_assert!(path[1..path.len() - 1].iter().all(|node| !graph.blocked[*node as usize]), "{:?} is blocked", path);
                prop_assert!(path[..path.len() - 1].iter().all(|node| *node != target && met.insert(*node)), "{:?} shares somebody", path);
            }
            prop_assert!(found.is_sorted_by_key(|path| (path.len(), path)), "{:?}", found);
            for source in sources.iter().filter(|source| graph.leads(**source, target)) {
                prop_assert!(found.contains(&Vec::from([*source, target])), "{} has a line of its own", source);
            }
        }
    }

    /// A flow is asked from both ends, by two functions: whatever it is, each must tell the same ways.
    #[test]
    fn the_ways_of_a_flow_are_the_same_from_both_ends(case in case()) {
        let lines = case.graph.lines();
        let (mut notes, mut ends) = (Notes::new(case.graph.nodes), Ends::new(2 * case.graph.nodes));
        for one in &case.questions {
            let mut flow = Flow::new(&lines, &case.graph.blocked, &one.sources, one.target, &mut notes);
            loop {
                prop_assert_eq!(forward(&case.graph, &flow, one.target), backward(&case.graph, &flow, one.target));
                match meet(&flow, &mut usize::MAX.clone(), &mut ends) {
                    Met::Way(halves) => flow.take(&halves),
                    Met::Nowhere => break,
                    Met::Far => prop_assert!(false, "there was no end to the looks"),
                }
            }
        }
    }

    #[test]
    fn reach_is_the_best_of_all_ways(case in case()) {
        let (lines, mut scratch) = (case.graph.lines(), Scratch::new(case.graph.nodes));
        let open = Graph { blocked: vec![false; case.graph.nodes], ..case.graph.clone() };
        for one in &case.questions {
            let start = one.target;
            let expected: Vec<(u32, u32, usize)> = open.all().filter_map(|to| {
                let best = open.in_order(&[start], to, one.hops_max).into_iter().next()?;
                Some((to, best.quality, best.nodes.len() - 1))
            }).collect();
            let found = reach(&lines, start, one.hops_max, &mut scratch.reach);
            let found: Vec<_> = found.iter().map(|one| (one.node, one.strength, usize::from(one.hops))).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_sparse_table_is_a_map(steps in many(prop_oneof![8 => (0..6_u32, 0..100_u8).prop_map(Some), 1 => Just(None)], 0..60)) {
        let (mut table, mut map) = (Sparse::<u8>::new(6), BTreeMap::new());
        table.clear();
        for step in steps {
            if let Some((node, value)) = step {
                table.set(node, value);
                map.insert(node, value);
            } else {
                table.clear();
                map.clear();
            }
            for node in 0..6 {
                prop_assert_eq!(table.get(node), map.get(&node).copied().unwrap_or_default());
            }
        }
    }
}

/// How many lines are looked at by a search that knows what to look for: those of each beginning of a result, once; for the lengths, those of the sources; and
/// of whoever can be first of three to the target, once, or three times where there are such three, since then their best without either is sought, too.
fn looks_without_a_detour(graph: &Graph, question: &Question, found: &[Path]) -> usize {
    let degree = |node: u32| graph.all().filter(|to| graph.leads(node, *to)).count();
    let is_open = |node: u32| node != question.target && !graph.blocked[node as usize];
    let sources: BTreeSet<u32> = question.sources.iter().copied().filter(|source| *source != question.target).collect();
    let neighbours = sources.iter().flat_map(|source| graph.all().filter(|to| graph.leads(*source, *to) && is_open(*to)));
    let mut first_of_three = BTreeSet::new();
    if question.hops_max >= 3 {
        first_of_three.extend(&sources);
    }
    if question.hops_max >= 4 {
        first_of_three.extend(neighbours);
    }
    let has_three = |node: u32| {
        let seconds = graph.all().filter(|second| *second != node && graph.leads(node, *second) && is_open(*second));
        let leads_on = |second: u32| {
            let mut thirds = graph.all().filter(|third| *third != node && graph.leads(second, *third) && is_open(*third));
            thirds.any(|third| graph.leads(third, question.target))
        };
        seconds.into_iter().any(leads_on)
    };
    let threes: usize = first_of_three.iter().map(|node| if has_three(*node) { 3 * degree(*node) } else { degree(*node) }).sum();
    let fours: usize = if question.hops_max >= 4 { sources.iter().map(|source| degree(*source)).sum() } else { 0 };
    let beginnings: BTreeSet<(usize, &[u32])> =
        found.iter().flat_map(|path| (1..path.nodes.len() - 1).map(|len| (path.nodes.len(), &path.nodes[..len]))).collect();
    threes + fours + beginnings.iter().map(|(_, nodes)| degree(nodes[nodes.len() - 1])).sum::<usize>()
}

/// The halves of all nodes but the target, which is only entered.
fn halves(graph: &Graph, target: u32) -> impl Iterator<Item = u32> {
    graph.all().filter(move |node| *node != target).flat_map(|node| [2 * node, 2 * node + 1])
}

/// Every open way, from half to half, as asked from where it leads away.
fn forward(graph: &Graph, flow: &Flow<'_>, target: u32) -> BTreeSet<(u32, u32)> {
    let of = |half: u32| {
        (0..).map_while(move |at| flow.way(half, at)).filter_map(move |way| match way {
            Way::Half(next) => Some((half, next)),
            Way::Target => Some((half, END)),
            Way::Closed => None,
        })
    };
    halves(graph, target).flat_map(of).collect()
}

/// The same as asked from where it arrives.
fn backward(graph: &Graph, flow: &Flow<'_>, target: u32) -> BTreeSet<(u32, u32)> {
    let of = |half: u32| {
        (0..).map_while(move |at| flow.way_to(half, at)).filter_map(move |way| match way {
            Way::Half(before) => Some((before, half)),
            Way::Target | Way::Closed => None,
        })
    };
    halves(graph, target).chain([END]).flat_map(of).collect()
}
