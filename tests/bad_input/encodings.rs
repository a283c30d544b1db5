//! Files that cannot be read as a whole, and rows whose bytes, cells or quotes are wrong.

use crate::support::{Dir, Files, Said, bad_files, bad_rows, none_differs, run};

/// Every file with its required columns.
const FILES: [(&str, &[&str]); 8] = [
    ("accounts.csv", &["account_id"]),
    ("contacts.csv", &["contact_id", "account_id"]),
    ("groups.csv", &["group_id", "account_id"]),
    ("members.csv", &["group_id", "contact_id", "role"]),
    ("ties.csv", &["from_id", "to_id", "kind", "strength"]),
    ("outcomes.csv", &["opportunity_id", "account_id", "created_at"]),
    ("dispositions.csv", &["group_id", "at", "verdict"]),
    ("signals.csv", &["kind", "at"]),
];

fn whole_file(file: &'static str, bytes: impl AsRef<[u8]>, said: &[&str]) -> (String, Result<(), String>) {
    let start = String::from_utf8_lossy(bytes.as_ref()).chars().take(60).collect::<String>();
    (format!("{file} {start:?}"), bad_files(&Files::good().with(file, bytes), said))
}

#[test]
fn an_empty_file_is_no_file_without_rows() {
    for nothing in ["", "\n", "\r\n\r\n", "\u{feff}"] {
        none_differs(FILES.iter().map(|(file, _)| {
            whole_file(file, nothing, &[&format!("{file} is empty; a header row with the names of the columns is needed")])
        }));
    }
}

#[test]
fn a_header_alone_is_a_file_without_rows() {
    let mut files = Files::good();
    for (file, columns) in FILES {
        let more = if file == "signals.csv" { ",email" } else { "" };
        files = files.with(file, format!("{}{more}", columns.join(",")));
    }
    let dir = files.written();
    for (what, ran) in [("check", dir.check(&[])), ("assess", dir.assess(&[])), ("rejects", dir.assess(&["--rejects", &dir.file("r.out")]))]
    {
        assert_eq!(ran.code, 0, "{what}: {}", ran.err);
    }
    assert_eq!(dir.assess(&[]).out, "");
}

#[test]
fn a_missing_file_is_named_when_it_is_required() {
    none_differs(["accounts", "contacts", "signals"].map(|name| {
        let file: &'static str = FILES.iter().find(|(file, _)| file.starts_with(name)).map(|(file, _)| *file).expect("a file");
        let said = format!("{file} is missing in DIR; the {name} are read from it");
        (file.into(), bad_files(&Files::good().without(file), &[&said]))
    }));
    none_differs([(
        "several at once, one misnamed".into(),
        bad_files(
            &Files::good().without("accounts.csv").without("signals.csv").with("acounts.csv", "account_id\n"),
            &[
                "accounts.csv is missing in DIR (did you mean `acounts.csv`?); the accounts are read from it",
                "signals.csv is missing in DIR; the signals are read from it",
                "other CSV files in DIR: acounts.csv",
            ],
        ),
    )]);
    for file in ["groups.csv", "members.csv", "ties.csv", "outcomes.csv", "dispositions.csv"] {
        let mut files = Files::good().without(file);
        if file == "groups.csv" {
            files = files.without("members.csv").without("dispositions.csv").without("outcomes.csv");
        }
        let ran = files.written().assess(&[]);
        assert_eq!(ran.code, 0, "{file} is optional: {}", ran.err);
    }
}

#[test]
fn what_is_no_file_or_directory_is_said_to_be_none() {
    let dir = Files::good().without("accounts.csv").written();
    std::fs::create_dir(dir.file("accounts.csv")).expect("a directory");
    let ran = dir.assess(&[]);
    assert_eq!((ran.code, ran.err.as_str()), (2, "error: accounts.csv is a directory, not a file\n"));
    let (nowhere, file) = (dir.file("nowhere"), dir.file("contacts.csv"));
    for path in [&nowhere, &file] {
        for ran in [run(&["check", "--data", path]), run(&["assess", "--data", path, "--as-of", "2025-05-05"])] {
            assert_eq!(ran.code, 2);
            assert_eq!(ran.err, format!("error: {path} is no directory; --data takes the directory of the CSV files\n"));
        }
    }
}

#[test]
fn missing_columns_are_named_all_at_once() {
    for (file, columns) in FILES {
        // Whose a signal is may be said by an address; and so it may be said of contacts, of which `account_id` may be missing then.
        let more = if file == "signals.csv" { "email" } else { "name" };
        none_differs(columns.iter().map(|missing| {
            let header: Vec<&str> = columns.iter().copied().filter(|column| column != missing).chain([more]).collect();
            whole_file(file, header.join(",") + "\n", &[&format!("{file}: line 1: column `{missing}` is missing")])
        }));
    }
    none_differs([
        whole_file(
            "ties.csv",
            "colour\n",
            &[
                "ties.csv: line 1: column `from_id` is missing",
                "ties.csv: line 1: column `to_id` is missing",
                "ties.csv: line 1: column `kind` is missing",
                "ties.csv: line 1: column `strength` is missing",
            ],
        ),
        whole_file(
            "accounts.csv",
            "acount_id\nacme\n",
            &["accounts.csv: line 1: column `account_id` is missing (did you mean `acount_id`?)"],
        ),
        whole_file(
            "accounts.csv",
            "Account ID\nacme\n",
            &["accounts.csv: line 1: column `account_id` is missing (did you mean `Account ID`?)"],
        ),
        whole_file(
            "accounts.csv",
            "account_id;name\nacme;A\n",
            &["accounts.csv: line 1: column `account_id` is missing; its cells seem to be separated by something else than commas"],
        ),
        whole_file(
            "accounts.csv",
            "account_id\tname\nacme\tA\n",
            &["accounts.csv: line 1: column `account_id` is missing; its cells seem to be separated by something else than commas"],
        ),
        whole_file(
            "signals.csv",
            "kind,at,solution\nx,2025-05-01,\n",
            &["signals.csv: needs one of the columns `contact_id`, `account_id`, `email`: whose signals are these?"],
        ),
    ]);
}

#[test]
fn a_column_that_stands_twice_is_named_once() {
    none_differs([
        whole_file(
            "accounts.csv",
            "account_id,name,name\nacme,A,B\n",
            &["accounts.csv: line 1: column `name` stands more than once; keep one"],
        ),
        whole_file(
            "accounts.csv",
            "account_id, account_id \nacme,A\n",
            &["accounts.csv: line 1: column `account_id` stands more than once; keep one"],
        ),
        whole_file("signals.csv", "kind,at,email,at,at\n", &["signals.csv: line 1: column `at` stands more than once; keep one"]),
        whole_file(
            "ties.csv",
            "from_id,from_id,kind,kind,strength\n",
            &[
                "ties.csv: line 1: column `from_id` stands more than once; keep one",
                "ties.csv: line 1: column `kind` stands more than once; keep one",
                "ties.csv: line 1: column `to_id` is missing",
            ],
        ),
    ]);
}

#[test]
fn a_wrong_encoding_of_a_file_is_named() {
    for (file, _) in FILES {
        let wide: Vec<u8> = "a,b\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (little, big) = ([b"\xff\xfe", wide.as_slice()].concat(), [b"\xfe\xff\0".as_slice(), b"a\0,\0b\0\n"].concat());
        let said = format!("{file} cannot be read: it is UTF-16; save it as UTF-8");
        none_differs([whole_file(file, little, &[&said]), whole_file(file, big, &[&said])]);
        none_differs([whole_file(file, b"na\xefve\n", &[&format!("{file} line 1: the header is not UTF-8; save the file as UTF-8")])]);
    }
    // UTF-16 without its mark: every other byte is NUL, and no column is what it seems.
    none_differs([whole_file(
        "accounts.csv",
        b"a\0c\0c\0o\0u\0n\0t\0_\0i\0d\0\n\0",
        &["accounts.csv: line 1: column `account_id` is missing"],
    )]);
}

/// A raw row at the end of a file.
fn raw(file: &'static str, row: &[u8], code: &'static str, words: &str) -> (String, Result<(), String>) {
    let line = Files::good().next_line(file);
    let files = Files::good().and(file, row);
    (format!("{file} {}", String::from_utf8_lossy(row)), bad_rows(&files, &[Said::new(file, line, code, words)]))
}

#[test]
fn a_byte_that_is_not_utf8_is_named_with_its_column_and_kept() {
    let said = |column: &str, text: &str| format!("column `{column}`: `{text}` is not UTF-8; save the file as UTF-8");
    none_differs([
        raw("accounts.csv", b"x,caf\xe9,,,,,,,,,,\n", "not_utf8", &said("name", "caf\u{fffd}")),
        raw("accounts.csv", b"\xe9,,,,,,,,,,,\n", "not_utf8", &said("account_id", "\u{fffd}")),
        raw("accounts.csv", b"x,,a;\xc3\x28,,,,,,,,,\n", "not_utf8", &said("aliases", "a;\u{fffd}(")),
        raw("accounts.csv", b"x,,,,,,\xb2,,,,,\n", "not_utf8", &said("employees", "\u{fffd}")),
        raw("contacts.csv", b"x,acme,,M\xfcller,,,,,,,,\n", "not_utf8", &said("name", "M\u{fffd}ller")),
        raw("contacts.csv", b"x,acme,,,,,ch\xe4mpion,,,,,\n", "not_utf8", &said("roles", "ch\u{fffd}mpion")),
        raw("contacts.csv", b"x,acm\xe9,,,,,,,,,,\n", "not_utf8", &said("account_id", "acm\u{fffd}")),
        raw("groups.csv", b"x,gamma,\xe9,,\n", "not_utf8", &said("solution", "\u{fffd}")),
        raw("members.csv", b"group-1,ann,co\xe4ch\n", "not_utf8", &said("role", "co\u{fffd}ch")),
        raw("ties.csv", b"ann,bob,kn\xf6ws,1\n", "not_utf8", &said("kind", "kn\u{fffd}ws")),
        raw("outcomes.csv", b"x,acme,,2025-01-01,,,,\x80\n", "not_utf8", &said("currency", "\u{fffd}")),
        raw("dispositions.csv", b"beta,2025-01-01,rejected,zu fr\xfch\n", "not_utf8", &said("reason", "zu fr\u{fffd}h")),
        raw("signals.csv", b",ann,,,page_view,2025-05-01,,fr\xfchling,,\n", "not_utf8", &said("campaign", "fr\u{fffd}hling")),
        raw("signals.csv", b",\xff,,,page_view,2025-05-01,,,,\n", "not_utf8", &said("contact_id", "\u{fffd}")),
        // Half a letter, an overlong letter, a surrogate.
        raw("accounts.csv", b"x,\xe2\x82,,,,,,,,,,\n", "not_utf8", &said("name", "\u{fffd}")),
        raw("accounts.csv", b"x,\xc0\xaf,,,,,,,,,,\n", "not_utf8", &said("name", "\u{fffd}\u{fffd}")),
        raw("accounts.csv", b"x,\xed\xa0\x80,,,,,,,,,,\n", "not_utf8", &said("name", "\u{fffd}\u{fffd}\u{fffd}")),
    ]);
}

#[test]
fn a_row_of_another_width_is_named_and_kept() {
    let many = "; put quotes around a text that holds a comma";
    for (file, width) in FILES.map(|(file, _)| file).into_iter().zip([12, 12, 5, 3, 4, 8, 4, 10]) {
        let words = |have: usize, hint: &str| format!("the row has {have} cells, the header has {width}{hint}");
        let row = |cells: usize| format!("x{}\n", ",".repeat(cells - 1));
        none_differs([
            raw(file, row(1).as_bytes(), "ragged_row", &words(1, "; is the row cut off?")),
            raw(file, row(width - 1).as_bytes(), "ragged_row", &words(width - 1, "; is the row cut off?")),
            raw(file, row(width + 1).as_bytes(), "ragged_row", &words(width + 1, many)),
            raw(file, row(10_000).as_bytes(), "ragged_row", &words(10_000, many)),
            raw(file, b"\"x\n\ny\"\n", "ragged_row", &words(1, "; is the row cut off?")),
        ]);
    }
}

#[test]
fn a_file_that_ends_within_a_row_is_not_half_a_row() {
    none_differs([
        raw("accounts.csv", b"x,Na", "ragged_row", "the row has 2 cells, the header has 12; is the row cut off?"),
        raw("signals.csv", b",ann,,,page_vie", "ragged_row", "the row has 5 cells, the header has 10; is the row cut off?"),
    ]);
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let accounts =
        "account_id,name,employees\r\nacme,\"two\r\nlines\",1\r\n\r\nbeta,,2\r\n\n\nx,,many\r\ngamma,\"\n\n\n\",3\r\ny,,\"no\nne\"\r\n";
    let dir = Files::good().with("accounts.csv", accounts).written();
    let ran = dir.check(&[]);
    let said: Vec<&str> = ran.out.lines().take(2).collect();
    assert_eq!(
        said,
        [
            "accounts.csv:8: column `employees`: `many` is no whole number; write digits alone, such as `1200`",
            "accounts.csv:13: column `employees`: `no\\nne` is no whole number; write digits alone, such as `1200`",
        ]
    );
}

#[test]
fn what_comes_from_a_file_cannot_steer_a_terminal() {
    let dir = Files::good()
        .row("contacts.csv", &[("contact_id", "x"), ("account_id", "acme"), ("stance", "\u{1b}[2J\u{7}up\u{9b}31m")])
        .written();
    let ran = dir.assess(&[]);
    assert_eq!(ran.code, 2);
    assert!(!ran.err.contains(|letter: char| letter.is_control() && letter != '\n'), "{:?}", ran.err);
}

#[test]
fn a_directory_that_cannot_be_written_to_takes_no_rejects() {
    let dir = Files::good().written();
    let ran = dir.assess(&["--rejects", &dir.file("no/such/place.csv")]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.starts_with(&format!("error: cannot write {}", dir.file("no/such/place.csv"))), "{}", ran.err);
    let empty = Dir::empty();
    let ran = empty.assess(&[]);
    assert_eq!((ran.code, ran.err.lines().count()), (2, 3), "{}", ran.err);
}

#[test]
fn the_line_of_a_row_with_an_open_quote_is_right() {
    let ran = Files::good()
        .with("signals.csv", "kind,at,contact_id,campaign\npage_view,2025-05-01,ann,\"x\npage_view,2025-05-01,ann,\n")
        .written()
        .assess(&[]);
    assert!(ran.err.starts_with("error: signals.csv: cannot be read: line 2: a quote"), "{}", ran.err);
}
