//! Decay factors, each rounded to 9 decimals, half to even.

use super::number::{Q, decimal, power_of_ten, ratio, round, whole, zero};
use super::policy::{number, text};
use num_bigint::BigInt;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;

thread_local! {
    static FACTORS: RefCell<BTreeMap<(i64, i64), Q>> = const { RefCell::new(BTreeMap::new()) };
}

/// The factor of a decay after `age` days.
pub fn factor(decay: &Value, age: i64) -> Q {
    match text(decay, "/type").as_str() {
        "none" => whole(1),
        "exponential" => half_lives(number(decay, "/half_life_days"), age),
        "linear" => linear(number(decay, "/days"), age),
        "steps" => steps(decay, age),
        "two_rate_linear" => two_rates(decay, age),
        other => panic!("no decay {other}"),
    }
}

fn linear(days: i64, age: i64) -> Q {
    if age >= days { zero() } else { round(&ratio(days - age, days), 9) }
}

/// The last step that starts at this age or before it.
fn steps(decay: &Value, age: i64) -> Q {
    let steps = decay["steps"].as_array().expect("steps");
    let step = steps.iter().rfind(|step| number(step, "/from_day") <= age).expect("a step from day 0");
    round(&decimal(&text(step, "/factor")).expect("a factor"), 9)
}

/// From 1 on day 0 in a straight line to the knee, from there in a straight line to zero.
fn two_rates(decay: &Value, age: i64) -> Q {
    let (knee, end) = (number(decay, "/knee_day"), number(decay, "/zero_day"));
    let at_knee = decimal(&text(decay, "/knee_factor")).expect("a factor");
    let exact = if age <= knee {
        whole(1) - (whole(1) - at_knee) * ratio(age, knee)
    } else if age < end {
        at_knee * ratio(end - age, end - knee)
    } else {
        zero()
    };
    round(&exact, 9)
}

/// `2^(-age / half_life)`, cached.
fn half_lives(half_life: i64, age: i64) -> Q {
    FACTORS.with_borrow_mut(|known| known.entry((half_life, age)).or_insert_with(|| root_of_a_half(half_life, age)).clone())
}

/// After whole half-lives the factor is a power of two. Otherwise it is irrational, so that no tie can occur, and the nearest multiple n of
/// 10^-9 is the greatest whose lower rounding border lies below it: `(2n - 1) / (2 * 10^9) < 2^(-age / half_life)`. Both sides to the power
/// of the half-life are whole numbers after multiplying out: `(2n - 1)^half_life * 2^age < (2 * 10^9)^half_life`.
fn root_of_a_half(half_life: i64, age: i64) -> Q {
    if age % half_life == 0 {
        let halvings = u32::try_from(age / half_life).expect("small");
        return round(&ratio(1, BigInt::from(2).pow(halvings)), 9);
    }
    let root = u32::try_from(half_life).expect("small");
    let age = u32::try_from(age).expect("small");
    let bound = (BigInt::from(2) * power_of_ten(9)).pow(root);
    let border_is_below = |n: u64| n == 0 || BigInt::from(2 * n - 1).pow(root) * BigInt::from(2).pow(age) < bound;
    let (mut low, mut high) = (0_u64, 1_000_000_001_u64);
    while high - low > 1 {
        let middle = u64::midpoint(low, high);
        if border_is_below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    ratio(low, power_of_ten(9))
}
