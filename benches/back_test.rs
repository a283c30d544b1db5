//! What a replay and a back-test cost: with twice the accounts or twice the days, about twice the time.
//!
//! `cargo bench --bench back_test` prints the times; figures are only compared within one run. Beside a database: `benches/replay_peers/compare.py`.

#![allow(clippy::expect_used, missing_docs, reason = "a bench stops at the first thing that is not so")]

#[path = "support/mod.rs"]
#[allow(dead_code, reason = "each bench uses a part of it")]
mod support;

use divan::Bencher;
use quorate::{AccountGraph, Assessor, Day, Policy, Signal, SignalTally, Timeline};
use support::{many_groups, portfolio, today};

fn main() {
    divan::main();
}

/// The last so many days.
fn days(count: u16) -> Vec<Day> {
    (0..count).map(|ago| today().minus_days(ago)).collect()
}

fn replay(graph: &AccountGraph, signals: &[Signal], policy: &Policy, days: &[Day]) -> usize {
    let mut groups = 0;
    Timeline::new(signals).replay(graph, policy, days.iter().copied(), |_| groups += 1).expect("within the limits");
    groups
}

/// 90 days of 2,500, 5,000 and 10,000 accounts of ten contacts and a hundred signals.
#[divan::bench(args = [2_500, 5_000, 10_000], sample_count = 5)]
fn ninety_days_of_a_portfolio(bencher: Bencher<'_, '_>, accounts: usize) {
    let (document, signals) = portfolio(accounts);
    let graph = AccountGraph::from_document(document).expect("a valid portfolio");
    let (policy, days) = (Policy::default(), days(90));
    bencher.bench_local(|| replay(&graph, &signals, &policy, &days));
}

/// 2,500 accounts over 90, 180 and 360 days.
#[divan::bench(args = [90, 180, 360], sample_count = 5)]
fn more_days(bencher: Bencher<'_, '_>, count: u16) {
    let (document, signals) = portfolio(2_500);
    let graph = AccountGraph::from_document(document).expect("a valid portfolio");
    let (policy, days) = (Policy::default(), days(count));
    bencher.bench_local(|| replay(&graph, &signals, &policy, &days));
}

/// The obvious way beside: 2,500 accounts assessed on each of 90 days.
#[divan::bench(sample_count = 3)]
fn assessed_ninety_times(bencher: Bencher<'_, '_>) {
    let (document, signals) = portfolio(2_500);
    let graph = AccountGraph::from_document(document).expect("a valid portfolio");
    let (policy, days) = (Policy::default(), days(90));
    let tally = SignalTally::from_signals(&signals).expect("within the limits");
    let assessor = Assessor::new(&graph, &tally, &policy);
    bencher.bench_local(|| days.iter().map(|day| assessor.groups(*day).count()).sum::<usize>());
}

/// One account with 500, 1,000 and 2,000 groups of one contact each, over 30 days.
#[divan::bench(args = [500, 1_000, 2_000], sample_count = 5)]
fn many_groups_of_one_account(bencher: Bencher<'_, '_>, groups: usize) {
    let (graph, _) = many_groups(groups);
    let asks = |number: usize| {
        Signal::of_contact(
            &format!("contact-{number}"),
            "demo_request",
            today().minus_days(u16::try_from(number % 30).expect("small")).into(),
        )
    };
    let signals: Vec<Signal> = (0..groups).map(asks).collect::<Result<_, _>>().expect("ids");
    let (policy, days) = (Policy::default(), days(30));
    bencher.bench_local(|| replay(&graph, &signals, &policy, &days));
}
