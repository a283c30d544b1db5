//! Defects that lie in several rows or files: circles, what stands on a bad row, many at once; and what is no defect at all.

use crate::support::{DAY, Files, Said, bad_rows, none_differs, run};

const ACCOUNTS: &str = "accounts.csv";
const CONTACTS: &str = "contacts.csv";

fn unusable(file: &'static str, line: u64, column: &str, what: &str) -> Said {
    Said::new(file, line, "unusable_reference", format!("column `{column}`: {what} could not be used itself"))
}

#[test]
fn a_circle_of_parents_is_named_whole_and_once() {
    let circle = |ids: &[&str]| {
        let mut files = Files::good();
        for (i, id) in ids.iter().enumerate() {
            files = files.row(ACCOUNTS, &[("account_id", id), ("parent_id", ids[(i + 1) % ids.len()])]);
        }
        files
    };
    let words = |path: &str| format!("column `parent_id`: parents go in a circle: {path}");
    none_differs([
        (
            "two".into(),
            bad_rows(
                &circle(&["x", "y"]),
                &[Said::new(ACCOUNTS, 5, "cycle", words("`x` → `y` → `x`")), unusable(ACCOUNTS, 6, "parent_id", "account `x`")],
            ),
        ),
        (
            "three, told from the least id on".into(),
            bad_rows(
                &circle(&["z", "x", "y"]),
                &[
                    unusable(ACCOUNTS, 5, "parent_id", "account `x`"),
                    Said::new(ACCOUNTS, 6, "cycle", words("`x` → `y` → `z` → `x`")),
                    unusable(ACCOUNTS, 7, "parent_id", "account `z`"),
                ],
            ),
        ),
        (
            "two circles, and one who stands beside".into(),
            bad_rows(
                &circle(&["x", "y"])
                    .row(ACCOUNTS, &[("account_id", "w"), ("parent_id", "w")])
                    .row(ACCOUNTS, &[("account_id", "v"), ("parent_id", "x")]),
                &[
                    Said::new(ACCOUNTS, 5, "cycle", words("`x` → `y` → `x`")),
                    unusable(ACCOUNTS, 6, "parent_id", "account `x`"),
                    Said::new(ACCOUNTS, 7, "cycle", words("`w` → `w`")),
                    unusable(ACCOUNTS, 8, "parent_id", "account `x`"),
                ],
            ),
        ),
    ]);
}

#[test]
fn a_circle_of_reporting_lines_is_named_whole_and_once() {
    let report = |files: Files, id: &str, to: &str| files.row(CONTACTS, &[("contact_id", id), ("account_id", "acme"), ("reports_to", to)]);
    let files = report(report(report(report(Files::good(), "p", "q"), "q", "r"), "r", "p"), "s", "p");
    none_differs([(
        "three and a follower".into(),
        bad_rows(
            &files,
            &[
                Said::new(CONTACTS, 7, "cycle", "column `reports_to`: reporting lines go in a circle: `p` → `q` → `r` → `p`"),
                unusable(CONTACTS, 8, "reports_to", "contact `r`"),
                unusable(CONTACTS, 9, "reports_to", "contact `p`"),
                unusable(CONTACTS, 10, "reports_to", "contact `p`"),
            ],
        ),
    )]);
}

#[test]
fn a_long_circle_is_told_by_its_ends() {
    let n = 20_000;
    let rows: String = (0..n).map(|i| format!("a{i:05},a{:05}\n", (i + 1) % n)).collect();
    let dir = Files::good().with(ACCOUNTS, format!("account_id,parent_id\nacme,\nbeta,acme\ngamma,\n{rows}")).written();
    let ran = dir.assess(&[]);
    assert_eq!(ran.code, 2);
    let first = ran.err.lines().next().expect("a line");
    assert!(first.starts_with("error: accounts.csv:5: column `parent_id`: parents go in a circle: `a00000` → `a00001` → "), "{first}");
    assert!(first.ends_with("→ … 19976 more … → `a19988` → `a19989` → `a19990` → `a19991` → `a19992` → `a19993` → `a19994` → `a19995` → `a19996` → `a19997` → `a19998` → `a19999` → `a00000`"), "{first}");
    assert_eq!(ran.err.lines().count(), 2, "once");
}

#[test]
fn what_stands_on_a_bad_row_is_left_out_with_it_and_says_so() {
    // One bad cell; everything below hangs on it, through every file.
    let files = Files::good()
        .row(ACCOUNTS, &[("account_id", "top"), ("employees", "many")])
        .row(ACCOUNTS, &[("account_id", "sub"), ("parent_id", "top")])
        .row(CONTACTS, &[("contact_id", "tim"), ("account_id", "sub")])
        .row(CONTACTS, &[("contact_id", "tom"), ("account_id", "sub"), ("reports_to", "tim")])
        .row("groups.csv", &[("group_id", "group-7"), ("account_id", "sub")])
        .row("members.csv", &[("group_id", "group-7"), ("contact_id", "tim"), ("role", "coach")])
        .row("ties.csv", &[("from_id", "rep"), ("to_id", "tim"), ("kind", "knows"), ("strength", "5")])
        .row("outcomes.csv", &[("opportunity_id", "deal-7"), ("account_id", "sub"), ("created_at", "2025-01-01")])
        .row("outcomes.csv", &[("opportunity_id", "deal-8"), ("account_id", "top"), ("created_at", "2025-01-01")])
        .row("dispositions.csv", &[("group_id", "group-7"), ("at", "2025-01-01"), ("verdict", "accepted")]);
    none_differs([(
        "all files".into(),
        bad_rows(
            &files,
            &[
                Said::new(
                    ACCOUNTS,
                    5,
                    "not_a_whole_number",
                    "column `employees`: `many` is no whole number; write digits alone, such as `1200`",
                ),
                unusable(ACCOUNTS, 6, "parent_id", "account `top`"),
                unusable(CONTACTS, 7, "account_id", "account `sub`"),
                unusable(CONTACTS, 8, "account_id", "account `sub`"),
                unusable("groups.csv", 3, "account_id", "account `sub`"),
                unusable("members.csv", 4, "group_id", "group `group-7`"),
                unusable("members.csv", 4, "contact_id", "contact `tim`"),
                unusable("ties.csv", 4, "to_id", "contact `tim`"),
                unusable("outcomes.csv", 4, "account_id", "account `sub`"),
                unusable("outcomes.csv", 5, "account_id", "account `top`"),
                unusable("dispositions.csv", 4, "group_id", "group `group-7`"),
            ],
        ),
    )]);
}

#[test]
fn every_problem_of_a_row_is_said() {
    let files = Files::good().and(CONTACTS, b"ann,akme,p\0,caf\xe9,,,chmpion;champion;champion,nobody,opposed,customer,ja,2025-02-30\n");
    let said = |code, words: &str| Said::new(CONTACTS, 7, code, words);
    none_differs([(
        "one row".into(),
        bad_rows(
            &files,
            &[
                said("id_control_character", "column `person_id`: person id `p\\0` holds a control character; remove it"),
                said("not_utf8", "column `name`: `caf\u{fffd}` is not UTF-8; save the file as UTF-8"),
                said("unknown_name", "column `roles`: unknown role `chmpion` (did you mean `champion`?)"),
                said("not_allowed", "column `stance`: `opposed` is none of supporter, neutral, opponent, unknown"),
                said(
                    "not_allowed",
                    "column `relationship`: `customer` is none of employee, consultant, partner, competitor, student, own_staff",
                ),
                said("not_allowed", "column `active`: `ja` is none of true, false, yes, no, 1, 0"),
                said("not_a_day", "column `created_at`: `2025-02-30` is no day; write `YYYY-MM-DD`, a date that exists"),
                said("duplicate_id", "column `contact_id`: contact `ann` is there already"),
                said("unknown_id", "column `account_id`: unknown account `akme` (did you mean `acme`?)"),
                said("unknown_id", "column `reports_to`: unknown contact `nobody`"),
            ],
        ),
    )]);
}

#[test]
fn ten_defects_in_five_files_come_at_once() {
    let files = Files::good()
        .row(ACCOUNTS, &[("account_id", "acme")])
        .row(ACCOUNTS, &[("account_id", "x"), ("revenue", "1e6")])
        .row(CONTACTS, &[("contact_id", "x"), ("account_id", "acme"), ("roles", "chmpion")])
        .row(CONTACTS, &[("contact_id", "y"), ("account_id", "akme")])
        .row("members.csv", &[("group_id", "group-1"), ("contact_id", "cyd"), ("role", "coach")])
        .row("ties.csv", &[("from_id", "ann"), ("to_id", "ann"), ("kind", "knows"), ("strength", "1")])
        .row("ties.csv", &[("from_id", "ann"), ("to_id", "bob"), ("kind", "knows"), ("strength", "0")])
        .and("signals.csv", ",ann,,,page_view,2025-02-30,,,,\n,,,,page_view,2025-05-01,,,,\nragged\n");
    none_differs([(
        "ten".into(),
        bad_rows(
            &files,
            &[
                Said::new(ACCOUNTS, 5, "duplicate_id", "column `account_id`: account `acme` is there already"),
                Said::new(
                    ACCOUNTS,
                    6,
                    "not_a_number",
                    "column `revenue`: `1e6` is no decimal number; write digits with at most one point, such as `12.5`",
                ),
                Said::new(CONTACTS, 7, "unknown_name", "column `roles`: unknown role `chmpion` (did you mean `champion`?)"),
                Said::new(CONTACTS, 8, "unknown_id", "column `account_id`: unknown account `akme` (did you mean `acme`?)"),
                Said::new(
                    "members.csv",
                    4,
                    "member_of_another_account",
                    "column `contact_id`: contact `cyd` is not of account `acme`, which group `group-1` belongs to",
                ),
                Said::new("ties.csv", 4, "self_tie", "column `to_id`: contact `ann` is tied to itself"),
                Said::new("ties.csv", 5, "value_out_of_range", "column `strength`: `0` is outside 1..=100"),
                Said::new("signals.csv", 8, "not_a_day", "column `at`: `2025-02-30` is no day; write `YYYY-MM-DD`, a date that exists"),
                Said::new(
                    "signals.csv",
                    9,
                    "no_subject",
                    "the signal is nobody's: `contact_id`, `account_id` and `email` are blank; one of them is needed",
                ),
                Said::new("signals.csv", 10, "ragged_row", "the row has 1 cells, the header has 10; is the row cut off?"),
            ],
        ),
    )]);
}

#[test]
fn ten_defects_of_whole_files_come_at_once() {
    let files = Files::good()
        .without("accounts.csv")
        .with(CONTACTS, "name,name\n")
        .with("groups.csv", "")
        .with("ties.csv", "x\n")
        .with("signals.csv", b"\xff\xfe");
    let ran = files.written().assess(&[]);
    assert_eq!((ran.code, ran.err.lines().count()), (2, 1 + 3 + 1 + 4 + 1), "{}", ran.err);
}

#[test]
fn two_thousand_problems_are_all_counted() {
    let rows = |row: &dyn Fn(usize) -> String| (0..2_000).map(|n| row(n) + "\n").collect::<String>();
    for (file, code, content) in [
        (
            ACCOUNTS,
            "not_a_whole_number",
            format!("account_id,parent_id,employees\nacme,,\nbeta,acme,\ngamma,,\n{}", rows(&|n| format!("a{n},,b{n}"))),
        ),
        (
            CONTACTS,
            "unknown_id",
            format!("contact_id,account_id\nann,acme\nbob,acme\ncyd,beta\nrep,acme\n{}", rows(&|n| format!("c{n},no-such-account-{n}"))),
        ),
        ("ties.csv", "value_out_of_range", format!("from_id,to_id,kind,strength\n{}", rows(&|n| format!("ann,bob,knows,{}", n + 101)))),
        ("signals.csv", "not_a_time", format!("kind,at,contact_id\n{}", rows(&|n| format!("page_view,day {n},ann")))),
    ] {
        let dir = Files::good().with(file, content).written();
        let rejects = dir.file("rejects.out");
        let (stopped, checked, went_on) = (dir.assess(&[]), dir.check(&[]), dir.assess(&["--rejects", &rejects]));
        assert_eq!((stopped.code, checked.code, went_on.code), (2, 1, 1));
        let last: Vec<&str> = stopped.err.lines().rev().take(2).collect();
        let total = format!("2,000 problems in 2,000 rows (2000 {code})");
        let advice = format!("error: {total}; mend them, or leave those rows out with --rejects FILE");
        assert_eq!(last, [advice.as_str(), "error: … and 1,000 more problems"]);
        assert_eq!(stopped.err.lines().count(), 1_002);
        assert!(checked.out.ends_with(&format!("Problems: {total}.\n")), "{}", checked.out);
        assert!(went_on.err.contains(&format!("Left out: {total}; they are in {rejects}\n")), "{}", went_on.err);
        let lines = String::from_utf8(dir.read("rejects.out")).expect("UTF-8").lines().count();
        assert_eq!(lines, 2 + 2_000, "{file}: the heading, the header of the file, and every row");
    }
}

#[test]
fn states_of_signals_are_no_defects() {
    let files = Files::good().and(
        "signals.csv",
        "s-1,ann,,,demo_request,2025-05-01,analytics,,,\n\
        ,nobody,,,page_view,2025-05-01,,,,\n\
        ,nobody,acme,,page_view,2025-05-01,,,,\n\
        ,,nowhere,,page_view,2025-05-01,,,,\n\
        ,ann,beta,,page_view,2025-05-01,,,,\n\
        ,ann,,,a_kind_nobody_knows,2025-05-01,,,,\n\
        ,ann,,,page_view,2199-12-31T23:59:59.999999Z,,,,\n\
        ,ann,,,page_view,1900-01-01,,,YES,\n\
        ,rep,,,page_view,2025-05-01,,,0,\n",
    );
    let dir = files.written();
    let (checked, ran) = (dir.check(&[]), dir.assess(&["--rejects", &dir.file("rejects.out")]));
    assert_eq!((checked.code, ran.code), (0, 0), "{}{}", checked.out, ran.err);
    assert!(checked.out.contains("Signals: 15 = 1 duplicate + 4 of unknown people or accounts + 10 known"), "{}", checked.out);
    assert!(
        checked.out.contains("Signals whose contact is of another account than the one beside it: 1; the contact counts"),
        "{}",
        checked.out
    );
    assert!(checked.out.contains("`a_kind_nobody_knows`"), "{}", checked.out);
    assert!(checked.out.contains("No row has a problem."), "{}", checked.out);
    assert_eq!(String::from_utf8(dir.read("rejects.out")).expect("UTF-8").lines().count(), 1);
}

#[test]
fn an_id_of_signals_with_two_contents_is_reported_with_both() {
    let dir = Files::good().and("signals.csv", "s-1,bob,,,demo_request,2025-05-01,analytics,,,\n").written();
    let (checked, ran) = (dir.check(&[]), dir.assess(&[]));
    let line = "signal `s-1` came with different contents: counted demo_request of contact `ann` at 2025-05-01T00:00:00Z, solution `analytics`; \
        not counted demo_request of contact `bob` at 2025-05-01T00:00:00Z, solution `analytics`";
    assert!(checked.code == 1 && checked.out.lines().any(|one| one == line), "{}", checked.out);
    assert!(ran.code == 0 && ran.err.lines().any(|one| one == line), "{}", ran.err);
}

#[test]
fn what_may_be_written_in_many_ways_is_no_defect() {
    let files = Files::good()
        .row(ACCOUNTS, &[("account_id", " x "), ("employees", "007"), ("revenue", "-0.00000"), ("fit_score", "")])
        .row(
            CONTACTS,
            &[
                ("contact_id", "x"),
                ("account_id", "x"),
                ("roles", "; champion ;;"),
                ("stance", "OPPONENT"),
                ("active", "No"),
                ("created_at", "2024-02-29"),
            ],
        )
        .row("ties.csv", &[("from_id", "ann"), ("to_id", "bob"), ("kind", "Knows"), ("strength", "100")])
        .row("ties.csv", &[("from_id", "ann"), ("to_id", "bob"), ("kind", "knows"), ("strength", "1")])
        .row(
            "outcomes.csv",
            &[
                ("opportunity_id", "x"),
                ("account_id", "acme"),
                ("created_at", "2025-01-01T10:00:00Z"),
                ("closed_at", "2025-01-01"),
                ("outcome", "WON"),
                ("amount", "-12.50000"),
            ],
        )
        .row("dispositions.csv", &[("group_id", "beta"), ("at", "2025-04-02T08:00:00Z"), ("verdict", "rejected"), ("reason", "too early")]);
    let ran = files.written().assess(&[]);
    assert_eq!((ran.code, ran.err.contains("error")), (0, false), "{}", ran.err);
}

#[test]
fn bad_use_ends_with_2_and_says_how() {
    let dir = Files::good().written();
    for (arguments, words) in [
        (vec!["assess", "--data", dir.path()], "--as-of <YYYY-MM-DD>"),
        (vec!["assess", "--data", dir.path(), "--as-of", "2025-02-30"], "`2025-02-30` is no day; write `YYYY-MM-DD`, a date that exists"),
        (vec!["assess", "--data", dir.path(), "--as-of", "2200-01-01"], "`2200-01-01` is outside 1900-01-01..=2199-12-31"),
        (vec!["assess", "--data", dir.path(), "--as-of", "today"], "`today` is no day; write `YYYY-MM-DD`, a date that exists"),
        (vec!["assess", "--data", dir.path(), "--as-of", DAY, "--format", "xml"], "possible values: table, jsonl, csv"),
        (vec!["assess", "--data", dir.path(), "--as-of", DAY, "--account", "akme"], "unknown account `akme` (did you mean `acme`?)"),
        (vec!["assess", "--data", dir.path(), "--as-of", DAY, "--policy", "no-such.json"], "policy no-such.json cannot be read"),
        (vec!["assess", "--data", dir.path(), "--as-of", DAY, "--mapping", "salesfroce"], "mapping `salesfroce` cannot be read"),
        (vec!["chek"], "unrecognized subcommand 'chek'"),
        (vec![], "Usage: quorate"),
    ] {
        let ran = run(&arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains(words), "{arguments:?}: {}", ran.err);
    }
}
