//! Numbers between two bounds: positive numbers of 128 binary places, rounded down and up, so that what is computed lies between provably.
//!
//! There are only sums, products and quotients of positive numbers, each of which grows with its operands (a quotient falls with the divisor), so
//! the bound below is computed of bounds below. What is lost in each step is less than 2⁻¹²⁶ of the number.

use num_bigint::BigUint;

/// A positive number `mantissa` × 2^`exponent`, or zero. INVARIANT: the highest bit of the mantissa is set, but for zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Float {
    mantissa: u128,
    exponent: i32,
}

const ZERO: Float = Float { mantissa: 0, exponent: 0 };

/// A number that is at least `low` and at most `high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    low: Float,
    high: Float,
}

impl Float {
    fn of(whole: u128) -> Self {
        if whole == 0 {
            return ZERO;
        }
        let shift = whole.leading_zeros();
        Self { mantissa: whole << shift, exponent: -i32::try_from(shift).unwrap_or(0) }
    }

    /// The next number above, when something was cut off.
    fn up(self, cut: bool) -> Self {
        if !cut {
            return self;
        }
        match self.mantissa.checked_add(1) {
            Some(mantissa) => Self { mantissa, ..self },
            None => Self { mantissa: 1 << 127, exponent: self.exponent + 1 },
        }
    }

    /// The sum, cut off, and whether something was.
    fn add(self, other: Self) -> (Self, bool) {
        let (great, small) = if self.exponent >= other.exponent || other == ZERO { (self, other) } else { (other, self) };
        let (great, small) = if great == ZERO { (small, great) } else { (great, small) };
        if small == ZERO {
            return (great, false);
        }
        let distance = u32::try_from(great.exponent - small.exponent).unwrap_or(u32::MAX);
        let (shifted, lost) = match small.mantissa.checked_shr(distance) {
            Some(shifted) => (shifted, shifted << distance != small.mantissa),
            None => (0, true),
        };
        match great.mantissa.overflowing_add(shifted) {
            (mantissa, false) => (Self { mantissa, ..great }, lost),
            (mantissa, true) => (Self { mantissa: (mantissa >> 1) | (1 << 127), exponent: great.exponent + 1 }, lost || mantissa & 1 == 1),
        }
    }

    /// The product, cut off, and whether something was.
    fn mul(self, other: Self) -> (Self, bool) {
        if self == ZERO || other == ZERO {
            return (ZERO, false);
        }
        let (high, low) = wide(self.mantissa, other.mantissa);
        let exponent = self.exponent + other.exponent + 128;
        if high >> 127 == 1 {
            (Self { mantissa: high, exponent }, low != 0)
        } else {
            (Self { mantissa: (high << 1) | (low >> 127), exponent: exponent - 1 }, low << 1 != 0)
        }
    }

    /// The quotient by a number that is not zero, cut off, and whether something was.
    fn div(self, by: Self) -> (Self, bool) {
        if self == ZERO {
            return (ZERO, false);
        }
        // Long division, bit by bit: 128 bits of the quotient, the first of which is set.
        let fits = self.mantissa >= by.mantissa;
        let exponent = self.exponent - by.exponent - if fits { 127 } else { 128 };
        let (mut rest, mut overflow) = if fits { (self.mantissa, false) } else { (self.mantissa << 1, true) };
        let mut mantissa = 0_u128;
        for bit in (0..128).rev() {
            if overflow || rest >= by.mantissa {
                rest = rest.wrapping_sub(by.mantissa);
                mantissa |= 1 << bit;
            }
            if bit > 0 {
                overflow = rest >> 127 == 1;
                rest <<= 1;
            }
        }
        (Self { mantissa, exponent }, rest != 0)
    }

    /// As a fraction of integers.
    fn fraction(self) -> (BigUint, BigUint) {
        let shift = u64::from(self.exponent.unsigned_abs());
        let (mantissa, power) = (BigUint::from(self.mantissa), BigUint::from(1_u8) << shift);
        if self.exponent < 0 { (mantissa, power) } else { (mantissa * power, BigUint::from(1_u8)) }
    }
}

/// The product in 256 bits: the high half and the low one.
const fn wide(a: u128, b: u128) -> (u128, u128) {
    const LOW: u128 = u64::MAX as u128;
    let (a_high, a_low, b_high, b_low) = (a >> 64, a & LOW, b >> 64, b & LOW);
    let low = a_low * b_low;
    let (cross, other) = (a_high * b_low, a_low * b_high);
    let middle = (low >> 64) + (cross & LOW) + (other & LOW);
    (a_high * b_high + (cross >> 64) + (other >> 64) + (middle >> 64), (middle << 64) | (low & LOW))
}

impl Bounds {
    pub(super) const ZERO: Self = Self { low: ZERO, high: ZERO };

    pub(super) fn whole(number: u128) -> Self {
        let exact = Float::of(number);
        Self { low: exact, high: exact }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.high == ZERO
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let (high, cut) = self.high.add(other.high);
        Self { low: self.low.add(other.low).0, high: high.up(cut) }
    }

    pub(super) fn times(self, other: Self) -> Self {
        let (high, cut) = self.high.mul(other.high);
        Self { low: self.low.mul(other.low).0, high: high.up(cut) }
    }

    /// By a number that is above zero.
    pub(super) fn over(self, by: Self) -> Self {
        let (high, cut) = self.high.div(by.low);
        Self { low: self.low.div(by.high).0, high: high.up(cut) }
    }

    /// The bounds in units of 10^−`places`, the one below rounded down and the one above up.
    pub(super) fn units(&self, places: u32) -> (BigUint, BigUint) {
        let ten = BigUint::from(10_u8).pow(places);
        let ((low, low_by), (high, high_by)) = (self.low.fraction(), self.high.fraction());
        let up = &high_by - 1_u8;
        (low * &ten / low_by, (high * ten + up) / high_by)
    }
}
