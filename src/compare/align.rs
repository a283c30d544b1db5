//! Which items of two lists belong together.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use crate::document::Node;

/// A place of two lists put side by side: the item's number in the earlier one, in the later one, or in both.
pub(super) type Slot = (Option<usize>, Option<usize>);

/// Pairs of items that are still compared one by one; longer lists are one difference as a whole. A rule has at most 1,000 questions.
const PAIRS_MAX: usize = 2_000_000;

/// What an item of a list is known by, if all of them are known by names that differ.
pub(super) fn names(items: &[Node]) -> Option<Vec<&str>> {
    let names: Option<Vec<&str>> = items.iter().map(name).collect();
    names.filter(|names| names.iter().collect::<BTreeSet<_>>().len() == names.len())
}

/// A text names itself; a seat is named by its role.
fn name(item: &Node) -> Option<&str> {
    let fields = match item {
        Node::Text(text) => return Some(text),
        Node::Map(fields) => fields,
        _ => return None,
    };
    let named = |wanted: &str| fields.iter().find(|(name, _)| name == wanted);
    match named("name").or_else(|| named("role"))? {
        (_, Node::Text(text)) => Some(text),
        _ => None,
    }
}

/// Lists of named items: every item of either once. Two orders of the same places: the first keeps to the earlier list, the second to the
/// later one; they are the same unless items that both have stand in another order.
pub(super) fn by_name(before: &[&str], after: &[&str]) -> (Vec<Slot>, Vec<Slot>) {
    let (in_before, in_after) = (places(before), places(after));
    let slot = |name: &str| (in_before.get(name).copied(), in_after.get(name).copied());
    let later: Vec<Slot> = inserted(after, before).into_iter().map(slot).collect();
    let common = |slots: &[Slot]| slots.iter().filter_map(|(b, a)| b.zip(*a)).map(|(b, _)| b).collect::<Vec<_>>();
    if common(&later).is_sorted() {
        return (later.clone(), later);
    }
    (inserted(before, after).into_iter().map(slot).collect(), later)
}

fn places<'n>(names: &[&'n str]) -> BTreeMap<&'n str, usize> {
    names.iter().enumerate().map(|(place, name)| (*name, place)).collect()
}

/// A list with the items that only another has put in, each after the one it follows there.
fn inserted<'n>(list: &[&'n str], other: &[&'n str]) -> Vec<&'n str> {
    let known: BTreeSet<&str> = list.iter().copied().collect();
    let mut following: BTreeMap<Option<&str>, Vec<&'n str>> = BTreeMap::new();
    let mut latest = None;
    for name in other {
        if known.contains(name) {
            latest = Some(*name);
        } else {
            following.entry(latest).or_default().push(name);
        }
    }
    let mut out = following.remove(&None).unwrap_or_default();
    for name in list {
        out.push(name);
        out.extend(following.remove(&Some(*name)).unwrap_or_default());
    }
    out
}

/// Lists of items without names: the cheapest way to put them side by side, where equal items cost nothing, items that ask about the same thing
/// 1, one item more or less 2, and another in its stead 3. `None` for lists too long for it.
pub(super) fn by_content(before: &[Node], after: &[Node]) -> Option<Vec<Slot>> {
    let (rows, columns) = (before.len() + 1, after.len() + 1);
    rows.checked_mul(columns).filter(|pairs| *pairs <= PAIRS_MAX)?;
    // cost[b][a]: of the items from b and a on.
    let mut cost = alloc::vec![0_u32; rows * columns];
    for b in (0..rows).rev() {
        for a in (0..columns).rev() {
            cost[b * columns + a] = choices(before, after, b, a, |b, a| cost[b * columns + a]).map_or(0, |(least, _)| least);
        }
    }
    let (mut b, mut a) = (0, 0);
    let mut slots = Vec::new();
    while let Some((_, slot)) = choices(before, after, b, a, |b, a| cost[b * columns + a]) {
        slots.push(slot);
        b += usize::from(slot.0.is_some());
        a += usize::from(slot.1.is_some());
    }
    Some(slots)
}

/// The cheapest next step, of equally cheap ones the first: both items, one less, one more.
fn choices(before: &[Node], after: &[Node], b: usize, a: usize, rest: impl Fn(usize, usize) -> u32) -> Option<(u32, Slot)> {
    let pair = before.get(b).zip(after.get(a)).map(|(x, y)| (rest(b + 1, a + 1) + distance(x, y), (Some(b), Some(a))));
    let less = (b < before.len()).then(|| (rest(b + 1, a) + 2, (Some(b), None)));
    let more = (a < after.len()).then(|| (rest(b, a + 1) + 2, (None, Some(a))));
    [pair, less, more].into_iter().flatten().min_by_key(|(cost, _)| *cost)
}

fn distance(one: &Node, other: &Node) -> u32 {
    match one == other {
        true => 0,
        false if subject(one).is_some() && subject(one) == subject(other) => 1,
        false => 3,
    }
}

/// What a clause or criterion asks about: the name of its first field, that of the question for a weighted criterion.
fn subject(item: &Node) -> Option<&str> {
    let Node::Map(fields) = item else { return None };
    match fields.iter().find(|(name, _)| name == "is") {
        Some((_, Node::Map(asked))) => asked.first().map(|(name, _)| name.as_str()),
        _ => fields.first().map(|(name, _)| name.as_str()),
    }
}
