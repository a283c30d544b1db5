//! Coverage, as it is displayed and as rules see it.

use super::number::{Q, ratio, whole, zero};
use super::snapshot::{Person, Snapshot};
use std::collections::{BTreeMap, BTreeSet};

/// Whether opponents count: they do in what is displayed and in gaps, they fill nothing in a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Opponents {
    Count,
    FillNothing,
}

impl Snapshot<'_> {
    /// How many of these people count for a measure.
    pub fn how_many(people: &[&Person], measure: &str, opponents: Opponents) -> usize {
        let counts = |person: &&&Person| match measure {
            "filled" | "possible" => opponents == Opponents::Count || !person.member.opponent,
            "engaged" => person.engaged,
            "current" => person.current,
            other => panic!("no measure {other}"),
        };
        people.iter().filter(counts).count()
    }

    /// "If the members without a role each took one open seat, greatest 1/n first, ties in template order": the seats taken by role.
    pub fn served(&self, opponents: Opponents) -> BTreeMap<String, usize> {
        let mut open = Vec::new();
        for seats in &self.template {
            let holders = Self::how_many(&self.holders(&seats.role), "filled", opponents);
            open.extend(std::iter::repeat_n(seats, seats.count.saturating_sub(holders)));
        }
        open.sort_by_key(|seats| seats.count);
        let people = Self::how_many(&self.roleless(), "filled", opponents);
        let mut served = BTreeMap::new();
        for seats in open.into_iter().take(people) {
            *served.entry(seats.role.clone()).or_insert(0) += 1;
        }
        served
    }

    /// Coverage of one role; one that the template does not require is measured against one seat (DESIGN) and serves nobody without a role.
    pub fn role_coverage(&self, role: &str, measure: &str, opponents: Opponents) -> Q {
        let required = self.template.iter().find(|seats| seats.role == role).map_or(1, |seats| seats.count);
        let holders = Self::how_many(&self.holders(role), measure, opponents);
        let served = if measure == "possible" { self.served(opponents) } else { BTreeMap::new() };
        let taken = holders.min(required) + served.get(role).copied().unwrap_or(0);
        ratio(taken, required)
    }

    /// The mean over required roles.
    pub fn group_coverage(&self, measure: &str, opponents: Opponents) -> Q {
        let of_role = |role: &str| self.role_coverage(role, measure, opponents);
        self.template.iter().map(|seats| of_role(&seats.role)).sum::<Q>() / whole(self.template.len())
    }

    /// The greatest coverage of a deciding role, required or not; without such a role 0.
    pub fn deciding_coverage(&self, measure: &str) -> Q {
        let deciding = self.policy.roles.iter().filter(|role| role.decides);
        deciding.map(|role| self.role_coverage(&role.name, measure, Opponents::FillNothing)).max().unwrap_or_else(zero)
    }

    /// Members who are no opponents and hold any deciding role, each once.
    pub fn deciders(&self) -> Vec<&Person> {
        self.people.iter().filter(|person| person.decides(self.policy)).collect()
    }

    /// "None 0, single 1, thin 2–3, multi ≥ 4."
    pub fn threads(&self) -> &'static str {
        let engaged = i64::try_from(self.engaged().len()).expect("a count");
        match engaged {
            0 => "none",
            many if many >= self.policy.number("/group/threads/multi") => "multi",
            some if some >= self.policy.number("/group/threads/thin") => "thin",
            _ => "single",
        }
    }

    /// The share of each member in the weighted member points; empty when there are none.
    pub fn point_shares(&self) -> Vec<(&str, Q)> {
        let total: Q = self.people.iter().map(Person::weighted).sum();
        if total == zero() {
            return Vec::new();
        }
        self.people.iter().map(|person| (person.id(), person.weighted() / &total)).collect()
    }

    /// The person with the greatest share, ties by id.
    pub fn top_share(&self) -> Option<(&str, Q)> {
        let shares = self.point_shares();
        let greatest = shares.iter().map(|(_, share)| share).max()?.clone();
        shares.into_iter().find(|(_, share)| *share == greatest)
    }

    /// The ids of some people, in order.
    pub fn ids<'b>(people: impl IntoIterator<Item = &'b Person>) -> BTreeSet<String> {
        people.into_iter().map(|person| person.id().to_owned()).collect()
    }
}
