//! Campaigns: as tables, and as JSON.

use std::io::Write;

use comfy_table::{Attribute, Cell};
use quorate::{CampaignFigures, CampaignSignals, CampaignSpend, Campaigns, Day, Decimal};
use serde::Serialize;

use super::credit::cells;
use super::figures::grouped;
use super::figures::proportion_percent;
use super::table::frame;
use crate::attribute::minor_digits;
use crate::exit::Stop;
use crate::words::{count, shown, thousands};

const HEADER: [&str; 6] = ["Campaign", "Signals", "People", "Accounts by fit", "Qualified", "Opened"];
const COSTS: [&str; 6] = ["Campaign", "Currency", "Cost", "Each qualified group", "Each opportunity", "On people who never count"];

/// Prints what came of campaigns, then what that cost.
pub fn print(out: &mut impl Write, found: &Campaigns, begin: Day) -> Result<(), Stop> {
    let campaigns = count(found.campaigns.len() as u64, "campaign", "campaigns");
    writeln!(out, "{campaigns}, as of {}", found.as_of)?;
    if !found.campaigns.is_empty() {
        came_of_it(out, found)?;
    }
    let without = match found.without.total() {
        0 => "no signal".into(),
        total => format!("{}: {}", count(total, "signal", "signals"), states(&found.without)),
    };
    writeln!(out, "Of no campaign: {without}")?;
    if found.all.costs.is_empty() {
        writeln!(out, "What campaigns cost is not known; costs.csv would say it.")?;
    } else {
        writeln!(out, "\nWhat they cost")?;
        costs(out, found)?;
    }
    writeln!(
        out,
        "\nA group counts when it came to be qualified or opened on the day it first heard of a campaign, or later; several may claim it."
    )?;
    if !found.all.costs.is_empty() {
        writeln!(
            out,
            "A cost is spread over the signals that reached somebody. Never count: people who left or are kept out, no members, opponents."
        )?;
    }
    writeln!(out, "The history begins on {begin}, with every group out.\n")?;
    Ok(())
}

fn came_of_it(out: &mut impl Write, found: &Campaigns) -> Result<(), Stop> {
    let mut table = frame();
    table.set_header(HEADER.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    for one in &found.campaigns {
        table.add_row(row(shown(&one.name), &one.figures));
    }
    if found.campaigns.len() > 1 {
        table.add_row(row("all".into(), &found.all));
    }
    writeln!(out, "{}", table.trim_fmt())?;
    Ok(())
}

fn row(name: String, figures: &CampaignFigures) -> Vec<Cell> {
    let people = [("deciding", figures.people.deciding), ("other", figures.people.other), ("excluded", figures.people.excluded)];
    let opened = match (figures.opened, figures.opportunities) {
        (0, 0) => "0".into(),
        (groups, deals) => format!("{}\n{}", thousands(groups), count(deals, "opportunity", "opportunities")),
    };
    let cells = [
        name,
        below(figures.signals.total(), &states(&figures.signals)),
        below(figures.people.total(), &parts(people.into_iter())),
        below(figures.accounts.total(), &parts(figures.accounts.iter())),
        thousands(figures.qualified),
        opened,
    ];
    cells.into_iter().map(Cell::new).collect()
}

/// A number over what it is made of.
fn below(number: u64, parts: &str) -> String {
    if parts.is_empty() { thousands(number) } else { format!("{}\n{parts}", thousands(number)) }
}

/// The states that there are signals in, the furthest first.
fn states(signals: &CampaignSignals) -> String {
    let all: Vec<_> = signals.iter().collect();
    parts(all.into_iter().rev())
}

fn parts(counts: impl Iterator<Item = (&'static str, u64)>) -> String {
    let parts: Vec<String> =
        counts.filter(|(_, count)| *count > 0).map(|(name, count)| format!("{} {}", thousands(count), name.replace('_', " "))).collect();
    parts.join(", ")
}

fn costs(out: &mut impl Write, found: &Campaigns) -> Result<(), Stop> {
    let mut table = frame();
    table.set_header(COSTS.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    for one in &found.campaigns {
        let share = one.figures.reached.share();
        for spend in &one.figures.costs {
            let never = match share {
                Some(share) => format!("{} ({})", amount(spend, spend.on_never), proportion_percent(share)),
                None => "reached nobody".into(),
            };
            table.add_row(cost(shown(&one.name), spend, never));
        }
    }
    for spend in &found.all.costs {
        table.add_row(cost("all".into(), spend, amount(spend, spend.on_never)));
    }
    writeln!(out, "{}", table.trim_fmt())?;
    Ok(())
}

fn cost(name: String, spend: &CampaignSpend, never: String) -> Vec<Cell> {
    let each = |one: Option<Decimal>| one.map_or_else(|| "-".into(), |one| amount(spend, one));
    let currency = spend.currency.as_deref().map_or_else(|| "not known".into(), shown);
    cells([name, currency, amount(spend, spend.amount), each(spend.per_qualified), each(spend.per_opportunity), never].into_iter())
}

/// With the decimals of the currency, or its own where it has more.
fn amount(spend: &CampaignSpend, amount: Decimal) -> String {
    let mut shown = amount;
    shown.rescale(minor_digits(spend.currency.as_deref()).max(amount.scale()));
    grouped(shown)
}

/// Everything as one object.
pub fn json(out: &mut impl Write, found: &Campaigns, begin: Day) -> Result<(), Stop> {
    #[derive(Serialize)]
    struct Document<'a> {
        begin: Day,
        #[serde(flatten)]
        found: &'a Campaigns,
    }
    serde_json::to_writer_pretty(&mut *out, &Document { begin, found })?;
    writeln!(out)?;
    Ok(())
}
