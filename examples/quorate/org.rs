//! `quorate org`: who reports to whom.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};

use quorate::{AccountGraph, Assessor, Network, NetworkError, OrgChart, OrgPerson};

use crate::args::{ExplainFormat, OrgArgs};
use crate::closing;
use crate::exit::{Done, Stop};
use crate::ready::Ready;
use crate::show::chart;
use crate::words::{did_you_mean, shown};

/// Reads, asks, prints.
pub fn run(args: &OrgArgs) -> Result<Done, Stop> {
    let ready = Ready::read(&args.data)?;
    let graph = &ready.data.graph;
    // Reporting lines are the same under every policy.
    let policies = ready.chosen.all();
    let policy = policies.first().ok_or_else(|| Stop::bad("the set has no policy"))?;
    let network = Network::new(graph, policy, args.as_of);
    let chart = network.org_chart();
    let mut out = BufWriter::new(io::stdout().lock());
    match (&args.person, args.common.is_empty()) {
        (Some(person), _) => above(args, person, &chart, graph, &mut out)?,
        (None, false) => common(args, &chart, graph, &mut out)?,
        (None, true) => whole(args, &network, graph, &mut out)?,
    }
    let run = Assessor::new(graph, &ready.data.tally, ready.chosen.policies()).run_intake();
    closing::print(&mut out, args.format, closing::lines(&ready, run, Vec::new(), args.data.rejects.as_deref()))?;
    out.flush()?;
    Ok(ready.data.done())
}

fn refused(error: &NetworkError) -> Stop {
    Stop::bad(error.to_string())
}

fn whole(args: &OrgArgs, network: &Network, graph: &AccountGraph, out: &mut impl Write) -> Result<(), Stop> {
    let chart = &network.org_chart();
    let mut people: Vec<OrgPerson> = chart.people().collect();
    if let Some(account) = &args.account {
        let family = family(account, (network, chart), graph)?;
        people.retain(|one| family.contains(&one.contact));
    }
    let cut: Vec<(&str, &str)> = chart.cut_lines().collect();
    match args.format {
        ExplainFormat::Text => chart::tree(out, &people, &cut, graph, args.as_of),
        ExplainFormat::Json => chart::json(out, &people, &cut, graph, args.as_of),
    }
}

/// The people of an account and of those below it, and the managers above them.
fn family(account: &str, (network, chart): (&Network, &OrgChart<'_>), graph: &AccountGraph) -> Result<BTreeSet<String>, Stop> {
    if graph.account(account).is_none() {
        let hint = did_you_mean(account, graph.accounts().take(1_000));
        return Err(Stop::bad(format!("unknown account `{}`{hint}", shown(account))));
    }
    let mut people = BTreeSet::new();
    let mut accounts = vec![account];
    while let Some(account) = accounts.pop() {
        accounts.extend(graph.children_of(account));
        for contact in graph.contacts_of(account) {
            // Somebody who has left is not in the chart.
            let mut next = network.called(contact);
            while let Some(one) = next.filter(|one| people.insert((*one).to_owned())) {
                next = chart.manager(one).map_err(|error| refused(&error))?;
            }
        }
    }
    Ok(people)
}

/// Somebody, the managers above, and who reports there.
fn above(args: &OrgArgs, person: &str, chart: &OrgChart<'_>, graph: &AccountGraph, out: &mut impl Write) -> Result<(), Stop> {
    let chain = chart.chain(person).map_err(|error| refused(&error))?;
    let Some(one) = chart.person(person) else { return Ok(()) };
    match args.format {
        ExplainFormat::Text => chart::person(out, person, (&one, &chain), graph, args.as_of),
        ExplainFormat::Json => chart::person_json(out, &one, &chain, graph, args.as_of),
    }
}

/// The nearest manager of several people.
fn common(args: &OrgArgs, chart: &OrgChart<'_>, graph: &AccountGraph, out: &mut impl Write) -> Result<(), Stop> {
    let people: Vec<&str> = args.common.iter().map(String::as_str).collect();
    let manager = chart.common_manager(&people).map_err(|error| refused(&error))?;
    match args.format {
        ExplainFormat::Text => chart::common(out, &people, manager, graph, args.as_of),
        ExplainFormat::Json => chart::common_json(out, &people, manager, graph, args.as_of),
    }
}
