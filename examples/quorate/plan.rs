//! `quorate plan`: what it takes to reach a revenue, and what so many groups would bring, by rates that are given or measured.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};

use quorate::{
    Assessor, Average, Brought, ClosedDeals, Day, Decimal, GROUP_STAGES, Plan, PlanBasis, PlanRate, PlanStep, Rate, Revenue, group_journeys,
};

use crate::args::{ExplainFormat, PlanArgs};
use crate::closing;
use crate::exit::{Done, Stop};
use crate::funnel::{History, funnel_of};
use crate::ready::Ready;
use crate::show::plan;
use crate::words::shown;

/// What a plan rests on, and what follows.
#[derive(Debug)]
pub struct Planned {
    pub basis: PlanBasis,
    pub closed: ClosedDeals,
    /// What was closed since the day from which on it counts as closed, if one is given.
    pub closed_since: Option<ClosedDeals>,
    pub currency: Chosen,
    /// Stages before the opportunity for which no rate is known, because there are no groups to count and none was given.
    pub not_known: Vec<&'static str>,
    /// Stages whose rate was given, but not that of the stage after them, so that it leads nowhere.
    pub unused: Vec<&'static str>,
    pub plan: Option<Plan>,
    pub brought: Option<Brought>,
}

/// Which amounts count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Those in that currency, or those without one.
    One(Option<String>),
    /// None is named of several, and none is needed, since no amount of the data is.
    NotNamed(Vec<String>),
}

impl Chosen {
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::One(currency) => currency.as_deref(),
            Self::NotNamed(_) => None,
        }
    }
}

/// What `--currency` says of amounts without one.
const NO_CURRENCY: &str = "none";

/// Reads, measures, plans, prints.
pub fn run(args: &PlanArgs) -> Result<Done, Stop> {
    let ready = Ready::read_deals(&args.data)?;
    let assessor = Assessor::new(&ready.data.graph, &ready.data.tally, ready.chosen.policies());
    let planned = planned(args, &ready, &assessor)?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ExplainFormat::Text => plan::print(&mut out, &planned, args)?,
        ExplainFormat::Json => plan::json(&mut out, &planned, args)?,
    }
    let mut lines = closing::lines(&ready, assessor.run_intake(), Vec::new(), args.data.rejects.as_deref());
    lines.extend(ready.data.findings.by_column().map(|line| format!("  {line}")));
    closing::print(&mut out, args.format, lines)?;
    out.flush()?;
    Ok(ready.data.done())
}

fn planned(args: &PlanArgs, ready: &Ready, assessor: &Assessor<'_>) -> Result<Planned, Stop> {
    let closed = closed(ready, args.measured_since, args.as_of)?;
    let closed_since = args.closed_since.map(|since| self::closed(ready, Some(since), args.as_of)).transpose()?;
    let currency = currency(args, &closed, closed_since.as_ref())?;
    let won_already = match &closed_since {
        Some(since) => amount_in(since, currency.code())?.map_or(Decimal::ZERO, |(sum, _)| sum),
        None => args.closed.unwrap_or_default(),
    };
    let won = match &currency {
        Chosen::One(currency) => closed.won_in(currency.as_deref()),
        Chosen::NotNamed(_) => closed.won,
    };
    let win_rate = args.win_rate.unwrap_or(PlanRate::Measured(won));
    let average_amount = average(args, &closed, currency.code())?;
    let (steps, not_known, unused) = steps(args, ready, assessor)?;
    let target = args.target.unwrap_or_default();
    let basis = PlanBasis {
        target,
        closed: won_already,
        create_and_close: args.create_and_close,
        win_rate,
        average_amount,
        steps,
        places: args.places,
    };
    let plan = args.target.map(|_| basis.plan()).transpose().map_err(|error| Stop::bad(error.to_string()))?;
    let brought = args.bring.map(|count| bring(&basis, args, count, &not_known)).transpose()?;
    Ok(Planned { basis, closed, closed_since, currency, not_known, unused, plan, brought })
}

/// What is given, or the mean of what was won in the currency.
fn average(args: &PlanArgs, closed: &ClosedDeals, currency: Option<&str>) -> Result<Average, Stop> {
    if let Some(total) = args.average {
        return Ok(Average { total, count: 1 });
    }
    let (total, count) = amount_in(closed, currency)?.ok_or_else(|| {
        let others: Vec<String> = closed.revenue.iter().map(|one| named(one.currency.as_deref())).collect();
        let beside = if others.is_empty() { String::new() } else { format!(" in {}, only in {}", named(currency), others.join(", ")) };
        Stop::bad(format!("nothing with an amount was won{beside}; give --average"))
    })?;
    Ok(Average { total, count })
}

fn bring(basis: &PlanBasis, args: &PlanArgs, count: u64, not_known: &[&str]) -> Result<Brought, Stop> {
    if args.of.place() > basis.steps.len() {
        let missing = not_known.first().map_or("", |stage| option(stage));
        return Err(Stop::bad(format!("nothing is known of what {} lead to: give {missing}, or --of opportunity", args.of.name())));
    }
    basis.bring(args.of.place(), count).map_err(|error| Stop::bad(error.to_string()))
}

/// The option that gives the rate of a stage.
pub fn option(stage: &str) -> &'static str {
    if stage == "qualified" { "--opportunity-rate" } else { "--qualified-rate" }
}

fn closed(ready: &Ready, since: Option<Day>, as_of: Day) -> Result<ClosedDeals, Stop> {
    if let Some(since) = since.filter(|since| *since > as_of) {
        return Err(Stop::bad(format!("what was closed since {since} lies after --as-of {as_of}")));
    }
    Ok(ClosedDeals::of(&ready.data.graph, since.unwrap_or(Day::MIN)..=as_of))
}

/// The currency asked for, or the only one in which anything was won, or else closed, on any of the days that count.
fn currency(args: &PlanArgs, closed: &ClosedDeals, since: Option<&ClosedDeals>) -> Result<Chosen, Stop> {
    if let Some(code) = &args.currency {
        return Ok(Chosen::One(Some(code.clone()).filter(|code| code != NO_CURRENCY)));
    }
    let windows = || [Some(closed), since].into_iter().flatten();
    // Of several, the one that is not known comes last.
    let won = windows().flat_map(|one| &one.revenue).map(|one| (one.currency.is_none(), one.currency.clone()));
    let mut all: BTreeSet<(bool, Option<String>)> = won.collect();
    if all.is_empty() {
        all = windows().flat_map(|one| &one.by_currency).map(|one| (one.currency.is_none(), one.currency.clone())).collect();
    }
    if all.len() < 2 {
        return Ok(Chosen::One(all.into_iter().next().and_then(|(_, currency)| currency)));
    }
    let names: Vec<String> = all.iter().map(|(_, currency)| named(currency.as_deref())).collect();
    if args.average.is_some() && since.is_none() {
        return Ok(Chosen::NotNamed(names));
    }
    Err(Stop::bad(format!("amounts are in several currencies ({}); name one with --currency", names.join(", "))))
}

/// A currency as it is said.
fn named(currency: Option<&str>) -> String {
    currency.map_or_else(|| NO_CURRENCY.into(), shown)
}

/// What was won in a currency, and by how many opportunities.
fn amount_in(closed: &ClosedDeals, currency: Option<&str>) -> Result<Option<(Decimal, u64)>, Stop> {
    let found = closed.revenue.iter().find(|one| one.currency.as_deref() == currency);
    let amount = |one: &Revenue| one.amount.map(|amount| (amount, one.deals));
    found.map(|one| amount(one).ok_or_else(|| Stop::bad("the revenue has more than 28 digits"))).transpose()
}

/// The stages before the opportunity, as far as their rates are known; those for which none is; those whose rate leads nowhere.
type Steps = (Vec<PlanStep>, Vec<&'static str>, Vec<&'static str>);

fn steps(args: &PlanArgs, ready: &Ready, assessor: &Assessor<'_>) -> Result<Steps, Stop> {
    let given = [("qualified", args.opportunity_rate), ("engaged", args.qualified_rate)];
    let measured = if given.iter().all(|(_, rate)| rate.is_some()) { [None; 2] } else { measured(args, ready, assessor)? };
    let (mut steps, mut not_known, mut unused) = (Vec::new(), Vec::new(), Vec::new());
    for ((stage, given), measured) in given.into_iter().zip(measured) {
        match given.or(measured.map(PlanRate::Measured)) {
            Some(rate) if not_known.is_empty() => steps.push(PlanStep { stage: stage.into(), rate }),
            Some(_) => unused.push(stage),
            None => not_known.push(stage),
        }
    }
    Ok((steps, not_known, unused))
}

/// From qualified to opportunity and from engaged to qualified, by the history of the groups; `None` of none.
fn measured(args: &PlanArgs, ready: &Ready, assessor: &Assessor<'_>) -> Result<[Option<Rate>; 2], Stop> {
    if ready.data.tally.days().is_none() {
        return Ok([None; 2]);
    }
    let history = History::replay(ready, assessor, None, args.as_of)?;
    let funnel = funnel_of(GROUP_STAGES, &group_journeys(&ready.data.graph, &history.groups, args.as_of), &[])?;
    let into = |at: usize| funnel.all.stages[at].step.as_ref().map(|step| step.of_previous).filter(|rate| rate.of() > 0);
    Ok([into(2), into(1)])
}
