//! What is known of a group on a day, as an assessment gives it out.

use alloc::sync::Arc;
use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::fit::Fit;
use super::gaps::Gap;
use super::ids::{ContactIds, Named};
use super::intake::Intake;
use super::member::MemberAssessment;
use super::momentum::Momentum;
use super::people::People;
use super::stage::Stage;
use super::verdict::Verdict;
use super::warning::Warning;
use crate::day::Day;
use crate::exact::{Percent, Points};
use crate::id::{RoleName, SolutionName, TemplateName};
use crate::policy::{CompiledExit, PolicyLabel};

/// A buying group on a day: how ready it is, who decides, who is missing, and why the verdict is what it is.
///
/// Equality is that of content. It stays readable after graph, tally and policy are gone. Its JSON has the fields in the order below, every
/// decimal as canonical text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupAssessment {
    pub(crate) account: Named,
    pub(crate) group: Named,
    /// The solution that the group may buy; `None`: every one.
    pub solution: Option<SolutionName>,
    /// The template whose seats it needs.
    pub template: TemplateName,
    /// The day of the assessment.
    pub as_of: Day,
    /// The policy that was applied.
    pub policy: Arc<PolicyLabel>,
    /// What is to be said, and why.
    pub verdict: Verdict,
    /// Where the group stands.
    pub stage: Stage,
    /// The group's points, exact.
    pub points: Points,
    /// How ready it is, 0..=100 to 4 decimals, rounded once.
    pub readiness: Percent,
    /// Which seats are covered.
    pub coverage: Coverage,
    /// The members, ordered by id.
    pub members: Vec<MemberAssessment>,
    /// How many people carry the interest.
    pub people: People,
    /// How well the account suits us.
    pub fit: Fit,
    /// How points have changed.
    pub momentum: Momentum,
    /// What is missing.
    pub gaps: Vec<Gap>,
    /// What became of every known signal of the account and its contacts.
    pub intake: Intake,
    /// The newest usable signal of the hand-raise tier, of a member who is no opponent, at any age.
    pub newest_hand_raise: Option<Day>,
    /// Whether that one is young enough to qualify and fit is not known to be too low for it, whatever the verdict.
    pub hand_raise_holds: bool,
    /// The newest usable signal of a kind with positive points, of a member who is no opponent or of an unnamed visitor, whatever its window.
    pub newest_positive: Option<Day>,
    /// Rows and roles that had no effect.
    pub warnings: Vec<Warning>,
    /// When the policy lets a group go; a standing over time needs no more of the policy than this.
    pub(crate) exit: CompiledExit,
    /// Whether it has the points of the stage engaged, whatever stage it is in.
    pub(crate) has_engaged_points: bool,
}

impl GroupAssessment {
    /// The account's id.
    pub fn account_id(&self) -> &str {
        self.account.text()
    }

    /// The group's id; that of the account for a default group.
    pub fn group_id(&self) -> &str {
        self.group.text()
    }
}

/// Which of the seats needed are filled, engaged, current and possibly filled: the mean over the required roles, as percents.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Coverage {
    /// Somebody holds the seat, opponents counted.
    pub filled: Percent,
    /// The holder is engaged.
    pub engaged: Percent,
    /// The holder was heard of lately.
    pub current: Percent,
    /// The seat would be filled if the members without a role took open seats.
    pub possible: Percent,
    /// The same for each required role, in template order.
    pub roles: Vec<RoleCoverage>,
}

/// How the seats of one role are covered.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct RoleCoverage {
    /// The role.
    pub role: RoleName,
    /// Whether it decides.
    pub decides: bool,
    /// How many people it needs.
    pub required: u32,
    /// How much of that is filled, opponents counted.
    pub filled: Percent,
    /// How much of that is engaged.
    pub engaged: Percent,
    /// How much of that is current.
    pub current: Percent,
    /// The members who hold the role.
    pub contacts: ContactIds,
    /// What each seat adds to readiness, the best member first; the shares of all roles add up to it exactly.
    pub seats: Vec<SeatOf>,
}

/// A member in a seat, and what that adds to readiness.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeatOf {
    pub(crate) contact: Named,
    /// The share of readiness, to 4 decimals.
    pub share: Percent,
}

impl SeatOf {
    /// The member's contact id.
    pub fn contact(&self) -> &str {
        self.contact.text()
    }
}

impl Serialize for SeatOf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("contact", self.contact())?;
        map.serialize_entry("share", &self.share)?;
        map.end()
    }
}

impl Serialize for GroupAssessment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("account_id", self.account_id())?;
        map.serialize_entry("group_id", self.group_id())?;
        map.serialize_entry("solution", &self.solution)?;
        map.serialize_entry("template", &self.template)?;
        map.serialize_entry("as_of", &self.as_of)?;
        map.serialize_entry("policy", &*self.policy)?;
        map.serialize_entry("verdict", &self.verdict)?;
        map.serialize_entry("stage", self.stage.token())?;
        map.serialize_entry("points", &self.points)?;
        map.serialize_entry("readiness", &self.readiness)?;
        map.serialize_entry("coverage", &self.coverage)?;
        map.serialize_entry("people", &self.people)?;
        map.serialize_entry("members", &self.members)?;
        map.serialize_entry("fit", &self.fit)?;
        map.serialize_entry("momentum", &self.momentum)?;
        map.serialize_entry("gaps", &self.gaps)?;
        map.serialize_entry("intake", &self.intake)?;
        map.serialize_entry("newest_hand_raise", &self.newest_hand_raise)?;
        map.serialize_entry("hand_raise_holds", &self.hand_raise_holds)?;
        map.serialize_entry("newest_positive", &self.newest_positive)?;
        map.serialize_entry("warnings", &self.warnings)?;
        map.end()
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("state", self.state.token())?;
        if let Some(route) = self.route {
            map.serialize_entry("route", route.token())?;
        }
        map.serialize_entry("reasons", &self.reasons)?;
        map.end()
    }
}

impl Serialize for People {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("known", &self.known)?;
        map.serialize_entry("engaged", &self.engaged)?;
        map.serialize_entry("threads", self.threads.token())?;
        map.serialize_entry("concentration", &self.concentration)?;
        map.serialize_entry("effective", &self.effective)?;
        map.end()
    }
}

impl Serialize for Fit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("definite", &self.definite)?;
        map.serialize_entry("possible", &self.possible)?;
        map.serialize_entry("tier", &self.tier.map(|tier| alloc::format!("{tier}")))?;
        map.serialize_entry("status", if self.definite.is_some() { "configured" } else { "not_configured" })?;
        map.serialize_entry("unknown", &self.unknown)?;
        map.end()
    }
}

impl Serialize for Momentum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("change", &self.change)?;
        map.serialize_entry("trend", &alloc::format!("{}", self.trend))?;
        map.end()
    }
}
