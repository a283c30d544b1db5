//! The cells of one row by the columns of its table, read by type; what is wrong is noted and reading goes on.

use std::borrow::Cow;
use std::str::FromStr;

use quorate::{Decimal, ProblemKind, decimal_from_str};

use super::findings::Flaw;
use crate::files::Row;
use crate::mapping::{NotUtf8, Plan};
use crate::words::{did_you_mean, shown};

/// A row and what was found wrong with it.
pub struct Cells<'r> {
    pub plan: &'r Plan,
    row: &'r Row,
    pub flaws: Vec<Flaw>,
}

impl<'r> Cells<'r> {
    /// A row; one with more or fewer cells than the header is noted.
    pub fn new(plan: &'r Plan, row: &'r Row) -> Self {
        let mut cells = Self { plan, row, flaws: Vec::new() };
        let (have, need) = (row.cells.len(), plan.width);
        if have != need {
            let hint = if have > need { "; put quotes around a text that holds a comma" } else { "; is the row cut off?" };
            cells.flaws.push(Flaw::of_row("ragged_row", format!("the row has {have} cells, the header has {need}{hint}")));
        }
        cells
    }

    /// Whether the row has the cells that it should have; the others are not worth reading.
    pub fn is_whole(&self) -> bool {
        self.row.cells.len() == self.plan.width
    }

    /// Notes a flaw of a column.
    pub fn note(&mut self, column: &str, code: &'static str, message: impl Into<String>) {
        self.flaws.push(Flaw::of_cell(self.plan.shown(column), code, message));
    }

    /// Notes what the library found.
    pub fn found(&mut self, column: &str, problem: &ProblemKind) {
        self.flaws.push(Flaw::found(self.plan.shown(column), problem));
    }

    /// A text; `None` when it is blank.
    pub fn text(&mut self, column: &str) -> Option<Cow<'r, str>> {
        self.plan.value(column, &self.row.cells).unwrap_or_else(|NotUtf8(text)| {
            self.not_utf8(self.plan.shown(column), &text);
            None
        })
    }

    /// A text without noting anything.
    pub fn peek(&self, column: &str) -> Option<String> {
        self.plan.value(column, &self.row.cells).ok().flatten().map(Cow::into_owned)
    }

    fn not_utf8(&mut self, column: String, text: &str) {
        self.flaws.push(Flaw::of_cell(column, "not_utf8", format!("`{text}` is not UTF-8; save the file as UTF-8")));
    }

    /// A text of its own.
    pub fn owned(&mut self, column: &str) -> Option<String> {
        self.text(column).map(Cow::into_owned)
    }

    /// A text that must be there.
    pub fn needed(&mut self, column: &str) -> Option<Cow<'r, str>> {
        let before = self.flaws.len();
        let text = self.text(column);
        if text.is_none() && self.flaws.len() == before {
            self.note(column, "blank", "blank; a value is needed");
        }
        text
    }

    /// A value read by its type's own door; `None` when it is blank or noted.
    pub fn parsed<T: FromStr<Err: Into<ProblemKind>>>(&mut self, column: &str) -> Option<T> {
        let text = self.text(column)?;
        self.read(column, &text)
    }

    /// As [`Cells::parsed`]; a blank cell is noted.
    pub fn needed_parsed<T: FromStr<Err: Into<ProblemKind>>>(&mut self, column: &str) -> Option<T> {
        let text = self.needed(column)?;
        self.read(column, &text)
    }

    /// A text read by its type's own door.
    pub fn read<T: FromStr<Err: Into<ProblemKind>>>(&mut self, column: &str, text: &str) -> Option<T> {
        text.parse().map_err(|error: T::Err| self.found(column, &error.into())).ok()
    }

    /// The items of a list; `None` when the cell is blank.
    pub fn list(&mut self, column: &str) -> Option<Vec<String>> {
        let text = self.text(column)?;
        Some(text.split(';').map(str::trim).filter(|item| !item.is_empty()).map(String::from).collect())
    }

    /// A whole number from 0 on.
    pub fn whole(&mut self, column: &str) -> Option<u64> {
        let text = self.text(column)?;
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let read = digits.then(|| text.parse().ok()).flatten();
        if digits && read.is_none() {
            self.note(column, "out_of_range", format!("`{}` is outside 0..={}", shown(&text), u64::MAX));
        } else if read.is_none() {
            self.note(column, "not_a_whole_number", format!("`{}` is no whole number; write digits alone, such as `1200`", shown(&text)));
        }
        read
    }

    /// An exact decimal with at most so many decimals.
    pub fn decimal(&mut self, column: &str, places: u32) -> Option<Decimal> {
        let text = self.text(column)?;
        decimal_from_str(&text, places).map_err(|error| self.found(column, &error.into())).ok()
    }

    /// A truth value in one of the forms that people write.
    pub fn flag(&mut self, column: &str) -> Option<bool> {
        let text = self.text(column)?;
        let value = truth(&text);
        if value.is_none() {
            let (value, allowed) = (shown(&text), "true, false, yes, no, 1, 0".into());
            self.found(column, &ProblemKind::NotAllowed { value, allowed, suggestion: None });
        }
        value
    }

    /// One of a set of words, in any case.
    pub fn word<T: Copy>(&mut self, column: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(column)?;
        self.one_of(column, &text, words)
    }

    /// As [`Cells::word`]; a blank cell is noted.
    pub fn needed_word<T: Copy>(&mut self, column: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.needed(column)?;
        self.one_of(column, &text, words)
    }

    fn one_of<T: Copy>(&mut self, column: &str, text: &str, words: &[(&str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|(_, value)| *value);
        if found.is_none() {
            let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let suggestion = quorate::nearest_name(text, allowed.iter().copied());
            self.found(column, &ProblemKind::NotAllowed { value: shown(text), allowed: allowed.join(", "), suggestion });
        }
        found
    }

    /// A name that must be among those known.
    pub fn known(&mut self, column: &str, what: &str, name: &str, known: &[String]) -> bool {
        let found = known.iter().any(|one| one == name);
        if !found {
            let hint = did_you_mean(name, known.iter().map(String::as_str));
            let allowed = if hint.is_empty() { format!("; the policy knows {}", known.join(", ")) } else { hint };
            self.note(column, "unknown_name", format!("unknown {what} `{}`{allowed}", shown(name)));
        }
        found
    }

    /// The custom attributes of an account that are not blank.
    pub fn attributes(&mut self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (name, at) in &self.plan.attributes {
            match Plan::cell(&self.row.cells, *at) {
                Ok(text) => found.extend(text.map(|text| (name.clone(), text.into()))),
                Err(NotUtf8(text)) => self.not_utf8(name.clone(), &text),
            }
        }
        found
    }
}

/// A truth value as people write it, if it is one.
pub fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        _ => None,
    }
}
