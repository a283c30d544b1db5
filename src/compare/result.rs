//! What a comparison says.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::difference::Difference;
use crate::assess::{GroupAssessment, Movement, Route, Stage, State, Truth, Value};
use crate::day::Day;
use crate::exact::{Percent, Points};
use crate::policy::{PolicyLabel, Predicate};

/// Who changed between two policies or two days, and what made the difference.
///
/// A group has changed when its verdict or route has. Owned values; it stays readable when everything compared is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Comparison {
    /// What was compared.
    pub between: Between,
    /// Where the policies differ, in the order of the document; none between days.
    pub differences: Vec<Difference>,
    /// Whether the policies differ in more than [`TRIED_MAX`](crate::TRIED_MAX) places, so that causes are whole sections.
    pub by_section: bool,
    /// How many groups were compared.
    pub groups: usize,
    /// How many kept their verdict and route, but moved in points, readiness or stage.
    pub moved: usize,
    /// The groups that changed, ordered by account id, then group id.
    pub changed: Vec<GroupChange>,
    /// The causes, the most frequent first, of equally frequent ones the one met first. The counts add up to the groups that changed.
    pub causes: Vec<CauseCount>,
}

impl Comparison {
    /// How many groups kept their verdict and route.
    pub fn stayed(&self) -> usize {
        self.groups - self.changed.len()
    }
}

/// What was compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Between {
    /// Two policies on one day.
    Policies {
        /// The earlier one.
        before: Arc<PolicyLabel>,
        /// The later one.
        after: Arc<PolicyLabel>,
        /// The day.
        day: Day,
    },
    /// Two days by the same policies.
    Days {
        /// The one compared from.
        before: Day,
        /// The one compared with; it may be the earlier of the two.
        after: Day,
    },
}

/// A cause and how many groups changed by it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CauseCount {
    /// The cause.
    pub cause: Cause,
    /// How many groups it is the first cause of.
    pub groups: usize,
}

/// A group that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupChange {
    /// The account's id.
    pub account_id: String,
    /// The group's id; that of the account for a default group.
    pub group_id: String,
    /// What was said of it.
    pub before: GroupOutcome,
    /// What is said of it.
    pub after: GroupOutcome,
    /// What made the difference.
    pub cause: Cause,
    /// What would have made it just as well, in the order of the document; all of the same sort as the cause.
    pub also: Vec<Cause>,
    /// Between days: every question of the rules that is answered otherwise, in the order of the policy. None between policies.
    pub answers: Vec<AnswerChange>,
    /// Between days: what moved the points.
    pub movement: Option<Movement>,
}

/// What is said of a group: the part of an assessment that a comparison looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupOutcome {
    /// The verdict.
    pub state: State,
    /// How, when it is qualified.
    pub route: Option<Route>,
    /// The stage.
    pub stage: Stage,
    /// The points, exact.
    pub points: Points,
    /// The readiness, 0..=100 to 4 decimals.
    pub readiness: Percent,
    /// The newest hand-raise, at any age.
    pub newest_hand_raise: Option<Day>,
}

impl GroupOutcome {
    pub(super) const fn of(group: &GroupAssessment) -> Self {
        Self {
            state: group.verdict.state,
            route: group.verdict.route,
            stage: group.stage,
            points: group.points,
            readiness: group.readiness,
            newest_hand_raise: group.newest_hand_raise,
        }
    }
}

/// What made the difference: one thing where one thing does, and never more than needed.
///
/// The three sorts come in this order: nothing is needed where something alone does it, and no set stands where one thing is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// This alone: what was, with nothing but this changed, gives the later verdict.
    Alone(Factor),
    /// Not without this: what is, with nothing but this as it was, gives the earlier verdict.
    Needed(Factor),
    /// These together give the later verdict, and none of them can be left out. Of at most six, no smaller set of them does it either.
    Together(Vec<Factor>),
}

impl Cause {
    /// Everything that it names, in order.
    pub fn factors(&self) -> &[Factor] {
        match self {
            Self::Alone(factor) | Self::Needed(factor) => core::slice::from_ref(factor),
            Self::Together(factors) => factors,
        }
    }

    /// The stable code for machines: `alone`, `needed`, `together`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Alone(_) => "alone",
            Self::Needed(_) => "needed",
            Self::Together(_) => "together",
        }
    }
}

/// Something that can make a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Factor {
    /// A place in which the policies differ.
    Difference(Arc<Difference>),
    /// A question of a rule, answered otherwise.
    Question {
        /// Where it stands in the policy, such as `qualification.all[0]`.
        path: String,
        /// The question.
        asked: Predicate,
        /// The answer before.
        before: Truth,
        /// The answer after.
        after: Truth,
    },
    /// A hand-raise.
    HandRaise {
        /// Before.
        before: HandRaiseState,
        /// After.
        after: HandRaiseState,
    },
    /// Whether a disqualifying criterion of fit applies.
    Disqualifier {
        /// After; before it was the other way round.
        applies: bool,
    },
    /// Whether the group has any members.
    Members {
        /// After; before it was the other way round.
        any: bool,
    },
}

impl Factor {
    /// The place in the policy, or the word for what is no place in it.
    pub fn path(&self) -> &str {
        match self {
            Self::Difference(difference) => &difference.path,
            Self::Question { path, .. } => path,
            Self::HandRaise { .. } => "hand_raise",
            Self::Disqualifier { .. } => "fit.disqualifiers",
            Self::Members { .. } => "members",
        }
    }
}

/// How a hand-raise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HandRaiseState {
    /// Nobody has asked to talk, or not lately.
    Absent,
    /// Somebody has, but fit is known to be too low.
    BelowFit,
    /// Somebody has, and it qualifies.
    Counts,
}

impl HandRaiseState {
    /// The token of documents.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::BelowFit => "below_fit",
            Self::Counts => "counts",
        }
    }
}

/// A question of a rule that is answered otherwise, with the values that answered it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AnswerChange {
    /// Where it stands in the policy.
    pub path: String,
    /// The question.
    pub asked: Predicate,
    /// The answer before, and the value that gave it.
    pub before: (Truth, Value),
    /// The same after.
    pub after: (Truth, Value),
}

/// Counts causes: those of one path are looked through one by one, since policies of a set may ask differently in one place.
pub(super) fn count(changed: &[GroupChange]) -> Vec<CauseCount> {
    let mut counted: Vec<CauseCount> = Vec::new();
    let mut places: alloc::collections::BTreeMap<Vec<&str>, Vec<usize>> = alloc::collections::BTreeMap::new();
    for cause in changed.iter().map(|change| &change.cause) {
        let known = places.entry(cause.factors().iter().map(Factor::path).collect()).or_default();
        if let Some(at) = known.iter().find(|at| counted[**at].cause == *cause) {
            counted[*at].groups += 1;
        } else {
            known.push(counted.len());
            counted.push(CauseCount { cause: cause.clone(), groups: 1 });
        }
    }
    counted.sort_by_key(|one| core::cmp::Reverse(one.groups));
    counted
}
