//! Who there is: every table but the signals, read into a document and built into a graph.

use std::collections::{BTreeMap, BTreeSet};

use quorate::{AccountGraph, AccountId, ContactId, EditError, PortfolioDocument, ProblemKind, RecordProblem, Section};

use super::cells::Cells;
use super::findings::{Findings, Flaw};
use super::records;
use super::rejects::Rejects;
use super::sources::Sources;
use crate::exit::Stop;
use crate::files::{Row, Table};
use crate::policies::Known;
use crate::progress::Progress;

/// Who there is, and which rows could not be used.
pub struct Portfolio {
    pub graph: AccountGraph,
    pub bad: Bad,
    /// The account of every contact, ordered by contact.
    pub accounts_of: Vec<(ContactId, Option<AccountId>)>,
    /// Whether any account carries a fit score.
    pub scored: bool,
}

/// Rows that cannot be used, by file and place.
#[derive(Default)]
pub struct Bad(BTreeMap<(usize, u64), (u64, Vec<Flaw>)>);

/// Where a record comes from.
#[derive(Clone, Copy)]
struct Origin {
    source: usize,
    row: u64,
    line: u64,
}

/// Reads every table of who there is.
///
/// # Errors
/// A file cannot be read to its end.
pub fn read(sources: &mut Sources, known: &Known, progress: &Progress) -> Result<Portfolio, Stop> {
    let mut reading =
        Reading { known, document: PortfolioDocument::default(), origins: BTreeMap::new(), bad: Bad::default(), lost: BTreeSet::new() };
    for table in crate::files::TABLES.into_iter().filter(|table| *table != Table::Signals) {
        for source in sources.of(table) {
            reading.file(sources, source, progress)?;
        }
    }
    Ok(reading.build(sources))
}

struct Reading<'k> {
    known: &'k Known,
    document: PortfolioDocument,
    origins: BTreeMap<Section, Vec<Origin>>,
    bad: Bad,
    /// What was left out here, by sort and id: what stands on it is not unknown but unusable.
    lost: BTreeSet<(&'static str, String)>,
}

impl Reading<'_> {
    fn file(&mut self, sources: &mut Sources, at: usize, progress: &Progress) -> Result<(), Stop> {
        let source = sources.get(at);
        let mut file = source.open()?;
        let mut row = Row::default();
        let mut rows = 0;
        while file.next(&mut row).map_err(|error| Stop::bad(format!("{}: cannot be read: {error}", source.shown)))? {
            rows += 1;
            progress.at(file.bytes());
            let mut cells = Cells::new(&source.plan, &row);
            let origin = Origin { source: sources.same_file(at), row: row.number, line: row.line };
            let kept = cells.is_whole() && self.record(source.plan.table, &mut cells, origin);
            if !kept {
                self.lose(source.plan.table, &mut cells);
                self.bad.add(origin, cells.flaws);
            }
        }
        progress.file_done(file.bytes());
        sources.get_mut(at).rows = rows;
        Ok(())
    }

    /// Reads a row as a record and keeps it, if nothing is wrong with it.
    fn record(&mut self, table: Table, cells: &mut Cells<'_>, origin: Origin) -> bool {
        let document = &mut self.document;
        let (section, kept) = match table {
            Table::Accounts => (Section::Accounts, keep(&mut document.accounts, records::account(cells), cells)),
            Table::Contacts => (Section::Contacts, keep(&mut document.contacts, records::contact(cells, self.known), cells)),
            Table::Groups => (Section::Groups, keep(&mut document.groups, records::group(cells, self.known), cells)),
            Table::Members => (Section::Members, keep(&mut document.members, records::member(cells, self.known), cells)),
            Table::Ties => (Section::Ties, keep(&mut document.ties, records::tie(cells), cells)),
            Table::Outcomes => (Section::Opportunities, keep(&mut document.opportunities, records::opportunity(cells), cells)),
            Table::Dispositions => (Section::Dispositions, keep(&mut document.dispositions, records::disposition(cells), cells)),
            Table::Signals => return false,
        };
        if kept {
            self.origins.entry(section).or_default().push(origin);
        }
        kept
    }

    /// Remembers the id of a row that is left out.
    fn lose(&mut self, table: Table, cells: &mut Cells<'_>) {
        let (what, column) = match table {
            Table::Accounts => ("account", "account_id"),
            Table::Contacts => ("contact", "contact_id"),
            Table::Groups => ("group", "group_id"),
            _ => return,
        };
        if let Ok(Some(id)) = cells.peek(column) {
            self.lost.insert((what, id.into_owned()));
        }
    }

    fn build(mut self, sources: &Sources) -> Portfolio {
        let contacts = self.document.contacts.iter();
        let mut accounts_of: Vec<_> = contacts.map(|contact| (contact.id.clone(), contact.account.clone())).collect();
        accounts_of.sort();
        let scored = self.document.accounts.iter().any(|account| account.fit_score.is_some());
        let (graph, problems) = AccountGraph::build(std::mem::take(&mut self.document));
        for problem in problems {
            self.refused(problem, sources);
        }
        Portfolio { graph, bad: self.bad, accounts_of, scored }
    }

    /// Notes what the graph refused, at the row it came from.
    fn refused(&mut self, found: RecordProblem, sources: &Sources) {
        let Some(origin) = self.origins.get(&found.section).and_then(|origins| origins.get(found.index)).copied() else { return };
        let problem = match found.problem {
            ProblemKind::Edit(EditError::Unknown { what, id, .. }) if self.lost.contains(&(what, id.clone())) => {
                ProblemKind::Edit(EditError::Unusable { what, id })
            }
            other => other,
        };
        let flaw = if found.field.is_empty() {
            Flaw::of_row(problem.code(), problem.to_string())
        } else {
            let table = table_of(found.section);
            let plan = sources
                .iter()
                .find(|source| source.plan.table == table && sources.is_file(source, origin.source))
                .map(|source| &source.plan);
            let column = column(found.section, found.field);
            Flaw::found(plan.map_or_else(|| column.into(), |plan| plan.shown(column)), &problem)
        };
        self.bad.add(origin, vec![flaw]);
    }
}

/// Keeps a record with whose row nothing is wrong.
fn keep<T>(records: &mut Vec<T>, record: Option<T>, cells: &Cells<'_>) -> bool {
    let good = record.filter(|_| cells.flaws.is_empty());
    let kept = good.is_some();
    records.extend(good);
    kept
}

const fn table_of(section: Section) -> Table {
    match section {
        Section::Accounts => Table::Accounts,
        Section::Contacts => Table::Contacts,
        Section::Groups => Table::Groups,
        Section::Members => Table::Members,
        Section::Ties => Table::Ties,
        Section::Opportunities => Table::Outcomes,
        Section::Dispositions => Table::Dispositions,
    }
}

/// The column of a field of a record.
fn column(section: Section, field: &'static str) -> &'static str {
    match (section, field) {
        (Section::Accounts, "id") | (_, "account") => "account_id",
        (Section::Contacts, "id") | (_, "contact") => "contact_id",
        (Section::Groups, "id") | (_, "group") => "group_id",
        (Section::Opportunities, "id") => "opportunity_id",
        (_, "parent") => "parent_id",
        (_, "person") => "person_id",
        (_, "created") => "created_at",
        (_, "from") => "from_id",
        (_, "to") => "to_id",
        _ => field,
    }
}

impl Bad {
    fn add(&mut self, origin: Origin, flaws: Vec<Flaw>) {
        let (_, all) = self.0.entry((origin.source, origin.row)).or_insert_with(|| (origin.line, Vec::new()));
        for flaw in flaws {
            if !all.contains(&flaw) {
                all.push(flaw);
            }
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
