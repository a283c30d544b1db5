//! Documents with faults: every one is told, once, in its place, and what can be used is.

use super::*;

fn build(document: PortfolioDocument) -> (AccountGraph, Vec<String>) {
    let (graph, problems) = AccountGraph::build(document.clone());
    graph.verify().unwrap();
    let texts = texts(&problems);
    if let Err(problems) = AccountGraph::from_document(document) {
        assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), texts);
    } else {
        assert!(texts.is_empty());
    }
    (graph, texts)
}

#[test]
fn of_one_id_the_first_record_stays() {
    let document = PortfolioDocument {
        accounts: Vec::from([account("acme", None), account("other", None), account("acme", Some("other"))]),
        contacts: Vec::from([contact("ann", "acme", None), contact("ann", "other", None)]),
        groups: Vec::from([group("g", "acme"), group("g", "other")]),
        members: Vec::from([member("g", "ann", "coach"), member("g", "ann", "coach"), member("g", "ann", "champion")]),
        ties: Vec::new(),
        opportunities: Vec::from([opportunity("d", "acme", None), opportunity("d", "other", None)]),
        dispositions: alloc::vec![disposition("g", "2025-01-01", DispositionVerdict::Accepted); 2],
    };
    let (graph, problems) = build(document);
    assert_eq!(
        problems,
        [
            "accounts[2].id: account `acme` is there already",
            "contacts[1].id: contact `ann` is there already",
            "groups[1].id: group `g` is there already",
            "members[1]: contact `ann` is named as `coach` for group `g` already",
            "opportunities[1].id: opportunity `d` is there already",
        ]
    );
    assert_eq!((graph.parent_of("acme"), graph.contacts_of("acme"), graph.members_of("g").len()), (None, Vec::from(["ann"]), 2));
    // Answers of sales may repeat.
    assert_eq!(graph.dispositions_of("g").len(), 2);
}

#[test]
fn what_stands_on_a_lost_record_is_lost_and_says_so() {
    let mut lost = account("lost", None);
    lost.revenue = Some("-1".parse().unwrap());
    let document = PortfolioDocument {
        accounts: Vec::from([account("below", Some("under")), account("under", Some("lost")), lost, account("fine", None)]),
        contacts: Vec::from([contact("bob", "below", None), contact("cat", "fine", Some("bob")), contact("dan", "fine", Some("cat"))]),
        groups: Vec::from([group("g", "lost")]),
        members: Vec::from([member("g", "bob", "coach"), member("lost", "dan", "coach")]),
        ties: Vec::from([tie("dan", "bob", 3)]),
        opportunities: Vec::from([opportunity("d", "under", Some("g"))]),
        dispositions: Vec::from([disposition("below", "2025-01-01", DispositionVerdict::Accepted)]),
    };
    let (graph, problems) = build(document);
    assert_eq!(
        problems,
        [
            "accounts[0].parent: account `under` could not be used itself",
            "accounts[1].parent: account `lost` could not be used itself",
            "accounts[2].revenue: revenue `-1` is outside 0..",
            "contacts[0].account: account `below` could not be used itself",
            "contacts[1].reports_to: contact `bob` could not be used itself",
            "contacts[2].reports_to: contact `cat` could not be used itself",
            "groups[0].account: account `lost` could not be used itself",
            "members[0].group: group `g` could not be used itself",
            "members[0].contact: contact `bob` could not be used itself",
            "members[1].group: account `lost` could not be used itself",
            "members[1].contact: contact `dan` could not be used itself",
            "ties[0].from: contact `dan` could not be used itself",
            "ties[0].to: contact `bob` could not be used itself",
            "opportunities[0].account: account `under` could not be used itself",
            "opportunities[0].group: group `g` could not be used itself",
            "dispositions[0].group: account `below` could not be used itself",
        ]
    );
    assert_eq!(graph.accounts().collect::<Vec<_>>(), ["fine"]);
    assert_eq!(graph.contact_count(), 0);
}

#[test]
fn each_circle_is_told_once_and_whole() {
    let document = PortfolioDocument {
        accounts: Vec::from([
            account("c", Some("a")),
            account("b", Some("c")),
            account("a", Some("b")),
            account("tail", Some("a")),
            account("self", Some("self")),
            account("fine", None),
        ]),
        contacts: Vec::from([contact("y", "fine", Some("x")), contact("x", "fine", Some("y")), contact("z", "fine", None)]),
        ..PortfolioDocument::default()
    };
    let (graph, problems) = build(document);
    assert_eq!(
        problems,
        [
            "accounts[0].parent: account `a` could not be used itself",
            "accounts[1].parent: account `c` could not be used itself",
            "accounts[2].parent: parents go in a circle: `a` → `b` → `c` → `a`",
            "accounts[3].parent: account `a` could not be used itself",
            "accounts[4].parent: parents go in a circle: `self` → `self`",
            "contacts[0].reports_to: contact `x` could not be used itself",
            "contacts[1].reports_to: reporting lines go in a circle: `x` → `y` → `x`",
        ]
    );
    assert_eq!((graph.account_count(), graph.contacts_of("fine")), (1, Vec::from(["z"])));
}

#[test]
fn every_problem_of_a_record_is_told() {
    let mut bad = contact("bad", "nowhere", Some("bobb")).with_role("coach").unwrap().with_role("coach").unwrap();
    bad.known = Known { from: Some("2025-01-02".parse().unwrap()), until: Some("2025-01-01".parse().unwrap()) };
    let document = PortfolioDocument {
        accounts: Vec::from([account("acme", None), account("other", None)]),
        contacts: Vec::from([bad, contact("ann", "acme", Some("bob")), contact("bob", "other", None)]),
        groups: Vec::from([group("other", "acme"), group("acme", "acme")]),
        members: Vec::from([member("acme", "bob", "coach")]),
        ties: Vec::from([tie("bob", "bob", 0), tie("bob", "annn", 1)]),
        opportunities: Vec::from([opportunity("d", "other", Some("acme"))]),
        dispositions: Vec::from([disposition("other", "2025-01-01", DispositionVerdict::Rejected)]),
    };
    let (graph, problems) = build(document);
    assert_eq!(
        problems,
        [
            "contacts[0].roles: role `coach` is given twice; keep one",
            "contacts[0].known_from: `known_from` is not before `known_until`",
            "contacts[0].account: unknown account `nowhere`",
            "contacts[0].reports_to: unknown contact `bobb` (did you mean `bob`?)",
            "contacts[1].reports_to: contact `ann` cannot report to `bob`: their accounts have no common parent",
            "groups[0].id: group `other` of account `acme` has the id of another account; give it another id",
            "members[0].contact: contact `bob` is not of account `acme`, which group `acme` belongs to",
            "ties[0].to: contact `bob` is tied to itself",
            "ties[0].strength: strength `0` is outside 1..=100",
            "ties[1].to: unknown contact `annn`",
            "opportunities[0].group: group `acme` is not of account `other`",
            "dispositions[0].group: group `other` could not be used itself",
        ]
    );
    assert_eq!(graph.contacts().collect::<Vec<_>>(), ["bob"]);
}

#[test]
fn building_and_editing_agree() {
    let built = rich();
    let document = built.to_document();
    let mut edited = AccountGraph::default();
    for id in ["acme", "mid", "sub", "other"] {
        edited.add_account(built.account(id).unwrap()).unwrap();
    }
    for id in ["ann", "bob", "dan", "cat", "eve", "zoe", "boss", "rep"] {
        edited.add_contact(built.contact(id).unwrap()).unwrap();
        edited.verify().unwrap();
    }
    document.groups.into_iter().for_each(|group| edited.add_group(group).unwrap());
    document.members.into_iter().rev().for_each(|member| edited.add_member(member).unwrap());
    document.ties.into_iter().rev().for_each(|tie| edited.add_tie(tie).unwrap());
    document.opportunities.into_iter().rev().for_each(|opportunity| edited.add_opportunity(opportunity).unwrap());
    document.dispositions.into_iter().rev().for_each(|disposition| edited.add_disposition(disposition).unwrap());
    edited.verify().unwrap();
    assert_eq!(edited, built);
}
