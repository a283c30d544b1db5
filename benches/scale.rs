//! Does time grow with size, and only with size? One wide account, one deep family, one ordinary portfolio, each at 1×, 2× and 4×.
//!
//! `cargo bench --bench scale` prints the times; a column that doubles from row to row is linear. Figures are only compared within one run.

#![allow(clippy::expect_used, missing_docs, reason = "a bench stops at the first thing that is not so")]

#[path = "support/mod.rs"]
#[allow(dead_code, reason = "each bench uses a part of it")]
mod support;

use divan::Bencher;
use quorate::{AccountGraph, Assessor, Policy, SignalTally, assess};
use support::{deep, many_groups, portfolio, today, wide};

fn main() {
    divan::main();
}

/// One account with 25,000, 50,000 and 100,000 contacts.
#[divan::bench(args = [25_000, 50_000, 100_000], sample_count = 5)]
fn assess_one_wide_account(bencher: Bencher<'_, '_>, contacts: usize) {
    let (graph, tally) = wide(contacts);
    let policy = Policy::default();
    bencher.bench_local(|| assess(&graph, &tally, &policy, today()));
}

/// A chain of 2,500, 5,000 and 10,000 accounts, each the parent of the next.
#[divan::bench(args = [2_500, 5_000, 10_000], sample_count = 5)]
fn assess_a_deep_family(bencher: Bencher<'_, '_>, depth: usize) {
    let (graph, tally) = deep(depth);
    let policy = Policy::default();
    bencher.bench_local(|| assess(&graph, &tally, &policy, today()));
}

/// One account with 2,000, 4,000 and 8,000 contacts, and as many groups of one listed contact each.
#[divan::bench(args = [2_000, 4_000, 8_000], sample_count = 5)]
fn assess_many_groups_of_one_account(bencher: Bencher<'_, '_>, groups: usize) {
    let (graph, tally) = many_groups(groups);
    let policy = Policy::default();
    bencher.bench_local(|| assess(&graph, &tally, &policy, today()));
}

/// 2,500, 5,000 and 10,000 accounts of ten contacts and a hundred signals.
#[divan::bench(args = [2_500, 5_000, 10_000], sample_count = 5)]
fn assess_a_portfolio(bencher: Bencher<'_, '_>, accounts: usize) {
    let (document, signals) = portfolio(accounts);
    let graph = AccountGraph::from_document(document).expect("a valid portfolio");
    let tally = SignalTally::from_signals(signals).expect("within the limits");
    let policy = Policy::default();
    let assessor = Assessor::new(&graph, &tally, &policy);
    bencher.bench_local(|| assessor.groups(today()).count());
}

/// The graph of those portfolios, from its document.
#[divan::bench(args = [2_500, 5_000, 10_000], sample_count = 5)]
fn build_a_graph(bencher: Bencher<'_, '_>, accounts: usize) {
    let (document, _) = portfolio(accounts);
    bencher
        .with_inputs(|| document.clone())
        .bench_local_values(|document| AccountGraph::from_document(document).expect("a valid portfolio"));
}

/// The graph of those wide accounts, from its document.
#[divan::bench(args = [25_000, 50_000, 100_000], sample_count = 5)]
fn build_one_wide_account(bencher: Bencher<'_, '_>, contacts: usize) {
    let document = support::wide_document(contacts);
    bencher
        .with_inputs(|| document.clone())
        .bench_local_values(|document| AccountGraph::from_document(document).expect("a valid portfolio"));
}

/// The graph of those deep families, from its document.
#[divan::bench(args = [2_500, 5_000, 10_000], sample_count = 5)]
fn build_a_deep_family(bencher: Bencher<'_, '_>, depth: usize) {
    let document = support::deep_document(depth);
    bencher
        .with_inputs(|| document.clone())
        .bench_local_values(|document| AccountGraph::from_document(document).expect("a valid portfolio"));
}

/// The tally of those portfolios, in one go.
#[divan::bench(args = [2_500, 5_000, 10_000], sample_count = 5)]
fn tally_signals(bencher: Bencher<'_, '_>, accounts: usize) {
    let (_, signals) = portfolio(accounts);
    bencher.bench_local(|| SignalTally::from_signals(&signals).expect("within the limits"));
}
