//! Exact parts of a whole, and sums of them.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use num_bigint::BigUint;
use serde::{Serialize, Serializer};

/// Decimals that documents show of a [`Share`].
pub const SHARE_PLACES: u32 = 12;

/// An exact fraction, not negative, in lowest terms: what part of a conversion or of an amount somebody is given.
///
/// Equality is that of the number. It displays as a decimal of at most [`SHARE_PLACES`] places, rounded half to even; [`Share::fraction`] is exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    numerator: BigUint,
    // INVARIANT: not 0, and without a common factor with the numerator.
    denominator: BigUint,
}

impl Share {
    /// Nothing at all.
    pub fn zero() -> Self {
        Self { numerator: BigUint::ZERO, denominator: BigUint::from(1_u8) }
    }

    /// A part of so many; nothing of nothing is nothing.
    pub(crate) fn of(part: u128, whole: u128) -> Self {
        Self::new(part.into(), whole.into())
    }

    /// The same of great numbers.
    pub(crate) fn new(numerator: BigUint, denominator: BigUint) -> Self {
        if numerator == BigUint::ZERO || denominator == BigUint::ZERO {
            return Self::zero();
        }
        let common = greatest_common_divisor(numerator.clone(), denominator.clone());
        Self { numerator: numerator / &common, denominator: denominator / common }
    }

    /// Rounded half to even to so many decimals.
    pub(crate) fn rounded(numerator: &BigUint, denominator: &BigUint, places: u32) -> Self {
        let ten = BigUint::from(10_u8).pow(places);
        Self::new(round_half_even(numerator * &ten, denominator), ten)
    }

    /// Whether it is nothing.
    pub fn is_zero(&self) -> bool {
        self.numerator == BigUint::ZERO
    }

    /// Numerator and denominator in lowest terms, such as `2/3`.
    pub fn fraction(&self) -> String {
        format!("{}/{}", self.numerator, self.denominator)
    }

    /// As a decimal of so many places, rounded half to even, without trailing zeros. O(places²): an exact fraction has as many as are asked for.
    pub fn to_decimal_string(&self, places: u32) -> String {
        let ten = BigUint::from(10_u8).pow(places);
        let scaled = round_half_even(&self.numerator * &ten, &self.denominator);
        let (whole, rest) = (&scaled / &ten, &scaled % &ten);
        if rest == BigUint::ZERO {
            return whole.to_string();
        }
        let digits = format!("{:0>width$}", rest.to_string(), width = places as usize);
        format!("{whole}.{}", digits.trim_end_matches('0'))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_decimal_string(SHARE_PLACES))
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A sum of fractions that are added one by one: numerators by denominator, put together once at the end.
#[derive(Clone, Debug, Default)]
pub(crate) struct ShareSum(BTreeMap<u128, BigUint>);

impl ShareSum {
    /// Adds `part` of `whole`, so many times. O(log denominators).
    pub(crate) fn add(&mut self, part: u128, whole: u128, times: u128) {
        if part > 0 && times > 0 {
            *self.0.entry(whole).or_default() += BigUint::from(part) * times;
        }
    }

    /// The sum, not in lowest terms.
    fn sum(&self) -> (BigUint, BigUint) {
        let mut sum = (BigUint::ZERO, BigUint::from(1_u8));
        for (whole, parts) in &self.0 {
            let whole = BigUint::from(*whole);
            let common = greatest_common_divisor(sum.1.clone(), whole.clone());
            let other = &sum.1 / &common;
            sum = (sum.0 * (&whole / &common) + parts * &other, other * whole);
        }
        sum
    }

    pub(crate) fn total(&self) -> Share {
        let (numerator, denominator) = self.sum();
        Share::new(numerator, denominator)
    }

    /// What is left of it when another sum is taken away, in units of one of so many: whether that is below zero, and how much it is.
    pub(crate) fn minus(&self, other: &Self, unit: u128) -> (bool, Share) {
        let ((gained, gained_of), (lost, lost_of)) = (self.sum(), other.sum());
        let (gained, lost, whole) = (gained * &lost_of, lost * &gained_of, gained_of * lost_of * unit);
        if gained < lost { (true, Share::new(lost - gained, whole)) } else { (false, Share::new(gained - lost, whole)) }
    }
}

fn greatest_common_divisor(mut a: BigUint, mut b: BigUint) -> BigUint {
    while b != BigUint::ZERO {
        (a, b) = (b.clone(), a % b);
    }
    a
}

pub(super) fn round_half_even(numerator: BigUint, denominator: &BigUint) -> BigUint {
    let (whole, rest) = (&numerator / denominator, numerator % denominator);
    let twice = rest * 2_u8;
    if twice > *denominator || (twice == *denominator && whole.bit(0)) { whole + 1_u8 } else { whole }
}
