//! The command-line example, run as people run it: arguments and files in, text and an exit code out.

#[path = "cli/commands.rs"]
mod commands;
#[path = "cli/defects.rs"]
mod defects;
#[path = "cli/mapped.rs"]
mod mapped;
#[path = "cli/mutated.rs"]
mod mutated;
#[path = "cli/reading.rs"]
mod reading;
#[path = "cli/rejected.rs"]
mod rejected;
#[path = "cli/support.rs"]
mod support;
