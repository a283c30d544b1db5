//! Defects that were found by attack. Most are mended; what is not is asserted as it is today, with a note, so that a mend shows.

use crate::support::{Files, Said, bad_rows, none_differs, run};

/// Whether any line that a run says about its input has these words.
fn says(ran: &crate::support::Ran, words: &str) -> bool {
    ran.err.lines().chain(ran.out.lines()).any(|line| line.contains(words))
}

#[test]
fn a_quote_that_is_not_closed_loses_no_rows() {
    for (file, content) in [
        // To the end of the file.
        ("accounts.csv", "account_id,parent_id,name\nacme,,A\nbeta,acme,B\ngamma,,\"Gamma\nx,,X\ny,,Y\n"),
        // To the next quote, which is an opening one.
        ("accounts.csv", "account_id,parent_id,name\nacme,,A\nbeta,acme,B\ngamma,,\"Gamma\nx,,X\ny,,\"Y\"\n"),
        ("dispositions.csv", "group_id,at,verdict,reason\nbeta,2025-01-01,rejected,\"no\nbeta,2025-01-02,accepted,\n"),
        ("groups.csv", "account_id,group_id\nacme,group-1\ngamma,\"x\n"),
        ("contacts.csv", "contact_id,account_id,name\nann,acme,\nbob,acme,\ncyd,beta,\ngus,gamma,\nx,acme,\"X"),
        ("signals.csv", "kind,at,contact_id\npage_view,2025-05-01,\"ann\n"),
    ] {
        let files = Files::good().with(file, content);
        let files = if file == "contacts.csv" { files.with("ties.csv", "from_id,to_id,kind,strength\n") } else { files };
        let ran = files.written().assess(&[]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{content:?}: {}", ran.err);
        assert!(says(&ran, "quote"), "{content:?}: {}", ran.err);
    }
}

#[test]
fn a_row_that_is_left_out_changes_nothing_for_the_others() {
    let line = Files::good().next_line("accounts.csv");
    none_differs(
        [
            ("100.0001", "value_out_of_range", "fit_score `100.0001` is outside 0..=100"),
            ("-0.5", "value_out_of_range", "fit_score `-0.5` is outside 0..=100"),
        ]
        .map(|(score, code, words)| {
            let files = Files::good().row("accounts.csv", &[("account_id", "x"), ("fit_score", score)]);
            (score.into(), bad_rows(&files, &[Said::new("accounts.csv", line, code, format!("column `fit_score`: {words}"))]))
        }),
    );
    let files = Files::good().row("accounts.csv", &[("account_id", "x"), ("fit_score", "50"), ("employees", "many")]);
    let words = "column `employees`: `many` is no whole number; write digits alone, such as `1200`";
    none_differs([("50".into(), bad_rows(&files, &[Said::new("accounts.csv", line, "not_a_whole_number", words)]))]);
}

#[test]
fn rejects_overwrite_nothing_that_is_an_input() {
    let costs = "campaign,amount,currency\nspring,10,EUR\n";
    let dir = Files::good().with("costs.csv", costs).with("interactions.csv", "from_id,to_id,at,kind\n").with("other.csv", costs).written();
    let policy = run(&["policy"]).out;
    dir.write("policy.json", &policy);
    dir.write("mapping.json", r#"{"schema":1,"name":"m","files":{}}"#);
    for file in ["policy.json", "mapping.json", "costs.csv", "interactions.csv"] {
        let (path, before) = (dir.file(file), dir.read(file));
        let ran = dir.assess(&["--policy", &dir.file("policy.json"), "--mapping", &dir.file("mapping.json"), "--rejects", &path]);
        assert_eq!(dir.read(file), before, "{file} is overwritten");
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{file}: {}", ran.err);
    }
}

#[test]
fn rejects_are_not_named_like_a_file_of_the_data_set() {
    let dir = Files::good().without("ties.csv").written();
    assert_eq!(dir.assess(&["--rejects", &dir.file("ties.csv")]).code, 2);
    assert_eq!(dir.assess(&[]).code, 0);
}

#[test]
fn a_limit_that_is_passed_is_said_alone() {
    // Known: it hides the other problems of the data set, which come once it is mended.
    let kinds: String = (0..4_097).map(|i| format!("kind-{i},2025-05-01,ann\n")).collect();
    let files = Files::good()
        .row("accounts.csv", &[("account_id", "acme")])
        .with("signals.csv", format!("kind,at,contact_id\npage_view,never,ann\n{kinds}"));
    let ran = files.written().assess(&[]);
    assert_eq!(ran.code, 2);
    assert!(says(&ran, "a tally holds at most 4095"), "{}", ran.err);
    assert!(!says(&ran, "is there already"), "mended: {}", ran.err);
}

#[test]
fn a_cell_of_a_hundred_thousand_unknown_roles_is_told_whole() {
    let roles: Vec<String> = (0..100_000).map(|i| format!("r{i}")).collect();
    let dir = Files::good().row("contacts.csv", &[("contact_id", "x"), ("account_id", "acme"), ("roles", &roles.join(";"))]).written();
    let ran = dir.check(&["--rejects", &dir.file("rejects.out")]);
    assert!(ran.code == 1 && ran.out.contains("100,000 problems in 1 row"), "{}", ran.out.lines().last().unwrap_or(""));
}

#[test]
fn a_mapping_of_a_hundred_thousand_values_is_told_whole() {
    let values: Vec<String> = (0..100_000).map(|i| format!("\"k{i}\":\"page_view\"")).collect();
    let dir = Files::good().written();
    let columns = r#""columns":{"kind":"kind","at":"at","contact_id":"contact_id"}"#;
    let mapping = format!(
        r#"{{"schema":1,"name":"m","files":{{"signals":[{{"file":"signals.csv",{columns},"lenient":true,"values":{{"kind":{{{}}}}}}}]}}}}"#,
        values.join(",")
    );
    dir.write("m.json", mapping);
    // Signals of accounts alone are nobody's under this mapping, which is found; the mapping itself is all right.
    let ran = dir.check(&["--mapping", &dir.file("m.json")]);
    assert!(ran.code == 1 && !says(&ran, "m.json"), "{}", ran.err);
}

#[test]
fn a_disposition_of_a_left_out_account_is_left_out_with_it() {
    let files = Files::good()
        .row("accounts.csv", &[("account_id", "top"), ("employees", "many")])
        .row("dispositions.csv", &[("group_id", "top"), ("at", "2025-01-01"), ("verdict", "accepted")]);
    none_differs([(
        "default group".into(),
        bad_rows(
            &files,
            &[
                Said::new(
                    "accounts.csv",
                    5,
                    "not_a_whole_number",
                    "column `employees`: `many` is no whole number; write digits alone, such as `1200`",
                ),
                Said::new("dispositions.csv", 4, "unusable_reference", "column `group_id`: account `top` could not be used itself"),
            ],
        ),
    )]);
}

#[test]
fn a_number_that_is_too_great_is_said_to_be_too_great() {
    let account = |column: &'static str, value: &'static str| ("accounts.csv", vec![("account_id", "x"), (column, value)]);
    for (file, cells) in [
        account("employees", "18446744073709551616"),
        account("revenue", "99999999999999999999999999999999"),
        account("fit_score", "99999999999999999999999999999999"),
        ("ties.csv", vec![("from_id", "ann"), ("to_id", "bob"), ("kind", "knows"), ("strength", "18446744073709551617")]),
        (
            "outcomes.csv",
            vec![
                ("opportunity_id", "x"),
                ("account_id", "acme"),
                ("created_at", "2025-01-01"),
                ("amount", "-99999999999999999999999999999999"),
            ],
        ),
    ] {
        let ran = Files::good().row(file, &cells).written().assess(&[]);
        assert_eq!(ran.code, 2);
        assert!(!says(&ran, "is no "), "{}", ran.err);
    }
}

#[test]
fn lines_that_end_with_a_carriage_return_alone_are_one_line() {
    // Known: such files (of programs before 2001) are read right, but every problem is said to be on line 1.
    let ran = Files::good().with("accounts.csv", "account_id,employees\racme,1\rbeta,2\rgamma,3\rx,many\r").written().check(&[]);
    assert!(ran.out.starts_with("accounts.csv:1: "), "{}", ran.out);
}

#[test]
fn the_first_problem_of_a_cell_is_said() {
    // Known: the second, `coach` given twice, comes once the first is mended.
    let files = Files::good().row("contacts.csv", &[("contact_id", "x"), ("account_id", "acme"), ("roles", "chmpion;coach;coach")]);
    let ran = files.written().assess(&[]);
    assert!(says(&ran, "unknown role `chmpion`") && !says(&ran, "given twice"), "{}", ran.err);
}

#[test]
fn names_of_columns_cannot_steer_a_terminal() {
    // The nearest column that there is; then what a mapping names.
    let dir = Files::good().with("ties.csv", "from_id,to_i\u{1b},kind,strength\n").written();
    dir.write("m.json", r#"{"schema":1,"name":"m","files":{"accounts":[{"file":"accounts.csv","columns":{"account_id":"account_id","name":"\u001b[2J"}}]}}"#);
    dir.write("n.json", r#"{"schema":1,"name":"m","files":{"accounts":[{"file":"\u001b[2J","columns":{"account_id":"account_id"}}]}}"#);
    for ran in [dir.assess(&[]), dir.assess(&["--mapping", &dir.file("m.json")]), dir.assess(&["--mapping", &dir.file("n.json")])] {
        assert_eq!(ran.code, 2);
        assert!(!ran.err.contains(|letter: char| letter.is_control() && letter != '\n'), "{:?}", ran.err);
    }
}
