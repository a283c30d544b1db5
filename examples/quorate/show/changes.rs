//! A comparison in its forms.

use std::fmt;
use std::io::Write;

use comfy_table::{Attribute, Cell};
use quorate::{AccountGraph, Between, Comparison, English, Factor, GroupChange, GroupOutcome, Route, State, Wording};

use super::spoken::{Spoken, tenths};
use super::table::frame;
use crate::exit::Stop;
use crate::policies::label;
use crate::words::{count, shown, shown_whole};

/// Differences of two policies that the summary names before it counts the rest.
const DIFFERENCES: usize = 20;
/// Causes that the summary names before it counts the rest.
const CAUSES: usize = 20;

const HEADER: [&str; 5] = ["Account", "Was", "Is", "Points", "Why"];

/// The columns of the CSV form. New ones may be added at the end; none is renamed.
const COLUMNS: [&str; 19] = [
    "account_id",
    "account_name",
    "group_id",
    "verdict_before",
    "route_before",
    "stage_before",
    "points_before",
    "readiness_before",
    "verdict_after",
    "route_after",
    "stage_after",
    "points_after",
    "readiness_after",
    "gained",
    "faded",
    "people",
    "cause",
    "paths",
    "why",
];

/// Why a group changed, in somebody's words.
struct Why<'a, W>(&'a GroupChange, W);

impl<W: Wording> fmt::Display for Why<'_, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.1.why(f, self.0)
    }
}

/// What moved its points, in English.
struct Moved<'a>(&'a GroupChange);

impl fmt::Display for Moved<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        English.movement(f, self.0)
    }
}

/// JSON Lines: one object a group that changed.
pub fn json(out: &mut impl Write, comparison: &Comparison) -> Result<(), Stop> {
    for change in &comparison.changed {
        serde_json::to_writer(&mut *out, change)?;
        writeln!(out)?;
    }
    Ok(())
}

/// CSV: one row a group that changed, lists separated by `;`, numbers exact.
pub fn csv(out: &mut impl Write, comparison: &Comparison, graph: &AccountGraph) -> Result<(), Stop> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for change in &comparison.changed {
        writer.write_record(row(change, graph))?;
    }
    writer.flush()?;
    Ok(())
}

fn row(change: &GroupChange, graph: &AccountGraph) -> Vec<String> {
    let name = graph.account(&change.account_id).and_then(|account| account.name).unwrap_or_default();
    let mut cells = vec![change.account_id.clone(), name, change.group_id.clone()];
    for outcome in [&change.before, &change.after] {
        let route = outcome.route.map_or("", Route::token);
        cells.extend([outcome.state.token().into(), route.into(), outcome.stage.token().into()]);
        cells.extend([outcome.points.to_string(), outcome.readiness.to_string()]);
    }
    let movement = change.movement.map(|one| [one.gained, one.faded, one.people].map(|part| part.to_string()));
    cells.extend(movement.unwrap_or_default());
    let paths: Vec<&str> = change.cause.factors().iter().map(Factor::path).collect();
    cells.extend([change.cause.code().into(), paths.join(";"), Why(change, English).to_string()]);
    cells
}

/// A table for people; those who are qualified now first, those who no longer are next.
pub fn table(out: &mut impl Write, comparison: &Comparison, graph: &AccountGraph) -> Result<(), Stop> {
    if comparison.changed.is_empty() {
        return Ok(());
    }
    let mut changed: Vec<&GroupChange> = comparison.changed.iter().collect();
    let qualified = |outcome: &GroupOutcome| outcome.state == State::Qualified;
    changed.sort_by_key(|change| (!qualified(&change.after), !qualified(&change.before)));
    let mut table = frame();
    table.set_header(HEADER.iter().map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    for change in changed {
        table.add_row(vec![
            account(change, graph),
            outcome(&change.before),
            outcome(&change.after),
            points(change),
            shown_whole(&Why(change, Spoken { graph }).to_string()),
        ]);
    }
    writeln!(out, "{}", table.trim_fmt())?;
    writeln!(out)?;
    Ok(())
}

fn account(change: &GroupChange, graph: &AccountGraph) -> String {
    let name = graph.account(&change.account_id).and_then(|account| account.name);
    let mut lines: Vec<String> = name.iter().map(|name| shown(name)).collect();
    lines.push(shown(&change.account_id));
    if change.group_id != change.account_id {
        lines.push(format!("group {}", shown(&change.group_id)));
    }
    lines.join("\n")
}

fn outcome(outcome: &GroupOutcome) -> String {
    let verdict = match (outcome.state, outcome.route) {
        (State::Qualified, Some(Route::HandRaise)) => "QUALIFIED (asked)",
        (State::Qualified, _) => "QUALIFIED (rule)",
        (State::NotYet, _) => "not yet",
        (State::InsufficientData, _) => "facts needed",
        (State::Excluded, _) => "excluded",
    };
    format!("{verdict}\n{}", outcome.stage.token().replace('_', " "))
}

/// The points, and between days what moved them, a line each.
fn points(change: &GroupChange) -> String {
    let moved = Moved(change).to_string();
    let (before, after) = (change.before.points, change.after.points);
    match moved.split_once(": ") {
        Some((points, parts)) => format!("{points}\n{}", parts.replace(", ", "\n")),
        None if before == after => tenths(after.units(), 13),
        None => format!("{} → {}", tenths(before.units(), 13), tenths(after.units(), 13)),
    }
}

/// What was compared, how many changed and stayed, and the causes.
pub fn summary(comparison: &Comparison) -> Vec<String> {
    let mut lines = vec![between(comparison)];
    let changed = comparison.changed.len() as u64;
    let groups = count(comparison.groups as u64, "group", "groups");
    let stayed = count(comparison.stayed() as u64, "kept its verdict", "kept their verdict");
    lines.push(format!("Of {groups}, {changed} changed and {stayed} ({} of those moved in points, readiness or stage)", comparison.moved));
    lines.extend(causes(comparison));
    lines.extend(differences(comparison));
    lines
}

fn between(comparison: &Comparison) -> String {
    match &comparison.between {
        Between::Policies { before, after, day } => format!("From policy {} to {}, as of {day}", label(before), label(after)),
        Between::Days { before, after } => format!("From {before} to {after}"),
    }
}

fn causes(comparison: &Comparison) -> Vec<String> {
    let named = comparison.causes.iter().take(CAUSES);
    let mut lines: Vec<String> =
        named.map(|one| format!("  {}: {}", count(one.groups as u64, "group", "groups"), shown_whole(&one.cause.to_string()))).collect();
    let more: usize = comparison.causes.iter().skip(CAUSES).map(|one| one.groups).sum();
    if more > 0 {
        lines.push(format!("  {} by other causes", count(more as u64, "group", "groups")));
    }
    if !lines.is_empty() {
        lines.insert(0, "What made the difference (of each group the first cause):".into());
    }
    lines
}

fn differences(comparison: &Comparison) -> Vec<String> {
    let all = &comparison.differences;
    if matches!(comparison.between, Between::Days { .. }) {
        return Vec::new();
    }
    let places = count(all.len() as u64, "place", "places");
    let tried = if comparison.by_section { "; so many that causes are sought section by section" } else { "" };
    let mut lines = vec![format!("The policies differ in {places}{tried}{}", if all.is_empty() { "" } else { ":" })];
    lines.extend(all.iter().take(DIFFERENCES).map(|one| format!("  {}", shown_whole(&one.to_string()))));
    if all.len() > DIFFERENCES {
        lines.push(format!("  and {} more", all.len() - DIFFERENCES));
    }
    lines
}
