//! What it takes to reach a revenue, and what so many groups would bring.
//!
//! ```text
//! pipeline      = (target − closed) × (1 − create and close) ÷ win rate
//! opportunities = pipeline ÷ average amount
//! qualified     = opportunities ÷ rate from qualified to opportunity       and so on, backwards
//! ```
//!
//! Source: the rules, section 13. Every number follows from the exact one before it and is rounded when it is shown: counts up, amounts half to even.

use alloc::string::String;
use alloc::vec::Vec;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::plan_error::PlanError;
use super::planned::{Brought, BroughtLine, Needed, Plan, PlanLine};
use super::quotient::Quotient;
use super::rate::Rate;

/// What a plan rests on.
///
/// ```
/// use quorate::{Average, Decimal, PlanBasis, PlanRate, PlanStep, Rate};
/// let basis = PlanBasis {
///     target: Decimal::from(1_000_000),
///     closed: Decimal::from(200_000),
///     create_and_close: Decimal::from(25),
///     win_rate: PlanRate::Given(Decimal::from(20)),
///     average_amount: Average { total: Decimal::from(50_000), count: 1 },
///     steps: vec![PlanStep { stage: "qualified".into(), rate: PlanRate::Measured(Rate::new(30, 100).ok_or("more than all")?) }],
///     places: 2,
/// };
/// let plan = basis.plan()?;
/// // (1,000,000 − 200,000) × 75 % ÷ 20 % = 3,000,000; through 50,000 that is 60; through 30 % that is 200.
/// let likely = plan.likely.ok_or("nothing is ever won")?;
/// assert_eq!((likely.pipeline, likely.opportunities, likely.groups[0].needed), (Decimal::from(3_000_000), 60, 200));
/// let low = plan.low.ok_or("nothing is ever won")?;
/// assert_eq!(low.groups[0].needed, 152);
///
/// let brought = basis.bring(1, 200)?;
/// assert_eq!(brought.likely.revenue, Decimal::from(600_000));
/// assert_eq!(brought.likely.total, Decimal::from(1_000_000));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanBasis {
    /// The revenue to be reached; not negative.
    pub target: Decimal,
    /// How much of it is won already; not negative.
    pub closed: Decimal,
    /// How much of what is still missing needs no pipeline now, because it will be created and closed on the way, in percent: 0 or more, less than 100.
    pub create_and_close: Decimal,
    /// How many opportunities are won; amounts are taken to be won like opportunities.
    pub win_rate: PlanRate,
    /// What an opportunity is worth.
    pub average_amount: Average,
    /// The stages before the opportunity, the nearest first, each with the rate at which it leads to the one after it.
    pub steps: Vec<PlanStep>,
    /// Decimals of the currency's amounts, to which these are rounded when they are shown: 0..=4.
    pub places: u32,
}

/// A stage before another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanStep {
    /// Its name.
    pub stage: String,
    /// How many of it come to the next stage.
    pub rate: PlanRate,
}

/// A rate that somebody gives, or that was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanRate {
    /// In percent: 0..=100. The low and the high plan take it as it is.
    Given(Decimal),
    /// So many of so many. The low and the high plan take the bounds of its Wilson interval, or what was counted where rounding has brought a bound beyond that.
    Measured(Rate),
}

/// The mean of some amounts: their sum and how many they are, so that nothing is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Average {
    /// The sum; more than 0.
    #[serde(serialize_with = "super::decimals::text")]
    pub total: Decimal,
    /// How many; at least 1.
    pub count: u64,
}

/// Which end of the intervals.
#[derive(Clone, Copy)]
enum End {
    AsIs,
    Lower,
    Upper,
}

impl PlanRate {
    fn at(self, end: End) -> Option<Quotient> {
        match (self, end) {
            (Self::Given(percent), _) => Quotient::decimal(percent).through(&Quotient::whole(100)),
            (Self::Measured(rate), End::AsIs) => Quotient::new(rate.count(), rate.of()),
            // Bounds are rounded: those of very many may lie on the wrong side of what was counted.
            (Self::Measured(rate), End::Lower) => {
                Some(millionths(rate.interval()?.low.units()).min(Quotient::new(rate.count(), rate.of())?))
            }
            (Self::Measured(rate), End::Upper) => {
                Some(millionths(rate.interval()?.high.units()).max(Quotient::new(rate.count(), rate.of())?))
            }
        }
    }
}

impl Average {
    /// The mean to so many decimals, rounded half to even; `None` of none, of less than 0, or where it has more digits than are kept.
    pub fn mean(self, places: u32) -> Option<Decimal> {
        let total = Some(self.total).filter(|total| !total.is_sign_negative() || total.is_zero())?;
        let mean = Quotient::decimal(total).through(&Quotient::whole(self.count))?;
        shown(&mean, places.min(Decimal::MAX_SCALE)).ok()
    }
}

fn millionths(units: i128) -> Quotient {
    Quotient::decimal(Decimal::new(i64::try_from(units).unwrap_or(0), 6))
}

impl PlanBasis {
    /// What is needed to reach the target. O(steps).
    ///
    /// # Errors
    /// [`PlanError`]: a number out of range, a rate of which nothing is known, results of more digits than are kept.
    pub fn plan(&self) -> Result<Plan, PlanError> {
        self.check()?;
        let missing = Quotient::decimal(self.target).minus(&Quotient::decimal(self.closed));
        let line = |end| self.line(&missing, end);
        // A difference of decimals has no more places than they have, so that nothing is rounded.
        let shown = shown(&missing, self.target.scale().max(self.closed.scale()))?;
        Ok(Plan { missing: shown, likely: line(End::AsIs)?, low: line(End::Upper)?, high: line(End::Lower)? })
    }

    /// What so many opportunities (`stage` 0) or groups of a stage before (the place of its step, from 1) would bring. O(steps).
    ///
    /// # Errors
    /// As [`PlanBasis::plan`], and [`PlanError::NoStage`].
    pub fn bring(&self, stage: usize, count: u64) -> Result<Brought, PlanError> {
        self.check()?;
        let steps = self.steps.get(..stage).ok_or(PlanError::NoStage { stage, stages: self.steps.len() })?;
        let line = |end| self.brought(steps, count, end);
        Ok(Brought { likely: line(End::AsIs)?, low: line(End::Lower)?, high: line(End::Upper)? })
    }

    fn line(&self, missing: &Quotient, end: End) -> Result<Option<PlanLine>, PlanError> {
        if missing.is_zero() {
            return Ok(Some(self.nothing_needed()));
        }
        let needed = missing.times(&self.share_by_pipeline());
        let Some(pipeline) = self.rate("win rate", self.win_rate, end).map(|rate| needed.through(&rate))? else { return Ok(None) };
        let average = self.average()?;
        let mut exact = pipeline.through(&average).ok_or(PlanError::TooLarge)?;
        let opportunities = exact.rounded_up().ok_or(PlanError::TooLarge)?;
        let mut groups = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let Some(before) = exact.through(&self.rate(&step.stage, step.rate, end)?) else { return Ok(None) };
            groups.push(Needed { stage: step.stage.clone(), needed: before.rounded_up().ok_or(PlanError::TooLarge)? });
            exact = before;
        }
        Ok(Some(PlanLine { pipeline: shown(&pipeline, self.places)?, opportunities, groups }))
    }

    /// Of a target that is reached, whatever the rates.
    fn nothing_needed(&self) -> PlanLine {
        let groups = self.steps.iter().map(|step| Needed { stage: step.stage.clone(), needed: 0 });
        PlanLine { pipeline: Decimal::ZERO, opportunities: 0, groups: groups.collect() }
    }

    fn brought(&self, steps: &[PlanStep], count: u64, end: End) -> Result<BroughtLine, PlanError> {
        let mut opportunities = Quotient::whole(count);
        for step in steps {
            opportunities = opportunities.times(&self.rate(&step.stage, step.rate, end)?);
        }
        let pipeline = opportunities.times(&self.average()?);
        let revenue = pipeline.times(&self.rate("win rate", self.win_rate, end)?);
        let with_others = revenue.through(&self.share_by_pipeline()).ok_or(PlanError::TooLarge)?;
        Ok(BroughtLine {
            opportunities: shown(&opportunities, 4)?,
            pipeline: shown(&pipeline, self.places)?,
            revenue: shown(&revenue, self.places)?,
            total: shown(&with_others.plus(&Quotient::decimal(self.closed)), self.places)?,
        })
    }

    /// 1 − create and close.
    fn share_by_pipeline(&self) -> Quotient {
        let share = Quotient::decimal(Decimal::ONE_HUNDRED - self.create_and_close);
        share.times(&Quotient::decimal(Decimal::new(1, 2)))
    }

    fn average(&self) -> Result<Quotient, PlanError> {
        Quotient::decimal(self.average_amount.total).through(&Quotient::whole(self.average_amount.count)).ok_or(PlanError::TooLarge)
    }

    #[allow(clippy::unused_self, reason = "a part of the plan")]
    fn rate(&self, what: &str, rate: PlanRate, end: End) -> Result<Quotient, PlanError> {
        rate.at(end).ok_or_else(|| PlanError::NotMeasured { what: what.into() })
    }

    fn check(&self) -> Result<(), PlanError> {
        let at_least_0 = |what, value: Decimal| range(what, value, !value.is_sign_negative() || value.is_zero(), "0 or more");
        at_least_0("target", self.target)?;
        at_least_0("closed", self.closed)?;
        let share = self.create_and_close;
        let fits = (!share.is_sign_negative() || share.is_zero()) && share < Decimal::ONE_HUNDRED;
        range("create and close, in percent", share, fits, "0..100")?;
        let average = self.average_amount;
        range("average amount", average.total, average.total > Decimal::ZERO && average.count > 0, "amounts of more than 0")?;
        range("decimals", self.places.into(), self.places <= 4, "0..=4")?;
        given("win rate", self.win_rate)?;
        self.steps.iter().try_for_each(|step| given(&alloc::format!("rate of {}", step.stage), step.rate))
    }
}

fn range(what: &str, value: Decimal, fits: bool, allowed: &'static str) -> Result<(), PlanError> {
    if fits { Ok(()) } else { Err(PlanError::OutOfRange { what: what.into(), value, allowed }) }
}

fn given(what: &str, rate: PlanRate) -> Result<(), PlanError> {
    let PlanRate::Given(percent) = rate else { return Ok(()) };
    let fits = (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&percent);
    range(&alloc::format!("{what}, in percent"), percent, fits, "0..=100")
}

fn shown(value: &Quotient, places: u32) -> Result<Decimal, PlanError> {
    Decimal::from_str_exact(&value.to_text(places)).map_err(|_| PlanError::TooLarge)
}

impl Serialize for PlanRate {
    /// A rate that was given is its percentage as a text, one that was measured its counts with the interval.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Given(percent) => serializer.collect_str(&percent.normalize()),
            Self::Measured(rate) => rate.serialize(serializer),
        }
    }
}
