//! The plainest answers: every person and line read off the records, every way tried.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use quorate::{Relationship, TieKind};

use crate::world::{Somebody, TODAY, World, day, id};

/// Where somebody stands among the people.
pub type Place = usize;
/// From who is asked to who is reached.
pub type Way = Vec<Place>;

/// The line that counts from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Best {
    pub strength: u8,
    /// The token of its sort.
    pub kind: &'static str,
}

/// The sorts of lines in the order in which they count where they are equally strong.
const SORTS: [&str; 5] = ["reports_to", "manages", "works_with", "knows", "influences"];

/// People by the least id of their contacts, and the lines from each to each.
#[derive(Clone, Debug, Default)]
pub struct Oracle {
    /// Ordered by id.
    pub people: Vec<String>,
    /// The person of each contact that is there.
    pub person_of: BTreeMap<String, Place>,
    pub opponents: BTreeSet<Place>,
    pub own_staff: BTreeSet<Place>,
    pub lines: BTreeMap<(Place, Place), Best>,
    /// Ties of influence alone.
    pub influence: BTreeMap<(Place, Place), u8>,
    /// The first manager of each, circles included.
    pub first_manager: BTreeMap<Place, Place>,
}

/// Whether a contact is there, or a tie: from its first day to the day before the first on which it no longer counts.
fn counts(known: quorate::Known) -> bool {
    let begun = match known.from {
        Some(from) => day(TODAY) >= from,
        None => true,
    };
    let over = match known.until {
        Some(until) => day(TODAY) >= until,
        None => false,
    };
    begun && !over
}

/// The record says what somebody is; where it is silent, the address does.
fn is_ours(one: &Somebody) -> bool {
    match one.relationship {
        Some(relationship) => relationship == Relationship::OwnStaff,
        None => one.our_mail,
    }
}

impl Oracle {
    pub fn of(world: &World) -> Self {
        let there: Vec<usize> =
            (0..world.people.len()).filter(|place| world.people[*place].active && counts(world.people[*place].known)).collect();
        // A contact without a person is the person named like the contact.
        let name = |place: usize| world.people[place].person.clone().unwrap_or_else(|| id(place));
        let least = |place: usize| id(*there.iter().find(|other| name(**other) == name(place)).unwrap());
        let people: BTreeSet<String> = there.iter().map(|place| least(*place)).collect();
        let people: Vec<String> = people.into_iter().collect();
        let place_of = |person: String| people.iter().position(|one| *one == person).unwrap();
        let person_of: BTreeMap<String, Place> = there.iter().map(|place| (id(*place), place_of(least(*place)))).collect();
        let mut oracle = Self { people, person_of, ..Self::default() };
        for place in &there {
            let (person, one) = (oracle.person_of[&id(*place)], &world.people[*place]);
            if one.opponent {
                oracle.opponents.insert(person);
            }
            if is_ours(one) {
                oracle.own_staff.insert(person);
            }
            let Some(manager) = one.manager.and_then(|manager| oracle.person_of.get(&id(manager)).copied()) else { continue };
            if person != manager {
                oracle.first_manager.entry(person).or_insert(manager);
            }
            oracle.line(person, manager, world.rule.reports_to, "reports_to");
            oracle.line(manager, person, world.rule.reports_to, "manages");
        }
        // Whoever is against us, as any contact, introduces nobody.
        oracle.own_staff.retain(|one| !oracle.opponents.contains(one));
        for tie in world.ties.iter().filter(|tie| counts(tie.known)) {
            let ends = [tie.from, tie.to].map(|place| oracle.person_of.get(&id(place)).copied());
            let [Some(from), Some(to)] = ends else { continue };
            let kind = match tie.kind {
                TieKind::Influences => "influences",
                TieKind::WorksWith => "works_with",
                TieKind::Knows => "knows",
            };
            oracle.line(from, to, tie.strength, kind);
            if tie.kind == TieKind::Influences {
                let best = oracle.influence.entry((from, to)).or_default();
                *best = (*best).max(tie.strength);
            } else {
                oracle.line(to, from, tie.strength, kind);
            }
        }
        oracle
    }

    /// Adds a line, unless a stronger one is there, or one as strong of an earlier sort.
    pub fn line(&mut self, from: Place, to: Place, strength: u8, kind: &'static str) {
        let rank = |one: &Best| (one.strength, Reverse(SORTS.iter().position(|sort| *sort == one.kind)));
        let new = Best { strength, kind };
        if from != to && self.lines.get(&(from, to)).is_none_or(|old| rank(old) < rank(&new)) {
            self.lines.insert((from, to), new);
        }
    }

    pub fn person(&self, contact: &str) -> Place {
        self.person_of[contact]
    }

    fn all(&self) -> std::ops::Range<Place> {
        0..self.people.len()
    }

    /// Every way from one of these people to another that meets nobody twice and goes through no opponent, of at most so many lines.
    fn ways(&self, sources: &BTreeSet<Place>, target: Place, hops_max: usize) -> Vec<Way> {
        let mut open: Vec<Way> = sources.iter().filter(|one| **one != target).map(|one| vec![*one]).collect();
        let mut found = Vec::new();
        while let Some(way) = open.pop() {
            for next in self.all() {
                if !self.leads(way[way.len() - 1], next) || way.contains(&next) || way.len() > hops_max {
                    continue;
                }
                let longer = [way.as_slice(), &[next]].concat();
                if next == target {
                    found.push(longer);
                } else if !self.opponents.contains(&next) {
                    open.push(longer);
                }
            }
        }
        found
    }

    pub fn leads(&self, from: Place, to: Place) -> bool {
        self.lines.contains_key(&(from, to))
    }

    /// The lines of a way: sort and strength.
    pub fn hops(&self, way: &[Place]) -> Vec<(&'static str, u8)> {
        way.windows(2).map(|pair| self.lines[&(pair[0], pair[1])]).map(|line| (line.kind, line.strength)).collect()
    }

    /// The quality of a way in units of 10⁻⁸.
    pub fn quality(&self, way: &[Place]) -> u64 {
        let product: u64 = way.windows(2).map(|pair| u64::from(self.lines[&(pair[0], pair[1])].strength)).product();
        product * 100_u64.pow(u32::try_from(5 - way.len()).unwrap())
    }

    /// The best ways, in their order.
    pub fn best(&self, sources: &BTreeSet<Place>, target: Place, hops_max: usize, count: usize) -> Vec<Way> {
        let mut all = self.ways(sources, target, hops_max);
        all.sort_by_key(|way| (Reverse(self.quality(way)), way.len(), way.clone()));
        all.truncate(count);
        all
    }

    /// A way of any length without some people, found wave by wave.
    pub fn any_way(&self, sources: &BTreeSet<Place>, target: Place, without: &BTreeSet<Place>) -> Option<Way> {
        let mut open: Vec<Way> = sources.iter().filter(|one| **one != target && !without.contains(one)).map(|one| vec![*one]).collect();
        let mut met: BTreeSet<Place> = open.iter().map(|way| way[0]).collect();
        let mut at = 0;
        while let Some(way) = open.get(at).cloned() {
            at += 1;
            for next in self.all().filter(|next| self.leads(way[way.len() - 1], *next) && !without.contains(next)) {
                let longer = [way.as_slice(), &[next]].concat();
                if next == target {
                    return Some(longer);
                }
                if !self.opponents.contains(&next) && met.insert(next) {
                    open.push(longer);
                }
            }
        }
        None
    }

    /// Who is on every way, in the order of the ways, the target left out.
    pub fn on_every_way(&self, sources: &BTreeSet<Place>, target: Place) -> Vec<Place> {
        let Some(mut way) = self.any_way(sources, target, &BTreeSet::new()) else { return Vec::new() };
        way.retain(|one| *one != target && self.any_way(sources, target, &BTreeSet::from([*one])).is_none());
        way
    }

    /// The most ways that share only the target: as many as the fewest people who stand on all of them (Menger), whom every set of people is tried for.
    pub fn most_apart(&self, sources: &BTreeSet<Place>, target: Place) -> usize {
        let others: Vec<Place> = self.all().filter(|one| *one != target).collect();
        let sets = (0..1_u32 << others.len()).map(|bits| {
            let chosen = others.iter().enumerate().filter(move |(at, _)| bits & (1 << at) != 0);
            chosen.map(|(_, one)| *one).collect::<BTreeSet<Place>>()
        });
        sets.filter(|set| self.any_way(sources, target, set).is_none()).map(|set| set.len()).min().unwrap()
    }

    /// Whom somebody influences: strength in units of 10⁻⁸, ties, person; the most influenced first, then the fewest ties, then by id.
    pub fn influenced(&self, start: Place, hops_max: usize) -> Vec<(u64, usize, Place)> {
        let mut plain = Self { people: self.people.clone(), ..Self::default() };
        for ((from, to), strength) in &self.influence {
            plain.line(*from, *to, *strength, "influences");
        }
        let best =
            |to: Place| plain.best(&BTreeSet::from([start]), to, hops_max, 1).pop().map(|way| (plain.quality(&way), way.len() - 1, to));
        let mut all: Vec<(u64, usize, Place)> = self.all().filter_map(best).collect();
        all.sort_by_key(|(strength, ties, person)| (Reverse(*strength), *ties, *person));
        all
    }

    /// The managers above somebody, the nearest first; circles of persons are cut at the line of the least id.
    pub fn chain(&self, person: Place) -> Vec<Place> {
        let managers = self.managers();
        std::iter::successors(managers.get(&person), |one| managers.get(one)).copied().collect()
    }

    pub fn managers(&self) -> BTreeMap<Place, Place> {
        let mut managers = self.first_manager.clone();
        let cut = self.cut_lines();
        managers.retain(|person, manager| !cut.contains(&(*person, *manager)));
        managers
    }

    /// The line of the least person of each circle.
    pub fn cut_lines(&self) -> Vec<(Place, Place)> {
        let on_circle = |start: Place| {
            // Whoever is come back to within as many steps as there are people is on a circle.
            let steps = std::iter::successors(self.first_manager.get(&start), |one| self.first_manager.get(one));
            let circle: Vec<Place> = steps.copied().take(self.people.len()).collect();
            circle.iter().position(|one| *one == start).map(|end| circle[..=end].to_vec())
        };
        let least = self.all().filter(|one| on_circle(*one).is_some_and(|circle| circle.iter().min() == Some(one)));
        least.map(|one| (one, self.first_manager[&one])).collect()
    }

    /// The nearest manager above all of these people.
    pub fn common_manager(&self, people: &BTreeSet<Place>) -> Option<Place> {
        let chains: Vec<Vec<Place>> = people.iter().map(|one| self.chain(*one)).collect();
        chains.first()?.iter().copied().find(|manager| chains.iter().all(|chain| chain.contains(manager)))
    }
}
