//! What the tally refuses.

use alloc::string::String;

/// Why the tally refuses a signal or a merge. Nothing is changed by what is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TallyError {
    /// More names than the tally numbers.
    #[error("`{name}` would be {what} number {most_and_one}; a tally holds at most {most}")]
    TooMany {
        /// What is counted, such as `kind`.
        what: &'static str,
        /// The name that does not fit.
        name: String,
        /// The most that fit.
        most: u32,
        /// One more.
        most_and_one: u32,
    },
    /// More signals of one subject, kind, solution and day than a count holds.
    #[error("`{subject}` has more than {most} signals of kind `{kind}` on {day}")]
    CountOverflow {
        /// The subject.
        subject: String,
        /// The kind.
        kind: String,
        /// The day.
        day: crate::Day,
        /// The most that fit.
        most: u32,
    },
    /// More different counts of one subject than it has room for.
    #[error("`{subject}` has signals of more than {most} different kinds, days and solutions")]
    SubjectFull {
        /// The subject.
        subject: String,
        /// The most that fit.
        most: u32,
    },
    /// More signals in all than a number holds.
    #[error("more than {most} signals in all")]
    TooManySignals {
        /// The most that fit.
        most: u64,
    },
    /// A document counts fewer signals than it identifies.
    #[error("signal `{id}` is identified but not counted")]
    NotCounted {
        /// The signal.
        id: String,
    },
}

impl TallyError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooMany { .. } => "tally_too_many_names",
            Self::CountOverflow { .. } => "tally_count_overflow",
            Self::SubjectFull { .. } => "tally_subject_full",
            Self::TooManySignals { .. } => "tally_too_many_signals",
            Self::NotCounted { .. } => "tally_not_counted",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn every_error_says_what_where_and_what_is_allowed() {
        let day = "2025-05-01".parse().unwrap();
        let text = String::from;
        for (error, code, message) in [
            (
                TallyError::TooMany { what: "kind", name: text("click"), most: 4095, most_and_one: 4096 },
                "tally_too_many_names",
                "`click` would be kind number 4096; a tally holds at most 4095",
            ),
            (
                TallyError::CountOverflow { subject: text("ann"), kind: text("click"), day, most: 9 },
                "tally_count_overflow",
                "`ann` has more than 9 signals of kind `click` on 2025-05-01",
            ),
            (
                TallyError::SubjectFull { subject: text("ann"), most: 9 },
                "tally_subject_full",
                "`ann` has signals of more than 9 different kinds, days and solutions",
            ),
            (TallyError::TooManySignals { most: 9 }, "tally_too_many_signals", "more than 9 signals in all"),
            (TallyError::NotCounted { id: text("s") }, "tally_not_counted", "signal `s` is identified but not counted"),
        ] {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }
}
