//! Why a verdict is what it is: data first, with a wording in English.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::fact::Fact;
use super::rule::Value;
use super::truth::Truth;
use crate::day::Day;
use crate::policy::{Criterion, Predicate, Question};

/// One reason of a verdict. Its [`Display`](core::fmt::Display) is plain English; its [`code`](Reason::code) and parts are for machines.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The account carries an exclusion.
    AccountExcluded {
        /// Why, in the words of the data set.
        reason: String,
    },
    /// A disqualifying criterion of fit is a known match.
    Disqualified {
        /// The criteria that do, in the policy's order.
        by: Vec<Criterion>,
    },
    /// The policy's exclusion rule is true.
    ExclusionRule,
    /// Somebody asked to talk, recently enough.
    HandRaise {
        /// The newest day of it.
        day: Day,
    },
    /// Somebody asked to talk, but fit is known to be too low.
    HandRaiseBelowFit {
        /// The newest day of it.
        day: Day,
    },
    /// The group has no members.
    NoMembers,
    /// A fact that is unknown and that the verdict turns on.
    FactNeeded {
        /// The fact.
        fact: Fact,
    },
    /// A question of the qualification rule, or of the exclusion rule when that excluded.
    Clause(Clause),
}

/// A question of a rule, with its answer and the value that gave it.
#[derive(Clone)]
pub struct Clause {
    pub(crate) questions: Arc<[Question]>,
    pub(crate) number: usize,
    pub(crate) answer: Option<Truth>,
    pub(crate) value: Value,
}

impl Clause {
    /// Where the question stands in the policy, such as `qualification.all[0]`.
    pub fn path(&self) -> &str {
        &self.questions[self.number].path
    }

    /// The question as the policy asks it.
    pub fn asked(&self) -> &Predicate {
        &self.questions[self.number].asked
    }

    /// The answer; `None`: the clause drops out, fit not being configured.
    pub const fn answer(&self) -> Option<Truth> {
        self.answer
    }

    /// The value that gave the answer.
    pub const fn value(&self) -> &Value {
        &self.value
    }
}

impl PartialEq for Clause {
    fn eq(&self, other: &Self) -> bool {
        (self.path(), self.asked(), self.answer, &self.value) == (other.path(), other.asked(), other.answer, &other.value)
    }
}

impl Eq for Clause {}

impl fmt::Debug for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clause({}: {:?}, {:?})", self.path(), self.answer, self.value)
    }
}

impl Reason {
    /// The stable code of the reason for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AccountExcluded { .. } => "account_excluded",
            Self::Disqualified { .. } => "disqualified",
            Self::ExclusionRule => "exclusion_rule",
            Self::HandRaise { .. } => "hand_raise",
            Self::HandRaiseBelowFit { .. } => "hand_raise_below_fit",
            Self::NoMembers => "no_members",
            Self::FactNeeded { .. } => "fact_needed",
            Self::Clause(_) => "clause",
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.code())?;
        match self {
            Self::AccountExcluded { reason } => map.serialize_entry("reason", reason)?,
            Self::HandRaise { day } | Self::HandRaiseBelowFit { day } => map.serialize_entry("day", day)?,
            Self::FactNeeded { fact } => map.serialize_entry("fact", fact)?,
            Self::Clause(clause) => {
                map.serialize_entry("path", clause.path())?;
                map.serialize_entry("asked", clause.asked())?;
                map.serialize_entry("answer", clause.answer.map_or("dropped", Truth::token))?;
                map.serialize_entry("value", &clause.value)?;
            }
            Self::Disqualified { by } => map.serialize_entry("by", by)?,
            Self::ExclusionRule | Self::NoMembers => {}
        }
        map.serialize_entry("message", &alloc::format!("{self}"))?;
        map.end()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Points(points) => points.serialize(serializer),
            Self::Percent(percent) => percent.serialize(serializer),
            Self::Count(count) => count.serialize(serializer),
            Self::Bounds(bounds) => bounds.map(|(definite, possible)| [definite, possible]).serialize(serializer),
            Self::Day(day) => day.serialize(serializer),
            Self::Trend(trend) => serializer.collect_str(trend),
            Self::Text(text) => text.serialize(serializer),
        }
    }
}
