//! The audit finds what no edit can do: each test breaks private state in one place.

use super::super::store::{AccountFacts, OpportunityHome, Relation};
use super::*;

/// The audit finds exactly this rule broken at this record (among others that follow from it).
#[track_caller]
fn found(damage: impl FnOnce(&mut AccountGraph), record: &str, rule: &str) {
    let mut graph = rich();
    damage(&mut graph);
    let violations = graph.verify().expect_err("the audit found nothing");
    let texts: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert!(violations.iter().any(|violation| (violation.record(), violation.rule()) == (record, rule)), "{texts:#?}");
}

fn ix(graph: &AccountGraph, contact: &str) -> u32 {
    graph.contacts.find(contact).unwrap()
}

#[test]
fn broken_counts_and_tables_are_found() {
    found(|g| g.contacts.live += 1, "", "the count of records is right");
    found(
        |g| {
            g.accounts.rows.pop();
        },
        "",
        "every id has a row and every row an id",
    );
    found(|g| g.roles = crate::roster::Roster::default(), "ann", "a role has a name");
    found(|g| g.persons = crate::roster::Roster::default(), "ann", "a person has an id");
}

#[test]
fn broken_places_are_found() {
    let swap = |g: &mut AccountGraph| {
        let (ann, bob) = (ix(g, "ann"), ix(g, "bob"));
        let place = g.contacts.row(ann).place;
        g.contacts.row_mut(bob).place = place;
    };
    found(swap, "bob", "a record and its node find each other");
    found(
        |g| {
            g.relations.add_node(super::super::store::Node::Contact(0));
        },
        "",
        "there are as many nodes as records",
    );
    let lose = |g: &mut AccountGraph| {
        let place = g.contacts.row(ix(g, "ann")).place;
        g.relations.remove_node(place.0);
    };
    found(lose, "ann", "a record and its node find each other");
}

#[test]
fn broken_lists_are_found() {
    let both = "an account and its contacts find each other";
    let acme = |g: &AccountGraph| g.account_ix("acme").unwrap();
    found(|g| g.accounts.row_mut(acme(g)).contacts.reverse(), "acme", both);
    found(|g| g.accounts.row_mut(acme(g)).contacts.push(9_999), "acme", both);
    found(
        |g| {
            let last = g.accounts.row_mut(acme(g)).contacts.pop();
            assert_eq!(last, Some(ix(g, "bob")));
        },
        "bob",
        "a contact and its account find each other",
    );
    let ordered = "the contacts of an account stand by id";
    found(|g| g.accounts.row_mut(acme(g)).contacts.reverse(), "acme", ordered);
    found(|g| g.contacts.row_mut(ix(g, "zoe")).account = None.into(), "other", both);
    found(|g| g.contacts.row_mut(ix(g, "zoe")).account = Some(77).into(), "zoe", "a contact and its account find each other");
    found(|g| g.accounts.row_mut(acme(g)).persons += 1, "acme", "the count of contacts with a person id is right");
    found(|g| g.accounts.row_mut(acme(g)).bounded += 1, "acme", "the count of contacts who do not count on every day is right");
    found(
        |g| {
            g.accounts.row_mut(acme(g)).groups.pop();
        },
        "analytics",
        "a group and its account find each other",
    );
    found(|g| g.accounts.row_mut(acme(g)).default_group = g.group_ix("mid").into(), "acme", "an account and its groups find each other");
    found(|g| g.accounts.row_mut(acme(g)).default_group = g.group_ix("cloud").into(), "acme", "a default group has the id of its account");
    found(|g| g.contacts.row_mut(ix(g, "ann")).roles.reverse(), "ann", "roles stand once each, by name");
    let plain = "a plain role is what the record says";
    found(|g| g.contacts.row_mut(ix(g, "bob")).roles = Vec::from([(0, Evidence::Crm)]).into(), "bob", plain);
    found(|g| g.plain_roles.clear(), "ann", plain);
}

#[test]
fn broken_group_rules_are_found() {
    let idle = |g: &mut AccountGraph| {
        let other = g.account_ix("other").unwrap();
        g.open_group(super::super::put::GroupRef::Default(other)).unwrap();
    };
    found(idle, "other", "a default group has a record only while something refers to it");
    let own = |g: &mut AccountGraph| {
        let (mid, number) = (g.account_ix("mid").unwrap(), g.groups.claim("extra").unwrap());
        g.put_group(number, mid, group("extra", "mid"));
    };
    found(own, "mid", "an account with groups of its own has no default group");
    let namesake = |g: &mut AccountGraph| {
        let (other, number) = (g.account_ix("other").unwrap(), g.groups.claim("acme").unwrap());
        g.put_group(number, other, group("acme", "other"));
    };
    found(namesake, "acme", "a group has not the id of another account");
    found(|g| g.groups.row_mut(g.group_ix("cloud").unwrap()).opportunities = 1, "cloud", "the count of a group's opportunities is right");
    found(|g| g.groups.row_mut(g.group_ix("mid").unwrap()).dispositions.reverse(), "mid", "dispositions stand by time");
}

#[test]
fn broken_lines_are_found() {
    found(|g| g.link_parent(g.account_ix("sub").unwrap(), g.account_ix("other").unwrap()), "sub", "an account has at most one parent");
    found(|g| g.link_manager(ix(g, "bob"), ix(g, "ann")), "bob", "a contact has at most one manager");
    found(|g| g.link_parent(g.account_ix("acme").unwrap(), g.account_ix("sub").unwrap()), "mid", "parents do not go in a circle");
    found(|g| g.link_manager(ix(g, "ann"), ix(g, "cat")), "dan", "reporting lines do not go in a circle");
    found(|g| g.link_manager(ix(g, "zoe"), ix(g, "ann")), "zoe", "a reporting line stays in a family of accounts");
    found(|g| g.relink_parent(g.account_ix("sub").unwrap(), None), "cat", "a reporting line stays in a family of accounts");
    let twice = |g: &mut AccountGraph| {
        let (from, facts) = (ix(g, "rep"), g.ties_from(ix(g, "rep")).next().unwrap());
        g.put_tie(from, facts.0, facts.1);
    };
    found(twice, "rep", "no tie stands twice");
    found(|g| g.link_seat(ix(g, "bob"), g.group_ix("cloud").unwrap(), Vec::new()), "bob", "a seat has a row");
    let second = "the rows that name a contact for a group stand on one line";
    found(|g| g.link_seat(ix(g, "bob"), g.group_ix("cloud").unwrap(), Vec::new()), "bob", second);
    let stranger = "a contact is named only for groups of its account";
    found(|g| g.link_seat(ix(g, "zoe"), g.group_ix("cloud").unwrap(), Vec::new()), "zoe", stranger);
    let crossed = |g: &mut AccountGraph| {
        let (from, to) = (g.contacts.row(ix(g, "ann")).place, g.accounts.row(0).place);
        g.relations.add_edge(from.0, to.0, Relation::ChildOf);
    };
    found(crossed, "ann", "a line leads from and to records of its sort");
}

#[test]
fn broken_facts_are_found() {
    let rule = "the facts of a record are in their ranges";
    let indebted = || AccountFacts { revenue: Some("-1".parse().unwrap()), ..AccountFacts::default() };
    found(|g| g.accounts.row_mut(g.account_ix("sub").unwrap()).set_facts(indebted()), "sub", rule);
    let never = Known { from: Some("2025-01-01".parse().unwrap()), until: Some("2025-01-01".parse().unwrap()) };
    found(|g| g.contacts.row_mut(ix(g, "ann")).known = never, "ann", rule);
    let weak = |g: &mut AccountGraph| {
        let line = g.tie_line(ix(g, "rep"), ix(g, "ann"), TieKind::Knows, 70).unwrap();
        let Some(Relation::Tie(tie)) = g.relations.edge_weight_mut(line) else { panic!("no tie") };
        tie.strength = 0;
    };
    found(weak, "rep", rule);
}

#[test]
fn broken_opportunities_are_found() {
    let acme = |g: &AccountGraph| g.account_ix("acme").unwrap();
    found(|g| g.accounts.row_mut(acme(g)).opportunities[1].closed = None, "deal-2", "the days of an opportunity are those of its times");
    found(
        |g| {
            g.accounts.row_mut(acme(g)).opportunities.pop();
        },
        "",
        "every opportunity stands in one account",
    );
    let home = |g: &mut AccountGraph| {
        let number = g.opportunities.find("deal-1").unwrap();
        *g.opportunities.row_mut(number) = OpportunityHome(g.account_ix("other"));
    };
    found(home, "acme", "an opportunity and its account find each other");
    let group = |g: &mut AccountGraph| g.accounts.row_mut(acme(g)).opportunities[0].group = g.group_ix("mid");
    found(group, "deal-1", "an opportunity names a group of its account");
}
