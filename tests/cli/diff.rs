//! `quorate diff`: two policies, two days.

use serde_json::Value;

use crate::support::{DAY, Dir, Ran, repository, run};

/// The small data set with a policy under which a hand-raise lasts a day, and webinars are worth less.
fn data() -> Dir {
    let policy = run(&["policy"]).ends_with(0).out;
    let strict = policy.replace("\"within_days\": 30", "\"within_days\": 1").replace("quorate-default", "strict");
    Dir::small().with("strict.json", strict.replace("\"cap\": \"200\"", "\"cap\": \"150\"")).with("default.json", policy)
}

fn diff(dir: &Dir, more: &[&str]) -> Ran {
    run(&[&["diff", "--data", &dir.path()], more].concat())
}

#[test]
fn two_policies_say_who_changed_and_the_one_number_that_did_it() {
    let dir = data();
    let strict = dir.file("strict.json");
    let ran = diff(&dir, &["--with", &strict, "--as-of", DAY]).ends_with(0);
    for words in [
        "Acme AG",
        "QUALIFIED (asked)",
        "hand_raise.within_days 30 → 1 alone does it",
        "Of 2 groups, 1 changed and 1 kept its verdict (0 of those moved in points, readiness or stage)",
        "  1 group: hand_raise.within_days 30 → 1 alone does it",
        "The policies differ in 2 places:",
        "  person.cap 200 → 150",
    ] {
        assert!(ran.out.contains(words), "{words} is missing in\n{}", ran.out);
    }
    let ran = diff(&dir, &["--with", &strict, "--as-of", DAY, "--format", "jsonl"]).ends_with(0);
    let change: Value = serde_json::from_str(ran.out.trim_end()).expect("one object");
    assert_eq!(
        (&change["group_id"], &change["before"]["route"], &change["after"]["state"]),
        (&"acme".into(), &"hand_raise".into(), &"not_yet".into())
    );
    assert_eq!(change["cause"]["factors"][0]["path"], "hand_raise.within_days");
    assert!(ran.err.contains("Of 2 groups, 1 changed"), "{}", ran.err);
    let ran = diff(&dir, &["--with", &dir.file("default.json"), "--as-of", DAY]).ends_with(0);
    assert!(ran.out.contains("Of 2 groups, 0 changed and 2 kept their verdict") && ran.out.contains("differ in 0 places"), "{}", ran.out);
}

#[test]
fn two_days_say_what_moved_the_points() {
    let dir = data();
    let days = ["--from", "2025-05-05", "--to", "2025-06-05"];
    let ran = diff(&dir, &days).ends_with(0);
    let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["no request to talk counts any more", "by fading of old ones", "From 2025-05-05 to 2025-06-05"] {
        assert!(text.contains(words) || ran.out.contains(words), "{words} is missing in\n{}", ran.out);
    }
    let ran = diff(&dir, &[&days[..], &["--format", "csv"]].concat()).ends_with(0);
    let mut reader = csv::Reader::from_reader(ran.out.as_bytes());
    let header: Vec<String> = reader.headers().expect("a header").iter().map(String::from).collect();
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    let cell = |name: &str| rows[0][header.iter().position(|one| one == name).expect("a column")].to_owned();
    assert_eq!((rows.len(), cell("cause"), cell("paths")), (1, "alone".into(), "hand_raise".into()));
    assert_eq!((cell("gained"), cell("people")), ("0".into(), "0".into()));
    assert!(cell("faded").starts_with('-'), "{}", cell("faded"));
}

#[test]
fn half_a_question_is_refused() {
    let dir = data();
    let strict = dir.file("strict.json");
    for arguments in [
        &["--with", &strict][..],
        &["--as-of", DAY],
        &["--from", DAY],
        &["--to", DAY],
        &[],
        &["--with", &strict, "--as-of", DAY, "--from", DAY, "--to", DAY],
    ] {
        assert!(!diff(&dir, arguments).ends_with(2).err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn the_sample_portfolio_can_be_compared() {
    let ran = run(&["diff", "--data", &repository("examples/data"), "--from", "2025-04-05", "--to", "2025-05-05"]).ends_with(0);
    assert!(ran.out.contains("What made the difference"), "{}", ran.out);
}
