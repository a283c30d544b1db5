//! `quorate check`: what a data set holds, and what is wrong with it.

use std::io::{self, BufWriter, Write};

use quorate::Assessor;

use crate::args::CheckArgs;
use crate::exit::{Done, Stop};
use crate::load::{BadRows, Keep, Load, Part};
use crate::mapping::Mapping;
use crate::matching::Rules;
use crate::policies::{Chosen, note};
use crate::show::summary;
use crate::words::count;

/// Reads everything, prints every problem and the intake summary. Bad rows are its answer, so they go to stdout.
pub fn run(args: &CheckArgs) -> Result<Done, Stop> {
    let chosen = Chosen::load(args.data.policy.as_deref())?;
    let mapping = args.data.mapping.as_deref().map(Mapping::load).transpose()?;
    let bad = args.data.rejects.as_deref().map_or(BadRows::LeaveOut, BadRows::PutAside);
    let (known, rules) = (chosen.known(), Rules::load(&args.data)?);
    let load = Load {
        data: &args.data.data,
        mapping: mapping.as_ref(),
        known: &known,
        bad,
        part: Part::Everything,
        matching: rules.get(),
        self_report_is_top: args.data.self_report_is_top,
        keep: Keep::Nothing,
    };
    let data = load.read()?;
    // As an assessment does, which says so.
    let chosen = if args.data.policy.is_none() && data.scored { Chosen::default_with_supplied_fit()? } else { chosen };
    let mut out = BufWriter::new(io::stdout().lock());
    let conflicts = summary::conflicts(&data.tally);
    for line in data.findings.lines().chain(conflicts.iter().cloned()) {
        writeln!(out, "{line}")?;
    }
    let found = !data.findings.is_empty() || !conflicts.is_empty();
    if found {
        writeln!(out)?;
    }
    let run = Assessor::new(&data.graph, &data.tally, chosen.policies()).run_intake();
    for line in summary::intake(&data, run) {
        writeln!(out, "{line}")?;
    }
    if let Some(line) = summary::kinds(&data.tally, &chosen) {
        writeln!(out, "{line}")?;
    }
    let graph = &data.graph;
    let (accounts, contacts) = (graph.account_count() as u64, graph.contact_count() as u64);
    writeln!(out, "Usable: {}, {}", count(accounts, "account", "accounts"), count(contacts, "contact", "contacts"))?;
    for finding in chosen.findings() {
        writeln!(out, "Policy {}", note(&finding))?;
    }
    let verdict = match data.tally.conflicts().count() {
        _ if !data.findings.is_empty() => format!("Problems: {}.", data.findings.total()),
        0 => "No row has a problem.".into(),
        ids => format!("No row is left out; of {} with different contents one counts each.", count(ids as u64, "signal id", "signal ids")),
    };
    writeln!(out, "{verdict}")?;
    out.flush()?;
    Ok(if found { Done::Findings } else { Done::Well })
}
