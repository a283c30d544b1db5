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

/// Reads a data set. Rows that cannot be used are left out and noted; with `rejects` they are also written there.
///
/// # Errors
/// A file is missing or unusable as a whole, or a limit of the tally is passed.
pub fn load(data: &Path, mapping: Option<&Mapping>, known: &Known, rejects: Option<&Path>) -> Result<Dataset, Stop> {
    let mut sources = Sources::find(data, mapping)?;
    let mut rejects = rejects.map(|path| rejects::Rejects::create(path, &sources)).transpose()?;
    let progress = Progress::new("reading", sources.bytes());
    let mut findings = Findings::default();
    let portfolio = people::read(&mut sources, known, &progress)?;
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
