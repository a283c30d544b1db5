//! Small graphs in which a path must give way to another, and searches that give up.

use alloc::vec;
use alloc::vec::Vec;

use super::case::Graph;
use crate::paths::disjoint::disjoint_paths_within;
use crate::paths::ends::Ends;
use crate::paths::flow::{Flow, Notes};
use crate::paths::meet::{Met, meet};
use crate::paths::{Near, Scratch, cut_nodes, is_within, near_cut_nodes};

/// The lines of ways, each a row of nodes.
fn along(nodes: usize, ways: &[&[u32]]) -> Graph {
    let ends: Vec<(u32, u32)> = ways.iter().flat_map(|way| way.windows(2).map(|pair| (pair[0], pair[1]))).collect();
    Graph::of(nodes, &ends)
}

/// However the paths are found: from both ends, in phases, or some so and some so.
#[track_caller]
fn disjoint(graph: &Graph, sources: &[u32], target: u32, expected: &[&[u32]]) {
    let (lines, mut scratch) = (graph.lines(), Scratch::new(graph.nodes));
    for looks in (0..60).chain([usize::MAX]) {
        let found = disjoint_paths_within(&lines, &graph.blocked, sources, target, looks, &mut scratch.flow);
        assert_eq!(found, expected, "{looks} looks");
    }
}

#[test]
fn a_path_gives_way_far_before_the_node_that_another_needs() {
    // The short path takes 2 and 3; the other one needs 3, so the first must leave 2 too, and turn off at 1.
    let graph = along(13, &[&[0, 1, 2, 3, 12], &[4, 5, 6, 7, 3], &[1, 8, 9, 10, 11, 12]]);
    disjoint(&graph, &[0, 4], 12, &[&[4, 5, 6, 7, 3, 12], &[0, 1, 8, 9, 10, 11, 12]]);
}

#[test]
fn a_path_gives_way_right_before_the_node_that_another_needs() {
    // The short path takes 1 and 2; the other one needs 2, and 1 knows another way.
    let graph = along(9, &[&[0, 1, 2, 8], &[3, 4, 5, 2], &[1, 6, 7, 8]]);
    disjoint(&graph, &[0, 3], 8, &[&[0, 1, 6, 7, 8], &[3, 4, 5, 2, 8]]);
}

#[test]
fn two_paths_give_way_one_after_the_other() {
    // What comes from 10 takes 3 from the path of 0, which takes 7 from the path of 5, which goes round by 12.
    let graph = along(15, &[&[0, 1, 3, 14], &[5, 6, 7, 14], &[10, 11, 4, 2, 3], &[1, 8, 9, 7], &[6, 12, 13, 14]]);
    disjoint(&graph, &[0, 5, 10], 14, &[&[5, 6, 12, 13, 14], &[0, 1, 8, 9, 7, 14], &[10, 11, 4, 2, 3, 14]]);
}

#[test]
fn a_node_that_was_given_up_is_free_for_another_path() {
    // As the path of 0 gives way to that of 10 it leaves 2 for 4, which is nearer to the end than what lies behind 2; that of 20 comes to 2 later.
    let behind: Vec<u32> = [2].into_iter().chain(30..38).chain([60]).collect();
    let late: Vec<u32> = [20].into_iter().chain(40..52).chain([2]).collect();
    let graph = along(61, &[&[0, 1, 2, 3, 60], &[10, 11, 12, 13, 3], &[1, 4, 5, 6, 60], &behind, &late]);
    let third: Vec<u32> = late[..late.len() - 1].iter().chain(&behind).copied().collect();
    disjoint(&graph, &[0, 10, 20], 60, &[&[0, 1, 4, 5, 6, 60], &[10, 11, 12, 13, 3, 60], &third]);
}

#[test]
fn a_source_on_the_way_of_another_begins_its_own_path() {
    // 0 leads through 1, a source itself: 1 begins a path, and 0 goes round.
    let graph = along(6, &[&[0, 1, 2, 5], &[0, 3, 4, 5]]);
    disjoint(&graph, &[0, 1], 5, &[&[1, 2, 5], &[0, 3, 4, 5]]);
    // Where there is no way round it is one path, that of the source with a line of its own.
    disjoint(&along(3, &[&[0, 1, 2]]), &[0, 1], 2, &[&[1, 2]]);
}

/// A thousand nodes in a row.
fn row() -> Graph {
    let all: Vec<u32> = (0..1_000).collect();
    along(1_000, &[&all])
}

#[test]
fn a_bounded_search_for_cut_nodes_gives_up_in_time() {
    let (graph, mut ends) = (row(), Ends::new(1_000));
    let lines = graph.lines();
    for looks in [0, 1, 2, 20, 900] {
        lines.looked_at.take();
        assert_eq!(near_cut_nodes(&lines, &graph.blocked, &[0], 999, looks, &mut ends), Near::Far, "{looks} looks");
        assert!(lines.looked_at.take() <= 3 * looks);
    }
    // Looks are counted over all searches for a detour, not for each anew: the first path takes a thousand, each of the rest a few.
    assert_eq!(near_cut_nodes(&lines, &graph.blocked, &[0], 999, 1_100, &mut ends), Near::Far);
    assert_eq!(near_cut_nodes(&lines, &graph.blocked, &[0], 999, 1_000_000, &mut ends), Near::Cuts(Some((0..999).collect())));
    // Half of the nodes may be sources: they are not looked at before it is their turn.
    let sources: Vec<u32> = (0..500).collect();
    lines.looked_at.take();
    assert_eq!(near_cut_nodes(&lines, &graph.blocked, &sources, 501, 40, &mut ends), Near::Cuts(Some(vec![499, 500])));
    assert!(lines.looked_at.take() <= 40);
}

#[test]
fn a_detour_tells_of_everybody_it_does_without() {
    // Two ways of three hundred from 0 to 1: a path, nobody without 0, and one detour settle it.
    let one: Vec<u32> = [0].into_iter().chain(2..302).chain([1]).collect();
    let other: Vec<u32> = [0].into_iter().chain(302..602).chain([1]).collect();
    let (graph, mut ends) = (along(602, &[&one, &other]), Ends::new(602));
    assert_eq!(near_cut_nodes(&graph.lines(), &graph.blocked, &[0], 1, 5_000, &mut ends), Near::Cuts(Some(vec![0])));
}

#[test]
fn who_is_on_every_path_costs_two_looks_at_each_line() {
    let (graph, mut scratch) = (row(), Scratch::new(1_000));
    let lines = graph.lines();
    let cuts = cut_nodes(&lines, &graph.blocked, &[0], 999, &mut scratch.cut);
    assert_eq!((cuts, lines.looked_at.take()), (Some((0..999).collect()), 2 * lines.len()));
}

#[test]
fn a_bounded_search_for_short_paths_gives_up_in_time() {
    // Three lead to 0, one of them from 4, the source.
    let graph = along(6, &[&[1, 0], &[2, 0], &[3, 0], &[4, 1], &[5, 2]]);
    let (lines, mut ends) = (graph.lines(), Ends::new(6));
    let mut found = |hops, looks| is_within(&lines, &graph.blocked, (0, hops), looks, &mut ends, |node| node == 4);
    assert_eq!(found(1, 2), None);
    assert_eq!(found(1, 3), Some(false));
    assert_eq!(found(2, 3), None);
    assert_eq!(found(2, 4), Some(true));
    assert_eq!(lines.looked_at.take(), 3 + 3 + 4);
}

#[test]
fn a_search_from_both_ends_gives_up_in_time() {
    let graph = row();
    let (lines, mut ends, mut notes) = (graph.lines(), Ends::new(2_000), Notes::new(1_000));
    let flow = Flow::new(&lines, &graph.blocked, &[0], 999, &mut notes);
    for given in [0, 1, 2, 20, 900] {
        let mut looks = given;
        lines.looked_at.take();
        assert!(matches!(meet(&flow, &mut looks, &mut ends), Met::Far), "{given} looks");
        assert!(looks <= 1 && lines.looked_at.take() <= 3 * given);
    }
    assert!(matches!(meet(&flow, &mut 100_000, &mut ends), Met::Way(halves) if halves.len() == 2 * 999));
}

#[test]
fn a_search_from_both_ends_is_over_when_one_of_them_is() {
    // A thousand lines lead away from 0, none to 1; or a thousand to 0, none from 1.
    let away: Vec<(u32, u32)> = (2..1_000).map(|node| (0, node)).collect();
    let back: Vec<(u32, u32)> = away.iter().map(|(from, to)| (*to, *from)).collect();
    for (ends, source, target) in [(away, 0, 1), (back, 1, 0)] {
        let graph = Graph::of(1_000, &ends);
        let (lines, mut met, mut notes) = (graph.lines(), Ends::new(2_000), Notes::new(1_000));
        let flow = Flow::new(&lines, &graph.blocked, &[source], target, &mut notes);
        assert!(matches!(meet(&flow, &mut 20, &mut met), Met::Nowhere));
        assert_eq!(near_cut_nodes(&lines, &graph.blocked, &[source], target, 20, &mut Ends::new(1_000)), Near::Cuts(None));
    }
}

/// A great network behind somebody on the way is not looked at.
#[test]
fn what_lies_behind_a_node_costs_only_the_smaller_side() {
    // 0 → 1 → 2 is the way; 1 knows 3, who knows a hundred thousand others.
    let both = |from, to| [(from, to), (to, from)];
    let near = [both(0, 1), both(1, 2), both(1, 3)].into_iter().flatten();
    let graph = Graph::of(100_000, &near.chain((4..100_000).flat_map(|other| both(3, other))).collect::<Vec<_>>());
    let mut scratch = Scratch::new(100_000);
    let found = near_cut_nodes(&graph.lines(), &graph.blocked, &[0], 2, 64, &mut scratch.ends);
    assert_eq!(found, Near::Cuts(Some(vec![0, 1])));
}
