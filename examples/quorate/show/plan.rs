//! Plans: for reading, and as JSON.

use std::io::Write;

use comfy_table::{Attribute, Cell};
use quorate::{BroughtLine, Decimal, Plan, PlanLine, PlanRate};
use serde::Serialize;

use super::figures::{money, with_interval};
use super::table::frame;
use crate::args::PlanArgs;
use crate::exit::Stop;
use crate::plan::{Chosen, Planned, option};
use crate::words::{count, shown, thousands};

/// Prints what a plan rests on, and what follows.
pub fn print(out: &mut impl Write, planned: &Planned, args: &PlanArgs) -> Result<(), Stop> {
    basis(out, planned, args)?;
    if let Some(plan) = &planned.plan {
        needed(out, planned, plan)?;
    }
    if let (Some(brought), Some(number)) = (&planned.brought, args.bring) {
        writeln!(out, "\nWhat {} would bring", count(number, args.of.name_of_one(), args.of.name()))?;
        let mut table = frame();
        header(&mut table, ["", "Likely", "Low", "High"]);
        let lines = [&brought.likely, &brought.low, &brought.high];
        let mut add = |name: &str, of: &dyn Fn(&BroughtLine) -> String| {
            table.add_row([name.to_owned()].into_iter().chain(lines.iter().map(|line| of(line))));
        };
        add("opportunities", &|line| money(line.opportunities));
        add("pipeline", &|line| amount(line.pipeline, planned));
        add("revenue", &|line| amount(line.revenue, planned));
        add("with what is closed and created beside", &|line| amount(line.total, planned));
        writeln!(out, "{}", table.trim_fmt())?;
    }
    for stage in &planned.not_known {
        writeln!(out, "Not known how many {stage} groups go on: the data have none to count; give {}.", option(stage))?;
    }
    for stage in &planned.unused {
        writeln!(out, "How many {stage} groups go on is known, but leads nowhere as long as the stage after it is not.")?;
    }
    writeln!(out, "Low and high: by the ends of the Wilson 95 % intervals of measured rates. Groups and opportunities are rounded up.\n")?;
    Ok(())
}

fn basis(out: &mut impl Write, planned: &Planned, args: &PlanArgs) -> Result<(), Stop> {
    let (basis, closed) = (&planned.basis, &planned.closed);
    let since = args.measured_since.map_or_else(String::new, |since| format!(" since {since}"));
    writeln!(out, "Plan as of {}", args.as_of)?;
    writeln!(
        out,
        "  closed{since}: {} won, {} lost; {} open",
        thousands(closed.won.count()),
        thousands(closed.won.of() - closed.won.count()),
        thousands(closed.open)
    )?;
    for revenue in &closed.revenue {
        let sum = revenue.amount.map_or_else(|| "more than 28 digits".into(), |sum| in_currency(&money(sum), revenue.currency.as_deref()));
        writeln!(out, "  won: {sum} by {}", count(revenue.deals, "opportunity", "opportunities"))?;
    }
    if closed.without_amount > 0 {
        writeln!(out, "  won without an amount: {}", thousands(closed.without_amount))?;
    }
    left_out(out, planned)?;
    let average = basis.average_amount;
    let mean = average.mean(basis.places).unwrap_or(average.total);
    let from = if average.count == 1 { String::new() } else { format!(" ({} ÷ {})", money(average.total), thousands(average.count)) };
    writeln!(out, "  win rate {} · average amount {}{from}", rate(basis.win_rate), amount(mean, planned))?;
    for (step, next) in basis.steps.iter().zip(["opportunity", "qualified"]) {
        writeln!(out, "  from {} to {next}: {}", step.stage, rate(step.rate))?;
    }
    Ok(())
}

/// What the currency leaves out.
fn left_out(out: &mut impl Write, planned: &Planned) -> Result<(), Stop> {
    let closed = &planned.closed;
    let code = match &planned.currency {
        Chosen::One(currency) => currency.as_deref(),
        Chosen::NotNamed(names) => {
            writeln!(out, "  in several currencies ({}), none of which is named: a win rate is that of all", names.join(", "))?;
            return Ok(());
        }
    };
    let closed_in = |currency: Option<&str>| currency.map_or_else(|| "without a currency".into(), |code| format!("in {}", shown(code)));
    let others = closed.by_currency.iter().filter(|one| one.currency.as_deref() != code);
    let mut parts: Vec<String> = others.map(|one| format!("{} {}", thousands(one.won.of()), closed_in(one.currency.as_deref()))).collect();
    let without = closed.without_currency.of();
    if without > 0 && !parts.is_empty() {
        parts.push(format!("{} without amount and currency", thousands(without)));
    }
    if !parts.is_empty() {
        let counts = code.map_or_else(|| "what has no currency".into(), shown);
        writeln!(out, "  not counted, since only {counts} counts: closed {}", parts.join(", "))?;
    }
    for one in planned.closed_since.iter().flat_map(|since| &since.revenue).filter(|one| one.currency.as_deref() != code) {
        let sum = one.amount.map_or_else(|| "more than 28 digits".into(), money);
        let by = count(one.deals, "opportunity", "opportunities");
        writeln!(out, "  not counted as closed: {} by {by}", in_currency(&sum, one.currency.as_deref()))?;
    }
    let blank = planned.closed_since.as_ref().map_or(0, |since| since.without_amount);
    if blank > 0 {
        writeln!(out, "  not counted as closed: {} without an amount", thousands(blank))?;
    }
    Ok(())
}

fn needed(out: &mut impl Write, planned: &Planned, plan: &Plan) -> Result<(), Stop> {
    let basis = &planned.basis;
    write!(out, "\nTarget {}, closed {}, ", amount(basis.target, planned), amount(basis.closed, planned))?;
    writeln!(out, "missing {}; created and closed on the way {} %", amount(plan.missing, planned), basis.create_and_close.normalize())?;
    let mut table = frame();
    header(&mut table, ["Needed", "Likely", "Low", "High"]);
    let lines = [&plan.likely, &plan.low, &plan.high];
    let mut add = |name: String, of: &dyn Fn(&PlanLine) -> String| {
        let cells = lines.iter().map(|line| line.as_ref().map_or_else(|| "no number is enough".into(), of));
        table.add_row([name].into_iter().chain(cells));
    };
    add("pipeline".into(), &|line| amount(line.pipeline, planned));
    add("opportunities".into(), &|line| thousands(line.opportunities));
    for (at, step) in basis.steps.iter().enumerate() {
        add(format!("{} groups", step.stage), &|line| thousands(line.groups[at].needed));
    }
    writeln!(out, "{}", table.trim_fmt())?;
    Ok(())
}

fn header(table: &mut comfy_table::Table, names: [&str; 4]) {
    table.set_header(names.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
}

fn rate(rate: PlanRate) -> String {
    match rate {
        PlanRate::Given(percent) => format!("{} % (given)", percent.normalize()),
        PlanRate::Measured(rate) => format!("{} of {}, {}", thousands(rate.count()), thousands(rate.of()), with_interval(rate)),
    }
}

fn amount(value: Decimal, planned: &Planned) -> String {
    in_currency(&money(value), planned.currency.code())
}

fn in_currency(amount: &str, currency: Option<&str>) -> String {
    currency.map_or_else(|| amount.to_owned(), |currency| format!("{amount} {}", shown(currency)))
}

/// What a plan rests on and what follows, as one object.
pub fn json(out: &mut impl Write, planned: &Planned, args: &PlanArgs) -> Result<(), Stop> {
    #[derive(Serialize)]
    struct Document<'a> {
        as_of: quorate::Day,
        currency: Option<&'a str>,
        closed_deals: &'a quorate::ClosedDeals,
        target: Option<String>,
        closed: String,
        create_and_close: String,
        win_rate: PlanRate,
        average_amount: quorate::Average,
        steps: &'a [quorate::PlanStep],
        not_known: &'a [&'static str],
        plan: &'a Option<Plan>,
        bring: Option<u64>,
        bring_of: Option<&'static str>,
        brought: &'a Option<quorate::Brought>,
    }
    let basis = &planned.basis;
    let text = |value: Decimal| value.normalize().to_string();
    let document = Document {
        as_of: args.as_of,
        currency: planned.currency.code(),
        closed_deals: &planned.closed,
        target: args.target.map(text),
        closed: text(basis.closed),
        create_and_close: text(basis.create_and_close),
        win_rate: basis.win_rate,
        average_amount: basis.average_amount,
        steps: &basis.steps,
        not_known: &planned.not_known,
        plan: &planned.plan,
        bring: args.bring,
        bring_of: args.bring.map(|_| ["opportunity", "qualified", "engaged"][args.of.place()]),
        brought: &planned.brought,
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)?;
    Ok(())
}
