//! Ways to change a world or a policy, for laws that relate two runs.

use crate::oracle::{self, day_of};
use crate::strategies::{Case, days, default_policy, policies, world_with};
use crate::world::{Contact, Day, Group, HeldRole, MemberRow, Signal, Subject, World, moment};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::FileFailurePersistence;
use quorate::{Assessment, GroupAssessment};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How many cases; failures are kept beside the source.
pub fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    }
}

/// Everything that an assessment says, as bytes.
pub fn bytes(assessment: &Assessment) -> (String, String) {
    let text = |accounts| serde_json::to_string(accounts).expect("serialises");
    (text(&assessment.accounts), serde_json::to_string(&assessment.run).expect("serialises"))
}

/// The same groups before and after a change, side by side.
#[track_caller]
pub fn side_by_side<'a>(before: &'a Assessment, after: &'a Assessment) -> Vec<(&'a GroupAssessment, &'a GroupAssessment)> {
    let (before, after): (Vec<_>, Vec<_>) = (before.groups().collect(), after.groups().collect());
    let ids = |groups: &[&GroupAssessment]| groups.iter().map(|group| group.group_id().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(&before), ids(&after));
    before.into_iter().zip(after).collect()
}

/// The contacts, with their accounts, that an index may choose.
pub fn one<T>(items: &[T], place: Index) -> Option<&T> {
    (!items.is_empty()).then(|| place.get(items))
}

// Policies.

/// The kinds of a policy that are wanted.
pub fn kinds(policy: &Value, is_wanted: impl Fn(&Value) -> bool) -> Vec<String> {
    let all = policy["kinds"].as_array().expect("kinds").iter();
    all.filter(|kind| is_wanted(kind)).map(|kind| kind["name"].as_str().expect("a name").to_owned()).collect()
}

pub fn points_of(kind: &Value) -> oracle::Q {
    oracle::decimal(kind["points"].as_str().expect("points")).expect("a decimal")
}

pub fn zero() -> oracle::Q {
    oracle::decimal("0").expect("a decimal")
}

/// The policy with the default rule, the default exclusion and the default roll-up. Disqualifiers that ask for a signal go, since such a rule
/// says that a signal lowers the verdict (`a_disqualifying_signal_lowers`).
pub fn under_the_default_rule(mut policy: Value) -> Value {
    let default = default_policy();
    for part in ["qualification", "exclusion"] {
        policy[part] = default[part].clone();
    }
    policy["group"]["roll_up"] = json!({"type": "weighted"});
    policy["fit"]["disqualifiers"].as_array_mut().expect("a list").retain(|is| is["intent"].is_null());
    policy
}

/// The policy in which what was held against people speaks for them.
pub fn without_negative_kinds(mut policy: Value) -> Value {
    for kind in policy["kinds"].as_array_mut().expect("kinds") {
        if points_of(kind) < zero() {
            kind["points"] = json!(kind["points"].as_str().expect("points").trim_start_matches('-'));
            kind["tier"] = json!("low");
        }
    }
    policy
}

/// Cases under policies that keep the default rule and roll-up, whatever else they change.
pub fn steady_cases() -> BoxedStrategy<Case> {
    let case = |policy: Value| (world_with(&policy), Just(policy), days());
    let policies = policies().prop_map(under_the_default_rule);
    policies.prop_flat_map(case).prop_map(|(world, policy, day)| Case { world, policy, day }).boxed()
}

// Signals.

/// A signal in the making.
#[derive(Clone, Debug)]
pub struct Draft {
    whose: Index,
    /// The account's own, one time in five.
    unnamed: bool,
    kind: Index,
    pub age: Day,
    second: i64,
    pub quarantined: bool,
    solution: Option<String>,
    has_id: bool,
}

pub fn drafts(ages: impl Strategy<Value = Day> + 'static, most: usize) -> BoxedStrategy<Vec<Draft>> {
    let about = (prop::option::weighted(0.3, select(vec!["crm".to_owned(), "erp".to_owned()])), prop::bool::weighted(0.1), any::<bool>());
    let whose = (any::<Index>(), prop::bool::weighted(0.2), any::<Index>());
    let draft = (whose, ages, select(vec![0, 43_200, 86_399]), about).prop_map(
        |((whose, unnamed, kind), age, second, (solution, quarantined, has_id))| Draft {
            whose,
            unnamed,
            kind,
            age,
            second,
            quarantined,
            solution,
            has_id,
        },
    );
    prop::collection::vec(draft, 1..=most).boxed()
}

/// The signals of some contacts and accounts of the world, of some kinds, with ids that nothing else has.
pub fn made(world: &World, drafts: &[Draft], kinds: &[String], day: Day) -> Vec<Signal> {
    let accounts: Vec<Subject> = world.accounts.iter().map(|account| Subject::Account(account.id.clone())).collect();
    let contacts: Vec<Subject> = world.contacts.iter().map(|contact| Subject::Contact(contact.id.clone())).collect();
    let make = |(number, draft): (usize, &Draft)| {
        let subject = one(if draft.unnamed { &accounts } else { &contacts }, draft.whose)?.clone();
        Some(Signal {
            id: draft.has_id.then(|| format!("fresh, {number}")),
            subject,
            kind: one(kinds, draft.kind)?.clone(),
            at: moment(day - draft.age, draft.second),
            solution: draft.solution.clone(),
            campaign: None,
            quarantined: draft.quarantined,
        })
    };
    drafts.iter().enumerate().filter_map(make).collect()
}

/// One signal per id (the one that counts), and every signal without an id.
pub fn unrepeated(world: &World) -> Vec<Signal> {
    let conflicts = oracle::conflicts(world);
    let mut seen = BTreeSet::new();
    let keep = |signal: &Signal| {
        let Some(id) = &signal.id else { return Some(signal.clone()) };
        let conflict = conflicts.iter().find(|conflict| conflict.id == *id);
        seen.insert(id.clone()).then(|| conflict.map_or_else(|| signal.clone(), |conflict| conflict.kept.clone()))
    };
    world.signals.iter().filter_map(keep).collect()
}

/// Whether a signal is the account's or that of any of its contacts.
pub fn is_of(world: &World, signal: &Signal, account: &str) -> bool {
    match &signal.subject {
        Subject::Account(id) => id == account,
        Subject::Contact(id) => world.contacts.iter().any(|contact| contact.id == *id && contact.account.as_deref() == Some(account)),
        Subject::Email(_) => false,
    }
}

/// Only what happened up to a day.
pub fn up_to(mut world: World, day: Day) -> World {
    world.signals.retain(|signal| day_of(&signal.at) <= day);
    world
}

// People and accounts.

/// All that the world knows of one account.
pub fn only(world: &World, account: &str) -> World {
    let is_here = |of: &Option<String>| of.as_deref() == Some(account);
    let people: BTreeSet<&String> = world.contacts.iter().filter(|contact| is_here(&contact.account)).map(|contact| &contact.id).collect();
    let groups: Vec<Group> = oracle::groups(world).into_iter().filter(|group| group.account == account).collect();
    let is_group = |id: &String| groups.iter().any(|group| group.id == *id);
    let mut here = world.clone();
    here.accounts.retain(|one| one.id == account);
    here.accounts[0].parent = None;
    here.contacts.retain(|contact| is_here(&contact.account));
    for contact in &mut here.contacts {
        contact.reports_to = contact.reports_to.take().filter(|manager| people.contains(manager));
    }
    here.groups.retain(|group| group.account == account);
    here.members.retain(|row| is_group(&row.group));
    here.ties.retain(|tie| people.contains(&tie.from) && people.contains(&tie.to));
    here.opportunities.retain(|opportunity| opportunity.account == account);
    here.dispositions.retain(|disposition| is_group(&disposition.group));
    here.signals.retain(|signal| is_of(world, signal, account));
    here
}

/// The person a contact is.
pub fn person(contact: &Contact) -> &str {
    contact.person.as_deref().unwrap_or(&contact.id)
}

/// The world without some contacts and all that names them, but for their signals.
pub fn without(mut world: World, gone: &[String]) -> World {
    let stays = |id: &String| !gone.contains(id);
    world.contacts.retain(|contact| stays(&contact.id));
    for contact in &mut world.contacts {
        contact.reports_to = contact.reports_to.take().filter(stays);
    }
    world.members.retain(|row| stays(&row.contact));
    world.ties.retain(|tie| stays(&tie.from) && stays(&tie.to));
    world
}

/// Nobody and nothing is known for a while only.
pub fn timeless(mut world: World) -> World {
    for contact in &mut world.contacts {
        (contact.known_from, contact.known_until) = (None, None);
    }
    for row in &mut world.members {
        (row.known_from, row.known_until) = (None, None);
    }
    world
}

/// Somebody new, in no contact of the world yet.
#[derive(Clone, Debug)]
pub struct Newcomer {
    account: Index,
    contact: Contact,
    /// Groups that list them, and as what.
    rows: Vec<(Index, String)>,
    signals: Vec<Draft>,
}

const ROLES: [&str; 8] =
    ["economic_buyer", "decision_maker", "champion", "technical_evaluator", "influencer", "end_user", "executive_sponsor", "unknown"];

pub fn newcomers(stances: Vec<Option<&'static str>>) -> BoxedStrategy<Newcomer> {
    let role = || select(ROLES.to_vec()).prop_map(str::to_owned);
    let roles = prop::collection::btree_set(role(), 0..=2);
    let relationship = prop_oneof![6 => Just(None), 1 => Just(Some("consultant".to_owned()))];
    let active = prop_oneof![9 => Just(None), 1 => Just(Some(false))];
    let rows = prop::collection::vec((any::<Index>(), role()), 0..=3);
    (any::<Index>(), roles, select(stances), relationship, active, rows, drafts(0_i64..40, 4))
        .prop_map(|(account, roles, stance, relationship, active, rows, signals)| {
            let roles = roles.into_iter().map(|role| HeldRole { role, evidence: None }).collect();
            let stance = stance.map(str::to_owned);
            let contact = Contact { id: "newcomer".to_owned(), roles, stance, relationship, active, ..Contact::default() };
            Newcomer { account, contact, rows, signals }
        })
        .boxed()
}

/// The world with somebody more, and what they did; none without an account.
pub fn with(world: &World, newcomer: &Newcomer, policy: &Value, day: Day) -> Option<World> {
    let account = one(&world.accounts, newcomer.account)?.id.clone();
    let mut more = world.clone();
    more.contacts.push(Contact { account: Some(account.clone()), ..newcomer.contact.clone() });
    let groups: Vec<Group> = oracle::groups(world).into_iter().filter(|group| group.account == account).collect();
    for (group, role) in &newcomer.rows {
        let group = group.get(&groups).id.clone();
        let row = MemberRow { group, contact: "newcomer".to_owned(), role: role.clone(), ..MemberRow::default() };
        if !more.members.iter().any(|other| (&other.group, &other.contact, &other.role) == (&row.group, &row.contact, &row.role)) {
            more.members.push(row);
        }
    }
    let signals = made(world, &newcomer.signals, &kinds(policy, |_| true), day);
    let theirs = signals.into_iter().map(|signal| Signal { subject: Subject::Contact("newcomer".to_owned()), ..signal });
    more.signals.extend(theirs);
    Some(more)
}

// Busy groups, which come close to being qualified.

/// One account with people in most seats, the last one perhaps an opponent.
pub fn staffs() -> BoxedStrategy<World> {
    let score = prop::option::weighted(0.7, select(vec!["49.9", "50", "80"]));
    // From the third role on nobody decides, up to four people.
    let first = prop_oneof![Just(0_usize), Just(2_usize)];
    // Two are below half of the standard seats, three are half of them.
    let people = prop_oneof![2_usize..=4, 3_usize..=8];
    (first, people, prop::bool::weighted(0.2), score)
        .prop_map(|(first, people, opponent, score)| {
            let mut world = World::default().account("a");
            world.accounts[0].fit_score = score.map(str::to_owned);
            for number in 0..people {
                world = world.contact(&format!("c{number}"), "a", &[ROLES[(first + number) % 6]]);
            }
            if opponent {
                world.contacts[people - 1].stance = Some("opponent".to_owned());
            }
            world
        })
        .boxed()
}

/// The default policy, or one that keeps its rule.
pub fn steady_policies() -> BoxedStrategy<Value> {
    prop_oneof![Just(default_policy()), policies().prop_map(under_the_default_rule)].boxed()
}

/// Staffed groups after some noise, under policies that keep the default rule.
pub fn busy_cases() -> BoxedStrategy<Case> {
    (steady_policies(), staffs(), noise(), days())
        .prop_map(|(policy, world, noise, day)| {
            let people: Vec<String> = world.contacts.iter().map(|contact| contact.id.clone()).collect();
            let world = after_noise(world, &noise, &people, &kinds(&policy, |_| true), day);
            Case { world, policy, day }
        })
        .boxed()
}

/// Who is heard of, how, how long ago and how often that day.
pub type Noise = Vec<(Index, Index, Day, usize)>;

pub fn noise() -> BoxedStrategy<Noise> {
    prop::collection::vec((any::<Index>(), any::<Index>(), prop_oneof![3 => 0_i64..5, 1 => 0_i64..200], 1_usize..=6), 10..=60).boxed()
}

/// The world after some noise of these people, in these kinds.
pub fn after_noise(mut world: World, noise: &Noise, people: &[String], kinds: &[String], day: Day) -> World {
    for (person, kind, age, count) in noise {
        world = world.heard(person.get::<String>(people), kind.get::<String>(kinds), day - age, *count);
    }
    world
}
