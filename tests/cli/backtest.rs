//! `quorate backtest`: the made-up history, plain rows, public data, and what is refused.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::funnel::public;
use crate::support::{Dir, Ran, repository, run};

const HISTORY: [&str; 4] = ["--horizon", "180", "--held-out", "40"];

fn history(more: &[&str]) -> Ran {
    let data = repository("examples/history");
    run(&[&["backtest", "--data", &data], &HISTORY[..], more].concat())
}

#[track_caller]
fn object(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).expect("one JSON object")
}

/// The default policy, changed.
fn policy(change: impl FnOnce(&mut Value)) -> String {
    let mut policy = serde_json::from_str(&run(&["policy"]).ends_with(0).out).expect("a policy");
    change(&mut policy);
    policy.to_string()
}

/// Flags leads by where they came from, and ranks them by it.
fn by_origin(origins: &[&str], weights: &[(&str, u32)]) -> String {
    policy(|policy| {
        let criterion = |(name, weight): &(&str, u32)| json!({"weight": weight, "is": {"attribute": {"name": "origin", "any_of": [name]}}});
        policy["name"] = json!("origin");
        policy["qualification"] = json!({"all": [{"attribute": {"name": "origin", "any_of": origins}}]});
        policy["fit"] = json!({"source": "criteria", "tiers": {"A": "80", "B": "50"}, "criteria": weights.iter().map(criterion).collect::<Vec<_>>(), "disqualifiers": []});
        policy["back_test"]["rank_by"] = json!("fit");
    })
}

#[test]
fn the_readme_shows_what_is_printed() {
    let readme = std::fs::read_to_string(repository("README.md")).expect("the README");
    let ran = history(&[]).ends_with(0);
    let shown = readme.split("```text\n").skip(1).filter_map(|block| block.split("\n```").next());
    let shown: Vec<&str> = shown.filter(|block| block.contains("Held against ") || block.contains("Left out: ")).collect();
    assert_eq!(shown.len(), 2);
    let printed: Vec<&str> = ran.out.lines().map(str::trim_end).collect();
    let mut next = 0;
    for line in shown.iter().flat_map(|block| block.lines()) {
        let found = printed[next..].iter().position(|printed| *printed == line.trim_end());
        next += found.unwrap_or_else(|| panic!("`{line}` is not printed, or not there, in\n{}", ran.out)) + 1;
    }
}

#[test]
fn as_json_every_contender_has_both_parts() {
    let stricter =
        Dir::empty().with("strict.json", policy(|policy| policy["qualification"]["all"][0] = json!({"points": {"at_least": "150"}})));
    let strict = format!("{}/strict.json", stricter.path());
    let found = object(&history(&["--format", "json", "--against", &strict]).ends_with(0));
    let names: Vec<&str> = found["contenders"].as_array().expect("a list").iter().filter_map(|one| one["name"].as_str()).collect();
    assert_eq!(names, ["quorate-default 1", "quorate-default 1 (2)", "leads one by one"]);
    let flagged = |number: usize| found["contenders"][number]["held_out"]["flagged"]["count"].as_u64().expect("a count");
    assert!(flagged(1) <= flagged(0), "more points are asked for");
    for contender in found["contenders"].as_array().expect("a list") {
        let of = |part: &str| contender[part]["won"]["of"].as_u64().expect("a count");
        assert_eq!(of("held_out") + of("earlier"), found["cases"].as_u64().expect("a count"));
    }
    let warnings: Vec<&str> = found["warnings"].as_array().expect("a list").iter().filter_map(|one| one["warning"].as_str()).collect();
    assert_eq!(warnings, ["graph_as_of_today", "cases_of_one_group", "few_cases", "same_days"]);
    assert_eq!(found["left_out"]["in_sales_motion"], 641);
}

#[test]
fn the_day_before_each_opportunity_is_one_case_each() {
    let ran = history(&["--every", "opportunity", "--format", "json"]);
    // Of 89 opportunities 15 were created so late that their horizon ends after the data.
    let ran = ran.ends_with(2);
    assert_eq!(ran.err, "error: 51 won and 23 not won: at least 40 of each are needed, or chance decides what is said\n");
}

/// The same history as if everything had been known at once: some are flagged earlier, and more of them before their opportunity.
#[test]
fn what_was_recorded_late_was_not_known() {
    let file = |name: &str| std::fs::read_to_string(repository(&format!("examples/history/{name}"))).expect("a file");
    let signals = file("signals.csv").replacen("recorded_at", "noted_at", 1);
    let mut data = Dir::empty().with("signals.csv", signals);
    for name in ["accounts.csv", "contacts.csv", "outcomes.csv"] {
        data = data.with(name, file(name));
    }
    let flagged = |ran: Ran| object(&ran.ends_with(0))["contenders"][0]["workload"]["mean_on_a_day"].as_str().expect("a mean").to_owned();
    let at_once = run(&["backtest", "--data", &data.path(), HISTORY[0], HISTORY[1], HISTORY[2], HISTORY[3], "--format", "json"]);
    assert_ne!(flagged(history(&["--format", "json"])), flagged(at_once));
}

/// Columns that say how a case ended are no attributes, and rows that a column sets aside are no errors elsewhere.
#[test]
fn how_a_case_ended_is_no_attribute() {
    let mut rows = String::from("id,state,kind,met,closed\n");
    for number in 0..200 {
        let state = if number % 3 == 0 { "Won" } else { "Lost" };
        writeln!(rows, "d{number},{state},{},2024-01-05,2024-02-01", if number % 2 == 0 { "new" } else { "" }).expect("a text");
    }
    let policy = policy(|policy| policy["qualification"] = json!({"all": [{"attribute": {"name": "state", "any_of": ["Won"]}}]}));
    let data = Dir::empty().with("deals.csv", rows).with("policy.json", policy);
    let outcomes = ["--won", "deals.csv:closed:state=Won", "--lost", "deals.csv:closed:state=Lost", "--data-end", "2026-01-01"];
    let ran = of_rows(&data, "deals.csv:met", &outcomes).ends_with(0);
    assert!(ran.err.contains("note: closed, state of deals.csv say how a case ended, and are no attributes"), "{}", ran.err);
    assert!(ran.out.contains(": it flags none of the 40 cases held out"), "{}", ran.out);
    // Of a blank kind there are a hundred, a third of which were won.
    let few = of_rows(&data, "deals.csv:met:kind=", &outcomes).ends_with(2);
    assert_eq!(few.err, "error: 33 won and 67 not won: at least 40 of each are needed, or chance decides what is said\n");
}

#[test]
fn what_cannot_be_judged_is_said() {
    let ran = history(&["--from", "2024-06-01", "--to", "2024-05-01"]).ends_with(2);
    assert_eq!(ran.err, "error: there is no decision day: the first lies after the last\n");
    let ran = history(&["--every", "opportunity", "--from", "2024-06-01"]).ends_with(2);
    assert!(ran.err.starts_with("error: --from and --to are days of a calendar"), "{}", ran.err);

    let ran = run(&["backtest", "--data", &repository("examples/history"), "--horizon", "900"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    let data = repository("examples/data");
    let ran = run(&["backtest", "--data", &data]).ends_with(2);
    assert!(
        ran.err.contains("error: no decision has 365 days to be judged by: the first is on 2024-12-02, outcomes are known until "),
        "{}",
        ran.err
    );
    let ran = run(&["backtest", "--data", &repository("examples/history"), "--horizon", "180", "--held-out", "95"]).ends_with(2);
    assert_eq!(ran.err, "error: held out, in percent: `95` is outside 1..=90\n");
}

/// Rows of leads by origin, every third of one origin won; dated, or not.
fn leads(dated: bool) -> Dir {
    let (mut leads, mut wins) = (String::from("id,origin,met\n"), String::from("id,won_on,state\n"));
    for number in 0..300 {
        let origin = if number % 2 == 0 { "fair" } else { "ads" };
        let met = if dated { format!("2024-{:02}-{:02}", 1 + number / 30, 1 + number % 28) } else { String::new() };
        writeln!(leads, "l{number:03},{origin},{met}").expect("a text");
        if number % 2 == 0 && number % 3 == 0 || number % 22 == 1 {
            let won = if dated { "2024-12-01" } else { "" };
            writeln!(wins, "l{number:03},{won},Won").expect("a text");
        }
    }
    let policy = by_origin(&["fair"], &[("fair", 2), ("ads", 1)]);
    Dir::empty().with("leads.csv", &leads).with("wins.csv", &wins).with("policy.json", &policy)
}

fn of_rows(data: &Dir, case: &str, more: &[&str]) -> Ran {
    let (path, policy) = (data.path(), format!("{}/policy.json", data.path()));
    run(&[&["backtest", "--data", &path, "--policy", &policy, "--id", "id", "--case", case], more].concat())
}

#[test]
fn plain_rows_are_held_against_what_became_of_them_dated_or_not() {
    let dated = of_rows(&leads(true), "leads.csv:met", &["--won", "wins.csv:won_on:state=Won", "--data-end", "2026-01-01"]).ends_with(0);
    assert!(
        dated.out.starts_with(
            "Held against 300 cases of 300 accounts: 64 different ones won, 236 not, within 365 days of the decision; outcomes known until 2026-01-01\n"
        ),
        "{}",
        dated.out
    );
    // The latest fifth: 60 leads of the last two months, half of them met at a fair.
    assert!(dated.out.contains("\norigin 1: it flags 30 of 60 cases held out (50.0 %); of these "), "{}", dated.out);
    let undated = of_rows(&leads(false), "leads.csv", &["--won", "wins.csv:state=Won", "--format", "json"]).ends_with(0);
    let found = object(&undated);
    assert_eq!((&found["cases"], &found["won"]), (&json!(300), &json!(64)));
    // Nothing was lost that anybody says: those of whom nothing is said are left out.
    let open = of_rows(&leads(false), "leads.csv", &["--won", "wins.csv:state=Won", "--lost", "wins.csv:state=Lost"]).ends_with(2);
    assert_eq!(open.err, "error: 64 won and 0 not won: at least 40 of each are needed, or chance decides what is said\n");
}

#[test]
fn bad_rows_are_all_named_at_once() {
    let data = leads(true)
        .with("leads.csv", "id,origin,met\nl1,fair,2024-02-30\nl1,ads,2024-01-01\n,ads,2024-01-01\nl2,ads\n")
        .with("wins.csv", "id,won_on,state\nl1,soon,Won\nl9,2024-01-01,Won\n");
    let ran = of_rows(&data, "leads.csv:met", &["--won", "wins.csv:won_on"]).ends_with(2);
    for said in [
        "leads.csv:2: ",
        "leads.csv:3: ",
        "leads.csv:4: ",
        "leads.csv:5: ",
        "wins.csv:2: ",
        "wins.csv:3: ",
        "error: 6 problems in 6 rows (",
        "; mend them\n",
    ] {
        assert!(ran.err.contains(said), "`{said}` is missing in\n{}", ran.err);
    }
    let ran = of_rows(&data, "leads.csv:meet", &["--won", "wins.csv:won_on"]).ends_with(2);
    assert_eq!(ran.err, "error: leads.csv: line 1: column `meet` is missing (did you mean `met`?)\n");
}

/// 8,000 leads: origin as a policy, judged within a half year; the deal before its first contact is left out and counted.
#[test]
fn olist_leads_by_origin() {
    let Some(data) = public("olist-marketing-funnel") else { return };
    let weights = [("unknown", 16), ("paid_search", 12), ("organic_search", 11), ("direct_traffic", 11), ("referral", 8)];
    let origins = ["unknown", "paid_search", "organic_search", "direct_traffic"];
    let files = Dir::empty().with("policy.json", by_origin(&origins, &weights));
    let policy = format!("{}/policy.json", files.path());
    let rows = ["--id", "mql_id", "--case", "mql.csv:first_contact_date", "--won", "closed_deals.csv:won_date"];
    let ran = run(&[&["backtest", "--data", &data, "--policy", &policy, "--horizon", "180", "--format", "json"], &rows[..]].concat())
        .ends_with(0);
    let found = object(&ran);
    assert_eq!(
        (&found["cases"], &found["left_out"]["censored"], &found["left_out"]["closed_before"]),
        (&json!(7_493), &json!(506), &json!(1))
    );
    let origin = &found["contenders"][0];
    assert_eq!(origin["verdict"], "better_than_chance");
    assert_eq!(
        origin["message"],
        "it flags 947 of 1499 cases held out (63.2 %); of these 13.5 % (11.5 to 15.8) were won, of all cases 10.7 %: this policy is better than chance"
    );
    assert_eq!(
        origin["held_out"]["precision"],
        json!({"count": 128, "of": 947, "rate": "0.135164", "low": "0.114856", "high": "0.158419"})
    );
}
