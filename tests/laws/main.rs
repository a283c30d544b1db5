//! The laws: the executable specification of quorate.
//!
//! Each test named as a sentence is a law of the specification. The oracle computes everything a second time, in exact rationals
//! and without sharing code with the library; the strategies draw small portfolios that are full of edge cases.

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    missing_docs,
    reason = "the oracle and the strategies are kept whole, whichever law uses what"
)]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a law stops at the first thing that is not so")]
#![allow(clippy::std_instead_of_core, clippy::std_instead_of_alloc, clippy::must_use_candidate, reason = "tests have std")]
#![allow(clippy::missing_panics_doc, clippy::needless_pass_by_value, clippy::too_many_lines)]

mod accounts;
mod advice;
mod bridge;
mod campaigns;
mod compare;
mod current;
mod exact;
mod explain;
mod findings;
mod fit;
mod golden;
mod golden_library;
mod holds;
mod monotone;
mod oracle;
mod patch;
mod promises;
mod replay;
mod rows;
mod standing;
mod standing_examples;
mod strategies;
mod vary;
mod warnings;
mod world;
