//! Bad input, one row for each defect: what is said, where, and how the run ends.

use crate::support::{Dir, run};

/// A data set with one file replaced, and what must be said of it.
#[track_caller]
fn check(file: &str, content: impl AsRef<[u8]>, said: &str) {
    let dir = Dir::small().with(file, content);
    let ran = dir.assess(&[]).ends_with(2);
    assert!(ran.err.lines().any(|line| line == format!("error: {said}")), "`{said}` is not in\n{}", ran.err);
    assert_eq!(ran.out, "", "nothing that looks like an answer");
    assert!(!ran.err.contains("panicked"));
}

#[test]
fn accounts_that_are_wrong_are_said_to_be() {
    for (content, said) in [
        ("account_id\nacme\nacme\n", "accounts.csv:3: column `account_id`: account `acme` is there already"),
        ("account_id,name\nacme,\n,Nameless\n", "accounts.csv:3: column `account_id`: blank; a value is needed"),
        (
            "account_id,parent_id\nacme,beta\nbeta,acme\n",
            "accounts.csv:2: column `parent_id`: parents go in a circle: `acme` → `beta` → `acme`",
        ),
        ("account_id,parent_id\nacme,bet\nbeta,\n", "accounts.csv:2: column `parent_id`: unknown account `bet` (did you mean `beta`?)"),
        (
            "account_id,employees\nacme,1.5\n",
            "accounts.csv:2: column `employees`: `1.5` is no whole number; write digits alone, such as `1200`",
        ),
        (
            "account_id,revenue\nacme,1e6\n",
            "accounts.csv:2: column `revenue`: `1e6` is no decimal number; write digits with at most one point, such as `12.5`",
        ),
        ("account_id,revenue\nacme,0.12345\n", "accounts.csv:2: column `revenue`: `0.12345` has more than 4 decimals"),
        ("account_id,fit_score\nacme,100.5\n", "accounts.csv:2: column `fit_score`: fit_score `100.5` is outside 0..=100"),
        ("account_id,name\r\nacme,\r\n\r\nbeta\r\n", "accounts.csv:4: the row has 1 cells, the header has 2; is the row cut off?"),
        (
            "account_id,name\nacme,A, B\n",
            "accounts.csv:2: the row has 3 cells, the header has 2; put quotes around a text that holds a comma",
        ),
        (
            "account_id,name,country\nacme,\"A\nbeta,B,DE\n",
            "accounts.csv: cannot be read: line 2: a quote opens a cell there and is not closed before a comma or the end of a line; close it, or double the quotes within",
        ),
        (
            "account_id;name\nacme;A\n",
            "accounts.csv: line 1: column `account_id` is missing; its cells seem to be separated by something else than commas",
        ),
        ("acount_id\nacme\n", "accounts.csv: line 1: column `account_id` is missing (did you mean `acount_id`?)"),
        ("account_id,name,name\nacme,A,B\n", "accounts.csv: line 1: column `name` stands more than once; keep one"),
        ("", "accounts.csv is empty; a header row with the names of the columns is needed"),
    ] {
        check("accounts.csv", content, said);
    }
}

#[test]
fn contacts_that_are_wrong_are_said_to_be() {
    for (content, said) in [
        (
            "contact_id,account_id,roles\nann,acme,chmpion\n",
            "contacts.csv:2: column `roles`: unknown role `chmpion` (did you mean `champion`?)",
        ),
        (
            "contact_id,account_id,roles\nann,acme,champion; champion\n",
            "contacts.csv:2: column `roles`: role `champion` is given twice; keep one",
        ),
        ("contact_id,account_id\nann,acm\n", "contacts.csv:2: column `account_id`: unknown account `acm` (did you mean `acme`?)"),
        (
            "contact_id,account_id\nann,\n",
            "contacts.csv:2: column `account_id`: contact `ann` has no account; name its account, or say that it is `own_staff`",
        ),
        (
            "contact_id,account_id,reports_to\nann,acme,bob\nbob,acme,cyd\ncyd,acme,ann\n",
            "contacts.csv:2: column `reports_to`: reporting lines go in a circle: `ann` → `bob` → `cyd` → `ann`",
        ),
        (
            "contact_id,account_id,stance\nann,acme,suporter\n",
            "contacts.csv:2: column `stance`: `suporter` is none of supporter, neutral, opponent, unknown (did you mean `supporter`?)",
        ),
        ("contact_id,account_id,active\nann,acme,ja\n", "contacts.csv:2: column `active`: `ja` is none of true, false, yes, no, 1, 0"),
        (
            "contact_id,account_id,created_at\nann,acme,2025-02-29\n",
            "contacts.csv:2: column `created_at`: `2025-02-29` is no day; write `YYYY-MM-DD`, a date that exists",
        ),
        ("contact_id\nann\n", "contacts.csv: line 1: column `account_id` is missing"),
    ] {
        check("contacts.csv", content, said);
    }
}

#[test]
fn other_rows_that_are_wrong_are_said_to_be() {
    for (file, content, said) in [
        (
            "groups.csv",
            "group_id,account_id,template\ng,acme,standrad\n",
            "groups.csv:2: column `template`: unknown template `standrad` (did you mean `standard`?)",
        ),
        (
            "groups.csv",
            "group_id,account_id\nbeta,acme\n",
            "groups.csv:2: column `group_id`: group `beta` of account `acme` has the id of another account; give it another id",
        ),
        (
            "members.csv",
            "group_id,contact_id,role\nacme,cyd,champion\n",
            "members.csv:2: column `contact_id`: contact `cyd` is not of account `acme`, which group `acme` belongs to",
        ),
        ("members.csv", "group_id,contact_id,role\nacme,ann,\n", "members.csv:2: column `role`: blank; a value is needed"),
        ("ties.csv", "from_id,to_id,kind,strength\nann,bob,knows,101\n", "ties.csv:2: column `strength`: `101` is outside 1..=100"),
        (
            "ties.csv",
            "from_id,to_id,kind,strength\nann,bob,likes,10\n",
            "ties.csv:2: column `kind`: `likes` is none of influences, works_with, knows",
        ),
        (
            "outcomes.csv",
            "opportunity_id,account_id,created_at,outcome\no,acme,2025-01-01,won\n",
            "outcomes.csv:2: column `closed_at`: opportunity `o` is won but has no `closed_at`",
        ),
        (
            "outcomes.csv",
            "opportunity_id,account_id,created_at,outcome\no,acme,2025-01-01,wonn\n",
            "outcomes.csv:2: column `outcome`: `wonn` is none of open, won, lost (did you mean `won`?)",
        ),
        (
            "dispositions.csv",
            "group_id,at,verdict\nnone,2025-01-01,accepted\n",
            "dispositions.csv:2: column `group_id`: unknown group `none`",
        ),
    ] {
        check(file, content, said);
    }
}

#[test]
fn signals_that_are_wrong_are_said_to_be() {
    for (content, said) in [
        ("kind,at,contact_id\n,2025-05-01,ann\n", "signals.csv:2: column `kind`: blank; a value is needed"),
        ("kind,at,contact_id\npage_view,,ann\n", "signals.csv:2: column `at`: blank; a value is needed"),
        (
            "kind,at,contact_id\npage_view,05.05.2025,ann\n",
            "signals.csv:2: column `at`: `05.05.2025` is no day; write `YYYY-MM-DD`, a date that exists",
        ),
        ("kind,at,contact_id\npage_view,1850-01-01,ann\n", "signals.csv:2: column `at`: `1850-01-01` is outside 1900-01-01..=2199-12-31"),
        (
            "kind,at,contact_id,quarantined\npage_view,2025-05-01,ann,perhaps\n",
            "signals.csv:2: column `quarantined`: `perhaps` is none of true, false, yes, no, 1, 0",
        ),
        (
            "kind,at,contact_id,recorded_at\npage_view,2025-05-01,ann,soon\n",
            "signals.csv:2: column `recorded_at`: `soon` is no time; write RFC 3339, such as `2025-05-05T09:30:00Z`, or a date",
        ),
        (
            "kind,at,contact_id,account_id,email\npage_view,2025-05-01,,,\n",
            "signals.csv:2: the signal is nobody's: `contact_id`, `account_id` and `email` are blank; one of them is needed",
        ),
        (
            "kind,at\npage_view,2025-05-01\n",
            "signals.csv: needs one of the columns `contact_id`, `account_id`, `email`: whose signals are these?",
        ),
    ] {
        check("signals.csv", content, said);
    }
}

#[test]
fn a_wrong_encoding_is_named_with_its_line() {
    check(
        "accounts.csv",
        b"account_id,name\nacme,\nbeta,caf\xe9\n",
        "accounts.csv:3: column `name`: `caf\u{fffd}` is not UTF-8; save the file as UTF-8",
    );
    check("accounts.csv", b"\xff\xfea\0c\0", "accounts.csv cannot be read: it is UTF-16; save it as UTF-8");
    check("accounts.csv", b"account_id,na\xefve\nacme,\n", "accounts.csv line 1: the header is not UTF-8; save the file as UTF-8");
}

#[test]
fn absurd_sizes_are_refused_by_name() {
    let long = "x".repeat(1_000_000);
    check(
        "accounts.csv",
        format!("account_id,name\nacme,{long}\nbeta,\n"),
        "accounts.csv:2: column `name`: name `xxxxxxxxxxxxxxxxxxxxxxxx…` has 1000000 bytes; at most 4096 are allowed",
    );
    check(
        "signals.csv",
        format!("kind,at,contact_id\n{long},2025-05-01,ann\n"),
        "signals.csv:2: column `kind`: kind `xxxxxxxxxxxxxxxxxxxxxxxx…` has 1000000 bytes; at most 256 are allowed",
    );
}

#[test]
fn all_problems_of_all_files_come_at_once() {
    let dir = Dir::small()
        .with("accounts.csv", "account_id,employees,parent_id\nacme,x,gone\nbeta,,\n")
        .with("contacts.csv", "contact_id,account_id,roles,reports_to\nann,acme,boss,ann\nbob,acme,champion,\n")
        .with("signals.csv", "kind,at,contact_id\ndemo_request,never,ann\n");
    let ran = dir.assess(&[]).ends_with(2);
    let places: Vec<&str> =
        ran.err.lines().filter_map(|line| line.strip_prefix("error: ")?.split_once("`:").map(|(place, _)| place)).collect();
    assert_eq!(
        places,
        [
            "accounts.csv:2: column `employees",
            "accounts.csv:2: column `parent_id",
            "contacts.csv:2: column `roles",
            "contacts.csv:2: column `reports_to",
            "signals.csv:2: column `at"
        ],
        "{}",
        ran.err
    );
    assert!(ran.err.ends_with("mend them, or leave those rows out with --rejects FILE\n"), "{}", ran.err);
}

#[test]
fn a_cell_that_cannot_be_read_hides_no_unknown_id_of_its_row() {
    let dir = Dir::small()
        .with("groups.csv", "group_id,account_id,membership\ng,nope,some\n")
        .with("members.csv", "group_id,contact_id,role\nnogroup,nobody,boss\nnogroup,nobody,\n")
        .with("ties.csv", "from_id,to_id,kind,strength\nann,nope,knows,0\nann,nope,likes,50\n")
        .with("interactions.csv", "from_id,to_id,at,kind\nann,nope,2025-02-30,mail\nnope,ann,2025-02-28,\n")
        .with("outcomes.csv", "opportunity_id,account_id,created_at,group_id\no3,nope,2025-02-30,nogroup\n")
        .with("dispositions.csv", "group_id,at,verdict\nnogroup,2025-01-01,maybe\nnogroup,never,accepted\n");
    let ran = dir.check(&[]).ends_with(1);
    let places: Vec<&str> = ran.out.lines().map_while(|line| line.split_once("`:").map(|(place, _)| place)).collect();
    let row = |place: &'static str, columns: &[&str]| columns.iter().map(|column| format!("{place}: column `{column}")).collect::<Vec<_>>();
    let expected = [
        row("groups.csv:2", &["membership", "account_id"]),
        row("members.csv:2", &["role", "group_id", "contact_id"]),
        row("members.csv:3", &["role", "group_id", "contact_id"]),
        row("ties.csv:2", &["strength", "to_id"]),
        row("ties.csv:3", &["kind", "to_id"]),
        row("interactions.csv:2", &["at", "to_id"]),
        row("interactions.csv:3", &["kind", "from_id"]),
        row("outcomes.csv:2", &["created_at", "account_id", "group_id"]),
        row("dispositions.csv:2", &["verdict", "group_id"]),
        row("dispositions.csv:3", &["at", "group_id"]),
    ]
    .concat();
    assert_eq!(places, expected, "{}", ran.out);
    // None of them is used.
    assert!(ran.out.contains("members.csv 2 (2 left out) · ties.csv 2 (2 left out)"), "{}", ran.out);
}

#[test]
fn a_flood_of_problems_is_shown_in_part_and_counted_whole() {
    let rows: String = (0..2_500).map(|number| format!("page_view,day {number},ann\n")).collect();
    let ran = Dir::small().with("signals.csv", format!("kind,at,contact_id\n{rows}")).assess(&[]).ends_with(2);
    assert_eq!(ran.err.lines().count(), 1_002);
    assert!(ran.err.contains("error: … and 1,500 more problems\nerror: 2,500 problems in 2,500 rows (2500 not_a_time)"));
}

#[test]
fn missing_files_are_all_named() {
    let ran = Dir::small().without("accounts.csv").without("signals.csv").with("signal.csv", "kind\n").assess(&[]).ends_with(2);
    assert!(ran.err.contains("error: accounts.csv is missing in "), "{}", ran.err);
    assert!(ran.err.contains("error: signals.csv is missing in ") && ran.err.contains("(did you mean `signal.csv`?)"), "{}", ran.err);
    assert!(run(&["check", "--data", "/nowhere/at/all"]).ends_with(2).err.contains("is no directory"));
}
