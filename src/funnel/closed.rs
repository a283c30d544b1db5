//! What became of opportunities, counted and added up: what plans are measured by.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

use num_bigint::BigInt;
use rust_decimal::Decimal;
use serde::Serialize;

use super::rate::Rate;
use crate::account::Outcome;
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

impl ClosedDeals {
    /// Of all opportunities of a graph, closed on one of these days. An opportunity counts once, whatever its group. O(opportunities).
    pub fn of(graph: &AccountGraph, days: RangeInclusive<Day>) -> Self {
        let mut found = Self { won: Rate::default(), open: 0, revenue: Vec::new(), without_amount: 0 };
        let mut sums: BTreeMap<(bool, Option<String>), (u64, BigInt)> = BTreeMap::new();
        for one in graph.accounts().flat_map(|account| graph.opportunities_of(account)) {
            let closed = one.closed_at.map(Instant::day).filter(|_| one.outcome != Outcome::Open);
            let Some(closed) = closed.filter(|closed| closed <= days.end()) else {
                found.open += u64::from(one.created_at.day() <= *days.end());
                continue;
            };
            if !days.contains(&closed) {
                continue;
            }
            found.won.add(one.outcome == Outcome::Won);
            match one.amount.filter(|_| one.outcome == Outcome::Won) {
                Some(amount) => {
                    let sum = sums.entry((one.currency.is_none(), one.currency)).or_default();
                    sum.0 += 1;
                    sum.1 += BigInt::from(amount.mantissa()) * BigInt::from(10_u8).pow(Decimal::MAX_SCALE - amount.scale());
                }
                None => found.without_amount += u64::from(one.outcome == Outcome::Won),
            }
        }
        let revenue = |((_, currency), (deals, sum))| Revenue { currency, deals, amount: decimal(sum) };
        found.revenue = sums.into_iter().map(revenue).collect();
        found
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
