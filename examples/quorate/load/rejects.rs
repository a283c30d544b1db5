//! The file of rows that could not be used.
//!
//! It is one CSV file for rows of several files: `file, line, code, reason`, then the cells of the row as they were, as many as it had.
//! Before the first row of each file stands the header of that file, with the code `header`, so that the rows can be mended and put back.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;

use csv::{ByteRecord, Writer, WriterBuilder};

use super::findings::Flaw;
use super::sources::{Source, Sources};
use crate::exit::{Stop, io_of};

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
    pub fn create(path: &Path, sources: &Sources) -> Result<Self, Stop> {
        let shown = path.display().to_string();
        let here = fs::canonicalize(path).ok();
        let read = sources.iter().any(|source| here.is_some() && fs::canonicalize(&source.path).ok() == here);
        if read {
            return Err(Stop::bad(format!("{shown} is a file of the data set; write the rejects to another one")));
        }
        let file = File::create(path).map_err(|error| Stop::writing(&shown, &error))?;
        let mut rejects = Self { writer: WriterBuilder::new().flexible(true).from_writer(file), shown, headed: BTreeSet::new() };
        rejects.record(["file", "line", "code", "reason", "cells of the row, as they were …"].map(str::as_bytes).into_iter())?;
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
