//! Kleene's three answers.

/// An answer: true, false, or unknown because a fact is.
///
/// Ordered false < unknown < true, so that "and" is the least and "or" the greatest (Kleene 1952).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// No.
    False,
    /// It depends on a fact that is unknown.
    Unknown,
    /// Yes.
    True,
}

impl Truth {
    /// The token of documents.
    pub const fn token(self) -> &'static str {
        match self {
            Self::False => "false",
            Self::Unknown => "unknown",
            Self::True => "true",
        }
    }

    /// The other answer; unknown stays unknown.
    #[must_use]
    pub const fn negated(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Self::True } else { Self::False }
    }
}
