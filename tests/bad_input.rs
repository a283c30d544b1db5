//! Bad input, one row for each defect: a clear error, nothing lost, never a partial result that looks whole.
//!
//! Each row of a table is run four ways, see `support::bad_rows`: without `--rejects` the run says every problem and ends with 2; `check` says
//! the same; with `--rejects` the bad rows are written as they were, and the answer is byte for byte that of the data without them.

#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::format_collect,
    clippy::too_many_lines,
    clippy::std_instead_of_alloc,
    clippy::std_instead_of_core,
    reason = "a test program, with std, made of tables"
)]

#[path = "bad_input/documents.rs"]
mod documents;
#[path = "bad_input/encodings.rs"]
mod encodings;
#[path = "bad_input/events.rs"]
mod events;
#[path = "bad_input/limits.rs"]
mod limits;
#[path = "bad_input/open.rs"]
mod open;
#[path = "bad_input/rows.rs"]
mod rows;
#[path = "bad_input/sets.rs"]
mod sets;
#[path = "bad_input/support.rs"]
mod support;
