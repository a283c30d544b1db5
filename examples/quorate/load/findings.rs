//! What is wrong with rows: one line each, so many and no more.

use std::collections::BTreeMap;

use quorate::ProblemKind;

use crate::words::{count, shown, thousands};

/// Problems that are shown; the others are counted.
const SHOWN: usize = 1_000;

/// One thing wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The column as the file calls it; `None` for the row as a whole.
    pub column: Option<String>,
    /// The stable code of the reason.
    pub code: &'static str,
    pub message: String,
}

impl Flaw {
    /// A flaw of the row as a whole.
    pub fn of_row(code: &'static str, message: impl Into<String>) -> Self {
        Self { column: None, code, message: message.into() }
    }

    /// A flaw of a cell.
    pub fn of_cell(column: String, code: &'static str, message: impl Into<String>) -> Self {
        Self { column: Some(column), code, message: message.into() }
    }

    /// What the library found.
    pub fn found(column: String, problem: &ProblemKind) -> Self {
        Self::of_cell(column, problem.code(), problem.to_string())
    }

    /// The flaw with its column, as it is said.
    pub fn said(&self) -> String {
        self.column.as_ref().map_or_else(|| self.message.clone(), |column| format!("column `{column}`: {}", self.message))
    }
}

/// The rows that could not be used.
#[derive(Debug, Default)]
pub struct Findings {
    lines: Vec<String>,
    problems: u64,
    /// Rows left out, by file.
    rows: BTreeMap<String, u64>,
    /// Problems by code.
    codes: BTreeMap<&'static str, u64>,
    /// Problems by file, column (`None`: the row as a whole) and code.
    places: BTreeMap<(String, Option<String>, &'static str), u64>,
}

impl Findings {
    /// Notes a row that is left out.
    pub fn add(&mut self, file: &str, line: u64, flaws: &[Flaw]) {
        *self.rows.entry(file.into()).or_default() += 1;
        for flaw in flaws {
            self.problems += 1;
            *self.codes.entry(flaw.code).or_default() += 1;
            *self.places.entry((file.into(), flaw.column.clone(), flaw.code)).or_default() += 1;
            if self.lines.len() < SHOWN {
                self.lines.push(format!("{file}:{line}: {}", flaw.said()));
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.problems == 0
    }

    /// How many rows are left out.
    pub fn rows(&self) -> u64 {
        self.rows.values().sum()
    }

    /// How many rows of a file are left out.
    pub fn rows_of(&self, file: &str) -> u64 {
        self.rows.get(file).copied().unwrap_or(0)
    }

    /// Every problem shown, the rest counted.
    pub fn lines(&self) -> impl Iterator<Item = String> + '_ {
        let more = self.problems - self.lines.len() as u64;
        let rest = (more > 0).then(|| format!("… and {}", count(more, "more problem", "more problems")));
        self.lines.iter().cloned().chain(rest)
    }

    /// How often what is wrong in which column of which file, by file, column and code: ``accounts.csv: `account_id` blank 3``.
    pub fn by_column(&self) -> impl Iterator<Item = String> + '_ {
        self.places.iter().map(|((file, column, code), number)| {
            let column = column.as_deref().map_or_else(String::new, |column| format!("`{}` ", shown(column)));
            format!("{file}: {column}{code} {}", thousands(*number))
        })
    }

    /// `3 problems in 2 rows (2 unknown_id, 1 not_a_day)`.
    pub fn total(&self) -> String {
        let mut codes: Vec<(&str, u64)> = self.codes.iter().map(|(code, number)| (*code, *number)).collect();
        codes.sort_by_key(|(code, number)| (u64::MAX - number, *code));
        let codes: Vec<String> = codes.into_iter().map(|(code, number)| format!("{number} {code}")).collect();
        format!("{} in {} ({})", count(self.problems, "problem", "problems"), count(self.rows(), "row", "rows"), codes.join(", "))
    }
}
