//! Mapping documents: how somebody's export is read as a data set, so that nobody has to rewrite files.
//!
//! The format is described in `examples/mappings/README.md`.

mod node;
mod plan;
mod read;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::exit::Stop;
use crate::files::Table;
use crate::words::did_you_mean;

pub use plan::{NotUtf8, Plan};

/// The mappings that come with the program.
const PRESETS: [(&str, &str); 2] =
    [("salesforce", include_str!("../../mappings/salesforce.json")), ("hubspot", include_str!("../../mappings/hubspot.json"))];

/// How the files of an export are read.
#[derive(Debug)]
pub struct Mapping {
    pub name: String,
    /// The sources of each table. A table that is not named here is read from its own file.
    pub files: BTreeMap<Table, Vec<Source>>,
}

/// How one file is read as one table.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file's name within the directory.
    pub file: String,
    /// Where the columns of the table come from.
    pub columns: BTreeMap<&'static str, From>,
    /// Columns of the table that have one value for all rows.
    pub constants: BTreeMap<&'static str, String>,
    /// What values stand for, by column of the table.
    pub values: BTreeMap<&'static str, Values>,
    /// Which rows are read: all, if nothing is said.
    pub only: Option<Only>,
    /// What is put before every signal id.
    pub id_prefix: String,
    /// Custom attributes of an account: name and column.
    pub attributes: Vec<(String, String)>,
    /// Whether the file may be missing.
    pub optional: bool,
    /// Whether columns that the table does not need may be missing from the file.
    pub lenient: bool,
    /// Whether this is the table's own file: columns that it lacks are nothing to speak of.
    pub native: bool,
}

/// Rows that are read: those with one of these values, in whatever case.
#[derive(Clone, Debug)]
pub struct Only {
    pub from: From,
    pub is: Vec<String>,
}

/// Where a value comes from.
#[derive(Clone, Debug)]
pub enum From {
    /// These columns, blank ones left out, with that text between them.
    Joined(Vec<String>, String),
    /// The first of these columns that is not blank.
    First(Vec<String>),
}

impl From {
    /// The columns of the file.
    pub fn columns(&self) -> &[String] {
        match self {
            Self::Joined(columns, _) | Self::First(columns) => columns,
        }
    }
}

/// What values stand for. A value is looked up as it is, then without regard to case, then under `*`; one that is not found stays.
#[derive(Clone, Debug, Default)]
pub struct Values {
    exact: BTreeMap<String, String>,
    folded: BTreeMap<String, String>,
}

impl Values {
    pub fn insert(&mut self, value: String, meaning: String) {
        self.folded.entry(value.to_lowercase()).or_insert_with(|| meaning.clone());
        self.exact.insert(value, meaning);
    }

    /// What a value stands for, if it is listed itself.
    pub fn listed(&self, value: &str) -> Option<&str> {
        self.exact.get(value).or_else(|| self.folded.get(&value.to_lowercase())).map(String::as_str)
    }

    /// What every value that is not listed stands for.
    pub fn others(&self) -> Option<&str> {
        self.exact.get("*").map(String::as_str)
    }
}

impl Mapping {
    /// A preset by its name, or else the document in a file.
    pub fn load(name: &str) -> Result<Self, Stop> {
        if let Some((_, text)) = PRESETS.iter().find(|(preset, _)| *preset == name) {
            return Self::from_json(text).map_err(|problems| lines(name, &problems));
        }
        let text = fs::read_to_string(name).map_err(|error| Stop::bad(unreadable(name, &error)))?;
        Self::from_json(&text).map_err(|problems| lines(name, &problems))
    }

    /// The sources of a table; its own file when the mapping does not name it.
    pub fn sources(&self, table: Table) -> Vec<Source> {
        self.files.get(&table).cloned().unwrap_or_else(|| vec![Source::native(table)])
    }
}

impl Source {
    /// The table's own file, every column under its own name.
    pub fn native(table: Table) -> Self {
        let columns = table.columns().iter().map(|column| (column.name, From::Joined(vec![column.name.into()], String::new())));
        Self {
            file: format!("{}.csv", table.name()),
            columns: columns.collect(),
            constants: BTreeMap::new(),
            values: BTreeMap::new(),
            only: None,
            id_prefix: String::new(),
            attributes: Vec::new(),
            optional: !table.required(),
            lenient: true,
            native: true,
        }
    }
}

fn unreadable(name: &str, error: &std::io::Error) -> String {
    let presets = PRESETS.map(|(preset, _)| preset);
    let hint = if Path::new(name).extension().is_some() { String::new() } else { did_you_mean(name, presets) };
    format!("mapping `{name}` cannot be read: {error}; give a file, or one of the presets {}{hint}", presets.join(", "))
}

fn lines(name: &str, problems: &quorate::Problems) -> Stop {
    Stop::Bad(problems.iter().map(|problem| format!("mapping {name}: {problem}")).collect())
}
