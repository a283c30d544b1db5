//! Shapes in which anything quadratic would show, and a call per level would overflow the stack.
//!
//! How time grows is measured by `cargo bench --bench scale`; here a quadratic pass would only make the tests tedious.

use alloc::format;

use super::super::store::{ContactRow, Details, Relation};
use super::*;

const DEEP: usize = 10_000;
const WIDE: usize = 100_000;

/// A chain whose every record names the one before; the list begins at its end, so that no order of reading helps.
fn chain<T>(length: usize, record: impl Fn(&str, Option<&str>) -> T) -> Vec<T> {
    let name = |i: usize| format!("r{i:06}");
    (0..length).rev().map(|i| record(&name(i), i.checked_sub(1).map(name).as_deref())).collect()
}

#[test]
fn deep_parents_build() {
    let accounts = chain(DEEP, account);
    let contacts = (0..DEEP).map(|i| contact(&format!("c{i:06}"), &format!("r{i:06}"), (i > 0).then_some("c000000"))).collect();
    let graph = {
        let graph = AccountGraph::from_document(PortfolioDocument { accounts, contacts, ..PortfolioDocument::default() }).unwrap();
        graph.verify().unwrap();
        graph
    };
    let mut cut = graph.clone();
    let removed = cut.remove_account("r005000").unwrap();
    assert_eq!(removed.reporting_lines.len(), DEEP - 5001);
    cut.restore_account(removed).unwrap();
    assert!(cut == graph);
    {
        let EditError::Cycle { ids, .. } = cut.set_parent("r000000", Some("r009999")).unwrap_err() else { panic!("no circle") };
        assert_eq!(ids.len(), DEEP);
    }
}

#[test]
fn deep_reporting_lines_build() {
    let contacts = chain(DEEP, |id, manager| contact(id, "acme", manager));
    let document = PortfolioDocument { accounts: Vec::from([account("acme", None)]), contacts, ..PortfolioDocument::default() };
    let mut graph = AccountGraph::from_document(document).unwrap();
    graph.verify().unwrap();
    let before = graph.clone();
    {
        let removed = graph.remove_account("acme").unwrap();
        graph.restore_account(removed).unwrap();
    }
    assert!(graph == before);
    {
        let EditError::Cycle { ids, .. } = graph.set_manager("r000000", Some("r009999")).unwrap_err() else { panic!("no circle") };
        assert_eq!(ids.len(), DEEP);
    }
}

#[test]
fn a_long_circle_and_a_long_tail_are_told_in_linear_time() {
    let mut contacts = chain(WIDE, |id, manager| contact(id, "acme", manager));
    contacts[WIDE - 1].reports_to = Some(ContactId::new("r050000").unwrap());
    let document = PortfolioDocument { accounts: Vec::from([account("acme", None)]), contacts, ..PortfolioDocument::default() };
    let (graph, problems) = AccountGraph::build(document);
    assert_eq!((graph.contact_count(), problems.len()), (0, WIDE));
    let whole = problems.iter().filter(|problem| problem.problem.code() == "cycle").count();
    assert_eq!(whole, 1);
}

#[test]
fn a_wide_account_builds_and_goes_and_comes_back() {
    let name = |i: usize| format!("c{i:06}");
    let contacts = (0..WIDE).map(|i| contact(&name(i), "acme", (i > 0).then_some("c000000"))).collect();
    let document = PortfolioDocument {
        accounts: Vec::from([account("acme", None)]),
        contacts,
        groups: Vec::from([group("g", "acme")]),
        members: (0..WIDE).map(|i| member("g", &name(i), "coach")).collect(),
        ties: (1..WIDE).map(|i| tie("c000000", &name(i), 50)).collect(),
        opportunities: (0..WIDE).map(|i| opportunity(&format!("d{i}"), "acme", Some("g"))).collect(),
        dispositions: (0..WIDE)
            .rev()
            .map(|i| disposition("g", if i % 2 == 0 { "2025-01-01" } else { "2024-01-01" }, DispositionVerdict::Accepted))
            .collect(),
    };
    let mut graph = AccountGraph::from_document(document).unwrap();
    graph.verify().unwrap();
    let before = graph.clone();
    {
        let removed = graph.remove_account("acme").unwrap();
        assert!(graph.is_empty());
        graph.restore_account(removed).unwrap();
    }
    assert!(graph == before);
    // One more seat, tie or report at a hub costs the other end's few lines.
    {
        for i in 0..1_000 {
            graph.add_member(member("g", &name(i), "champion")).unwrap();
            graph.add_tie(tie("c000000", &name(i + 1), 60)).unwrap();
        }
    }
}

#[test]
fn a_file_of_wrong_references_is_told_in_linear_time() {
    let accounts = (0..1_000).map(|i| account(&format!("account-{i}"), None)).collect();
    let contacts = (0..WIDE).map(|i| contact(&format!("c{i}"), &format!("acount-{i}"), None)).collect();
    let (_, problems) = AccountGraph::build(PortfolioDocument { accounts, contacts, ..PortfolioDocument::default() });
    assert_eq!(problems.len(), WIDE);
    assert_eq!(problems[0].to_string(), "contacts[0].account: unknown account `acount-0` (did you mean `account-0`?)");
}

#[test]
fn a_contact_is_small() {
    // A full contact: row, node, reporting line, its place in the account's list and in the roster, and the details beside their texts.
    let row = size_of::<ContactRow>();
    let (node, line) = (size_of::<super::super::store::Node>() + 8, size_of::<Relation>() + 16);
    let details = size_of::<Details>();
    assert!(row <= 64, "row {row}");
    assert!(line <= 32, "line {line}");
    let roster = 4 + 5 * 16 / 7;
    assert!(row + node + line + 4 + roster + details + 16 <= 212, "{}", row + node + line + 4 + roster + details + 16);
    assert!(row + node + line + 4 + roster <= 142, "{}", row + node + line + 4 + roster);
}

#[test]
fn an_account_pays_for_facts_only_while_it_has_some() {
    let mut graph = AccountGraph::default();
    graph.add_account(account("acme", None)).unwrap();
    let pays = |graph: &AccountGraph| graph.accounts.row(0).facts.is_some();
    assert!(!pays(&graph));

    let known = [
        Account { name: Some("Acme".into()), ..account("acme", None) },
        // That there are none, or nobody, is knowledge as well.
        Account { technologies: Some(Vec::new()), ..account("acme", None) },
        Account { employees: Some(0), ..account("acme", None) },
        Account { revenue: Some("0.00".parse().unwrap()), ..account("acme", None) },
    ];
    for one in known {
        graph.replace_account(one.clone()).unwrap();
        assert!(pays(&graph), "{one:?}");
        assert_eq!(graph.account("acme"), Some(one));
        graph.replace_account(Account { aliases: Vec::with_capacity(3), ..account("acme", None) }).unwrap();
        assert!(!pays(&graph));
        assert_eq!(graph.account("acme"), Some(account("acme", None)));
    }
}
