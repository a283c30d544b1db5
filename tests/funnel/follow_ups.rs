//! Follow-ups that can be checked by hand: every state, both routes, weekdays.

use quorate::{
    Account, AccountGraph, Assessor, Contact, Day, FollowUp, FollowUpState, FollowUps, GroupHistories, Opportunity, Outcome, Policy,
    Predicate, Rule, Signal, SignalTally, Stance, follow_ups,
};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn signal(contact: &str, kind: &str, at: &str) -> Signal {
    Signal::of_contact(contact, kind, at.parse().unwrap()).unwrap()
}

/// Acme, whose Ann asks on Friday, 2 May 2025, at 18:00; more signals, and an opportunity from that day on if one is wanted.
fn ask(policy: &Policy, more: &[Signal], opened: Option<&str>, as_of: &str) -> FollowUps {
    let mut graph = AccountGraph::new();
    graph.add_account(Account::new("acme").unwrap()).unwrap();
    for contact in ["ann", "ben"] {
        graph.add_contact(Contact::new(contact, "acme").unwrap()).unwrap();
    }
    let mut gone = Contact::new("gus", "acme").unwrap();
    gone.active = false;
    graph.add_contact(gone).unwrap();
    if let Some(created) = opened {
        graph
            .add_opportunity(Opportunity {
                id: "o".parse().unwrap(),
                account: "acme".parse().unwrap(),
                group: None,
                created_at: created.parse().unwrap(),
                closed_at: None,
                outcome: Outcome::Open,
                amount: None,
                currency: None,
            })
            .unwrap();
    }
    let mut signals = vec![signal("ann", "demo_request", "2025-05-02T18:00:00Z"), signal("ann", "page_view", "2025-05-02T08:00:00Z")];
    signals.extend_from_slice(more);
    let tally = SignalTally::from_signals(&signals).unwrap();
    let assessor = Assessor::new(&graph, &tally, policy);
    let histories = GroupHistories::replay(&assessor, day("2025-05-01"), day(as_of), |_| ()).unwrap();
    follow_ups(&graph, &histories, &[policy], &signals, Day::MIN..=day(as_of)).unwrap()
}

fn only(found: &FollowUps) -> &FollowUp {
    assert_eq!(found.entries.len(), 1);
    &found.entries[0]
}

fn weekdays() -> Policy {
    let mut document = Policy::default().into_document();
    document.follow_up.weekdays_only = true;
    Policy::new(document).unwrap()
}

#[test]
fn a_hand_raise_is_answered_within_a_day_or_it_is_late() {
    let policy = Policy::default();
    let state = |at: &str| {
        let found = ask(&policy, &[signal("ben", "call_made", at)], None, "2025-05-20");
        let one = only(&found);
        (one.state, one.hours.to_string())
    };
    assert_eq!(state("2025-05-02T18:00:00Z"), (FollowUpState::Met, "0".into()));
    assert_eq!(state("2025-05-03T18:00:00Z"), (FollowUpState::Met, "24".into()));
    // One microsecond too late is late, though the hours shown are the same.
    assert_eq!(state("2025-05-03T18:00:00.000001Z"), (FollowUpState::Late, "24".into()));
    // An act before the hand-raise answers nothing.
    assert_eq!(state("2025-05-02T17:59:59Z").0, FollowUpState::Overdue);
}

#[test]
fn what_nobody_answered_is_open_and_then_overdue() {
    let policy = Policy::default();
    let state = |as_of: &str| only(&ask(&policy, &[], None, as_of)).state;
    assert_eq!((state("2025-05-02"), state("2025-05-03")), (FollowUpState::Open, FollowUpState::Overdue));
    let found = ask(&policy, &[], None, "2025-05-03");
    assert_eq!((only(&found).hours.to_string(), only(&found).route, only(&found).promised_hours), ("30".into(), "hand_raise", 24));
    let counts = &found.by_promise[1];
    assert_eq!((counts.met, counts.late, counts.open, counts.overdue, counts.kept.of()), (0, 0, 0, 1, 1));
    // An act that comes later is not known yet.
    let later = [signal("ann", "call_made", "2025-05-04")];
    assert_eq!(only(&ask(&policy, &later, None, "2025-05-03")).state, FollowUpState::Overdue);
    assert_eq!(only(&ask(&policy, &later, None, "2025-05-04")).state, FollowUpState::Late);
}

#[test]
fn weekends_do_not_count_where_only_weekdays_do() {
    let policy = weekdays();
    let found = ask(&policy, &[signal("ann", "email_sent", "2025-05-05T18:00:00Z")], None, "2025-05-20");
    // 6 hours of Friday, none of the weekend, 18 hours of Monday.
    assert_eq!((only(&found).state, only(&found).hours.to_string()), (FollowUpState::Met, "24".into()));
    let found = ask(&policy, &[signal("ann", "email_sent", "2025-05-05T18:00:01Z")], None, "2025-05-20");
    assert_eq!(only(&found).state, FollowUpState::Late);
    assert_eq!(only(&ask(&policy, &[], None, "2025-05-04")).state, FollowUpState::Open);
}

#[test]
fn only_acts_of_ours_with_members_count() {
    let policy = Policy::default();
    let mut set_aside = signal("ann", "call_made", "2025-05-02T19:00:00Z");
    set_aside.quarantined = true;
    let others = [
        signal("gus", "call_made", "2025-05-02T19:00:00Z"),
        signal("ben", "reply_to_sales", "2025-05-02T19:00:00Z"),
        Signal::of_account("acme", "call_made", "2025-05-02T19:00:00Z".parse().unwrap()).unwrap(),
        set_aside,
    ];
    assert_eq!(only(&ask(&policy, &others, None, "2025-05-20")).state, FollowUpState::Overdue);
    let mut with_one = others.to_vec();
    with_one.push(signal("ben", "meeting_booked", "2025-05-02T20:30:00Z"));
    let found = ask(&policy, &with_one, None, "2025-05-20");
    let action = only(&found).action.as_ref().unwrap();
    assert_eq!((action.contact_id.as_str(), action.kind.as_str(), only(&found).hours.to_string()), ("ben", "meeting_booked", "2.5".into()));
}

#[test]
fn an_entry_by_the_rule_has_its_own_promise() {
    let mut document = Policy::default().into_document();
    // Anybody with a point is qualified by the rule; that somebody asks changes nothing, since the promise of the rule is the shorter one.
    document.qualification = Rule::Is(Predicate::Points { at_least: 1.into() });
    (document.follow_up.rule_hours, document.follow_up.hand_raise_hours) = (48, 60);
    let policy = Policy::new(document).unwrap();
    let found = ask(&policy, &[signal("ben", "call_made", "2025-05-04T08:00:00Z")], Some("2025-05-10"), "2025-05-20");
    let one = only(&found);
    // From the page view at eight, which is worth a point.
    assert_eq!((one.route, one.promised_hours, one.state, one.hours.to_string()), ("rule", 48, FollowUpState::Met, "48".into()));
    assert_eq!((one.opened, one.won), (true, false));
    let met = &found.by_speed[0];
    assert_eq!((met.speed, met.opened.count(), met.opened.of(), met.won.count()), ("met", 1, 1, 0));
}

/// One account of some people, each a contact, its role (or none) and whether it is an opponent.
fn account(people: &[(&str, &str, bool)], signals: &[Signal], policy: &Policy, as_of: &str) -> FollowUps {
    let mut graph = AccountGraph::new();
    graph.add_account(Account::new("acme").unwrap()).unwrap();
    for (id, role, opponent) in people {
        let mut contact = Contact::new(id, "acme").unwrap();
        for role in role.split(';').filter(|role| !role.is_empty()) {
            contact = contact.with_role(role).unwrap();
        }
        contact.stance = if *opponent { Stance::Opponent } else { Stance::Unknown };
        graph.add_contact(contact).unwrap();
    }
    let tally = SignalTally::from_signals(signals).unwrap();
    let histories = GroupHistories::replay(&Assessor::new(&graph, &tally, policy), day("2025-01-01"), day(as_of), |_| ()).unwrap();
    follow_ups(&graph, &histories, &[policy], signals, Day::MIN..=day(as_of)).unwrap()
}

#[test]
fn an_opponent_neither_asks_nor_is_an_answer() {
    let signals = [
        signal("opp", "demo_request", "2025-01-05T06:00:00Z"),
        signal("opp", "call_made", "2025-01-05T23:00:00Z"),
        signal("ann", "demo_request", "2025-01-05T22:00:00Z"),
    ];
    let found = account(&[("opp", "", true), ("ann", "", false)], &signals, &Policy::default(), "2025-01-10");
    let one = only(&found);
    assert_eq!((one.from.to_string(), one.state, one.action.is_none()), ("2025-01-05T22:00:00Z".into(), FollowUpState::Overdue, true));
}

/// Whoever has so many points is qualified by the rule.
fn easy(points: i64) -> Policy {
    let mut document = Policy::default().into_document();
    document.qualification = Rule::Is(Predicate::Points { at_least: points.into() });
    Policy::new(document).unwrap()
}

const BUYERS: [(&str, &str, bool); 2] = [("ann", "economic_buyer", false), ("ben", "champion", false)];

#[test]
fn an_act_of_ours_that_let_the_group_in_is_no_follow_up() {
    let met = signal("ann", "meeting_held", "2025-01-06T08:00:00Z");
    let found = account(&BUYERS, &[signal("ann", "call_made", "2025-01-06T07:00:00Z"), met.clone()], &easy(80), "2025-01-20");
    let one = only(&found);
    assert_eq!((one.route, one.from.to_string(), one.state), ("rule", "2025-01-06T08:00:00Z".into(), FollowUpState::Overdue));
    let found = account(&BUYERS, &[met, signal("ben", "call_made", "2025-01-06T08:00:00.000001Z")], &easy(80), "2025-01-20");
    assert_eq!((only(&found).state, only(&found).micros), (FollowUpState::Met, 1));
    // A buyer's act let it in; a call dated at the same time is an answer, as in data that have days alone.
    let found =
        account(&BUYERS, &[signal("ann", "trial_signup", "2025-01-06"), signal("ben", "call_made", "2025-01-06")], &easy(80), "2025-01-20");
    assert_eq!((only(&found).state, only(&found).micros), (FollowUpState::Met, 0));
}

#[test]
fn an_entry_by_the_rule_counts_from_what_made_it_true() {
    let signals = [
        signal("ben", "unsubscribe", "2025-01-06T01:00:00Z"),
        signal("ann", "page_view", "2025-01-06T02:00:00Z"),
        signal("ben", "call_made", "2025-01-06T03:00:00Z"),
        signal("ann", "trial_signup", "2025-01-06T09:00:00Z"),
        signal("ann", "page_view", "2025-01-06T10:00:00Z"),
    ];
    let found = account(&BUYERS, &signals, &easy(80), "2025-01-07");
    let one = only(&found);
    assert_eq!((one.from.to_string(), one.promised_hours, one.state), ("2025-01-06T09:00:00Z".into(), 72, FollowUpState::Open));
}

#[test]
fn whoever_asks_is_promised_a_days_answer_whatever_the_rule_says() {
    // The rule is true since eight, and at noon somebody asks.
    let first = [signal("ann", "trial_signup", "2025-01-06T08:00:00Z"), signal("ben", "demo_request", "2025-01-06T12:00:00Z")];
    let found = account(&BUYERS, &first, &easy(80), "2025-01-08");
    let one = only(&found);
    assert_eq!((one.route, one.promise, one.already_in), ("rule", "hand_raise", false));
    assert_eq!((one.from.to_string(), one.promised_hours, one.state), ("2025-01-06T12:00:00Z".into(), 24, FollowUpState::Overdue));
    // Asking again while the group is in is another promise.
    let mut again = first.to_vec();
    again.extend([signal("ann", "contact_sales", "2025-01-10T09:00:00Z"), signal("ann", "call_made", "2025-01-10T10:00:00Z")]);
    let found = account(&BUYERS, &again, &easy(80), "2025-01-20");
    let rows: Vec<_> = found.entries.iter().map(|one| (one.already_in, one.promise, one.entered, one.state)).collect();
    let entered = day("2025-01-06");
    assert_eq!(rows, [(false, "hand_raise", entered, FollowUpState::Late), (true, "hand_raise", entered, FollowUpState::Met)]);
}

#[test]
fn what_is_done_after_a_group_left_answers_nothing() {
    // By hand-raise it is in for 30 days.
    let raised = signal("ann", "demo_request", "2025-01-06T08:00:00Z");
    let found = account(
        &[("ann", "", false)],
        &[raised.clone(), signal("ann", "call_made", "2025-02-07T08:00:00Z")],
        &Policy::default(),
        "2025-03-20",
    );
    assert_eq!((only(&found).state, only(&found).action.is_none()), (FollowUpState::Overdue, true));
    // A long promise lapses with it.
    let mut document = Policy::default().into_document();
    document.follow_up.hand_raise_hours = 2_000;
    let found = account(&[("ann", "", false)], &[raised], &Policy::new(document).unwrap(), "2025-03-20");
    assert_eq!((only(&found).state, found.by_promise[1].lapsed, found.by_promise[1].kept.of()), (FollowUpState::Lapsed, 1, 0));
}

#[test]
fn the_promise_is_a_part_of_the_policy() {
    let policy = Policy::default();
    let rule = policy.document().follow_up;
    assert_eq!((rule.hand_raise_hours, rule.rule_hours, rule.weekdays_only), (24, 72, false));
    assert_eq!(Policy::from_json(&weekdays().to_json()).unwrap(), weekdays());
    assert_ne!(weekdays().hash(), policy.hash());
    let without = policy.to_json().replace("\"follow_up\":{\"hand_raise_hours\":24,\"rule_hours\":72,\"weekdays_only\":false},", "");
    assert_eq!(Policy::from_json(&without).unwrap(), policy);
    let wrong = policy.to_json().replace("\"rule_hours\":72", "\"rule_hours\":0");
    assert_eq!(Policy::from_json(&wrong).unwrap_err().to_string(), "follow_up.rule_hours: `0` is outside 1..=8760");
}
