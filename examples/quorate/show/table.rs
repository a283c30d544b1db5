//! The answer as a table for people: the most ready first.

use std::io::{self, IsTerminal, Write};

use comfy_table::{Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Table, Width, presets};
use quorate::{AccountGraph, GroupAssessment, Reason, Route, Severity, State};

use super::people::{who_decides, who_is_missing};
use crate::exit::Stop;
use crate::policies::{Chosen, label};
use crate::words::shown;

/// Characters a line has when nobody says.
const WIDTH: u16 = 140;
/// Narrower than that, nothing can be read.
const WIDTH_MIN: u16 = 80;

const HEADER: [&str; 6] = ["Account", "Verdict, stage", "Readiness", "Who decides", "Who is missing", "Gaps"];

/// Prints groups, with a legend.
pub fn print(out: &mut impl Write, mut groups: Vec<GroupAssessment>, graph: &AccountGraph, chosen: &Chosen) -> Result<(), Stop> {
    groups.sort_by(|a, b| {
        let key = |one: &GroupAssessment| (one.verdict.state, one.readiness, one.points);
        key(b).cmp(&key(a)).then_with(|| (a.account_id(), a.group_id()).cmp(&(b.account_id(), b.group_id())))
    });
    let mut table = frame();
    for group in &groups {
        table.add_row(row(group, graph, chosen));
    }
    shape(&mut table);
    writeln!(out, "{}", table.trim_fmt())?;
    legend(out, &groups)?;
    Ok(())
}

fn frame() -> Table {
    let mut table = Table::new();
    let colours = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let wide = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).or_else(|| table.width());
    table.load_style(presets::UTF8_HORIZONTAL_ONLY);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(wide.unwrap_or(WIDTH).max(WIDTH_MIN));
    if colours { table.enforce_styling() } else { table.force_no_tty() };
    table.set_header(HEADER.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    table
}

/// The two columns of sentences take what the others leave; the account's gives way first when there is little.
fn shape(table: &mut Table) {
    let widths = table.column_max_content_widths();
    let line = table.width().unwrap_or(WIDTH);
    let account = widths.first().copied().unwrap_or(0).min(if line < 120 { 18 } else { 26 });
    let fixed = [(0, account), (1, widths[1].min(24)), (2, widths[2]), (5, widths[5])];
    for (number, width) in fixed {
        if let Some(column) = table.column_mut(number) {
            // A column's width counts its padding of one character on each side.
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width + 2)));
        }
    }
    for number in [2, 5] {
        if let Some(column) = table.column_mut(number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

fn row(group: &GroupAssessment, graph: &AccountGraph, chosen: &Chosen) -> Vec<Cell> {
    let deciding = chosen.deciding(&group.policy);
    let critical = group.gaps.iter().any(|gap| gap.severity == Severity::Critical);
    let missing = Cell::new(who_is_missing(group, &deciding, graph));
    vec![
        Cell::new(account(group, graph)),
        verdict(group),
        Cell::new(readiness(group)),
        Cell::new(who_decides(group, &deciding, graph)),
        if critical { missing.fg(Color::Red) } else { missing },
        Cell::new(gaps(group)),
    ]
}

/// Name and id; and the group where it is one of its own.
fn account(group: &GroupAssessment, graph: &AccountGraph) -> String {
    let id = shown(group.account_id());
    let mut lines = match graph.account(group.account_id()).and_then(|account| account.name) {
        Some(name) => vec![shown(&name), id],
        None => vec![id],
    };
    if group.group_id() != group.account_id() {
        lines.push(format!("group {}", shown(group.group_id())));
    }
    lines.extend(group.solution.as_ref().map(|solution| format!("for {}", shown(solution.as_str()))));
    lines.join("\n")
}

/// The verdict over the stage.
fn verdict(group: &GroupAssessment) -> Cell {
    let verdict = &group.verdict;
    let why = verdict.reasons.iter().find_map(|reason| match reason {
        Reason::AccountExcluded { reason } => Some(shown(reason)),
        Reason::Disqualified | Reason::ExclusionRule => Some("by policy".into()),
        _ => None,
    });
    let (word, colour) = match (verdict.state, verdict.route) {
        (State::Qualified, Some(Route::HandRaise)) => ("QUALIFIED (asked)".into(), Some(Color::Green)),
        (State::Qualified, _) => ("QUALIFIED (rule)".into(), Some(Color::Green)),
        (State::NotYet, _) => ("not yet".into(), None),
        (State::InsufficientData, _) => ("facts needed".into(), Some(Color::Yellow)),
        (State::Excluded, _) => (why.map_or_else(|| "excluded".into(), |why| format!("excluded: {why}")), Some(Color::DarkGrey)),
    };
    let cell = Cell::new(format!("{word}\n{}", group.stage.token().replace('_', " ")));
    match colour {
        Some(colour) => cell.fg(colour),
        None => cell,
    }
}

/// Readiness over points and where they go: `43.6 %`, `117.2 points`, `rising +40.1`.
fn readiness(group: &GroupAssessment) -> String {
    let change = group.momentum.change.units();
    let sign = if change > 0 { "+" } else { "" };
    let (ready, points) = (tenths(group.readiness.units(), 4), tenths(group.points.units(), 13));
    format!("{ready} %\n{points} points\n{} {sign}{}", group.momentum.trend, tenths(change, 13))
}

/// How many gaps, and how many of them critical: `7 (2!)`.
fn gaps(group: &GroupAssessment) -> String {
    let critical = group.gaps.iter().filter(|gap| gap.severity == Severity::Critical).count();
    if critical == 0 { group.gaps.len().to_string() } else { format!("{} ({critical}!)", group.gaps.len()) }
}

/// A number kept in units of its `scale`th decimal, to one decimal, cut off towards zero: no number looks as if it had reached a bound.
fn tenths(units: i128, scale: u32) -> String {
    let tenths = units / 10_i128.pow(scale - 1);
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", (tenths / 10).abs(), (tenths % 10).abs())
}

fn legend(out: &mut impl Write, groups: &[GroupAssessment]) -> io::Result<()> {
    let mut labels: Vec<_> = groups.iter().map(|group| &group.policy).collect();
    labels.sort();
    labels.dedup();
    let policies: Vec<String> = labels.iter().map(|one| label(one)).collect();
    let day = groups.first().map_or_else(String::new, |group| format!("As of {}. ", group.as_of));
    writeln!(out, "{day}Policy: {}", if policies.is_empty() { "none applies".into() } else { policies.join(", ") })?;
    writeln!(out, "Readiness: how much of the interest needed from the roles needed is there. Points: all interest shown, and its change in four weeks.")?;
    writeln!(out, "silent: holds the role, shows no interest · gone quiet: did, but not of late · Gaps: what is missing or at risk, (n!) so many critical")?;
    writeln!(out)
}
