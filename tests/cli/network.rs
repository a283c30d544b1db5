//! `quorate paths`: who leads to whom; and what interactions become.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::acme::{ANN_MET_BEA, acme, ask, has, object};
use crate::support::{DAY, Dir, repository, run};

#[test]
fn interactions_become_ties_that_lead_to_those_who_decide() {
    let ran = ask(&acme(), "paths", &["--account", "acme"]).ends_with(0);
    assert_eq!(ran.err, "");
    let expected = "\
Acme AG (acme), as of 2025-05-05

Who decides, and who leads there
  Dan Fox (dan), CFO: economic buyer, silent
    from engaged members
      0.048       ask Ann Lee (ann), Head of Planning
                    who knows (8) Bea Orr (bea), Planner
                    who works with (60) Dan Fox (dan), CFO
    from our own people: no way of at most 4 lines
    from engaged members, whatever the length: 1 way
    on every way: Ann Lee (ann), Bea Orr (bea)
    sole bridge: Bea Orr (bea)
  Eve Ash (eve): decision maker, silent
    from engaged members: no way of at most 4 lines
    from our own people: no way of at most 4 lines
    from engaged members, whatever the length: no way at all

Who would be missed
  without Ann Lee (ann) no engaged member has a way to Dan Fox (dan)
  without Bea Orr (bea) no engaged member has a way to Dan Fox (dan)

Gaps
  high: not engaged, and neither an engaged member nor our own people lead there: Eve Ash (eve)
  medium: the only line from engaged members to somebody who decides goes through Bea Orr (bea)

7 people, 8 lines from one to another. Quality: the strengths of a way's lines, each in hundredths, multiplied.
";
    assert!(ran.out.starts_with(expected), "{}", ran.out);
    has(&ran.out, &["interactions.csv 4", "Interactions as of 2025-05-05: 4 = 4 counted\n"]);
}

#[test]
fn our_own_people_can_introduce_us() {
    let data = acme().with("interactions.csv", "from_id,to_id,at,kind\nrep,gus,2025-05-05,meeting\n");
    let ran = ask(&data, "paths", &["--group", "acme", "--format", "json"]).ends_with(0);
    let found = object(&ran);
    let eve = &found["deciding"][1];
    assert_eq!(eve["introductions"][0]["people"], json!(["rep", "gus", "eve"]));
    assert_eq!(eve["introductions"][0]["quality"], "0.032");
    assert_eq!(found["people"]["gus"], json!({"name": "Gus Oak", "title": "Assistant", "account_id": "acme"}));
    assert_eq!(found["people"]["rep"]["account_id"], Value::Null);
    assert_eq!((&found["account_id"], &found["as_of"]), (&json!("acme"), &json!(DAY)));
    assert!(ran.err.contains("Interactions as of 2025-05-05: 1 = 1 counted"), "the summary goes to stderr: {}", ran.err);
    let text = ask(&data, "paths", &["--group", "acme"]).ends_with(0).out;
    has(&text, &["    from our own people\n      0.032       ask Rae Poe (rep), Account Executive, one of our own people\n"]);
}

#[test]
fn ways_between_people_are_listed_by_quality() {
    let data = acme().with(
        "ties.csv",
        "from_id,to_id,kind,strength\nann,bea,knows,50\nbea,dan,works_with,60\nann,gus,knows,90\ngus,dan,influences,10\nrep,ann,knows,100\n",
    );
    let ran = ask(&data, "paths", &["--from", "ann,rep", "--to", "dan"]).ends_with(0);
    let ways = "\
From Ann Lee (ann), Rae Poe (rep)
to Dan Fox (dan), CFO, at Acme AG, as of 2025-05-05

The best ways, at most 4 lines long, with their quality
  0.3         ask Ann Lee (ann), Head of Planning
                who knows (50) Bea Orr (bea), Planner
                who works with (60) Dan Fox (dan), CFO
  0.3         ask Rae Poe (rep), Account Executive, one of our own people
                who knows (100) Ann Lee (ann), Head of Planning
                who knows (50) Bea Orr (bea), Planner
                who works with (60) Dan Fox (dan), CFO
  0.09        ask Ann Lee (ann), Head of Planning
                who knows (90) Gus Oak (gus), Assistant
                who influences (10) Dan Fox (dan), CFO

How fragile that is
  whatever the length: 1 way
  on every way: Ann Lee (ann)
";
    assert!(ran.out.starts_with(ways), "{}", ran.out);
    let one = object(&ask(&data, "paths", &["--from", "ann", "--to", "dan", "--count", "1", "--format", "json"]).ends_with(0));
    assert_eq!((one["paths"].as_array().map(Vec::len), &one["hops"], &one["to"]), (Some(1), &json!(4), &json!("dan")));
    // That a tie of the files is made by interactions too is no problem.
    let twice = data.with("ties.csv", "from_id,to_id,kind,strength\nann,bea,knows,8\nbea,dan,works_with,60\n");
    let ran = ask(&twice, "paths", &["--from", "ann", "--to", "dan"]).ends_with(0);
    has(&ran.out, &["0.048", "whatever the length: 1 way\n"]);
    let none = ask(&acme(), "paths", &["--from", "ann", "--to", "eve"]).ends_with(0);
    has(&none.out, &["\nNo way of at most 4 lines.\n", "whatever the length: no way at all\n"]);
}

#[test]
fn bad_questions_are_refused_before_anything_is_printed() {
    let data = acme();
    let refused = |command: &str, more: &[&str]| {
        let ran = ask(&data, command, more).ends_with(2);
        assert_eq!(ran.out, "");
        ran.err
    };
    assert_eq!(refused("paths", &["--account", "acm"]), "error: unknown account `acm` (did you mean `acme`?)\n");
    assert_eq!(refused("paths", &["--group", "betta"]), "error: unknown group `betta` (did you mean `beta`?)\n");
    assert_eq!(refused("paths", &["--from", "ana", "--to", "dan"]), "error: unknown contact `ana` (did you mean `ann`?)\n");
    assert_eq!(refused("paths", &["--from", "ann", "--to", "dam"]), "error: unknown contact `dam` (did you mean `dan`?)\n");
    assert_eq!(refused("paths", &["--from", "ann,dan", "--to", "dan"]), "error: `dan` is asked about as --from and as --to\n");
    assert_eq!(refused("org", &["--person", "ana"]), "error: unknown contact `ana` (did you mean `ann`?)\n");
    assert_eq!(refused("org", &["--common", "ann,nya"]), "error: unknown contact `nya` (did you mean `nia`?)\n");
    assert_eq!(refused("org", &["--account", "nort"]), "error: unknown account `nort` (did you mean `north`?)\n");
    assert_eq!(refused("family", &["--account", "nort"]), "error: unknown account `nort` (did you mean `north`?)\n");
    for command in ["assess", "explain --account acme", "paths --account acme"] {
        let words: Vec<&str> = command.split(' ').chain(["--since", "2025-05-06"]).collect();
        assert_eq!(refused(words[0], &words[1..]), "error: --since 2025-05-06 lies after --as-of 2025-05-05\n");
    }
    for (more, said) in [
        (&["--from", "ann"][..], "--to <ID>"),
        (&["--to", "ann"], "required"),
        (&[], "required"),
        (&["--account", "acme", "--to", "dan"], "cannot be used with"),
        (&["--account", "acme", "--count", "2"], "cannot be used with"),
        (&["--group", "acme", "--count", "2"], "cannot be used with"),
        (&["--from", "ann", "--to", "dan", "--count", "0"], "0 is not in 1..=100"),
    ] {
        has(&refused("paths", more), &[said]);
    }
    has(&refused("org", &["--person", "ann", "--account", "acme"]), &["cannot be used with"]);
}

#[test]
fn bad_rows_of_interactions_are_told_with_file_line_and_column() {
    let rows = "from_id,to_id,at,kind\nann,bee,2025-05-05,mail\nann,bea,2025-02-30,mail\n,bea,2025-05-05,\nann,bea,2025-05-05,mail\nzoe,yan,2025-05-05,mail\n";
    let data = acme().with("interactions.csv", rows);
    let ran = ask(&data, "paths", &["--account", "acme"]).ends_with(2);
    let said: Vec<&str> = ran.err.lines().collect();
    assert_eq!(said[0], "error: interactions.csv:2: column `to_id`: unknown contact `bee` (did you mean `bea`?)");
    assert!(said[1].starts_with("error: interactions.csv:3: column `at`: `2025-02-30`"), "{}", said[1]);
    assert_eq!(said[2], "error: interactions.csv:4: column `from_id`: blank; a value is needed");
    assert_eq!(said[3], "error: interactions.csv:4: column `kind`: blank; a value is needed");
    assert!(said[4].starts_with("error: interactions.csv:6: column `from_id`: unknown contact `zoe`"), "{}", said[4]);
    assert!(said[5].starts_with("error: interactions.csv:6: column `to_id`: unknown contact `yan`"), "{}", said[5]);
    assert_eq!(ran.out, "");
    // Put aside as they were, and the rest is used.
    let rejects = data.file("rejects.csv");
    let ran = ask(&data, "paths", &["--account", "acme", "--rejects", &rejects]).ends_with(1);
    has(&ran.out, &["interactions.csv 5 (4 left out)", "Interactions as of 2025-05-05: 1 = 1 counted", "Left out: 6 problems in 4 rows"]);
    let put_aside = String::from_utf8(data.read("rejects.csv")).expect("UTF-8");
    assert_eq!(put_aside.lines().filter(|line| line.ends_with("ann,bee,2025-05-05,mail")).count(), 1, "{put_aside}");
    let long = format!("from_id,to_id,at,kind\nann,bea,2025-05-05,{}\n", "x".repeat(300));
    has(
        &ask(&data.with("interactions.csv", long), "assess", &[]).ends_with(2).err,
        &["column `kind`: ", "has 300 bytes; at most 256 are allowed"],
    );
    let without = acme().with("interactions.csv", "from_id,to,at\nann,bea,2025-05-05\n").check(&[]).ends_with(2).err;
    has(&without, &["interactions.csv: line 1: column `to_id` is missing", "interactions.csv: line 1: column `kind` is missing"]);
}

#[test]
fn interactions_of_somebody_whose_row_cannot_be_used_are_no_news() {
    let contacts = "contact_id,account_id,active\nann,acme,\nbea,acme,perhaps\n";
    let data = acme().with("contacts.csv", contacts).without("ties.csv");
    let ran = ask(&data, "assess", &[]).ends_with(2);
    assert_eq!(ran.err.lines().filter(|line| line.contains(".csv:")).count(), 1, "{}", ran.err);
    let checked = data.check(&[]).ends_with(1).out;
    has(&checked, &["interactions.csv:2: column `to_id`: contact `bea` could not be used itself"]);
    // The same where it is the graph that refuses the contact.
    let data = data.with("contacts.csv", "contact_id,account_id\nann,acme\nbea,acmee\n");
    has(&data.check(&[]).ends_with(1).out, &["interactions.csv:2: column `to_id`: contact `bea` could not be used itself"]);
}

#[test]
fn what_makes_no_tie_is_counted() {
    let rows = format!(
        "{ANN_MET_BEA}ann,ann,2025-05-05,mail\nann,bea,2025-05-06,mail\nann,bea,2023-05-06,mail\nann,bea,2025-05-05,lunch\n\
         ann,dan,1979-12-31T23:59:00Z,meeting\nann,bea,2025-05-05,mail\n"
    );
    let data = acme().with("interactions.csv", rows);
    let line = |command: &str, more: &[&str]| {
        let out = ask(&data, command, more).ends_with(0).out;
        out.lines().find(|line| line.starts_with("Interactions")).expect("a line about interactions").to_owned()
    };
    let rest = "1 with oneself + 1 after that day + 2 faded to nothing + 1 of kinds that the policy does not weigh (lunch) + 5 counted";
    for (command, more) in [("paths", &["--account", "acme"][..]), ("assess", &[])] {
        assert_eq!(line(command, more), format!("Interactions as of 2025-05-05: 10 = {rest}"));
    }
    let since = line("paths", &["--account", "acme", "--since", "1990-01-01"]);
    let rest = rest.replace("2 faded", "1 faded");
    assert_eq!(since, format!("Interactions as of 2025-05-05: 10 = 1 before 1990-01-01 + {rest}"));
    has(&data.check(&[]).ends_with(0).out, &["Interactions: 10 = 1 with oneself + 9 between two people\n"]);
    let standing = run(&["standing", "--data", &data.path(), "--from", DAY, "--to", DAY]).ends_with(0).out;
    has(&standing, &["Interactions: 10 = 1 with oneself + 9 between two people\n"]);
}

#[test]
fn since_is_the_first_day_that_counts() {
    let rows =
        "from_id,to_id,at,kind\nann,bea,2025-05-03,meeting\nann,bea,2025-05-04T23:59:59Z,meeting\nann,bea,2025-05-05T00:00:00Z,meeting\n";
    let data = acme().with("interactions.csv", rows);
    let told = |since: &str| {
        let out = ask(&data, "paths", &["--account", "acme", "--since", since]).ends_with(0).out;
        out.lines().find(|line| line.starts_with("Interactions")).expect("a line about interactions").to_owned()
    };
    assert_eq!(told("2025-05-03"), "Interactions as of 2025-05-05: 3 = 3 counted");
    assert_eq!(told("2025-05-04"), "Interactions as of 2025-05-05: 3 = 1 before 2025-05-04 + 2 counted");
    // The day itself is the last that may be asked for.
    assert_eq!(told("2025-05-05"), "Interactions as of 2025-05-05: 3 = 2 before 2025-05-05 + 1 counted");
    let refused = ask(&data, "paths", &["--account", "acme", "--since", "2025-05-06"]).ends_with(2);
    assert_eq!(refused.err, "error: --since 2025-05-06 lies after --as-of 2025-05-05\n");
}

#[test]
fn nobody_is_asked_to_lead_to_themselves_by_another_id() {
    let contacts = "contact_id,account_id,person_id,roles\naaa,acme,dan,end_user\ndan,acme,,economic_buyer\nzoe,acme,,champion\n";
    let data = acme()
        .with("contacts.csv", contacts)
        .with("ties.csv", "from_id,to_id,kind,strength\nzoe,aaa,knows,60\n")
        .without("interactions.csv");
    for (from, to, same) in [("aaa", "dan", "aaa"), ("zoe,dan", "aaa", "dan")] {
        let refused = ask(&data, "paths", &["--from", from, "--to", to]).ends_with(2);
        assert_eq!(refused.err, format!("error: `{to}` is asked about as --from and as --to: `{same}` is the same person\n"));
        assert_eq!(refused.out, "");
    }
    // Whichever of the two is asked about, it is the same way.
    for to in ["aaa", "dan"] {
        let found = object(&ask(&data, "paths", &["--from", "zoe", "--to", to, "--format", "json"]).ends_with(0));
        assert_eq!((&found["paths"][0]["people"], &found["paths"][0]["quality"]), (&json!(["zoe", "aaa"]), &json!("0.6")));
    }
}

#[test]
fn as_many_ways_are_listed_as_the_policy_says_unless_another_number_is_given() {
    let mut ties = String::from("from_id,to_id,kind,strength\n");
    for via in ["bea", "eve", "gus", "rep", "nia"] {
        write!(ties, "ann,{via},influences,50\n{via},dan,influences,50\n").expect("text");
    }
    let mut policy: Value = serde_json::from_str(&run(&["policy"]).ends_with(0).out).expect("a policy");
    policy["network"]["paths"] = 4.into();
    let data = acme().with("ties.csv", ties).with("policy.json", policy.to_string());
    let listed = |more: &[&str]| {
        let found = object(&ask(&data, "paths", &[&["--from", "ann", "--to", "dan", "--format", "json"], more].concat()).ends_with(0));
        found["paths"].as_array().map(Vec::len)
    };
    let policy = data.file("policy.json");
    assert_eq!([listed(&[]), listed(&["--count", "5"])], [Some(3), Some(5)]);
    assert_eq!([listed(&["--policy", &policy]), listed(&["--policy", &policy, "--count", "1"])], [Some(4), Some(1)]);
}

#[test]
fn a_mapping_renames_the_columns_and_the_kinds() {
    let mapping = r#"{"schema":1,"name":"mine","files":{"interactions":[
        {"file":"mails.csv","columns":{"from_id":"Sender","to_id":"Recipient","at":"Sent"},"constants":{"kind":"mail"}},
        {"file":"calendar.csv","optional":true,"columns":{"from_id":"Who","to_id":"With","at":"When","kind":"What"},
         "values":{"kind":{"Appointment":"meeting"}}},
        {"file":"none.csv","optional":true,"columns":{"from_id":"a","to_id":"b","at":"c","kind":"d"}}]}}"#;
    let data = acme()
        .with("mapping.json", mapping)
        .with("mails.csv", "Sent,Sender,Recipient\n2025-05-05,ann,bea\n2025-05-05,bea,ann\n2025-05-05,ann,bob\n")
        .with("calendar.csv", "Who,With,When,What\nann,bea,2025-05-05,appointment\nann,bea,2025-05-05,Appointment\n");
    let mapping = data.file("mapping.json");
    let ran = ask(&data, "paths", &["--account", "acme", "--mapping", &mapping]).ends_with(2);
    assert!(ran.err.starts_with("error: mails.csv:4: column `Recipient`: unknown contact `bob`"), "{}", ran.err);
    let data = data.with("mails.csv", "Sent,Sender,Recipient\n2025-05-05,ann,bea\n2025-05-05,bea,ann\n");
    let ran = ask(&data, "paths", &["--account", "acme", "--mapping", &mapping]).ends_with(0);
    has(&ran.out, &["who knows (8) Bea Orr (bea)", "mails.csv 2 · calendar.csv 2", "Other CSV files, not used: interactions.csv"]);
}

#[test]
fn each_policy_of_a_set_weighs_interactions_by_itself() {
    let policy = |name: &str, weight: u8| {
        let mut policy: Value = serde_json::from_str(&run(&["policy"]).ends_with(0).out).expect("a policy");
        policy["name"] = name.into();
        policy["network"]["strength"]["each"] = json!([{"kind": "meeting", "weight": weight}, {"kind": "lunch", "weight": 1}]);
        policy
    };
    let mut other = policy("other", 10);
    other["network"]["strength"]["each"] = json!([{"kind": "meeting", "weight": 10}]);
    let set = json!({"schema": 1, "policies": [{"when": {"solutions": ["storage"]}, "policy": other}, {"policy": policy("one", 3)}]});
    let data = acme()
        .with("groups.csv", "group_id,account_id,solution\na,acme,storage\nb,acme,analytics\n")
        .with("interactions.csv", format!("{ANN_MET_BEA}ann,bea,2025-05-05,lunch\n"))
        .with("set.json", set.to_string());
    let ask = |command: &str, more: &[&str]| ask(&data, command, &[&["--policy", &data.file("set.json")], more].concat());
    has(&ask("paths", &["--group", "a"]).ends_with(0).out, &["who knows (22) Bea Orr"]);
    has(&ask("paths", &["--group", "b"]).ends_with(0).out, &["who knows (9) Bea Orr", "Interactions as of 2025-05-05: 5 = 5 counted"]);
    let told = ask("assess", &[]).ends_with(0).out;
    has(&told, &["Interactions as of 2025-05-05 by other 1 (", "): 5 = 1 of kinds that the policy does not weigh (lunch) + 4 counted"]);
    has(&told, &["Interactions as of 2025-05-05 by one 1 (", "): 5 = 5 counted"]);
    has(
        &ask("paths", &["--from", "ann", "--to", "dan"]).ends_with(2).err,
        &["error: ways between people are judged by one policy, not sets"],
    );
}

#[test]
fn assess_and_explain_list_the_gaps_of_the_network() {
    let data = acme();
    let gaps = |data: &Dir| {
        let out = ask(data, "assess", &["--account", "acme", "--format", "csv"]).ends_with(0).out;
        let mut reader = csv::Reader::from_reader(out.as_bytes());
        let at = reader.headers().expect("a header").iter().position(|name| name == "gaps").expect("gaps");
        let row = reader.records().next().expect("a row").expect("a row");
        row[at].to_owned()
    };
    let all = gaps(&data);
    assert!(all.ends_with(";decision_maker_unreachable;sole_bridge"), "{all}");
    let whole = ask(&data, "assess", &["--format", "jsonl"]).ends_with(0).out;
    let acme: Value = serde_json::from_str(whole.lines().next().expect("a line")).expect("an object");
    let explained = object(&ask(&data, "explain", &["--account", "acme", "--format", "json"]).ends_with(0));
    assert_eq!(explained["assessment"], acme);
    let text = ask(&data, "explain", &["--account", "acme"]).ends_with(0).out;
    has(
        &text,
        &[
            "\nThe lines to those who decide (`quorate paths` shows the ways)\n  - not engaged, and neither an engaged member nor our own people lead there: Eve Ash\n  \
           - the only line from engaged members to somebody who decides goes through Bea Orr\n",
        ],
    );
    // Without interactions Bea leads nowhere; without any line nothing is known of ways.
    let data = data.without("interactions.csv");
    assert_eq!(gaps(&data), all.replace(";sole_bridge", ""));
    let contacts = "contact_id,account_id,roles\nann,acme,champion\ndan,acme,economic_buyer\n";
    let data = data.with("contacts.csv", contacts).without("ties.csv");
    assert!(!gaps(&data).contains("unreachable"));
    assert!(!ask(&data, "explain", &["--account", "acme"]).ends_with(0).out.contains("The lines to those who decide"));
}

/// Ten thousand levels of accounts, and of people.
#[test]
fn depth_costs_no_recursion() {
    const DEPTH: usize = 10_000;
    let (mut accounts, mut contacts) = (String::from("account_id,parent_id\n"), String::from("contact_id,account_id,reports_to\n"));
    for level in 0..DEPTH {
        let (parent, manager) = match level {
            0 => (String::new(), String::new()),
            _ => (format!("a{:05}", level - 1), format!("c{:05}", level - 1)),
        };
        writeln!(accounts, "a{level:05},{parent}").expect("text");
        writeln!(contacts, "c{level:05},a{level:05},{manager}").expect("text");
    }
    let data = Dir::empty().with("accounts.csv", accounts).with("contacts.csv", contacts).with("signals.csv", "kind,at,contact_id\n");
    let family = object(&ask(&data, "family", &["--format", "json"]).ends_with(0));
    assert_eq!(family["accounts"][0]["total"]["known"], DEPTH);
    assert_eq!(family["accounts"][DEPTH - 1]["depth"], DEPTH - 1);
    has(&ask(&data, "family", &["--account", "a09000"]).ends_with(0).out, &["› 999 levels down: a09999"]);
    let chart = ask(&data, "org", &[]).ends_with(0).out;
    has(&chart, &["  9999      0      0  ", "c09999, at a09999\n"]);
    let chain = object(&ask(&data, "org", &["--person", "c09999", "--format", "json"]).ends_with(0));
    assert_eq!(chain["chain"].as_array().map(Vec::len), Some(DEPTH - 1));
    ask(&data, "paths", &["--account", "a00000"]).ends_with(0);
    ask(&data, "assess", &["--format", "csv"]).ends_with(0);
}

#[test]
fn any_sort_of_line_alone_makes_a_network() {
    let contacts = |manager: &str| {
        format!("contact_id,account_id,roles,reports_to\nann,acme,champion,\nbea,acme,,{manager}\ndan,acme,economic_buyer,\n")
    };
    let bare = acme().with("contacts.csv", contacts("")).without("ties.csv").without("interactions.csv");
    let told = |data: &Dir| {
        let out = ask(data, "assess", &["--account", "acme", "--format", "csv"]).ends_with(0).out;
        out.contains("decision_maker_unreachable")
    };
    assert!(!told(&bare), "where no line is known nothing is known of ways");
    let data = bare.with("contacts.csv", contacts("ann"));
    assert!(told(&data), "a reporting line");
    let data = data.with("contacts.csv", contacts("")).with("ties.csv", "from_id,to_id,kind,strength\nann,bea,knows,50\n");
    assert!(told(&data), "a tie");
    let data = data.without("ties.csv").with("interactions.csv", ANN_MET_BEA);
    assert!(told(&data), "interactions");
}

#[test]
fn the_order_of_rows_changes_no_byte_and_neither_does_another_run() {
    let turned = |name: &str, data: &Dir| {
        let text = String::from_utf8(data.read(name)).expect("UTF-8");
        let (header, rows) = text.split_once('\n').expect("a header");
        let rows: Vec<&str> = rows.lines().rev().collect();
        format!("{header}\n{}\n", rows.join("\n"))
    };
    let data = acme();
    let mut other = acme();
    for name in ["accounts.csv", "contacts.csv", "interactions.csv", "ties.csv"] {
        let text = turned(name, &data);
        other = other.with(name, text);
    }
    for words in ["paths --account acme", "paths --from ann,rep --to dan", "org", "org --person gus", "family", "explain --account acme"] {
        for format in ["text", "json"] {
            let words: Vec<&str> = words.split(' ').chain(["--format", format]).collect();
            let first = ask(&data, words[0], &words[1..]).ends_with(0).out;
            assert_eq!(first, ask(&data, words[0], &words[1..]).out);
            assert_eq!(first, ask(&other, words[0], &words[1..]).out, "{words:?}");
        }
    }
    assert_eq!(ask(&data, "assess", &["--format", "jsonl"]).out, ask(&other, "assess", &["--format", "jsonl"]).out);
}

#[test]
fn the_sample_shows_a_bridge_an_introduction_and_somebody_out_of_reach() {
    let sample = |account: &str| {
        let data = repository("examples/data");
        run(&["paths", "--data", &data, "--as-of", "2025-06-30", "--account", account]).ends_with(0).out
    };
    has(&sample("tamarack"), &["sole bridge: Priya Raman (ta-priya)", "0.24        ask Mia Lavoie (ta-mia), Marketing Coordinator\n"]);
    has(
        &sample("hoshizaka"),
        &["from our own people\n      0.12        ask Dana Whitlock (us-dana), Account Executive, one of our own people\n"],
    );
    has(&sample("aurelia"), &["high: not engaged, and neither an engaged member nor our own people lead there: Zsófia Kardos (au-zsofia)"]);
}
