//! What a funnel refuses.

use alloc::string::String;

use crate::problem::excerpt;

/// Why there is no funnel of what was given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FunnelError {
    /// A funnel is a way from one stage to another.
    #[error("a funnel needs two stages at least, not {stages}")]
    FewStages {
        /// How many there are.
        stages: usize,
    },
    /// Two stages have one name.
    #[error("the stage `{}` is named twice", excerpt(.stage))]
    StageTwice {
        /// The name.
        stage: String,
    },
    /// A journey has more or fewer days than there are stages.
    #[error("`{}` has {days} days for {stages} stages", excerpt(.id))]
    OtherStages {
        /// Whose journey it is.
        id: String,
        /// The days it has.
        days: usize,
        /// The stages there are.
        stages: usize,
    },
    /// Two journeys have one id, so that something would be counted twice.
    #[error("`{}` is there twice", excerpt(.id))]
    Twice {
        /// The id.
        id: String,
    },
    /// A group came in by a policy that was not given.
    #[error("`{}` came in by the policy `{}`, which is not among those given", excerpt(.group), excerpt(.policy))]
    PolicyNotGiven {
        /// The group.
        group: String,
        /// The name of the policy.
        policy: String,
    },
}

impl FunnelError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::FewStages { .. } => "funnel_few_stages",
            Self::StageTwice { .. } => "funnel_stage_twice",
            Self::OtherStages { .. } => "funnel_other_stages",
            Self::Twice { .. } => "funnel_twice",
            Self::PolicyNotGiven { .. } => "funnel_policy_not_given",
        }
    }
}
