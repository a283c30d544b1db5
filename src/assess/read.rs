//! The loop that turns a person's signals into points.
//!
//! A person has a few signals of many kinds, so that nobody can foresee which of them count: what is found of each is looked up and added to one of
//! several places instead of jumping, since jumps would be guessed wrong every other time.

use alloc::vec::Vec;

use super::caps::Line;
use super::heard::{Heard, Hearing};
use super::intake::SignalState;
use super::score::{Lens, Scratch, Solution};
use super::sink::Sink;
use super::tallied::TalliedKind;
use crate::day::Day;
use crate::policy::{Fading, Reach};
use crate::tally::Entry;

/// What was read of a person's signals.
pub(super) struct Read {
    /// Points are added up by channel meanwhile.
    pub(super) heard: Heard,
    /// How many signals count if no cap cuts.
    pub(super) open: u64,
}

/// Reads a person's signals day by day, adds up by channel what they are worth, and tells their states, but of those that count only where lines are
/// wanted: others hear of them when it is known that no cap cuts. O(entries).
pub(super) fn read<S: Sink>(lens: &Lens<'_>, entries: &[Entry], scratch: &mut Scratch, sink: &mut S) -> Read {
    scratch.sums.clear();
    scratch.lines.clear();
    let (mut hearing, mut sieve) = (Hearing::NOTHING, Sieve::NOTHING);
    let mut rest = entries;
    loop {
        let (part, after) = rest.split_at(whole_runs(rest, lens.policy.lines_in_a_word));
        read_part(lens, part, scratch, (&mut hearing, &mut sieve), sink);
        if after.is_empty() {
            break;
        }
        scratch.sums.carry();
        rest = after;
    }
    if S::LISTENS && !S::LINES {
        sieve.tell(entries, sink);
    }
    Read { heard: hearing.heard(), open: sieve.within[Sieve::WORTH] }
}

/// How many entries from the first on are at most so many lines, none of which goes on behind them.
fn whole_runs(entries: &[Entry], lines: usize) -> usize {
    if entries.len() <= lines {
        return entries.len();
    }
    entries.chunk_by(|a, b| a.kind_and_day() == b.kind_and_day()).take(lines).map(<[Entry]>::len).sum()
}

/// Reads a part of a person's signals, of which the lines add up within a machine word.
// INVARIANT: an entry has at most 2²¹ signals, and a person fewer than 2⁴⁰ entries, so that no count wraps.
#[inline]
fn read_part<S: Sink>(
    lens: &Lens<'_>,
    entries: &[Entry],
    scratch: &mut Scratch,
    (hearing, sieve): (&mut Hearing, &mut Sieve),
    sink: &mut S,
) {
    let Lens { kinds, clock, .. } = *lens;
    let tables = &lens.policy.fading.all[..];
    let Scratch { lines, sums, .. } = scratch;
    let mut used = 0;
    let mut rest = entries.iter().copied();
    let mut first = rest.next().unwrap_or(Entry::END);
    // INVARIANT: entries are of kinds of the tally, for each of which there is one here; only the end is of none.
    while let Some(kind) = kinds.get(usize::from(first.kind())) {
        let of = first;
        let next = rest.next().unwrap_or(Entry::END);
        first = next;
        if !sink.hears(kind) {
            continue;
        }
        let mut count = u64::from(of.count());
        if !clock.plain(of) || next.kind_and_day() == of.kind_and_day() {
            let known = (kind.number.is_some(), clock.past(of.day_number()));
            (count, first) = sort_out(of, next, &mut rest, known, lens.solution, sink);
            if count == 0 {
                continue;
            }
        }
        let day = of.day_number();
        let fading = tables[(kind.fading.start as usize).wrapping_add(clock.place(day, kind.fading.last))];
        let within = count.min(kind.daily_cap.into());
        let undecayed = undecayed(kind.cents, within);
        let (before, then) = (undecayed.wrapping_mul(fading.now()), undecayed.wrapping_mul(fading.then()));
        sums.add(kind.channel, [before, then]);
        used |= kind.channel_bit;
        if S::LINES {
            tell(kind, of, (state(fading, before), count, before), lines, sink);
        } else if S::LISTENS {
            sieve.add((count, within), fading, before);
        }
        if S::KEEPS_HEARD {
            hearing.note(kind, fading, day);
        }
    }
    sums.note(used);
}

/// The state of signals that the group uses, before any cap.
const fn state(fading: Fading, before: i64) -> SignalState {
    match fading.reach() {
        Reach::Unknown => SignalState::UnknownKind,
        Reach::Future => SignalState::Future,
        Reach::Outside => SignalState::DecayedOut,
        Reach::Inside if before == 0 => SignalState::ZeroPoints,
        Reach::Inside => SignalState::Counted,
    }
}

/// How many of a person's signals that the group uses come how far.
struct Sieve {
    /// By twice the [`Fading::code`], and one more if they are worth anything.
    all: [u64; 8],
    /// Those within the daily cap: of what is worth nothing, and of what is worth something.
    within: [u64; 2],
}

impl Sieve {
    const NOTHING: Self = Self { all: [0; 8], within: [0; 2] };
    const ZERO: usize = 0;
    const WORTH: usize = 1;
    const OUTSIDE: usize = 2;
    const UNKNOWN: usize = 4;
    const FUTURE: usize = 6;

    /// Adds the signals of a day, of which so many are within the daily cap.
    #[inline]
    fn add(&mut self, (count, within): (u64, u64), fading: Fading, before: i64) {
        let worth = usize::from(before != 0);
        let all = &mut self.all[(2 * fading.code() + worth) % 8];
        *all = all.wrapping_add(count);
        self.within[worth] = self.within[worth].wrapping_add(within);
    }

    /// Tells the states of all but those that are within the daily cap.
    fn tell<S: Sink>(&self, entries: &[Entry], sink: &mut S) {
        let Some(of) = entries.first() else { return };
        sink.signals(SignalState::UnknownKind, *of, self.all[Self::UNKNOWN]);
        sink.signals(SignalState::Future, *of, self.all[Self::FUTURE]);
        sink.signals(SignalState::DecayedOut, *of, self.all[Self::OUTSIDE]);
        sink.signals(SignalState::ZeroPoints, *of, self.all[Self::ZERO]);
        sink.signals(SignalState::CappedDaily, *of, self.all[Self::WORTH] - self.within[Self::WORTH]);
    }
}

/// A lens's day and solution in the numbers of entries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    /// The number of the day after the lens's.
    tomorrow: u32,
    /// The bits of an entry none of which is set if it is surely used, and those of entries for the group's own solution.
    marks: u64,
    own: u64,
}

impl Clock {
    pub(super) fn of(day: Day, solution: Solution) -> Self {
        let one = |solution| Entry::one(0, Day::MIN, solution, false).solution_and_mark();
        let (marks, own) = match solution {
            Solution::Every => (Entry::MARK, 0),
            Solution::Only(own) => (Entry::SOLUTION_AND_MARK, one(own)),
        };
        Self { tomorrow: day.number() + 1, marks, own }
    }

    /// Whether an entry is surely used, whatever its kind and day.
    #[inline]
    fn plain(&self, entry: Entry) -> bool {
        !entry.has_any(self.marks) || entry.solution_and_mark() == self.own
    }

    const fn past(&self, day: u32) -> bool {
        day < self.tomorrow
    }

    /// The place of a day in a table of fading that has that last place.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_possible_wrap, reason = "days have 17 bits")]
    fn place(&self, day: u32, last: u32) -> usize {
        let age = self.tomorrow.wrapping_sub(day) as i32;
        age.max(0).min(last as i32) as u32 as usize
    }
}

/// Sorts out what of a run of one kind and day the group uses, where it is of several entries or not all of them are used; tells the states of the
/// others. `next` and `rest` are what comes after the run's first entry. Returns how many signals are used, and what comes after the run.
#[cold]
fn sort_out<S: Sink>(
    first: Entry,
    mut next: Entry,
    rest: &mut impl Iterator<Item = Entry>,
    (known, past): (bool, bool),
    solution: Solution,
    sink: &mut S,
) -> (u64, Entry) {
    let (mut usable, mut entry) = (0, first);
    loop {
        let count = u64::from(entry.count());
        match state_aside(entry, known, past) {
            Some(state) => sink.signals(state, entry, count),
            None if solution.uses(entry.solution()) => usable += count,
            None => sink.signals(SignalState::OtherSolution, entry, count),
        }
        if next.kind_and_day() != first.kind_and_day() {
            return (usable, next);
        }
        (entry, next) = (next, rest.next().unwrap_or(Entry::END));
    }
}

/// The state of signals that nobody's standing could make usable.
pub(super) const fn state_aside(entry: Entry, known: bool, past: bool) -> Option<SignalState> {
    if entry.quarantined() {
        Some(SignalState::Quarantined)
    } else if !known {
        Some(SignalState::UnknownKind)
    } else if !past {
        Some(SignalState::Future)
    } else {
        None
    }
}

/// Tells the state of a day's signals of one kind, and keeps the line of those that count until it is settled.
fn tell<S: Sink>(kind: &TalliedKind, of: Entry, (state, count, before): (SignalState, u64, i64), lines: &mut Vec<Line>, sink: &mut S) {
    if state < SignalState::ZeroPoints {
        sink.signals(state, of, count);
        return;
    }
    // INVARIANT: only signals of known kinds come to a line.
    let (number, channel, day) = (kind.number.unwrap_or(0), kind.channel, of.day());
    let signals = count.min(kind.daily_cap.into());
    let mut line = Line { kind: number, channel, day, of, signals, before, counted: before, ..Line::EMPTY };
    if state == SignalState::ZeroPoints {
        (line.state, line.signals) = (state, count);
        sink.signals(state, of, count);
        sink.line(&line);
        return;
    }
    if count > signals {
        sink.signals(SignalState::CappedDaily, of, count - signals);
    }
    lines.push(line);
}

/// What a line is worth before it decays, in hundredths of a point: `min(count, daily cap) × points`, at most 10⁹, since a thousand signals of 10,000
/// points come to that. Times a factor it is in line units, at most 10¹⁸.
pub(super) fn undecayed(cents: i64, within: u64) -> i64 {
    // INVARIANT: a daily cap is at most 1,000, and a signal has at most 10⁶ hundredths.
    i64::try_from(within).unwrap_or(0).wrapping_mul(cents)
}
