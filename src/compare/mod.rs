//! Comparison: who changed between two policies or two days, and the one rule, cap, weight or answer that made the difference.
//!
//! Both are the assessment called twice. What could have made a difference (the places where two policies differ; the questions that are
//! answered otherwise on another day) is a row of switches, and the cause is found by trying: see `search`.

mod align;
mod days;
mod difference;
mod merge;
mod policies;
mod result;
mod search;
mod write;

pub use days::compare_days;
pub use difference::{Difference, differences};
pub use policies::{TRIED_MAX, compare_policies};
pub use result::{AnswerChange, Between, Cause, CauseCount, Comparison, Factor, GroupChange, GroupOutcome, HandRaiseState};
