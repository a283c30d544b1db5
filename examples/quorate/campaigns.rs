//! `quorate campaigns`: what became of campaigns' signals, whom they reached, which groups came of them, and what that cost.

use std::io::{self, BufWriter, Write};

use quorate::{Assessor, CampaignCost, campaigns};

use crate::args::{CampaignsArgs, ExplainFormat};
use crate::attribute::{minor_digits, unknown_currencies};
use crate::closing;
use crate::exit::{Done, Stop};
use crate::funnel::History;
use crate::ready::Ready;
use crate::show::campaigns as show;

/// Reads, replays, counts, prints.
pub fn run(args: &CampaignsArgs) -> Result<Done, Stop> {
    let ready = Ready::read_campaigns(&args.data)?;
    let assessor = Assessor::new(&ready.data.graph, &ready.data.tally, ready.chosen.policies());
    let history = History::replay(&ready, &assessor, None, args.as_of)?;
    unknown_currencies(ready.data.costs.iter().filter_map(CampaignCost::currency));
    let found = campaigns(&assessor, &history.groups, &ready.data.signals, &ready.data.costs, minor_digits, args.as_of);
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ExplainFormat::Text => show::print(&mut out, &found, history.first)?,
        ExplainFormat::Json => show::json(&mut out, &found, history.first)?,
    }
    closing::print(&mut out, args.format, closing::lines(&ready, assessor.run_intake(), Vec::new(), args.data.rejects.as_deref()))?;
    out.flush()?;
    Ok(ready.data.done())
}
