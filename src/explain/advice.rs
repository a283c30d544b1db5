//! What it would take: the sets that a search found, put into data with what each change needs.

use alloc::vec::Vec;

use super::atom::{Atom, Goals, Set, Subject};
use super::change::{Advice, Change, ChangeSet, Extent, SignalExample, Who, Whose};
use super::examples::examples;
use super::search::{Solution, search};
use super::steps::has_kind;
use super::what_if::WhatIf;
use crate::assess::{ContactIds, Named, State};
use crate::exact::Points;
use crate::id::{ChannelName, KindName, RoleName};
use crate::policy::{PolicyDocument, Tier};

/// What it would take for a group in that state to be qualified.
///
/// Bounded: at most a few thousand changed copies are judged, fewer for groups of many people.
pub(super) fn advice(what_if: &WhatIf<'_>, state: State) -> Advice {
    if state == State::Qualified {
        return Advice { sets: Vec::new(), extent: Extent::All };
    }
    let found = search(what_if);
    let shown = Shown { what_if, document: what_if.bench().bound.policy.document() };
    Advice { sets: found.solutions.iter().map(|solution| shown.set(solution)).collect(), extent: found.extent }
}

struct Shown<'a> {
    what_if: &'a WhatIf<'a>,
    document: &'a PolicyDocument,
}

impl Shown<'_> {
    fn set(&self, solution: &Solution) -> ChangeSet {
        let changes = solution.set.iter().map(|atom| self.change(atom, solution)).collect();
        ChangeSet { changes, missing: solution.missing }
    }

    fn change(&self, atom: Atom, solution: &Solution) -> Change {
        match atom {
            Atom::Lift => Change::LiftExclusion { reason: self.what_if.bench().profile().excluded.unwrap_or_default().into() },
            Atom::Reconcile(member) => Change::Reconcile { opponent: self.who(Subject::Member(member)) },
            Atom::Learn { fact, value } => {
                let learnable = &self.what_if.facts[usize::from(fact)];
                Change::Learn { fact: learnable.fact.clone(), suits: learnable.values[usize::from(value)].shown.clone() }
            }
            Atom::Add { role, number } => Change::AddPerson { role: self.role(role), number, candidates: self.without_role() },
            Atom::Bring(subject) => self.bring(subject, solution),
            Atom::Signal { tier, channel, role } => Change::Signal {
                tier,
                channel: self.channel(channel),
                others: self.others(solution, atom),
                role: role.map(|role| self.role(role)),
                kinds: self.kinds_that_do(solution, atom),
            },
            Atom::HandRaise => Change::HandRaise { kinds: self.kinds(self.document.hand_raise.tier) },
        }
    }

    fn bring(&self, subject: Subject, solution: &Solution) -> Change {
        let to = solution.goals.of(subject).unwrap_or_default();
        let own = self.what_if.own(&solution.set, subject);
        let points = |units: i64| Points::from_line_units(units.into());
        let examples = examples(self.what_if, solution, subject, to);
        let named = |(kind, count): (usize, u32)| SignalExample { kind: self.document.kinds[kind].name.clone(), count };
        let examples = examples.into_iter().map(|example| example.into_iter().map(named).collect()).collect();
        Change::Bring { who: self.who(subject), to: points(to), missing: points(to - own), examples }
    }

    fn who(&self, subject: Subject) -> Who {
        Who(match subject {
            Subject::Member(member) => {
                let names = self.what_if.bench().graph.contact_names().clone();
                Whose::Member(Named { names, number: self.what_if.roll().members[member as usize].contact })
            }
            Subject::Added(role, number) => Whose::Added(self.role(role), number),
        })
    }

    fn role(&self, rank: u8) -> RoleName {
        self.what_if.policy().roles[usize::from(self.what_if.roles[usize::from(rank)])].name.clone()
    }

    fn channel(&self, rank: u8) -> ChannelName {
        self.document.channels[usize::from(self.what_if.channels[usize::from(rank)])].name.clone()
    }

    /// Members without a role who are no opponents.
    fn without_role(&self) -> ContactIds {
        let members = self.what_if.roll().members.iter().filter(|member| member.roles.is_empty() && !member.opponent);
        ContactIds::new(self.what_if.bench().graph.contact_names().clone(), members.map(|member| member.contact).collect())
    }

    /// The channels of which some kind would do as well.
    fn others(&self, solution: &Solution, signal: Atom) -> Vec<ChannelName> {
        let Atom::Signal { tier, role, .. } = signal else { return Vec::new() };
        let instead = |channel: u8| Atom::Signal { tier, channel, role };
        let rest = Solution { set: solution.set.without(signal), ..solution.clone() };
        let does = |channel: &u8| {
            let set = rest.set.with(&[instead(*channel)]);
            let other = Solution { set, ..solution.clone() };
            has_kind(self.what_if, self.what_if.channels[usize::from(*channel)], tier)
                && !solution.set.has(instead(*channel))
                && self.qualifies(&other.set, &other.goals)
                && !self.kinds_that_do(&other, instead(*channel)).is_empty()
        };
        let ranks = (0_u8..).zip(&self.what_if.channels).map(|(rank, _)| rank);
        ranks.filter(does).map(|rank| self.channel(rank)).collect()
    }

    /// The kinds of a signal's channel, strong enough, with which the set does whatever their own tier leads to.
    fn kinds_that_do(&self, solution: &Solution, signal: Atom) -> Vec<KindName> {
        let Atom::Signal { tier, channel, role } = signal else { return Vec::new() };
        let rest = solution.set.without(signal);
        let number = self.what_if.channels[usize::from(channel)];
        let kinds = self.what_if.policy().kinds.iter().zip(&self.document.kinds);
        let strong = kinds.filter(|(kind, _)| kind.tier <= tier && kind.channel == number);
        let does = |own: Tier| self.qualifies(&rest.with(&[Atom::Signal { tier: own, channel, role }]), &solution.goals);
        strong.filter(|(kind, _)| does(kind.tier)).map(|(_, rule)| rule.name.clone()).collect()
    }

    fn qualifies(&self, set: &Set, goals: &Goals) -> bool {
        self.what_if.look(set, goals).qualifies()
    }

    /// The kinds of that tier or a stronger one.
    fn kinds(&self, tier: Tier) -> Vec<KindName> {
        let kinds = self.what_if.policy().kinds.iter().zip(&self.document.kinds);
        kinds.filter(|(kind, _)| kind.tier <= tier).map(|(_, rule)| rule.name.clone()).collect()
    }
}
