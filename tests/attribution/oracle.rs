//! Credit by the book, in exact rationals: shares read off the models' definitions, chains solved by elimination, Shapley values by trying every set.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, Zero as _};

pub type Rational = BigRational;

pub fn ratio(numerator: i64, denominator: i64) -> Rational {
    Rational::new(numerator.into(), denominator.into())
}

/// `2/3` as a number.
pub fn fraction(text: &str) -> Rational {
    let (numerator, denominator) = text.split_once('/').unwrap();
    Rational::new(numerator.parse().unwrap(), denominator.parse().unwrap())
}

/// Half to even at so many decimals.
pub fn rounded(value: &Rational, places: u32) -> Rational {
    let scale = Rational::from_integer(BigInt::from(10).pow(places));
    let scaled = value * &scale;
    let floor = scaled.floor();
    let rest = &scaled - &floor;
    let up = rest > ratio(1, 2) || (rest == ratio(1, 2) && !(floor.to_integer() % BigInt::from(2)).is_zero());
    (floor + if up { Rational::one() } else { Rational::zero() }) / scale
}

/// What each touch of a path is given by place: percents of first, contact, opportunity, close and middle, and where the last four stand.
pub fn by_position(percents: [i64; 5], stands: [usize; 3], touches: usize) -> Vec<Rational> {
    let held: Vec<(usize, Rational)> = [0, stands[0], stands[1], stands[2]]
        .into_iter()
        .zip(percents)
        .filter(|(_, part)| *part > 0)
        .map(|(at, part)| (at, ratio(part, 100)))
        .collect();
    let mut shares = vec![Rational::zero(); touches];
    for (at, part) in &held {
        shares[*at] += part;
    }
    let first = held.iter().map(|(at, _)| *at).min().unwrap();
    let last = held.iter().map(|(at, _)| *at).max().unwrap();
    let middle: Vec<usize> = (first..=last).filter(|at| held.iter().all(|(one, _)| one != at)).collect();
    let taking: Vec<usize> = if middle.is_empty() { held.iter().map(|(at, _)| *at).collect() } else { middle };
    let each = ratio(percents[4], 100) / Rational::from_integer(taking.len().into());
    for at in taking {
        shares[at] += &each;
    }
    shares
}

/// Whole units by largest remainder, of equals the first; nobody is given anything when all weights are 0.
pub fn split(units: u64, weights: &[Rational]) -> Option<Vec<u64>> {
    let sum: Rational = weights.iter().sum();
    if sum.is_zero() {
        return None;
    }
    let exact: Vec<Rational> = weights.iter().map(|weight| weight / &sum * Rational::from_integer(units.into())).collect();
    let mut given: Vec<u64> = exact.iter().map(|part| u64::try_from(part.floor().to_integer()).unwrap()).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|a, b| exact[*b].fract().cmp(&exact[*a].fract()).then(a.cmp(b)));
    let left = units - given.iter().sum::<u64>();
    order.into_iter().take(usize::try_from(left).unwrap()).for_each(|at| given[at] += 1);
    Some(given)
}

/// Paths with their conversions and nulls.
pub type Paths = Vec<(Vec<usize>, u32, u32)>;

/// The chance of a conversion when whoever comes to a channel that is gone ends in nothing.
pub fn chance(channels: usize, paths: &Paths, gone: Option<usize>) -> Rational {
    // States: 0 the start, then the channels; ways out of each, counted.
    let mut ways: Vec<BTreeMap<usize, i64>> = vec![BTreeMap::new(); channels + 1];
    let (mut converts, mut all) = (vec![0_i64; channels + 1], vec![0_i64; channels + 1]);
    for (path, conversions, nulls) in paths.iter().filter(|(path, ..)| !path.is_empty()) {
        let walks = i64::from(*conversions) + i64::from(*nulls);
        let mut from = 0;
        for channel in path {
            *ways[from].entry(channel + 1).or_default() += walks;
            all[from] += walks;
            from = channel + 1;
        }
        converts[from] += i64::from(*conversions);
        all[from] += walks;
    }
    // x(s) = converts(s)/all(s) + Σ ways(s, t)/all(s) · x(t), solved by elimination with pivots.
    let states: Vec<usize> = (0..=channels).filter(|state| all[*state] > 0 && gone.map(|gone| gone + 1) != Some(*state)).collect();
    if !states.contains(&0) {
        return Rational::zero();
    }
    let mut rows: Vec<Vec<Rational>> = states
        .iter()
        .map(|state| {
            let way = |to: &usize| ratio(ways[*state].get(to).copied().unwrap_or(0), all[*state]);
            let left = states.iter().map(|to| if to == state { Rational::one() - way(to) } else { -way(to) });
            left.chain([ratio(converts[*state], all[*state])]).collect()
        })
        .collect();
    for at in 0..states.len() {
        let pivot = (at..states.len()).find(|row| !rows[*row][at].is_zero()).expect("every walk ends");
        rows.swap(at, pivot);
        let head = rows[at].clone();
        for (number, row) in rows.iter_mut().enumerate() {
            if number != at && !row[at].is_zero() {
                let factor = &row[at] / &head[at];
                row.iter_mut().zip(&head).for_each(|(cell, other)| *cell -= &factor * other);
            }
        }
    }
    let start = states.iter().position(|state| *state == 0).unwrap();
    rows[start].last().unwrap() / &rows[start][start]
}

/// The part of the conversions that is lost without each channel.
pub fn removal_effects(channels: usize, paths: &Paths) -> Vec<Rational> {
    let all = chance(channels, paths, None);
    let lost = |channel| if all.is_zero() { Rational::zero() } else { Rational::one() - chance(channels, paths, Some(channel)) / &all };
    (0..channels).map(lost).collect()
}

/// The mean over all orders of the channels of what each adds to those before it.
pub fn shapley(channels: usize, paths: &Paths) -> Vec<Rational> {
    let worth = |set: &BTreeSet<usize>| -> i64 {
        let within = |path: &[usize]| !path.is_empty() && path.iter().all(|channel| set.contains(channel));
        paths.iter().filter(|(path, ..)| within(path)).map(|(_, conversions, _)| i64::from(*conversions)).sum()
    };
    let factorial = |n: usize| (1..=n).map(|one| i64::try_from(one).unwrap()).product::<i64>();
    let value = |channel: usize| {
        let mut sum = Rational::zero();
        for bits in 0..1_usize << channels {
            let set: BTreeSet<usize> = (0..channels).filter(|one| bits >> one & 1 == 1).collect();
            if set.contains(&channel) {
                continue;
            }
            let with: BTreeSet<usize> = set.iter().copied().chain([channel]).collect();
            let weight = ratio(factorial(set.len()) * factorial(channels - set.len() - 1), factorial(channels));
            sum += weight * ratio(worth(&with) - worth(&set), 1);
        }
        sum
    };
    (0..channels).map(value).collect()
}

/// Whether two numbers are no further apart than so many units of 10⁻¹².
pub fn near(one: &Rational, other: &Rational, units: i64) -> bool {
    (one - other).abs() <= ratio(units, 1_000_000_000_000)
}
