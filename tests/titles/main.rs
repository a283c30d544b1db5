//! Titles.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first thing that is not so")]
use quorate::{TitleReader, TitleRules};
#[test]
fn the_built_in_rules_are_valid() {
    let rules = TitleRules::built_in();
    if let Err(problems) = TitleReader::new(&rules) {
        for p in &problems {
            eprintln!("{p}");
        }
        panic!();
    }
    for _ in 0..3 {
        let now = std::time::Instant::now();
        let reader = TitleReader::built_in();
        eprintln!("{:?}", now.elapsed());
        let now = std::time::Instant::now();
        for _ in 0..1000 {
            std::hint::black_box(reader.read("VP, Engineering & Product"));
        }
        eprintln!("{:?}", now.elapsed() / 1000);
    }
}
