//! A person's points: the one loop that turns counts into points, and can say how.
//!
//! Everything that needs points calls [`score`]; what it wants to hear of the way there is a [`Sink`]'s business, and the sink that wants nothing
//! compiles to nothing. A person has a few signals of many kinds, so that nobody can foresee which of them count: what is found of each is chosen
//! by arithmetic instead of by jumps, which would be guessed wrong every other time.

use alloc::vec::Vec;

use super::caps::{self, Line};
use super::figures::Scored;
use super::heard::Heard;
use super::intake::SignalState;
use super::sink::{Lines, Sink};
use super::tallied::TalliedKind;
use crate::day::Day;
use crate::policy::Compiled;
use crate::tally::Entry;

/// Which signals are looked at, and how: the group's solution, the day, the policy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lens<'a> {
    pub(crate) policy: &'a Compiled,
    /// Each kind of the tally, by its number there.
    pub(crate) kinds: &'a [TalliedKind],
    pub(crate) solution: Solution,
    pub(crate) day: Day,
    /// Signals of later days are not looked at: the day itself, or an earlier one.
    pub(crate) until: Day,
    /// Only signals of later days, when given.
    pub(crate) after: Option<Day>,
    /// An earlier day for which points are found along the way, when given: those that the same people had then.
    pub(crate) then: Option<Day>,
}

impl Lens<'_> {
    /// Whether an entry is usable for the group, its kind being known.
    pub(crate) fn uses(&self, entry: Entry) -> bool {
        !entry.quarantined()
            && entry.day() <= self.until
            && self.after.is_none_or(|after| entry.day() > after)
            && self.solution.uses(entry.solution())
    }
}

/// Whose signals a group uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Solution {
    /// Those of every solution.
    Every,
    /// Those of this solution, by its number in the tally if any signal names it, and those of none.
    Only(Option<u16>),
}

impl Solution {
    pub(crate) fn uses(self, of: Option<u16>) -> bool {
        match self {
            Self::Every => true,
            Self::Only(own) => of.is_none() || of == own,
        }
    }
}

/// Which day's points are meant: the day's or those of the lens's earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Now,
    Then,
}

/// What the signals of one person (or of an account's unnamed visitors) come to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Score {
    /// Points in line units, 0..=person cap.
    pub(crate) points: i64,
    /// The points on the lens's earlier day, if it has one.
    pub(crate) then: i64,
    pub(crate) heard: Heard,
}

impl Score {
    pub(crate) const NOTHING: Self = Self { points: 0, then: 0, heard: Heard::NOTHING };

    pub(crate) const fn points(&self, when: When) -> i64 {
        match when {
            When::Now => self.points,
            When::Then => self.then,
        }
    }
}

/// Room that the loop uses again for each person.
#[derive(Debug)]
pub(crate) struct Scratch {
    /// The lines of a person, for a sink that listens.
    lines: Vec<Line>,
    /// The sums of the lines by channel, on the day and on the earlier one; nothing where `used` has no bit.
    channels: Sums,
    /// The channels that have lines, a bit a channel.
    used: u64,
    entries: Vec<Entry>,
    /// Lists of members that nobody needs any more.
    members: Vec<Vec<Scored>>,
}

/// Channels that a policy has at most.
const CHANNELS: usize = 64;

/// Sums by channel, on the day and on the earlier one, in line units.
type Sums = [[i128; 2]; CHANNELS];

impl Default for Scratch {
    fn default() -> Self {
        Self { lines: Vec::new(), channels: [[0; 2]; CHANNELS], used: 0, entries: Vec::new(), members: Vec::new() }
    }
}

/// The entries of several contacts of one person, as if they were one contact's.
pub(crate) fn pooled<'s>(parts: impl Iterator<Item = &'s [Entry]>, scratch: &mut Scratch) -> Vec<Entry> {
    let mut entries = core::mem::take(&mut scratch.entries);
    entries.clear();
    for part in parts {
        entries.extend_from_slice(part);
    }
    entries.sort_unstable();
    entries
}

impl Scratch {
    /// Makes room for another person; only what was used is cleared.
    pub(super) fn clear(&mut self) {
        self.lines.clear();
        for channel in bits(core::mem::take(&mut self.used)) {
            self.channels[channel] = [0; 2];
        }
    }

    /// Adds points to a kind's channel, on the day and on the earlier one.
    pub(super) fn add(&mut self, channel: u8, points: [i64; 2]) {
        // INVARIANT: a policy has at most 64 channels.
        let sums = &mut self.channels[usize::from(channel) % CHANNELS];
        // INVARIANT: fewer than 2⁴⁰ lines of 10¹⁸ each are added.
        sums[0] = sums[0].wrapping_add(points[0].into());
        sums[1] = sums[1].wrapping_add(points[1].into());
        self.used |= 1_u64.wrapping_shl(channel.into());
    }

    /// An empty list of members.
    pub(crate) fn members(&mut self) -> Vec<Scored> {
        self.members.pop().unwrap_or_default()
    }

    /// Gives room back that [`Self::members`] took.
    pub(crate) fn give_members_back(&mut self, mut members: Vec<Scored>) {
        members.clear();
        self.members.push(members);
    }

    /// Gives room back that [`pooled`] took.
    pub(crate) fn give_back(&mut self, entries: Vec<Entry>) {
        self.entries = entries;
    }
}

/// The numbers of the bits that are set, rising.
fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    core::iter::from_fn(move || {
        let next = (set != 0).then_some(set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        next
    })
}

/// Scores the signals of one person. `entries` are in the order of kind, then day; those of several contacts may be mixed within that.
///
/// O(entries), and O(lines log lines) when a cap cuts and the sink listens.
pub(crate) fn score<S: Sink>(lens: &Lens<'_>, entries: &[Entry], scratch: &mut Scratch, sink: &mut S) -> Score {
    if entries.is_empty() && !S::SUMS {
        return Score::NOTHING;
    }
    scratch.clear();
    let Read { heard, open } = read(lens, entries, scratch, sink);
    let ([points, then], cut) = within_caps(lens.policy, scratch);
    if S::LINES {
        settle(lens.policy, points, scratch, sink);
    } else if S::LISTENS {
        // Who loses what to a cap is only found out where a cap cuts.
        let lost = if cut.is_empty() { 0 } else { count_cut(lens, entries, cut, scratch, sink) };
        sink.signals(SignalState::Counted, entries[0], open - lost);
    }
    Score { points, then, heard }
}

/// What was read of a person's signals.
struct Read {
    /// Points are added up by channel meanwhile.
    heard: Heard,
    /// How many signals count if no cap cuts.
    open: u64,
}

/// Reads a person's signals day by day, adds up by channel what they are worth, and tells their states, but of those that count only where lines are
/// wanted: others hear of them when it is known that no cap cuts.
// INVARIANT: a line is at most 10¹⁸, an entry has at most 2²¹ signals, and a person fewer than 2⁴⁰ entries: no product and no sum wraps.
fn read<S: Sink>(lens: &Lens<'_>, entries: &[Entry], scratch: &mut Scratch, sink: &mut S) -> Read {
    let (clock, factors) = (Clock::of(lens), &lens.policy.factors[..]);
    let (mut heard, mut sieve) = (Heard::NOTHING, Sieve::default());
    let mut rest = entries;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let day = first.day_number();
        let kind = &lens.kinds[usize::from(first.kind())];
        if day < clock.from || !sink.hears(kind) {
            continue;
        }
        let past = !mask(clock.until, day);
        let mut count = u64::from(first.count());
        if !clock.plain(*first) || kind.number.is_none() || after.first().is_some_and(|next| next.kind_and_day() == first.kind_and_day()) {
            (count, rest) = sort_out(*first, after, (kind.number.is_some(), past != 0), lens.solution, sink);
            if count == 0 {
                continue;
            }
        }
        let within = count.min(kind.daily_cap.into());
        let undecayed = undecayed(kind.cents, within);
        let at = |on: u32| {
            // Days to come are far beyond any window, and beyond it the factor is the 0 before those of all ages.
            let age = on.wrapping_sub(day);
            let inside = mask(age, kind.window) & past;
            #[allow(clippy::cast_possible_truncation, reason = "of all bits the lower half, or of none")]
            let place = age.wrapping_add(1) & inside as u32;
            (inside, undecayed.wrapping_mul(factors[kind.factors as usize + place as usize]))
        };
        let ((inside, before), (_, then)) = (at(clock.day), at(clock.then));
        scratch.add(kind.channel, [before, then]);
        heard.note(kind, (past, inside), day);
        if S::LINES {
            let state = if past == 0 {
                SignalState::Future
            } else if inside == 0 {
                SignalState::DecayedOut
            } else if before == 0 {
                SignalState::ZeroPoints
            } else {
                SignalState::Counted
            };
            tell(kind, *first, (state, count, before), scratch, sink);
        } else if S::LISTENS {
            sieve.add((count, within), [past, inside, u64::from(before != 0).wrapping_neg()]);
        }
    }
    if S::LISTENS && !S::LINES {
        sieve.tell(entries[0], sink);
    }
    Read { heard, open: sieve.open }
}

/// How many of a person's signals that the group uses come how far.
#[derive(Default)]
struct Sieve {
    all: u64,
    /// Those that are past.
    past: u64,
    /// Those of them that are inside their windows.
    inside: u64,
    /// Those of them that are worth something.
    worth: u64,
    /// Those of them that are within the daily cap.
    open: u64,
}

impl Sieve {
    /// Adds the signals of a day, of which so many are within the daily cap; what is true of them has all bits.
    #[inline]
    const fn add(&mut self, (count, within): (u64, u64), [past, inside, worth]: [u64; 3]) {
        self.all = self.all.wrapping_add(count);
        self.past = self.past.wrapping_add(count & past);
        self.inside = self.inside.wrapping_add(count & inside);
        self.worth = self.worth.wrapping_add(count & worth);
        self.open = self.open.wrapping_add(within & worth);
    }

    /// Tells the states of all but those that are within the daily cap.
    fn tell<S: Sink>(&self, of: Entry, sink: &mut S) {
        sink.signals(SignalState::Future, of, self.all - self.past);
        sink.signals(SignalState::DecayedOut, of, self.past - self.inside);
        sink.signals(SignalState::ZeroPoints, of, self.inside - self.worth);
        sink.signals(SignalState::CappedDaily, of, self.worth - self.open);
    }
}

/// All bits if the first number is below the second, none if not: a condition to choose by without a jump.
const fn mask(below: u32, number: u32) -> u64 {
    let sign = (below as u64).wrapping_sub(number as u64) >> 63;
    sign.wrapping_neg()
}

/// A lens's days and solution in the numbers of entries.
#[derive(Clone, Copy)]
struct Clock {
    day: u32,
    /// Far after all days where there is no earlier day, so that every signal is too old.
    then: u32,
    /// The first and the last day looked at.
    from: u32,
    until: u32,
    /// The bits of an entry that are looked at to see whether it is used, and those of entries for the group's own solution.
    mask: u64,
    own: u64,
}

impl Clock {
    fn of(lens: &Lens<'_>) -> Self {
        let one = |solution| Entry::one(0, Day::MIN, solution, false).solution_and_mark();
        let (mask, own) = match lens.solution {
            Solution::Every => (Entry::MARK, 0),
            Solution::Only(own) => (u64::MAX, one(own)),
        };
        Self {
            day: lens.day.number(),
            then: lens.then.map_or(u32::MAX, Day::number),
            from: lens.after.map_or(0, |after| after.number() + 1),
            until: lens.until.number(),
            mask,
            own,
        }
    }

    /// Whether an entry is surely used, if it is of a known kind and a day past.
    fn plain(&self, entry: Entry) -> bool {
        let bits = entry.solution_and_mark();
        bits & self.mask == 0 || bits == self.own
    }
}

/// Sorts out what of a run of one kind and day the group uses, where it is of several entries or not all of them are used; tells the states of the
/// others. Returns how many signals are used, and what comes after the run.
#[cold]
fn sort_out<'e, S: Sink>(
    first: Entry,
    after: &'e [Entry],
    (known, past): (bool, bool),
    solution: Solution,
    sink: &mut S,
) -> (u64, &'e [Entry]) {
    let more = after.iter().take_while(|next| next.kind_and_day() == first.kind_and_day()).count();
    let (run, after) = after.split_at(more);
    let mut usable = 0;
    for entry in core::iter::once(&first).chain(run) {
        let count = u64::from(entry.count());
        match state_aside(*entry, known, past) {
            Some(state) => sink.signals(state, *entry, count),
            None if solution.uses(entry.solution()) => usable += count,
            None => sink.signals(SignalState::OtherSolution, *entry, count),
        }
    }
    (usable, after)
}

/// The state of signals that nobody's standing could make usable.
const fn state_aside(entry: Entry, known: bool, past: bool) -> Option<SignalState> {
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
fn tell<S: Sink>(kind: &TalliedKind, of: Entry, (state, count, before): (SignalState, u64, i64), scratch: &mut Scratch, sink: &mut S) {
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
    scratch.lines.push(line);
}

/// What a line is worth before it decays, in hundredths of a point: `min(count, daily cap) × points`, at most 10⁹, since a thousand signals of 10,000
/// points come to that. Times a factor it is in line units, at most 10¹⁸.
pub(super) fn undecayed(cents: i64, within: u64) -> i64 {
    // INVARIANT: a daily cap is at most 1,000, and a signal has at most 10⁶ hundredths.
    i64::try_from(within).unwrap_or(0).wrapping_mul(cents)
}

/// Where caps took something of a day's points.
#[derive(Clone, Copy, Default)]
pub(super) struct Cut {
    /// The channels that come to more than their caps, a bit a channel.
    channels: u64,
    /// Whether the channels come to more or less than a person may have.
    person: bool,
}

impl Cut {
    const fn is_empty(self) -> bool {
        self.channels == 0 && !self.person
    }
}

/// The points of a person whose lines are added up, on the day and on the earlier one, and where a cap took something of the day's.
pub(super) fn within_caps(policy: &Compiled, scratch: &Scratch) -> ([i64; 2], Cut) {
    let (mut sums, mut channels) = ([0_i128; 2], 0);
    for channel in bits(scratch.used) {
        let [now, then] = scratch.channels[channel];
        let cap = policy.channel_caps[channel];
        // As a rule all three are in one machine word.
        let within = match (i64::try_from(now), i64::try_from(then), i64::try_from(cap)) {
            (Ok(now), Ok(then), Ok(cap)) => [now, then].map(|sum| sum.clamp(-cap, cap).into()),
            _ => [now, then].map(|sum| sum.clamp(-cap, cap)),
        };
        channels |= u64::from(within[0] != now) << channel;
        sums = [sums[0] + within[0], sums[1] + within[1]];
    }
    let points = sums.map(|sum| sum.clamp(0, policy.person_cap));
    // INVARIANT: a policy's person cap fits.
    (points.map(|points| i64::try_from(points).unwrap_or(i64::MAX)), Cut { channels, person: points[0] != sums[0] })
}

/// Settles which lines lost what to a cap, and tells it, with the sums if they are wanted.
fn settle<S: Sink>(policy: &Compiled, points: i64, scratch: &mut Scratch, sink: &mut S) {
    let sums = scratch.channels.map(|[now, _]| now);
    let channels = &sums[..policy.channel_caps.len()];
    caps::settle(&mut scratch.lines, channels, policy);
    for line in &scratch.lines {
        sink.signals(line.state, line.of, line.signals);
        sink.line(line);
    }
    if S::SUMS {
        let mut total = 0;
        for (number, (sum, cap)) in (0_u8..).zip(channels.iter().zip(&policy.channel_caps)) {
            let within = (*sum).clamp(-*cap, *cap);
            total += within;
            sink.channel(number, *sum, within);
        }
        sink.points(total, points.into());
    }
}

/// Reads the signals once more that a cap may have taken, and tells how many it did; returns their number, those that count in part left out.
fn count_cut<S: Sink>(lens: &Lens<'_>, entries: &[Entry], cut: Cut, scratch: &mut Scratch, sink: &mut S) -> u64 {
    let sums = scratch.channels.map(|[now, _]| now);
    read(lens, entries, scratch, &mut Lines { channels: if cut.person { u64::MAX } else { cut.channels } });
    caps::settle(&mut scratch.lines, &sums[..lens.policy.channel_caps.len()], lens.policy);
    let mut lost = 0;
    for line in scratch.lines.iter().filter(|line| line.state != SignalState::Counted) {
        sink.signals(line.state, line.of, line.signals);
        lost += line.signals;
    }
    lost
}

/// Counts the signals of a contact whose usable signals all share one state.
pub(crate) fn set_aside<S: Sink>(lens: &Lens<'_>, entries: &[Entry], state: SignalState, sink: &mut S) {
    let clock = Clock::of(lens);
    for entry in entries.iter().filter(|entry| entry.day_number() >= clock.from) {
        let known = lens.kinds[usize::from(entry.kind())].number.is_some();
        let aside = state_aside(*entry, known, entry.day_number() <= clock.until);
        sink.signals(aside.unwrap_or(state), *entry, entry.count().into());
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::*;
    use crate::assess::intake::Intake;
    use crate::exact::Points;
    use crate::policy::Policy;
    use crate::signal::Signal;
    use crate::tally::SignalTally;

    /// What a ledger is made of: every line as it was settled, and the state of every signal.
    #[derive(Default)]
    struct Heard {
        lines: Vec<Line>,
        intake: Intake,
    }

    impl Sink for Heard {
        const LISTENS: bool = true;
        fn signals(&mut self, state: SignalState, of: Entry, count: u64) {
            self.intake.signals(state, of, count);
        }
        fn line(&mut self, line: &Line) {
            self.lines.push(*line);
        }
    }

    /// Scores one contact's signals, each given by its kind, its age in days and how often, on 2025-06-15 by the default policy.
    #[track_caller]
    fn heard(signals: &[(&str, u16, usize)]) -> (String, Heard) {
        let day: Day = "2025-06-15".parse().unwrap();
        let mut tally = SignalTally::new();
        for (kind, age, count) in signals {
            for _ in 0..*count {
                tally.record(&Signal::of_contact("ann", kind, day.minus_days(*age).into()).unwrap()).unwrap();
            }
        }
        let policy = Policy::default();
        let compiled = policy.compiled();
        let kinds = tally.kind_roster().iter().map(|(_, name)| TalliedKind::of(compiled, compiled.kind_number(name)));
        let kinds: Vec<TalliedKind> = kinds.collect();
        let lens = Lens { policy: policy.compiled(), kinds: &kinds, solution: Solution::Every, day, until: day, after: None, then: None };
        let (mut scratch, mut sink) = (Scratch::default(), Heard::default());
        let score = score(&lens, tally.contact_entries(0), &mut scratch, &mut sink);
        let sum: i64 = sink.lines.iter().map(|line| line.counted).sum();
        assert_eq!(sum, score.points, "the lines add up to the points");
        assert_eq!(sink.intake.total(), tally.signals(), "every signal has a state");
        let silent = super::score(&lens, tally.contact_entries(0), &mut scratch, &mut ());
        assert_eq!(silent.points, score.points, "listening changes nothing");
        (Points::from_line_units(score.points.into()).to_string(), sink)
    }

    /// The least number of a machine word has no counterpart: an uncapped channel that comes to it, and one that comes to its opposite, are nothing.
    #[test]
    fn the_least_sum_of_an_uncapped_channel_is_not_cut() {
        let mut policy = Policy::default().compiled().clone();
        policy.channel_caps.iter_mut().for_each(|cap| *cap = i128::MAX);
        let mut scratch = Scratch::default();
        scratch.add(0, [i64::MIN, i64::MIN]);
        for most in [i64::MAX, 1] {
            scratch.add(1, [most, most]);
        }
        let (points, cut) = within_caps(&policy, &scratch);
        assert_eq!((points, cut.is_empty()), ([0, 0], true));
    }

    #[test]
    fn a_lone_unsubscribe_is_nothing_and_the_lines_say_so() {
        let (points, heard) = heard(&[("unsubscribe", 0, 1)]);
        assert_eq!(points, "0");
        assert_eq!((heard.lines[0].before, heard.lines[0].counted), (-2_000_000_000_000, 0));
        assert_eq!(heard.intake.count(SignalState::CappedPerson), 1);
    }

    /// Web lines, newest first, 30, 30, 30 and −10: the channel's cap of 60 takes the oldest 20, and the negative line stays whole.
    #[test]
    fn a_channel_takes_its_excess_from_the_oldest_lines() {
        let (points, heard) = heard(&[("page_view", 0, 6), ("page_view", 1, 6), ("page_view", 2, 6), ("careers_page", 0, 1)]);
        assert_eq!(points, "60");
        let oldest = heard.lines.iter().min_by_key(|line| line.day).unwrap();
        assert!(oldest.counted < oldest.before && oldest.counted > 0);
        assert_eq!(heard.intake.count(SignalState::Counted), 19);
    }

    #[test]
    fn a_junior_who_reads_everything_stops_at_the_caps() {
        let (points, heard) = heard(&[("page_view", 0, 50), ("content_download", 0, 9), ("email_open", 0, 7), ("email_click", 0, 5)]);
        // Web 30 of 60, content 120 of 120, e-mail 30 of 30.
        assert_eq!(points, "180");
        assert_eq!(heard.intake.count(SignalState::CappedDaily), 44 + 6 + 2);
        assert_eq!(heard.intake.count(SignalState::ZeroPoints), 7);
    }
}
