//! Groups over time: what was known on each day, what became of it, and leads counted one by one beside.

use std::collections::BTreeMap;

use proptest::prelude::*;
use quorate::{
    Account, AccountGraph, Assessor, BackTestError, BackTestOptions, BuyingGroup, Contact, Contender, Day, DecisionDays, Known,
    Opportunity, Outcome, Policy, PortfolioDocument, RankBy, Relationship, Signal, SignalTally, Stance, State, Subject, Timeline,
    back_test,
};
use serde_json::{Value, json};

use super::deals::day;
use super::draw::Draw;
use super::oracle::{Row, agrees, decimal, sizes};

const FIRST: i32 = 20_000;
const ROLES: [&str; 4] = ["economic_buyer", "champion", "end_user", "decision_maker"];
const KINDS: [&str; 6] = ["demo_request", "webinar_attended", "page_view", "content_download", "pricing_page", "meeting_held"];

#[derive(Debug)]
struct World {
    document: PortfolioDocument,
    signals: Vec<Signal>,
}

fn world(seed: u64, accounts: u64, groups: bool, late: u64) -> World {
    let mut draw = Draw(seed);
    let (mut document, mut signals) = (PortfolioDocument::default(), Vec::new());
    for number in 0..accounts {
        let id = format!("a{number}");
        document.accounts.push(Account::new(&id).unwrap());
        let own: Vec<String> = if groups && draw.chance(40) { vec![format!("{id}-g"), format!("{id}-h")] } else { vec![id.clone()] };
        for (at, group) in own.iter().enumerate().filter(|(_, group)| **group != id) {
            let solution = (at == 1).then(|| "crm".parse().unwrap());
            document.groups.push(BuyingGroup { solution, ..BuyingGroup::new(group, &id).unwrap() });
        }
        for person in 0..=draw.below(3) {
            let contact = contact(&mut draw, &id, person);
            for _ in 0..draw.below(7) {
                signals.push(signal(&mut draw, contact.id.as_str(), late));
            }
            document.contacts.push(contact);
        }
        for deal in 0..draw.below(3) {
            let of = draw.chance(40).then(|| draw.one(&own));
            document.opportunities.push(opportunity(&mut draw, &id, of, deal));
        }
    }
    World { document, signals }
}

fn contact(draw: &mut Draw, account: &str, person: u64) -> Contact {
    let mut contact = Contact::new(&format!("{account}-c{person}"), account).unwrap().with_role(draw.one(&ROLES)).unwrap();
    contact.person = draw.chance(15).then(|| format!("{account}-p").parse().unwrap());
    contact.relationship = draw.chance(15).then(|| draw.one(&[Relationship::Student, Relationship::OwnStaff]));
    contact.created = draw.chance(30).then(|| day(FIRST + draw.small(100)));
    contact.stance = if draw.chance(10) { Stance::Opponent } else { Stance::Unknown };
    contact.active = !draw.chance(5);
    if draw.chance(20) {
        contact.known =
            Known { from: Some(day(FIRST + draw.small(120))), until: draw.chance(30).then(|| day(FIRST + 120 + draw.small(60))) };
    }
    contact
}

fn signal(draw: &mut Draw, contact: &str, late: u64) -> Signal {
    let at = day(FIRST - 20 + draw.small(200));
    let mut signal = Signal::of_contact(contact, draw.one(&KINDS), at.into()).unwrap();
    signal.solution = draw.chance(20).then(|| draw.one(&["crm", "erp"]).parse().unwrap());
    if draw.chance(late) {
        signal.recorded_at = Some(day(at.days_since_epoch() + draw.small(40)).into());
    }
    if draw.chance(15) {
        signal = signal.with_id(&format!("s{}", draw.below(40))).unwrap();
    }
    signal
}

fn opportunity(draw: &mut Draw, account: &str, group: Option<String>, number: u64) -> Opportunity {
    let created = FIRST + draw.small(180);
    let outcome = if draw.chance(65) { Outcome::Won } else { draw.one(&[Outcome::Lost, Outcome::Open]) };
    // An open one may have the day on which somebody expects it to close.
    let has_day = outcome != Outcome::Open || draw.chance(50);
    let closed = has_day.then(|| day(created + draw.small(90)).into());
    Opportunity {
        id: format!("{account}-o{number}").parse().unwrap(),
        account: account.parse().unwrap(),
        group: group.map(|group| group.parse().unwrap()),
        created_at: day(created).into(),
        closed_at: closed,
        outcome,
        amount: None,
        currency: None,
    }
}

fn known(signal: &Signal) -> Day {
    signal.recorded_at.unwrap_or(signal.at).day()
}

/// What the policy says of each group on a day, and the points of each person of each account.
struct Seen {
    /// Flagged, points, readiness.
    groups: BTreeMap<String, (bool, String, String)>,
    people: BTreeMap<String, Vec<String>>,
}

fn seen(world: &World, graph: &AccountGraph, everybody: &AccountGraph, policy: &Policy, on: Day) -> Seen {
    let tally = SignalTally::from_signals(world.signals.iter().filter(|signal| known(signal) <= on)).unwrap();
    let groups = Assessor::new(graph, &tally, policy).assess(on);
    let groups = groups.groups().map(|group| {
        (group.group_id().to_owned(), (group.verdict.state == State::Qualified, group.points.to_string(), group.readiness.to_string()))
    });
    let people = Assessor::new(everybody, &tally, policy).assess(on);
    let points = |group: &quorate::GroupAssessment| {
        let json = serde_json::to_value(group).unwrap();
        json["members"].as_array().unwrap().iter().map(|member| member["points"].as_str().unwrap().to_owned()).collect()
    };
    Seen { groups: groups.collect(), people: people.groups().map(|group| (group.account_id().to_owned(), points(group))).collect() }
}

/// Everybody of an account in its default group, whoever they are.
fn everybody(document: &PortfolioDocument) -> AccountGraph {
    let mut document = PortfolioDocument { groups: Vec::new(), opportunities: Vec::new(), ..document.clone() };
    document.contacts.retain(|contact| contact.relationship != Some(Relationship::OwnStaff));
    for contact in &mut document.contacts {
        (contact.relationship, contact.stance, contact.active) = (Some(Relationship::Employee), Stance::Unknown, true);
    }
    AccountGraph::from_document(document).unwrap()
}

/// The cases of the groups, with what both contenders said; and how many are left out: censored, in a sales motion, not yet known.
fn rows(world: &World, policy: &Policy, days: DecisionDays, horizon: i32, end: i32) -> ([Vec<Row>; 2], [u64; 3]) {
    let (graph, everybody) = (AccountGraph::from_document(world.document.clone()).unwrap(), everybody(&world.document));
    let mut seen_on: BTreeMap<i32, Seen> = BTreeMap::new();
    let (mut both, mut left_out) = ([Vec::new(), Vec::new()], [0; 3]);
    for account in &world.document.accounts {
        for group in graph.groups_of(account.id.as_str()) {
            let applies = |one: &&Opportunity| one.account == account.id && one.group.as_ref().is_none_or(|of| *of == group.id);
            let deals: Vec<&Opportunity> = world.document.opportunities.iter().filter(applies).collect();
            for (on, deal) in decisions(days, &deals) {
                if on + horizon > end {
                    left_out[0] += 1;
                    continue;
                }
                if deal.is_none() && first_day(world, account.id.as_str()).is_none_or(|first| first > on) {
                    left_out[2] += 1;
                    continue;
                }
                let closed =
                    |one: &Opportunity| one.closed_at.filter(|_| one.outcome != Outcome::Open).map(|at| at.day().days_since_epoch());
                let created = |one: &Opportunity| one.created_at.day().days_since_epoch();
                if deal.is_none() && deals.iter().any(|one| created(one) <= on && closed(one).is_none_or(|closed| closed > on)) {
                    left_out[1] += 1;
                    continue;
                }
                let in_time = |one: &Opportunity| {
                    one.outcome == Outcome::Won && closed(one).is_some_and(|closed| closed > on && closed <= on + horizon)
                };
                let won = deal.map_or_else(|| deals.iter().any(|one| in_time(one)), in_time);
                let opened = deals
                    .iter()
                    .filter(|one| deal.is_none() && in_time(one) && created(one) > on)
                    .min_by_key(|one| (created(one), one.id.clone()));
                let seen = seen_on.entry(on).or_insert_with(|| seen(world, &graph, &everybody, policy, day(on)));
                let (flagged, points, readiness) = &seen.groups[group.id.as_str()];
                let by_readiness = policy.document().back_test.rank_by == RankBy::Readiness;
                let people = &seen.people[account.id.as_str()];
                let leads = people.iter().filter(|points| decimal(points) >= decimal("60")).count() as u64;
                let best = people.iter().map(|points| decimal(points)).max().unwrap_or_else(|| decimal("0"));
                let row = Row {
                    account: account.id.to_string(),
                    unit: deal.map_or_else(|| group.id.to_string(), |deal| deal.id.to_string()),
                    day: Some(on),
                    won,
                    opened: opened.map(|one| (one.id.to_string(), created(one) - on)),
                    flagged: *flagged,
                    score: decimal(if by_readiness { readiness } else { points }),
                    leads: 0,
                };
                both[1].push(Row { flagged: leads > 0, score: best, leads, ..row.clone() });
                both[0].push(row);
            }
        }
    }
    (both, left_out)
}

/// The first day on which anything was known of an account.
fn first_day(world: &World, account: &str) -> Option<i32> {
    let of = |contact: &Contact| contact.account.as_ref().is_some_and(|of| of.as_str() == account);
    let contacts: Vec<&Contact> = world.document.contacts.iter().filter(|contact| of(contact)).collect();
    let heard =
        world.signals.iter().filter(|signal| contacts.iter().any(|one| signal.subject == Subject::Contact(one.id.clone()))).map(known);
    let said = contacts.iter().flat_map(|one| [one.known.from, one.created]).flatten();
    let deals = world.document.opportunities.iter().filter(|one| one.account.as_str() == account).map(|one| one.created_at.day());
    heard.chain(said).chain(deals).min().map(Day::days_since_epoch)
}

/// The days on which is decided of a group, with the opportunity where it is that of one.
fn decisions<'d>(days: DecisionDays, deals: &[&'d Opportunity]) -> Vec<(i32, Option<&'d Opportunity>)> {
    match days {
        DecisionDays::Every { first, last, step } => {
            let (first, last) = (first.days_since_epoch(), last.days_since_epoch());
            (first..=last).filter(|on| (on - first) % i32::from(step) == 0).map(|on| (on, None)).collect()
        }
        DecisionDays::BeforeEachOpportunity => deals.iter().map(|one| (one.created_at.day().days_since_epoch() - 1, Some(*one))).collect(),
    }
}

/// The default policy, ranking groups as said, a lead being passed from 60 points on.
fn policy(rank_by: &str) -> Policy {
    let mut document = serde_json::from_str::<Value>(&Policy::default().to_json()).unwrap();
    document["back_test"]["mql_points"] = json!("60");
    document["back_test"]["rank_by"] = json!(rank_by);
    document["qualification"] = json!({"all": [{"points": {"at_least": "30"}}]});
    Policy::from_json(&document.to_string()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Every figure, of groups and of leads, on the days of a calendar and before each opportunity, with signals that came late.
    #[test]
    fn back_tests_of_groups_equal_a_count_by_hand(
        seed: u64, accounts in 60_u64..150, groups: bool, late in prop_oneof![Just(0_u64), Just(40)],
        calendar in prop::bool::weighted(0.7), step in 5_u16..30, horizon in 20_u16..90, percent in 5_u8..=60,
        rank_by in prop_oneof![Just("points"), Just("readiness")],
    ) {
        let world = world(seed, accounts, groups, late);
        let policy = policy(rank_by);
        let days = if calendar {
            DecisionDays::Every { first: day(FIRST), last: day(FIRST + 140), step }
        } else {
            DecisionDays::BeforeEachOpportunity
        };
        let end = FIRST + 190;
        let mut options = BackTestOptions::on(days);
        options.horizon_days = Some(horizon);
        options.held_out_percent = Some(percent);
        options.data_end = Some(day(end));
        let graph = AccountGraph::from_document(world.document.clone()).unwrap();
        let contenders = [Contender::groups("groups", &policy), Contender::leads("leads", &policy)];
        let found = back_test(&graph, &Timeline::new(&world.signals), &contenders, &options);
        let (both, left_out) = rows(&world, &policy, days, horizon.into(), end);
        let (won, not_won) = sizes(&both[0]);
        if won < 40 || not_won < 40 {
            prop_assert_eq!(found, Err(BackTestError::TooFew { won, not_won, least: 40 }));
            return Ok(());
        }
        let found = found.unwrap();
        prop_assert_eq!([found.left_out.censored, found.left_out.in_sales_motion, found.left_out.not_yet_known], left_out);
        let json = serde_json::to_value(&found).unwrap();
        for (number, rows) in both.iter().enumerate() {
            agrees(&json["contenders"][number], rows, percent.into(), &options.top);
        }
        let without = world.document.contacts.iter().filter(|one| one.known.from.is_none()).count();
        let warning = json["warnings"].as_array().unwrap().iter().find(|one| one["warning"] == "graph_as_of_today").cloned();
        prop_assert_eq!(warning.map(|one| (one["without"].clone(), one["of"].clone())), Some((json!(without), json!(world.document.contacts.len()))));
    }

    /// What was learned after the last decision, and later outcomes beyond every horizon, change nothing.
    #[test]
    fn what_was_learned_later_changes_no_back_test(seed: u64, late in 0_u64..3) {
        let mut world = world(seed, 120, true, 40);
        let policy = policy("points");
        let days = DecisionDays::Every { first: day(FIRST), last: day(FIRST + 100), step: 10 };
        let options = BackTestOptions { horizon_days: Some(60), data_end: Some(day(FIRST + 200)), ..BackTestOptions::on(days) };
        let run = |world: &World| {
            let graph = AccountGraph::from_document(world.document.clone()).unwrap();
            back_test(&graph, &Timeline::new(&world.signals), &[Contender::groups("groups", &policy), Contender::leads("leads", &policy)], &options)
        };
        let before = run(&world);
        let mut draw = Draw(seed ^ 1);
        for signal in &mut world.signals {
            if known(signal) > day(FIRST + 100) {
                signal.at = day(FIRST + draw.small(200)).into();
                signal.recorded_at = Some(day(FIRST + 101 + draw.small(50)).into());
                signal.kind = draw.one(&KINDS).parse().unwrap();
            }
        }
        for number in 0..late * 40 {
            let mut learned = signal(&mut draw, "a1-c0", 0);
            learned.recorded_at = Some(day(FIRST + 101 + draw.small(9)).into());
            learned.id = Some(format!("late-{number}").parse().unwrap());
            world.signals.push(learned);
        }
        prop_assert_eq!(run(&world), before);
    }
}
