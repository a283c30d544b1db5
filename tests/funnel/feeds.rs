//! Journeys and dispositions against a plain oracle that goes through everything for every case.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use quorate::{
    Assessor, Day, DispositionVerdict, GROUP_ATTRIBUTES, GroupHistories, Instant, Journeys, Opportunity, Outcome, Policy, SignalTally,
    Subject, dispositions, group_journeys, lead_journeys,
};

use crate::world::{GROUPS, OURS, STRONG, World, day, worlds};

/// The first day on which one of some deals was created on a day or later, and the first on which such a one was won.
fn deals<'o>(since: Option<Day>, all: impl Iterator<Item = &'o Opportunity>, as_of: Day) -> (Option<Day>, Option<Day>, bool) {
    let known: Vec<&Opportunity> = all.filter(|one| one.created_at.day() <= as_of).collect();
    let later: Vec<&&Opportunity> = known.iter().filter(|one| since.is_none_or(|since| one.created_at.day() >= since)).collect();
    let won = later.iter().filter(|one| one.outcome == Outcome::Won).filter_map(|one| one.closed_at).map(Instant::day);
    let created = later.iter().map(|one| one.created_at.day()).min();
    (created, won.filter(|day| *day <= as_of).min(), !known.is_empty())
}

/// Id, days, and whether its only deals are older.
type Told = (String, Vec<Option<Day>>, bool);

fn told(found: &Journeys) -> Vec<Told> {
    let before: BTreeSet<&String> = found.opened_before.iter().collect();
    found.journeys.iter().map(|one| (one.id.clone(), one.reached.clone(), before.contains(&one.id))).collect()
}

fn leads(world: &World) -> Vec<Told> {
    let persons: [(&str, &str, &[&str]); 6] = [
        ("p0", "a", &["p0", "p1"]),
        ("p2", "a", &["p2"]),
        ("p3", "a", &["p3", "p4"]),
        ("p5", "a", &["p5"]),
        ("q0", "b", &["q0"]),
        ("q1", "b", &["q1"]),
    ];
    let of = |(id, account, contacts): (&str, &str, &[&str])| {
        let first = |is: &dyn Fn(&str) -> bool| {
            let theirs = world.counted().into_iter().filter(|signal| match &signal.subject {
                Subject::Contact(contact) => contacts.contains(&contact.as_str()) && is(signal.kind.as_str()),
                _ => false,
            });
            theirs.map(|signal| signal.at.day()).filter(|day| *day <= world.as_of).min()
        };
        let active = first(&|kind| !OURS.contains(&kind));
        let strong = first(&|kind| STRONG.contains(&kind));
        let of_account = world.opportunities.iter().filter(|one| one.account.as_str() == account);
        let (created, won, any) = if active.is_none() { (None, None, false) } else { deals(strong.or(active), of_account, world.as_of) };
        (id.to_owned(), vec![active, strong, created, won], created.is_none() && any)
    };
    persons.into_iter().filter(|(id, ..)| *id != "q1").map(of).collect()
}

fn groups(world: &World, histories: &GroupHistories) -> Vec<Told> {
    let of = |(id, account, _): (&str, &str, Option<&str>)| {
        let history = histories.get(id).unwrap();
        let qualified = history.entries.first().map(|entry| entry.day);
        let applies = |one: &&Opportunity| one.account.as_str() == account && one.group.as_ref().is_none_or(|group| group.as_str() == id);
        let (created, won, any) = deals(qualified, world.opportunities.iter().filter(applies), world.as_of);
        (id.to_owned(), vec![history.engaged, qualified, created, won], created.is_none() && any)
    };
    GROUPS.map(of).into()
}

/// By campaign: the dispositions of groups of whose account it was heard by then; accepted, all, and each reason.
type Said = BTreeMap<Option<String>, (u64, u64, BTreeMap<(DispositionVerdict, Option<String>), u64>)>;

fn by_campaign(world: &World, begin: Day) -> Said {
    let mut found = Said::new();
    for one in world.dispositions.iter().filter(|one| (begin..=world.as_of).contains(&one.at.day())) {
        let account = if one.group.as_str() == "b" { "b" } else { "a" };
        let heard = |subject: &Subject| match subject {
            Subject::Account(id) => id.as_str() == account,
            Subject::Contact(id) => id.as_str().starts_with(if account == "b" { 'q' } else { 'p' }),
            Subject::Email(_) => false,
        };
        let signals =
            world.signals.iter().filter(|signal| !signal.quarantined && heard(&signal.subject) && signal.at.day() <= one.at.day());
        let mut campaigns: BTreeSet<Option<String>> =
            signals.filter_map(|signal| signal.campaign.as_ref()).map(|name| Some(name.to_string())).collect();
        if campaigns.is_empty() {
            campaigns.insert(None);
        }
        for campaign in campaigns {
            let counts = found.entry(campaign).or_default();
            counts.0 += u64::from(one.verdict == DispositionVerdict::Accepted);
            counts.1 += 1;
            *counts.2.entry((one.verdict, one.reason.clone())).or_default() += 1;
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, ..ProptestConfig::default() })]

    #[test]
    fn journeys_are_what_looking_at_every_case_gives(world in worlds()) {
        let (graph, set) = (world.graph(), world.policies());
        let policies: Vec<&Policy> = set.entries().iter().map(|entry| &entry.policy).collect();
        let tally = SignalTally::from_signals(&world.signals).unwrap();
        let histories = GroupHistories::replay(&Assessor::new(&graph, &tally, &set), day(0), world.as_of, |_| ()).unwrap();
        let found = group_journeys(&graph, &histories, world.as_of);
        prop_assert_eq!(told(&found), groups(&world, &histories));
        for (journey, (id, account, solution)) in found.journeys.iter().zip(GROUPS) {
            let attribute = |name: &str| journey.attributes.get(name).map(String::as_str);
            let route = histories.get(id).unwrap().entries.first().map(|entry| entry.route.token());
            // The account has attributes of its own called route and origin.
            prop_assert_eq!((attribute("route"), attribute("origin"), attribute("account")), (route, Some(account), Some(account)));
            prop_assert_eq!((attribute("solution"), attribute("policy")), (solution, Some(if id == "g1" { "narrow" } else { "wide" })));
        }
        let people = lead_journeys(&graph, &tally, policies, world.as_of);
        prop_assert_eq!(told(&people), leads(&world));
        // Telling less leaves out those that had come somewhere before.
        let (rest, before) = people.clone().since(day(5));
        let is_old = |one: &Told| one.1.iter().flatten().any(|reached| *reached < day(5));
        let kept: Vec<Told> = told(&people).into_iter().filter(|one| !is_old(one)).collect();
        prop_assert_eq!((told(&rest), before), (kept.clone(), (told(&people).len() - kept.len()) as u64));
    }

    #[test]
    fn campaigns_take_every_disposition_after_them(world in worlds()) {
        let (graph, set) = (world.graph(), world.policies());
        let tally = SignalTally::from_signals(&world.signals).unwrap();
        let histories = GroupHistories::replay(&Assessor::new(&graph, &tally, &set), day(0), world.as_of, |_| ()).unwrap();
        for begin in [day(0), day(9)] {
            let found = dispositions(&graph, &histories, &world.signals, begin..=world.as_of.max(begin));
            let rows = found.by_campaign.iter().map(|one| {
                let reasons = one.accepted.reasons.iter().map(|one| ((one.verdict, one.reason.clone()), one.count)).collect();
                (one.of.clone(), (one.accepted.accepted.count(), one.accepted.accepted.of(), reasons))
            });
            let expected = if world.as_of < begin { Said::new() } else { by_campaign(&world, begin) };
            if world.as_of >= begin {
                prop_assert_eq!(rows.collect::<Said>(), expected);
            }
        }
    }
}

#[test]
fn the_names_of_what_is_known_of_groups_are_reserved() {
    assert!(["account", "policy", "route", "solution", "industry", "country"].iter().all(|name| GROUP_ATTRIBUTES.contains(name)));
}
