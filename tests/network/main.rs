//! Ways from person to person: laws with an oracle that tries every way, examples, and public data.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test stops at the first thing that is not so")]
#![allow(clippy::std_instead_of_core, clippy::std_instead_of_alloc, reason = "tests have std")]
#![allow(unreachable_pub, reason = "a test exports nothing; `pub` says what a module offers the others")]

mod chart;
mod connections;
mod enron;
mod examples;
mod group_laws;
mod krackhardt;
mod laws;
mod oracle;
mod policy;
mod strength;
mod support;
mod world;
