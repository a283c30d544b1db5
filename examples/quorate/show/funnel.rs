//! Funnels: as tables, and as JSON.

use std::io::Write;

use comfy_table::{Attribute, Cell};
use quorate::{Accepted, AcceptedOf, Day, Dispositions, Funnel, FunnelStage, FunnelTable, Rate};
use serde::Serialize;

use super::figures::{days, with_interval};
use super::table::frame;
use crate::exit::Stop;
use crate::funnel::OfGroups;
use crate::rows::Rows;
use crate::words::{count, shown, thousands};

/// Cases out of order that are named.
const NAMED: usize = 10;
/// Reasons that are named.
const REASONS: usize = 5;

/// Prints the funnel of plain rows.
pub fn rows(out: &mut impl Write, funnel: &Funnel, day: Day) -> Result<(), Stop> {
    writeln!(out, "Funnel as of {day}")?;
    tables(out, funnel, "case", "cases")?;
    legend(out)
}

/// Prints the funnel of groups, that of people counted one by one, and what sales said.
pub fn groups(out: &mut impl Write, found: &OfGroups, day: Day) -> Result<(), Stop> {
    writeln!(out, "Buying groups, as of {day}")?;
    tables(out, &found.groups, "group", "groups")?;
    opened_before(out, &found.groups_opened_before, "group", "groups", "before the group first was qualified")?;
    writeln!(out, "\nThe same people one by one: an MQL is whoever has a signal of tier high or decisive, our own acts apart")?;
    tables(out, &found.leads, "person", "people")?;
    opened_before(out, &found.leads_opened_before, "person", "people", "before the person was active, or an MQL")?;
    writeln!(out, "\nWhat sales accepted")?;
    disposed(out, &found.dispositions)?;
    writeln!(out, "\nThe history begins on {}, with every group out.", found.history)?;
    if let Some(begin) = found.begin {
        let (groups, people) = (count(found.groups_before, "group", "groups"), count(found.leads_before, "person", "people"));
        writeln!(out, "Left out: {groups} and {people} that had come to a stage before {begin}, and what sales accepted before.")?;
    }
    legend(out)
}

fn legend(out: &mut impl Write) -> Result<(), Stop> {
    writeln!(out, "Share of the stage before, with its Wilson 95 % interval. Days in the stage before: median, mean, longest.\n")?;
    Ok(())
}

/// The table of all, then one for each breakdown, then what is out of order.
fn tables(out: &mut impl Write, funnel: &Funnel, one: &str, many: &str) -> Result<(), Stop> {
    let mut table = frame();
    let names = funnel.all.stages.iter().map(|stage| shown(&stage.stage));
    let header = [String::new(), many.into()].into_iter().chain(names);
    table.set_header(header.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    table.add_row(row("all", &funnel.all));
    for cohorts in &funnel.cohorts {
        for cohort in &cohorts.rows {
            let name = cohort.cohort.as_deref().map_or_else(|| "not known".into(), shown);
            table.add_row(row(&format!("{}: {name}", shown(&cohorts.by)), &cohort.table));
        }
    }
    writeln!(out, "{}", table.trim_fmt())?;
    for late in funnel.out_of_order.iter().take(NAMED) {
        writeln!(
            out,
            "{} came to {} on {}, before the stage before it ({})",
            shown(&late.id),
            shown(&late.stage),
            late.day,
            late.previous
        )?;
    }
    let more = funnel.out_of_order.len().saturating_sub(NAMED) as u64;
    if more > 0 {
        writeln!(out, "{} more out of order, see --format json", count(more, one, many))?;
    }
    Ok(())
}

fn row(name: &str, table: &FunnelTable) -> Vec<Cell> {
    let cells = [name.to_owned(), thousands(table.cases)];
    cells.into_iter().chain(table.stages.iter().map(stage)).map(Cell::new).collect()
}

/// `842`, `10.5 % (9.9 to 11.2)`, `days 14 / 48.4 / 427`.
fn stage(stage: &FunnelStage) -> String {
    let mut lines = vec![thousands(stage.reached)];
    if let Some(step) = &stage.step {
        lines.push(with_interval(step.of_previous));
        lines.extend(days(&step.days).map(|days| format!("days {days}")));
        lines.extend((step.without_previous > 0).then(|| format!("{} skipped a stage", thousands(step.without_previous))));
    }
    lines.join("\n")
}

fn opened_before(out: &mut impl Write, ids: &[String], one: &str, many: &str, when: &str) -> Result<(), Stop> {
    if ids.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = ids.iter().take(NAMED).map(|id| shown(id)).collect();
    let more = if ids.len() > NAMED { ", …" } else { "" };
    let who = count(ids.len() as u64, one, many);
    writeln!(out, "{who} with opportunities only from {when}, no conversion: {}{more}", named.join(", "))?;
    Ok(())
}

fn disposed(out: &mut impl Write, found: &Dispositions) -> Result<(), Stop> {
    if found.all.accepted.of() == 0 {
        writeln!(out, "  nothing was accepted or rejected")?;
        return Ok(());
    }
    line(out, "all", &found.all)?;
    for (by, list) in [("policy", &found.by_policy), ("route", &found.by_route), ("campaign", &found.by_campaign)] {
        for AcceptedOf { of, accepted, .. } in list {
            line(out, &format!("{by}: {}", of.as_deref().map_or_else(|| "none".into(), shown)), accepted)?;
        }
    }
    Ok(())
}

/// `  route: rule  3 of 4 accepted, 75.0 % (…): rejected "no budget" 1, …`.
fn line(out: &mut impl Write, name: &str, accepted: &Accepted) -> Result<(), Stop> {
    let rate: Rate = accepted.accepted;
    let reason = |one: &quorate::ReasonCount| {
        let verdict = if one.verdict == quorate::DispositionVerdict::Accepted { "accepted" } else { "rejected" };
        let why = one.reason.as_deref().map_or_else(|| "no reason given".into(), |reason| format!("\"{}\"", shown(reason)));
        format!("{verdict}, {why} ({})", thousands(one.count))
    };
    let reasons: Vec<String> = accepted.reasons.iter().take(REASONS).map(reason).collect();
    let more = if accepted.reasons.len() > REASONS { "; …" } else { "" };
    writeln!(
        out,
        "  {name}: {} of {}, {}: {}{more}",
        thousands(rate.count()),
        thousands(rate.of()),
        with_interval(rate),
        reasons.join("; ")
    )?;
    Ok(())
}

/// What came in.
pub fn told_of_rows(rows: &Rows, day: Day) -> Vec<String> {
    let read: Vec<String> =
        rows.read.iter().map(|(stage, file, rows)| format!("{} {} ({})", shown(file), thousands(*rows), shown(stage))).collect();
    let mut lines = vec![format!("Rows: {}", read.join(" · "))];
    lines.extend((rows.later > 0).then(|| format!("Not looked at, after {day}: {}", count(rows.later, "day", "days"))));
    lines.extend(
        (rows.repeated > 0)
            .then(|| format!("Rows of a case that came to that stage already, the first day counts: {}", thousands(rows.repeated))),
    );
    lines
}

/// The funnel of plain rows as one object.
pub fn rows_json(out: &mut impl Write, funnel: &Funnel, as_of: Day) -> Result<(), Stop> {
    #[derive(Serialize)]
    struct Document<'a> {
        as_of: Day,
        #[serde(flatten)]
        funnel: &'a Funnel,
    }
    serde_json::to_writer_pretty(&mut *out, &Document { as_of, funnel })?;
    writeln!(out)?;
    Ok(())
}

/// The funnels of groups and of people, and what sales said, as one object.
pub fn groups_json(out: &mut impl Write, found: &OfGroups, as_of: Day) -> Result<(), Stop> {
    #[derive(Serialize)]
    struct Part<'a> {
        #[serde(flatten)]
        funnel: &'a Funnel,
        opened_before: &'a [String],
        before: u64,
    }
    #[derive(Serialize)]
    struct Document<'a> {
        as_of: Day,
        begin: Day,
        groups: Part<'a>,
        leads: Part<'a>,
        dispositions: &'a Dispositions,
    }
    let groups = Part { funnel: &found.groups, opened_before: &found.groups_opened_before, before: found.groups_before };
    let leads = Part { funnel: &found.leads, opened_before: &found.leads_opened_before, before: found.leads_before };
    let document = Document { as_of, begin: found.begin.unwrap_or(found.history), groups, leads, dispositions: &found.dispositions };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)?;
    Ok(())
}
