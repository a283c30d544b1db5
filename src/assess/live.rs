//! A group kept current from day to day while signals come in: what a replay asks for, and no more.
//!
//! The loop, the roll-up, the seats and the rules are those of every assessment; what is kept between days are their inputs. A person's signals that are
//! out of their windows stay so, since days only go forward: what they still say ([`Score::after`]) is kept, and they are not looked at again.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::bind::Heard;
use super::coverage::{Seats, readiness_value, seats};
use super::figures::{Figures, Scored, roll_up_of};
use super::fit::FitFigures;
use super::group::Bench;
use super::members::{GroupRef, MemberRow, Roll};
use super::momentum::{Momentum, momentum};
use super::rule::Facts;
use super::score::{Lens, Score, Scratch, TIERS, pooled, score};
use super::verdict::{Route, State, newest_hand_raise, state};
use crate::contact::Relationship;
use crate::day::Day;
use crate::exact::{Percent, Points};
use crate::graph::AccountGraph;
use crate::policy::{Criterion, RoleSet, Test, Trend};
use crate::tally::Entry;

/// When somebody was last heard of, by steps of the replay; 0: never.
#[derive(Debug)]
pub(crate) struct LastHeard {
    /// Of each contact, by the graph's number.
    pub(crate) contacts: Vec<u32>,
    /// Of each account's unnamed visitors.
    pub(crate) visitors: Vec<u32>,
    /// Of each account or any contact of it.
    pub(crate) accounts: Vec<u32>,
}

/// What one person, or an account's unnamed visitors, did: the part that may still count, and what is left of the rest.
#[derive(Debug)]
struct Live {
    entries: Vec<Entry>,
    gone: Score,
    /// The first day on which one of the entries begins to count or leaves its window.
    again: Option<Day>,
}

impl Live {
    const NOTHING: Self = Self { entries: Vec::new(), gone: Score::NOTHING, again: None };

    /// Sorts the entries of one person out anew. O(entries).
    fn sort_out(&mut self, lens: &Lens<'_>, entries: &[Entry], scratch: &mut Scratch) {
        let mut gone = Vec::new();
        self.entries.clear();
        self.again = None;
        for entry in entries.iter().copied().filter(|entry| !entry.quarantined() && lens.solution.uses(entry.solution())) {
            let Some(kind) = lens.kinds[usize::from(entry.kind())].map(|number| &lens.policy.kinds[usize::from(number)]) else { continue };
            let age = lens.day.days_since(entry.day());
            if age >= kind.window_days {
                gone.push(entry);
            } else if kind.cents != 0 || (kind.tier as usize) < TIERS {
                let days = entry.days_since_epoch() + if age < 0 { 0 } else { kind.window_days };
                self.again = self.again.into_iter().chain(Day::from_days_since_epoch(days)).min();
                self.entries.push(entry);
            }
        }
        self.gone = score(lens, &gone, scratch, &mut ());
    }

    fn is_due(&self, day: Day) -> bool {
        self.again.is_some_and(|again| again <= day)
    }

    fn score(&self, lens: &Lens<'_>, scratch: &mut Scratch) -> Score {
        score(lens, &self.entries, scratch, &mut ()).after(&self.gone)
    }
}

/// What a policy's rules ask that is not always at hand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asks {
    /// How points have changed.
    momentum: bool,
    /// Signals, by criteria of fit.
    intents: bool,
}

impl Asks {
    pub(crate) fn of(bench: &Bench<'_>) -> Self {
        let policy = bench.policy();
        let questions = policy.qualification.questions.iter().chain(policy.exclusion.questions.iter());
        let momentum = |test: &Test| matches!(test, Test::Momentum(_) | Test::Trend(_));
        let fit = &bench.bound.policy.document().fit;
        let criteria = fit.criteria.iter().map(|one| &one.is).chain(&fit.disqualifiers);
        Self {
            momentum: questions.map(|question| &question.test).any(momentum),
            intents: criteria.into_iter().any(|one| matches!(one, Criterion::Intent { .. })),
        }
    }
}

/// See the [module](self).
#[derive(Debug)]
pub(crate) struct LiveGroup {
    group: GroupRef,
    /// Everybody at the account, as who counts leads one by one sees them.
    leads: bool,
    asks: Asks,
    roll: Roll,
    /// The days on which the roll changes, the next one last.
    changes: Vec<Day>,
    /// By member.
    live: Vec<Live>,
    visitors: Live,
    figures: Figures,
    /// The places of the members with anything that may count.
    active: Vec<usize>,
    seats: Seats,
    fit: Option<FitFigures>,
    newest_raise: Option<Day>,
    /// The step that it was last updated at; `None`: never.
    seen: Option<u32>,
    readiness: Percent,
    verdict: (State, Option<Route>),
}

impl LiveGroup {
    /// A group that nothing was heard of yet; `leads`: everybody at the account instead of a group.
    pub(crate) fn new(bench: &Bench<'_>, asks: Asks, leads: bool) -> Self {
        let figures = Figures { members: Vec::new(), anonymous: Score::NOTHING, points: Points::ZERO };
        Self {
            group: bench.group,
            leads,
            asks,
            roll: Roll::default(),
            changes: changes(bench.graph, bench.group, bench.day),
            live: Vec::new(),
            visitors: Live::NOTHING,
            seats: seats(bench.template().0, &figures, false),
            figures,
            active: Vec::new(),
            fit: None,
            newest_raise: None,
            seen: None,
            readiness: Percent::ZERO,
            verdict: (State::NotYet, None),
        }
    }

    pub(crate) const fn group(&self) -> GroupRef {
        self.group
    }

    pub(crate) const fn verdict(&self) -> (State, Option<Route>) {
        self.verdict
    }

    pub(crate) const fn points(&self) -> Points {
        self.figures.points
    }

    pub(crate) const fn readiness(&self) -> Percent {
        self.readiness
    }

    pub(crate) const fn seats(&self) -> &Seats {
        &self.seats
    }

    /// Fit, as it was last looked at.
    pub(crate) const fn fit(&self) -> Option<&FitFigures> {
        self.fit.as_ref()
    }

    /// The most points that one member has, and how many have at least so many, which are positive; in line units.
    pub(crate) fn best_member(&self, at_least: i64) -> (i64, u32) {
        let points = self.active.iter().map(|at| self.figures.members[*at].score.points);
        points.fold((0, 0), |(best, count), points| (best.max(points), count + u32::from(points >= at_least)))
    }

    /// Brings the figures to the bench's day, which is never before the last one. `step` is the replay's; `heard` says who was heard of when.
    pub(crate) fn refresh(&mut self, bench: &Bench<'_>, step: u32, heard: &LastHeard, scratch: &mut Scratch) -> bool {
        let lens = bench.lens(bench.day, None);
        let reread = self.read_roll(bench);
        let new = |last: u32| reread || self.seen.is_none_or(|seen| last > seen);
        let mut sorted = reread;
        if new(heard.accounts[self.group.account as usize]) {
            let due: Vec<usize> = (0..self.live.len()).filter(|at| self.members()[*at].contacts().any(|one| new(heard.contacts[one as usize]))).collect();
            let visitors = new(heard.visitors[self.group.account as usize]);
            due.iter().for_each(|at| self.sort_out(*at, bench, &lens, scratch));
            if visitors && !self.leads {
                self.visitors.sort_out(&lens, bench.heard().of_account(self.group.account), scratch);
            }
            sorted |= visitors || !due.is_empty();
        }
        self.seen = Some(step);
        sorted |= self.sort_out_due(bench, &lens, scratch);
        if sorted {
            self.active = (0..self.live.len()).filter(|at| !self.live[*at].entries.is_empty()).collect();
        }
        let busy = sorted || !self.active.is_empty() || !self.visitors.entries.is_empty();
        if busy {
            self.rescore(bench, &lens, sorted, scratch);
        }
        busy
    }

    fn members(&self) -> &[MemberRow] {
        &self.roll.members
    }

    /// Reads who belongs to the group where that has changed.
    fn read_roll(&mut self, bench: &Bench<'_>) -> bool {
        let mut due = self.seen.is_none();
        while self.changes.last().is_some_and(|change| *change <= bench.day) {
            self.changes.pop();
            due = true;
        }
        if due {
            self.roll = if self.leads { leads(bench.graph, self.group.account, bench.day) } else { bench.roll(bench.day, true) };
            self.live = self.roll.members.iter().map(|_| Live::NOTHING).collect();
            self.active.clear();
            let scored = |member| Scored::of(bench.policy(), bench.day, member, Score::NOTHING);
            self.figures.members = self.roll.members.iter().map(scored).collect();
        }
        due
    }

    fn sort_out(&mut self, at: usize, bench: &Bench<'_>, lens: &Lens<'_>, scratch: &mut Scratch) {
        let member = &self.roll.members[at];
        if member.opponent {
            return;
        }
        let heard: Heard<'_> = bench.heard();
        if member.others.is_empty() {
            self.live[at].sort_out(lens, heard.of_contact(member.contact), scratch);
        } else {
            let entries = pooled(member.contacts().map(|contact| heard.of_contact(contact)), scratch);
            self.live[at].sort_out(lens, &entries, scratch);
            scratch.give_back(entries);
        }
        // What is out of its window is said here; what is in it, day by day.
        let score = self.live[at].score(lens, scratch);
        self.figures.members[at].rescore(lens.policy, lens.day, score);
    }

    /// Sorts out again what a day makes count or takes out of its window.
    fn sort_out_due(&mut self, bench: &Bench<'_>, lens: &Lens<'_>, scratch: &mut Scratch) -> bool {
        let due: Vec<usize> = self.active.iter().copied().filter(|at| self.live[*at].is_due(bench.day)).collect();
        due.iter().for_each(|at| self.sort_out(*at, bench, lens, scratch));
        let visitors = self.visitors.is_due(bench.day);
        if visitors {
            self.visitors.sort_out(lens, bench.heard().of_account(self.group.account), scratch);
        }
        visitors || !due.is_empty()
    }

    fn rescore(&mut self, bench: &Bench<'_>, lens: &Lens<'_>, sorted: bool, scratch: &mut Scratch) {
        let policy = bench.policy();
        let mut moved = sorted;
        for at in &self.active {
            let score = self.live[*at].score(lens, scratch);
            moved |= self.figures.members[*at].rescore(policy, bench.day, score);
        }
        self.figures.anonymous = self.visitors.score(lens, scratch);
        self.figures.points = roll_up_of(policy, &self.figures.members, self.active.iter().copied(), &self.figures.anonymous);
        let template = bench.template().0;
        self.readiness = readiness_value(policy, template, &self.figures.members, &self.active);
        if moved {
            self.seats = seats(template, &self.figures, false);
        }
        if sorted {
            self.newest_raise = newest_hand_raise(&bench.bound.policy.document().hand_raise, &self.figures);
        }
    }

    /// Judges the group as its figures are; `busy` is what [`Self::refresh`] said.
    pub(crate) fn judge(&mut self, bench: &Bench<'_>, busy: bool, scratch: &mut Scratch) {
        let profile = bench.profile();
        if self.fit.is_none() || self.asks.intents {
            self.fit = Some(bench.fit(self.members(), &bench.lens(bench.day, None)));
        } else if !busy && !self.asks.momentum && !self.figures.heard_of() {
            return;
        }
        let Some(fit) = &self.fit else { return };
        let momentum = self.momentum(bench, scratch);
        let facts = Facts {
            policy: bench.policy(),
            day: bench.day,
            account: &profile,
            figures: &self.figures,
            seats: &self.seats,
            readiness: self.readiness,
            momentum: &momentum,
            fit,
            supposed: &[],
        };
        self.verdict = state(bench.bound.policy, &facts, self.newest_raise);
    }

    /// How points have changed, where a rule asks.
    fn momentum(&self, bench: &Bench<'_>, scratch: &mut Scratch) -> Momentum {
        if self.asks.momentum {
            momentum(bench.policy(), self.figures.points, bench.points_before(&self.roll, None, scratch))
        } else {
            Momentum { change: Points::ZERO, trend: Trend::Steady }
        }
    }
}

impl Figures {
    /// Whether anything of interest was ever heard of anybody in the group.
    fn heard_of(&self) -> bool {
        let heard = |score: &Score| score.newest_positive.is_some() || score.newest_of_tier.iter().any(Option::is_some);
        heard(&self.anonymous) || self.members.iter().any(|member| heard(&member.score))
    }
}

/// The later days on which a record begins or ceases to count for a group, the next one last.
fn changes(graph: &AccountGraph, group: GroupRef, day: Day) -> Vec<Day> {
    let contacts = graph.account_row(group.account).contacts.iter().map(|contact| graph.contact_row(*contact).known);
    let named = group.group.map(|number| graph.named(number)).unwrap_or_default();
    let known = contacts.chain(named.into_iter().map(|seat| seat.known));
    let mut days: Vec<Day> = known.flat_map(|known| [known.from, known.until]).flatten().filter(|change| *change > day).collect();
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.dedup();
    days
}

/// Everybody of an account who is known on a day and none of our own: no role, no side.
fn leads(graph: &AccountGraph, account: u32, day: Day) -> Roll {
    let mut people: BTreeMap<&str, MemberRow> = BTreeMap::new();
    let mut contacts = graph.account_row(account).contacts.clone();
    contacts.sort_by(|a, b| graph.contact_names().text(*a).cmp(graph.contact_names().text(*b)));
    for contact in contacts {
        let row = graph.contact_row(contact);
        if row.relationship == Some(Relationship::OwnStaff) || !row.known.on(day) {
            continue;
        }
        let new = MemberRow { contact, others: Vec::new(), roles: RoleSet::EMPTY, opponent: false };
        people.entry(graph.person_text(contact)).and_modify(|member| member.others.push(contact)).or_insert(new);
    }
    Roll { members: people.into_values().collect(), ..Roll::default() }
}
