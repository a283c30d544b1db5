//! A list of rows that is kept whole: titles or leads, from a file of its own, from what comes in, or from a file of a data set.

use std::borrow::Cow;
use std::path::Path;

use super::cells::Cells;
use super::findings::{Findings, Flaw};
use super::rejects::Rejects;
use super::sources::Source;
use crate::exit::Stop;
use crate::files::{CsvFile, Row, Table};
use crate::mapping::{From, Source as Recipe};
use crate::words::shown;

/// The path that stands for what comes in.
const STDIN: &str = "-";

/// A table whose every row is wanted again, as it was.
pub struct Listing {
    pub source: Source,
    /// The names of its columns.
    pub header: Vec<String>,
    /// Its usable rows, in order.
    pub rows: Vec<Row>,
    file: Option<CsvFile>,
}

impl Listing {
    /// Opens a list, some of whose columns have other names than those of the table.
    ///
    /// # Errors
    /// It cannot be read, or lacks columns.
    pub fn open(path: &Path, table: Table, renamed: &[(&'static str, String)]) -> Result<Self, Stop> {
        let comes_in = path.as_os_str() == STDIN;
        let name = if comes_in { "the input".into() } else { path.display().to_string() };
        let file = if comes_in { CsvFile::stdin() } else { CsvFile::open(path) };
        let file = file.map_err(|why| Stop::bad(format!("{name} {why}")))?;
        let source = Source::new(path, name.clone(), &file, &recipe(table, renamed, file.header()), table);
        let source = source.map_err(|problems| unusable(&name, &problems, file.header()))?;
        Ok(Self { source, header: file.header().to_vec(), rows: Vec::new(), file: Some(file) })
    }

    /// A file of a data set.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn of(source: Source) -> Result<Self, Stop> {
        let file = source.open()?;
        Ok(Self { header: file.header().to_vec(), rows: Vec::new(), file: Some(file), source })
    }

    /// Reads the rows. One that is ragged or not UTF-8 is noted, and put aside if rows can be.
    ///
    /// # Errors
    /// It cannot be read to its end, or rows cannot be put aside.
    pub fn read(&mut self, findings: &mut Findings, mut rejects: Option<&mut Rejects>) -> Result<(), Stop> {
        let Some(mut file) = self.file.take() else { return Ok(()) };
        let mut row = Row::default();
        while file.next(&mut row).map_err(|error| Stop::bad(format!("{}: cannot be read: {error}", self.source.shown)))? {
            self.source.rows += 1;
            let flaws = flaws(&self.source, &self.header, &row);
            if flaws.is_empty() {
                self.rows.push(std::mem::take(&mut row));
                continue;
            }
            findings.add(&self.source.shown, row.line, &flaws);
            if let Some(rejects) = rejects.as_deref_mut() {
                rejects.add(&self.source, row.line, &flaws, &row.cells)?;
            }
        }
        Ok(())
    }

    /// The text of a column of the table in a row: trimmed, `None` when blank.
    pub fn text(&self, column: &str, row: &Row) -> Option<String> {
        self.source.plan.value(column, &row.cells).ok().flatten().map(Cow::into_owned)
    }
}

/// How a list is read: the columns of the table that it has, and those that must be there.
fn recipe(table: Table, renamed: &[(&'static str, String)], header: &[String]) -> Recipe {
    let mut recipe = Recipe { lenient: false, ..Recipe::native(table) };
    let required = |name: &str| table.columns().iter().any(|column| column.required && column.name == name);
    recipe.columns.retain(|name, _| required(name) || header.iter().any(|own| own == name));
    for (column, own) in renamed {
        recipe.columns.insert(column, From::Joined(vec![own.clone()], String::new()));
    }
    recipe
}

/// What is wrong with the columns of a list, which there are, and what may be done.
fn unusable(name: &str, problems: &[String], header: &[String]) -> Stop {
    let columns: Vec<String> = header.iter().map(|name| format!("`{}`", shown(name))).collect();
    let which = format!("{name}: its columns are {}; name the right one with --column", columns.join(", "));
    Stop::Bad(problems.iter().map(|problem| format!("{name}: {problem}")).chain([which]).collect())
}

fn flaws(source: &Source, header: &[String], row: &Row) -> Vec<Flaw> {
    let cells = Cells::new(&source.plan, row);
    let mut flaws = cells.flaws;
    if row.cells.len() == header.len() {
        for (name, cell) in header.iter().zip(&row.cells).filter(|(_, cell)| std::str::from_utf8(cell).is_err()) {
            let text = shown(&String::from_utf8_lossy(cell));
            flaws.push(Flaw::of_cell(name.clone(), "not_utf8", format!("`{text}` is not UTF-8; save the file as UTF-8")));
        }
    }
    flaws
}
