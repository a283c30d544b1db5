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
mod profile;
mod reason;
mod result;
mod rule;
mod run;
mod score;
mod stage;
mod truth;
mod verdict;
mod view;
mod warning;

pub(crate) use bind::Instead;
pub(crate) use caps::Line;
pub(crate) use figures::{Figures, Scored, Terms, roll_up};
pub(crate) use fit::{FitFigures, Intents, answer_of, attribute, fact_of, fit};
pub(crate) use group::{Assessed, Bench, Otherwise, Recent, assess_group_heard, judge_group};
pub(crate) use ids::Named;
pub(crate) use members::{MemberRow, Roll};
pub(crate) use movement::movement;
pub(crate) use profile::Profile;
pub(crate) use rule::{Answer, Facts, Supposed, channels, combine, combine_shape, combine_with, holders, role_coverage};
pub(crate) use score::{Lens, Score, Scratch, Sink, TIERS, score};
pub(crate) use verdict::{Judgement, decide, judge};
pub(crate) use view::View;

pub use account::AccountAssessment;
pub use fact::{Fact, UnknownFact};
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
