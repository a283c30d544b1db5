//! Standing over time by hand: one short story for each sort of move, under the default policy's 70 points, 30, 180 and 90 days.

use crate::bridge;
use crate::strategies::default_policy;
use crate::world::{Day, TODAY, World, date};
use quorate::{Assessor, GroupId, Place, PolicySet, SignalTally, Standing, StandingError, replay};
use serde_json::{Value, json};

/// An account with a buyer, a champion and a user, who fill half of the standard seats.
fn world() -> World {
    let people = [("ann", "economic_buyer"), ("ben", "champion"), ("cleo", "end_user")];
    people.into_iter().fold(World::default().account("acme"), |world, (id, role)| world.contact(id, "acme", &[role]))
}

/// A buyer and a champion heard of in two channels on one day: 236 points, which are under 70 fifty-three days later.
fn busy(world: World, day: Day) -> World {
    world.heard("ann", "reply_to_sales", day, 2).heard("ann", "webinar_attended", day, 1).heard("ben", "webinar_attended", day, 1).heard(
        "ben",
        "roi_calculator",
        day,
        1,
    )
}

/// A date of the stories, which begin on day 0.
fn on(day: Day) -> String {
    date(TODAY + day)
}

/// What becomes of the account from day 0 to the last day, in words.
#[track_caller]
fn said(world: &World, policy: &Value, last: Day) -> Vec<String> {
    let (graph, tally, policy) = (bridge::graph(world), bridge::tally(world), bridge::policy(policy));
    let start = Standing::never_in(GroupId::new("acme").expect("an id"), bridge::day(TODAY - 1));
    let replayed = replay(&Assessor::new(&graph, &tally, &policy), &start, bridge::day(TODAY + last)).expect("a group");
    replayed.moves.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn check(world: &World, policy: &Value, last: Day, expected: &[String]) {
    assert_eq!(said(world, policy, last), expected);
}

#[test]
fn a_group_enters_by_the_rule_and_leaves_when_its_points_stay_low() {
    let entered = format!("entered on {}: the rule is true", on(3));
    let left = format!("left on {}: under 70 points since {} (30 days)", on(86), on(56));
    check(&busy(world(), TODAY + 3), &default_policy(), 120, &[entered, left]);
}

/// The run breaks off on day 80, and begins anew when what was before fades out of its window on day 93.
#[test]
fn one_good_day_breaks_the_run() {
    let world = busy(world(), TODAY + 3).heard("ann", "pricing_page", TODAY + 80, 2);
    let moves = said(&world, &default_policy(), 150);
    assert_eq!(moves[1], format!("left on {}: under 70 points since {} (30 days)", on(123), on(93)));
}

#[test]
fn a_cool_down_keeps_the_rule_out_for_ninety_days_unless_somebody_asks() {
    let again = busy(busy(world(), TODAY), TODAY + 100);
    let (entered, left) =
        (format!("entered on {}: the rule is true", on(0)), format!("left on {}: under 70 points since {} (30 days)", on(83), on(53)));
    // Busy again on day 100, ready for a month, and quiet before day 173: nothing comes of it.
    check(&again, &default_policy(), 200, &[entered.clone(), left.clone()]);
    let asked = again.heard("ben", "demo_request", TODAY + 110, 1);
    let back = format!("entered on {}: somebody asked to talk on {}", on(110), on(110));
    let over = format!("stays in by the rule from {}: the rule has become true", on(111));
    assert_eq!(said(&asked, &default_policy(), 112), [entered.clone(), left.clone(), back, over]);
    let late = busy(busy(world(), TODAY), TODAY + 150);
    let back = format!("entered on {}: the rule is true", on(173));
    assert_eq!(said(&late, &default_policy(), 175), [entered, left, back]);
}

#[test]
fn whoever_asks_is_in_until_the_request_is_old() {
    let world = world().heard("ann", "contact_sales", TODAY + 5, 1).heard("ann", "contact_sales", TODAY + 9, 1);
    let entered = format!("entered on {0}: somebody asked to talk on {0}", on(5));
    let left = format!("left on {}: nobody has asked to talk since {} (31 days), and the rule is not true", on(40), on(9));
    check(&world, &default_policy(), 60, &[entered, left]);
}

/// The signals of who is gone are not the group's any longer.
#[test]
fn a_request_goes_with_the_person_who_made_it() {
    let mut world = world().heard("cleo", "demo_request", TODAY, 1);
    world.contacts[2].known_until = Some(on(4));
    let entered = format!("entered on {0}: somebody asked to talk on {0}", on(0));
    let left = format!("left on {}: nobody who counts has asked to talk, and the rule is not true", on(4));
    check(&world, &default_policy(), 60, &[entered, left]);
}

#[test]
fn a_request_ends_when_fit_is_found_to_be_too_low() {
    let mut policy = default_policy();
    let fit = json!({"intent": {"kind": "page_view", "within_days": 7}});
    policy["fit"] =
        json!({"source": "criteria", "tiers": {"A": "80", "B": "50"}, "criteria": [{"weight": 1, "is": fit}], "disqualifiers": []});
    let world = world().heard("ann", "page_view", TODAY, 1).heard("ann", "demo_request", TODAY, 1);
    let entered = format!("entered on {0}: somebody asked to talk on {0}", on(0));
    let left = format!("left on {}: somebody asked to talk on {}, but fit is known to be too low, and the rule is not true", on(8), on(0));
    check(&world, &policy, 60, &[entered, left]);
}

#[test]
fn a_newer_request_keeps_a_group_that_the_rule_lets_go() {
    let world = busy(world(), TODAY).heard("cleo", "contact_sales", TODAY + 80, 1);
    let mut policy = default_policy();
    // A request that is worth little, so that it does not lift the points.
    policy["kinds"][1]["points"] = json!("1");
    let entered = format!("entered on {}: the rule is true", on(0));
    let kept = format!(
        "stays in by request from {}: under 70 points since {} (30 days), but somebody asked to talk on {}",
        on(83),
        on(53),
        on(80)
    );
    let left = format!("left on {}: nobody has asked to talk since {} (31 days), and the rule is not true", on(111), on(80));
    check(&world, &policy, 150, &[entered, kept, left]);
}

/// Points of a kind that never fades hold the group in; silence lets it go.
#[test]
fn a_group_that_is_silent_for_half_a_year_leaves() {
    let mut policy = default_policy();
    for kind in policy["kinds"].as_array_mut().expect("kinds") {
        kind["decay"] = json!({"type": "none"});
        kind["window_days"] = json!(3_650);
    }
    let entered = format!("entered on {}: the rule is true", on(0));
    let left = format!("left on {}: no interest shown since {} (180 days)", on(180), on(0));
    check(&busy(world(), TODAY), &policy, 200, &[entered, left]);
}

#[test]
fn an_exclusion_leaves_at_once_and_says_by_what() {
    let mut policy = default_policy();
    policy["exclusion"] = json!({"hand_raise": {"tier": "low", "within_days": 5, "role": "end_user"}});
    let world = busy(world(), TODAY).heard("cleo", "email_click", TODAY + 10, 1);
    let entered = format!("entered on {}: the rule is true", on(0));
    let left = format!("left on {}: the policy's exclusion rule applies", on(10));
    check(&world, &policy, 60, &[entered, left]);
}

/// A group let in by attributes alone was never heard of, so that no silence began; low points end it as any other.
#[test]
fn who_was_never_heard_of_is_not_silent() {
    let mut policy = default_policy();
    policy["qualification"] = json!({"all": []});
    policy["exit"]["below_points"] = json!("0");
    let entered = format!("entered on {}: the rule is true", on(0));
    check(&world(), &policy, 400, std::slice::from_ref(&entered));
    policy["exit"]["below_points"] = json!("70");
    let left = |day| format!("left on {}: under 70 points since {} (30 days)", on(day), on(day - 30));
    check(&world(), &policy, 121, &[entered, left(30), format!("entered on {}: the rule is true", on(120))]);
}

/// While a request holds, days under the exit points are not counted.
#[test]
fn low_points_count_from_the_day_of_the_rule() {
    let mut policy = default_policy();
    policy["qualification"] = json!({"all": [{"engaged_people": {"at_least": 2}}]});
    policy["exit"]["below_points"] = json!("1000");
    policy["exit"]["below_days"] = json!(3);
    let world = world().heard("ann", "demo_request", TODAY, 1).heard("ben", "reply_to_sales", TODAY + 6, 1);
    let expected = [
        format!("entered on {0}: somebody asked to talk on {0}", on(0)),
        format!("stays in by the rule from {}: the rule has become true", on(6)),
        format!("left on {}: under 1000 points since {} (3 days)", on(9), on(6)),
    ];
    check(&world, &policy, 20, &expected);
}

#[test]
fn a_replay_says_why_it_cannot_be() {
    let world = world();
    let (graph, tally, policy) = (bridge::graph(&world), SignalTally::new(), bridge::policy(&default_policy()));
    let assessor = Assessor::new(&graph, &tally, &policy);
    let start = |group: &str, day| Standing::never_in(GroupId::new(group).expect("an id"), day);
    let today = bridge::day(TODAY);
    let refused = |standing: &Standing, to| replay(&assessor, standing, to).expect_err("refused");
    let unknown = refused(&start("acne", today), bridge::day(TODAY + 1));
    assert_eq!((unknown.code(), unknown.to_string().as_str()), ("unknown_id", "unknown group `acne` (did you mean `acme`?)"));
    let backwards = refused(&start("acme", today), bridge::day(TODAY - 1));
    let message = "the standing is already that of 2025-06-15; a replay to 2025-06-14 would go back, start it from an earlier standing";
    assert_eq!((backwards.code(), backwards.to_string().as_str()), ("standing_backwards", message));
    assert!(replay(&assessor, &start("acme", today), today).expect("no day").moves.is_empty());

    let set =
        PolicySet::from_json(&json!({"schema": 1, "policies": [{"when": {"solutions": ["s"]}, "policy": default_policy()}]}).to_string());
    let set = set.expect("a set");
    let none = replay(&Assessor::new(&graph, &tally, &set), &start("acme", today), bridge::day(TODAY + 1)).expect_err("refused");
    let message = "no policy of the set matches group `acme`; add one that does, or leave the group out";
    assert_eq!((none.code(), none.to_string().as_str()), ("standing_no_policy", message));

    let last = start("acme", quorate::Day::MAX);
    let assessment = assessor.group("acme", today).expect("a group").expect("a policy");
    let none = last.advance(&assessment).expect_err("refused");
    assert_eq!(
        (none.code(), none.to_string().as_str()),
        ("standing_no_next_day", "2199-12-31 is the last day there is; no assessment follows it")
    );
    let other = start("beta", today).advance(&assessment).expect_err("refused");
    let message = "the standing is that of group `beta`, the assessment that of group `acme`";
    assert_eq!((other.code(), other.to_string().as_str()), ("standing_other_group", message));
    let same = start("acme", today).advance(&assessment).expect_err("refused");
    let message = "after 2025-06-15 comes 2025-06-16, not 2025-06-15; assess every day in turn";
    assert_eq!((same.code(), same.to_string().as_str()), ("standing_other_day", message));
    assert!(matches!(same, StandingError::OtherDay { .. }));
}

#[test]
fn a_document_out_of_order_is_refused_with_every_problem() {
    let refused = |text: &str| -> Vec<String> {
        let problems = Standing::from_json(text).expect_err("refused");
        problems.iter().map(ToString::to_string).collect()
    };
    let inside = r#""schema":1,"group_id":"acme","day":"2025-06-01","place":"in""#;
    let outside = r#""schema":1,"group_id":"acme","day":"2025-06-01","place":"out""#;
    for (text, expected) in [
        (format!(r#"{{{inside},"route":"rule","since":"2025-06-02"}}"#), vec!["since: 2025-06-02 lies after `day`, 2025-06-01"]),
        (
            format!(r#"{{{inside},"route":"hand_raise","since":"2025-05-02","below_since":"2025-05-01"}}"#),
            vec![
                "below_since: 2025-05-01 lies before `since`, 2025-05-02",
                "below_since: only a group in by the rule has one; leave it out",
            ],
        ),
        (format!(r#"{{{outside},"left":"2025-06-02"}}"#), vec!["left: 2025-06-02 lies after `day`, 2025-06-01"]),
        (format!(r#"{{{outside},"since":"2025-06-01"}}"#), vec!["unknown field `since`"]),
        (
            r#"{"schema":2,"group_id":" ","day":"2025-02-30","place":"in","route":"ruel","left":null}"#.to_owned(),
            vec![
                "schema: `2` is outside 1..=1",
                "group_id: group id is blank; give it an id",
                "day: `2025-02-30` is no day; write `YYYY-MM-DD`, a date that exists",
                "route: `ruel` is none of rule, hand_raise (did you mean `rule`?)",
                "field `since` is missing",
                "unknown field `left`",
            ],
        ),
        (r#"{"schema":1,"group_id":"acme","day":"2025-06-01"}"#.to_owned(), vec!["field `place` is missing"]),
    ] {
        assert_eq!(refused(&text), expected, "{text}");
    }
    let text = format!("{{{outside}}}");
    let standing = Standing::from_json(&text).expect("a document");
    assert_eq!((standing.place(), standing.group_id().as_str()), (Place::Out { left: None }, "acme"));
    assert_eq!(standing.to_json(), r#"{"day":"2025-06-01","group_id":"acme","place":"out","schema":1}"#);
}
