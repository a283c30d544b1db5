//! Why nothing can be said.

use alloc::string::String;

use super::options::BACK_TEST_CASES_LEAST;
use crate::problem::{Problems, excerpt};
use crate::tally::TallyError;

/// Why a policy cannot be held against the past.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BackTestError {
    /// There are too few cases to say anything.
    #[error("{won} won and {not_won} not won: at least {least} of each are needed, or chance decides what is said")]
    TooFew {
        /// The distinct cases that were won.
        won: u64,
        /// Those that were not.
        not_won: u64,
        /// How many of each are needed.
        least: u64,
    },
    /// There is nobody to hold against the past.
    #[error("no policy is given")]
    NoContender,
    /// Two contenders have one name.
    #[error("`{}` is the name of two contenders", excerpt(.name))]
    ContenderTwice {
        /// The name.
        name: String,
    },
    /// A step, horizon or share is outside what is allowed.
    #[error("{what}: `{value}` is outside {allowed}")]
    OutOfRange {
        /// What.
        what: &'static str,
        /// What was given.
        value: u64,
        /// What is allowed.
        allowed: &'static str,
    },
    /// The first decision day lies after the last one.
    #[error("there is no decision day: the first lies after the last")]
    NoDay,
    /// Leads are to be counted where there are no people.
    #[error("`{}` counts leads, and deals have no people", excerpt(.contender))]
    NoPeople {
        /// The contender.
        contender: String,
    },
    /// Deals contradict each other.
    #[error("{0}")]
    Deals(Problems),
    /// The signals go beyond a limit.
    #[error(transparent)]
    Tally(#[from] TallyError),
}

impl BackTestError {
    pub(super) const fn too_few(won: u64, not_won: u64) -> Self {
        Self::TooFew { won, not_won, least: BACK_TEST_CASES_LEAST }
    }

    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooFew { .. } => "back_test_too_few",
            Self::NoContender => "back_test_no_contender",
            Self::ContenderTwice { .. } => "back_test_contender_twice",
            Self::OutOfRange { .. } => "back_test_out_of_range",
            Self::NoDay => "back_test_no_day",
            Self::NoPeople { .. } => "back_test_no_people",
            Self::Deals(_) => "back_test_deals",
            Self::Tally(error) => error.code(),
        }
    }
}
