//! What may be asked about the way from interest to revenue.

use std::str::FromStr;

use clap::{Args, ValueEnum};
use quorate::{Day, Decimal, PlanRate, Rate, decimal_from_str};

use super::{DataArgs, ExplainFormat};

#[derive(Args, Debug)]
pub struct FunnelArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// The day; what happened later is not looked at
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Day,
    /// Tell only what came in from this day on [default: everything]; the history goes back to the first signal in any case
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

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("asked").required(true).multiple(true).args(["target", "bring"]))]
pub struct PlanArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// The day; what happened later is not looked at
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Day,
    /// The revenue to be reached
    #[arg(long, value_name = "AMOUNT", value_parser = decimal)]
    pub target: Option<Decimal>,
    /// What so many groups, or with --of so many of another stage, would bring
    #[arg(long, value_name = "NUMBER")]
    pub bring: Option<u64>,
    /// Of which stage they are
    #[arg(long, value_enum, requires = "bring", default_value_t = PlanStage::Qualified)]
    pub of: PlanStage,
    /// How much of the target is won already
    #[arg(long, value_name = "AMOUNT", value_parser = decimal, conflicts_with = "closed_since")]
    pub closed: Option<Decimal>,
    /// Take what was won from this day on as won already
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub closed_since: Option<Day>,
    /// How much of what is missing will be created and closed on the way, in percent
    #[arg(long, value_name = "PERCENT", value_parser = decimal, default_value = "0")]
    pub create_and_close: Decimal,
    /// Measure by what was closed from this day on [default: by everything]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub measured_since: Option<Day>,
    /// How many opportunities are won, as `20` percent or as counts `4238/6711` [default: measured]
    #[arg(long, value_name = "PERCENT|COUNTS", value_parser = rate)]
    pub win_rate: Option<PlanRate>,
    /// What an opportunity is worth [default: measured, the mean of those that were won]
    #[arg(long, value_name = "AMOUNT", value_parser = decimal)]
    pub average: Option<Decimal>,
    /// How many qualified groups come to an opportunity [default: measured by the history of the groups]
    #[arg(long, value_name = "PERCENT|COUNTS", value_parser = rate)]
    pub opportunity_rate: Option<PlanRate>,
    /// How many engaged groups come to be qualified [default: measured by the history of the groups]
    #[arg(long, value_name = "PERCENT|COUNTS", value_parser = rate)]
    pub qualified_rate: Option<PlanRate>,
    /// The currency, or `none` for amounts without one [default: that of the data, where there is but one]
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
    /// Decimals of amounts
    #[arg(long, value_name = "NUMBER", default_value_t = 2, value_parser = clap::value_parser!(u32).range(0..=4))]
    pub places: u32,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
}

/// A stage of which there may be so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PlanStage {
    Opportunity,
    Qualified,
    Engaged,
}

impl PlanStage {
    /// Its place in a plan, counted from the opportunity back.
    pub const fn place(self) -> usize {
        self as usize
    }

    pub const fn name(self) -> &'static str {
        ["opportunities", "qualified groups", "engaged groups"][self as usize]
    }

    pub const fn name_of_one(self) -> &'static str {
        ["opportunity", "qualified group", "engaged group"][self as usize]
    }
}

fn decimal(text: &str) -> Result<Decimal, String> {
    decimal_from_str(text, 4).map_err(|error| error.to_string())
}

fn rate(text: &str) -> Result<PlanRate, String> {
    let Some((count, of)) = text.split_once('/') else { return decimal(text).map(PlanRate::Given) };
    let wrong = || "write a percentage such as 12.5, or counts such as 30/100".to_owned();
    let (count, of) = (count.trim().parse().map_err(|_| wrong())?, of.trim().parse().map_err(|_| wrong())?);
    Rate::new(count, of).filter(|rate| rate.of() > 0).map(PlanRate::Measured).ok_or_else(|| format!("{count} of {of} is no rate"))
}

#[derive(Args, Debug)]
pub struct FollowUpArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// The day; what happened later is not looked at
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Day,
    /// Tell only what came in from this day on [default: everything]; the history goes back to the first signal in any case
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub begin: Option<Day>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
}

#[derive(Args, Debug)]
pub struct CampaignsArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// The day; what happened later is not looked at
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Day,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
}
