//! `quorate funnel` and `plan`: made-up portfolios, plain rows, and public data.

use std::io::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::{Dir, Ran, repository, run};

/// Acme asks, is accepted and buys; beta lost a deal before it asked; gamma opens one without ever asking.
fn portfolio() -> Dir {
    Dir::empty()
        .with("accounts.csv", "account_id,origin\nacme,paid\nbeta,social\ngamma,social\n")
        .with("contacts.csv", "contact_id,account_id\na1,acme\na2,acme\nb1,beta\ng1,gamma\n")
        .with(
            "signals.csv",
            "kind,at,contact_id,campaign\n\
             demo_request,2025-01-05T09:00:00Z,a1,expo\npage_view,2025-01-02,a2,\ndemo_request,2025-02-02,b1,expo\n\
             webinar_attended,2025-01-15,g1,\n",
        )
        .with(
            "outcomes.csv",
            "opportunity_id,account_id,created_at,closed_at,outcome,amount,currency\n\
             o1,acme,2025-01-10,2025-02-01,won,100.50,EUR\no2,beta,2025-01-01,2025-01-05,lost,50,EUR\no3,gamma,2025-01-20,,open,70,EUR\n",
        )
        .with("dispositions.csv", "group_id,at,verdict,reason\nacme,2025-01-06,accepted,\nbeta,2025-02-03,rejected,no budget\n")
}

#[track_caller]
fn ask(data: &Dir, command: &str, more: &[&str]) -> Ran {
    let path = data.path();
    run(&[&[command, "--data", &path, "--as-of", "2025-06-30"], more].concat())
}

#[track_caller]
fn object(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).expect("one JSON object")
}

#[track_caller]
fn has(text: &str, all: &[&str]) {
    for words in all {
        assert!(text.contains(words), "`{words}` is missing in\n{text}");
    }
}

/// A folder of the public data, or `None`, said loudly.
pub(crate) fn public(name: &str) -> Option<String> {
    let Some(shared) = std::env::var_os("QUORATE_DATA") else {
        let _ = writeln!(std::io::stderr(), "SKIPPED: QUORATE_DATA is not set; it names the directory that holds {name}");
        return None;
    };
    Some(PathBuf::from(shared).join(name).display().to_string())
}

#[test]
fn groups_and_people_stand_side_by_side() {
    let ran = ask(&portfolio(), "funnel", &["--by", "route,month"]).ends_with(0);
    has(
        &ran.out,
        &[
            "Buying groups, as of 2025-06-30\n",
            "66.7 % (20.8 to 93.9)",
            "50.0 % (9.5 to 90.5)",
            "1 skipped a stage",
            "route: hand_raise",
            "month: 2025-01",
            "1 group with opportunities only from before the group first was qualified, no conversion: beta\n",
            "The same people one by one: an MQL is whoever has a signal of tier high or decisive, our own acts apart\n",
            "  all: 1 of 2, 50.0 % (9.5 to 90.5): accepted, no reason given (1); rejected, \"no budget\" (1)\n",
            "  campaign: expo: 1 of 2",
            "The history begins on 2025-01-02, with every group out.\n",
        ],
    );
}

#[test]
fn the_funnel_as_json_has_counts_rates_and_bounds() {
    let mapping = r#"{"schema":1,"name":"m","files":{"accounts":[{"file":"accounts.csv","columns":{"account_id":"account_id"},"attributes":["origin"]}]}}"#;
    let data = portfolio().with("mapping.json", mapping);
    let mapping = data.file("mapping.json");
    let found = object(&ask(&data, "funnel", &["--mapping", &mapping, "--by", "origin", "--format", "json"]).ends_with(0));
    let stages = &found["groups"]["all"]["stages"];
    assert_eq!(stages[1]["stage"], "qualified");
    let rate = json!({"count": 2, "of": 3, "rate": "0.666667", "low": "0.20766", "high": "0.938508"});
    assert_eq!((&stages[1]["reached"], &stages[1]["step"]["of_previous"]), (&json!(2), &rate));
    assert_eq!(stages[3]["step"]["days"], json!({"count": 1, "sum": 22, "shortest": 22, "median": "22", "mean": "22", "longest": 22}));
    assert_eq!((&stages[2]["step"]["without_previous"], &found["groups"]["opened_before"]), (&json!(1), &json!(["beta"])));
    let origins = &found["groups"]["cohorts"][0];
    assert_eq!(
        (&origins["by"], &origins["rows"][0]["cohort"], &origins["rows"][0]["cases"]),
        (&json!("origin"), &json!("paid"), &json!(1))
    );
    assert_eq!(found["leads"]["all"]["cases"], 4);
    assert_eq!(found["leads"]["all"]["stages"][1]["reached"], 3, "a1, b1 and g1 have a signal of tier high or decisive");
    assert_eq!(found["dispositions"]["by_route"][0]["of"], "hand_raise");
    let wrong = ask(&data, "funnel", &["--mapping", &mapping, "--by", "orgin"]).ends_with(2);
    has(&wrong.err, &["error: --by: no group has an attribute `orgin` (did you mean `origin`?); there are month, quarter, year, "]);
    assert_eq!(wrong.out, "");
    has(&ask(&data, "funnel", &["--begin", "2025-07-01"]).ends_with(2).err, &["--begin 2025-07-01 lies after --as-of 2025-06-30"]);
}

const STAGES: [&str; 6] = ["--id", "id", "--stage", "contact=leads.csv:first", "--stage", "won=deals.csv:day:state=Won"];

fn leads() -> Dir {
    Dir::empty().with("leads.csv", "id,first,origin\na,2024-12-30,paid\nb,2025-01-03,\nc,2025-02-01,paid\nd,,paid\n").with(
        "deals.csv",
        "id,day,state\nb,2025-01-17T10:00:00Z,Won\nb,2025-01-19,Won\nc,2025-01-30,Won\na,2025-01-01,Lost\nd,2026-01-01,Won\n",
    )
}

#[test]
fn plain_rows_are_a_funnel_and_nothing_is_lost() {
    let ran = ask(&leads(), "funnel", &[&STAGES[..], &["--by", "origin,year"]].concat()).ends_with(0);
    has(
        &ran.out,
        &[
            "66.7 % (20.8 to 93.9)",
            "days 6 / 6 / 14",
            "origin: not known",
            "year: 2024",
            "c came to won on 2025-01-30, before the stage before it (2025-02-01)\n",
            "Rows: leads.csv 4 (contact) · deals.csv 5 (won)\n",
            "Not looked at, after 2025-06-30: 1 day\n",
            "Rows of a case that came to that stage already, the first day counts: 1\n",
        ],
    );
    let found = object(&ask(&leads(), "funnel", &[&STAGES[..], &["--format", "json"]].concat()).ends_with(0));
    assert_eq!((&found["all"]["cases"], &found["all"]["stages"][0]["reached"]), (&json!(4), &json!(3)));
    assert_eq!(found["out_of_order"], json!([{"stage": "won", "id": "c", "previous": "2025-02-01", "day": "2025-01-30"}]));
}

#[test]
fn bad_rows_and_bad_questions_are_told() {
    let data = leads()
        .with("leads.csv", "id,first,origin\na,2024-02-30,\na,2024-12-30,\na,2024-12-31,\n,2025-01-01,\nb\n")
        .with("deals.csv", "id,day,state\nz,2025-01-17,Won\nb,2025-01-17,Won\n");
    let ran = ask(&data, "funnel", &STAGES).ends_with(2);
    assert_eq!(ran.out, "");
    let said: Vec<&str> = ran.err.lines().collect();
    assert!(said[0].starts_with("error: leads.csv:2: column `first`: `2024-02-30`"), "{}", said[0]);
    assert_eq!(said[1], "error: leads.csv:3: `a` is there already; a case has one row");
    assert_eq!(said[2], "error: leads.csv:4: `a` is there already; a case has one row");
    assert_eq!(said[3], "error: leads.csv:5: the id is blank; a value is needed");
    assert_eq!(said[4], "error: leads.csv:6: the row has 1 cells, the header has 3");
    // Of `b`, whose row is bad, nothing more is said.
    assert_eq!(said[5], "error: deals.csv:2: `z` is no case of the first stage's file");
    assert!(said[6].ends_with("; mend them") && said.len() == 7, "{said:?}");
    let twice = leads().with("leads.csv", "id,first,first\na,2025-01-01,2025-01-02\n");
    has(&ask(&twice, "funnel", &STAGES).ends_with(2).err, &["leads.csv: line 1: column `first` is there twice"]);
    let refused = |more: &[&str]| ask(&leads(), "funnel", more).ends_with(2).err;
    has(&refused(&["--id", "id", "--stage", "a=leads.csv:first"]), &["a funnel needs two stages at least, not 1"]);
    has(&refused(&["--stage", "a=leads.csv:first"]), &["--id"]);
    has(&refused(&["--id", "id", "--stage", "leads.csv"]), &["write it as NAME=FILE:COLUMN"]);
    has(
        &refused(&["--id", "id", "--stage", "a=leads.csv:frist"]),
        &["leads.csv: line 1: column `frist` is missing (did you mean `first`?)"],
    );
    has(&refused(&["--id", "id", "--stage", "a=none.csv:first"]), &["error: none.csv "]);
}

#[test]
fn a_plan_goes_back_from_revenue_to_groups() {
    let more = ["--target", "1000000", "--closed", "200000", "--create-and-close", "25", "--win-rate", "20", "--average", "50000"];
    let rates = ["--opportunity-rate", "30/100", "--qualified-rate", "50", "--bring", "200", "--currency", "EUR"];
    let all = [&more[..], &rates].concat();
    let ran = ask(&portfolio(), "plan", &all).ends_with(0);
    has(
        &ran.out,
        &[
            "  closed: 1 won, 1 lost; 1 open\n  won: 100.5 EUR by 1 opportunity\n  win rate 20 % (given) · average amount 50,000 EUR\n",
            "  from qualified to opportunity: 30 of 100, 30.0 % (21.9 to 39.6)\n  from engaged to qualified: 50 % (given)\n",
            "Target 1,000,000 EUR, closed 200,000 EUR, missing 800,000 EUR; created and closed on the way 25 %\n",
            "3,000,000 EUR",
            "What 200 qualified groups would bring\n",
        ],
    );
    let found = object(&ask(&portfolio(), "plan", &[&all[..], &["--format", "json"]].concat()).ends_with(0));
    let groups = |line: &str| found["plan"][line]["groups"].clone();
    assert_eq!(groups("likely"), json!([{"stage": "qualified", "needed": 200}, {"stage": "engaged", "needed": 400}]));
    assert_eq!(groups("low")[0]["needed"], 152);
    assert_eq!(groups("high")[0]["needed"], 275);
    assert_eq!((&found["plan"]["likely"]["pipeline"], &found["plan"]["missing"]), (&json!("3000000"), &json!("800000")));
    assert_eq!((&found["brought"]["likely"]["total"], &found["brought"]["likely"]["opportunities"]), (&json!("1000000"), &json!("60")));
    assert_eq!((&found["win_rate"], &found["steps"][0]["rate"]["count"]), (&json!("20"), &json!(30)));
}

#[test]
fn rates_are_measured_where_none_is_given() {
    let found = object(&ask(&portfolio(), "plan", &["--target", "1005", "--format", "json"]).ends_with(0));
    assert_eq!((&found["win_rate"]["count"], &found["win_rate"]["of"], &found["currency"]), (&json!(1), &json!(2), &json!("EUR")));
    assert_eq!(found["average_amount"], json!({"total": "100.5", "count": 1}));
    // 1 of 2 qualified groups opened; 2 of 3 engaged ones were qualified: 1,005 ÷ 50 % ÷ 100.50 = 20, 40, 60.
    assert_eq!(found["plan"]["likely"]["opportunities"], 20);
    assert_eq!(found["plan"]["likely"]["groups"], json!([{"stage": "qualified", "needed": 40}, {"stage": "engaged", "needed": 60}]));
    let since = object(&ask(&portfolio(), "plan", &["--target", "1005", "--closed-since", "2025-02-01", "--format", "json"]).ends_with(0));
    assert_eq!((&since["closed"], &since["plan"]["missing"]), (&json!("100.5"), &json!("904.5")));
}

#[test]
fn every_entry_is_held_against_the_promise() {
    let data = portfolio().with(
        "signals.csv",
        "kind,at,contact_id,signal_id\ndemo_request,2025-01-05T09:00:00Z,a1,s1\ncall_made,2025-01-05T11:30:00Z,a2,s2\n\
         call_made,2025-01-05T11:30:00Z,a2,s2\ndemo_request,2025-02-02,b1,s3\ncall_made,2025-02-05,b1,s4\n\
         contact_sales,2025-06-30T10:00:00Z,g1,s5\n",
    );
    let ran = ask(&data, "followup", &[]).ends_with(0);
    has(
        &ran.out,
        &[
            "call made with a2",
            "after 2 hours 30 minutes",
            "after 72 hours\n",
            "none in 14 hours",
            "As of 2025-06-30: 3 entries into qualified, 0 hand-raises of groups that were in.\n  for the rule: 0 met, 0 late, 0 open, 0 overdue; kept -\n",
            "  for a hand-raise: 1 met, 1 late, 1 open, 0 overdue; kept 50.0 % (9.5 to 90.5)\n",
            "  met: 1 of 1 came to an opportunity, 100.0 % (20.7 to 100.0); 1 won, 100.0 % (20.7 to 100.0)\n",
            "  no act of ours: 0 of 1 came to an opportunity, 0.0 % (0.0 to 79.3); 0 won",
        ],
    );
    let found = object(&ask(&data, "followup", &["--format", "json"]).ends_with(0));
    assert_eq!(
        found["entries"][0],
        json!({"account_id": "acme", "group_id": "acme", "entered": "2025-01-05", "route": "hand_raise", "already_in": false,
            "promise": "hand_raise", "from": "2025-01-05T09:00:00Z", "promised_hours": 24, "action": {"at": "2025-01-05T11:30:00Z", "kind": "call_made", "contact_id": "a2"}, "hours": "2.5",
            "state": "met", "opened": true, "won": true})
    );
    assert_eq!((&found["entries"][1]["state"], &found["entries"][2]["state"]), (&json!("late"), &json!("open")));
    assert_eq!((&found["promises"][0]["hand_raise_hours"], &found["promises"][0]["weekdays_only"]), (&json!(24), &json!(false)));
    // By a policy that counts weekdays, which the answer says.
    let mut policy: Value = serde_json::from_str(&run(&["policy"]).ends_with(0).out).expect("a policy");
    policy["follow_up"]["weekdays_only"] = true.into();
    let data = data.with("policy.json", policy.to_string());
    let file = data.file("policy.json");
    let ran = ask(&data, "followup", &["--policy", &file]).ends_with(0);
    has(&ran.out, &["after 0 hours", "Only the hours from Monday to Friday count, UTC (quorate-default).\n"]);
}

/// Acme asked on 5 January and was answered at once; a history that began later would take it for new, and for let down.
#[test]
fn telling_less_makes_no_broken_promise() {
    let data = portfolio().with(
        "signals.csv",
        "kind,at,contact_id\ndemo_request,2025-01-05T09:00:00Z,a1\ncall_made,2025-01-05T10:00:00Z,a1\n\
         contact_sales,2025-01-20T09:00:00Z,b1\ncall_made,2025-01-20T10:00:00Z,b1\n",
    );
    let ran = ask(&data, "followup", &["--begin", "2025-01-15"]).ends_with(0);
    has(
        &ran.out,
        &[
            "As of 2025-06-30: 1 entry into qualified, 0 hand-raises of groups that were in.\n",
            "  for a hand-raise: 1 met, 0 late, 0 open, 0 overdue; kept 100.0 %",
            "The history begins on 2025-01-05, with every group out.\nLeft out: what was promised before 2025-01-15, when 1 group was in already.\n",
        ],
    );
    let found = object(&ask(&data, "followup", &["--begin", "2025-01-15", "--format", "json"]).ends_with(0));
    assert_eq!(
        (&found["begin"], &found["in_before"], &found["entries"][0]["account_id"]),
        (&json!("2025-01-15"), &json!(1), &json!("beta"))
    );
    let ran = ask(&data, "funnel", &["--begin", "2025-01-15"]).ends_with(0);
    has(&ran.out, &["Left out: 1 group and 1 person that had come to a stage before 2025-01-15, and what sales accepted before.\n"]);
    let found = object(&ask(&data, "funnel", &["--begin", "2025-01-15", "--format", "json"]).ends_with(0));
    assert_eq!((&found["groups"]["before"], &found["groups"]["all"]["cases"]), (&json!(1), &json!(2)));
    assert_eq!((&found["leads"]["before"], &found["dispositions"]["all"]["accepted"]["of"]), (&json!(1), &json!(1)));
}

#[test]
fn ids_that_look_alike_and_names_that_are_taken_are_no_trouble() {
    let mapping = r#"{"schema":1,"name":"m","files":{"accounts":[{"file":"accounts.csv","columns":{"account_id":"account_id"},"attributes":["route"]}]}}"#;
    let data = Dir::empty()
        .with("mapping.json", mapping)
        .with("accounts.csv", "account_id,route\na,EMEA\na/b,EMEA\n")
        .with("contacts.csv", "contact_id,account_id\nb/c,a\nc,a/b\n")
        .with("signals.csv", "kind,at,contact_id\ndemo_request,2025-01-01,c\n");
    let mapping = data.file("mapping.json");
    let found = object(&ask(&data, "funnel", &["--mapping", &mapping, "--by", "route,account", "--format", "json"]).ends_with(0));
    assert_eq!(found["leads"]["all"]["cases"], 2);
    let names = |at: usize| {
        found["groups"]["cohorts"][at]["rows"].as_array().expect("rows").iter().map(|row| row["cohort"].clone()).collect::<Vec<_>>()
    };
    assert_eq!((names(0), names(1)), (vec![json!("hand_raise"), Value::Null], vec![json!("a"), json!("a/b")]));
}

/// Two currencies, one deal without one, one that was lost without saying how much.
fn mixed() -> Dir {
    portfolio().with(
        "outcomes.csv",
        "opportunity_id,account_id,created_at,closed_at,outcome,amount,currency\no1,acme,2025-01-10,2025-02-01,won,1000,EUR\n\
         o2,acme,2025-01-10,2025-02-01,won,70,USD\no3,acme,2025-01-10,2025-02-01,lost,5,USD\no4,acme,2025-01-10,2025-05-01,won,9,\n\
         o5,acme,2025-01-10,2025-05-01,lost,,\n",
    )
}

#[test]
fn currencies_are_chosen_over_all_that_counts_and_the_others_are_told() {
    let several = "error: amounts are in several currencies (EUR, USD, none); name one with --currency\n";
    assert_eq!(ask(&mixed(), "plan", &["--target", "10"]).ends_with(2).err, several);
    // What is measured is in one currency, what is closed already in two.
    let more = ["--target", "2000", "--measured-since", "2025-05-01", "--closed-since", "2025-01-01"];
    assert_eq!(ask(&mixed(), "plan", &more).ends_with(2).err, several);
    let eur =
        ["--target", "2000", "--closed-since", "2025-01-01", "--currency", "EUR", "--opportunity-rate", "50", "--qualified-rate", "50"];
    let ran = ask(&mixed(), "plan", &eur).ends_with(0);
    has(
        &ran.out,
        &[
            "  not counted, since only EUR counts: closed 2 in USD, 1 without a currency, 1 without amount and currency\n",
            "  not counted as closed: 70 USD by 1 opportunity\n  not counted as closed: 9 by 1 opportunity\n",
            "  win rate 1 of 1, 100.0 % (20.7 to 100.0) · average amount 1,000 EUR\n",
            "missing 1,000 EUR;",
        ],
    );
    let usd = object(&ask(&mixed(), "plan", &["--target", "10", "--currency", "USD", "--format", "json"]).ends_with(0));
    assert_eq!((&usd["win_rate"]["count"], &usd["win_rate"]["of"], &usd["average_amount"]["total"]), (&json!(1), &json!(2), &json!("70")));
    let none = object(&ask(&mixed(), "plan", &["--target", "10", "--currency", "none", "--format", "json"]).ends_with(0));
    assert_eq!((&none["currency"], &none["average_amount"]["total"], &none["win_rate"]["of"]), (&Value::Null, &json!("9"), &json!(1)));
    // No amount of the data is needed: none need be named, and that is said.
    let ran = ask(&mixed(), "plan", &["--target", "1000", "--average", "10"]).ends_with(0);
    has(&ran.out, &["  in several currencies (EUR, USD, none), none of which is named: a win rate is that of all\n  win rate 3 of 5, "]);
    let wrong = ask(&mixed(), "plan", &["--target", "10", "--currency", "EURO"]).ends_with(2);
    has(&wrong.err, &["nothing with an amount was won in EURO, only in EUR, USD, none; give --average"]);
}

#[test]
fn a_plan_says_what_it_lacks_and_no_more() {
    let bare = portfolio().without("signals.csv").without("contacts.csv").without("dispositions.csv");
    let ran = ask(&bare, "plan", &["--target", "10", "--qualified-rate", "50"]).ends_with(0);
    has(&ran.out, &["How many engaged groups go on is known, but leads nowhere as long as the stage after it is not.\n"]);
    assert!(!ran.out.contains("--qualified-rate"), "{}", ran.out);
    let reached = ask(&bare, "plan", &["--target", "10", "--closed", "10", "--win-rate", "0"]).ends_with(0);
    assert!(!reached.out.contains("no number is enough"), "{}", reached.out);
    let brought = ask(&bare, "plan", &["--bring", "1", "--of", "opportunity"]).ends_with(0);
    has(&brought.out, &["What 1 opportunity would bring\n"]);
    let brought = ask(&bare, "plan", &["--bring", "123456", "--of", "opportunity"]).ends_with(0);
    has(&brought.out, &["What 123,456 opportunities would bring\n", " opportunities                            123,456 "]);
    has(
        &ask(&bare, "plan", &["--target", "10", "--qualified-rate", "101", "--opportunity-rate", "5"]).ends_with(2).err,
        &["rate of engaged, in percent: `101`"],
    );
}

#[test]
fn what_no_plan_can_be_made_of_is_said() {
    let refused = |data: &Dir, more: &[&str]| {
        let ran = ask(data, "plan", more).ends_with(2);
        assert_eq!(ran.out, "");
        ran.err
    };
    has(&refused(&portfolio(), &[]), &["--target"]);
    has(&refused(&portfolio(), &["--target", "10", "--win-rate", "5/4"]), &["5 of 4 is no rate"]);
    has(&refused(&portfolio(), &["--target", "10", "--win-rate", "101"]), &["win rate, in percent: `101` is outside 0..=100"]);
    has(&refused(&portfolio(), &["--target", "10", "--create-and-close", "100"]), &["`100` is outside 0..100"]);
    has(&refused(&portfolio(), &["--target", "10", "--measured-since", "2025-07-01"]), &["lies after --as-of 2025-06-30"]);
    let two = portfolio().with("outcomes.csv", "opportunity_id,account_id,created_at,closed_at,outcome,amount,currency\no1,acme,2025-01-10,2025-02-01,won,1,EUR\no2,acme,2025-01-10,2025-02-01,won,1,USD\n");
    assert_eq!(refused(&two, &["--target", "10"]), "error: amounts are in several currencies (EUR, USD); name one with --currency\n");
    let open = portfolio().with("outcomes.csv", "opportunity_id,account_id,created_at\no1,acme,2025-01-10\n");
    has(&refused(&open, &["--target", "10"]), &["nothing with an amount was won; give --average"]);
    has(&refused(&open, &["--target", "10", "--average", "5"]), &["win rate: nothing was counted to measure it by; give it"]);
    // Without people and signals, what is not known is named and the rest is planned.
    let bare = portfolio().without("signals.csv").without("contacts.csv").without("dispositions.csv");
    let ran = ask(&bare, "plan", &["--target", "10"]).ends_with(0);
    has(&ran.out, &["Not known how many qualified groups go on: the data have none to count; give --opportunity-rate.\n"]);
    has(
        &refused(&bare, &["--bring", "5"]),
        &["nothing is known of what qualified groups lead to: give --opportunity-rate, or --of opportunity"],
    );
}

#[test]
fn the_olist_funnel_has_its_known_answers() {
    let Some(data) = public("olist-marketing-funnel") else { return };
    let asked = ["funnel", "--data", &data, "--as-of", "2018-11-30", "--id", "mql_id", "--stage", "contact=mql.csv:first_contact_date"];
    let more = ["--stage", "won=closed_deals.csv:won_date", "--by", "origin,year,month", "--format", "json"];
    let found = object(&run(&[&asked[..], &more].concat()).ends_with(0));
    let won = &found["all"]["stages"][1];
    assert_eq!(
        (&found["all"]["cases"], &won["reached"], &won["step"]["of_previous"]["rate"]),
        (&json!(8_000), &json!(842), &json!("0.10525"))
    );
    assert_eq!(
        won["step"]["days"],
        json!({"count": 842, "sum": 40_787, "shortest": -2, "median": "14", "mean": "48.4406", "longest": 427})
    );
    assert_eq!(found["out_of_order"].as_array().map(Vec::len), Some(1));
    let rows = |at: usize| -> Vec<(String, u64, u64)> {
        let all = found["cohorts"][at]["rows"].as_array().expect("rows");
        let number = |value: &Value| value.as_u64().expect("a number");
        let row = |row: &Value| (row["cohort"].as_str().unwrap_or("-").into(), number(&row["stages"][1]["reached"]), number(&row["cases"]));
        all.iter().map(row).collect()
    };
    let origins = [
        ("direct_traffic", 56, 499),
        ("display", 6, 118),
        ("email", 15, 493),
        ("organic_search", 271, 2_296),
        ("other", 4, 150),
        ("other_publicities", 3, 65),
        ("paid_search", 195, 1_586),
        ("referral", 24, 284),
        ("social", 75, 1_350),
        ("unknown", 179, 1_099),
        ("-", 14, 60),
    ];
    assert_eq!(rows(0), origins.map(|(name, won, all)| (name.to_owned(), won, all)));
    assert_eq!(rows(1), [("2017".into(), 61, 2_002), ("2018".into(), 781, 5_998)]);
    let months = rows(2);
    assert_eq!((months.len(), months[0].0.as_str(), months[11].0.as_str()), (12, "2017-06", "2018-05"));
    // 0 to 6 % of the leads of 2017, 10 to 15 % of those of 2018.
    for (month, won, all) in months {
        let percent = (100 * won + all / 2) / all;
        assert!(if month.starts_with("2017") { percent <= 6 } else { (10..=15).contains(&percent) }, "{month}: {won} of {all}");
    }
}

#[test]
fn the_maven_plan_has_its_known_answers() {
    let Some(data) = public("maven-crm-opportunities") else { return };
    let mapping = repository("examples/mappings/maven/mapping.json");
    let aside = Dir::empty();
    let rejects = aside.file("rejects.csv");
    let asked = ["plan", "--data", &data, "--mapping", &mapping, "--as-of", "2017-12-31", "--target", "12000000", "--rejects", &rejects];
    let ran = run(&asked).ends_with(1);
    has(
        &ran.out,
        &[
            "  closed: 4,238 won, 2,473 lost; 501 open\n  won: 10,005,534 USD by 4,238 opportunities\n",
            "  win rate 4,238 of 6,711, 63.2 % (62.0 to 64.3) · average amount 2,360.91 USD (10,005,534 ÷ 4,238)\n",
            "19,002,359.6 USD",
            "8,049",
            "  sales_pipeline.csv: `account` blank 1,425\n  sales_pipeline.csv: `engage_date` blank 500\n",
        ],
    );
    let found = object(&run(&[&asked[..], &["--format", "json"]].concat()).ends_with(1));
    assert_eq!(found["win_rate"], json!({"count": 4_238, "of": 6_711, "rate": "0.631501", "low": "0.619887", "high": "0.642964"}));
    assert_eq!(found["closed_deals"]["revenue"], json!([{"currency": "USD", "deals": 4_238, "amount": "10005534"}]));
    let opportunities = |line: &str| found["plan"][line]["opportunities"].as_u64();
    assert_eq!((opportunities("likely"), opportunities("low"), opportunities("high")), (Some(8_049), Some(7_906), Some(8_200)));
}

#[test]
fn the_readme_shows_what_is_printed() {
    let readme = std::fs::read_to_string(repository("README.md")).expect("the README");
    let data = repository("examples/data");
    for (command, more) in [("funnel", &[][..]), ("plan", &["--target", "1000000"]), ("followup", &[])] {
        let arguments = [&[command, "--data", &data, "--as-of", "2025-06-30"], more].concat();
        let output = crate::support::command(&arguments).env("COLUMNS", "130").output().expect("the example runs");
        let out = String::from_utf8(output.stdout).expect("UTF-8");
        let shown = out.split("\nWhat sales accepted").next().and_then(|part| part.split("\nPolicy:").next()).expect("a part").trim_end();
        assert!(readme.contains(shown), "the README should have\n{shown}");
    }
}
