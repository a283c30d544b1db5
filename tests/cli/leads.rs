//! `quorate match`: leads in, where they belong out; one row for each, never a silent pick.

use std::io::Write;
use std::process::Stdio;

use csv::{ReaderBuilder, StringRecord};
use serde_json::Value;

use crate::support::{Dir, Ran, command, run};

const LEADS: &str = "lead_id,account_id,contact_id,email,domain,company,name,country,note\n\
    1,,,ANN@acme.example ,,,,,\"a, \"\"b\"\"\nc\"\n\
    2,,,new@eu.acme.example,,,,,\n\
    3,,,x@shared.example,,,,,\n\
    4,,,someone@gmail.com,,,,,\n\
    4,,,someone@gmail.com,,,,,again\n\
    5,,,someone@gmail.com,,\"  ACME, gmbh. \",,,\n\
    6,beta,,ann@acme.example,,,,,\n\
    7,,cyd,,,,,,\n\
    8,,,,www.acme.example,,bob  RAY,,\n\
    9,,,,,Bieta AG,,DE,\n\
    10,,,,,Nowhere Ltd,,,\n\
    11,nosuch,,ann@acme.example,,,,,\n\
    12,,,,,,,,nothing\n";

fn data() -> Dir {
    Dir::empty()
        .with(
            "accounts.csv",
            "account_id,name,domains,country\nacme,Acme AG,acme.example,DE\nbeta,Beta Söhne AG,beta.example;shared.example,DE\n\
             gamma,Gamma Inc.,shared.example,US\nbieta,Bieta,,DE\n",
        )
        .with(
            "contacts.csv",
            "contact_id,account_id,name,email\nann,acme,Ann Lee,ann@acme.example\nbob,acme,Bob Ray,\ncyd,beta,Cyd Fox,cyd@beta.example\n",
        )
        .with("leads.csv", LEADS)
}

fn matched(dir: &Dir, more: &[&str]) -> Ran {
    let (data, leads) = (dir.path(), dir.file("leads.csv"));
    run(&[&["match", "--data", &data, "--leads", &leads], more].concat())
}

fn rows(text: &str) -> (StringRecord, Vec<StringRecord>) {
    let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    (header, reader.records().map(|row| row.expect("a row")).collect())
}

/// The cells of some columns, those of a row joined by `|`.
fn columns(text: &str, names: &[&str]) -> Vec<String> {
    let (header, rows) = rows(text);
    let at = |name: &&str| header.iter().position(|column| column == *name).expect("the column is there");
    let places: Vec<usize> = names.iter().map(at).collect();
    rows.iter().map(|row| places.iter().map(|at| &row[*at]).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn every_lead_comes_back_in_its_place_with_an_answer() {
    let ran = matched(&data(), &["--format", "csv"]).ends_with(0);
    let ((_, before), (_, after)) = (rows(LEADS), rows(&ran.out));
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before.iter().collect::<Vec<_>>(), after.iter().take(9).collect::<Vec<_>>());
    }
    assert_eq!(
        columns(&ran.out, &["lead_id", "answer", "matched_account_id", "how", "why", "candidates"]),
        [
            "1|matched|acme|email||",
            "2|matched|acme|listed_domain||",
            "3|ambiguous|||several_owners_of_domain|beta;gamma",
            "4|unmatched|||free_mail|",
            "4|unmatched|||free_mail|",
            "5|matched|acme|name||",
            "6|matched|beta|account_id||",
            "7|matched|beta|contact_id||",
            "8|matched|acme|listed_domain||",
            "9|matched|bieta|name||",
            "10|unmatched|||unknown_name|",
            "11|unmatched|||unknown_account_id|acme",
            "12|unmatched|||nothing_to_go_by|",
        ]
    );
    let contacts = columns(&ran.out, &["contact_answer", "matched_contact_id", "contact_how"]);
    assert_eq!((contacts[0].as_str(), contacts[1].as_str()), ("matched|ann|email", "unmatched||"));
    assert_eq!((contacts[7].as_str(), contacts[8].as_str()), ("matched|cyd|contact_id", "matched|bob|person_name"));
    assert!(ran.err.contains("Leads, their accounts: 13 = "), "{}", ran.err);
    assert!(
        ran.err.contains(" = 7 matched (2 by listed domain, 2 by name, 1 by account id, ")
            && ran.err.contains("1 ambiguous (several owners of domain)"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("5 unmatched (2 free mail, 1 nothing to go by, 1 unknown account id, 1 unknown name)"), "{}", ran.err);
    assert!(ran.err.contains("Leads with notes: 1 (1 contact of other account, 1 disagrees)"), "{}", ran.err);
    assert!(ran.err.contains("Columns carried through and not matched by: note"), "{}", ran.err);
}

#[test]
fn what_disagrees_with_the_answer_is_noted() {
    let ran = matched(&data(), &["--format", "csv"]).ends_with(0);
    let notes = columns(&ran.out, &["lead_id", "notes"]);
    let note = notes.iter().find_map(|row| row.strip_prefix("6|")).expect("lead 6");
    assert!(note.contains("acme"), "the address is a contact's of another account: {note}");
}

#[test]
fn json_lines_say_what_the_csv_form_says() {
    let dir = data();
    let (csv, jsonl) = (matched(&dir, &["--format", "csv"]).ends_with(0), matched(&dir, &["--format", "jsonl"]).ends_with(0));
    let objects: Vec<Value> = jsonl.out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    let (header, rows) = rows(&csv.out);
    assert_eq!(objects.len(), rows.len());
    for (object, row) in objects.iter().zip(&rows) {
        let facts = |one: &Value| one["how"].as_array().expect("facts").iter().filter_map(Value::as_str).collect::<Vec<_>>().join("+");
        for (place, (name, cell)) in header.iter().zip(row).enumerate() {
            if name == "candidates_how" {
                let of_each = object["candidates"].as_array().expect("candidates").iter().map(facts);
                assert_eq!(of_each.collect::<Vec<_>>().join(";"), cell, "{object}");
                continue;
            }
            let said = match if place < 9 { &object["columns"][name] } else { &object[name] } {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                Value::Array(all) => {
                    let text = |one: &Value| one["id"].as_str().or(one["reason"].as_str()).unwrap_or_default().to_owned();
                    all.iter().map(text).collect::<Vec<_>>().join(";")
                }
                other => panic!("{name}: {other}"),
            };
            assert_eq!(said, cell, "{name} of {object}");
        }
        for name in object.as_object().expect("an object").keys().filter(|name| !["match", "columns"].contains(&name.as_str())) {
            assert!(header.iter().any(|column| column == name), "{name} is no column of the CSV form");
        }
    }
    assert_eq!(objects[2]["candidates"][0]["how"], serde_json::json!(["listed_domain"]));
    assert!(objects[2]["candidates"][1]["reasons"][0].as_str().expect("a sentence").contains("`shared.example`"));
}

/// The library's own document stands in the line, and the flat fields say what it says.
#[test]
fn json_lines_have_the_answer_as_the_library_writes_it() {
    let ran = matched(&data(), &["--format", "jsonl"]).ends_with(0);
    let objects: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    for object in &objects {
        let (account, contact) = (&object["match"]["account"], &object["match"]["contact"]);
        for (flat, deep) in [
            ("answer", &account["answer"]),
            ("matched_account_id", &account["id"]),
            ("how", &account["how"]["code"]),
            ("why", &account["why"]["code"]),
            ("contact_answer", &contact["answer"]),
            ("matched_contact_id", &contact["id"]),
            ("contact_how", &contact["how"]["code"]),
            ("contact_why", &contact["why"]["code"]),
        ] {
            assert_eq!(&object[flat], deep, "{flat} of {object}");
        }
    }
    let note = serde_json::json!({
        "code": "disagrees",
        "accounts": [{"id": "acme", "how": [{
            "code": "email", "email": "ann@acme.example", "message": "`ann@acme.example` is the address of a known contact"
        }]}],
        "message": "another fact points to `acme`: `ann@acme.example` is the address of a known contact",
    });
    assert_eq!(objects[6]["match"]["notes"][0], note);
}

#[test]
fn what_speaks_for_one_of_several_is_said() {
    let dir = data().with("leads.csv", "email,company\nx@shared.example,GAMMA Incorporated\nx@shared.example,\n,Bietta\n");
    let csv = matched(&dir, &["--format", "csv"]).ends_with(0).out;
    assert_eq!(
        columns(&csv, &["candidates", "candidates_how"]),
        ["beta;gamma|listed_domain;listed_domain+name", "beta;gamma|listed_domain;listed_domain", "bieta|fuzzy_name"]
    );
    let table = matched(&dir, &[]).ends_with(0).out;
    for words in ["gamma: the account is named `Gamma Inc.`", "unmatched, perhaps:", "perhaps bieta: the account's name `Bieta`"] {
        assert!(table.split_whitespace().collect::<Vec<_>>().join(" ").contains(words), "{words} is missing in\n{table}");
    }
    assert_eq!(table.matches("gamma: ").count(), 1, "{table}");
}

#[test]
fn of_many_candidates_the_first_are_named() {
    let accounts: String = (0..40).map(|n| format!("a{n:02},Twin {n} AG,twin.example\n")).collect();
    let dir = data().with("accounts.csv", format!("account_id,name,domains\n{accounts}")).without("contacts.csv");
    let table = matched(&dir.with("leads.csv", "email\nx@twin.example\n"), &[]).ends_with(0).out;
    assert!(table.contains("Twin 4 AG (a04)") && table.contains("and 35 more") && !table.contains("a05"), "{table}");
}

#[test]
fn the_table_names_who_it_is_or_who_it_may_be() {
    let ran = matched(&data(), &[]).ends_with(0);
    for words in
        ["Acme AG", "ambiguous:", "Beta Söhne AG (beta)", "Gamma Inc. (gamma)", "Ann Lee", "the contact is named", "unmatched", "mail host"]
    {
        assert!(ran.out.contains(words), "{words} is missing in\n{}", ran.out);
    }
}

#[test]
fn columns_may_have_other_names() {
    let dir = data().with("leads.csv", "No,E-Mail,answer\n1,ann@acme.example,mine\n");
    let ran = matched(&dir, &["--column", "lead_id=No", "--column", "email=E-Mail", "--format", "csv"]).ends_with(0);
    assert_eq!(columns(&ran.out, &["answer", "match_answer", "matched_contact_id"]), ["mine|matched|ann"]);
    assert!(ran.err.contains("note: the file has a column `answer` of its own, which is kept; ours is `match_answer`"), "{}", ran.err);
    for (column, said) in [
        ("mail=E-Mail", "leads have no column `mail` (did you mean `email`?); there are lead_id, account_id, contact_id, email, domain,"),
        ("email", "write COLUMN=NAME, such as `email=E-Mail`"),
        ("email=", "`email` is to be read from no column"),
    ] {
        let ran = matched(&dir, &["--column", column]).ends_with(2);
        assert!(ran.err.contains(said), "`{said}` is not in\n{}", ran.err);
    }
    let ran = matched(&dir, &["--column", "email=Email"]).ends_with(2);
    assert!(ran.err.contains("leads.csv: line 1: column `Email` is missing (did you mean `E-Mail`?)"), "{}", ran.err);
}

#[test]
fn leads_that_cannot_be_used_are_refused_with_file_place_and_remedy() {
    for (list, said) in [
        (&b""[..], "leads.csv is empty; a header row with the names of the columns is needed"),
        (
            b"lead_id,E-Mail\n1,a@b.example\n",
            "leads.csv: needs one of the columns `account_id`, `contact_id`, `email`, `domain`, `company`, `name`: who are these leads?",
        ),
        (b"lead_id,E-Mail\n1,a@b.example\n", "leads.csv: its columns are `lead_id`, `E-Mail`; name the right one with --column"),
        (b"email;company\n", "who are these leads?; its cells seem to be separated by something else than commas"),
        (b"email,email\n", "leads.csv: line 1: column `email` stands more than once; keep one"),
        (b"email,name\na@b.example\n", "leads.csv:2: the row has 1 cells, the header has 2; is the row cut off?"),
        (b"email,note\na@b.example,\xff\n", "leads.csv:2: column `note`: `\u{fffd}` is not UTF-8; save the file as UTF-8"),
        (b"email\n\"a@b.example\n", "line 2: a quote opens a cell there and is not closed"),
    ] {
        let ran = matched(&data().with("leads.csv", list), &["--format", "csv"]).ends_with(2);
        assert!(ran.err.contains(said), "`{said}` is not in\n{}", ran.err);
        assert_eq!(ran.out, "", "no part of an answer looks whole");
    }
    let dir = data();
    assert!(run(&["match", "--data", &dir.path()]).ends_with(2).err.contains("--leads"));
}

#[test]
fn bad_rows_of_data_and_leads_are_put_aside_together() {
    let dir = data()
        .with("leads.csv", "email,note\nann@acme.example,1\nx,y,z\n")
        .with("contacts.csv", "contact_id,account_id,email\nann,acme,ann@acme.example\nbob,nosuch,b@acme.example\n");
    let ran = matched(&dir, &["--format", "csv", "--rejects", &dir.file("rejects.out")]).ends_with(1);
    assert_eq!(columns(&ran.out, &["note", "matched_contact_id"]), ["1|ann"]);
    let rejects = String::from_utf8(dir.read("rejects.out")).expect("UTF-8");
    assert!(rejects.contains("contacts.csv,3,unknown_id,") && rejects.contains("leads.csv,3,ragged_row,"), "{rejects}");
    assert!(ran.err.contains("Left out: 2 problems in 2 rows"), "{}", ran.err);
    assert!(matched(&dir, &["--rejects", &dir.file("leads.csv")]).ends_with(2).err.contains("write the rejects to another one"));
}

#[test]
fn accounts_alone_are_enough_and_a_header_alone_gives_a_header_alone() {
    let dir = data().without("contacts.csv").with("leads.csv", "email\n");
    let ran = matched(&dir, &["--format", "csv"]).ends_with(0);
    let (header, rows) = rows(&ran.out);
    assert_eq!((header.get(0), header.get(1), rows.len()), (Some("email"), Some("answer"), 0));
    assert!(ran.err.contains("Leads, their accounts: 0\n"), "{}", ran.err);
    assert_eq!(matched(&dir, &["--format", "jsonl"]).ends_with(0).out, "");
    let ran = matched(&dir.without("accounts.csv"), &[]).ends_with(2);
    assert!(ran.err.contains("accounts.csv is missing in "), "{}", ran.err);
}

#[test]
fn rules_of_ones_own_apply_and_wrong_ones_are_told() {
    let dir = data()
        .with("leads.csv", "email\nann@acme.example\nnew@acme.example\n")
        .with("rules.json", r#"{"schema": 1, "free_mail": {"add": ["acme.example"]}}"#);
    let ran = matched(&dir, &["--rules", &dir.file("rules.json"), "--format", "csv"]).ends_with(0);
    assert_eq!(columns(&ran.out, &["how", "why"]), ["email|", "|free_mail"]);
    let dir = dir.with("rules.json", r#"{"schema": 1, "free_mial": {}}"#);
    let ran = matched(&dir, &["--rules", &dir.file("rules.json")]).ends_with(2);
    assert!(ran.err.contains("rules.json: unknown field `free_mial` (did you mean `free_mail`?)"), "{}", ran.err);
    assert!(matched(&dir, &["--rules", "/nowhere.json"]).ends_with(2).err.contains("match rules /nowhere.json cannot be read: "));
}

#[test]
fn leads_may_come_in_by_a_pipe() {
    let dir = data();
    let mut child = command(&["match", "--data", &dir.path(), "--leads", "-", "--format", "csv"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    child.stdin.take().expect("a pipe").write_all(LEADS.as_bytes()).expect("it listens");
    let out = child.wait_with_output().expect("it ends").stdout;
    assert_eq!(String::from_utf8(out).expect("UTF-8"), matched(&dir, &["--format", "csv"]).out);
}

#[test]
fn a_million_characters_and_letters_that_steer_come_back_whole() {
    let long = "ö".repeat(1_000_000);
    let odd = "\u{1b}[31m\u{202e}x";
    let dir = data().with("leads.csv", format!("email,company\n{long}@acme.example,{long}\nann@acme.example,{odd}\n"));
    let ran = matched(&dir, &["--format", "csv"]).ends_with(0);
    assert_eq!(columns(&ran.out, &["company"]), [long.as_str(), odd]);
    let table = matched(&dir, &[]).ends_with(0).out;
    assert!(table.len() < 20_000 && !table.contains('\u{1b}') && !table.contains('\u{202e}'), "{}", table.len());
}

#[test]
fn the_order_of_the_data_changes_no_byte_of_the_answer() {
    let reversed = data()
        .with(
            "accounts.csv",
            "account_id,name,domains,country\nbieta,Bieta,,DE\ngamma,Gamma Inc.,shared.example,US\n\
             beta,Beta Söhne AG,shared.example;beta.example,DE\nacme,Acme AG,acme.example,DE\n",
        )
        .with(
            "contacts.csv",
            "contact_id,account_id,name,email\ncyd,beta,Cyd Fox,cyd@beta.example\nbob,acme,Bob Ray,\nann,acme,Ann Lee,ann@acme.example\n",
        );
    for format in ["csv", "jsonl", "table"] {
        let (one, other) = (matched(&data(), &["--format", format]), matched(&reversed, &["--format", format]));
        assert_eq!(one.ends_with(0).out, other.ends_with(0).out, "{format}");
    }
}
