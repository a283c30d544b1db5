//! A group kept current from day to day while signals come in: what a replay asks for, and no more.
//!
//! The loop, the roll-up, the seats and the rules are those of every assessment; what is kept between days are their inputs. A person's signals are read
//! again when something was heard of them, and on days when one of their signals begins to count or leaves its window. On every other day only the decay
//! moves, so that only the points of the lines are added up anew ([`points_on`]).

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::coverage::{ByRole, Seats, readiness_value, seats};
use super::figures::{Figures, Scored, roll_up_of};
use super::fit::FitFigures;
use super::group::Bench;
use super::heard::TIERS;
use super::members::{GroupRef, MemberRow, Roll};
use super::momentum::{Momentum, momentum};
use super::people::Crowd;
use super::profile::Profile;
use super::rule::Facts;
use super::score::{Lens, Score, Scratch, When, pooled, score};
use super::undecayed::{Undecayed, outlived, points_on};
use super::verdict::{Route, State, state};
use crate::contact::{Known, Relationship};
use crate::day::Day;
use crate::exact::{Percent, Points};
use crate::graph::AccountGraph;
use crate::policy::{About, Criterion, Measure, RoleSet, Trend};
use crate::tally::{Entries, Entry};

/// Who of one account was heard of since the last day: contacts by the graph's numbers, rising, and whether its unnamed visitors were.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct News<'n> {
    pub(crate) contacts: &'n [u32],
    pub(crate) visitors: bool,
}

/// The lines of one person, or of an account's unnamed visitors, within their windows.
#[derive(Debug, Default)]
struct Live {
    lines: Vec<Undecayed>,
    /// The first day on which a signal that is known already will have happened.
    begins: Option<Day>,
    /// The first day on which a line leaves its window.
    ends: Option<Day>,
}

impl Live {
    /// Reads the entries of one person anew. O(entries).
    fn read(&mut self, lens: &Lens<'_>, entries: Entries<'_>, scratch: &mut Scratch) -> Score {
        self.lines.clear();
        (self.begins, self.ends) = (None, None);
        let usable = |entry: &Entry| {
            let is_usable = !entry.quarantined() && lens.solution.uses(entry.solution());
            if is_usable { u64::from(entry.count()) } else { 0 }
        };
        let mut rest = entries.iter().peekable();
        while let Some(first) = rest.next() {
            let mut count = usable(&first);
            while let Some(same) = rest.next_if(|entry| entry.day_and_kind() == first.day_and_kind()) {
                count += usable(&same);
            }
            if let Some(number) = lens.kinds[usize::from(first.kind())].number().filter(|_| count > 0) {
                self.add(lens, number, first.day(), count);
            }
        }
        score(lens, entries, scratch, &mut ())
    }

    fn add(&mut self, lens: &Lens<'_>, number: u16, day: Day, count: u64) {
        let kind = &lens.policy.kinds[usize::from(number)];
        let age = lens.day.days_since(day);
        if age < 0 {
            self.begins = self.begins.into_iter().chain([day]).min();
        } else if age < kind.window_days && (kind.cents != 0 || (kind.tier as usize) < TIERS) {
            let line = Undecayed::of(lens.policy, number, day, count);
            self.ends = self.ends.into_iter().chain(line.ends(lens.policy)).min();
            self.lines.push(line);
        }
    }

    /// Leaves out the lines that are out of their windows; `before` is what was said until now. O(lines).
    fn outlive(&mut self, lens: &Lens<'_>, before: &Score, scratch: &mut Scratch) -> Score {
        self.lines.retain(|line| line.ends(lens.policy).is_none_or(|ends| ends > lens.day));
        self.ends = self.lines.iter().filter_map(|line| line.ends(lens.policy)).min();
        outlived(lens.policy, lens.day, &self.lines, before, scratch)
    }

    /// The next day on which something else than the decay moves.
    fn again(&self) -> Option<Day> {
        self.begins.into_iter().chain(self.ends).min()
    }

    fn begins_by(&self, day: Day) -> bool {
        self.begins.is_some_and(|begins| begins <= day)
    }

    fn ends_by(&self, day: Day) -> bool {
        self.ends.is_some_and(|ends| ends <= day)
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
        let fit = &bench.bound.policy.document().fit;
        let criteria = fit.criteria.iter().map(|one| &one.is).chain(&fit.disqualifiers);
        Self {
            momentum: questions.into_iter().any(|question| question.test.about() == About::Momentum),
            intents: criteria.into_iter().any(Criterion::is_about_signals),
        }
    }
}

/// See the [module](self).
#[derive(Debug)]
pub(crate) struct LiveGroup<'a> {
    group: GroupRef,
    /// What is known of the account.
    profile: Profile<'a>,
    /// Everybody at the account, as who counts leads one by one sees them.
    leads: bool,
    asks: Asks,
    roll: Roll,
    /// The days on which the roll changes, the next one last.
    changes: Vec<Day>,
    /// By member.
    live: Vec<Live>,
    /// Each contact of a member with the member's place, by contact.
    places: Vec<(u32, usize)>,
    visitors: Live,
    figures: Figures,
    /// What the members come to together, as it was when signals were read last or somebody became engaged or ceased to be: since then only points have
    /// moved, about which rules do not ask the crowd.
    crowd: Crowd,
    /// The places of the members with lines.
    active: Vec<usize>,
    seats: Seats,
    /// Engaged and current seats.
    coverage: [Percent; 2],
    fit: Option<FitFigures>,
    /// The first day on which anybody's signals are to be read again.
    again: Option<Day>,
    /// Whether anybody came, went, or became engaged or current, or is so no longer, since the seats were counted.
    moved: bool,
    /// Whether it was never looked at.
    is_new: bool,
    readiness: Percent,
    verdict: (State, Option<Route>),
}

impl<'a> LiveGroup<'a> {
    /// A group that nothing was heard of yet; `leads`: everybody at the account instead of a group.
    /// `changes` are those of the account's contacts.
    pub(crate) fn new(graph: &'a AccountGraph, bench: &Bench<'_>, changes: &[Day], asks: Asks, leads: bool) -> Self {
        let figures = Figures::default();
        Self {
            group: bench.group,
            profile: Profile::of(graph.account_row(bench.group.account).facts()),
            leads,
            asks,
            roll: Roll::default(),
            changes: changes_of(graph, bench, changes),
            live: Vec::new(),
            places: Vec::new(),
            visitors: Live::default(),
            seats: seats(bench.template().0, &figures, false),
            coverage: [Percent::ZERO; 2],
            figures,
            crowd: Crowd::default(),
            active: Vec::new(),
            fit: None,
            again: None,
            moved: true,
            is_new: true,
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

    /// How much of the seats is engaged, and how much current.
    pub(crate) const fn coverage(&self) -> [Percent; 2] {
        self.coverage
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

    /// Brings the figures to the bench's day, which is never before the last one; says whether anything could have moved.
    pub(crate) fn refresh(&mut self, bench: &Bench<'_>, news: News<'_>, scratch: &mut Scratch) -> bool {
        let lens = bench.lens(bench.day, None);
        let whole = self.read_roll(bench);
        let read = if whole { self.read_all(bench, &lens, scratch) } else { self.read_news(bench, &lens, news, scratch) };
        if read {
            self.active.clear();
            self.active.extend((0..self.live.len()).filter(|at| !self.live[*at].lines.is_empty()));
            self.again = self.live.iter().chain([&self.visitors]).filter_map(Live::again).min();
        }
        let busy = read || !self.active.is_empty() || !self.visitors.lines.is_empty();
        if busy {
            self.rescore(bench, read, scratch);
        }
        busy
    }

    /// Reads who belongs to the group where that has changed.
    fn read_roll(&mut self, bench: &Bench<'_>) -> bool {
        let mut due = core::mem::take(&mut self.is_new);
        while self.changes.last().is_some_and(|change| *change <= bench.day) {
            self.changes.pop();
            due = true;
        }
        if due {
            self.roll = if self.leads { leads(bench.graph, self.group.account, bench.day) } else { bench.roll(bench.day, true) };
            self.live.clear();
            self.live.resize_with(self.roll.members.len(), Live::default);
            let places = self.roll.members.iter().enumerate().flat_map(|(at, member)| member.contacts().map(move |contact| (contact, at)));
            self.places = places.collect();
            self.places.sort_unstable();
            let scored = |member| Scored::silent(bench.policy(), bench.day, member);
            self.figures.members = self.roll.members.iter().map(scored).collect();
            self.moved = true;
        }
        due
    }

    fn read_all(&mut self, bench: &Bench<'_>, lens: &Lens<'_>, scratch: &mut Scratch) -> bool {
        (0..self.live.len()).for_each(|at| self.read(at, bench, lens, scratch));
        self.read_visitors(bench, lens, scratch);
        true
    }

    /// Reads the signals of those who were heard of, or whose signals the day makes count or takes out of their windows.
    fn read_news(&mut self, bench: &Bench<'_>, lens: &Lens<'_>, news: News<'_>, scratch: &mut Scratch) -> bool {
        let mut due: Vec<usize> = Vec::new();
        // The shorter list is gone through, so that neither many small groups of an account nor few great ones cost their product.
        if self.places.len() < news.contacts.len() {
            due.extend(self.places.iter().filter(|(of, _)| news.contacts.binary_search(of).is_ok()).map(|(_, at)| *at));
        } else {
            let place = |contact: &u32| self.places.binary_search_by_key(contact, |(of, _)| *of).ok();
            due.extend(news.contacts.iter().filter_map(place).map(|place| self.places[place].1));
        }
        let mut visitors = news.visitors;
        let mut outlived = false;
        if self.again.is_some_and(|again| again <= bench.day) {
            due.extend((0..self.live.len()).filter(|at| self.live[*at].begins_by(bench.day)));
            visitors |= self.visitors.begins_by(bench.day);
            outlived = self.outlive(lens, scratch);
        }
        for at in &due {
            self.read(*at, bench, lens, scratch);
        }
        if visitors {
            self.read_visitors(bench, lens, scratch);
        }
        outlived || visitors || !due.is_empty()
    }

    /// Leaves out what the day takes out of its window.
    fn outlive(&mut self, lens: &Lens<'_>, scratch: &mut Scratch) -> bool {
        let mut any = false;
        for (live, member) in self.live.iter_mut().zip(&mut self.figures.members).filter(|(live, _)| live.ends_by(lens.day)) {
            let score = live.outlive(lens, &member.score, scratch);
            self.moved |= member.rescore(lens.policy, lens.day, score);
            any = true;
        }
        if self.visitors.ends_by(lens.day) {
            self.figures.anonymous = self.visitors.outlive(lens, &self.figures.anonymous, scratch);
            any = true;
        }
        any
    }

    fn read(&mut self, at: usize, bench: &Bench<'_>, lens: &Lens<'_>, scratch: &mut Scratch) {
        let member = &self.roll.members[at];
        if member.opponent {
            return;
        }
        let heard = bench.heard();
        let score = if member.others.is_empty() {
            self.live[at].read(lens, heard.of_contact(member.contact), scratch)
        } else {
            let entries = pooled(member.contacts().map(|contact| heard.of_contact(contact)), scratch);
            let score = self.live[at].read(lens, Entries::pooled(&entries), scratch);
            scratch.give_back(entries);
            score
        };
        self.moved |= self.figures.members[at].rescore(lens.policy, lens.day, score);
    }

    fn read_visitors(&mut self, bench: &Bench<'_>, lens: &Lens<'_>, scratch: &mut Scratch) {
        if !self.leads {
            self.figures.anonymous = self.visitors.read(lens, bench.heard().of_account(self.group.account), scratch);
        }
    }

    /// Adds the lines up on the bench's day; `read`: somebody's signals were read.
    fn rescore(&mut self, bench: &Bench<'_>, read: bool, scratch: &mut Scratch) {
        let policy = bench.policy();
        for at in &self.active {
            let points = points_on(policy, bench.day, &self.live[*at].lines, scratch);
            self.moved |= self.figures.members[*at].set_points(policy, bench.day, points);
        }
        self.figures.anonymous.points = points_on(policy, bench.day, &self.visitors.lines, scratch);
        self.figures.points = roll_up_of(policy, &self.figures.members, self.active.iter().copied(), &self.figures.anonymous, When::Now);
        let template = bench.template().0;
        let active = || self.active.iter().map(|at| &self.figures.members[*at]);
        self.readiness = readiness_value(policy, template, &ByRole::of(active()), active);
        let moved = core::mem::take(&mut self.moved);
        if read || moved {
            self.crowd = Crowd::of(&self.figures);
        }
        if moved {
            self.seats = seats(template, &self.figures, false);
            self.coverage = [Measure::Engaged, Measure::Current].map(|measure| self.seats.percent(measure));
        }
    }

    /// Judges the group as its figures are; `busy` is what [`Self::refresh`] said.
    pub(crate) fn judge(&mut self, bench: &Bench<'_>, busy: bool, scratch: &mut Scratch) {
        if self.fit.is_none() || self.asks.intents {
            self.fit = Some(bench.fit(&self.roll.members, None, &bench.profile()));
        } else if !busy && !self.asks.momentum && !self.heard_of() {
            return;
        }
        let Some(fit) = &self.fit else { return };
        let momentum = self.momentum(bench, scratch);
        let facts = Facts {
            policy: bench.policy(),
            day: bench.day,
            account: &self.profile,
            figures: &self.figures,
            crowd: &self.crowd,
            seats: &self.seats,
            readiness: self.readiness,
            momentum: &momentum,
            fit,
            supposed: &[],
        };
        self.verdict = state(bench.bound.policy, &facts);
    }

    /// Whether anything of interest was ever heard of anybody in the group.
    fn heard_of(&self) -> bool {
        self.figures.anonymous.heard.anything() || self.crowd.heard.anything()
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

/// The days on which contacts of an account begin or cease to count, each once.
pub(crate) fn contact_changes(graph: &AccountGraph, account: u32) -> Vec<Day> {
    in_order(graph.account_row(account).contacts.iter().map(|contact| graph.contact_row(*contact).known))
}

/// The later days on which a record begins or ceases to count for a group, the next one last.
fn changes_of(graph: &AccountGraph, bench: &Bench<'_>, contacts: &[Day]) -> Vec<Day> {
    let named = bench.group.group.map(|number| graph.named(number)).unwrap_or_default();
    let mut days = in_order(named.into_iter().map(|seat| seat.known));
    days.extend_from_slice(contacts);
    days.retain(|change| *change > bench.day);
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.dedup();
    days
}

fn in_order(known: impl Iterator<Item = Known>) -> Vec<Day> {
    let mut days: Vec<Day> = known.flat_map(|known| [known.from, known.until]).flatten().collect();
    days.sort_unstable();
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
        let new = MemberRow::of(contact, RoleSet::EMPTY, false);
        people.entry(graph.person_text(contact)).and_modify(|member| member.others.push(contact)).or_insert(new);
    }
    Roll { members: people.into_values().collect(), ..Roll::default() }
}
