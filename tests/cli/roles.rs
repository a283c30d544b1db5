//! `quorate roles`: titles in, what they say out; one row for each, whatever is in it.

use std::io::Write;
use std::process::Stdio;

use csv::{ReaderBuilder, StringRecord};
use serde_json::Value;

use crate::support::{Dir, Ran, command, repository, run};

/// Titles about which nobody argues, and cells that are hard to carry.
const LIST: &str = "id,title,note\n\
    7,CEO,first\n\
    3,\"VP, Marketing\",\"with \"\"quotes\"\", and\ntwo lines\"\n\
    3,\"VP, Marketing\",the same again\n\
    ,  Sales Manager  ,  blanks stay  \n\
    9,,no title\n\
    x;y,Executive Assistant to the CEO,=1+1\n\
    0,Ζωγράφος \u{202e}\u{1f600},\ttab\n";

fn roles(dir: &Dir, more: &[&str]) -> Ran {
    run(&[&["roles", "--titles", &dir.file("titles.csv")], more].concat())
}

fn listed(list: impl AsRef<[u8]>) -> Dir {
    Dir::empty().with("titles.csv", list)
}

fn rows(text: &str) -> (StringRecord, Vec<StringRecord>) {
    let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    (header, reader.records().map(|row| row.expect("a row")).collect())
}

/// The cells of a column.
fn column(text: &str, name: &str) -> Vec<String> {
    let (header, rows) = rows(text);
    let at = header.iter().position(|column| column == name).expect("the column is there");
    rows.iter().map(|row| row[at].into()).collect()
}

#[test]
fn every_row_comes_back_in_its_place_with_its_columns_unchanged() {
    let ran = roles(&listed(LIST), &["--format", "csv"]).ends_with(0);
    let ((_, before), (header, after)) = (rows(LIST), rows(&ran.out));
    assert_eq!(header.iter().take(7).collect::<Vec<_>>(), ["id", "title", "note", "seniority", "function", "relationship", "role"]);
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before.iter().collect::<Vec<_>>(), after.iter().take(3).collect::<Vec<_>>());
    }
    assert_eq!(column(&ran.out, "seniority"), ["c_level", "vp", "vp", "manager", "", "individual", ""]);
    assert_eq!(column(&ran.out, "function")[1..4], ["marketing", "marketing", "sales"]);
    assert_eq!(column(&ran.out, "seniority_words")[..4], ["CEO", "VP", "VP", "Manager"]);
    assert_eq!(column(&ran.out, "role")[4..], ["", &column(&ran.out, "role")[5], ""]);
    for words in ["Titles: 6, 1 more blank", "seniority 5 known, 1 unknown"] {
        assert!(ran.err.contains(words), "{words} is missing in\n{}", ran.err);
    }
}

#[test]
fn json_lines_say_what_the_csv_form_says() {
    let dir = listed(LIST);
    let (csv, jsonl) = (roles(&dir, &["--format", "csv"]).ends_with(0), roles(&dir, &["--format", "jsonl"]).ends_with(0));
    let objects: Vec<Value> = jsonl.out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    let (header, rows) = rows(&csv.out);
    assert_eq!(objects.len(), rows.len());
    for (object, row) in objects.iter().zip(&rows) {
        for (name, cell) in header.iter().zip(row).take(3) {
            assert_eq!(object["columns"][name], cell, "{object}");
        }
        for (name, cell) in header.iter().zip(row).skip(3) {
            let said = match &object[name] {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                Value::Array(words) if name.ends_with("_words") => words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
                Value::Array(others) => others.iter().filter_map(|other| other["value"].as_str()).collect::<Vec<_>>().join(";"),
                other => panic!("{name}: {other}"),
            };
            assert_eq!(said, cell, "{name} of {object}");
        }
        for name in object.as_object().expect("an object").keys().filter(|name| !["title", "columns"].contains(&name.as_str())) {
            assert!(header.iter().any(|column| column == name), "{name} is no column of the CSV form");
        }
    }
    assert_eq!((&objects[3]["title"], &objects[3]["columns"]["title"]), (&"Sales Manager".into(), &"  Sales Manager  ".into()));
    assert_eq!((&objects[4]["title"], &objects[4]["seniority"]), (&Value::Null, &Value::Null));
}

#[test]
fn the_words_cited_are_words_of_the_title() {
    let ran = run(&["roles", "--data", &repository("examples/raw"), "--format", "jsonl"]).ends_with(0);
    let mut cited = 0;
    for object in ran.out.lines().map(|line| serde_json::from_str::<Value>(line).expect("an object")) {
        let title = object["title"].as_str().expect("each has one");
        for name in ["seniority_words", "function_words", "relationship_words", "role_words"] {
            for word in object[name].as_array().into_iter().flatten().map(|word| word.as_str().expect("a word")) {
                assert!(title.contains(word), "{name}: {word} is not in {title}");
                cited += 1;
            }
        }
    }
    assert!(cited > 20, "{cited}");
}

#[test]
fn the_table_shows_each_title_once_and_what_it_says() {
    let ran = roles(&listed(LIST), &[]).ends_with(0);
    for words in ["c level (CEO)", "vp (VP)", "marketing (Marketing)", "manager (Manager)"] {
        assert!(ran.out.contains(words), "{words} is missing in\n{}", ran.out);
    }
    assert_eq!(ran.out.matches("VP, Marketing").count(), 2, "{}", ran.out);
    assert!(!ran.out.contains('\u{202e}') && ran.out.contains("\\u{202e}"), "what turns the writing is escaped: {}", ran.out);
}

#[test]
fn the_column_may_have_another_name_and_ours_never_replace_one() {
    let dir = listed("Job Title,seniority,read_seniority,role\nCEO,high,very,boss\n");
    let ran = roles(&dir, &["--column", "Job Title", "--format", "csv"]).ends_with(0);
    let (header, rows) = rows(&ran.out);
    assert_eq!(
        header.iter().take(8).collect::<Vec<_>>(),
        ["Job Title", "seniority", "read_seniority", "role", "read_read_seniority", "function", "relationship", "read_role"]
    );
    assert_eq!(rows[0].iter().take(5).collect::<Vec<_>>(), ["CEO", "high", "very", "boss", "c_level"]);
    assert!(ran.err.contains("note: the file has a column `role` of its own, which is kept; ours is `read_role`"), "{}", ran.err);
}

#[test]
fn a_list_that_cannot_be_used_is_refused_with_file_place_and_remedy() {
    for (list, said) in [
        (&b""[..], "titles.csv is empty; a header row with the names of the columns is needed"),
        (b"Title,id\nCEO,1\n", "titles.csv: line 1: column `title` is missing (did you mean `Title`?)"),
        (b"Title,id\nCEO,1\n", "titles.csv: its columns are `Title`, `id`; name the right one with --column"),
        (b"title;id\nCEO;1\n", "line 1: column `title` is missing; its cells seem to be separated by something else than commas"),
        (b"title,id,title\nCEO,1,CFO\n", "titles.csv: line 1: column `title` stands more than once; keep one"),
        (
            b"title,id\nVP, Marketing,1\n",
            "titles.csv:2: the row has 3 cells, the header has 2; put quotes around a text that holds a comma",
        ),
        (b"title,id\nCEO,1\nCFO\n", "titles.csv:3: the row has 1 cells, the header has 2; is the row cut off?"),
        (b"title,id\nG\xe9rant,1\n", "titles.csv:2: column `title`: `G\u{fffd}rant` is not UTF-8; save the file as UTF-8"),
        (b"title,id\nCEO,\xff\n", "titles.csv:2: column `id`: `\u{fffd}` is not UTF-8; save the file as UTF-8"),
        (b"title,id\n\"CEO,1\n", "line 2: a quote opens a cell there and is not closed"),
        (b"\xff\xfet\0", "it is UTF-16; save it as UTF-8"),
    ] {
        let ran = roles(&listed(list), &["--format", "csv"]).ends_with(2);
        assert!(ran.err.contains(said), "`{said}` is not in\n{}", ran.err);
        assert_eq!(ran.out, "", "no part of an answer looks whole");
    }
    assert!(run(&["roles", "--titles", "/nowhere.csv"]).ends_with(2).err.contains("error: /nowhere.csv is not there"));
    assert!(roles(&listed(LIST), &["--column", "titel"]).ends_with(2).err.contains("column `titel` is missing (did you mean `title`?)"));
    assert!(!run(&["roles"]).ends_with(2).err.is_empty());
}

#[test]
fn every_bad_row_is_named_at_once() {
    let ran = roles(&listed(b"title\nCEO\na,b\nCFO\n\xff\n"), &[]).ends_with(2);
    assert!(ran.err.contains("titles.csv:3: ") && ran.err.contains("titles.csv:5: "), "{}", ran.err);
    assert!(ran.err.contains("2 problems in 2 rows (1 not_utf8, 1 ragged_row); mend them, or leave those rows out with --rejects FILE"));
}

#[test]
fn bad_rows_are_put_aside_on_demand() {
    let dir = listed("title,id\nCEO,1\nVP, Marketing,2\nCFO,3\n");
    let ran = roles(&dir, &["--format", "csv", "--rejects", &dir.file("rejects.csv")]).ends_with(1);
    assert_eq!(column(&ran.out, "id"), ["1", "3"]);
    assert!(ran.err.contains("Left out: 1 problem in 1 row (1 ragged_row)"), "{}", ran.err);
    let rejects = String::from_utf8(dir.read("rejects.csv")).expect("UTF-8");
    assert!(rejects.lines().last().expect("a row").ends_with(",VP, Marketing,2"), "{rejects}");
    let ran = roles(&dir, &["--rejects", &dir.file("titles.csv")]).ends_with(2);
    assert!(ran.err.contains("write the rejects to another one"), "{}", ran.err);
    assert_eq!(dir.read("titles.csv"), b"title,id\nCEO,1\nVP, Marketing,2\nCFO,3\n");
}

#[test]
fn a_header_alone_gives_a_header_alone() {
    for list in ["title", "title\n", "\u{feff}title\r\n"] {
        let ran = roles(&listed(list), &["--format", "csv"]).ends_with(0);
        let (header, rows) = rows(&ran.out);
        assert_eq!((header.get(0), header.get(1), rows.len()), (Some("title"), Some("seniority"), 0), "{list:?}");
        assert_eq!(roles(&listed(list), &["--format", "jsonl"]).ends_with(0).out, "");
        assert!(ran.err.contains("Titles: 0"), "{}", ran.err);
    }
}

#[test]
fn titles_may_come_in_by_a_pipe() {
    let mut child = command(&["roles", "--titles", "-", "--format", "csv"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    child.stdin.take().expect("a pipe").write_all(LIST.as_bytes()).expect("it listens");
    let out = child.wait_with_output().expect("it ends").stdout;
    assert_eq!(String::from_utf8(out).expect("UTF-8"), roles(&listed(LIST), &["--format", "csv"]).out);
}

#[test]
fn a_million_characters_are_one_title_and_come_back_whole() {
    let long = format!("CEO {}", "ä".repeat(1_000_000));
    let dir = listed(format!("title,id\n{long},1\nCFO,2\n"));
    let ran = roles(&dir, &["--format", "csv"]).ends_with(0);
    assert_eq!(column(&ran.out, "title"), [long.as_str(), "CFO"]);
    assert_eq!(column(&ran.out, "seniority"), ["c_level", "c_level"]);
    assert!(roles(&dir, &[]).ends_with(0).out.len() < 10_000, "the table shows its beginning");
}

#[test]
fn the_same_titles_give_the_same_bytes() {
    let dir = listed(LIST);
    for format in ["csv", "jsonl", "table"] {
        assert_eq!(roles(&dir, &["--format", format]).ends_with(0).out, roles(&dir, &["--format", format]).ends_with(0).out);
    }
}

#[test]
fn a_policy_and_its_template_decide_which_role_follows() {
    let policy = run(&["policy"]).ends_with(0).out;
    let light = "\"name\": \"light\",";
    assert!(policy.contains(light));
    let own = format!("{light} \"title_roles\": [{{\"role\": \"coach\", \"titles\": [\"CEO\"]}}],");
    let dir = listed("title\nCEO\n").with("policy.json", policy.replacen(light, &own, 1));
    let role = |more: &[&str]| {
        let file = dir.file("policy.json");
        let ran = roles(&dir, &[&["--format", "csv", "--policy", &file], more].concat()).ends_with(0);
        (column(&ran.out, "role").concat(), column(&ran.out, "role_rule").concat())
    };
    assert_eq!(role(&["--template", "light"]), ("coach".into(), "templates[light].title_roles[0]".into()));
    let (other, path) = role(&[]);
    assert!(other != "coach" && path.starts_with("titles.roles["), "{other} by {path}");
    let ran = roles(&dir, &["--template", "lihgt"]).ends_with(2);
    assert!(ran.err.contains("error: the policy has no template `lihgt` (did you mean `light`?); it has light, standard, enterprise"));
    let set = format!(r#"{{"schema":1,"policies":[{{"when":{{}},"policy":{policy}}}]}}"#);
    let dir = dir.with("set.json", set);
    let ran = roles(&dir, &["--policy", &dir.file("set.json")]).ends_with(2);
    assert!(ran.err.contains("titles are read by single policies, not sets of policies"), "{}", ran.err);
}

#[test]
fn the_contacts_of_a_data_set_are_read_through_its_mapping() {
    let mapping = r#"{"schema":1,"name":"mine","files":{"contacts":[{"file":"people.csv",
        "columns":{"contact_id":"Id","account_id":"Firm","name":{"join":["First","Last"],"with":" "},"title":"Job","roles":"Role"},
        "values":{"roles":{"Boss":"decision_maker"}}}]}}"#;
    let dir = Dir::empty()
        .with("mapping.json", mapping)
        .with("people.csv", "Id,Firm,First,Last,Job,Role,Phone\n1,a,Ann,Lee,CFO,Boss,5\n2,,Bob,,,,\n");
    let path = dir.path();
    let ran = run(&["roles", "--data", &path, "--mapping", &dir.file("mapping.json"), "--format", "csv"]).ends_with(0);
    let (header, rows) = rows(&ran.out);
    assert_eq!(header.iter().take(6).collect::<Vec<_>>(), ["contact_id", "account_id", "name", "stated_roles", "title", "seniority"]);
    assert_eq!(rows[0].iter().take(6).collect::<Vec<_>>(), ["1", "a", "Ann Lee", "decision_maker", "CFO", "c_level"]);
    assert_eq!(rows[1].iter().take(6).collect::<Vec<_>>(), ["2", "", "Bob", "", "", ""]);
    let ran = run(&["roles", "--data", &path]).ends_with(2);
    assert!(ran.err.contains("contacts.csv is missing in "), "{}", ran.err);
}
