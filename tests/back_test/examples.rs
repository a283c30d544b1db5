//! Small cases, known answers, and what is refused.

use quorate::{
    Account, AccountGraph, BackTestError, BackTestOptions, BackTestVerdict, Contender, DealOutcome, DecisionDays, PastDeal, Policy,
    Timeline, back_test, back_test_deals,
};

use super::deals::{day, policy};

/// The digits from the last to the first: what is held out, the half that is last by name, then has numbers of every size.
fn spread(number: usize) -> String {
    format!("{number:04}").chars().rev().collect()
}

/// So many deals of an origin, each of an account of its own, of which so many were won.
fn deals(origin: &str, count: usize, won: usize) -> Vec<PastDeal> {
    let one = |number: usize| {
        let id = format!("{origin}-{number:04}");
        let mut facts = Account::new(&id).unwrap();
        facts.attributes.insert("origin".into(), origin.into());
        let outcome = if number < won { DealOutcome::Won(None) } else { DealOutcome::Lost(None) };
        PastDeal { id: id.parse().unwrap(), account: format!("{}-{origin}", spread(number)), decided: None, outcome, facts }
    };
    (0..count).map(one).collect()
}

fn run(deals: &[PastDeal]) -> Result<quorate::BackTest, BackTestError> {
    let policy = policy();
    let options = BackTestOptions { held_out_percent: Some(50), ..BackTestOptions::on(DecisionDays::BeforeEachOpportunity) };
    back_test_deals(deals, &[Contender::groups("origin", &policy)], &options)
}

#[test]
fn forty_of_each_are_needed_and_a_hundred_say_more() {
    for (won, lost, answer) in
        [(39, 40, None), (40, 39, None), (40, 40, Some(true)), (100, 99, Some(true)), (99, 100, Some(true)), (100, 100, Some(false))]
    {
        let found = run(&deals("search", won + lost, won));
        match answer {
            None => assert_eq!(found, Err(BackTestError::TooFew { won: won as u64, not_won: lost as u64, least: 40 })),
            Some(warned) => assert_eq!(found.unwrap().warnings.iter().any(|one| one.token() == "few_cases"), warned),
        }
    }
    let said = run(&deals("search", 79, 39)).unwrap_err();
    assert_eq!(said.to_string(), "39 won and 40 not won: at least 40 of each are needed, or chance decides what is said");
}

#[test]
fn a_policy_may_be_better_than_chance_no_better_or_worse() {
    let try_one = |search: usize, other: usize| {
        let mut all = deals("search", 200, search);
        all.extend(deals("other", 200, other));
        run(&all).unwrap().contenders[0].clone()
    };
    let better = try_one(150, 20);
    assert_eq!(better.verdict, BackTestVerdict::Better);
    assert!(better.to_string().ends_with("this policy is better than chance"), "{better}");
    let equal = try_one(100, 100);
    assert_eq!(equal.verdict, BackTestVerdict::NoBetter);
    assert!(equal.to_string().ends_with("this policy is no better than chance"), "{equal}");
    let worse = try_one(20, 150);
    assert_eq!(worse.verdict, BackTestVerdict::Worse);
    assert!(worse.to_string().ends_with("this policy is worse than chance"), "{worse}");
}

#[test]
fn a_policy_that_flags_everything_or_nothing_says_nothing() {
    let mut all = deals("search", 100, 50);
    all.extend(deals("mail", 100, 50));
    let found = run(&all).unwrap();
    assert_eq!(found.contenders[0].verdict, BackTestVerdict::FlagsEverything, "{}", found.contenders[0]);
    for deal in &mut all {
        deal.facts.attributes.insert("origin".into(), "social".into());
    }
    assert_eq!(run(&all).unwrap().contenders[0].verdict, BackTestVerdict::FlagsNothing);
}

#[test]
fn of_few_flagged_or_nothing_won_no_verdict_is_given() {
    let mut all = deals("search", 18, 18);
    all.extend(deals("social", 100, 22));
    all.extend(deals("other", 80, 30));
    let few = run(&all).unwrap().contenders[0].clone();
    assert!(few.held_out.first_flagged.of() < 10, "{few}");
    assert_eq!(few.verdict, BackTestVerdict::FlagsTooFew);
    assert!(few.to_string().ends_with(": fewer than 10 say nothing"), "{few}");
    // The later half by name: everything there was won, or nothing.
    for (won_first, said) in [(true, "none of the 100 cases held out was won"), (false, "all 100 cases held out were won")] {
        let mut halves = deals("search", 200, 0);
        for (number, deal) in halves.iter_mut().enumerate() {
            deal.account = format!("{number:04}");
            deal.outcome = if (number < 100) == won_first { DealOutcome::Won(None) } else { DealOutcome::Lost(None) };
        }
        let found = run(&halves).unwrap().contenders[0].clone();
        assert_eq!((found.verdict, found.to_string()), (BackTestVerdict::NothingToTell, format!("nothing can be said: {said}")));
    }
}

#[test]
fn nonsense_is_refused_by_name() {
    let (graph, timeline, policy) = (AccountGraph::new(), Timeline::new([]), Policy::default());
    let ours = || Contender::groups("ours", &policy);
    let on = |first, last, step| BackTestOptions::on(DecisionDays::Every { first: day(first), last: day(last), step });
    let code =
        |contenders: &[Contender<'_>], options: &BackTestOptions| back_test(&graph, &timeline, contenders, options).unwrap_err().code();
    assert_eq!(code(&[], &on(1, 2, 1)), "back_test_no_contender");
    assert_eq!(code(&[ours(), ours()], &on(1, 2, 1)), "back_test_contender_twice");
    assert_eq!(code(&[ours()], &on(2, 1, 1)), "back_test_no_day");
    assert_eq!(code(&[ours()], &on(1, 2, 0)), "back_test_out_of_range");
    assert_eq!(code(&[ours()], &BackTestOptions { horizon_days: Some(0), ..on(1, 2, 1) }), "back_test_out_of_range");
    assert_eq!(code(&[ours()], &BackTestOptions { held_out_percent: Some(91), ..on(1, 2, 1) }), "back_test_out_of_range");
    assert_eq!(code(&[ours()], &on(1, 2, 1)), "back_test_too_few");
    let leads = back_test_deals(&deals("search", 90, 45), &[Contender::leads("leads", &policy)], &on(1, 2, 1)).unwrap_err();
    assert_eq!(leads.to_string(), "`leads` counts leads, and deals have no people");
    let twice = [deals("search", 50, 45), deals("search", 50, 0)].concat();
    assert_eq!(run(&twice).unwrap_err().code(), "back_test_deals");
}
