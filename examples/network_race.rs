//! Ways from person to person, timed: the command that `benches/network_peers/compare.py` runs beside other libraries.
//!
//! ```text
//! $ network_race ties.csv asked.csv > answers.jsonl
//! ```
//!
//! `ties.csv` has the columns from, to and strength, and every tie leads both ways; `asked.csv` has sources, separated by `;`, and a target. For each row
//! asked there is one object: the best three paths of at most four lines with their quality in units of 10⁻⁸, how many paths share nobody, and
//! who is on every path. Times go to stderr as one object, in microseconds, reading and printing left out.

#![allow(clippy::std_instead_of_alloc, clippy::std_instead_of_core, reason = "a program has std")]
#![allow(clippy::disallowed_types, reason = "nothing here is hashed")]

use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::time::{Duration, Instant};

use quorate::{Account, AccountGraph, Contact, Known, Network, Policy, Resilience, Tie, TieKind, WarmPath};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(ties), Some(asked)) = (args.next(), args.next()) else { return Err("usage: network_race TIES ASKED".into()) };
    let ties: Vec<(String, String, u8)> = csv::Reader::from_path(ties)?.deserialize().collect::<Result<_, _>>()?;
    let asked: Vec<(String, String)> = csv::Reader::from_path(asked)?.deserialize().collect::<Result<_, _>>()?;

    let graph = graph(&ties)?;
    let begun = Instant::now();
    let network = Network::new(&graph, &Policy::default(), "2025-05-05".parse()?);
    let built = begun.elapsed();

    let begun = Instant::now();
    let ask = |(sources, target): &(String, String)| network.warm_paths(&sources.split(';').collect::<Vec<_>>(), target, 3);
    let paths: Vec<Vec<WarmPath>> = asked.iter().map(ask).collect::<Result<_, _>>()?;
    let for_paths = begun.elapsed();

    let begun = Instant::now();
    let ask = |(sources, target): &(String, String)| network.resilience(&sources.split(';').collect::<Vec<_>>(), target);
    let lines: Vec<Resilience> = asked.iter().map(ask).collect::<Result<_, _>>()?;
    let for_lines = begun.elapsed();

    let mut out = BufWriter::new(io::stdout().lock());
    for (paths, lines) in paths.iter().zip(&lines) {
        let paths: Vec<_> = paths.iter().map(|path| (path.people().collect::<Vec<_>>(), path.quality.units().to_string())).collect();
        let on_every_path: Vec<&str> = lines.on_every_path.iter().collect();
        let answer = serde_json::json!({ "paths": paths, "disjoint": lines.disjoint.len(), "on_every_path": on_every_path });
        writeln!(out, "{answer}")?;
    }
    out.flush()?;
    let took = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
    let spent = serde_json::json!({ "build": took(built), "paths": took(for_paths), "resilience": took(for_lines) });
    eprintln!("{spent}");
    Ok(())
}

fn graph(ties: &[(String, String, u8)]) -> Result<AccountGraph, Box<dyn Error>> {
    let mut graph = AccountGraph::new();
    graph.add_account(Account::new("acme")?)?;
    for id in ties.iter().flat_map(|(from, to, _)| [from, to]) {
        if graph.contact(id).is_none() {
            graph.add_contact(Contact::new(id, "acme")?)?;
        }
    }
    for (from, to, strength) in ties {
        let (from, to) = (from.parse()?, to.parse()?);
        graph.add_tie(Tie { from, to, kind: TieKind::Knows, strength: *strength, known: Known::ALWAYS })?;
    }
    Ok(graph)
}
