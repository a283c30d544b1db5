//! A group as it stands on a day: its people with their points, the group's points, readiness and seats.

use super::number::{Q, min, ratio, round, whole, zero};
use super::people::{self, Member};
use super::points::{self, Sheet};
use super::policy::{Kind, Policy, Seats, text};
use super::signals::{self, Event};
use crate::world::{Account, Day, Group, Subject, World};
use num_traits::{ToPrimitive, Zero};
use std::collections::BTreeSet;

/// Everything an assessment reads.
pub struct Scene<'a> {
    pub world: &'a World,
    pub policy: &'a Policy,
    pub events: Vec<Event>,
}

/// A member with points.
#[derive(Clone)]
pub struct Person {
    pub member: Member,
    pub sheet: Sheet,
    /// The greatest weight of a role held; without a role that of `unknown`.
    pub weight: Q,
    pub engaged: bool,
    pub current: bool,
}

pub struct Snapshot<'a> {
    pub policy: &'a Policy,
    pub account: &'a Account,
    pub template: Vec<Seats>,
    pub day: Day,
    pub people: Vec<Person>,
    pub anonymous: Sheet,
    /// Usable signals of the account itself.
    pub unnamed: Vec<&'a Event>,
    /// Usable signals of members who are no opponents, each with its member's place.
    pub named: Vec<(usize, &'a Event)>,
    /// Signals of the day that somebody supposes; none as things are.
    pub supposed: Vec<Supposed>,
}

/// A signal of the day that somebody supposes.
pub struct Supposed {
    pub tier: usize,
    /// None: nobody knows.
    pub channel: Option<String>,
    /// The role of who gives it; none: anybody's.
    pub role: Option<String>,
}

/// One seat with its share of the readiness, in units of the 4th decimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub role: String,
    pub rank: usize,
    pub contact: Option<String>,
    pub units: i64,
}

impl<'a> Snapshot<'a> {
    pub fn take(scene: &'a Scene<'a>, group: &Group, day: Day) -> Self {
        let policy = scene.policy;
        let usable = |event: &&Event| signals::is_usable(event, policy, group.solution.as_ref(), day);
        let usable: Vec<&Event> = scene.events.iter().filter(usable).collect();
        let of_account = |event: &&&Event| event.subject == Subject::Account(group.account.clone());
        let unnamed: Vec<&Event> = usable.iter().filter(of_account).copied().collect();
        let members = people::members(scene.world, policy, group, day);
        let named = usable.iter().filter_map(|event| Some((owner(&members, event)?, *event))).collect::<Vec<_>>();
        let owned = |place: usize| named.iter().filter(move |(owner, _)| *owner == place).map(|(_, event)| *event);
        let people = members.into_iter().enumerate().map(|(place, member)| person(member, owned(place), policy, day));
        Self {
            people: people.collect(),
            policy,
            account: scene.world.accounts.iter().find(|account| account.id == group.account).expect("the account"),
            template: policy.template(&people::template(group, policy)),
            day,
            anonymous: points::score(unnamed.iter().copied(), policy, day),
            unnamed,
            named,
            supposed: Vec::new(),
        }
    }

    /// A usable signal of a member who is no opponent, its member and its kind.
    pub fn actions(&self) -> impl Iterator<Item = (&Person, &'a Event, &Kind)> {
        self.named.iter().map(|(place, event)| (&self.people[*place], *event, self.kind(event)))
    }

    /// Usable signals of kinds with positive points, of members who are no opponents or anonymous, whatever the window.
    pub fn positive(&self) -> impl Iterator<Item = (&'a Event, &Kind)> {
        let all = self.named.iter().map(|(_, event)| *event).chain(self.unnamed.iter().copied());
        all.map(|event| (event, self.kind(event))).filter(|(_, kind)| kind.points > zero())
    }

    fn kind(&self, event: &Event) -> &Kind {
        self.policy.kind(&event.kind).expect("usable signals are of known kinds")
    }

    /// Whether the event is inside its kind's window on this day.
    pub fn is_inside(&self, event: &Event) -> bool {
        points::is_inside_window(event, self.kind(event), self.day)
    }

    /// The group's points under the policy's roll-up: exact when weighted, else rounded once to 4 decimals.
    pub fn points(&self) -> Q {
        let roll_up = self.policy.at("/group/roll_up");
        match text(roll_up, "/type").as_str() {
            "weighted" => {
                let anonymous = &self.anonymous.points * self.policy.weight("unknown") / whole(100);
                self.people.iter().map(Person::weighted).sum::<Q>() + anonymous
            }
            "sum" => round(&self.people.iter().map(|person| &person.sheet.points).sum(), 4),
            "champion_mix" => round(&self.champion_mix(), 4),
            "adobe" => round(&self.adobe(), 4),
            other => panic!("no roll-up {other}"),
        }
    }

    /// `max` times the best plus `mean` times the mean of all other members.
    fn champion_mix(&self) -> Q {
        let mut points: Vec<&Q> = self.people.iter().map(|person| &person.sheet.points).collect();
        points.sort();
        let Some(best) = points.pop() else { return zero() };
        let mean = if points.is_empty() { zero() } else { points.iter().copied().sum::<Q>() / whole(points.len()) };
        best * self.policy.decimal("/group/roll_up/max") + mean * self.policy.decimal("/group/roll_up/mean")
    }

    /// What each member, by id, and then the account itself adds to the points, before rounding. Of several best members of a champion mix
    /// the first is the best one.
    pub fn shares_of_points(&self) -> Vec<Q> {
        let roll_up = self.policy.at("/group/roll_up");
        let part = |name: &str| self.policy.decimal(&format!("/group/roll_up/{name}"));
        let anonymous = &self.anonymous.points * self.policy.weight("unknown") / whole(100);
        let best = self.people.iter().map(|person| &person.sheet.points).max();
        let best = self.people.iter().position(|person| Some(&person.sheet.points) == best);
        let has_role = |person: &Person| !person.member.roles.is_empty();
        let weights: Q = self.people.iter().filter(|person| has_role(person)).map(|person| &person.weight).sum();
        let share = |(place, person): (usize, &Person)| match text(roll_up, "/type").as_str() {
            "weighted" => person.weighted(),
            "sum" => person.sheet.points.clone(),
            "champion_mix" if Some(place) == best => &person.sheet.points * part("max"),
            "champion_mix" => &person.sheet.points * part("mean") / whole(self.people.len() - 1),
            _ if !has_role(person) || weights.is_zero() => zero(),
            _ => &person.sheet.points * &person.weight / &weights,
        };
        let counted = if text(roll_up, "/type") == "weighted" { anonymous } else { zero() };
        self.people.iter().enumerate().map(share).chain([counted]).collect()
    }

    /// The weighted mean over members with a role.
    fn adobe(&self) -> Q {
        let held: Vec<&Person> = self.people.iter().filter(|person| !person.member.roles.is_empty()).collect();
        let weights: Q = held.iter().map(|person| &person.weight).sum();
        let sum: Q = held.iter().map(|person| &person.sheet.points * &person.weight).sum();
        if weights.is_zero() { zero() } else { sum / weights }
    }

    /// Members who hold a role, opponents included, by id.
    pub fn holders(&self, role: &str) -> Vec<&Person> {
        self.people.iter().filter(|person| person.member.roles.contains(role)).collect()
    }

    /// Members without a role, opponents included, by id.
    pub fn roleless(&self) -> Vec<&Person> {
        self.people.iter().filter(|person| person.member.roles.is_empty()).collect()
    }

    pub fn engaged(&self) -> Vec<&Person> {
        self.people.iter().filter(|person| person.engaged).collect()
    }

    pub fn readiness(&self) -> Q {
        round(&self.shares().iter().map(|(_, share)| share).sum(), 4)
    }

    /// Every seat, in template order, then rank, with its exact share: `100 × w_r × min(points, 100) / (100 × n_r × Σ w)`.
    fn shares(&self) -> Vec<(Seat, Q)> {
        let full = self.policy.decimal("/person/seat_full_points");
        let weights: Q = self.template.iter().map(|seats| self.policy.weight(&seats.role)).sum();
        let mut shares = Vec::new();
        for seats in &self.template {
            let mut best = self.holders(&seats.role);
            best.sort_by(|left, right| right.sheet.points.cmp(&left.sheet.points).then(left.id().cmp(right.id())));
            for rank in 0..seats.count {
                let person = best.get(rank);
                let filled = person.map_or_else(zero, |person| min(&person.sheet.points, &full));
                let share = whole(100) * self.policy.weight(&seats.role) * filled / (&full * whole(seats.count) * &weights);
                let contact = person.map(|person| person.id().to_owned());
                shares.push((Seat { role: seats.role.clone(), rank, contact, units: 0 }, share));
            }
        }
        shares
    }

    /// "Seats are shown in units of the 4th decimal by largest remainder (ties: template order, then rank), so they add up to it."
    pub fn seats(&self) -> Vec<Seat> {
        let unit = ratio(1, 10_000);
        let total = (self.readiness() / &unit).to_integer();
        let shares: Vec<(Seat, Q)> = self.shares().into_iter().map(|(seat, share)| (seat, share / &unit)).collect();
        let floors = shares.iter().map(|(_, units)| units.floor()).sum::<Q>().to_integer();
        let left = (total - floors).to_usize().expect("less than the seats");
        let mut by_remainder: Vec<usize> = (0..shares.len()).collect();
        by_remainder.sort_by_key(|place| std::cmp::Reverse(shares[*place].1.fract()));
        let lifted: BTreeSet<usize> = by_remainder.into_iter().take(left).collect();
        let units = |place: usize, units: &Q| units.floor().to_integer().to_i64().expect("small") + i64::from(lifted.contains(&place));
        shares.iter().enumerate().map(|(place, (seat, share))| Seat { units: units(place, share), ..seat.clone() }).collect()
    }
}

impl Person {
    pub fn id(&self) -> &str {
        &self.member.id
    }

    pub fn weighted(&self) -> Q {
        &self.sheet.points * &self.weight / whole(100)
    }

    pub fn decides(&self, policy: &Policy) -> bool {
        self.member.roles.iter().any(|role| policy.decides(role))
    }
}

/// The place of the member, if it is no opponent, whose signal this is.
fn owner(members: &[Member], event: &Event) -> Option<usize> {
    let Subject::Contact(contact) = &event.subject else { return None };
    members.iter().position(|member| !member.opponent && member.contacts.contains(contact))
}

/// An opponent comes without signals, so has 0 points, and is never engaged.
fn person<'a>(member: Member, events: impl Iterator<Item = &'a Event> + Clone, policy: &Policy, day: Day) -> Person {
    let sheet = points::score(events.clone(), policy, day);
    let engaged = !member.opponent && sheet.points >= policy.decimal("/person/engaged_points");
    let recent = events.filter(|event| day - event.day <= policy.number("/person/current_days")).any(|event| {
        let kind = policy.kind(&event.kind).expect("usable signals are of known kinds");
        kind.points > zero() && points::is_inside_window(event, kind, day)
    });
    let weights = member.roles.iter().map(|role| policy.weight(role));
    let weight = weights.max().unwrap_or_else(|| policy.weight("unknown"));
    Person { member, sheet, weight, engaged, current: engaged && recent }
}
