//! The oracle against examples worked out by hand.

use super::{Truth, Whose, answer, assess, conflicts, decimal, factor, ledger, run_intake, seats, show};
use crate::strategies::{cases, default_policy, sample};
use crate::world::{Disposition, Opportunity, Signal, Subject, TODAY, World, moment};
use serde_json::{Value, json};

/// One account with a champion and an economic buyer.
fn pair() -> World {
    World::default().account("a").contact("ben", "a", &["champion"]).contact("eve", "a", &["economic_buyer"])
}

#[track_caller]
fn check(world: &World, checks: &[(&str, Value)]) {
    let assessment = Value::Array(assess(world, &default_policy(), TODAY));
    for (pointer, expected) in checks {
        assert_eq!(assessment.pointer(pointer), Some(expected), "{pointer} of {assessment:#}");
    }
}

#[test]
fn factors_are_rounded_half_to_even_in_the_ninth_decimal() {
    let half_life = |days: i64, age: i64| show(&factor(&json!({"type": "exponential", "half_life_days": days}), age));
    assert_eq!(half_life(30, 0), "1");
    assert_eq!(half_life(30, 30), "0.5");
    assert_eq!(half_life(14, 7), "0.707106781");
    assert_eq!(half_life(30, 10), "0.793700526");
    assert_eq!(half_life(60, 1), "0.98851402");
    assert_eq!(half_life(1, 10), "0.000976562");
    assert_eq!(half_life(1, 31), "0");
    let two_rates = json!({"type": "two_rate_linear", "knee_day": 10, "knee_factor": "0.5", "zero_day": 40});
    assert_eq!([0, 5, 10, 20, 40, 41].map(|age| show(&factor(&two_rates, age))), ["1", "0.75", "0.5", "0.333333333", "0", "0"]);
    let linear = json!({"type": "linear", "days": 3});
    assert_eq!([0, 1, 2, 3, 4].map(|age| show(&factor(&linear, age))), ["1", "0.666666667", "0.333333333", "0", "0"]);
}

#[test]
fn decimals_are_canonical() {
    for (text, shown) in [("12.50", "12.5"), ("-0", "0"), ("-0.05", "-0.05"), ("7", "7"), ("0.125", "0.125")] {
        assert_eq!(show(&decimal(text).expect("a decimal")), shown);
    }
    for text in ["", "-", "1.", ".5", "1e3", "many", "+1"] {
        assert_eq!(decimal(text), None, "{text}");
    }
}

#[test]
fn two_people_in_two_channels_qualify() {
    let world = pair().contact("joe", "a", &["end_user"]).heard("ben", "meeting_held", TODAY, 1).heard("eve", "form_fill", TODAY, 1).heard(
        "joe",
        "form_fill",
        TODAY,
        1,
    );
    check(
        &world,
        &[
            // 90 × 0.8 + 40 × 1 + 40 × 0.6
            ("/0/points", json!("136")),
            // (80 × 90 + 100 × 40 + 60 × 40) / 500
            ("/0/readiness", json!("27.2")),
            ("/0/coverage/filled", json!("50")),
            ("/0/coverage/roles/1/filled", json!("0")),
            ("/0/verdict", json!({"state": "qualified", "route": "rule"})),
            ("/0/stage", json!("qualified")),
            ("/0/people", json!({"known": 3, "engaged": 3, "threads": "thin", "concentration": "0.5294", "effective": "2.513"})),
            ("/0/momentum", json!({"change": "136", "trend": "rising"})),
            ("/0/gaps/0/code", json!("role_missing")),
            ("/0/gaps/0/severity", json!("critical")),
            ("/0/gaps/3/code", json!("thin")),
            ("/0/newest_positive", json!("2025-06-15")),
            ("/0/newest_hand_raise", json!(null)),
        ],
    );
}

#[test]
fn a_close_hides_what_was_before_it() {
    let mut world = pair().heard("ben", "demo_request", TODAY - 3, 1);
    let close = |day| Opportunity {
        id: "o".to_owned(),
        account: "a".to_owned(),
        created_at: moment(TODAY - 60, 0),
        closed_at: Some(moment(day, 0)),
        outcome: Some("lost".to_owned()),
        ..Opportunity::default()
    };
    world.opportunities = vec![close(TODAY - 3)];
    check(&world, &[("/0/stage", json!("lost")), ("/0/verdict/route", json!("hand_raise"))]);
    world.opportunities = vec![close(TODAY - 4)];
    check(&world, &[("/0/stage", json!("qualified"))]);
    world.opportunities = vec![close(TODAY + 1)];
    check(&world, &[("/0/stage", json!("in_sales_motion"))]);
    let disposition = |verdict: &str, second| Disposition {
        group: "a".to_owned(),
        at: moment(TODAY - 1, second),
        verdict: verdict.to_owned(),
        reason: None,
    };
    world.opportunities = vec![close(TODAY - 4)];
    world.dispositions = vec![disposition("rejected", 5), disposition("accepted", 6)];
    check(&world, &[("/0/stage", json!("sales_accepted"))]);
    world.dispositions.push(disposition("rejected", 6));
    check(&world, &[("/0/stage", json!("qualified"))]);
}

#[test]
fn every_signal_of_an_account_has_a_state() {
    let mut world = pair()
        .contact("old", "a", &[])
        .contact("foe", "a", &["influencer"])
        .heard("ben", "page_view", TODAY, 8)
        .heard("ben", "ad_click", TODAY, 2)
        .heard("ben", "ad_click", TODAY - 1, 3)
        .heard("ben", "email_open", TODAY, 2)
        .heard("ben", "page_view", TODAY - 90, 1)
        .heard("ben", "page_view", TODAY + 1, 1)
        .heard("ben", "magic", TODAY, 1)
        .heard("eve", "unsubscribe", TODAY, 1)
        .heard("old", "form_fill", TODAY, 1)
        .heard("foe", "form_fill", TODAY, 1)
        .heard("nobody", "form_fill", TODAY, 1);
    world.contacts[2].active = Some(false);
    world.contacts[3].stance = Some("opponent".to_owned());
    world.signals.push(Signal { quarantined: true, ..Signal::new(Subject::Contact("ben".to_owned()), "form_fill", TODAY + 3) });
    let intake = json!({
        "quarantined": 1, "unknown_kind": 1, "future": 1, "excluded_person": 1, "not_a_member": 0, "opponent": 1,
        "other_solution": 0, "decayed_out": 1, "zero_points": 2,
        // two page views and one older ad click are beyond a day's cap; the rest of the older ad clicks find the channel full
        "capped_daily": 3, "capped_channel": 2, "capped_person": 1, "counted": 8,
    });
    check(&world, &[("/0/intake", intake), ("/0/points", json!("32")), ("/0/coverage/filled", json!("50"))]);
    assert_eq!(run_intake(&world), json!({"duplicate": 0, "unknown_subject": 1, "known": 22}));
}

#[test]
fn the_oldest_and_last_lines_are_cut_first() {
    let world =
        pair().heard("ben", "form_fill", TODAY, 2).heard("ben", "content_download", TODAY, 1).heard("ben", "form_fill", TODAY - 30, 3);
    let sheets = ledger(&world, &default_policy(), "a", TODAY);
    let sheet = &sheets[&Whose::Member("ben".to_owned())];
    let lines: Vec<_> = sheet.lines.iter().map(|line| (line.kind.as_str(), show(&line.before), show(&line.counted))).collect();
    let expected = [("form_fill", "60", "0"), ("content_download", "40", "40"), ("form_fill", "80", "80")];
    assert_eq!(lines, expected.map(|(kind, before, counted)| (kind, before.to_owned(), counted.to_owned())));
    assert_eq!(show(&sheet.points), "120");
    assert_eq!(sheet.lines[0].state(), "capped_channel");
}

#[test]
fn of_one_id_the_least_content_counts() {
    let said = |kind: &str, at: &str| Signal {
        id: Some("x".to_owned()),
        at: at.to_owned(),
        ..Signal::new(Subject::Contact("ben".to_owned()), kind, TODAY)
    };
    let mut world = pair();
    world.signals.push(said("page_view", "2025-06-15T10:00:00Z"));
    world.signals.push(said("form_fill", "2025-06-15T12:00:00+02:00"));
    world.signals.push(said("page_view", "2025-06-15T10:00:00.000Z"));
    let conflicts = conflicts(&world);
    assert_eq!((conflicts.len(), conflicts[0].kept.kind.as_str(), conflicts[0].others.len()), (1, "form_fill", 1));
    assert_eq!(run_intake(&world), json!({"duplicate": 2, "unknown_subject": 0, "known": 1}));
    world.signals.push(said("page_view", "2025-06-15T01:00:00+02:00"));
    check(&world, &[("/0/newest_positive", json!("2025-06-14"))]);
}

#[test]
fn contacts_of_one_person_are_one_member() {
    let mut world = pair().contact("abe", "a", &["end_user"]).heard("ben", "page_view", TODAY, 4).heard("abe", "page_view", TODAY, 4);
    world.contacts[2].person = Some("ben".to_owned());
    check(
        &world,
        &[
            ("/0/people/known", json!(2)),
            ("/0/points", json!("24")),
            ("/0/coverage/roles/2/contacts", json!(["abe"])),
            ("/0/coverage/roles/5/contacts", json!(["abe"])),
        ],
    );
    world.contacts[2].stance = Some("opponent".to_owned());
    check(&world, &[("/0/points", json!("0")), ("/0/intake/opponent", json!(8)), ("/0/coverage/filled", json!("50"))]);
}

#[test]
fn seats_add_up_to_the_readiness() {
    let world = pair().contact("joe", "a", &["end_user"]).heard("joe", "form_fill", TODAY, 1).heard("ben", "page_view", TODAY, 1);
    // 60 × 40 / 500 + 80 × 5 / 500
    check(&world, &[("/0/readiness", json!("5.6"))]);
    let seats = seats(&world, &default_policy(), "a", TODAY);
    assert_eq!(seats.iter().map(|seat| seat.units).collect::<Vec<_>>(), [0, 0, 8_000, 0, 0, 48_000]);
    assert_eq!(seats[5].contact.as_deref(), Some("joe"));
}

#[test]
fn unknown_is_neither_true_nor_false() {
    let mut world = pair();
    let ask = |world: &World, rule: &Value| answer(world, &default_policy(), "a", TODAY, rule);
    let segment = json!({"attribute": {"name": "segment", "any_of": ["big"]}});
    assert_eq!(ask(&world, &segment), Truth::Unknown);
    assert_eq!(ask(&world, &json!({"not": segment})), Truth::Unknown);
    assert_eq!(ask(&world, &json!({"any": [segment, {"all": []}]})), Truth::True);
    assert_eq!(ask(&world, &json!({"at_least": {"n": 2, "of": [segment, {"any": []}]}})), Truth::False);
    assert_eq!(ask(&world, &json!({"not": {"fit": {"tier": "A"}}})), Truth::Unknown);
    // A list that a dropped clause leaves empty drops out too; an empty one that was written does not.
    assert_eq!(ask(&world, &json!({"any": [{"not": {"fit": {"tier": "A", "where_configured": true}}}]})), Truth::True);
    assert_eq!(ask(&world, &json!({"any": []})), Truth::False);
    world.accounts[0].attributes.insert("segment".to_owned(), "small".to_owned());
    assert_eq!(ask(&world, &segment), Truth::False);
}

#[test]
fn fit_has_two_bounds() {
    let mut policy = default_policy();
    policy["fit"] = json!({
        "source": "criteria", "tiers": {"A": "80", "B": "50"},
        "criteria": [
            {"weight": 2, "is": {"industry": {"any_of": ["Software"]}}},
            {"weight": 1, "is": {"employees": {"at_least": "50"}}},
        ],
        "disqualifiers": [{"country": {"any_of": ["XX"]}}],
    });
    let mut world = pair();
    let fit = |world: &World| assess(world, &policy, TODAY)[0]["fit"].clone();
    let told = |fact: &str, moves: &str, disqualifies: bool| json!({"fact": fact, "moves": moves, "disqualifies": disqualifies});
    let country = told("country", "0", true);
    let unknown = json!([told("industry", "66.6667", false), told("employees", "33.3333", false), country]);
    assert_eq!(fit(&world), json!({"definite": "0", "possible": "100", "tier": null, "unknown": unknown}));
    world.accounts[0].industry = Some("Software".to_owned());
    world.accounts[0].employees = Some(49);
    assert_eq!(fit(&world), json!({"definite": "66.6667", "possible": "66.6667", "tier": null, "unknown": [country]}));
    world.accounts[0].country = Some("DE".to_owned());
    assert_eq!(fit(&world)["tier"], "B");
    world.accounts[0].country = Some("XX".to_owned());
    assert_eq!(fit(&world)["tier"], "D");
    assert_eq!(assess(&world, &policy, TODAY)[0]["verdict"], json!({"state": "excluded"}));
}

#[test]
fn counts_and_seats_add_up() {
    for case in sample(&cases(), 300) {
        let known = super::signals::events(&case.world);
        for assessment in assess(&case.world, &case.policy, case.day) {
            let account = assessment["account_id"].as_str().expect("an id");
            let home = |id: &str| case.world.contacts.iter().any(|contact| contact.id == id && contact.account.as_deref() == Some(account));
            let is_here = |subject: &Subject| match subject {
                Subject::Account(id) => id == account,
                Subject::Contact(id) => home(id),
                Subject::Email(_) => false,
            };
            let here = known.iter().filter(|event| is_here(&event.subject)).count();
            let states = assessment["intake"].as_object().expect("states").values();
            assert_eq!(states.map(|count| count.as_u64().expect("a count")).sum::<u64>(), here as u64);
            let group = assessment["group_id"].as_str().expect("an id");
            let units: i64 = seats(&case.world, &case.policy, group, case.day).iter().map(|seat| seat.units).sum();
            assert_eq!(assessment["readiness"], show(&super::number::ratio(units, 10_000)));
        }
    }
}
