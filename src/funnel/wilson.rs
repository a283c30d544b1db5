//! The Wilson interval of a proportion, in whole numbers, rounded once.
//!
//! With z² = Z/S, for c of n:
//!
//! ```text
//!          c/n + z²/2n ± z·√( c(n−c)/n³ + z²/4n² )      a ± √d
//! bound =  ───────────────────────────────────────  =  ───────
//!                        1 + z²/n                          b
//!
//! a = n(2cS + Z)      d = nZ(nZ + 4c(n−c)S)      b = 2n(nS + Z)
//! ```
//!
//! a, b and d are whole numbers, so that every comparison that rounding needs is one of whole numbers: no digit is guessed, whatever c and n are.
//! Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American Statistical Association 22
//! (1927), without correction for continuity; z = 1.959964, as the rules say (section 13).

use num_bigint::BigUint;
use serde::Serialize;

use crate::exact::Proportion;

/// z in millionths: the quantile of the normal distribution that leaves 2.5 % on either side.
const Z_MILLIONTHS: u64 = 1_959_964;
/// The square of a million: what z² is a fraction of.
const SCALE: u64 = 1_000_000_000_000;
/// Units of a [`Proportion`].
const ONE: u64 = 1_000_000;

/// Between what a proportion lies with 95 % confidence. 0 ≤ low ≤ high ≤ 1, each rounded half to even once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Interval {
    /// The lower bound; 0 where nothing was counted.
    pub low: Proportion,
    /// The upper bound; 1 where everything was.
    pub high: Proportion,
}

impl Interval {
    /// Of `count` out of `of`; `None` where nothing was tried, or less than was counted.
    ///
    /// O(1): big integers of at most 400 bits.
    ///
    /// ```
    /// use quorate::Interval;
    /// let interval = Interval::wilson(842, 8_000).ok_or("nothing tried")?;
    /// assert_eq!((interval.low.to_string(), interval.high.to_string()), ("0.098714".into(), "0.112165".into()));
    /// assert_eq!(Interval::wilson(0, 0), None);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn wilson(count: u64, of: u64) -> Option<Self> {
        if of == 0 || count > of {
            return None;
        }
        let parts = Parts::new(count, of, ONE);
        // INVARIANT: bounds lie in 0..=1, so that the units are at most a million.
        let proportion = |units: BigUint| Proportion(u32::try_from(units).map_or(i128::from(ONE), i128::from));
        Some(Self { low: proportion(parts.low()), high: proportion(parts.high()) })
    }

    /// Its bounds in thousandths, each rounded half to even once from its exact value: for those who show tenths of a percent. `None` as for [`Self::wilson`].
    ///
    /// ```
    /// use quorate::Interval;
    /// assert_eq!(Interval::thousandths(842, 8_000), Some((99, 112)));
    /// ```
    pub fn thousandths(count: u64, of: u64) -> Option<(u16, u16)> {
        if of == 0 || count > of {
            return None;
        }
        let parts = Parts::new(count, of, 1_000);
        let small = |units: BigUint| u16::try_from(units).unwrap_or(1_000);
        Some((small(parts.low()), small(parts.high())))
    }
}

/// a, b and d of the bounds; `up` is a in units of which `one` are 1, and `root` d in the square of these.
struct Parts {
    up: BigUint,
    root: BigUint,
    b: BigUint,
}

impl Parts {
    fn new(count: u64, of: u64, one: u64) -> Self {
        let [counted, rest, all] = [count, of - count, of].map(BigUint::from);
        let square = BigUint::from(Z_MILLIONTHS) * Z_MILLIONTHS;
        let up = &all * (2_u8 * &counted * SCALE + &square);
        let root = &all * &square * (&all * &square + 4_u8 * counted * rest * SCALE);
        let b = 2_u8 * &all * (&all * SCALE + square);
        Self { up: up * one, root: root * one * one, b }
    }

    /// (a + √d) / b.
    fn high(&self) -> BigUint {
        // ⌊2x⌋ of the sum x: adding less than one to a whole number does not change which multiple of a whole number is below it.
        let root = (4_u8 * &self.root).sqrt();
        let exact = &root * &root == 4_u8 * &self.root;
        let twice = 2_u8 * &self.up + root;
        rounded(&twice, exact, &self.b)
    }

    /// (a − √d) / b, which is never below 0: a² − d = 4n²c²S(nS + Z).
    fn low(&self) -> BigUint {
        let root = (4_u8 * &self.root).sqrt();
        let exact = &root * &root == 4_u8 * &self.root;
        let twice = 2_u8 * &self.up - root - u8::from(!exact);
        rounded(&twice, exact, &self.b)
    }
}

/// x to the nearest whole number, half to even, from the whole part of 2xb; `exact` says that nothing was cut off there.
fn rounded(twice: &BigUint, exact: bool, b: &BigUint) -> BigUint {
    let (halves, rest) = (twice / b, twice % b);
    let whole: BigUint = &halves >> 1_u8;
    let tie = exact && rest == BigUint::ZERO;
    let up = halves.bit(0) && (!tie || whole.bit(0));
    if up { whole + 1_u8 } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn the_ends_are_exact() {
        for of in [1, 2, 7, 1_000, u64::MAX] {
            assert_eq!(Interval::wilson(0, of).unwrap().low, Proportion::ZERO);
            assert_eq!(Interval::wilson(of, of).unwrap().high.to_string(), "1");
        }
        assert_eq!(Interval::wilson(0, 0), None);
        assert_eq!(Interval::wilson(2, 1), None);
    }

    #[test]
    fn halves_go_to_the_even_neighbour() {
        // 2x = 5 and 7 over 1: 2.5 goes to 2, 3.5 to 4; with anything beyond they go up.
        for (twice, exact, expected) in [(5_u8, true, 2_u8), (7, true, 4), (5, false, 3), (7, false, 4), (4, true, 2), (4, false, 2)] {
            assert_eq!(rounded(&twice.into(), exact, &1_u8.into()), BigUint::from(expected), "{twice} {exact}");
        }
        assert_eq!(rounded(&11_u8.into(), true, &2_u8.into()), BigUint::from(3_u8));
    }
}
