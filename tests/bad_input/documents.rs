//! Bad policy, mapping, portfolio and tally documents.

use quorate::{AccountGraph, Policy, PortfolioDocument, SignalTally};

use crate::support::{DAY, Dir, Files, run};

/// `policy --check` of a text: exit code and the lines printed.
fn checked(bytes: impl AsRef<[u8]>) -> (i32, Vec<String>) {
    let dir = Dir::empty();
    dir.write("p.json", bytes);
    let path = dir.file("p.json");
    let ran = run(&["policy", "--check", &path]);
    let said = if ran.code == 2 { &ran.err } else { &ran.out };
    (ran.code, said.lines().map(|line| line.replace(&path, "p.json")).collect())
}

fn default_policy() -> String {
    let ran = run(&["policy"]);
    assert_eq!(ran.code, 0);
    ran.out
}

/// The text with one piece replaced that stands in it.
fn edited(text: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(text.into(), |text: String, (from, to)| {
        assert!(text.contains(from), "{from} does not stand there");
        text.replacen(from, to, 1)
    })
}

#[test]
fn a_policy_says_all_its_problems_with_their_paths() {
    let text = edited(
        &default_policy(),
        &[
            ("\"thin\": 2", "\"thin\": 1"),
            ("\"half_life_days\": 60", "\"half_life_days\": 0"),
            ("\"half_life_days\": 60", "\"half_life_dyas\": 60"),
            ("\"weight\": 100", "\"weight\": 1001"),
            ("\"role\": \"economic_buyer\"", "\"role\": \"econmic_buyer\""),
            ("\"tier\": \"high\"", "\"tier\": \"hihg\""),
            ("\"points\": \"90\"", "\"points\": 90.5"),
        ],
    );
    let (code, said) = checked(&text);
    assert_eq!((code, said.last().map(String::as_str)), (1, Some("8 problems")), "{said:#?}");
    let mut paths: Vec<&str> = said.iter().filter_map(|line| line.strip_prefix("p.json: ")).collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        [
            "group.threads.thin: `1` is outside 2..=4294967295",
            "kinds[0].decay.half_life_days: `0` is outside 1..=3650",
            "kinds[1].decay: field `half_life_days` is missing",
            "kinds[1].decay: unknown field `half_life_dyas` (did you mean `half_life_days`?)",
            "kinds[2].points: a number with a point (write decimals as text, such as \"12.5\") where a decimal written as text, such as \"12.5\", is expected",
            "kinds[2].tier: `hihg` is none of decisive, high, medium, low, trace, ignored, negative (did you mean `high`?)",
            "roles[0].weight: `1001` is outside 0..=1000",
            "templates[0].seats[0].role: unknown role `econmic_buyer` (did you mean `economic_buyer`?)",
        ]
    );
}

#[test]
fn what_is_no_policy_is_refused_with_line_and_column() {
    for (text, said) in [
        ("", "not readable as a document: EOF while parsing a value at line 1 column 0"),
        ("{", "not readable as a document: EOF while parsing an object at line 1 column 1"),
        ("{\"schema\": 1,\n \"name\" \"x\"}", "not readable as a document: expected `:` at line 2 column 9"),
        ("{} {}", "not readable as a document: trailing characters at line 1 column 4"),
        ("schema: 1", "not readable as a document: expected value at line 1 column 1"),
        ("[]", "a list where an object is expected"),
        ("null", "null where an object is expected"),
        ("12", "a whole number where an object is expected"),
    ] {
        let (code, lines) = checked(text);
        assert_eq!((code, lines[0].as_str()), (1, format!("p.json: {said}").as_str()), "{text}");
    }
    let (code, lines) = checked(b"{\"name\": \"caf\xe9\"}");
    assert_eq!((code, lines.len()), (2, 1));
    assert!(lines[0].starts_with("error: policy p.json cannot be read: "), "{lines:?}");
    assert_eq!(run(&["policy", "--check", "no-such.json"]).code, 2);
}

#[test]
fn a_number_with_a_point_is_no_decimal_and_no_whole_number() {
    let text = edited(&default_policy(), &[("\"weight\": 100", "\"weight\": 100.0"), ("\"points\": \"100\"", "\"points\": 1e2")]);
    let (code, said) = checked(text);
    assert_eq!(code, 1);
    assert_eq!(
        said,
        [
            "p.json: roles[0].weight: a number with a point (write decimals as text, such as \"12.5\") where a whole number is expected",
            "p.json: kinds[0].points: a number with a point (write decimals as text, such as \"12.5\") where a decimal written as text, such as \"12.5\", is expected",
            "2 problems",
        ]
    );
}

#[test]
fn absurd_depth_is_refused_in_every_document() {
    let lists = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let nots = |depth: usize| format!("{}{{\"all\":[]}}{}", "{\"not\":".repeat(depth), "}".repeat(depth));
    for depth in [101, 128, 1_000, 100_000] {
        for deep in [lists(depth), nots(depth), "[".repeat(depth), "{\"a\":".repeat(depth)] {
            for text in
                [deep.clone(), format!("{{\"schema\":1,\"qualification\":{deep}}}"), format!("{{\"schema\":1,\"policies\":{deep}}}")]
            {
                let (code, said) = checked(&text);
                assert!(code == 1 && !said.is_empty() && said.len() < 50, "{code} {said:?}");
                assert!(
                    Policy::from_json(&text).is_err()
                        && PortfolioDocument::from_json(&text).is_err()
                        && SignalTally::from_json(&text).is_err()
                );
            }
            let dir = Files::good().written();
            dir.write("m.json", format!("{{\"schema\":1,\"name\":\"m\",\"files\":{deep}}}"));
            let ran = run(&["check", "--data", dir.path(), "--mapping", &dir.file("m.json")]);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
            assert!(ran.err.starts_with("error: mapping ") && ran.err.len() < 4_000, "{}", ran.err);
        }
    }
}

#[test]
fn a_bad_policy_stops_an_assessment_before_it_begins() {
    let dir = Files::good().written();
    dir.write("p.json", edited(&default_policy(), &[("\"thin\": 2", "\"thin\": 1"), ("\"weight\": 100", "\"weight\": -1")]));
    let path = dir.file("p.json");
    for command in [vec!["check", "--data", dir.path()], vec!["assess", "--data", dir.path(), "--as-of", DAY]] {
        let ran = run(&[command.as_slice(), &["--policy", &path]].concat());
        assert_eq!((ran.code, ran.out.as_str(), ran.err.lines().count()), (2, "", 2), "{}", ran.err);
        assert!(ran.err.contains(&format!("error: policy {path}: roles[0].weight: `-1` is outside 0..=1000\n")), "{}", ran.err);
    }
}

#[test]
fn a_mapping_says_all_its_problems_with_their_paths() {
    let dir = Files::good().written();
    let mapping = r#"{"schema": 2, "tilte": "x", "files": {"acounts": [], "contacts": [], "signals": [
        {"file": 7, "columns": {"kind": "k", "kind": "l", "att": "a", "at": []}, "values": {"solution": {"a": 1}}, "lenient": "yes"},
        {"file": "s.csv", "columns": {"kind": "k", "at": "a", "contact_id": {"join": ["a"], "glue": "-"}}, "constants": {"kind": "x"}, "id_prefix": 1},
        "signals.csv"],
        "ties": [{"file": "t.csv", "columns": {"from_id": "f"}, "id_prefix": "p", "attributes": ["a"]}]}}"#;
    dir.write("m.json", mapping);
    let path = dir.file("m.json");
    let ran = run(&["check", "--data", dir.path(), "--mapping", &path]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    let said: Vec<&str> = ran.err.lines().map(|line| line.strip_prefix(&format!("error: mapping {path}: ")).unwrap_or(line)).collect();
    assert_eq!(
        said,
        [
            "unknown field `tilte`",
            "schema: `2` is outside 1..=1",
            "field `name` is missing",
            "files: unknown field `acounts` (did you mean `accounts`?)",
            "files.contacts: at least one file is needed; leave the table out to read its own file",
            "files.ties[0]: `to_id` needs a column or a constant",
            "files.ties[0]: `kind` needs a column or a constant",
            "files.ties[0]: `strength` needs a column or a constant",
            "files.ties[0].id_prefix: only signals have prefixed ids",
            "files.ties[0].attributes: only accounts have custom attributes",
            "files.signals[0].file: a number where a text is expected",
            "files.signals[0].columns: unknown field `att` (did you mean `at`?)",
            "files.signals[0].columns: field `kind` stands twice; keep one",
            "files.signals[0].columns.at: no column is named",
            "files.signals[0].values.solution.a: a number where a text is expected",
            "files.signals[0].lenient: a text where true or false is expected",
            "files.signals[0].values.solution: `solution` has no entry in `columns`; its values come from nowhere",
            "files.signals[0]: `at` needs a column or a constant",
            "files.signals[0]: a signal needs a `contact_id`, an `account_id` or an `email`",
            "files.signals[1].columns.contact_id: unknown field `glue`",
            "files.signals[1].id_prefix: a number where a text is expected",
            "files.signals[1].constants.kind: `kind` has a column and a constant; keep one",
            "files.signals[2]: a text where an object is expected",
            "files.signals[2]: field `file` is missing",
            "files.signals[2]: `kind` needs a column or a constant",
            "files.signals[2]: `at` needs a column or a constant",
            "files.signals[2]: a signal needs a `contact_id`, an `account_id` or an `email`",
        ]
    );
}

#[test]
fn a_mapping_that_is_none_is_refused() {
    let dir = Files::good().written();
    for (text, said) in [
        ("", "not readable as a document: EOF while parsing a value at line 1 column 0"),
        ("{\"schema\": 1,}", "not readable as a document: trailing comma at line 1 column 14"),
        ("[]", "a list where an object is expected"),
    ] {
        dir.write("m.json", text);
        let ran = run(&["check", "--data", dir.path(), "--mapping", &dir.file("m.json")]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.starts_with(&format!("error: mapping {}: {said}\n", dir.file("m.json"))), "{}", ran.err);
    }
}

#[test]
fn a_portfolio_says_all_its_problems_with_their_paths() {
    let text = r#"{"schema":1,"accounts":[{"id":"a","revenue":1.5,"employees":-1,"nmae":"x"},{"id":"","parent":7}],
        "contacts":[{"id":"c","stance":"oponent","created":"2025-02-30","roles":[{"role":"x","evidence":"hearsay"}]}],
        "ties":[{"from":"c","to":"c","kind":"knows","strength":101}],"opportunities":[{"id":"o","account":"a","created_at":"noon","amount":"1,5"}]}"#;
    let said: Vec<String> = PortfolioDocument::from_json(text).expect_err("it is bad").iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "accounts[0].employees: `-1` is outside 0..=18446744073709551615",
            "accounts[0].revenue: a number with a point (write decimals as text, such as \"12.5\") where a decimal written as text, such as \"12.5\", is expected",
            "accounts[0]: unknown field `nmae` (did you mean `name`?)",
            "accounts[1].id: account id is blank; give it an id",
            "accounts[1].parent: a whole number where a text is expected",
            "contacts[0].roles[0].evidence: `hearsay` is none of human, crm, title, vendor, behaviour",
            "contacts[0].stance: `oponent` is none of supporter, neutral, opponent, unknown (did you mean `opponent`?)",
            "contacts[0].created: `2025-02-30` is no day; write `YYYY-MM-DD`, a date that exists",
            "ties[0].strength: `101` is outside 1..=100",
            "opportunities[0].created_at: `noon` is no time; write RFC 3339, such as `2025-05-05T09:30:00Z`, or a date",
            "opportunities[0].amount: `1,5` is no decimal number; write digits with at most one point, such as `12.5`",
        ]
    );
    let text = r#"{"schema":1,"accounts":[{"id":"a","parent":"b"},{"id":"b","parent":"a"},{"id":"c"},{"id":"c"}],"contacts":[{"id":"x","account":"d"},{"id":"y"}],
        "groups":[{"id":"c","account":"a"}],"members":[{"group":"g","contact":"z","role":"coach"}],"ties":[{"from":"x","to":"x","kind":"knows","strength":1}],
        "opportunities":[{"id":"o","account":"c","created_at":"2025-01-02","closed_at":"2025-01-01","outcome":"won"},{"id":"o","account":"c","created_at":"2025-01-02","outcome":"lost"}],
        "dispositions":[{"group":"g","at":"2025-01-01","verdict":"accepted"}]}"#;
    let document = PortfolioDocument::from_json(text).expect("its shape is right");
    let said: Vec<String> = AccountGraph::from_document(document).expect_err("it is bad").iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "accounts[0].parent: parents go in a circle: `a` → `b` → `a`",
            "accounts[1].parent: account `a` could not be used itself",
            "accounts[3].id: account `c` is there already",
            "contacts[0].account: unknown account `d`",
            "contacts[1].account: contact `y` has no account; name its account, or say that it is `own_staff`",
            "groups[0].id: group `c` of account `a` has the id of another account; give it another id",
            "groups[0].account: account `a` could not be used itself",
            "members[0].group: unknown group `g`",
            "members[0].contact: unknown contact `z`",
            "ties[0].to: contact `x` is tied to itself",
            "ties[0].from: contact `x` could not be used itself",
            "ties[0].to: contact `x` could not be used itself",
            "opportunities[0].closed_at: opportunity `o` closes before it was created",
            "opportunities[1].id: opportunity `o` is there already",
            "opportunities[1].closed_at: opportunity `o` is lost but has no `closed_at`",
            "dispositions[0].group: unknown group `g`",
        ]
    );
}
