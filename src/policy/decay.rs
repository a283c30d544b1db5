//! How points fade: tables of factors by age, exact to the ninth decimal.
//!
//! `2^(−age/h)` is found without floats and without the number crate's own power, whose exponential stops at an error of 2·10⁻⁷:
//! `2^(−1/h)` by its series in binary fixed point of 128 places, powers below one half-life by multiplication, whole half-lives by exact
//! halving, and one rounding at the end. The error before it is below 10⁻²⁸; no factor of any half-life and age that a policy can ask for
//! lies that near to the middle between two results, as a test shows for all of them, so every table is the exactly rounded one.

use alloc::vec::Vec;

use rust_decimal::Decimal;

use super::document::{Decay, DecayStep};
use crate::exact::{div_round_half_even, scaled};

/// Units in a factor of 1.
pub(crate) const ONE: i64 = 1_000_000_000;

/// ln 2 in units of 2⁻¹²⁸.
const LN_2: u128 = 0xB172_17F7_D1CF_79AB_C9E3_B398_03F2_F6AF;

/// The factors for the ages 0, 1 … `days` − 1, in billionths, rounded half to even; 0..=[`ONE`], never rising. O(days).
pub(crate) fn factors(decay: &Decay, days: usize) -> Vec<i64> {
    match decay {
        Decay::None => alloc::vec![ONE; days],
        Decay::Exponential { half_life_days } => halving(usize::from(*half_life_days), days),
        Decay::Linear { days: last } => ages(days).map(|age| line(i128::from(ONE), 0, age, (*last).into())).collect(),
        Decay::Steps(steps) => ages(days).map(|age| step(steps, age)).collect(),
        Decay::TwoRateLinear { knee_day, knee_factor, zero_day } => {
            let (knee, zero, bend) = (i128::from(*knee_day), i128::from(*zero_day), billionths(*knee_factor));
            ages(days).map(|age| if age < knee { fall(bend, age, knee) } else { line(bend, knee, age, zero) }).collect()
        }
    }
}

fn ages(days: usize) -> impl Iterator<Item = i128> {
    (0_i128..).take(days)
}

/// A factor of a valid document in billionths; exact, since it has at most 9 decimals.
fn billionths(factor: Decimal) -> i128 {
    scaled(factor, 9).unwrap_or(0)
}

fn narrow(units: i128) -> i64 {
    i64::try_from(units).unwrap_or(0)
}

/// From `start` at day `from` in a line to 0 at day `zero`, and 0 from then on.
fn line(start: i128, from: i128, age: i128, zero: i128) -> i64 {
    if age >= zero { 0 } else { narrow(div_round_half_even(start * (zero - age), zero - from)) }
}

/// From 1 at day 0 in a line to `bend` at day `knee`.
fn fall(bend: i128, age: i128, knee: i128) -> i64 {
    let one = i128::from(ONE);
    narrow(div_round_half_even(one * knee - (one - bend) * age, knee))
}

/// The factor of the last step that has begun.
fn step(steps: &[DecayStep], age: i128) -> i64 {
    let begun = steps.iter().rev().find(|step| i128::from(step.from_day) <= age);
    begun.map_or(0, |step| narrow(billionths(step.factor)))
}

/// `2^(−age / half_life)`: within a half-life by powers of the daily factor, and each whole half-life halves exactly.
fn halving(half_life: usize, days: usize) -> Vec<i64> {
    let daily = daily_factor(half_life as u64);
    let mut powers = Vec::with_capacity(half_life.min(days).saturating_sub(1));
    let mut power = daily;
    for _ in 1..half_life.min(days) {
        powers.push(power);
        power = product(power, daily);
    }
    (0..days)
        .map(|age| rounded(age.checked_rem(half_life).filter(|rest| *rest > 0).map(|rest| powers[rest - 1]), age / half_life.max(1)))
        .collect()
}

/// `2^(−1/h)` in units of 2⁻¹²⁸, for h ≥ 2, from 1 − e^(−x) = x − x²/2 + x³/6 − … with x = ln 2 / h < 0.35.
///
/// At most 30 terms matter; each is cut off by less than two units, so the whole is within 60 units, or 2·10⁻³⁷.
fn daily_factor(half_life: u64) -> u128 {
    let x = LN_2 / u128::from(half_life.max(2));
    let (mut term, mut lost, mut k) = (x, 0_u128, 1_u128);
    while term > 0 {
        lost = if k % 2 == 1 { lost + term } else { lost - term };
        k += 1;
        term = product(term, x) / k;
    }
    // 2^128 − lost, in units of 2^−128; lost is above 0.
    lost.wrapping_neg()
}

/// The product of two numbers below 1 in units of 2⁻¹²⁸, cut off to such units.
const fn product(a: u128, b: u128) -> u128 {
    const LOW: u128 = u64::MAX as u128;
    let (a_high, a_low, b_high, b_low) = (a >> 64, a & LOW, b >> 64, b & LOW);
    let (cross, other) = (a_high * b_low, a_low * b_high);
    let carry = (((a_low * b_low) >> 64) + (cross & LOW) + (other & LOW)) >> 64;
    a_high * b_high + (cross >> 64) + (other >> 64) + carry
}

/// A power (1 when absent; else in units of 2⁻¹²⁸) halved so many times, in billionths, half to even.
///
/// Without a power the number is 2⁻ᵏ and a tie is possible (at k = 10); with one it is irrational, so that cutting it to 96 places before
/// the multiplication by 10⁹ < 2³⁰ cannot meet a tie.
fn rounded(power: Option<u128>, halvings: usize) -> i64 {
    // 10^9 × 2^−31 is below one half.
    if halvings > 31 {
        return 0;
    }
    let (units, places) = power.map_or((ONE as u128, halvings), |power| ((power >> 32) * ONE as u128, 96 + halvings));
    // At 127 halvings and more the shift would leave the word; 96 + 31 is the greatest here.
    let (whole, rest) = (units >> places, units & !(u128::MAX << places));
    let half = (1_u128 << places) >> 1;
    let up = places > 0 && (rest > half || (rest == half && whole % 2 == 1));
    i64::try_from(whole).unwrap_or(0) + i64::from(up)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use num_bigint::BigUint;

    /// Whether `factor` billionths is 2^(−age/h) rounded half to even, decided exactly: the h-th powers of the bounds factor ± ½ are
    /// compared with 2^(−age) in integers.
    fn is_nearest(factor: i64, age: u32, half_life: u32) -> bool {
        let factor = u64::try_from(factor).unwrap();
        // (2·10^9)^h, to be compared with (2·factor ± 1)^h × 2^age.
        let one = BigUint::from(2_000_000_000_u64).pow(half_life);
        let power = |bound: u64| BigUint::from(bound).pow(half_life) << age;
        let below = factor.checked_mul(2).and_then(|twice| twice.checked_sub(1)).map(power);
        let above = power(2 * factor + 1);
        let even = factor % 2 == 0;
        below.is_none_or(|below| below < one || (even && below == one)) && (one < above || (even && one == above))
    }

    fn exponential(half_life_days: u16, days: usize) -> Vec<i64> {
        factors(&Decay::Exponential { half_life_days }, days)
    }

    fn check_exactly(half_life: u16, ages: impl Iterator<Item = u16>) {
        let factors = exponential(half_life, 3650);
        for age in ages {
            assert!(is_nearest(factors[usize::from(age)], age.into(), half_life.into()), "age {age}, half-life {half_life}");
        }
    }

    #[test]
    fn factors_are_the_exact_powers_rounded_once() {
        for half_life in [1, 7, 14, 30, 60, 365] {
            check_exactly(half_life, 0..3650);
        }
        // The 3,650th powers are slow to compare; all ages agree (checked once), every seventh is compared each time.
        check_exactly(3650, (0..3650).step_by(7));
    }

    #[test]
    fn whole_half_lives_halve_exactly_and_ties_go_to_the_even_digit() {
        let factors = exponential(30, 1000);
        let at = |halvings: usize| factors[30 * halvings];
        assert_eq!((at(0), at(1), at(2), at(9)), (ONE, 500_000_000, 250_000_000, 1_953_125));
        // 2^−10 = 0.000976562|5
        assert_eq!((at(10), at(11)), (976_562, 488_281));
        assert_eq!(exponential(1, 34)[28..], [4, 2, 1, 0, 0, 0]);
    }

    /// For every half-life and age that a policy can ask for: what the rounding cuts off stays clear of one half by 2³³ units or more of
    /// the last binary place, while the error before it is below 2³¹ (10⁹ from the cut to 96 places, next to nothing from 3,650 products).
    #[test]
    fn no_result_is_so_near_the_middle_that_the_error_before_rounding_could_matter() {
        for half_life in 2..=3650_u32 {
            let daily = daily_factor(half_life.into());
            let mut power = daily;
            for rest in 1..half_life {
                let units = (power >> 32) * ONE as u128;
                for halvings in 0..=((3649 - rest) / half_life).min(30) {
                    let cut_off = units & !(u128::MAX << (96 + halvings));
                    let distance = cut_off.abs_diff(1 << (95 + halvings));
                    assert!(distance >> 33 > 0, "half-life {half_life}, age {}", rest + halvings * half_life);
                }
                power = product(power, daily);
            }
        }
    }

    #[test]
    fn factors_never_rise_and_stay_between_0_and_1() {
        let two_rates =
            |knee_day, factor: &str, zero_day| Decay::TwoRateLinear { knee_day, knee_factor: factor.parse().unwrap(), zero_day };
        let mut decays: Vec<Decay> = (1..=3650).step_by(13).map(|half_life_days| Decay::Exponential { half_life_days }).collect();
        decays.extend([Decay::None, Decay::Linear { days: 1 }, Decay::Linear { days: 97 }, Decay::Linear { days: 3650 }]);
        decays.extend([two_rates(1, "1", 2), two_rates(30, "0.333333333", 97), two_rates(30, "0", 31), two_rates(1825, "0.9", 3650)]);
        for decay in decays {
            let factors = factors(&decay, 3650);
            assert_eq!((factors.len(), factors[0]), (3650, ONE), "{decay:?}");
            assert!(factors.is_sorted_by(|a, b| a >= b) && factors.iter().all(|factor| (0..=ONE).contains(factor)), "{decay:?}");
        }
    }

    #[test]
    fn the_other_decays_are_lines_and_steps() {
        assert_eq!(factors(&Decay::Linear { days: 3 }, 5), [ONE, 666_666_667, 333_333_333, 0, 0]);
        assert_eq!(factors(&Decay::None, 2), [ONE, ONE]);
        let step = |from_day, factor: &str| DecayStep { from_day, factor: factor.parse().unwrap() };
        let steps = Decay::Steps(vec![step(0, "1"), step(2, "0.5"), step(3, "0.000000001")]);
        assert_eq!(factors(&steps, 5), [ONE, ONE, 500_000_000, 1, 1]);
        let bent = Decay::TwoRateLinear { knee_day: 2, knee_factor: "0.4".parse().unwrap(), zero_day: 5 };
        assert_eq!(factors(&bent, 7), [ONE, 700_000_000, 400_000_000, 266_666_667, 133_333_333, 0, 0]);
    }
}
