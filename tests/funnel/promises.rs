//! Follow-ups against a plain oracle: every promise found again day by day, every act looked for among all signals.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use quorate::{
    AccountGraph, Assessor, Day, FollowUp, FollowUpState, FunnelError, GroupHistories, GroupHistory, GroupId, Instant, MoveReason, Outcome,
    Place, Policy, PolicySet, Signal, SignalTally, Standing, Subject, follow_ups, replay,
};

use crate::world::{FIRST, GROUPS, HOUR, OURS, World, day, hour, worlds};

fn histories(graph: &AccountGraph, signals: &[&Signal], set: &PolicySet, last: Day) -> GroupHistories {
    let tally = SignalTally::from_signals(signals.iter().copied()).unwrap();
    GroupHistories::replay(&Assessor::new(graph, &tally, set), FIRST.parse().unwrap(), last, |_| ()).unwrap()
}

fn of(signal: &Signal) -> Option<&str> {
    match &signal.subject {
        Subject::Contact(contact) => Some(contact.as_str()),
        _ => None,
    }
}

fn is_ours(signal: &Signal) -> bool {
    OURS.contains(&signal.kind.as_str())
}

/// The contacts of members who are no opponents, and with them those of the same people.
fn people(group: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match group {
        "b" => (&["q0"], &["q0"]),
        "g1" => (&["p0", "p1", "p4"], &["p0", "p1", "p3", "p4"]),
        _ => (&["p0", "p1", "p4", "p5"], &["p0", "p1", "p3", "p4", "p5"]),
    }
}

fn usable(signal: &Signal, solution: Option<&str>) -> bool {
    solution.is_none() || signal.solution.as_ref().is_none_or(|name| Some(name.as_str()) == solution)
}

fn raises(world: &World, (group, _, solution): (&str, &str, Option<&str>), on: Day) -> Option<Instant> {
    let asks = |signal: &&&Signal| {
        let asked = ["demo_request", "contact_sales"].contains(&signal.kind.as_str()) && usable(signal, solution);
        asked && signal.at.day() == on && of(signal).is_some_and(|contact| people(group).0.contains(&contact))
    };
    world.counted().iter().filter(asks).map(|signal| signal.at).min()
}

/// The days on which a group came in, with the route, and left, by `replay`.
fn stays(world: &World, set: &PolicySet, group: &str) -> Vec<(Day, &'static str, Option<Day>)> {
    let graph = world.graph();
    let tally = SignalTally::from_signals(world.counted()).unwrap();
    let start = Standing::never_in(GroupId::new(group).unwrap(), "2025-04-30".parse().unwrap());
    let replayed = replay(&Assessor::new(&graph, &tally, set), &start, world.as_of).unwrap();
    let mut found: Vec<(Day, &'static str, Option<Day>)> = Vec::new();
    for one in replayed.moves {
        match (&one.reason, one.to) {
            (MoveReason::RuleTrue, _) => found.push((one.day, "rule", None)),
            (MoveReason::HandRaise { .. }, _) => found.push((one.day, "hand_raise", None)),
            (_, Place::Out { .. }) => found.last_mut().unwrap().2 = Some(one.day),
            _ => {}
        }
    }
    found
}

/// Whether the group came in on the day of the time if nothing later than that is known; `with_ours`: with our acts at that very time.
fn is_in(world: &World, set: &PolicySet, group: &str, at: Instant, with_ours: bool) -> bool {
    let known: Vec<&Signal> =
        world.counted().into_iter().filter(|signal| signal.at < at || (signal.at == at && (with_ours || !is_ours(signal)))).collect();
    let found = histories(&world.graph(), &known, set, at.day());
    found.get(group).is_some_and(|history: &GroupHistory| history.entries.iter().any(|entry| entry.day == at.day()))
}

/// Whether the hours of an entry by the rule count from a time with which it came in, and whether our acts at that time are part of why.
fn came_in_by_ours(world: &World, set: &PolicySet, one: &FollowUp) -> bool {
    let start: Instant = one.entered.into();
    let before = Instant::from_micros_since_epoch(one.from.micros_since_epoch() - 1).unwrap();
    let by_ours = !is_in(world, set, &one.group_id, one.from, false);
    assert!(is_in(world, set, &one.group_id, one.from, true), "{one:?} is not in");
    let nothing = world.counted().into_iter().filter(|signal| signal.at < start).collect::<Vec<_>>();
    let at_once = histories(&world.graph(), &nothing, set, one.entered)
        .get(&one.group_id)
        .is_some_and(|history| history.entries.iter().any(|entry| entry.day == one.entered));
    if at_once {
        assert_eq!(one.from, start, "{one:?} needed nothing of the day");
        return false;
    }
    assert!(by_ours || one.from == start || !is_in(world, set, &one.group_id, before, true), "{one:?} was in before");
    by_ours
}

fn weekday_micros(from: i64, until: i64, weekdays: bool) -> i64 {
    let quarter = HOUR / 4;
    let counts = |at: &i64| !weekdays || (at.div_euclid(24 * HOUR) + 3).rem_euclid(7) < 5;
    assert_eq!((from % quarter, until % quarter), (0, 0));
    (from..until).step_by(usize::try_from(quarter).unwrap()).filter(counts).fold(0, |sum, _| sum + quarter)
}

fn check(world: &World, set: &PolicySet, group: (&str, &str, Option<&str>), rows: &[&FollowUp]) {
    let stays = stays(world, set, group.0);
    let within = |day: Day| stays.iter().rfind(|(entered, ..)| *entered <= day).filter(|(_, _, left)| left.is_none_or(|left| day < left));
    let days = (0..40).map(day).take_while(|day| *day <= world.as_of);
    // An entry, or somebody asks while it is in.
    let made: Vec<Day> =
        days.filter(|day| within(*day).is_some_and(|(entered, ..)| entered == day || raises(world, group, *day).is_some())).collect();
    assert_eq!(rows.iter().map(|one| one.from.day()).collect::<Vec<_>>(), made, "{} of {rows:?}", group.0);
    let policy = set.choose(group.2, None, None).unwrap();
    for (at, one) in rows.iter().enumerate() {
        let (entered, route, left) = *within(made[at]).unwrap();
        assert_eq!((one.entered, one.route, one.already_in), (entered, route, made[at] != entered));
        row(world, set, policy, group, one, left);
        let next = made.get(at + 1);
        let credited = |deal: &&quorate::Opportunity| {
            let created = deal.created_at.day();
            let applies = deal.account.as_str() == group.1 && deal.group.as_ref().is_none_or(|of| of.as_str() == group.0);
            applies && created >= made[at] && created <= world.as_of && next.is_none_or(|next| created < *next)
        };
        let won = |deal: &quorate::Opportunity| deal.outcome == Outcome::Won && deal.closed_at.is_some_and(|at| at.day() <= world.as_of);
        let deals: Vec<_> = world.opportunities.iter().filter(credited).collect();
        assert_eq!((one.opened, one.won), (!deals.is_empty(), deals.into_iter().any(won)), "{one:?}");
    }
}

fn row(world: &World, set: &PolicySet, policy: &Policy, group: (&str, &str, Option<&str>), one: &FollowUp, left: Option<Day>) {
    let rule = policy.document().follow_up;
    let raised = raises(world, group, one.from.day());
    let for_raise = raised.is_some() && (one.already_in || one.route == "hand_raise" || rule.hand_raise_hours <= rule.rule_hours);
    let by_ours = if for_raise {
        assert_eq!((one.promise, Some(one.from), one.promised_hours), ("hand_raise", raised, rule.hand_raise_hours));
        false
    } else {
        assert_eq!((one.promise, one.promised_hours), ("rule", rule.rule_hours));
        came_in_by_ours(world, set, one)
    };
    let end = 24 * HOUR + Instant::from(left.unwrap_or(world.as_of)).micros_since_epoch();
    let answers = |signal: &&&Signal| {
        let with = of(signal).is_some_and(|contact| people(group.0).1.contains(&contact));
        let later = signal.at > one.from || (signal.at == one.from && !by_ours);
        is_ours(signal) && with && usable(signal, group.2) && later && signal.at.micros_since_epoch() < end
    };
    let acts = world.counted();
    let acts = acts.iter().filter(answers).map(|signal| (signal.at, signal.kind.to_string(), of(signal).unwrap().to_owned()));
    let act = acts.min();
    let found = one.action.as_ref().map(|act| (act.at, act.kind.clone(), act.contact_id.clone()));
    assert_eq!(found, act, "{one:?}");
    let until = act.as_ref().map_or(end, |(at, ..)| at.micros_since_epoch());
    let micros = weekday_micros(one.from.micros_since_epoch(), until, world.weekdays);
    let in_time = micros <= i64::from(one.promised_hours) * HOUR;
    let state = match (act.is_some(), in_time) {
        (true, true) => FollowUpState::Met,
        (true, false) => FollowUpState::Late,
        (false, false) => FollowUpState::Overdue,
        (false, true) if left.is_some() => FollowUpState::Lapsed,
        (false, true) => FollowUpState::Open,
    };
    assert_eq!((one.micros, one.state), (micros, state), "{one:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, ..ProptestConfig::default() })]

    #[test]
    fn follow_ups_are_what_going_through_the_days_gives(world in worlds()) {
        let (graph, set) = (world.graph(), world.policies());
        let policies: Vec<&Policy> = set.entries().iter().map(|entry| &entry.policy).collect();
        let all: Vec<&Signal> = world.signals.iter().collect();
        let histories = histories(&graph, &all, &set, world.as_of);
        let found = follow_ups(&graph, &histories, &policies, &world.signals, day(0)..=world.as_of).unwrap();
        for group in GROUPS {
            check(&world, &set, group, &found.entries.iter().filter(|one| one.group_id == group.0).collect::<Vec<_>>());
        }
        let order: Vec<_> = found.entries.iter().map(|one| (one.from.day(), &one.account_id, &one.group_id)).collect();
        prop_assert!(order.windows(2).all(|pair| pair[0] < pair[1]));
        let count = |promise: &str, state| found.entries.iter().filter(|one| one.promise == promise && one.state == state).count() as u64;
        for counts in &found.by_promise {
            let [met, late, open, overdue, lapsed] = FollowUpState::ALL.map(|(_, state)| count(counts.promise, state));
            prop_assert_eq!((counts.met, counts.late, counts.open, counts.overdue, counts.lapsed), (met, late, open, overdue, lapsed));
            prop_assert_eq!((counts.kept.count(), counts.kept.of()), (met, met + late + overdue));
        }
        let of_all = found.by_speed.iter().map(|speed| (speed.opened.of(), speed.opened.count(), speed.won.count()));
        let sums = of_all.fold((0, 0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2));
        let number = |is: fn(&FollowUp) -> bool| found.entries.iter().filter(|one| is(one)).count() as u64;
        prop_assert_eq!(sums, (number(|_| true), number(|one| one.opened), number(|one| one.won)));

        // Telling less changes nothing of what is told, and who was in is counted.
        let begin = day(7);
        let later = follow_ups(&graph, &histories, &policies, &world.signals, begin..=world.as_of).unwrap();
        let rest: Vec<_> = found.entries.iter().filter(|one| one.from.day() >= begin).cloned().collect();
        prop_assert_eq!(&later.entries, &rest);
        let in_before = GROUPS.iter().filter(|group| {
            stays(&world, &set, group.0).iter().any(|(entered, _, left)| *entered < begin && left.is_none_or(|left| left >= begin))
        });
        prop_assert_eq!(later.in_before, in_before.count() as u64);

        // The order of signals changes nothing.
        let turned: Vec<&Signal> = world.signals.iter().rev().collect();
        prop_assert_eq!(follow_ups(&graph, &histories, &policies, turned, day(0)..=world.as_of).unwrap(), found);
    }
}

/// The worlds that are drawn hold everything that is to be found.
#[test]
fn no_case_is_missing_from_what_is_drawn() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for _ in 0..400 {
        let world = worlds().new_tree(&mut runner).unwrap().current();
        let (graph, set) = (world.graph(), world.policies());
        let policies: Vec<&Policy> = set.entries().iter().map(|entry| &entry.policy).collect();
        let histories = histories(&graph, &world.signals.iter().collect::<Vec<_>>(), &set, world.as_of);
        for one in follow_ups(&graph, &histories, &policies, &world.signals, day(0)..=world.as_of).unwrap().entries {
            seen.insert(format!("{} {} {}", one.route, one.promise, if one.already_in { "again" } else { "first" }));
            seen.insert(one.state.token().into());
            seen.insert(format!("opened {} won {}", one.opened, one.won));
            if one.promise == "rule" {
                let by_ours = world.counted().iter().any(|signal| signal.at == one.from && is_ours(signal));
                seen.insert(format!("at an act of ours {by_ours}"));
            }
        }
        let again = histories.iter().any(|(_, history)| history.entries.len() > 1);
        seen.insert(format!("came in again {again}"));
    }
    for wanted in [
        "rule rule first",
        "rule hand_raise first",
        "rule hand_raise again",
        "hand_raise hand_raise first",
        "hand_raise hand_raise again",
        "met",
        "late",
        "open",
        "overdue",
        "lapsed",
        "opened true won true",
        "opened true won false",
        "at an act of ours true",
        "at an act of ours false",
        "came in again true",
    ] {
        assert!(seen.contains(wanted), "no `{wanted}` in {seen:?}");
    }
}

#[test]
fn a_policy_that_is_not_given_is_an_error() {
    let signals = vec![Signal::of_contact("q0", "demo_request", hour(9)).unwrap()];
    let world = World { signals, opportunities: Vec::new(), dispositions: Vec::new(), as_of: day(5), weekdays: false };
    let (graph, set) = (world.graph(), world.policies());
    let histories = histories(&graph, &world.counted(), &set, world.as_of);
    let other = Policy::default();
    let error = follow_ups(&graph, &histories, &[&other], &world.signals, day(0)..=day(5)).unwrap_err();
    assert_eq!(error, FunnelError::PolicyNotGiven { group: "b".into(), policy: "wide".into() });
    assert_eq!(error.to_string(), "`b` came in by the policy `wide`, which is not among those given");
    let policies: BTreeSet<&str> = set.entries().iter().map(|entry| entry.policy.name()).collect();
    assert_eq!(policies.len(), 2);
}
