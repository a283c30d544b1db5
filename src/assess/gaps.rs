//! What is missing: empty, silent and quiet seats, and interest that hangs on too few.
//!
//! Every gap has a code, a severity and evidence; its sentence is made in `wording`.

use alloc::vec::Vec;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::coverage::{SeatCount, Seats};
use super::figures::Figures;
use super::ids::ContactIds;
use super::people::{Crowd, Threading};
use super::result::GroupAssessment;
use crate::id::RoleName;
use crate::policy::{Compiled, CompiledTemplate, RoleSet};
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
    pub(crate) threads: Threading,
    pub(crate) crowd: &'a Crowd,
}

/// A gap without its evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) code: GapCode,
    pub(crate) severity: Severity,
    /// The role's number in the policy and how many hold it, for the gaps of a role.
    role: Option<(u8, u32)>,
}

/// The gaps: the roles in template order, then those of the group.
pub(crate) fn gaps(facts: &GapFacts<'_>, names: &Names) -> Vec<Gap> {
    let mut gaps = Vec::new();
    each_gap(facts, |found| gaps.push(found.shown(facts, names)));
    gaps
}

/// Names every gap in that order. O(seats).
pub(crate) fn each_gap(facts: &GapFacts<'_>, mut each: impl FnMut(Found)) {
    for (seat, count) in facts.template.seats.iter().zip(&facts.seats.counts) {
        if let Some(found) = role_gap(facts.policy, seat.role, count) {
            each(found);
        }
    }
    let crowd = facts.crowd;
    let concentrated = crowd.above(facts.policy.concentrated_above);
    let of_group = [
        thread_gap(facts.threads),
        concentrated.then_some((GapCode::Concentrated, Severity::Medium)),
        crowd.opponent_in_role.then_some((GapCode::OpponentInRole, Severity::High)),
        crowd.unassigned_engaged.then_some((GapCode::UnassignedEngaged, Severity::Medium)),
    ];
    for (code, severity) in of_group.into_iter().flatten() {
        each(Found { code, severity, role: None });
    }
}

/// The gap of a role: the first thing that its seats lack.
fn role_gap(policy: &Compiled, number: u8, seat: &SeatCount) -> Option<Found> {
    const CODES: [GapCode; 4] = [GapCode::RoleGoneQuiet, GapCode::RoleSilent, GapCode::RoleMissing, GapCode::RolePossiblyFilled];
    // By whether the role decides, and whether it champions.
    const SEVERITIES: [[[Severity; 4]; 2]; 2] =
        [[severities(false, false), severities(false, true)], [severities(true, false), severities(true, true)]];
    let role = &policy.roles[usize::from(number)];
    // Who is current is engaged, and who is engaged holds the role: how much is lacking says what. Looked up, since nobody can foresee it.
    let lacking: usize = [seat.current, seat.engaged, seat.filled].map(|heads| usize::from(heads < seat.required)).iter().sum();
    let at = lacking.checked_sub(1)? + usize::from(lacking == 3 && seat.possible > seat.filled);
    let have = [seat.current, seat.engaged, seat.filled, seat.filled][at];
    Some(Found {
        code: CODES[at],
        severity: SEVERITIES[usize::from(role.decides)][usize::from(role.champions)][at],
        role: Some((number, have)),
    })
}

/// How grave the gaps of a role are, in the order of the codes that [`role_gap`] has for them.
const fn severities(decides: bool, champions: bool) -> [Severity; 4] {
    const fn high_if(grave: bool) -> Severity {
        if grave { Severity::High } else { Severity::Low }
    }
    let missing = if decides { Severity::Critical } else { Severity::Medium };
    [high_if(decides || champions), high_if(decides), missing, Severity::Medium]
}

const fn thread_gap(threads: Threading) -> Option<(GapCode, Severity)> {
    match threads {
        Threading::Single => Some((GapCode::SingleThreaded, Severity::High)),
        Threading::Thin => Some((GapCode::Thin, Severity::Low)),
        Threading::None | Threading::Multi => None,
    }
}

impl Found {
    /// Whether it cites the member at that place; `top` is the place of the one with the most points.
    fn cites(self, facts: &GapFacts<'_>, at: usize, top: Option<usize>) -> bool {
        let one = &facts.figures.members[at];
        let holds = self.role.is_some_and(|(role, _)| one.roles.meets(RoleSet::of(role)));
        match self.code {
            GapCode::RoleMissing => holds,
            GapCode::RolePossiblyFilled => one.roles.is_empty(),
            GapCode::RoleSilent => holds && !one.engaged,
            GapCode::RoleGoneQuiet => holds && one.engaged && !one.current,
            GapCode::SingleThreaded | GapCode::Thin => one.engaged,
            GapCode::Concentrated => top == Some(at),
            GapCode::OpponentInRole => one.opponent && !one.roles.is_empty(),
            GapCode::UnassignedEngaged => one.engaged && one.roles.is_empty(),
            // Only a network knows of these.
            GapCode::DecisionMakerUnreachable | GapCode::SoleBridge => false,
        }
    }

    /// The same with its evidence.
    fn shown(self, facts: &GapFacts<'_>, names: &Names) -> Gap {
        let members = facts.figures.members.iter().enumerate();
        let top = facts.crowd.top(facts.figures);
        let contacts = members.filter(|(at, _)| self.cites(facts, *at, top)).map(|(_, one)| one.contact).collect();
        let required = |role: u8| facts.seats.of_role(role).map_or(0, |seat| seat.required);
        Gap {
            code: self.code,
            severity: self.severity,
            role: self.role.map(|(role, _)| facts.policy.roles[usize::from(role)].name.clone()),
            contacts: ContactIds::new(names.clone(), contacts),
            seats: self.role.map(|(role, have)| (have, required(role))),
        }
    }
}
