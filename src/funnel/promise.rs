//! One promise to act: from when it counts, what answered it, and what came of it.

use alloc::collections::BTreeSet;
use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::came_in::{Moment, came_in, is_act};
use super::deals::Deals;
use super::error::FunnelError;
use super::follow_up::{FollowUp, FollowUpAction, FollowUpState};
use super::heard::{Heard, on};
use super::history::{GroupEntry, GroupHistory};
use super::hours::{elapsed, end_of};
use crate::assess::{Assessor, Bench, MemberRow, Persons, Roll, Route};
use crate::day::Day;
use crate::exact::Ratio;
use crate::graph::AccountGraph;
use crate::policy::{Policy, PolicyLabel};
use crate::signal::Signal;
use crate::tally::SignalTally;

/// Microseconds of an hour.
const HOUR: i64 = 3_600_000_000;

/// What was promised to a group on a day.
pub(super) struct Promise<'h> {
    pub(super) id: &'h str,
    pub(super) history: &'h GroupHistory,
    /// The entry that was made on the day, or before it when the group was in already.
    pub(super) entry: &'h GroupEntry,
    /// When it had left before that entry.
    pub(super) left_before: Option<Day>,
    pub(super) day: Day,
    pub(super) policy: &'h Arc<PolicyLabel>,
    /// The day of the next promise to the group.
    pub(super) next: Option<Day>,
}

impl Promise<'_> {
    fn already_in(&self) -> bool {
        self.entry.day != self.day
    }
}

/// What all promises are answered from.
pub(super) struct Scene<'a> {
    graph: &'a AccountGraph,
    heard: Heard<'a>,
    /// One for each policy, for who belongs to groups; what happened is heard.
    policies: Vec<(&'a Policy, Assessor<'a>)>,
    as_of: Day,
}

/// From when a promise counts, and for what it is.
struct Clock {
    from: Moment,
    promise: Route,
    hours: u16,
}

impl<'a> Scene<'a> {
    /// `nothing` is a tally without signals.
    pub(super) fn new(graph: &'a AccountGraph, heard: Heard<'a>, policies: &'a [&'a Policy], nothing: &'a SignalTally, as_of: Day) -> Self {
        let policies = policies.iter().map(|policy| (*policy, Assessor::on_demand(graph, nothing, *policy)));
        Self { graph, heard, policies: policies.collect(), as_of }
    }

    /// What became of a promise to a group of an account.
    pub(super) fn follow_up(
        &self,
        account: u32,
        made: &Promise<'_>,
        persons: &Persons<'_>,
        deals: &Deals,
    ) -> Result<FollowUp, FunnelError> {
        let given = self.policies.iter().find(|(policy, _)| *policy.label() == *made.policy);
        let missing = || FunnelError::PolicyNotGiven { policy: made.policy.name.clone(), group: made.id.into() };
        let (policy, assessor) = given.ok_or_else(missing)?;
        let record = self.graph.group_ix(made.id);
        let bench = assessor.bench_at(account, record, made.day).ok_or_else(missing)?;
        let roll = bench.roll(made.day, true);
        let asked = Asked { scene: self, made, policy, bench: &bench, allies: allies(&roll), persons };
        Ok(asked.follow_up(deals))
    }
}

fn allies(roll: &Roll) -> Vec<u32> {
    roll.members.iter().filter(|member| !member.opponent).flat_map(MemberRow::contacts).collect()
}

/// One promise, and what is needed to answer for it.
struct Asked<'a> {
    scene: &'a Scene<'a>,
    made: &'a Promise<'a>,
    policy: &'a Policy,
    bench: &'a Bench<'a>,
    /// The contacts of the members of the day who are no opponents.
    allies: Vec<u32>,
    persons: &'a Persons<'a>,
}

impl Asked<'_> {
    fn follow_up(&self, deals: &Deals) -> FollowUp {
        let (made, clock) = (self.made, self.clock());
        let left = made.entry.left.filter(|left| *left <= self.scene.as_of);
        let end = end_of(left.unwrap_or(self.scene.as_of));
        let action = self.action(clock.from).filter(|action| action.at.micros_since_epoch() < end);
        let until = action.as_ref().map_or(end, |action| action.at.micros_since_epoch());
        let micros = elapsed(clock.from.at.micros_since_epoch(), until, self.policy.document().follow_up.weekdays_only);
        let state = match (&action, micros <= i64::from(clock.hours) * HOUR) {
            (Some(_), true) => FollowUpState::Met,
            (Some(_), false) => FollowUpState::Late,
            (None, true) if left.is_some() => FollowUpState::Lapsed,
            (None, true) => FollowUpState::Open,
            (None, false) => FollowUpState::Overdue,
        };
        let (opened, won) = deals.of_group_within(made.id, made.day, made.next);
        FollowUp {
            account_id: made.history.account.clone(),
            group_id: made.id.into(),
            entered: made.entry.day,
            route: made.entry.route.token(),
            already_in: made.already_in(),
            promise: clock.promise.token(),
            from: clock.from.at,
            promised_hours: clock.hours,
            action,
            hours: Ratio::of(micros.into(), HOUR.into()),
            micros,
            state,
            opened,
            won,
        }
    }

    fn clock(&self) -> Clock {
        let (made, rule) = (self.made, self.policy.document().follow_up);
        let by_route = if made.already_in() { Route::HandRaise } else { made.entry.route };
        let asked = made.already_in() || made.entry.asked;
        if asked && (by_route == Route::HandRaise || rule.hand_raise_hours <= rule.rule_hours) {
            return Clock { from: self.raised(), promise: Route::HandRaise, hours: rule.hand_raise_hours };
        }
        let hours = if by_route == Route::HandRaise { rule.hand_raise_hours } else { rule.rule_hours };
        Clock { from: came_in(self.bench, &self.scene.heard, made.left_before), promise: by_route, hours }
    }

    /// The first hand-raise of the day.
    fn raised(&self) -> Moment {
        let tier = self.policy.document().hand_raise.tier;
        let today = self.allies.iter().flat_map(|contact| on(self.scene.heard.of_contact(*contact), self.made.day));
        let raises = today.filter(|signal| self.is_usable(signal) && self.tier(signal).is_some_and(|one| one <= tier));
        raises.map(|signal| Moment::of(signal, self.policy)).min().unwrap_or_else(|| Moment::start_of(self.made.day))
    }

    fn tier(&self, signal: &Signal) -> Option<crate::policy::Tier> {
        let number = self.policy.compiled().kind_number(signal.kind.as_str())?;
        Some(self.policy.document().kinds[usize::from(number)].tier)
    }

    fn is_usable(&self, signal: &Signal) -> bool {
        let solution = &self.made.history.solution;
        solution.is_none() || signal.solution.is_none() || signal.solution == *solution
    }

    /// The first act with one of its people, be it by another contact of theirs.
    fn action(&self, from: Moment) -> Option<FollowUpAction> {
        let contacts: BTreeSet<u32> = self.allies.iter().flat_map(|ally| self.persons.contacts(*ally)).collect();
        let first = |contact: u32| {
            let acts = self.scene.heard.acts_from(contact, from.at).iter();
            let mut acts = acts.filter(|act| self.is_usable(act) && is_act(self.policy, act.kind.as_str()));
            acts.find(|act| Moment { at: act.at, act: true } > from).map(|act| self.told(contact, act))
        };
        contacts.into_iter().filter_map(first).min()
    }

    fn told(&self, contact: u32, act: &Signal) -> FollowUpAction {
        let contact_id = self.scene.graph.contact_names().text(contact).into();
        FollowUpAction { at: act.at, kind: act.kind.to_string(), contact_id }
    }
}
