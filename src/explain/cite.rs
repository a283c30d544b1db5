//! Which records the answer of a question rests on.
//!
//! Whoever is cited is cited either bare, without signals and so with 0 points, or full: with every row that counts and with the newest row of
//! positive points inside its window, so that points, engagement and currency come out exactly. (Rows of which caps left nothing may be
//! left out: what is left still reaches every cap that cut.) Nobody else adds anything. Hence what is cited for one question never spoils what is
//! cited for another, and citations can be united.

use alloc::vec::Vec;

use super::citation::Cites;
use super::ledger::{Belongs, Ledger, LedgerRow};
use crate::assess::{Answer, Assessed, Bench, Profile, Scored, TIERS};
use crate::exact::Points;
use crate::policy::{CompiledKind, CompiledRollUp, CompiledScope, Measure, RoleSet, Test, Tier};

/// Finds the records that answers rest on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Citer<'a> {
    pub(crate) bench: &'a Bench<'a>,
    pub(crate) assessed: &'a Assessed,
    /// Its first persons are the members, in the order of the figures.
    pub(crate) ledger: &'a Ledger,
    pub(crate) account: &'a Profile<'a>,
}

impl Citer<'_> {
    /// What the answer of a question rests on. O(members + rows).
    pub(crate) fn question(&self, test: &Test, answer: &Answer) -> Cites {
        let mut cites = Cites { unknown: answer.unknown.clone(), ..Cites::default() };
        if answer.truth.is_none() {
            return cites;
        }
        match test {
            Test::Points(_) => self.points(&mut cites),
            Test::Readiness(_) => self.seated(&mut cites),
            Test::Coverage(scope, measure, _) => self.coverage(*scope, *measure, &mut cites),
            Test::Holders(roles, measure, _) => self.holders(*roles, *measure, &mut cites),
            Test::EngagedPeople(_) => self.full_where(&mut cites, |one| one.engaged),
            Test::Fit { .. } => self.fit(&mut cites),
            Test::HandRaise { tier, from, .. } => self.hand_raise(*tier, *from, &mut cites),
            Test::Channels(tier, _) => self.channels(*tier, &mut cites),
            Test::Momentum(_) | Test::Trend(_) => self.everything(&mut cites),
            Test::Opponents(_) => self.bare_where(&mut cites, |one| one.opponent),
            Test::AccountExcluded => cites.exclusion = self.account.excluded.is_some(),
            Test::Attribute(test) => self.known_attribute(&test.name, &mut cites),
        }
        cites
    }

    pub(crate) fn members(&self) -> &[Scored] {
        &self.assessed.view.figures.members
    }

    /// Whoever has points; under a roll-up that divides by the people, all of them.
    fn points(&self, cites: &mut Cites) {
        self.full_where(cites, |one| one.score.points > 0);
        match self.bench.policy().roll_up {
            CompiledRollUp::ChampionMix { .. } | CompiledRollUp::Adobe => self.bare_where(cites, |_| true),
            CompiledRollUp::Weighted => cites.rows.extend(self.visitors().filter(|at| self.ledger.rows[*at].counted != Points::ZERO)),
            CompiledRollUp::Sum => {}
        }
    }

    fn seated(&self, cites: &mut Cites) {
        for seat in self.assessed.view.readiness.shares.iter().flatten() {
            if self.members()[seat.member].score.points > 0 {
                self.full(seat.member, cites);
            }
        }
    }

    fn coverage(&self, scope: CompiledScope, measure: Measure, cites: &mut Cites) {
        let template = self.bench.template().0.seats.iter().fold(RoleSet::EMPTY, |all, seat| all.with(RoleSet::of(seat.role)));
        let roles = match scope {
            CompiledScope::Group => template,
            CompiledScope::Best(roles) => roles,
        };
        self.holders(roles, measure, cites);
        if measure == Measure::Possible {
            // Who has no role takes any open seat of the template, so all of its seats matter.
            self.holders(template, Measure::Filled, cites);
            self.bare_where(cites, |one| !one.opponent && one.roles.is_empty());
        }
    }

    fn holders(&self, roles: RoleSet, measure: Measure, cites: &mut Cites) {
        match measure {
            Measure::Filled | Measure::Possible => self.bare_where(cites, |one| !one.opponent && one.roles.meets(roles)),
            Measure::Engaged => self.full_where(cites, |one| one.engaged && one.roles.meets(roles)),
            Measure::Current => self.full_where(cites, |one| one.current && one.roles.meets(roles)),
        }
    }

    /// The newest signal of that tier or a stronger one, of holders of these roles or of anybody; its person full.
    pub(crate) fn hand_raise(&self, tier: Tier, from: Option<RoleSet>, cites: &mut Cites) {
        let held = |at: &usize| from.is_none_or(|roles| self.members()[self.ledger.rows[*at].person].roles.meets(roles));
        let strong = self.rows_of_members().filter(|at| self.ledger.rows[*at].usable() && self.is_of_tier(*at, tier));
        self.witness(strong.filter(held), cites);
    }

    /// The newest signal in each channel, ties in the order of the ledger.
    fn channels(&self, tier: Tier, cites: &mut Cites) {
        let mut newest: Vec<Option<usize>> = alloc::vec![None; self.bench.policy().channel_caps.len()];
        for at in self.rows_of_members().filter(|at| self.ledger.rows[*at].inside() && self.is_of_tier(*at, tier)) {
            let row = &self.ledger.rows[at];
            let newest = self.kind(row).map(|kind| &mut newest[usize::from(kind.channel)]);
            if let Some(newest) = newest.filter(|newest| newest.is_none_or(|other| self.ledger.rows[other].day < row.day)) {
                *newest = Some(at);
            }
        }
        for at in newest.into_iter().flatten() {
            self.witness(core::iter::once(at), cites);
        }
    }

    /// All that counts now or counted on the day that momentum compares with.
    fn everything(&self, cites: &mut Cites) {
        self.bare_where(cites, |_| true);
        cites.rows.extend(self.rows_of_members().chain(self.visitors()).filter(|at| self.ledger.rows[*at].usable()));
        let Some(before) = self.bench.day.checked_minus_days(self.bench.policy().momentum_days) else { return };
        if self.assessed.roll.timeless {
            return;
        }
        for contact in self.bench.roll(before, true).members.iter().flat_map(crate::assess::MemberRow::contacts) {
            cites.contacts.insert(contact);
        }
        let outsiders = self.ledger.persons.iter().filter(|person| person.belongs == Belongs::Outsider);
        let then = outsiders.filter(|person| person.contact.as_ref().is_some_and(|contact| cites.contacts.contains(&contact.number)));
        cites.rows.extend(then.flat_map(|person| person.rows.clone()));
    }

    pub(crate) fn bare_where(&self, cites: &mut Cites, chosen: impl Fn(&Scored) -> bool) {
        cites.contacts.extend(self.members().iter().filter(|one| chosen(one)).map(|one| one.contact));
    }

    fn full_where(&self, cites: &mut Cites, chosen: impl Fn(&Scored) -> bool) {
        for (at, _) in self.members().iter().enumerate().filter(|(_, one)| chosen(one)) {
            self.full(at, cites);
        }
    }

    /// A member with every row that counts and the one that keeps them current.
    fn full(&self, member: usize, cites: &mut Cites) {
        cites.contacts.insert(self.members()[member].contact);
        let rows = self.ledger.persons[member].rows.clone();
        cites.rows.extend(rows.clone().filter(|at| self.ledger.rows[*at].counted != Points::ZERO));
        // Rows come newest first.
        let positive = |row: &LedgerRow| row.inside() && row.each > Some(Points::ZERO);
        cites.rows.extend(rows.into_iter().find(|at| positive(&self.ledger.rows[*at])));
    }

    /// The newest of some rows, ties in the order of the ledger; a member who has it is cited full.
    pub(crate) fn witness(&self, rows: impl Iterator<Item = usize>, cites: &mut Cites) {
        let newest = rows.max_by_key(|at| (self.ledger.rows[*at].day, core::cmp::Reverse(*at)));
        let Some(at) = newest else { return };
        cites.rows.insert(at);
        let person = self.ledger.rows[at].person;
        if self.ledger.persons[person].belongs == Belongs::Member {
            self.full(person, cites);
        }
    }

    /// The places of the members' rows.
    pub(crate) fn rows_of_members(&self) -> core::ops::Range<usize> {
        0..self.members().len().checked_sub(1).map_or(0, |last| self.ledger.persons[last].rows.end)
    }

    /// The places of the rows of the account's unnamed visitors.
    pub(crate) fn visitors(&self) -> core::ops::Range<usize> {
        let last = self.ledger.persons.last().filter(|person| person.belongs == Belongs::Visitors);
        last.map_or(0..0, |visitors| visitors.rows.clone())
    }

    fn kind(&self, row: &LedgerRow) -> Option<&CompiledKind> {
        row.kind_number.map(|number| &self.bench.policy().kinds[usize::from(number)])
    }

    /// Whether a row is of that tier or a stronger one.
    fn is_of_tier(&self, at: usize, tier: Tier) -> bool {
        let own = self.kind(&self.ledger.rows[at]).map(|kind| kind.tier);
        own.is_some_and(|own| own <= tier && (own as usize) < TIERS)
    }
}
