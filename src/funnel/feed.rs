//! Journeys of a portfolio: of its groups, and of its people taken one by one as leads, so that both ways of counting stand side by side.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::history::{GroupHistories, GroupHistory};
use super::journey::Journey;
use crate::account::{Opportunity, Outcome};
use crate::contact::Relationship;
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::id::ContactId;
use crate::policy::{Policy, Tier};
use crate::signal::Subject;
use crate::tally::SignalTally;

/// The stages of groups.
pub const GROUP_STAGES: [&str; 4] = ["engaged", "qualified", "opportunity", "won"];
/// The stages of people who are counted one by one.
pub const LEAD_STAGES: [&str; 4] = ["active", "mql", "opportunity", "won"];

/// The journeys of some cases, and those whose only opportunities are older than what should have led to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Journeys {
    /// The journeys, by id.
    pub journeys: Vec<Journey>,
    /// Cases with opportunities all of which were created before the case was qualified (or an MQL), by id: no conversion, and not lost.
    pub opened_before: Vec<String>,
}

/// The way of every group from engaged over qualified and opportunity to won, up to the end of a day. The stages are [`GROUP_STAGES`].
///
/// A group counts once: by the first day it had the points of the stage engaged, by its first entry into qualified, by the first opportunity that applies to
/// it and was created on that day or later (any, when it never was qualified), and by the first such one that was won. Attributes: `policy`, `route`
/// (of the first entry), `solution`, `industry`, `country` and the custom attributes of the account, which come last where names meet.
///
/// Cost: O(groups × (log groups + opportunities of the account)).
pub fn group_journeys(graph: &AccountGraph, histories: &GroupHistories, as_of: Day) -> Journeys {
    let mut found = Journeys::default();
    for (id, history) in histories.iter() {
        let qualified = history.entries.first().map(|entry| entry.day).filter(|day| *day <= as_of);
        let opportunities = graph.opportunities_of(&history.account);
        let applying = opportunities.iter().filter(|one| one.group.as_ref().is_none_or(|group| group.as_str() == id));
        let deals = Deals::since(qualified, applying, as_of);
        let engaged = history.engaged.filter(|day| *day <= as_of);
        let attributes = attributes(graph, history);
        found.add(Journey { id: id.into(), attributes, reached: Vec::from([engaged, qualified, deals.created, deals.won]) }, &deals);
    }
    found
}

/// The way of every person as a lead: from the first signal over being an MQL and an opportunity of the account to won. The stages are [`LEAD_STAGES`].
///
/// *Who is an MQL*: whoever has a signal, not quarantined, of a kind that any of the policies puts into the tier high or decisive; the day is that of the first. Nothing
/// else is asked: no role, no fit, no colleague, no exclusion. That is how leads are passed one by one, and what groups are held against. The first
/// opportunity of the account, whichever group it is of, that was created on that day or later is the lead's (any, when it never was an MQL).
///
/// A person is whoever shares a person's id within the account; people of our own are none. Cost: O(contacts × their signals).
pub fn lead_journeys<'p>(
    graph: &AccountGraph,
    tally: &SignalTally,
    policies: impl IntoIterator<Item = &'p Policy>,
    as_of: Day,
) -> Journeys {
    let mut strong: Vec<&str> = Vec::new();
    for policy in policies {
        let kinds = policy.document().kinds.iter().filter(|kind| matches!(kind.tier, Tier::Decisive | Tier::High));
        strong.extend(kinds.map(|kind| kind.name.as_str()));
    }
    let mut found = Journeys::default();
    for account in graph.accounts() {
        let opportunities = graph.opportunities_of(account);
        for (person, firsts) in people(graph, tally, account, &strong, as_of) {
            let deals = Deals::since(firsts.strong, opportunities.iter(), as_of);
            let reached = Vec::from([firsts.any, firsts.strong, deals.created, deals.won]);
            found.add(Journey { id: alloc::format!("{account}/{person}"), attributes: BTreeMap::new(), reached }, &deals);
        }
    }
    found.journeys.sort_by(|a, b| a.id.cmp(&b.id));
    found.opened_before.sort();
    found
}

impl Journeys {
    fn add(&mut self, journey: Journey, deals: &Deals) {
        if deals.created.is_none() && deals.any {
            self.opened_before.push(journey.id.clone());
        }
        self.journeys.push(journey);
    }
}

/// The first days of opportunities.
struct Deals {
    /// Of the first that was created on the day or later.
    created: Option<Day>,
    /// The first of them that was won.
    won: Option<Day>,
    /// Whether there is any at all.
    any: bool,
}

impl Deals {
    fn since<'o>(day: Option<Day>, opportunities: impl Iterator<Item = &'o Opportunity>, as_of: Day) -> Self {
        let mut deals = Self { created: None, won: None, any: false };
        for one in opportunities {
            let created = one.created_at.day();
            if created > as_of {
                continue;
            }
            deals.any = true;
            if day.is_some_and(|day| created < day) {
                continue;
            }
            deals.created = Some(deals.created.map_or(created, |first| first.min(created)));
            let closed = one.closed_at.map(crate::day::Instant::day).filter(|closed| *closed <= as_of && one.outcome == Outcome::Won);
            deals.won = deals.won.into_iter().chain(closed).min();
        }
        deals
    }
}

fn attributes(graph: &AccountGraph, history: &GroupHistory) -> BTreeMap<String, String> {
    let account = graph.account(&history.account);
    let (industry, country) = account.as_ref().map_or((None, None), |one| (one.industry.clone(), one.country.clone()));
    let known = [
        ("policy", Some(history.policy.name.clone())),
        ("route", history.entries.first().map(|entry| entry.route.token().into())),
        ("solution", history.solution.as_ref().map(ToString::to_string)),
        ("industry", industry),
        ("country", country),
    ];
    let mut attributes = account.map(|one| one.attributes).unwrap_or_default();
    attributes.extend(known.into_iter().filter_map(|(name, value)| Some((name.to_string(), value?))));
    attributes
}

/// The first day of any signal, and of a strong one.
#[derive(Default)]
struct Firsts {
    any: Option<Day>,
    strong: Option<Day>,
}

/// The people of an account by their least contact id, none of them our own.
fn people(graph: &AccountGraph, tally: &SignalTally, account: &str, strong: &[&str], as_of: Day) -> BTreeMap<String, Firsts> {
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    let mut people: BTreeMap<String, Firsts> = BTreeMap::new();
    for id in graph.contacts_of(account) {
        let Some(contact) = graph.contact(id).filter(|contact| contact.relationship != Some(Relationship::OwnStaff)) else { continue };
        let person = match contact.person {
            Some(person) => named.entry(person.to_string()).or_insert_with(|| id.into()).clone(),
            None => id.into(),
        };
        add_firsts(people.entry(person).or_default(), tally, contact.id, strong, as_of);
    }
    people
}

fn add_firsts(firsts: &mut Firsts, tally: &SignalTally, contact: ContactId, strong: &[&str], as_of: Day) {
    for count in tally.counts_of(&Subject::Contact(contact)) {
        if count.quarantined || count.day > as_of {
            continue;
        }
        firsts.any = Some(firsts.any.map_or(count.day, |first| first.min(count.day)));
        if strong.contains(&count.kind) {
            firsts.strong = Some(firsts.strong.map_or(count.day, |first| first.min(count.day)));
        }
    }
}
