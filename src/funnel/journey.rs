//! The way of one case through the stages of a funnel.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::day::Day;

/// The way of a lead, a person or a group through the stages of a funnel: the day on which it came to each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journey {
    /// Whose it is.
    pub id: String,
    /// What is known of it beside, by name, such as where it came from; what is not known is not there.
    pub attributes: BTreeMap<String, String>,
    /// The day it came to each stage, in the order of the stages; `None`: it did not.
    pub reached: Vec<Option<Day>>,
}

impl Journey {
    /// The day of the earliest stage that it came to, in the order of the stages.
    pub fn entered(&self) -> Option<Day> {
        self.reached.iter().copied().flatten().next()
    }
}
