//! `quorate diff`: who changed between two policies or two days, and what made the difference.

use std::io::{self, BufWriter, Write};

use quorate::{Comparison, compare_days, compare_policies};

use crate::args::{DiffArgs, Format};
use crate::exit::{Done, Stop, say};
use crate::load::Dataset;
use crate::policies::Chosen;
use crate::ready::Ready;
use crate::show::changes;

/// Reads, compares, prints.
pub fn run(args: &DiffArgs) -> Result<Done, Stop> {
    let other = args.with.as_deref().map(|path| Chosen::load(Some(path))).transpose()?;
    let Ready { data, chosen } = Ready::read_beside(&args.data, other.as_ref())?;
    let comparison = compare(args, &data, &chosen, other.as_ref())?;
    print(args.format, &comparison, &data)?;
    Ok(data.done())
}

fn compare(args: &DiffArgs, data: &Dataset, chosen: &Chosen, other: Option<&Chosen>) -> Result<Comparison, Stop> {
    let (graph, tally) = (&data.graph, &data.tally);
    match (other, args.as_of, args.from.zip(args.to)) {
        (Some(other), Some(day), _) => Ok(compare_policies(graph, tally, chosen.one()?, other.one()?, day)),
        (_, _, Some((from, to))) if to < from => Err(Stop::bad(format!("--from {from} is after --to {to}; the earlier day comes first"))),
        (_, _, Some((from, to))) => Ok(compare_days(graph, tally, chosen.policies(), from, to)),
        // The arguments were checked when they were read.
        _ => Err(Stop::bad("give --with and --as-of, or --from and --to")),
    }
}

/// The changes on stdout; what they come to below the table, else on stderr.
fn print(format: Format, comparison: &Comparison, data: &Dataset) -> Result<(), Stop> {
    let mut out = BufWriter::new(io::stdout().lock());
    match format {
        Format::Jsonl => changes::json(&mut out, comparison)?,
        Format::Csv => changes::csv(&mut out, comparison, &data.graph)?,
        Format::Table => changes::table(&mut out, comparison, &data.graph)?,
    }
    for line in changes::summary(comparison) {
        if format == Format::Table { writeln!(out, "{line}")? } else { say(line) }
    }
    out.flush()?;
    Ok(())
}
