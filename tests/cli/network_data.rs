//! Public networks through the command line: the mails of Enron, Krackhardt's managers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::acme::{ask, has, object};
use crate::support::{Dir, repository, run};

/// A folder of the public data, or `None`, said loudly.
fn shared(name: &str) -> Option<PathBuf> {
    let Some(shared) = std::env::var_os("QUORATE_DATA") else {
        // Not by `eprintln!`, which the test runner keeps to itself while tests pass.
        let _ = writeln!(io::stderr(), "SKIPPED: QUORATE_DATA is not set; it names the directory that holds {name}");
        return None;
    };
    Some(Path::new(&shared).join(name))
}

fn table(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("the file is there");
    let names: Vec<String> = reader.headers().expect("a header").iter().map(String::from).collect();
    reader.records().map(|row| names.iter().cloned().zip(row.expect("a row").iter().map(String::from)).collect()).collect()
}

/// The files as `examples/mappings/enron/README.md` prepares them.
fn enron(folder: &Path) -> Dir {
    let mut mails = String::from("day,sender_id,recipient_id\n");
    for row in table(&folder.join("emails.csv")) {
        let seconds: i64 = row["unix_time"].parse().expect("seconds");
        let day = quorate::Day::from_days_since_epoch(i32::try_from(seconds.div_euclid(86_400)).expect("a day")).expect("a day");
        writeln!(mails, "{day},{},{}", row["sender_id"], row["recipient_id"]).expect("text");
    }
    Dir::empty()
        .with("accounts.csv", "account_id,name\nenron,Enron\n")
        .with("signals.csv", "kind,at,contact_id\n")
        .with("people.csv", std::fs::read(folder.join("people.csv")).expect("the file is there"))
        .with("mails.csv", mails)
}

#[test]
fn enron_has_its_known_mails_and_ways_to_its_heads() {
    let Some(folder) = shared("enron-titles-email") else { return };
    let (data, mapping) = (enron(&folder), repository("examples/mappings/enron/mapping.json"));
    let ask = |more: &[&str]| {
        let path = data.path();
        let given = ["paths", "--data", &path, "--mapping", &mapping, "--since", "1990-01-01"];
        run(&[&given, more].concat()).ends_with(0)
    };
    let positions: BTreeMap<String, String> =
        table(&folder.join("people.csv")).into_iter().map(|row| (row["person_id"].clone(), row["role"].clone())).collect();
    let of = |role: &str| positions.iter().filter(|(_, one)| *one == role).map(|(id, _)| id.as_str()).collect::<Vec<_>>();
    let trader = of("Trader")[0];
    let mut reached = 0;
    for head in of("CEO").into_iter().chain(of("President")) {
        let ran = ask(&["--as-of", "2001-06-30", "--from", trader, "--to", head, "--format", "json"]);
        let ways = object(&ran);
        for path in ways["paths"].as_array().expect("paths") {
            // In hundred-millionths, as many as four hops can have: the quality is the product of the strengths.
            let hops = path["hops"].as_array().expect("hops");
            let product: u64 = hops.iter().map(|hop| hop["strength"].as_u64().expect("a strength")).product();
            let quality = path["quality"].as_str().and_then(|text| text.strip_prefix("0.")).expect("less than 1");
            let units: u64 = format!("{quality:0<8}").parse().expect("digits");
            assert_eq!(units, product * 100_u64.pow(4 - u32::try_from(hops.len()).expect("a few")), "{path}");
        }
        reached += u32::from(!ways["paths"].as_array().expect("paths").is_empty());
        assert!(ran.err.contains(": 38,184 = 53 before 1990-01-01 + 3,704 with oneself + "), "{}", ran.err);
    }
    assert!(reached > 0, "no head is reached from trader {trader}");
    // On the last day all mails have happened.
    let ran = ask(&["--as-of", "2002-06-21", "--from", trader, "--to", of("CEO")[0]]);
    let line = ran.out.lines().find(|line| line.starts_with("Interactions")).expect("a line").to_owned();
    assert!(!line.contains("after that day"), "{line}");
    let numbers = line.replace(',', "");
    let rest: u64 = numbers
        .rsplit(" with oneself + ")
        .next()
        .expect("a rest")
        .split(" + ")
        .filter_map(|part| part.split(' ').next()?.parse::<u64>().ok())
        .sum();
    assert_eq!(rest, 34_427);
}

#[test]
fn krackhardts_managers_have_their_published_chart() {
    let Some(folder) = shared("krackhardt-high-tech-managers") else { return };
    let (mut managers, mut ties) = (BTreeMap::new(), String::from("from_id,to_id,kind,strength\n"));
    for row in table(&folder.join("ties.csv")) {
        if row["reports_to_tie"] == "1" {
            managers.insert(row["ego"].clone(), row["alter"].clone());
        }
        if row["advice_tie"] == "1" {
            writeln!(ties, "{},{},influences,50", row["ego"], row["alter"]).expect("text");
        }
    }
    let people = table(&folder.join("people.csv"));
    let mut contacts = String::from("contact_id,account_id,title,reports_to\n");
    for row in &people {
        let id = &row["person_id"];
        // The president reports to himself here, as some exports have it.
        writeln!(contacts, "{id},firm,level {},{}", row["level"], managers.get(id).unwrap_or(id)).expect("text");
    }
    let data = Dir::empty()
        .with("accounts.csv", "account_id\nfirm\n")
        .with("contacts.csv", contacts)
        .with("ties.csv", ties)
        .with("signals.csv", "kind,at,contact_id\n");
    let chart = ask(&data, "org", &["--self-report-is-top"]).ends_with(0).out;
    let tree = "\
     0      4     20  7, level 1, at firm
     1      7      7    14, level 2
     2      0      0      13, level 3
     2      0      0      15, level 3
     2      0      0      19, level 3
     2      0      0      20, level 3
     2      0      0      3, level 3
     2      0      0      5, level 3
     2      0      0      9, level 3
     1      2      2    18, level 2
     2      0      0      10, level 3
     2      0      0      11, level 3
     1      3      3    2, level 2
     2      0      0      1, level 3
     2      0      0      16, level 3
     2      0      0      4, level 3
     1      4      4    21, level 2
     2      0      0      12, level 3
     2      0      0      17, level 3
     2      0      0      6, level 3
     2      0      0      8, level 3
";
    has(&chart, &[tree, "taken as having no manager: 1 (7)"]);
    let common = object(&ask(&data, "org", &["--common", "3,17", "--format", "json", "--self-report-is-top"]).ends_with(0));
    assert_eq!(common["manager"], "7");
    // Up the line is warmer than asking for advice.
    let ways = object(&ask(&data, "paths", &["--from", "3", "--to", "7", "--format", "json", "--self-report-is-top"]).ends_with(0));
    assert_eq!(ways["paths"][0]["quality"], "0.64");
    assert_eq!(ways["paths"][0]["people"], json!(["3", "14", "7"]));
}
