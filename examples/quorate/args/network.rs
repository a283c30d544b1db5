//! What may be asked about lines between people and between accounts.

use clap::Args;
use quorate::Day;

use super::{DataArgs, ExplainFormat, SinceArgs, trimmed};

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("asked").required(true).args(["account", "group", "from"]))]
pub struct PathsArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// The day; what happened later is not looked at
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Day,
    /// The best group of this account: who leads to those who decide there
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// This group
    #[arg(long, value_name = "ID")]
    pub group: Option<String>,
    /// The ways from any of these contacts …
    #[arg(long, value_name = "ID,ID…", value_delimiter = ',', value_parser = trimmed, requires = "to")]
    pub from: Vec<String>,
    /// … to this one
    #[arg(long, value_name = "ID", requires = "from", conflicts_with_all = ["account", "group"])]
    pub to: Option<String>,
    /// How many ways between people are listed at most [default: what the policy says]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(1..=100), requires = "from", conflicts_with_all = ["account", "group"])]
    pub count: Option<u8>,
    #[command(flatten)]
    pub ties: SinceArgs,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
}

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("part").args(["account", "person", "common"]))]
pub struct OrgArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// The day; who has left is not there
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Day,
    /// Only the people of this account and of those below it, with the managers above them
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// The managers above this contact, up to the top, and who reports there
    #[arg(long, value_name = "ID")]
    pub person: Option<String>,
    /// The nearest manager that all of these contacts have above them
    #[arg(long, value_name = "ID,ID…", value_delimiter = ',', value_parser = trimmed)]
    pub common: Vec<String>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
}

#[derive(Args, Debug)]
pub struct FamilyArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// The day of the assessment; what happened later is not looked at
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Day,
    /// Only this account and those below it
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
}
