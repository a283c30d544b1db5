//! `quorate explain`: one group, why its verdict is what it is, what it would take, and whom to reach.

use std::io::{self, BufWriter, Write};

use quorate::{Assessor, Explanation};

use crate::args::{ExplainArgs, ExplainFormat};
use crate::exit::{Done, Stop};
use crate::open::{Opened, open};
use crate::show::explained;

/// Reads, explains, prints.
pub fn run(args: &ExplainArgs) -> Result<Done, Stop> {
    let opened = open(&args.data)?;
    let explanation = explanation(args, &opened)?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ExplainFormat::Text => explained::print(&mut out, &explanation, &opened.data.graph, &opened.chosen, args.all)?,
        ExplainFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &explanation)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(opened.done())
}

/// The group asked for, or the best of the account asked for.
fn explanation(args: &ExplainArgs, opened: &Opened) -> Result<Explanation, Stop> {
    let assessor = Assessor::new(&opened.data.graph, &opened.data.tally, opened.chosen.policies());
    let unknown = |error: quorate::UnknownId| Stop::bad(error.to_string());
    let group = match (&args.which.group, &args.which.account) {
        (Some(group), _) => group.clone(),
        (None, Some(account)) => match assessor.account(account, args.as_of).map_err(unknown)? {
            Some(account) => account.best().group_id().to_owned(),
            None => return Err(no_policy(account)),
        },
        (None, None) => return Err(Stop::bad("give --group or --account")),
    };
    assessor.explain(&group, args.as_of).map_err(unknown)?.ok_or_else(|| no_policy(&group))
}

fn no_policy(id: &str) -> Stop {
    Stop::bad(format!("no policy of the set matches `{}`", crate::words::shown(id)))
}
