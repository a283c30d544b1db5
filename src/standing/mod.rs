//! Standing over time: when a group came in, by which route, when it left, and why.
//!
//! A verdict looks at one day and may change with every one of them. A standing has a memory: it is slow to let a group go and slow to take
//! it back. It follows from the standing of the day before and the assessment of the day, and from nothing else.

mod document;
mod error;
mod moves;
mod replay;
mod step;

use crate::assess::{GroupAssessment, Route};
use crate::day::Day;
use crate::id::GroupId;

pub use error::StandingError;
pub use moves::{Move, MoveReason, RuleEnd};
pub use replay::{Replay, replay};
pub(crate) use step::{Knock, comes_in};

/// Where a group stands at the end of a day.
///
/// Made by [`Standing::never_in`], moved by [`Standing::advance`], kept between days as a document ([`Standing::to_json`] or any format that
/// serde speaks). Invariants: nothing in it is later than its day; the days under the exit points belong to the route by the rule and begin no
/// earlier than the group came in. Equality is that of content.
///
/// ```
/// use quorate::{Account, AccountGraph, Assessor, Contact, Day, GroupId, Place, Policy, Route, Signal, SignalTally, Standing};
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// graph.add_contact(Contact::new("ann", "acme")?.with_role("economic_buyer")?)?;
/// let mut tally = SignalTally::new();
/// tally.record(&Signal::of_contact("ann", "demo_request", "2025-05-01".parse()?)?)?;
/// let policy = Policy::default();
/// let assessor = Assessor::new(&graph, &tally, &policy);
///
/// let before = Standing::never_in(GroupId::new("acme")?, "2025-04-30".parse()?);
/// let first: Day = "2025-05-01".parse()?;
/// let assessment = assessor.group("acme", first)?.ok_or("no policy")?;
/// let step = before.advance(&assessment)?;
/// assert_eq!(step.standing.place(), Place::In { route: Route::HandRaise, since: first, below_since: None });
/// assert_eq!(step.moved.ok_or("no move")?.to_string(), "entered on 2025-05-01: somebody asked to talk on 2025-05-01");
///
/// // Only the next day follows; `replay` goes through the days between.
/// let skipped = assessor.group("acme", "2025-05-09".parse()?)?.ok_or("no policy")?;
/// let refused = step.standing.advance(&skipped).unwrap_err();
/// assert_eq!(refused.to_string(), "after 2025-05-01 comes 2025-05-02, not 2025-05-09; assess every day in turn");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
// INVARIANT: since <= day, since <= below_since <= day, below_since only by the rule, left <= day.
pub struct Standing {
    group: GroupId,
    day: Day,
    place: Place,
}

/// In or out, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Not with sales.
    Out {
        /// The day of the last leaving, from which the cool-down runs; `None`: it never was in.
        left: Option<Day>,
    },
    /// With sales.
    In {
        /// What it stands by; may change while it is in.
        route: Route,
        /// The day it came in, whatever the route since.
        since: Day,
        /// The first day of the unbroken run under the exit points, counted while it stands by the rule; `None`: there is no such run.
        below_since: Option<Day>,
    },
}

/// The standing of the next day, and the move that led there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advance {
    /// The standing at the end of the assessment's day.
    pub standing: Standing,
    /// What happened on it; `None`: the group stayed where it was.
    pub moved: Option<Move>,
}

impl Standing {
    /// A group that up to the end of that day never was in: the start of a history, whose first assessment is of the next day.
    pub const fn never_in(group: GroupId, day: Day) -> Self {
        Self { group, day, place: Place::Out { left: None } }
    }

    /// The standing at the end of its first day, before which it never was in; the assessment is of that group.
    pub(crate) fn first(group: GroupId, assessment: &GroupAssessment) -> Self {
        let (place, _) = step::step(Place::Out { left: None }, assessment);
        Self { group, day: assessment.as_of, place }
    }

    /// The group.
    pub const fn group_id(&self) -> &GroupId {
        &self.group
    }

    /// The day at whose end it stands so.
    pub const fn day(&self) -> Day {
        self.day
    }

    /// In or out, and since when.
    pub const fn place(&self) -> Place {
        self.place
    }

    /// The standing of the next day, by that day's assessment. A pure function of the two; O(1).
    ///
    /// - Out, it comes in when the verdict is qualified: by the rule, when that is true and the cool-down after the last leaving is over; else
    ///   by a hand-raise dated after the last leaving that itself still qualifies.
    /// - In, it leaves at once when it is excluded.
    /// - In by hand-raise, it goes over to the rule when that is true, and leaves on the first day that is not qualified.
    /// - In by the rule, it leaves at the end of a run of days under the policy's exit points or of silence; unless a hand-raise dated after it
    ///   came in still qualifies, to which it then goes over.
    ///
    /// The policy may be another one from day to day; each day goes by the exit rule of the policy it was assessed by.
    ///
    /// # Errors
    /// - [`StandingError::OtherGroup`]: the assessment is of another group.
    /// - [`StandingError::OtherDay`]: it is of another day than the next.
    /// - [`StandingError::NoNextDay`]: no day follows.
    pub fn advance(&self, assessment: &GroupAssessment) -> Result<Advance, StandingError> {
        self.check(assessment)?;
        let day = assessment.as_of;
        let (place, reason) = step::step(self.place, assessment);
        let moved = reason.map(|reason| Move { group: self.group.clone(), day, from: self.place, to: place, reason });
        Ok(Advance { standing: Self { group: self.group.clone(), day, place }, moved })
    }

    fn check(&self, assessment: &GroupAssessment) -> Result<(), StandingError> {
        if assessment.group_id() != self.group.as_str() {
            return Err(StandingError::OtherGroup { standing: self.group.clone(), assessment: assessment.group_id().into() });
        }
        let next = self.day.next().ok_or(StandingError::NoNextDay)?;
        if assessment.as_of == next { Ok(()) } else { Err(StandingError::OtherDay { day: self.day, next, assessment: assessment.as_of }) }
    }
}

impl Place {
    /// What it stands by; `None`: it is out.
    pub const fn route(&self) -> Option<Route> {
        match self {
            Self::In { route, .. } => Some(*route),
            Self::Out { .. } => None,
        }
    }
}
