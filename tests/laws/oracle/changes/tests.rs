//! Sets of changes against examples worked out by hand.

use super::{Atom, Chosen, Set, Study, Who};
use crate::oracle::show;
use crate::strategies::default_policy;
use crate::world::{TODAY, World};
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::BTreeMap;

fn added(role: &str) -> [Atom; 2] {
    [Atom::Add(role.to_owned(), 1), Atom::Bring(Who::Added(role.to_owned(), 1))]
}

fn member(id: &str) -> Who {
    Who::Member(id.to_owned())
}

fn bring(id: &str) -> Atom {
    Atom::Bring(member(id))
}

/// A champion and a buyer, and a rule.
fn pair(rule: Value) -> Study {
    let world = World::default().account("a").contact("ben", "a", &["champion"]).contact("eve", "a", &["economic_buyer"]);
    study(&world.heard("ben", "form_fill", TODAY, 1), rule)
}

fn study(world: &World, rule: Value) -> Study {
    let mut policy = default_policy();
    policy["qualification"] = rule;
    let id = world.accounts[0].id.clone();
    Study::new(world, &policy, &id, TODAY)
}

#[track_caller]
fn check(study: &Study, most: usize, sets: &[(&[Atom], &str)]) {
    let listed = study.listed(study.minimal(most));
    let shown: Vec<(Set, String)> =
        listed.into_iter().map(|one| (one.set, one.missing.map_or_else(String::new, |missing| show(&missing)))).collect();
    let expected: Vec<(Set, String)> = sets.iter().map(|(set, missing)| (set.iter().cloned().collect(), (*missing).to_owned())).collect();
    assert_eq!(shown, expected);
}

#[test]
fn a_second_person_can_be_one_who_is_known() {
    let two = json!({"all": [{"engaged_people": {"at_least": 2}}]});
    check(&pair(two), 1, &[(&[Atom::HandRaise], "0"), (&[bring("eve")], "10")]);
}

#[test]
fn the_rest_comes_from_the_heaviest_role() {
    // Ben's 40 points at 80 % are 32, Eve's 68 are 68. Alone Ben comes to 125.
    let study = pair(json!({"all": [{"points": {"at_least": "100"}}]}));
    check(&study, 1, &[(&[Atom::HandRaise], "0"), (&[bring("eve")], "68"), (&[bring("ben")], "85")]);
    // Eve's 200 are not enough: 68 more from Ben are 85 and his own 40.
    let study = pair(json!({"all": [{"points": {"at_least": "300"}}]}));
    let both: Set = [bring("eve"), bring("ben")].into();
    assert!(study.minimal(2).contains(&both));
    let expected = BTreeMap::from([(member("eve"), "200".to_owned()), (member("ben"), "125".to_owned())]);
    assert_eq!(study.least_points(&both).into_iter().map(|(who, to)| (who, show(&to))).collect::<BTreeMap<_, _>>(), expected);
}

#[test]
fn points_are_the_least_that_do() {
    // A third of a point more than a unit of scale 11 can say.
    let study = pair(json!({"all": [{"points": {"at_least": "32.0001"}}]}));
    let points = study.least_points(&[bring("ben")].into());
    assert_eq!(show(&points[&member("ben")]), "40.000125");
    let one_less = points[&member("ben")].clone() - super::copy::unit();
    assert!(!study.suffices(&[bring("ben")].into(), &BTreeMap::from([(member("ben"), one_less)])));
}

#[test]
fn channels_are_named_once_and_hand_raises_instead_of_decisive_signals() {
    // Content is there; any other channel with a kind of tier medium or higher would do.
    let study = pair(json!({"all": [{"channels": {"tier": "medium", "at_least": 2}}]}));
    let signal = Atom::Signal(Reverse(4), "event".to_owned(), None);
    check(&study, 1, &[(&[signal], "0"), (&[Atom::HandRaise], "0")]);
}

#[test]
fn a_signal_needs_somebody_to_give_it() {
    let empty = World::default().account("a");
    let study = study(&empty, json!({"all": [{"hand_raise": {"tier": "high", "within_days": 30, "role": "champion"}}]}));
    let signal = Atom::Signal(Reverse(5), "event".to_owned(), Some("champion".to_owned()));
    let [add, _] = added("champion");
    check(&study, 2, &[(&[Atom::HandRaise], "0"), (&[add, signal], "0")]);
}

#[test]
fn an_exclusion_must_be_lifted_and_an_opponent_reconciled() {
    let mut world = World::default().account("a").contact("ben", "a", &["champion"]).heard("ben", "meeting_held", TODAY, 1);
    world.accounts[0].excluded = Some("customer".to_owned());
    world.contacts[0].stance = Some("opponent".to_owned());
    let study = study(&world, json!({"all": [{"engaged_people": {"at_least": 1}}, {"not": {"opponents": {"at_least": 1}}}]}));
    let reconcile = Atom::Reconcile("ben".to_owned());
    check(&study, 2, &[(&[Atom::Lift, reconcile], "0"), (&[Atom::Lift, Atom::HandRaise], "0")]);
}

#[test]
fn a_fact_may_suit() {
    let mut world = World::default().account("a").contact("ben", "a", &["champion"]);
    let rule = json!({"all": [{"attribute": {"name": "seats", "at_least": "9.5", "at_most": "10"}}]});
    let learn = Atom::Learn("attribute seats".to_owned());
    check(&study(&world, rule.clone()), 1, &[(std::slice::from_ref(&learn), "0"), (&[Atom::HandRaise], "0")]);
    // "many" is no number.
    world.accounts[0].attributes.insert("seats".to_owned(), "many".to_owned());
    check(&study(&world, rule.clone()), 1, &[(&[learn], "0"), (&[Atom::HandRaise], "0")]);
    // A number that is known is no news.
    world.accounts[0].attributes.insert("seats".to_owned(), "9".to_owned());
    check(&study(&world, rule), 1, &[(&[Atom::HandRaise], "0")]);
}

#[test]
fn more_points_may_hurt() {
    // Ben is to have at least 50 and less than 60 points at 80 %.
    let both = json!([{"points": {"at_least": "50"}}, {"not": {"points": {"at_least": "51"}}}, {"holders": {"of": {"role": "champion"}, "measure": "current", "at_least": 1}}]);
    let study = pair(json!({"all": both}));
    assert!(!study.more_never_hurts);
    let set: Set = [bring("ben")].into();
    let chosen: Chosen = study.qualifying(&set).expect("some points do");
    let to = &chosen.points[&member("ben")];
    assert!(["62.5", "63.74999999999"].contains(&show(to).as_str()), "{to}");
}

#[test]
fn nothing_helps_where_a_known_fact_is_wrong() {
    let mut world = World::default().account("a").contact("ben", "a", &["champion"]);
    world.accounts[0].fit_score = Some("10".to_owned());
    let mut policy = default_policy();
    policy["fit"]["source"] = json!("supplied");
    let study = Study::new(&world, &policy, "a", TODAY);
    assert!(study.is_beyond_help());
    assert!(study.minimal(2).is_empty());
}
