//! A portfolio tallied and assessed, timed: the command that a comparison with other engines runs beside them.
//!
//! ```text
//! $ throughput WORKLOAD [--strings] --threads 2 --days 20400,20355 --rounds 5
//! ```
//!
//! `WORKLOAD` is a folder of columns as raw little-endian files (`contact_account.u32`, `contact_role.u8`, `signal_contact.u32`, `signal_kind.u8`,
//! `signal_day.i32`, days since 1970-01-01) with `account_ids.txt` and `contact_ids.txt`. In each round the tally is made anew; then every group is
//! assessed on the first day, and on each further day from the same tally. With `--strings` signals are ids and names of kinds as texts, and finding
//! out whose they are counts. Reading files and building the graph does not. One JSON object is printed: seconds of each round, sums over all groups by
//! which others can be held against it, and how fast the machine copies memory.

#![allow(clippy::std_instead_of_alloc, clippy::std_instead_of_core, reason = "a program has std")]

#[path = "workload/mod.rs"]
mod workload;

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use clap::Parser;
use quorate::{AccountGraph, Assessor, ColumnsError, Day, NamedColumns, Percent, Points, Policy, PortfolioRow, SignalTally, State};
use serde_json::{Map, Value, json};
use workload::{Columns, names};

/// A portfolio tallied and assessed, timed.
#[derive(Parser)]
struct Args {
    /// The folder of columns.
    workload: PathBuf,
    /// Signals as ids and names instead of numbers.
    #[arg(long)]
    strings: bool,
    /// Threads to use.
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// Days to assess on, as days since 1970-01-01.
    #[arg(long, value_delimiter = ',', required = true)]
    days: Vec<i32>,
    /// How often.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let copied = copy_bytes_per_s();
    let policy = Policy::default();
    let (kind_names, roles) = names(&policy);
    let (graph, ids) = workload::portfolio(&args.workload, &roles)?;
    let columns = Columns::read(&args.workload, workload::numbers(&graph, &ids)?)?;
    let texts = args.strings.then(|| Texts::of(&columns, &ids, &kind_names));
    drop(ids);
    let texts = texts.as_ref().map(Texts::rows);
    let days: Vec<Day> = args.days.iter().map(|day| Day::from_days_since_epoch(*day)).collect::<Result<_, _>>()?;
    let threads = Threads::new(args.threads)?;
    let mut tally_s = Vec::new();
    let mut assess_s: Vec<Vec<f64>> = vec![Vec::new(); days.len()];
    let mut sums = Vec::new();
    for _ in 0..args.rounds {
        let begun = Instant::now();
        let tally = threads
            .run(|| texts.as_ref().map_or_else(|| columns.tally(&graph, &kind_names), |texts| texts.tally(&graph, &columns.days)))?;
        tally_s.push(begun.elapsed().as_secs_f64());
        let mut begun = Instant::now();
        let assessor = Assessor::new(&graph, &tally, &policy);
        sums.clear();
        for (day, took) in days.iter().zip(&mut assess_s) {
            sums.push(threads.sums(&assessor, graph.account_count(), *day));
            took.push(begun.elapsed().as_secs_f64());
            begun = Instant::now();
        }
    }
    let by_day = |values: Vec<Value>| -> Map<String, Value> { args.days.iter().map(ToString::to_string).zip(values).collect() };
    let took = by_day(assess_s.into_iter().map(Value::from).collect());
    println!(
        "{}",
        json!({ "tally_s": tally_s, "assess_s": took, "sums": by_day(sums.iter().map(Sums::shown).collect()), "copy_bytes_per_s": copied })
    );
    Ok(())
}

/// How fast this machine copies memory that is in no cache, bytes read and bytes written added up: what any work on memory can be held against.
#[allow(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "a measurement")]
fn copy_bytes_per_s() -> f64 {
    const COPIED: usize = 1 << 26;
    let (from, mut to) = (vec![1_u8; COPIED], vec![0; COPIED]);
    let mut took: Vec<f64> = Vec::new();
    for _ in 0..9 {
        let begun = Instant::now();
        to.copy_from_slice(std::hint::black_box(&from));
        std::hint::black_box(&mut to);
        took.push(begun.elapsed().as_secs_f64());
    }
    took.sort_by(f64::total_cmp);
    2.0 * COPIED as f64 / took[took.len() / 2]
}

/// The threads that work is done in.
#[cfg(feature = "rayon")]
struct Threads(rayon::ThreadPool);

#[cfg(feature = "rayon")]
impl Threads {
    fn new(threads: usize) -> Result<Self, Box<dyn Error>> {
        Ok(Self(rayon::ThreadPoolBuilder::new().num_threads(threads).build()?))
    }

    fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.0.install(work)
    }

    fn sums(&self, assessor: &Assessor<'_>, _accounts: usize, day: Day) -> Sums {
        use rayon::iter::ParallelIterator as _;
        let row = |row: &PortfolioRow<'_>| {
            let mut sums = Sums::default();
            sums.add(row);
            sums
        };
        self.run(|| assessor.par_portfolio(day, row).reduce(Sums::default, |sums, more| sums.with(&more)))
    }
}

/// The threads that work is done in: without the feature `rayon` a tally is made in one, and groups are assessed in several.
#[cfg(not(feature = "rayon"))]
struct Threads(usize);

#[cfg(not(feature = "rayon"))]
impl Threads {
    #[allow(clippy::unnecessary_wraps, reason = "a pool of threads can fail to start")]
    fn new(threads: usize) -> Result<Self, Box<dyn Error>> {
        Ok(Self(threads.max(1)))
    }

    #[allow(clippy::unused_self, reason = "with the feature it is the pool's work")]
    fn run<T>(&self, work: impl FnOnce() -> T) -> T {
        work()
    }

    fn sums(&self, assessor: &Assessor<'_>, accounts: usize, day: Day) -> Sums {
        let each = accounts.div_ceil(self.0);
        let part = |part: usize| {
            let mut sums = Sums::default();
            assessor.portfolio_range(day, part * each..(part + 1) * each, |row| sums.add(row));
            sums
        };
        std::thread::scope(|scope| {
            let running: Vec<_> = (0..self.0).map(|number| scope.spawn(move || part(number))).collect();
            let done = running.into_iter().map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            done.fold(Sums::default(), |sums, more| sums.with(&more))
        })
    }
}

/// What all groups come to.
#[derive(Default)]
struct Sums {
    points: i128,
    readiness: i128,
    qualified: u64,
    gaps: u64,
    signals: u64,
}

impl Sums {
    const fn with(self, other: &Self) -> Self {
        Self {
            points: self.points + other.points,
            readiness: self.readiness + other.readiness,
            qualified: self.qualified + other.qualified,
            gaps: self.gaps + other.gaps,
            signals: self.signals + other.signals,
        }
    }

    fn add(&mut self, row: &PortfolioRow<'_>) {
        self.points += row.points().units();
        self.readiness += row.readiness().units();
        self.qualified += u64::from(row.state() == State::Qualified);
        self.gaps += row.gaps().count() as u64;
        self.signals += row.intake().total();
    }

    fn shown(&self) -> Value {
        json!({ "points": scaled(self.points, Points::SCALE), "readiness": scaled(self.readiness, Percent::SCALE), "qualified": self.qualified, "gaps": self.gaps, "signals": self.signals })
    }
}

/// A number of units with so many decimals.
fn scaled(units: i128, scale: u32) -> String {
    let one = 10_i128.pow(scale);
    format!("{}.{:0width$}", units / one, units % one, width = scale as usize)
}

/// The same signals with texts for numbers: one after another in memory, each row with its own, as a table of texts has them.
struct Texts<'a> {
    text: String,
    ends: Vec<usize>,
    kinds: Vec<&'a str>,
}

/// Where they are.
struct NamedRows<'a> {
    contacts: Vec<&'a str>,
    kinds: &'a [&'a str],
}

impl<'a> Texts<'a> {
    fn of(columns: &Columns, ids: &[String], kind_names: &[&'a str]) -> Self {
        let mut text = String::new();
        let mut end = |contact: &u32| {
            text.push_str(&ids[*contact as usize]);
            text.len()
        };
        let ends = columns.contacts.iter().map(&mut end).collect();
        let kinds = columns.kinds.iter().map(|kind| kind_names[usize::from(*kind)]).collect();
        Self { text, ends, kinds }
    }

    fn rows(&self) -> NamedRows<'_> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        NamedRows { contacts: starts.zip(&self.ends).map(|(start, end)| &self.text[start..*end]).collect(), kinds: &self.kinds }
    }
}

impl NamedRows<'_> {
    fn tally(&self, graph: &AccountGraph, days: &[i32]) -> Result<SignalTally, ColumnsError> {
        let columns = NamedColumns { contacts: &self.contacts, kinds: self.kinds, days, solutions: None };
        SignalTally::from_named_columns(graph.contact_roster(), &columns)
    }
}
