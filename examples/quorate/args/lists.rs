//! What may be asked about lists: of titles, and of leads.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;

use super::{DataArgs, Format};
use crate::files::Table;
use crate::words::did_you_mean;

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("whence").required(true).args(["titles", "data"]))]
pub struct RolesArgs {
    /// CSV file with a column of titles, `-` for what comes in; its columns are carried through
    #[arg(long, value_name = "FILE|-")]
    pub titles: Option<PathBuf>,
    /// The column of titles
    #[arg(long, value_name = "NAME", requires = "titles")]
    pub column: Option<String>,
    /// Directory with contacts.csv, instead of a file of titles
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// How to read an export as it is: a mapping document, or the preset `salesforce` or `hubspot`
    #[arg(long, value_name = "FILE|PRESET", requires = "data")]
    pub mapping: Option<String>,
    /// Policy whose rules for titles apply [default: the built-in one; see `quorate policy`]
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Template of the policy whose own rules for titles apply first: which role a title has depends on what is sold
    #[arg(long, value_name = "NAME")]
    pub template: Option<String>,
    /// Write every row that cannot be read to this file, unchanged, with the reason, and go on without it
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

#[derive(Args, Debug)]
pub struct MatchArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// CSV file of leads, `-` for what comes in, with at least one of the columns `account_id`, `contact_id`, `email`, `domain`,
    /// `company`, `name`; `country` helps; all columns are carried through
    #[arg(long, value_name = "FILE|-")]
    pub leads: PathBuf,
    /// What a column of the leads is called there, such as `email=E-Mail`; may be given several times
    #[arg(long, value_name = "COLUMN=NAME")]
    pub column: Vec<LeadColumn>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

/// A column of the leads and what it is called in their file.
#[derive(Clone, Debug)]
pub struct LeadColumn {
    pub column: &'static str,
    pub own: String,
}

impl FromStr for LeadColumn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names: Vec<&'static str> = Table::Leads.columns().iter().map(|column| column.name).collect();
        let (column, own) = text.split_once('=').ok_or("write COLUMN=NAME, such as `email=E-Mail`")?;
        let (column, own) = (column.trim(), own.trim());
        let Some(column) = names.iter().find(|name| **name == column) else {
            let hint = did_you_mean(column, names.iter().copied());
            return Err(format!("leads have no column `{column}`{hint}; there are {}", names.join(", ")));
        };
        if own.is_empty() { Err(format!("`{column}` is to be read from no column")) } else { Ok(Self { column, own: own.into() }) }
    }
}
