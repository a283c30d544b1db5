//! The command-line example, run as people run it: arguments and files in, text and an exit code out.

#![allow(clippy::expect_used, reason = "a test that cannot run has failed")]
#![allow(clippy::std_instead_of_core, clippy::std_instead_of_alloc, reason = "a test has std")]
#![allow(clippy::format_collect, reason = "files written for a test are short")]

#[path = "cli/acme.rs"]
mod acme;
#[path = "cli/backtest.rs"]
mod backtest;
#[path = "cli/campaigns.rs"]
mod campaigns;
#[path = "cli/commands.rs"]
mod commands;
#[path = "cli/connections.rs"]
mod connections;
#[path = "cli/credit.rs"]
mod credit;
#[path = "cli/defects.rs"]
mod defects;
#[path = "cli/diff.rs"]
mod diff;
#[path = "cli/explained.rs"]
mod explained;
#[path = "cli/family.rs"]
mod family;
#[path = "cli/filed.rs"]
mod filed;
#[path = "cli/funnel.rs"]
mod funnel;
#[path = "cli/leads.rs"]
mod leads;
#[path = "cli/mapped.rs"]
mod mapped;
#[path = "cli/mutated.rs"]
mod mutated;
#[path = "cli/network.rs"]
mod network;
#[path = "cli/network_data.rs"]
mod network_data;
#[path = "cli/org.rs"]
mod org;
#[path = "cli/raw.rs"]
mod raw;
#[path = "cli/reading.rs"]
mod reading;
#[path = "cli/rejected.rs"]
mod rejected;
#[path = "cli/roles.rs"]
mod roles;
#[path = "cli/standing.rs"]
mod standing;
#[path = "cli/support.rs"]
mod support;
