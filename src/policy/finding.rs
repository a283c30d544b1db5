//! What of a valid policy can never make a difference, so that nobody waits for it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::document::Predicate;
use super::{Policy, PolicySet, reach};

/// A part of a policy that gives the same answer whatever the data says, or a stage that no group can reach. No error: the policy is valid and
/// means what it says.
///
/// Displays its sentence in English, without the path; see [`Wording`](crate::Wording).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Where the cause stands in the document, such as `qualification.all[0]`.
    pub path: String,
    /// What was found there.
    pub kind: FindingKind,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FindingKind {
    /// No data makes this part of a rule true.
    NeverTrue(FindingCause),
    /// All data makes this part of a rule true, whatever is unknown.
    AlwaysTrue(FindingCause),
    /// No data answers this part of a rule: it is always unknown.
    NeverKnown(FindingCause),
    /// No group can come to this stage.
    UnreachableStage {
        /// The token of the stage.
        stage: &'static str,
        /// Why.
        why: StageCause,
    },
}

/// Why a part of a rule always has the same answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FindingCause {
    /// It is a single question, and the policy allows only this answer.
    Question {
        /// What is asked.
        asked: Predicate,
        /// The greatest value that any data can bring under this policy, in the unit of the threshold, where there is one that matters.
        most: Option<Decimal>,
    },
    /// It is a list in which nothing is written.
    EmptyList,
    /// None of its parts does it alone: together they contradict one another, or leave no case out.
    Together,
    /// A part of it does, which is a finding itself.
    Parts,
    /// It asks about fit alone, where that is configured, and it is not.
    DropsOut,
}

/// Why a stage cannot be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StageCause {
    /// Neither the rule nor a hand-raise can qualify a group.
    NothingQualifies,
    /// The exclusion rule is always true.
    AlwaysExcluded,
    /// Whatever qualifies a group makes the exclusion rule true.
    ExcludedWhenQualified,
    /// No group can have the points.
    PointsOutOfReach {
        /// The points that the stage asks for.
        needed: Decimal,
        /// The most that any group can have.
        most: Decimal,
    },
    /// The stage engaged comes first, and asks for no points.
    AlwaysEngaged,
    /// No kind of signal has points above 0.
    NoPositiveKind,
    /// The policy does not say how fit is measured.
    FitNotConfigured,
}

impl Finding {
    pub(super) fn new(path: &str, kind: FindingKind) -> Self {
        Self { path: path.into(), kind }
    }

    /// The stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self.kind {
            FindingKind::NeverTrue(_) => "never_true",
            FindingKind::AlwaysTrue(_) => "always_true",
            FindingKind::NeverKnown(_) => "never_known",
            FindingKind::UnreachableStage { .. } => "unreachable_stage",
        }
    }

    /// The stable code of its cause for machines.
    pub const fn cause_code(&self) -> &'static str {
        match &self.kind {
            FindingKind::NeverTrue(cause) | FindingKind::AlwaysTrue(cause) | FindingKind::NeverKnown(cause) => cause.code(),
            FindingKind::UnreachableStage { why, .. } => why.code(),
        }
    }
}

impl FindingCause {
    const fn code(&self) -> &'static str {
        match self {
            Self::Question { .. } => "question",
            Self::EmptyList => "empty_list",
            Self::Together => "together",
            Self::Parts => "parts",
            Self::DropsOut => "drops_out",
        }
    }
}

impl StageCause {
    const fn code(&self) -> &'static str {
        match self {
            Self::NothingQualifies => "nothing_qualifies",
            Self::AlwaysExcluded => "always_excluded",
            Self::ExcludedWhenQualified => "excluded_when_qualified",
            Self::PointsOutOfReach { .. } => "points_out_of_reach",
            Self::AlwaysEngaged => "always_engaged",
            Self::NoPositiveKind => "no_positive_kind",
            Self::FitNotConfigured => "fit_not_configured",
        }
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.code())?;
        map.serialize_entry("path", &self.path)?;
        map.serialize_entry("cause", self.cause_code())?;
        if let FindingKind::UnreachableStage { stage, .. } = &self.kind {
            map.serialize_entry("stage", stage)?;
        }
        map.serialize_entry("message", &format!("{self}"))?;
        map.end()
    }
}

impl Policy {
    /// What of this policy can never make a difference: parts of its rules that are never or always true, and stages that no group can reach.
    /// Those of the rules come first, in the order of the document, then those of the stages in their order.
    ///
    /// What is found holds for every graph, tally and day. Not everything is found: contradictions that need more than a million steps
    /// to prove are passed over, and so are those that hang on how facts of an account add up to its fit.
    ///
    /// An `exclusion` of `{"any": []}` says "nobody" and is no finding. Costs O(kinds × window days + questions² + the steps of the search):
    /// well below a millisecond for a policy such as the default one, some tens of milliseconds for the largest.
    ///
    /// ```
    /// use quorate::Policy;
    /// let policy = Policy::default();
    /// let found = policy.findings();
    /// assert_eq!((found[0].path.as_str(), found[0].code()), ("fit.source", "unreachable_stage"));
    /// assert_eq!(found[0].to_string(), "no group can reach the stage targeted: the policy does not say how fit is measured");
    ///
    /// let text = policy.to_json().replace(r#"{"points":{"at_least":"100"}}"#, r#"{"points":{"at_least":"0"}}"#);
    /// let found = Policy::from_json(&text)?.findings();
    /// assert_eq!(found[0].path, "qualification.all[0]");
    /// assert_eq!(found[0].to_string(), "always true: at least 0 points");
    /// # Ok::<(), quorate::Problems>(())
    /// ```
    pub fn findings(&self) -> Vec<Finding> {
        reach::findings(self.document(), self.compiled())
    }
}

impl PolicySet {
    /// The findings of every policy of the set, each with its path within it, such as `policies[1].policy.qualification`; see
    /// [`Policy::findings`].
    pub fn findings(&self) -> Vec<Finding> {
        let within = |(i, policy): (usize, &Policy)| {
            let found = policy.findings();
            found.into_iter().map(move |found| Finding { path: format!("policies[{i}].policy.{}", found.path), kind: found.kind })
        };
        self.entries().iter().map(|entry| &entry.policy).enumerate().flat_map(within).collect()
    }
}
