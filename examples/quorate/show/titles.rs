//! What titles say, in its forms.

use std::io::Write;

use comfy_table::{Attribute, Cell};
use csv::ByteRecord;
use quorate::{JobFunction, Relationship, RoleFinding, RoleReading, Seniority, TitleAlternative, TitleFinding, TitleWords};
use serde::Serialize;

use super::carried::{Cells, beside, joined};
use super::table::frame;
use crate::exit::Stop;
use crate::roles::{TitleRow, Titles};
use crate::words::{count, shown, thousands};

/// The columns of the CSV form, after those that are carried through. New ones may be added at the end; none is renamed.
const COLUMNS: [&str; 20] = [
    "seniority",
    "function",
    "relationship",
    "role",
    "seniority_words",
    "seniority_confidence",
    "seniority_rule",
    "seniority_alternatives",
    "function_words",
    "function_confidence",
    "function_rule",
    "function_alternatives",
    "relationship_words",
    "relationship_confidence",
    "relationship_rule",
    "role_words",
    "role_confidence",
    "role_rule",
    "role_alternatives",
    "relationship_alternatives",
];

const HEADER: [&str; 5] = ["Title", "Seniority", "Function", "Role, relationship", "Or"];

/// A value with a token.
pub trait Token: Copy {
    fn token(self) -> &'static str;
}

impl Token for Seniority {
    fn token(self) -> &'static str {
        self.as_str()
    }
}

impl Token for JobFunction {
    fn token(self) -> &'static str {
        self.as_str()
    }
}

impl Token for Relationship {
    fn token(self) -> &'static str {
        self.as_str()
    }
}

/// One aspect of a title for machines; all of it absent when nothing is known.
#[derive(Default)]
struct Said<'f> {
    value: Option<&'static str>,
    words: Option<&'f TitleWords>,
    confidence: Option<String>,
    rule: Option<&'f str>,
    alternatives: Vec<Other<'f>>,
}

/// What a later rule would have said.
#[derive(Serialize)]
struct Other<'f> {
    value: &'f str,
    words: &'f [String],
    confidence: String,
    rule: &'f str,
}

impl<'f> Said<'f> {
    fn of<T: Token>(finding: Option<&'f TitleFinding<T>>) -> Self {
        finding.map_or_else(Self::default, |finding| Self {
            value: Some(finding.value.token()),
            words: Some(&finding.words),
            confidence: Some(finding.confidence.to_string()),
            rule: Some(&finding.rule),
            alternatives: finding.alternatives.iter().map(Other::of).collect(),
        })
    }

    fn words(&self) -> Option<&'f [String]> {
        self.words.map(|words| words.0.as_slice())
    }

    fn cells(self) -> [String; 4] {
        let words = self.words().unwrap_or_default().join(" ");
        let alternatives = joined(&self.alternatives, |other| other.value.into());
        [words, self.confidence.unwrap_or_default(), self.rule.unwrap_or_default().into(), alternatives]
    }
}

impl<'f> Other<'f> {
    fn of<T: Token>(one: &'f TitleAlternative<T>) -> Self {
        Self { value: one.value.token(), words: &one.words.0, confidence: one.confidence.to_string(), rule: &one.rule }
    }

    fn role(one: &'f RoleFinding) -> Self {
        Self { value: one.role.as_str(), words: &one.words.0, confidence: one.confidence.to_string(), rule: &one.rule }
    }
}

/// A row of the answer for machines.
#[derive(Serialize)]
struct Line<'r> {
    title: Option<&'r str>,
    seniority: Option<&'static str>,
    function: Option<&'static str>,
    relationship: Option<&'static str>,
    role: Option<&'r str>,
    seniority_words: Option<&'r [String]>,
    seniority_confidence: Option<String>,
    seniority_rule: Option<&'r str>,
    seniority_alternatives: Vec<Other<'r>>,
    function_words: Option<&'r [String]>,
    function_confidence: Option<String>,
    function_rule: Option<&'r str>,
    function_alternatives: Vec<Other<'r>>,
    relationship_words: Option<&'r [String]>,
    relationship_confidence: Option<String>,
    relationship_rule: Option<&'r str>,
    relationship_alternatives: Vec<Other<'r>>,
    role_words: Option<&'r [String]>,
    role_confidence: Option<String>,
    role_rule: Option<&'r str>,
    role_alternatives: Vec<Other<'r>>,
    /// The columns of the file, as they were.
    columns: Cells<'r>,
}

/// JSON Lines: one object a title, in the order of the file.
pub fn json(out: &mut impl Write, titles: &Titles, readings: impl Iterator<Item = Option<RoleReading>>) -> Result<(), Stop> {
    for (row, reading) in titles.rows.iter().zip(readings) {
        serde_json::to_writer(&mut *out, &line(&titles.header, row, reading.as_ref()))?;
        writeln!(out)?;
    }
    Ok(())
}

fn line<'r>(header: &'r [String], row: &'r TitleRow, reading: Option<&'r RoleReading>) -> Line<'r> {
    let title = reading.map(|reading| &reading.title);
    let seniority = Said::of(title.and_then(|title| title.seniority.as_ref()));
    let function = Said::of(title.and_then(|title| title.function.as_ref()));
    let relationship = Said::of(title.and_then(|title| title.relationship.as_ref()));
    let role = reading.and_then(|reading| reading.role.as_ref());
    Line {
        title: row.title.as_deref(),
        seniority: seniority.value,
        function: function.value,
        relationship: relationship.value,
        role: role.map(|role| role.role.as_str()),
        seniority_words: seniority.words(),
        seniority_confidence: seniority.confidence,
        seniority_rule: seniority.rule,
        seniority_alternatives: seniority.alternatives,
        function_words: function.words(),
        function_confidence: function.confidence,
        function_rule: function.rule,
        function_alternatives: function.alternatives,
        relationship_words: relationship.words(),
        relationship_confidence: relationship.confidence,
        relationship_rule: relationship.rule,
        relationship_alternatives: relationship.alternatives,
        role_words: role.map(|role| role.words.0.as_slice()),
        role_confidence: role.map(|role| role.confidence.to_string()),
        role_rule: role.map(|role| role.rule.as_str()),
        role_alternatives: reading.map_or_else(Vec::new, |reading| reading.alternatives.iter().map(Other::role).collect()),
        columns: Cells { header, cells: &row.cells },
    }
}

/// CSV: one row a title, the columns of the file first and as they were, then ours; what is unknown is blank.
pub fn csv(out: &mut impl Write, titles: &Titles, readings: impl Iterator<Item = Option<RoleReading>>) -> Result<(), Stop> {
    let mut writer = csv::Writer::from_writer(out);
    let names = beside(&titles.header, &COLUMNS, "read_");
    writer.write_record(titles.header.iter().chain(&names))?;
    for (row, reading) in titles.rows.iter().zip(readings) {
        let mut record: ByteRecord = row.cells.clone();
        record.extend(cells(reading.as_ref()));
        writer.write_byte_record(&record)?;
    }
    writer.flush()?;
    Ok(())
}

fn cells(reading: Option<&RoleReading>) -> [String; COLUMNS.len()] {
    let Some(reading) = reading else { return Default::default() };
    let title = &reading.title;
    let [seniority, function] = [Said::of(title.seniority.as_ref()), Said::of(title.function.as_ref())];
    let relationship = Said::of(title.relationship.as_ref());
    let values = [&seniority, &function, &relationship].map(|said| String::from(said.value.unwrap_or_default()));
    let [role, of_role @ ..] = reading.role.as_ref().map_or_else(Default::default, |role| {
        [role.role.to_string(), role.words.0.join(" "), role.confidence.to_string(), role.rule.clone()]
    });
    let [of_seniority, of_function] = [seniority.cells(), function.cells()];
    let [of_relationship @ .., other_relationships] = relationship.cells();
    let others = joined(&reading.alternatives, |other| other.role.to_string());
    let evidence = of_seniority.into_iter().chain(of_function).chain(of_relationship).chain(of_role);
    let mut all = values.into_iter().chain([role]).chain(evidence).chain([others, other_relationships]);
    std::array::from_fn(|_| all.next().unwrap_or_default())
}

/// A table: what each title says and the words that say it.
pub fn table(out: &mut impl Write, titles: &Titles, readings: impl Iterator<Item = Option<RoleReading>>) -> Result<(), Stop> {
    let mut table = frame();
    table.set_header(HEADER.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    for (row, reading) in titles.rows.iter().zip(readings) {
        table.add_row(shown_row(row, reading.as_ref()));
    }
    writeln!(out, "{}", table.trim_fmt())?;
    Ok(())
}

fn shown_row(row: &TitleRow, reading: Option<&RoleReading>) -> [String; HEADER.len()] {
    let title = row.title.as_deref().map_or_else(String::new, shown);
    let Some(reading) = reading else { return [title, String::new(), String::new(), String::new(), String::new()] };
    let [seniority, function] = [Said::of(reading.title.seniority.as_ref()), Said::of(reading.title.function.as_ref())];
    let relationship = Said::of(reading.title.relationship.as_ref());
    let others = seniority.alternatives.iter().chain(&function.alternatives).chain(&relationship.alternatives);
    let roles = reading.alternatives.iter().map(Other::role);
    let others: Vec<String> =
        others.map(|other| said(other.value, other.words)).chain(roles.map(|other| said(other.value, other.words))).collect();
    let role = reading.role.as_ref().map(|role| said(role.role.as_str(), &role.words.0));
    let roles: Vec<String> = role.into_iter().chain(evident(&relationship)).collect();
    [title, evident(&seniority).unwrap_or_default(), evident(&function).unwrap_or_default(), roles.join("\n"), others.join("\n")]
}

/// A value with its words.
fn evident(aspect: &Said<'_>) -> Option<String> {
    Some(said(aspect.value?, aspect.words().unwrap_or_default()))
}

fn said(value: &str, words: &[String]) -> String {
    let value = value.replace('_', " ");
    if words.is_empty() { value } else { format!("{value} ({})", shown(&words.join(" "))) }
}

/// How many titles there were, and of how many something is known.
#[derive(Debug, Default)]
pub struct Totals {
    rows: u64,
    blank: u64,
    seniority: u64,
    function: u64,
    role: u64,
    excluded: u64,
}

impl Totals {
    pub fn add(&mut self, reading: Option<&RoleReading>) {
        self.rows += 1;
        let Some(reading) = reading else {
            self.blank += 1;
            return;
        };
        self.seniority += u64::from(reading.title.seniority.is_some());
        self.function += u64::from(reading.title.function.is_some());
        self.role += u64::from(reading.role.is_some());
        self.excluded += u64::from(reading.title.relationship.is_some());
    }

    /// `Titles: 1,200, of which 12 are blank`, then what is known of them.
    pub fn lines(&self) -> Vec<String> {
        let blank = if self.blank > 0 { format!(", {} more blank", thousands(self.blank)) } else { String::new() };
        let titles = self.rows - self.blank;
        let aspect = |what: &str, known: u64| format!("{what} {} known, {} unknown", thousands(known), thousands(titles - known));
        vec![
            format!("Titles: {}{blank}", thousands(titles)),
            [aspect("seniority", self.seniority), aspect("function", self.function), aspect("role", self.role)].join(" · "),
            format!("Of another relationship than an employee's: {}", count(self.excluded, "title", "titles")),
        ]
    }
}
