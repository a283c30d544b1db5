//! The opportunities of an account by the day they were created, so that each of its groups asks for its own alone.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::account::{Opportunity, Outcome};
use crate::day::{Day, Instant};

/// The opportunities of an account that were created up to a day.
#[derive(Debug, Default)]
pub(super) struct Deals {
    /// Those that are about every group of the account.
    common: Dates,
    /// Those of one group each.
    own: BTreeMap<String, Dates>,
    all: Dates,
}

/// Opportunities in the order of their creation.
#[derive(Debug, Default)]
struct Dates {
    created: Vec<Day>,
    /// For each the earliest day on which it or a later one was won.
    won_from: Vec<Option<Day>>,
    /// The days on which those that were won were created, in order.
    wins: Vec<Day>,
}

/// The first days of some opportunities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FirstDays {
    /// Of the first that was created on the day or later.
    pub(super) created: Option<Day>,
    /// The first day on which one of them was won.
    pub(super) won: Option<Day>,
    /// Whether there is any at all.
    pub(super) any: bool,
}

impl Deals {
    /// O(n log n).
    pub(super) fn of(opportunities: &[Opportunity], as_of: Day) -> Self {
        let mut days: Vec<(Day, Option<Day>, Option<String>)> = Vec::new();
        for one in opportunities.iter().filter(|one| one.created_at.day() <= as_of) {
            let won = one.closed_at.map(Instant::day).filter(|closed| *closed <= as_of && one.outcome == Outcome::Won);
            days.push((one.created_at.day(), won, one.group.as_ref().map(ToString::to_string)));
        }
        days.sort_unstable();
        let mut deals = Self::default();
        for (created, won, group) in days {
            deals.all.push(created, won);
            match group {
                Some(group) => deals.own.entry(group).or_default().push(created, won),
                None => deals.common.push(created, won),
            }
        }
        [&mut deals.all, &mut deals.common].into_iter().chain(deals.own.values_mut()).for_each(Dates::finish);
        deals
    }

    /// Of all of them, from a day on if one is given. O(log n).
    pub(super) fn since(&self, day: Option<Day>) -> FirstDays {
        self.all.since(day)
    }

    /// Of those that apply to a group. O(log n).
    pub(super) fn of_group_since(&self, group: &str, day: Option<Day>) -> FirstDays {
        let common = self.common.since(day);
        let own = self.own.get(group).map_or_else(FirstDays::default, |own| own.since(day));
        FirstDays {
            created: common.created.into_iter().chain(own.created).min(),
            won: common.won.into_iter().chain(own.won).min(),
            any: common.any || own.any,
        }
    }

    /// Whether one that applies to a group was created from a day on and before another, and whether such a one was won. O(log n).
    pub(super) fn of_group_within(&self, group: &str, from: Day, before: Option<Day>) -> (bool, bool) {
        let (opened, won) = self.common.within(from, before);
        let (own_opened, own_won) = self.own.get(group).map_or((false, false), |own| own.within(from, before));
        (opened || own_opened, won || own_won)
    }
}

impl Dates {
    fn push(&mut self, created: Day, won: Option<Day>) {
        self.created.push(created);
        self.won_from.push(won);
        self.wins.extend(won.map(|_| created));
    }

    fn finish(&mut self) {
        let mut first: Option<Day> = None;
        for won in self.won_from.iter_mut().rev() {
            first = first.into_iter().chain(*won).min();
            *won = first;
        }
    }

    fn since(&self, day: Option<Day>) -> FirstDays {
        let at = day.map_or(0, |day| self.created.partition_point(|created| *created < day));
        let won = self.won_from.get(at).copied().flatten();
        FirstDays { created: self.created.get(at).copied(), won, any: !self.created.is_empty() }
    }

    fn within(&self, from: Day, before: Option<Day>) -> (bool, bool) {
        let any = |list: &[Day]| {
            let first = list.get(list.partition_point(|day| *day < from));
            first.is_some_and(|day| before.is_none_or(|before| *day < before))
        };
        (any(&self.created), any(&self.wins))
    }
}
