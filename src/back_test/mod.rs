//! What a policy would have said in the past, by what was known then, and what became of it.
//!
//! [`Timeline`] replays; cases ([`back_test`], [`back_test_deals`]) say what became of whom; the rest counts.

mod case;
mod deals;
mod error;
mod events;
mod first_days;
mod group_on_day;
mod look;
mod measure;
mod options;
mod rank;
mod report;
mod run;
mod split;
mod timeline;

pub use deals::{DealOutcome, PastDeal, back_test_deals};
pub use error::BackTestError;
pub use group_on_day::GroupOnDay;
pub use look::Score;
pub use options::{BACK_TEST_CASES_LEAST, BACK_TEST_CASES_WARN, BACK_TEST_FLAGGED_LEAST, BackTestOptions, Contender, DecisionDays};
pub use report::{
    BackTest, BackTestPart, BackTestVerdict, BackTestWarning, ContenderResult, LeftOut, QualityBar, SweepRow, TopPrecision, Workload,
};
pub use run::{back_test, last_outcome_day};
pub use timeline::Timeline;
