//! Comparisons as documents: every decimal as canonical text, every sentence beside its data.

use alloc::format;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::result::{AnswerChange, Between, Cause, CauseCount, Comparison, Factor, GroupChange, GroupOutcome};
use crate::assess::{Route, Truth, Value};

impl Serialize for Comparison {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match &self.between {
            Between::Policies { before, after, day } => {
                map.serialize_entry("policies", &[&**before, &**after])?;
                map.serialize_entry("as_of", day)?;
            }
            Between::Days { before, after } => map.serialize_entry("days", &[before, after])?,
        }
        map.serialize_entry("differences", &self.differences)?;
        map.serialize_entry("by_section", &self.by_section)?;
        map.serialize_entry("groups", &self.groups)?;
        map.serialize_entry("stayed", &self.stayed())?;
        map.serialize_entry("moved", &self.moved)?;
        map.serialize_entry("changed", &self.changed)?;
        map.serialize_entry("causes", &self.causes)?;
        map.end()
    }
}

impl Serialize for CauseCount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("cause", &self.cause)?;
        map.serialize_entry("groups", &self.groups)?;
        map.end()
    }
}

impl Serialize for GroupChange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("account_id", &self.account_id)?;
        map.serialize_entry("group_id", &self.group_id)?;
        map.serialize_entry("before", &self.before)?;
        map.serialize_entry("after", &self.after)?;
        map.serialize_entry("cause", &self.cause)?;
        map.serialize_entry("also", &self.also)?;
        if let Some(movement) = &self.movement {
            map.serialize_entry("answers", &self.answers)?;
            map.serialize_entry("movement", movement)?;
        }
        map.serialize_entry("message", &format!("{self}"))?;
        map.end()
    }
}

impl Serialize for GroupOutcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("state", self.state.token())?;
        map.serialize_entry("route", &self.route.map(Route::token))?;
        map.serialize_entry("stage", self.stage.token())?;
        map.serialize_entry("points", &self.points)?;
        map.serialize_entry("readiness", &self.readiness)?;
        map.serialize_entry("newest_hand_raise", &self.newest_hand_raise)?;
        map.end()
    }
}

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("code", self.code())?;
        map.serialize_entry("factors", self.factors())?;
        map.serialize_entry("message", &format!("{self}"))?;
        map.end()
    }
}

impl Serialize for Factor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (before, after) = match self {
            Self::Difference(difference) => return difference.serialize(serializer),
            Self::Question { before, after, .. } => (before.token(), after.token()),
            Self::HandRaise { before, after } => (before.token(), after.token()),
            Self::Disqualifier { applies: now } | Self::Members { any: now } => (Truth::from(!now).token(), Truth::from(*now).token()),
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("path", self.path())?;
        if let Self::Question { asked, .. } = self {
            map.serialize_entry("asked", asked)?;
        }
        map.serialize_entry("before", before)?;
        map.serialize_entry("after", after)?;
        map.end()
    }
}

impl Serialize for AnswerChange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("path", &self.path)?;
        map.serialize_entry("asked", &self.asked)?;
        map.serialize_entry("before", &Answered(&self.before))?;
        map.serialize_entry("after", &Answered(&self.after))?;
        map.end()
    }
}

struct Answered<'a>(&'a (Truth, Value));

impl Serialize for Answered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("answer", self.0.0.token())?;
        map.serialize_entry("value", &self.0.1)?;
        map.end()
    }
}
