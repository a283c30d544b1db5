//! Each refusal with its message, and that nothing changed.

use super::*;
use crate::document::TEXT_BYTES_MAX;

#[test]
fn an_id_is_given_once() {
    let graph = rich();
    refused(&graph, |g| g.add_account(account("acme", None)), "duplicate_id", "account `acme` is there already");
    refused(&graph, |g| g.add_contact(contact("ann", "other", None)), "duplicate_id", "contact `ann` is there already");
    refused(&graph, |g| g.add_group(group("cloud", "acme")), "duplicate_id", "group `cloud` is there already");
    refused(&graph, |g| g.add_opportunity(opportunity("deal-1", "other", None)), "duplicate_id", "opportunity `deal-1` is there already");
    let again = "contact `ann` is named as `champion` for group `analytics` already";
    refused(&graph, |g| g.add_member(member("analytics", "ann", "champion")), "repeated_member", again);
    let again = "contact `rep` has a tie `knows` of strength 70 to `ann` already";
    refused(&graph, |g| g.add_tie(tie("rep", "ann", 70)), "repeated_tie", again);
}

#[test]
fn what_a_record_names_must_be_there() {
    let graph = rich();
    refused(&graph, |g| g.add_account(account("new", Some("acmee"))), "unknown_id", "unknown account `acmee` (did you mean `acme`?)");
    refused(&graph, |g| g.set_parent("nobody", None), "unknown_id", "unknown account `nobody`");
    refused(&graph, |g| g.add_contact(contact("new", "nowhere", None)), "unknown_id", "unknown account `nowhere`");
    refused(&graph, |g| g.add_contact(contact("new", "acme", Some("nobody"))), "unknown_id", "unknown contact `nobody`");
    refused(&graph, |g| g.set_manager("ann", Some("nobody")), "unknown_id", "unknown contact `nobody`");
    refused(&graph, |g| g.add_group(group("new", "nowhere")), "unknown_id", "unknown account `nowhere`");
    refused(&graph, |g| g.add_member(member("clout", "ann", "coach")), "unknown_id", "unknown group `clout` (did you mean `cloud`?)");
    refused(&graph, |g| g.add_tie(tie("ann", "nobody", 1)), "unknown_id", "unknown contact `nobody`");
    refused(
        &graph,
        |g| g.add_disposition(disposition("nothing", "2025-01-01", DispositionVerdict::Accepted)),
        "unknown_id",
        "unknown group `nothing`",
    );
    refused(&graph, |g| g.remove_account("nobody").map(drop), "unknown_id", "unknown account `nobody`");
    refused(&graph, |g| g.remove_contact("nobody").map(drop), "unknown_id", "unknown contact `nobody`");
    refused(&graph, |g| g.remove_opportunity("deal-9").map(drop), "unknown_id", "unknown opportunity `deal-9` (did you mean `deal-1`?)");
    // A default group is no record of its own, and is there only without own ones.
    refused(&graph, |g| g.remove_group("mid").map(drop), "unknown_id", "unknown group `mid`");
    refused(&graph, |g| g.add_member(member("acme", "ann", "coach")), "unknown_id", "unknown group `acme`");
}

#[test]
fn what_is_removed_must_be_there() {
    let graph = rich();
    let none = "contact `bob` is not named as `champion` for group `cloud`";
    refused(&graph, |g| g.remove_member("cloud", "bob", "champion").map(drop), "unknown_member", none);
    let none = "contact `zoe` is not named as `coach` for group `other`";
    refused(&graph, |g| g.remove_member("other", "zoe", "coach").map(drop), "unknown_member", none);
    let none = "contact `ann` has no tie `influences` of strength 70 to `rep`";
    refused(&graph, |g| g.remove_tie("ann", "rep", TieKind::Influences, 70).map(drop), "unknown_tie", none);
    let none = "group `cloud` has no disposition `rejected` at 2025-01-01T00:00:00Z with that reason";
    let gone = disposition("cloud", "2025-01-01", DispositionVerdict::Rejected);
    refused(&graph, |g| g.remove_disposition(&gone), "unknown_disposition", none);
}

#[test]
fn circles_are_told_whole() {
    let graph = rich();
    let circle = "parents go in a circle: `acme` → `sub` → `mid` → `acme`";
    refused(&graph, |g| g.set_parent("acme", Some("sub")), "cycle", circle);
    refused(&graph, |g| g.set_parent("acme", Some("acme")), "cycle", "parents go in a circle: `acme` → `acme`");
    refused(&graph, |g| g.add_account(account("new", Some("new"))), "cycle", "parents go in a circle: `new` → `new`");
    refused(&graph, |g| g.replace_account(account("mid", Some("sub"))), "cycle", "parents go in a circle: `mid` → `sub` → `mid`");
    let circle = "reporting lines go in a circle: `ann` → `cat` → `dan` → `ann`";
    refused(&graph, |g| g.set_manager("ann", Some("cat")), "cycle", circle);
    refused(&graph, |g| g.replace_contact(contact("ann", "acme", Some("cat"))), "cycle", circle);
    refused(&graph, |g| g.add_contact(contact("new", "acme", Some("new"))), "cycle", "reporting lines go in a circle: `new` → `new`");
}

#[test]
fn a_long_circle_is_shown_by_its_ends_and_kept_whole() {
    let mut graph = AccountGraph::default();
    graph.add_account(account("a00", None)).unwrap();
    for i in 1..40 {
        graph.add_account(account(&alloc::format!("a{i:02}"), Some(&alloc::format!("a{:02}", i - 1)))).unwrap();
    }
    let error = graph.set_parent("a00", Some("a39")).unwrap_err();
    assert!(error.to_string().starts_with("parents go in a circle: `a00` → `a39` → `a38` → "), "{error}");
    assert!(error.to_string().contains("… 16 more …"), "{error}");
    let EditError::Cycle { ids, .. } = error else { panic!("another error") };
    assert_eq!(ids.len(), 40);
}

#[test]
fn lines_stay_where_they_belong() {
    let graph = rich();
    let across = "contact `zoe` cannot report to `ann`: their accounts have no common parent";
    refused(&graph, |g| g.set_manager("zoe", Some("ann")), "reports_across_families", across);
    refused(&graph, |g| g.replace_contact(contact("zoe", "other", Some("ann"))), "reports_across_families", across);
    let across = "contact `new` cannot report to `boss`: their accounts have no common parent";
    refused(&graph, |g| g.add_contact(contact("new", "acme", Some("boss"))), "reports_across_families", across);
    // Cutting a family in two would cut its lines; the one with the least ids is named.
    let across = "contact `cat` cannot report to `dan`: their accounts have no common parent";
    refused(&graph, |g| g.set_parent("sub", None), "reports_across_families", across);
    refused(&graph, |g| g.set_parent("sub", Some("other")), "reports_across_families", across);
    refused(&graph, |g| g.replace_account(account("sub", None)), "reports_across_families", across);
    // A contact that moves takes its reports' lines along.
    let across = "contact `cat` cannot report to `dan`: their accounts have no common parent";
    let mut unseated = graph.clone();
    unseated.remove_member("mid", "dan", "coach").unwrap();
    refused(&unseated, |g| g.replace_contact(contact("dan", "other", None)), "reports_across_families", across);
    let seated = "contact `dan` is not of account `mid`, which group `mid` belongs to";
    refused(&graph, |g| g.replace_contact(contact("dan", "sub", None)), "member_of_another_account", seated);
    let stranger = "contact `zoe` is not of account `acme`, which group `cloud` belongs to";
    refused(&graph, |g| g.add_member(member("cloud", "zoe", "coach")), "member_of_another_account", stranger);
    let stranger = "group `cloud` is not of account `other`";
    refused(&graph, |g| g.add_opportunity(opportunity("new", "other", Some("cloud"))), "group_of_another_account", stranger);
    refused(&graph, |g| g.add_tie(tie("ann", "ann", 1)), "self_tie", "contact `ann` is tied to itself");
}

#[test]
fn moves_within_a_family_are_allowed() {
    let mut graph = rich();
    graph.set_parent("sub", Some("acme")).unwrap();
    graph.set_parent("acme", Some("other")).unwrap();
    graph.set_manager("zoe", Some("cat")).unwrap();
    graph.replace_contact(contact("eve", "other", Some("zoe"))).unwrap();
    graph.verify().unwrap();
    assert_eq!((graph.parent_of("acme"), graph.manager_of("eve")), (Some("other"), Some("zoe")));
    assert_eq!(graph.contacts_of("other"), ["eve", "zoe"]);
}

#[test]
fn the_default_group_keeps_its_name() {
    let graph = rich();
    let named = "group `mid` of account `other` has the id of another account; give it another id";
    refused(&graph, |g| g.add_group(group("mid", "other")), "group_named_like_account", named);
    let named = "group `cloud` of account `acme` has the id of another account; give it another id";
    refused(&graph, |g| g.add_account(account("cloud", None)), "group_named_like_account", named);
    let used = "the default group of account `mid` carries members, opportunities or dispositions; remove them first";
    refused(&graph, |g| g.add_group(group("mid-1", "mid")), "default_group_in_use", used);
    refused(&graph, |g| g.add_group(group("mid", "mid")), "default_group_in_use", used);
}

#[test]
fn a_default_group_in_use_is_freed_by_removing_what_uses_it() {
    let mut graph = rich();
    graph.remove_member("mid", "dan", "coach").unwrap();
    graph.remove_disposition(&disposition("mid", "2025-03-01", DispositionVerdict::Rejected)).unwrap();
    graph.remove_disposition(&disposition("mid", "2025-03-01", DispositionVerdict::Accepted)).unwrap();
    graph.verify().unwrap();
    // Its own name is free to the account itself, and to nobody else.
    graph.add_group(group("mid", "mid")).unwrap();
    graph.add_member(member("mid", "dan", "coach")).unwrap();
    graph.verify().unwrap();
    assert_eq!(graph.groups_of("mid").len(), 1);
}

#[test]
fn facts_have_ranges() {
    let graph = rich();
    let revenue = |text: &str| Account { revenue: Some(text.parse().unwrap()), ..account("new", None) };
    refused(&graph, |g| g.add_account(revenue("-1")), "value_out_of_range", "revenue `-1` is outside 0..");
    refused(&graph, |g| g.add_account(revenue("1.23456")), "number_too_precise", "revenue `1.23456` has more than 4 decimals");
    let score = Account { fit_score: Some("100.5".parse().unwrap()), ..account("acme", None) };
    refused(&graph, |g| g.replace_account(score), "value_out_of_range", "fit_score `100.5` is outside 0..=100");
    refused(&graph, |g| g.add_tie(tie("ann", "bob", 0)), "value_out_of_range", "strength `0` is outside 1..=100");
    refused(&graph, |g| g.add_tie(tie("ann", "bob", 101)), "value_out_of_range", "strength `101` is outside 1..=100");
    let twice = contact("new", "acme", None).with_role("coach").unwrap().with_role("coach").unwrap();
    refused(&graph, |g| g.add_contact(twice), "repeated_role", "role `coach` is given twice; keep one");
    let homeless = Contact { relationship: None, ..staff("new", None) };
    refused(
        &graph,
        |g| g.add_contact(homeless),
        "no_account",
        "contact `new` has no account; name its account, or say that it is `own_staff`",
    );
    let known = Known { from: Some("2025-01-02".parse().unwrap()), until: Some("2025-01-02".parse().unwrap()) };
    let never = "`known_from` is not before `known_until`";
    refused(&graph, |g| g.add_contact(Contact { known, ..contact("new", "acme", None) }), "never_known", never);
    refused(&graph, |g| g.add_member(Member { known, ..member("cloud", "ann", "coach") }), "never_known", never);
    refused(&graph, |g| g.add_tie(Tie { known, ..tie("ann", "bob", 1) }), "never_known", never);
}

#[test]
fn texts_have_a_length() {
    let graph = rich();
    let named = Account { name: Some("x".repeat(TEXT_BYTES_MAX + 1)), ..account("new", None) };
    let long = "name `xxxxxxxxxxxxxxxxxxxxxxxx…` has 4097 bytes; at most 4096 are allowed";
    refused(&graph, |g| g.add_account(named), "value_too_long", long);
    let mut reasoned = disposition("cloud", "2025-01-01", DispositionVerdict::Accepted);
    reasoned.reason = Some("é".repeat(1_000_000));
    assert_eq!(graph.clone().add_disposition(reasoned).unwrap_err().code(), "value_too_long");
    let mut fits = graph;
    fits.add_account(Account { name: Some("x".repeat(TEXT_BYTES_MAX)), ..account("new", None) }).unwrap();
}

#[test]
fn a_close_comes_after_the_creation() {
    let graph = rich();
    let lost = |closed: Option<&str>| Opportunity {
        outcome: Outcome::Lost,
        closed_at: closed.map(|closed| closed.parse().unwrap()),
        ..opportunity("new", "acme", None)
    };
    refused(&graph, |g| g.add_opportunity(lost(None)), "close_missing", "opportunity `new` is lost but has no `closed_at`");
    let early = "opportunity `new` closes before it was created";
    refused(&graph, |g| g.add_opportunity(lost(Some("2025-01-09T23:59:59Z"))), "closes_before_created", early);
    // Created at ten, closed on that date: dates say no hour.
    graph.clone().add_opportunity(lost(Some("2025-01-10"))).unwrap();
}
