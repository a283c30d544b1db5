//! What is said of contenders that were held against the past.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::look::Score;
use crate::day::Day;
use crate::exact::{Proportion, Ratio};
use crate::funnel::{Interval, Rate, Spans};
use crate::policy::{PolicyLabel, RankBy};

/// Contenders held against the past, on the same cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BackTest {
    /// Within how many days of a decision a win counts for it.
    pub horizon_days: u16,
    /// The last day of which outcomes are known; `None`: of deals of which no day is known.
    pub data_end: Option<Day>,
    /// How much of the accounts is held out, in percent.
    pub held_out_percent: u8,
    /// The accounts with cases.
    pub accounts: u64,
    /// Those held out: the latest by the day of their last case, then by id.
    pub held_out_accounts: u64,
    /// The cases.
    pub cases: u64,
    /// Distinct things that cases were won of: opportunities, deals, or on the days of a calendar groups.
    pub won: u64,
    /// Distinct things of which no case was won.
    pub not_won: u64,
    /// What is no case, and why.
    pub left_out: LeftOut,
    /// What a reader should know before believing anything.
    pub warnings: Vec<BackTestWarning>,
    /// What is said of each contender, in the order given.
    pub contenders: Vec<ContenderResult>,
}

/// Decisions that are no cases, by the first reason that applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// Their horizon ends after the data.
    pub censored: u64,
    /// Nothing was known of the account yet.
    pub not_yet_known: u64,
    /// Sales was at the group already: an opportunity was open on the day.
    pub in_sales_motion: u64,
    /// Deals that were won or lost before it was decided: there was nothing left to decide, or it is a slip in the data.
    pub closed_before: u64,
    /// Deals of unknown day of which nothing has become yet.
    pub undated_open: u64,
}

/// What a reader should know before believing anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BackTestWarning {
    /// Who belongs to groups, in which roles, is taken as it is today wherever it is not said from when on it was known: it may have been entered
    /// afterwards, by those who knew how it ended.
    GraphAsOfToday {
        /// Contacts and rows of members without a day.
        without: u64,
        /// All of them.
        of: u64,
    },
    /// Facts or exclusions of accounts, which rules ask about, are taken as they are today.
    FactsAsOfToday,
    /// The accounts held out have decision days in common with the others: nothing is said of how it goes on.
    SameDays,
    /// There are fewer than 100 cases of a sort.
    FewCases {
        /// Distinct cases that were won.
        won: u64,
        /// Those that were not.
        not_won: u64,
    },
    /// A group is a case on many days, which intervals treat as if they were independent: they are too narrow.
    CasesOfOneGroup,
}

impl BackTestWarning {
    /// The token of documents.
    pub const fn token(&self) -> &'static str {
        match self {
            Self::GraphAsOfToday { .. } => "graph_as_of_today",
            Self::FactsAsOfToday => "facts_as_of_today",
            Self::SameDays => "same_days",
            Self::FewCases { .. } => "few_cases",
            Self::CasesOfOneGroup => "cases_of_one_group",
        }
    }
}

impl Serialize for BackTestWarning {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("warning", self.token())?;
        match self {
            Self::GraphAsOfToday { without, of } => {
                map.serialize_entry("without", without)?;
                map.serialize_entry("of", of)?;
            }
            Self::FewCases { won, not_won } => {
                map.serialize_entry("won", won)?;
                map.serialize_entry("not_won", not_won)?;
            }
            Self::FactsAsOfToday | Self::SameDays | Self::CasesOfOneGroup => {}
        }
        map.serialize_entry("message", &alloc::format!("{self}"))?;
        map.end()
    }
}

/// What is said of a contender.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContenderResult {
    /// Its name.
    pub name: String,
    /// Its policies.
    pub policies: Vec<Arc<PolicyLabel>>,
    /// By what it ranks cases; `None`: by the points of the best lead.
    pub rank_by: Option<RankBy>,
    /// The accounts that were not held out.
    pub earlier: BackTestPart,
    /// The accounts that were held out.
    pub held_out: BackTestPart,
    /// What it would have given sales to do, over all accounts.
    pub workload: Workload,
    /// Whether it knows better than chance, by those held out.
    pub verdict: BackTestVerdict,
}

impl Serialize for ContenderResult {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("policies", &self.policies.iter().map(|label| &**label).collect::<Vec<_>>())?;
        map.serialize_entry("rank_by", self.rank_by.map_or("best_lead", RankBy::token))?;
        map.serialize_entry("verdict", self.verdict.token())?;
        map.serialize_entry("message", &alloc::format!("{self}"))?;
        map.serialize_entry("workload", &self.workload)?;
        map.serialize_entry("held_out", &self.held_out)?;
        map.serialize_entry("earlier", &self.earlier)?;
        map.end()
    }
}

/// Whether a contender knows better than chance what is won: the Wilson 95 % interval of [`BackTestPart::first_flagged`], in which everything flagged counts
/// once, against the share that is won of all cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BackTestVerdict {
    /// The interval lies above that share.
    Better,
    /// The share lies within the interval.
    NoBetter,
    /// The interval lies below that share: what it passes over is won more often.
    Worse,
    /// It flags nothing.
    FlagsNothing,
    /// It flags fewer than ten different things, of which one or two more would say the opposite.
    FlagsTooFew,
    /// It flags everything, which is what chance does, too.
    FlagsEverything,
    /// There is nothing to be right about: nothing was won, or everything, or there are no cases.
    NothingToTell,
}

impl BackTestVerdict {
    /// The token of documents.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Better => "better_than_chance",
            Self::NoBetter => "no_better_than_chance",
            Self::Worse => "worse_than_chance",
            Self::FlagsNothing => "flags_nothing",
            Self::FlagsTooFew => "flags_too_few",
            Self::FlagsEverything => "flags_everything",
            Self::NothingToTell => "nothing_to_tell",
        }
    }
}

/// What a contender said of the cases of some accounts, and what became of them. Rates come with Wilson 95 % intervals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BackTestPart {
    /// The first decision day of a case, if any is known.
    pub first_day: Option<Day>,
    /// The last one.
    pub last_day: Option<Day>,
    /// How many cases were won: what chance would find.
    pub won: Rate,
    /// How many were flagged.
    pub flagged: Rate,
    /// How many of those flagged were won.
    pub precision: Rate,
    /// Of the distinct things that were flagged (opportunities, deals, or on the days of a calendar groups), each taken once, by its first flagged case: how many
    /// were won. These are independent of each other where cases of one group are not.
    pub first_flagged: Rate,
    /// How many of the others were won.
    pub passed_over: Rate,
    /// How many of those won were flagged.
    pub recall: Rate,
    /// Precision through the share that was won of all, rounded half to even to 4 decimals; `None` where either is of none.
    pub lift: Option<Ratio>,
    /// How often a case that was won ranks before one that was not, ties counting half; `None` where there is no such pair.
    pub auc: Option<Proportion>,
    /// Precision among the best.
    pub top: Vec<TopPrecision>,
    /// Whether it reaches the bar that `MadKudu` sets for scores.
    pub quality_bar: QualityBar,
    /// What it would have given sales to do.
    pub workload: Workload,
    /// How many of the opportunities that came of cases and were won in time were flagged beforehand. On the days of a calendar only.
    pub opportunities: Rate,
    /// How many days before it was created each of those was flagged first.
    pub lead_days: Spans,
    /// What would be flagged from a score on: at every twentieth of the earlier cases.
    pub sweep: Vec<SweepRow>,
}

/// How many were won among the best so many cases. Cases that tie for the last places share them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TopPrecision {
    /// How many cases.
    pub top: u64,
    /// How many of them were won, rounded half to even once.
    pub precision: Proportion,
    /// The Wilson interval, where no tie is cut.
    pub interval: Option<Interval>,
}

/// The bar that `MadKudu` sets for scores: 15 to 35 % flagged, 60 % of what is won among them, and the best fifth won ten times as often as the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct QualityBar {
    /// 15 to 35 % of the cases are flagged.
    pub flagged: bool,
    /// At least 60 % of those won were.
    pub recall: bool,
    /// Of the best fifth at least ten times as many are won as of the last, and any.
    pub fifths: bool,
    /// How many of the best fifth of the cases were won; `None` of none.
    pub best_fifth: Option<Proportion>,
    /// How many of the last fifth.
    pub last_fifth: Option<Proportion>,
}

/// What a contender would have given sales to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Workload {
    /// Distinct decision days with cases.
    pub days: u64,
    /// Distinct things flagged: opportunities, deals, or on the days of a calendar groups.
    pub flagged: u64,
    /// How often anything was flagged that was not on its decision day before.
    pub entries: u64,
    /// The most that was flagged on one day.
    pub most_on_a_day: u64,
    /// Flagged cases through days, rounded half to even to 4 decimals; `None` without days.
    pub mean_on_a_day: Option<Ratio>,
    /// People at or above the threshold, added up over the cases, where leads are counted one by one: a person counts on each day again.
    pub leads: u64,
}

/// What would be flagged from a score on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SweepRow {
    /// The score.
    pub at_least: Score,
    /// How many cases have it.
    pub flagged: Rate,
    /// How many of those were won.
    pub precision: Rate,
    /// How many of those won have it.
    pub recall: Rate,
    /// Precision through the share that was won of all.
    pub lift: Option<Ratio>,
}
