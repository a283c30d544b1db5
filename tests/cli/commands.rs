//! Every command, every format, every exit code.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::Value;

use crate::support::{DAY, Dir, command, repository, run};

fn objects(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).expect("each line is an object")).collect()
}

#[test]
fn the_table_has_the_most_ready_first_and_says_who_decides_and_who_is_missing() {
    let ran = Dir::small().assess(&[]).ends_with(0);
    assert_eq!(ran.err, "");
    let (acme, beta) = (ran.out.find("Acme AG").expect("acme"), ran.out.find("Beta, Söhne \"GmbH\"").expect("beta"));
    assert!(acme < beta);
    for words in [
        "QUALIFIED (asked)",
        "Ann Lee, economic buyer",
        "no decision maker, technical",
        "silent: champion (Bob Ray)",
        "1 person of unknown role may be",
        "Policy: quorate-default 1",
        "Rows: accounts.csv 2 · contacts.csv 3 · signals.csv 2",
        "Signals: 2 = 0 duplicate + 0 of unknown people or accounts + 2 known",
        "Over 2 groups: 2 signals = 2 counted",
    ] {
        assert!(ran.out.contains(words), "{words} is missing in\n{}", ran.out);
    }
    assert!(!ran.out.contains('\u{1b}'), "colours are for terminals");
}

#[test]
fn the_table_keeps_to_the_width_asked_for() {
    let data = Dir::small();
    for width in ["80", "100", "160"] {
        let output = command(&["assess", "--data", &data.path(), "--as-of", DAY]).env("COLUMNS", width).output().expect("it runs");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let widest = text.lines().filter(|line| line.starts_with([' ', '─'])).map(|line| line.chars().count()).max();
        assert!(widest <= width.parse().ok(), "{widest:?} > {width}");
    }
}

#[test]
fn json_lines_are_ordered_by_account_then_group_and_carry_the_documented_fields() {
    let groups = "group_id,account_id,solution\nz,beta,analytics\na,beta,storage\n";
    let ran = Dir::small().with("groups.csv", groups).assess(&["--format", "jsonl"]).ends_with(0);
    let all = objects(&ran.out);
    let ids: Vec<_> = all.iter().map(|one| (one["account_id"].as_str(), one["group_id"].as_str())).collect();
    assert_eq!(ids, [(Some("acme"), Some("acme")), (Some("beta"), Some("a")), (Some("beta"), Some("z"))]);
    for field in
        "account_id group_id solution as_of policy verdict stage points readiness coverage people fit momentum gaps intake".split(' ')
    {
        assert!(all[0].get(field).is_some(), "{field}");
    }
    assert_eq!(all[0]["points"], "95.4841604");
    assert!(ran.err.contains("Signals: 2 = "), "the summary goes to stderr: {}", ran.err);
}

#[test]
fn the_csv_form_has_one_row_a_group_and_quotes_what_needs_it() {
    let ran = Dir::small().assess(&["--format", "csv"]).ends_with(0);
    let mut reader = csv::Reader::from_reader(ran.out.as_bytes());
    let header = reader.headers().expect("a header").clone();
    assert_eq!(header.iter().take(4).collect::<Vec<_>>(), ["account_id", "account_name", "group_id", "solution"]);
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(&rows[1][1], "Beta, Söhne \"GmbH\"");
    assert_eq!((&rows[0][6], &rows[0][7], &rows[0][10]), ("qualified", "hand_raise", "95.4841604"));
}

#[test]
fn the_order_of_rows_changes_no_byte_of_the_answer() {
    let reversed =
        Dir::small().with("accounts.csv", "industry,account_id,name\n,beta,\"Beta, Söhne \"\"GmbH\"\"\"\nSoftware,acme,Acme AG\n").with(
            "signals.csv",
            "signal_id,at,contact_id,kind\ns-2,2025-05-02T12:00:00+02:00,cyd,page_view\ns-1,2025-05-01,ann,demo_request\n",
        );
    for format in ["jsonl", "csv", "table"] {
        let (one, other) = (Dir::small().assess(&["--format", format]), reversed.assess(&["--format", format]));
        assert_eq!(one.ends_with(0).out, other.ends_with(0).out, "{format}");
    }
}

#[test]
fn one_account_can_be_asked_for_and_a_slip_in_its_id_is_recognised() {
    let data = Dir::small();
    assert_eq!(data.assess(&["--account", "beta", "--format", "jsonl"]).ends_with(0).out.lines().count(), 1);
    let ran = data.assess(&["--account", "acmee"]).ends_with(2);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", "error: unknown account `acmee` (did you mean `acme`?)\n"));
}

#[test]
fn the_default_policy_is_printed_and_is_itself_a_policy() {
    let printed = run(&["policy"]).ends_with(0);
    let dir = Dir::small().with("policy.json", &printed.out);
    let ran = run(&["policy", "--check", &dir.file("policy.json")]).ends_with(0);
    assert!(ran.out.starts_with("valid: quorate-default 1, hash "), "{}", ran.out);
    let (own, default) = (dir.assess(&["--policy", &dir.file("policy.json"), "--format", "jsonl"]), dir.assess(&["--format", "jsonl"]));
    assert_eq!(own.ends_with(0).out, default.ends_with(0).out);
}

#[test]
fn every_problem_of_a_policy_is_printed_with_its_path() {
    let printed = run(&["policy"]).ends_with(0).out;
    let broken = printed.replace("\"thin\": 2", "\"thin\": 1").replace("\"half_life_days\": 60", "\"half_life_days\": 0");
    let dir = Dir::small().with("policy.json", broken);
    let ran = run(&["policy", "--check", &dir.file("policy.json")]).ends_with(1);
    assert!(ran.out.contains("policy.json: group.threads.thin: "), "{}", ran.out);
    assert!(ran.out.contains("kinds[0].decay.half_life_days: "), "{}", ran.out);
    assert!(dir.assess(&["--policy", &dir.file("policy.json")]).ends_with(2).err.contains("group.threads.thin: "));
    assert!(run(&["policy", "--check", &dir.file("nowhere.json")]).ends_with(2).err.contains("cannot be read"));
}

#[test]
fn what_a_valid_policy_can_never_do_is_noted() {
    let printed = run(&["policy"]).ends_with(0).out;
    let low = printed.replace("\"cap\": \"200\"", "\"cap\": \"9\"");
    let dir = Dir::small().with("policy.json", &low);
    let ran = run(&["policy", "--check", &dir.file("policy.json")]).ends_with(0);
    let note = "qualification.all[1]: never true: at least 2 engaged people, and this policy allows at most 0";
    assert!(ran.out.starts_with("valid: ") && ran.out.contains(&format!("policy.json: note: {note}")), "{}", ran.out);
    let ran = dir.check(&["--policy", &dir.file("policy.json")]).ends_with(0);
    assert!(ran.out.contains(&format!("Policy note: {note}")), "{}", ran.out);
}

#[test]
fn a_set_of_policies_is_applied_group_by_group() {
    let policy = run(&["policy"]).ends_with(0).out;
    let other = policy.replace("quorate-default", "for-analytics");
    let set = format!(
        r#"{{"schema":1,"policies":[{{"when":{{"solutions":["analytics"]}},"policy":{other}}},{{"when":{{}},"policy":{policy}}}]}}"#
    );
    let dir = Dir::small().with("groups.csv", "group_id,account_id,solution\ng,beta,analytics\n").with("set.json", set);
    let ran = dir.assess(&["--policy", &dir.file("set.json"), "--format", "jsonl"]).ends_with(0);
    let applied: Vec<_> = objects(&ran.out).iter().map(|one| one["policy"]["name"].as_str().map(String::from)).collect();
    assert_eq!(applied, [Some("quorate-default".into()), Some("for-analytics".into())]);
    let checked = run(&["policy", "--check", &dir.file("set.json")]).ends_with(0).out;
    assert_eq!(checked.lines().filter(|line| line.starts_with("valid: ")).count(), 2);
    assert!(checked.contains("set.json: note: policies[1].policy.fit.source: no group can reach the stage targeted"), "{checked}");
}

#[test]
fn a_fit_score_in_the_data_counts_as_supplied_unless_a_policy_is_given() {
    let dir = Dir::small().with("accounts.csv", "account_id,fit_score\nacme,82.50\nbeta,\n").with("policy.json", run(&["policy"]).out);
    let ran = dir.assess(&["--format", "jsonl"]).ends_with(0);
    assert!(ran.err.contains("note: accounts carry a fit_score, so fit counts as supplied"), "{}", ran.err);
    let all = objects(&ran.out);
    assert_eq!((&all[0]["fit"]["definite"], &all[0]["fit"]["tier"]), (&Value::from("82.5"), &Value::from("A")));
    assert_eq!((&all[1]["fit"]["definite"], &all[1]["fit"]["possible"]), (&Value::from("0"), &Value::from("100")));
    let ran = dir.assess(&["--format", "jsonl", "--policy", &dir.file("policy.json")]).ends_with(0);
    assert_eq!(objects(&ran.out)[0]["fit"]["definite"], Value::Null);
}

#[test]
fn a_check_says_what_there_is_and_finds_nothing_in_good_data() {
    let ran = Dir::small().check(&[]).ends_with(0);
    for line in ["Rows: accounts.csv 2 · contacts.csv 3 · signals.csv 2", "Usable: 2 accounts, 3 contacts", "No row has a problem."] {
        assert!(ran.out.contains(line), "{line} is missing in\n{}", ran.out);
    }
    assert_eq!(ran.err, "");
}

#[test]
fn bad_use_ends_with_2_and_help_with_0() {
    for arguments in [
        &["assess"][..],
        &["asess"],
        &["assess", "--data", ".", "--as-of", "2025-02-30"],
        &["assess", "--data", ".", "--as-of", DAY, "--format", "xml"],
        &[],
    ] {
        assert!(!run(arguments).ends_with(2).err.is_empty(), "{arguments:?}");
    }
    assert!(
        run(&["assess", "--data", ".", "--as-of", "2025-02-30"])
            .err
            .contains("`2025-02-30` is no day; write `YYYY-MM-DD`, a date that exists")
    );
    assert!(run(&["--help"]).ends_with(0).out.contains("Exit codes: 0 all well"));
}

#[test]
fn a_closed_pipe_ends_the_run_quietly() {
    // Long enough to fill any pipe, so that the program is still writing when its reader goes away.
    let accounts: String = (0..3_000).map(|number| format!("a{number},Account {number}\n")).collect();
    let data = Dir::small().with("accounts.csv", format!("account_id,name\nacme,\nbeta,\n{accounts}"));
    let path = data.path();
    for format in ["table", "jsonl", "csv"] {
        let mut child = command(&["assess", "--data", &path, "--as-of", DAY, "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut first = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut first).expect("a line");
        assert!(!first.is_empty());
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !said.contains("panicked") && !said.contains("error"), "{format}: {:?}\n{said}", output.status);
    }
}

#[test]
fn the_sample_portfolio_of_the_repository_has_no_problem() {
    let ran = run(&["check", "--data", &repository("examples/data")]).ends_with(0);
    assert!(ran.out.contains("No row has a problem."), "{}", ran.out);
}
