//! A person's points: the one loop that turns counts into points, and can say how.
//!
//! Everything that needs points calls [`score`]; what it wants to hear of the way there is a [`Sink`]'s
//! business, and the sink that wants nothing compiles to nothing.

use alloc::vec::Vec;

use super::caps::{self, Line};
use super::figures::Scored;
use super::intake::{Intake, SignalState};
use crate::day::Day;
use crate::policy::{Compiled, CompiledKind, Tier};
use crate::tally::Entry;

/// Which signals are looked at, and how: the group's solution, the day, the policy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lens<'a> {
    pub(crate) policy: &'a Compiled,
    /// The policy's number of each kind of the tally.
    pub(crate) kinds: &'a [Option<u16>],
    pub(crate) solution: Solution,
    pub(crate) day: Day,
    /// Signals of later days are not looked at: the day itself, or an earlier one.
    pub(crate) until: Day,
    /// Only signals of later days, when given.
    pub(crate) after: Option<Day>,
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

/// What a reader of the loop hears: whose signals come, the state of each, and each line once it is settled.
pub(crate) trait Sink {
    /// Whether it listens at all; settling who loses what to a cap is skipped for one that does not.
    const LISTENS: bool;
    /// Whether it wants to hear of which signals and lines each state is. One that only counts states hears `of` any signal, and no lines.
    const LINES: bool = Self::LISTENS;
    /// Whether it wants the sums of channels and person, too; they are not put together for one that does not.
    const SUMS: bool = false;
    /// The signals that follow are those of this contact's person, or of the account's unnamed visitors.
    fn person(&mut self, _contact: Option<u32>) {}
    /// So many signals are in that state; `of` has their kind and day, in the numbers of the tally.
    fn signals(&mut self, state: SignalState, of: Entry, count: u64);
    /// A line, settled: what it was before caps and what of it counts. Its signals were heard before.
    fn line(&mut self, _line: &Line) {}
    /// The lines of a channel come to `sum`, of which `within` lies within its cap; in line units. Heard of every channel, after the lines.
    fn channel(&mut self, _channel: u8, _sum: i128, _within: i128) {}
    /// The channels come to `sum`, of which `points` lie within the bounds of a person; in line units.
    fn points(&mut self, _sum: i128, _points: i128) {}
}

/// Hears nothing.
impl Sink for () {
    const LISTENS: bool = false;
    fn signals(&mut self, _: SignalState, _: Entry, _: u64) {}
}

/// Counts states.
impl Sink for Intake {
    const LISTENS: bool = true;
    const LINES: bool = false;
    fn signals(&mut self, state: SignalState, _: Entry, count: u64) {
        self.add(state, count);
    }
}

/// Two readers at once.
impl<A: Sink, B: Sink> Sink for (&mut A, &mut B) {
    const LISTENS: bool = A::LISTENS || B::LISTENS;
    const LINES: bool = A::LINES || B::LINES;
    const SUMS: bool = A::SUMS || B::SUMS;
    fn person(&mut self, contact: Option<u32>) {
        self.0.person(contact);
        self.1.person(contact);
    }
    fn signals(&mut self, state: SignalState, of: Entry, count: u64) {
        self.0.signals(state, of, count);
        self.1.signals(state, of, count);
    }
    fn line(&mut self, line: &Line) {
        self.0.line(line);
        self.1.line(line);
    }
    fn channel(&mut self, channel: u8, sum: i128, within: i128) {
        self.0.channel(channel, sum, within);
        self.1.channel(channel, sum, within);
    }
    fn points(&mut self, sum: i128, points: i128) {
        self.0.points(sum, points);
        self.1.points(sum, points);
    }
}

/// The tiers that stand for interest, decisive to trace.
pub(crate) const TIERS: usize = 5;

/// What the signals of one person (or of an account's unnamed visitors) come to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Score {
    /// Points in line units, 0..=person cap.
    pub(crate) points: i64,
    /// The newest day of a usable signal of a kind with positive points, whatever its window.
    pub(crate) newest_positive: Option<Day>,
    /// The same inside its window.
    pub(crate) newest_positive_inside: Option<Day>,
    /// The newest day of a usable signal of each tier, whatever its window.
    pub(crate) newest_of_tier: [Option<Day>; TIERS],
    /// The channels of usable signals of each tier inside their windows, a bit a channel.
    pub(crate) channels_of_tier: [u64; TIERS],
}

impl Score {
    pub(crate) const NOTHING: Self = Self {
        points: 0,
        newest_positive: None,
        newest_positive_inside: None,
        newest_of_tier: [None; TIERS],
        channels_of_tier: [0; TIERS],
    };

    /// The newest day of a usable signal of that tier or a stronger one.
    pub(crate) fn newest_from_tier(&self, tier: Tier) -> Option<Day> {
        self.newest_of_tier.iter().take(tier as usize + 1).copied().max().flatten()
    }

    /// The channels of usable signals of that tier or a stronger one, inside their windows.
    pub(crate) fn channels_from_tier(&self, tier: Tier) -> u64 {
        self.channels_of_tier.iter().take(tier as usize + 1).fold(0, |all, channels| all | channels)
    }
}

/// Room that the loop uses again for each person.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// The lines of a person, for a sink that listens.
    lines: Vec<Line>,
    /// The sums of the lines by channel; nothing where `used` has no bit.
    channels: Vec<i128>,
    /// The channels that have lines, a bit a channel.
    used: u64,
    entries: Vec<Entry>,
    /// Lists of members that nobody needs any more.
    members: Vec<Vec<Scored>>,
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
    fn clear(&mut self, channels: usize) {
        self.lines.clear();
        for channel in bits(core::mem::take(&mut self.used)) {
            self.channels[channel] = 0;
        }
        self.channels.resize(channels, 0);
    }

    fn add(&mut self, channel: u8, points: i128) {
        self.channels[usize::from(channel)] += points;
        self.used |= 1 << channel;
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

/// Passes the states of settled lines on, which [`read`] leaves open where nobody wants lines.
struct Settled<'a, S>(&'a mut S);

impl<S: Sink> Sink for Settled<'_, S> {
    const LISTENS: bool = true;
    fn signals(&mut self, state: SignalState, of: Entry, count: u64) {
        if matches!(state, SignalState::Counted | SignalState::CappedChannel | SignalState::CappedPerson) {
            self.0.signals(state, of, count);
        }
    }
}

/// Scores the signals of one person. `entries` are in the order of kind, then day; those of several contacts may be mixed within that.
///
/// O(entries), and O(lines log lines) when a cap cuts and the sink listens.
pub(crate) fn score<S: Sink>(lens: &Lens<'_>, entries: &[Entry], scratch: &mut Scratch, sink: &mut S) -> Score {
    let (mut score, open) = read(lens, entries, scratch, sink);
    let (points, cut) = within_caps(lens.policy, scratch);
    score.points = points;
    if S::LINES {
        settle(lens.policy, points, scratch, sink);
    } else if S::LISTENS && cut {
        // Who loses what to a cap is only found out where a cap cuts.
        let mut settled = Settled(sink);
        read(lens, entries, scratch, &mut settled);
        settle(lens.policy, points, scratch, &mut settled);
    } else if S::LISTENS && open > 0 {
        sink.signals(SignalState::Counted, entries[0], open);
    }
    score
}

/// Adds everything up by channel, and says how many signals count if no cap cuts: kind by kind, whose days rise, so that what was heard last is looked
/// at once a kind.
fn read<S: Sink>(lens: &Lens<'_>, entries: &[Entry], scratch: &mut Scratch, sink: &mut S) -> (Score, u64) {
    let mut score = Score::NOTHING;
    let mut open = 0;
    scratch.clear(lens.policy.channel_caps.len());
    for of_kind in entries.chunk_by(|a, b| a.kind() == b.kind()) {
        match lens.kinds[usize::from(of_kind[0].kind())] {
            Some(number) => open += add_kind(lens, number, of_kind, &mut score, scratch, sink),
            None => of_kind.chunk_by(|a, b| a.kind_and_day() == b.kind_and_day()).for_each(|run| _ = is_usable(lens, run, sink)),
        }
    }
    (score, open)
}

/// Adds the signals of one kind; returns how many count if no cap cuts.
fn add_kind<S: Sink>(lens: &Lens<'_>, number: u16, entries: &[Entry], score: &mut Score, scratch: &mut Scratch, sink: &mut S) -> u64 {
    let kind = &lens.policy.kinds[usize::from(number)];
    let factors = &lens.policy.factors[kind.factors][..];
    let (mut open, mut sum, mut newest) = (0, 0_i128, None);
    for run in entries.chunk_by(|a, b| a.kind_and_day() == b.kind_and_day()) {
        if !is_usable(lens, run, sink) {
            continue;
        }
        let count = count_usable(lens, run, sink);
        if count == 0 {
            continue;
        }
        let age = lens.day.days_since(run[0].day());
        newest = Some(age);
        let Some(factor) = usize::try_from(age).ok().filter(|_| age < kind.window_days).map(|age| factors[age]) else {
            sink.signals(SignalState::DecayedOut, run[0], count);
            continue;
        };
        let before = undecayed(kind, count) * factor;
        sum += i128::from(before);
        if S::LISTENS {
            open += tell(number, kind, run[0], count, before, scratch, sink);
        }
    }
    if let Some(age) = newest {
        note(score, kind, lens.day.minus_age(age), age);
        scratch.add(kind.channel, sum);
    }
    open
}

/// Tells what is known of a line before the caps of channel and person, and keeps the line where they are to be told; returns how many of its signals
/// count if no cap cuts.
fn tell<S: Sink>(number: u16, kind: &CompiledKind, of: Entry, count: u64, before: i64, scratch: &mut Scratch, sink: &mut S) -> u64 {
    let signals = count.min(kind.daily_cap.into());
    let mut line = Line { kind: number, channel: kind.channel, day: of.day(), of, signals, before, counted: before, ..Line::EMPTY };
    if before == 0 {
        (line.state, line.signals) = (SignalState::ZeroPoints, count);
        sink.signals(line.state, of, count);
        sink.line(&line);
        return 0;
    }
    if count > signals {
        sink.signals(SignalState::CappedDaily, of, count - signals);
    }
    if S::LINES {
        scratch.lines.push(line);
    }
    signals
}

/// Whether anybody's standing could make the signals of a run usable; those that it could not are sorted out.
fn is_usable<S: Sink>(lens: &Lens<'_>, run: &[Entry], sink: &mut S) -> bool {
    let day = run[0].day();
    if lens.after.is_some_and(|after| day <= after) {
        return false;
    }
    let state = match lens.kinds[usize::from(run[0].kind())] {
        Some(_) if day <= lens.until => return true,
        Some(_) => SignalState::Future,
        None => SignalState::UnknownKind,
    };
    for entry in run {
        sink.signals(if entry.quarantined() { SignalState::Quarantined } else { state }, *entry, entry.count().into());
    }
    false
}

/// Adds up the signals of a run that the group uses, over the solutions it uses.
fn count_usable<S: Sink>(lens: &Lens<'_>, run: &[Entry], sink: &mut S) -> u64 {
    let mut usable = 0;
    for entry in run {
        let count = u64::from(entry.count());
        if entry.quarantined() {
            sink.signals(SignalState::Quarantined, *entry, count);
        } else if lens.solution.uses(entry.solution()) {
            usable += count;
        } else {
            sink.signals(SignalState::OtherSolution, *entry, count);
        }
    }
    usable
}

/// Notes when, how strongly and where the person was last heard of.
fn note(score: &mut Score, kind: &CompiledKind, day: Day, age: i32) {
    let tier = kind.tier as usize;
    let inside = age < kind.window_days;
    if kind.cents > 0 {
        score.newest_positive = score.newest_positive.max(Some(day));
        if inside {
            score.newest_positive_inside = score.newest_positive_inside.max(Some(day));
        }
    }
    if tier < TIERS {
        score.newest_of_tier[tier] = score.newest_of_tier[tier].max(Some(day));
        if inside {
            score.channels_of_tier[tier] |= 1 << kind.channel;
        }
    }
}

/// What a line is worth before it decays, in hundredths of a point: `min(count, daily cap) × points`, at most 10⁹, since a thousand signals of 10,000
/// points come to that. Times a factor it is in line units, at most 10¹⁸.
fn undecayed(kind: &CompiledKind, count: u64) -> i64 {
    // INVARIANT: the daily cap is at most 1,000.
    i64::try_from(count.min(kind.daily_cap.into())).unwrap_or(0) * kind.cents
}

/// What a line is worth before it decays, and where: `min(count, daily cap) × points`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Undecayed {
    /// In hundredths of a point; at most 10⁹, since a thousand signals of 10,000 points come to that.
    cents: i64,
    day: Day,
    /// The policy's number of the kind.
    kind: u16,
    /// Which table of [`Compiled::factors`].
    factors: u16,
    channel: u8,
}

impl Undecayed {
    /// The signals of one kind, by its number in the policy, and day.
    pub(crate) fn of(policy: &Compiled, number: u16, day: Day, count: u64) -> Self {
        let kind = &policy.kinds[usize::from(number)];
        // INVARIANT: a policy has at most some thousand tables, so their number fits.
        Self { cents: undecayed(kind, count), day, kind: number, factors: u16::try_from(kind.factors).unwrap_or(0), channel: kind.channel }
    }

    /// The first day on which it is out of its window; `None`: beyond the last day that there is.
    pub(crate) fn ends(&self, policy: &Compiled) -> Option<Day> {
        Day::from_days_since_epoch(self.day.days_since_epoch() + policy.kinds[usize::from(self.kind)].window_days).ok()
    }

    /// `min(count, daily cap) × points × decay` at an age within the window: exact, and at most 10¹⁸ line units.
    fn at(&self, policy: &Compiled, age: usize) -> i64 {
        self.cents * policy.factors[usize::from(self.factors)][age]
    }
}

/// The points of a person whose lines are these, all of them within their windows on the day. O(lines).
pub(crate) fn points_on(policy: &Compiled, day: Day, lines: &[Undecayed], scratch: &mut Scratch) -> i64 {
    scratch.clear(policy.channel_caps.len());
    for line in lines {
        // INVARIANT: 0 <= age < window_days, and the table is at least as long as the window.
        let age = usize::try_from(day.days_since(line.day)).unwrap_or(0);
        scratch.add(line.channel, line.at(policy, age).into());
    }
    within_caps(policy, scratch).0
}

/// What is still said of a person of whom only these lines are left within their windows; `before` is what was said when there were more.
pub(crate) fn outlived(policy: &Compiled, day: Day, lines: &[Undecayed], before: &Score, scratch: &mut Scratch) -> Score {
    let mut score = Score::NOTHING;
    for line in lines {
        note(&mut score, &policy.kinds[usize::from(line.kind)], line.day, day.days_since(line.day));
    }
    // What was heard last stays so, whatever its window.
    (score.newest_positive, score.newest_of_tier) = (before.newest_positive, before.newest_of_tier);
    score.points = points_on(policy, day, lines, scratch);
    score
}

/// The points of a person whose lines are added up, and whether a cap took anything of them.
fn within_caps(policy: &Compiled, scratch: &Scratch) -> (i64, bool) {
    let (mut sum, mut cut) = (0_i128, false);
    for channel in bits(scratch.used) {
        let cap = policy.channel_caps[channel];
        let within = scratch.channels[channel].clamp(-cap, cap);
        cut |= within != scratch.channels[channel];
        sum += within;
    }
    let points = sum.clamp(0, policy.person_cap);
    // INVARIANT: a policy's person cap fits.
    (i64::try_from(points).unwrap_or(i64::MAX), cut || points != sum)
}

/// Settles which lines lost what to a cap, and tells it, with the sums if they are wanted.
fn settle<S: Sink>(policy: &Compiled, points: i64, scratch: &mut Scratch, sink: &mut S) {
    let Scratch { lines, channels, .. } = scratch;
    caps::settle(lines, channels, policy);
    for line in lines.iter() {
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

/// Counts the signals of a contact whose usable signals all share one state.
pub(crate) fn set_aside<S: Sink>(lens: &Lens<'_>, entries: &[Entry], state: SignalState, sink: &mut S) {
    for run in entries.chunk_by(|a, b| a.kind_and_day() == b.kind_and_day()) {
        if is_usable(lens, run, sink) {
            for entry in run {
                sink.signals(if entry.quarantined() { SignalState::Quarantined } else { state }, *entry, entry.count().into());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::*;
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
        let kinds: Vec<Option<u16>> = tally.kind_roster().iter().map(|(_, name)| policy.compiled().kind_number(name)).collect();
        let lens = Lens { policy: policy.compiled(), kinds: &kinds, solution: Solution::Every, day, until: day, after: None };
        let (mut scratch, mut sink) = (Scratch::default(), Heard::default());
        let score = score(&lens, tally.contact_entries(0), &mut scratch, &mut sink);
        let sum: i64 = sink.lines.iter().map(|line| line.counted).sum();
        assert_eq!(sum, score.points, "the lines add up to the points");
        assert_eq!(sink.intake.total(), tally.signals(), "every signal has a state");
        let silent = super::score(&lens, tally.contact_entries(0), &mut scratch, &mut ());
        assert_eq!(silent.points, score.points, "listening changes nothing");
        (Points::from_line_units(score.points.into()).to_string(), sink)
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
