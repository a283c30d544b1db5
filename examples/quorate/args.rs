//! What may be asked on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use quorate::Day;

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
    /// Print the default policy, or check one
    Policy(PolicyArgs),
    /// Check a data set and print its intake summary
    Check(CheckArgs),
}

/// Where the data is and how to read it.
#[derive(Args, Debug)]
pub struct DataArgs {
    /// Directory with accounts.csv, contacts.csv, signals.csv and, if there are any, groups, members, ties, outcomes and dispositions
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
    /// One JSON object a line for each group, ordered by account, then group
    Jsonl,
    /// One row for each group, ordered by account, then group
    Csv,
}
