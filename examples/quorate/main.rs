//! Is this account ready to buy, who decides, and who is missing? From the CSV files of a CRM to the answer, on the command line.
//!
//! ```text
//! $ quorate assess --data examples/data --as-of 2025-05-05
//! $ quorate explain --data examples/data --as-of 2025-05-05 --account acme
//! $ quorate standing --data examples/data --from 2025-05-01 --to 2025-06-30
//! $ quorate diff --data examples/data --from 2025-04-05 --to 2025-05-05
//! $ quorate paths --data examples/data --as-of 2025-06-30 --account montalban
//! $ quorate org --data examples/data --as-of 2025-06-30 --account montalban
//! $ quorate family --data examples/data --as-of 2025-06-30
//! $ quorate attribute --data examples/data --as-of 2025-06-30
//! $ quorate attribute-paths --paths paths.csv
//! $ quorate funnel --data examples/data --as-of 2025-06-30
//! $ quorate followup --data examples/data --as-of 2025-06-30
//! $ quorate campaigns --data examples/data --as-of 2025-06-30
//! $ quorate plan --data examples/data --as-of 2025-06-30 --target 1000000
//! $ quorate backtest --data examples/history --horizon 180
//! $ quorate roles --titles titles.csv
//! $ quorate match --data examples/raw --leads examples/raw/leads.csv
//! $ quorate check --data examples/data
//! $ quorate policy
//! ```
//!
//! All I/O of the project is here; the library knows neither files nor clocks. The answer goes to stdout, everything else to stderr.

#![allow(unreachable_pub, reason = "a program exports nothing; `pub` says what a module offers the others")]
#![allow(clippy::std_instead_of_alloc, clippy::std_instead_of_core, reason = "a program has std")]

mod args;
mod assess;
mod attribute;
mod attribute_paths;
mod backtest;
mod campaigns;
mod check;
mod closing;
mod deal_rows;
mod diff;
mod exit;
mod explain;
mod family;
mod files;
mod followup;
mod funnel;
mod history;
mod leads;
mod load;
mod mapping;
mod matching;
mod network;
mod org;
mod paths;
mod plan;
mod policies;
mod policy;
mod progress;
mod ready;
mod roles;
mod rows;
mod show;
mod standing;
mod words;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};

fn main() -> ExitCode {
    exit::code(match &Cli::parse().command {
        Command::Assess(args) => assess::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Standing(args) => standing::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Paths(args) => paths::run(args),
        Command::Org(args) => org::run(args),
        Command::Family(args) => family::run(args),
        Command::Attribute(args) => attribute::run(args),
        Command::AttributePaths(args) => attribute_paths::run(args),
        Command::Funnel(args) => funnel::run(args),
        Command::Followup(args) => followup::run(args),
        Command::Campaigns(args) => campaigns::run(args),
        Command::Plan(args) => plan::run(args),
        Command::Backtest(args) => backtest::run(args),
        Command::Roles(args) => roles::run(args),
        Command::Match(args) => leads::run(args),
        Command::Policy(args) => policy::run(args),
        Command::Check(args) => check::run(args),
    })
}
