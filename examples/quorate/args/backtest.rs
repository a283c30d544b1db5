//! What may be asked of the past.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use quorate::Day;

use super::{DataArgs, ExplainFormat};

#[derive(Args, Debug)]
pub struct BackTestArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// Hold this policy, or set of policies, against the same past; may be given several times
    #[arg(long, value_name = "FILE")]
    pub against: Vec<PathBuf>,
    /// The days on which is decided
    #[arg(long, value_enum, default_value_t = Every::Week, conflicts_with = "case")]
    pub every: Every,
    /// The first decision day [default: the first day of a signal]
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with = "case")]
    pub from: Option<Day>,
    /// The last decision day [default: the last one whose horizon lies within the data]
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with = "case")]
    pub to: Option<Day>,
    /// Within how many days of a decision a win counts for it [default: what the policy says]
    #[arg(long, value_name = "DAYS")]
    pub horizon: Option<u16>,
    /// How much of the accounts, the latest, is held out, in percent [default: what the policy says]
    #[arg(long, value_name = "PERCENT")]
    pub held_out: Option<u8>,
    /// The last day of which outcomes are known [default: the last day on which an opportunity was created or closed, or a case]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub data_end: Option<Day>,
    /// Precision among the best so many cases
    #[arg(long, value_name = "NUMBER,NUMBER…", value_delimiter = ',', default_value = "10,50,100")]
    pub top: Vec<u64>,
    /// Leave out the counting of leads one by one
    #[arg(long, conflicts_with = "case")]
    pub no_mql: bool,
    /// Cases from plain rows, instead of groups: a file of --data, the column of the day on which is decided, and what a column must say. All columns but
    /// those that say how a case ended are attributes that the policy may ask about, and nothing else is known
    #[arg(long, value_name = "FILE[:DAY][:COLUMN=VALUE]", requires_all = ["id", "won", "policy"],
          conflicts_with_all = ["mapping", "rejects", "match_rules", "no_matching", "self_report_is_top"])]
    pub case: Option<RowSource>,
    /// The rows of the cases that were won, with the day
    #[arg(long, value_name = "FILE[:DAY][:COLUMN=VALUE]", requires = "case")]
    pub won: Option<RowSource>,
    /// The rows of the cases that were lost; without it whatever was not won is taken as such
    #[arg(long, value_name = "FILE[:DAY][:COLUMN=VALUE]", requires = "case")]
    pub lost: Option<RowSource>,
    /// The column that holds the id, in all files
    #[arg(long, value_name = "COLUMN", requires = "case")]
    pub id: Option<String>,
    /// The column of the cases that names the account [default: each case is an account of its own]
    #[arg(long, value_name = "COLUMN", requires = "case")]
    pub account: Option<String>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
}

/// When is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Every {
    /// On each day
    Day,
    /// On the same weekday
    Week,
    /// On the day before each opportunity was created
    Opportunity,
}

/// Rows of a file: those with a value in a column, and where their day stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowSource {
    pub file: String,
    pub day: Option<String>,
    /// A column, and what it must say.
    pub only: Option<(String, String)>,
}

impl FromStr for RowSource {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.split(':').map(str::trim);
        let file = parts.next().filter(|file| !file.is_empty()).ok_or("a file is needed")?.to_owned();
        let mut source = Self { file, day: None, only: None };
        for part in parts {
            match part.split_once('=') {
                Some((column, value)) if source.only.is_none() && !column.trim().is_empty() => {
                    source.only = Some((column.trim().to_owned(), value.trim().to_owned()));
                }
                None if source.day.is_none() && source.only.is_none() && !part.is_empty() => source.day = Some(part.to_owned()),
                _ => return Err("write it as FILE, FILE:DAY, FILE:COLUMN=VALUE or FILE:DAY:COLUMN=VALUE".into()),
            }
        }
        Ok(source)
    }
}
