//! One group explained.

use super::advice::advice;
use super::change::Advice;
use super::holds::{Holds, holds};
use super::what_if::WhatIf;
use crate::assess::{Assessor, GroupAssessment, Policies, Scratch, UnknownId, assess_group_heard};
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::tally::SignalTally;

/// A group's assessment with everything that explains it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The assessment.
    pub assessment: GroupAssessment,
    /// What it would take to be qualified.
    pub advice: Advice,
    /// What holds the verdict, when it is.
    pub holds: Holds,
}

/// Explains one group.
///
/// # Errors
/// [`UnknownId`] when the graph has no such group.
pub fn explain<'a>(
    graph: &'a AccountGraph,
    tally: &'a SignalTally,
    policies: impl Into<Policies<'a>>,
    group: &str,
    as_of: Day,
) -> Result<Option<Explanation>, UnknownId> {
    Assessor::on_demand(graph, tally, policies).explain(group, as_of)
}

impl Assessor<'_> {
    /// Explains one group; see [`explain`].
    ///
    /// # Errors
    /// [`UnknownId`] when the graph has no such group.
    pub fn explain(&self, group: &str, as_of: Day) -> Result<Option<Explanation>, UnknownId> {
        Ok(self.bench_of(group, as_of)?.map(|bench| {
            let assessed = assess_group_heard(&bench, None, &mut Scratch::default(), &mut ());
            let profile = bench.profile();
            let what_if = WhatIf::new(&bench, &assessed.roll, &profile);
            let state = assessed.judgement.state;
            Explanation { advice: advice(&what_if, state), holds: holds(&bench, &assessed.roll, state), assessment: assessed.assessment }
        }))
    }
}
