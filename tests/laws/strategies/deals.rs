//! Opportunities with their outcomes, and what sales made of a group.

use super::draw::{maybe, second, word};
use super::groups;
use crate::world::{Day, Disposition, Opportunity, TODAY, World, moment};
use proptest::prelude::*;
use proptest::sample::{Index, select};

#[derive(Clone, Debug)]
pub struct Deal {
    /// A group, and whether the opportunity names it or only its account.
    group: (Index, bool),
    created: (Day, i64),
    /// Days until the close, and its second.
    closed: (Day, i64),
    outcome: Option<String>,
    has_date: bool,
    amount: Option<String>,
    /// Whether another one, with the other outcome, closes on the same day.
    twin: bool,
}

pub type Reply = (Index, Day, i64, String, Option<String>);

pub fn deals() -> BoxedStrategy<Vec<Deal>> {
    let deals = |count| prop::collection::vec(deal(), count);
    prop_oneof![6 => deals(0), 4 => deals(1), 2 => deals(2), 1 => deals(3)].boxed()
}

fn deal() -> impl Strategy<Value = Deal> {
    let outcome = prop_oneof![
        1 => word(&["open"]).prop_map(Some),
        1 => Just(None),
        4 => word(&["won", "lost"]).prop_map(Some),
    ];
    let created = (select(vec![-5, 0, 1, 4, 30, 31, 100, 180, 200, 400]), second());
    let closed = (select(vec![0, 0, 1, 10, 30, 60, 170, 180, 220, 400]), second());
    let group = (any::<Index>(), any::<bool>());
    let amount = maybe(0.6, word(&["0", "10.5", "125000"]));
    (group, created, closed, outcome, any::<bool>(), amount, prop::bool::weighted(0.15)).prop_map(
        |(group, created, closed, outcome, has_date, amount, twin)| Deal { group, created, closed, outcome, has_date, amount, twin },
    )
}

/// Few instants, so that some coincide.
pub fn dispositions() -> BoxedStrategy<Vec<Reply>> {
    let reply = || {
        let verdict = prop_oneof![3 => word(&["accepted"]), 1 => word(&["rejected"])];
        let age = select(vec![-1, 0, 0, 1, 5, 30, 31, 100]);
        let reason = maybe(0.3, word(&["too early", "kein Budget, \"später\""]));
        (any::<Index>(), age, select(vec![0, 43_200]), verdict, reason)
    };
    let replies = move |count| prop::collection::vec(reply(), count);
    prop_oneof![5 => replies(0), 3 => replies(1), 2 => replies(2), 1 => replies(4)].boxed()
}

pub fn add(world: &mut World, deals: Vec<Deal>, replies: Vec<Reply>) {
    let groups = groups::named(world);
    if groups.is_empty() {
        return;
    }
    for deal in deals {
        let (group, account) = &groups[deal.group.0.index(groups.len())];
        let opportunity = opportunity(&deal, deal.group.1.then(|| group.clone()), account);
        let id = |world: &World| format!("o,{}", world.opportunities.len());
        let twin = Opportunity { outcome: opportunity.outcome.as_deref().map(other).map(str::to_owned), ..opportunity.clone() };
        world.opportunities.push(Opportunity { id: id(world), ..opportunity });
        if deal.twin {
            world.opportunities.push(Opportunity { id: id(world), ..twin });
        }
    }
    for (place, age, second, verdict, reason) in replies {
        let group = groups[place.index(groups.len())].0.clone();
        world.dispositions.push(Disposition { group, at: moment(TODAY - age, second), verdict, reason });
    }
}

fn other(outcome: &str) -> &str {
    match outcome {
        "won" => "lost",
        "lost" => "won",
        other => other,
    }
}

/// A won or lost one has a close date, an open one perhaps an expected one; none is before the creation.
fn opportunity(deal: &Deal, group: Option<String>, account: &str) -> Opportunity {
    let created = (TODAY - deal.created.0, deal.created.1);
    let closed = (created.0 + deal.closed.0, deal.closed.1).max(created);
    let is_closed = deal.outcome.as_deref().is_some_and(|outcome| outcome != "open");
    Opportunity {
        id: String::new(),
        account: account.to_owned(),
        group,
        created_at: moment(created.0, created.1),
        closed_at: (is_closed || deal.has_date).then(|| moment(closed.0, closed.1)),
        outcome: deal.outcome.clone(),
        currency: deal.amount.as_ref().map(|_| "EUR".to_owned()),
        amount: deal.amount.clone(),
    }
}
