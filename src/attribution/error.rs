//! What can be wrong with a question about credit.

use alloc::string::String;

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
    /// An amount that cannot be split in minor units of its currency.
    #[error(
        "opportunity `{opportunity}` has the amount {amount}; in a currency of {digits} decimals at most 10^18 minor units are allowed, and no further decimals"
    )]
    Amount {
        /// The opportunity.
        opportunity: String,
        /// The amount.
        amount: String,
        /// Decimals of the currency.
        digits: u32,
    },
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
    /// A value that is out of range or has too many decimals.
    #[error("path {path} has the value {value}; at most 1000000000 in either direction with at most 18 decimals is allowed")]
    Value {
        /// The place of the path, from 0.
        path: usize,
        /// The value.
        value: String,
    },
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
            Self::TooManyChannels { .. } => "too_many_channels",
            Self::TooManyTouches { .. } => "too_many_touches",
            Self::Value { .. } | Self::Amount { .. } => "out_of_range",
            Self::Unsettled { .. } => "unsettled",
        }
    }
}
