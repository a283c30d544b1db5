//! Which account and which contact a lead belongs to: laws with an oracle that scans all accounts, examples, and public data.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test stops at the first thing that is not so")]
#![allow(clippy::std_instead_of_core, clippy::std_instead_of_alloc, reason = "tests have std")]

mod addresses;
mod affiliations;
mod company_names;
mod documents;
mod examples;
mod laws;
mod oracle;
mod public_suffixes;
mod rules;
mod scan;
mod suggestions;
mod support;
mod world;
