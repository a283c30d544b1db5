//! How soon sales followed up on groups that came into qualified, and what came of it.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use super::history::{GroupEntry, GroupHistories, GroupHistory};
use super::hours::{elapsed, end_of};
use super::rate::Rate;
use crate::account::{Opportunity, Outcome};
use crate::assess::Route;
use crate::day::{Day, Instant};
use crate::exact::Ratio;
use crate::graph::AccountGraph;
use crate::policy::{KindRule, Policy};
use crate::signal::{Signal, Subject};

/// Microseconds of an hour.
const HOUR: i64 = 3_600_000_000;

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
}

impl FollowUpState {
    /// Every state with its token, in order.
    pub const ALL: [(&'static str, Self); 4] = [("met", Self::Met), ("late", Self::Late), ("open", Self::Open), ("overdue", Self::Overdue)];

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

/// What became of one entry into qualified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FollowUp {
    /// The account.
    pub account_id: String,
    /// The group.
    pub group_id: String,
    /// `rule` or `hand_raise`.
    pub route: &'static str,
    /// The day it came in.
    pub entered: Day,
    /// From when the hours count.
    pub from: Instant,
    /// How many hours were promised.
    pub promised_hours: u16,
    /// The first act of ours with one of its people, at that time or later; `None`: there is none up to the end of the day asked for.
    pub action: Option<FollowUpAction>,
    /// Hours to that act, or to the end of the day asked for, rounded half to even to 4 decimals; whether a promise was met is decided exactly.
    pub hours: Ratio,
    /// Whether the promise was kept.
    pub state: FollowUpState,
    /// Whether an opportunity that applies to the group was created on the day of the entry or later.
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

/// What became of all entries into qualified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FollowUps {
    /// Each entry, by day, then account, then group.
    pub entries: Vec<FollowUp>,
    /// How many are in each state, of each route.
    pub by_route: Vec<FollowUpCounts>,
    /// What came of them, by how soon sales acted: met, late, and not at all.
    pub by_speed: Vec<FollowUpSpeed>,
}

/// How many entries by a route are in each state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FollowUpCounts {
    /// The route.
    pub route: &'static str,
    /// Followed up in time.
    pub met: u64,
    /// Followed up later.
    pub late: u64,
    /// Not yet, and there is time.
    pub open: u64,
    /// Not yet, and the time is over.
    pub overdue: u64,
    /// How many promises were kept, of those that are decided: all but the open ones.
    pub kept: Rate,
}

/// What came of entries that were followed up so soon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FollowUpSpeed {
    /// `met`, `late` or `none`.
    pub speed: &'static str,
    /// How many came to an opportunity.
    pub opened: Rate,
    /// How many were won.
    pub won: Rate,
}

/// What became of every entry into qualified up to the end of a day, by the promise of the policy that let the group in.
///
/// The hours count from a time: of an entry by hand-raise that of the first signal of the hand-raise tier on the day of the hand-raise, of an entry by the rule that of the first
/// act of a buyer on the day of the entry, and where there is none, the beginning of that day. An act of ours is a signal, not quarantined, of a kind that the
/// policy marks `sales_action`, with a contact that is, or is one person with, a member of the group on the day of the entry who is no opponent, and of the group's solution or of none.
///
/// `signals` are all that were counted. Cost: O(signals × log + entries × signals of the account).
pub fn follow_ups<'a>(
    graph: &AccountGraph,
    histories: &GroupHistories,
    policies: &[&Policy],
    signals: impl IntoIterator<Item = &'a Signal>,
    as_of: Day,
) -> FollowUps {
    let by_account = by_account(graph, signals);
    let mut entries = Vec::new();
    for (id, history) in histories.iter() {
        let own = by_account.get(&history.account).map_or(&[][..], Vec::as_slice);
        for entry in history.entries.iter().filter(|entry| entry.day <= as_of) {
            let Some(policy) = policies.iter().find(|policy| *policy.label() == entry.policy) else { continue };
            entries.push(Asked { graph, policy, id, history, entry, as_of }.follow_up(own));
        }
    }
    entries.sort_by(|a, b| (a.entered, &a.account_id, &a.group_id).cmp(&(b.entered, &b.account_id, &b.group_id)));
    let by_route = [Route::Rule, Route::HandRaise].map(|route| counts(&entries, route.token()));
    let by_speed = ["met", "late", "none"].map(|speed| converted(&entries, speed));
    FollowUps { by_route: by_route.into(), by_speed: by_speed.into(), entries }
}

/// One entry, and what is needed to answer for it.
struct Asked<'a> {
    graph: &'a AccountGraph,
    policy: &'a Policy,
    id: &'a str,
    history: &'a GroupHistory,
    entry: &'a GroupEntry,
    as_of: Day,
}

impl Asked<'_> {
    fn follow_up(&self, signals: &[&Signal]) -> FollowUp {
        let rule = self.policy.document().follow_up;
        let promised_hours = if self.entry.route == Route::HandRaise { rule.hand_raise_hours } else { rule.rule_hours };
        let people = self.people();
        let from = self.from(signals, &people);
        let end = end_of(self.as_of);
        let action = self.action(signals, &people, from).filter(|action| action.at.micros_since_epoch() < end);
        let until = action.as_ref().map_or(end, |action| action.at.micros_since_epoch());
        let micros = elapsed(from.micros_since_epoch(), until, rule.weekdays_only);
        let in_time = micros <= i64::from(promised_hours) * HOUR;
        let state = match (action.is_some(), in_time) {
            (true, true) => FollowUpState::Met,
            (true, false) => FollowUpState::Late,
            (false, true) => FollowUpState::Open,
            (false, false) => FollowUpState::Overdue,
        };
        let (opened, won) = self.deals();
        FollowUp {
            account_id: self.history.account.clone(),
            group_id: self.id.into(),
            route: self.entry.route.token(),
            entered: self.entry.day,
            from,
            promised_hours,
            action,
            hours: Ratio::of(micros.into(), HOUR.into()),
            state,
            opened,
            won,
        }
    }

    /// The contacts of the account that are members on the day of the entry and no opponents, or one person with one.
    fn people(&self) -> BTreeSet<String> {
        let person = |id: &str| {
            self.graph.contact(id).and_then(|contact| contact.person).map_or_else(|| id.to_string(), |person| person.to_string())
        };
        let members: BTreeSet<String> = self.entry.members.iter().filter(|id| !self.entry.opponents.contains(id)).map(|id| person(id)).collect();
        let contacts = self.graph.contacts_of(&self.history.account).into_iter();
        contacts.filter(|id| members.contains(&person(id))).map(String::from).collect()
    }

    fn kind(&self, signal: &Signal) -> Option<&KindRule> {
        self.policy.document().kinds.iter().find(|kind| kind.name == signal.kind)
    }

    fn is_usable(&self, signal: &Signal) -> bool {
        !signal.quarantined && (self.history.solution.is_none() || signal.solution.is_none() || signal.solution == self.history.solution)
    }

    /// From when the hours count.
    fn from(&self, signals: &[&Signal], people: &BTreeSet<String>) -> Instant {
        let raised = self.entry.raised.filter(|_| self.entry.route == Route::HandRaise);
        let tier = self.policy.document().hand_raise.tier;
        let day = raised.unwrap_or(self.entry.day);
        let starts = |signal: &&&Signal| {
            let Some(kind) = self.kind(signal).filter(|_| signal.at.day() == day && self.is_usable(signal)) else { return false };
            match (&signal.subject, raised) {
                (Subject::Contact(contact), Some(_)) => kind.tier <= tier && people.contains(contact.as_str()),
                (Subject::Contact(contact), None) => !kind.sales_action && people.contains(contact.as_str()),
                (Subject::Account(_), None) => !kind.sales_action,
                _ => false,
            }
        };
        signals.iter().filter(starts).map(|signal| signal.at).min().unwrap_or_else(|| day.into())
    }

    fn action(&self, signals: &[&Signal], people: &BTreeSet<String>, from: Instant) -> Option<FollowUpAction> {
        let acts = signals.iter().filter(|signal| signal.at >= from && self.is_usable(signal));
        let acts = acts.filter(|signal| self.kind(signal).is_some_and(|kind| kind.sales_action));
        let acts = acts.filter_map(|signal| match &signal.subject {
            Subject::Contact(contact) if people.contains(contact.as_str()) => {
                Some(FollowUpAction { at: signal.at, kind: signal.kind.to_string(), contact_id: contact.to_string() })
            }
            _ => None,
        });
        acts.min()
    }

    fn deals(&self) -> (bool, bool) {
        let created = |one: &Opportunity| (self.entry.day..=self.as_of).contains(&one.created_at.day());
        let applies = |one: &&Opportunity| created(one) && one.group.as_ref().is_none_or(|group| group.as_str() == self.id);
        let won = |one: &Opportunity| one.outcome == Outcome::Won && one.closed_at.is_some_and(|at| at.day() <= self.as_of);
        let all = self.graph.opportunities_of(&self.history.account);
        let mut applying = all.iter().filter(applies).peekable();
        (applying.peek().is_some(), applying.any(won))
    }
}

fn counts(entries: &[FollowUp], route: &'static str) -> FollowUpCounts {
    let of = |state: FollowUpState| entries.iter().filter(|one| one.route == route && one.state == state).count() as u64;
    let [met, late, open, overdue] = FollowUpState::ALL.map(|(_, state)| of(state));
    let kept = Rate::new(met, met + late + overdue).unwrap_or_default();
    FollowUpCounts { route, met, late, open, overdue, kept }
}

fn converted(entries: &[FollowUp], speed: &'static str) -> FollowUpSpeed {
    let mut found = FollowUpSpeed { speed, opened: Rate::default(), won: Rate::default() };
    for one in entries {
        let of = match one.state {
            FollowUpState::Met => "met",
            FollowUpState::Late => "late",
            FollowUpState::Open | FollowUpState::Overdue => "none",
        };
        if of == speed {
            found.opened.add(one.opened);
            found.won.add(one.won);
        }
    }
    found
}

/// The signals of each account and of its contacts; those of addresses are nobody's.
fn by_account<'a>(graph: &AccountGraph, signals: impl IntoIterator<Item = &'a Signal>) -> BTreeMap<String, Vec<&'a Signal>> {
    let mut found: BTreeMap<String, Vec<&Signal>> = BTreeMap::new();
    for signal in signals {
        let account = match &signal.subject {
            Subject::Account(account) => Some(account.to_string()),
            Subject::Contact(contact) => graph.contact(contact.as_str()).and_then(|contact| contact.account).map(|id| id.to_string()),
            Subject::Email(_) => None,
        };
        if let Some(account) = account {
            found.entry(account).or_default().push(signal);
        }
    }
    found
}
