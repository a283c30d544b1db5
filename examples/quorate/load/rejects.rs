//! The file of rows that could not be used.
//!
//! It is one CSV file for rows of several files: `file, line, code, reason`, then the cells of the row as they were, as many as it had.
//! Before the first row of each file stands the header of that file, with the code `header`, so that the rows can be mended and put back.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use csv::{ByteRecord, Writer, WriterBuilder};

use super::findings::Flaw;
use super::sources::Source;
use crate::exit::{Stop, io_of};
use crate::files::{ELSEWHERE, TABLES};
use crate::mapping::Source as Recipe;

/// The columns of the file; the cells of a row may be any number.
const HEADER: [&str; 5] = ["file", "line", "code", "reason", "cells of the row, as they were …"];

/// Whether a path is a file that is read, or would be read as one of the layout the next time.
fn of_the_data_set<'s>(path: &Path, data: Option<&Path>, mut read: impl Iterator<Item = &'s Path>) -> bool {
    let here = fs::canonicalize(path).ok();
    let read = read.any(|path| here.is_some() && fs::canonicalize(path).ok() == here);
    let folder = path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let beside = data.is_some_and(|data| folder.and_then(|folder| fs::canonicalize(folder).ok()) == fs::canonicalize(data).ok());
    let named = |name: &str| path.file_name().is_some_and(|own| own.eq_ignore_ascii_case(name));
    read || (beside && (ELSEWHERE.iter().any(|name| named(name)) || TABLES.iter().any(|table| named(&Recipe::native(*table).file))))
}

/// Whether a file is there that does not begin as a file of rejects does: a policy, a mapping, or something else that is not ours to replace.
fn is_something_else(path: &Path) -> bool {
    let mut start = Vec::new();
    let mark = HEADER[..4].join(",");
    let read = File::open(path).and_then(|file| file.take(mark.len() as u64).read_to_end(&mut start));
    read.is_ok() && path.is_file() && !start.is_empty() && start != mark.as_bytes()
}

/// The rows left out, on their way to a file.
#[derive(Debug)]
pub struct Rejects {
    writer: Writer<File>,
    shown: String,
    headed: BTreeSet<String>,
}

impl Rejects {
    /// Begins the file, which is there, with its header, even when no row follows.
    ///
    /// # Errors
    /// The file cannot be made, or is one of those that are read.
    pub fn create<'s>(path: &Path, data: Option<&Path>, read: impl Iterator<Item = &'s Path>) -> Result<Self, Stop> {
        let shown = path.display().to_string();
        if of_the_data_set(path, data, read) {
            return Err(Stop::bad(format!("{shown} is a file of the data set; write the rejects to another one")));
        }
        if is_something_else(path) {
            return Err(Stop::bad(format!("{shown} is there already and holds no rejects; write the rejects to another file")));
        }
        let file = File::create(path).map_err(|error| Stop::writing(&shown, &error))?;
        let mut rejects = Self { writer: WriterBuilder::new().flexible(true).from_writer(file), shown, headed: BTreeSet::new() };
        rejects.record(HEADER.map(str::as_bytes).into_iter())?;
        Ok(rejects)
    }

    /// Writes a row with what is wrong with it.
    pub fn add(&mut self, source: &Source, line: u64, flaws: &[Flaw], cells: &ByteRecord) -> Result<(), Stop> {
        if self.headed.insert(source.shown.clone()) {
            let head = [source.shown.as_str(), "1", "header", ""].map(str::as_bytes).into_iter();
            self.record(head.chain(source.raw_header.iter()))?;
        }
        let codes: Vec<&str> = flaws.iter().map(|flaw| flaw.code).collect();
        let reasons: Vec<String> = flaws.iter().map(Flaw::said).collect();
        let (line, codes, reasons) = (line.to_string(), codes.join("; "), reasons.join("; "));
        let head = [source.shown.as_str(), &line, &codes, &reasons].map(str::as_bytes).into_iter();
        self.record(head.chain(cells.iter()))
    }

    fn record<'c>(&mut self, cells: impl Iterator<Item = &'c [u8]>) -> Result<(), Stop> {
        self.writer.write_record(cells).map_err(|error| Stop::writing(&self.shown, &io_of(error)))
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<(), Stop> {
        self.writer.flush().map_err(|error| Stop::writing(&self.shown, &error))
    }
}
