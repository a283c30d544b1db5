//! Campaigns: what became of each signal, and whom it reached, found signal by signal.

use crate::bridge;
use crate::oracle::{self, STATES, Sheet, Whose};
use crate::strategies::{Case, cases};
use crate::vary::config;
use crate::world::{Contact, Group, Signal, Subject, World};
use proptest::prelude::*;
use quorate::{Assessor, CampaignFigures, CampaignSignals, Campaigns, GroupHistories, campaigns};
use std::collections::{BTreeMap, BTreeSet};

/// What the library says, the signals coming in that order. No group has a history, since nothing here asks for one.
fn found(case: &Case, signals: &[quorate::Signal]) -> Campaigns {
    let (graph, policy, tally) = (bridge::graph(&case.world), bridge::policy(&case.policy), bridge::tally(&case.world));
    campaigns(&Assessor::new(&graph, &tally, &policy), &GroupHistories::default(), signals, &[], |_| 2, bridge::day(case.day))
}

/// By campaign, what became of its signals.
type States = BTreeMap<Option<String>, BTreeMap<&'static str, u64>>;

fn told(found: &Campaigns) -> States {
    let states = |signals: &CampaignSignals| signals.iter().filter(|(_, count)| *count > 0).collect();
    let named = found.campaigns.iter().map(|one| (Some(one.name.clone()), states(&one.figures.signals)));
    named.chain([(None, states(&found.without))]).filter(|(_, states): &(_, BTreeMap<_, _>)| !states.is_empty()).collect()
}

/// What signals of one id are told apart by, the least first.
fn content(signal: &Signal) -> (i128, &Subject, &str, Option<&str>, Option<&str>, bool) {
    let Signal { subject, kind, solution, campaign, quarantined, .. } = signal;
    (oracle::instant(&signal.at), subject, kind, solution.as_deref(), campaign.as_deref(), *quarantined)
}

/// The signals that count under their ids, and the others.
fn unrepeated(world: &World) -> (Vec<&Signal>, Vec<&Signal>) {
    let (mut kept, mut repeated): (Vec<&Signal>, Vec<&Signal>) = (Vec::new(), Vec::new());
    for signal in &world.signals {
        let same = |other: &&mut &Signal| signal.id.is_some() && other.id == signal.id;
        match kept.iter_mut().find(same) {
            None => kept.push(signal),
            Some(known) if content(signal) < content(known) => repeated.push(std::mem::replace(known, signal)),
            Some(_) => repeated.push(signal),
        }
    }
    (kept, repeated)
}

fn contact<'w>(world: &'w World, id: &str) -> Option<&'w Contact> {
    world.contacts.iter().find(|contact| contact.id == id)
}

/// Where the subject of a signal is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Home {
    /// Nobody knows it.
    Nowhere,
    /// It is there, without an account.
    Own,
    Account(String),
}

fn home(world: &World, signal: &Signal) -> Home {
    match &signal.subject {
        Subject::Account(id) if world.accounts.iter().any(|account| account.id == *id) => Home::Account(id.clone()),
        Subject::Contact(id) => {
            contact(world, id).map_or(Home::Nowhere, |contact| contact.account.clone().map_or(Home::Own, Home::Account))
        }
        _ => Home::Nowhere,
    }
}

fn place(state: &str) -> usize {
    STATES.iter().position(|one| *one == state).expect("a state")
}

/// The state of every signal of an account in one of its groups, as if it came alone; then those on a line share what the line comes to, the earliest first.
fn states_in(case: &Case, group: &Group, signals: &[&Signal]) -> Vec<&'static str> {
    let Case { world, policy, day } = case;
    let alone = |signal: &&Signal| {
        let world = World { signals: vec![(*signal).clone()], ..world.clone() };
        let intake = oracle::intake(&world, policy, &group.id, *day);
        *intake.iter().find(|(_, count)| **count == 1).expect("a signal of the account").0
    };
    let alone: Vec<&str> = signals.iter().map(alone).collect();
    let ledger = oracle::ledger(world, policy, &group.id, *day);
    let members = oracle::members(world, policy, &group.id, *day);
    let whose = |signal: &Signal| match &signal.subject {
        Subject::Contact(id) => members.iter().find(|one| one.contacts.contains(id)).map(|one| Whose::Member(one.id.clone())),
        _ => Some(Whose::Anonymous),
    };
    let scored = |at: usize| place(alone[at]) > place("zero_points");
    let key = |at: usize| (whose(signals[at]), signals[at].kind.as_str(), oracle::day_of(&signals[at].at));
    let state = |at: usize| {
        if !scored(at) {
            return alone[at];
        }
        let (whose, kind, day) = key(at);
        let sheet: &Sheet = &ledger[&whose.expect("a member or a visitor")];
        let line = sheet.lines.iter().find(|line| line.kind == kind && line.day == day).expect("a line");
        let is_before = |other: &usize| (content(signals[*other]), *other) < (content(signals[at]), at);
        let before = (0..signals.len()).filter(|other| scored(*other) && key(*other) == key(at)).filter(is_before).count();
        if before < line.count - line.over_daily_cap() { line.state() } else { "capped_daily" }
    };
    (0..signals.len()).map(state).collect()
}

fn expected_states(case: &Case) -> States {
    let world = &case.world;
    let (kept, repeated) = unrepeated(world);
    let mut states = States::new();
    let mut add = |signal: &Signal, state| *states.entry(signal.campaign.clone()).or_default().entry(state).or_default() += 1;
    for signal in repeated {
        add(signal, "duplicate");
    }
    for (at, state) in [(Home::Nowhere, "unknown_subject"), (Home::Own, "no_group")] {
        kept.iter().filter(|signal| home(world, signal) == at).for_each(|signal| add(signal, state));
    }
    for account in &world.accounts {
        let at = Home::Account(account.id.clone());
        let own: Vec<&Signal> = kept.iter().filter(|signal| home(world, signal) == at).copied().collect();
        let groups: Vec<Group> = oracle::groups(world).into_iter().filter(|group| group.account == account.id).collect();
        let in_groups: Vec<Vec<&'static str>> = groups.iter().map(|group| states_in(case, group, &own)).collect();
        for (at, signal) in own.iter().enumerate() {
            add(signal, in_groups.iter().map(|states| states[at]).max_by_key(|state| place(state)).expect("a group"));
        }
    }
    states
}

/// Who is what to the groups of an account.
struct Roll<'c> {
    case: &'c Case,
    members: Vec<oracle::Member>,
}

impl<'c> Roll<'c> {
    fn of(case: &'c Case, home: &str) -> Self {
        let groups = oracle::groups(&case.world).into_iter().filter(|group| group.account == home);
        let members = groups.flat_map(|group| oracle::members(&case.world, &case.policy, &group.id, case.day)).collect();
        Self { case, members }
    }

    fn person(&self, id: &str) -> Vec<&'c Contact> {
        let of = |contact: &Contact| contact.person.clone().unwrap_or_else(|| contact.id.clone());
        let one = contact(&self.case.world, id).expect("a contact");
        self.case.world.contacts.iter().filter(|other| other.account == one.account && of(other) == of(one)).collect()
    }

    fn standing(&self, id: &str) -> &'static str {
        let policy = &self.case.policy;
        let decides =
            |role: &String| policy["roles"].as_array().expect("roles").iter().any(|one| one["name"] == **role && one["decides"] == true);
        let person = self.person(id);
        let deciding = self.members.iter().filter(|member| member.roles.iter().any(decides));
        if person.iter().any(|contact| deciding.clone().any(|member| member.contacts.contains(&contact.id))) {
            "deciding"
        } else if person[0].account.is_none() || person.iter().all(|contact| oracle::is_out(contact, policy)) {
            "excluded"
        } else {
            "other"
        }
    }

    fn never_counts(&self, id: &str) -> bool {
        !self.members.iter().any(|member| !member.opponent && member.contacts.contains(id))
    }
}

/// The people of a campaign by standing, its accounts, and its signals that reached somebody and those of them that never count.
type Reach = (BTreeMap<&'static str, u64>, BTreeSet<String>, u64, u64);

fn expected_reach(case: &Case, is_of: impl Fn(&Signal) -> bool) -> Reach {
    let world = &case.world;
    let (mut people, mut accounts, mut signals, mut never) = (BTreeMap::new(), BTreeSet::new(), 0, 0);
    let (kept, _) = unrepeated(world);
    for signal in kept.into_iter().filter(|one| is_of(one) && !one.quarantined && oracle::day_of(&one.at) <= case.day) {
        let account = match home(world, signal) {
            Home::Nowhere => continue,
            Home::Own => None,
            Home::Account(id) => Some(id),
        };
        accounts.extend(account.clone());
        signals += 1;
        if let Subject::Contact(id) = &signal.subject {
            let roll = Roll::of(case, account.as_deref().unwrap_or("nobody's"));
            let person = roll.person(id).iter().map(|contact| contact.id.clone()).min().expect("a contact");
            people.insert(person, roll.standing(id));
            never += u64::from(roll.never_counts(id));
        }
    }
    let mut counts = BTreeMap::new();
    for standing in people.into_values() {
        *counts.entry(standing).or_default() += 1;
    }
    (counts, accounts, signals, never)
}

fn told_reach(figures: &CampaignFigures) -> (BTreeMap<&'static str, u64>, u64, u64, u64) {
    let people = &figures.people;
    let counts = [("deciding", people.deciding), ("other", people.other), ("excluded", people.excluded)];
    let counts = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    (counts, figures.accounts.total(), figures.reached.signals, figures.reached.never)
}

/// The accounts by the fit of their best group.
fn expected_fit(case: &Case, accounts: &BTreeSet<String>) -> BTreeMap<String, u64> {
    let assessed = bridge::assessment(&case.world, &case.policy, case.day);
    let mut counts = BTreeMap::new();
    for account in assessed.accounts.iter().filter(|account| accounts.contains(account.account_id())) {
        let fit = &account.best().fit;
        let tier =
            fit.tier.map_or_else(|| if fit.definite.is_some() { "unknown" } else { "not_configured" }.into(), |tier| tier.to_string());
        *counts.entry(tier).or_default() += 1;
    }
    counts
}

fn check_reach(case: &Case, figures: &CampaignFigures, is_of: impl Fn(&Signal) -> bool) -> Result<(), TestCaseError> {
    let (people, accounts, signals, never) = expected_reach(case, is_of);
    prop_assert_eq!(told_reach(figures), (people, accounts.len() as u64, signals, never));
    let fit: BTreeMap<String, u64> =
        figures.accounts.iter().filter(|(_, count)| *count > 0).map(|(tier, count)| (tier.into(), count)).collect();
    prop_assert_eq!(fit, expected_fit(case, &accounts));
    Ok(())
}

/// The world with the first group of each account alone.
fn one_group_each(mut world: World) -> World {
    let mut seen = BTreeSet::new();
    world.groups.retain(|group| seen.insert(group.account.clone()));
    let kept: BTreeSet<String> = oracle::groups(&world).into_iter().map(|group| group.id).collect();
    world.members.retain(|row| kept.contains(&row.group));
    world.dispositions.retain(|one| kept.contains(&one.group));
    world.opportunities.retain(|one| one.group.as_ref().is_none_or(|group| kept.contains(group)));
    world
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn every_signal_of_a_campaign_has_exactly_one_state(case in cases()) {
        let found = found(&case, &bridge::signals(&case.world));
        prop_assert_eq!(told(&found), expected_states(&case));
        let all: u64 = found.campaigns.iter().map(|one| one.figures.signals.total()).sum();
        prop_assert_eq!((all, all + found.without.total()), (found.all.signals.total(), case.world.signals.len() as u64));
    }

    #[test]
    fn campaigns_reach_people_and_accounts_once_each(case in cases()) {
        let found = found(&case, &bridge::signals(&case.world));
        for one in &found.campaigns {
            check_reach(&case, &one.figures, |signal| signal.campaign.as_ref() == Some(&one.name))?;
        }
        check_reach(&case, &found.all, |signal| signal.campaign.is_some())?;
    }
}

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn states_add_up_to_the_intake(case in cases()) {
        let case = Case { world: one_group_each(case.world), ..case };
        let found = found(&case, &bridge::signals(&case.world));
        let assessed = bridge::assessment(&case.world, &case.policy, case.day);
        let sum = |of: fn(&CampaignSignals) -> u64| of(&found.all.signals) + of(&found.without);
        prop_assert_eq!(sum(|signals| signals.duplicate), assessed.run.duplicate);
        prop_assert_eq!(sum(|signals| signals.unknown_subject), assessed.run.unknown_subject);
        for (token, state) in quorate::SignalState::ALL {
            let of = |signals: &CampaignSignals| signals.states.count(state);
            let intake: u64 = assessed.groups().map(|group| group.intake.count(state)).sum();
            prop_assert_eq!(of(&found.all.signals) + of(&found.without), intake, "{}", token);
        }
    }

    #[test]
    fn order_of_signals_changes_nothing((case, signals) in cases().prop_flat_map(|case| {
        let signals = Just(bridge::signals(&case.world)).prop_shuffle();
        (Just(case), signals)
    })) {
        prop_assert_eq!(found(&case, &signals), found(&case, &bridge::signals(&case.world)));
    }
}
