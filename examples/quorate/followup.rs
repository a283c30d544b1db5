//! `quorate followup`: how soon sales acted on groups that came into qualified, against what the policy promises.

use std::io::{self, BufWriter, Write};

use quorate::{Assessor, follow_ups};

use crate::args::{ExplainFormat, FollowUpArgs};
use crate::closing;
use crate::exit::{Done, Stop};
use crate::funnel::histories;
use crate::ready::Ready;
use crate::show::followup;

/// Reads, replays, prints.
pub fn run(args: &FollowUpArgs) -> Result<Done, Stop> {
    let ready = Ready::read_keeping_signals(&args.data)?;
    let (graph, policies) = (&ready.data.graph, ready.chosen.all());
    let assessor = Assessor::new(graph, &ready.data.tally, ready.chosen.policies());
    let (begin, histories) = histories(&ready, &assessor, args.begin, args.as_of)?;
    let found = follow_ups(graph, &histories, &policies, &ready.data.signals, args.as_of);
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ExplainFormat::Text => followup::print(&mut out, &found, &policies, graph, begin, args.as_of)?,
        ExplainFormat::Json => followup::json(&mut out, &found, &policies, begin, args.as_of)?,
    }
    closing::print(&mut out, args.format, closing::lines(&ready, assessor.run_intake(), Vec::new(), args.data.rejects.as_deref()))?;
    out.flush()?;
    Ok(ready.data.done())
}
