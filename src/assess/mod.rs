//! The assessment: graph, tally and policy in, verdicts with their reasons out.
//!
//! Nothing here reads a clock: the day is an argument. Nothing fails on valid input: what is unknown is an answer, not an error.

mod account;
mod bind;
mod caps;
mod coverage;
mod fact;
mod family;
mod figures;
mod fit;
mod gaps;
mod group;
mod ids;
mod intake;
mod member;
mod members;
mod momentum;
mod movement;
mod people;
mod reason;
mod result;
mod rule;
mod run;
mod score;
mod stage;
mod truth;
mod verdict;
mod warning;

pub use account::AccountAssessment;
pub use fact::Fact;
pub use family::Totals;
pub use fit::Fit;
pub use gaps::{Gap, GapCode, Severity};
pub use ids::ContactIds;
pub use intake::{Intake, RunIntake, SignalState};
pub use member::{Band, MemberAssessment};
pub use momentum::Momentum;
pub use movement::Movement;
pub use people::{People, Threading};
pub use reason::{Clause, Reason};
pub use result::{Coverage, GroupAssessment, RoleCoverage, SeatOf};
pub use rule::Value;
pub use run::{Assessment, Assessor, Policies, UnknownId, assess, assess_account, assess_group};
pub use stage::Stage;
pub use truth::Truth;
pub use verdict::{Route, State, Verdict};
pub use warning::Warning;
pub(crate) use {
    group::judge_group,
    movement::movement,
    rule::{Answer, combine},
    score::Scratch,
    verdict::{Judgement, decide},
};
