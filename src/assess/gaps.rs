//! What is missing: empty, silent and quiet seats, and interest that hangs on too few.
//!
//! Every gap has a code, a severity and evidence; its sentence is made in `wording`.

use alloc::vec::Vec;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::coverage::{SeatCount, Seats};
use super::figures::{Figures, Scored};
use super::ids::ContactIds;
use super::people::{People, Spread, Threading};
use super::result::GroupAssessment;
use crate::id::RoleName;
use crate::policy::{Compiled, CompiledRole, CompiledTemplate, RoleSet};
use crate::roster::Names;

/// How grave a gap is, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing can be decided like this.
    Critical,
    /// It puts the purchase at risk.
    High,
    /// It should be mended.
    Medium,
    /// Good to know.
    Low,
}

impl Severity {
    /// The token of documents.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// What sort of gap it is. A required role has at most one of the first four.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum GapCode {
    /// Too few people hold the role; cites those who do.
    RoleMissing,
    /// Too few people hold the role, but members without one may; cites them.
    RolePossiblyFilled,
    /// Too few holders are engaged; cites those who are not.
    RoleSilent,
    /// Too few holders were heard of lately; cites the engaged who were not.
    RoleGoneQuiet,
    /// One person is engaged; cites them.
    SingleThreaded,
    /// A few people are engaged; cites them.
    Thin,
    /// Most of the points are one person's; cites them.
    Concentrated,
    /// Opponents hold roles; cites them.
    OpponentInRole,
    /// Engaged people have no role; cites them.
    UnassignedEngaged,
    /// Somebody who decides is not engaged, and nobody who is can introduce us, nor can our own people; cites them. Only a
    /// [`Network`](crate::Network) knows of it.
    DecisionMakerUnreachable,
    /// Every line to somebody who decides goes through one person, who neither decides nor is engaged; cites that person. Only a
    /// [`Network`](crate::Network) knows of it.
    SoleBridge,
}

impl GroupAssessment {
    /// Puts gaps that only a network knows of in the place of those that it has.
    pub(crate) fn set_network_gaps(&mut self, gaps: Vec<Gap>) {
        self.gaps.retain(|gap| !matches!(gap.code, GapCode::DecisionMakerUnreachable | GapCode::SoleBridge));
        self.gaps.extend(gaps);
    }
}

impl GapCode {
    /// The token of documents.
    pub const fn token(self) -> &'static str {
        match self {
            Self::RoleMissing => "role_missing",
            Self::RolePossiblyFilled => "role_possibly_filled",
            Self::RoleSilent => "role_silent",
            Self::RoleGoneQuiet => "role_gone_quiet",
            Self::SingleThreaded => "single_threaded",
            Self::Thin => "thin",
            Self::Concentrated => "concentrated",
            Self::OpponentInRole => "opponent_in_role",
            Self::UnassignedEngaged => "unassigned_engaged",
            Self::DecisionMakerUnreachable => "decision_maker_unreachable",
            Self::SoleBridge => "sole_bridge",
        }
    }
}

/// One thing missing, with its evidence. Its [`Display`](core::fmt::Display) is plain English.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// What sort it is.
    pub code: GapCode,
    /// How grave it is.
    pub severity: Severity,
    /// The role it is about, for the gaps of a role.
    pub role: Option<RoleName>,
    /// The contacts that it cites.
    pub contacts: ContactIds,
    /// How many people there are of how many needed, for the gaps of a role.
    pub seats: Option<(u32, u32)>,
}

impl Serialize for Gap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.code.token())?;
        map.serialize_entry("severity", self.severity.token())?;
        if let Some(role) = &self.role {
            map.serialize_entry("role", role)?;
        }
        map.serialize_entry("contacts", &self.contacts)?;
        map.serialize_entry("message", &alloc::format!("{self}"))?;
        map.end()
    }
}

/// What the gaps of a group are found from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GapFacts<'a> {
    pub(crate) policy: &'a Compiled,
    pub(crate) template: &'a CompiledTemplate,
    pub(crate) figures: &'a Figures,
    /// The seats, opponents included.
    pub(crate) seats: &'a Seats,
    pub(crate) people: &'a People,
    pub(crate) spread: &'a Spread,
    pub(crate) names: &'a Names,
}

/// The gaps: the roles in template order, then those of the group.
pub(crate) fn gaps(facts: &GapFacts<'_>) -> Vec<Gap> {
    let seats = facts.template.seats.iter().zip(&facts.seats.counts);
    let mut gaps: Vec<Gap> = seats.filter_map(|(seat, count)| role_gap(facts, seat.role, *count)).collect();
    gaps.extend(thread_gap(facts));
    gaps.extend(concentrated(facts));
    gaps.extend(of_members(facts, GapCode::OpponentInRole, Severity::High, |one| one.opponent && !one.roles.is_empty()));
    gaps.extend(of_members(facts, GapCode::UnassignedEngaged, Severity::Medium, |one| one.engaged && one.roles.is_empty()));
    gaps
}

fn role_gap(facts: &GapFacts<'_>, number: u8, seat: SeatCount) -> Option<Gap> {
    let role = &facts.policy.roles[usize::from(number)];
    let holds = |one: &Scored| one.roles.meets(RoleSet::of(number));
    let gap = |code, severity, have, chosen: &dyn Fn(&Scored) -> bool| Gap {
        code,
        severity,
        role: Some(role.name.clone()),
        contacts: cite(facts, chosen),
        seats: Some((have, seat.required)),
    };
    if seat.filled < seat.required {
        return Some(if seat.possible > seat.filled {
            gap(GapCode::RolePossiblyFilled, Severity::Medium, seat.filled, &|one| one.roles.is_empty())
        } else {
            gap(GapCode::RoleMissing, missing_severity(role), seat.filled, &holds)
        });
    }
    if seat.engaged < seat.required {
        let severity = if role.decides { Severity::High } else { Severity::Low };
        return Some(gap(GapCode::RoleSilent, severity, seat.engaged, &|one| holds(one) && !one.engaged));
    }
    let severity = if role.decides || role.champions { Severity::High } else { Severity::Low };
    let quiet = |one: &Scored| holds(one) && one.engaged && !one.current;
    (seat.current < seat.required).then(|| gap(GapCode::RoleGoneQuiet, severity, seat.current, &quiet))
}

const fn missing_severity(role: &CompiledRole) -> Severity {
    if role.decides { Severity::Critical } else { Severity::Medium }
}

fn thread_gap(facts: &GapFacts<'_>) -> Option<Gap> {
    let (code, severity) = match facts.people.threads {
        Threading::Single => (GapCode::SingleThreaded, Severity::High),
        Threading::Thin => (GapCode::Thin, Severity::Low),
        Threading::None | Threading::Multi => return None,
    };
    of_members(facts, code, severity, |one| one.engaged)
}

fn concentrated(facts: &GapFacts<'_>) -> Option<Gap> {
    let top = facts.spread.top.filter(|_| facts.spread.above(facts.policy.concentrated_above))?;
    let contact = facts.figures.members[top].contact;
    of_members(facts, GapCode::Concentrated, Severity::Medium, |one| one.contact == contact)
}

/// A gap of the group that cites the chosen members, if there are any.
fn of_members(facts: &GapFacts<'_>, code: GapCode, severity: Severity, chosen: impl Fn(&Scored) -> bool) -> Option<Gap> {
    let contacts = cite(facts, chosen);
    (!contacts.is_empty()).then_some(Gap { code, severity, role: None, contacts, seats: None })
}

fn cite(facts: &GapFacts<'_>, chosen: impl Fn(&Scored) -> bool) -> ContactIds {
    let numbers = facts.figures.members.iter().filter(|one| chosen(one)).map(|one| one.contact).collect();
    ContactIds::new(facts.names.clone(), numbers)
}
