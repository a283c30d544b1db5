//! From a directory of CSV files to a graph and a tally, with everything that was wrong on the way.

mod cells;
mod findings;
mod people;
mod records;
mod rejects;
mod signals;
mod sources;

use std::path::Path;

use quorate::{AccountGraph, SignalTally};

use crate::exit::Stop;
use crate::mapping::Mapping;
use crate::policies::Known;
use crate::progress::Progress;

pub use findings::Findings;
pub use signals::SignalNotes;
pub use sources::Sources;

/// A data set that was read.
#[derive(Debug)]
pub struct Dataset {
    pub graph: AccountGraph,
    pub tally: SignalTally,
    /// The files that were read, with what was in them.
    pub sources: Sources,
    /// Rows that could not be used.
    pub findings: Findings,
    pub notes: SignalNotes,
    /// Whether any account carries a fit score.
    pub scored: bool,
}

/// What becomes of rows that cannot be used; they are noted in any case.
#[derive(Clone, Copy, Debug)]
pub enum BadRows<'p> {
    /// The run will stop because of them: what only follows from them is not worth a line.
    Stop,
    /// The run goes on without them, and without what stands on them.
    LeaveOut,
    /// As [`BadRows::LeaveOut`], and they are written to this file.
    PutAside(&'p Path),
}

/// Reads a data set.
///
/// # Errors
/// A file is missing or unusable as a whole, or a limit of the tally is passed.
pub fn load(data: &Path, mapping: Option<&Mapping>, known: &Known, bad: BadRows<'_>) -> Result<Dataset, Stop> {
    let mut sources = Sources::find(data, mapping)?;
    let mut rejects = match bad {
        BadRows::PutAside(path) => Some(rejects::Rejects::create(path, data, &sources)?),
        BadRows::Stop | BadRows::LeaveOut => None,
    };
    let progress = Progress::new("reading", sources.bytes());
    let mut findings = Findings::default();
    let portfolio = people::read(&mut sources, known, !matches!(bad, BadRows::Stop), &progress)?;
    portfolio.bad.report(&sources, &mut findings, rejects.as_mut())?;
    let mut intake = signals::Intake::new(&mut sources, portfolio.accounts_of, &mut findings, rejects.as_mut(), &progress);
    let tally = intake.read()?;
    let notes = intake.into_notes();
    progress.finish();
    if let Some(rejects) = rejects {
        rejects.finish()?;
    }
    Ok(Dataset { graph: portfolio.graph, tally, sources, findings, notes, scored: portfolio.scored })
}
