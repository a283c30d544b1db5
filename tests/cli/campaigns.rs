//! `quorate campaigns`, run as a user runs it.

use serde_json::{Value, json};

use crate::support::{Dir, Ran, repository, run};

const DAY: &str = "2025-06-30";

/// Acme, whose buyer asks after an expo and opens a deal; a student there reads, too.
fn acme() -> Dir {
    Dir::empty()
        .with("accounts.csv", "account_id,name\nacme,Acme AG\nbeta,Beta\n")
        .with(
            "contacts.csv",
            "contact_id,account_id,name,roles,relationship\nann,acme,Ann Lee,economic_buyer,\nsam,acme,Sam Fox,,student\nbob,beta,Bob Ray,champion,\n",
        )
        .with(
            "signals.csv",
            "signal_id,contact_id,kind,at,campaign\ns1,ann,demo_request,2025-06-02T10:00:00Z,expo\ns1,ann,demo_request,2025-06-02T10:00:00Z,expo\n\
             s2,sam,content_download,2025-06-03,expo\ns3,sam,content_download,2025-06-04,expo\ns4,bob,email_open,2025-06-04,mailing\n\
             s5,nobody,email_open,2025-06-04,mailing\ns6,bob,page_view,2025-06-05,\ns7,bob,page_view,2025-07-05,mailing\n",
        )
        .with("outcomes.csv", "opportunity_id,account_id,created_at\no1,acme,2025-06-20\no2,beta,2025-06-01\n")
        .with("costs.csv", "campaign,amount,currency\nexpo,900.00,EUR\nexpo,100,EUR\nmailing,5000,JPY\nsilent,12.5,\n")
}

fn ask(data: &Dir, more: &[&str]) -> Ran {
    run(&[&["campaigns", "--data", &data.path(), "--as-of", DAY], more].concat())
}

fn document(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).expect("JSON")
}

/// The states of some signals that there are any in.
fn states(signals: &Value) -> Value {
    signals
        .as_object()
        .expect("an object")
        .iter()
        .filter(|(_, count)| **count != json!(0))
        .map(|(name, count)| (name.clone(), count.clone()))
        .collect()
}

#[test]
fn campaigns_are_told_with_whom_they_reached_and_what_they_cost() {
    let ran = ask(&acme(), &[]).ends_with(0);
    let expected = "\
3 campaigns, as of 2025-06-30
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
 Campaign   Signals                                          People                            Accounts by fit    Qualified   Opened
════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════
 expo       4                                                2                                 1                  1           1
            1 counted, 2 excluded person, 1 duplicate        1 deciding, 1 excluded            1 not configured               1 opportunity
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
 mailing    3                                                1                                 1                  0           0
            1 zero points, 1 future, 1 unknown subject       1 other                           1 not configured
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
 silent     0                                                0                                 0                  0           0
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
 all        7                                                3                                 2                  1           1
            1 counted, 1 zero points, 2 excluded person, 1   1 deciding, 1 other, 1 excluded   2 not configured               1 opportunity
            future, 1 unknown subject, 1 duplicate
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
Of no campaign: 1 signal: 1 counted

What they cost
───────────────────────────────────────────────────────────────────────────────────────────────────────
 Campaign   Currency    Cost       Each qualified group   Each opportunity   On people who never count
═══════════════════════════════════════════════════════════════════════════════════════════════════════
 expo             EUR   1,000.00               1,000.00           1,000.00             666.67 (66.7 %)
───────────────────────────────────────────────────────────────────────────────────────────────────────
 mailing          JPY      5,000                      -                  -                   0 (0.0 %)
───────────────────────────────────────────────────────────────────────────────────────────────────────
 silent     not known      12.50                      -                  -              reached nobody
───────────────────────────────────────────────────────────────────────────────────────────────────────
 all        not known      12.50                      -                  -                        0.00
───────────────────────────────────────────────────────────────────────────────────────────────────────
 all              EUR   1,000.00                      -                  -                      666.67
───────────────────────────────────────────────────────────────────────────────────────────────────────
 all              JPY      5,000                      -                  -                           0
───────────────────────────────────────────────────────────────────────────────────────────────────────

A group counts when it came to be qualified or opened on the day it first heard of a campaign, or later; several may claim it.
A cost is spread over the signals that reached somebody. Never count: people who left or are kept out, no members, opponents.
The history begins on 2025-06-02, with every group out.
";
    assert!(ran.out.starts_with(expected), "{}", ran.out);
    assert!(ran.out.contains("Rows: accounts.csv 2 · contacts.csv 3 · outcomes.csv 2 · signals.csv 8 · costs.csv 4"), "{}", ran.out);
    assert!(!ran.out.contains("Files of other commands"), "{}", ran.out);
}

#[test]
fn campaigns_as_json_count_every_row() {
    let found = document(&ask(&acme(), &["--format", "json"]).ends_with(0));
    assert_eq!((&found["as_of"], &found["begin"]), (&json!(DAY), &json!("2025-06-02")));
    let names: Vec<&str> = found["campaigns"].as_array().expect("a list").iter().map(|one| one["name"].as_str().expect("a name")).collect();
    assert_eq!(names, ["expo", "mailing", "silent"]);
    let expo = &found["campaigns"][0];
    assert_eq!(states(&expo["signals"]), json!({"total": 4, "duplicate": 1, "excluded_person": 2, "counted": 1}));
    assert_eq!(
        (&expo["people"], &expo["reached"]),
        (&json!({"deciding": 1, "other": 0, "excluded": 1}), &json!({"signals": 3, "never": 2, "share": "0.666667"}))
    );
    assert_eq!((&expo["qualified"], &expo["opened"], &expo["opportunities"]), (&json!(1), &json!(1), &json!(1)));
    let cost = json!({"currency": "EUR", "amount": "1000", "per_qualified": "1000", "per_opportunity": "1000", "on_never": "666.67", "on_nobody": "0", "on_others": "333.33"});
    assert_eq!(expo["costs"], json!([cost]));
    let mailing = &found["campaigns"][1];
    assert_eq!(states(&mailing["signals"]), json!({"total": 3, "unknown_subject": 1, "future": 1, "zero_points": 1}));
    // Beta's opportunity is older than what it heard.
    assert_eq!((&mailing["opened"], &mailing["costs"][0]["per_qualified"]), (&json!(0), &Value::Null));
    let silent = json!([{"currency": null, "amount": "12.5", "per_qualified": null, "per_opportunity": null, "on_never": "0", "on_nobody": "12.5", "on_others": "0"}]);
    assert_eq!((&found["campaigns"][2]["signals"]["total"], &found["campaigns"][2]["costs"]), (&json!(0), &silent));
    assert_eq!(
        (&found["all"]["signals"]["total"], &found["without"]["total"], &found["without"]["counted"]),
        (&json!(7), &json!(1), &json!(1))
    );
}

#[test]
fn costs_that_cannot_be_used_are_told_all_at_once() {
    let costs = "campaign,amount,currency\nexpo,10,EUR\n,5,EUR\nexpo,,EUR\nexpo,many,EUR\nexpo,0.00001,EUR\nexpo,1000000000000001,EUR\nexpo,1\nexpo,-3,EUR\n";
    let data = acme().with("costs.csv", costs);
    let ran = ask(&data, &[]).ends_with(2);
    assert_eq!(ran.out, "");
    for line in [
        "costs.csv:3: column `campaign`: blank; a value is needed",
        "costs.csv:4: column `amount`: blank; a value is needed",
        "costs.csv:5: column `amount`: `many` is no decimal number; write digits with at most one point, such as `12.5`",
        "costs.csv:6: column `amount`: `0.00001` has more than 4 decimals",
        "costs.csv:7: column `amount`: the cost 1000000000000001 of the campaign `expo` is not allowed; at most 1000000000000000 in either direction with at most 4 decimals is",
        "costs.csv:8: the row has 2 cells, the header has 3; is the row cut off?",
        "6 problems in 6 rows",
    ] {
        assert!(ran.err.contains(line), "{line} is missing in\n{}", ran.err);
    }
    // They are put aside like others, and what is left counts.
    let rejects = data.file("rejects.out");
    let ran = ask(&data, &["--format", "json", "--rejects", &rejects]).ends_with(1);
    assert_eq!(document(&ran)["campaigns"][0]["costs"][0]["amount"], json!("7"));
    let rejected = String::from_utf8(data.read("rejects.out")).expect("UTF-8");
    assert_eq!(rejected.lines().count(), 8, "{rejected}");
    assert!(rejected.contains("costs.csv,5,not_a_number,") && rejected.contains(",expo,many,EUR"), "{rejected}");
}

#[test]
fn bad_costs_stand_beside_bad_rows_of_other_files() {
    let data = acme()
        .with("costs.csv", "campaign,amount,currency\nexpo,x,EUR\n")
        .with("accounts.csv", "account_id,name,employees\nacme,A,many\nbeta,B,3\n");
    let ran = ask(&data, &[]).ends_with(2);
    assert!(ran.err.contains("accounts.csv:2: column `employees`") && ran.err.contains("costs.csv:2: column `amount`"), "{}", ran.err);
}

#[test]
fn costs_are_optional_but_their_columns_are_not() {
    let ran = ask(&acme().without("costs.csv"), &[]).ends_with(0);
    assert!(ran.out.contains("What campaigns cost is not known; costs.csv would say it."), "{}", ran.out);
    let ran = ask(&acme().with("costs.csv", "campaign,amount,currency\n"), &["--format", "json"]).ends_with(0);
    assert_eq!(document(&ran)["all"]["costs"], json!([]));
    let ran = ask(&acme().with("costs.csv", "campaign,amont\nexpo,1\n"), &[]).ends_with(2);
    assert!(ran.err.contains("costs.csv: line 1: column `amount` is missing (did you mean `amont`?)"), "{}", ran.err);
    let ran = ask(&acme().with("costs.csv", ""), &[]).ends_with(2);
    assert!(ran.err.contains("costs.csv"), "{}", ran.err);
    // A currency may be left out altogether.
    let ran = ask(&acme().with("costs.csv", "campaign,amount\nexpo,1\n"), &["--format", "json"]).ends_with(0);
    assert_eq!(document(&ran)["all"]["costs"][0]["currency"], Value::Null);
}

#[test]
fn a_mapping_reads_costs_of_another_name() {
    let mapping = r#"{"schema":1,"name":"ads","files":{"costs":[{"file":"spend.csv",
        "columns":{"campaign":"Campaign name","amount":"Spend"},"constants":{"currency":"USD"}}]}}"#;
    let data = acme()
        .without("costs.csv")
        .with("spend.csv", "Campaign name,Clicks,Spend\nexpo,7,1.2345\nexpo,x,bad\n")
        .with("mapping.json", mapping);
    let ran = ask(&data, &["--mapping", &data.file("mapping.json")]).ends_with(2);
    assert!(ran.err.contains("spend.csv:3: column `Spend`: `bad` is no decimal number"), "{}", ran.err);
    let data = data.with("spend.csv", "Campaign name,Clicks,Spend\nexpo,7,1.2345\n");
    let ran = ask(&data, &["--mapping", &data.file("mapping.json"), "--format", "json"]).ends_with(0);
    let found = document(&ran);
    assert_eq!((&found["all"]["costs"][0]["currency"], &found["all"]["costs"][0]["amount"]), (&json!("USD"), &json!("1.2345")));
    assert!(ran.err.contains("spend.csv: Clicks"), "{}", ran.err);
}

#[test]
fn other_commands_leave_costs_alone() {
    let data = acme().with("costs.csv", "no,costs\nat,all\n");
    let ran = run(&["funnel", "--data", &data.path(), "--as-of", DAY]).ends_with(0);
    assert!(ran.out.contains("Files of other commands, not used here: costs.csv"), "{}", ran.out);
    let (data, before) = (acme(), acme().read("costs.csv"));
    ask(&data, &["--rejects", &data.file("costs.csv")]).ends_with(2);
    assert_eq!(data.read("costs.csv"), before);
}

#[test]
fn a_currency_that_nobody_knows_is_told() {
    let ran = ask(&acme().with("costs.csv", "campaign,amount,currency\nexpo,1,EURO\n"), &[]).ends_with(0);
    assert!(ran.err.contains("note: no currency of ISO 4217, taken to have two decimals: EURO"), "{}", ran.err);
}

/// What the sample says, so that its numbers do not change in silence.
#[test]
fn the_sample_has_campaigns_that_add_up() {
    let ran = run(&["campaigns", "--data", &repository("examples/data"), "--as-of", DAY, "--format", "json"]).ends_with(0);
    let found = document(&ran);
    let sum = |field: &str| -> u64 {
        let campaigns = found["campaigns"].as_array().expect("a list").iter();
        campaigns.map(|one| one["signals"][field].as_u64().expect("a count")).sum()
    };
    assert_eq!((sum("total"), &found["without"]["total"]), (135, &json!(200)));
    for (state, count) in found["all"]["signals"].as_object().expect("an object") {
        assert_eq!(&json!(sum(state)), count, "{state}");
    }
    let fair = &found["campaigns"][0];
    assert_eq!((&fair["name"], &fair["costs"][0]["on_nobody"]), (&json!("autumn-fair"), &json!("7900")));
    let all: Vec<(&Value, &Value, &Value)> =
        found["all"]["costs"].as_array().expect("a list").iter().map(|one| (&one["currency"], &one["amount"], &one["on_never"])).collect();
    assert_eq!(
        all,
        [
            (&json!("CLP"), &json!("385000"), &json!("0")),
            (&json!("EUR"), &json!("20411.2512"), &json!("1684.82")),
            (&json!("SEK"), &json!("21500"), &json!("3583.33"))
        ]
    );
}
