//! Raw exports: titles instead of roles, e-mail addresses instead of account ids.

use serde_json::Value;

use crate::support::{DAY, Dir, Ran, command, repository, run};

fn raw() -> Dir {
    Dir::empty()
        .with("accounts.csv", "account_id,name,domains\nacme,Acme AG,acme.example;shared.example\nbeta,Beta AG,shared.example\n")
        .with(
            "contacts.csv",
            "contact_id,account_id,name,email,title,company,relationship\n\
             ann,acme,Ann Lee,ann@acme.example,CFO,,\n\
             bob,,Bob Ray,bob@acme.example,Sales Manager,,\n\
             cyd,,Cyd Fox,cyd@gmail.com,,\"ACME, A.G.\",\n\
             dan,,Dan Orr,dan@shared.example,,,\n\
             eve,,Eve Poe,eve@gmail.com,,,\n\
             ann2,,Ann Lee,Ann@Acme.example,,,\n\
             rep,,Rita Ray,,,,own_staff\n",
        )
        .with(
            "signals.csv",
            "kind,at,email,account_id,contact_id\n\
             webinar_attended,2025-05-01,ANN@acme.example,,\n\
             pricing_page,2025-05-02,bob@acme.example,,\n\
             page_view,2025-05-02,info@acme.example,,\n\
             page_view,2025-05-02,dan@shared.example,,\n\
             page_view,2025-05-02,eve@gmail.com,,\n\
             page_view,2025-05-03,eve@gmail.com,,\n\
             page_view,2025-05-03,,,eve\n\
             page_view,2025-05-03,eve@gmail.com,beta,\n",
        )
}

fn objects(ran: &Ran) -> Vec<Value> {
    ran.out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect()
}

/// Contacts and roles of the members of a group.
fn members(group: &Value) -> Vec<(String, Value)> {
    let members = group["members"].as_array().expect("members").iter();
    members.map(|one| (one["contact"].as_str().expect("an id").into(), one["roles"].clone())).collect()
}

#[test]
fn contacts_find_their_accounts_and_signals_their_people() {
    let ran = raw().assess(&["--format", "jsonl"]).ends_with(0);
    let groups = objects(&ran);
    let acme = members(&groups[0]);
    let ids: Vec<&str> = acme.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["ann", "bob", "cyd"], "ann2 is ann once more: {}", groups[0]);
    assert_eq!(acme[0].1, serde_json::json!(["economic_buyer"]), "read from the title");
    assert_eq!(members(&groups[1]), []);
    for line in [
        "Contacts without an account: 5 = 1 by email + 1 by listed domain + 1 by name + 1 ambiguous + 1 unmatched (1 of people known already)",
        "  contacts.csv:5 (contact dan): several accounts list the domain `shared.example`: acme, beta",
        "  contacts.csv:6 (contact eve): `gmail.com` is a mail host and says nothing about the company",
        "Signals known by e-mail alone: 6 = 2 of known contacts + 1 of accounts + 1 ambiguous + 2 unmatched",
        "  dan@shared.example (1 signal): several accounts list the domain `shared.example`: acme, beta",
        "  eve@gmail.com (2 signals): `gmail.com` is a mail host and says nothing about the company",
        "Signals: 8 = 0 duplicate + 4 of unknown people or accounts + 4 known",
    ] {
        assert!(ran.err.contains(line), "{line} is missing in\n{}", ran.err);
    }
}

#[test]
fn every_command_that_loads_data_matches_it() {
    let dir = raw();
    let path = dir.path();
    for arguments in [
        &["explain", "--as-of", DAY, "--account", "acme"][..],
        &["standing", "--from", "2025-05-01", "--to", DAY],
        &["diff", "--from", "2025-05-01", "--to", DAY],
    ] {
        run(&[arguments, &["--data", &path]].concat()).ends_with(0);
    }
    let checked = dir.check(&[]).ends_with(0).out;
    assert!(checked.contains("Contacts without an account: 5 = ") && checked.contains("Usable: 2 accounts, 5 contacts"), "{checked}");
    let explained = run(&["explain", "--as-of", DAY, "--account", "acme", "--data", &path]).ends_with(0).out;
    assert!(explained.contains("Bob Ray") && explained.contains("pricing page"), "{explained}");
}

#[test]
fn matching_can_be_switched_off() {
    let ran = raw().assess(&["--no-matching"]).ends_with(2);
    for (line, id) in [(3, "bob"), (4, "cyd"), (5, "dan"), (6, "eve"), (7, "ann2")] {
        let said = format!(
            "contacts.csv:{line}: column `account_id`: contact `{id}` has no account; name its account, or say that it is `own_staff`"
        );
        assert!(ran.err.contains(&said), "{said} is missing in\n{}", ran.err);
    }
    let known = raw().with("contacts.csv", "contact_id,account_id,email\nann,acme,ann@acme.example\n");
    let ran = known.assess(&["--no-matching"]).ends_with(0);
    assert!(ran.out.contains("Signals: 8 = 0 duplicate + 7 of unknown people or accounts + 1 known"), "{}", ran.out);
    assert!(!ran.out.contains("Signals known by e-mail alone"), "{}", ran.out);
}

#[test]
fn clean_data_say_nothing_about_matching() {
    let dir = Dir::small();
    let (with, without) = (dir.assess(&[]).ends_with(0), dir.assess(&["--no-matching"]).ends_with(0));
    assert_eq!(with.out, without.out);
    assert!(!with.out.contains("without an account") && !with.out.contains("by e-mail alone"), "{}", with.out);
}

#[test]
fn what_cannot_be_matched_at_all_is_still_an_error() {
    for (row, said) in [
        ("x,,,,,,", "contacts.csv:2: column `account_id`: contact `x` has no account; name its account, or say that it is `own_staff`"),
        ("x,acm,,x@acme.example,,,", "contacts.csv:2: column `account_id`: unknown account `acm` (did you mean `acme`?)"),
        ("x,,,x@acme.example,,,customer", "contacts.csv:2: column `relationship`: `customer` is none of"),
    ] {
        let ran = raw().with("contacts.csv", format!("contact_id,account_id,name,email,title,company,relationship\n{row}\n")).check(&[]);
        assert!(ran.ends_with(1).out.starts_with(said), "{said}");
    }
}

#[test]
fn what_stands_on_a_contact_without_an_account_is_an_error_that_says_so() {
    let dir = raw().with("ties.csv", "from_id,to_id,kind,strength\nrep,ann,knows,50\nrep,eve,knows,50\n");
    let said = "ties.csv:3: column `to_id`: contact `eve` has no account, and none was found for it; give it an `account_id`";
    assert!(dir.check(&[]).ends_with(1).out.contains(said), "{said}");
    let ran = dir.assess(&["--rejects", &dir.file("rejects.out")]).ends_with(1);
    assert!(ran.out.contains("Left out: 1 problem in 1 row (1 unmatched_contact)"), "{}", ran.out);
    assert!(dir.assess(&[]).ends_with(2).err.contains(said));
}

#[test]
fn contacts_need_a_column_that_says_where_they_belong() {
    let without = |header: &str| raw().with("contacts.csv", header);
    assert!(without("contact_id,email\nx,x@acme.example\n").check(&[]).ends_with(0).out.contains("Usable: 2 accounts, 1 contact"));
    assert!(without("contact_id,company\nx,Acme\n").check(&[]).ends_with(0).out.contains("1 = 1 by name"));
    let ran = without("contact_id,name\nx,Ann\n").check(&[]).ends_with(2);
    assert!(ran.err.contains("contacts.csv: line 1: column `account_id` is missing"), "{}", ran.err);
}

#[test]
fn own_rules_apply_to_the_data() {
    let rules = r#"{"schema": 1, "free_mail": {"add": ["acme.example"]}}"#;
    let dir = raw().with("rules.json", rules);
    let ran = dir.check(&["--match-rules", &dir.file("rules.json")]).ends_with(0);
    assert!(ran.out.contains("  contacts.csv:3 (contact bob): `acme.example` is a mail host"), "{}", ran.out);
    assert!(ran.out.contains("1 by email + 1 by name + 1 ambiguous + 2 unmatched"), "{}", ran.out);
}

#[test]
fn whose_people_somebody_is_does_not_depend_on_how_the_address_is_written() {
    let mut policy: Value = serde_json::from_str(&run(&["policy"]).ends_with(0).out).expect("a policy");
    policy["relationship_domains"] = serde_json::json!([
        {"relationship": "own_staff", "domains": ["überall.example"]},
        {"relationship": "competitor", "domains": ["rival.example"]},
    ]);
    let contacts = "contact_id,account_id,email\n\
         ann,acme,ann@acme.example\n\
         rep1,,Our Rep <rep1@xn--berall-2ya.example>\n\
         rep2,,mailto:rep2@eu.Überall.example?subject=hi\n\
         foe1,acme,Foe <foe1@rival.example>\n\
         foe2,acme,MAILTO:foe2@rival.example.\n\
         foe3,acme,foe 3@rival.example\n";
    let dir = raw().with("policy.json", policy.to_string()).with("contacts.csv", contacts);
    let ran = dir.assess(&["--policy", &dir.file("policy.json"), "--format", "jsonl"]).ends_with(0);
    let ids: Vec<String> = members(&objects(&ran)[0]).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["ann"], "neither our own people nor a competitor's are members");
    let checked = dir.check(&["--policy", &dir.file("policy.json")]).ends_with(0).out;
    assert!(checked.contains("Usable: 2 accounts, 6 contacts") && !checked.contains("Contacts without an account"), "{checked}");
}

#[test]
fn many_that_stay_nobodys_are_counted_after_the_first_few() {
    let contacts: String = (0..12).map(|n| format!("c{n},,c{n}@gmail.com\n")).collect();
    let ran = raw().with("contacts.csv", format!("contact_id,account_id,email\n{contacts}")).check(&[]).ends_with(0);
    assert!(ran.out.contains("Contacts without an account: 12 = 12 unmatched"), "{}", ran.out);
    assert!(ran.out.contains("  contacts.csv:6 (contact c4): ") && !ran.out.contains("(contact c5)"), "{}", ran.out);
    assert!(ran.out.contains("  … and 7 more"), "{}", ran.out);
}

#[test]
fn the_order_of_rows_changes_no_byte_of_the_answer() {
    let dir = raw();
    let text = |name: &str| String::from_utf8(dir.read(name)).expect("UTF-8");
    let reversed = |name: &str| {
        let text = text(name);
        let (header, rows) = text.split_once('\n').expect("rows");
        let rows: Vec<&str> = rows.lines().rev().collect();
        format!("{header}\n{}\n", rows.join("\n"))
    };
    let other = raw()
        .with("accounts.csv", reversed("accounts.csv"))
        .with("contacts.csv", reversed("contacts.csv"))
        .with("signals.csv", reversed("signals.csv"));
    let (one, other) = (dir.assess(&["--format", "jsonl"]), other.assess(&["--format", "jsonl"]));
    assert_eq!(one.ends_with(0).out, other.ends_with(0).out);
}

#[test]
fn the_sample_export_has_no_problem() {
    let ran = run(&["check", "--data", &repository("examples/raw")]).ends_with(0);
    assert!(ran.out.contains("No row has a problem."), "{}", ran.out);
}

/// What is printed for a terminal of that width.
fn printed(arguments: &[&str], width: &str) -> String {
    let output = command(arguments).env("COLUMNS", width).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_readme_shows_what_is_printed() {
    let readme = std::fs::read_to_string(repository("README.md")).expect("a readme");
    let (_, section) = readme.split_once("### Raw exports").expect("the section is there");
    let (section, _) = section.split_once("\n## ").expect("another follows");
    let blocks: Vec<&str> = section.split("```text\n").skip(1).filter_map(|rest| rest.split_once("```")).map(|(block, _)| block).collect();
    let (raw, leads, titles) = (repository("examples/raw"), repository("examples/raw/leads.csv"), repository("examples/raw/titles.csv"));
    let runs = [
        &["assess", "--data", &raw, "--as-of", "2025-06-30"][..],
        &["roles", "--titles", &titles],
        &["match", "--data", &raw, "--leads", &leads],
    ];
    assert_eq!(blocks.len(), runs.len());
    for (block, arguments) in blocks.iter().zip(runs) {
        let out = printed(arguments, "130");
        for part in block.split(" … ").map(|part| part.split_once(" …\n").map_or(part, |(_, rest)| rest).trim_matches('\n')) {
            assert!(out.contains(part), "{part}\nis not in\n{out}");
        }
    }
}
