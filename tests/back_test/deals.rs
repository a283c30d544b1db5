//! Deals of which only facts are known.

use proptest::prelude::*;
use quorate::{Account, BackTestError, BackTestOptions, Contender, Day, DealOutcome, DecisionDays, PastDeal, Policy, back_test_deals};
use serde_json::{Value, json};

use super::draw::Draw;
use super::oracle::{Row, agrees, decimal, sizes, whole};

const FIRST: i32 = 17_000;
const ORIGINS: [(&str, u64); 4] = [("search", 30), ("social", 20), ("mail", 20), ("other", 0)];

/// A policy that flags two origins and ranks by weights of all.
pub fn policy() -> Policy {
    let mut document = serde_json::from_str::<Value>(&Policy::default().to_json()).unwrap();
    document["qualification"] = json!({"all": [{"attribute": {"name": "origin", "any_of": ["search", "mail"]}}]});
    let criterion = |(name, weight): &(&str, u64)| json!({"weight": weight, "is": {"attribute": {"name": "origin", "any_of": [name]}}});
    document["fit"] = json!({"source": "criteria", "tiers": {"A": "80", "B": "50"}, "criteria": ORIGINS.iter().map(criterion).collect::<Vec<_>>(), "disqualifiers": []});
    document["back_test"]["rank_by"] = json!("fit");
    Policy::from_json(&document.to_string()).unwrap()
}

pub fn day(number: i32) -> Day {
    Day::from_days_since_epoch(number).unwrap()
}

struct Drawn {
    deals: Vec<PastDeal>,
    origins: Vec<Option<&'static str>>,
}

/// Deals of some accounts; `undated` so many of a hundred without a day.
fn drawn(seed: u64, count: u64, accounts: u64, undated: u64) -> Drawn {
    let mut draw = Draw(seed);
    let (mut deals, mut origins) = (Vec::new(), Vec::new());
    for number in 0..count {
        let id = format!("deal-{number}");
        let mut facts = Account::new(&id).unwrap();
        let origin = draw.chance(90).then(|| draw.one(&ORIGINS).0);
        facts.attributes.extend(origin.map(|origin| ("origin".to_owned(), origin.to_owned())));
        let decided = (!draw.chance(undated)).then(|| day(FIRST + draw.small(300)));
        let closed = draw.chance(85).then(|| day(decided.map_or(FIRST, Day::days_since_epoch) + draw.small(200) - 5));
        let outcome = match draw.below(10) {
            0..=3 => DealOutcome::Won(closed),
            4..=7 => DealOutcome::Lost(closed),
            _ => DealOutcome::Open,
        };
        let account = format!("account-{}", draw.below(accounts));
        deals.push(PastDeal { id: id.parse().unwrap(), account, decided, outcome, facts });
        origins.push(origin);
    }
    Drawn { deals, origins }
}

/// The cases, and how many are left out: censored, closed before, undated and open.
fn rows(drawn: &Drawn, horizon: i32, end: i32) -> (Vec<Row>, [u64; 3]) {
    let (mut rows, mut left_out) = (Vec::new(), [0; 3]);
    for (deal, origin) in drawn.deals.iter().zip(&drawn.origins) {
        let decided = deal.decided.map(Day::days_since_epoch);
        let won = match (decided, deal.outcome) {
            (None, DealOutcome::Open) => {
                left_out[2] += 1;
                continue;
            }
            (None, outcome) => matches!(outcome, DealOutcome::Won(_)),
            (Some(decided), DealOutcome::Won(Some(closed)) | DealOutcome::Lost(Some(closed))) if closed.days_since_epoch() < decided => {
                left_out[1] += 1;
                continue;
            }
            (Some(decided), _) if decided + horizon > end => {
                left_out[0] += 1;
                continue;
            }
            (Some(decided), DealOutcome::Won(won)) => won.is_none_or(|won| won.days_since_epoch() - decided <= horizon),
            (Some(_), _) => false,
        };
        let weight = ORIGINS.iter().find(|(name, _)| Some(*name) == *origin).map_or(0, |(_, weight)| *weight);
        // Shown to 4 decimals.
        let score = decimal(&super::oracle::rounded(&(whole(100 * weight) / whole(70)), 4));
        let flagged = matches!(origin, Some("search" | "mail"));
        rows.push(Row {
            account: deal.account.clone(),
            unit: deal.id.to_string(),
            day: decided,
            won,
            opened: None,
            flagged,
            score,
            leads: 0,
        });
    }
    (rows, left_out)
}

fn end_of(deals: &[PastDeal]) -> i32 {
    let closed = |deal: &PastDeal| match deal.outcome {
        DealOutcome::Won(day) | DealOutcome::Lost(day) => day,
        DealOutcome::Open => None,
    };
    let closed = deals.iter().filter_map(closed).max();
    closed.or_else(|| deals.iter().filter_map(|deal| deal.decided).max()).map_or(0, Day::days_since_epoch)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Every figure of every part, for dated and undated deals of few and many accounts.
    #[test]
    fn back_tests_of_deals_equal_a_count_by_hand(
        seed: u64, count in 60_u64..320, accounts in 1_u64..200, undated in prop_oneof![Just(0), Just(20), Just(100)],
        horizon in 1_u16..250, percent in 1_u8..=90, cut in 0_i32..120, given_end: bool,
    ) {
        let drawn = drawn(seed, count, accounts, undated);
        let mut options = BackTestOptions::on(DecisionDays::BeforeEachOpportunity);
        options.horizon_days = Some(horizon);
        options.held_out_percent = Some(percent);
        options.top = vec![1, 7, 50, 1_000];
        let end = if given_end { FIRST + 200 + cut } else { end_of(&drawn.deals) };
        options.data_end = given_end.then(|| day(end));
        let (rows, left_out) = rows(&drawn, horizon.into(), end);
        let (won, not_won) = sizes(&rows);
        let policy = policy();
        let found = back_test_deals(&drawn.deals, &[Contender::groups("origin", &policy)], &options);
        if won < 40 || not_won < 40 {
            prop_assert_eq!(found, Err(BackTestError::TooFew { won, not_won, least: 40 }));
            return Ok(());
        }
        let found = found.unwrap();
        let json = serde_json::to_value(&found).unwrap();
        agrees(&json["contenders"][0], &rows, percent.into(), &options.top);
        prop_assert_eq!((found.won, found.not_won, found.cases), (won, not_won, rows.len() as u64));
        prop_assert_eq!([found.left_out.censored, found.left_out.closed_before, found.left_out.undated_open], left_out);
        let warned = |token: &str| json["warnings"].as_array().unwrap().iter().any(|one| one["warning"] == token);
        prop_assert!(warned("facts_as_of_today"), "it asks about nothing else");
        let held = super::oracle::held_out(&rows, percent.into());
        let days = |held_out: bool| rows.iter().filter(|row| held.contains(&row.account) == held_out).filter_map(|row| row.day).collect::<Vec<i32>>();
        let shared = days(true).iter().min().zip(days(false).iter().max()).is_some_and(|(first, last)| first <= last);
        prop_assert_eq!(warned("same_days"), shared);
        let few = json["warnings"].as_array().unwrap().iter().any(|one| one["warning"] == "few_cases");
        prop_assert_eq!(few, won < 100 || not_won < 100);
    }

    /// The order in which deals are given changes nothing.
    #[test]
    fn order_of_deals_changes_nothing(seed: u64, accounts in 1_u64..200, turn in 0_usize..200) {
        let mut deals = drawn(seed, 240, accounts, 10).deals;
        let policy = policy();
        let options = BackTestOptions { horizon_days: Some(60), ..BackTestOptions::on(DecisionDays::BeforeEachOpportunity) };
        let before = back_test_deals(&deals, &[Contender::groups("origin", &policy)], &options);
        deals.rotate_left(turn);
        deals[..100].reverse();
        prop_assert_eq!(back_test_deals(&deals, &[Contender::groups("origin", &policy)], &options), before);
    }
}
