//! One more path for a flow, looked for from both ends at once.

use alloc::vec::Vec;

use super::ends::{Ends, Front, NOBODY};
use super::flow::{END, Flow, Way};

/// What a search found.
pub(super) enum Met {
    /// The halves of a way from a source to the target.
    Way(Vec<u32>),
    /// There is no way: one of both ends has nobody left to ask.
    Nowhere,
    /// The looks are used up.
    Far,
}

/// Looks for a way by which a flow can grow, with at most so many looks at lines and sources, which are counted down.
///
/// Both ends take turns, one line at a time, so that it costs about twice the lines of the end that has fewer.
pub(super) fn meet(flow: &Flow<'_>, looks: &mut usize, met: &mut Ends) -> Met {
    met.clear();
    let beginnings: Vec<u32> = flow.beginnings().collect();
    let (mut there, mut back) = (Front::new(&beginnings), Front::new(&[END]));
    *looks = looks.saturating_sub(flow.sources());
    for half in &beginnings {
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
        match way {
            Way::Half(before) if met.after.get(before).is_none() => {
                met.after.set(before, Some(half));
                if met.before.get(before).is_some() {
                    return Met::Way(met.through(before));
                }
                back.open.push(before);
            }
            Way::Half(_) | Way::Target | Way::Closed => {}
        }
    }
    Met::Far
}
