//! What a standing refuses.

use alloc::string::String;

use crate::assess::UnknownId;
use crate::day::Day;
use crate::id::GroupId;
use crate::problem::excerpt;

/// Why a standing cannot be advanced or a history not be replayed. Nothing is changed by what is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StandingError {
    /// The assessment is of another day than the next.
    #[error("after {day} comes {next}, not {assessment}; assess every day in turn")]
    OtherDay {
        /// The day of the standing.
        day: Day,
        /// The day that is expected.
        next: Day,
        /// The day of the assessment.
        assessment: Day,
    },
    /// No day follows that of the standing.
    #[error("{} is the last day there is; no assessment follows it", Day::MAX)]
    NoNextDay,
    /// The assessment is of another group.
    #[error("the standing is that of group `{standing}`, the assessment that of group `{}`", excerpt(.assessment))]
    OtherGroup {
        /// The group of the standing.
        standing: GroupId,
        /// The group of the assessment.
        assessment: String,
    },
    /// A history cannot be replayed backwards.
    #[error("the standing is already that of {day}; a replay to {to} would go back, start it from an earlier standing")]
    Backwards {
        /// The day of the standing.
        day: Day,
        /// The last day asked for.
        to: Day,
    },
    /// The graph has no such group.
    #[error(transparent)]
    UnknownGroup(#[from] UnknownId),
    /// No policy of the set matches the group, so that there is nothing to go by.
    #[error("no policy of the set matches group `{group}`; add one that does, or leave the group out")]
    NoPolicy {
        /// The group.
        group: GroupId,
    },
}

impl StandingError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OtherDay { .. } => "standing_other_day",
            Self::NoNextDay => "standing_no_next_day",
            Self::OtherGroup { .. } => "standing_other_group",
            Self::Backwards { .. } => "standing_backwards",
            Self::UnknownGroup(error) => error.code(),
            Self::NoPolicy { .. } => "standing_no_policy",
        }
    }
}
