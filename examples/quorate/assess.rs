//! `quorate assess`: every account of a data set, judged.

use std::io::{self, BufWriter, Write};

use quorate::{Assessor, GroupAssessment};

use crate::args::{AssessArgs, Format};
use crate::exit::{Done, Stop, say};
use crate::load::Dataset;
use crate::network::Networks;
use crate::policies::{Chosen, label};
use crate::ready::Ready;
use crate::show::{lines, summary, table};

/// Reads, assesses, prints.
pub fn run(args: &AssessArgs) -> Result<Done, Stop> {
    let Ready { data, chosen } = Ready::read(&args.data)?;
    answer(args, &data, &chosen)?;
    Ok(data.done())
}

fn answer(args: &AssessArgs, data: &Dataset, chosen: &Chosen) -> Result<(), Stop> {
    let assessor = Assessor::new(&data.graph, &data.tally, chosen.policies());
    // A single account is looked for before anything is printed.
    let of_one = match &args.account {
        None => None,
        Some(id) => Some(assessor.account(id, args.as_of).map_err(|error| Stop::bad(error.to_string()))?),
    };
    let groups: Box<dyn Iterator<Item = GroupAssessment>> = match of_one {
        Some(account) => Box::new(account.into_iter().flat_map(|account| account.groups().to_vec())),
        None => Box::new(assessor.groups(args.as_of)),
    };
    let networks = Networks::new(data, chosen, args.as_of, args.ties.since)?;
    // Where nobody knows of a line between people, there is nothing to be asked, and no network to be made.
    let mut connecting = data.has_lines().then(|| networks.connecting());
    let mut out = BufWriter::new(io::stdout().lock());
    let mut totals = summary::Totals::new(assessor.run_intake());
    let groups = groups.map(|mut group| {
        if let Some(connecting) = &mut connecting {
            connecting.add_gaps(&mut group);
        }
        totals.add(&group);
        group
    });
    match args.format {
        Format::Jsonl => lines::json(&mut out, groups)?,
        Format::Csv => lines::csv(&mut out, groups, &data.graph)?,
        Format::Table => table::print(&mut out, groups.collect(), &data.graph, chosen)?,
    }
    let closing = totals.lines(data, args.data.rejects.as_deref(), networks.told());
    if args.format == Format::Table {
        for line in &closing {
            writeln!(out, "{line}")?;
        }
    } else {
        chosen.all().iter().for_each(|policy| say(format!("Policy: {}", label(policy.label()))));
        closing.iter().for_each(say);
    }
    out.flush()?;
    Ok(())
}
