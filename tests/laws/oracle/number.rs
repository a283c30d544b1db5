//! Exact rationals: reading decimals, rounding half to even, and writing them back.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// Every number of the oracle that is not a count.
pub type Q = BigRational;

pub fn whole(number: impl Into<BigInt>) -> Q {
    Q::from_integer(number.into())
}

pub fn ratio(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Q {
    Q::new(numerator.into(), denominator.into())
}

pub fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

/// Reads `-12.5`; anything else than digits with at most one sign in front and one point between is no decimal.
pub fn decimal(text: &str) -> Option<Q> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (before, after) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(before) || !all_digits(after) {
        return None;
    }
    let digits: BigInt = format!("{before}{after}").parse().ok()?;
    let value = Q::new(digits, power_of_ten(u32::try_from(after.len()).ok()?));
    Some(if negative { -value } else { value })
}

/// The nearest multiple of 10^-places, the even one of two equally near.
pub fn round(value: &Q, places: u32) -> Q {
    let scaled = value * whole(power_of_ten(places));
    let below = scaled.floor().to_integer();
    let half = ratio(1, 2);
    let rest = scaled - whole(below.clone());
    let odd = !(&below % BigInt::from(2)).is_zero();
    let up = rest > half || (rest == half && odd);
    Q::new(if up { below + 1 } else { below }, power_of_ten(places))
}

/// The canonical decimal of a value that has one: no trailing zeros, no `-0`.
pub fn show(value: &Q) -> String {
    let mut places = 0;
    while !(value * whole(power_of_ten(places))).is_integer() {
        places += 1;
        assert!(places < 60, "{value} has no decimal form");
    }
    let digits = (value * whole(power_of_ten(places))).to_integer().abs().to_string();
    let places = places as usize;
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (before, after) = digits.split_at(digits.len() - places);
    let sign = if value.is_negative() { "-" } else { "" };
    if after.is_empty() { format!("{sign}{before}") } else { format!("{sign}{before}.{after}") }
}

/// A ratio as percent with at most 4 decimals, half to even.
pub fn percent(share: &Q) -> String {
    show(&round(&(share * whole(100)), 4))
}

pub fn min(left: &Q, right: &Q) -> Q {
    if left < right { left.clone() } else { right.clone() }
}

pub fn clamp(value: &Q, low: &Q, high: &Q) -> Q {
    if value < low { low.clone() } else { min(value, high) }
}

pub fn zero() -> Q {
    Q::zero()
}
