//! A verdict judged again with changes made: the changed copy that every suggestion is verified on.
//!
//! The group is looked at once as it is, and once for each choice of opponents who no longer oppose; everything else changes the figures, not
//! the signals, so that a set of changes costs O(members × questions).

use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};

use super::atom::{Atom, Goals, Set, Subject};
use super::learn::{Learnable, learn, learnable};
use crate::assess::{
    Answer, Bench, Figures, FitFigures, Intents, Otherwise, Persons, Profile, Recent, Roll, Score, Scored, Scratch, State, Supposed, TIERS,
    View, When, fit, judge, roll_up,
};
use crate::day::Day;
use crate::exact::Points;
use crate::policy::{Compiled, Criterion, RoleSet, Tier};

/// The contact of somebody who is added: none.
const NOBODY: u32 = u32::MAX;

/// A group as it is and as it would be.
#[derive(Debug)]
pub(super) struct WhatIf<'a> {
    bench: &'a Bench<'a>,
    roll: &'a Roll,
    profile: &'a Profile<'a>,
    pub(super) facts: Vec<Learnable>,
    /// Whether every way of knowing the facts is tried.
    pub(super) facts_whole: bool,
    /// Roles and channels of the policy in the order of their names.
    pub(super) roles: Vec<u8>,
    pub(super) channels: Vec<u8>,
    bases: RefCell<BTreeMap<Vec<u32>, Rc<Base>>>,
    persons: Persons<'a>,
    /// How many copies have been judged.
    judged: Cell<usize>,
}

/// The group with some opponents reconciled, before any other change.
#[derive(Debug)]
struct Base {
    figures: Figures,
    /// The points on the day that momentum compares with.
    before: Points,
    fit: FitFigures,
    newest: Vec<(String, Option<Day>)>,
}

/// What a changed copy comes to.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is an answer of its own")]
pub(super) struct Look {
    pub(super) state: State,
    pub(super) rule: Vec<Answer>,
    pub(super) exclusion: Vec<Answer>,
    /// How far each question of both rules has come: more is nearer to yes, where there is a nearer.
    pub(super) progress: [Vec<i128>; 2],
    pub(super) excluded_by_rule: bool,
    pub(super) below_floor: bool,
    pub(super) raised: bool,
    pub(super) disqualified: bool,
    pub(super) excluded: bool,
    /// Channels heard of at each tier or a stronger one.
    pub(super) channels: [u64; TIERS],
}

impl Look {
    pub(super) fn qualifies(&self) -> bool {
        self.state == State::Qualified
    }
}

impl<'a> WhatIf<'a> {
    pub(super) fn new(bench: &'a Bench<'a>, roll: &'a Roll, profile: &'a Profile<'a>) -> Self {
        let policy = bench.policy();
        let (facts, facts_whole) = learnable(bench.bound.policy, profile);
        let mut roles: Vec<u8> = (0_u8..).zip(&policy.roles).map(|(number, _)| number).collect();
        roles.sort_by_key(|role| policy.roles[usize::from(*role)].name.as_str());
        let names = &bench.bound.policy.document().channels;
        let mut channels: Vec<u8> = (0_u8..).zip(names).map(|(number, _)| number).collect();
        channels.sort_by_key(|channel| names[usize::from(*channel)].name.as_str());
        let bases = RefCell::new(BTreeMap::new());
        let persons = Persons::of(bench.graph, bench.group.account);
        Self { bench, roll, profile, facts, facts_whole, roles, channels, bases, persons, judged: Cell::new(0) }
    }

    pub(super) fn policy(&self) -> &'a Compiled {
        self.bench.policy()
    }

    pub(super) const fn bench(&self) -> &'a Bench<'a> {
        self.bench
    }

    pub(super) const fn roll(&self) -> &'a Roll {
        self.roll
    }

    pub(super) fn judged(&self) -> usize {
        self.judged.get()
    }

    /// Whether the member opposes, in the set.
    pub(super) fn opposes(&self, set: &Set, member: u32) -> bool {
        self.roll.members[member as usize].opponent && !set.has(Atom::Reconcile(member))
    }

    pub(super) fn roles_of(&self, subject: Subject) -> RoleSet {
        match subject {
            Subject::Member(member) => self.roll.members[member as usize].roles,
            Subject::Added(role, _) => RoleSet::of(self.roles[usize::from(role)]),
        }
    }

    /// The points that a person has in the set before anybody is brought to more, in line units.
    pub(super) fn own(&self, set: &Set, subject: Subject) -> i64 {
        match subject {
            Subject::Member(member) => self.base(set).figures.members[member as usize].score.points,
            Subject::Added(..) => 0,
        }
    }

    /// Whether somebody in the changed group, in that role if one is asked for, could give a signal.
    pub(super) fn has_giver(&self, set: &Set, role: Option<RoleSet>) -> bool {
        let fits = |roles: RoleSet| role.is_none_or(|asked| roles.meets(asked));
        let member = |(number, row): (u32, &crate::assess::MemberRow)| fits(row.roles) && !self.opposes(set, number);
        (0_u32..).zip(&self.roll.members).any(member) || set.added().any(|subject| fits(self.roles_of(subject)))
    }

    /// One signal of a kind of the policy, by number, as a change; none for kinds that show no interest.
    pub(super) fn signal_of(&self, kind: usize) -> Option<Atom> {
        let kind = &self.policy().kinds[kind];
        let rank = self.channels.iter().position(|channel| *channel == kind.channel)?;
        let channel = u8::try_from(rank).ok()?;
        (kind.tier <= Tier::Trace).then_some(Atom::Signal { tier: kind.tier, channel, role: None })
    }

    /// Judges the group with the changes of the set and people brought to their goals.
    pub(super) fn look(&self, set: &Set, goals: &Goals) -> Look {
        self.judged.set(self.judged.get() + 1);
        let (policy, base) = (self.policy(), self.base(set));
        let members = self.members(set, goals, &base.figures.members);
        let anonymous = base.figures.anonymous;
        let points = roll_up(policy, &members, &anonymous, When::Now);
        let figures = Figures { members, anonymous, points, then: None };
        let profile = self.learned(set);
        let (template, _) = self.bench.template();
        let view = View::of(policy, template, figures, base.before, self.fit(set, &base, &profile));
        let supposed = self.supposed(set);
        let facts = crate::assess::Facts { supposed: &supposed, ..view.facts(policy, self.bench.day, &profile) };
        let judgement = judge(self.bench.bound.policy, &facts);
        let progress = [&policy.qualification, &policy.exclusion].map(|rule| super::progress::progress(rule, &facts));
        let channels = super::progress::channels(&facts);
        Look {
            state: judgement.state,
            excluded_by_rule: judgement.excluded_by_rule,
            below_floor: judgement.below_floor,
            raised: judgement.hand_raise.is_some(),
            disqualified: view.fit.disqualified,
            excluded: profile.excluded.is_some(),
            rule: judgement.rule,
            exclusion: judgement.exclusion,
            progress,
            channels,
        }
    }

    fn members(&self, set: &Set, goals: &Goals, base: &[Scored]) -> Vec<Scored> {
        let policy = self.policy();
        let mut members = base.to_vec();
        for (number, member) in (0_u32..).zip(&mut members) {
            if let Some(goal) = goals.of(Subject::Member(number)).filter(|_| !member.opponent) {
                bring(policy, member, goal);
            }
        }
        members.extend(set.added().map(|subject| {
            let roles = self.roles_of(subject);
            let weight = policy.weight(roles);
            let score = Score::NOTHING;
            let mut added = Scored { contact: NOBODY, roles, weight, opponent: false, score, engaged: false, current: false };
            if let Some(goal) = goals.of(subject) {
                bring(policy, &mut added, goal);
            }
            added
        }));
        members
    }

    fn learned<'s>(&'s self, set: &Set) -> Profile<'s> {
        let mut profile: Profile<'s> = self.profile.clone();
        for atom in set.iter() {
            match atom {
                Atom::Lift => profile.excluded = None,
                Atom::Learn { fact, value } => {
                    let learnable = &self.facts[usize::from(fact)];
                    learn(&mut profile, &learnable.fact, &learnable.values[usize::from(value)]);
                }
                _ => {}
            }
        }
        profile
    }

    fn fit(&self, set: &Set, base: &Base, profile: &Profile<'_>) -> FitFigures {
        if set.iter().any(|atom| matches!(atom, Atom::Learn { .. })) {
            let intents = Remembered { newest: &base.newest, day: self.bench.day };
            return fit(&self.bench.bound.policy.document().fit, self.policy(), profile, &intents);
        }
        base.fit.clone()
    }

    fn supposed(&self, set: &Set) -> Vec<Supposed> {
        let role = |role: u8| RoleSet::of(self.roles[usize::from(role)]);
        let raise = self.bench.bound.policy.document().hand_raise.tier;
        let supposed = |atom| match atom {
            Atom::HandRaise => Some(Supposed { tier: raise, channel: None, from: None }),
            Atom::Signal { tier, channel, role: from } => {
                let from = from.map(role);
                let channel = self.channels[usize::from(channel)];
                self.has_giver(set, from).then_some(Supposed { tier, channel: Some(channel), from })
            }
            _ => None,
        };
        set.iter().filter_map(supposed).collect()
    }

    fn base(&self, set: &Set) -> Rc<Base> {
        let reconciled: Vec<u32> =
            set.iter().filter_map(|atom| if let Atom::Reconcile(member) = atom { Some(member) } else { None }).collect();
        if let Some(base) = self.bases.borrow().get(&reconciled) {
            return base.clone();
        }
        let base = Rc::new(self.make_base(&reconciled));
        self.bases.borrow_mut().insert(reconciled, base.clone());
        base
    }

    /// Looks at the group by the way that every assessment goes, some members no longer opposing.
    fn make_base(&self, reconciled: &[u32]) -> Base {
        let of_member = |member: &u32| self.persons.contacts(self.roll.members[*member as usize].contact);
        let mut contacts: Vec<u32> = reconciled.iter().flat_map(of_member).collect();
        contacts.sort_unstable();
        let bench = Bench { otherwise: Otherwise { reconciled: &contacts, ..self.bench.otherwise }, ..*self.bench };
        let mut scratch = Scratch::default();
        let mut roll = self.roll.clone();
        bench.otherwise.change(&mut roll);
        let view = bench.view(&roll, None, &mut scratch, &mut ());
        let recent = Recent { bench: &bench, members: &roll.members, after: None };
        let newest = intents(self.bench).map(|kind| (kind.into(), recent.newest_of_kind(kind))).collect();
        let before = Points(view.figures.points.0 - view.momentum.change.0);
        Base { figures: view.figures, before, fit: view.fit, newest }
    }
}

/// The kinds of signals that fit asks for.
fn intents<'p>(bench: &Bench<'p>) -> impl Iterator<Item = &'p str> {
    let fit = &bench.bound.policy.document().fit;
    fit.criteria.iter().map(|one| &one.is).chain(&fit.disqualifiers).filter_map(|criterion| match criterion {
        Criterion::Intent { kind, .. } => Some(kind.as_str()),
        _ => None,
    })
}

/// At least so many points, and current.
fn bring(policy: &Compiled, member: &mut Scored, goal: i64) {
    member.score.points = member.score.points.max(goal);
    member.engaged = member.score.points >= policy.engaged_at;
    member.current = member.engaged;
}

/// What fit may ask of signals, found out before.
struct Remembered<'a> {
    newest: &'a [(String, Option<Day>)],
    day: Day,
}

impl Intents for Remembered<'_> {
    fn newest_of_kind(&self, kind: &str) -> Option<Day> {
        self.newest.iter().find(|(of, _)| of == kind).and_then(|(_, newest)| *newest)
    }

    fn day(&self) -> Day {
        self.day
    }
}
