//! A person's points: the one way from counts to points, which can say how.
//!
//! Everything that needs points calls [`score`]; what it wants to hear of the way there is a [`Sink`]'s business, and the sink that wants nothing
//! compiles to nothing. The loop itself is in [`read`](super::read).

use alloc::vec::Vec;

use super::caps::{self, Line, Lost};
use super::counted::Counted;
use super::cutting::CuttingOrder;
use super::figures::Scored;
use super::heard::Heard;
use super::intake::SignalState;
use super::read::{Clock, read, tell_to_come};
use super::sink::Sink;
use super::sums::{Cut, Sums};
use super::tallied::TalliedKinds;
use super::used::{Sorted, Used, UsedList, sort_out, state_aside};
use crate::day::Day;
use crate::policy::Compiled;
use crate::tally::{Entries, Entry};

/// Which signals are looked at, and how: the group's solution, the day, the policy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lens<'a> {
    pub(crate) policy: &'a Compiled,
    /// Each kind of the tally, by its number there.
    pub(crate) kinds: &'a TalliedKinds,
    pub(crate) solution: Solution,
    pub(crate) day: Day,
    /// The day in the numbers of entries.
    pub(super) clock: Clock,
    /// Signals of later days are not looked at: the day itself, or an earlier one.
    pub(crate) until: Day,
    /// Only signals of later days, when given.
    pub(crate) after: Option<Day>,
    /// Whether the points on the day that momentum compares with are found along the way: those that the same people had then.
    pub(crate) then: bool,
}

impl<'a> Lens<'a> {
    /// A lens for all signals up to a day.
    pub(crate) fn new(policy: &'a Compiled, kinds: &'a TalliedKinds, solution: Solution, day: Day) -> Self {
        Self { policy, kinds, solution, day, clock: Clock::of(day), until: day, after: None, then: false }
    }

    /// Whether entries of all days are looked at.
    fn sees_all(&self) -> bool {
        self.after.is_none() && self.until >= self.day
    }

    /// Whether an entry's day is looked at.
    fn sees(&self, entry: Entry) -> bool {
        entry.day() <= self.until && self.after.is_none_or(|after| entry.day() > after)
    }

    /// Whether an entry is usable for the group, its kind being known.
    pub(crate) fn uses(&self, entry: Entry) -> bool {
        !entry.quarantined() && self.sees(entry) && self.solution.uses(entry.solution())
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

impl Default for Score {
    fn default() -> Self {
        Self::NOTHING
    }
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

/// Room that is used again for each person.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// The lines of a person, for a sink that wants them.
    pub(super) lines: Vec<Line>,
    /// What each of a person's lines is worth, and then what caps leave of it; there may be room for more.
    pub(super) left: Vec<i64>,
    /// The order in which caps cut them.
    order: CuttingOrder,
    pub(super) sums: Sums,
    /// What is sorted out of a person's signals.
    used: Vec<Sorted>,
    entries: Vec<Entry>,
    /// Lists of members that nobody needs any more.
    members: Vec<Vec<Scored>>,
}

/// The entries of several contacts of one person, as if they were one contact's; several may be of one kind and day.
pub(crate) fn pooled<'s>(parts: impl Iterator<Item = Entries<'s>>, scratch: &mut Scratch) -> Vec<Entry> {
    let mut entries = core::mem::take(&mut scratch.entries);
    entries.clear();
    for part in parts {
        entries.extend(part);
    }
    entries.sort_unstable();
    entries
}

impl Scratch {
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

/// Scores the signals of one person.
///
/// O(entries), and n log n in those of a day when a cap cuts and the sink listens.
pub(crate) fn score<S: Sink>(lens: &Lens<'_>, entries: Entries<'_>, scratch: &mut Scratch, sink: &mut S) -> Score {
    let mut score = Score::NOTHING;
    score_into(&mut score, lens, entries, scratch, sink);
    score
}

/// The same into a score that is nothing yet.
#[inline(always)]
#[allow(clippy::inline_always, reason = "measured: a call for each member costs a row a fiftieth")]
pub(super) fn score_into<S: Sink>(score: &mut Score, lens: &Lens<'_>, entries: Entries<'_>, scratch: &mut Scratch, sink: &mut S) {
    debug_assert!(!score.heard.anything(), "what was heard before would be lost");
    if entries.is_empty() && !S::SUMS {
        return;
    }
    match entries {
        Entries::Narrow { all, since, .. } if lens.sees_all() => {
            score_used(score, lens, (UsedList { all, since }, || entries.signals()), scratch, sink);
        }
        _ => score_otherwise(score, lens, entries, scratch, sink),
    }
}

/// The same of entries that are not stored narrowly or of which not all are looked at. Alone, so that it is in nobody's way.
#[inline(never)]
fn score_otherwise<S: Sink>(score: &mut Score, lens: &Lens<'_>, entries: Entries<'_>, scratch: &mut Scratch, sink: &mut S) {
    match entries {
        Entries::Wide { all, mixed } if lens.sees_all() => score_wide(score, lens, (all, mixed), scratch, sink),
        _ => {
            let seen: Vec<Entry> = entries.iter().filter(|entry| lens.sees(*entry)).collect();
            let mixed = matches!(entries, Entries::Wide { mixed: true, .. });
            score_wide(score, lens, (&seen, mixed), scratch, sink);
        }
    }
}

/// The same of entries that are not stored narrowly.
fn score_wide<S: Sink>(score: &mut Score, lens: &Lens<'_>, (all, mixed): (&[Entry], bool), scratch: &mut Scratch, sink: &mut S) {
    if !mixed {
        let used = UsedList { all, since: 0 };
        return score_used(score, lens, (used, || used.signals()), scratch, sink);
    }
    let mut used = core::mem::take(&mut scratch.used);
    sort_out(lens, all, &mut used, sink);
    let list = UsedList { all: &used, since: 0 };
    score_used(score, lens, (list, || list.signals()), scratch, sink);
    scratch.used = used;
}

/// Scores the signals that a group uses of a person; `signals` says how many these are.
#[inline]
fn score_used<S: Sink, U: Used>(
    score: &mut Score,
    lens: &Lens<'_>,
    (used, signals): (UsedList<'_, U>, impl FnOnce() -> u64),
    scratch: &mut Scratch,
    sink: &mut S,
) {
    if S::LISTENS && !S::LINES {
        sink.uses(signals());
    }
    let past = read(lens, used, scratch, &mut score.heard, sink);
    tell_to_come(lens, used.part(past..used.all.len()), sink);
    let used = used.part(0..past);
    let (points, cut) = scratch.sums.within_caps(lens.policy);
    (score.points, score.then) = (points[0], if lens.then { points[1] } else { 0 });
    if S::LINES {
        settle(lens.policy, (points[0], cut), scratch, sink);
    } else if let (true, Some(cut)) = (S::LISTENS, cut) {
        // Who loses what to a cap is only found out where a cap cuts.
        sink.lost(count_cut(lens, used, &cut, scratch));
    }
}

/// Settles which lines lost what to a cap, and tells it, with the sums if they are wanted.
fn settle<S: Sink>(policy: &Compiled, (points, cut): (i64, Option<Cut>), scratch: &mut Scratch, sink: &mut S) {
    let Scratch { lines, order, sums, .. } = scratch;
    if let Some(cut) = cut {
        order.note(lines);
        caps::settle(&mut lines[..], order, sums, &cut, policy);
    }
    for line in &*lines {
        sink.signals(line.state, line.of, line.signals);
        sink.line(line);
    }
    if S::SUMS {
        let (mut total, mut by_channel) = (0, alloc::vec![0_i128; policy.channel_caps.len()]);
        for line in lines {
            by_channel[usize::from(line.channel)] += i128::from(line.before);
        }
        for (number, (sum, cap)) in (0_u8..).zip(by_channel.into_iter().zip(&policy.channel_caps)) {
            let within = sum.clamp(-*cap, *cap);
            total += within;
            sink.channel(number, sum, within);
        }
        sink.points(total, points.into());
    }
}

/// Looks at the signals once more that a cap may have taken, and counts those that it did, those that count in part left out.
#[cold]
fn count_cut<U: Used>(lens: &Lens<'_>, used: UsedList<'_, U>, cut: &Cut, scratch: &mut Scratch) -> Lost {
    let Scratch { left, order, sums, .. } = scratch;
    let mut counted = Counted { kinds: lens.kinds, used, left: &mut left[..used.all.len()] };
    counted.note_concerned(cut, order);
    caps::settle(&mut counted, order, sums, cut, lens.policy)
}

/// Counts the signals of a contact whose usable signals all share one state.
pub(crate) fn set_aside<S: Sink>(lens: &Lens<'_>, entries: Entries<'_>, state: SignalState, sink: &mut S) {
    let (until, after) = (lens.until.number(), lens.after.map(Day::number));
    for entry in entries.iter().filter(|entry| after.is_none_or(|after| entry.day_number() > after)) {
        let known = lens.kinds[usize::from(entry.kind())].number().is_some();
        let aside = state_aside(entry, known, entry.day_number() <= until);
        sink.signals(aside.unwrap_or(state), entry, entry.count().into());
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::*;
    use crate::assess::intake::Intake;
    use crate::assess::states::StateCounter;
    use crate::assess::tallied::TalliedKind;
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
        fn signals(&mut self, state: SignalState, _: Entry, count: u64) {
            self.intake.add(state, count);
        }
        fn line(&mut self, line: &Line) {
            self.lines.push(*line);
        }
    }

    /// Scores one contact's signals, each given by its kind, its age in days and how often, on 2025-06-15 by the default policy.
    #[track_caller]
    fn heard(signals: &[(&str, u16, usize)]) -> (String, Heard) {
        heard_by(&Policy::default(), signals)
    }

    /// The same by any policy.
    #[track_caller]
    fn heard_by(policy: &Policy, signals: &[(&str, u16, usize)]) -> (String, Heard) {
        heard_before(policy, 0, signals)
    }

    /// The same looked at some days earlier; ages are counted from that 2025-06-15.
    #[track_caller]
    fn heard_before(policy: &Policy, earlier: u16, signals: &[(&str, u16, usize)]) -> (String, Heard) {
        let day: Day = "2025-06-15".parse().unwrap();
        let mut tally = SignalTally::new();
        for (kind, age, count) in signals {
            for _ in 0..*count {
                tally.record(&Signal::of_contact("ann", kind, day.minus_days(*age).into()).unwrap()).unwrap();
            }
        }
        let compiled = policy.compiled();
        let kinds = tally.kind_roster().iter().map(|(_, name)| TalliedKind::of(compiled, compiled.kind_number(name)));
        let kinds: TalliedKinds = kinds.collect();
        let lens = Lens::new(policy.compiled(), &kinds, Solution::Every, day.minus_days(earlier));
        let (mut scratch, mut sink) = (Scratch::default(), Heard::default());
        let score = score(&lens, tally.contact_entries(0), &mut scratch, &mut sink);
        let sum: i64 = sink.lines.iter().map(|line| line.counted).sum();
        assert_eq!(sum, score.points, "the lines add up to the points");
        assert_eq!(sink.intake.total(), tally.signals(), "every signal has a state");
        let silent = super::score(&lens, tally.contact_entries(0), &mut scratch, &mut ());
        assert_eq!(silent.points, score.points, "listening changes nothing");
        let mut states = StateCounter::default();
        super::score(&lens, tally.contact_entries(0), &mut scratch, &mut states);
        assert_eq!(states.intake(), sink.intake, "who wants no lines hears of the same states");
        (Points::from_line_units(score.points.into()).to_string(), sink)
    }

    /// Ten days of the greatest line that there is are more than a machine word holds, whose sign would turn.
    #[test]
    fn sums_beyond_a_machine_word_stay_what_they_are() {
        let mut document = Policy::default().into_document();
        let kind = document.kinds.iter_mut().find(|kind| kind.name.as_str() == "page_view").unwrap();
        (kind.points, kind.daily_cap, kind.decay) = (10_000.into(), 1_000, crate::policy::Decay::None);
        let policy = Policy::new(document).unwrap();
        let days: Vec<_> = (0..10).map(|age| ("page_view", age, 1_000)).collect();
        let (points, heard) = heard_by(&policy, &days);
        assert_eq!(points, "60", "the cap of the channel");
        assert_eq!(heard.intake.count(SignalState::CappedChannel), 9_000);
        // Nine fit into a word: the first to come stands amid these, right behind them, and amid the next.
        let most = policy.compiled().lines_in_a_word;
        let days: Vec<_> = (0..20).map(|age| ("page_view", age, 1_000)).collect();
        for past in [1, most - 1, most, most + 1, 2 * most - 1, 2 * most, 2 * most + 1] {
            let (points, heard) = heard_before(&policy, u16::try_from(20 - past).unwrap(), &days);
            assert_eq!(points, "60");
            let count = |state| heard.intake.count(state);
            assert_eq!(
                (count(SignalState::CappedChannel), count(SignalState::Future)),
                ((past as u64 - 1) * 1_000, (20 - past as u64) * 1_000)
            );
        }
    }

    /// So many lines, several of a day, of two channels beyond their caps and a person beyond theirs.
    #[test]
    fn caps_of_many_days_take_from_the_oldest() {
        let days = |kind| (0..40).map(move |age| (kind, age, 3));
        let signals: Vec<_> =
            days("page_view").chain(days("content_download")).chain([("demo_request", 0, 1), ("meeting_held", 1, 1)]).collect();
        let (points, heard) = heard(&signals);
        assert_eq!(points, "200", "the cap of a person");
        let oldest_counted = heard.lines.iter().filter(|line| line.counted != 0).map(|line| line.day).min().unwrap();
        let lost = heard.lines.iter().filter(|line| line.counted == 0);
        assert!(
            lost.clone().count() > 32 && lost.clone().all(|line| line.day <= oldest_counted || line.state == SignalState::CappedChannel)
        );
    }

    /// A policy about facts of accounts alone has neither kinds nor channels.
    #[test]
    fn a_policy_without_channels_counts_nothing() {
        let mut document = Policy::default().into_document();
        document.kinds.clear();
        document.channels.clear();
        let policy = Policy::new(document).unwrap();
        for signals in [1, 3] {
            let (points, heard) = heard_by(&policy, &[("page_view", 0, signals), ("page_view", 2, 1), ("demo_request", 0, 1)]);
            assert_eq!((points.as_str(), heard.intake.count(SignalState::UnknownKind)), ("0", signals as u64 + 2));
        }
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
