//! Limits are errors at intake, never a wrap.

use quorate::{Signal, SignalTally};

use crate::support::Files;

fn signals(rows: impl Iterator<Item = String>) -> Files {
    Files::good().with("signals.csv", format!("kind,at,contact_id,solution\n{}", rows.collect::<String>()))
}

fn refused(files: &Files, said: &str) {
    let dir = files.written();
    for ran in [dir.check(&[]), dir.assess(&[]), dir.assess(&["--rejects", &dir.file("rejects.out")])] {
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (2, "", format!("error: {said}\n").as_str()));
    }
}

#[test]
fn more_kinds_than_a_tally_holds() {
    let kinds = |n: usize| signals((0..n).map(|i| format!("kind-{i},2025-05-01,ann,\n")));
    assert_eq!(kinds(4_095).written().assess(&[]).code, 0);
    refused(
        &kinds(4_096),
        "signals.csv: a limit is passed by line 4097: `kind-4095` would be kind number 4096; a tally holds at most 4095",
    );
}

#[test]
fn more_solutions_than_a_tally_holds() {
    let solutions = |n: usize| signals((0..n).map(|i| format!("page_view,2025-05-01,ann,s{i}\n")));
    assert_eq!(solutions(8_190).written().assess(&[]).code, 0);
    refused(
        &solutions(8_191),
        "signals.csv: a limit is passed by line 8192: `s8190` would be solution number 8191; a tally holds at most 8190",
    );
}

#[test]
fn more_signals_of_a_day_than_a_count_holds() {
    let most = SignalTally::COUNT_MAX;
    assert_eq!(most, 2_097_151);
    let one = Signal::of_contact("ann", "page_view", "2025-05-01".parse().expect("a day")).expect("a signal");
    // Doubled twenty times: 2^20; and all the halves below: 2^21 - 1.
    let mut part = SignalTally::from_signals([&one]).expect("one fits");
    let mut full = part.clone();
    for _ in 0..20 {
        let same = part.clone();
        part.merge(&same).expect("it fits");
        full.merge(&part).expect("it fits");
    }
    assert_eq!(full.signals(), u64::from(most));
    let said = "`ann` has more than 2097151 signals of kind `page_view` on 2025-05-01";
    let (before, mut over) = (full.to_json(), full.clone());
    assert_eq!(over.record(&one).expect_err("it is full").to_string(), said);
    let again = full.clone();
    for more in [&again, &part, &SignalTally::from_signals([&one]).expect("one fits")] {
        assert_eq!(over.merge(more).expect_err("it is full").to_string(), said);
        assert_eq!(over.to_json(), before, "what is refused changes nothing");
    }
    // Another day, kind, solution or mark has room.
    let other = Signal::of_contact("ann", "page_view", "2025-05-02".parse().expect("a day")).expect("a signal");
    over.record(&other).expect("there is room");
    // The same by document.
    let document =
        |count: u32| format!(r#"{{"schema":1,"contacts":[{{"id":"ann","counts":[{{"kind":"k","days":{{"2025-05-01":{count}}}}}]}}]}}"#);
    assert!(SignalTally::from_json(&document(most)).is_ok());
    let problems = SignalTally::from_json(&document(most + 1)).expect_err("it is too much");
    assert_eq!(problems.to_string(), "contacts[0].counts[0].days.2025-05-01: `2097152` is outside 1..=2097151");
}

#[test]
fn more_names_than_a_tally_holds_by_merging_or_document() {
    let tally = |what: &str, from: usize, to: usize| {
        let rows = (from..to).map(|i| {
            let (kind, solution) = if what == "kind" { (format!("k{i}"), None) } else { ("k".into(), Some(format!("s{i}"))) };
            let signal = Signal::of_contact("ann", &kind, "2025-05-01".parse().expect("a day")).expect("a signal");
            Signal { solution: solution.map(|name| name.parse().expect("a name")), ..signal }
        });
        let rows: Vec<Signal> = rows.collect();
        SignalTally::from_signals(&rows)
    };
    for (what, most) in [("kind", 4_095), ("solution", 8_190)] {
        let letter = &what[..1];
        let said = format!("`{letter}{most}` would be {what} number {}; a tally holds at most {most}", most + 1);
        let mut full = tally(what, 0, most).expect("it fits");
        let before = full.to_json();
        full.merge(&tally(what, 5, 50).expect("it fits")).expect("nothing new");
        let mut full = tally(what, 0, most).expect("it fits");
        assert_eq!(full.merge(&tally(what, most, most + 1).expect("it fits")).expect_err("it is full").to_string(), said);
        assert_eq!(full.to_json(), before, "what is refused changes nothing");
        assert_eq!(tally(what, 0, most + 1).expect_err("it is too much").to_string(), said);
        let text = before.replacen(&format!("\"{letter}0\""), "\"other\"", 1);
        assert!(SignalTally::from_json(&text).is_ok());
    }
}
