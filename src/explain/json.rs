//! What it would take and what holds it, as documents.

use alloc::format;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::change::{Advice, Change, ChangeSet, FactValue, Who, Whose};
use super::holds::{Holds, Loss};

impl Serialize for Advice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("sets", &self.sets)?;
        map.serialize_entry("extent", self.extent.token())?;
        map.end()
    }
}

impl Serialize for ChangeSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("missing", &self.missing)?;
        map.serialize_entry("changes", &self.changes)?;
        map.end()
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.code())?;
        match self {
            Self::LiftExclusion { reason } => map.serialize_entry("reason", reason)?,
            Self::Reconcile { opponent } => person(&mut map, opponent)?,
            Self::Learn { fact, suits } => {
                map.serialize_entry("fact", fact)?;
                map.serialize_entry("suits", suits)?;
            }
            Self::AddPerson { role, number, candidates } => {
                map.serialize_entry("role", role)?;
                map.serialize_entry("number", number)?;
                map.serialize_entry("candidates", candidates)?;
            }
            Self::Bring { who, to, missing, examples } => {
                person(&mut map, who)?;
                map.serialize_entry("to", to)?;
                map.serialize_entry("missing", missing)?;
                map.serialize_entry("examples", examples)?;
            }
            Self::Signal { tier, channel, others, role, kinds } => {
                map.serialize_entry("tier", &format!("{tier}"))?;
                map.serialize_entry("channel", channel)?;
                map.serialize_entry("others", others)?;
                map.serialize_entry("role", role)?;
                map.serialize_entry("kinds", kinds)?;
            }
            Self::HandRaise { kinds } => map.serialize_entry("kinds", kinds)?,
        }
        map.serialize_entry("message", &format!("{self}"))?;
        map.end()
    }
}

/// A member is a `contact`, somebody added the `added` role and the `number` in it.
fn person<M: SerializeMap>(map: &mut M, who: &Who) -> Result<(), M::Error> {
    match &who.0 {
        Whose::Member(named) => map.serialize_entry("contact", named.text()),
        Whose::Added(role, number) => {
            map.serialize_entry("added", role)?;
            map.serialize_entry("number", number)
        }
    }
}

/// A text, a list, or null for any that the policy does not name.
impl Serialize for FactValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::Other => serializer.serialize_none(),
            Self::List(list) => list.serialize(serializer),
        }
    }
}

impl Serialize for Holds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("losses", &self.losses)?;
        map.serialize_entry("complete", &self.complete)?;
        map.end()
    }
}

impl Serialize for Loss {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.code())?;
        match self {
            Self::Person { member } => map.serialize_entry("contact", member.contact())?,
            Self::Signals { member, kind, day } => {
                map.serialize_entry("contact", &member.as_ref().map(super::MemberId::contact))?;
                map.serialize_entry("kind", kind)?;
                map.serialize_entry("day", day)?;
            }
            Self::Fact(fact) => map.serialize_entry("fact", fact)?,
        }
        map.serialize_entry("message", &format!("{self}"))?;
        map.end()
    }
}
