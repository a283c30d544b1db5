//! Exact fractions that are not negative, for numbers that are multiplied and divided a few times and rounded once.

use alloc::string::{String, ToString};

use num_bigint::BigUint;
use rust_decimal::Decimal;

/// A fraction, not negative; not in lowest terms.
#[derive(Clone, Debug)]
pub(super) struct Quotient {
    up: BigUint,
    // INVARIANT: not 0.
    down: BigUint,
}

impl Quotient {
    /// A count.
    pub(super) fn whole(count: u64) -> Self {
        Self { up: count.into(), down: BigUint::from(1_u8) }
    }

    /// `up / down`; `None` through nothing.
    pub(super) fn new(up: u64, down: u64) -> Option<Self> {
        (down > 0).then(|| Self { up: up.into(), down: down.into() })
    }

    /// A decimal; what is below nothing is nothing.
    pub(super) fn decimal(value: Decimal) -> Self {
        let up = BigUint::from(u128::try_from(value.mantissa()).unwrap_or(0));
        Self { up, down: BigUint::from(10_u8).pow(value.scale()) }
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        Self { up: &self.up * &other.up, down: &self.down * &other.down }
    }

    /// `None` through nothing.
    pub(super) fn through(&self, other: &Self) -> Option<Self> {
        (other.up != BigUint::ZERO).then(|| Self { up: &self.up * &other.down, down: &self.down * &other.up })
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        Self { up: &self.up * &other.down + &other.up * &self.down, down: &self.down * &other.down }
    }

    /// What is left of it; nothing where that would be less than nothing.
    pub(super) fn minus(&self, other: &Self) -> Self {
        let (whole, part) = (&self.up * &other.down, &other.up * &self.down);
        let up = if part < whole { whole - part } else { BigUint::ZERO };
        Self { up, down: &self.down * &other.down }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.up == BigUint::ZERO
    }

    pub(super) fn min(self, other: Self) -> Self {
        if other.is_below(&self) { other } else { self }
    }

    pub(super) fn max(self, other: Self) -> Self {
        if self.is_below(&other) { other } else { self }
    }

    fn is_below(&self, other: &Self) -> bool {
        &self.up * &other.down < &other.up * &self.down
    }

    /// The least whole number that is not below it; `None` beyond 64 bits.
    pub(super) fn rounded_up(&self) -> Option<u64> {
        ((&self.up + &self.down - 1_u8) / &self.down).try_into().ok()
    }

    /// As a decimal of so many places, rounded half to even once, without trailing zeros.
    pub(super) fn to_text(&self, places: u32) -> String {
        let ten = BigUint::from(10_u8).pow(places);
        let (mut whole, rest) = (&self.up * &ten / &self.down, &self.up * &ten % &self.down);
        let twice = rest * 2_u8;
        if twice > self.down || (twice == self.down && whole.bit(0)) {
            whole += 1_u8;
        }
        let (front, fraction) = (&whole / &ten, &whole % &ten);
        let digits = alloc::format!("{:0>width$}", fraction.to_string(), width = places as usize);
        let digits = digits.trim_end_matches('0');
        if digits.is_empty() { front.to_string() } else { alloc::format!("{front}.{digits}") }
    }
}
