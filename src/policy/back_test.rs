//! How a policy is held against what became of groups: meaning, document and checks.

use core::ops::RangeInclusive;

use rust_decimal::Decimal;

use super::check::{Check, Place};
use super::limits::DecimalLimit;
use super::{Policy, write};
use crate::document::{Node, Reader};

/// How long after a decision a win counts for it, in days: up to ten years.
const HORIZON: RangeInclusive<u16> = 1..=3_650;
/// How much of the accounts is held out, in percent.
const HELD_OUT: RangeInclusive<u8> = 1..=90;
/// A lead's points: what a person may have.
const POINTS: DecimalLimit = DecimalLimit { least: Decimal::ONE, most: Decimal::from_parts(1_000_000, 0, 0, false, 0), places: 4 };

/// By what groups are ranked: the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RankBy {
    /// The group's points.
    Points,
    /// Its readiness.
    Readiness,
    /// The certain part of fit: for policies that ask about the account alone.
    Fit,
}

impl RankBy {
    /// Every way with its token, in declaration order.
    pub const ALL: [(&'static str, Self); 3] = [("points", Self::Points), ("readiness", Self::Readiness), ("fit", Self::Fit)];

    /// The token of documents.
    pub const fn token(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// How a policy is held against the past. Source: the rules, section 14; 100 points for a lead are what is called qualified where leads are counted one by
/// one, and the ranking is our choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackTestRule {
    /// Within how many days of a decision a win counts for it: 1..=3,650.
    pub horizon_days: u16,
    /// How much of the accounts, the latest, is held out, in percent: 1..=90.
    pub held_out_percent: u8,
    /// By what groups are ranked.
    pub rank_by: RankBy,
    /// From how many points on a person is passed where leads are counted one by one: 1..=1,000,000, at most 4 decimals.
    pub mql_points: Decimal,
}

impl Default for BackTestRule {
    /// What the default policy says; it stands in where a document says nothing.
    fn default() -> Self {
        Policy::default().document().back_test.clone()
    }
}

pub(super) fn read(mut r: Reader<'_>) -> BackTestRule {
    let rule = BackTestRule {
        horizon_days: r.whole("horizon_days", HORIZON),
        held_out_percent: r.whole("held_out_percent", HELD_OUT),
        rank_by: r.word("rank_by", &RankBy::ALL).unwrap_or(RankBy::Points),
        mql_points: r.decimal("mql_points", POINTS.places, POINTS.least, POINTS.most),
    };
    r.finish();
    rule
}

pub(super) fn write(rule: &BackTestRule) -> Node {
    write::map([
        ("horizon_days", write::whole(rule.horizon_days)),
        ("held_out_percent", write::whole(rule.held_out_percent)),
        ("rank_by", Node::Text(rule.rank_by.token().into())),
        ("mql_points", write::decimal(rule.mql_points)),
    ])
}

pub(super) fn validate(check: &mut Check<'_>, at: &Place<'_>, rule: &BackTestRule) {
    check.whole(&at.field("horizon_days"), rule.horizon_days, &HORIZON);
    check.whole(&at.field("held_out_percent"), rule.held_out_percent, &HELD_OUT);
    check.decimal(&at.field("mql_points"), rule.mql_points, &POINTS);
}
