//! Moves of groups over time: as a table, as lines for machines, and summed up.

use std::collections::BTreeMap;
use std::io::Write;

use comfy_table::{Attribute, Cell, Color, ColumnConstraint, Width};
use quorate::{AccountGraph, Day, Move, MoveReason, Place, Reason, Route, Wording};
use serde::Serialize;

use super::spoken::Spoken;
use super::table::{frame, who};
use crate::exit::Stop;
use crate::history::{History, Told};
use crate::words::{count, shown_whole, thousands};

const HEADER: [&str; 4] = ["Day", "Account", "Move", "Why"];

/// The columns of the CSV form. New ones may be added at the end; none is renamed.
const COLUMNS: [&str; 10] = ["day", "account_id", "account_name", "group_id", "solution", "from", "to", "in_since", "reason", "message"];

/// Prints the moves for people.
pub fn table(out: &mut impl Write, moves: &[Told], graph: &AccountGraph) -> Result<(), Stop> {
    if moves.is_empty() {
        return Ok(());
    }
    let mut table = frame();
    table.set_header(HEADER.iter().map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    for told in moves {
        let (what, colour) = what(&told.moved);
        let account = who(&told.account, told.moved.group.as_str(), told.solution.as_ref(), graph);
        let what = colour.map_or_else(|| Cell::new(&what), |colour| Cell::new(&what).fg(colour));
        table.add_row(vec![Cell::new(told.moved.day), Cell::new(account), what, Cell::new(why(told, graph))]);
    }
    let content = table.column_max_content_widths();
    for (number, most) in [(0, 10), (1, 30), (2, 24)] {
        if let Some(column) = table.column_mut(number) {
            // A column's width counts its padding of one character on each side.
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(content[number].min(most).saturating_add(2))));
        }
    }
    writeln!(out, "{}", table.trim_fmt())?;
    Ok(())
}

/// What happened, in a few words, and a colour for terminals.
fn what(moved: &Move) -> (String, Option<Color>) {
    match (moved.from, moved.to) {
        (Place::Out { .. }, Place::In { route: Route::Rule, .. }) => ("IN (rule)".into(), Some(Color::Green)),
        (Place::Out { .. }, _) => ("IN (asked)".into(), Some(Color::Green)),
        (Place::In { since, .. }, Place::Out { .. }) => {
            let days = u64::from(moved.day.days_since(since).unsigned_abs());
            (format!("out\nafter {}", count(days, "day", "days")), Some(Color::DarkGrey))
        }
        (Place::In { .. }, Place::In { route: Route::Rule, .. }) => ("stays in (rule)\nwas: asked".into(), None),
        (Place::In { .. }, _) => ("stays in (asked)\nwas: rule".into(), None),
    }
}

/// The reason; for the rule also what was new on that day.
fn why(told: &Told, graph: &AccountGraph) -> String {
    let words = Spoken { graph };
    let mut lines = vec![shown_whole(&words.say(&told.moved.reason).to_string())];
    for question in &told.turned {
        let said = words.say(question).to_string();
        lines.push(format!("new: {}", shown_whole(said.strip_prefix("yes: ").unwrap_or(&said))));
    }
    if let (Place::Out { left: Some(left) }, MoveReason::RuleTrue, true) = (told.moved.from, &told.moved.reason, told.turned.is_empty()) {
        lines.push(format!("new: the cool-down since {left} is over"));
    }
    lines.join("\n")
}

/// A move as JSON: the account before it, and after it the questions of the rule that turned on its day.
#[derive(Serialize)]
struct Line<'a> {
    account_id: &'a str,
    solution: Option<&'a str>,
    #[serde(flatten)]
    moved: &'a Move,
    turned: &'a [Reason],
}

/// JSON Lines: one object a move.
pub fn json(out: &mut impl Write, moves: &[Told]) -> Result<(), Stop> {
    for told in moves {
        let solution = told.solution.as_ref().map(AsRef::as_ref);
        serde_json::to_writer(&mut *out, &Line { account_id: &told.account, solution, moved: &told.moved, turned: &told.turned })?;
        writeln!(out)?;
    }
    Ok(())
}

/// CSV: one row a move.
pub fn csv(out: &mut impl Write, moves: &[Told], graph: &AccountGraph) -> Result<(), Stop> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for told in moves {
        writer.write_record(row(told, graph))?;
    }
    writer.flush()?;
    Ok(())
}

fn row(told: &Told, graph: &AccountGraph) -> [String; COLUMNS.len()] {
    let moved = &told.moved;
    let token = |place: Place| place.route().map_or("out", Route::token).into();
    let since = |place: Place| match place {
        Place::In { since, .. } => Some(since.to_string()),
        Place::Out { .. } => None,
    };
    [
        moved.day.to_string(),
        told.account.clone(),
        graph.account(&told.account).and_then(|account| account.name).unwrap_or_default(),
        moved.group.to_string(),
        told.solution.as_ref().map_or_else(String::new, ToString::to_string),
        token(moved.from),
        token(moved.to),
        since(moved.from).or_else(|| since(moved.to)).unwrap_or_default(),
        moved.reason.code().into(),
        moved.to_string(),
    ]
}

/// The reasons in the order of the summary, as a reader calls them.
const REASONS: [(&str, &str); 8] = [
    ("rule_true", "in by the rule"),
    ("hand_raise", "in because somebody asked"),
    ("rule_took_over", "from asked to rule"),
    ("hand_raise_holds", "from rule to asked"),
    ("points_low", "out for low points"),
    ("silent", "out for silence"),
    ("hand_raise_over", "out since nobody asked again"),
    ("excluded", "out as excluded"),
];

/// How many groups are in, and the moves by reason.
pub fn summary(history: &History, from: Day, to: Day) -> Vec<String> {
    let (before, after) = (history.before, history.after);
    let groups = count(history.groups, "group", "groups");
    let [total, by_rule, by_request] = [after.total(), after.by_rule, after.by_request].map(thousands);
    let inside = format!(
        "In on {to}: {total} of {groups} ({by_rule} by the rule, {by_request} because somebody asked). In before {from}: {}.",
        thousands(before.total())
    );
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for told in &history.moves {
        *counts.entry(told.moved.reason.code()).or_default() += 1;
    }
    let known = REASONS.iter().filter_map(|(code, words)| counts.get(code).map(|number| format!("{} {words}", thousands(*number))));
    let moves = count(history.moves.len() as u64, "move", "moves");
    let parts: Vec<String> = known.collect();
    let moves = if parts.is_empty() {
        format!("No moves from {from} to {to}")
    } else {
        format!("{moves} from {from} to {to} = {}", parts.join(" + "))
    };
    vec![inside, moves]
}
