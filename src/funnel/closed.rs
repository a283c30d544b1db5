//! What became of opportunities, counted and added up: what plans are measured by.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

use num_bigint::BigInt;
use rust_decimal::Decimal;
use serde::Serialize;

use super::rate::Rate;
use crate::account::{Opportunity, Outcome};
use crate::day::{Day, Instant};
use crate::graph::AccountGraph;

/// What became of the opportunities of a portfolio that were closed on some days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ClosedDeals {
    /// How many of those that were closed on these days were won.
    pub won: Rate,
    /// How many are open at the end of the last day.
    pub open: u64,
    /// What was won, by currency; currencies never mix. `None`: without one.
    pub revenue: Vec<Revenue>,
    /// How many won ones have no amount; they are in no revenue.
    pub without_amount: u64,
    /// How many of those in each currency were won; of those with an amount and without a currency, too, which are `None`.
    pub by_currency: Vec<CurrencyDeals>,
    /// How many of those that have neither a currency nor an amount were won.
    pub without_currency: Rate,
}

/// What became of the opportunities in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CurrencyDeals {
    /// The currency; `None`: it is not known.
    pub currency: Option<String>,
    /// How many were won.
    pub won: Rate,
}

/// What was won in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Revenue {
    /// The currency; `None`: it is not known.
    pub currency: Option<String>,
    /// How many won opportunities have an amount in it.
    pub deals: u64,
    /// Their amounts added up, exact; `None`: it has more digits than are kept.
    #[serde(serialize_with = "super::decimals::text_if_any")]
    pub amount: Option<Decimal>,
}

/// Sums by currency, the one that is not known last.
type Sums = BTreeMap<(bool, Option<String>), Sum>;

#[derive(Default)]
struct Sum {
    won: Rate,
    deals: u64,
    amount: BigInt,
}

impl ClosedDeals {
    /// Of all opportunities of a graph, closed on one of these days. An opportunity counts once, whatever its group. O(opportunities).
    pub fn of(graph: &AccountGraph, days: RangeInclusive<Day>) -> Self {
        let (revenue, by_currency) = (Vec::new(), Vec::new());
        let mut found = Self { won: Rate::default(), open: 0, revenue, without_amount: 0, by_currency, without_currency: Rate::default() };
        let mut sums = Sums::new();
        for one in graph.accounts().flat_map(|account| graph.opportunities_of(account)) {
            let closed = one.closed_at.map(Instant::day).filter(|_| one.outcome != Outcome::Open);
            match closed.filter(|closed| closed <= days.end()) {
                None => found.open += u64::from(one.created_at.day() <= *days.end()),
                Some(closed) if days.contains(&closed) => found.add(&mut sums, one),
                Some(_) => {}
            }
        }
        for ((_, currency), sum) in sums {
            found.by_currency.push(CurrencyDeals { currency: currency.clone(), won: sum.won });
            found.revenue.extend((sum.deals > 0).then(|| Revenue { currency, deals: sum.deals, amount: decimal(sum.amount) }));
        }
        found
    }

    fn add(&mut self, sums: &mut Sums, one: Opportunity) {
        let won = one.outcome == Outcome::Won;
        self.won.add(won);
        self.without_amount += u64::from(won && one.amount.is_none());
        if one.currency.is_none() && one.amount.is_none() {
            self.without_currency.add(won);
            return;
        }
        let sum = sums.entry((one.currency.is_none(), one.currency)).or_default();
        sum.won.add(won);
        if let Some(amount) = one.amount.filter(|_| won) {
            sum.deals += 1;
            sum.amount += BigInt::from(amount.mantissa()) * BigInt::from(10_u8).pow(Decimal::MAX_SCALE - amount.scale());
        }
    }

    /// How many of those in a currency were won: where there is no other, with those that have neither a currency nor an amount.
    pub fn won_in(&self, currency: Option<&str>) -> Rate {
        let mut won = Rate::default();
        for one in self.by_currency.iter().filter(|one| one.currency.as_deref() == currency) {
            won.add_all(one.won);
        }
        if self.by_currency.iter().all(|one| one.currency.as_deref() == currency) {
            won.add_all(self.without_currency);
        }
        won
    }
}

/// A sum in units of the last decimal that there is, if it can be kept.
fn decimal(mut sum: BigInt) -> Option<Decimal> {
    let mut scale = Decimal::MAX_SCALE;
    while scale > 0 && &sum % 10_u8 == BigInt::ZERO {
        sum /= 10_u8;
        scale -= 1;
    }
    Decimal::try_from_i128_with_scale(sum.try_into().ok()?, scale).ok()
}
