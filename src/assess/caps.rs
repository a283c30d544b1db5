//! Who loses what to a cap.
//!
//! Source: spec section 5. An excess over an upper bound is taken from positive lines, oldest day first, within a day the policy's last kind
//! first; what lies below a lower bound is taken from negative lines in the same order; the channel's bounds first, then the person's.

use alloc::vec::Vec;

use super::intake::SignalState;
use crate::day::Day;
use crate::policy::Compiled;

/// The signals of one person, kind and day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) kind: u16,
    pub(crate) channel: u8,
    pub(crate) day: Day,
    /// Signals that count, the daily cap applied.
    pub(crate) signals: u64,
    /// Points before the caps of channel and person, in line units.
    pub(crate) before: i64,
    /// Points that count, in line units.
    pub(crate) counted: i64,
    pub(crate) state: SignalState,
}

impl Line {
    pub(crate) const fn new(kind: u16, channel: u8, day: Day, signals: u64, before: i64) -> Self {
        Self { kind, channel, day, signals, before, counted: before, state: SignalState::Counted }
    }

    pub(crate) const fn settled(mut self, state: SignalState, signals: u64) -> Self {
        self.state = state;
        self.signals = signals;
        self
    }
}

/// Settles the lines of one person: what of each counts, and its state. `channels` are the sums of the lines by channel.
pub(crate) fn settle(lines: &mut [Line], channels: &[i128], policy: &Compiled) {
    let cuts = |(sum, cap): (&i128, &i128)| sum.unsigned_abs() > cap.unsigned_abs();
    let total: i128 = channels.iter().sum();
    let channel_cuts = channels.iter().zip(&policy.channel_caps).any(cuts);
    if !channel_cuts && (0..=policy.person_cap).contains(&total) {
        return;
    }
    let order = cutting_order(lines);
    let mut left = 0;
    for ((channel, sum), cap) in (0_u8..).zip(channels).zip(&policy.channel_caps) {
        left += cut(lines, &order, *sum, -*cap, *cap, SignalState::CappedChannel, |line| line.channel == channel);
    }
    cut(lines, &order, left, 0, policy.person_cap, SignalState::CappedPerson, |_| true);
}

/// Oldest day first, within a day the policy's last kind first.
fn cutting_order(lines: &[Line]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_unstable_by(|a, b| (lines[*a].day, lines[*b].kind).cmp(&(lines[*b].day, lines[*a].kind)));
    order
}

/// Takes what lies outside the bounds from the chosen lines, and returns what is left: the sum within its bounds.
fn cut(
    lines: &mut [Line],
    order: &[usize],
    sum: i128,
    least: i128,
    most: i128,
    state: SignalState,
    chosen: impl Fn(&Line) -> bool,
) -> i128 {
    let within = sum.clamp(least, most);
    let mut excess = sum - within;
    for at in order {
        if excess == 0 {
            break;
        }
        let line = &mut lines[*at];
        if chosen(line) && line.counted != 0 && (line.counted > 0) == (excess > 0) {
            excess -= take(line, excess, state);
        }
    }
    within
}

/// Takes as much of the excess as the line has, both of one sign.
fn take(line: &mut Line, excess: i128, state: SignalState) -> i128 {
    let counted = i128::from(line.counted);
    let taken = if excess > 0 { excess.min(counted) } else { excess.max(counted) };
    // INVARIANT: what is left lies between 0 and the old value, so it fits.
    line.counted = i64::try_from(counted - taken).unwrap_or(0);
    if line.counted == 0 {
        line.state = state;
    }
    taken
}
