//! Follow-ups: as a table, and as JSON.

use std::io::Write;

use comfy_table::{Attribute, Cell};
use quorate::{AccountGraph, Day, FollowUp, FollowUpState, FollowUps, Policy, PolicyLabel};
use serde::Serialize;

use super::figures::{ratio_tenths, with_interval};
use super::table::{frame, who};
use crate::exit::Stop;
use crate::words::{count, shown};

const HEADER: [&str; 5] = ["Account", "Came in", "Promise", "First act of ours", "State"];

/// Prints every entry, then how many promises were kept, and what came of it.
pub fn print(
    out: &mut impl Write,
    found: &FollowUps,
    policies: &[&Policy],
    graph: &AccountGraph,
    begin: Day,
    day: Day,
) -> Result<(), Stop> {
    if !found.entries.is_empty() {
        let mut table = frame();
        table.set_header(HEADER.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
        for entry in &found.entries {
            table.add_row(row(entry, graph));
        }
        writeln!(out, "{}", table.trim_fmt())?;
    }
    writeln!(out, "As of {day}: {}.", count(found.entries.len() as u64, "entry into qualified", "entries into qualified"))?;
    for route in &found.by_route {
        let name = if route.route == "rule" { "by the rule" } else { "by hand-raise" };
        let counts = format!("{} met, {} late, {} open, {} overdue", route.met, route.late, route.open, route.overdue);
        writeln!(out, "  {name}: {counts}; kept {}", with_interval(route.kept))?;
    }
    writeln!(out, "What came of it, by speed")?;
    for speed in &found.by_speed {
        let name = if speed.speed == "none" { "no act of ours" } else { speed.speed };
        writeln!(
            out,
            "  {name}: {} of {} came to an opportunity, {}; {} won, {}",
            speed.opened.count(),
            speed.opened.of(),
            with_interval(speed.opened),
            speed.won.count(),
            with_interval(speed.won)
        )?;
    }
    for policy in policies.iter().filter(|policy| policy.document().follow_up.weekdays_only) {
        writeln!(out, "Only the hours from Monday to Friday count, UTC ({}).", shown(policy.name()))?;
    }
    writeln!(out, "The history begins on {begin}, with every group out.\n")?;
    Ok(())
}

fn row(entry: &FollowUp, graph: &AccountGraph) -> Vec<Cell> {
    let hours = ratio_tenths(entry.hours);
    let route = if entry.route == "rule" { "by the rule" } else { "asked to talk" };
    let act = match &entry.action {
        Some(action) => {
            format!("{}\n{} with {}\nafter {hours} hours", action.at, shown(&action.kind).replace('_', " "), shown(&action.contact_id))
        }
        None => format!("none in {hours} hours"),
    };
    let state = match entry.state {
        FollowUpState::Met => "met",
        FollowUpState::Late => "late",
        FollowUpState::Open => "open",
        FollowUpState::Overdue => "OVERDUE",
    };
    let outcome = match (entry.won, entry.opened) {
        (true, _) => "\nwon",
        (false, true) => "\nopportunity",
        (false, false) => "",
    };
    let cells = [
        who(&entry.account_id, &entry.group_id, None, graph),
        format!("{}\n{route}", entry.from),
        format!("{} hours", entry.promised_hours),
        act,
        format!("{state}{outcome}"),
    ];
    cells.into_iter().map(Cell::new).collect()
}

/// Everything as one object.
pub fn json(out: &mut impl Write, found: &FollowUps, policies: &[&Policy], begin: Day, as_of: Day) -> Result<(), Stop> {
    #[derive(Serialize)]
    struct Promise<'a> {
        policy: &'a PolicyLabel,
        hand_raise_hours: u16,
        rule_hours: u16,
        weekdays_only: bool,
    }
    #[derive(Serialize)]
    struct Document<'a> {
        as_of: Day,
        begin: Day,
        promises: Vec<Promise<'a>>,
        #[serde(flatten)]
        found: &'a FollowUps,
    }
    let promise = |policy: &&'_ Policy| policy.document().follow_up;
    let promises = policies.iter().map(|policy| {
        let rule = promise(policy);
        Promise {
            policy: policy.label(),
            hand_raise_hours: rule.hand_raise_hours,
            rule_hours: rule.rule_hours,
            weekdays_only: rule.weekdays_only,
        }
    });
    serde_json::to_writer_pretty(&mut *out, &Document { as_of, begin, promises: promises.collect(), found })?;
    writeln!(out)?;
    Ok(())
}
