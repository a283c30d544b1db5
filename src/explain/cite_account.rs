//! Which facts of the account, and which signals that fit asks for, an answer rests on.

use super::citation::Cites;
use super::cite::Citer;
use crate::assess::{Fact, Intents, Truth, answer_of, fact_of};
use crate::day::Day;
use crate::policy::{Criterion, FitRule, FitSource};

impl Citer<'_> {
    fn rule(&self) -> &FitRule {
        &self.bench.bound.policy.document().fit
    }

    /// All that is known of what fit is measured by, criteria of no weight left out, since they move nothing.
    pub(crate) fn fit(&self, cites: &mut Cites) {
        match self.rule().source {
            FitSource::None => {}
            FitSource::Supplied => self.known(Fact::FitScore, cites),
            FitSource::Criteria => {
                for criterion in self.rule().criteria.iter().filter(|one| one.weight > 0) {
                    self.criterion(&criterion.is, cites);
                }
            }
        }
    }

    /// The signals without which fit would be lower. Facts that go missing never make it so.
    pub(crate) fn intents(&self, cites: &mut Cites) {
        if self.rule().source == FitSource::Criteria {
            let weighty = self.rule().criteria.iter().filter(|one| one.weight > 0).map(|one| &one.is);
            for intent in weighty.filter(|criterion| fact_of(criterion).is_none()) {
                self.criterion(intent, cites);
            }
        }
    }

    /// The first disqualifier that is a known match.
    pub(crate) fn disqualifier(&self, cites: &mut Cites) {
        let matches = |criterion: &&Criterion| answer_of(criterion, self.account, self) == Truth::True;
        if let Some(first) = self.rule().disqualifiers.iter().find(matches) {
            self.criterion(first, cites);
        }
    }

    fn criterion(&self, criterion: &Criterion, cites: &mut Cites) {
        if let Criterion::Intent { kind, within_days } = criterion {
            let recent = |at: &usize| self.day().days_since(self.ledger.rows[*at].day) <= i32::from(*within_days);
            self.witness(self.rows_of_kind(kind.as_str()).filter(recent), cites);
        }
        if let Some(fact) = fact_of(criterion) {
            self.known(fact, cites);
        }
    }

    /// Usable rows of a kind, of members and of unnamed visitors.
    fn rows_of_kind(&self, kind: &str) -> impl Iterator<Item = usize> {
        let number = self.bench.policy().kind_number(kind);
        let rows = self.rows_of_members().chain(self.visitors());
        rows.filter(move |at| self.ledger.rows[*at].usable() && self.ledger.rows[*at].kind_number == number)
    }

    pub(crate) fn known_attribute(&self, name: &str, cites: &mut Cites) {
        self.known(Fact::Attribute(name.into()), cites);
    }

    /// Cites a fact if it is known.
    fn known(&self, fact: Fact, cites: &mut Cites) {
        let account = self.account;
        let known = match &fact {
            Fact::Attribute(name) => account.attribute(name).is_some(),
            Fact::Country => account.country.is_some(),
            Fact::Employees => account.employees.is_some(),
            Fact::FitRule => false,
            Fact::FitScore => account.fit_score.is_some(),
            Fact::Industry => account.industry.is_some(),
            Fact::Revenue => account.revenue.is_some(),
            Fact::Technologies => account.technologies.is_some(),
        };
        cites.facts.extend(known.then_some(fact));
    }
}

impl Intents for Citer<'_> {
    fn newest_of_kind(&self, kind: &str) -> Option<Day> {
        self.rows_of_kind(kind).map(|at| self.ledger.rows[at].day).max()
    }

    fn day(&self) -> Day {
        self.bench.day
    }
}
