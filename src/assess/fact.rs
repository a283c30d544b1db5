//! The facts of an account that may be unknown, and that somebody could find out.

use alloc::string::String;
use core::fmt;

/// A fact of an account that an answer waits for.
///
/// Ordered and shown by its name in documents.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fact {
    /// A custom attribute: absent, or no decimal where one is asked for.
    Attribute(String),
    /// The country.
    Country,
    /// How many people work there.
    Employees,
    /// How fit is measured: the policy asks for fit and does not say how. No fact about the account can answer that.
    FitRule,
    /// The score of fit that the account should bring.
    FitScore,
    /// The industry.
    Industry,
    /// The yearly revenue.
    Revenue,
    /// The technologies in use.
    Technologies,
}

impl Fact {
    /// The fact without the name of an attribute.
    const fn word(&self) -> &'static str {
        match self {
            Self::Attribute(_) => "attribute",
            Self::Country => "country",
            Self::Employees => "employees",
            Self::FitRule => "fit",
            Self::FitScore => "fit_score",
            Self::Industry => "industry",
            Self::Revenue => "revenue",
            Self::Technologies => "technologies",
        }
    }

    /// The attribute's name, of an attribute.
    fn attribute(&self) -> &str {
        if let Self::Attribute(name) = self { name } else { "" }
    }
}

impl PartialOrd for Fact {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fact {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        (self.word(), self.attribute()).cmp(&(other.word(), other.attribute()))
    }
}

/// The name in documents: `industry`, `attribute region`.
impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attribute(name) => write!(f, "attribute {name}"),
            other => f.write_str(other.word()),
        }
    }
}

impl serde::Serialize for Fact {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
