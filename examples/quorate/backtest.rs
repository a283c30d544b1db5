//! `quorate backtest`: what policies would have said in the past, by what was known then, and what became of it.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use quorate::{Assessor, BackTest, BackTestOptions, Contender, DecisionDays, Timeline, back_test, back_test_deals, last_outcome_day};

use crate::args::{BackTestArgs, Every, ExplainFormat, RowSource};
use crate::closing;
use crate::deal_rows;
use crate::exit::{Done, Stop, say};
use crate::policies::Chosen;
use crate::ready::Ready;
use crate::show::backtest;
use crate::words::thousands;

/// What leads are called in the report.
const LEADS: &str = "leads one by one";

/// Reads, replays, prints.
pub fn run(args: &BackTestArgs) -> Result<Done, Stop> {
    match &args.case {
        Some(case) => of_rows(args, case),
        None => of_groups(args),
    }
}

fn of_groups(args: &BackTestArgs) -> Result<Done, Stop> {
    let ready = Ready::read_keeping_rows(&args.data)?;
    let others = others(args)?;
    let timeline = Timeline::new(&ready.data.signals);
    let mut contenders = contenders(&ready.chosen, &others);
    let first = ready.chosen.all().first().copied().filter(|_| !args.no_mql);
    contenders.extend(first.map(|policy| Contender::leads(LEADS, policy)));
    let options = options(args, days(args, &ready, &timeline)?);
    let found = back_test(&ready.data.graph, &timeline, &contenders, &options).map_err(|error| Stop::bad(error.to_string()))?;
    let intake = Assessor::new(&ready.data.graph, &ready.data.tally, ready.chosen.policies()).run_intake();
    print(args, &found, closing::lines(&ready, intake, Vec::new(), args.data.rejects.as_deref()))?;
    Ok(ready.data.done())
}

fn of_rows(args: &BackTestArgs, case: &RowSource) -> Result<Done, Stop> {
    let (chosen, others) = (Chosen::load(args.data.policy.as_deref())?, others(args)?);
    let rows = deal_rows::read(args, case)?;
    // The days do not matter to deals, which have their own.
    let options = options(args, DecisionDays::BeforeEachOpportunity);
    let contenders = contenders(&chosen, &others);
    let found = back_test_deals(&rows.deals, &contenders, &options).map_err(|error| Stop::bad(error.to_string()))?;
    if !rows.outcome_columns.is_empty() {
        say(format!("note: {} of {} say how a case ended, and are no attributes", rows.outcome_columns.join(", "), case.file));
    }
    let read: Vec<String> = rows.read.iter().map(|(file, rows)| format!("{file} {}", thousands(*rows))).collect();
    print(args, &found, vec![format!("Rows: {}", read.join(" · "))])?;
    Ok(Done::Well)
}

fn print(args: &BackTestArgs, found: &BackTest, lines: Vec<String>) -> Result<(), Stop> {
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ExplainFormat::Text => backtest::text(&mut out, found)?,
        ExplainFormat::Json => {
            serde_json::to_writer_pretty(&mut out, found)?;
            writeln!(out)?;
        }
    }
    closing::print(&mut out, args.format, lines)?;
    out.flush()?;
    Ok(())
}

fn options(args: &BackTestArgs, days: DecisionDays) -> BackTestOptions {
    let mut options = BackTestOptions::on(days);
    options.horizon_days = args.horizon;
    options.held_out_percent = args.held_out;
    options.data_end = args.data_end;
    options.top.clone_from(&args.top);
    options
}

/// The policies that stand beside the first.
fn others(args: &BackTestArgs) -> Result<Vec<Chosen>, Stop> {
    args.against.iter().map(|path| Chosen::load(Some(Path::new(path)))).collect()
}

/// Each by the name of its first policy; a name that is taken gets a number.
fn contenders<'a>(chosen: &'a Chosen, others: &'a [Chosen]) -> Vec<Contender<'a>> {
    let mut contenders: Vec<Contender<'a>> = Vec::new();
    for chosen in [chosen].into_iter().chain(others) {
        let name = chosen.all().first().map_or_else(|| "policy".to_owned(), |policy| format!("{} {}", policy.name(), policy.version()));
        let taken = |name: &str| contenders.iter().any(|one| one.name == name);
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let name = [name.clone()].into_iter().chain(numbered).find(|name| !taken(name)).unwrap_or(name);
        contenders.push(Contender::groups(&name, chosen.policies()));
    }
    contenders
}

/// The days on which is decided.
fn days(args: &BackTestArgs, ready: &Ready, timeline: &Timeline<'_>) -> Result<DecisionDays, Stop> {
    let step = match args.every {
        Every::Day => 1,
        Every::Week => 7,
        Every::Opportunity if args.from.or(args.to).is_some() => {
            return Err(Stop::bad("--from and --to are days of a calendar; with --every opportunity each opportunity has its own"));
        }
        Every::Opportunity => return Ok(DecisionDays::BeforeEachOpportunity),
    };
    let first = args
        .from
        .or_else(|| timeline.first_day())
        .ok_or_else(|| Stop::bad("there is no signal, so there is no day to decide on; try --every opportunity"))?;
    let rule = ready.chosen.all().first().map(|policy| policy.document().back_test.horizon_days);
    let horizon = args.horizon.or(rule).unwrap_or(0);
    let end = args.data_end.or_else(|| last_outcome_day(&ready.data.graph)).unwrap_or(first);
    let last = args.to.or_else(|| end.checked_minus_days(horizon)).unwrap_or(first);
    if args.to.is_none() && last < first {
        return Err(Stop::bad(format!(
            "no decision has {horizon} days to be judged by: the first is on {first}, outcomes are known until {end}; give fewer days with --horizon"
        )));
    }
    Ok(DecisionDays::Every { first, last, step })
}
