//! The Wilson interval against its textbook form in rationals: a bound is the root of (p̂ − p)² = z² p(1 − p) / n.

use std::cmp::Ordering::{self, Equal, Greater, Less};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use proptest::prelude::*;
use quorate::{Interval, Rate};

fn ratio(numerator: u64, denominator: u64) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

/// (p̂ − p)² − z² p(1 − p) / n: below zero within the interval, above zero outside of it.
fn beyond(count: u64, of: u64, p: &BigRational) -> BigRational {
    let distance = ratio(count, of) - p;
    let z = ratio(1_959_964, 1_000_000);
    &distance * &distance - &z * &z * p * (BigRational::one() - p) / BigRational::from_integer(of.into())
}

/// Which side of a bound a number lies on: the lower bound has the observed proportion above it, the upper one below.
fn is_below_low(count: u64, of: u64, p: &BigRational) -> Ordering {
    if *p >= ratio(count, of) && count > 0 {
        return Greater;
    }
    if *p < BigRational::zero() {
        return Less;
    }
    // Outside it is above zero.
    BigRational::zero().cmp(&beyond(count, of, p))
}

/// The bound is where `beyond` changes its sign; half a unit either way must lie on either side of it, or the tie be even.
fn is_rounded(units: i128, side: impl Fn(&BigRational) -> Ordering) -> bool {
    let half = |halves: i128| BigRational::new(BigInt::from(halves), BigInt::from(2_000_000));
    let (below, above) = (side(&half(2 * units - 1)), side(&half(2 * units + 1)));
    match (below, above) {
        (Less, Greater) => true,
        (Equal, Greater) | (Less, Equal) => units % 2 == 0,
        _ => false,
    }
}

fn holds(count: u64, of: u64) {
    let interval = Interval::wilson(count, of).expect("something was tried");
    let (low, high) = (interval.low.units(), interval.high.units());
    assert!((0..=high).contains(&low) && high <= 1_000_000, "{count}/{of}: {interval:?}");
    if count == 0 {
        assert_eq!(low, 0, "{count}/{of}");
    } else {
        assert!(is_rounded(low, |p| is_below_low(count, of, p)), "{count}/{of}: {interval:?}");
    }
    // What was not counted has the complements as its bounds; rounding half to even is symmetric in a million.
    let others = Interval::wilson(of - count, of).expect("something was tried");
    assert_eq!((others.low.units(), others.high.units()), (1_000_000 - high, 1_000_000 - low), "{count}/{of}");
}

#[test]
fn every_small_case_is_rounded_once() {
    for of in 1..=60 {
        for count in 0..=of {
            holds(count, of);
        }
    }
}

#[test]
fn of_none_there_is_no_interval() {
    assert_eq!(Interval::wilson(0, 0), None);
    assert_eq!(Interval::wilson(1, 0), None);
    assert_eq!(Interval::wilson(5, 4), None);
    assert_eq!((Rate::new(0, 0).unwrap().rate(), Rate::new(5, 4)), (None, None));
}

#[test]
fn values_computed_elsewhere() {
    // With 80 digits of Python's decimal.
    for (count, of, low, high) in [
        (842, 8_000, "0.098714", "0.112165"),
        (4_238, 6_711, "0.619887", "0.642964"),
        (179, 1_099, "0.142225", "0.185874"),
        (195, 1_586, "0.107694", "0.140029"),
    ] {
        let interval = Interval::wilson(count, of).unwrap();
        assert_eq!((interval.low.to_string(), interval.high.to_string()), (low.into(), high.into()), "{count}/{of}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn bounds_are_the_roots_rounded_half_to_even(of in prop_oneof![1..100_u64, 1..1_000_000_u64, 1..=u64::MAX], part in 0.0..=1.0_f64) {
        // Only to draw a count; nothing is compared with it.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, clippy::float_arithmetic)]
        let count = ((of as f64 * part) as u64).min(of);
        holds(count, of);
    }

    #[test]
    fn more_of_the_same_is_surer(count in 0..1_000_u64, rest in 0..1_000_u64, times in 2..50_u64) {
        prop_assume!(count + rest > 0);
        let width = |times: u64| {
            let interval = Interval::wilson(count * times, (count + rest) * times).unwrap();
            interval.high.units() - interval.low.units()
        };
        prop_assert!(width(times) <= width(1));
    }
}
