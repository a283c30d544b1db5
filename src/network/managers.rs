//! Who manages whom, by the numbers of people.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// Stands for "no manager".
pub(super) const NOBODY: u32 = u32::MAX;

/// The manager of each person, where reporting lines of contacts are given by person: the first of each, as long as no circle arises. With it come those
/// whose line was left out to break a circle, each with the manager it led to.
pub(super) fn managers(people: usize, lines: impl Iterator<Item = (u32, u32)>) -> (Vec<u32>, Vec<(u32, u32)>) {
    let mut managers = alloc::vec![NOBODY; people];
    for (person, manager) in lines.filter(|(person, manager)| person != manager) {
        if managers[person as usize] == NOBODY {
            managers[person as usize] = manager;
        }
    }
    let cut = break_circles(&mut managers);
    (managers, cut)
}

/// Takes the line out of the least person of each circle.
fn break_circles(managers: &mut [u32]) -> Vec<(u32, u32)> {
    let mut cut = Vec::new();
    let mut round = alloc::vec![0_usize; managers.len()];
    for start in 0..managers.len() {
        let mark = start + 1;
        let mut at = start;
        while round[at] == 0 && managers[at] != NOBODY {
            round[at] = mark;
            at = managers[at] as usize;
        }
        if round[at] == mark && managers[at] != NOBODY {
            // `at` is on a circle, and everybody of it was met in this round.
            let mut least = at;
            let mut next = managers[at] as usize;
            while next != at {
                least = least.min(next);
                next = managers[next] as usize;
            }
            // INVARIANT: the graph numbers contacts with 32 bits.
            cut.push((u32::try_from(least).unwrap_or(NOBODY), core::mem::replace(&mut managers[least], NOBODY)));
        }
    }
    cut
}

/// The manager of a person.
pub(super) fn manager_of(managers: &[u32], person: u32) -> Option<u32> {
    Some(managers[person as usize]).filter(|manager| *manager != NOBODY)
}

/// The managers above a person, the nearest first.
pub(super) fn above(managers: &[u32], person: u32) -> impl Iterator<Item = u32> {
    core::iter::successors(manager_of(managers, person), |one| manager_of(managers, *one))
}

/// The nearest manager whom all of these people have above them; none without people. O((people + managers above them) · log managers).
pub(super) fn nearest_common(managers: &[u32], people: &[u32]) -> Option<u32> {
    let (first, others) = people.split_first()?;
    let chain: Vec<u32> = above(managers, *first).collect();
    // Where the chain of each manager met so far joins the first one; `None`: nowhere. From there on both are the same.
    let mut joins: BTreeMap<u32, Option<usize>> = chain.iter().copied().zip((0..).map(Some)).collect();
    let mut common = 0;
    for other in others {
        let mut walked = Vec::new();
        let known = above(managers, *other).find_map(|one| {
            let known = joins.get(&one).copied();
            walked.extend(known.is_none().then_some(one));
            known
        });
        let join = known.flatten();
        joins.extend(walked.into_iter().map(|one| (one, join)));
        common = common.max(join?);
    }
    chain.get(common).copied()
}
