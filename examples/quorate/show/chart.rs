//! The chart of reporting lines: as an indented tree, for one person, for several, and as JSON.

use std::collections::BTreeMap;
use std::io::Write;

use quorate::{AccountGraph, Day, OrgPerson};
use serde::Serialize;

use super::placed::{Exactly, Person, people, placed};
use crate::exit::Stop;
use crate::words::{count, shown};

/// Levels that are indented; deeper ones stand below each other, and the depth says how deep they are.
const LEVELS: usize = 40;
/// People without a line that are named; the others are counted.
const NAMED: usize = 10;

/// Prints the chart of these people, who come ordered by id, with their managers: everybody below their manager, by id.
pub fn tree(out: &mut impl Write, people: &[OrgPerson], cut: &[(&str, &str)], graph: &AccountGraph, day: Day) -> Result<(), Stop> {
    let find = |id: &str| people.binary_search_by(|one| one.contact.as_str().cmp(id)).ok();
    let (mut tops, mut alone): (Vec<usize>, Vec<&str>) = (Vec::new(), Vec::new());
    for (at, one) in people.iter().enumerate().filter(|(_, one)| one.manager.is_none()) {
        if one.all_reports == 0 { alone.push(&one.contact) } else { tops.push(at) }
    }
    tops.sort_by_key(|at| (std::cmp::Reverse(people[*at].all_reports), *at));
    writeln!(out, "Who reports to whom, as of {day}")?;
    if !tops.is_empty() {
        writeln!(out, "\n depth   span    all")?;
    }
    // A stack of our own: a chart may be deeper than the program's.
    let mut stack: Vec<(usize, Option<String>)> = tops.into_iter().rev().map(|at| (at, None)).collect();
    while let Some((at, home)) = stack.pop() {
        let one = &people[at];
        let indent = "  ".repeat(LEVELS.min(usize::try_from(one.depth).unwrap_or(LEVELS)));
        let who = placed(&one.contact, graph, home.as_deref());
        writeln!(out, "{:>6} {:>6} {:>6}  {indent}{who}", one.depth, one.reports.len(), one.all_reports)?;
        // Where somebody is, is said when it is not where their manager is.
        let own = graph.contact(&one.contact).and_then(|contact| contact.account).map(|account| account.to_string());
        let mut below: Vec<usize> = one.reports.iter().filter_map(find).collect();
        below.reverse();
        stack.extend(below.into_iter().map(|at| (at, own.clone())));
    }
    if !alone.is_empty() {
        writeln!(out, "\n{}: {}", without_lines(alone.len()), some(&alone, graph))?;
    }
    if people.iter().any(|one| one.reports.iter().any(|report| find(report).is_none())) {
        writeln!(out, "\nReports at other accounts are counted and not listed.")?;
    }
    let words = Exactly { graph };
    for (person, manager) in cut {
        let (person, manager) = (words.people([*person].into_iter()), words.people([*manager].into_iter()));
        writeln!(
            out,
            "\nThe line from {person} to {manager} is left out: they would report in a circle, since some of them are several contacts."
        )?;
    }
    writeln!(out, "\ndepth: managers above · span: who reports directly · all: who reports directly or through others\n")?;
    Ok(())
}

fn without_lines(number: usize) -> String {
    count(number as u64, "person of whom no reporting line is known", "people of whom no reporting line is known")
}

fn some(contacts: &[&str], graph: &AccountGraph) -> String {
    let named = Exactly { graph }.people(contacts.iter().take(NAMED).copied());
    if contacts.len() > NAMED { format!("{named} and {} more, see --format json", contacts.len() - NAMED) } else { named }
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    one: &'a OrgPerson,
    #[serde(flatten)]
    person: Person,
}

impl<'a> Row<'a> {
    fn of(one: &'a OrgPerson, graph: &AccountGraph) -> Self {
        Self { one, person: Person::of(&one.contact, graph) }
    }
}

/// The people of the chart, by id, as one JSON object.
pub fn json(out: &mut impl Write, people: &[OrgPerson], cut: &[(&str, &str)], graph: &AccountGraph, day: Day) -> Result<(), Stop> {
    #[derive(Serialize)]
    struct Cut<'a> {
        contact: &'a str,
        manager: &'a str,
    }
    #[derive(Serialize)]
    struct Document<'a> {
        as_of: Day,
        people: Vec<Row<'a>>,
        /// Lines that would close a circle of persons.
        cut_lines: Vec<Cut<'a>>,
    }
    let cut_lines = cut.iter().map(|(contact, manager)| Cut { contact, manager }).collect();
    object(out, &Document { as_of: day, people: people.iter().map(|one| Row::of(one, graph)).collect(), cut_lines })
}

/// Prints somebody, the managers above and who reports there.
pub fn person(out: &mut impl Write, asked: &str, (one, chain): (&OrgPerson, &[&str]), graph: &AccountGraph, day: Day) -> Result<(), Stop> {
    writeln!(out, "{}, as of {day}", placed(&one.contact, graph, None))?;
    if asked != one.contact {
        writeln!(out, "The same person as {}.", shown(asked))?;
    }
    writeln!(out, "Depth {}, span {}, {} in all.", one.depth, one.reports.len(), count(one.all_reports.into(), "report", "reports"))?;
    let list = |out: &mut dyn Write, what: &str, none: &str, contacts: Vec<&str>| -> Result<(), Stop> {
        writeln!(out, "\n{what}")?;
        if contacts.is_empty() {
            writeln!(out, "  {none}")?;
        }
        contacts.iter().try_for_each(|contact| Ok(writeln!(out, "  {}", placed(contact, graph, None))?))
    };
    list(out, "Managers above, the nearest first", "nobody known", chain.to_vec())?;
    list(out, "Reports", "nobody known", one.reports.iter().collect())?;
    writeln!(out)?;
    Ok(())
}

/// The same as JSON.
pub fn person_json(out: &mut impl Write, one: &OrgPerson, chain: &[&str], graph: &AccountGraph, day: Day) -> Result<(), Stop> {
    #[derive(Serialize)]
    struct Document<'a> {
        as_of: Day,
        person: Row<'a>,
        chain: &'a [&'a str],
        people: BTreeMap<String, Person>,
    }
    let all = chain.iter().copied().chain(one.reports.iter());
    object(out, &Document { as_of: day, person: Row::of(one, graph), chain, people: people(all, graph) })
}

/// Prints the nearest manager of several people.
pub fn common(out: &mut impl Write, of: &[&str], manager: Option<&str>, graph: &AccountGraph, day: Day) -> Result<(), Stop> {
    let words = Exactly { graph };
    let whom = words.people(of.iter().copied());
    match manager {
        Some(manager) => writeln!(out, "The nearest manager above {whom}, as of {day}:\n  {}\n", placed(manager, graph, None))?,
        None => writeln!(out, "Nobody is known who stands above all of {whom}, as of {day}.\n")?,
    }
    Ok(())
}

/// The same as JSON.
pub fn common_json(out: &mut impl Write, of: &[&str], manager: Option<&str>, graph: &AccountGraph, day: Day) -> Result<(), Stop> {
    #[derive(Serialize)]
    struct Document<'a> {
        as_of: Day,
        of: &'a [&'a str],
        manager: Option<&'a str>,
        people: BTreeMap<String, Person>,
    }
    object(out, &Document { as_of: day, of, manager, people: people(of.iter().copied().chain(manager), graph) })
}

fn object(out: &mut impl Write, document: &impl Serialize) -> Result<(), Stop> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    writeln!(out)?;
    Ok(())
}
