//! What a plan comes to.

use alloc::string::String;
use alloc::vec::Vec;

use rust_decimal::Decimal;
use serde::Serialize;

/// What is needed. A line is `None` where something is missing and a rate on the way is 0, so that no number is enough. Of each number that all lines have,
/// low ≤ likely ≤ high.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Plan {
    /// What is still missing; 0 where the target is reached.
    #[serde(serialize_with = "super::decimals::text")]
    pub missing: Decimal,
    /// By the rates as they are.
    pub likely: Option<PlanLine>,
    /// The least: by the upper bounds of measured rates.
    pub low: Option<PlanLine>,
    /// The most: by the lower bounds of measured rates.
    pub high: Option<PlanLine>,
}

/// What is needed by one set of rates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PlanLine {
    /// The amount of the opportunities needed, rounded half to even.
    #[serde(serialize_with = "super::decimals::text")]
    pub pipeline: Decimal,
    /// How many opportunities, rounded up.
    pub opportunities: u64,
    /// How many groups in each of the stages before, in the order of the steps, rounded up from the exact number and not from that of the stage after.
    pub groups: Vec<Needed>,
}

/// How many of a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Needed {
    /// The stage.
    pub stage: String,
    /// How many.
    pub needed: u64,
}

/// What so many would bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Brought {
    /// By the rates as they are.
    pub likely: BroughtLine,
    /// By the lower bounds of measured rates.
    pub low: BroughtLine,
    /// By the upper bounds of measured rates.
    pub high: BroughtLine,
}

/// What so many would bring by one set of rates; each number rounded half to even once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BroughtLine {
    /// Opportunities, to 4 decimals.
    #[serde(serialize_with = "super::decimals::text")]
    pub opportunities: Decimal,
    /// Their amount.
    #[serde(serialize_with = "super::decimals::text")]
    pub pipeline: Decimal,
    /// What of it is won.
    #[serde(serialize_with = "super::decimals::text")]
    pub revenue: Decimal,
    /// With what is closed already, and what is created and closed beside it: revenue ÷ (1 − create and close) + closed.
    #[serde(serialize_with = "super::decimals::text")]
    pub total: Decimal,
}
