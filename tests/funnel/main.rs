//! Funnels and plans: laws with oracles in big rationals, and examples.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test stops at the first thing that is not so")]
#![allow(clippy::std_instead_of_core, clippy::std_instead_of_alloc, reason = "tests have std")]
#![allow(unreachable_pub, reason = "a test exports nothing; `pub` says what a module offers the others")]

mod campaigns;
mod feeds;
mod follow_ups;
mod funnels;
mod histories;
mod plans;
mod promises;
mod wilson;
mod world;
