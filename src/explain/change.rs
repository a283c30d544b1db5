//! Changes that would make a verdict qualified: data, each with what it needs to be done.

use alloc::string::String;
use alloc::vec::Vec;

use crate::assess::{ContactIds, Fact, Named};
use crate::exact::Points;
use crate::id::{ChannelName, KindName, RoleName};
use crate::policy::Tier;

/// A change of the world, which does only what its name says.
///
/// In sets, changes come in the order of the variants, then by name; persons not known yet after those who are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The account's own exclusion is lifted.
    LiftExclusion {
        /// Why it is excluded, in the words of the data set.
        reason: String,
    },
    /// An opponent no longer opposes; their own signals then count.
    Reconcile {
        /// The opponent.
        opponent: Who,
    },
    /// A fact of the account that is unknown becomes known, and suits.
    Learn {
        /// The fact.
        fact: Fact,
        /// A value with which it suits; there may be others.
        suits: FactValue,
    },
    /// Somebody more in a role, with 0 points.
    AddPerson {
        /// The role.
        role: RoleName,
        /// Counts those added in that role, from 1.
        number: u32,
        /// Members without a role: one of them may be the person looked for.
        candidates: ContactIds,
    },
    /// A person comes to have at least so many points, and is current.
    Bring {
        /// Who.
        who: Who,
        /// The points to come to: the least that do, exact.
        to: Points,
        /// How many of them are missing.
        missing: Points,
        /// Signals of the day that would bring them, at most three ways, with each of which the whole set still does: those that overshoot least
        /// first, then the fewest. Empty where no signals would.
        examples: Vec<Vec<SignalExample>>,
    },
    /// A member's signal of that tier or a stronger one, which gives its channel and 0 points. It may come from anybody in the group who is no
    /// opponent, or in the role that the rule asks for.
    Signal {
        /// The weakest tier that does.
        tier: Tier,
        /// The channel; where several would do as well, the first by name.
        channel: ChannelName,
        /// The other channels that would do as well, by name.
        others: Vec<ChannelName>,
        /// The role of who gives it, where the rule asks for one.
        role: Option<RoleName>,
        /// The kinds of signals that it could be, in the policy's order: those with which the set does.
        kinds: Vec<KindName>,
    },
    /// Somebody asks to talk, be they known yet or not.
    HandRaise {
        /// The kinds of signals that it could be, in the policy's order.
        kinds: Vec<KindName>,
    },
}

impl Change {
    /// The stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::LiftExclusion { .. } => "lift_exclusion",
            Self::Reconcile { .. } => "reconcile",
            Self::Learn { .. } => "learn",
            Self::AddPerson { .. } => "add_person",
            Self::Bring { .. } => "bring",
            Self::Signal { .. } => "signal",
            Self::HandRaise { .. } => "hand_raise",
        }
    }
}

/// A person in a change: a member, or somebody who is added by another change of the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who(pub(crate) Whose);

/// See [`Who`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    Member(Named),
    Added(RoleName, u32),
}

impl Who {
    /// The contact id, of a member.
    pub fn contact(&self) -> Option<&str> {
        match &self.0 {
            Whose::Member(named) => Some(named.text()),
            Whose::Added(..) => None,
        }
    }

    /// The role and the number, of somebody added.
    pub const fn added(&self) -> Option<(&RoleName, u32)> {
        match &self.0 {
            Whose::Member(_) => None,
            Whose::Added(role, number) => Some((role, *number)),
        }
    }
}

/// A value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactValue {
    /// A text, such as a country or a decimal in canonical form.
    Text(String),
    /// Any text but those that the policy names.
    Other,
    /// A list of technologies, possibly empty.
    List(Vec<String>),
}

/// So many signals of a kind, on the day of the assessment.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct SignalExample {
    /// The kind.
    pub kind: KindName,
    /// How many.
    pub count: u32,
}

/// Changes that together make the verdict qualified, none of which can be left out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChangeSet {
    /// The changes, at least one.
    pub changes: Vec<Change>,
    /// The points missing in all, exact.
    pub missing: Points,
}

/// What it would take.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Advice {
    /// The sets: the smallest first, then those that miss the fewest points, then in the order of their changes; at most ten. Of sets that
    /// differ only in channels or in the value of a fact, the first stands for all. Empty for a group that is qualified, and when no
    /// set of known changes does it.
    pub sets: Vec<ChangeSet>,
    /// Whether these are all.
    pub extent: Extent,
}

/// How far a search went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Extent {
    /// There are no other sets.
    All,
    /// There are others, none of which comes before those shown.
    More,
    /// The search was cut short: there may be others, also some that come before those shown.
    Cut,
}

impl Extent {
    /// The token of documents.
    pub const fn token(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::More => "more",
            Self::Cut => "cut",
        }
    }
}
