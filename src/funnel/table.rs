//! How many came to each stage, how many went on, and how long it took; for all and by cohort.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::cohort::CohortBy;
use super::error::FunnelError;
use super::journey::Journey;
use super::rate::Rate;
use super::spans::Spans;
use crate::day::Day;

/// Conversion and velocity of some cases by stage, for all of them and by cohort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Funnel {
    /// Of all cases.
    pub all: FunnelTable,
    /// Of each cohort, for everything that was asked for, in that order.
    pub cohorts: Vec<Cohorts>,
    /// Cases that came to a stage on an earlier day than to the one before it, by stage, then id. They count like all others, with a negative number
    /// of days.
    pub out_of_order: Vec<OutOfOrder>,
}

/// The cohorts by one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Cohorts {
    /// What the cases are told apart by.
    pub by: String,
    /// Each cohort by name, those of which it is not known last.
    pub rows: Vec<Cohort>,
}

/// Cases that have something in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Cohort {
    /// What; `None`: it is not known of them.
    pub cohort: Option<String>,
    /// How far they came.
    #[serde(flatten)]
    pub table: FunnelTable,
}

/// How far some cases came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FunnelTable {
    /// How many cases there are, whether they came to any stage or not.
    pub cases: u64,
    /// The stages, in order.
    pub stages: Vec<FunnelStage>,
}

/// How many came to a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FunnelStage {
    /// Its name.
    pub stage: String,
    /// How many came to it.
    pub reached: u64,
    /// Of those that came to the first stage, how many came to this one.
    pub of_first: Rate,
    /// The step from the stage before; `None` for the first.
    pub step: Option<FunnelStep>,
}

/// How many went on from a stage to the next, and how long they had been there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FunnelStep {
    /// Of those that came to the stage before, how many came to this one, on whatever day.
    pub of_previous: Rate,
    /// How many came to this stage without ever coming to the one before; they are in neither count of the rate.
    pub without_previous: u64,
    /// How many came to this stage on an earlier day than to the one before; they are a part of the rate.
    pub out_of_order: u64,
    /// Days in the stage before, of those that went on.
    pub days: Spans,
}

/// A case that came to a stage before it came to the one before it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct OutOfOrder {
    /// The stage.
    pub stage: String,
    /// The case.
    pub id: String,
    /// The day it came to the stage before.
    pub previous: Day,
    /// The day it came to this one.
    pub day: Day,
}

impl Funnel {
    /// Of these cases, which come to the stages of these names.
    ///
    /// Nobody is left out: a case that skips a stage counts where it came to, and is named as having skipped it. The order of the cases changes nothing.
    ///
    /// Cost: O(cases × stages × (1 + cohorts asked for) × log cases).
    ///
    /// ```
    /// use quorate::{CohortBy, Funnel, Journey, Period};
    /// let lead = |id: &str, first: &str, won: Option<&str>| Journey {
    ///     id: id.into(),
    ///     reached: vec![first.parse().ok(), won.and_then(|day| day.parse().ok())],
    ///     ..Journey::default()
    /// };
    /// let leads = [lead("a", "2017-12-30", None), lead("b", "2018-01-03", Some("2018-01-17")), lead("c", "2018-02-01", Some("2018-01-30"))];
    /// let funnel = Funnel::new(&["contact".into(), "won".into()], &leads, &[CohortBy::Entered(Period::Year)])?;
    /// let won = funnel.all.stages[1].step.as_ref().ok_or("no step")?;
    /// assert_eq!((won.of_previous.count(), won.of_previous.of(), won.days.longest()), (2, 3, Some(14)));
    /// assert_eq!((funnel.out_of_order[0].id.as_str(), won.days.shortest()), ("c", Some(-2)));
    /// assert_eq!(funnel.cohorts[0].rows[0].cohort.as_deref(), Some("2017"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`FunnelError`]: fewer than two stages, a stage named twice, a case with another number of stages, or two with one id.
    pub fn new(stages: &[String], journeys: &[Journey], by: &[CohortBy]) -> Result<Self, FunnelError> {
        check(stages, journeys)?;
        let cohorts = by.iter().map(|by| cohorts(stages, journeys, by)).collect();
        Ok(Self { all: table(stages, journeys.iter()), cohorts, out_of_order: out_of_order(stages, journeys) })
    }
}

fn check(stages: &[String], journeys: &[Journey]) -> Result<(), FunnelError> {
    if stages.len() < 2 {
        return Err(FunnelError::FewStages { stages: stages.len() });
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = stages.iter().find(|stage| !seen.insert(*stage)) {
        return Err(FunnelError::StageTwice { stage: twice.clone() });
    }
    let mut seen = BTreeSet::new();
    for journey in journeys {
        if journey.reached.len() != stages.len() {
            return Err(FunnelError::OtherStages { id: journey.id.clone(), days: journey.reached.len(), stages: stages.len() });
        }
        if !seen.insert(&*journey.id) {
            return Err(FunnelError::Twice { id: journey.id.clone() });
        }
    }
    Ok(())
}

fn cohorts(stages: &[String], journeys: &[Journey], by: &CohortBy) -> Cohorts {
    let mut parts: BTreeMap<(bool, Option<String>), Vec<&Journey>> = BTreeMap::new();
    for journey in journeys {
        let cohort = by.cohort(journey);
        // What is not known comes last.
        parts.entry((cohort.is_none(), cohort)).or_default().push(journey);
    }
    let rows = parts.into_iter().map(|((_, cohort), part)| Cohort { cohort, table: table(stages, part.into_iter()) });
    Cohorts { by: by.name().into(), rows: rows.collect() }
}

fn table<'j>(stages: &[String], journeys: impl Iterator<Item = &'j Journey>) -> FunnelTable {
    let mut counts: Vec<Counts> = stages.iter().map(|_| Counts::default()).collect();
    let mut cases = 0;
    for journey in journeys {
        cases += 1;
        for (at, counts) in counts.iter_mut().enumerate() {
            counts.reach(journey.reached[0], journey.reached[at]);
            if at > 0 {
                counts.step(journey.reached[at - 1], journey.reached[at]);
            }
        }
    }
    let stages = stages.iter().zip(counts).enumerate();
    FunnelTable { cases, stages: stages.map(|(at, (stage, counts))| counts.stage(stage, at > 0)).collect() }
}

/// What is counted of one stage.
#[derive(Default)]
struct Counts {
    reached: u64,
    of_first: Rate,
    of_previous: Rate,
    without_previous: u64,
    out_of_order: u64,
    days: Vec<i32>,
}

impl Counts {
    /// A case that came to the first stage and to this one on those days.
    fn reach(&mut self, first: Option<Day>, day: Option<Day>) {
        self.reached += u64::from(day.is_some());
        if first.is_some() {
            self.of_first.add(day.is_some());
        }
    }

    /// A case that came to the stage before this one and to this one on those days.
    fn step(&mut self, previous: Option<Day>, day: Option<Day>) {
        let Some(previous) = previous else {
            self.without_previous += u64::from(day.is_some());
            return;
        };
        self.of_previous.add(day.is_some());
        self.days.extend(day.map(|day| day.days_since(previous)));
        self.out_of_order += u64::from(day.is_some_and(|day| day < previous));
    }

    fn stage(self, stage: &str, has_step: bool) -> FunnelStage {
        let Self { reached, of_first, of_previous, without_previous, out_of_order, days } = self;
        let step = has_step.then(|| FunnelStep { of_previous, without_previous, out_of_order, days: Spans::of(days) });
        FunnelStage { stage: stage.into(), reached, of_first, step }
    }
}

fn out_of_order(stages: &[String], journeys: &[Journey]) -> Vec<OutOfOrder> {
    let mut found = Vec::new();
    for (at, stage) in stages.iter().enumerate().skip(1) {
        let from = found.len();
        for journey in journeys {
            if let (Some(previous), Some(day)) = (journey.reached[at - 1], journey.reached[at]) {
                if day < previous {
                    found.push(OutOfOrder { stage: stage.clone(), id: journey.id.clone(), previous, day });
                }
            }
        }
        found[from..].sort_by(|a, b| a.id.cmp(&b.id));
    }
    found
}
