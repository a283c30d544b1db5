//! A member of a group, as an assessment gives it out.

use alloc::sync::Arc;
use core::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::figures::Scored;
use super::ids::Named;
use crate::exact::Points;
use crate::id::RoleName;
use crate::policy::{Compiled, RoleSet};
use crate::roster::Names;

/// How warm a person is, for display. Where the bands begin is the policy's (10, 50 and 100 points).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Hardly any points.
    Cold,
    /// Some.
    Warm,
    /// Many.
    Hot,
    /// As many as fill a seat, by default.
    SuperHot,
}

impl Band {
    /// The token of documents.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Cold => "cold",
            Self::Warm => "warm",
            Self::Hot => "hot",
            Self::SuperHot => "super_hot",
        }
    }
}

/// A member: one person, whose contacts at the account are taken together under the least of their ids.
#[derive(Clone)]
#[allow(clippy::struct_excessive_bools, reason = "they are facts of their own, not one state")]
pub struct MemberAssessment {
    contact: Named,
    roles: RoleSet,
    role_names: Arc<[RoleName]>,
    /// The person's points, exact, 0..=the policy's cap; 0 for an opponent.
    pub points: Points,
    /// How warm that is.
    pub band: Band,
    /// Whether the person is engaged.
    pub engaged: bool,
    /// Whether the person is engaged and was heard of lately.
    pub current: bool,
    /// Whether the person is against it.
    pub opponent: bool,
    /// Whether one of the roles decides, be it required or not.
    pub(crate) decides: bool,
}

impl MemberAssessment {
    pub(crate) fn new(scored: &Scored, policy: &Compiled, names: &Names) -> Self {
        let band = policy.bands.iter().filter(|start| scored.score.points >= **start).count();
        Self {
            contact: Named { names: names.clone(), number: scored.contact },
            roles: scored.roles,
            role_names: policy.role_names.clone(),
            points: Points::from_line_units(scored.score.points.into()),
            band: [Band::Cold, Band::Warm, Band::Hot, Band::SuperHot][band],
            engaged: scored.engaged,
            current: scored.current,
            opponent: scored.opponent,
            decides: scored.roles.meets(policy.deciding),
        }
    }

    /// The member's id: the least contact id of the person.
    pub fn contact(&self) -> &str {
        self.contact.text()
    }

    /// The member's id, to be put into another result.
    pub(crate) fn named(&self) -> Named {
        self.contact.clone()
    }

    /// The member's id, as it is kept.
    pub(crate) const fn who(&self) -> &Named {
        &self.contact
    }

    /// The graph's number of that contact.
    pub(crate) const fn number(&self) -> u32 {
        self.contact.number
    }

    /// The roles held, in the policy's order; none of them is `unknown`.
    pub fn roles(&self) -> impl Iterator<Item = &RoleName> {
        self.roles.iter().map(|role| &self.role_names[usize::from(role)])
    }
}

impl PartialEq for MemberAssessment {
    fn eq(&self, other: &Self) -> bool {
        let parts = |one: &Self| (one.points, one.band, one.engaged, one.current, one.opponent);
        self.contact == other.contact && parts(self) == parts(other) && self.roles().eq(other.roles())
    }
}

impl Eq for MemberAssessment {}

impl fmt::Debug for MemberAssessment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("MemberAssessment");
        shown.field("contact", &self.contact()).field("roles", &self.roles().map(RoleName::as_str).collect::<alloc::vec::Vec<_>>());
        shown.field("points", &self.points).field("band", &self.band).field("engaged", &self.engaged);
        shown.field("current", &self.current).field("opponent", &self.opponent).finish_non_exhaustive()
    }
}

impl Serialize for MemberAssessment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("contact", self.contact())?;
        map.serialize_entry("roles", &self.roles().collect::<alloc::vec::Vec<_>>())?;
        map.serialize_entry("points", &self.points)?;
        map.serialize_entry("band", self.band.token())?;
        map.serialize_entry("engaged", &self.engaged)?;
        map.serialize_entry("current", &self.current)?;
        map.serialize_entry("opponent", &self.opponent)?;
        map.end()
    }
}
