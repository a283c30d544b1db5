//! Every set up to a size, tried one by one: which qualify, and which of them are worth listing.

use super::super::number::Q;
use super::super::policy::tier;
use super::copy::Study;
use super::{Atom, Set, Who, facts, rule};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A minimal set, with the points that are missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub set: Set,
    /// None under rules in which more points may hurt.
    pub missing: Option<Q>,
}

impl Study {
    /// Every change that could be made; of each role so many people may be added.
    pub fn atoms(&self, added: usize) -> Set {
        let account = self.account();
        let members = self.members();
        let opponents = members.iter().filter(|person| person.member.opponent).map(|person| Atom::Reconcile(person.id().to_owned()));
        let roles = || self.policy.roles.iter().map(|role| role.name.clone()).filter(|role| role != "unknown");
        let newcomers = || roles().flat_map(|role| (1..=added).map(move |number| (role.clone(), number)));
        let adds = newcomers().map(|(role, number)| Atom::Add(role, number));
        let known = members.iter().map(|person| Atom::Bring(Who::Member(person.id().to_owned())));
        let brings = newcomers().map(|(role, number)| Atom::Bring(Who::Added(role, number)));
        let learns = facts::unknown(&self.policy, &account).into_iter().map(Atom::Learn);
        let lift = account.excluded.is_some().then_some(Atom::Lift);
        let all = opponents.chain(adds).chain(known).chain(brings).chain(learns).chain(lift);
        all.chain(self.signals()).chain(self.hand_raise()).collect()
    }

    /// Signals of the tiers and roles that are asked for.
    fn signals(&self) -> Vec<Atom> {
        let (tiers, roles) = rule::asked(&self.policy);
        let mut all = Vec::new();
        for tier in tiers {
            let channels: BTreeSet<&String> = self.policy.kinds.iter().filter(|kind| kind.tier >= tier).map(|kind| &kind.channel).collect();
            let from: BTreeSet<&String> = roles.iter().filter(|(asked, _)| *asked <= tier).map(|(_, role)| role).collect();
            for channel in channels {
                let of = |role: Option<&String>| Atom::Signal(Reverse(tier), channel.clone(), role.cloned());
                all.push(of(None));
                all.extend(from.iter().map(|role| of(Some(role))));
            }
        }
        all
    }

    fn hand_raise(&self) -> Option<Atom> {
        let least = self.hand_raise_tier();
        self.policy.kinds.iter().any(|kind| kind.tier >= least).then_some(Atom::HandRaise)
    }

    fn hand_raise_tier(&self) -> usize {
        tier(&self.policy.text("/hand_raise/tier"))
    }

    /// The sets of at most so many changes that qualify, no part of which does.
    pub fn minimal(&self, most: usize) -> Vec<Set> {
        let atoms: Vec<Atom> = self.atoms(most).into_iter().collect();
        let mut found: Vec<Set> = Vec::new();
        if self.qualifies(&Set::new()) {
            return found;
        }
        for size in 1..=most {
            let mut sets = Vec::new();
            choose(&atoms, size, &mut Set::new(), &mut sets);
            let free = |set: &Set| !found.iter().any(|smaller| smaller.is_subset(set));
            let new: Vec<Set> = sets.into_iter().filter(free).filter(|set| self.qualifies(set)).collect();
            found.extend(new);
        }
        found
    }

    /// Whether every change helps, and yet all of them together do not do.
    pub fn is_beyond_help(&self) -> bool {
        rule::everything_helps(&self.policy) && !self.qualifies(&self.atoms(self.template_seats().max(4)))
    }

    fn template_seats(&self) -> usize {
        let templates = self.policy.at("/templates").as_array().expect("templates").iter();
        let seats = templates.flat_map(|template| template["seats"].as_array().expect("seats"));
        seats.filter_map(|seats| seats["count"].as_u64()).max().map_or(0, |most| usize::try_from(most).expect("small"))
    }

    /// Whether another set says the same with less: a weaker signal, one that anybody may give, or a hand-raise instead of it.
    pub fn says_too_much(&self, set: &Set) -> bool {
        set.iter().any(|atom| {
            let instead = |with: Atom| {
                let mut other = set.clone();
                other.remove(atom);
                other.insert(with);
                other != *set && self.qualifies(&other)
            };
            let Atom::Signal(Reverse(strength), channel, role) = atom else { return false };
            let weaker = rule::asked(&self.policy).0.into_iter().filter(|tier| tier <= strength);
            let roles = [role.clone(), None];
            let mut all = weaker.flat_map(|tier| roles.clone().map(|role| Atom::Signal(Reverse(tier), channel.clone(), role)));
            let is_hand_raise = *strength >= self.hand_raise_tier();
            all.any(instead) || is_hand_raise && instead(Atom::HandRaise)
        })
    }

    /// What there is to list among some minimal sets, in order.
    pub fn listed(&self, minimal: Vec<Set>) -> Vec<Listed> {
        let missing = |set: &Set| self.more_never_hurts.then(|| self.missing(set, &self.least_points(set)));
        let kept = minimal.into_iter().filter(|set| !self.says_too_much(set));
        let mut all: Vec<Listed> = kept.map(|set| Listed { missing: missing(&set), set }).collect();
        all.sort_by(|left, right| {
            let key = |one: &Listed| (one.set.len(), one.missing.clone());
            key(left).cmp(&key(right)).then_with(|| left.set.cmp(&right.set))
        });
        let mut seen = BTreeSet::new();
        all.retain(|one| seen.insert(without_channels(&one.set)));
        all
    }
}

/// A set but for the channels of its signals.
pub fn without_channels(set: &Set) -> Vec<Atom> {
    let plain = |atom: &Atom| match atom {
        Atom::Signal(tier, _, role) => Atom::Signal(*tier, String::new(), role.clone()),
        other => other.clone(),
    };
    let mut all: Vec<Atom> = set.iter().map(plain).collect();
    all.sort();
    all
}

/// What a change of somebody added stands on. Those added in a role are alike, so whoever comes first is brought first.
fn needs(atom: &Atom) -> Vec<Atom> {
    match atom {
        Atom::Add(role, number) if *number > 1 => vec![Atom::Add(role.clone(), number - 1)],
        Atom::Bring(Who::Added(role, number)) => {
            let before = (*number > 1).then(|| Atom::Bring(Who::Added(role.clone(), number - 1)));
            before.into_iter().chain([Atom::Add(role.clone(), *number)]).collect()
        }
        _ => Vec::new(),
    }
}

/// Every set of so many atoms that can be done. Each atom comes after those it stands on.
fn choose(atoms: &[Atom], size: usize, set: &mut Set, found: &mut Vec<Set>) {
    if size == 0 {
        found.push(set.clone());
        return;
    }
    for (place, atom) in atoms.iter().enumerate() {
        if needs(atom).iter().all(|needed| set.contains(needed)) {
            set.insert(atom.clone());
            choose(&atoms[place + 1..], size - 1, set, found);
            set.remove(atom);
        }
    }
}
