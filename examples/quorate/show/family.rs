//! Families of accounts: as a table, and as JSON.

use std::io::Write;

use comfy_table::{Attribute, Cell};
use quorate::{AccountGraph, Day, GroupAssessment, Percent, Points, PolicyLabel, State, Totals};
use serde::Serialize;

use super::placed::account_name;
use super::spoken::tenths;
use super::table::frame;
use crate::exit::Stop;
use crate::family::Node;
use crate::words::{count, shown};

const HEADER: [&str; 5] = ["Account", "By itself", "Those below", "All together", "Best group of the family"];
/// Levels that are indented; deeper ones say how deep they are.
const LEVELS: usize = 8;

/// Prints the families; accounts that stand alone are counted, unless they are all there is.
pub fn print(out: &mut impl Write, nodes: &[Node<'_>], graph: &AccountGraph, day: Day) -> Result<(), Stop> {
    let in_a_family = |node: &&Node<'_>| node.depth > 0 || node.children > 0 || nodes.len() == 1;
    let shown: Vec<&Node<'_>> = nodes.iter().filter(in_a_family).collect();
    if !shown.is_empty() {
        let mut table = frame();
        table.set_header(HEADER.iter().map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
        for node in &shown {
            table.add_row(row(node, graph));
        }
        writeln!(out, "{}", table.trim_fmt())?;
    }
    let families = shown.iter().filter(|node| node.depth == 0).count() as u64;
    let alone = (nodes.len() - shown.len()) as u64;
    let all = count(shown.len() as u64, "account", "accounts");
    write!(out, "As of {day}: {} of {all}", count(families, "family", "families"))?;
    if alone > 0 {
        write!(out, "; {} without parent or subsidiary, see --format json", count(alone, "account", "accounts"))?;
    }
    writeln!(out, ".\nWhoever is known at several accounts of a family is counted once.\n")?;
    Ok(())
}

fn row(node: &Node<'_>, graph: &AccountGraph) -> Vec<Cell> {
    let nothing = || "no policy applies".to_owned();
    let totals = |of: fn(&quorate::AccountAssessment) -> &Totals| node.assessed.map_or_else(nothing, |one| words(of(one)));
    let below = |of: fn(&quorate::AccountAssessment) -> &Totals| if node.children == 0 { "-".into() } else { totals(of) };
    let cells = [
        name(node, graph),
        totals(|one| &one.own),
        below(|one| &one.children),
        below(|one| &one.total),
        node.best.map_or_else(nothing, best),
    ];
    cells.into_iter().map(Cell::new).collect()
}

/// Name over id, indented by a mark for each level.
fn name(node: &Node<'_>, graph: &AccountGraph) -> String {
    let mark = match node.depth {
        0 => String::new(),
        depth if depth <= LEVELS => format!("{} ", "›".repeat(depth)),
        depth => format!("› {depth} levels down: "),
    };
    let (name, id) = (account_name(node.account, graph), shown(node.account));
    if name == id { format!("{mark}{id}") } else { format!("{mark}{name}\n{id}") }
}

/// `3 accounts, 4 groups`, `2 qualified`, `12 people, 5 engaged`.
fn words(totals: &Totals) -> String {
    let accounts = if totals.accounts == 1 { String::new() } else { format!("{}, ", count(totals.accounts.into(), "account", "accounts")) };
    let (groups, people) = (count(totals.groups.into(), "group", "groups"), count(totals.known.into(), "person", "people"));
    format!("{accounts}{groups}\n{} qualified\n{people}, {} engaged", totals.qualified, totals.engaged)
}

fn best(group: &GroupAssessment) -> String {
    let state = match group.verdict.state {
        State::Qualified => "QUALIFIED",
        State::InsufficientData => "facts needed",
        State::NotYet => "not yet",
        State::Excluded => "excluded",
    };
    let (ready, points) = (tenths(group.readiness.units(), Percent::SCALE), tenths(group.points.units(), Points::SCALE));
    format!("{}\n{state}\n{ready} %, {points} points", shown(group.group_id()))
}

/// All accounts, each followed by those below it, as one JSON object.
pub fn json(out: &mut impl Write, nodes: &[Node<'_>], policies: Vec<&PolicyLabel>, graph: &AccountGraph, day: Day) -> Result<(), Stop> {
    #[derive(Serialize)]
    struct Document<'a> {
        as_of: Day,
        policies: Vec<&'a PolicyLabel>,
        accounts: Vec<Line<'a>>,
    }
    let accounts = nodes.iter().map(|node| Line::of(node, graph)).collect();
    serde_json::to_writer_pretty(&mut *out, &Document { as_of: day, policies, accounts })?;
    writeln!(out)?;
    Ok(())
}

#[derive(Serialize)]
struct Line<'a> {
    account_id: &'a str,
    name: Option<String>,
    parent_id: Option<&'a str>,
    depth: usize,
    own: Option<&'a Totals>,
    children: Option<&'a Totals>,
    total: Option<&'a Totals>,
    /// Of the account itself.
    best: Option<&'a str>,
    best_of_family: Option<Best<'a>>,
}

#[derive(Serialize)]
struct Best<'a> {
    account_id: &'a str,
    group_id: &'a str,
    verdict: &'static str,
    readiness: Percent,
    points: Points,
}

impl<'a> Line<'a> {
    fn of(node: &Node<'a>, graph: &'a AccountGraph) -> Self {
        let assessed = node.assessed;
        Self {
            account_id: node.account,
            name: graph.account(node.account).and_then(|account| account.name),
            parent_id: graph.parent_of(node.account),
            depth: node.depth,
            own: assessed.map(|one| &one.own),
            children: assessed.map(|one| &one.children),
            total: assessed.map(|one| &one.total),
            best: assessed.map(|one| one.best().group_id()),
            best_of_family: node.best.map(|group| Best {
                account_id: group.account_id(),
                group_id: group.group_id(),
                verdict: group.verdict.state.token(),
                readiness: group.readiness,
                points: group.points,
            }),
        }
    }
}
