//! What each touch of one path is given: by its place, or by its age at the close.

use alloc::vec::Vec;

use rust_decimal::Decimal;

use crate::exact::scaled;
use crate::policy::{Decay, Positions, factors};

/// Where the milestones of a path stand among its touches. INVARIANT: each is the place of a touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) contact_created: usize,
    pub(super) opportunity_created: usize,
    pub(super) closed: usize,
}

/// The oldest age that a look-back allows.
const DAYS_MOST: usize = 3_650;

/// Units in one percent of a position: positions have at most 4 decimals.
const PERCENT: u32 = 4;

/// What each of `touches` touches is given by its place, as parts of their sum.
///
/// The sum of the parts is 10⁶ × the number of touches in the middle, or of positions where nothing is in the middle: so every touch of the middle, or every
/// position, has a whole number. O(touches).
pub(super) fn by_position(positions: &Positions, places: Places, touches: usize) -> Vec<u128> {
    let mut parts = alloc::vec![0_u128; touches];
    let stands = [
        (positions.first, 0),
        (positions.contact_created, places.contact_created),
        (positions.opportunity_created, places.opportunity_created),
        (positions.closed, places.closed),
    ];
    let held = || stands.iter().filter(|(part, _)| !part.is_zero());
    let (Some(from), Some(to)) = (held().map(|(_, at)| *at).min(), held().map(|(_, at)| *at).max()) else { return parts };
    let middle: Vec<usize> = (from..to).filter(|at| held().all(|(_, stand)| stand != at)).collect();
    // What is for the middle is shared by the touches there, else by the positions.
    let sharing = if middle.is_empty() { held().count() } else { middle.len() } as u128;
    for (part, at) in held() {
        parts[*at] += units(*part) * sharing;
    }
    let share = units(positions.middle);
    if middle.is_empty() {
        held().for_each(|(_, at)| parts[*at] += share);
    } else {
        for at in middle {
            parts[at] += share;
        }
    }
    parts
}

/// A percent of a valid document in units of 10⁻⁴.
fn units(percent: Decimal) -> u128 {
    scaled(percent, PERCENT).ok().and_then(|units| u128::try_from(units).ok()).unwrap_or(0)
}

/// What is left of touches by their age in days, in billionths: see [`Decay`].
#[derive(Clone, Debug)]
pub(super) struct Fading(Vec<i64>);

impl Fading {
    /// For ages of 0..=`days`.
    pub(super) fn new(decay: &Decay, days: usize) -> Self {
        // No decay of a policy goes on for longer.
        Self(factors(decay, days.min(DAYS_MOST) + 1))
    }

    /// Older touches have nothing.
    pub(super) fn at(&self, age: usize) -> u128 {
        self.0.get(age).and_then(|factor| u128::try_from(*factor).ok()).unwrap_or(0)
    }
}
