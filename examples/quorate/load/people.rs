//! Who there is: every table but the signals, read into a document and built into a graph.

use std::collections::{BTreeMap, BTreeSet};

use quorate::{
    AccountGraph, AccountId, CampaignCost, ContactId, EditError, Interaction, MatchRules, PortfolioDocument, ProblemKind, RecordProblem,
    Section,
};

use super::cells::Cells;
use super::findings::Flaw;
use super::matched::ContactMatch;
use super::records;
use super::sources::Sources;
use super::{BadRows, Load};
use crate::exit::Stop;
use crate::files::{Row, Table};
use crate::policies::Known;
use crate::progress::Progress;

mod bad;
mod costs;
mod homeless;
mod interactions;

pub use bad::Bad;

/// Who there is, and which rows could not be used.
pub struct Portfolio {
    pub graph: AccountGraph,
    pub bad: Bad,
    /// The account of every contact, ordered by contact.
    pub accounts_of: Vec<(ContactId, Option<AccountId>)>,
    /// What became of contacts without an account.
    pub matched: Vec<ContactMatch>,
    /// Whether accounts have a column of fit scores.
    pub scored: bool,
    /// Who had to do with whom, in the order of the rows.
    pub interactions: Vec<Interaction>,
    /// What campaigns cost, in the order of the rows.
    pub costs: Vec<CampaignCost>,
    /// Contacts that report to themselves and are taken as having no manager, by id.
    pub tops: Vec<ContactId>,
}

/// Where a record comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    source: usize,
    row: u64,
    line: u64,
}

/// Reads every table of who there is. When the run goes on without bad rows, the rows that stand on them are bad too.
///
/// # Errors
/// A file cannot be read to its end.
pub fn read(sources: &mut Sources, load: &Load<'_>, progress: &Progress) -> Result<Portfolio, Stop> {
    let mut reading = Reading::new(load);
    for table in crate::files::TABLES.into_iter().filter(|table| *table != Table::Signals) {
        for source in sources.of(table) {
            reading.file(sources, source, progress)?;
        }
    }
    Ok(reading.build(sources))
}

/// Records on their way into a graph, each with the row it comes from.
#[derive(Clone, Default)]
struct Draft {
    document: PortfolioDocument,
    origins: BTreeMap<Section, Vec<Origin>>,
}

struct Reading<'k> {
    known: &'k Known,
    matching: Option<&'k MatchRules>,
    /// The companies of contacts without an account, by the contact's place in the document.
    companies: BTreeMap<usize, String>,
    /// Contacts that no account was found for.
    homeless: BTreeSet<String>,
    /// Whether the run goes on without bad rows: then what stands on them is bad too, otherwise it is no news.
    goes_on: bool,
    /// Every row that could be read at all, cells that could not left blank.
    draft: Draft,
    /// Interactions, of which each may stand there several times.
    interactions: Vec<(Interaction, Origin)>,
    /// Costs, of which each may stand there several times, too.
    costs: Vec<(CampaignCost, Origin)>,
    /// Whether a contact that reports to itself is taken as having no manager.
    self_report_is_top: bool,
    bad: Bad,
    /// What is left out, by sort and id: what names it is not wrong itself.
    lost: BTreeSet<(&'static str, String)>,
}

impl<'k> Reading<'k> {
    fn new(load: &Load<'k>) -> Self {
        let goes_on = !matches!(load.bad, BadRows::Stop);
        let (draft, bad, lost) = (Draft::default(), Bad::default(), BTreeSet::new());
        let (companies, homeless, interactions, costs) = (BTreeMap::new(), BTreeSet::new(), Vec::new(), Vec::new());
        let (known, matching, self_report_is_top) = (load.known, load.matching, load.self_report_is_top);
        Self { known, matching, companies, homeless, goes_on, draft, interactions, costs, self_report_is_top, bad, lost }
    }

    fn file(&mut self, sources: &mut Sources, at: usize, progress: &Progress) -> Result<(), Stop> {
        let source = sources.get(at);
        let mut file = source.open()?;
        let mut row = Row::default();
        let (mut rows, mut passed_over) = (0, 0);
        while file.next(&mut row).map_err(|error| Stop::bad(format!("{}: cannot be read: {error}", source.shown)))? {
            progress.at(file.bytes());
            if !source.plan.reads(&row.cells) {
                passed_over += 1;
                continue;
            }
            rows += 1;
            let mut cells = Cells::new(&source.plan, &row);
            let origin = Origin { source: sources.same_file(at), row: row.number, line: row.line };
            if !(cells.is_whole() && self.record(source.plan.table, &mut cells, origin)) {
                self.lose(source.plan.table, &cells);
            }
            if !cells.flaws.is_empty() {
                self.bad.add(origin, cells.flaws);
            }
        }
        progress.file_done(file.bytes());
        let source = sources.get_mut(at);
        (source.rows, source.passed_over) = (rows, passed_over);
        Ok(())
    }

    /// Remembers the id of a row that is no record, if it can be read.
    fn lose(&mut self, table: Table, cells: &Cells<'_>) {
        let (what, column) = match table {
            Table::Accounts => ("account", "account_id"),
            Table::Contacts => ("contact", "contact_id"),
            Table::Groups => ("group", "group_id"),
            _ => return,
        };
        self.lost.extend(cells.peek(column).map(|id| (what, id)));
    }

    /// Reads a row as a record, as far as it can be read.
    fn record(&mut self, table: Table, cells: &mut Cells<'_>, origin: Origin) -> bool {
        if table == Table::Interactions {
            return keep(&mut self.interactions, records::interaction(cells).map(|one| (one, origin)));
        }
        if table == Table::Costs {
            return keep(&mut self.costs, records::cost(cells).map(|one| (one, origin)));
        }
        let Draft { document, origins } = &mut self.draft;
        let (section, kept) = match table {
            Table::Accounts => (Section::Accounts, keep(&mut document.accounts, records::account(cells))),
            Table::Contacts => {
                let company = cells.owned("company");
                let kept = keep(&mut document.contacts, records::contact(cells, self.known));
                if kept && document.contacts.last().is_some_and(|contact| contact.account.is_none()) {
                    self.companies.extend(company.map(|company| (document.contacts.len() - 1, company)));
                }
                (Section::Contacts, kept)
            }
            Table::Groups => (Section::Groups, keep(&mut document.groups, records::group(cells, self.known))),
            Table::Members => (Section::Members, keep(&mut document.members, records::member(cells, self.known))),
            Table::Ties => (Section::Ties, keep(&mut document.ties, records::tie(cells))),
            Table::Outcomes => (Section::Opportunities, keep(&mut document.opportunities, records::opportunity(cells))),
            Table::Dispositions => (Section::Dispositions, keep(&mut document.dispositions, records::disposition(cells))),
            Table::Interactions | Table::Signals | Table::Costs | Table::Titles | Table::Leads => return false,
        };
        if kept {
            origins.entry(section).or_default().push(origin);
        }
        kept
    }

    /// Builds the graph of the good rows.
    ///
    /// It takes two steps when cells could not be read. First every row is built, so that a bad cell hides no other problem of its row,
    /// nor makes every row that names it look wrong. Then the good rows are built alone: what falls out now stood on one that is left out.
    fn build(mut self, sources: &Sources) -> Portfolio {
        let mut matched = self.match_contacts(sources);
        let mut tops = if self.self_report_is_top { self.draft.document.take_self_reports_as_top() } else { Vec::new() };
        let clean = self.bad.is_empty();
        let draft = std::mem::take(&mut self.draft);
        let mut good = if clean { Draft::default() } else { draft.clone() };
        let mut accounts_of: Vec<_> = draft.document.contacts.iter().map(|contact| (contact.id.clone(), contact.account.clone())).collect();
        accounts_of.sort();
        let (mut graph, problems) = AccountGraph::build(draft.document);
        self.refused(problems, &draft.origins, sources);
        if !clean {
            self.lost.extend(good.without(&self.bad));
            let problems;
            (graph, problems) = AccountGraph::build(good.document);
            if self.goes_on {
                self.refused(problems, &good.origins, sources);
            }
        }
        // By the column, whatever is in it: what is known of one account must not change the policy of the others.
        let scored = sources.of(Table::Accounts).into_iter().any(|at| sources.get(at).plan.has("fit_score"));
        matched.retain(|(origin, _)| !self.bad.has(*origin));
        let matched = matched.into_iter().map(|(_, one)| one).collect();
        let interactions = self.usable_interactions(&graph, &accounts_of, sources);
        let costs = self.usable_costs();
        tops.retain(|id| graph.contact(id.as_str()).is_some());
        Portfolio { graph, bad: self.bad, accounts_of, matched, scored, interactions, costs, tops }
    }

    /// Notes what the graph refused, at the rows it came from.
    fn refused(&mut self, problems: Vec<RecordProblem>, origins: &BTreeMap<Section, Vec<Origin>>, sources: &Sources) {
        for found in problems {
            let problem = match found.problem {
                ProblemKind::Edit(EditError::Unknown { what, id, .. }) if self.lost.contains(&(what, id.clone())) => {
                    ProblemKind::Edit(EditError::Unusable { what, id })
                }
                // The default group of an account goes with it.
                ProblemKind::Edit(EditError::Unknown { what: "group", id, .. }) if self.lost.contains(&("account", id.clone())) => {
                    ProblemKind::Edit(EditError::Unusable { what: "account", id })
                }
                other => other,
            };
            if !self.goes_on && matches!(problem, ProblemKind::Edit(EditError::Unusable { .. })) {
                continue;
            }
            let Some(origin) = origins.get(&found.section).and_then(|origins| origins.get(found.index)).copied() else { continue };
            let may_be_stand_in = matches!(found.section, Section::Ties | Section::Members) && self.bad.has(origin);
            if found.field.is_empty() && may_be_stand_in {
                // Rows that are alike, perhaps only since the same thing stands in for their cells.
                continue;
            }
            let (code, message) = self.said(&problem);
            let flaw = if found.field.is_empty() {
                Flaw::of_row(code, message)
            } else {
                let column = column(found.section, found.field);
                let plan = sources.plan(table_of(found.section), origin.source);
                Flaw::of_cell(plan.map_or_else(|| column.into(), |plan| plan.shown(column)), code, message)
            };
            self.bad.add_unless_flawed(origin, flaw);
        }
    }

    /// A problem by its code and in words; an unknown contact may be one that no account was found for.
    fn said(&self, problem: &ProblemKind) -> (&'static str, String) {
        match problem {
            ProblemKind::Edit(EditError::Unknown { what: "contact", id, .. }) if self.homeless.contains(id) => {
                let message = format!("contact `{id}` has no account, and none was found for it; give it an `account_id`");
                ("unmatched_contact", message)
            }
            ProblemKind::Edit(EditError::Cycle { what: "reporting lines", ids }) if ids.len() == 1 => {
                (problem.code(), format!("{problem}; --self-report-is-top takes that as having no manager"))
            }
            other => (other.code(), other.to_string()),
        }
    }
}

/// Keeps a record that could be read.
fn keep<T>(records: &mut Vec<T>, record: Option<T>) -> bool {
    let kept = record.is_some();
    records.extend(record);
    kept
}

impl Draft {
    /// Takes out the records of bad rows; the ids that are lost with them.
    fn without(&mut self, bad: &Bad) -> BTreeSet<(&'static str, String)> {
        let mut lost = BTreeSet::new();
        let Self { document, origins } = self;
        drop_bad(&mut document.accounts, origins.get_mut(&Section::Accounts), bad, |one| lost.insert(("account", one.id.to_string())));
        drop_bad(&mut document.contacts, origins.get_mut(&Section::Contacts), bad, |one| lost.insert(("contact", one.id.to_string())));
        drop_bad(&mut document.groups, origins.get_mut(&Section::Groups), bad, |one| lost.insert(("group", one.id.to_string())));
        drop_bad(&mut document.members, origins.get_mut(&Section::Members), bad, |_| false);
        drop_bad(&mut document.ties, origins.get_mut(&Section::Ties), bad, |_| false);
        drop_bad(&mut document.opportunities, origins.get_mut(&Section::Opportunities), bad, |_| false);
        drop_bad(&mut document.dispositions, origins.get_mut(&Section::Dispositions), bad, |_| false);
        lost
    }
}

/// Takes the records of bad rows out of a list, with their origins.
fn drop_bad<T>(records: &mut Vec<T>, origins: Option<&mut Vec<Origin>>, bad: &Bad, mut lose: impl FnMut(&T) -> bool) {
    let Some(origins) = origins else { return };
    let mut kept = origins.iter().map(|origin| !bad.has(*origin));
    records.retain(|record| {
        let keep = kept.next().unwrap_or(true);
        if !keep {
            lose(record);
        }
        keep
    });
    drop(kept);
    origins.retain(|origin| !bad.has(*origin));
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
