//! Ways from people to one other: whom to ask, line by line; how many share nobody, and who stands on all.

use std::collections::BTreeMap;
use std::io::Write;

use quorate::{AccountGraph, Day, HopKind, PolicyLabel, Resilience, WarmPath};
use serde::Serialize;

use super::placed::{Exactly, Person, people, placed};
use crate::exit::Stop;
use crate::words::count;

/// What was asked and what was found.
#[derive(Debug, Serialize)]
pub struct Ways<'a> {
    pub as_of: Day,
    pub policy: &'a PolicyLabel,
    pub from: &'a [String],
    pub to: &'a str,
    /// The most lines that a way may have.
    pub hops: u8,
    pub paths: Vec<WarmPath>,
    /// Of ways of any length.
    pub resilience: Resilience,
}

/// One JSON object.
pub fn json(out: &mut impl Write, ways: &Ways<'_>, graph: &AccountGraph) -> Result<(), Stop> {
    #[derive(Serialize)]
    struct Document<'a> {
        #[serde(flatten)]
        ways: &'a Ways<'a>,
        people: BTreeMap<String, Person>,
    }
    let asked = ways.from.iter().map(String::as_str).chain([ways.to]);
    let all = asked.chain(ways.paths.iter().flat_map(WarmPath::people)).chain(of_resilience(&ways.resilience));
    serde_json::to_writer_pretty(&mut *out, &Document { ways, people: people(all, graph) })?;
    writeln!(out)?;
    Ok(())
}

/// Everybody whom it names.
pub fn of_resilience(resilience: &Resilience) -> impl Iterator<Item = &str> {
    resilience.disjoint.iter().flat_map(quorate::PathPeople::iter).chain(resilience.on_every_path.iter())
}

/// For reading.
pub fn print(out: &mut impl Write, ways: &Ways<'_>, graph: &AccountGraph) -> Result<(), Stop> {
    let words = Exactly { graph };
    let from = words.people(ways.from.iter().map(String::as_str));
    writeln!(out, "From {from}\nto {}, as of {}", placed(ways.to, graph, None), ways.as_of)?;
    if ways.paths.is_empty() {
        writeln!(out, "\nNo way of at most {}.", count(ways.hops.into(), "line", "lines"))?;
    } else {
        writeln!(out, "\nThe best ways, at most {} long, with their quality", count(ways.hops.into(), "line", "lines"))?;
    }
    // Where somebody is, is said when it is not where the ways lead.
    let home = graph.contact(ways.to).and_then(|contact| contact.account).map(|account| account.to_string());
    for path in &ways.paths {
        way(out, path, graph, home.as_deref(), 2)?;
    }
    writeln!(out, "\nHow fragile that is")?;
    let asked = if let [only] = ways.from { Some(only.as_str()) } else { None };
    lines(out, &ways.resilience, &words, ("whatever the length", asked), 2)?;
    writeln!(out)?;
    Ok(())
}

/// How many ways share nobody, and who stands on all of them.
pub fn lines(
    out: &mut impl Write,
    resilience: &Resilience,
    words: &Exactly<'_>,
    (whence, asked): (&str, Option<&str>),
    indent: usize,
) -> Result<(), Stop> {
    let ways = resilience.disjoint.len() as u64;
    if ways == 0 {
        writeln!(out, "{:indent$}{whence}: no way at all", "")?;
        return Ok(());
    }
    let nobody = if ways == 1 { "" } else { " that share nobody else" };
    writeln!(out, "{:indent$}{whence}: {}{nobody}", "", count(ways, "way", "ways"))?;
    // That every way begins at the only person asked goes without saying.
    let others: Vec<&str> = resilience.on_every_path.iter().filter(|one| asked != Some(one)).collect();
    if !others.is_empty() {
        writeln!(out, "{:indent$}on every way: {}", "", words.people(others.into_iter()))?;
    }
    Ok(())
}

/// One way: its quality and whom to ask, then a line for each hop with its strength.
pub fn way(out: &mut impl Write, path: &WarmPath, graph: &AccountGraph, home: Option<&str>, indent: usize) -> Result<(), Stop> {
    let mut people = path.people();
    let first = people.next().map_or_else(String::new, |contact| placed(contact, graph, home));
    writeln!(out, "{:indent$}{:<11} ask {first}", "", path.quality.to_string())?;
    for (hop, next) in path.hops.iter().zip(people) {
        writeln!(out, "{:indent$}{:<11}   who {} ({}) {}", "", "", verb(hop.kind), hop.strength, placed(next, graph, home))?;
    }
    Ok(())
}

const fn verb(kind: HopKind) -> &'static str {
    match kind {
        HopKind::ReportsTo => "reports to",
        HopKind::Manages => "manages",
        HopKind::WorksWith => "works with",
        HopKind::Knows => "knows",
        HopKind::Influences => "influences",
    }
}
