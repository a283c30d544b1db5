//! Which changes may help a question of a rule on its way to the answer wanted.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::iter;

use super::atom::{Atom, Set, Subject};
use super::what_if::{Look, WhatIf};
use crate::assess::{Answer, Truth, combine_shape};
use crate::policy::{CompiledScope, Measure, RoleSet, Shape, Test, Tier};

/// A question whose answer is not the one wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unmet {
    /// Whether it is a question of the exclusion rule.
    pub(super) exclusion: bool,
    pub(super) number: usize,
    pub(super) yes: bool,
}

/// What people a search considers: all members, or the likeliest of many.
#[derive(Clone, Debug)]
pub(super) struct People {
    pub(super) members: Vec<u32>,
    pub(super) all: bool,
}

/// Members considered in each combination of roles, where there are more than [`PEOPLE_MAX`].
const PEOPLE_EACH: usize = 4;
/// Members that are all considered.
const PEOPLE_MAX: usize = 48;

impl People {
    /// Of many members with the same roles, those with the most points, then by id.
    pub(super) fn of(what_if: &WhatIf<'_>) -> Self {
        let none = Set::default();
        let count = u32::try_from(what_if.roll().members.len()).unwrap_or(u32::MAX);
        if (count as usize) <= PEOPLE_MAX {
            return Self { members: (0..count).collect(), all: true };
        }
        let mut order: Vec<u32> = (0..count).collect();
        order.sort_by_key(|member| (core::cmp::Reverse(what_if.own(&none, Subject::Member(*member))), *member));
        let mut taken: Vec<(RoleSet, bool, usize)> = Vec::new();
        let mut members: Vec<u32> = order
            .into_iter()
            .filter(|member| {
                let row = &what_if.roll().members[*member as usize];
                let place = taken.iter().position(|(roles, opponent, _)| (*roles, *opponent) == (row.roles, row.opponent));
                let place = place.unwrap_or_else(|| {
                    taken.push((row.roles, row.opponent, 0));
                    taken.len() - 1
                });
                taken[place].2 += 1;
                taken[place].2 <= PEOPLE_EACH
            })
            .take(PEOPLE_MAX)
            .collect();
        members.sort_unstable();
        Self { members, all: false }
    }
}

/// The questions that keep a verdict from being qualified. Of a list that must hold as a whole only the first is named: the others come up
/// once that one is met.
pub(super) fn unmet(what_if: &WhatIf<'_>, look: &Look) -> Vec<Unmet> {
    let policy = what_if.policy();
    let mut found = Vec::new();
    if look.excluded_by_rule {
        let mut walk = Walk { answers: &look.exclusion, exclusion: true, found: &mut found };
        walk.shape(&policy.exclusion.shape, Wanted::NotTrue);
    } else {
        let mut walk = Walk { answers: &look.rule, exclusion: false, found: &mut found };
        walk.shape(&policy.qualification.shape, Wanted::True);
    }
    found
}

struct Walk<'a> {
    answers: &'a [Answer],
    exclusion: bool,
    found: &'a mut Vec<Unmet>,
}

/// The answer that a part of a rule should come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    True,
    False,
    NotTrue,
    NotFalse,
}

impl Wanted {
    /// What is wanted of what stands under a "not".
    const fn negated(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::NotTrue => Self::NotFalse,
            Self::NotFalse => Self::NotTrue,
        }
    }

    /// Whether it is rather yes that is wanted.
    const fn yes(self) -> bool {
        matches!(self, Self::True | Self::NotFalse)
    }

    fn is_met(self, answer: Truth) -> bool {
        match self {
            Self::True => answer == Truth::True,
            Self::False => answer == Truth::False,
            Self::NotTrue => answer != Truth::True,
            Self::NotFalse => answer != Truth::False,
        }
    }
}

impl Walk<'_> {
    // Recursion is bounded: a valid rule is at most 32 deep.
    fn shape(&mut self, shape: &Shape, wanted: Wanted) {
        let open =
            |walk: &Self, one: &&Shape| combine_shape(one, &|number| walk.answers[number].truth).is_some_and(|truth| !wanted.is_met(truth));
        match (shape, wanted.yes()) {
            (Shape::Question(number), yes) => self.found.push(Unmet { exclusion: self.exclusion, number: *number, yes }),
            (Shape::Not(inner), _) => self.shape(inner, wanted.negated()),
            (Shape::All(shapes), true) | (Shape::Any(shapes), false) => {
                if let Some(first) = shapes.iter().find(|one| open(self, one)) {
                    self.shape(first, wanted);
                }
            }
            (Shape::All(shapes) | Shape::Any(shapes) | Shape::AtLeast(_, shapes), _) => {
                let open: Vec<&Shape> = shapes.iter().filter(|one| open(self, one)).collect();
                for one in open {
                    self.shape(one, wanted);
                }
            }
        }
    }
}

/// What is asked about signals anywhere in the rules: tiers, and roles that must give them.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    tiers: BTreeSet<Tier>,
    givers: BTreeSet<(Tier, Option<u8>)>,
}

impl Asked {
    pub(super) fn of(what_if: &WhatIf<'_>) -> Self {
        let policy = what_if.policy();
        let (mut tiers, mut roles) = (BTreeSet::new(), BTreeSet::new());
        for question in policy.qualification.questions.iter().chain(policy.exclusion.questions.iter()) {
            match &question.test {
                Test::Channels(tier, _) => {
                    tiers.insert(*tier);
                }
                Test::HandRaise { tier, from, .. } => {
                    tiers.insert(*tier);
                    let named = from.iter().flat_map(|roles| roles.iter());
                    let ranks = named.filter_map(|role| what_if.roles.iter().position(|own| *own == role));
                    roles.extend(ranks.filter_map(|rank| u8::try_from(rank).ok()));
                }
                _ => {}
            }
        }
        // One signal may answer several questions: of the tier that one asks for, from the role that another does.
        let from = |tier: Tier| iter::once(None).chain(roles.iter().copied().map(Some)).map(move |role| (tier, role));
        let givers = tiers.iter().copied().flat_map(from).collect();
        Self { tiers, givers }
    }

    /// The signals of a channel that ask for less than that one: the weakest first, without a role first.
    pub(super) fn weaker(&self, signal: Atom) -> Vec<Atom> {
        let Atom::Signal { tier: own, channel, role: from } = signal else { return Vec::new() };
        let tiers = self.tiers.iter().rev().filter(|tier| **tier >= own);
        let all = tiers.flat_map(|tier| [None, from].map(|role| Atom::Signal { tier: *tier, channel, role }));
        all.filter(|weak| *weak != signal).collect()
    }
}

/// Changes, each of which might help a question; whether it does is for a look to tell.
pub(super) fn steps(what_if: &WhatIf<'_>, people: &People, asked: &Asked, set: &Set, look: &Look, unmet: Unmet) -> Vec<Vec<Atom>> {
    let policy = what_if.policy();
    let (rule, answers) = if unmet.exclusion { (&policy.exclusion, &look.exclusion) } else { (&policy.qualification, &look.rule) };
    let all = Steps { what_if, people, asked, set, look };
    match &rule.questions[unmet.number].test {
        Test::Points(_) | Test::Readiness(_) | Test::Momentum(_) | Test::Trend(_) | Test::EngagedPeople(_) => all.people(true),
        Test::Coverage(scope, measure, _) => all.people_in(*measure, covers(*scope)),
        Test::Holders(roles, measure, _) => all.people_in(*measure, Some(*roles)),
        Test::HandRaise { tier, .. } => all.hand_raises(*tier),
        Test::Channels(tier, _) => all.signals(*tier),
        Test::Fit { .. } | Test::Attribute(_) => all.facts(&answers[unmet.number]),
        Test::Opponents(_) => all.reconciliations(),
        Test::AccountExcluded => Vec::from([Vec::from([Atom::Lift])]),
    }
}

const fn covers(scope: CompiledScope) -> Option<RoleSet> {
    match scope {
        CompiledScope::Group => None,
        CompiledScope::Best(roles) => Some(roles),
    }
}

/// The opponents who might stop opposing.
pub(super) fn reconciliations(what_if: &WhatIf<'_>, people: &People, set: &Set) -> Vec<Vec<Atom>> {
    people.members.iter().filter(|member| what_if.opposes(set, **member)).map(|member| Vec::from([Atom::Reconcile(*member)])).collect()
}

struct Steps<'a> {
    what_if: &'a WhatIf<'a>,
    people: &'a People,
    asked: &'a Asked,
    set: &'a Set,
    look: &'a Look,
}

impl Steps<'_> {
    fn reconciliations(&self) -> Vec<Vec<Atom>> {
        reconciliations(self.what_if, self.people, self.set)
    }

    fn people_in(&self, measure: Measure, roles: Option<RoleSet>) -> Vec<Vec<Atom>> {
        let mut steps = self.people(matches!(measure, Measure::Engaged | Measure::Current));
        // Who takes one seat leaves those without a role to another.
        let roles = roles.filter(|_| measure != Measure::Possible);
        let fits = |atom: &Atom| match atom {
            Atom::Add { role, number } => roles.is_none_or(|asked| asked.meets(self.what_if.roles_of(Subject::Added(*role, *number)))),
            Atom::Bring(subject) => roles.is_none_or(|asked| asked.meets(self.what_if.roles_of(*subject))),
            _ => true,
        };
        steps.retain(|step| step.iter().all(fits));
        steps
    }

    /// People come to points, stop opposing, are added.
    fn people(&self, points: bool) -> Vec<Vec<Atom>> {
        let mut steps = self.reconciliations();
        for member in &self.people.members {
            let bring = Atom::Bring(Subject::Member(*member));
            if points && !self.set.has(bring) {
                let opposes = self.what_if.opposes(self.set, *member);
                steps.push(if opposes { Vec::from([Atom::Reconcile(*member), bring]) } else { Vec::from([bring]) });
            }
        }
        if points {
            steps.extend(self.set.added_idle().map(|subject| Vec::from([Atom::Bring(subject)])));
        }
        for (add, subject) in self.additions() {
            steps.push(Vec::from([add]));
            if points {
                steps.push(Vec::from([add, Atom::Bring(subject)]));
            }
        }
        steps
    }

    /// One more person in each role.
    fn additions(&self) -> impl Iterator<Item = (Atom, Subject)> {
        (0_u8..).zip(&self.what_if.roles).map(|(role, _)| {
            let number = self.set.next_in(role);
            (Atom::Add { role, number }, Subject::Added(role, number))
        })
    }

    fn hand_raises(&self, tier: Tier) -> Vec<Vec<Atom>> {
        let mut steps = self.signals(tier);
        steps.push(Vec::from([Atom::HandRaise]));
        steps
    }

    /// Signals of that tier or a stronger one that the rules ask for, in channels that could matter, with somebody to give them.
    fn signals(&self, tier: Tier) -> Vec<Vec<Atom>> {
        let mut steps = self.reconciliations();
        for (strong, role) in self.asked.givers.iter().filter(|(strong, _)| *strong <= tier) {
            for channel in self.channels(*strong) {
                let signal = Atom::Signal { tier: *strong, channel, role: *role };
                let giver = role.map(|rank| RoleSet::of(self.what_if.roles[usize::from(rank)]));
                if self.what_if.has_giver(self.set, giver) {
                    steps.push(Vec::from([signal]));
                } else {
                    let adds =
                        self.additions().filter(|(_, subject)| giver.is_none_or(|asked| asked.meets(self.what_if.roles_of(*subject))));
                    steps.extend(adds.map(|(add, _)| Vec::from([add, signal])));
                    let fits = |member: &u32| giver.is_none_or(|asked| asked.meets(self.what_if.roles_of(Subject::Member(*member))));
                    let opponents = self.people.members.iter().filter(|member| self.what_if.opposes(self.set, **member));
                    steps.extend(opponents.filter(|member| fits(member)).map(|member| Vec::from([Atom::Reconcile(*member), signal])));
                }
            }
        }
        steps
    }

    /// The channels that have kinds so strong; of those that no tier asked for can tell apart only the first by name that is new to the set.
    fn channels(&self, tier: Tier) -> Vec<u8> {
        let mut seen = BTreeSet::new();
        let mut chosen = Vec::new();
        for (rank, channel) in (0_u8..).zip(&self.what_if.channels) {
            let heard: Vec<bool> = self.asked.tiers.iter().map(|one| self.look.channels[*one as usize] & 1 << channel != 0).collect();
            let possible: Vec<bool> = self.asked.tiers.iter().map(|one| has_kind(self.what_if, *channel, *one)).collect();
            if has_kind(self.what_if, *channel, tier) && seen.insert((heard, possible)) {
                chosen.push(rank);
            }
        }
        chosen
    }

    /// The facts that an answer lacks, with every value that may matter.
    fn facts(&self, answer: &Answer) -> Vec<Vec<Atom>> {
        let mut steps = self.reconciliations();
        for (fact, learnable) in (0_u16..).zip(&self.what_if.facts) {
            if answer.unknown.contains(&learnable.fact) {
                let values = (0_u16..).zip(&learnable.values).map(|(value, _)| value);
                steps.extend(values.map(|value| Vec::from([Atom::Learn { fact, value }])));
            }
        }
        steps
    }
}

/// Whether a channel, by the policy's number, has a kind of that tier or a stronger one.
pub(super) fn has_kind(what_if: &WhatIf<'_>, channel: u8, tier: Tier) -> bool {
    what_if.policy().kinds.iter().any(|kind| kind.channel == channel && kind.tier <= tier)
}
