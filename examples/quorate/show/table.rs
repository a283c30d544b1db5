//! The answer as a table for people: the most ready first.

use std::io::{self, IsTerminal, Write};

use comfy_table::{Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Table, Width, presets};
use quorate::{AccountGraph, GroupAssessment, Reason, Route, Severity, SolutionName, State};

use super::people::{who_decides, who_is_missing};
use super::spoken::tenths;
use crate::exit::Stop;
use crate::policies::{Chosen, label};
use crate::words::shown;

/// Characters a line has when nobody says.
const WIDTH: u16 = 140;
/// Narrower than that, nothing can be read.
const WIDTH_MIN: u16 = 80;

/// From that width on every column has room of its own; below, they are stacked into three.
pub const WIDE: u16 = 115;

const HEADER: [&str; 6] = ["Account", "Verdict, stage", "Readiness", "Who decides", "Who is missing", "Gaps"];
const STACKED: [&str; 3] = ["Account", "Who decides, who is missing", "Gaps"];

/// Prints groups, with a legend.
pub fn print(out: &mut impl Write, mut groups: Vec<GroupAssessment>, graph: &AccountGraph, chosen: &Chosen) -> Result<(), Stop> {
    groups.sort_by(|a, b| {
        let key = |one: &GroupAssessment| (one.verdict.state, one.readiness, one.points);
        key(b).cmp(&key(a)).then_with(|| (a.account_id(), a.group_id()).cmp(&(b.account_id(), b.group_id())))
    });
    let mut table = frame();
    let wide = table.width().is_none_or(|width| width >= WIDE);
    let bold = |name: &&str| Cell::new(name).add_attribute(Attribute::Bold);
    table.set_header(if wide { HEADER.iter().map(bold).collect::<Vec<_>>() } else { STACKED.iter().map(bold).collect() });
    for group in &groups {
        table.add_row(if wide { row(group, graph, chosen) } else { stacked(group, graph, chosen) });
    }
    shape(&mut table, wide);
    writeln!(out, "{}", table.trim_fmt())?;
    legend(out, &groups)?;
    Ok(())
}

/// An empty table as wide as the terminal, or as asked for.
pub fn frame() -> Table {
    let mut table = Table::new();
    let colours = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let width = asked.or_else(|| table.width()).unwrap_or(WIDTH).max(WIDTH_MIN);
    table.load_style(presets::UTF8_HORIZONTAL_ONLY);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width);
    if colours {
        table.enforce_styling()
    } else {
        table.force_no_tty()
    };
    table
}

/// Gives columns the width of their content, but no more than that many characters.
pub fn narrow(table: &mut Table, most: &[(usize, u16)]) {
    let content = table.column_max_content_widths();
    for (number, most) in most {
        if let Some(column) = table.column_mut(*number) {
            // A column's width counts its padding of one character on each side.
            let width = content[*number].min(*most).saturating_add(2);
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        }
    }
}

/// The columns of sentences take what the others leave.
fn shape(table: &mut Table, wide: bool) {
    narrow(table, if wide { &[(0, 26), (1, 24), (2, u16::MAX), (5, u16::MAX)] } else { &[(0, 26), (2, u16::MAX)] });
    let numbers: &[usize] = if wide { &[2, 5] } else { &[2] };
    for number in numbers {
        if let Some(column) = table.column_mut(*number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

/// A group with a column for everything.
fn row(group: &GroupAssessment, graph: &AccountGraph, chosen: &Chosen) -> Vec<Cell> {
    let deciding = chosen.deciding(&group.policy);
    let (verdict, colour) = verdict(group);
    vec![
        Cell::new(account(group, graph)),
        coloured(verdict, colour),
        Cell::new(readiness(group)),
        Cell::new(who_decides(group, &deciding, graph)),
        coloured(who_is_missing(group, &deciding, graph), is_critical(group).then_some(Color::Red)),
        Cell::new(gaps(group)),
    ]
}

/// A group with what it is stacked on the left and its people on the right.
fn stacked(group: &GroupAssessment, graph: &AccountGraph, chosen: &Chosen) -> Vec<Cell> {
    let deciding = chosen.deciding(&group.policy);
    let (verdict, colour) = verdict(group);
    let people = format!("{}\n- missing -\n{}", who_decides(group, &deciding, graph), who_is_missing(group, &deciding, graph));
    vec![coloured(format!("{}\n{verdict}\n{}", account(group, graph), readiness(group)), colour), Cell::new(people), Cell::new(gaps(group))]
}

fn coloured(text: String, colour: Option<Color>) -> Cell {
    let cell = Cell::new_owned(text);
    match colour {
        Some(colour) => cell.fg(colour),
        None => cell,
    }
}

fn is_critical(group: &GroupAssessment) -> bool {
    group.gaps.iter().any(|gap| gap.severity == Severity::Critical)
}

/// Name and id; and the group where it is one of its own.
pub fn who(account: &str, group: &str, solution: Option<&SolutionName>, graph: &AccountGraph) -> String {
    let id = shown(account);
    let mut lines = match graph.account(account).and_then(|account| account.name) {
        Some(name) => vec![shown(&name), id],
        None => vec![id],
    };
    if group != account {
        lines.push(format!("group {}", shown(group)));
    }
    lines.extend(solution.map(|solution| format!("for {}", shown(solution.as_str()))));
    lines.join("\n")
}

fn account(group: &GroupAssessment, graph: &AccountGraph) -> String {
    who(group.account_id(), group.group_id(), group.solution.as_ref(), graph)
}

/// The verdict over the stage, and a colour for terminals.
fn verdict(group: &GroupAssessment) -> (String, Option<Color>) {
    let verdict = &group.verdict;
    let why = verdict.reasons.iter().find_map(|reason| match reason {
        Reason::AccountExcluded { reason } => Some(shown(reason)),
        Reason::Disqualified { .. } | Reason::ExclusionRule => Some("by policy".into()),
        _ => None,
    });
    let (word, colour) = match (verdict.state, verdict.route) {
        (State::Qualified, Some(Route::HandRaise)) => ("QUALIFIED (asked)".into(), Some(Color::Green)),
        (State::Qualified, _) => ("QUALIFIED (rule)".into(), Some(Color::Green)),
        (State::NotYet, _) => ("not yet".into(), None),
        (State::InsufficientData, _) => ("facts needed".into(), Some(Color::Yellow)),
        (State::Excluded, _) => (why.map_or_else(|| "excluded".into(), |why| format!("excluded: {why}")), Some(Color::DarkGrey)),
    };
    (format!("{word}\n{}", group.stage.token().replace('_', " ")), colour)
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

fn legend(out: &mut impl Write, groups: &[GroupAssessment]) -> io::Result<()> {
    let mut labels: Vec<_> = groups.iter().map(|group| &group.policy).collect();
    labels.sort();
    labels.dedup();
    let policies: Vec<String> = labels.iter().map(|one| label(one)).collect();
    let day = groups.first().map_or_else(String::new, |group| format!("As of {}. ", group.as_of));
    writeln!(out, "{day}Policy: {}", if policies.is_empty() { "none applies".into() } else { policies.join(", ") })?;
    writeln!(
        out,
        "Readiness: how much of the interest needed from the roles needed is there. Points: all interest shown, and how it moved."
    )?;
    writeln!(
        out,
        "silent: holds the role, shows no interest · gone quiet: did, but not of late · Gaps: all that is missing or at risk, (n!) critical"
    )?;
    writeln!(out)
}
