//! Plans against the formula in rationals.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};
use proptest::prelude::*;
use quorate::{Average, Decimal, Interval, PlanBasis, PlanError, PlanRate, PlanStep, Rate};

fn exact(value: Decimal) -> BigRational {
    BigRational::new(value.mantissa().into(), BigInt::from(10).pow(value.scale()))
}

/// A rate as drawn: a percentage in hundredths, or counts.
#[derive(Clone, Copy, Debug)]
enum Drawn {
    Percent(i64),
    Counts(u64, u64),
}

impl Drawn {
    fn rate(self) -> PlanRate {
        match self {
            Self::Percent(hundredths) => PlanRate::Given(Decimal::new(hundredths, 2)),
            Self::Counts(count, of) => PlanRate::Measured(Rate::new(count, of).unwrap()),
        }
    }

    /// As it is, and its lower and upper end.
    fn ends(self) -> [BigRational; 3] {
        match self {
            Self::Percent(hundredths) => [(); 3].map(|()| BigRational::new(hundredths.into(), 10_000.into())),
            Self::Counts(count, of) => {
                let interval = Interval::wilson(count, of).unwrap();
                let bound = |units: i128| BigRational::new(units.into(), 1_000_000.into());
                let rate = BigRational::new(count.into(), of.into());
                [rate.clone(), bound(interval.low.units()).min(rate.clone()), bound(interval.high.units()).max(rate)]
            }
        }
    }
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let counts = (0..50_u64, 0..50_u64).prop_filter("of none", |(count, rest)| count + rest > 0);
    // Of so many that bounds, which are rounded, lie on the wrong side of what was counted.
    let many = (1..1_000_000_000_000_000_u64, 1..1_000_000_000_000_000_u64);
    prop_oneof![
        (0..=10_000_i64).prop_map(Drawn::Percent),
        counts.prop_map(|(count, rest)| Drawn::Counts(count, count + rest)),
        many.prop_map(|(count, rest)| Drawn::Counts(count, count + rest))
    ]
}

#[derive(Clone, Debug)]
struct Case {
    target: i64,
    closed: i64,
    share: i64,
    win: Drawn,
    total: i64,
    count: u64,
    steps: Vec<Drawn>,
}

fn cases() -> impl Strategy<Value = Case> {
    let money = || 0..100_000_000_i64;
    (money(), money(), 0..10_000_i64, drawn(), 1..10_000_000_i64, 1..100_u64, prop::collection::vec(drawn(), 0..3))
        .prop_map(|(target, closed, share, win, total, count, steps)| Case { target, closed, share, win, total, count, steps })
}

impl Case {
    fn basis(&self) -> PlanBasis {
        PlanBasis {
            target: Decimal::new(self.target, 2),
            closed: Decimal::new(self.closed, 2),
            create_and_close: Decimal::new(self.share, 2),
            win_rate: self.win.rate(),
            average_amount: Average { total: Decimal::new(self.total, 2), count: self.count },
            steps: self
                .steps
                .iter()
                .zip(["qualified", "engaged"])
                .map(|(step, name)| PlanStep { stage: name.into(), rate: step.rate() })
                .collect(),
            places: 2,
        }
    }

    /// Pipeline and numbers needed, exact; `None`: nothing is enough.
    fn needed(&self, end: usize) -> Option<Vec<BigRational>> {
        let missing = (self.target - self.closed).max(0);
        if missing == 0 {
            // Nothing is needed, whatever the rates.
            return Some(vec![BigRational::zero(); 2 + self.steps.len()]);
        }
        let kept = BigRational::new((10_000 - self.share).into(), 10_000.into());
        let to_win = BigRational::new(missing.into(), 100.into()) * kept;
        let mut rate = self.win.ends()[end].clone();
        if rate.is_zero() {
            return None;
        }
        let mut found = vec![to_win / rate];
        let average = BigRational::new(self.total.into(), 100.into()) / BigRational::from_integer(self.count.into());
        found.push(&found[0] / average);
        for step in &self.steps {
            rate = step.ends()[end].clone();
            if rate.is_zero() {
                return None;
            }
            found.push(found.last().unwrap() / rate);
        }
        Some(found)
    }
}

fn near(shown: Decimal, exact_value: &BigRational, places: u32) -> bool {
    let off = exact(shown) - exact_value;
    let half = BigRational::new(1.into(), BigInt::from(2) * BigInt::from(10).pow(places));
    off <= half && -half <= off
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_is_the_formula_rounded_up(case in cases()) {
        let plan = case.basis().plan().unwrap();
        // The low plan takes the upper ends of the rates.
        for (line, end) in [(&plan.likely, 0), (&plan.low, 2), (&plan.high, 1)] {
            let Some(needed) = case.needed(end) else {
                prop_assert!(line.is_none());
                continue;
            };
            let line = line.as_ref().unwrap();
            prop_assert!(near(line.pipeline, &needed[0], 2), "{} is not {}", line.pipeline, needed[0]);
            let numbers: Vec<u64> = [line.opportunities].into_iter().chain(line.groups.iter().map(|one| one.needed)).collect();
            let up: Vec<u64> = needed[1..].iter().map(|one| one.ceil().to_u64().unwrap()).collect();
            prop_assert_eq!(numbers, up);
        }
        if let (Some(low), Some(likely), Some(high)) = (&plan.low, &plan.likely, &plan.high) {
            prop_assert!(low.opportunities <= likely.opportunities && likely.opportunities <= high.opportunities);
            prop_assert!(low.pipeline <= likely.pipeline && likely.pipeline <= high.pipeline);
            for (at, one) in likely.groups.iter().enumerate() {
                prop_assert!(low.groups[at].needed <= one.needed && one.needed <= high.groups[at].needed);
            }
        }
        prop_assert!(plan.high.is_none() || plan.likely.is_some());
        prop_assert!(plan.likely.is_none() || plan.low.is_some());
    }

    /// What a plan asks for is enough, and one group less is not.
    #[test]
    fn the_reverse_of_a_plan_reaches_the_target(case in cases()) {
        let basis = case.basis();
        let Some(line) = basis.plan().unwrap().likely else { return Ok(()) };
        let (stage, needed) = (basis.steps.len(), line.groups.last().map_or(line.opportunities, |one| one.needed));
        let half_a_cent = BigRational::new(1.into(), 200.into());
        let brings = |count: u64| exact(basis.bring(stage, count).unwrap().likely.total);
        prop_assert!(brings(needed) + &half_a_cent >= exact(basis.target));
        if needed > 0 {
            prop_assert!(brings(needed - 1) - &half_a_cent < exact(basis.target));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    /// Every number of what so many bring, at both ends, too.
    #[test]
    fn what_groups_bring_is_the_formula_the_other_way_round(case in cases(), count in 0..100_000_u64) {
        let basis = case.basis();
        let brought = basis.bring(case.steps.len(), count).unwrap();
        for (line, end) in [(&brought.likely, 0), (&brought.low, 1), (&brought.high, 2)] {
            let rates = case.steps.iter().map(|step| step.ends()[end].clone());
            let opportunities = rates.fold(BigRational::from_integer(count.into()), |so_far, rate| so_far * rate);
            let pipeline = &opportunities * BigRational::new(case.total.into(), 100.into()) / BigRational::from_integer(case.count.into());
            let revenue = &pipeline * &case.win.ends()[end];
            let kept = BigRational::new((10_000 - case.share).into(), 10_000.into());
            let total = &revenue / kept + BigRational::new(case.closed.into(), 100.into());
            prop_assert!(near(line.opportunities, &opportunities, 4) && near(line.pipeline, &pipeline, 2));
            prop_assert!(near(line.revenue, &revenue, 2) && near(line.total, &total, 2));
        }
        let parts = |line: &quorate::BroughtLine| [line.opportunities, line.pipeline, line.revenue, line.total];
        let [low, likely, high] = [&brought.low, &brought.likely, &brought.high].map(parts);
        prop_assert!((0..4).all(|at| low[at] <= likely[at] && likely[at] <= high[at]));
    }
}

#[test]
fn what_is_missing_is_exact_or_refused() {
    let number = |text: &str| Decimal::from_str_exact(text).unwrap();
    let plan = |target: &str, closed: &str| {
        let case = Case { target: 1, closed: 0, share: 0, win: Drawn::Percent(10_000), total: 100, count: 1, steps: Vec::new() };
        let average_amount = Average { total: number("1000000000000000000000000000"), count: 1 };
        PlanBasis { target: number(target), closed: number(closed), average_amount, ..case.basis() }.plan()
    };
    let missing = |target: &str, closed: &str| plan(target, closed).map(|plan| plan.missing.to_string());
    assert_eq!(missing("9999999999999999999999999", "0.5"), Ok("9999999999999999999999998.5".into()));
    assert_eq!(missing("7.50", "0.25"), Ok("7.25".into()));
    // 79228162514264337593543950335 − 0.5 has a digit more than a decimal holds.
    assert_eq!(missing("79228162514264337593543950335", "0.5"), Err(PlanError::TooLarge));
}

#[test]
fn a_target_that_is_reached_needs_nothing() {
    let case = Case { target: 100, closed: 100, share: 0, win: Drawn::Percent(0), total: 100, count: 1, steps: vec![Drawn::Counts(0, 3)] };
    let plan = case.basis().plan().unwrap();
    for line in [plan.likely, plan.low, plan.high] {
        let line = line.unwrap();
        assert_eq!((line.pipeline, line.opportunities, line.groups[0].needed), (Decimal::ZERO, 0, 0));
    }
}

#[test]
fn what_is_no_plan_is_refused() {
    let case = Case { target: 100, closed: 0, share: 0, win: Drawn::Percent(5_000), total: 100, count: 1, steps: Vec::new() };
    let refused = |change: fn(&mut PlanBasis)| {
        let mut basis = case.basis();
        change(&mut basis);
        basis.plan().unwrap_err()
    };
    assert_eq!(refused(|one| one.target = Decimal::NEGATIVE_ONE).to_string(), "target: `-1` is outside 0 or more");
    assert_eq!(refused(|one| one.create_and_close = Decimal::ONE_HUNDRED).code(), "plan_out_of_range");
    let wrong = refused(|one| one.win_rate = PlanRate::Given(Decimal::new(10_001, 2)));
    assert_eq!((wrong.code(), &*wrong.to_string()), ("plan_out_of_range", "win rate, in percent: `100.01` is outside 0..=100"));
    let step = |one: &mut PlanBasis| {
        one.steps.push(PlanStep { stage: "qualified".into(), rate: PlanRate::Given(Decimal::NEGATIVE_ONE) });
    };
    assert_eq!(refused(step).to_string(), "rate of qualified, in percent: `-1` is outside 0..=100");
    assert_eq!(refused(|one| one.average_amount.count = 0).code(), "plan_out_of_range");
    assert_eq!(refused(|one| one.win_rate = PlanRate::Measured(Rate::default())).code(), "plan_not_measured");
    assert_eq!(case.basis().bring(1, 5).unwrap_err(), PlanError::NoStage { stage: 1, stages: 0 });
    let nothing = PlanBasis { win_rate: PlanRate::Given(Decimal::ZERO), ..case.basis() }.plan().unwrap();
    assert_eq!((nothing.likely, nothing.low, nothing.high), (None, None, None));
}
