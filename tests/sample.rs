//! The sample portfolio of `examples/data`: its stories show everything an assessment can say, and do not change in silence.
//!
//! It is read here with nothing but the public types, which is also the shortest example of filling them from CSV files.

#![allow(clippy::unwrap_used, clippy::panic, clippy::std_instead_of_alloc, reason = "a test program, with std, that fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use csv::StringRecord;
use quorate::{
    Account, AccountGraph, Assessment, BuyingGroup, Contact, ContactId, Decimal, Disposition, DispositionVerdict, Evidence, FitSource,
    GroupAssessment, Instant, Known, Member, Membership, Opportunity, Outcome, Policy, PortfolioDocument, Relationship, RoleClaim, Signal,
    SignalTally, Stage, Stance, Subject, Tie, TieKind, assess,
};

/// The day of which the stories are told.
const AS_OF: &str = "2025-06-30";

/// A row of a file, by the names of its columns.
struct Row {
    file: &'static str,
    header: StringRecord,
    cells: StringRecord,
}

impl Row {
    /// What stands in a column; `None` when it is blank.
    fn text(&self, column: &str) -> Option<&str> {
        let at = self.header.iter().position(|one| one == column).unwrap_or_else(|| panic!("{}: no column {column}", self.file));
        Some(&self.cells[at]).filter(|text| !text.is_empty())
    }

    fn owned(&self, column: &str) -> Option<String> {
        self.text(column).map(String::from)
    }

    fn parsed<T: FromStr>(&self, column: &str) -> Option<T> {
        self.text(column).map(|text| text.parse().unwrap_or_else(|_| panic!("{}: {column} `{text}`", self.file)))
    }

    fn needed<T: FromStr>(&self, column: &str) -> T {
        self.parsed(column).unwrap_or_else(|| panic!("{}: {column} is blank in {:?}", self.file, self.cells))
    }

    fn list(&self, column: &str) -> Option<Vec<String>> {
        self.text(column).map(|text| text.split(';').map(String::from).collect())
    }

    fn word<T: Copy>(&self, column: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(column)?;
        let found = words.iter().find(|(word, _)| *word == text);
        Some(found.unwrap_or_else(|| panic!("{}: {column} `{text}`", self.file)).1)
    }

    fn role(&self, name: &str) -> RoleClaim {
        RoleClaim { role: name.parse().unwrap_or_else(|_| panic!("{}: role `{name}`", self.file)), evidence: Evidence::Crm }
    }
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data")
}

fn rows(file: &'static str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(directory().join(file)).unwrap();
    let header = reader.headers().unwrap().clone();
    reader.records().map(|cells| Row { file, header: header.clone(), cells: cells.unwrap() }).collect()
}

fn account(row: &Row) -> Account {
    Account {
        id: row.needed("account_id"),
        name: row.owned("name"),
        aliases: row.list("aliases").unwrap_or_default(),
        domains: row.list("domains").unwrap_or_default(),
        parent: row.parsed("parent_id"),
        industry: row.owned("industry"),
        employees: row.parsed("employees"),
        revenue: row.parsed::<Decimal>("revenue"),
        country: row.owned("country"),
        technologies: row.list("technologies"),
        attributes: BTreeMap::new(),
        fit_score: row.parsed::<Decimal>("fit_score"),
        excluded: row.owned("excluded"),
    }
}

fn contact(row: &Row) -> Contact {
    Contact {
        id: row.needed("contact_id"),
        account: row.parsed("account_id"),
        person: row.parsed("person_id"),
        name: row.owned("name"),
        email: row.owned("email"),
        title: row.owned("title"),
        roles: row.list("roles").unwrap_or_default().iter().map(|name| row.role(name)).collect(),
        reports_to: row.parsed("reports_to"),
        stance: row.word("stance", &Stance::ALL).unwrap_or_default(),
        relationship: row.word("relationship", &Relationship::ALL).unwrap_or_default(),
        active: row.parsed("active").unwrap_or(true),
        created: row.parsed("created_at"),
        known: Known::ALWAYS,
    }
}

fn signal(row: &Row) -> Signal {
    // A contact that is named wins over an account beside it.
    let subject = row.parsed("contact_id").map(Subject::Contact);
    let subject = subject.or_else(|| row.parsed("account_id").map(Subject::Account));
    let subject = subject.unwrap_or_else(|| Subject::Email(row.needed("email")));
    let quarantined = row.parsed("quarantined").unwrap_or_default();
    let (id, solution, campaign) = (row.parsed("signal_id"), row.parsed("solution"), row.parsed("campaign"));
    Signal { id, solution, campaign, quarantined, ..Signal::new(subject, row.needed("kind"), row.needed("at")) }
}

fn group(row: &Row) -> BuyingGroup {
    BuyingGroup {
        id: row.needed("group_id"),
        account: row.needed("account_id"),
        solution: row.parsed("solution"),
        template: row.parsed("template"),
        membership: row.word("membership", &[("all", Membership::All), ("explicit", Membership::Explicit)]),
    }
}

fn member(row: &Row) -> Member {
    let claim = row.role(row.text("role").unwrap());
    Member { group: row.needed("group_id"), contact: row.needed("contact_id"), claim, known: Known::ALWAYS }
}

fn tie(row: &Row) -> Tie {
    let kind = row.word("kind", &TieKind::ALL).unwrap();
    Tie { from: row.needed("from_id"), to: row.needed("to_id"), kind, strength: row.needed("strength"), known: Known::ALWAYS }
}

fn opportunity(row: &Row) -> Opportunity {
    Opportunity {
        id: row.needed("opportunity_id"),
        account: row.needed("account_id"),
        group: row.parsed("group_id"),
        created_at: row.needed("created_at"),
        closed_at: row.parsed("closed_at"),
        outcome: row.word("outcome", &Outcome::ALL).unwrap_or_default(),
        amount: row.parsed::<Decimal>("amount"),
        currency: row.owned("currency"),
    }
}

fn disposition(row: &Row) -> Disposition {
    let verdict = row.word("verdict", &DispositionVerdict::ALL).unwrap();
    Disposition { group: row.needed("group_id"), at: row.needed("at"), verdict, reason: row.owned("reason") }
}

fn all<T>(file: &'static str, read: impl Fn(&Row) -> T) -> Vec<T> {
    rows(file).iter().map(read).collect()
}

fn portfolio() -> PortfolioDocument {
    PortfolioDocument {
        accounts: all("accounts.csv", account),
        contacts: all("contacts.csv", contact),
        groups: all("groups.csv", group),
        members: all("members.csv", member),
        ties: all("ties.csv", tie),
        opportunities: all("outcomes.csv", opportunity),
        dispositions: all("dispositions.csv", disposition),
    }
}

/// The default policy with the fit that accounts.csv brings, as the command-line example takes it.
fn policy() -> Policy {
    let mut document = Policy::default().into_document();
    document.fit.source = FitSource::Supplied;
    Policy::new(document).unwrap()
}

/// The whole portfolio on its day.
pub fn assessment() -> Assessment {
    let graph = AccountGraph::from_document(portfolio()).unwrap_or_else(|problems| panic!("{problems}"));
    let tally = SignalTally::from_signals(all("signals.csv", signal)).unwrap();
    assess(&graph, &tally, &policy(), AS_OF.parse().unwrap())
}
