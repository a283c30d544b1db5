//! Reading a tree of values: every problem is noted with its path, and reading goes on with a stand-in.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::RefCell;
use core::fmt::Display;
use core::ops::RangeInclusive;
use core::str::FromStr;

use rust_decimal::Decimal;

use super::node::Node;
use crate::exact::decimal_from_str;
use crate::problem::{Problem, ProblemKind, Problems, excerpt, nearest, too_long};

/// The longest text of a field that is no id, in bytes. Source: our choice; no name, title or reason is longer.
pub(crate) const TEXT_BYTES_MAX: usize = 4096;

/// Reads JSON into a tree.
///
/// # Errors
/// One [`ProblemKind::Unreadable`], with line and column, when the text is no JSON or is nested too deeply.
pub(crate) fn parse_json(text: &str) -> Result<Node, Problems> {
    serde_json::from_str(text).map_err(|error| Problem::new("", ProblemKind::Unreadable { reason: error.to_string() }).into())
}

/// The fields of one object of a document.
///
/// Every `take` method notes what is wrong and returns a stand-in, so that all problems of a document come at once; the caller must not use
/// the result unless no problem was noted. [`Reader::finish`] notes the fields that nobody asked for.
pub(crate) struct Reader<'a> {
    path: String,
    fields: &'a [(String, Node)],
    known: Vec<&'static str>,
    problems: &'a RefCell<Problems>,
}

impl<'a> Reader<'a> {
    /// Reads an object; notes a problem and reads an empty one when it is none.
    pub(crate) fn new(node: &'a Node, path: impl Into<String>, problems: &'a RefCell<Problems>) -> Self {
        let path = path.into();
        let fields = match node {
            Node::Map(fields) => fields.as_slice(),
            other => {
                note(problems, path.clone(), wrong("an object", other));
                &[]
            }
        };
        Self { path, fields, known: Vec::new(), problems }
    }

    /// The path of a field.
    pub(crate) fn path(&self, name: &str) -> String {
        if self.path.is_empty() { name.into() } else { alloc::format!("{}.{name}", self.path) }
    }

    /// Where this object stands.
    pub(crate) fn here(&self) -> &str {
        &self.path
    }

    /// Notes a problem with a field.
    pub(crate) fn note(&self, name: &str, kind: impl Into<ProblemKind>) {
        note(self.problems, self.path(name), kind);
    }

    /// The fields of this object, as they came.
    pub(crate) const fn fields(&self) -> &'a [(String, Node)] {
        self.fields
    }

    /// A field's value, `None` when it is absent or null.
    pub(crate) fn node(&mut self, name: &'static str) -> Option<&'a Node> {
        self.known.push(name);
        self.fields.iter().find(|(field, _)| field == name).map(|(_, node)| node).filter(|node| **node != Node::Null)
    }

    /// A field's value; its absence is noted.
    pub(crate) fn required(&mut self, name: &'static str) -> Option<&'a Node> {
        let node = self.node(name);
        if node.is_none() {
            note(self.problems, self.path.clone(), ProblemKind::MissingField { name: name.into() });
        }
        node
    }

    /// A text of at most [`TEXT_BYTES_MAX`] bytes.
    pub(crate) fn text_if_any(&mut self, name: &'static str) -> Option<String> {
        let node = self.node(name)?;
        self.as_text(name, node)
    }

    /// A text that must be there; empty as a stand-in.
    pub(crate) fn text(&mut self, name: &'static str) -> String {
        self.required(name).and_then(|node| self.as_text(name, node)).unwrap_or_default()
    }

    fn as_text(&self, name: &str, node: &Node) -> Option<String> {
        match node {
            Node::Text(text) if text.len() > TEXT_BYTES_MAX => {
                self.note(name, too_long(text, TEXT_BYTES_MAX));
                None
            }
            Node::Text(text) => Some(text.clone()),
            other => {
                self.note(name, wrong("a text", other));
                None
            }
        }
    }

    /// A text read by its type's own door, such as an id, a day or a time.
    pub(crate) fn parsed_if_any<T: FromStr<Err: Into<ProblemKind>>>(&mut self, name: &'static str) -> Option<T> {
        let node = self.node(name)?;
        self.as_parsed(name, node)
    }

    /// As [`Reader::parsed_if_any`]; absence is noted.
    pub(crate) fn parsed<T: FromStr<Err: Into<ProblemKind>>>(&mut self, name: &'static str) -> Option<T> {
        let node = self.required(name)?;
        self.as_parsed(name, node)
    }

    fn as_parsed<T: FromStr<Err: Into<ProblemKind>>>(&self, name: &str, node: &Node) -> Option<T> {
        let Node::Text(text) = node else {
            self.note(name, wrong("a text", node));
            return None;
        };
        text.parse().map_err(|error| self.note(name, error)).ok()
    }

    /// A whole number within a range.
    pub(crate) fn whole_if_any<T: Copy + Display + TryFrom<i128> + Into<i128>>(
        &mut self,
        name: &'static str,
        allowed: RangeInclusive<T>,
    ) -> Option<T> {
        let node = self.node(name)?;
        self.as_whole(name, node, &allowed)
    }

    /// A whole number within a range; absence is noted and the range's start stands in.
    pub(crate) fn whole<T: Copy + Display + TryFrom<i128> + Into<i128>>(&mut self, name: &'static str, allowed: RangeInclusive<T>) -> T {
        self.required(name).and_then(|node| self.as_whole(name, node, &allowed)).unwrap_or(*allowed.start())
    }

    fn as_whole<T: Copy + Display + TryFrom<i128> + Into<i128>>(&self, name: &str, node: &Node, allowed: &RangeInclusive<T>) -> Option<T> {
        let Node::Whole(value) = node else {
            self.note(name, wrong("a whole number", node));
            return None;
        };
        let within = (*allowed.start()).into() <= *value && *value <= (*allowed.end()).into();
        let found = T::try_from(*value).ok().filter(|_| within);
        if found.is_none() {
            let allowed = Cow::Owned(alloc::format!("{}..={}", allowed.start(), allowed.end()));
            self.note(name, ProblemKind::OutOfRange { value: value.to_string(), allowed });
        }
        found
    }

    /// A decimal written as text, within a range given as text.
    pub(crate) fn decimal_if_any(&mut self, name: &'static str, places: u32, least: Decimal, most: Decimal) -> Option<Decimal> {
        let node = self.node(name)?;
        self.as_decimal(name, node, places, least, most)
    }

    /// As [`Reader::decimal_if_any`]; absence is noted and zero stands in.
    pub(crate) fn decimal(&mut self, name: &'static str, places: u32, least: Decimal, most: Decimal) -> Decimal {
        self.required(name).and_then(|node| self.as_decimal(name, node, places, least, most)).unwrap_or(Decimal::ZERO)
    }

    fn as_decimal(&self, name: &str, node: &Node, places: u32, least: Decimal, most: Decimal) -> Option<Decimal> {
        let Node::Text(text) = node else {
            self.note(name, wrong("a decimal written as text, such as \"12.5\",", node));
            return None;
        };
        let value = decimal_from_str(text, places).map_err(|error| self.note(name, error)).ok()?;
        if value < least || value > most {
            self.note(name, ProblemKind::OutOfRange { value: value.to_string(), allowed: alloc::format!("{least}..={most}").into() });
            return None;
        }
        Some(value)
    }

    /// A truth value, `default` when it is absent.
    pub(crate) fn flag(&mut self, name: &'static str, default: bool) -> bool {
        match self.node(name) {
            None => default,
            Some(Node::Bool(value)) => *value,
            Some(other) => {
                self.note(name, wrong("true or false", other));
                default
            }
        }
    }

    /// One of a set of words.
    pub(crate) fn word_if_any<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Option<T> {
        let node = self.node(name)?;
        self.as_word(name, node, words)
    }

    /// One of a set of words; absence is noted.
    pub(crate) fn word<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Option<T> {
        let node = self.required(name)?;
        self.as_word(name, node, words)
    }

    fn as_word<T: Copy>(&self, name: &str, node: &Node, words: &[(&str, T)]) -> Option<T> {
        let Node::Text(text) = node else {
            self.note(name, wrong("a text", node));
            return None;
        };
        let found = words.iter().find(|(word, _)| word == text).map(|(_, value)| *value);
        if found.is_none() {
            self.note(name, not_allowed(text, words.iter().map(|(word, _)| *word)));
        }
        found
    }

    /// A list's items with their paths; an absent list is empty.
    pub(crate) fn items(&mut self, name: &'static str) -> Vec<(String, &'a Node)> {
        let path = self.path(name);
        match self.node(name) {
            None => Vec::new(),
            Some(Node::List(items)) => items.iter().enumerate().map(|(i, item)| (alloc::format!("{path}[{i}]"), item)).collect(),
            Some(other) => {
                self.note(name, wrong("a list", other));
                Vec::new()
            }
        }
    }

    /// A list of objects, each with its own reader; an absent list is empty.
    pub(crate) fn objects(&mut self, name: &'static str) -> Vec<Reader<'a>> {
        let problems = self.problems;
        self.items(name).into_iter().map(|(path, node)| Reader::new(node, path, problems)).collect()
    }

    /// A list of texts; `None` when the list is absent.
    pub(crate) fn texts_if_any(&mut self, name: &'static str) -> Option<Vec<String>> {
        self.known.push(name);
        self.fields.iter().find(|(field, node)| field == name && *node != Node::Null)?;
        let items = self.items(name);
        Some(items.into_iter().filter_map(|(path, node)| self.item_text(path, node)).collect())
    }

    /// A list of texts, empty when it is absent. An item that cannot be read has a blank text in its place, so that the others keep theirs.
    pub(crate) fn texts_in_place(&mut self, name: &'static str) -> Vec<String> {
        self.known.push(name);
        let is_absent = !self.fields.iter().any(|(field, node)| field == name && *node != Node::Null);
        let items = if is_absent { Vec::new() } else { self.items(name) };
        items.into_iter().map(|(path, node)| self.item_text(path, node).unwrap_or_default()).collect()
    }

    fn item_text(&self, path: String, node: &Node) -> Option<String> {
        match node {
            Node::Text(text) if text.len() <= TEXT_BYTES_MAX => Some(text.clone()),
            Node::Text(text) => {
                note(self.problems, path, too_long(text, TEXT_BYTES_MAX));
                None
            }
            other => {
                note(self.problems, path, wrong("a text", other));
                None
            }
        }
    }

    /// An object that must be there.
    pub(crate) fn object(&mut self, name: &'static str) -> Option<Reader<'a>> {
        let (path, problems) = (self.path(name), self.problems);
        self.required(name).map(|node| Reader::new(node, path, problems))
    }

    /// An object that may be absent.
    pub(crate) fn object_if_any(&mut self, name: &'static str) -> Option<Reader<'a>> {
        let (path, problems) = (self.path(name), self.problems);
        self.node(name).map(|node| Reader::new(node, path, problems))
    }

    /// Where problems are noted.
    pub(crate) const fn problems(&self) -> &'a RefCell<Problems> {
        self.problems
    }

    /// Notes fields that nobody asked for, and fields that stand twice.
    pub(crate) fn finish(self) {
        for (i, (name, _)) in self.fields.iter().enumerate() {
            if !self.known.contains(&name.as_str()) {
                let suggestion = nearest(name, self.known.iter().copied());
                note(self.problems, self.path.clone(), ProblemKind::UnknownField { name: excerpt(name), suggestion });
            } else if self.fields[..i].iter().any(|(earlier, _)| earlier == name) {
                note(self.problems, self.path.clone(), ProblemKind::RepeatedField { name: name.clone() });
            }
        }
    }
}

/// Notes a problem at a path.
pub(crate) fn note(problems: &RefCell<Problems>, path: String, kind: impl Into<ProblemKind>) {
    problems.borrow_mut().push(Problem::new(path, kind));
}

/// A value of another type.
pub(crate) fn wrong(expected: &'static str, found: &Node) -> ProblemKind {
    ProblemKind::WrongType { expected: expected.into(), found: found.what().into() }
}

/// A word that is none of those allowed.
pub(crate) fn not_allowed<'w>(value: &str, words: impl Iterator<Item = &'w str> + Clone) -> ProblemKind {
    let mut allowed = String::new();
    for word in words.clone() {
        if !allowed.is_empty() {
            allowed.push_str(", ");
        }
        allowed.push_str(word);
    }
    ProblemKind::NotAllowed { value: excerpt(value), allowed, suggestion: nearest(value, words) }
}
