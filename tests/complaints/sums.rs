//! The score does not add up.

use quorate::{Explanation, Points, SignalTally};
use serde_json::json;

use crate::support::{TODAY, acme, explained, explained_under, heard, policy_with, rows, signals};

/// The four ways of adding up people.
fn roll_ups() -> [serde_json::Value; 4] {
    [
        json!({"type": "weighted"}),
        json!({"type": "sum"}),
        json!({"type": "champion_mix", "max": "0.6", "mean": "0.4"}),
        json!({"type": "adobe"}),
    ]
}

fn units<'p>(points: impl IntoIterator<Item = &'p Points>) -> i128 {
    points.into_iter().map(|points| points.units()).sum()
}

/// The rows add up to each person, the people to the group, the seats to readiness; nothing rounded, nothing over.
#[track_caller]
fn adds_up(explanation: &Explanation) {
    let ledger = &explanation.ledger;
    for person in &ledger.persons {
        assert_eq!(units(ledger.rows_of(person).iter().map(|row| &row.counted)), person.points.units(), "{:?}", person.contact());
    }
    assert_eq!(units(ledger.persons.iter().map(|person| &person.share)), explanation.assessment.points.units());
    assert_eq!(ledger.seats.iter().map(|seat| seat.share.units()).sum::<i128>(), explanation.assessment.readiness.units());
    assert_eq!(ledger.rows.iter().map(|row| row.signals).sum::<u64>(), explanation.assessment.intake.total());
}

/// "The tool says 127. I go through the activities and find 47. Nobody can tell me where the other 80 come from."
#[test]
fn a_score_of_127_is_found_to_the_last_point() {
    let graph = acme(&[("ann", "economic_buyer"), ("ben", "champion"), ("cleo", "end_user")]);
    let tally = heard(&[
        ("ann", "pricing_page", 1),
        ("ann", "reply_to_sales", 1),
        ("ben", "email_click", 2),
        ("ben", "page_view", 1),
        ("cleo", "form_fill", 1),
        ("cleo", "page_view", 1),
    ]);
    let explanation = explained(&graph, &tally);
    assert_eq!(explanation.assessment.points.to_string(), "127");
    assert_eq!(
        rows(&explanation),
        [
            "ann 1 reply_to_sales counted 40",
            "ann 1 pricing_page counted 40",
            "ben 2 email_click counted 20",
            "ben 1 page_view counted 5",
            "cleo 1 form_fill counted 40",
            "cleo 1 page_view counted 5",
        ]
    );
    // 80 in full, 25 at the 80 % of a champion, 45 at the 60 % of a user: 80 + 20 + 27 = 127.
    let people = explanation.ledger.persons.iter();
    let people: Vec<String> =
        people.map(|one| format!("{} {} x {} % = {}", one.contact().unwrap(), one.points, one.weight, one.share)).collect();
    assert_eq!(people, ["ann 80 x 100 % = 80", "ben 25 x 80 % = 20", "cleo 45 x 60 % = 27"]);
    adds_up(&explanation);
}

/// "We changed how people are added up, and since then the parts are not the whole."
#[test]
fn the_parts_are_the_whole_however_people_are_added_up() {
    let graph = acme(&[("ann", "economic_buyer"), ("ben", "champion"), ("cleo", "end_user")]);
    let tally = heard(&[
        ("ann", "pricing_page", 2),
        ("ben", "email_click", 2),
        ("ben", "page_view", 1),
        ("cleo", "form_fill", 1),
        ("cleo", "page_view", 1),
    ]);
    // The people have 80, 25 and 45 points.
    let expected = [
        ("127", ["80", "20", "27"]),
        ("150", ["80", "25", "45"]),
        // 0.6 x 80, and 0.4 x the mean of 25 and 45.
        ("62", ["48", "5", "9"]),
        // 12,700 / 240 is 52.91666…, rounded to 52.9167; the last ten-thousandth has one owner, too.
        ("52.9167", ["33.3334", "8.3333", "11.25"]),
    ];
    for (roll_up, (points, shares)) in roll_ups().into_iter().zip(expected) {
        let explanation = explained_under(&graph, &tally, &policy_with("/group/roll_up", roll_up.clone()));
        let found: Vec<String> = explanation.ledger.persons.iter().map(|person| person.share.to_string()).collect();
        assert_eq!((explanation.assessment.points.to_string().as_str(), found), (points, shares.map(String::from).into()), "{roll_up}");
        adds_up(&explanation);
    }
}

/// "It only adds up as long as nothing has faded and nobody hits a limit."
#[test]
fn what_has_faded_and_what_is_cut_off_adds_up_as_well() {
    let graph = acme(&[("ann", "economic_buyer"), ("ben", "champion"), ("cleo", "")]);
    let acts = [
        ("ann", "meeting_held", 3, "2025-04-11"),
        ("ann", "pricing_page", 2, "2025-05-01"),
        ("ann", "pricing_page", 2, "2025-05-02"),
        ("ben", "content_download", 3, "2025-04-29"),
        ("ben", "form_fill", 3, "2025-04-30"),
        ("ben", "unsubscribe", 1, "2025-05-01"),
        ("cleo", "page_view", 9, "2025-04-23"),
        ("cleo", "email_open", 1, TODAY),
        ("cleo", "demo_request", 1, "2025-05-06"),
    ];
    let all = acts.iter().flat_map(|(who, kind, count, on)| signals(who, kind, *count, on));
    let tally = SignalTally::from_signals(all).unwrap();
    for roll_up in roll_ups() {
        let explanation = explained_under(&graph, &tally, &policy_with("/group/roll_up", roll_up));
        adds_up(&explanation);
        let ann = &explanation.ledger.persons[0];
        // Three meetings, of which two count on a day; a price list read so often that the channel's 80 points are full; 200 in all.
        assert_eq!((ann.before > ann.points, ann.points.to_string().as_str()), (true, "200"));
        let whole: Vec<(u64, &str, bool)> =
            explanation.ledger.rows_of(ann).iter().map(|row| (row.signals, row.state.token(), row.counted == row.before)).collect();
        assert_eq!(whole, [(2, "counted", true), (2, "counted", false), (1, "capped_daily", true), (2, "counted", false)]);
    }
}
