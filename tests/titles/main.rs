//! Titles.
#![allow(clippy::std_instead_of_alloc, clippy::std_instead_of_core, reason = "tests have the standard library")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first thing that is not so")]

mod examples;
mod exports;
mod fields;
mod languages;
mod laws;
mod onet;
mod oracle;
mod problems;
mod unsupported;

use std::io::Write as _;
use std::path::PathBuf;

use quorate::{TitleReader, TitleRules};

/// A folder of the public data, or `None`, said loudly, when `QUORATE_DATA` does not say where it is.
fn data_folder(name: &str) -> Option<PathBuf> {
    let Some(shared) = std::env::var_os("QUORATE_DATA") else {
        // Past the harness, so that it is seen although the test passes.
        let _ = writeln!(std::io::stderr(), "SKIPPED: QUORATE_DATA is not set; it names the directory that holds {name}");
        return None;
    };
    Some(PathBuf::from(shared).join(name))
}

#[test]
fn the_built_in_rules_are_valid() {
    let rules = TitleRules::built_in();
    if let Err(problems) = TitleReader::new(&rules) {
        panic!("{problems}");
    }
}
