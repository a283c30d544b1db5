//! The sample portfolio of `examples/data`: its stories show everything an assessment can say, and do not change in silence.
//!
//! It is read here with nothing but the public types, which is also the shortest example of filling them from CSV files.

#![allow(clippy::unwrap_used, clippy::panic, clippy::std_instead_of_alloc, reason = "a test program, with std, that fails by panicking")]

use core::str::FromStr;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use csv::StringRecord;
use quorate::{
    Account, AccountGraph, Assessment, BuyingGroup, Contact, Decimal, Disposition, DispositionVerdict, Evidence, FitSource,
    GroupAssessment, Known, Member, Membership, Opportunity, Outcome, Policy, PortfolioDocument, Relationship, RoleClaim, Signal,
    SignalState, SignalTally, Stage, Stance, Subject, Tie, TieKind, assess,
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
        relationship: row.word("relationship", &Relationship::ALL),
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
fn assessment() -> Assessment {
    assessed(portfolio(), AS_OF)
}

fn assessed(document: PortfolioDocument, day: &str) -> Assessment {
    let graph = AccountGraph::from_document(document).unwrap_or_else(|problems| panic!("{problems}"));
    let tally = SignalTally::from_signals(all("signals.csv", signal)).unwrap();
    assess(&graph, &tally, &policy(), day.parse().unwrap())
}

/// What each group comes to, in the order of the README: verdict and route, stage, readiness.
const STORIES: [(&str, &str, &str, &str); 15] = [
    ("nordlicht", "qualified (rule)", "qualified", "80.5811"),
    ("montalban", "qualified (rule)", "in_sales_motion", "57.4459"),
    ("zefier-planning", "qualified (rule)", "qualified", "42.0097"),
    ("okavango", "qualified (rule)", "sales_accepted", "33.4514"),
    ("beaulieu", "qualified (rule)", "qualified", "32.687"),
    ("halvorsen", "qualified (hand_raise)", "qualified", "16"),
    ("montalban-norte", "insufficient_data", "engaged", "38.1728"),
    ("orsini", "not_yet", "lost", "28.6856"),
    ("zefier-service", "not_yet", "engaged", "10.8723"),
    ("kestrelmoor", "not_yet", "aware", "0.9457"),
    ("hoshizaka", "not_yet", "targeted", "0.0557"),
    ("tamarack", "not_yet", "engaged", "0"),
    ("altapacifica", "not_yet", "identified", "0"),
    ("aurelia", "not_yet", "recycled", "0"),
    ("lindqvist", "excluded", "won", "30.7965"),
];

fn verdict(group: &GroupAssessment) -> String {
    let route = group.verdict.route.map(|route| format!(" ({})", route.token())).unwrap_or_default();
    format!("{}{route}", group.verdict.state.token())
}

fn group_of<'a>(assessment: &'a Assessment, id: &str) -> &'a GroupAssessment {
    assessment.groups().find(|group| group.group_id() == id).unwrap_or_else(|| panic!("no group {id}"))
}

#[track_caller]
fn assert_all_occur<'a>(expected: impl IntoIterator<Item = &'a str>, found: impl IntoIterator<Item = String>) {
    let found: BTreeSet<String> = found.into_iter().collect();
    let missing: Vec<&str> = expected.into_iter().filter(|one| !found.contains(*one)).collect();
    assert!(missing.is_empty(), "missing {missing:?} among {found:?}");
}

#[test]
fn every_story_ends_as_it_is_told() {
    let assessment = assessment();
    let told: Vec<(&str, String, &str, String)> = STORIES
        .iter()
        .map(|(id, ..)| group_of(&assessment, id))
        .map(|group| (group.group_id(), verdict(group), group.stage.token(), group.readiness.to_string()))
        .collect();
    let expected: Vec<_> =
        STORIES.iter().map(|(id, verdict, stage, ready)| (*id, String::from(*verdict), *stage, String::from(*ready))).collect();
    assert_eq!(told, expected);
    assert_eq!(assessment.groups().count(), STORIES.len());
}

#[test]
fn the_stories_come_most_ready_first() {
    let assessment = assessment();
    let order = |id: &str| {
        let group = group_of(&assessment, id);
        (group.verdict.state, group.readiness, group.points)
    };
    let falling = STORIES.windows(2).all(|pair| order(pair[0].0) >= order(pair[1].0));
    assert!(falling, "the order of the README is not that of the table");
}

#[test]
fn every_verdict_and_stage_occurs() {
    let assessment = assessment();
    let verdicts = ["qualified (rule)", "qualified (hand_raise)", "not_yet", "insufficient_data", "excluded"];
    assert_all_occur(verdicts, assessment.groups().map(verdict));
    let stages = Stage::ALL.iter().map(|(token, _)| *token);
    assert_all_occur(stages, assessment.groups().map(|group| group.stage.token().into()));
}

#[test]
fn every_gap_trend_and_threading_occurs() {
    let assessment = assessment();
    let codes = [
        "role_missing",
        "role_possibly_filled",
        "role_silent",
        "role_gone_quiet",
        "single_threaded",
        "thin",
        "concentrated",
        "opponent_in_role",
        "unassigned_engaged",
    ];
    assert_all_occur(codes, assessment.groups().flat_map(|group| &group.gaps).map(|gap| gap.code.token().into()));
    assert_all_occur(["rising", "falling", "steady"], assessment.groups().map(|group| group.momentum.trend.to_string()));
    assert_all_occur(["none", "single", "thin", "multi"], assessment.groups().map(|group| group.people.threads.token().into()));
}

#[test]
fn every_state_of_a_signal_occurs_and_all_are_accounted_for() {
    let assessment = assessment();
    let occurring = |group: &GroupAssessment| -> Vec<String> {
        group.intake.iter().filter(|(_, count)| *count > 0).map(|(state, _)| String::from(state)).collect()
    };
    assert_all_occur(SignalState::ALL.iter().map(|(token, _)| *token), assessment.groups().flat_map(occurring));
    let run = assessment.run;
    assert_eq!((run.duplicate, run.unknown_subject, run.total()), (2, 3, 335));
    // The signals of Zefier are known to both of its groups.
    let once: u64 = assessment.groups().filter(|group| group.group_id() != "zefier-service").map(|group| group.intake.total()).sum();
    assert_eq!(once, run.known);
}

#[test]
fn the_sample_has_nothing_without_effect() {
    let assessment = assessment();
    let warned: Vec<&str> = assessment.groups().filter(|group| !group.warnings.is_empty()).map(GroupAssessment::group_id).collect();
    assert!(warned.is_empty(), "warnings for {warned:?}");
    let tally = SignalTally::from_signals(all("signals.csv", signal)).unwrap();
    assert_eq!(tally.conflicts().count(), 0);
}

#[test]
fn the_readme_tells_every_story_in_order_with_its_figures() {
    let readme = fs::read_to_string(directory().join("README.md")).unwrap();
    for row in rows("accounts.csv") {
        let (id, name) = (row.text("account_id").unwrap(), row.text("name").unwrap());
        assert!(readme.contains(&format!("### {name}")) && readme.contains(&format!("`{id}`")), "{id}: no story of {name}");
    }
    let mut rest = readme.as_str();
    for (id, verdict, stage, readiness) in STORIES {
        let line = format!("`{id}` · {verdict} · stage {stage} · readiness {readiness}\n");
        rest = rest.split_once(&line).unwrap_or_else(|| panic!("README.md should go on with: {line}")).1;
    }
}

/// What the README says would be otherwise if one cell were otherwise.
#[test]
fn the_stories_turn_on_what_the_readme_says() {
    let changed = |change: &dyn Fn(&mut PortfolioDocument)| {
        let mut document = portfolio();
        change(&mut document);
        assessed(document, AS_OF)
    };
    let said = |assessment: &Assessment, id: &str| verdict(group_of(assessment, id));
    let scored = |score: i64| changed(&|document| account_in(document, "montalban-norte").fit_score = Some(Decimal::from(score)));
    assert_eq!(said(&scored(60), "montalban-norte"), "qualified (rule)");
    assert_eq!(said(&scored(40), "montalban-norte"), "not_yet");
    let neutral = changed(&|document| contact_in(document, "or-giulia").stance = Stance::Neutral);
    assert_eq!(said(&neutral, "orsini"), "qualified (rule)");
    let employed = changed(&|document| contact_in(document, "hz-mark").relationship = Some(Relationship::Employee));
    assert_eq!(said(&employed, "hoshizaka"), "qualified (hand_raise)");
    let included = changed(&|document| account_in(document, "lindqvist").excluded = None);
    assert_eq!(said(&included, "lindqvist"), "qualified (rule)");
    let stage = |id: &str, day: &str| group_of(&assessed(portfolio(), day), id).stage;
    assert_eq!((stage("beaulieu", "2025-06-10"), stage("beaulieu", "2025-06-11")), (Stage::Lost, Stage::Qualified));
    let july = |day: &str| said(&assessed(portfolio(), day), "halvorsen");
    assert_eq!((july("2025-07-24").as_str(), july("2025-07-25").as_str()), ("qualified (hand_raise)", "not_yet"));
}

/// One person who is known at parent and subsidiary counts once in the family.
#[test]
fn the_plant_manager_of_montalban_counts_once() {
    let assessment = assessment();
    let parent = assessment.accounts.iter().find(|account| account.account_id() == "montalban").unwrap();
    assert_eq!((parent.own.known, parent.children.known, parent.total.known), (6, 4, 9));
}

fn account_in<'a>(document: &'a mut PortfolioDocument, id: &str) -> &'a mut Account {
    document.accounts.iter_mut().find(|account| account.id.as_str() == id).unwrap()
}

fn contact_in<'a>(document: &'a mut PortfolioDocument, id: &str) -> &'a mut Contact {
    document.contacts.iter_mut().find(|contact| contact.id.as_str() == id).unwrap()
}
