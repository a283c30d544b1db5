//! What a title was found to say.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use super::rule::{JobFunction, Seniority};
use crate::contact::Relationship;
use crate::exact::Ratio;

/// What a title says. An aspect that no rule knows stays unknown; it is never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TitleReading {
    /// How high the person stands.
    pub seniority: Option<TitleFinding<Seniority>>,
    /// Where they work.
    pub function: Option<TitleFinding<JobFunction>>,
    /// What they are to the account, where the title says that: students, interns, consultants.
    pub relationship: Option<TitleFinding<Relationship>>,
}

/// One thing that a title says, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TitleFinding<T> {
    /// What it says.
    pub value: T,
    /// How sure that is, 0..=1: the rule's own confidence in its reading. How far titles are trusted at all is the policy's to say.
    pub confidence: Ratio,
    /// The words of the title that say so.
    pub words: TitleWords,
    /// The name of the rule.
    pub rule: Arc<str>,
    /// What later rules would have said, and of functions what the sides of an *and* say each for itself, by whichever rule; in the order of rules, each
    /// value once, the finding's own left out.
    pub alternatives: Vec<TitleAlternative<T>>,
}

/// What another rule would have said.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TitleAlternative<T> {
    /// What it would have said.
    pub value: T,
    /// How sure that is, 0..=1.
    pub confidence: Ratio,
    /// The words of the title that say so.
    pub words: TitleWords,
    /// The name of the rule.
    pub rule: Arc<str>,
}

/// Words of a title, as they stand there, in their order, each place once.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct TitleWords(pub Vec<String>);

/// The words with a space between them.
impl fmt::Display for TitleWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}
