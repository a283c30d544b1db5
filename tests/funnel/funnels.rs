//! Funnels against counting by hand, case by case.

use std::collections::BTreeMap;

use num_rational::BigRational;
use proptest::prelude::*;
use quorate::{CohortBy, Day, Funnel, FunnelError, FunnelTable, Journey, Period};

const STAGES: [&str; 3] = ["known", "qualified", "won"];

fn stages() -> Vec<String> {
    STAGES.map(String::from).into()
}

fn day(number: i32) -> Day {
    Day::from_days_since_epoch(number).unwrap()
}

fn journeys() -> impl Strategy<Value = Vec<Journey>> {
    let reached = prop::collection::vec(prop::option::weighted(0.7, 17_000..17_400_i32), 3);
    let one = (reached, prop::option::of(prop::sample::select(vec!["paid", "social", "Ärger"])));
    prop::collection::vec(one, 0..40).prop_map(|all| {
        let journey = |(at, (reached, origin)): (usize, (Vec<Option<i32>>, Option<&str>))| Journey {
            id: format!("lead-{at}"),
            attributes: origin.into_iter().map(|origin| ("origin".into(), origin.into())).collect(),
            reached: reached.into_iter().map(|number| number.map(day)).collect(),
        };
        all.into_iter().enumerate().map(journey).collect()
    })
}

/// The table of some journeys, each number by going through all of them again.
fn agrees(table: &FunnelTable, journeys: &[&Journey]) {
    let count = |is: &dyn Fn(&Journey) -> bool| journeys.iter().filter(|one| is(one)).count() as u64;
    assert_eq!(table.cases, journeys.len() as u64);
    for (at, stage) in table.stages.iter().enumerate() {
        assert_eq!(stage.stage, STAGES[at]);
        assert_eq!(stage.reached, count(&|one| one.reached[at].is_some()));
        assert_eq!(stage.of_first.of(), count(&|one| one.reached[0].is_some()));
        assert_eq!(stage.of_first.count(), count(&|one| one.reached[0].is_some() && one.reached[at].is_some()));
        assert_eq!(stage.step.is_some(), at > 0);
        let Some(step) = &stage.step else { continue };
        assert_eq!(step.of_previous.of(), count(&|one| one.reached[at - 1].is_some()));
        assert_eq!(step.of_previous.count(), count(&|one| one.reached[at - 1].is_some() && one.reached[at].is_some()));
        assert_eq!(step.without_previous, count(&|one| one.reached[at - 1].is_none() && one.reached[at].is_some()));
        let spans: Vec<i64> = journeys
            .iter()
            .filter_map(|one| Some(i64::from(one.reached[at]?.days_since_epoch()) - i64::from(one.reached[at - 1]?.days_since_epoch())))
            .collect();
        assert_eq!((step.days.count(), step.days.sum()), (spans.len() as u64, spans.iter().sum::<i64>()));
        assert_eq!(step.out_of_order, spans.iter().filter(|days| **days < 0).count() as u64);
        assert_eq!(step.days.longest().map(i64::from), spans.iter().max().copied());
        assert_eq!(step.days.shortest().map(i64::from), spans.iter().min().copied());
        // As many lie on either side of the median.
        let Some(median) = step.days.median() else { continue };
        let side = |below: bool| {
            spans
                .iter()
                .filter(
                    |days| if below { i128::from(**days) * 10_000 < median.units() } else { i128::from(**days) * 10_000 > median.units() },
                )
                .count()
        };
        assert!(2 * side(true) <= spans.len() && 2 * side(false) <= spans.len(), "{median} of {spans:?}");
        let mean = BigRational::new(spans.iter().sum::<i64>().into(), (spans.len() as u64).into());
        let shown = BigRational::new(step.days.mean().unwrap().units().into(), 10_000.into());
        // Half a unit of the fourth decimal at most.
        let off = (shown - mean) * BigRational::from_integer(20_000.into());
        assert!(off >= BigRational::from_integer((-1).into()) && off <= BigRational::from_integer(1.into()), "{off}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn a_funnel_is_what_counting_by_hand_gives(journeys in journeys()) {
        let by = [CohortBy::Attribute("origin".into()), CohortBy::Entered(Period::Month)];
        let funnel = Funnel::new(&stages(), &journeys, &by).unwrap();
        agrees(&funnel.all, &journeys.iter().collect::<Vec<_>>());
        let mut origins: BTreeMap<Option<&str>, Vec<&Journey>> = BTreeMap::new();
        for journey in &journeys {
            origins.entry(journey.attributes.get("origin").map(String::as_str)).or_default().push(journey);
        }
        prop_assert_eq!(funnel.cohorts[0].rows.len(), origins.len());
        for row in &funnel.cohorts[0].rows {
            agrees(&row.table, &origins[&row.cohort.as_deref()]);
        }
        let months = funnel.cohorts[1].rows.iter().map(|row| (row.table.cases, row.cohort.clone())).collect::<Vec<_>>();
        prop_assert_eq!(months.iter().map(|(cases, _)| cases).sum::<u64>(), journeys.len() as u64);
        prop_assert!(months.windows(2).all(|pair| pair[1].1.is_none() || pair[0].1 < pair[1].1));
        // Nobody is lost: all that is out of order is named.
        let named = |stage: &str| funnel.out_of_order.iter().filter(|one| one.stage == stage).count() as u64;
        for stage in &funnel.all.stages[1..] {
            prop_assert_eq!(named(&stage.stage), stage.step.as_ref().unwrap().out_of_order);
        }
    }

    #[test]
    fn the_order_of_cases_changes_nothing(journeys in journeys()) {
        let by = [CohortBy::Attribute("origin".into()), CohortBy::Entered(Period::Quarter)];
        let mut other = journeys.clone();
        other.reverse();
        let answer = |journeys: &[Journey]| Funnel::new(&stages(), journeys, &by).unwrap();
        prop_assert_eq!(answer(&journeys), answer(&other));
    }
}

#[test]
fn every_month_has_its_quarter() {
    for month in 1..=12 {
        let day: Day = format!("2025-{month:02}-28").parse().unwrap();
        let quarter = ["Q1", "Q1", "Q1", "Q2", "Q2", "Q2", "Q3", "Q3", "Q3", "Q4", "Q4", "Q4"][month - 1];
        assert_eq!(Period::ALL.map(|(_, period)| period.of(day)), [format!("2025-{month:02}"), format!("2025-{quarter}"), "2025".into()]);
    }
}

#[test]
fn what_is_no_funnel_is_refused() {
    let journey = |id: &str, days: usize| Journey { id: id.into(), reached: vec![None; days], ..Journey::default() };
    let error = |stages: &[&str], journeys: &[Journey]| {
        let stages: Vec<String> = stages.iter().map(|stage| (*stage).into()).collect();
        Funnel::new(&stages, journeys, &[]).unwrap_err()
    };
    assert_eq!(error(&["a"], &[]), FunnelError::FewStages { stages: 1 });
    assert_eq!(error(&["a", "b", "a"], &[]).code(), "funnel_stage_twice");
    assert_eq!(error(&["a", "b"], &[journey("x", 3)]).to_string(), "`x` has 3 days for 2 stages");
    assert_eq!(error(&["a", "b"], &[journey("x", 2), journey("x", 2)]).to_string(), "`x` is there twice");
}
