//! What is removed takes along what stands on it, and comes back with it.

use super::*;

#[test]
fn an_account_comes_back_with_all_it_took_along() {
    let before = rich();
    for id in ["acme", "mid", "sub", "other"] {
        let mut graph = before.clone();
        let removed = graph.remove_account(id).unwrap();
        graph.verify().unwrap();
        assert_eq!(graph.account(id), None);
        graph.restore_account(removed).unwrap();
        graph.verify().unwrap();
        assert_eq!(graph, before, "{id}");
    }
}

#[test]
fn a_removed_account_tells_what_went_along() {
    let mut graph = rich();
    let removed = graph.remove_account("mid").unwrap();
    assert_eq!(removed.children, [AccountId::new("sub").unwrap()]);
    assert_eq!(removed.contacts.iter().map(|contact| contact.id.as_str()).collect::<Vec<_>>(), ["dan"]);
    assert_eq!((removed.members.len(), removed.ties.len(), removed.dispositions.len(), removed.groups.len()), (1, 1, 2, 0));
    // cat reported to dan, who is gone; eve reported to ann, whose account is no longer of one family with hers.
    let lines: Vec<_> = removed.reporting_lines.iter().map(|line| (line.contact.as_str(), line.manager.as_str())).collect();
    assert_eq!(lines, [("cat", "dan"), ("eve", "ann")]);
    assert_eq!((graph.parent_of("sub"), graph.manager_of("eve"), graph.manager_of("cat")), (None, None, None));
}

#[test]
fn a_contact_comes_back_with_its_lines() {
    let before = rich();
    for id in before.contacts() {
        let mut graph = before.clone();
        let removed = graph.remove_contact(id).unwrap();
        graph.verify().unwrap();
        assert_eq!(graph.contact_count(), before.contact_count() - 1);
        graph.restore_contact(removed).unwrap();
        graph.verify().unwrap();
        assert_eq!(graph, before, "{id}");
    }
}

#[test]
fn a_group_comes_back_with_all_it_took_along() {
    let before = rich();
    for id in ["analytics", "cloud"] {
        let mut graph = before.clone();
        let removed = graph.remove_group(id).unwrap();
        graph.verify().unwrap();
        graph.restore_group(removed).unwrap();
        graph.verify().unwrap();
        assert_eq!(graph, before, "{id}");
    }
}

#[test]
fn single_records_come_back() {
    let before = rich();
    let mut graph = before.clone();
    let member = graph.remove_member("analytics", "ann", "buyer").unwrap();
    let tie = graph.remove_tie("rep", "ann", TieKind::Knows, 30).unwrap();
    let opportunity = graph.remove_opportunity("deal-3").unwrap();
    graph.verify().unwrap();
    assert_eq!(graph.opportunities_of("sub"), []);
    graph.add_member(member).unwrap();
    graph.add_tie(tie).unwrap();
    graph.add_opportunity(opportunity).unwrap();
    graph.verify().unwrap();
    assert_eq!(graph, before);
}

#[test]
fn an_id_that_returns_has_its_number_again() {
    let mut graph = rich();
    let (contact, account) = (graph.contacts.find("ann"), graph.account_ix("acme"));
    let removed = graph.remove_account("acme").unwrap();
    assert_eq!((graph.contacts.find("ann"), graph.account_ix("acme")), (None, None));
    graph.add_account(Account::new("newcomer").unwrap()).unwrap();
    graph.restore_account(removed).unwrap();
    assert_eq!((graph.contacts.find("ann"), graph.account_ix("acme")), (contact, account));
}

#[test]
fn what_cannot_come_back_changes_nothing() {
    let mut graph = rich();
    let removed = graph.remove_account("mid").unwrap();
    graph.set_parent("sub", Some("other")).unwrap();
    refused(&graph, |g| g.restore_account(removed.clone()), "place_taken", "account `sub` has a parent by now");
    graph.set_parent("sub", None).unwrap();
    graph.set_manager("cat", Some("eve")).unwrap();
    refused(&graph, |g| g.restore_account(removed.clone()), "place_taken", "contact `cat` has a manager by now");
    drop(graph.remove_contact("eve").unwrap());
    refused(&graph, |g| g.restore_account(removed.clone()), "unknown_id", "unknown contact `eve`");

    let mut graph = rich();
    let removed = graph.remove_contact("dan").unwrap();
    graph.set_manager("ann", Some("cat")).unwrap();
    // dan would report to ann, ann reports to cat, and cat is to report to dan again.
    let circle = "reporting lines go in a circle: `ann` → `cat` → `dan` → `ann`";
    refused(&graph, |g| g.restore_contact(removed), "cycle", circle);

    let mut graph = rich();
    let removed = graph.remove_group("analytics").unwrap();
    graph.add_opportunity(opportunity("deal-2", "other", None)).unwrap();
    refused(&graph, |g| g.restore_group(removed), "duplicate_id", "opportunity `deal-2` is there already");
}

#[test]
fn a_line_restored_between_other_accounts_is_taken_back_when_the_rest_fails() {
    // sub and acme become one family by another way while mid is gone, so that eve's line to ann outlives mid's second removal by itself.
    let mut graph = rich();
    let mut removed = graph.remove_account("mid").unwrap();
    graph.set_parent("acme", Some("other")).unwrap();
    removed.children.clear();
    graph.set_parent("sub", Some("other")).unwrap();
    removed.reporting_lines.reverse();
    graph.set_manager("cat", Some("zoe")).unwrap();
    refused(&graph, |g| g.restore_account(removed), "place_taken", "contact `cat` has a manager by now");
}
