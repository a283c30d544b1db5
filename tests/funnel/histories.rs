//! Journeys of small portfolios that can be followed by hand, and histories against `replay`.

use quorate::{
    Account, AccountGraph, Assessor, ClosedDeals, Contact, Day, Decimal, Disposition, DispositionVerdict, GroupHistories, GroupId, Instant,
    Journey, MoveReason, Opportunity, Outcome, Policy, Signal, SignalTally, Standing, dispositions, group_journeys, lead_journeys, replay,
};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn opportunity(id: &str, account: &str, created: &str, closed: Option<(&str, Outcome)>) -> Opportunity {
    Opportunity {
        id: id.parse().unwrap(),
        account: account.parse().unwrap(),
        group: None,
        created_at: at(created),
        closed_at: closed.map(|(day, _)| at(day)),
        outcome: closed.map_or(Outcome::Open, |(_, outcome)| outcome),
        amount: Some(Decimal::new(1_050, 1)),
        currency: Some("EUR".into()),
    }
}

/// Acme asks twice, and buys after the first time; beta lost a deal before it asked; gamma opened one without ever asking.
fn world() -> (AccountGraph, Vec<Signal>) {
    let mut graph = AccountGraph::new();
    for account in ["acme", "beta", "gamma"] {
        let mut record = Account::new(account).unwrap();
        record.attributes.insert("origin".into(), if account == "acme" { "paid" } else { "social" }.into());
        graph.add_account(record).unwrap();
        graph.add_contact(Contact::new(&format!("{account}-1"), account).unwrap()).unwrap();
        graph.add_contact(Contact::new(&format!("{account}-2"), account).unwrap()).unwrap();
    }
    for one in [
        opportunity("o1", "acme", "2025-01-10", Some(("2025-02-01", Outcome::Won))),
        opportunity("o2", "beta", "2025-01-01", Some(("2025-01-05", Outcome::Lost))),
        opportunity("o3", "gamma", "2025-01-20", None),
    ] {
        graph.add_opportunity(one).unwrap();
    }
    let disposition = |group: &str, when: &str, verdict, reason: Option<&str>| Disposition {
        group: group.parse().unwrap(),
        at: at(when),
        verdict,
        reason: reason.map(String::from),
    };
    graph.add_disposition(disposition("acme", "2025-01-06", DispositionVerdict::Accepted, None)).unwrap();
    graph.add_disposition(disposition("beta", "2025-02-03", DispositionVerdict::Rejected, Some("no budget"))).unwrap();
    graph.add_disposition(disposition("gamma", "2025-01-03", DispositionVerdict::Rejected, Some("no budget"))).unwrap();
    let signal = |contact: &str, kind: &str, when: &str, campaign: Option<&str>| {
        let mut signal = Signal::of_contact(contact, kind, at(when)).unwrap();
        signal.campaign = campaign.map(|name| name.parse().unwrap());
        signal
    };
    let signals = vec![
        signal("acme-1", "demo_request", "2025-01-05T09:00:00Z", Some("expo")),
        signal("acme-1", "demo_request", "2025-04-05", Some("spring")),
        signal("acme-2", "page_view", "2025-01-02", None),
        signal("beta-1", "demo_request", "2025-02-02", Some("expo")),
        signal("gamma-2", "webinar_attended", "2025-01-15", None),
    ];
    (graph, signals)
}

fn tally(signals: &[Signal]) -> SignalTally {
    SignalTally::from_signals(signals).unwrap()
}

fn told(journey: &Journey) -> (&str, Vec<Option<String>>) {
    (&journey.id, journey.reached.iter().map(|day| day.map(|day| day.to_string())).collect())
}

fn days(days: [&str; 4]) -> Vec<Option<String>> {
    days.map(|day| (!day.is_empty()).then(|| day.into())).into()
}

#[test]
fn groups_and_people_are_followed_side_by_side() {
    let (graph, signals) = world();
    let (tally, policy) = (tally(&signals), Policy::default());
    let assessor = Assessor::new(&graph, &tally, &policy);
    let histories = GroupHistories::replay(&assessor, day("2025-01-01"), day("2025-06-30"), |_| ()).unwrap();
    let groups = group_journeys(&graph, &histories, day("2025-06-30"));
    let ways: Vec<_> = groups.journeys.iter().map(told).collect();
    // Weight 20 %: a lone demo request gives 20 points, a webinar 12.
    assert_eq!(
        ways,
        [
            ("acme", days(["2025-01-05", "2025-01-05", "2025-01-10", "2025-02-01"])),
            ("beta", days(["2025-02-02", "2025-02-02", "", ""])),
            ("gamma", days(["2025-01-15", "", "2025-01-20", ""])),
        ]
    );
    assert_eq!(groups.opened_before, ["beta"]);
    assert_eq!((&*groups.journeys[0].attributes["route"], &*groups.journeys[0].attributes["origin"]), ("hand_raise", "paid"));
    assert_eq!(
        histories.get("acme").unwrap().entries.iter().map(|one| one.day.to_string()).collect::<Vec<_>>(),
        ["2025-01-05", "2025-04-05"]
    );

    let leads = lead_journeys(&graph, &tally, [&policy], day("2025-06-30"));
    let ways: Vec<_> = leads.journeys.iter().map(told).collect();
    assert_eq!(
        ways,
        [
            ("acme-1", days(["2025-01-05", "2025-01-05", "2025-01-10", "2025-02-01"])),
            ("acme-2", days(["2025-01-02", "", "2025-01-10", "2025-02-01"])),
            ("beta-1", days(["2025-02-02", "2025-02-02", "", ""])),
            ("beta-2", days(["", "", "", ""])),
            ("gamma-1", days(["", "", "", ""])),
            ("gamma-2", days(["2025-01-15", "2025-01-15", "2025-01-20", ""])),
        ]
    );
    // What comes later is not there yet.
    let early = group_journeys(&graph, &histories, day("2025-01-09"));
    assert_eq!(told(&early.journeys[0]).1, days(["2025-01-05", "2025-01-05", "", ""]));
}

#[test]
fn histories_agree_with_replay() {
    let (graph, signals) = world();
    let (tally, policy) = (tally(&signals), Policy::default());
    let assessor = Assessor::new(&graph, &tally, &policy);
    let histories = GroupHistories::replay(&assessor, day("2025-01-01"), day("2025-12-31"), |_| ()).unwrap();
    for (group, history) in histories.iter() {
        let start = Standing::never_in(GroupId::new(group).unwrap(), day("2024-12-31"));
        let replayed = replay(&assessor, &start, day("2025-12-31")).unwrap();
        assert_eq!(replayed.standing, history.standing);
        let entered = |reason: &MoveReason| matches!(reason, MoveReason::RuleTrue | MoveReason::HandRaise { .. });
        let entries: Vec<Day> = replayed.moves.iter().filter(|one| entered(&one.reason)).map(|one| one.day).collect();
        assert_eq!(history.entries.iter().map(|one| one.day).collect::<Vec<_>>(), entries);
    }
}

#[test]
fn the_first_day_of_the_calendar_counts() {
    let mut graph = AccountGraph::new();
    graph.add_account(Account::new("acme").unwrap()).unwrap();
    graph.add_contact(Contact::new("ann", "acme").unwrap()).unwrap();
    let signals = [Signal::of_contact("ann", "demo_request", Instant::from(Day::MIN)).unwrap()];
    let (tally, policy) = (tally(&signals), Policy::default());
    let assessor = Assessor::new(&graph, &tally, &policy);
    let histories = GroupHistories::replay(&assessor, Day::MIN, day("1900-01-03"), |_| ()).unwrap();
    let acme = histories.get("acme").unwrap();
    assert_eq!((acme.engaged, acme.entries[0].day, acme.standing.day()), (Some(Day::MIN), Day::MIN, day("1900-01-03")));
}

#[test]
fn dispositions_are_told_apart_by_policy_route_and_campaign() {
    let (graph, signals) = world();
    let (tally, policy) = (tally(&signals), Policy::default());
    let assessor = Assessor::new(&graph, &tally, &policy);
    let histories = GroupHistories::replay(&assessor, day("2025-01-01"), day("2025-06-30"), |_| ()).unwrap();
    let found = dispositions(&graph, &histories, &signals, Day::MIN..=day("2025-06-30"));
    let parts = |list: &[quorate::AcceptedOf]| -> Vec<(Option<String>, u64, u64)> {
        list.iter().map(|one| (one.of.clone(), one.accepted.accepted.count(), one.accepted.accepted.of())).collect()
    };
    assert_eq!((found.all.accepted.count(), found.all.accepted.of()), (1, 3));
    assert_eq!((found.all.reasons[0].reason.as_deref(), found.all.reasons[0].count), (Some("no budget"), 2));
    assert_eq!(parts(&found.by_policy), [(Some("quorate-default".into()), 1, 3)]);
    assert_eq!(parts(&found.by_route), [(Some("hand_raise".into()), 1, 2), (None, 0, 1)]);
    assert_eq!(parts(&found.by_campaign), [(Some("expo".into()), 1, 2), (None, 0, 1)]);
}

#[test]
fn closed_deals_are_counted_and_added_up() {
    let (graph, _) = world();
    let all = ClosedDeals::of(&graph, Day::MIN..=day("2025-06-30"));
    assert_eq!((all.won.count(), all.won.of(), all.open, all.without_amount), (1, 2, 1, 0));
    assert_eq!(
        (all.revenue[0].currency.as_deref(), all.revenue[0].deals, all.revenue[0].amount),
        (Some("EUR"), 1, Some(Decimal::from(105)))
    );
    let early = ClosedDeals::of(&graph, Day::MIN..=day("2025-01-10"));
    assert_eq!((early.won.count(), early.won.of(), early.open), (0, 1, 1));
    let late = ClosedDeals::of(&graph, day("2025-01-06")..=day("2025-06-30"));
    assert_eq!((late.won.count(), late.won.of()), (1, 1));
}
