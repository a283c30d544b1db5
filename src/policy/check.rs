//! What the parts of the validation share: places in a document, what could not be read there, and the problems found.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::ops::RangeInclusive;

use rust_decimal::Decimal;

use super::limits::DecimalLimit;
use crate::document::{TEXT_BYTES_MAX, token_of};
use crate::exact::NumberError;
use crate::problem::{Problem, ProblemKind, Problems, nearest, too_long};

/// A place in a document, written as a path only when a problem is found there.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'a> {
    /// The document.
    Root,
    /// A field.
    Field(&'a Place<'a>, &'a str),
    /// An item of a list.
    Item(&'a Place<'a>, usize),
}

impl<'a> Place<'a> {
    /// A field of the object here.
    pub(super) const fn field(&'a self, name: &'a str) -> Self {
        Self::Field(self, name)
    }

    /// An item of the list here.
    pub(super) const fn item(&'a self, index: usize) -> Self {
        Self::Item(self, index)
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Field(Place::Root, name) => f.write_str(name),
            Self::Field(within, name) => write!(f, "{within}.{name}"),
            Self::Item(within, index) => write!(f, "{within}[{index}]"),
        }
    }
}

/// The paths whose values could not be read, so that a stand-in stands there. Nothing is said about a stand-in.
#[derive(Debug, Default)]
pub(super) struct Unread(BTreeSet<String>);

impl Unread {
    /// Takes in a problem that was found while reading.
    pub(super) fn add(&mut self, problem: &Problem) {
        self.0.extend(Self::place(problem));
    }

    /// The place that it left without a value.
    fn place(problem: &Problem) -> Option<String> {
        match problem.kind() {
            // What stands there besides was read.
            ProblemKind::UnknownField { .. } | ProblemKind::RepeatedField { .. } => None,
            ProblemKind::MissingField { name } if problem.path().is_empty() => Some(name.to_string()),
            // Nor is all of a rule for titles unread that does not say one thing: its name and its phrases were.
            ProblemKind::Inconsistent(_) if is_title_rule(problem.path()) => Some(format!("{}.says", problem.path())),
            ProblemKind::MissingField { name } => Some(format!("{}.{name}", problem.path())),
            _ => Some(problem.path().into()),
        }
    }

    /// Whether that place, or one that it is a part of, could not be read.
    pub(super) fn covers(&self, path: &str) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let ends = path.char_indices().filter(|(_, c)| matches!(c, '.' | '[')).map(|(end, _)| end);
        self.0.contains("") || self.0.contains(path) || ends.into_iter().any(|end| self.0.contains(&path[..end]))
    }

    /// Whether a part of that place could not be read.
    fn within(&self, path: &str) -> bool {
        let starts = |start: String| self.0.range(start.clone()..).next().is_some_and(|next| next.starts_with(&start));
        !self.0.is_empty() && (starts(format!("{path}.")) || starts(format!("{path}[")))
    }

    /// Whether a name of the items of that list could not be read.
    fn hides_a_name_of(&self, list: &str) -> bool {
        let item = format!("{list}[");
        let hidden = |path: &String| path[item.len()..].split_once(']').is_some_and(|(_, rest)| rest.is_empty() || rest == ".name");
        self.covers(list) || self.0.range(item.clone()..).take_while(|path| path.starts_with(&item)).any(hidden)
    }
}

/// Whether a path is that of a rule for titles: `titles.before[3]`.
fn is_title_rule(path: &str) -> bool {
    let item = ["titles.before[", "titles.after["].iter().find_map(|list| path.strip_prefix(list));
    item.and_then(|item| item.strip_suffix(']')).is_some_and(|item| item.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The names that a document defines in one list, for the references to them.
#[derive(Debug)]
pub(super) struct Names<'d> {
    what: &'static str,
    all: BTreeSet<&'d str>,
    // A name that could not be read may be the one that a reference means.
    complete: bool,
}

impl Names<'_> {
    /// Whether the name is defined.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.all.contains(name)
    }

    /// Whether every name could be read.
    pub(super) const fn complete(&self) -> bool {
        self.complete
    }
}

/// Collects the problems of one document.
#[derive(Debug)]
pub(super) struct Check<'u> {
    unread: &'u Unread,
    found: Vec<Problem>,
}

impl<'u> Check<'u> {
    pub(super) const fn new(unread: &'u Unread) -> Self {
        Self { unread, found: Vec::new() }
    }

    pub(super) fn into_found(self) -> Vec<Problem> {
        self.found
    }

    /// Whether the values at these places were read.
    pub(super) fn read(&self, places: &[&Place<'_>]) -> bool {
        self.unread.0.is_empty() || !places.iter().any(|place| self.unread.covers(&place.to_string()))
    }

    /// Whether the value at that place was read with all its parts.
    pub(super) fn read_whole(&self, place: &Place<'_>) -> bool {
        self.read(&[place]) && !self.unread.within(&place.to_string())
    }

    /// Whether the value at that path was read.
    pub(super) fn read_path(&self, path: &str) -> bool {
        !self.unread.covers(path)
    }

    /// Notes a problem, unless the place could not be read and was reported so.
    pub(super) fn note(&mut self, at: &Place<'_>, kind: impl Into<ProblemKind>) {
        let path = at.to_string();
        if !self.unread.covers(&path) {
            self.found.push(Problem::new(path, kind));
        }
    }

    /// Notes problems that somebody else found, each with its path.
    pub(super) fn extend(&mut self, problems: impl IntoIterator<Item = Problems>) {
        self.found.extend(problems.into_iter().flat_map(|problems| problems.iter().cloned().collect::<Vec<_>>()));
    }

    /// Notes parts that do not fit together.
    pub(super) fn unfit(&mut self, at: &Place<'_>, words: impl Into<Cow<'static, str>>) {
        self.note(at, ProblemKind::Inconsistent(words.into()));
    }

    /// A whole number within its range.
    pub(super) fn whole<T: Copy + PartialOrd + fmt::Display>(&mut self, at: &Place<'_>, value: T, allowed: &RangeInclusive<T>) {
        if !allowed.contains(&value) {
            let allowed = format!("{}..={}", allowed.start(), allowed.end()).into();
            self.note(at, ProblemKind::OutOfRange { value: value.to_string(), allowed });
        }
    }

    /// A decimal within its range and places.
    pub(super) fn decimal(&mut self, at: &Place<'_>, value: Decimal, limit: &DecimalLimit) {
        let value = value.normalize();
        if value.scale() > limit.places {
            self.note(at, NumberError::TooPrecise { text: value.to_string(), places: limit.places });
        } else if value < limit.least || value > limit.most {
            let allowed = format!("{}..={}", limit.least, limit.most).into();
            self.note(at, ProblemKind::OutOfRange { value: value.to_string(), allowed });
        }
    }

    /// A text that says something and is not too long.
    pub(super) fn text(&mut self, at: &Place<'_>, text: &str, most: usize) {
        if text.trim().is_empty() {
            self.unfit(at, "a blank text says nothing; fill it in");
        } else if text.len() > most {
            self.note(at, too_long(text, most));
        }
    }

    /// Texts to choose from: at least one, each sound.
    pub(super) fn texts(&mut self, at: &Place<'_>, texts: &[String]) {
        if texts.is_empty() && self.read_whole(at) {
            self.unfit(at, "the list is empty; give at least one text");
        }
        for (i, text) in texts.iter().enumerate().filter(|(_, text)| text.len() > TEXT_BYTES_MAX) {
            self.text(&at.item(i), text, TEXT_BYTES_MAX);
        }
    }

    /// One of the words that are allowed here, of more that there are.
    pub(super) fn word<T: Copy + PartialEq>(&mut self, at: &Place<'_>, value: T, all: &[(&str, T)], allowed: &[T]) {
        let token = |value: T| token_of(all, value);
        if !allowed.contains(&value) {
            self.disallow(at, token(value), allowed.iter().map(|one| token(*one)));
        }
    }

    /// Notes a word that there is but that is not allowed here; it was no slip, so nothing is suggested.
    pub(super) fn disallow<'w>(&mut self, at: &Place<'_>, word: &str, allowed: impl Iterator<Item = &'w str>) {
        let allowed = allowed.collect::<Vec<_>>().join(", ");
        self.note(at, ProblemKind::NotAllowed { value: word.into(), allowed, suggestion: None });
    }

    /// Notes a list of more items than are allowed.
    pub(super) fn at_most(&mut self, at: &Place<'_>, what: &str, count: usize, most: usize) {
        if count > most {
            self.unfit(at, format!("{count} {what} are given; at most {most} are allowed"));
        }
    }

    /// Words of which each may be given once.
    pub(super) fn once<'d>(&mut self, at: &Place<'_>, what: &'static str, words: impl Iterator<Item = &'d str>) {
        let mut seen = BTreeSet::new();
        for (i, word) in words.enumerate() {
            if self.read(&[&at.item(i)]) && !seen.insert(word) {
                self.note(&at.item(i), ProblemKind::Repeated { what, name: word.into() });
            }
        }
    }

    /// The names that a list defines; notes those given twice.
    pub(super) fn names<'d>(&mut self, at: &Place<'_>, what: &'static str, names: impl Iterator<Item = &'d str>) -> Names<'d> {
        let mut all = BTreeSet::new();
        for (i, name) in names.enumerate() {
            if !all.insert(name) {
                self.note(&at.item(i).field("name"), ProblemKind::Repeated { what, name: name.into() });
            }
        }
        Names { what, all, complete: !self.unread.hides_a_name_of(&at.to_string()) }
    }

    /// A reference to a name that must be defined.
    pub(super) fn reference(&mut self, at: &Place<'_>, names: &Names<'_>, name: &str) {
        if names.complete && !names.contains(name) {
            let suggestion = nearest(name, names.all.iter().copied());
            self.note(at, ProblemKind::Unknown { what: names.what, name: name.into(), suggestion });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unread() -> Unread {
        let missing = |path: &str| Problem::new(path, ProblemKind::MissingField { name: "points".into() });
        let broken = |path: &str| Problem::new(path, ProblemKind::Inconsistent("".into()));
        let extra = Problem::new("person", ProblemKind::UnknownField { name: "x".into(), suggestion: None });
        let mut unread = Unread::default();
        for problem in [missing("kinds[3]"), extra, broken("roles[1].name"), broken("fit"), broken("templates[0].seats[1]")] {
            unread.add(&problem);
        }
        unread
    }

    #[test]
    fn what_was_not_read_covers_its_parts_alone() {
        let unread = unread();
        for covered in ["kinds[3].points", "fit", "fit.tiers.A", "roles[1].name"] {
            assert!(unread.covers(covered), "{covered}");
        }
        for open in ["kinds[3]", "kinds[31].points", "person", "person.cap", "fitness", "roles[1].weight", ""] {
            assert!(!unread.covers(open), "{open}");
        }
        assert!(unread.within("kinds") && unread.within("kinds[3]") && !unread.within("person") && !unread.within("kind"));
        assert!(unread.hides_a_name_of("roles") && !unread.hides_a_name_of("kinds") && !unread.hides_a_name_of("templates"));
    }

    #[test]
    fn places_read_like_paths() {
        let (root, kinds) = (Place::Root, Place::Root.field("kinds"));
        assert_eq!(root.to_string(), "");
        assert_eq!(kinds.item(3).field("points").to_string(), "kinds[3].points");
    }
}
