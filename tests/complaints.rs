//! What buyers of scoring tools complain about most, each complaint answered by a small case that anybody can check by hand.

#![allow(missing_docs, clippy::unwrap_used, reason = "a test's name says what it holds, and it stops at the first thing that is not so")]

#[path = "complaints/against_us.rs"]
mod against_us;
#[path = "complaints/sums.rs"]
mod sums;
#[path = "complaints/support.rs"]
mod support;
#[path = "complaints/twice.rs"]
mod twice;
#[path = "complaints/unknown.rs"]
mod unknown;
#[path = "complaints/why.rs"]
mod why;
