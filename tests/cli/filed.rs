//! Contacts and signals that find their account: who is one person, which facts do not fit, which domains match nobody.

use serde_json::Value;

use crate::support::{DAY, Dir, Ran, run};

fn data(contacts: &str, signals: &str) -> Dir {
    Dir::empty()
        .with("accounts.csv", "account_id,name,domains\nacme,Acme AG,acme.example\nbeta,Beta AG,beta.example\n")
        .with("contacts.csv", format!("contact_id,account_id,person_id,name,email,title,company\n{contacts}"))
        .with("signals.csv", format!("kind,at,email\n{signals}"))
}

/// The members of each group, with their points.
fn members(ran: &Ran) -> Vec<Vec<(String, String)>> {
    let groups = ran.out.lines().map(|line| serde_json::from_str::<Value>(line).expect("an object"));
    let text = |one: &Value, field: &str| one[field].as_str().expect("a text").to_owned();
    groups
        .map(|group| {
            let members = group["members"].as_array().expect("members").iter();
            members.map(|one| (text(one, "contact"), text(one, "points"))).collect()
        })
        .collect()
}

#[track_caller]
fn check(dir: &Dir, expected: &[(&str, &str)], line: &str) {
    let ran = dir.assess(&["--format", "jsonl"]).ends_with(0);
    let acme = members(&ran).remove(0);
    assert_eq!(acme.iter().map(|(id, points)| (id.as_str(), points.as_str())).collect::<Vec<_>>(), expected);
    assert!(ran.err.contains(line), "{line} is missing in\n{}", ran.err);
}

#[test]
fn two_rows_of_one_address_without_an_account_are_one_person() {
    let signal = "pricing_page,2025-05-05,kim@acme.example\n";
    check(
        &data("k2,,,Kim Lee,Kim@Acme.example,,\nk1,,,Kim Lee,kim@acme.example,CFO,\n", signal),
        &[("k1", "40")],
        "Contacts without an account: 2 = 2 by listed domain (1 of people among these already)",
    );
    // An address that stands there otherwise is the same address.
    check(
        &data("k1,,,Kim Lee,kim@acme.example,,\nk2,,,,mailto:KIM@acme.example,,\nk3,,,,Kim Lee <kim@acme.example>,,\n", signal),
        &[("k1", "40")],
        "Contacts without an account: 3 = 3 by listed domain (2 of people among these already)",
    );
    // Another address is another person, of whatever name.
    check(
        &data("k1,,,Kim Lee,kim@acme.example,,\nk2,,,Kim Lee,k.lee@acme.example,,\n", signal),
        &[("k1", "40"), ("k2", "0")],
        "Contacts without an account: 2 = 2 by listed domain\n",
    );
    // What stands for no address is nobody's, and no fact that does not fit.
    let dir = data("k1,,,,n/a,,Acme\nk2,,,,n/a,,Acme\n", signal);
    check(&dir, &[("k1", "0"), ("k2", "0")], "Contacts without an account: 2 = 2 by name\n");
    assert!(!dir.check(&[]).out.contains("not all facts fit"), "{}", dir.check(&[]).out);
}

#[test]
fn a_person_who_is_stated_is_the_one_that_all_rows_of_the_address_are() {
    let signal = "pricing_page,2025-05-05,kim@acme.example\n";
    check(
        &data("k1,,,,kim@acme.example,,\nk2,,p-9,,kim@acme.example,,\nk3,acme,p-9,,k.lee@acme.example,,\n", signal),
        &[("k1", "40")],
        "Contacts without an account: 2 = 2 by listed domain (1 of people among these already)",
    );
    // Two persons of one address: whose the third row is, nobody knows, and so it stays its own.
    check(
        &data("k1,,p-1,,kim@acme.example,,\nk2,,p-2,,kim@acme.example,,\nk3,,,,kim@acme.example,,\n", signal),
        &[("k1", "0"), ("k2", "0"), ("k3", "0")],
        "Signals known by e-mail alone: 1 = 1 of accounts",
    );
    // So it is where the two are known from elsewhere.
    check(
        &data("k1,acme,,,kim@acme.example,,\nk2,acme,,,kim@acme.example,,\nk3,,,,kim@acme.example,,\nk4,,,,kim@acme.example,,\n", signal),
        &[("k1", "0"), ("k2", "0"), ("k3", "0"), ("k4", "0")],
        "Contacts without an account: 2 = 2 by email\n",
    );
}

#[test]
fn a_second_row_is_filed_with_the_first_though_it_says_less() {
    let signal = "pricing_page,2025-05-05,kim@gmail.com\n";
    for contacts in ["k1,,,,kim@gmail.com,,Acme\nk2,,,,kim@gmail.com,,\n", "k2,,,,kim@gmail.com,,\nk1,,,,kim@gmail.com,,Acme\n"] {
        check(
            &data(contacts, signal),
            &[("k1", "40")],
            "Contacts without an account: 2 = 1 by email + 1 by name (1 of people among these already)",
        );
    }
    // Where the first is of two accounts, the second is of either.
    let dir = data("k1,,,,kim@gmail.com,,Acme\nk2,,,,kim@gmail.com,,Beta\nk3,,,,kim@gmail.com,,\n", signal);
    let ran = dir.check(&[]).ends_with(0);
    for line in [
        "Contacts without an account: 3 = 2 by name + 1 ambiguous\n",
        "  contacts.csv:4 (contact k3): several contacts have the address `kim@gmail.com`: acme, beta",
        "  kim@gmail.com (1 signal): several contacts have the address `kim@gmail.com`: acme, beta",
    ] {
        assert!(ran.out.contains(line), "{line} is missing in\n{}", ran.out);
    }
}

#[test]
fn facts_that_do_not_fit_are_said_though_the_row_is_filed() {
    let dir = data(
        "ann,acme,,,ann@beta.example,,\nbob,,,,bob@acme.example,,Beta\ncyd,,,,nobody at all,,Acme\n\
         dan,,,,dan@nowhere.example,,Nowhere Ltd\neve,,,,eve@acme.example,,Acme\n",
        "pricing_page,2025-05-05,ann@beta.example\npage_view,2025-05-05,ann@beta.example\npage_view,2025-05-05,eve@acme.example\n",
    );
    let ran = dir.check(&[]).ends_with(0);
    for line in [
        "Contacts without an account: 4 = 2 by listed domain + 1 by name + 1 unmatched\n",
        "  contacts.csv:5 (contact dan): no account goes by the name `Nowhere Ltd`; no account lists the domain `nowhere.example`\n",
        "Contacts filed although not all facts fit: 2\n",
        "  contacts.csv:3 (contact bob), at acme: another fact points to `beta`: the account is named `Beta AG`\n",
        "  contacts.csv:4 (contact cyd), at acme: `nobody at all` is no e-mail address\n",
        "Signals known by e-mail alone: 3 = 3 of known contacts\n",
        "Signals filed although not all facts fit: 2\n",
        "  ann@beta.example (2 signals), with ann: another fact points to `beta`: the account lists the domain `beta.example`\n",
    ] {
        assert!(ran.out.contains(line), "{line} is missing in\n{}", ran.out);
    }
}

#[test]
fn of_several_accounts_that_fit_more_speaks_for_some() {
    let dir = data("bob,,,,bob@both.example,,Beta\n", "")
        .with("accounts.csv", "account_id,name,domains\nacme,Acme AG,both.example\nbeta,Beta AG,both.example\n");
    let said =
        "  contacts.csv:2 (contact bob): several accounts list the domain `both.example`: acme, beta (the account is named `Beta AG`)\n";
    assert!(dir.check(&[]).ends_with(0).out.contains(said), "{}", dir.check(&[]).out);
}

fn with_mail_hosts() -> Dir {
    data("ann,acme,,,ann@acme.example,,\n", "").with(
        "accounts.csv",
        "account_id,name,domains\nacme,Acme AG,acme.example;gmail.com\nbeta,Beta AG,two words\n\
         c1,,gmail.com\nc2,,gmail.com\nc3,,gmail.com\nc4,,gmail.com\nc5,,gmail.com\n",
    )
}

#[test]
fn domains_of_accounts_that_match_nobody_are_told() {
    let dir = with_mail_hosts();
    let lines = [
        "Domains of accounts that nobody is matched by: 7 = 6 of mail hosts + 1 that is none\n",
        "  acme: `gmail.com` is a mail host and says nothing about the company\n",
        "  beta: `two words` is no domain\n",
        "  … and 2 more\n",
    ];
    let leads = dir.with("leads.csv", "email\nx@gmail.com\n");
    let matched = run(&["match", "--data", &leads.path(), "--leads", &leads.file("leads.csv")]).ends_with(0).err;
    for said in [leads.check(&[]).ends_with(0).out, leads.assess(&[]).ends_with(0).out, matched] {
        for line in lines {
            assert!(said.contains(line), "{line} is missing in\n{said}");
        }
    }
    let dir = leads.with("rules.json", r#"{"schema": 1, "company_domains": ["gmail.com"]}"#);
    let said = dir.check(&["--match-rules", &dir.file("rules.json")]).ends_with(0).out;
    assert!(said.contains("Domains of accounts that nobody is matched by: 1 = 1 that is none\n"), "{said}");
    let said = dir.check(&["--no-matching"]).ends_with(0).out;
    assert!(!said.contains("Domains of accounts"), "nobody is matched at all:\n{said}");
}

#[test]
fn company_domains_that_change_nothing_are_told() {
    let dir = with_mail_hosts().with("rules.json", r#"{"schema": 1, "company_domains": ["sina.com", "gmial.com", "acme.example"]}"#);
    let rules = dir.file("rules.json");
    let ran = dir.assess(&["--match-rules", &rules]).ends_with(0);
    for said in [
        "rules.json: company_domains[1]: `gmial.com` is not among the free-mail domains, so that it changes nothing (did you mean `gmail.com`?)",
        "rules.json: company_domains[2]: `acme.example` is not among the free-mail domains, so that it changes nothing\n",
    ] {
        assert!(ran.err.contains(said), "{said} is missing in\n{}", ran.err);
    }
    assert_eq!(ran.err.matches("note: match rules ").count(), 2, "{}", ran.err);
}

#[test]
fn the_order_of_rows_that_are_one_person_changes_no_byte() {
    let rows =
        ["k3,,,,kim@gmail.com,,\n", "k1,,,Kim,kim@gmail.com,CFO,Acme\n", "k2,,,Kim,KIM@gmail.com,,Acme\n", "ann,acme,,,a@acme.example,,\n"];
    let signals = "pricing_page,2025-05-05,kim@gmail.com\n";
    let out = |order: [usize; 4]| {
        let dir = data(&order.map(|at| rows[at]).concat(), signals);
        run(&["assess", "--as-of", DAY, "--data", &dir.path(), "--format", "jsonl"]).ends_with(0).out
    };
    let first = out([0, 1, 2, 3]);
    for order in [[3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
        assert_eq!(out(order), first, "{order:?}");
    }
}
