//! The plainest answers: every person and line read off the records, every way tried.

use std::collections::{BTreeMap, BTreeSet};

use quorate::TieKind;

use crate::world::{TODAY, World, day, id};

/// People by the least id of their contacts, and the best line from each to each, in hundredths.
pub struct Oracle {
    pub people: BTreeSet<String>,
    pub opponents: BTreeSet<String>,
    pub lines: BTreeMap<(String, String), u64>,
    pub influence: BTreeMap<(String, String), u64>,
    /// The person of each contact that is there.
    pub person_of: BTreeMap<String, String>,
    pub manager: BTreeMap<String, String>,
}

pub type Way = Vec<String>;

impl Oracle {
    pub fn of(world: &World) -> Self {
        let there: Vec<usize> =
            (0..world.people.len()).filter(|place| world.people[*place].active && world.people[*place].known.on(day(TODAY))).collect();
        // A contact without a person id is the person named like the contact; no contact is named like a person here.
        let name = |place: usize| world.people[place].person.map_or_else(|| id(place), |person| format!("p{person}"));
        let mut least: BTreeMap<String, String> = BTreeMap::new();
        for place in &there {
            least.entry(name(*place)).or_insert_with(|| id(*place));
        }
        let person_of: BTreeMap<String, String> = there.iter().map(|place| (id(*place), least[&name(*place)].clone())).collect();
        let mut oracle = Self {
            people: person_of.values().cloned().collect(),
            opponents: there.iter().filter(|place| world.people[**place].opponent).map(|place| person_of[&id(*place)].clone()).collect(),
            lines: BTreeMap::new(),
            influence: BTreeMap::new(),
            person_of,
            manager: BTreeMap::new(),
        };
        for place in &there {
            let Some(manager) = world.people[*place].manager.and_then(|manager| oracle.person_of.get(&id(manager)).cloned()) else {
                continue;
            };
            let person = oracle.person_of[&id(*place)].clone();
            if person != manager {
                oracle.manager.entry(person.clone()).or_insert_with(|| manager.clone());
            }
            oracle.line(&person, &manager, 80);
            oracle.line(&manager, &person, 80);
        }
        for tie in world.ties.iter().filter(|tie| tie.known.on(day(TODAY))) {
            let ends = [tie.from, tie.to].map(|place| oracle.person_of.get(&id(place)).cloned());
            let [Some(from), Some(to)] = ends else { continue };
            oracle.line(&from, &to, tie.strength.into());
            if tie.kind == TieKind::Influences {
                let best = oracle.influence.entry((from, to)).or_default();
                *best = (*best).max(tie.strength.into());
            } else {
                oracle.line(&to, &from, tie.strength.into());
            }
        }
        oracle
    }

    fn line(&mut self, from: &str, to: &str, strength: u64) {
        if from != to {
            let best = self.lines.entry((from.into(), to.into())).or_default();
            *best = (*best).max(strength);
        }
    }

    /// Every way from one of these people to another that meets nobody twice and goes through no opponent, of at most so many lines.
    pub fn ways(&self, sources: &BTreeSet<String>, target: &str, hops_max: usize, without: Option<&str>) -> Vec<Way> {
        let mut open: Vec<Way> =
            sources.iter().filter(|one| *one != target && Some(one.as_str()) != without).map(|one| vec![one.clone()]).collect();
        let mut found = Vec::new();
        while let Some(way) = open.pop() {
            let last = way.last().unwrap();
            for next in &self.people {
                let leads = self.lines.contains_key(&(last.clone(), next.clone()));
                if !leads || way.contains(next) || way.len() > hops_max || Some(next.as_str()) == without {
                    continue;
                }
                let longer: Way = way.iter().cloned().chain([next.clone()]).collect();
                if next == target {
                    found.push(longer);
                } else if !self.opponents.contains(next) {
                    open.push(longer);
                }
            }
        }
        found
    }

    /// The quality of a way in units of 10⁻⁸.
    pub fn quality(&self, way: &[String]) -> u64 {
        let product: u64 = way.windows(2).map(|pair| self.lines[&(pair[0].clone(), pair[1].clone())]).product();
        product * 100_u64.pow(u32::try_from(5 - way.len()).unwrap())
    }

    /// The best ways, in their order.
    pub fn best(&self, sources: &BTreeSet<String>, target: &str, hops_max: usize, count: usize) -> Vec<(Way, u64)> {
        let mut all: Vec<(Way, u64)> =
            self.ways(sources, target, hops_max, None).into_iter().map(|way| (way.clone(), self.quality(&way))).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.len().cmp(&b.0.len())).then(a.0.cmp(&b.0)));
        all.truncate(count);
        all
    }

    /// Who is on every way, the target left out.
    pub fn on_every_way(&self, sources: &BTreeSet<String>, target: &str) -> BTreeSet<String> {
        let any = |without: Option<&str>| !self.ways(sources, target, self.people.len(), without).is_empty();
        if !any(None) {
            return BTreeSet::new();
        }
        self.people.iter().filter(|one| *one != target && !any(Some(one))).cloned().collect()
    }

    /// The most ways that share only the target, trying all.
    pub fn most_apart(&self, sources: &BTreeSet<String>, target: &str) -> usize {
        apart(&self.ways(sources, target, self.people.len(), None))
    }

    /// The managers above somebody, the nearest first; circles of persons are cut at the line of the least id.
    pub fn chain(&self, person: &str) -> Vec<String> {
        let managers = self.managers();
        let mut chain: Vec<String> = Vec::new();
        let mut at = person.to_owned();
        while let Some(manager) = managers.get(&at) {
            chain.push(manager.clone());
            at.clone_from(manager);
        }
        chain
    }

    pub fn managers(&self) -> BTreeMap<String, String> {
        let mut managers = self.manager.clone();
        for person in &self.people {
            // Is this the least person of a circle?
            let (mut circle, mut at) = (vec![person.clone()], person.clone());
            while let Some(next) = managers.get(&at).filter(|next| !circle[1..].contains(next)) {
                if next == person {
                    if circle.iter().min() == Some(person) {
                        managers.remove(person);
                    }
                    break;
                }
                circle.push(next.clone());
                at = next.clone();
            }
        }
        managers
    }
}

fn apart(ways: &[Way]) -> usize {
    let Some((first, rest)) = ways.split_first() else { return 0 };
    let used = &first[..first.len() - 1];
    let free: Vec<Way> = rest.iter().filter(|way| !way[..way.len() - 1].iter().any(|one| used.contains(one))).cloned().collect();
    (1 + apart(&free)).max(apart(rest))
}
