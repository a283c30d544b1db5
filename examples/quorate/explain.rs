//! `quorate explain`: one group, why its verdict is what it is, what it would take, and whom to reach.

use std::io::{self, BufWriter, Write};

use quorate::{Assessor, Explanation, UnknownId};

use crate::args::{ExplainArgs, ExplainFormat};
use crate::exit::{Done, Stop};
use crate::network::Networks;
use crate::ready::Ready;
use crate::show::explained;
use crate::words::shown;

/// Reads, explains, prints.
pub fn run(args: &ExplainArgs) -> Result<Done, Stop> {
    let ready = Ready::read(&args.data)?;
    let mut explanation = explanation(args, &ready)?;
    let networks = Networks::new(&ready.data, &ready.chosen, args.as_of, args.ties.since)?;
    if ready.data.has_lines() {
        let network = networks.of(&explanation.assessment.policy);
        explanation.connect(network).map_err(|error| Stop::bad(error.to_string()))?;
    }
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ExplainFormat::Text => explained::print(&mut out, &explanation, &ready.data.graph, &ready.chosen, args.all)?,
        ExplainFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &explanation)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(ready.data.done())
}

/// The group asked for, or the best one of the account asked for.
fn explanation(args: &ExplainArgs, ready: &Ready) -> Result<Explanation, Stop> {
    let assessor = Assessor::new(&ready.data.graph, &ready.data.tally, ready.chosen.policies());
    let unknown = |error: UnknownId| Stop::bad(error.to_string());
    let group = match (&args.which.group, &args.which.account) {
        (None, Some(account)) => {
            let assessed = assessor.account(account, args.as_of).map_err(unknown)?.ok_or_else(|| no_policy(account))?;
            assessed.best().group_id().to_owned()
        }
        (group, _) => group.clone().unwrap_or_default(),
    };
    assessor.explain(&group, args.as_of).map_err(unknown)?.ok_or_else(|| no_policy(&group))
}

fn no_policy(id: &str) -> Stop {
    Stop::bad(format!("no policy of the set applies to `{}`", shown(id)))
}
