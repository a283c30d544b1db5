//! The roles that a contact is said to hold, and which of them count.

use alloc::vec::Vec;
use core::cmp::Reverse;

use serde::ser::{Serialize, Serializer};

use super::bind::BoundPolicy;
use super::group::Bench;
use super::persons::NamedRoles;
use crate::account::Membership;
use crate::contact::Evidence;
use crate::exact::Ratio;
use crate::graph::{AccountGraph, ContactRow};
use crate::id::RoleName;
use crate::policy::UNKNOWN_ROLE;

/// Who says that a contact holds a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RoleBasis {
    /// The contact is named in that role for the group, with this evidence. Whoever is named holds exactly the roles named.
    NamedForGroup(Evidence),
    /// The contact's own record, with this evidence.
    Claimed(Evidence),
    /// The policy's rules for titles.
    ReadFromTitle,
}

impl RoleBasis {
    /// The token of documents.
    pub const fn token(self) -> &'static str {
        match self {
            Self::NamedForGroup(_) => "named_for_group",
            Self::Claimed(_) => "claimed",
            Self::ReadFromTitle => "read_from_title",
        }
    }

    /// The sort of evidence.
    pub const fn evidence(self) -> Evidence {
        match self {
            Self::NamedForGroup(evidence) | Self::Claimed(evidence) => evidence,
            Self::ReadFromTitle => Evidence::Title,
        }
    }
}

impl Serialize for RoleBasis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.token())
    }
}

/// A role that a contact is said to hold in a group.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct HeldClaim {
    /// The role; `unknown` stands for none.
    pub role: RoleName,
    /// Who says so.
    pub basis: RoleBasis,
    /// How far that sort of evidence is trusted, 0..=1, by the policy's section `evidence`: it decides which claims count. How sure a role is that was
    /// read from the title is the `confidence` of its [`RoleFinding`](crate::RoleFinding), which decides nothing.
    pub trust: Ratio,
    /// Whether it counts. Otherwise something more trusted stands against it, or the policy does not know the role.
    pub counts: bool,
}

/// Which of a contact's own roles count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counting {
    /// The one that follows from the title.
    Title(u8),
    /// The claims that are trusted so far, in ten-thousandths; none when there are none.
    Claims(Option<i64>),
}

/// The most trusted evidence wins. What is read from the title counts like a claim, one that was made before like any other.
pub(crate) fn counting(graph: &AccountGraph, bound: &BoundPolicy<'_>, row: &ContactRow, template: usize) -> Counting {
    let policy = bound.policy.compiled();
    let best = row.roles.iter().map(|(_, evidence)| policy.trust(*evidence)).max();
    if best.is_none_or(|best| best < policy.trust(Evidence::Title)) {
        if let Some(role) = bound.title_role(graph, row, template) {
            return Counting::Title(role);
        }
    }
    Counting::Claims(best)
}

/// Every role that a contact is said to hold in a group, the most trusted first, then by name; `named` is what rows of the group say.
pub(crate) fn claims_of(bench: &Bench<'_>, named: &NamedRoles<'_>, contact: u32) -> Vec<HeldClaim> {
    let (graph, policy) = (bench.graph, bench.policy());
    let template = bench.template_number();
    let known = |role: &str| policy.role_number(role).is_some();
    let named: Vec<_> = named.of_person(contact).collect();
    let row = graph.contact_row(contact);
    let counting = counting(graph, bench.bound, row, template);
    let name = |role: u16| RoleName::new(graph.role_roster().text(role.into())).ok();
    let mut claims = Vec::new();
    let mut add = |role: Option<RoleName>, basis: RoleBasis, counts: bool| {
        let Some(role) = role else { return };
        let trust = Ratio::of(policy.trust(basis.evidence()).into(), 10_000);
        let counts = counts && (known(role.as_str()) || role.as_str() == UNKNOWN_ROLE);
        claims.push(HeldClaim { role, basis, trust, counts });
    };
    for (role, evidence) in &named {
        add(name(*role), RoleBasis::NamedForGroup(*evidence), true);
    }
    for (role, evidence) in row.roles.iter() {
        let counts = named.is_empty() && counting == Counting::Claims(Some(policy.trust(*evidence)));
        add(name(*role), RoleBasis::Claimed(*evidence), counts);
    }
    if let Some(role) = bench.bound.title_role(graph, row, template) {
        let counts = named.is_empty() && counting == Counting::Title(role);
        add(Some(policy.roles[usize::from(role)].name.clone()), RoleBasis::ReadFromTitle, counts);
    }
    claims.sort_by(|a, b| (Reverse(a.trust), &a.role, a.basis).cmp(&(Reverse(b.trust), &b.role, b.basis)));
    claims
}

/// Whether a contact is one of a group, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Admission {
    /// A member, or a contact of a person who is one.
    Member,
    /// Left.
    Left,
    /// Of a relationship that the policy excludes.
    Excluded,
    /// The group lists its members, and this contact is not among them.
    NotListed,
    /// The record does not count on that day.
    NotKnownThen,
}

impl Admission {
    /// The token of documents.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Left => "left",
            Self::Excluded => "excluded",
            Self::NotListed => "not_listed",
            Self::NotKnownThen => "not_known_then",
        }
    }
}

/// Whether a contact is one of the group, given the contacts of its members.
pub(crate) fn admission(bench: &Bench<'_>, contact: u32, members: &[u32]) -> Admission {
    let row = bench.graph.contact_row(contact);
    if members.binary_search(&contact).is_ok() {
        Admission::Member
    } else if !row.active {
        Admission::Left
    } else if bench.policy().excludes(bench.bound.relationship(bench.graph, contact).0) {
        Admission::Excluded
    } else if !row.known.on(bench.day) {
        Admission::NotKnownThen
    } else {
        debug_assert!(lists_members(bench), "everybody else is a member");
        Admission::NotListed
    }
}

fn lists_members(bench: &Bench<'_>) -> bool {
    let own = bench.group.group.and_then(|number| bench.graph.group_row(number).membership);
    bench.policy().explicit || own == Some(Membership::Explicit)
}
