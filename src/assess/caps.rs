//! Who loses what to a cap.
//!
//! An excess over an upper bound is taken from positive lines, oldest day first, within a day the policy's last kind
//! first; what lies below a lower bound is taken from negative lines in the same order; the channel's bounds first, then the person's.

use super::cutting::CuttingOrder;
use super::intake::SignalState;
use super::sums::{Cut, Excess, Sums};
use super::tallied::TalliedKind;
use crate::day::Day;
use crate::policy::{CHANNELS_MAX, Compiled};
use crate::tally::Entry;

/// The signals of one person, kind and day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// The policy's number of the kind.
    pub(crate) kind: u16,
    pub(crate) channel: u8,
    /// The [lane](crate::policy::Lanes) of its channel.
    pub(super) lane: u8,
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
        Self {
            kind: kind.number_of_line(),
            channel: kind.channel,
            lane: kind.lane,
            day: of.day(),
            of,
            signals,
            before,
            counted: before,
            state: SignalState::Counted,
        }
    }
}

/// How many signals lost all their points to caps: of a channel, and of the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lost {
    pub(super) to_channel: u64,
    pub(super) to_person: u64,
}

/// Lines by their place, from which caps take points.
pub(super) trait Cuttable {
    fn lane(&self, at: usize) -> usize;
    /// The points that count, in line units.
    fn counted(&mut self, at: usize) -> &mut i64;
    /// How many signals it has within the daily cap.
    fn signals(&self, at: usize) -> u64;
    /// Hears whether the cap of its channel left nothing of a line, or that of the person.
    fn settled(&mut self, at: usize, by_channel: bool, by_person: bool);
}

impl Cuttable for [Line] {
    fn lane(&self, at: usize) -> usize {
        self[at].lane.into()
    }
    fn counted(&mut self, at: usize) -> &mut i64 {
        &mut self[at].counted
    }
    fn signals(&self, at: usize) -> u64 {
        self[at].signals
    }
    fn settled(&mut self, at: usize, by_channel: bool, by_person: bool) {
        if by_channel {
            self[at].state = SignalState::CappedChannel;
        } else if by_person {
            self[at].state = SignalState::CappedPerson;
        }
    }
}

/// Settles the lines of one person: what of each counts, and its state. `cut` is what caps took of their `sums`; the order has all lines from which
/// they took something. O(lines), and n log n in those of a day.
pub(super) fn settle<C: Cuttable + ?Sized>(lines: &mut C, order: &mut CuttingOrder, sums: &Sums, cut: &Cut, policy: &Compiled) -> Lost {
    if sums.carried() {
        settle_by::<C, i128>(lines, order, sums, cut, policy)
    } else {
        settle_by::<C, i64>(lines, order, sums, cut, policy)
    }
}

/// The same in numbers that hold the sums. Nothing turns on a line, but on whether all is taken.
#[allow(clippy::needless_bitwise_bool, reason = "without jumps")]
fn settle_by<C: Cuttable + ?Sized, T: Excess>(lines: &mut C, order: &mut CuttingOrder, sums: &Sums, cut: &Cut, policy: &Compiled) -> Lost {
    let mut beyond: [T; CHANNELS_MAX] = sums.beyond_caps(policy, cut);
    let (mut open, mut person) = (cut.lanes, T::try_from(cut.person).unwrap_or_default());
    let nothing = T::default();
    let mut lost = Lost::default();
    // What a lane takes from a line does not depend on lines that come later, nor does what the person takes of the rest: so one pass is enough.
    for at in order.places() {
        if open == 0 && person == nothing {
            break;
        }
        let (lane, signals) = (lines.lane(at), lines.signals(at));
        let (excess, counted) = (&mut beyond[lane], lines.counted(at));
        let before = *counted;
        let within = before - taken(before, excess);
        let left = within - taken(within, &mut person);
        *counted = left;
        open &= !(u64::from(*excess == nothing) << lane);
        let (by_channel, by_person) = ((before != 0) & (within == 0), (within != 0) & (left == 0));
        lost.to_channel += signals * u64::from(by_channel);
        lost.to_person += signals * u64::from(by_person);
        lines.settled(at, by_channel, by_person);
    }
    lost
}

/// Takes as much of the excess as there is, if both are of one sign; how much that is.
fn taken<T: Excess>(counted: i64, excess: &mut T) -> i64 {
    let (counted, nothing) = (T::from(counted), T::default());
    // Hardly any is below nothing.
    let taken = if *excess >= nothing { counted.max(nothing).min(*excess) } else { counted.min(nothing).max(*excess) };
    *excess = *excess - taken;
    // INVARIANT: what is taken lies between 0 and what was there, so it fits.
    taken.try_into().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::policy::{CompiledKind, Policy};
    use proptest::prelude::*;

    /// Lines of the default policy's kinds, at most one for a kind and day, with any points; their days rise.
    fn lines() -> impl Strategy<Value = Vec<Line>> {
        let drawn = (0_u16..26, 0_u16..40, -3_000_i64..9_000);
        prop::collection::vec(drawn, 0..90).prop_map(|drawn| {
            let policy = Policy::default();
            let mut lines: Vec<Line> = Vec::new();
            for (kind, age, cents) in drawn {
                let day = Day::MAX.minus_days(age);
                if cents != 0 && !lines.iter().any(|line| (line.kind, line.day) == (kind, day)) {
                    let before = cents * 1_000_000_007;
                    let (of, state) = (Entry::NONE, SignalState::Counted);
                    let CompiledKind { channel, lane, .. } = policy.compiled().kinds[usize::from(kind)];
                    lines.push(Line { kind, channel, lane, day, of, signals: 1, before, counted: before, state });
                }
            }
            lines.sort_by_key(|line| line.day);
            lines
        })
    }

    fn sums(lines: &[Line], channels: usize, of: impl Fn(&Line) -> i64) -> Vec<i128> {
        let sum = |channel| lines.iter().filter(|line| usize::from(line.channel) == channel).map(|line| i128::from(of(line))).sum();
        (0..channels).map(sum).collect()
    }

    /// What counts of each line, and its state: what is beyond a channel's bounds taken first, then what is beyond the person's, one line at a time.
    fn settled_plainly(lines: &[Line], caps: &[i128], person_cap: i64) -> Vec<(i128, SignalState)> {
        let mut settled: Vec<(i128, SignalState)> = lines.iter().map(|line| (line.before.into(), SignalState::Counted)).collect();
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_by_key(|at| (lines[*at].day, core::cmp::Reverse(lines[*at].kind)));
        let mut take = |mut excess: i128, state, of: &dyn Fn(&Line) -> bool| {
            for at in order.iter().filter(|at| of(&lines[**at])) {
                let (left, was) = &mut settled[*at];
                if *left != 0 && excess.signum() == left.signum() {
                    let taken = excess.signum() * excess.abs().min(left.abs());
                    (*left, excess) = (*left - taken, excess - taken);
                    if *left == 0 {
                        *was = state;
                    }
                }
            }
        };
        let mut within = 0;
        for (channel, (sum, cap)) in sums(lines, caps.len(), |line| line.before).into_iter().zip(caps).enumerate() {
            let bound = sum.clamp(-*cap, *cap);
            within += bound;
            take(sum - bound, SignalState::CappedChannel, &|line| usize::from(line.channel) == channel);
        }
        take(within - within.clamp(0, person_cap.into()), SignalState::CappedPerson, &|_| true);
        settled
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
                added.add(line.lane, [line.before, 0]);
            }
            let expected = settled_plainly(&lines, caps, policy.compiled().person_cap);
            let (points, cut) = added.within_caps(policy.compiled());
            let mut order = CuttingOrder::default();
            order.note(&lines);
            let lost = settle(&mut lines[..], &mut order, &added, &cut.unwrap_or_default(), policy.compiled());
            prop_assert_eq!(lines.iter().map(|line| (line.counted.into(), line.state)).collect::<Vec<_>>(), expected);
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
