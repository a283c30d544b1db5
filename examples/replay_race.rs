//! A year of decision days replayed, timed: the command that `benches/replay_peers/compare.py` runs beside a database.
//!
//! ```text
//! $ replay_race WORKLOAD KINDS FIRST LAST [THREADS] > days.jsonl
//! ```
//!
//! `WORKLOAD` is a folder of columns as raw little-endian files (`contact_account.u32`, `contact_role.u8`, `signal_contact.u32`, `signal_kind.u8`,
//! `signal_day.i32`) with `account_ids.txt` and `contact_ids.txt`; `KINDS` has the names of the kinds and of the roles by number, a line of names separated
//! by blanks each; days are given since 1970-01-01. For each day there is one object: points, readiness, engaged coverage, summed over all groups, and
//! how many are qualified. The seconds of the replay go to stderr, reading and building the graph left out: from the signals to the last verdict.

#![allow(clippy::std_instead_of_alloc, clippy::std_instead_of_core, reason = "a program has std")]

#[path = "workload/mod.rs"]
#[allow(dead_code, reason = "it replays signals instead of counting them")]
mod workload;

use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use quorate::{AccountGraph, Day, GroupOnDay, Percent, Points, Policy, Signal, State, TallyError, Timeline};
use workload::Columns;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (fixed, threads) = args.split_at_checked(4).ok_or("usage: replay_race WORKLOAD KINDS FIRST LAST [THREADS]")?;
    let ([folder, kinds, first, last], threads) = (fixed, threads.first()) else { return Err("usage".into()) };
    let names = fs::read_to_string(kinds)?;
    let names: Vec<Vec<&str>> = names.lines().map(|line| line.split(' ').collect()).collect();
    let [kinds, roles] = &names[..] else { return Err("KINDS has a line of kinds and a line of roles".into()) };
    let workload = Workload::read(Path::new(folder), kinds, roles)?;
    let (first, last) = (first.parse()?, last.parse()?);
    let days: Vec<Day> = (first..=last).map(Day::from_days_since_epoch).collect::<Result<_, _>>()?;

    let threads: usize = threads.map_or(Ok(1), |text| text.parse())?;
    let policy = Policy::default();
    let each = workload.graph.account_count().div_ceil(threads.max(1));
    let begun = Instant::now();
    let timeline = Timeline::new(&workload.signals);
    let replay = |part: usize| -> Result<Vec<Sums>, TallyError> {
        let mut sums: Vec<Sums> = days.iter().copied().map(Sums::of).collect();
        timeline.replay_range(&workload.graph, &policy, days.iter().copied(), part * each..(part + 1) * each, |group| {
            let day = usize::try_from(group.day().days_since(days[0]));
            if let Some(sums) = day.ok().and_then(|day| sums.get_mut(day)) {
                sums.add(group);
            }
        })?;
        Ok(sums)
    };
    let parts: Vec<Result<Vec<Sums>, TallyError>> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads.max(1)).map(|part| scope.spawn(move || replay(part))).collect();
        running.into_iter().map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    let mut sums: Vec<Sums> = days.iter().copied().map(Sums::of).collect();
    for part in parts {
        sums.iter_mut().zip(part?).for_each(|(sums, part)| sums.join(&part));
    }
    let took = begun.elapsed();
    let mut out = BufWriter::new(io::stdout().lock());
    for sums in &sums {
        sums.write(&mut out)?;
    }
    out.flush()?;
    eprintln!("{}", took.as_secs_f64());
    Ok(())
}

/// What all groups come to on a day.
struct Sums {
    day: Day,
    points: i128,
    readiness: i128,
    engaged: i128,
    qualified: u64,
}

impl Sums {
    const fn of(day: Day) -> Self {
        Self { day, points: 0, readiness: 0, engaged: 0, qualified: 0 }
    }

    fn add(&mut self, group: &GroupOnDay<'_>) {
        self.points += group.points().units();
        self.readiness += group.readiness().units();
        self.engaged += group.engaged().units();
        self.qualified += u64::from(group.state() == State::Qualified);
    }

    fn join(&mut self, other: &Self) {
        self.points += other.points;
        self.readiness += other.readiness;
        self.engaged += other.engaged;
        self.qualified += other.qualified;
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        // Units are given as texts: a sum may have more digits than a number of JSON is read with.
        let day = self.day.days_since_epoch();
        let [points, readiness, engaged] = [self.points, self.readiness, self.engaged].map(|units| units.to_string());
        let scales = serde_json::json!({ "points": Points::SCALE, "percent": Percent::SCALE });
        let line = serde_json::json!({ "day": day, "points": points, "readiness": readiness, "engaged": engaged, "qualified": self.qualified, "scales": scales });
        writeln!(out, "{line}")
    }
}

struct Workload {
    graph: AccountGraph,
    signals: Vec<Signal>,
}

impl Workload {
    fn read(folder: &Path, kinds: &[&str], roles: &[&str]) -> Result<Self, Box<dyn Error>> {
        let (graph, ids) = workload::portfolio(folder, roles)?;
        let Columns { contacts, kinds: kind, days, .. } = Columns::read(folder, Vec::new())?;
        let signal = |((who, kind), day): ((u32, u16), i32)| -> Result<Signal, Box<dyn Error>> {
            let day = Day::from_days_since_epoch(day)?;
            Ok(Signal::of_contact(&ids[who as usize], kinds[usize::from(kind)], day.into())?)
        };
        let signals = contacts.into_iter().zip(kind).zip(days).map(signal).collect::<Result<_, _>>()?;
        Ok(Self { graph, signals })
    }
}
