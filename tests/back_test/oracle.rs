//! What a back-test says, counted case by case and pair by pair; no code of the library.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use serde_json::{Value, json};

/// A case, and what a contender said of it.
#[derive(Clone, Debug)]
pub struct Row {
    pub account: String,
    pub unit: String,
    pub day: Option<i32>,
    pub won: bool,
    /// The first opportunity that came of it and was won in time, with the days until it was created.
    pub opened: Option<(String, i32)>,
    pub flagged: bool,
    pub score: BigRational,
    pub leads: u64,
}

pub fn whole(number: u64) -> BigRational {
    BigRational::from(BigInt::from(number))
}

pub fn decimal(text: &str) -> BigRational {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    BigRational::new(format!("{whole}{part}").parse().unwrap(), BigInt::from(10).pow(u32::try_from(part.len()).unwrap()))
}

/// Half to even, without trailing zeros.
pub fn rounded(value: &BigRational, places: u32) -> String {
    let scale = BigInt::from(10).pow(places);
    let scaled = value * BigRational::from(scale.clone());
    let floor = scaled.floor();
    let rest = &scaled - &floor;
    let half = BigRational::new(1.into(), 2.into());
    let odd = (floor.to_integer() % BigInt::from(2)).abs().is_one();
    let units = if rest > half || (rest == half && odd) { floor + BigRational::one() } else { floor };
    let units = units.to_integer();
    let (whole, part) = (&units / &scale, (&units % &scale).abs());
    let part = format!("{part:0>width$}", width = usize::try_from(places).unwrap());
    let part = part.trim_end_matches('0');
    if part.is_empty() { whole.to_string() } else { format!("{whole}.{part}") }
}

/// The accounts held out.
pub fn held_out(rows: &[Row], percent: u64) -> BTreeSet<String> {
    let mut last: BTreeMap<&str, Option<i32>> = BTreeMap::new();
    for row in rows {
        let day = last.entry(&row.account).or_insert(row.day);
        *day = (*day).max(row.day);
    }
    let mut order: Vec<(Option<i32>, &str)> = last.into_iter().map(|(account, day)| (day, account)).collect();
    order.sort_unstable();
    let count = (order.len() as u64 * percent).div_ceil(100);
    order.iter().rev().take(usize::try_from(count).unwrap()).map(|(_, account)| (*account).to_owned()).collect()
}

fn rate(rows: &[&Row], counted: impl Fn(&Row) -> bool, of: impl Fn(&Row) -> bool) -> Value {
    let of: Vec<&&Row> = rows.iter().filter(|row| of(row)).collect();
    json!([of.iter().filter(|row| counted(row)).count(), of.len()])
}

fn share(rows: &[&Row], counted: impl Fn(&Row) -> bool, of: impl Fn(&Row) -> bool) -> Option<BigRational> {
    let of: Vec<&&Row> = rows.iter().filter(|row| of(row)).collect();
    (!of.is_empty()).then(|| whole(of.iter().filter(|row| counted(row)).count() as u64) / whole(of.len() as u64))
}

fn lift(rows: &[&Row], flagged: impl Fn(&Row) -> bool) -> Option<String> {
    let (precision, chance) = (share(rows, |row| row.won, flagged)?, share(rows, |row| row.won, |_| true)?);
    (!chance.is_zero()).then(|| rounded(&(precision / chance), 4))
}

fn auc(rows: &[&Row]) -> Option<String> {
    let (mut halves, mut pairs) = (0_u64, 0_u64);
    for won in rows.iter().filter(|row| row.won) {
        for lost in rows.iter().filter(|row| !row.won) {
            pairs += 1;
            halves += match won.score.cmp(&lost.score) {
                std::cmp::Ordering::Greater => 2,
                std::cmp::Ordering::Equal => 1,
                std::cmp::Ordering::Less => 0,
            };
        }
    }
    (pairs > 0).then(|| rounded(&(whole(halves) / whole(2 * pairs)), 6))
}

/// What is won of the first so many, each of a tie with the same chance to be among them.
fn best(rows: &[&Row], count: u64, last: bool) -> BigRational {
    let mut won = BigRational::zero();
    for row in rows.iter().filter(|row| row.won) {
        let before = |other: &&&Row| if last { other.score < row.score } else { other.score > row.score };
        let before = rows.iter().filter(before).count() as u64;
        let ties = rows.iter().filter(|other| other.score == row.score).count() as u64;
        won += whole(count.saturating_sub(before).min(ties)) / whole(ties);
    }
    won / whole(count)
}

/// The interval of the best so many, where no tie is cut: no case after them has the score of the last.
fn interval(rows: &[&Row], count: u64) -> Value {
    let mut ranked: Vec<&&Row> = rows.iter().collect();
    ranked.sort_by(|a, b| b.score.cmp(&a.score));
    let count = usize::try_from(count).unwrap();
    if ranked.get(count).is_some_and(|next| next.score == ranked[count - 1].score) {
        return Value::Null;
    }
    let won = ranked[..count].iter().filter(|row| row.won).count();
    serde_json::to_value(quorate::Interval::wilson(won as u64, count as u64)).unwrap()
}

/// The score at every twentieth of the earlier cases, each once.
pub fn thresholds(earlier: &[&Row]) -> Vec<BigRational> {
    let mut scores: Vec<&BigRational> = earlier.iter().map(|row| &row.score).collect();
    scores.sort_unstable();
    scores.reverse();
    let at = |part: u64| scores[usize::try_from((scores.len() as u64 * part).div_ceil(20)).unwrap() - 1].clone();
    let mut found: Vec<BigRational> = if scores.is_empty() { Vec::new() } else { (1..=20).map(at).collect() };
    found.dedup();
    found
}

/// Everything that is said of a part.
pub fn part(rows: &[&Row], top: &[u64], thresholds: &[BigRational]) -> Value {
    let count = rows.len() as u64;
    let flagged = |row: &Row| row.flagged;
    let fifth = count.div_ceil(5);
    let (first, last) = (fifth > 0).then(|| (best(rows, fifth, false), best(rows, fifth, true))).unzip();
    let flagged_share = share(rows, flagged, |_| true);
    let recall = share(rows, flagged, |row| row.won);
    let bar = |share: &Option<BigRational>, least: u64, most: u64| {
        share.as_ref().is_some_and(|share| (whole(least)..=whole(most)).contains(&(share * whole(100))))
    };
    let tops: Vec<Value> = top
        .iter()
        .filter(|top| **top <= count && **top > 0)
        .map(|top| json!([top, rounded(&best(rows, *top, false), 6), interval(rows, *top)]))
        .collect();
    let sweep = |least: &BigRational| {
        let over = |row: &Row| row.score >= *least;
        json!({"flagged": rate(rows, over, |_| true), "precision": rate(rows, |row| row.won, over), "recall": rate(rows, over, |row| row.won), "lift": lift(rows, over)})
    };
    let (opportunities, days) = leads(rows);
    json!({
        "first_day": rows.iter().filter_map(|row| row.day).min(),
        "last_day": rows.iter().filter_map(|row| row.day).max(),
        "won": rate(rows, |row| row.won, |_| true),
        "flagged": rate(rows, flagged, |_| true),
        "precision": rate(rows, |row| row.won, flagged),
        "first_flagged": first_flagged(rows),
        "passed_over": rate(rows, |row| row.won, |row| !row.flagged),
        "recall": rate(rows, flagged, |row| row.won),
        "lift": lift(rows, flagged),
        "auc": auc(rows),
        "top": tops,
        "bar": [bar(&flagged_share, 15, 35), bar(&recall, 60, 100), first.as_ref().zip(last.as_ref()).is_some_and(|(first, last)| !first.is_zero() && *first >= last * whole(10))],
        "fifths": [first.map(|first| rounded(&first, 6)), last.map(|last| rounded(&last, 6))],
        "workload": workload(rows),
        "opportunities": opportunities,
        "lead_days": days,
        "sweep": thresholds.iter().map(sweep).collect::<Vec<_>>(),
    })
}

/// Each thing once, on the first day it was flagged.
fn first_flagged(rows: &[&Row]) -> Value {
    let units: BTreeSet<&str> = rows.iter().filter(|row| row.flagged).map(|row| &*row.unit).collect();
    let first = |unit: &&str| rows.iter().filter(|row| row.flagged && row.unit == **unit).min_by_key(|row| row.day).unwrap().won;
    json!([units.iter().filter(|unit| first(unit)).count(), units.len()])
}

fn leads(rows: &[&Row]) -> (Value, Value) {
    let mut first: BTreeMap<&str, Option<i32>> = BTreeMap::new();
    for row in rows {
        if let Some((deal, days)) = &row.opened {
            let known = first.entry(deal).or_default();
            if row.flagged {
                *known = (*known).max(Some(*days));
            }
        }
    }
    let mut days: Vec<i32> = first.values().copied().flatten().collect();
    days.sort_unstable();
    (json!([days.len(), first.len()]), json!(days.iter().sum::<i32>()))
}

fn workload(rows: &[&Row]) -> Value {
    let days: BTreeSet<i32> = rows.iter().filter_map(|row| row.day).collect();
    let on = |day: i32| rows.iter().filter(|row| row.flagged && row.day == Some(day)).count() as u64;
    let units: BTreeSet<&str> = rows.iter().map(|row| &*row.unit).collect();
    let mut entries = 0;
    for unit in &units {
        let mut own: Vec<(Option<i32>, bool)> = rows.iter().filter(|row| row.unit == *unit).map(|row| (row.day, row.flagged)).collect();
        own.sort_unstable();
        entries += (0..own.len()).filter(|at| own[*at].1 && (*at == 0 || !own[*at - 1].1)).count();
    }
    let flagged: u64 = days.iter().map(|day| on(*day)).sum();
    json!({
        "days": days.len(),
        "flagged": units.iter().filter(|unit| rows.iter().any(|row| row.flagged && row.unit == **unit)).count(),
        "entries": entries,
        "most": days.iter().map(|day| on(*day)).max().unwrap_or(0),
        "mean": (!days.is_empty()).then(|| rounded(&(whole(flagged) / whole(days.len() as u64)), 4)),
        "leads": rows.iter().map(|row| row.leads).sum::<u64>(),
    })
}

/// The same of what the library says, as JSON.
pub fn told(part: &Value) -> Value {
    let rate = |rate: &Value| json!([rate["count"], rate["of"]]);
    let day = |day: &Value| day.as_str().map(|day| day.parse::<quorate::Day>().unwrap().days_since_epoch());
    let list = |value: &Value| value.as_array().unwrap().clone();
    let bar = &part["quality_bar"];
    let sweep = |row: &Value| json!({"flagged": rate(&row["flagged"]), "precision": rate(&row["precision"]), "recall": rate(&row["recall"]), "lift": row["lift"]});
    json!({
        "first_day": day(&part["first_day"]),
        "last_day": day(&part["last_day"]),
        "won": rate(&part["won"]),
        "flagged": rate(&part["flagged"]),
        "precision": rate(&part["precision"]),
        "first_flagged": rate(&part["first_flagged"]),
        "passed_over": rate(&part["passed_over"]),
        "recall": rate(&part["recall"]),
        "lift": part["lift"],
        "auc": part["auc"],
        "top": list(&part["top"]).iter().map(|top| json!([top["top"], top["precision"], top["interval"]])).collect::<Vec<_>>(),
        "bar": [bar["flagged"], bar["recall"], bar["fifths"]],
        "fifths": [bar["best_fifth"], bar["last_fifth"]],
        "workload": told_workload(&part["workload"]),
        "opportunities": rate(&part["opportunities"]),
        "lead_days": part["lead_days"]["sum"],
        "sweep": list(&part["sweep"]).iter().map(sweep).collect::<Vec<_>>(),
    })
}

fn told_workload(work: &Value) -> Value {
    json!({
        "days": work["days"], "flagged": work["flagged"], "entries": work["entries"], "most": work["most_on_a_day"], "mean": work["mean_on_a_day"],
        "leads": work["leads"],
    })
}

/// Holds everything that is said of a contender against the rows.
#[track_caller]
pub fn agrees(result: &Value, rows: &[Row], percent: u64, top: &[u64]) {
    let held = held_out(rows, percent);
    let (held, earlier): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| held.contains(&row.account));
    let thresholds = thresholds(&earlier);
    assert_eq!(told(&result["held_out"]), part(&held, top, &thresholds), "held out");
    assert_eq!(told(&result["earlier"]), part(&earlier, top, &thresholds), "earlier");
    assert_eq!(told_workload(&result["workload"]), workload(&rows.iter().collect::<Vec<_>>()), "all");
    let shown: Vec<BigRational> =
        result["held_out"]["sweep"].as_array().unwrap().iter().map(|row| decimal(row["at_least"].as_str().unwrap())).collect();
    assert_eq!(shown, thresholds);
}

/// Distinct things that cases were won of, and those of which none was.
pub fn sizes(rows: &[Row]) -> (u64, u64) {
    let units: BTreeSet<&str> = rows.iter().map(|row| &*row.unit).collect();
    let won: BTreeSet<&str> = rows.iter().filter(|row| row.won).map(|row| &*row.unit).collect();
    (won.len() as u64, (units.len() - won.len()) as u64)
}
