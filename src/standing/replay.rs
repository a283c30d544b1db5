//! From a standing to a later day: every day between assessed in turn.

use alloc::vec::Vec;

use super::{Advance, Move, Standing, StandingError};
use crate::assess::Assessor;
use crate::day::Day;

/// What became of a group between two days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// The standing at the end of the last day.
    pub standing: Standing,
    /// The moves on the way, by day; at most one a day.
    pub moves: Vec<Move>,
}

/// Replays a group from the day after the standing's to the last day, that one included; nothing happens when the two are one day.
///
/// Cost: one assessment of the group for each day. Whole portfolios are cheaper day by day: advance every standing by [`Assessor::groups`].
///
/// ```
/// use quorate::{Account, AccountGraph, Assessor, Contact, GroupId, Policy, Signal, SignalTally, Standing, replay};
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// graph.add_contact(Contact::new("ann", "acme")?.with_role("economic_buyer")?)?;
/// let mut tally = SignalTally::new();
/// tally.record(&Signal::of_contact("ann", "demo_request", "2025-05-01".parse()?)?)?;
/// let policy = Policy::default();
/// let assessor = Assessor::new(&graph, &tally, &policy);
///
/// let start = Standing::never_in(GroupId::new("acme")?, "2024-12-31".parse()?);
/// let replayed = replay(&assessor, &start, "2025-06-30".parse()?)?;
/// let said: Vec<String> = replayed.moves.iter().map(|moved| moved.to_string()).collect();
/// assert_eq!(said, [
///     "entered on 2025-05-01: somebody asked to talk on 2025-05-01",
///     "left on 2025-06-01: nobody has asked to talk since 2025-05-01 (31 days), and the rule is not true",
/// ]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// - [`StandingError::Backwards`]: the last day lies before the standing's.
/// - [`StandingError::UnknownGroup`]: the graph has no such group.
/// - [`StandingError::NoPolicy`]: no policy of the set matches it.
pub fn replay(assessor: &Assessor<'_>, from: &Standing, to: Day) -> Result<Replay, StandingError> {
    if to < from.day() {
        return Err(StandingError::Backwards { day: from.day(), to });
    }
    let mut replayed = Replay { standing: from.clone(), moves: Vec::new() };
    while let Some(day) = replayed.standing.day().next().filter(|day| *day <= to) {
        let group = replayed.standing.group_id().clone();
        let Some(assessment) = assessor.group(group.as_str(), day)? else { return Err(StandingError::NoPolicy { group }) };
        let Advance { standing, moved } = replayed.standing.advance(&assessment)?;
        replayed.standing = standing;
        replayed.moves.extend(moved);
    }
    Ok(replayed)
}
