//! `quorate funnel`: who came how far and how fast, by stage and cohort; groups beside people counted one by one.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};
use std::ops::RangeInclusive;

use quorate::{
    Assessor, CohortBy, Day, Dispositions, Funnel, GROUP_ATTRIBUTES, GROUP_STAGES, GroupHistories, Journeys, LEAD_STAGES, Period,
    dispositions, group_journeys, lead_journeys,
};

use crate::args::{ExplainFormat, FunnelArgs};
use crate::closing;
use crate::exit::{Done, Stop};
use crate::progress;
use crate::ready::Ready;
use crate::rows::{self, Rows};
use crate::show::funnel;

/// The funnel of the groups, that of the same people counted one by one, and what sales said.
#[derive(Debug)]
pub struct OfGroups {
    pub groups: Funnel,
    pub groups_opened_before: Vec<String>,
    pub leads: Funnel,
    pub leads_opened_before: Vec<String>,
    pub dispositions: Dispositions,
    /// How many groups and people had come to a stage before.
    pub groups_before: u64,
    pub leads_before: u64,
    /// The first day of the history, and the one from which on it is told, if not all of it is.
    pub history: Day,
    pub begin: Option<Day>,
}

/// Reads, counts, prints.
pub fn run(args: &FunnelArgs) -> Result<Done, Stop> {
    let by: Vec<CohortBy> = args.by.iter().map(|name| cohort(name)).collect();
    match &args.id {
        Some(id) => of_rows(args, id, &by),
        None => of_groups(args, &by),
    }
}

fn of_rows(args: &FunnelArgs, id: &str, by: &[CohortBy]) -> Result<Done, Stop> {
    let rows: Rows = rows::read(&args.data.data, &args.stage, id, by, args.as_of)?;
    let stages: Vec<String> = args.stage.iter().map(|stage| stage.name.clone()).collect();
    let found = Funnel::new(&stages, &rows.journeys, by).map_err(|error| Stop::bad(error.to_string()))?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ExplainFormat::Text => funnel::rows(&mut out, &found, args.as_of)?,
        ExplainFormat::Json => funnel::rows_json(&mut out, &found, args.as_of)?,
    }
    closing::print(&mut out, args.format, funnel::told_of_rows(&rows, args.as_of))?;
    out.flush()?;
    Ok(Done::Well)
}

fn of_groups(args: &FunnelArgs, by: &[CohortBy]) -> Result<Done, Stop> {
    let ready = Ready::read_keeping_signals(&args.data)?;
    let assessor = Assessor::new(&ready.data.graph, &ready.data.tally, ready.chosen.policies());
    let history = History::replay(&ready, &assessor, args.begin, args.as_of)?;
    let found = count(&ready, &history, by, args.as_of)?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ExplainFormat::Text => funnel::groups(&mut out, &found, args.as_of)?,
        ExplainFormat::Json => funnel::groups_json(&mut out, &found, args.as_of)?,
    }
    closing::print(&mut out, args.format, closing::lines(&ready, assessor.run_intake(), Vec::new(), args.data.rejects.as_deref()))?;
    out.flush()?;
    Ok(ready.data.done())
}

/// Every group day by day from the first signal on, so that who is in is known on every day.
#[derive(Debug)]
pub struct History {
    /// Its first day.
    pub first: Day,
    /// The day from which on it is told; `None`: all of it.
    pub begin: Option<Day>,
    pub groups: GroupHistories,
}

impl History {
    /// Goes through the days.
    ///
    /// # Errors
    /// It would be told from a day after the last one.
    pub fn replay(ready: &Ready, assessor: &Assessor<'_>, begin: Option<Day>, as_of: Day) -> Result<Self, Stop> {
        if let Some(begin) = begin.filter(|begin| *begin > as_of) {
            return Err(Stop::bad(format!("--begin {begin} lies after --as-of {as_of}")));
        }
        let first = ready.data.tally.days().map_or(as_of, |days| as_of.min(*days.start()));
        let bar = progress::days("replaying", first, as_of, ready.data.graph.account_count() as u64);
        let groups = GroupHistories::replay(assessor, first, as_of, |_| bar.inc(1)).map_err(|error| Stop::bad(error.to_string()));
        bar.finish_and_clear();
        Ok(Self { first, begin, groups: groups? })
    }

    /// The days that are told, up to the last one. Deals and what sales said may be older than the first signal.
    pub fn told(&self, as_of: Day) -> RangeInclusive<Day> {
        self.begin.unwrap_or(Day::MIN)..=as_of
    }
}

fn count(ready: &Ready, history: &History, by: &[CohortBy], as_of: Day) -> Result<OfGroups, Stop> {
    let graph = &ready.data.graph;
    let groups = group_journeys(graph, &history.groups, as_of);
    known(by, &groups)?;
    let leads = lead_journeys(graph, &ready.data.tally, ready.chosen.all(), as_of);
    let told = history.told(as_of);
    let ((groups, groups_before), (leads, leads_before)) = (groups.since(*told.start()), leads.since(*told.start()));
    // People have no attributes of their own that both ways share.
    let periods: Vec<CohortBy> = by.iter().filter(|by| matches!(by, CohortBy::Entered(_))).cloned().collect();
    Ok(OfGroups {
        groups: funnel_of(GROUP_STAGES, &groups, by)?,
        groups_opened_before: groups.opened_before,
        leads: funnel_of(LEAD_STAGES, &leads, &periods)?,
        leads_opened_before: leads.opened_before,
        dispositions: dispositions(graph, &history.groups, &ready.data.signals, told),
        groups_before,
        leads_before,
        history: history.first,
        begin: history.begin,
    })
}

/// The funnel of some journeys.
///
/// # Errors
/// None is known: the stages are those of the journeys, and ids are given once.
pub fn funnel_of(stages: [&str; 4], journeys: &Journeys, by: &[CohortBy]) -> Result<Funnel, Stop> {
    Funnel::new(&stages.map(String::from), &journeys.journeys, by).map_err(|error| Stop::bad(error.to_string()))
}

fn cohort(name: &str) -> CohortBy {
    let period = Period::ALL.iter().find(|(token, _)| *token == name);
    period.map_or_else(|| CohortBy::Attribute(name.into()), |(_, period)| CohortBy::Entered(*period))
}

/// Refuses an attribute that no group has: it is a slip.
fn known(by: &[CohortBy], groups: &Journeys) -> Result<(), Stop> {
    let mut names: BTreeSet<&str> = groups.journeys.iter().flat_map(|one| one.attributes.keys().map(String::as_str)).collect();
    names.extend(GROUP_ATTRIBUTES);
    let unknown = by.iter().find(|by| matches!(by, CohortBy::Attribute(name) if !names.contains(&**name)));
    unknown.map_or(Ok(()), |by| {
        let all: Vec<&str> = Period::ALL.iter().map(|(token, _)| *token).chain(names.iter().copied()).collect();
        let hint = crate::words::did_you_mean(by.name(), all.iter().copied());
        Err(Stop::bad(format!("--by: no group has an attribute `{}`{hint}; there are {}", crate::words::shown(by.name()), all.join(", "))))
    })
}
