//! `quorate followup`: how soon sales acted on groups that came into qualified, against what the policy promises.

use std::io::{self, BufWriter, Write};

use quorate::{Assessor, follow_ups};

use crate::args::{ExplainFormat, FollowUpArgs};
use crate::closing;
use crate::exit::{Done, Stop};
use crate::funnel::History;
use crate::ready::Ready;
use crate::show::followup;

/// Reads, replays, prints.
pub fn run(args: &FollowUpArgs) -> Result<Done, Stop> {
    let ready = Ready::read_keeping_signals(&args.data)?;
    let (graph, policies) = (&ready.data.graph, ready.chosen.all());
    let assessor = Assessor::new(graph, &ready.data.tally, ready.chosen.policies());
    let history = History::replay(&ready, &assessor, args.begin, args.as_of)?;
    let found = follow_ups(graph, &history.groups, &policies, &ready.data.signals, history.told(args.as_of));
    let found = found.map_err(|error| Stop::bad(error.to_string()))?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ExplainFormat::Text => followup::print(&mut out, &found, &policies, graph, &history, args.as_of)?,
        ExplainFormat::Json => followup::json(&mut out, &found, &policies, history.begin.unwrap_or(history.first), args.as_of)?,
    }
    closing::print(&mut out, args.format, closing::lines(&ready, assessor.run_intake(), Vec::new(), args.data.rejects.as_deref()))?;
    out.flush()?;
    Ok(ready.data.done())
}
