//! The main jobs at 1×, 10× and 100×: 100, 1,000 and 10,000 accounts of ten contacts and a hundred signals each.
//!
//! `cargo bench --bench sizes`: jobs that go through everything should take ten times as long from row to row, since ten times as much is done; those about
//! one group hardly longer, and no longer at all but for memory that is further away. Figures are only compared within one run. `scale` asks whether
//! single shapes of portfolios grow as they should, `explain` what explanations cost.

#![allow(clippy::expect_used, missing_docs, reason = "a bench stops at the first thing that is not so")]

#[path = "support/mod.rs"]
#[allow(dead_code, reason = "each bench uses a part of it")]
mod support;

use std::sync::OnceLock;

use divan::{Bencher, black_box};
use quorate::{AccountGraph, Assessor, CurrentPortfolio, NamedColumns, Policy, PortfolioDocument, Signal, SignalTally, explain};
use support::columns::{Columns, contact_of};
use support::{another_signal, portfolio, today};

fn main() {
    divan::main();
}

const ACCOUNTS: [usize; 3] = [100, 1_000, 10_000];

/// Run as a test, the small one is enough.
fn accounts() -> impl Iterator<Item = usize> {
    let timed = std::env::args().any(|arg| arg == "--bench");
    ACCOUNTS.into_iter().take(if timed { ACCOUNTS.len() } else { 1 })
}

/// A portfolio with its signals in every form.
struct Built {
    document: PortfolioDocument,
    graph: AccountGraph,
    signals: Vec<Signal>,
    tally: SignalTally,
    columns: Columns,
}

/// Each portfolio is built once for all benches.
fn built(accounts: usize) -> &'static Built {
    static BUILT: [OnceLock<Built>; 3] = [const { OnceLock::new() }; 3];
    let place = ACCOUNTS.iter().position(|one| *one == accounts).expect("one of the sizes");
    BUILT[place].get_or_init(|| Built::new(accounts))
}

impl Built {
    fn new(accounts: usize) -> Self {
        let (document, signals) = portfolio(accounts);
        let graph = AccountGraph::from_document(document.clone()).expect("a valid portfolio");
        let tally = SignalTally::from_signals(&signals).expect("within the limits");
        let columns = Columns::of(&graph, &tally, &signals);
        Self { document, graph, signals, tally, columns }
    }

    fn assessor<'a>(&'a self, policy: &'a Policy) -> Assessor<'a> {
        Assessor::new(&self.graph, &self.tally, policy)
    }
}

/// How many rows are qualified on a day.
fn qualified(assessor: &Assessor<'_>, day: quorate::Day) -> usize {
    let mut count = 0;
    assessor.portfolio(day, |row| count += usize::from(row.state() == quorate::State::Qualified));
    count
}

#[divan::bench(args = accounts(), sample_count = 10)]
fn build_the_graph(bencher: Bencher<'_, '_>, accounts: usize) {
    let build = |document| AccountGraph::from_document(document).expect("a valid portfolio");
    bencher.with_inputs(|| built(accounts).document.clone()).bench_local_values(build);
}

#[divan::bench(args = accounts(), sample_count = 10)]
fn tally_one_after_another(bencher: Bencher<'_, '_>, accounts: usize) {
    let signals = &built(accounts).signals;
    bencher.bench_local(|| SignalTally::from_signals(signals).expect("within the limits"));
}

#[divan::bench(args = accounts(), sample_count = 10)]
fn tally_columns_of_numbers(bencher: Bencher<'_, '_>, accounts: usize) {
    let built = built(accounts);
    bencher.bench_local(|| built.columns.tally(&built.graph));
}

#[divan::bench(args = accounts(), sample_count = 10)]
fn tally_columns_of_texts(bencher: Bencher<'_, '_>, accounts: usize) {
    let built = built(accounts);
    let contacts: Vec<&str> = built.signals.iter().map(contact_of).collect();
    let kinds: Vec<&str> = built.signals.iter().map(|signal| signal.kind.as_str()).collect();
    let columns = NamedColumns { contacts: &contacts, kinds: &kinds, days: &built.columns.days, solutions: None };
    bencher.bench_local(|| SignalTally::from_named_columns(built.graph.contact_roster(), &columns).expect("within the limits"));
}

/// Ids brought together and every row: the first day of a tally.
#[divan::bench(args = accounts(), sample_count = 10)]
fn assess_all(bencher: Bencher<'_, '_>, accounts: usize) {
    let policy = Policy::default();
    bencher.bench_local(|| qualified(&built(accounts).assessor(&policy), today()));
}

#[divan::bench(args = accounts(), sample_count = 10)]
fn assess_all_on_another_day(bencher: Bencher<'_, '_>, accounts: usize) {
    let policy = Policy::default();
    let assessor = built(accounts).assessor(&policy);
    bencher.bench_local(|| qualified(&assessor, today().minus_days(45)));
}

/// A policy that was just accepted, on the tally as it is.
#[divan::bench(args = accounts(), sample_count = 10)]
fn assess_all_by_another_policy(bencher: Bencher<'_, '_>, accounts: usize) {
    let document = Policy::default().into_document();
    let accept = || Policy::new(document.clone()).expect("a valid policy");
    bencher.with_inputs(accept).bench_local_values(|policy| qualified(&built(accounts).assessor(&policy), today()));
}

/// Accounts all over the portfolio by turns, so that none is still at hand from the time before.
fn turns(accounts: usize) -> impl FnMut() -> usize {
    let mut number = 0;
    move || {
        number += 7_919;
        number % accounts
    }
}

#[divan::bench(args = accounts(), sample_count = 1_000)]
fn assess_one(bencher: Bencher<'_, '_>, accounts: usize) {
    let (built, policy, mut turn) = (built(accounts), Policy::default(), turns(accounts));
    let mut current = CurrentPortfolio::new(&built.graph, built.tally.clone(), &policy, today()).keep_from(usize::MAX);
    bencher
        .with_inputs(|| format!("account-{}", turn()))
        .bench_local_values(|group| current.row_of_group(&group, |row| (row.state(), row.readiness())).expect("a group"));
}

#[divan::bench(args = accounts(), sample_count = 1_000)]
fn one_more_signal_and_its_groups(bencher: Bencher<'_, '_>, accounts: usize) {
    let (built, policy, mut turn) = (built(accounts), Policy::default(), turns(accounts));
    let mut current = CurrentPortfolio::new(&built.graph, built.tally.clone(), &policy, today());
    current.portfolio(|_| ());
    bencher
        .with_inputs(|| another_signal(turn(), accounts).0)
        .bench_local_refs(|signal| current.record(signal, |row| _ = black_box(row.readiness())).expect("within the limits"));
}

/// The signals in two halves, of which the second comes with other numbers for everybody.
#[divan::bench(args = accounts(), sample_count = 10)]
fn merge_two_halves(bencher: Bencher<'_, '_>, accounts: usize) {
    let signals = &built(accounts).signals;
    let tally = |signals: &mut dyn Iterator<Item = &'static Signal>| SignalTally::from_signals(signals).expect("within the limits");
    let first = tally(&mut signals.iter().step_by(2));
    let second = tally(&mut signals.iter().rev().step_by(2));
    bencher.with_inputs(|| first.clone()).bench_local_values(|first| first.merged(&second).expect("within the limits"));
}

/// The ledger of one group, and what is said of it.
#[divan::bench(args = accounts(), sample_count = 50)]
fn explain_one(bencher: Bencher<'_, '_>, accounts: usize) {
    let (built, policy, mut turn) = (built(accounts), Policy::default(), turns(accounts));
    let explained = |group: String| explain(&built.graph, &built.tally, &policy, &group, today()).expect("a group");
    bencher.with_inputs(|| format!("account-{}", turn())).bench_local_values(explained);
}
