//! From a directory of CSV files to a graph and a tally, with everything that was wrong on the way.

mod addresses;
mod cells;
mod findings;
mod listing;
mod matched;
mod people;
mod records;
mod rejects;
mod signals;
mod sources;

use std::path::Path;

use quorate::{AccountGraph, CampaignCost, ContactId, Interaction, MatchRules, Signal, SignalTally};

use crate::exit::Stop;
use crate::mapping::Mapping;
use crate::policies::Known;
use crate::progress::Progress;

pub use addresses::AddressNotes;
pub use findings::{Findings, Flaw};
pub use listing::Listing;
pub use matched::{ContactMatch, Fared, Matched, Repeats, is_shared};
pub use rejects::Rejects;
pub use signals::SignalNotes;
pub use sources::{Part, Sources};

/// A data set that was read.
#[derive(Debug)]
pub struct Dataset {
    pub graph: AccountGraph,
    pub tally: SignalTally,
    /// The files that were read, with what was in them.
    pub sources: Sources,
    /// The signals that were to be kept.
    pub signals: Vec<Signal>,
    /// Rows that could not be used.
    pub findings: Findings,
    pub notes: SignalNotes,
    /// What became of contacts without an account and of signals known by e-mail alone.
    pub matched: Matched,
    /// Whether accounts have a column of fit scores.
    pub scored: bool,
    /// Who had to do with whom.
    pub interactions: Vec<Interaction>,
    /// What campaigns cost; empty unless that is read.
    pub costs: Vec<CampaignCost>,
    /// Contacts that report to themselves and are taken as having no manager, by id.
    pub tops: Vec<ContactId>,
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

/// Which signals are kept beside their tally.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// None.
    Nothing,
    /// Those that count: of the rows of an id one.
    Counted,
    /// Every row, repetitions included.
    Rows,
}

/// What is read, and how.
#[derive(Clone, Copy, Debug)]
pub struct Load<'a> {
    pub data: &'a Path,
    pub mapping: Option<&'a Mapping>,
    pub known: &'a Known,
    pub bad: BadRows<'a>,
    pub part: Part,
    /// How contacts and signals without an account are matched to one; `None`: not at all.
    pub matching: Option<&'a MatchRules>,
    /// Whether a contact that reports to itself is taken as having no manager; otherwise that is a problem.
    pub self_report_is_top: bool,
    /// Which signals are kept beside their tally.
    pub keep: Keep,
}

impl Load<'_> {
    /// Reads a data set.
    ///
    /// # Errors
    /// A file is missing or unusable as a whole, or a limit of the tally is passed.
    pub fn read(&self) -> Result<Dataset, Stop> {
        let (dataset, rejects) = self.read_with_rejects(&[])?;
        rejects.map_or(Ok(()), Rejects::finish)?;
        Ok(dataset)
    }

    /// The same, with the file of rows that were put aside, to which more may be added; it must not be any of those others that are read.
    ///
    /// # Errors
    /// As [`Load::read`].
    pub fn read_with_rejects(&self, others: &[&Path]) -> Result<(Dataset, Option<Rejects>), Stop> {
        let mut sources = Sources::find(self.data, self.mapping, self.part)?;
        let mut rejects = match self.bad {
            BadRows::PutAside(path) => Some(Rejects::create(path, Some(self.data), others.iter().copied().chain(sources.paths()))?),
            BadRows::Stop | BadRows::LeaveOut => None,
        };
        let progress = Progress::new("reading", sources.bytes());
        let mut findings = Findings::default();
        let portfolio = people::read(&mut sources, self, &progress)?;
        portfolio.bad.report(&sources, &mut findings, rejects.as_mut())?;
        let unused = self.matching.map_or_else(Vec::new, |rules| rules.unused_domains(&portfolio.graph));
        let addresses = self.matching.map(|rules| addresses::Addresses::new(&portfolio.graph, rules));
        let mut intake = signals::Intake::new(&mut sources, portfolio.accounts_of, &mut findings, rejects.as_mut(), &progress)
            .matching(addresses)
            .keeping(self.keep);
        let tally = intake.read()?;
        let signals = intake.kept(&tally);
        let (notes, addresses) = intake.into_notes();
        progress.finish();
        let matched = Matched { contacts: portfolio.matched, addresses, unused };
        let people::Portfolio { graph, scored, interactions, costs, tops, .. } = portfolio;
        Ok((Dataset { graph, tally, sources, signals, findings, notes, matched, scored, interactions, costs, tops }, rejects))
    }
}
