//! Opening a data set for a command that answers about it.

use crate::args::DataArgs;
use crate::exit::{Stop, say};
use crate::load::{BadRows, Dataset, load};
use crate::mapping::Mapping;
use crate::policies::{Chosen, Known};
use crate::show::summary;

/// Reads a data set whose names are those of the policies; bad rows stop it unless they are put aside. Says what ids are in conflict.
pub fn open(args: &DataArgs, known: &Known) -> Result<Dataset, Stop> {
    let mapping = args.mapping.as_deref().map(Mapping::load).transpose()?;
    let bad = args.rejects.as_deref().map_or(BadRows::Stop, BadRows::PutAside);
    let data = load(&args.data, mapping.as_ref(), known, bad)?;
    if !data.findings.is_empty() && args.rejects.is_none() {
        return Err(refused(&data));
    }
    for line in summary::conflicts(&data.tally) {
        say(line);
    }
    Ok(data)
}

/// Bad rows and nowhere to put them: all of them, and what may be done.
fn refused(data: &Dataset) -> Stop {
    let mut lines: Vec<String> = data.findings.lines().collect();
    lines.push(format!("{}; mend them, or leave those rows out with --rejects FILE", data.findings.total()));
    Stop::Bad(lines)
}

/// Without a policy of one's own, fit scores count when the data set has any.
pub fn with_supplied_fit(args: &DataArgs, data: &Dataset, chosen: Chosen) -> Result<Chosen, Stop> {
    if args.policy.is_some() || !data.scored {
        return Ok(chosen);
    }
    say("note: accounts carry a fit_score, so fit counts as supplied; give --policy to decide otherwise");
    Chosen::default_with_supplied_fit()
}
