//! How many people carry the interest: engaged people, threads, concentration.
//!
//! Effective people is the inverse of Simpson's and Herfindahl's index over weighted member points.

use num_bigint::BigUint;

use super::figures::{Figures, Scored};
use super::heard::{Heard, Seen};
use crate::exact::Ratio;
use crate::policy::{Fraction, Threads};

/// How many people are engaged, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Threading {
    /// Nobody.
    None,
    /// One person, or fewer than the policy calls thin.
    Single,
    /// A few (2 or 3 by default).
    Thin,
    /// Many (4 or more by default).
    Multi,
}

impl Threading {
    /// The token of documents.
    pub const fn token(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Single => "single",
            Self::Thin => "thin",
            Self::Multi => "multi",
        }
    }
}

/// The people of a group and how the interest is spread over them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct People {
    /// Members: persons, not contacts.
    pub known: u32,
    /// Members with enough points, opponents never.
    pub engaged: u32,
    /// The engaged in words.
    pub threads: Threading,
    /// The share of the weighted member points that the top person has, 0..=1 to 4 decimals; 0 when no member has points.
    pub concentration: Ratio,
    /// 1 / Σ share², the number of equal people who would be as spread, to 4 decimals; 0 when no member has points.
    pub effective: Ratio,
}

/// What the members of a group come to together, found in one pass, in which nothing turns on a member: nobody can foresee who is engaged.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Crowd {
    pub(crate) engaged: u32,
    /// What was heard of all of them; of an opponent nothing ever is.
    pub(crate) heard: Heard,
    /// The newest usable signal of a kind with positive points, of them and the unnamed visitors, whatever its window.
    pub(crate) positive: Seen,
    /// The same inside its window.
    pub(crate) positive_inside: Seen,
    pub(crate) opponents: u32,
    pub(crate) opponent_in_role: bool,
    /// Whether anybody is engaged who has no role.
    pub(crate) unassigned_engaged: bool,
    /// The sum of the weighted points.
    sum: u128,
    /// The greatest.
    most: u128,
}

impl Crowd {
    /// O(members).
    pub(crate) fn of(figures: &Figures) -> Self {
        let mut crowd = Self::default();
        crowd.gather(figures, |_| ());
        crowd
    }

    /// The same in the place of another, with something that is found of each member in the same pass.
    #[inline]
    pub(super) fn gather(&mut self, figures: &Figures, mut each: impl FnMut(&Scored)) {
        // By itself, so that it stays in the machine's registers until all are seen.
        let mut crowd = Self::default();
        for (member, share) in figures.members.iter().zip(shares(figures)) {
            crowd.engaged += u32::from(member.engaged);
            crowd.heard.add(&member.score.heard);
            crowd.opponents += u32::from(member.opponent);
            crowd.opponent_in_role |= member.opponent & !member.roles.is_empty();
            crowd.unassigned_engaged |= member.engaged & member.roles.is_empty();
            crowd.sum += share;
            // The greater of both, by a mask: nobody can foresee which it is, and the compiler would jump.
            let take = 0_u128.wrapping_sub((share > crowd.most).into());
            crowd.most ^= (crowd.most ^ share) & take;
            each(member);
        }
        crowd.positive = crowd.heard.positive().max(figures.anonymous.heard.positive());
        crowd.positive_inside = crowd.heard.positive_inside().max(figures.anonymous.heard.positive_inside());
        *self = crowd;
    }

    /// The place of the member with the most weighted points, the first of several; `None` when nobody has any. O(members).
    pub(crate) fn top(&self, figures: &Figures) -> Option<usize> {
        shares(figures).position(|share| share > 0 && share == self.most)
    }

    /// Whether the top person has more than that fraction, exactly.
    pub(crate) fn above(&self, fraction: Fraction) -> bool {
        self.most * u128::from(fraction.denominator) > self.sum * u128::from(fraction.numerator)
    }
}

/// Weighted points of each member: below 10¹⁷ × 1,000, so a sum over 4 billion members stays below 2¹²⁸.
fn shares(figures: &Figures) -> impl Iterator<Item = u128> {
    figures.members.iter().map(|member| u128::from(member.score.points.unsigned_abs()) * u128::from(member.weight.unsigned_abs()))
}

pub(crate) fn people(figures: &Figures, crowd: &Crowd, threads: &Threads) -> People {
    // INVARIANT: the sum is below 2^99, so both fit.
    let whole = |part: u128| i128::try_from(part).unwrap_or(i128::MAX);
    let concentration = if crowd.sum == 0 { Ratio::ZERO } else { Ratio::of(whole(crowd.most), whole(crowd.sum)) };
    People {
        known: u32::try_from(figures.members.len()).unwrap_or(u32::MAX),
        engaged: crowd.engaged,
        threads: threading(crowd.engaged, threads),
        concentration,
        effective: effective(figures, crowd.sum),
    }
}

pub(crate) const fn threading(engaged: u32, threads: &Threads) -> Threading {
    match engaged {
        0 => Threading::None,
        n if n < threads.thin => Threading::Single,
        n if n < threads.multi => Threading::Thin,
        _ => Threading::Multi,
    }
}

/// (Σ x)² / Σ x², in machine words while they hold it, in big ones beyond.
fn effective(figures: &Figures, sum: u128) -> Ratio {
    if sum == 0 {
        return Ratio::ZERO;
    }
    if let Some(small) = effective_small(figures, sum) {
        return small;
    }
    let squares: BigUint = shares(figures).map(|share| BigUint::from(share).pow(2)).sum();
    ratio(&BigUint::from(sum).pow(2), &squares)
}

fn effective_small(figures: &Figures, sum: u128) -> Option<Ratio> {
    // Every later product is at most this one, since Σ x² ≤ (Σ x)².
    let numerator = i128::try_from(sum.checked_mul(sum)?.checked_mul(10_000)?).ok()?;
    let squares: u128 = shares(figures).map(|share| share * share).sum();
    Some(Ratio(crate::exact::div_round_half_even(numerator, i128::try_from(squares).ok()?)))
}

/// A ratio to 4 decimals, half to even. The ratios of this module are at most a number of people, so the quotient fits.
fn ratio(numerator: &BigUint, denominator: &BigUint) -> Ratio {
    let scaled = numerator * 10_000_u32;
    let floor = &scaled / denominator;
    let twice_rest = (scaled - &floor * denominator) * 2_u32;
    let floor = i128::try_from(floor).unwrap_or(i128::MAX - 1);
    let up = twice_rest > *denominator || (twice_rest == *denominator && floor % 2 != 0);
    Ratio(floor + i128::from(up))
}
