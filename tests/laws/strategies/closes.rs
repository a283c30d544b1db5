//! Groups whose last deal was closed not long ago, under rules that turn on what was heard since.

use super::draw::{maybe, word};
use super::{Case, default_policy};
use crate::world::{Day, Opportunity, Signal, Subject, TODAY, World, moment};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// Days before today on which something happens.
const AGES: std::ops::RangeInclusive<Day> = 0..=12;

/// One account with a person or two, deals that are closed, and signals before and after; fit asks for signals, and the qualification rule for fit.
pub fn closed_cases() -> BoxedStrategy<Case> {
    let deals = prop::collection::vec((AGES, any::<bool>()), 1..=2);
    let signals = prop::collection::vec((0_usize..3, word(&["page_view", "form_fill", "demo_request"]), AGES), 0..=5);
    (deals, signals, policy())
        .prop_map(|(deals, signals, policy)| {
            let mut world = World::default().account("a").contact("ann", "a", &["champion"]).contact("bob", "a", &["economic_buyer"]);
            world.opportunities = (0..).zip(deals).map(|(number, (age, won))| deal(number, TODAY - age, won)).collect();
            for (who, kind, age) in signals {
                // The last is the account itself: visitors without a name.
                let subject = ["ann", "bob"].get(who).map_or(Subject::Account("a".into()), |contact| Subject::Contact((*contact).into()));
                world.signals.push(Signal::new(subject, &kind, TODAY - age));
            }
            Case { world, policy, day: TODAY }
        })
        .boxed()
}

fn deal(number: usize, closed: Day, won: bool) -> Opportunity {
    Opportunity {
        id: format!("deal-{number}"),
        account: "a".into(),
        group: None,
        created_at: moment(TODAY - 40, 0),
        closed_at: Some(moment(closed, 0)),
        outcome: Some(if won { "won" } else { "lost" }.into()),
        amount: None,
        currency: None,
    }
}

fn policy() -> impl Strategy<Value = Value> {
    let heard = || {
        (word(&["page_view", "form_fill"]), select(vec![0, 5, 12]))
            .prop_map(|(kind, days)| json!({"intent": {"kind": kind, "within_days": days}}))
    };
    let rules = prop_oneof![
        3 => Just(json!({"all": [{"fit": {"tier": "B"}}]})),
        1 => Just(json!({"all": [{"fit": {"tier": "A"}}, {"points": {"at_least": "1"}}]})),
        1 => Just(json!({"all": [{"points": {"at_least": "15"}}]})),
    ];
    (heard(), maybe(0.5, heard()), maybe(0.3, heard()), rules, word(&["A", "B"])).prop_map(|(first, second, unfit, rule, floor)| {
        let mut policy = default_policy();
        let criteria: Vec<Value> = [Some(first), second].into_iter().flatten().map(|is| json!({"weight": 1, "is": is})).collect();
        let disqualifiers: Vec<Value> = unfit.into_iter().collect();
        policy["fit"] =
            json!({"source": "criteria", "tiers": {"A": "80", "B": "50"}, "criteria": criteria, "disqualifiers": disqualifiers});
        policy["qualification"] = rule;
        policy["hand_raise"]["fit_floor"] = json!(floor);
        policy
    })
}
