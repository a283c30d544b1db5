//! Why a verdict is what it is, and what it would take.

mod advice;
mod atom;
mod change;
mod examples;
mod explanation;
mod goals;
mod holds;
mod json;
mod learn;
mod monotone;
mod progress;
mod search;
mod steps;
mod what_if;

pub use change::{Advice, Change, ChangeSet, Extent, FactValue, SignalExample, Who};
pub use explanation::{Explanation, explain};
pub use holds::{Holds, Loss, MemberId};
