//! Follow-ups: as a table, and as JSON.

use std::io::Write;

use comfy_table::{Attribute, Cell};
use quorate::{AccountGraph, Day, FollowUp, FollowUpState, FollowUps, Policy, PolicyLabel};
use serde::Serialize;

use super::figures::{hours, with_interval};
use super::table::{frame, who};
use crate::exit::Stop;
use crate::funnel::History;
use crate::words::{count, shown, thousands};

const HEADER: [&str; 6] = ["Account", "Came in", "Promised from", "Promise", "First act of ours", "State"];

/// Prints every entry, then how many promises were kept, and what came of it.
pub fn print(
    out: &mut impl Write,
    found: &FollowUps,
    policies: &[&Policy],
    graph: &AccountGraph,
    history: &History,
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
    let again = found.entries.iter().filter(|entry| entry.already_in).count();
    let entries = count((found.entries.len() - again) as u64, "entry into qualified", "entries into qualified");
    writeln!(out, "As of {day}: {entries}, {} of groups that were in.", count(again as u64, "hand-raise", "hand-raises"))?;
    for promise in &found.by_promise {
        let name = if promise.promise == "rule" { "for the rule" } else { "for a hand-raise" };
        let parts = [(promise.met, "met"), (promise.late, "late"), (promise.open, "open"), (promise.overdue, "overdue")];
        let mut counts: Vec<String> = parts.iter().map(|(number, state)| format!("{} {state}", thousands(*number))).collect();
        counts.extend((promise.lapsed > 0).then(|| format!("{} lapsed", thousands(promise.lapsed))));
        writeln!(out, "  {name}: {}; kept {}", counts.join(", "), with_interval(promise.kept))?;
    }
    writeln!(out, "What came of it, by speed")?;
    for speed in &found.by_speed {
        let name = if speed.speed == "none" { "no act of ours" } else { speed.speed };
        writeln!(
            out,
            "  {name}: {} of {} came to an opportunity, {}; {} won, {}",
            thousands(speed.opened.count()),
            thousands(speed.opened.of()),
            with_interval(speed.opened),
            thousands(speed.won.count()),
            with_interval(speed.won)
        )?;
    }
    for policy in policies.iter().filter(|policy| policy.document().follow_up.weekdays_only) {
        writeln!(out, "Only the hours from Monday to Friday count, UTC ({}).", shown(policy.name()))?;
    }
    writeln!(out, "The history begins on {}, with every group out.", history.first)?;
    if let Some(begin) = history.begin {
        let groups = count(found.in_before, "group was in", "groups were in");
        writeln!(out, "Left out: what was promised before {begin}, when {groups} already.")?;
    }
    writeln!(out)?;
    Ok(())
}

fn row(entry: &FollowUp, graph: &AccountGraph) -> Vec<Cell> {
    let hours = hours(entry.micros);
    let route = if entry.route == "rule" { "by the rule" } else { "asked to talk" };
    let promise = if entry.promise == "rule" { "for the rule" } else { "for a hand-raise" };
    let act = match &entry.action {
        Some(action) => {
            format!("{}\n{} with {}\nafter {hours}", action.at, shown(&action.kind).replace('_', " "), shown(&action.contact_id))
        }
        None => format!("none in {hours}"),
    };
    let state = match entry.state {
        FollowUpState::Met => "met",
        FollowUpState::Late => "late",
        FollowUpState::Open => "open",
        FollowUpState::Overdue => "OVERDUE",
        FollowUpState::Lapsed => "lapsed",
    };
    let outcome = match (entry.won, entry.opened) {
        (true, _) => "\nwon",
        (false, true) => "\nopportunity",
        (false, false) => "",
    };
    let cells = [
        who(&entry.account_id, &entry.group_id, None, graph),
        format!("{}\n{route}", entry.entered),
        entry.from.to_string(),
        format!("{}\n{promise}", count(entry.promised_hours.into(), "hour", "hours")),
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
