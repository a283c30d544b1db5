//! `quorate org`: who reports to whom.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::acme::{acme, ask, has, object};
use crate::support::{Dir, run};

#[test]
fn the_chart_is_an_indented_tree_across_subsidiaries() {
    let ran = ask(&acme(), "org", &[]).ends_with(0);
    let expected = "\
Who reports to whom, as of 2025-05-05

 depth   span    all
     0      1      2  Eve Ash (eve), at Acme AG
     1      1      1    Gus Oak (gus), Assistant
     2      0      0      Nia Elm (nia), Plant Manager, at Acme North

4 people of whom no reporting line is known: Ann Lee (ann), Bea Orr (bea), Dan Fox (dan), Rae Poe (rep)

depth: managers above · span: who reports directly · all: who reports directly or through others
";
    assert!(ran.out.starts_with(expected), "{}", ran.out);
    let north = ask(&acme(), "org", &["--account", "north"]).ends_with(0).out;
    has(&north, &["     0      1      2  Eve Ash (eve), at Acme AG\n", "Nia Elm (nia), Plant Manager, at Acme North\n\ndepth"]);
    let beta = ask(&acme(), "org", &["--account", "beta"]).ends_with(0).out;
    assert!(beta.starts_with("Who reports to whom, as of 2025-05-05\n\ndepth:"), "{beta}");
    let person = ask(&acme(), "org", &["--person", "gus"]).ends_with(0).out;
    let expected = "\
Gus Oak (gus), Assistant, at Acme AG, as of 2025-05-05
Depth 1, span 1, 1 report in all.

Managers above, the nearest first
  Eve Ash (eve), at Acme AG

Reports
  Nia Elm (nia), Plant Manager, at Acme North
";
    assert!(person.starts_with(expected), "{person}");
    let common = ask(&acme(), "org", &["--common", "nia,gus"]).ends_with(0).out;
    assert!(
        common.starts_with("The nearest manager above Nia Elm (nia), Gus Oak (gus), as of 2025-05-05:\n  Eve Ash (eve), at Acme AG\n"),
        "{common}"
    );
    let nobody = ask(&acme(), "org", &["--common", "nia,ann"]).ends_with(0).out;
    assert!(nobody.starts_with("Nobody is known who stands above all of Nia Elm (nia), Ann Lee (ann), as of 2025-05-05.\n"), "{nobody}");
}

#[test]
fn the_chart_as_json_has_everybody() {
    let data = acme();
    let chart = object(&ask(&data, "org", &["--format", "json"]).ends_with(0));
    let people = chart["people"].as_array().expect("people");
    assert_eq!(
        people.iter().map(|one| one["contact"].as_str()).collect::<Vec<_>>(),
        ["ann", "bea", "dan", "eve", "gus", "nia", "rep"].map(Some)
    );
    assert_eq!(
        people[4],
        json!({"contact": "gus", "manager": "eve", "depth": 1, "reports": ["nia"], "all_reports": 1,
            "name": "Gus Oak", "title": "Assistant", "account_id": "acme"})
    );
    let person = object(&ask(&data, "org", &["--person", "nia", "--format", "json"]).ends_with(0));
    assert_eq!((&person["person"]["depth"], &person["chain"]), (&json!(2), &json!(["gus", "eve"])));
    assert_eq!(person["people"]["eve"]["name"], "Eve Ash");
    let common = object(&ask(&data, "org", &["--common", "nia,gus", "--format", "json"]).ends_with(0));
    assert_eq!((&common["manager"], &common["of"]), (&json!("eve"), &json!(["nia", "gus"])));
    let nobody = object(&ask(&data, "org", &["--common", "nia,ann", "--format", "json"]).ends_with(0));
    assert_eq!(nobody["manager"], Value::Null);
}

#[test]
fn who_reports_to_themselves_is_a_problem_unless_that_is_the_top() {
    let contacts = "contact_id,account_id,name,reports_to\nann,acme,Ann Lee,ann\nbea,acme,Bea Orr,ann\ngus,acme,Gus Oak,gus\ndan,acme,Dan Fox,\neve,acme,,\nrep,acme,,\n";
    let data = acme().with("contacts.csv", contacts);
    let ran = ask(&data, "org", &[]).ends_with(2);
    has(
        &ran.err,
        &["error: contacts.csv:2: column `reports_to`: reporting lines go in a circle: `ann` → `ann`; \
           --self-report-is-top takes that as having no manager\n"],
    );
    let ran = ask(&data, "org", &["--self-report-is-top"]).ends_with(0);
    has(&ran.out, &["     0      1      1  Ann Lee (ann), at Acme AG\n     1      0      0    Bea Orr (bea)\n"]);
    let told = "Contacts that report to themselves, taken as having no manager: 2 (ann, gus)";
    has(&ran.out, &[told]);
    let path = data.path();
    for command in
        ["assess --as-of 2025-05-05", "paths --as-of 2025-05-05 --account acme", "standing --from 2025-05-05 --to 2025-05-05", "check"]
    {
        let words: Vec<&str> = command.split(' ').collect();
        let refused = run(&[&words[..], &["--data", &path]].concat());
        assert_eq!(refused.code, if command == "check" { 1 } else { 2 }, "{command}");
        has(&run(&[&words[..], &["--data", &path, "--self-report-is-top"]].concat()).ends_with(0).out, &[told]);
    }
    let explained = ask(&data, "explain", &["--account", "acme", "--self-report-is-top"]);
    assert_eq!(explained.code, 0, "{}", explained.err);
    // A longer circle stays one.
    let data = data.with("contacts.csv", "contact_id,account_id,reports_to\nann,acme,bea\nbea,acme,ann\ndan,acme,\n");
    has(&ask(&data, "org", &["--self-report-is-top"]).ends_with(2).err, &["reporting lines go in a circle: `ann` → `bea` → `ann`\n"]);
}

/// Two trees and more people without lines than are named.
fn trees() -> Dir {
    let mut contacts = String::from("contact_id,account_id,reports_to\n");
    // The one who stands above more people comes first, though the other has more who report directly, and the lesser id.
    for (id, manager) in
        [("a", ""), ("a1", "a"), ("a2", "a"), ("a3", "a"), ("b", ""), ("b2", "b"), ("b1", "b"), ("b11", "b1"), ("b12", "b1")]
    {
        writeln!(contacts, "{id},acme,{manager}").expect("text");
    }
    (0..11).for_each(|number| writeln!(contacts, "x{number:02},acme,").expect("text"));
    acme().with("contacts.csv", contacts).without("ties.csv").without("interactions.csv").with("signals.csv", "kind,at,contact_id\n")
}

#[test]
fn the_greatest_tree_comes_first_and_those_below_a_manager_by_id() {
    let out = ask(&trees(), "org", &[]).ends_with(0).out;
    let tree = "
 depth   span    all
     0      2      4  b, at Acme AG
     1      2      2    b1
     2      0      0      b11
     2      0      0      b12
     1      0      0    b2
     0      3      3  a, at Acme AG
     1      0      0    a1
     1      0      0    a2
     1      0      0    a3

11 people of whom no reporting line is known: x00, x01, x02, x03, x04, x05, x06, x07, x08, x09 and 1 more, see --format json
";
    has(&out, &[tree]);
    // Trees alike in size come by id; ten people without lines are all named.
    let contacts = "contact_id,account_id,reports_to\nb,acme,\nb1,acme,b\na,acme,\na1,acme,a\n".to_owned();
    let ten: String = (0..10).map(|number| format!("x{number},acme,\n")).collect();
    let out = ask(&trees().with("contacts.csv", contacts + &ten), "org", &[]).ends_with(0).out;
    has(
        &out,
        &[
            "     0      1      1  a, at Acme AG\n     1      0      0    a1\n     0      1      1  b, at Acme AG\n     1      0      0    b1\n",
            "10 people of whom no reporting line is known: x0, x1, x2, x3, x4, x5, x6, x7, x8, x9\n",
        ],
    );
}

#[test]
fn forty_levels_are_indented_and_deeper_ones_stand_below_each_other() {
    let mut contacts = String::from("contact_id,account_id,reports_to\n");
    for level in 0..43 {
        let manager = if level == 0 { String::new() } else { format!("c{:02}", level - 1) };
        writeln!(contacts, "c{level:02},acme,{manager}").expect("text");
    }
    let out = ask(&trees().with("contacts.csv", contacts), "org", &[]).ends_with(0).out;
    let indent = |id: &str| {
        let line = out.lines().find(|line| line.ends_with(id)).expect("a line");
        line.find(id).expect("an id") - "     0      0      0  ".len()
    };
    assert_eq!(["c01", "c39", "c40", "c41", "c42"].map(indent), [2, 78, 80, 80, 80]);
}

/// Two people who are two contacts each; of each, one contact reports to the other person.
fn circle() -> Dir {
    let contacts = "contact_id,account_id,person_id,name,reports_to\nann-1,acme,ann,Ann Lee,bea-1\nann-2,acme,ann,Ann Lee,\n\
                    bea-1,acme,bea,Bea Orr,\nbea-2,north,bea,Bea Orr,ann-2\ncyd,acme,,Cyd Fox,bea-2\n";
    acme().with("contacts.csv", contacts).without("ties.csv").without("interactions.csv").with("signals.csv", "kind,at,contact_id\n")
}

#[test]
fn a_circle_of_persons_is_told_with_the_line_that_is_left_out() {
    let out = ask(&circle(), "org", &[]).ends_with(0).out;
    let expected = "
     0      1      2  Ann Lee (ann-1), at Acme AG
     1      1      1    Bea Orr (bea-1)
     2      0      0      Cyd Fox (cyd)

The line from Ann Lee (ann-1) to Bea Orr (bea-1) is left out: they would report in a circle, since some of them are several contacts.
";
    has(&out, &[expected]);
    let chart = object(&ask(&circle(), "org", &["--format", "json"]).ends_with(0));
    assert_eq!(chart["cut_lines"], json!([{"contact": "ann-1", "manager": "bea-1"}]));
    // Without a circle nothing is said of one.
    let none = object(&ask(&acme(), "org", &["--format", "json"]).ends_with(0));
    assert_eq!(none["cut_lines"], json!([]));
    assert!(!ask(&acme(), "org", &[]).ends_with(0).out.contains("is left out"));
}

#[test]
fn a_person_is_found_by_any_of_their_contacts() {
    let out = ask(&circle(), "org", &["--person", "bea-2"]).ends_with(0).out;
    let expected = "\
Bea Orr (bea-1), at Acme AG, as of 2025-05-05
The same person as bea-2.
Depth 1, span 1, 1 report in all.

Managers above, the nearest first
  Ann Lee (ann-1), at Acme AG

Reports
  Cyd Fox (cyd), at Acme AG
";
    assert!(out.starts_with(expected), "{out}");
    let out = ask(&circle(), "org", &["--person", "bea-1"]).ends_with(0).out;
    assert!(!out.contains("The same person"), "{out}");
    let person = object(&ask(&circle(), "org", &["--person", "bea-2", "--format", "json"]).ends_with(0));
    assert_eq!((&person["person"]["contact"], &person["chain"]), (&json!("bea-1"), &json!(["ann-1"])));
    // Two contacts of one person are one to whom a manager is sought.
    let common = object(&ask(&circle(), "org", &["--common", "bea-1,bea-2", "--format", "json"]).ends_with(0));
    assert_eq!(common["manager"], "ann-1");
    // At an account somebody may be there as a contact that the chart does not call them by.
    let north = ask(&circle(), "org", &["--account", "north"]).ends_with(0).out;
    has(
        &north,
        &[
            "Ann Lee (ann-1), at Acme AG\n     1      1      1    Bea Orr (bea-1)\n\nReports at other accounts are counted and not listed.\n",
        ],
    );
}
