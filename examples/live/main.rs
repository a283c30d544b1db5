//! A live service: a portfolio kept current while signals come in.
//!
//! ```text
//! $ cargo run --release --example live
//! $ cargo run --release --example live -- --signals 1000000 WORKLOAD
//! ```
//!
//! Each signal is recorded, and the groups that it concerns are assessed again; all other rows stay as they are. What changes state is told, and how long
//! it took: from the signal to the new rows in their places, one signal after another in one thread, beside an assessment of everything in the same run.
//! A service shows everything once when it begins, so that what is worth keeping of people is there before the first signal.
//! Without a folder of columns (see `throughput`) the portfolio is drawn. Signals are drawn, too: people are heard of as often as in the past, some
//! signals come late, some twice, and some of those with another content. At the end everything is tallied and assessed anew, and each row must be
//! the one that was kept; otherwise the exit code is 1.

#![allow(clippy::std_instead_of_alloc, clippy::std_instead_of_core, reason = "a program has std")]

mod draw;
mod kept;
mod portfolio;
mod times;
#[path = "../workload/mod.rs"]
mod workload;

use std::error::Error;
use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use draw::{Draw, Stream};
use kept::Kept;
use portfolio::{Portfolio, Sizes};
use quorate::{AccountGraph, Assessor, CurrentPortfolio, Policy, Signal, SignalTally, SubjectRef};
use times::{Times, grouped};

/// A portfolio kept current while signals come in.
#[derive(Parser)]
struct Args {
    /// A folder of columns; without it a portfolio is drawn.
    workload: Option<PathBuf>,
    /// Signals that come in.
    #[arg(long, default_value_t = 200_000)]
    signals: usize,
    /// Accounts of a drawn portfolio.
    #[arg(long, default_value_t = 100_000)]
    accounts: usize,
    /// Contacts of a drawn portfolio.
    #[arg(long, default_value_t = 1_000_000, value_parser = at_least_one)]
    contacts: usize,
    /// Signals in the past of a drawn portfolio.
    #[arg(long, default_value_t = 10_000_000)]
    past: usize,
    /// What the draws begin with.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// How many changes of state are told.
    #[arg(long, default_value_t = 5)]
    tell: usize,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| "a number from 1 on is needed".into())
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let args = Args::parse();
    let (policy, mut draw) = (Policy::default(), Draw::new(args.seed));
    let sizes = Sizes { accounts: args.accounts, contacts: args.contacts, signals: args.past };
    let portfolio =
        args.workload.as_deref().map_or_else(|| Portfolio::drawn(&policy, &sizes, &mut draw), |folder| Portfolio::read(&policy, folder))?;
    let today = portfolio.last_day()?;
    println!("{portfolio}, as of {today}");

    let mut current = CurrentPortfolio::new(&portfolio.graph, portfolio.tally()?, &policy, today);
    let kept = Kept::all(|each| current.portfolio(each))?;
    let mut service = Service { graph: &portfolio.graph, current, kept };
    let before = full_assessment(&service);

    let (stream, mut times, mut sent) = (Stream::new(&portfolio, today), Times::default(), Vec::with_capacity(args.signals));
    for _ in 0..args.signals {
        let signal = stream.next(&sent, &mut draw)?;
        service.take(&signal, &mut times)?;
        sent.push(signal);
    }
    for change in service.kept.changes().take(args.tell) {
        println!("  {change}");
    }
    println!("  {} changes of state in all", grouped(service.kept.changes().len()));

    println!("{}", times.table(before.min(full_assessment(&service))));
    let tally = portfolio.tally()?.merged(&SignalTally::from_signals(&sent)?)?;
    let anew = Kept::all(|each| Assessor::new(&portfolio.graph, &tally, &policy).portfolio(today, each))?;
    let differing = service.kept.differing(&anew);
    match differing.first() {
        None => println!("each of the {} rows equals that of a new assessment of everything", grouped(anew.len())),
        Some(group) => println!("{} rows are not those of a new assessment, the first of them `{group}`", differing.len()),
    }
    Ok(if differing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// All that a service keeps.
struct Service<'a> {
    graph: &'a AccountGraph,
    current: CurrentPortfolio<'a>,
    kept: Kept,
}

impl Service<'_> {
    /// One signal more, and the groups that it concerns again.
    fn take(&mut self, signal: &Signal, times: &mut Times) -> Result<(), Box<dyn Error>> {
        let begun = Instant::now();
        let recorded = self.current.record(signal, |row| self.kept.put(row, signal))?;
        let took = begun.elapsed();
        let account = self.graph.contact(SubjectRef::from(&signal.subject).text()).and_then(|contact| contact.account);
        times.add(recorded, took, account.map_or(0, |account| self.graph.contacts_of(account.as_str()).len()));
        Ok(())
    }
}

/// How long every row takes that a portfolio has, when nothing is kept.
fn full_assessment(service: &Service<'_>) -> Duration {
    let begun = Instant::now();
    service.current.assessor().portfolio(service.current.day(), |row| {
        black_box(row.readiness());
    });
    begun.elapsed()
}
