//! Exports read through mapping documents: the presets, the real one, and documents that are wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use serde_json::Value;

use crate::support::{DAY, Dir, Ran, repository, run};

fn objects(ran: &Ran) -> Vec<Value> {
    ran.out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect()
}

/// Assesses an export that is kept beside the tests.
fn preset(name: &str, more: &[&str]) -> Ran {
    let data = repository(&format!("tests/cli/{name}"));
    run(&[&["assess", "--data", &data, "--as-of", DAY, "--mapping", name, "--format", "jsonl"], more].concat())
}

#[test]
fn a_salesforce_export_is_read_as_it_is() {
    let ran = preset("salesforce", &[]).ends_with(0);
    let groups = objects(&ran);
    let ids: Vec<_> = groups
        .iter()
        .map(|one| (one["account_id"].as_str().unwrap_or(""), one["group_id"].as_str().unwrap_or(""), one["stage"].as_str().unwrap_or("")))
        .collect();
    assert_eq!(
        ids,
        [("001A", "006A", "in_sales_motion"), ("001A", "006B", "won"), ("001A", "006C", "lost"), ("001B", "001B", "identified"),]
    );
    let roles = |group: &Value| -> Vec<String> {
        let members = group["members"].as_array().expect("members").iter();
        members.flat_map(|one| one["roles"].as_array().expect("roles")).map(|role| role.as_str().unwrap_or("").into()).collect()
    };
    assert_eq!(roles(&groups[0]), ["economic_buyer", "technical_evaluator"]);
    assert_eq!(groups[0]["intake"]["counted"], 3, "a form, a meeting and a registration: {}", groups[0]["intake"]);
    for words in [
        "Signals: 6 = 0 duplicate + 1 of unknown people or accounts + 5 known",
        "Columns that the mapping names and the file lacks: ",
        "(mapping salesforce)",
        "Rows that the mapping does not read: Task.csv: 2",
    ] {
        assert!(ran.err.contains(words), "{words} is missing in\n{}", ran.err);
    }
}

#[test]
fn a_hubspot_export_is_read_as_it_is() {
    let ran = preset("hubspot", &[]).ends_with(0);
    let groups = objects(&ran);
    let deal = &groups[0];
    assert_eq!((&deal["group_id"], &deal["stage"]), (&Value::from("901"), &Value::from("in_sales_motion")));
    let members = deal["members"].as_array().expect("members");
    let named: Vec<_> = members.iter().map(|one| (one["contact"].clone(), one["roles"].clone(), one["opponent"].clone())).collect();
    assert_eq!(
        named,
        [
            (Value::from("11"), serde_json::json!(["economic_buyer", "decision_maker"]), Value::from(false)),
            (Value::from("12"), serde_json::json!(["champion"]), Value::from(true)),
            (Value::from("13"), serde_json::json!([]), Value::from(false)),
        ]
    );
    assert_eq!(groups[1]["stage"], "won");
    assert!(ran.err.contains("Signals: 5 = 0 duplicate + 0 of unknown people or accounts + 5 known"), "{}", ran.err);
    assert!(ran.err.contains("Over 2 groups: 10 signals = 4 unknown kind"), "a note and a meeting that was missed: {}", ran.err);
}

#[test]
fn tasks_of_which_nobody_can_tell_whether_they_were_done_are_refused() {
    let tasks = std::fs::read_to_string(repository("tests/cli/salesforce/Task.csv")).expect("a file");
    let read = |tasks: &str| {
        let same = |name: &str| std::fs::read(repository(&format!("tests/cli/salesforce/{name}"))).expect("a file");
        let dir = Dir::empty().with("Account.csv", same("Account.csv")).with("Contact.csv", same("Contact.csv")).with("Task.csv", tasks);
        dir.check(&["--mapping", "salesforce"])
    };
    let ran = read(&tasks.replace("Status", "State")).ends_with(2);
    assert!(ran.err.contains("Task.csv: line 1: column `IsClosed` is missing"), "{}", ran.err);
    // The field that says so comes before the status, which has other words in every organisation.
    let closed = tasks.replace("Status", "IsClosed").replace("Completed", "TRUE").replace("Not Started", "false").replace("Deferred", "0");
    assert!(read(&closed).out.contains("Rows that the mapping does not read: Task.csv: 2"));
}

#[test]
fn a_preset_says_which_file_it_needs() {
    let ran = Dir::small().check(&["--mapping", "salesforce"]).ends_with(2);
    assert!(ran.err.contains("error: Account.csv is missing in "), "{}", ran.err);
    assert!(
        ran.err.contains("error: no signals in ") && ran.err.contains("one of Task.csv, Event.csv, CampaignMember.csv is needed"),
        "{}",
        ran.err
    );
    assert!(
        Dir::small()
            .check(&["--mapping", "salesfroce"])
            .ends_with(2)
            .err
            .contains("presets salesforce, hubspot (did you mean `salesforce`?)")
    );
}

#[test]
fn a_mapping_may_name_some_files_and_leave_the_others_as_they_are() {
    let mapping = r#"{"schema":1,"name":"mine","files":{"signals":[
        {"file":"web.csv","id_prefix":"web:","columns":{"signal_id":"No","contact_id":"Who","at":"When","kind":["What","How"]},
         "values":{"kind":{"demo / form":"demo_request","*":"page_view"}}},
        {"file":"calls.csv","id_prefix":"call:","columns":{"signal_id":"No","contact_id":"Who","at":{"first":["Done","Due"]}},
         "constants":{"kind":"call_made"}},
        {"file":"chats.csv","optional":true,"columns":{"contact_id":"Who","at":"When","kind":"What"}}]}}"#;
    let dir = Dir::small()
        .with("mapping.json", mapping)
        .with("web.csv", "No,Who,When,What,How\n1,ann,2025-05-01,Demo,FORM\n2,ann,2025-05-01,home,\n")
        .with("calls.csv", "No,Who,Done,Due\n1,ann,,2025-05-02\n2,ann,2025-05-01,2025-05-02\n");
    let ran = dir.assess(&["--mapping", &dir.file("mapping.json"), "--format", "jsonl", "--account", "acme"]).ends_with(0);
    let intake = objects(&ran)[0]["intake"].clone();
    assert_eq!((&intake["counted"], &intake["zero_points"]), (&Value::from(2), &Value::from(2)), "{intake}");
    assert!(ran.err.contains("Signals: 4 = 0 duplicate"), "one id in two files is two signals: {}", ran.err);
    assert!(ran.err.contains("Other CSV files, not used: signals.csv"), "{}", ran.err);
}

#[test]
fn problems_are_told_in_the_words_of_the_export() {
    let mapping = r#"{"schema":1,"name":"mine","files":{"accounts":[
        {"file":"accounts.csv","columns":{"account_id":"account_id","employees":"Head Count"},"attributes":["Region"]}]}}"#;
    let dir = Dir::small().with("mapping.json", mapping).with("accounts.csv", "account_id,Head Count,Region\nacme,many,North\nbeta,,\n");
    let ran = dir.check(&["--mapping", &dir.file("mapping.json")]).ends_with(1);
    assert!(ran.out.starts_with("accounts.csv:2: column `Head Count`: `many` is no whole number"), "{}", ran.out);
    let without = dir.with("accounts.csv", "account_id,Headcount\nacme,1\n");
    let ran = without.check(&["--mapping", &without.file("mapping.json")]).ends_with(2);
    assert!(ran.err.contains("accounts.csv: line 1: column `Head Count` is missing (did you mean `Headcount`?)"), "{}", ran.err);
    assert!(ran.err.contains("accounts.csv: line 1: column `Region` is missing"), "{}", ran.err);
}

#[test]
fn every_problem_of_a_mapping_is_told_with_its_path() {
    let mapping = r#"{"schema":2,"nam":"x","files":{"accounts":[{"file":"a.csv","columns":{"accountid":"Id","name":7},"id_prefix":"x:"}],
        "signals":[{"file":"s.csv","columns":{"kind":"K","at":"T"},"constants":{"kind":"page_view"},"values":{"solution":{}}}],
        "groups":[],"group":[]}}"#;
    let dir = Dir::small().with("mapping.json", mapping);
    let ran = dir.check(&["--mapping", &dir.file("mapping.json")]).ends_with(2);
    for said in [
        ": unknown field `nam` (did you mean `name`?)",
        ": schema: `2` is outside 1..=1",
        ": field `name` is missing",
        ": files: unknown field `group` (did you mean `groups`?)",
        ": files.accounts[0].columns: unknown field `accountid` (did you mean `account_id`?)",
        ": files.accounts[0].columns.name: a number where a column, a list of columns, or an object with `join` or `first` is expected",
        ": files.accounts[0]: `account_id` needs a column or a constant",
        ": files.accounts[0].id_prefix: only signals have prefixed ids",
        ": files.groups: at least one file is needed; leave the table out to read its own file",
        ": files.signals[0].constants.kind: `kind` has a column and a constant; keep one",
        ": files.signals[0].values.solution: `solution` has no entry in `columns`; its values come from nowhere",
        ": files.signals[0]: a signal needs a `contact_id`, an `account_id` or an `email`",
    ] {
        assert!(ran.err.lines().any(|line| line.ends_with(said)), "`{said}` is not in\n{}", ran.err);
    }
}

/// The real export, when it is at hand. See `examples/mappings/opsmadeez/README.md`.
#[test]
fn the_opsmadeez_export_gives_its_known_answers() {
    let Some(shared) = std::env::var_os("QUORATE_DATA") else {
        // Not by `eprintln!`, which the test runner keeps to itself while tests pass.
        let _ = writeln!(io::stderr(), "SKIPPED: QUORATE_DATA is not set; it names the directory that holds opsmadeez-buying-groups");
        return;
    };
    let data = Path::new(&shared).join("opsmadeez-buying-groups").display().to_string();
    let (mapping, policy) = (repository("examples/mappings/opsmadeez/mapping.json"), repository("examples/mappings/opsmadeez/policy.json"));
    let ran =
        run(&["assess", "--data", &data, "--as-of", DAY, "--mapping", &mapping, "--policy", &policy, "--format", "jsonl"]).ends_with(0);
    assert!(ran.err.contains("Signals: 5,812 = 0 duplicate + 0 of unknown people or accounts + 5,812 known"), "{}", ran.err);
    let groups = objects(&ran);
    let mut accounts: Vec<_> = groups.iter().map(|one| one["account_id"].as_str()).collect();
    accounts.dedup();
    assert_eq!((groups.len(), accounts.len()), (102, 102));
    let states: u64 = groups.iter().flat_map(|one| one["intake"].as_object().expect("counts").values()).filter_map(Value::as_u64).sum();
    assert_eq!(states, 5_812, "every row of both files is in one state of one group");
    assert!(groups.iter().all(|one| one["intake"]["unknown_kind"] == 0));
    deals_have_the_gaps_that_the_source_counts(&groups);
}

/// Its README: no deal of 20 has all six roles; deals missing each role.
fn deals_have_the_gaps_that_the_source_counts(groups: &[Value]) {
    let deals: Vec<&Value> = groups.iter().filter(|one| one["template"] == "marketing_platform").collect();
    assert_eq!(deals.len(), 20);
    let missing = |role: &str| -> usize {
        let lacks = |deal: &&&Value| {
            deal["gaps"].as_array().is_some_and(|gaps| gaps.iter().any(|gap| gap["code"] == "role_missing" && gap["role"] == role))
        };
        deals.iter().filter(lacks).count()
    };
    let counted = ["decision_maker", "economic_buyer", "technical_evaluator", "influencer", "end_user", "procurement_legal"].map(missing);
    assert_eq!(counted, [7, 10, 10, 9, 11, 4]);
    let complete = deals.iter().filter(|deal| deal["coverage"]["filled"] == "100").count();
    assert_eq!(complete, 0);
}

/// The definition of roles by title that comes with the export, as a document, against what its README counts.
#[test]
fn the_opsmadeez_definition_of_roles_by_title_gives_its_known_answers() {
    let Some(export) = opsmadeez() else { return };
    let roles = export.run("roles", &export.mapping, &["--template", "marketing_platform", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(roles.as_bytes());
    let at = reader.headers().expect("a header").iter().position(|name| name == "role").expect("a column");
    let mut counted: BTreeMap<String, u32> = BTreeMap::new();
    for row in reader.records() {
        *counted.entry(row.expect("a row")[at].into()).or_default() += 1;
    }
    let counted: Vec<(&str, u32)> = counted.iter().map(|(role, number)| (role.as_str(), *number)).collect();
    let known = [("", 555), ("decision_maker", 243), ("economic_buyer", 259), ("influencer", 383), ("procurement_legal", 125)];
    assert_eq!(counted, [&known[..], &[("technical_evaluator", 244)]].concat());

    let groups = lines(&export.run("assess", &export.mapping, &["--as-of", DAY, "--format", "jsonl"]));
    assert_eq!(groups.len(), 102);
    let lacking = |role: &str| {
        let lacks = |group: &&Value| {
            let roles = group["coverage"]["roles"].as_array().expect("roles");
            roles.iter().any(|one| one["role"] == role && one["filled"] == "0")
        };
        groups.iter().filter(lacks).count()
    };
    assert_eq!((lacking("decision_maker"), lacking("procurement_legal")), (7, 23));
    let holders =
        groups.iter().flat_map(|group| group["members"].as_array().expect("members")).filter(|one| one["roles"] != serde_json::json!([]));
    assert_eq!(holders.count(), 1_254);
}

/// Its contacts without their account ids: an address whose domain one account has leads there, any other is ambiguous.
#[test]
fn the_opsmadeez_contacts_find_their_accounts_by_domain() {
    let Some(export) = opsmadeez() else { return };
    let text = std::fs::read_to_string(&export.mapping).expect("a mapping");
    let of_contacts = "\"account_id\": \"Account ID\",\n          \"name\": \"Full Name\"";
    assert!(text.contains(of_contacts));
    let dir = Dir::empty().with("mapping.json", text.replace(of_contacts, "\"name\": \"Full Name\""));
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let column = |file: &str, name: &str| export.column(file, name);
    for (domain, account) in column("accounts.csv", "Domain").into_iter().zip(column("accounts.csv", "Account ID")) {
        owners.entry(domain).or_default().insert(account);
    }
    let of_several: BTreeSet<&String> = owners.values().filter(|accounts| accounts.len() > 1).flatten().collect();
    let emails = column("contacts.csv", "Email");
    let several = emails.iter().filter(|email| owners[email.rsplit('@').next().expect("a domain")].len() > 1).count();
    let said = format!("Contacts without an account: 1,809 = {} by listed domain + {several} ambiguous\n", thousands(1_809 - several));
    let mapping = dir.file("mapping.json");
    assert!(export.run("check", &mapping, &[]).contains(&said), "{said}");
    let arguments = ["--as-of", DAY, "--format", "jsonl"];
    let (with, without) = (export.run("assess", &export.mapping, &arguments), export.run("assess", &mapping, &arguments));
    let mut compared = 0;
    for (with, without) in lines(&with).into_iter().zip(lines(&without)) {
        assert_eq!(with["account_id"], without["account_id"]);
        if !of_several.contains(&with["account_id"].as_str().expect("an id").to_owned()) {
            assert_eq!(with, without);
            compared += 1;
        }
    }
    assert_eq!(compared + of_several.len(), 102);
}

/// The real export, read by title.
struct Export {
    data: String,
    mapping: String,
}

fn opsmadeez() -> Option<Export> {
    let Some(shared) = std::env::var_os("QUORATE_DATA") else {
        let _ = writeln!(io::stderr(), "SKIPPED: QUORATE_DATA is not set; it names the directory that holds opsmadeez-buying-groups");
        return None;
    };
    let data = Path::new(&shared).join("opsmadeez-buying-groups").display().to_string();
    Some(Export { data, mapping: repository("examples/mappings/opsmadeez/by-title.json") })
}

impl Export {
    #[track_caller]
    fn run(&self, command: &str, mapping: &str, more: &[&str]) -> String {
        let policy = repository("examples/mappings/opsmadeez/by-title-policy.json");
        run(&[&[command, "--data", &self.data, "--mapping", mapping, "--policy", &policy], more].concat()).ends_with(0).out
    }

    /// The cells of a column of a file.
    fn column(&self, file: &str, name: &str) -> Vec<String> {
        let mut reader = csv::Reader::from_path(Path::new(&self.data).join(file)).expect("the file is there");
        let at = reader.headers().expect("a header").iter().position(|column| column == name).expect("the column is there");
        reader.records().map(|row| row.expect("a row")[at].into()).collect()
    }
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("an object")).collect()
}

fn thousands(number: usize) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", number / 1_000, number % 1_000) }
}
