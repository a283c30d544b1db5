//! Who loses what to a cap.
//!
//! An excess over an upper bound is taken from positive lines, oldest day first, within a day the policy's last kind
//! first; what lies below a lower bound is taken from negative lines in the same order; the channel's bounds first, then the person's.

use alloc::vec::Vec;

use super::intake::SignalState;
use super::sums::{Cut, Sums};
use super::tallied::TalliedKind;
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
    /// A line of a known kind before any cap.
    pub(super) fn of(kind: &TalliedKind, of: Entry, signals: u64, before: i64) -> Self {
        let number = kind.number.unwrap_or(0);
        Self { kind: number, channel: kind.channel, day: of.day(), of, signals, before, counted: before, state: SignalState::Counted }
    }
}

/// How many signals lost all their points to caps: of a channel, and of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lost {
    pub(super) to_channel: u64,
    pub(super) to_person: u64,
}

/// Lines by their place, from which caps take points.
pub(super) trait Cuttable {
    fn channel(&self, at: usize) -> usize;
    /// The points that count, in line units.
    fn counted(&mut self, at: usize) -> &mut i64;
    /// Hears that nothing of a line is left, and by what; returns how many signals it has.
    fn lose(&mut self, at: usize, state: SignalState) -> u64;
}

impl Cuttable for [Line] {
    fn channel(&self, at: usize) -> usize {
        self[at].channel.into()
    }
    fn counted(&mut self, at: usize) -> &mut i64 {
        &mut self[at].counted
    }
    fn lose(&mut self, at: usize, state: SignalState) -> u64 {
        self[at].state = state;
        self[at].signals
    }
}

/// Settles the lines of one person: what of each counts, and its state. `cut` is what caps took of their `sums`; the order has all lines from which
/// they took something. O(lines).
pub(super) fn settle<C: Cuttable + ?Sized>(lines: &mut C, order: &CuttingOrder, sums: &Sums, cut: &Cut, policy: &Compiled) -> Lost {
    let mut beyond = sums.beyond_caps(policy, cut);
    let to_channel = order.cut(lines, SignalState::CappedChannel, cut.channels, &mut beyond, C::channel);
    let to_person = order.cut(lines, SignalState::CappedPerson, u64::from(cut.person != 0), &mut [cut.person], |_, _| 0);
    Lost { to_channel, to_person }
}

/// The order in which caps cut the lines of a person: the oldest day first, within a day the policy's last kind first.
///
/// A word a line, so that they are quickly sorted: from high to low the day, what is left to the last kind, and the line's place.
#[derive(Debug, Default)]
pub(super) struct CuttingOrder(Vec<u64>);

impl CuttingOrder {
    const PLACE_BITS: u32 = 31;

    // INVARIANT: a day has 17 bits and a kind 16; of a kind and day there is one line at most, of 4,095 kinds and fewer than 2¹⁷ days, so that 31 bits are
    // enough for their places.
    const fn word(day: u32, kind: u16, at: usize) -> u64 {
        (day as u64) << (Self::PLACE_BITS + 16) | (!kind as u64) << Self::PLACE_BITS | at as u64
    }

    /// Puts lines in order.
    pub(super) fn put(&mut self, lines: &[Line]) {
        self.0.clear();
        self.0.extend(lines.iter().enumerate().map(|(at, line)| Self::word(line.day.number(), line.kind, at)));
        self.0.sort_unstable();
    }

    /// Puts those in order that are wanted, of lines given by day, kind and whether they are. Nothing turns on which these are.
    pub(super) fn put_wanted(&mut self, lines: impl ExactSizeIterator<Item = (u32, u16, bool)>) {
        self.0.clear();
        self.0.resize(lines.len(), 0);
        let mut len = 0;
        for (at, (day, kind, wanted)) in lines.enumerate() {
            // Each is written, and stays where the next is not written over it.
            self.0[len] = Self::word(day, kind, at);
            len += usize::from(wanted);
        }
        self.0.truncate(len);
        self.0.sort_unstable();
    }

    /// Takes the excesses, of which those are open that have a bit, from the lines that they concern, as far as these have the same sign; returns how
    /// many signals have nothing left.
    #[allow(clippy::cast_possible_truncation, reason = "a place has 31 bits")]
    fn cut<C: Cuttable + ?Sized>(
        &self,
        lines: &mut C,
        state: SignalState,
        mut open: u64,
        excesses: &mut [i128],
        of: impl Fn(&C, usize) -> usize,
    ) -> u64 {
        let mut lost = 0;
        for word in &self.0 {
            if open == 0 {
                break;
            }
            let at = (word & ((1 << Self::PLACE_BITS) - 1)) as usize;
            let number = of(lines, at);
            let (excess, counted) = (&mut excesses[number], lines.counted(at));
            // What is closed has no excess left.
            if *counted != 0 && (*counted > 0) == (*excess > 0) && *excess != 0 {
                *excess -= take(counted, *excess);
                open &= !(u64::from(*excess == 0) << number);
                if *counted == 0 {
                    lost += lines.lose(at, state);
                }
            }
        }
        lost
    }
}

/// Takes as much of the excess as there is, both of one sign.
fn take(counted: &mut i64, excess: i128) -> i128 {
    let before = i128::from(*counted);
    let taken = if excess > 0 { excess.min(before) } else { excess.max(before) };
    // INVARIANT: what is left lies between 0 and the old value, so it fits.
    *counted = i64::try_from(before - taken).unwrap_or(0);
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
                    let (of, state) = (Entry::NONE, SignalState::Counted);
                    lines.push(Line { kind, channel, day, of, signals: 1, before, counted: before, state });
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
            let mut added = Sums::default();
            for line in &lines {
                added.add(line.channel, [line.before, 0]);
            }
            let (points, cut) = added.within_caps(policy.compiled());
            let mut order = CuttingOrder::default();
            order.put(&lines);
            let lost = settle(&mut lines[..], &order, &added, &cut.unwrap_or_default(), policy.compiled());
            let counted: i128 = lines.iter().map(|line| i128::from(line.counted)).sum();
            prop_assert_eq!(counted, i128::from(points[0]));
            let of = |state| lines.iter().filter(|line| line.state == state).count() as u64;
            prop_assert_eq!(lost, Lost { to_channel: of(SignalState::CappedChannel), to_person: of(SignalState::CappedPerson) });
            prop_assert_eq!(counted, clamped.clamp(0, policy.compiled().person_cap.into()));
            for line in &lines {
                prop_assert!(line.counted == 0 || (line.counted > 0) == (line.before > 0));
                prop_assert!(line.counted.abs() <= line.before.abs());
                prop_assert_eq!(line.state == SignalState::Counted, line.counted != 0);
            }
        }
    }
}
