//! What does it cost to explain one group, and does it grow with the portfolio?
//!
//! `cargo bench --bench explain`: portfolios of 100 thousand, 1 million and 10 million signals. The rows of a column should not differ: a group is
//! found by its id, and only its own signals are read. Of one account that grows, a row that doubles with the account is linear. Figures are only
//! compared within one run.

#![allow(clippy::expect_used, missing_docs, reason = "a bench stops at the first thing that is not so")]

#[path = "support/mod.rs"]
#[allow(dead_code, reason = "each bench uses a part of it")]
mod support;

use std::sync::OnceLock;

use divan::Bencher;
use quorate::{AccountGraph, Policy, SignalTally, assess_group, explain};
use support::{Knows, another_signal, portfolio_streamed, portfolio_that_knows, today};

fn main() {
    divan::main();
}

/// Accounts of ten contacts and a hundred signals each.
const ACCOUNTS: [usize; 3] = [1_000, 10_000, 100_000];

/// Run as a test, the small one is enough.
fn accounts() -> impl Iterator<Item = usize> {
    let timed = std::env::args().any(|arg| arg == "--bench");
    ACCOUNTS.into_iter().take(if timed { ACCOUNTS.len() } else { 1 })
}

/// Each portfolio is built once for all benches.
fn built(accounts: usize) -> &'static (AccountGraph, SignalTally) {
    static BUILT: [OnceLock<(AccountGraph, SignalTally)>; 3] = [const { OnceLock::new() }; 3];
    let place = ACCOUNTS.iter().position(|one| *one == accounts).expect("one of the sizes");
    BUILT[place].get_or_init(|| portfolio_streamed(accounts))
}

/// Twenty groups spread over the portfolio, one after the other.
fn groups(accounts: usize) -> impl Iterator<Item = String> {
    (0..20).map(move |number| format!("account-{}", number * accounts / 20))
}

#[divan::bench(args = accounts(), sample_count = 20)]
fn assess_twenty_groups(bencher: Bencher<'_, '_>, accounts: usize) {
    let (graph, tally) = built(accounts);
    let policy = Policy::default();
    bencher.bench_local(|| {
        groups(accounts).filter_map(|group| assess_group(graph, tally, &policy, &group, today()).expect("a group")).count()
    });
}

#[divan::bench(args = accounts(), sample_count = 20)]
fn explain_twenty_groups(bencher: Bencher<'_, '_>, accounts: usize) {
    let (graph, tally) = built(accounts);
    let policy = Policy::default();
    bencher.bench_local(|| groups(accounts).filter_map(|group| explain(graph, tally, &policy, &group, today()).expect("a group")).count());
}

/// One group of so many people: work on suggestions is bounded, whatever the size.
#[divan::bench(args = [10, 100, 1_000, 10_000], sample_count = 5)]
fn explain_one_wide_group(bencher: Bencher<'_, '_>, contacts: usize) {
    let (graph, tally) = support::wide(contacts);
    let policy = Policy::default();
    bencher.bench_local(|| explain(&graph, &tally, &policy, "wide", today()).expect("a group"));
}

/// One account that grows: two contacts a person, each named by a row of an explicit group.
#[divan::bench(args = [5_000, 10_000, 20_000], sample_count = 3)]
fn explain_one_listed_group(bencher: Bencher<'_, '_>, contacts: usize) {
    let (graph, tally) = support::listed(contacts);
    let policy = Policy::default();
    bencher.bench_local(|| explain(&graph, &tally, &policy, "listed", today()).expect("a group"));
}

/// One more signal, and its group of ten people again: roles from the CRM, or none but what follows from titles.
#[divan::bench(args = [Knows::Roles, Knows::Titles, Knows::Both], sample_count = 50)]
fn one_more_signal(bencher: Bencher<'_, '_>, knows: Knows) {
    let (graph, mut tally) = portfolio_that_knows(1_000, knows);
    let policy = Policy::default();
    // Rules for titles are put into an index once.
    let _ = policy.read_title("VP Sales", None);
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        let (signal, group) = another_signal(number, 1_000);
        tally.record(&signal).expect("within the limits");
        assess_group(&graph, &tally, &policy, &group, today()).expect("a group")
    });
}
