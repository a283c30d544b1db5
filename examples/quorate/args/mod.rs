//! What may be asked on the command line.

mod backtest;
mod credit;
mod lists;
mod network;
mod revenue;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use quorate::Day;

pub use backtest::{BackTestArgs, Every, RowSource};
pub use credit::{AttributeArgs, AttributePathsArgs, By};
pub use lists::{MatchArgs, RolesArgs};
pub use network::{FamilyArgs, OrgArgs, PathsArgs};
pub use revenue::{CampaignsArgs, FollowUpArgs, FunnelArgs, PlanArgs, StageSource};

/// Is this account ready to buy, who decides, and who is missing?
///
/// Exit codes: 0 all well, notes included · 1 findings (rows left out, problems of a policy or data set) · 2 bad use or bad input.
#[derive(Debug, Parser)]
#[command(name = "quorate", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Assess every account of a data set, the most ready first
    Assess(AssessArgs),
    /// Explain one group: its verdict, why, what it would take, whom to reach, and where every point comes from
    Explain(ExplainArgs),
    /// Go through a range of days: when each group came in, when it left, and why
    Standing(StandingArgs),
    /// Who changed between two policies or two days, and what made the difference
    Diff(DiffArgs),
    /// Who leads to those who decide, which lines are fragile, who would be missed; or the ways between people
    Paths(PathsArgs),
    /// Who reports to whom: the chart, the managers above somebody, or the nearest that some have in common
    Org(OrgArgs),
    /// Parents and subsidiaries: each by itself, those below it, and all together with people counted once
    Family(FamilyArgs),
    /// Who and what brought won deals about, to the cent, by the touches of all people of the group
    Attribute(AttributeArgs),
    /// The same over the channels of paths that somebody has counted
    AttributePaths(AttributePathsArgs),
    /// Who came how far and how fast, by stage and cohort: groups, the same people counted one by one, or rows of any files
    Funnel(FunnelArgs),
    /// How soon sales acted on every group that came into qualified, against what the policy promises, and what came of it
    Followup(FollowUpArgs),
    /// What became of every campaign's signals, whom it reached, which groups came of it, and what that cost
    Campaigns(CampaignsArgs),
    /// What it takes to reach a revenue: pipeline, opportunities, qualified and engaged groups; or what so many groups would bring
    Plan(PlanArgs),
    /// What policies would have said in the past, by what was known then, and what became of it, beside leads counted one by one
    Backtest(Box<BackTestArgs>),
    /// Titles in, seniority, function and role out, each with the words that say so
    Roles(RolesArgs),
    /// Leads in, their accounts and contacts out, with reasons; what is ambiguous or unmatched is said to be so
    Match(MatchArgs),
    /// Print the default policy, or check one
    Policy(PolicyArgs),
    /// Check a data set and print its intake summary
    Check(CheckArgs),
}

/// Where the data is and how to read it.
#[derive(Args, Debug)]
pub struct DataArgs {
    /// Directory with accounts.csv, contacts.csv, signals.csv and, if there are any, groups, members, ties, interactions, outcomes and
    /// dispositions
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Policy, or set of policies, to apply [default: the built-in one; see `quorate policy`]
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// How to read an export as it is: a mapping document, or the preset `salesforce` or `hubspot`
    #[arg(long, value_name = "FILE|PRESET")]
    pub mapping: Option<String>,
    /// Write every row that cannot be used to this file, unchanged, with the reason, and go on without it
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// How contacts and signals without an account are matched to one [default: the built-in rules]
    #[arg(long, value_name = "FILE", visible_alias = "rules")]
    pub match_rules: Option<PathBuf>,
    /// Match no contact and no signal: a contact without an account is a problem then, a signal known by e-mail alone is nobody's
    #[arg(long, conflicts_with = "match_rules")]
    pub no_matching: bool,
    /// Take a contact that reports to itself as one without a manager, and count it, instead of calling it a problem
    #[arg(long)]
    pub self_report_is_top: bool,
}

/// A name as it is between commas.
#[allow(clippy::unnecessary_wraps, reason = "the form of a parser of arguments")]
fn trimmed(text: &str) -> Result<String, std::convert::Infallible> {
    Ok(text.trim().to_owned())
}

/// How the ties of a day are made of interactions.
#[derive(Args, Clone, Copy, Debug)]
pub struct SinceArgs {
    /// Leave interactions before this day out, such as those of broken clocks, and count them
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub since: Option<Day>,
}

#[derive(Args, Debug)]
pub struct AssessArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// The day of the assessment; what happened later is not looked at
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Day,
    /// Only this account
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    #[command(flatten)]
    pub ties: SinceArgs,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

#[derive(Args, Debug)]
pub struct ExplainArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// The day of the assessment; what happened later is not looked at
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Day,
    #[command(flatten)]
    pub which: Which,
    #[command(flatten)]
    pub ties: SinceArgs,
    /// Show every way to qualify that was found and every line of the ledger, those that do not count included
    #[arg(long)]
    pub all: bool,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
}

/// The group to explain.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub struct Which {
    /// The best group of this account
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// This group
    #[arg(long, value_name = "ID")]
    pub group: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For reading
    Text,
    /// One JSON object
    Json,
}

#[derive(Args, Debug)]
pub struct StandingArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// The first day to show
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub from: Day,
    /// The last day to show
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub to: Day,
    /// The day on which the history begins, every group being out before it [default: that of the first signal, or --from if that is earlier]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub begin: Option<Day>,
    /// Only the groups of this account
    #[arg(long, value_name = "ID", conflicts_with = "group")]
    pub account: Option<String>,
    /// Only this group
    #[arg(long, value_name = "ID")]
    pub group: Option<String>,
    /// How to print the moves; in each form by day, then account, then group
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("other").required(true).args(["with", "to"]))]
pub struct DiffArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// Compare the policy with this one
    #[arg(long, value_name = "FILE", requires = "as_of")]
    pub with: Option<PathBuf>,
    /// The day on which two policies are compared
    #[arg(long, value_name = "YYYY-MM-DD", requires = "with", conflicts_with_all = ["from", "to"])]
    pub as_of: Option<Day>,
    /// Compare this day …
    #[arg(long, value_name = "YYYY-MM-DD", requires = "to")]
    pub from: Option<Day>,
    /// … with that one, by one policy
    #[arg(long, value_name = "YYYY-MM-DD", requires = "from")]
    pub to: Option<Day>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

#[derive(Args, Debug)]
pub struct PolicyArgs {
    /// Check this policy (or set of policies) instead of printing the default one
    #[arg(long, value_name = "FILE")]
    pub check: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct CheckArgs {
    #[command(flatten)]
    pub data: DataArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading
    Table,
    /// One JSON object a line for each group or move, ordered by account, then group, or for each title or lead, in their order
    Jsonl,
    /// One row for each group or move, ordered by account, then group, or for each title or lead, in their order
    Csv,
}
