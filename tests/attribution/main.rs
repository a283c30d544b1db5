//! Credit for revenue: laws with oracles in exact rationals, examples, and public data with known answers.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test stops at the first thing that is not so")]
#![allow(clippy::std_instead_of_core, clippy::std_instead_of_alloc, reason = "tests have std")]
#![allow(unreachable_pub, reason = "a test exports nothing; `pub` says what a module offers the others")]

mod collect;
mod journey_laws;
mod known_paths;
mod oracle;
mod path_laws;
