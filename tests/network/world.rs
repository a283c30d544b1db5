//! Small worlds of people and lines, as plain records, and the graph that they make.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use quorate::{Account, AccountGraph, Contact, Day, Known, Relationship, Stance, Tie, TieKind};

/// The day of every question.
pub const TODAY: &str = "2025-05-05";

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A contact, as the records have it. Its id is `c` and its place in the list, so that ids and places are ordered alike.
#[derive(Clone, Debug)]
pub struct Somebody {
    pub account: Option<usize>,
    pub person: Option<u8>,
    pub active: bool,
    pub opponent: bool,
    pub own_staff: bool,
    pub known: Known,
    /// The place of the manager, always a later one, so that nobody reports in a circle.
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

#[derive(Clone, Debug)]
pub struct World {
    pub people: Vec<Somebody>,
    pub ties: Vec<Line>,
}

pub fn id(place: usize) -> String {
    format!("c{place:02}")
}

impl World {
    pub fn graph(&self) -> AccountGraph {
        let mut graph = AccountGraph::new();
        graph.add_account(Account::new("top").unwrap()).unwrap();
        let mut below = Account::new("below").unwrap();
        below.parent = Some("top".parse().unwrap());
        graph.add_account(below).unwrap();
        for (place, one) in self.people.iter().enumerate().rev() {
            let mut contact = Contact::own_staff(&id(place)).unwrap();
            contact.relationship = one.own_staff.then_some(Relationship::OwnStaff);
            contact.account = one.account.map(|account| ["top", "below"][account].parse().unwrap());
            contact.person = one.person.map(|person| format!("p{person}").parse().unwrap());
            contact.active = one.active;
            contact.known = one.known;
            contact.stance = if one.opponent { Stance::Opponent } else { Stance::Unknown };
            contact.reports_to = one.manager.map(|manager| id(manager).parse().unwrap());
            graph.add_contact(contact).unwrap();
        }
        for tie in &self.ties {
            let (from, to) = (id(tie.from).parse().unwrap(), id(tie.to).parse().unwrap());
            graph.add_tie(Tie { from, to, kind: tie.kind, strength: tie.strength, known: tie.known }).unwrap();
        }
        assert_eq!(graph.verify(), Ok(()));
        graph
    }
}

fn known() -> impl Strategy<Value = Known> {
    prop_oneof![
        8 => Just(Known::ALWAYS),
        1 => Just(Known { from: None, until: Some(day(TODAY)) }),
        1 => Just(Known { from: Some(day(TODAY)), until: None }),
        1 => Just(Known { from: Some(day("2025-05-06")), until: None }),
    ]
}

/// Most are at one account; few persons, so that some are several contacts; few strengths, so that qualities tie.
pub fn world(most: usize) -> impl Strategy<Value = World> {
    (2..=most).prop_flat_map(|count| {
        let somebody = (
            prop_oneof![5 => Just(Some(0)), 2 => Just(Some(1)), 1 => Just(None)],
            option::weighted(0.15, 0..3_u8),
            prop::bool::weighted(0.93),
            prop::bool::weighted(0.07),
            prop::bool::weighted(0.15),
            known(),
            option::weighted(0.5, 0..count),
        );
        let tie = (
            0..count,
            0..count,
            select(&TieKind::ALL[..]).prop_map(|(_, kind)| kind),
            prop_oneof![select(vec![100_u8, 80, 50, 1]), 1..=100_u8],
            known(),
        );
        (vec(somebody, count), vec(tie, 0..=count * 2)).prop_map(|(people, ties)| {
            let mut people: Vec<Somebody> = people
                .into_iter()
                .map(|(account, person, active, opponent, own_staff, known, manager)| Somebody {
                    account,
                    person,
                    active,
                    opponent,
                    own_staff: own_staff || account.is_none(),
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
            World { people, ties: ties.map(|(from, to, kind, strength, known)| Line { from, to, kind, strength, known }).collect() }
        })
    })
}
