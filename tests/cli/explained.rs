//! `quorate explain`: one group for reading and for machines.

use serde_json::Value;

use crate::support::{Dir, Ran, repository, run};

/// Explains an account of the sample portfolio.
#[track_caller]
fn sample(account: &str, more: &[&str]) -> Ran {
    let data = repository("examples/data");
    run(&[&["explain", "--data", &data, "--as-of", "2025-06-30", "--account", account], more].concat()).ends_with(0)
}

/// A number that was printed with two decimals, in hundredths.
#[track_caller]
fn hundredths(printed: &str) -> i64 {
    printed.replace('.', "").parse().expect("a number with two decimals")
}

/// The part of a text from a heading to the next blank line.
#[track_caller]
fn section<'t>(text: &'t str, heading: &str) -> &'t str {
    let start = text.find(heading).expect("the heading");
    text[start..].split("\n\n").next().expect("a part")
}

/// The accounts of the sample.
fn accounts() -> Vec<String> {
    let data = repository("examples/data");
    let assessed = run(&["assess", "--data", &data, "--as-of", "2025-06-30", "--format", "jsonl"]).ends_with(0);
    let id = |line: &str| serde_json::from_str::<Value>(line).expect("an object")["account_id"].as_str().expect("an id").to_owned();
    let mut accounts: Vec<String> = assessed.out.lines().map(id).collect();
    accounts.dedup();
    assert_eq!(accounts.len(), 14, "{accounts:?}");
    accounts
}

#[test]
fn what_is_printed_adds_up_as_printed() {
    for account in accounts() {
        for more in [&[][..], &["--all"][..]] {
            let text = sample(&account, more).out;
            let Some(start) = text.find("Where the ") else { continue };
            let ledger = section(&text[start..], "Where the ");
            let total = hundredths(ledger.split(' ').nth(2).expect("a number"));
            let (mut shares, mut person, mut lines): (i64, Option<i64>, i64) = (0, None, 0);
            for line in ledger.lines().skip(1) {
                if line.starts_with("    ") {
                    lines += hundredths(line.split_whitespace().next().expect("a number"));
                    continue;
                }
                assert_eq!(lines, person.unwrap_or(lines), "the lines before `{line}` of {account}");
                let points = line.split(" points x ").next().and_then(|part| part.rsplit(": ").next()).expect("points");
                (person, lines) = (Some(hundredths(points)), 0);
                shares += hundredths(line.rsplit(" = ").next().expect("a share"));
            }
            assert_eq!(lines, person.unwrap_or(0), "{account}");
            assert_eq!(shares, total, "{account}");
        }
    }
}

#[test]
fn every_verdict_is_told_in_its_first_lines() {
    let first = |account: &str| sample(account, &[]).out.lines().nth(1).expect("two lines").to_owned();
    assert_eq!(first("halvorsen"), "QUALIFIED: Ingrid Lie asked to talk (demo request on 2025-06-24).");
    assert_eq!(first("nordlicht"), "QUALIFIED: all that was agreed is met.");
    assert_eq!(first("montalban-norte"), "FACTS NEEDED: still to be found out: the account's fit score.");
    let orsini = "NOT YET: not met are at least 100 points (now ";
    assert!(first("kestrelmoor").starts_with(orsini), "{}", first("kestrelmoor"));
}

#[test]
fn the_readme_shows_what_is_printed() {
    let readme = std::fs::read_to_string(repository("README.md")).expect("the README");
    assert!(readme.contains(sample("orsini", &[]).out.trim_end()), "the README shows another explanation of orsini");
}

#[test]
fn a_machine_reads_one_object_whose_ledger_sums_to_its_points() {
    for account in accounts() {
        let one: Value = serde_json::from_str(&sample(&account, &["--format", "json"]).out).expect("one object");
        let keys: Vec<&str> = one.as_object().expect("an object").keys().map(String::as_str).collect();
        let mut wanted = ["assessment", "qualification", "exclusion", "cited", "ledger", "advice", "holds", "next_people"];
        wanted.sort_unstable();
        assert_eq!(keys, wanted);
        let exact = |value: &Value| value.as_str().expect("a decimal").parse::<quorate::Decimal>().expect("a decimal");
        let persons = one["ledger"]["persons"].as_array().expect("a list");
        let shares: quorate::Decimal = persons.iter().map(|person| exact(&person["share"])).sum();
        assert_eq!(shares, exact(&one["assessment"]["points"]), "{account}");
        let first = &one["qualification"]["children"][0];
        assert_eq!(first["asked"], serde_json::json!({"points": {"at_least": "100"}}));
        assert!(first["value"].is_string() && first["answer"].is_string() && first["cites"]["contacts"].is_array(), "{first}");
    }
}

#[test]
fn the_group_asked_for_is_explained_and_an_unknown_one_is_refused() {
    let data = repository("examples/data");
    let explain = |arguments: &[&str]| run(&[&["explain", "--data", &data, "--as-of", "2025-06-30"], arguments].concat());
    let group = explain(&["--group", "zefier-planning"]).ends_with(0);
    assert!(group.out.lines().next().is_some_and(|line| line.contains("group zefier-planning")), "{}", group.out);
    let unknown = explain(&["--account", "halvorson"]).ends_with(2);
    assert!(unknown.err.contains("unknown account `halvorson` (did you mean `halvorsen`?)"), "{}", unknown.err);
    explain(&[]).ends_with(2);
    explain(&["--account", "halvorsen", "--group", "halvorsen"]).ends_with(2);
}

/// Texts of files cannot steer a terminal, nor forge a line.
#[test]
fn foreign_texts_stay_on_their_line() {
    let data =
        Dir::small().with("accounts.csv", "account_id,name,excluded\nacme,A\u{1b}[2Jcme,\"why\u{1b}[2J\nQUALIFIED\"\nbeta,B\u{202e}eta,\n");
    let data = data.with("signals.csv", "kind,at,contact_id\npage_view,2025-05-02,cyd\n");
    for account in ["acme", "beta"] {
        let ran = run(&["explain", "--data", &data.path(), "--as-of", "2025-05-05", "--account", account]).ends_with(0);
        assert!(!ran.out.contains(['\u{1b}', '\u{202e}']), "{}", ran.out);
        assert!(!ran.out.lines().any(|line| line.starts_with("QUALIFIED")), "{}", ran.out);
    }
}

/// What is suggested is done in the files, and then it is so.
#[test]
fn the_first_example_of_a_suggestion_does_it() {
    let data = repository("examples/data");
    let said = sample("tamarack", &[]).out;
    assert!(
        said.contains("What it would take (each way is enough by itself)\n  1. somebody asks to talk (demo request or contact sales)"),
        "{said}"
    );
    let copy = Dir::empty();
    let copy = ["accounts", "contacts", "groups", "members", "ties", "outcomes", "dispositions"].iter().fold(copy, |copy, name| {
        let file = format!("{name}.csv");
        let content = std::fs::read(format!("{data}/{file}")).expect("a file of the sample");
        copy.with(&file, content)
    });
    let signals = std::fs::read_to_string(format!("{data}/signals.csv")).expect("the signals");
    let header: Vec<&str> = signals.lines().next().expect("a header").split(',').collect();
    let contacts = std::fs::read_to_string(format!("{data}/contacts.csv")).expect("the contacts");
    let someone = contacts.lines().find(|line| line.contains(",tamarack,")).and_then(|line| line.split(',').next()).expect("somebody");
    let cell = |name: &&&str| match **name {
        "kind" => "demo_request",
        "at" => "2025-06-30",
        "contact_id" => someone,
        _ => "",
    };
    let row: Vec<&str> = header.iter().map(|name| cell(&name)).collect();
    let copy = copy.with("signals.csv", format!("{}\n{}\n", signals.trim_end(), row.join(",")));
    let now = run(&["explain", "--data", &copy.path(), "--as-of", "2025-06-30", "--account", "tamarack"]).ends_with(0);
    assert!(now.out.contains("\nQUALIFIED: "), "{}", now.out);
}
