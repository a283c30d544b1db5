//! What is read from files: forms that are all right.

use serde_json::Value;

use crate::support::{Dir, Ran};

fn first(ran: Ran) -> Value {
    serde_json::from_str(ran.ends_with(0).out.lines().next().expect("a group")).expect("an object")
}

#[test]
fn a_byte_order_mark_blank_lines_and_either_line_end_are_all_right() {
    let plain = Dir::small().assess(&["--format", "jsonl"]).ends_with(0).out;
    let contacts = "\u{feff}contact_id,account_id,name,roles\r\n\r\nann, acme ,Ann Lee,economic_buyer\r\n\
        bob,acme,Bob Ray,champion\r\ncyd,beta,Cyd Fox,\r\n";
    assert_eq!(Dir::small().with("contacts.csv", contacts).assess(&["--format", "jsonl"]).ends_with(0).out, plain);
}

#[test]
fn the_line_of_a_row_is_the_line_on_which_it_begins() {
    for (content, line) in [
        ("account_id,name\nacme,\nbeta,b,c\n", 3),
        ("account_id,name\r\nacme,\r\nbeta,b,c\r\n", 3),
        ("\n\naccount_id,name\n\n\nacme,\n\nbeta,b,c", 8),
        ("account_id,name\r\n\r\nacme,\"two\r\nlines\"\r\n\r\nbeta,b,c", 6),
        ("account_id,name\nacme,\"ends with a line\n\"\nbeta,b,\"c\n\"\n", 4),
    ] {
        let ran = Dir::small().with("accounts.csv", content).assess(&[]).ends_with(2);
        assert!(ran.err.starts_with(&format!("error: accounts.csv:{line}: the row has ")), "{content:?}\n{}", ran.err);
    }
}

#[test]
fn a_quote_that_is_not_closed_is_told_by_the_line_on_which_it_opens() {
    for content in
        ["account_id,name\nacme,\n\"beta\nand the rest\n", "account_id,name\nacme,\nbeta,\"\"\"\n", "account_id,name\nacme,\nbeta,\"b\"c\n"]
    {
        let ran = Dir::small().with("accounts.csv", content).assess(&[]).ends_with(2);
        assert!(ran.err.contains("cannot be read: line 3: a quote opens"), "{content:?}\n{}", ran.err);
    }
}

#[test]
fn truth_is_written_in_many_ways() {
    for (word, left) in [("true", false), ("YES", false), ("1", false), ("", false), ("false", true), ("No", true), ("0", true)] {
        let contacts = format!("contact_id,account_id,active\nann,acme,{word}\ncyd,beta,\n");
        let group = first(Dir::small().with("contacts.csv", contacts).assess(&["--format", "jsonl"]));
        assert_eq!(group["people"]["known"], u64::from(!left), "{word}");
    }
}

#[test]
fn an_exclusion_is_a_reason_a_true_word_or_none() {
    for (cell, state) in
        [("", "qualified"), ("no", "qualified"), ("FALSE", "qualified"), ("yes", "excluded"), ("customer since May", "excluded")]
    {
        let accounts = format!("account_id,excluded\nacme,{cell}\nbeta,\n");
        let group = first(Dir::small().with("accounts.csv", accounts).assess(&["--format", "jsonl"]));
        assert_eq!(group["verdict"]["state"], state, "{cell}");
        if state == "excluded" {
            let reason = if cell == "yes" { "excluded" } else { cell };
            assert_eq!(group["verdict"]["reasons"][0]["reason"], reason);
        }
    }
}

#[test]
fn whose_a_signal_is_follows_from_what_is_given() {
    let signals = "kind,at,contact_id,account_id,email\n\
        page_view,2025-05-01,ann,,\n\
        page_view,2025-05-01,ann,beta,\n\
        page_view,2025-05-01,zoe,acme,\n\
        page_view,2025-05-01,,acme,x@acme.example\n\
        page_view,2025-05-01,,nobody,\n\
        page_view,2025-05-01,,,x@acme.example\n\
        never_heard_of,2025-05-01,bob,,\n";
    let ran = Dir::small().with("signals.csv", signals).assess(&["--account", "acme", "--format", "jsonl"]);
    for line in [
        "Signals: 7 = 0 duplicate + 3 of unknown people or accounts + 4 known",
        "of another account than the one beside it: 1; the contact counts",
    ] {
        assert!(ran.err.contains(line), "{line} is missing in\n{}", ran.err);
    }
    let group = first(ran);
    assert_eq!((group["intake"]["counted"].as_u64(), group["intake"]["unknown_kind"].as_u64()), (Some(3), Some(1)));
}

#[test]
fn an_id_with_two_contents_is_shown_with_both_and_found_by_check() {
    let signals = "kind,at,contact_id,signal_id\npage_view,2025-05-02,ann,s\ndemo_request,2025-05-01,ann,s\npage_view,2025-05-02,ann,s\n";
    let dir = Dir::small().with("signals.csv", signals);
    let line = "signal `s` came with different contents: counted demo_request of contact `ann` at 2025-05-01T00:00:00Z; \
        not counted page_view of contact `ann` at 2025-05-02T00:00:00Z";
    assert!(dir.assess(&[]).ends_with(0).err.contains(line));
    let ran = dir.check(&[]).ends_with(1);
    assert!(ran.out.contains(line) && ran.out.contains("Signals: 3 = 2 duplicate"), "{}", ran.out);
}

#[test]
fn what_is_not_used_is_named() {
    let ran = Dir::small()
        .with("accounts.csv", "account_id,colour,name\nacme,red,\nbeta,,\n")
        .with("costs.csv", "campaign,amount,currency\n")
        .with("signal.csv", "a slip\n")
        .check(&[])
        .ends_with(0);
    for line in [
        "Columns not used: accounts.csv: colour",
        "Files of other commands, not used here: costs.csv",
        "Other CSV files, not used: signal.csv",
    ] {
        assert!(ran.out.contains(line), "{line} is missing in\n{}", ran.out);
    }
}

#[test]
fn a_header_alone_is_a_file_without_rows() {
    let ran =
        Dir::small().with("signals.csv", "kind,at,contact_id\n").with("ties.csv", "from_id,to_id,kind,strength").assess(&[]).ends_with(0);
    assert!(ran.out.contains("Over 2 groups: no signals"), "{}", ran.out);
}

#[test]
fn every_optional_file_is_read() {
    let dir = Dir::small()
        .with("groups.csv", "group_id,account_id,solution,template,membership\ng,acme,analytics,light,explicit\n")
        .with("members.csv", "group_id,contact_id,role\ng,bob,end_user\n")
        .with("ties.csv", "from_id,to_id,kind,strength\nann,bob,works_with,70\n")
        .with(
            "outcomes.csv",
            "opportunity_id,account_id,created_at,group_id,closed_at,outcome,amount,currency\n\
            o,acme,2025-01-01T09:00:00Z,g,2025-05-01,WON,10.50,EUR\n",
        )
        .with("dispositions.csv", "group_id,at,verdict,reason\ng,2025-04-01,accepted,\n");
    let group = first(dir.assess(&["--format", "jsonl", "--account", "acme"]));
    assert_eq!(
        (&group["stage"], &group["template"], &group["solution"]),
        (&Value::from("won"), &Value::from("light"), &Value::from("analytics"))
    );
    assert_eq!(group["members"].as_array().map(Vec::len), Some(1));
    assert_eq!(group["members"][0]["roles"][0], "end_user");
}
