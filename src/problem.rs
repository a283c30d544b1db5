//! What is wrong with a document: every problem, each with its path.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::day::TimeError;
use crate::exact::NumberError;
use crate::graph::EditError;
use crate::id::IdError;
use crate::tally::TallyError;

/// Characters of a foreign text that a message shows.
const EXCERPT_CHARS: usize = 60;

/// The beginning of a foreign text, control characters escaped, so that a message stays one readable line whatever came.
pub(crate) fn excerpt(text: &str) -> String {
    let mut shown: String = text.chars().take(EXCERPT_CHARS).flat_map(char::escape_debug).collect();
    if text.chars().nth(EXCERPT_CHARS).is_some() {
        shown.push('…');
    }
    shown
}

/// A text as it is, of a long one as much of it as an excerpt shows.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(EXCERPT_CHARS) {
        Some((end, _)) => text.get(..end).unwrap_or_default().chars().chain(core::iter::once('…')).collect(),
        None => text.into(),
    }
}

/// The first letters of a text that is too long to be meant, control characters escaped.
pub(crate) fn beginning(text: &str) -> String {
    text.chars().take(24).flat_map(char::escape_debug).collect()
}

/// A text too long to be meant, by its beginning.
pub(crate) fn too_long(text: &str, most: usize) -> ProblemKind {
    ProblemKind::TooLong { start: excerpt(text).trim_end_matches('…').into(), bytes: text.len(), most }
}

/// One thing wrong with a document: where, and what.
///
/// The path reads like `kinds[3].points` or `contacts[17].reports_to`; list positions count from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    path: String,
    kind: ProblemKind,
}

impl Problem {
    /// A problem of that kind at that path.
    pub fn new(path: impl Into<String>, kind: impl Into<ProblemKind>) -> Self {
        Self { path: path.into(), kind: kind.into() }
    }

    /// Where in the document; empty for the document as a whole.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong.
    pub const fn kind(&self) -> &ProblemKind {
        &self.kind
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { write!(f, "{}", self.kind) } else { write!(f, "{}: {}", self.path, self.kind) }
    }
}

/// What is wrong at one place of a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The text is no document of the format at all.
    #[error("not readable as a document: {reason}")]
    Unreadable {
        /// The parser's words.
        reason: String,
    },
    /// A field that the format does not have.
    #[error("unknown field `{name}`{}", did_you_mean(.suggestion.as_deref()))]
    UnknownField {
        /// The field.
        name: String,
        /// The nearest field that there is.
        suggestion: Option<String>,
    },
    /// A field stands twice.
    #[error("field `{name}` stands twice; keep one")]
    RepeatedField {
        /// The field.
        name: String,
    },
    /// A field that must be there.
    #[error("field `{name}` is missing")]
    MissingField {
        /// The field.
        name: Cow<'static, str>,
    },
    /// A value of another type.
    #[error("{found} where {expected} is expected")]
    WrongType {
        /// What is allowed.
        expected: Cow<'static, str>,
        /// What stands there.
        found: Cow<'static, str>,
    },
    /// A word that is none of those allowed.
    #[error("`{value}` is none of {allowed}{}", did_you_mean(.suggestion.as_deref()))]
    NotAllowed {
        /// The word.
        value: String,
        /// The words allowed.
        allowed: String,
        /// The nearest allowed word.
        suggestion: Option<String>,
    },
    /// A number outside its range.
    #[error("`{value}` is outside {allowed}")]
    OutOfRange {
        /// The number.
        value: String,
        /// The range.
        allowed: Cow<'static, str>,
    },
    /// A name that refers to nothing.
    #[error("unknown {what} `{name}`{}", did_you_mean(.suggestion.as_deref()))]
    Unknown {
        /// What was looked for, such as `role`.
        what: &'static str,
        /// The name.
        name: String,
        /// The nearest name that there is.
        suggestion: Option<String>,
    },
    /// A name given twice.
    #[error("{what} `{name}` is given twice; keep one")]
    Repeated {
        /// What it names.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A text too long to be meant.
    #[error("`{start}…` has {bytes} bytes; at most {most} are allowed")]
    TooLong {
        /// The beginning of the text.
        start: String,
        /// Its length.
        bytes: usize,
        /// The longest allowed.
        most: usize,
    },
    /// Parts that do not fit together.
    #[error("{0}")]
    Inconsistent(Cow<'static, str>),
    /// A text that is no id.
    #[error(transparent)]
    Id(#[from] IdError),
    /// A text that is no exact number.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// A text that is no day or time.
    #[error(transparent)]
    Time(#[from] TimeError),
    /// A record that the graph refuses.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// A signal that the tally refuses.
    #[error(transparent)]
    Tally(#[from] TallyError),
}

impl ProblemKind {
    /// The stable code of this problem for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable",
            Self::UnknownField { .. } => "unknown_field",
            Self::RepeatedField { .. } => "repeated_field",
            Self::MissingField { .. } => "missing_field",
            Self::WrongType { .. } => "wrong_type",
            Self::NotAllowed { .. } => "not_allowed",
            Self::OutOfRange { .. } => "out_of_range",
            Self::Unknown { .. } => "unknown_name",
            Self::Repeated { .. } => "repeated_name",
            Self::TooLong { .. } => "too_long",
            Self::Inconsistent(_) => "inconsistent",
            Self::Id(error) => error.code(),
            Self::Number(error) => error.code(),
            Self::Time(error) => error.code(),
            Self::Edit(error) => error.code(),
            Self::Tally(error) => error.code(),
        }
    }
}

/// All problems of a document, in the order of their places; never empty as an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// The problems as a slice.
    pub fn as_slice(&self) -> &[Problem] {
        &self.0
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Goes through them.
    pub fn iter(&self) -> core::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// `value` when there are no problems.
    ///
    /// # Errors
    /// These problems, when there are any.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = alloc::vec::IntoIter<Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = core::slice::Iter<'a, Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl Extend<Problem> for Problems {
    fn extend<I: IntoIterator<Item = Problem>>(&mut self, problems: I) {
        self.0.extend(problems);
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(Vec::from([problem]))
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("; ")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl core::error::Error for Problems {}

/// ` (did you mean …?)`, or nothing.
pub(crate) fn did_you_mean(suggestion: Option<&str>) -> String {
    suggestion.map_or_else(String::new, |near| alloc::format!(" (did you mean `{near}`?)"))
}

/// The candidate nearest to `name` by edits, when it is near enough to be a slip: at most a third of the letters, and at most three.
///
/// Letters are compared without case; a space, a hyphen and an underscore are alike. What every message of this crate asks "did you mean" with.
///
/// ```
/// assert_eq!(quorate::nearest_name("Economic Byer", ["economic_buyer", "champion"]).as_deref(), Some("economic_buyer"));
/// assert_eq!(quorate::nearest_name("janitor", ["economic_buyer", "champion"]), None);
/// ```
pub fn nearest_name<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, candidates)
}

/// See [`nearest_name`].
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let letters = name.chars().count();
    if !(2..=64).contains(&letters) {
        return None;
    }
    let limit = (letters / 3).clamp(1, 3);
    let near = candidates.into_iter().map(|candidate| (edits(name, candidate), candidate)).min();
    near.filter(|(edits, _)| *edits <= limit).map(|(_, candidate)| candidate.to_string())
}

/// The optimal string alignment distance (Damerau 1964, without overlapping swaps), letters compared without case.
fn edits(a: &str, b: &str) -> usize {
    let fold = |letter: char| if letter == ' ' || letter == '-' { '_' } else { letter };
    let folded = |text: &str| text.chars().flat_map(char::to_lowercase).map(fold).collect::<Vec<char>>();
    let (a, b) = (folded(a), folded(b));
    // Three rows of the table are enough: two letters back, one letter back, and this one.
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = Vec::from([i]);
        for j in 1..=b.len() {
            let replaced = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            let least = replaced.min(above[j] + 1).min(row[j - 1] + 1);
            row.push(if swapped { least.min(before[j - 2] + 1) } else { least });
        }
        before = core::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_a_stranger_is_not() {
        let roles = ["champion", "coach", "economic_buyer"];
        assert_eq!(nearest("chmpion", roles).as_deref(), Some("champion"));
        assert_eq!(nearest("Champion", roles).as_deref(), Some("champion"));
        assert_eq!(nearest("economicbuyer", roles).as_deref(), Some("economic_buyer"));
        assert_eq!(nearest("coahc", roles).as_deref(), Some("coach"));
        assert_eq!(nearest("janitor", roles), None);
        assert_eq!(nearest("E", ["A", "B"]), None);
    }

    #[test]
    fn an_excerpt_stays_one_short_line() {
        assert_eq!(excerpt("a\nb"), "a\\nb");
        assert_eq!(excerpt(&"x".repeat(1_000_000)).chars().count(), 61);
    }
}
