//! Credit for won deals: put together, and touch by touch.

use std::collections::BTreeMap;
use std::io::Write;

use comfy_table::{Attribute, Cell, CellAlignment};
use quorate::{
    AccountGraph, Attribution, AttributionReport, Day, DealJourney, Decimal, Grouping, Money, Outcome, Policy, PolicyLabel, Share,
    attribute,
};
use serde::Serialize;

use super::figures::grouped;
use super::placed::{Exactly, account_name};
use super::table::frame;
use crate::attribute::minor_digits;
use crate::exit::Stop;
use crate::words::{count, shown};

/// What was asked, and what was found.
pub struct Told<'a> {
    pub as_of: Day,
    pub policy: &'a Policy,
    pub label: &'a PolicyLabel,
    pub journeys: &'a [DealJourney<'a>],
    pub reports: &'a [AttributionReport],
    pub graph: &'a AccountGraph,
}

/// A deal with what each touch is given.
#[derive(Serialize)]
struct DealLine<'a> {
    opportunity_id: &'a str,
    account_id: &'a str,
    group_id: Option<&'a str>,
    closed: Day,
    touches: Vec<TouchLine<'a>>,
    unattributed: Option<String>,
}

#[derive(Serialize)]
struct TouchLine<'a> {
    at: String,
    signal_id: Option<&'a str>,
    contact_id: &'a str,
    role: &'a str,
    kind: &'a str,
    channel: &'a str,
    campaign: Option<&'a str>,
    /// Exact.
    share: String,
    amount: Option<String>,
}

/// One JSON object.
pub fn json(out: &mut impl Write, told: &Told<'_>, touches: bool) -> Result<(), Stop> {
    #[derive(Serialize)]
    struct Document<'a> {
        as_of: Day,
        policy: &'a PolicyLabel,
        look_back_days: u16,
        role_weighted: bool,
        lost: usize,
        models: &'a [AttributionReport],
        #[serde(skip_serializing_if = "Option::is_none")]
        deals: Option<Vec<DealLine<'a>>>,
    }
    let rule = &told.policy.document().attribution;
    let model = told.reports.first().map(|report| &*report.model).filter(|_| touches);
    let deals = model.map(|model| deals(told, model)).transpose()?;
    let document = Document {
        as_of: told.as_of,
        policy: told.label,
        look_back_days: rule.look_back_days,
        role_weighted: rule.role_weighted,
        lost: told.journeys.iter().filter(|journey| journey.deal().outcome == Outcome::Lost).count(),
        models: told.reports,
        deals,
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)?;
    Ok(())
}

/// As documents have decimals: no trailing zeros.
fn canonical(amount: Decimal) -> String {
    amount.normalize().to_string()
}

fn won<'a>(told: &Told<'a>) -> impl Iterator<Item = &'a DealJourney<'a>> {
    told.journeys.iter().filter(|journey| journey.deal().outcome == Outcome::Won)
}

fn credit<'j, 'a>(told: &Told<'_>, model: &str, journey: &'j DealJourney<'a>) -> Result<Attribution<'j, 'a>, Stop> {
    attribute(journey, told.policy, model, minor_digits(journey.deal().currency)).map_err(|error| Stop::bad(error.to_string()))
}

fn deals<'a>(told: &Told<'a>, model: &str) -> Result<Vec<DealLine<'a>>, Stop> {
    let line = |journey: &'a DealJourney<'a>| {
        let (deal, found) = (journey.deal(), credit(told, model, journey)?);
        let touch = |one: &quorate::Credit<'a, 'a>| TouchLine {
            at: one.touch.at.to_string(),
            signal_id: one.touch.id,
            contact_id: one.touch.contact,
            role: one.touch.role,
            kind: one.touch.kind,
            channel: one.channel,
            campaign: one.touch.campaign,
            share: one.share.fraction(),
            amount: one.amount.map(canonical),
        };
        Ok(DealLine {
            opportunity_id: deal.opportunity,
            account_id: deal.account,
            group_id: deal.group,
            closed: deal.closed.day(),
            touches: found.credits.iter().map(touch).collect(),
            unattributed: found.unattributed.map(canonical),
        })
    };
    won(told).map(line).collect()
}

/// For reading: one table for one model; several models side by side, by the won deals that each gives.
pub fn print(out: &mut impl Write, told: &Told<'_>, by: Grouping) -> Result<(), Stop> {
    let Some(first) = told.reports.first() else { return Ok(()) };
    let lost = told.journeys.len() as u64 - first.won;
    writeln!(out, "Who and what brought {} about, by {}, as of {}", count(first.won, "won deal", "won deals"), first.by, told.as_of)?;
    if first.won > 0 {
        match told.reports {
            [report] => one_model(out, report, by, told.graph)?,
            reports => beside(out, reports, by, told.graph)?,
        }
    }
    let rule = &told.policy.document().attribution;
    let weighted = if rule.role_weighted { ", each as much as the role of its person weighs" } else { "" };
    writeln!(out, "Touches of the {} up to the close{weighted}. Lost deals: {lost}.", count(rule.look_back_days.into(), "day", "days"))?;
    if first.without_amount > 0 {
        writeln!(out, "Without an amount: {}.", count(first.without_amount, "won deal", "won deals"))?;
    }
    writeln!(out)?;
    Ok(())
}

fn one_model(out: &mut impl Write, report: &AttributionReport, by: Grouping, graph: &AccountGraph) -> Result<(), Stop> {
    let currencies: Vec<Option<&str>> = report.revenue.iter().map(|money| money.currency.as_deref()).collect();
    let heads = ["touches", "in deals", "of the deals"].map(String::from).into_iter();
    let money = currencies.iter().map(|currency| currency.map_or_else(|| "revenue".into(), shown));
    let mut table = frame();
    table.set_header(bold(std::iter::once(format!("{}, by {}", shown(&report.model), report.by)).chain(heads).chain(money)));
    let of =
        |all: &[Money], currency: Option<&str>| all.iter().find(|money| money.currency.as_deref() == currency).map(|money| money.amount);
    for row in &report.rows {
        let numbers = [row.touches.to_string(), row.deals.to_string(), places(&row.conversions, 3)];
        let money = currencies.iter().map(|currency| of(&row.revenue, *currency).map_or_else(|| "-".into(), grouped));
        table.add_row(cells(std::iter::once(name(row.name.as_deref(), by, graph)).chain(numbers).chain(money)));
    }
    if report.unattributed > 0 {
        let numbers = [String::new(), String::new(), report.unattributed.to_string()];
        let money = currencies.iter().map(|currency| of(&report.unattributed_revenue, *currency).map_or_else(|| "-".into(), grouped));
        table.add_row(cells(std::iter::once("(nobody)".to_owned()).chain(numbers).chain(money)));
    }
    let money = currencies.iter().map(|currency| of(&report.revenue, *currency).map_or_else(|| "-".into(), grouped));
    table.add_row(cells(["all".to_owned(), String::new(), String::new(), report.won.to_string()].into_iter().chain(money)));
    writeln!(out, "{}", table.trim_fmt())?;
    Ok(())
}

fn beside(out: &mut impl Write, reports: &[AttributionReport], by: Grouping, graph: &AccountGraph) -> Result<(), Stop> {
    let mut names: BTreeMap<Option<&str>, Vec<Option<&Share>>> = BTreeMap::new();
    for (at, report) in reports.iter().enumerate() {
        for row in &report.rows {
            names.entry(row.name.as_deref()).or_insert_with(|| vec![None; reports.len()])[at] = Some(&row.conversions);
        }
    }
    let mut table = frame();
    let heads = reports.iter().map(|report| shown(&report.model).replace('_', " "));
    table.set_header(bold(std::iter::once("won deals".to_owned()).chain(heads)));
    for (one, shares) in names {
        let shares = shares.into_iter().map(|share| share.map_or_else(|| "-".into(), |share| places(share, 3)));
        table.add_row(cells(std::iter::once(name(one, by, graph)).chain(shares)));
    }
    let nobody = reports.iter().map(|report| report.unattributed.to_string());
    table.add_row(cells(std::iter::once("(nobody)".to_owned()).chain(nobody)));
    writeln!(out, "{}", table.trim_fmt())?;
    Ok(())
}

/// Every won deal, touch by touch.
pub fn touches(out: &mut impl Write, told: &Told<'_>, model: &str) -> Result<(), Stop> {
    let words = Exactly { graph: told.graph };
    for journey in won(told) {
        let (deal, found) = (journey.deal(), credit(told, model, journey)?);
        let amount = deal.amount.map_or_else(|| "no amount".into(), |amount| grouped(amount).trim().to_owned());
        let currency = deal.currency.map_or_else(String::new, |currency| format!(" {}", shown(currency)));
        let account = account_name(deal.account, told.graph);
        writeln!(out, "{}, {account}, closed {}: {amount}{currency}", shown(deal.opportunity), deal.closed.day())?;
        for one in &found.credits {
            let money = one.amount.map_or_else(String::new, grouped);
            let campaign = one.touch.campaign.map_or_else(String::new, |campaign| format!(", {}", shown(campaign)));
            let who = words.person(one.touch.contact);
            writeln!(
                out,
                "  {}  {money:>14}  {:>8}  {}{campaign}: {who}, {}",
                one.touch.at.day(),
                places(&one.share, 6),
                shown(one.touch.kind),
                shown(one.touch.role).replace('_', " ")
            )?;
        }
        if found.credits.is_empty() {
            writeln!(out, "  no touch: nobody is given anything")?;
        }
        let counts = journey.counts();
        let rest = [
            (counts.before_look_back, "too old"),
            (counts.after_close, "after the close"),
            (counts.left_out, "left out by the policy"),
            (counts.unknown_kind, "of kinds that the policy does not have"),
        ];
        let rest: Vec<String> =
            rest.into_iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}")).collect();
        if !rest.is_empty() {
            writeln!(out, "  not touches: {}", rest.join(", "))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn name(name: Option<&str>, by: Grouping, graph: &AccountGraph) -> String {
    match (name, by) {
        (None, _) => "(none)".into(),
        (Some(name), Grouping::Person) => Exactly { graph }.person(name),
        (Some(name), Grouping::Role) => shown(name).replace('_', " "),
        (Some(name), _) => shown(name),
    }
}

/// With so many decimals, so that points stand below each other.
pub fn places(share: &Share, places: usize) -> String {
    let text = share.to_decimal_string(u32::try_from(places).unwrap_or(12));
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    format!("{whole}.{rest:0<places$}")
}

fn bold(names: impl Iterator<Item = String>) -> Vec<Cell> {
    let cell = |(at, name): (usize, String)| {
        let cell = Cell::new(name).add_attribute(Attribute::Bold);
        if at == 0 { cell } else { cell.set_alignment(CellAlignment::Right) }
    };
    names.enumerate().map(cell).collect()
}

/// The first to the left, numbers to the right.
pub fn cells(texts: impl Iterator<Item = String>) -> Vec<Cell> {
    let cell = |(at, text): (usize, String)| {
        let cell = Cell::new(text);
        if at == 0 { cell } else { cell.set_alignment(CellAlignment::Right) }
    };
    texts.enumerate().map(cell).collect()
}
