//! `quorate standing`: when each group came in, when it left, and why.

use std::io::{self, BufWriter, Write};

use quorate::{Assessor, Day, SignalTally};

use crate::args::{Format, StandingArgs};
use crate::exit::{Done, Stop, say};
use crate::history::{Days, History, Whose};
use crate::load::Dataset;
use crate::policies::{Chosen, label};
use crate::progress;
use crate::ready::Ready;
use crate::show::{moves, summary};

/// Reads, replays, prints.
pub fn run(args: &StandingArgs) -> Result<Done, Stop> {
    if args.to < args.from {
        return Err(Stop::bad(format!("--to {} lies before --from {}", args.to, args.from)));
    }
    if let Some(begin) = args.begin.filter(|begin| *begin > args.from) {
        return Err(Stop::bad(format!("--begin {begin} lies after --from {}; what is shown must have happened", args.from)));
    }
    let Ready { data, chosen } = Ready::read(&args.data)?;
    answer(args, &data, &chosen)?;
    Ok(data.done())
}

fn answer(args: &StandingArgs, data: &Dataset, chosen: &Chosen) -> Result<(), Stop> {
    let assessor = Assessor::new(&data.graph, &data.tally, chosen.policies());
    let begin = args.begin.unwrap_or_else(|| begin(&data.tally, args.from));
    let each = if args.account.is_some() || args.group.is_some() { 1 } else { data.graph.account_count() as u64 };
    let bar = progress::days("replaying", begin, args.to, each);
    let history = History::tell(&assessor, whose(args), Days { begin, from: args.from, to: args.to }, &bar)?;
    bar.finish_and_clear();
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        Format::Jsonl => moves::json(&mut out, &history.moves)?,
        Format::Csv => moves::csv(&mut out, &history.moves, &data.graph)?,
        Format::Table => moves::table(&mut out, &history.moves, &data.graph)?,
    }
    let mut closing = moves::summary(&history, args.from, args.to);
    closing.push(format!(
        "The history begins on {begin}, with every group out. People, roles and facts are taken as the files have them, on every day."
    ));
    closing.extend(beyond(&data.tally, args.to));
    closing.extend(chosen.all().iter().map(|policy| format!("Policy: {}", label(policy.label()))));
    closing.extend(summary::intake(data, assessor.run_intake()));
    closing.extend(summary::left_out(data, args.data.rejects.as_deref()));
    if args.format == Format::Table {
        for line in &closing {
            writeln!(out, "{line}")?;
        }
    } else {
        closing.iter().for_each(say);
    }
    out.flush()?;
    Ok(())
}

/// With the first signal, so that what is shown does not depend on how much of it is asked for.
fn begin(tally: &SignalTally, from: Day) -> Day {
    tally.days().map_or(from, |days| from.min(*days.start()))
}

/// Days after the last signal are quiet because nothing is known of them.
fn beyond(tally: &SignalTally, to: Day) -> Option<String> {
    let last = tally.days().map(|days| *days.end()).filter(|last| *last < to)?;
    Some(format!("The last signal is of {last}; after it the moves are those that follow if nothing more happens."))
}

fn whose(args: &StandingArgs) -> Whose<'_> {
    match (&args.account, &args.group) {
        (Some(account), _) => Whose::Account(account),
        (None, Some(group)) => Whose::Group(group),
        (None, None) => Whose::Everybody,
    }
}
