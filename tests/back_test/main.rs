//! Back-tests: every figure against a plain count in big rationals, on drawn deals and drawn portfolios, and examples.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test stops at the first thing that is not so")]
#![allow(clippy::std_instead_of_core, clippy::std_instead_of_alloc, reason = "tests have std")]
#![allow(unreachable_pub, reason = "a test exports nothing; `pub` says what a module offers the others")]

mod deals;
mod draw;
mod examples;
mod oracle;
mod portfolios;
