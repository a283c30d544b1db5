//! Dated rows of any files as the cases of a funnel: leads in one, deals in another.

use std::collections::BTreeMap;
use std::path::Path;

use quorate::{CohortBy, Day, Instant, Journey, ProblemKind};

use crate::args::StageSource;
use crate::exit::Stop;
use crate::files::{CsvFile, Row};
use crate::load::{Findings, Flaw};
use crate::words::{did_you_mean, shown};

/// The cases, and what is to be told of the rows.
#[derive(Debug, Default)]
pub struct Rows {
    pub journeys: Vec<Journey>,
    /// Rows of each stage, in the order of the stages: name, file and count.
    pub read: Vec<(String, String, u64)>,
    /// Days after the day asked for, which are not looked at.
    pub later: u64,
    /// Rows of later stages whose case came to the stage by another row, too; the first day counts.
    pub repeated: u64,
}

/// Reads the files of all stages.
///
/// # Errors
/// A file cannot be read, lacks a column, or has rows that cannot be used: an unknown or repeated case, no id, no date where a text stands.
pub fn read(data: &Path, stages: &[StageSource], id: &str, by: &[CohortBy], as_of: Day) -> Result<Rows, Stop> {
    let mut reading = Reading { as_of, stages: stages.len(), cases: BTreeMap::new(), findings: Findings::default(), rows: Rows::default() };
    for (at, stage) in stages.iter().enumerate() {
        let file = CsvFile::open(&data.join(&stage.file)).map_err(|why| Stop::bad(format!("{} {why}", stage.file)))?;
        let columns = Columns::find(&file, stage, id, if at == 0 { by } else { &[] })?;
        reading.file(at, stage, file, &columns)?;
    }
    // Rows cannot be put aside here: a case that is left out would be a case that went no further.
    if !reading.findings.is_empty() {
        let total = format!("{}; mend them", reading.findings.total());
        return Err(Stop::Bad(reading.findings.lines().chain([total]).collect()));
    }
    reading.rows.journeys = reading.cases.into_values().collect();
    Ok(reading.rows)
}

/// The places of the columns that are needed.
struct Columns {
    id: usize,
    day: usize,
    only: Option<(usize, String)>,
    attributes: Vec<(String, usize)>,
    width: usize,
}

impl Columns {
    fn find(file: &CsvFile, stage: &StageSource, id: &str, by: &[CohortBy]) -> Result<Self, Stop> {
        let header = file.header();
        let find = |name: &str| {
            let missing = || {
                let hint = did_you_mean(name, header.iter().map(String::as_str));
                Stop::bad(format!("{}: line 1: column `{}` is missing{hint}", stage.file, shown(name)))
            };
            let mut places = header.iter().enumerate().filter(|(_, column)| *column == name).map(|(at, _)| at);
            let first = places.next().ok_or_else(missing)?;
            let twice = || Stop::bad(format!("{}: line 1: column `{}` is there twice", stage.file, shown(name)));
            places.next().map_or(Ok(first), |_| Err(twice()))
        };
        let attributes = by.iter().filter_map(|by| match by {
            CohortBy::Attribute(name) => Some(find(name).map(|at| (name.clone(), at))),
            CohortBy::Entered(_) => None,
        });
        let only = stage.only.as_ref().map(|(column, value)| find(column).map(|at| (at, value.clone())));
        Ok(Self {
            id: find(id)?,
            day: find(&stage.column)?,
            only: only.transpose()?,
            attributes: attributes.collect::<Result<_, _>>()?,
            width: header.len(),
        })
    }
}

struct Reading {
    as_of: Day,
    stages: usize,
    cases: BTreeMap<String, Journey>,
    findings: Findings,
    rows: Rows,
}

impl Reading {
    fn file(&mut self, at: usize, stage: &StageSource, mut file: CsvFile, columns: &Columns) -> Result<(), Stop> {
        let (mut row, mut rows) = (Row::default(), 0);
        while file.next(&mut row).map_err(|error| Stop::bad(format!("{}: cannot be read: {error}", stage.file)))? {
            rows += 1;
            // One cause, one problem: what refers to a case whose row is bad is not unknown.
            if let Err(flaw) = self.row(at, stage, &row, columns) {
                self.findings.add(&stage.file, row.line, &[flaw]);
            }
        }
        self.rows.read.push((stage.name.clone(), stage.file.clone(), rows));
        Ok(())
    }

    fn row(&mut self, at: usize, stage: &StageSource, row: &Row, columns: &Columns) -> Result<(), Flaw> {
        if row.cells.len() != columns.width {
            self.doubtful(at, row, columns);
            return Err(Flaw::of_row("ragged_row", format!("the row has {} cells, the header has {}", row.cells.len(), columns.width)));
        }
        let id = text(row, columns.id)?.ok_or_else(|| Flaw::of_row("blank", "the id is blank; a value is needed"))?;
        if at == 0 {
            return self.case(&id, stage, row, columns);
        }
        let known = self.day(stage, row, columns)?;
        self.reaches(at, &id, known)
    }

    /// A row of the first stage's file.
    fn case(&mut self, id: &str, stage: &StageSource, row: &Row, columns: &Columns) -> Result<(), Flaw> {
        if self.cases.contains_key(id) {
            return Err(Flaw::of_row("duplicate_id", format!("`{}` is there already; a case has one row", shown(id))));
        }
        let journey = Journey { id: id.into(), reached: vec![None; self.stages], ..Journey::default() };
        self.cases.insert(id.into(), journey);
        let known = self.day(stage, row, columns)?;
        let Some(journey) = self.cases.get_mut(id) else { return Ok(()) };
        journey.reached[0] = known;
        for (name, column) in &columns.attributes {
            journey.attributes.extend(text(row, *column)?.map(|value| (name.clone(), value)));
        }
        Ok(())
    }

    /// The day on which the row's case came to the stage, if it did and that is not later than the day asked for.
    fn day(&mut self, stage: &StageSource, row: &Row, columns: &Columns) -> Result<Option<Day>, Flaw> {
        let only = match &columns.only {
            Some((column, value)) => text(row, *column)?.as_deref() == Some(value),
            None => true,
        };
        let day = text(row, columns.day)?.map(|text| day(&stage.column, &text)).transpose()?.filter(|_| only);
        let known = day.filter(|day| *day <= self.as_of);
        self.rows.later += u64::from(known.is_none() && day.is_some());
        Ok(known)
    }

    /// A case whose row cannot be read.
    fn doubtful(&mut self, at: usize, row: &Row, columns: &Columns) {
        if let (0, Ok(Some(id))) = (at, text(row, columns.id)) {
            self.cases.entry(id).or_insert_with(|| Journey { reached: vec![None; self.stages], ..Journey::default() });
        }
    }

    fn reaches(&mut self, at: usize, id: &str, day: Option<Day>) -> Result<(), Flaw> {
        let Some(journey) = self.cases.get_mut(id) else {
            return Err(Flaw::of_row("unknown_id", format!("`{}` is no case of the first stage's file", shown(id))));
        };
        let Some(day) = day else { return Ok(()) };
        let before = &mut journey.reached[at];
        self.rows.repeated += u64::from(before.is_some());
        *before = Some(before.map_or(day, |first| first.min(day)));
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
