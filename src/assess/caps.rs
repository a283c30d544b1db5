//! Who loses what to a cap.
//!
//! An excess over an upper bound is taken from positive lines, oldest day first, within a day the policy's last kind
//! first; what lies below a lower bound is taken from negative lines in the same order; the channel's bounds first, then the person's.

use alloc::vec::Vec;

use super::intake::SignalState;
use crate::day::Day;
use crate::policy::Compiled;
use crate::tally::Entry;

/// The signals of one person, kind and day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// The policy's number of the kind.
    pub(crate) kind: u16,
    pub(crate) channel: u8,
    pub(crate) day: Day,
    /// Kind and day in the numbers of the tally.
    pub(crate) of: Entry,
    /// Signals of the line, those beyond the daily cap left out.
    pub(crate) signals: u64,
    /// Points before the caps of channel and person, in line units.
    pub(crate) before: i64,
    /// Points that count, in line units.
    pub(crate) counted: i64,
    pub(crate) state: SignalState,
}

impl Line {
    pub(crate) const EMPTY: Self =
        Self { kind: 0, channel: 0, day: Day::MIN, of: Entry::NONE, signals: 0, before: 0, counted: 0, state: SignalState::Counted };
}

/// Settles the lines of one person: what of each counts, and its state. `channels` are the sums of the lines by channel; `order` is room.
///
/// O(lines log lines), and O(lines) more for each channel that its cap cuts.
pub(crate) fn settle(lines: &mut [Line], order: &mut Vec<u64>, channels: impl Iterator<Item = i128>, policy: &Compiled) {
    put_in_cutting_order(lines, order);
    let mut left = 0;
    for ((channel, sum), cap) in (0_u8..).zip(channels).zip(&policy.channel_caps) {
        left += cut(lines, order, sum, (-*cap, *cap), SignalState::CappedChannel, |line| line.channel == channel);
    }
    cut(lines, order, left, (0, policy.person_cap.into()), SignalState::CappedPerson, |_| true);
}

/// Where a line's place among the others stands in a word of the cutting order.
const PLACE: u64 = (1 << 31) - 1;

/// Oldest day first, within a day the policy's last kind first; each word has a line's place in its lowest bits.
fn put_in_cutting_order(lines: &[Line], order: &mut Vec<u64>) {
    // INVARIANT: a day's number has 17 bits, and lines that would not be told apart by 31 bits have no room in memory.
    let word = |(at, line): (u64, &Line)| u64::from(line.day.number()) << 47 | u64::from(!line.kind) << 31 | at & PLACE;
    order.clear();
    order.extend((0..).zip(lines).map(word));
    order.sort_unstable();
}

/// Takes what lies outside the bounds from the chosen lines, and returns what is left: the sum within its bounds.
fn cut(
    lines: &mut [Line],
    order: &[u64],
    sum: i128,
    (least, most): (i128, i128),
    state: SignalState,
    chosen: impl Fn(&Line) -> bool,
) -> i128 {
    let within = sum.clamp(least, most);
    let mut excess = sum - within;
    for at in order {
        if excess == 0 {
            break;
        }
        #[allow(clippy::cast_possible_truncation, reason = "31 bits are left")]
        let line = &mut lines[(at & PLACE) as usize];
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;
    use proptest::prelude::*;

    /// Lines of the default policy's kinds, at most one for a kind and day, with any points.
    fn lines() -> impl Strategy<Value = Vec<Line>> {
        let line = (0_u16..26, 0_u16..40, -3_000_i64..9_000);
        prop::collection::vec(line, 0..30).prop_map(|drawn| {
            let policy = Policy::default();
            let mut lines: Vec<Line> = Vec::new();
            for (kind, age, cents) in drawn {
                let day = Day::MAX.minus_days(age);
                if cents != 0 && !lines.iter().any(|line| (line.kind, line.day) == (kind, day)) {
                    let channel = policy.compiled().kinds[usize::from(kind)].channel;
                    let before = cents * 1_000_000_007;
                    lines.push(Line { kind, channel, day, signals: 1, before, counted: before, ..Line::EMPTY });
                }
            }
            lines
        })
    }

    fn sums(lines: &[Line], channels: usize, of: impl Fn(&Line) -> i64) -> Vec<i128> {
        let sum = |channel| lines.iter().filter(|line| usize::from(line.channel) == channel).map(|line| i128::from(of(line))).sum();
        (0..channels).map(sum).collect()
    }

    proptest! {
        /// What is said of the lines adds up to the points, whoever lost what; the ledger will rest on this.
        #[test]
        fn lines_sum_exactly_to_the_points(mut lines in lines()) {
            let policy = Policy::default();
            let caps = &policy.compiled().channel_caps;
            let channels = sums(&lines, caps.len(), |line| line.before);
            let clamped: i128 = channels.iter().zip(caps).map(|(sum, cap)| (*sum).clamp(-*cap, *cap)).sum();
            settle(&mut lines, &mut Vec::new(), channels.iter().copied(), policy.compiled());
            let counted: i128 = lines.iter().map(|line| i128::from(line.counted)).sum();
            prop_assert_eq!(counted, clamped.clamp(0, policy.compiled().person_cap.into()));
            for line in &lines {
                prop_assert!(line.counted == 0 || (line.counted > 0) == (line.before > 0));
                prop_assert!(line.counted.abs() <= line.before.abs());
                prop_assert_eq!(line.state == SignalState::Counted, line.counted != 0);
            }
        }
    }
}
