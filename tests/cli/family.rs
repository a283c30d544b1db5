//! `quorate family`: what belongs together.

use serde_json::{Value, json};

use crate::acme::{acme, ask, has, object};
use crate::support::{Dir, run};

#[test]
fn a_family_is_told_by_itself_below_and_together() {
    let data = acme().with("signals.csv", "kind,at,contact_id\ndemo_request,2025-05-01,nia\n");
    let found = object(&ask(&data, "family", &["--format", "json"]).ends_with(0));
    let accounts = found["accounts"].as_array().expect("accounts");
    assert_eq!(accounts.iter().map(|one| one["account_id"].as_str()).collect::<Vec<_>>(), ["acme", "north", "beta"].map(Some));
    let totals = |accounts: u32, known: u32, engaged: u32, qualified: u32| json!({"accounts": accounts, "groups": accounts, "qualified": qualified, "known": known, "engaged": engaged});
    assert_eq!(accounts[0]["own"], totals(1, 5, 0, 0));
    assert_eq!(accounts[0]["children"], totals(1, 1, 1, 1));
    assert_eq!(accounts[0]["total"], totals(2, 6, 1, 1));
    // The best group of the account is its own, that of the family the subsidiary's.
    assert_eq!((&accounts[0]["best"], &accounts[0]["best_of_family"]["group_id"]), (&json!("acme"), &json!("north")));
    assert_eq!((&accounts[1]["parent_id"], &accounts[1]["depth"]), (&json!("acme"), &json!(1)));
    let text = ask(&data, "family", &[]).ends_with(0).out;
    has(
        &text,
        &[
            "Acme AG",
            "› Acme North",
            "2 accounts, 2 groups",
            "6 people, 1 engaged",
            "1 family of 2 accounts; 1 account without parent or subsidiary",
        ],
    );
    assert!(!text.contains("Beta GmbH"));
    let north = ask(&data, "family", &["--account", "north"]).ends_with(0).out;
    assert!(north.contains(" Acme North") && !north.contains("Acme AG"), "{north}");
    // Of two groups alike in all else the lesser id is the better.
    let alike = acme().with("signals.csv", "kind,at,contact_id\n");
    let found = object(&ask(&alike, "family", &["--account", "acme", "--format", "json"]).ends_with(0));
    assert_eq!(found["accounts"][0]["best_of_family"]["group_id"], "acme");
}

#[test]
fn a_person_of_several_accounts_of_a_family_counts_once() {
    let contacts = "contact_id,account_id,person_id\nann,acme,p\nnia,north,p\nbob,beta,p\n";
    let data = acme().with("contacts.csv", contacts).without("ties.csv").without("interactions.csv");
    let found = object(&ask(&data, "family", &["--account", "acme", "--format", "json"]).ends_with(0));
    let known = ["own", "children", "total"].map(|which| found["accounts"][0][which]["known"].as_u64());
    assert_eq!(known, [Some(1), Some(1), Some(1)]);
}

/// A parent with a daughter and a granddaughter; who asked for a demo where, with what roles.
fn three(contacts: &str, signals: &str) -> Dir {
    acme()
        .with("accounts.csv", "account_id,name,parent_id\nacme,Acme AG,\nnorth,Acme North,acme\npole,Acme Pole,north\n")
        .with("contacts.csv", format!("contact_id,account_id,person_id,roles\n{contacts}"))
        .with("signals.csv", format!("kind,at,contact_id\n{signals}"))
        .without("ties.csv")
        .without("interactions.csv")
}

/// The best group of the family of each account.
fn best(data: &Dir) -> Vec<String> {
    let found = object(&ask(data, "family", &["--account", "acme", "--format", "json"]).ends_with(0));
    let accounts = found["accounts"].as_array().expect("accounts");
    accounts.iter().map(|one| one["best_of_family"]["group_id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn the_best_of_a_family_is_carried_up_from_grandchildren() {
    let data = three("ann,acme,,champion\nnia,north,,champion\npat,pole,,champion\n", "demo_request,2025-05-01,pat\n");
    assert_eq!(best(&data), ["pole", "pole", "pole"]);
    // The middle one is better than both: the parent takes it over, the granddaughter keeps her own.
    let data = three("ann,acme,,champion\nnia,north,,champion\npat,pole,,champion\n", "demo_request,2025-05-01,nia\n");
    assert_eq!(best(&data), ["north", "north", "pole"]);
}

#[test]
fn of_groups_alike_in_verdict_the_readier_is_the_better_then_the_one_of_more_points() {
    // Page views of two days qualify nobody. As an economic buyer they fill more of a seat than as a coach, who has no seat, whatever the points.
    let views = |who: &str, days: u32| (0..days).map(|day| format!("page_view,2025-05-0{},{who}\n", day + 1)).collect::<String>();
    let contacts = "ann,acme,,coach\nnia,north,,economic_buyer\npat,pole,,coach\n";
    let data = three(contacts, &(views("ann", 4) + &views("nia", 1)));
    assert_eq!(best(&data), ["north", "north", "pole"]);
    // Of coaches alone none is ready for anything: the points decide.
    let contacts = "ann,acme,,coach\nnia,north,,coach\npat,pole,,coach\n";
    let data = three(contacts, &(views("ann", 1) + &views("nia", 2) + &views("pat", 3)));
    assert_eq!(best(&data), ["pole", "pole", "pole"]);
    let data = three(contacts, &(views("ann", 2) + &views("nia", 1) + &views("pat", 1)));
    assert_eq!(best(&data), ["acme", "north", "pole"]);
}

#[test]
fn the_table_keeps_own_below_and_together_apart() {
    // One person is known at the parent and the daughter; each account has another one.
    let contacts = "ann,acme,,champion\nx-1,acme,x,\nnia,north,,champion\nx-2,north,x,\nx-3,north,,\npat,pole,,champion\n";
    let data = three(contacts, "demo_request,2025-05-01,nia\n");
    let expected = [
        " Acme AG        1 group               2 accounts, 2 groups   3 accounts, 3 groups   north",
        " acme           0 qualified           1 qualified            1 qualified            QUALIFIED",
        "                2 people, 0 engaged   4 people, 1 engaged    5 people, 1 engaged    15.2 %, 76.3 points",
        " › Acme North   1 group               1 group                2 accounts, 2 groups   north",
        " north          1 qualified           0 qualified            1 qualified            QUALIFIED",
        "                3 people, 1 engaged   1 person, 0 engaged    4 people, 1 engaged    15.2 %, 76.3 points",
        " ›› Acme Pole   1 group               -                      -                      pole",
        " pole           0 qualified                                                         not yet",
        "                1 person, 0 engaged                                                 0.0 %, 0.0 points",
    ];
    let out = ask(&data, "family", &[]).ends_with(0).out;
    let rows: Vec<&str> = out.lines().filter(|line| line.starts_with(' ') && !line.contains("By itself")).map(str::trim_end).collect();
    assert_eq!(rows, expected);
}

#[test]
fn a_person_of_several_accounts_is_engaged_when_they_are_at_one() {
    // Known at all three accounts, engaged at one; the others of an account make one side the larger of two, whichever is poured into which.
    let contacts = "x-1,acme,x,champion\nx-2,north,x,champion\nx-3,pole,x,champion\ny-1,acme,y,\ny-2,north,y,\nz-1,north,z,\nz-2,pole,z,\n";
    for (who, expected) in
        [("x-1", [[1, 0, 1], [0, 0, 0], [0, 0, 0]]), ("x-2", [[0, 1, 1], [1, 0, 1], [0, 0, 0]]), ("x-3", [[0, 1, 1], [0, 1, 1], [1, 0, 1]])]
    {
        let data = three(contacts, &format!("demo_request,2025-05-01,{who}\n"));
        let found = object(&ask(&data, "family", &["--account", "acme", "--format", "json"]).ends_with(0));
        for (at, engaged) in expected.into_iter().enumerate() {
            let totals = ["own", "children", "total"].map(|which| found["accounts"][at][which]["engaged"].as_u64());
            assert_eq!(totals, engaged.map(Some), "{who} is engaged, account {at}");
        }
        assert_eq!(found["accounts"][0]["total"]["known"], 3);
    }
}

/// Two groups of one account, each of which lists another contact of one person.
fn two_groups(signals: &str) -> Dir {
    acme()
        .with("contacts.csv", "contact_id,account_id,person_id,relationship\nx-1,acme,x,partner\nx-2,acme,x,employee\nnia,north,,\n")
        .with("groups.csv", "group_id,account_id,solution,membership\na,acme,storage,explicit\nb,acme,analytics,explicit\n")
        .with("members.csv", "group_id,contact_id,role\na,x-1,champion\nb,x-2,champion\n")
        .with("signals.csv", format!("kind,at,contact_id,solution\n{signals}"))
        .without("ties.csv")
        .without("interactions.csv")
}

#[test]
fn a_person_in_two_groups_of_an_account_is_engaged_when_they_are_in_one() {
    let policy: Value = serde_json::from_str(&run(&["policy"]).ends_with(0).out).expect("a policy");
    // Partners are admitted for storage alone, so that the person is a member of the two groups by different contacts.
    let mut admitting = policy.clone();
    admitting["name"] = "partners".into();
    admitting["excluded_relationships"].as_array_mut().expect("a list").retain(|one| *one != "partner");
    let apart = json!({"schema": 1, "policies": [{"when": {"solutions": ["storage"]}, "policy": admitting}, {"policy": policy}]});
    let alike = json!({"schema": 1, "policies": [{"policy": admitting}]});
    for (set, members) in [(apart, ["x-1", "x-2"]), (alike, ["x-1", "x-1"])] {
        for (signal, engaged) in [("x-1,storage", [true, false]), ("x-2,analytics", [false, true])] {
            let data = two_groups(&format!("demo_request,2025-05-01,{signal}\n")).with("set.json", set.to_string());
            let set = data.file("set.json");
            let groups = ask(&data, "assess", &["--account", "acme", "--policy", &set, "--format", "jsonl"]).ends_with(0).out;
            let mut found: Vec<(String, Value, Value)> = Vec::new();
            for line in groups.lines() {
                let group: Value = serde_json::from_str(line).expect("an object");
                let member = &group["members"][0];
                found.push((group["group_id"].to_string(), member["contact"].clone(), member["engaged"].clone()));
            }
            found.sort_by(|a, b| a.0.cmp(&b.0));
            assert_eq!(found.iter().map(|one| one.1.as_str()).collect::<Vec<_>>(), members.map(Some));
            assert_eq!(found.iter().map(|one| one.2.as_bool()).collect::<Vec<_>>(), engaged.map(Some));
            let family = object(&ask(&data, "family", &["--account", "acme", "--policy", &set, "--format", "json"]).ends_with(0));
            let own = &family["accounts"][0]["own"];
            assert_eq!((&own["groups"], &own["known"], &own["engaged"]), (&json!(2), &json!(1), &json!(1)));
        }
    }
}
