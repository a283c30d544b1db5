//! The files of a data set: found, opened once to check their headers, and counted.

use std::fs;
use std::path::{Path, PathBuf};

use csv::ByteRecord;

use crate::exit::Stop;
use crate::files::{CsvFile, ELSEWHERE, TABLES, Table};
use crate::mapping::{Mapping, Plan, Source as Recipe};
use crate::words::did_you_mean;

/// A file that is read as a table.
#[derive(Debug)]
pub struct Source {
    pub path: PathBuf,
    /// Its name in messages.
    pub shown: String,
    pub plan: Plan,
    /// Its header, unread.
    pub raw_header: ByteRecord,
    /// Rows after the header that were read.
    pub rows: u64,
    /// Those that the mapping does not read.
    pub passed_over: u64,
    bytes: u64,
}

/// The files of a data set, in the order in which they are read.
#[derive(Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
    /// The name of the mapping, if one is used.
    pub mapping: Option<String>,
    /// Files that other commands read.
    pub elsewhere: Vec<String>,
    /// Other CSV files that lie there.
    pub others: Vec<String>,
}

/// How much of a data set is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it but what campaigns cost.
    Everything,
    /// All of it.
    Campaigns,
    /// All of it, but accounts and outcomes are enough.
    Deals,
    /// The accounts, and their people as far as they are there.
    People,
    /// The contacts alone.
    Contacts,
}

impl Part {
    fn reads(self, table: Table) -> bool {
        match self {
            Self::Campaigns => true,
            Self::Everything | Self::Deals => table != Table::Costs,
            Self::People => matches!(table, Table::Accounts | Table::Contacts),
            Self::Contacts => table == Table::Contacts,
        }
    }

    fn requires(self, table: Table) -> bool {
        match self {
            Self::Deals => matches!(table, Table::Accounts | Table::Outcomes),
            Self::People => table == Table::Accounts,
            Self::Everything | Self::Campaigns | Self::Contacts => table.required() && self.reads(table),
        }
    }
}

impl Sources {
    /// Finds and opens every file that is to be read.
    ///
    /// # Errors
    /// All files that are missing or cannot be used, and all columns that are.
    pub fn find(data: &Path, mapping: Option<&Mapping>, part: Part) -> Result<Self, Stop> {
        if !data.is_dir() {
            return Err(Stop::bad(format!("{} is no directory; --data takes the directory of the CSV files", data.display())));
        }
        let mut found = Self { mapping: mapping.map(|mapping| mapping.name.clone()), ..Self::default() };
        let mut problems = Vec::new();
        let mut expected: Vec<String> = ELSEWHERE.map(String::from).into();
        for table in TABLES {
            let recipes = mapping.map_or_else(|| vec![Recipe::native(table)], |mapping| mapping.sources(table));
            let (before, wrong) = (found.list.len(), problems.len());
            let names: Vec<String> = recipes.iter().map(|recipe| recipe.file.clone()).collect();
            expected.extend_from_slice(&names);
            for mut recipe in recipes.into_iter().filter(|_| part.reads(table)) {
                recipe.optional |= !part.requires(table);
                match open(data, table, &recipe) {
                    Ok(source) => found.list.extend(source),
                    Err(lines) => problems.extend(lines),
                }
            }
            if part.requires(table) && found.list.len() == before && problems.len() == wrong {
                problems.push(format!("no {} in {}: one of {} is needed", table.name(), data.display(), names.join(", ")));
            }
        }
        let lying = csv_files(data);
        let read = |name: &str| found.list.iter().any(|source| source.shown == name);
        let elsewhere = ELSEWHERE.iter().filter(|name| lying.iter().any(|one| one == *name) && !read(name));
        found.elsewhere = elsewhere.map(|name| (*name).into()).collect();
        found.others = lying.iter().filter(|name| !expected.contains(name)).cloned().collect();
        if problems.is_empty() {
            return Ok(found);
        }
        if !found.others.is_empty() {
            problems.push(format!("other CSV files in {}: {}", data.display(), found.others.join(", ")));
        }
        Err(Stop::Bad(problems))
    }

    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.list.iter()
    }

    pub fn get(&self, at: usize) -> &Source {
        &self.list[at]
    }

    pub fn get_mut(&mut self, at: usize) -> &mut Source {
        &mut self.list[at]
    }

    /// The numbers of the sources of a table.
    pub fn of(&self, table: Table) -> Vec<usize> {
        (0..self.list.len()).filter(|at| self.list[*at].plan.table == table).collect()
    }

    /// The first source that reads the same file: a row of a file is one row, whatever is read from it.
    pub fn same_file(&self, at: usize) -> usize {
        self.list.iter().position(|source| source.shown == self.list[at].shown).unwrap_or(at)
    }

    /// How the file of that source is read as a table.
    pub fn plan(&self, table: Table, at: usize) -> Option<&Plan> {
        let source = self.list.iter().find(|source| source.plan.table == table && source.shown == self.list[at].shown);
        source.map(|source| &source.plan)
    }

    /// The files that are read.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.list.iter().map(|source| source.path.as_path())
    }

    /// The sources themselves.
    pub fn into_list(self) -> Vec<Source> {
        self.list
    }

    /// Bytes to read.
    pub fn bytes(&self) -> u64 {
        self.list.iter().map(|source| source.bytes).sum()
    }
}

impl Source {
    /// A file of its own, or what comes in, brought together with how it is read.
    ///
    /// # Errors
    /// All columns that are missing, and what may be done.
    pub fn new(path: &Path, shown: String, file: &CsvFile, recipe: &Recipe, table: Table) -> Result<Self, Vec<String>> {
        let plan = Plan::new(table, recipe, file.header())?;
        let bytes = fs::metadata(path).map_or(0, |meta| meta.len());
        Ok(Self { path: path.into(), shown, plan, raw_header: file.raw_header.clone(), rows: 0, passed_over: 0, bytes })
    }

    /// Opens the file to read its rows.
    pub fn open(&self) -> Result<CsvFile, Stop> {
        CsvFile::open(&self.path).map_err(|why| Stop::bad(format!("{}: {why}", self.shown)))
    }
}

/// A source whose header has what is needed; `None` when it is missing and may be.
fn open(data: &Path, table: Table, recipe: &Recipe) -> Result<Option<Source>, Vec<String>> {
    let path = data.join(&recipe.file);
    let shown = recipe.file.clone();
    if !path.exists() {
        let hint = did_you_mean(&shown, csv_files(data).iter().map(String::as_str));
        let missing = format!("{shown} is missing in {}{hint}; the {} are read from it", data.display(), table.name());
        return if recipe.optional { Ok(None) } else { Err(vec![missing]) };
    }
    let file = CsvFile::open(&path).map_err(|why| vec![format!("{shown} {why}")])?;
    let source = Source::new(&path, shown.clone(), &file, recipe, table);
    source.map(Some).map_err(|lines| lines.into_iter().map(|line| format!("{shown}: {line}")).collect())
}

fn csv_files(data: &Path) -> Vec<String> {
    let entries = fs::read_dir(data).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.to_lowercase().ends_with(".csv")).collect();
    names.sort();
    names
}
