//! What promises and journeys cost as one account grows: with twice the groups, about twice the time.
//!
//! `cargo bench --bench funnel` prints the times; items are groups, each with a person, a hand-raise, a call, an opportunity and a disposition of its own,
//! and a campaign for each disposition.

#![allow(clippy::expect_used, missing_docs, reason = "a bench stops at the first thing that is not so")]

use divan::Bencher;
use divan::counter::ItemsCount;
use quorate::{
    Account, AccountGraph, Assessor, BuyingGroup, Contact, Day, Disposition, DispositionVerdict, Evidence, GroupHistories, Instant, Known,
    Member, Membership, Opportunity, Outcome, Policy, RoleClaim, Signal, SignalTally, dispositions, follow_ups, group_journeys,
};

fn main() {
    divan::main();
}

const GROUPS: [usize; 3] = [2_000, 4_000, 8_000];

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn at(text: &str) -> Instant {
    text.parse().expect("a time")
}

/// One account with so many groups.
struct World {
    graph: AccountGraph,
    signals: Vec<Signal>,
    histories: GroupHistories,
    policy: Policy,
}

impl World {
    fn new(groups: usize) -> Self {
        let (mut graph, mut signals) = (AccountGraph::new(), Vec::new());
        graph.add_account(Account::new("acme").expect("an id")).expect("an account");
        for number in 0..groups {
            let (group, contact) = (format!("g{number}"), format!("c{number}"));
            add_group(&mut graph, &group, &contact);
            let signal = |kind: &str, time: &str| Signal::of_contact(&contact, kind, at(time)).expect("a signal");
            let mut raise = signal("demo_request", "2025-01-05T09:00:00Z");
            raise.campaign = Some(format!("k{number}").parse().expect("a name"));
            signals.extend([raise, signal("call_made", "2025-01-05T11:00:00Z")]);
        }
        let policy = Policy::default();
        let tally = SignalTally::from_signals(&signals).expect("a tally");
        let assessor = Assessor::new(&graph, &tally, &policy);
        let histories = GroupHistories::replay(&assessor, day("2025-01-05"), day("2025-01-06"), |_| ()).expect("a history");
        Self { graph, signals, histories, policy }
    }
}

/// A group of one person, which sales has said something of.
fn add_group(graph: &mut AccountGraph, id: &str, contact: &str) {
    graph.add_contact(Contact::new(contact, "acme").expect("an id")).expect("a contact");
    let mut group = BuyingGroup::new(id, "acme").expect("an id");
    group.membership = Some(Membership::Explicit);
    graph.add_group(group).expect("a group");
    let claim = RoleClaim { role: "economic_buyer".parse().expect("a name"), evidence: Evidence::Human };
    let (group, contact) = (id.parse().expect("an id"), contact.parse().expect("an id"));
    graph.add_member(Member { group, contact, claim, known: Known::ALWAYS }).expect("a member");
    let opportunity = Opportunity {
        id: format!("o-{id}").parse().expect("an id"),
        account: "acme".parse().expect("an id"),
        group: Some(id.parse().expect("an id")),
        created_at: at("2025-01-06"),
        closed_at: None,
        outcome: Outcome::Open,
        amount: None,
        currency: None,
    };
    graph.add_opportunity(opportunity).expect("an opportunity");
    let said = Disposition { group: id.parse().expect("an id"), at: at("2025-01-06"), verdict: DispositionVerdict::Accepted, reason: None };
    graph.add_disposition(said).expect("a disposition");
}

#[divan::bench(args = GROUPS, sample_count = 5)]
fn promises(bencher: Bencher<'_, '_>, groups: usize) {
    let world = World::new(groups);
    let days = || Day::MIN..=day("2025-01-06");
    bencher.counter(ItemsCount::new(groups)).bench_local(|| {
        follow_ups(&world.graph, &world.histories, &[&world.policy], &world.signals, days()).expect("the policy is given").entries.len()
    });
}

#[divan::bench(args = GROUPS, sample_count = 5)]
fn journeys(bencher: Bencher<'_, '_>, groups: usize) {
    let world = World::new(groups);
    let last = day("2025-01-06");
    bencher.counter(ItemsCount::new(groups)).bench_local(|| group_journeys(&world.graph, &world.histories, last).journeys.len());
}

#[divan::bench(args = GROUPS, sample_count = 5)]
fn what_sales_said(bencher: Bencher<'_, '_>, groups: usize) {
    let world = World::new(groups);
    let days = || Day::MIN..=day("2025-01-06");
    bencher
        .counter(ItemsCount::new(groups))
        .bench_local(|| dispositions(&world.graph, &world.histories, &world.signals, days()).by_campaign.len());
}
