//! Exact numbers: scaled integers inside, canonical text at the edge, one rounding, named where it happens.
//!
//! No value here ever passes through a float. Points are kept at a fixed scale, so that a sum does not depend on the order of its terms;
//! ratios are divided once, at the end, half to even.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use rust_decimal::Decimal;

/// Why a text is no exact number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NumberError {
    /// The text is no decimal number.
    #[error("`{text}` is no decimal number; write digits with at most one point, such as `12.5`")]
    NotANumber {
        /// The text as it came, shortened.
        text: String,
    },
    /// The number has more digits than are kept.
    #[error("`{text}` has more than 28 digits")]
    TooLarge {
        /// The text as it came, shortened.
        text: String,
    },
    /// The number has more decimals than are kept.
    #[error("`{text}` has more than {places} decimals")]
    TooPrecise {
        /// The text as it came, shortened.
        text: String,
        /// The decimals allowed.
        places: u32,
    },
}

impl NumberError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotANumber { .. } => "not_a_number",
            Self::TooLarge { .. } => "number_too_large",
            Self::TooPrecise { .. } => "number_too_precise",
        }
    }
}

/// Reads an exact decimal: an optional `-`, digits, at most one point with digits on both sides. Nothing is rounded.
///
/// # Errors
/// [`NumberError`] for any other form (an exponent, a separator, a sign `+`), for more than `places` decimals, trailing zeros aside, and for
/// numbers beyond 28 digits.
pub fn decimal_from_str(text: &str, places: u32) -> Result<Decimal, NumberError> {
    let not_a_number = || NumberError::NotANumber { text: crate::problem::excerpt(text) };
    let (whole, fraction) = text
        .strip_prefix('-')
        .unwrap_or(text)
        .split_once('.')
        .map_or((text.strip_prefix('-').unwrap_or(text), None), |(w, f)| (w, Some(f)));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !fraction.is_none_or(digits) {
        return Err(not_a_number());
    }
    let kept = fraction.map_or(0, |f| f.trim_end_matches('0').len());
    if kept > places as usize {
        return Err(NumberError::TooPrecise { text: crate::problem::excerpt(text), places });
    }
    let shortest = if kept == 0 { text.split('.').next().unwrap_or(text) } else { text.trim_end_matches('0') };
    Decimal::from_str_exact(shortest)
        .map(|number| number.normalize())
        .map_err(|_| NumberError::TooLarge { text: crate::problem::excerpt(text) })
}

/// `numerator / denominator` to the nearest integer, half to even. The denominator must be positive.
pub(crate) const fn div_round_half_even(numerator: i128, denominator: i128) -> i128 {
    debug_assert!(denominator > 0);
    let floor = numerator.div_euclid(denominator);
    // One division and not two; what is cut off on the way comes back, since the rest lies in 0..denominator.
    let rest = numerator.wrapping_sub(floor.wrapping_mul(denominator));
    // Compared without doubling, so that a large denominator cannot overflow.
    let half = denominator - rest;
    if rest > half || (rest == half && floor % 2 != 0) { floor + 1 } else { floor }
}

/// Whole units for each part by largest remainder, ties by place, so that they add up to `total`: the quotient of the parts' sum, rounded.
///
/// No part may be negative, and the denominator must be positive. O(n log n).
pub(crate) fn largest_remainder(parts: &[i128], denominator: i128, total: i128) -> Vec<i128> {
    let mut units: Vec<i128> = parts.iter().map(|part| part / denominator).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    // The sort is stable.
    order.sort_by_key(|at| core::cmp::Reverse(parts[*at] % denominator));
    // INVARIANT: the rest is at most the number of parts with a remainder, since each loses less than one unit.
    let rest = usize::try_from(total - units.iter().sum::<i128>()).unwrap_or(0);
    for at in order.into_iter().take(rest) {
        units[at] += 1;
    }
    units
}

/// Writes `value` × 10^−`scale` without trailing zeros, and without a sign for zero.
fn write_scaled(f: &mut fmt::Formatter<'_>, value: i128, scale: u32) -> fmt::Result {
    let one = 10_u128.pow(scale);
    let magnitude = value.unsigned_abs();
    let mut fraction = magnitude % one;
    let mut width = scale as usize;
    while width > 0 && fraction % 10 == 0 {
        fraction /= 10;
        width -= 1;
    }
    let sign = if value < 0 { "-" } else { "" };
    if width == 0 {
        f.pad(&alloc::format!("{sign}{}", magnitude / one))
    } else {
        f.pad(&alloc::format!("{sign}{}.{fraction:0width$}", magnitude / one))
    }
}

macro_rules! fixed {
    ($(#[$doc:meta])* $name:ident, $scale:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) i128);

        impl $name {
            /// Decimals kept.
            pub const SCALE: u32 = $scale;
            /// Zero.
            pub const ZERO: Self = Self(0);

            /// The value in units of the last decimal kept.
            pub const fn units(self) -> i128 {
                self.0
            }

            /// The value as a normalised [`Decimal`], or `None` when it needs more than its 96 bits.
            pub fn to_decimal(self) -> Option<Decimal> {
                let (mut units, mut scale) = (self.0, Self::SCALE);
                while scale > 0 && units % 10 == 0 {
                    units /= 10;
                    scale -= 1;
                }
                Decimal::try_from_i128_with_scale(units, scale).ok()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_scaled(f, self.0, Self::SCALE)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    };
}

fixed! {
    /// Points: how much interest people have shown, exact to 13 decimals.
    ///
    /// Why 13: points of a kind have 2 decimals and a decay factor 9, so a line has 11; a role's weight in percent adds 2. Nothing is rounded.
    /// Range: far beyond 10¹⁵ either way. Ordered by value; zero has no sign; the text form has no trailing zeros.
    ///
    /// ```
    /// use quorate::Points;
    /// use quorate::decimal_from_str;
    /// let points = Points::from_decimal(decimal_from_str("12.50", 2)?)?;
    /// assert_eq!(points.to_string(), "12.5");
    /// assert!(points < Points::from_decimal(decimal_from_str("13", 2)?)?);
    /// # Ok::<(), quorate::NumberError>(())
    /// ```
    Points, 13
}

fixed! {
    /// A share of 100, to 4 decimals, rounded half to even once from the exact ratio. Range: 0..=100.
    ///
    /// Readiness, coverage and the bounds of fit are percents.
    Percent, 4
}

fixed! {
    /// A number to 4 decimals, rounded half to even once from the exact ratio, such as a concentration (0..=1) or a number of effective people.
    Ratio, 4
}

fixed! {
    /// How many of all, as a number in 0..=1 to 6 decimals, rounded half to even once from the exact value: a rate, or a bound of its interval.
    Proportion, 6
}

fixed! {
    /// How much of a signal's points is left at its age: 0..=1 to 9 decimals, rounded half to even once from the policy's decay.
    DecayFactor, 9
}

fixed! {
    /// How good a way from person to person is: the product of the strengths of at most four lines, each a whole number of hundredths. 0..=1, exact to
    /// 8 decimals, nothing rounded.
    PathQuality, 8
}

impl Points {
    /// One point of a person, in the scale of lines (11 decimals), times this is [`Points`].
    pub(crate) const PER_LINE_UNIT: i128 = 100;

    /// A ten-thousandth of a point, to which some roll-ups round.
    pub(crate) const PER_TEN_THOUSANDTH: i128 = 1_000_000_000;

    /// The points of one signal, kept at 2 decimals.
    pub(crate) const fn from_cents(cents: i64) -> Self {
        Self(cents as i128 * 100_000_000_000)
    }

    /// Points from a decimal.
    ///
    /// # Errors
    /// [`NumberError::TooPrecise`] beyond 13 decimals; [`NumberError::TooLarge`] beyond the range of the type.
    pub fn from_decimal(value: Decimal) -> Result<Self, NumberError> {
        scaled(value, Self::SCALE).map(Self)
    }

    /// The points of a person or line, kept at 11 decimals.
    pub(crate) const fn from_line_units(units: i128) -> Self {
        Self(units * Self::PER_LINE_UNIT)
    }
}

/// A decimal in units of the `scale`th decimal.
///
/// # Errors
/// [`NumberError`] when that is not a whole number of units, or out of range.
pub(crate) fn scaled(value: Decimal, scale: u32) -> Result<i128, NumberError> {
    let value = value.normalize();
    if value.scale() > scale {
        return Err(NumberError::TooPrecise { text: alloc::format!("{value}"), places: scale });
    }
    value
        .mantissa()
        .checked_mul(10_i128.pow(scale - value.scale()))
        .ok_or_else(|| NumberError::TooLarge { text: alloc::format!("{value}") })
}

impl Percent {
    /// 100.
    pub const HUNDRED: Self = Self(1_000_000);

    /// `numerator / denominator` as a percent.
    pub(crate) const fn of(numerator: i128, denominator: i128) -> Self {
        Self(div_round_half_even(numerator * 1_000_000, denominator))
    }
}

impl Ratio {
    /// 1.
    pub const ONE: Self = Self(10_000);

    /// A ratio from a decimal.
    ///
    /// # Errors
    /// [`NumberError::TooPrecise`] beyond 4 decimals; [`NumberError::TooLarge`] beyond the range of the type.
    pub fn from_decimal(value: Decimal) -> Result<Self, NumberError> {
        scaled(value, Self::SCALE).map(Self)
    }

    /// `numerator / denominator`.
    pub(crate) const fn of(numerator: i128, denominator: i128) -> Self {
        Self(div_round_half_even(numerator * 10_000, denominator))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn text_is_canonical() {
        for (units, text) in [(0, "0"), (10_000, "1"), (12_500, "1.25"), (-1, "-0.0001"), (-10_000, "-1"), (1_000_000, "100")] {
            assert_eq!(Percent(units).to_string(), text);
        }
    }

    #[test]
    fn halves_go_to_the_even_neighbour() {
        for (n, d, q) in [(1, 2, 0), (3, 2, 2), (5, 2, 2), (-1, 2, 0), (-3, 2, -2), (7, 3, 2), (8, 3, 3), (-7, 3, -2)] {
            assert_eq!(div_round_half_even(n, d), q, "{n}/{d}");
        }
    }

    #[test]
    fn numbers_that_are_none_are_refused_by_name() {
        for text in ["", "-", "1e3", "1_000", "+1", ".5", "5.", "0x1", "1,5", "NaN", "--1", "1.2.3", "１"] {
            assert_eq!(decimal_from_str(text, 4).unwrap_err().code(), "not_a_number", "{text}");
        }
        assert_eq!(decimal_from_str("1.23456", 4).unwrap_err().to_string(), "`1.23456` has more than 4 decimals");
        for (text, canonical) in [("12.50", "12.5"), ("-0", "0"), ("0.0000000", "0"), ("007", "7"), ("100.00000000000", "100")] {
            assert_eq!(decimal_from_str(text, 4).unwrap().to_string(), canonical);
        }
        assert_eq!(decimal_from_str(&"9".repeat(40), 4).unwrap_err().code(), "number_too_large");
    }
}
