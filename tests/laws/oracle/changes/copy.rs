//! A group of a world, and changed copies of it, judged anew.

use super::super::fit::{Facts, fit};
use super::super::number::{Q, ratio, zero};
use super::super::people::{self, Member};
use super::super::points::{self, Sheet};
use super::super::policy::{Policy, Seats, tier};
use super::super::rules::{self, Case, trend};
use super::super::signals::{self, Event};
use super::super::snapshot::{Person, Scene, Snapshot, Supposed};
use super::super::verdict;
use super::facts::{self, Known};
use super::{Atom, Chosen, Set, Who, rule};
use crate::world::{Account, Day, Group, Subject, World};
use serde_json::Value;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

type Ids = BTreeSet<String>;
type Values = Vec<BTreeMap<String, Known>>;
/// Who is reconciled, and which facts are learnt.
type Key = (Ids, Vec<String>);

/// One group of a world on a day.
pub struct Study {
    pub world: World,
    pub policy: Policy,
    pub group: Group,
    pub day: Day,
    /// Whether more points can only help.
    pub more_never_hurts: bool,
    bases: RefCell<BTreeMap<Ids, Rc<Base>>>,
    values: RefCell<BTreeMap<Key, Rc<Values>>>,
}

/// The group once some opponents oppose no longer.
struct Base {
    account: Account,
    template: Vec<Seats>,
    people: Vec<Person>,
    anonymous: Q,
    unnamed: Vec<Event>,
    named: Vec<(usize, Event)>,
    /// The points of the day that momentum compares with.
    before: Q,
}

impl Study {
    pub fn new(world: &World, policy: &Value, group: &str, day: Day) -> Self {
        let policy = Policy::read(policy);
        let group = people::groups(world).into_iter().find(|one| one.id == group).expect("a group of the world");
        let more_never_hurts = rule::more_never_hurts(&policy);
        Self { world: world.clone(), policy, group, day, more_never_hurts, bases: RefCell::default(), values: RefCell::default() }
    }

    /// The members as they are.
    pub fn members(&self) -> Vec<Person> {
        self.base(&Ids::new()).people.clone()
    }

    pub fn account(&self) -> Account {
        self.base(&Ids::new()).account.clone()
    }

    fn base(&self, reconciled: &Ids) -> Rc<Base> {
        if let Some(base) = self.bases.borrow().get(reconciled) {
            return Rc::clone(base);
        }
        let base = Rc::new(self.open(reconciled));
        self.bases.borrow_mut().insert(reconciled.clone(), Rc::clone(&base));
        base
    }

    fn open(&self, reconciled: &Ids) -> Base {
        let world = self.reconciled(reconciled);
        let scene = Scene { world: &world, policy: &self.policy, events: signals::events(&world) };
        let now = Snapshot::take(&scene, &self.group, self.day);
        let then = self.day - self.policy.number("/momentum/days");
        Base {
            account: now.account.clone(),
            template: now.template.clone(),
            people: now.people.iter().map(without_lines).collect(),
            anonymous: now.anonymous.points.clone(),
            unnamed: now.unnamed.iter().copied().cloned().collect(),
            named: now.named.iter().map(|(place, event)| (*place, (*event).clone())).collect(),
            before: Snapshot::take(&scene, &self.group, then).points(),
        }
    }

    /// The world in which some members oppose no longer, in none of their contacts at the account.
    pub fn reconciled(&self, ids: &Ids) -> World {
        let mut world = self.world.clone();
        let person = |id: &String| self.world.contacts.iter().find(|contact| contact.id == *id).and_then(|contact| contact.person.clone());
        let same: Vec<(String, Option<String>)> = ids.iter().map(|id| (id.clone(), person(id))).collect();
        for contact in &mut world.contacts {
            let own = contact.person.as_ref().unwrap_or(&contact.id);
            let is_same = same.iter().any(|(id, person)| person.as_ref().unwrap_or(id) == own);
            if contact.account.as_ref() == Some(&self.group.account) && is_same {
                contact.stance = contact.stance.take().filter(|stance| stance != "opponent");
            }
        }
        world
    }

    /// Whether the verdict is qualified once the set is done with these points and values. A set that cannot be done does nothing.
    pub fn qualifies_with(&self, set: &Set, chosen: &Chosen) -> bool {
        self.look(set, chosen, |case| verdict::verdict(case)["state"] == "qualified").unwrap_or(false)
    }

    /// Looks at the changed copy; none where a change has nobody to do it.
    pub fn look<T>(&self, set: &Set, chosen: &Chosen, see: impl FnOnce(&Case) -> T) -> Option<T> {
        let base = self.base(&reconciled_by(set));
        let account = changed_account(&base.account, set, chosen);
        let mut now = Snapshot {
            policy: &self.policy,
            account: &account,
            template: base.template.clone(),
            day: self.day,
            people: base.people.clone(),
            anonymous: Sheet { lines: Vec::new(), points: base.anonymous.clone() },
            unnamed: base.unnamed.iter().collect(),
            named: base.named.iter().map(|(place, event)| (*place, event)).collect(),
            supposed: Vec::new(),
        };
        for atom in set {
            self.apply(&mut now, atom, chosen)?;
        }
        let heard: Vec<&Event> = now.named.iter().map(|(_, event)| *event).chain(now.unnamed.iter().copied()).collect();
        let fit = fit(&self.policy, &Facts { account: &account, heard: &heard, day: self.day });
        let points = now.points();
        Some(see(&Case { trend: trend(&now, &base.before, &points), change: points - &base.before, fit, now }))
    }

    /// Atoms come in the order of the changes, so that whoever gives a signal is there already.
    fn apply(&self, now: &mut Snapshot, atom: &Atom, chosen: &Chosen) -> Option<()> {
        match atom {
            Atom::Lift | Atom::Learn(_) => {}
            Atom::Reconcile(id) => drop(now.people.iter().find(|person| person.id() == id)?),
            Atom::Add(role, number) => {
                let before = (*number > 1).then(|| added_id(role, number - 1));
                if before.is_some_and(|id| now.people.iter().all(|person| person.id() != id)) {
                    return None;
                }
                now.people.push(self.added(role, *number));
            }
            Atom::Bring(who) => self.bring(now, who, chosen.points.get(who))?,
            Atom::Signal(Reverse(tier), channel, role) => {
                let gives = |person: &&Person| role.as_ref().is_none_or(|role| person.member.roles.contains(role));
                now.people.iter().filter(|person| !person.member.opponent).find(gives)?;
                now.supposed.push(Supposed { tier: *tier, channel: Some(channel.clone()), role: role.clone() });
            }
            Atom::HandRaise => {
                now.supposed.push(Supposed { tier: tier(&self.policy.text("/hand_raise/tier")), channel: None, role: None });
            }
        }
        Some(())
    }

    fn added(&self, role: &str, number: usize) -> Person {
        let member = Member { id: added_id(role, number), contacts: Ids::new(), roles: Ids::from([role.to_owned()]), opponent: false };
        let sheet = Sheet { lines: Vec::new(), points: zero() };
        let engaged = zero() >= self.engaged_at();
        Person { member, sheet, weight: self.policy.weight(role), engaged, current: false }
    }

    /// "Sets x's points to the greater of p and what they are, and makes x current."
    fn bring(&self, now: &mut Snapshot, who: &Who, to: Option<&Q>) -> Option<()> {
        let id = id_of(who);
        let person = now.people.iter_mut().find(|person| person.member.id == id && !person.member.opponent)?;
        if let Some(to) = to {
            assert!(*to <= self.cap(), "nobody comes to more points than a person can have");
            person.sheet.points = person.sheet.points.clone().max(to.clone());
        }
        person.engaged = person.sheet.points >= self.engaged_at();
        person.current = person.engaged;
        Some(())
    }

    pub fn cap(&self) -> Q {
        self.policy.decimal("/person/cap")
    }

    pub fn engaged_at(&self) -> Q {
        self.policy.decimal("/person/engaged_points")
    }

    /// The points that somebody has before they are brought to any: of an opponent, once they oppose no longer.
    pub fn own_points(&self, set: &Set, who: &Who) -> Q {
        let base = self.base(&reconciled_by(set));
        let person = base.people.iter().find(|person| person.member.id == id_of(who));
        person.map_or_else(zero, |person| person.sheet.points.clone())
    }

    /// The points of somebody who gives so many more signals of some kinds today.
    pub fn points_after(&self, set: &Set, who: &Who, more: &[(String, usize)]) -> Q {
        let base = self.base(&reconciled_by(set));
        let place = base.people.iter().position(|person| person.member.id == id_of(who));
        let own = base.named.iter().filter(|(owner, _)| Some(*owner) == place).map(|(_, event)| event.clone());
        let new = more.iter().flat_map(|(kind, count)| std::iter::repeat_n(self.event(kind), *count));
        let events: Vec<Event> = own.chain(new).collect();
        points::score(events.iter(), &self.policy, self.day).points
    }

    fn event(&self, kind: &str) -> Event {
        let subject = Subject::Account(self.group.account.clone());
        Event { subject, kind: kind.to_owned(), day: self.day, solution: None, quarantined: false }
    }

    /// The weight of the heaviest role.
    pub fn weight(&self, who: &Who) -> Q {
        match who {
            Who::Added(role, _) => self.policy.weight(role),
            Who::Member(id) => {
                let base = self.base(&Ids::new());
                base.people.iter().find(|person| person.id() == id).expect("a member").weight.clone()
            }
        }
    }

    /// The values that the facts of a set could have, one of each sort that the policy tells apart.
    pub fn values(&self, set: &Set) -> Rc<Values> {
        let facts = super::learned(set);
        let key = (reconciled_by(set), facts.iter().copied().cloned().collect::<Vec<_>>());
        if let Some(values) = self.values.borrow().get(&key) {
            return Rc::clone(values);
        }
        let reconciled: Set = key.0.iter().cloned().map(Atom::Reconcile).collect();
        let learnt: Set = reconciled.into_iter().chain(facts.iter().map(|fact| Atom::Learn((*fact).clone()))).collect();
        let mut seen = Vec::new();
        let is_new = |values: &BTreeMap<String, Known>| {
            let chosen = Chosen { values: values.clone(), ..Chosen::default() };
            let sort = self.look(&learnt, &chosen, |case| self.sort(case)).expect("can be done");
            let is_new = !seen.contains(&sort);
            seen.push(sort);
            is_new
        };
        let values = Rc::new(facts::combinations(&self.policy, &facts).into_iter().filter(is_new).collect::<Vec<_>>());
        self.values.borrow_mut().insert(key, Rc::clone(&values));
        values
    }

    /// All that a verdict hears of an account's facts.
    fn sort(&self, case: &Case) -> String {
        let fit = case.fit.as_ref();
        let tiers = ["A", "B"].map(|tier| fit.map(|fit| fit.reaches(&self.policy.decimal(&format!("/fit/tiers/{tier}")))));
        let rules = ["/qualification", "/exclusion"].map(|rule| rule::predicates(self.policy.at(rule)));
        let attributes = rules.iter().flatten().filter(|one| !one["attribute"].is_null());
        let answers: Vec<_> = attributes.map(|one| rules::answer(one, case)).collect();
        format!("{tiers:?} {:?} {answers:?}", fit.map(|fit| fit.disqualified))
    }
}

/// The least step of a person's points.
pub fn unit() -> Q {
    ratio(1, 100_000_000_000_i64)
}

fn without_lines(person: &Person) -> Person {
    let sheet = Sheet { lines: Vec::new(), points: person.sheet.points.clone() };
    Person { sheet, ..person.clone() }
}

fn reconciled_by(set: &Set) -> Ids {
    set.iter().filter_map(|atom| if let Atom::Reconcile(id) = atom { Some(id.clone()) } else { None }).collect()
}

fn changed_account(account: &Account, set: &Set, chosen: &Chosen) -> Account {
    let mut account = account.clone();
    if set.contains(&Atom::Lift) {
        account.excluded = None;
    }
    for (fact, value) in &chosen.values {
        if set.contains(&Atom::Learn(fact.clone())) {
            facts::learn(&mut account, fact, value);
        }
    }
    account
}

/// No id of a contact has a line break.
fn added_id(role: &str, number: usize) -> String {
    format!("{role}\n{number}")
}

fn id_of(who: &Who) -> String {
    match who {
        Who::Member(id) => id.clone(),
        Who::Added(role, number) => added_id(role, *number),
    }
}
