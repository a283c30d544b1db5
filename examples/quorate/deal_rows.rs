//! Rows of any files as deals of which only facts are known.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use quorate::{Account, AccountId, Day, DealOutcome, Instant, PastDeal, ProblemKind};

use crate::args::{BackTestArgs, RowSource};
use crate::exit::Stop;
use crate::files::{CsvFile, Row};
use crate::load::{Findings, Flaw};
use crate::words::{did_you_mean, shown};

/// The deals, and what is to be told of the rows.
#[derive(Debug, Default)]
pub struct DealRows {
    pub deals: Vec<PastDeal>,
    /// File and rows, in the order in which they were read.
    pub read: Vec<(String, u64)>,
    /// Columns of the cases that say how they ended, and are therefore no attributes.
    pub outcome_columns: Vec<String>,
}

/// Reads the files of cases, wins and losses.
///
/// # Errors
/// A file cannot be read, lacks a column, or has rows that cannot be used: all of them.
pub fn read(args: &BackTestArgs, case: &RowSource) -> Result<DealRows, Stop> {
    let id = args.id.as_deref().unwrap_or_default();
    let mut reading = Reading { outcome_columns: outcome_columns(args, case), ..Reading::default() };
    reading.file(&args.data.data, case, id, args.account.as_deref(), Part::Case)?;
    for (source, part) in [(&args.won, Part::Won), (&args.lost, Part::Lost)] {
        if let Some(source) = source {
            reading.file(&args.data.data, source, id, None, part)?;
        }
    }
    refuse(&reading.findings)?;
    let losses = args.lost.is_some();
    let deals = reading.deals.into_values().map(|mut deal| {
        if deal.outcome == DealOutcome::Open && !losses && deal.decided.is_none() {
            deal.outcome = DealOutcome::Lost(None);
        }
        deal
    });
    Ok(DealRows { deals: deals.collect(), read: reading.read, outcome_columns: reading.outcome_columns })
}

/// The columns of the file of cases by which wins and losses are told.
fn outcome_columns(args: &BackTestArgs, case: &RowSource) -> Vec<String> {
    let same_file = [&args.won, &args.lost].into_iter().flatten().filter(|source| source.file == case.file);
    let columns = same_file.flat_map(|source| source.day.iter().chain(source.only.iter().map(|(column, _)| column)));
    let mut columns: Vec<String> = columns.cloned().collect();
    columns.sort();
    columns.dedup();
    columns
}

fn refuse(findings: &Findings) -> Result<(), Stop> {
    if findings.is_empty() {
        return Ok(());
    }
    Err(Stop::Bad(findings.lines().chain([format!("{}; mend them", findings.total())]).collect()))
}

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Case,
    Won,
    Lost,
}

#[derive(Default)]
struct Reading {
    deals: BTreeMap<String, PastDeal>,
    outcome_columns: Vec<String>,
    /// Ids of rows that are no cases because a column says something else.
    passed_over: BTreeSet<String>,
    findings: Findings,
    read: Vec<(String, u64)>,
}

/// The places of the columns that are needed.
struct Columns {
    names: Vec<String>,
    id: usize,
    account: Option<usize>,
    day: Option<usize>,
    only: Option<(usize, String)>,
}

impl Columns {
    fn find(file: &CsvFile, source: &RowSource, id: &str, account: Option<&str>) -> Result<Self, Stop> {
        let header = file.header();
        let find = |name: &str| {
            let missing = || {
                let hint = did_you_mean(name, header.iter().map(String::as_str));
                Stop::bad(format!("{}: line 1: column `{}` is missing{hint}", source.file, shown(name)))
            };
            header.iter().position(|column| column == name).ok_or_else(missing)
        };
        if let Some(twice) = header.iter().enumerate().find(|(at, name)| header[..*at].contains(name)) {
            return Err(Stop::bad(format!("{}: line 1: column `{}` stands more than once", source.file, shown(twice.1))));
        }
        Ok(Self {
            id: find(id)?,
            account: account.map(find).transpose()?,
            day: source.day.as_deref().map(find).transpose()?,
            only: source.only.as_ref().map(|(column, value)| find(column).map(|at| (at, value.clone()))).transpose()?,
            names: header.to_vec(),
        })
    }
}

impl Reading {
    fn file(&mut self, data: &Path, source: &RowSource, id: &str, account: Option<&str>, part: Part) -> Result<(), Stop> {
        let mut file = CsvFile::open(&data.join(&source.file)).map_err(|why| Stop::bad(format!("{} {why}", source.file)))?;
        let columns = Columns::find(&file, source, id, account)?;
        let (mut row, mut rows) = (Row::default(), 0);
        while file.next(&mut row).map_err(|error| Stop::bad(format!("{}: cannot be read: {error}", source.file)))? {
            rows += 1;
            if let Err(flaw) = self.row(&row, &columns, part) {
                self.findings.add(&source.file, row.line, &[flaw]);
            }
        }
        self.read.push((source.file.clone(), rows));
        Ok(())
    }

    fn row(&mut self, row: &Row, columns: &Columns, part: Part) -> Result<(), Flaw> {
        let width = columns.names.len();
        if row.cells.len() != width {
            return Err(Flaw::of_row("ragged_row", format!("the row has {} cells, the header has {width}", row.cells.len())));
        }
        let only = match &columns.only {
            Some((column, value)) => text(row, *column)?.unwrap_or_default() == *value,
            None => true,
        };
        let id = text(row, columns.id)?.ok_or_else(|| Flaw::of_row("blank", "the id is blank; a value is needed"))?;
        if !only {
            self.passed_over.extend((part == Part::Case).then_some(id));
            return Ok(());
        }
        let day = columns.day.map(|at| text(row, at).map(|text| text.map(|text| (at, text)))).transpose()?.flatten();
        let day = day.map(|(at, text)| self::day(&columns.names[at], &text));
        match part {
            // A case whose day cannot be read is still there for the rows of other files.
            Part::Case => self.case(row, columns, id, day.clone().and_then(Result::ok)).and(day.transpose().map(|_| ())),
            Part::Won => self.closes(&id, DealOutcome::Won(day.transpose()?)),
            Part::Lost => self.closes(&id, DealOutcome::Lost(day.transpose()?)),
        }
    }

    fn case(&mut self, row: &Row, columns: &Columns, id: String, decided: Option<Day>) -> Result<(), Flaw> {
        let problem = |error: quorate::IdError| Flaw::found(columns.names[columns.id].clone(), &ProblemKind::from(error));
        let number = AccountId::new(&id).map_err(problem)?;
        let mut facts = Account::new(&id).map_err(problem)?;
        let facts_of = |(at, name): &(usize, &String)| *at != columns.id && !self.outcome_columns.contains(name);
        for (at, name) in columns.names.iter().enumerate().filter(facts_of) {
            facts.attributes.extend(text(row, at)?.map(|value| (name.clone(), value)));
        }
        let account = match columns.account {
            Some(at) => text(row, at)?.unwrap_or_else(|| id.clone()),
            None => id.clone(),
        };
        if self.deals.contains_key(&id) {
            return Err(Flaw::of_row("duplicate_id", format!("`{}` is there already; a case has one row", shown(&id))));
        }
        self.deals.insert(id, PastDeal { id: number, account, decided, outcome: DealOutcome::Open, facts });
        Ok(())
    }

    /// Of several wins the first counts, and a win before a loss.
    fn closes(&mut self, id: &str, outcome: DealOutcome) -> Result<(), Flaw> {
        let Some(deal) = self.deals.get_mut(id) else {
            if self.passed_over.contains(id) {
                return Ok(());
            }
            return Err(Flaw::of_row("unknown_id", format!("`{}` is no case", shown(id))));
        };
        deal.outcome = match (deal.outcome, outcome) {
            (DealOutcome::Won(a), DealOutcome::Won(b)) => DealOutcome::Won(a.into_iter().chain(b).min()),
            (won @ DealOutcome::Won(_), _) => won,
            (_, other) => other,
        };
        Ok(())
    }
}

fn text(row: &Row, at: usize) -> Result<Option<String>, Flaw> {
    let bytes = row.cells.get(at).unwrap_or_default();
    let text = std::str::from_utf8(bytes).map_err(|_| Flaw::of_row("not_utf8", "the row is not UTF-8; save the file as UTF-8"))?.trim();
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

fn day(column: &str, text: &str) -> Result<Day, Flaw> {
    let problem = |error: quorate::TimeError| Flaw::found(column.to_owned(), &ProblemKind::from(error));
    text.parse().map(Instant::day).map_err(problem)
}
