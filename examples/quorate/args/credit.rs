//! What may be asked about credit for revenue.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use quorate::{Day, Grouping};

use super::{DataArgs, ExplainFormat, trimmed};

#[derive(Args, Debug)]
pub struct AttributeArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// The day; deals that were closed later are not looked at
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Day,
    /// Models of the policy, each beside the others, or `all` [default: the one that the policy names]
    #[arg(long, value_name = "NAME,NAME…", value_delimiter = ',', value_parser = trimmed)]
    pub model: Vec<String>,
    /// By what credit is put together
    #[arg(long, value_enum, default_value_t = By::Channel)]
    pub by: By,
    /// Count each touch as much as the role of its person weighs [default: as the policy says]
    #[arg(long)]
    pub role_weighted: bool,
    /// Every deal, touch by touch, as well; for one model
    #[arg(long)]
    pub touches: bool,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
}

#[derive(Args, Debug)]
pub struct AttributePathsArgs {
    /// CSV file of counted paths, with the columns path, conversions, value and nulls, of which the last two may be missing; a blank value or number of nulls is 0
    #[arg(long, value_name = "FILE")]
    pub paths: PathBuf,
    /// What stands between the channels of a path
    #[arg(long, value_name = "TEXT", default_value = ">", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub separator: String,
    /// Other names of these columns
    #[arg(long, value_name = "NAME=COLUMN,…", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Policy whose models are asked [default: the built-in one; see `quorate policy`]
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Models of the policy, each beside the others, or `all` [default: all that need no times and can be asked about so many channels]
    #[arg(long, value_name = "NAME,NAME…", value_delimiter = ',', value_parser = trimmed)]
    pub model: Vec<String>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
}

/// By what credit is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// The channel of the kind
    Channel,
    /// The campaign
    Campaign,
    /// The kind of signal
    Kind,
    /// The person
    Person,
    /// The heaviest role of the person
    Role,
}

impl By {
    pub const fn grouping(self) -> Grouping {
        match self {
            Self::Channel => Grouping::Channel,
            Self::Campaign => Grouping::Campaign,
            Self::Kind => Grouping::Kind,
            Self::Person => Grouping::Person,
            Self::Role => Grouping::Role,
        }
    }
}
