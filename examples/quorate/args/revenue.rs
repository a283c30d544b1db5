//! What may be asked about the way from interest to revenue.

use std::str::FromStr;

use clap::Args;
use quorate::Day;

use super::{DataArgs, ExplainFormat};

#[derive(Args, Debug)]
pub struct FunnelArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// The day; what happened later is not looked at
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Day,
    /// The day on which the history of groups begins [default: that of the first signal]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub begin: Option<Day>,
    /// Break down by month, quarter or year of entry, or by an attribute: of groups policy, route, solution, industry, country or a custom
    /// attribute of the account; with --stage a column of the first stage's file
    #[arg(long, value_name = "NAME,NAME…", value_delimiter = ',')]
    pub by: Vec<String>,
    /// A stage of plain rows, instead of groups: the files of --data in which an id is dated. Stages in their order; the rows of the first
    /// one's file are the cases. With `:COLUMN=VALUE` only rows with that value came to it
    #[arg(long, value_name = "NAME=FILE:COLUMN[:COLUMN=VALUE]", requires = "id",
          conflicts_with_all = ["policy", "mapping", "rejects", "match_rules", "no_matching", "self_report_is_top", "begin"])]
    pub stage: Vec<StageSource>,
    /// The column that holds the id, in the files of all stages
    #[arg(long, value_name = "COLUMN", requires = "stage")]
    pub id: Option<String>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
}

/// Where the days of a stage stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageSource {
    pub name: String,
    pub file: String,
    pub column: String,
    /// A column, and what it must say.
    pub only: Option<(String, String)>,
}

impl FromStr for StageSource {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "write it as NAME=FILE:COLUMN or NAME=FILE:COLUMN:COLUMN=VALUE".to_owned();
        let (name, rest) = text.split_once('=').ok_or_else(wrong)?;
        let (file, rest) = rest.split_once(':').ok_or_else(wrong)?;
        let (column, only) = rest.split_once(':').map_or((rest, None), |(column, only)| (column, Some(only)));
        let only = only.map(|only| only.split_once('=').ok_or_else(wrong)).transpose()?;
        if [name, file, column].iter().any(|part| part.trim().is_empty()) {
            return Err(wrong());
        }
        let own = |text: &str| text.trim().to_owned();
        Ok(Self { name: own(name), file: own(file), column: own(column), only: only.map(|(column, value)| (own(column), own(value))) })
    }
}
