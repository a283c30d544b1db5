//! Small worlds of people and lines, as plain records, and the graph, the signals and the policy that they make.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use quorate::{
    Account, AccountGraph, Contact, Day, GroupAssessment, Known, Policy, Relationship, RelationshipDomains, Signal, SignalTally, Stance,
    Tie, TieKind, assess_group,
};

/// The day of every question.
pub const TODAY: &str = "2025-05-05";

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The accounts: one and its subsidiary. Each has its default group.
pub const ACCOUNTS: [&str; 2] = ["top", "below"];

/// A contact, as the records have it. Its id is `c` and its place in the list, so that ids and places are ordered alike.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "a record has as many yes and no as a row of data")]
pub struct Somebody {
    /// The place of the account; own people may have none.
    pub account: Option<usize>,
    pub person: Option<String>,
    pub active: bool,
    pub opponent: bool,
    /// What the record says.
    pub relationship: Option<Relationship>,
    /// Whether the e-mail address is one of ours.
    pub our_mail: bool,
    pub role: Option<&'static str>,
    /// Whether a demo was asked for.
    pub heard: bool,
    pub known: Known,
    /// The place of the manager, always a later one, so that no contact reports in a circle.
    pub manager: Option<usize>,
}

/// A tie between two places in the list.
#[derive(Clone, Debug)]
pub struct Line {
    pub from: usize,
    pub to: usize,
    pub kind: TieKind,
    pub strength: u8,
    pub known: Known,
}

/// What the policy says.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub reports_to: u8,
    pub hops: u8,
    pub paths: u8,
    pub influence_hops: u8,
    /// Whether our own people can be members.
    pub own_staff_admitted: bool,
}

#[derive(Clone, Debug)]
pub struct World {
    pub people: Vec<Somebody>,
    pub ties: Vec<Line>,
    pub rule: Rule,
}

pub fn id(place: usize) -> String {
    format!("c{place:02}")
}

/// In which order records come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Forwards,
    Backwards,
}

impl Order {
    fn of<T>(self, all: impl DoubleEndedIterator<Item = T>) -> Vec<T> {
        if self == Self::Forwards { all.collect() } else { all.rev().collect() }
    }
}

impl World {
    pub fn graph(&self) -> AccountGraph {
        self.graph_in(Order::Backwards)
    }

    pub fn graph_in(&self, order: Order) -> AccountGraph {
        let mut graph = AccountGraph::new();
        for account in order.of(ACCOUNTS.into_iter()) {
            graph.add_account(Account::new(account).unwrap()).unwrap();
        }
        graph.set_parent("below", Some("top")).unwrap();
        let people = order.of(self.people.iter().enumerate());
        for (place, one) in &people {
            graph.add_contact(one.contact(*place)).unwrap();
        }
        for (place, one) in people {
            if let Some(manager) = one.manager {
                graph.set_manager(&id(place), Some(&id(manager))).unwrap();
            }
        }
        for tie in order.of(self.ties.iter()) {
            let (from, to) = (id(tie.from).parse().unwrap(), id(tie.to).parse().unwrap());
            graph.add_tie(Tie { from, to, kind: tie.kind, strength: tie.strength, known: tie.known }).unwrap();
        }
        assert_eq!(graph.verify(), Ok(()));
        graph
    }

    pub fn policy(&self) -> Policy {
        let mut document = Policy::default().document().clone();
        document.network.reports_to = self.rule.reports_to;
        document.network.hops = self.rule.hops;
        document.network.paths = self.rule.paths;
        document.network.influence_hops = self.rule.influence_hops;
        document.relationship_domains =
            vec![RelationshipDomains { relationship: Relationship::OwnStaff, domains: vec!["ours.example".to_owned()] }];
        document.excluded_relationships.retain(|one| !self.rule.own_staff_admitted || *one != Relationship::OwnStaff);
        Policy::new(document).unwrap()
    }

    pub fn tally(&self) -> SignalTally {
        let mut tally = SignalTally::new();
        for (place, _) in self.people.iter().enumerate().filter(|(_, one)| one.heard) {
            tally.record(&Signal::of_contact(&id(place), "demo_request", "2025-05-01".parse().unwrap()).unwrap()).unwrap();
        }
        tally
    }

    /// The group of an account, assessed.
    pub fn group(&self, graph: &AccountGraph, account: &str) -> GroupAssessment {
        assess_group(graph, &self.tally(), &self.policy(), account, day(TODAY)).unwrap().unwrap()
    }
}

impl Somebody {
    fn contact(&self, place: usize) -> Contact {
        let mut contact = Contact::own_staff(&id(place)).unwrap();
        contact.relationship = self.relationship;
        contact.account = self.account.map(|account| ACCOUNTS[account].parse().unwrap());
        contact.person = self.person.as_ref().map(|person| person.parse().unwrap());
        contact.email = Some(format!("{}@{}", id(place), if self.our_mail { "mail.ours.example" } else { "theirs.example" }));
        contact.active = self.active;
        contact.known = self.known;
        contact.stance = if self.opponent { Stance::Opponent } else { Stance::Unknown };
        if let Some(role) = self.role {
            contact = contact.with_role(role).unwrap();
        }
        contact
    }
}

fn known() -> impl Strategy<Value = Known> {
    prop_oneof![
        10 => Just(Known::ALWAYS),
        1 => Just(Known { from: None, until: Some(day(TODAY)) }),
        1 => Just(Known { from: None, until: Some(day("2025-05-06")) }),
        1 => Just(Known { from: Some(day(TODAY)), until: None }),
        1 => Just(Known { from: Some(day("2025-05-06")), until: None }),
    ]
}

fn rule() -> impl Strategy<Value = Rule> {
    let reports_to = prop_oneof![2 => Just(80_u8), 1 => Just(100), 1 => 1..=100_u8];
    let hops = prop_oneof![1 => Just(4_u8), 2 => 1..=4_u8];
    (reports_to, hops, 1..=5_u8, 1..=4_u8, prop::bool::weighted(0.3)).prop_map(|(reports_to, hops, paths, influence_hops, own)| Rule {
        reports_to,
        hops,
        paths,
        influence_hops,
        own_staff_admitted: own,
    })
}

/// Few persons, so that some are several contacts; some are named like a contact, who is that person unless it says otherwise itself.
fn person(count: usize) -> impl Strategy<Value = Option<String>> {
    let named = prop_oneof![(0..3_usize).prop_map(|number| format!("p{number}")), (0..count).prop_map(id)];
    option::weighted(0.3, named)
}

fn relationship() -> impl Strategy<Value = Option<Relationship>> {
    prop_oneof![
        8 => Just(None),
        1 => Just(Some(Relationship::OwnStaff)),
        1 => Just(Some(Relationship::Employee)),
        1 => Just(Some(Relationship::Partner)),
    ]
}

fn role() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![
        3 => Just(None),
        2 => Just(Some("economic_buyer")),
        2 => Just(Some("decision_maker")),
        1 => Just(Some("executive_sponsor")),
        3 => select(vec![Some("champion"), Some("end_user"), Some("influencer")]),
    ]
}

/// Most are at one account; few strengths, so that qualities tie; one in so many is an opponent.
pub fn world(most: usize, opponents: f64) -> impl Strategy<Value = World> {
    (2..=most, rule()).prop_flat_map(move |(count, rule)| {
        let somebody = (
            prop_oneof![5 => Just(Some(0)), 2 => Just(Some(1)), 1 => Just(None)],
            person(count),
            (prop::bool::weighted(0.93), prop::bool::weighted(opponents), prop::bool::weighted(0.12), prop::bool::weighted(0.4)),
            relationship(),
            role(),
            known(),
            option::weighted(0.6, 0..count),
        );
        let tie = (
            0..count,
            0..count,
            select(&TieKind::ALL[..]).prop_map(|(_, kind)| kind),
            prop_oneof![select(vec![100_u8, 80, 50, 1]), 1..=100_u8],
            known(),
        );
        (vec(somebody, count), vec(tie, 0..=count * 2)).prop_map(move |(people, ties)| {
            let mut people: Vec<Somebody> = people
                .into_iter()
                .map(|(account, person, (active, opponent, our_mail, heard), relationship, role, known, manager)| Somebody {
                    account,
                    person,
                    active,
                    opponent,
                    relationship: if account.is_none() { Some(Relationship::OwnStaff) } else { relationship },
                    our_mail,
                    role,
                    heard,
                    known,
                    manager,
                })
                .collect();
            // A reporting line stays in one family, or among our own people.
            for place in 0..people.len() {
                let home = people[place].account.is_some();
                people[place].manager =
                    people[place].manager.filter(|manager| *manager > place && people[*manager].account.is_some() == home);
            }
            // The graph refuses a second tie of the same ends, kind and strength, whatever its days.
            let mut met = BTreeSet::new();
            let ties = ties.into_iter().filter(|(from, to, kind, strength, _)| from != to && met.insert((*from, *to, *kind, *strength)));
            let ties = ties.map(|(from, to, kind, strength, known)| Line { from, to, kind, strength, known }).collect();
            World { people, ties, rule }
        })
    })
}
