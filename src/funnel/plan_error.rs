//! Why there is no plan.

use alloc::string::String;

use rust_decimal::Decimal;

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// A number is outside what it may be.
    #[error("{what}: `{value}` is outside {allowed}")]
    OutOfRange {
        /// What the number is.
        what: String,
        /// The number.
        value: Decimal,
        /// What it may be.
        allowed: &'static str,
    },
    /// A rate of nothing was measured.
    #[error("{what}: nothing was counted to measure it by; give it")]
    NotMeasured {
        /// What the rate is.
        what: String,
    },
    /// There is no such step.
    #[error("there is no stage {stage} of {stages}")]
    NoStage {
        /// The number asked for.
        stage: usize,
        /// How many there are.
        stages: usize,
    },
    /// A result has more digits than are kept.
    #[error("the numbers of this plan are too large to be shown")]
    TooLarge,
}

impl PlanError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OutOfRange { .. } => "plan_out_of_range",
            Self::NotMeasured { .. } => "plan_not_measured",
            Self::NoStage { .. } => "plan_no_stage",
            Self::TooLarge => "plan_too_large",
        }
    }
}
