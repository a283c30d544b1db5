//! What can be wrong with a question about credit.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::problem::did_you_mean;

/// Why no credit can be given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AttributionError {
    /// A model by age was asked about paths, which have no times.
    #[error("the model `{model}` goes by the age of touches, and paths have no times; give it journeys, or ask another model")]
    NeedsTimes {
        /// The model.
        model: String,
    },
    /// A model that weighs channels over all deals was asked about one deal, or by something else than channels.
    #[error("the model `{model}` weighs channels over all deals; ask it for a report by channel")]
    NeedsAllDeals {
        /// The model.
        model: String,
    },
    /// A journey was made by another policy, whose look-back and channels it has.
    #[error("the journey of `{opportunity}` was made by another policy; ask that one, or make the journey by this one")]
    OtherPolicy {
        /// The deal of the first such journey.
        opportunity: String,
    },
    /// The policy has no such model.
    #[error("the policy has no model `{model}`{}", did_you_mean(.suggestion.as_deref()))]
    UnknownModel {
        /// The name, shortened when it is long.
        model: String,
        /// The nearest name that there is.
        suggestion: Option<String>,
    },
    /// Amounts that cannot be split in minor units of their currency: all of them.
    #[error("{}", list(.0))]
    Amounts(Vec<WrongAmount>),
    /// More channels than the method is made for.
    #[error("{channels} channels; the model `{model}` can be asked about at most {most}, so put some together")]
    TooManyChannels {
        /// The model.
        model: String,
        /// How many there are.
        channels: usize,
        /// The most.
        most: usize,
    },
    /// More touches than a path may have.
    #[error("path {path} has {touches} touches; at most {most} are allowed")]
    TooManyTouches {
        /// The place of the path, from 0.
        path: usize,
        /// How many there are.
        touches: usize,
        /// The most.
        most: usize,
    },
    /// Values that are out of range or have too many decimals: all of them.
    #[error("{}", list(.0))]
    Values(Vec<WrongValue>),
    /// The bounds of a chain's numbers stayed too far apart.
    #[error("the chain of the model `{model}` cannot be settled to twelve decimals; give it fewer channels")]
    Unsettled {
        /// The model.
        model: String,
    },
}

impl AttributionError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NeedsTimes { .. } => "needs_times",
            Self::NeedsAllDeals { .. } => "needs_all_deals",
            Self::OtherPolicy { .. } => "other_policy",
            Self::TooManyChannels { .. } => "too_many_channels",
            Self::TooManyTouches { .. } => "too_many_touches",
            Self::UnknownModel { .. } => "unknown_model",
            Self::Values(_) | Self::Amounts(_) => "out_of_range",
            Self::Unsettled { .. } => "unsettled",
        }
    }
}

/// An amount that cannot be split in minor units of its currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongAmount {
    /// The opportunity.
    pub opportunity: String,
    /// The amount.
    pub amount: String,
    /// Decimals of the currency.
    pub digits: u32,
}

impl fmt::Display for WrongAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { opportunity, amount, digits } = self;
        write!(
            f,
            "opportunity `{opportunity}` has the amount {amount}; in a currency of {digits} decimals at most 10^18 minor units are allowed, and no further decimals"
        )
    }
}

/// A value that a path cannot have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongValue {
    /// The place of the path, from 0.
    pub path: usize,
    /// The value.
    pub value: String,
}

impl fmt::Display for WrongValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, value } = self;
        write!(f, "path {path} has the value {value}; at most 1000000000 in either direction with at most 18 decimals is allowed")
    }
}

fn list<T: fmt::Display>(all: &[T]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
