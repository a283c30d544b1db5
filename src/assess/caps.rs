//! Who loses what to a cap.
//!
//! An excess over an upper bound is taken from positive lines, oldest day first, within a day the policy's last kind
//! first; what lies below a lower bound is taken from negative lines in the same order; the channel's bounds first, then the person's.

use alloc::vec::Vec;

use super::intake::SignalState;
use crate::day::Day;
use crate::policy::{CHANNELS_MAX as CHANNELS, Compiled};
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
/// O(lines), and O(lines log lines) where they are few for the days they lie apart.
pub(crate) fn settle(lines: &mut [Line], order: &mut CuttingOrder, channels: impl Iterator<Item = i128>, policy: &Compiled) {
    order.put(lines);
    let mut excesses = [0; CHANNELS];
    let mut left = 0;
    for ((excess, sum), cap) in excesses.iter_mut().zip(channels).zip(&policy.channel_caps) {
        let within = sum.clamp(-*cap, *cap);
        *excess = sum - within;
        left += within;
    }
    order.cut(lines, SignalState::CappedChannel, &mut excesses, |line| usize::from(line.channel));
    let person = left - left.clamp(0, policy.person_cap.into());
    order.cut(lines, SignalState::CappedPerson, &mut [person], |_| 0);
}

/// The order in which caps cut the lines of a person: the oldest day first, within a day the policy's last kind first.
#[derive(Debug, Default)]
pub(crate) struct CuttingOrder {
    /// The lines' places.
    places: Vec<u32>,
    /// The lines' days, counted from the oldest.
    ages: Vec<u32>,
    /// By day, where its lines end among the places.
    ends: Vec<u32>,
}

impl CuttingOrder {
    // INVARIANT: lines that would not be told apart by 32 bits have no room in memory.
    fn put(&mut self, lines: &[Line]) {
        let days = |(first, last): (u32, u32), line: &Line| (line.day.number().min(first), line.day.number().max(last));
        let (first, last) = lines.iter().fold((u32::MAX, 0), days);
        self.places.clear();
        self.places.extend(0..u32::try_from(lines.len()).unwrap_or(u32::MAX));
        let word = |at: &u32| (lines[*at as usize].day.number(), !lines[*at as usize].kind);
        let days = last.saturating_sub(first) as usize + 1;
        if days > 4 * lines.len() {
            self.places.sort_unstable_by_key(word);
            return;
        }
        self.by_day(lines.iter().map(|line| line.day.number() - first), days);
        let mut begin = 0;
        for end in self.ends[..days].iter().map(|end| *end as usize) {
            // What lies on one day is a few lines.
            if end > begin + 1 {
                self.places[begin..end].sort_unstable_by_key(word);
            }
            begin = end;
        }
    }

    /// Puts lines of so many days in the order of these.
    fn by_day(&mut self, ages: impl Iterator<Item = u32>, days: usize) {
        self.ages.clear();
        self.ages.extend(ages);
        self.ends.clear();
        self.ends.resize(days + 1, 0);
        for age in &self.ages {
            self.ends[*age as usize + 1] += 1;
        }
        let mut end = 0;
        for count in &mut self.ends {
            end += *count;
            *count = end;
        }
        // Where a day begins becomes where it ends.
        for (at, age) in (0..).zip(&self.ages) {
            let next = &mut self.ends[*age as usize];
            self.places[*next as usize] = at;
            *next += 1;
        }
    }

    /// Takes the excesses from the lines that they concern, as far as these have the same sign.
    fn cut(&self, lines: &mut [Line], state: SignalState, excesses: &mut [i128], of: impl Fn(&Line) -> usize) {
        let mut open = excesses.iter().filter(|excess| **excess != 0).count();
        for at in &self.places {
            if open == 0 {
                return;
            }
            let line = &mut lines[*at as usize];
            let excess = &mut excesses[of(line)];
            if *excess != 0 && line.counted != 0 && (line.counted > 0) == (*excess > 0) {
                *excess -= take(line, *excess, state);
                open -= usize::from(*excess == 0);
            }
        }
    }
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
            settle(&mut lines, &mut CuttingOrder::default(), channels.iter().copied(), policy.compiled());
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
