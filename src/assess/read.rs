//! The loop that turns a person's signals into points.
//!
//! Signals come in the order of their days: those of days to come stand behind all others, and are not looked at any further.
//!
//! A person has a few signals of many kinds, so that nobody can foresee which of them count, nor how many of a kind there are: what is found of each is
//! looked up and added to one of several places instead of jumping, since jumps would be guessed wrong every other time.

use alloc::vec::Vec;

use super::caps::Line;
use super::heard::{Heard, Seen};
use super::intake::SignalState;
use super::score::{Lens, Scratch};
use super::sink::Sink;
use super::states::state_at;
use super::tallied::TalliedKind;
use super::used::{Used, UsedList};
use crate::day::Day;
use crate::policy::Reach;
use crate::tally::Entry;

/// Reads the signals up to the lens's day that a group uses of a person, and adds up by lane what they are worth; how many there are. Who wants lines
/// hears the states of those that do not count, the others being kept until they are settled; who wants none hears how far signals come. O(used).
pub(super) fn read<S: Sink, U: Used>(
    lens: &Lens<'_>,
    used: UsedList<'_, U>,
    scratch: &mut Scratch,
    heard: &mut Heard,
    sink: &mut S,
) -> usize {
    debug_assert!(used.all.is_sorted_by_key(|one| one.day()), "signals come in the order of their days");
    let len = used.all.len();
    scratch.sums.clear(lens.policy);
    if S::LINES {
        scratch.lines.clear();
    }
    if scratch.left.len() < len {
        scratch.left.resize(len, 0);
    }
    let most = lens.policy.lines_in_a_word;
    let mut end = len.min(most);
    let mut done = read_part(lens, (0, used.part(0..end)), scratch, heard, sink);
    // Whether all of the part were past, and there are more.
    while done == end && done < len {
        scratch.sums.carry();
        end = len.min(done + most);
        done += read_part(lens, (done, used.part(done..end)), scratch, heard, sink);
    }
    done
}

/// Reads a part of a person's signals up to the first that is to come, so few that what they are worth adds up within a machine word; `done` were read
/// before. How many it read.
// INVARIANT: entries are of kinds of the tally, each of which is here.
// Alone, so that what is needed for a signal stays in the machine's registers.
#[inline(never)]
fn read_part<S: Sink, U: Used>(
    lens: &Lens<'_>,
    (done, used): (usize, UsedList<'_, U>),
    scratch: &mut Scratch,
    heard: &mut Heard,
    sink: &mut S,
) -> usize {
    let (kinds, clock, since) = (&**lens.kinds, lens.clock.counted_from(used.since), Seen::on(used.since));
    let fadings = lens.policy.fading.all();
    let Scratch { lines, sums, left, .. } = scratch;
    let mut read = 0_usize;
    for (one, left) in used.all.iter().zip(&mut left[done..]) {
        let day = one.day();
        if !clock.past(day) {
            break;
        }
        read = read.wrapping_add(1);
        let (kind, count) = (&kinds[usize::from(one.kind())], one.signals());
        let fading = fadings[kind.fading.place(clock.age(day))];
        let within = count.min(kind.daily_cap.into());
        let undecayed = undecayed(kind.cents, within);
        let (before, then) = (undecayed.wrapping_mul(fading.now()), undecayed.wrapping_mul(fading.then()));
        sums.add(kind.lane, [before, then]);
        *left = before;
        let landing = kind.landing(fading);
        heard.note(&landing.heard, kind.channel_bit, since.plus(day));
        if S::LINES {
            tell(kind, one.entry(used.since), (state_at(landing.reach), count, before), lines, sink);
        } else if S::LISTENS {
            sink.reached(landing.reach, count, within);
        }
    }
    read
}

/// Tells of the signals that a group uses of a person which are of days to come. O(signals); O(1) for who wants no lines, where the policy knows all kinds,
/// since what is known to be there and does not come is to come.
pub(super) fn tell_to_come<S: Sink, U: Used>(lens: &Lens<'_>, to_come: UsedList<'_, U>, sink: &mut S) {
    if !S::LISTENS || !S::LINES && lens.kinds.are_known() {
        return;
    }
    for one in to_come.all {
        let kind = &lens.kinds[usize::from(one.kind())];
        if S::LINES {
            sink.signals(kind.state_to_come(), one.entry(to_come.since), one.signals());
        } else if !kind.is_known() {
            sink.reached(Reach::Unknown, one.signals(), 0);
        }
    }
}

/// A lens's day in the numbers of entries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    /// The number of the day after the lens's.
    tomorrow: u32,
}

impl Clock {
    pub(super) fn of(day: Day) -> Self {
        Self { tomorrow: day.number() + 1 }
    }

    /// Whether a day is no later.
    pub(super) const fn past(self, day: u32) -> bool {
        day < self.tomorrow
    }

    /// The same for days that are counted from `since`.
    const fn counted_from(self, since: u32) -> Self {
        Self { tomorrow: self.tomorrow.saturating_sub(since) }
    }

    /// How many days ago a day was.
    // INVARIANT: it is past.
    const fn age(self, day: u32) -> u32 {
        self.tomorrow.wrapping_sub(1).wrapping_sub(day)
    }
}

/// Tells the state of a day's signals of one kind, and keeps the line of those that count until it is settled.
fn tell<S: Sink>(kind: &TalliedKind, of: Entry, (state, count, before): (SignalState, u64, i64), lines: &mut Vec<Line>, sink: &mut S) {
    if state < SignalState::ZeroPoints {
        sink.signals(state, of, count);
        return;
    }
    let within = count.min(kind.daily_cap.into());
    let mut line = Line::of(kind, of, within, before);
    if state == SignalState::ZeroPoints {
        (line.state, line.signals) = (state, count);
        sink.signals(state, of, count);
        sink.line(&line);
        return;
    }
    if count > within {
        sink.signals(SignalState::CappedDaily, of, count - within);
    }
    lines.push(line);
}

/// What a line is worth before it decays, in hundredths of a point: `min(count, daily cap) × points`, at most 10⁹, since a thousand signals of 10,000
/// points come to that. Times a factor it is in line units, at most 10¹⁸.
pub(super) fn undecayed(cents: i64, within: u64) -> i64 {
    // INVARIANT: a daily cap is at most 1,000, and a signal has at most 10⁶ hundredths.
    i64::try_from(within).unwrap_or(0).wrapping_mul(cents)
}
