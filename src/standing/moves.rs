//! Moves in, out and between routes, each with the data of its reason.

use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Place;
use crate::assess::Reason;
use crate::day::Day;
use crate::exact::Points;
use crate::id::GroupId;

/// A group came in, left, or goes on by another route.
///
/// Its [`Display`](core::fmt::Display) is plain English, in JSON as `message`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Move {
    /// The group.
    pub group: GroupId,
    /// The day on which it moved.
    pub day: Day,
    /// Where it stood the day before.
    pub from: Place,
    /// Where it stands since.
    pub to: Place,
    /// Why.
    pub reason: MoveReason,
}

/// Why a group moved. Days are counted from the day named to the day of the move.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MoveReason {
    /// It came in: the rule is true, and no cool-down keeps it out.
    RuleTrue,
    /// It came in: somebody asked to talk.
    HandRaise {
        /// The newest day of it.
        day: Day,
    },
    /// It was in by hand-raise and stands by the rule from now on, which has become true.
    RuleTookOver,
    /// It stood by the rule, which ended, and stands from now on by a hand-raise that came after it had come in.
    HandRaiseHolds {
        /// The newest day of the hand-raise.
        day: Day,
        /// Why it stands no longer by the rule.
        ended: RuleEnd,
    },
    /// It left: it is excluded.
    Excluded {
        /// By what: an exclusion of the account, a disqualifying criterion of fit, the policy's exclusion rule, or several of them.
        reasons: Vec<Reason>,
    },
    /// It left: it stood by a hand-raise that qualifies no longer, and the rule is not true.
    HandRaiseOver {
        /// The newest hand-raise that there is and its age in days; `None`: nobody who counts has asked.
        newest: Option<(Day, u32)>,
        /// Whether it is young enough, and fit is known to be too low for it.
        fit_too_low: bool,
    },
    /// It left: it stood by the rule.
    RuleOver(RuleEnd),
}

/// Why a group stands by the rule no longer. That the rule is not true is no reason by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleEnd {
    /// Its points were too low for too long.
    PointsLow {
        /// The policy's exit points.
        below: Points,
        /// The first day of the run under them.
        since: Day,
        /// The days since.
        days: u32,
    },
    /// Nothing of interest was heard for too long.
    Silent {
        /// The newest positive signal.
        since: Day,
        /// The days since.
        days: u32,
    },
}

impl MoveReason {
    /// The stable code of the reason for machines. Leaving and going over to a hand-raise differ; see [`RuleEnd::code`] for why.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RuleTrue => "rule_true",
            Self::HandRaise { .. } => "hand_raise",
            Self::RuleTookOver => "rule_took_over",
            Self::HandRaiseHolds { .. } => "hand_raise_holds",
            Self::Excluded { .. } => "excluded",
            Self::HandRaiseOver { .. } => "hand_raise_over",
            Self::RuleOver(ended) => ended.code(),
        }
    }
}

impl RuleEnd {
    /// The stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::PointsLow { .. } => "points_low",
            Self::Silent { .. } => "silent",
        }
    }
}

impl Serialize for Move {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("group_id", &self.group)?;
        map.serialize_entry("day", &self.day)?;
        map.serialize_entry("from", &self.from)?;
        map.serialize_entry("to", &self.to)?;
        map.serialize_entry("reason", &self.reason)?;
        map.serialize_entry("message", &alloc::format!("{self}"))?;
        map.end()
    }
}

impl Serialize for MoveReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.code())?;
        match self {
            Self::RuleTrue | Self::RuleTookOver => {}
            Self::HandRaise { day } => map.serialize_entry("day", day)?,
            Self::HandRaiseHolds { day, ended } => {
                map.serialize_entry("day", day)?;
                map.serialize_entry("ended", ended)?;
            }
            Self::Excluded { reasons } => map.serialize_entry("reasons", reasons)?,
            Self::HandRaiseOver { newest, fit_too_low } => {
                map.serialize_entry("newest", &newest.map(|(day, _)| day))?;
                map.serialize_entry("days", &newest.map(|(_, days)| days))?;
                map.serialize_entry("fit_too_low", fit_too_low)?;
            }
            Self::RuleOver(ended) => entries::<S>(ended, &mut map)?,
        }
        map.serialize_entry("message", &alloc::format!("{self}"))?;
        map.end()
    }
}

impl Serialize for RuleEnd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.code())?;
        entries::<S>(self, &mut map)?;
        map.end()
    }
}

fn entries<S: Serializer>(ended: &RuleEnd, map: &mut S::SerializeMap) -> Result<(), S::Error> {
    let (since, days) = match ended {
        RuleEnd::PointsLow { below, since, days } => {
            map.serialize_entry("below", below)?;
            (since, days)
        }
        RuleEnd::Silent { since, days } => (since, days),
    };
    map.serialize_entry("since", since)?;
    map.serialize_entry("days", days)
}
