//! Titles: what a job title says about seniority, function and relationship, with the words that say it.

mod reading;
mod rule;

pub use self::reading::{TitleAlternative, TitleFinding, TitleReading, TitleWords};
pub use self::rule::{JobFunction, Scope as HideScope, Seniority, TitleRule, TitleSays};
