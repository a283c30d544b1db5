//! Who manages whom, by the numbers of people.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// Stands for "no manager".
pub(super) const NOBODY: u32 = u32::MAX;

/// The manager of each person, where reporting lines of contacts are given by person: the first of each, as long as no circle arises.
pub(super) fn managers(people: usize, lines: impl Iterator<Item = (u32, u32)>) -> Vec<u32> {
    let mut managers = alloc::vec![NOBODY; people];
    for (person, manager) in lines.filter(|(person, manager)| person != manager) {
        if managers[person as usize] == NOBODY {
            managers[person as usize] = manager;
        }
    }
    break_circles(&mut managers);
    managers
}

/// Takes the line out of the least person of each circle.
fn break_circles(managers: &mut [u32]) {
    const DONE: u32 = u32::MAX;
    let mut round = alloc::vec![0_u32; managers.len()];
    for start in 0..managers.len() {
        // INVARIANT: the graph numbers contacts with 32 bits.
        let mark = u32::try_from(start).unwrap_or(DONE - 1) + 1;
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
            managers[least] = NOBODY;
        }
    }
}

/// The manager of a person.
pub(super) fn manager_of(managers: &[u32], person: u32) -> Option<u32> {
    Some(managers[person as usize]).filter(|manager| *manager != NOBODY)
}

/// The managers above a person, the nearest first.
pub(super) fn above(managers: &[u32], person: u32) -> impl Iterator<Item = u32> {
    core::iter::successors(manager_of(managers, person), |one| manager_of(managers, *one))
}

/// The nearest manager whom all of these people have above them; none without people. O(people × depth · log depth).
pub(super) fn nearest_common(managers: &[u32], people: &[u32]) -> Option<u32> {
    let (first, others) = people.split_first()?;
    let chain: Vec<u32> = above(managers, *first).collect();
    let places: BTreeMap<u32, usize> = chain.iter().copied().zip(0..).collect();
    // Above the place where a chain meets the first one, both are the same.
    let meet = |place: usize, other: &u32| above(managers, *other).find_map(|one| places.get(&one).copied()).map(|met| met.max(place));
    others.iter().try_fold(0, meet).and_then(|place| chain.get(place).copied())
}
