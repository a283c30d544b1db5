//! What is tried, and on which days.

use alloc::string::String;
use alloc::vec::Vec;

use crate::assess::Policies;
use crate::day::Day;
use crate::policy::{BackTestRule, Policy};

/// Fewer cases that were won, or that were not, than this say nothing: refused.
pub const BACK_TEST_CASES_LEAST: u64 = 40;
/// Fewer than this say little: warned of.
pub const BACK_TEST_CASES_WARN: u64 = 100;

/// Of fewer distinct things flagged among those held out no verdict is given.
pub const BACK_TEST_FLAGGED_LEAST: u64 = 10;

/// Who is held against the past.
#[derive(Clone, Debug)]
pub struct Contender<'a> {
    /// What it is called in the report.
    pub name: String,
    pub(super) judges: Judges<'a>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Judges<'a> {
    Groups(Policies<'a>),
    Leads(&'a Policy),
}

impl<'a> Contender<'a> {
    /// Groups, judged by one policy or by the first of a set that matches: flagged when they are qualified on the day.
    pub fn groups(name: &str, policies: impl Into<Policies<'a>>) -> Self {
        Self { name: name.into(), judges: Judges::Groups(policies.into()) }
    }

    /// People counted one by one, as a marketing-qualified lead is: flagged when anybody at the account has the policy's `mql_points`, whatever their role,
    /// and whoever their colleagues are. Excluded people, and those who left, count like everybody else; our own do not.
    pub fn leads(name: &str, policy: &'a Policy) -> Self {
        Self { name: name.into(), judges: Judges::Leads(policy) }
    }

    /// How the first of its policies is held against the past.
    pub(super) fn rule(&self) -> BackTestRule {
        let first = match self.judges {
            Judges::Groups(policies) => policies.all().first().copied(),
            Judges::Leads(policy) => Some(policy),
        };
        first.map_or_else(BackTestRule::default, |policy| policy.document().back_test.clone())
    }
}

/// The days on which is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionDays {
    /// From one day to another, both included, every so many days: every group is a case on each.
    Every {
        /// The first.
        first: Day,
        /// The last.
        last: Day,
        /// How many days lie from one to the next; at least 1.
        step: u16,
    },
    /// The day before each opportunity was created: each opportunity is one case of each group that it applies to.
    BeforeEachOpportunity,
}

impl DecisionDays {
    /// The days of a calendar; none before each opportunity.
    pub(super) fn calendar(self) -> Vec<Day> {
        let Self::Every { first, last, step } = self else { return Vec::new() };
        let numbers = (first.days_since_epoch()..=last.days_since_epoch()).step_by(usize::from(step.max(1)));
        numbers.filter_map(|number| Day::from_days_since_epoch(number).ok()).collect()
    }
}

/// How contenders are held against the past. What is not given is the first contender's [`BackTestRule`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackTestOptions {
    /// The days on which is decided.
    pub days: DecisionDays,
    /// Within how many days of a decision a win counts for it; at least 1.
    pub horizon_days: Option<u16>,
    /// How much of the accounts, the latest, is held out, in percent.
    pub held_out_percent: Option<u8>,
    /// The last day of which outcomes are known; `None`: the last day on which an opportunity was created or closed, or a deal was closed.
    pub data_end: Option<Day>,
    /// The numbers of cases among which precision is counted, the best first.
    pub top: Vec<u64>,
}

impl BackTestOptions {
    /// On these days, everything else by the policy; precision among the best 10, 50 and 100 cases.
    pub fn on(days: DecisionDays) -> Self {
        Self { days, horizon_days: None, held_out_percent: None, data_end: None, top: Vec::from([10, 50, 100]) }
    }
}
