//! The main jobs at one small size, a hundred accounts of ten contacts and a hundred signals each, to be counted by valgrind: `.ci/instructions`.
//!
//! A count is that of the job alone; what it works on is made before. The same jobs are timed at three sizes by `benches/sizes.rs`.

use std::hint::black_box;

use gungraun::{library_benchmark, library_benchmark_group, main};
use quorate::{
    AccountGraph, Assessor, CurrentPortfolio, Day, Explanation, NamedColumns, Policy, PolicyDocument, PortfolioDocument, Signal, SignalTally,
    explain,
};
use support::columns::{Columns, contact_of};
use support::{another_signal, portfolio, today};

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "each bench uses a part of it")]
mod support;

const ACCOUNTS: usize = 100;

/// A graph, and its signals in every form.
struct Heard {
    graph: AccountGraph,
    signals: Vec<Signal>,
    columns: Columns,
}

impl Heard {
    fn new() -> Self {
        let (document, signals) = portfolio(ACCOUNTS);
        let graph = AccountGraph::from_document(document).expect("a valid portfolio");
        let tally = SignalTally::from_signals(&signals).expect("within the limits");
        let columns = Columns::of(&graph, &tally, &signals);
        Self { graph, signals, columns }
    }
}

/// A graph and a tally, and a policy whose tables are made.
struct Ready {
    graph: AccountGraph,
    tally: SignalTally,
    policy: Policy,
}

impl Ready {
    fn new() -> Self {
        let (document, signals) = portfolio(ACCOUNTS);
        let graph = AccountGraph::from_document(document).expect("a valid portfolio");
        let tally = SignalTally::from_signals(signals).expect("within the limits");
        let ready = Self { graph, tally, policy: Policy::default() };
        // What is made once is there.
        explain(&ready.graph, &ready.tally, &ready.policy, "account-17", today()).expect("a group");
        ready
    }

    fn rows(&self, policy: &Policy, day: Day) {
        Assessor::new(&self.graph, &self.tally, policy).portfolio(day, |row| _ = black_box(row.readiness()));
    }
}

/// A portfolio whose rows were shown, and a signal that is still to come.
struct Current {
    portfolio: CurrentPortfolio<'static>,
    signal: Signal,
}

impl Current {
    fn new() -> Self {
        Self::keeping_from(0)
    }

    /// Whose signals are read each time.
    fn keeping_nobody() -> Self {
        Self::keeping_from(usize::MAX)
    }

    fn keeping_from(counts: usize) -> Self {
        let Ready { graph, tally, policy } = Ready::new();
        // A benchmark's portfolio lasts as long as its process.
        let (graph, policy) = (Box::leak(Box::new(graph)), Box::leak(Box::new(policy)));
        let mut portfolio = CurrentPortfolio::new(graph, tally, &*policy, today()).keep_from(counts);
        portfolio.portfolio(|_| ());
        // The last step lets the allocator put in order what was freed, which it does at the next large block.
        portfolio.record(&another_signal(17, ACCOUNTS).0, |_| ()).expect("within the limits");
        Self { portfolio, signal: another_signal(42, ACCOUNTS).0 }
    }
}

fn document() -> PortfolioDocument {
    portfolio(ACCOUNTS).0
}

fn signals() -> Vec<Signal> {
    portfolio(ACCOUNTS).1
}

/// Two tallies of which each has half of the signals.
fn halves() -> Vec<SignalTally> {
    let signals = signals();
    let half = |signals: &[Signal]| SignalTally::from_signals(signals).expect("within the limits");
    signals.chunks(signals.len().div_ceil(2)).map(half).collect()
}

fn ready_for_a_policy() -> (Ready, PolicyDocument) {
    (Ready::new(), Policy::default().into_document())
}

#[library_benchmark]
#[bench::of_100(setup = document)]
fn build_the_graph(document: PortfolioDocument) -> AccountGraph {
    AccountGraph::from_document(document).expect("a valid portfolio")
}

#[library_benchmark]
#[bench::of_100(setup = signals)]
fn tally_one_after_another(signals: Vec<Signal>) -> (Vec<Signal>, SignalTally) {
    let tally = SignalTally::from_signals(&signals).expect("within the limits");
    (signals, tally)
}

#[library_benchmark]
#[bench::of_100(setup = Heard::new)]
fn tally_columns_of_numbers(of: Heard) -> (Heard, SignalTally) {
    let tally = of.columns.tally(&of.graph);
    (of, tally)
}

#[library_benchmark]
#[bench::of_100(setup = Heard::new)]
fn tally_columns_of_texts(of: Heard) -> (Heard, SignalTally) {
    let contacts: Vec<&str> = of.signals.iter().map(contact_of).collect();
    let kinds: Vec<&str> = of.signals.iter().map(|signal| signal.kind.as_str()).collect();
    let columns = NamedColumns { contacts: &contacts, kinds: &kinds, days: &of.columns.days, solutions: None };
    let tally = SignalTally::from_named_columns(of.graph.contact_roster(), &columns).expect("within the limits");
    (of, tally)
}

#[library_benchmark]
#[bench::of_100(setup = Ready::new)]
fn assess_all(ready: Ready) -> Ready {
    ready.rows(&ready.policy, today());
    ready
}

#[library_benchmark]
#[bench::of_100(setup = Ready::new)]
fn assess_all_on_another_day(ready: Ready) -> Ready {
    ready.rows(&ready.policy, today().minus_days(45));
    ready
}

#[library_benchmark]
#[bench::of_100(setup = ready_for_a_policy)]
fn assess_all_by_another_policy((ready, document): (Ready, PolicyDocument)) -> Ready {
    ready.rows(&Policy::new(document).expect("a valid policy"), today());
    ready
}

#[library_benchmark]
#[bench::of_100(setup = Current::keeping_nobody)]
fn assess_one(mut current: Current) -> Current {
    current.portfolio.row_of_group("account-42", |row| _ = black_box(row.readiness())).expect("a group");
    current
}

#[library_benchmark]
#[bench::of_100(setup = Current::new)]
fn one_more_signal_and_its_groups(mut current: Current) -> Current {
    current.portfolio.record(&current.signal, |row| _ = black_box(row.readiness())).expect("within the limits");
    current
}

#[library_benchmark]
#[bench::of_100(setup = halves)]
fn merge_two_halves(halves: Vec<SignalTally>) -> SignalTally {
    halves.into_iter().reduce(|one, other| one.merged(&other).expect("within the limits")).expect("two halves")
}

#[library_benchmark]
#[bench::of_100(setup = Ready::new)]
fn explain_one(ready: Ready) -> (Ready, Option<Explanation>) {
    let explained = explain(&ready.graph, &ready.tally, &ready.policy, "account-42", today()).expect("a group");
    (ready, explained)
}

library_benchmark_group!(
    name = jobs;
    benchmarks = build_the_graph, tally_one_after_another, tally_columns_of_numbers, tally_columns_of_texts, assess_all, assess_all_on_another_day,
        assess_all_by_another_policy, assess_one, one_more_signal_and_its_groups, merge_two_halves, explain_one
);

main!(library_benchmark_groups = jobs);
