//! A source brought together with the header of its file: which cell is which column of the table.

use std::borrow::Cow;

use csv::ByteRecord;

use super::{From, Source, Values};
use crate::files::{Column, Table};
use crate::words::{did_you_mean, shown};

/// How the rows of one file are read as rows of a table.
#[derive(Debug)]
pub struct Plan {
    pub table: Table,
    gets: Vec<Get>,
    /// Custom attributes of an account: name and cell.
    pub attributes: Vec<(String, usize)>,
    /// The values of the rows that are read, if not all are.
    only: Option<(Place, Vec<String>)>,
    /// What is put before every signal id.
    pub id_prefix: String,
    /// Columns of the file that nothing is read from.
    pub ignored: Vec<String>,
    /// Columns that the mapping names and the file lacks.
    pub absent: Vec<String>,
    /// How many cells a row must have.
    pub width: usize,
}

/// How one column of the table is found.
#[derive(Debug)]
struct Get {
    place: Place,
    values: Option<Values>,
    list: bool,
    /// The name of the file's column, for messages.
    shown: String,
}

#[derive(Debug)]
enum Place {
    Nowhere,
    Always(String),
    Cell(usize),
    Joined(Vec<usize>, String),
    First(Vec<usize>),
}

/// A cell that is not UTF-8, as far as it can be shown.
#[derive(Debug, PartialEq, Eq)]
pub struct NotUtf8(pub String);

impl Plan {
    /// Finds the columns of a source in a header.
    ///
    /// # Errors
    /// One line for each column that is missing or stands twice.
    pub fn new(table: Table, source: &Source, header: &[String]) -> Result<Self, Vec<String>> {
        let mut bind =
            Bind { header, lenient: source.lenient, problems: repeated(header), absent: Vec::new(), used: vec![false; header.len()] };
        let gets = table.columns().iter().map(|column| bind.column(table, column, source)).collect();
        let attributes = source.attributes.iter().filter_map(|(name, column)| Some((name.clone(), bind.find(column, false)?))).collect();
        let only = source.only.as_ref().map(|only| (bind.any_of(&only.from), only.is.clone()));
        if let Some(one_of) = table.one_of().filter(|one_of| !one_of.columns.iter().any(|name| bind.has(source, name))) {
            let names: Vec<String> = one_of.columns.iter().map(|name| format!("`{name}`")).collect();
            bind.problems.push(format!("needs one of the columns {}: {}{}", names.join(", "), one_of.question, bind.separator()));
        }
        if !bind.problems.is_empty() {
            return Err(bind.problems);
        }
        let unused = header.iter().zip(&bind.used).filter(|(name, used)| !**used && !name.is_empty());
        let ignored = unused.map(|(name, _)| shown(name)).collect();
        let absent = if source.native { Vec::new() } else { bind.absent };
        Ok(Self { table, gets, attributes, only, id_prefix: source.id_prefix.clone(), ignored, absent, width: header.len() })
    }

    fn get(&self, column: &str) -> Option<&Get> {
        let at = self.table.columns().iter().position(|one| one.name == column)?;
        self.gets.get(at)
    }

    /// Whether a row is one of those that are read. One that cannot be told is, so that what is wrong with it is told.
    pub fn reads(&self, cells: &ByteRecord) -> bool {
        let Some((place, values)) = self.only.as_ref().filter(|_| cells.len() == self.width) else { return true };
        place.value(cells).map_or(true, |found| values.contains(&found.unwrap_or_default().to_lowercase()))
    }

    /// Whether a column of the table is there.
    pub fn has(&self, column: &str) -> bool {
        self.get(column).is_some_and(|get| !matches!(get.place, Place::Nowhere))
    }

    /// What a column of the table is called in the file.
    pub fn shown(&self, column: &str) -> String {
        self.get(column).map_or_else(|| column.into(), |get| get.shown.clone())
    }

    /// The value of a column of the table in a row: trimmed, translated, `None` when blank.
    pub fn value<'r>(&'r self, column: &str, cells: &'r ByteRecord) -> Result<Option<Cow<'r, str>>, NotUtf8> {
        let Some(get) = self.get(column) else { return Ok(None) };
        let found = get.place.value(cells)?;
        Ok(match &get.values {
            None => found,
            Some(values) => translate(values, found, get.list),
        })
    }

    /// The text of a cell: trimmed, `None` when blank.
    pub fn cell(cells: &ByteRecord, at: usize) -> Result<Option<&str>, NotUtf8> {
        let bytes = cells.get(at).unwrap_or_default();
        let text = std::str::from_utf8(bytes).map_err(|_| NotUtf8(shown(&String::from_utf8_lossy(bytes))))?.trim();
        Ok((!text.is_empty()).then_some(text))
    }
}

impl Place {
    fn value<'r>(&'r self, cells: &'r ByteRecord) -> Result<Option<Cow<'r, str>>, NotUtf8> {
        match self {
            Self::Nowhere => Ok(None),
            Self::Always(text) => Ok(Some(Cow::Borrowed(text))),
            Self::Cell(at) => Ok(Plan::cell(cells, *at)?.map(Cow::Borrowed)),
            Self::First(places) => {
                for at in places {
                    if let Some(text) = Plan::cell(cells, *at)? {
                        return Ok(Some(Cow::Borrowed(text)));
                    }
                }
                Ok(None)
            }
            Self::Joined(places, with) => {
                let mut parts = Vec::with_capacity(places.len());
                for at in places {
                    parts.extend(Plan::cell(cells, *at)?);
                }
                Ok((!parts.is_empty()).then(|| Cow::Owned(parts.join(with))))
            }
        }
    }
}

/// What a value stands for. A blank one is looked up as the empty text; of one that is not listed as a whole and
/// holds `;`, each part is translated.
fn translate<'r>(values: &'r Values, found: Option<Cow<'r, str>>, list: bool) -> Option<Cow<'r, str>> {
    let text = found.as_deref().unwrap_or_default();
    if let Some(meaning) = values.listed(text) {
        return (!meaning.is_empty()).then_some(Cow::Borrowed(meaning));
    }
    let found = found?;
    if !found.contains(';') {
        return match values.others() {
            Some(meaning) => (!meaning.is_empty()).then_some(Cow::Borrowed(meaning)),
            None => Some(found),
        };
    }
    let parts = found.split(';').map(str::trim).filter(|part| !part.is_empty());
    let mut meanings: Vec<&str> = Vec::new();
    for meaning in parts.map(|part| values.listed(part).or(values.others()).unwrap_or(part)).filter(|meaning| !meaning.is_empty()) {
        // Two values may stand for one role; a list that names it twice would be refused.
        if !(list && meanings.contains(&meaning)) {
            meanings.push(meaning);
        }
    }
    (!meanings.is_empty()).then(|| Cow::Owned(meanings.join(";")))
}

/// Looks columns up in a header.
struct Bind<'a> {
    header: &'a [String],
    lenient: bool,
    problems: Vec<String>,
    absent: Vec<String>,
    used: Vec<bool>,
}

impl Bind<'_> {
    fn column(&mut self, table: Table, column: &Column, source: &Source) -> Get {
        let values = source.values.get(column.name).cloned();
        let get = |place, shown| Get { place, values, list: column.list, shown };
        if let Some(text) = source.constants.get(column.name) {
            return get(if text.is_empty() { Place::Nowhere } else { Place::Always(text.clone()) }, column.name.into());
        }
        let Some(from) = source.columns.get(column.name) else { return get(Place::Nowhere, column.name.into()) };
        let names = from.columns();
        // One of several is enough when columns may be missing at all.
        let any = self.lenient && names.iter().any(|name| self.header.contains(name));
        let absent = self.absent.len();
        let needed = column.required && !any && !table.instead_of(column.name).iter().any(|name| self.has(source, name));
        let mut found: Vec<usize> = names.iter().filter_map(|name| self.find(name, needed)).collect();
        if matches!(from, From::First(_)) && !found.is_empty() {
            // Alternatives: one of them is all that is needed.
            self.absent.truncate(absent);
        }
        let place = match (from, found.len()) {
            (_, 0) => Place::Nowhere,
            (From::Joined(..), 1) if names.len() == 1 => Place::Cell(found.remove(0)),
            (From::Joined(_, with), _) => Place::Joined(found, with.clone()),
            (From::First(_), _) => Place::First(found),
        };
        get(place, names.join(" / "))
    }

    /// Where a value is found of which one column at least is needed.
    fn any_of(&mut self, from: &From) -> Place {
        let names = from.columns();
        let any = names.iter().any(|name| self.header.contains(name));
        let found: Vec<usize> =
            names.iter().filter(|name| !any || self.header.contains(name)).filter_map(|name| self.find(name, true)).collect();
        match from {
            From::Joined(_, with) => Place::Joined(found, with.clone()),
            From::First(_) => Place::First(found),
        }
    }

    /// The place of a column of the file; one that is missing is a problem or is noted as absent.
    fn find(&mut self, name: &str, required: bool) -> Option<usize> {
        let at = self.header.iter().position(|column| column == name);
        match at {
            Some(at) => self.used[at] = true,
            None if self.lenient && !required => self.absent.push(name.into()),
            None => self.problems.push(self.missing(name)),
        }
        at
    }

    fn missing(&self, name: &str) -> String {
        let hint = did_you_mean(name, self.header.iter().map(String::as_str));
        format!("line 1: column `{name}` is missing{hint}{}", self.separator())
    }

    /// What to say of a header that seems not to be cut at commas.
    fn separator(&self) -> &'static str {
        match self.header {
            [only] if only.contains(';') || only.contains('\t') => "; its cells seem to be separated by something else than commas",
            _ => "",
        }
    }

    fn has(&self, source: &Source, column: &str) -> bool {
        let from = source.columns.get(column);
        source.constants.contains_key(column) || from.is_some_and(|from| from.columns().iter().any(|name| self.header.contains(name)))
    }
}

fn repeated(header: &[String]) -> Vec<String> {
    let mut problems = Vec::new();
    for (i, name) in header.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        if header[..i].contains(name) && !header[i + 1..].contains(name) {
            problems.push(format!("line 1: column `{}` stands more than once; keep one", shown(name)));
        }
    }
    problems
}
