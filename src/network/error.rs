//! What can be wrong with a question about the network.

use alloc::string::String;

use crate::day::Day;
use crate::problem::did_you_mean;

/// A question names somebody who is not in the network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// The graph has no such contact.
    #[error("unknown contact `{id}`{}", did_you_mean(.suggestion.as_deref()))]
    UnknownContact {
        /// The id, shortened when it is long.
        id: String,
        /// The nearest id, looked for among the first thousand.
        suggestion: Option<String>,
    },
    /// The group was assessed on another day than the network's.
    #[error("the group is assessed on {assessed}, the network is of {day}; make both of one day")]
    OtherDay {
        /// The day of the assessment.
        assessed: Day,
        /// The day of the network.
        day: Day,
    },
    /// The network was made of another graph, which numbers people otherwise.
    #[error("`{contact}` of the group is somebody else to the network; make it of the graph that was assessed")]
    OtherGraph {
        /// The first member whom the network knows otherwise, or not at all.
        contact: String,
    },
    /// The contact has left, or its record does not count on that day.
    #[error("contact `{id}` is not there on {day}: it has left, or its record does not count on that day")]
    NotThere {
        /// The id.
        id: String,
        /// The day of the network.
        day: Day,
    },
}

impl NetworkError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownContact { .. } => "unknown_id",
            Self::NotThere { .. } => "not_there",
            Self::OtherDay { .. } => "other_day",
            Self::OtherGraph { .. } => "other_graph",
        }
    }
}
