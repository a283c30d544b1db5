//! How soon sales followed up on groups that came into qualified, and what came of it.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

use serde::Serialize;

use super::deals::Deals;
use super::error::FunnelError;
use super::heard::Heard;
use super::history::{GroupHistories, GroupHistory};
use super::promise::{Promise, Scene};
use super::rate::Rate;
use crate::assess::Persons;
use crate::day::{Day, Instant};
use crate::exact::Ratio;
use crate::graph::AccountGraph;
use crate::policy::Policy;
use crate::signal::Signal;
use crate::tally::SignalTally;

/// Whether a promise was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FollowUpState {
    /// Sales acted in time.
    Met,
    /// Sales acted, but later.
    Late,
    /// Nobody acted yet, and there is time.
    Open,
    /// Nobody acted, and the time is over.
    Overdue,
    /// The group left while there was time, and nobody had acted.
    Lapsed,
}

impl FollowUpState {
    /// Every state with its token, in order.
    pub const ALL: [(&'static str, Self); 5] =
        [("met", Self::Met), ("late", Self::Late), ("open", Self::Open), ("overdue", Self::Overdue), ("lapsed", Self::Lapsed)];

    /// The token of documents.
    pub const fn token(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

impl Serialize for FollowUpState {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.token())
    }
}

/// What became of one promise: of an entry into qualified, or of a hand-raise while the group was in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FollowUp {
    /// The account.
    pub account_id: String,
    /// The group.
    pub group_id: String,
    /// The day it came in.
    pub entered: Day,
    /// By which route it came in: `rule` or `hand_raise`.
    pub route: &'static str,
    /// Whether it was in already when somebody asked to talk.
    pub already_in: bool,
    /// What was promised for: `rule` or `hand_raise`.
    pub promise: &'static str,
    /// From when the hours count.
    pub from: Instant,
    /// How many hours were promised.
    pub promised_hours: u16,
    /// The first act of ours with one of its people since then, up to the end of the day asked for or of the day it left; `None`: there is none.
    pub action: Option<FollowUpAction>,
    /// Hours to that act, or to the end of the day asked for or of the day it left, rounded half to even to 4 decimals; whether a promise was met is decided
    /// exactly.
    pub hours: Ratio,
    /// The same in microseconds, exact.
    #[serde(skip)]
    pub micros: i64,
    /// Whether the promise was kept.
    pub state: FollowUpState,
    /// Whether an opportunity that applies to the group was created on the day of the promise or later, and before that of the group's next one.
    pub opened: bool,
    /// Whether one of these was won.
    pub won: bool,
}

/// An act of our own people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct FollowUpAction {
    /// When.
    pub at: Instant,
    /// Of which kind.
    pub kind: String,
    /// With whom.
    pub contact_id: String,
}

/// What became of all promises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FollowUps {
    /// Each promise, by day, then account, then group.
    pub entries: Vec<FollowUp>,
    /// How many are in each state, of each sort of promise.
    pub by_promise: Vec<FollowUpCounts>,
    /// What came of them, by how soon sales acted: met, late, and not at all.
    pub by_speed: Vec<FollowUpSpeed>,
    /// How many groups were in before the first of the days asked for.
    pub in_before: u64,
}

/// How many promises of a sort are in each state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FollowUpCounts {
    /// What was promised for: `rule` or `hand_raise`.
    pub promise: &'static str,
    /// Followed up in time.
    pub met: u64,
    /// Followed up later.
    pub late: u64,
    /// Not yet, and there is time.
    pub open: u64,
    /// Not yet, and the time is over.
    pub overdue: u64,
    /// Not before the group left, when there still was time.
    pub lapsed: u64,
    /// How many promises were kept, of those that are decided: met, late and overdue.
    pub kept: Rate,
}

/// What came of promises that were answered so soon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FollowUpSpeed {
    /// `met`, `late` or `none`.
    pub speed: &'static str,
    /// How many came to an opportunity. Each opportunity counts for the last promise to its group before it alone.
    pub opened: Rate,
    /// How many were won.
    pub won: Rate,
}

/// What became of every promise that was made on one of these days, up to the end of the last of them, each by the policy that judged the group then.
///
/// *What is promised*: to act, after an entry into qualified and after every hand-raise of a group that is in. *From when*: a hand-raise counts from the first signal
/// of that tier on its day of a member who is no opponent; an entry by the rule from the time at which the group came in, found by assessing it with the
/// signals of that day one after the other. Where somebody asked on the very day of an entry by the rule, the promise of a hand-raise takes the place of that of the
/// rule, unless it is the longer one.
///
/// *What answers it*: a signal, not quarantined, of a kind that the policy marks `sales_action`, with a contact that is, or is one person with, a member of
/// the group on that day who is no opponent, of the group's solution or of none; later than what the promise counts from, or at one time with it if that was
/// no act of ours itself; not after the day on which the group left.
///
/// `signals` are all that were counted, `histories` go from before the first of them. Cost: O(signals × log + for each promise its people's signals and a few assessments).
///
/// # Errors
/// [`FunnelError::PolicyNotGiven`]: a group came in by a policy that is not among these.
pub fn follow_ups<'a>(
    graph: &AccountGraph,
    histories: &GroupHistories,
    policies: &[&Policy],
    signals: impl IntoIterator<Item = &'a Signal>,
    days: RangeInclusive<Day>,
) -> Result<FollowUps, FunnelError> {
    let may_act = |kind: &str| policies.iter().any(|policy| super::came_in::is_act(policy, kind));
    let nothing = SignalTally::new();
    let scene = Scene::new(graph, Heard::new(graph, signals, may_act), policies, &nothing, *days.end());
    let mut entries = Vec::new();
    for (account, groups) in by_account(histories) {
        let deals = Deals::of(&graph.opportunities_of(account), *days.end());
        let Some(number) = graph.account_ix(account) else { continue };
        let persons = Persons::of(graph, number);
        for (id, history) in groups {
            for promise in promises(id, history).filter(|promise| days.contains(&promise.day)) {
                entries.push(scene.follow_up(number, &promise, &persons, &deals)?);
            }
        }
    }
    entries.sort_by(|a, b| (a.from.day(), &a.account_id, &a.group_id).cmp(&(b.from.day(), &b.account_id, &b.group_id)));
    let by_promise = ["rule", "hand_raise"].map(|promise| counts(&entries, promise)).into();
    let by_speed = ["met", "late", "none"].map(|speed| converted(&entries, speed)).into();
    Ok(FollowUps { by_promise, by_speed, entries, in_before: in_before(histories, *days.start()) })
}

fn by_account(histories: &GroupHistories) -> BTreeMap<&str, Vec<(&str, &GroupHistory)>> {
    let mut found: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (id, history) in histories.iter() {
        found.entry(&history.account).or_default().push((id, history));
    }
    found
}

/// Everything that was promised to a group, in the order of the days, of which no two are one.
fn promises<'h>(id: &'h str, history: &'h GroupHistory) -> impl Iterator<Item = Promise<'h>> {
    let entries = history.entries.iter().map(|entry| (entry.day, &entry.policy));
    let mut made: Vec<(Day, _)> = entries.chain(history.raises.iter().map(|raise| (raise.day, &raise.policy))).collect();
    made.sort_by_key(|(day, _)| *day);
    let next: Vec<Option<Day>> = made.iter().skip(1).map(|(day, _)| Some(*day)).chain([None]).collect();
    made.into_iter().zip(next).filter_map(move |((day, policy), next)| {
        let at = history.entries.partition_point(|entry| entry.day <= day).checked_sub(1)?;
        let left_before = at.checked_sub(1).and_then(|before| history.entries[before].left);
        Some(Promise { id, history, entry: &history.entries[at], left_before, day, policy, next })
    })
}

/// How many groups were in at the end of the day before.
fn in_before(histories: &GroupHistories, first: Day) -> u64 {
    let before = first.checked_minus_days(1);
    before.map_or(0, |before| histories.iter().filter(|(_, history)| history.is_in_on(before)).count() as u64)
}

fn counts(entries: &[FollowUp], promise: &'static str) -> FollowUpCounts {
    let of = |state: FollowUpState| entries.iter().filter(|one| one.promise == promise && one.state == state).count() as u64;
    let [met, late, open, overdue, lapsed] = FollowUpState::ALL.map(|(_, state)| of(state));
    let kept = Rate::new(met, met + late + overdue).unwrap_or_default();
    FollowUpCounts { promise, met, late, open, overdue, lapsed, kept }
}

fn converted(entries: &[FollowUp], speed: &'static str) -> FollowUpSpeed {
    let mut found = FollowUpSpeed { speed, opened: Rate::default(), won: Rate::default() };
    for one in entries {
        let of = match one.state {
            FollowUpState::Met => "met",
            FollowUpState::Late => "late",
            FollowUpState::Open | FollowUpState::Overdue | FollowUpState::Lapsed => "none",
        };
        if of == speed {
            found.opened.add(one.opened);
            found.won.add(one.won);
        }
    }
    found
}
