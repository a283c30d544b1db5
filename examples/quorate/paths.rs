//! `quorate paths`: who leads to those who decide in a group, or how people are reached from others.

use std::io::{self, BufWriter, Write};

use quorate::{Assessor, GroupAssessment, NetworkError, UnknownId};

use crate::args::{ExplainFormat, PathsArgs};
use crate::closing;
use crate::exit::{Done, Stop};
use crate::network::Networks;
use crate::ready::Ready;
use crate::show::connections::{self, Told};
use crate::show::ways::{self, Ways};
use crate::words::{count, shown};

/// Reads, asks, prints.
pub fn run(args: &PathsArgs) -> Result<Done, Stop> {
    let ready = Ready::read(&args.data)?;
    let networks = Networks::new(&ready.data, &ready.chosen, args.as_of, args.ties.since)?;
    let assessor = Assessor::new(&ready.data.graph, &ready.data.tally, ready.chosen.policies());
    let mut out = BufWriter::new(io::stdout().lock());
    match &args.to {
        Some(to) => between(args, to, &ready, &networks, &mut out)?,
        None => of_group(args, &group(args, &assessor)?, &ready, &networks, &mut out)?,
    }
    closing::print(&mut out, args.format, closing::lines(&ready, assessor.run_intake(), networks.told(), args.data.rejects.as_deref()))?;
    out.flush()?;
    Ok(ready.data.done())
}

fn refused(error: &NetworkError) -> Stop {
    Stop::bad(error.to_string())
}

/// The group asked for, or the best one of the account asked for.
fn group(args: &PathsArgs, assessor: &Assessor<'_>) -> Result<GroupAssessment, Stop> {
    let unknown = |error: UnknownId| Stop::bad(error.to_string());
    let no_policy = |id: &str| Stop::bad(format!("no policy of the set applies to `{}`", shown(id)));
    match (&args.group, &args.account) {
        (Some(id), _) => assessor.group(id, args.as_of).map_err(unknown)?.ok_or_else(|| no_policy(id)),
        (None, account) => {
            // The arguments were checked when they were read: there is an account.
            let id = account.as_deref().unwrap_or_default();
            let assessed = assessor.account(id, args.as_of).map_err(unknown)?.ok_or_else(|| no_policy(id))?;
            let others = assessed.groups().len() - 1;
            if others > 0 {
                let groups = count(others as u64, "other group", "other groups");
                eprintln!("The best group of `{}`; it has {groups}, see --group.", shown(id));
            }
            Ok(assessed.best().clone())
        }
    }
}

fn of_group(args: &PathsArgs, group: &GroupAssessment, ready: &Ready, networks: &Networks<'_>, out: &mut impl Write) -> Result<(), Stop> {
    let network = networks.of(&group.policy);
    let found = network.connections(group).map_err(|error| refused(&error))?;
    let told = Told { group, network, found: &found, graph: &ready.data.graph };
    match args.format {
        ExplainFormat::Text => connections::print(out, &told),
        ExplainFormat::Json => connections::json(out, &told),
    }
}

/// The ways from some people to one other.
fn between(args: &PathsArgs, to: &str, ready: &Ready, networks: &Networks<'_>, out: &mut impl Write) -> Result<(), Stop> {
    let policy = ready.chosen.only("ways between people are judged by one policy")?;
    let network = networks.of(policy.label());
    let called = network.called(to);
    if let Some(same) = args.from.iter().find(|id| *id == to || (called.is_some() && network.called(id) == called)) {
        let same = if same == to { String::new() } else { format!(": `{}` is the same person", shown(same)) };
        return Err(Stop::bad(format!("`{}` is asked about as --from and as --to{same}", shown(to))));
    }
    let rule = network.rule();
    let from: Vec<&str> = args.from.iter().map(String::as_str).collect();
    let paths = network.warm_paths(&from, to, args.count.unwrap_or(rule.paths).into()).map_err(|error| refused(&error))?;
    let resilience = network.resilience(&from, to).map_err(|error| refused(&error))?;
    let ways = Ways { as_of: args.as_of, policy: policy.label(), from: &args.from, to, hops: rule.hops, paths, resilience };
    match args.format {
        ExplainFormat::Text => ways::print(out, &ways, &ready.data.graph),
        ExplainFormat::Json => ways::json(out, &ways, &ready.data.graph),
    }
}
