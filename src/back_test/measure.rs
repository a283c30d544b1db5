//! One contender over the cases of some accounts.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::case::Case;
use super::look::{Look, Score};
use super::options::BACK_TEST_FLAGGED_LEAST;
use super::rank::Ranking;
use super::report::{BackTestPart, BackTestVerdict, QualityBar, SweepRow, TopPrecision, Workload};
use crate::day::Day;
use crate::exact::{Ratio, div_round_half_even};
use crate::funnel::{Rate, Spans};

/// Into how many parts the earlier cases are cut for thresholds.
const STEPS: u64 = 20;

/// The scores from which on a sweep flags: those of the earlier cases, so that nothing of the others is looked at.
pub(super) fn steps(cases: &[(&Case, &Look)]) -> Vec<Score> {
    ranking(cases).steps(STEPS)
}

fn ranking(cases: &[(&Case, &Look)]) -> Ranking {
    Ranking::of(cases.iter().map(|(case, look)| (look.score, case.won)))
}

/// Measures a contender. O(n log n) and O(n) a threshold.
pub(super) fn part(cases: &[(&Case, &Look)], top: &[u64], steps: &[Score]) -> BackTestPart {
    let counts = Counts::of(cases, |look| look.flagged);
    let ranking = ranking(cases);
    let days = || cases.iter().filter_map(|(case, _)| case.day);
    let best = |count: &u64| {
        let share = ranking.best(*count);
        let precision = share.precision().filter(|_| share.cases == *count)?;
        Some(TopPrecision { top: *count, precision, interval: share.interval() })
    };
    let (opportunities, lead_days) = lead_days(cases);
    BackTestPart {
        first_day: days().min(),
        last_day: days().max(),
        won: counts.won(),
        flagged: counts.flagged(),
        precision: counts.precision(),
        first_flagged: first_flagged(cases),
        passed_over: counts.passed_over(),
        recall: counts.recall(),
        lift: counts.lift(),
        auc: ranking.auc(),
        top: top.iter().filter_map(best).collect(),
        quality_bar: quality_bar(&counts, &ranking),
        workload: workload(cases),
        opportunities,
        lead_days,
        sweep: steps.iter().map(|score| sweep(cases, *score)).collect(),
    }
}

fn sweep(cases: &[(&Case, &Look)], at_least: Score) -> SweepRow {
    let counts = Counts::of(cases, |look| look.score >= at_least);
    SweepRow { at_least, flagged: counts.flagged(), precision: counts.precision(), recall: counts.recall(), lift: counts.lift() }
}

/// Flagged or not, won or not.
struct Counts {
    cases: u64,
    won: u64,
    flagged: u64,
    right: u64,
}

impl Counts {
    fn of(cases: &[(&Case, &Look)], is_flagged: impl Fn(&Look) -> bool) -> Self {
        let mut counts = Self { cases: 0, won: 0, flagged: 0, right: 0 };
        for (case, look) in cases {
            let flagged = is_flagged(look);
            counts.cases += 1;
            counts.won += u64::from(case.won);
            counts.flagged += u64::from(flagged);
            counts.right += u64::from(flagged && case.won);
        }
        counts
    }

    fn won(&self) -> Rate {
        rate(self.won, self.cases)
    }

    fn flagged(&self) -> Rate {
        rate(self.flagged, self.cases)
    }

    fn precision(&self) -> Rate {
        rate(self.right, self.flagged)
    }

    fn passed_over(&self) -> Rate {
        rate(self.won - self.right, self.cases - self.flagged)
    }

    fn recall(&self) -> Rate {
        rate(self.right, self.won)
    }

    /// (right / flagged) / (won / cases).
    fn lift(&self) -> Option<Ratio> {
        let [right, flagged, won, cases] = [self.right, self.flagged, self.won, self.cases].map(i128::from);
        (flagged > 0 && won > 0).then(|| Ratio(div_round_half_even(right * cases * 10_000, flagged * won)))
    }
}

/// A part of a whole is never more than the whole.
fn rate(count: u64, of: u64) -> Rate {
    Rate::new(count, of).unwrap_or_default()
}

fn quality_bar(counts: &Counts, ranking: &Ranking) -> QualityBar {
    let fifth = counts.cases.div_ceil(5);
    let (best, last) = (ranking.best(fifth), ranking.last(fifth));
    let percent = |percent: u128, of: u64| u128::from(of) * percent;
    let hundredfold = |count: u64| u128::from(count) * 100;
    QualityBar {
        flagged: counts.cases > 0 && (percent(15, counts.cases)..=percent(35, counts.cases)).contains(&hundredfold(counts.flagged)),
        recall: counts.won > 0 && hundredfold(counts.right) >= percent(60, counts.won),
        fifths: best.is_at_least(10, last),
        best_fifth: best.precision(),
        last_fifth: last.precision(),
    }
}

/// What the contender would have given sales to do.
pub(super) fn workload(cases: &[(&Case, &Look)]) -> Workload {
    let days: BTreeSet<Day> = cases.iter().filter_map(|(case, _)| case.day).collect();
    let mut on_a_day: BTreeMap<Day, u64> = BTreeMap::new();
    let mut units: BTreeMap<u32, Vec<(Option<Day>, bool)>> = BTreeMap::new();
    for (case, look) in cases {
        if let Some(day) = case.day.filter(|_| look.flagged) {
            *on_a_day.entry(day).or_default() += 1;
        }
        units.entry(case.unit).or_default().push((case.day, look.flagged));
    }
    let mut workload =
        Workload { days: days.len() as u64, leads: cases.iter().map(|(_, look)| u64::from(look.leads)).sum(), ..Workload::default() };
    for unit in units.values_mut() {
        unit.sort_unstable();
        workload.flagged += u64::from(unit.iter().any(|(_, flagged)| *flagged));
        let mut before = false;
        for (_, flagged) in unit {
            workload.entries += u64::from(*flagged && !before);
            before = *flagged;
        }
    }
    workload.most_on_a_day = on_a_day.values().copied().max().unwrap_or(0);
    let flagged: u64 = on_a_day.values().sum();
    workload.mean_on_a_day = (workload.days > 0).then(|| Ratio::of(flagged.into(), workload.days.into()));
    workload
}

/// Of the opportunities that came of cases: how many were flagged beforehand, and how many days before they were created that was first so.
fn lead_days(cases: &[(&Case, &Look)]) -> (Rate, Spans) {
    let mut opened: BTreeMap<u32, Option<i32>> = BTreeMap::new();
    for (case, look) in cases {
        if let Some((opportunity, days)) = case.opened {
            let first = opened.entry(opportunity).or_default();
            *first = if look.flagged { (*first).max(Some(days)) } else { *first };
        }
    }
    let flagged: Vec<i32> = opened.values().copied().flatten().collect();
    (rate(flagged.len() as u64, opened.len() as u64), Spans::of(flagged))
}

/// Everything that was flagged, once, by its first flagged case.
fn first_flagged(cases: &[(&Case, &Look)]) -> Rate {
    let mut first: BTreeMap<u32, &Case> = BTreeMap::new();
    for (case, _) in cases.iter().filter(|(_, look)| look.flagged) {
        let known = first.entry(case.unit).or_insert(case);
        if case.day < known.day {
            *known = case;
        }
    }
    rate(first.values().filter(|case| case.won).count() as u64, first.len() as u64)
}

/// Whether the interval of what is won of things flagged lies beside what chance finds.
pub(super) fn verdict(part: &BackTestPart) -> BackTestVerdict {
    let (Some(chance), true) = (part.won.rate(), part.won.count() > 0 && part.won.count() < part.won.of()) else {
        return BackTestVerdict::NothingToTell;
    };
    let Some(interval) = part.first_flagged.interval() else { return BackTestVerdict::FlagsNothing };
    if part.flagged.count() == part.flagged.of() {
        BackTestVerdict::FlagsEverything
    } else if part.first_flagged.of() < BACK_TEST_FLAGGED_LEAST {
        BackTestVerdict::FlagsTooFew
    } else if interval.low > chance {
        BackTestVerdict::Better
    } else if interval.high < chance {
        BackTestVerdict::Worse
    } else {
        BackTestVerdict::NoBetter
    }
}
