//! Rows that cannot be used, remembered by their place until all is known that is wrong with them.

use std::collections::BTreeMap;

use super::super::findings::{Findings, Flaw};
use super::super::rejects::Rejects;
use super::super::sources::Sources;
use super::Origin;
use crate::exit::Stop;
use crate::files::Row;

/// Rows that cannot be used, by file and place.
#[derive(Default)]
pub struct Bad(BTreeMap<(usize, u64), (u64, Vec<Flaw>)>);

impl Bad {
    /// Whether no row is bad.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a row is bad.
    pub(super) fn has(&self, origin: Origin) -> bool {
        self.0.contains_key(&(origin.source, origin.row))
    }

    /// Notes flaws of a row.
    pub(super) fn add(&mut self, origin: Origin, flaws: Vec<Flaw>) {
        let (_, all) = self.0.entry((origin.source, origin.row)).or_insert_with(|| (origin.line, Vec::new()));
        // The flaws of one reading differ; only what is read again may have been said before.
        let before = all.len();
        for flaw in flaws {
            if !all[..before].contains(&flaw) {
                all.push(flaw);
            }
        }
    }

    /// Notes a flaw unless its column is flawed already: that was read as blank, and what follows from the blank is no news.
    pub(super) fn add_unless_flawed(&mut self, origin: Origin, flaw: Flaw) {
        let flawed = self.0.get(&(origin.source, origin.row));
        if !flawed.is_some_and(|(_, flaws)| flaws.iter().any(|one| one.column == flaw.column)) {
            self.add(origin, vec![flaw]);
        }
    }

    /// Notes every bad row, and writes it to the rejects: its file is read once more to have it as it was.
    ///
    /// # Errors
    /// A file cannot be read again, or the rejects not be written.
    pub fn report(self, sources: &Sources, findings: &mut Findings, mut rejects: Option<&mut Rejects>) -> Result<(), Stop> {
        let mut open = None;
        let mut row = Row::default();
        for ((at, number), (line, flaws)) in self.0 {
            let source = sources.get(at);
            findings.add(&source.shown, line, &flaws);
            let Some(rejects) = rejects.as_deref_mut() else { continue };
            if open.as_ref().is_none_or(|(opened, _)| *opened != at) {
                open = Some((at, source.open()?));
            }
            let Some((_, file)) = &mut open else { continue };
            while file.next(&mut row).map_err(|error| Stop::bad(format!("{}: cannot be read: {error}", source.shown)))? {
                if row.number == number {
                    rejects.add(source, line, &flaws, &row.cells)?;
                    break;
                }
            }
        }
        Ok(())
    }
}
