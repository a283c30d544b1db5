//! One person's points and ledger.

use super::decay::factor;
use super::number::{Q, clamp, min, whole, zero};
use super::policy::{Kind, Policy};
use super::signals::Event;
use crate::world::Day;
use num_traits::{Signed, Zero};
use std::collections::BTreeMap;

/// The signals of one person, kind and day that are inside the kind's window.
#[derive(Clone, Debug)]
pub struct Line {
    pub kind: String,
    pub channel: String,
    pub place: usize,
    pub day: Day,
    /// Signals, those over the daily cap included.
    pub count: usize,
    pub daily_cap: usize,
    /// Points of one signal.
    pub each: Q,
    pub factor: Q,
    /// After the daily cap and decay, before the channel's and the person's cap.
    pub before: Q,
    /// What the channel's cap left.
    pub after_channel: Q,
    /// What is counted in the end.
    pub counted: Q,
}

impl Line {
    /// The state of the signals of this line that are within the daily cap.
    pub fn state(&self) -> &'static str {
        if self.before.is_zero() {
            "zero_points"
        } else if self.after_channel.is_zero() {
            "capped_channel"
        } else if self.counted.is_zero() {
            "capped_person"
        } else {
            "counted"
        }
    }

    /// Signals of this line beyond the daily cap. A line of 0 points has none: `zero_points` comes first.
    pub fn over_daily_cap(&self) -> usize {
        if self.before.is_zero() { 0 } else { self.count.saturating_sub(self.daily_cap) }
    }
}

/// Exact points of a person and the lines they come from.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub lines: Vec<Line>,
    pub points: Q,
}

/// Scores usable signals of one person. The points follow the formula, the ledger the rule of the cuts; that both agree is checked here.
pub fn score<'a>(events: impl Iterator<Item = &'a Event>, policy: &Policy, day: Day) -> Sheet {
    let mut lines = open_lines(events, policy, day);
    let mut total = zero();
    for name in channels(&lines) {
        let mut of_channel: Vec<&mut Line> = lines.iter_mut().filter(|line| line.channel == name).collect();
        let sum: Q = of_channel.iter().map(|line| &line.before).sum();
        if let Some(cap) = policy.channel_cap(&name) {
            total += clamp(&sum, &-cap.clone(), &cap);
            let mut amounts: Vec<&mut Q> = of_channel.iter_mut().map(|line| &mut line.after_channel).collect();
            cut(&mut amounts, &-cap.clone(), &cap);
        } else {
            total += sum;
        }
    }
    let points = clamp(&total, &zero(), &policy.decimal("/person/cap"));
    for line in &mut lines {
        line.counted = line.after_channel.clone();
    }
    let mut amounts: Vec<&mut Q> = lines.iter_mut().map(|line| &mut line.counted).collect();
    cut(&mut amounts, &zero(), &policy.decimal("/person/cap"));
    assert_eq!(lines.iter().map(|line| &line.counted).sum::<Q>(), points, "the ledger sums to the points");
    Sheet { lines, points }
}

fn channels(lines: &[Line]) -> Vec<String> {
    let mut names: Vec<String> = lines.iter().map(|line| line.channel.clone()).collect();
    names.sort();
    names.dedup();
    names
}

/// One line per day and kind, in the order of the cuts: the oldest day first, within a day the policy's last kind first.
fn open_lines<'a>(events: impl Iterator<Item = &'a Event>, policy: &Policy, day: Day) -> Vec<Line> {
    let mut counts: BTreeMap<(Day, usize), usize> = BTreeMap::new();
    for event in events {
        let kind = policy.kind(&event.kind).expect("usable signals are of known kinds");
        if is_inside_window(event, kind, day) {
            *counts.entry((event.day, kind.place)).or_default() += 1;
        }
    }
    let mut lines: Vec<Line> = counts.into_iter().map(|((on, place), count)| open_line(&policy.kinds[place], on, count, day)).collect();
    lines.sort_by_key(|line| (line.day, std::cmp::Reverse(line.place)));
    lines
}

/// "Only 0 ≤ a < window counts."
pub fn is_inside_window(event: &Event, kind: &Kind, day: Day) -> bool {
    let age = day - event.day;
    0 <= age && age < kind.window
}

/// `line(kind, day) = min(count, daily_cap) × points × f(a)`.
fn open_line(kind: &Kind, on: Day, count: usize, day: Day) -> Line {
    let factor = factor(&kind.decay, day - on);
    let before = whole(count.min(kind.daily_cap)) * &kind.points * &factor;
    Line {
        kind: kind.name.clone(),
        channel: kind.channel.clone(),
        place: kind.place,
        day: on,
        count,
        daily_cap: kind.daily_cap,
        each: kind.points.clone(),
        factor,
        after_channel: before.clone(),
        counted: zero(),
        before,
    }
}

/// "An excess over an upper cap is taken from positive lines, oldest day first, within a day the policy's last kind first; what lies below
/// a lower cap is taken from negative lines in the same order." The amounts come in that order.
fn cut(amounts: &mut [&mut Q], low: &Q, high: &Q) {
    let sum: Q = amounts.iter().map(|amount| &**amount).sum();
    let mut excess = &sum - high;
    let mut lack = low - &sum;
    for amount in amounts {
        if amount.is_positive() && excess.is_positive() {
            let taken = min(amount, &excess);
            **amount -= &taken;
            excess -= taken;
        } else if amount.is_negative() && lack.is_positive() {
            let taken = min(&-amount.clone(), &lack);
            **amount += &taken;
            lack -= taken;
        }
    }
}
