//! Journeys of a portfolio: of its groups, and of its people taken one by one as leads, so that both ways of counting stand side by side.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::deals::{Deals, FirstDays};
use super::history::{GroupHistories, GroupHistory};
use super::journey::Journey;
use crate::contact::Relationship;
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::id::ContactId;
use crate::policy::{KindRule, Policy, Tier};
use crate::signal::Subject;
use crate::tally::SignalTally;

/// The stages of groups.
pub const GROUP_STAGES: [&str; 4] = ["engaged", "qualified", "opportunity", "won"];
/// The stages of people who are counted one by one.
pub const LEAD_STAGES: [&str; 4] = ["active", "mql", "opportunity", "won"];

/// What is known of every group, so that a custom attribute of one of these names is another thing and is left out.
pub const GROUP_ATTRIBUTES: [&str; 6] = ["account", "policy", "route", "solution", "industry", "country"];

/// The journeys of some cases, and those whose only opportunities are older than what should have led to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Journeys {
    /// The journeys, by id.
    pub journeys: Vec<Journey>,
    /// Cases with opportunities all of which were created before the case was qualified (or an MQL, or active), by id: no conversion, and not lost.
    pub opened_before: Vec<String>,
}

/// The way of every group from engaged over qualified and opportunity to won, up to the end of a day. The stages are [`GROUP_STAGES`].
///
/// A group counts once: by the first day it had the points of the stage engaged, by its first entry into qualified, by the first opportunity that applies to
/// it and was created on that day or later (any, when it never was qualified), and by the first such one that was won. Attributes: `account`, `policy`, `route`
/// (of the first entry), `solution`, `industry`, `country` and the custom attributes of the account that have no such name.
///
/// Cost: O(n log n) in the groups and the opportunities of their accounts.
pub fn group_journeys(graph: &AccountGraph, histories: &GroupHistories, as_of: Day) -> Journeys {
    let mut accounts: BTreeMap<&str, OfAccount> = BTreeMap::new();
    let mut found = Journeys::default();
    for (id, history) in histories.iter() {
        let account = accounts.entry(&history.account).or_insert_with(|| OfAccount::new(graph, &history.account, as_of));
        let qualified = history.entries.first().map(|entry| entry.day).filter(|day| *day <= as_of);
        let deals = account.deals.of_group_since(id, qualified);
        let engaged = history.engaged.filter(|day| *day <= as_of);
        let attributes = account.attributes(history, qualified.is_some());
        found.add(Journey { id: id.into(), attributes, reached: Vec::from([engaged, qualified, deals.created, deals.won]) }, deals);
    }
    found
}

/// What all groups of an account share.
struct OfAccount {
    deals: Deals,
    known: BTreeMap<String, String>,
}

impl OfAccount {
    fn new(graph: &AccountGraph, id: &str, as_of: Day) -> Self {
        let mut known = BTreeMap::new();
        if let Some(account) = graph.account(id) {
            known = account.attributes;
            known.retain(|name, _| !GROUP_ATTRIBUTES.contains(&name.as_str()));
            known.extend(account.industry.map(|industry| ("industry".into(), industry)));
            known.extend(account.country.map(|country| ("country".into(), country)));
        }
        known.insert("account".into(), id.into());
        Self { deals: Deals::of(&graph.opportunities_of(id), as_of), known }
    }

    fn attributes(&self, history: &GroupHistory, qualified: bool) -> BTreeMap<String, String> {
        let mut attributes = self.known.clone();
        attributes.insert("policy".into(), history.policy.name.clone());
        let first = history.entries.first().filter(|_| qualified);
        attributes.extend(first.map(|entry| ("route".into(), entry.route.token().into())));
        attributes.extend(history.solution.as_ref().map(|solution| ("solution".into(), solution.to_string())));
        attributes
    }
}

/// The way of every person as a lead: from the first signal over being an MQL and an opportunity of the account to won. The stages are [`LEAD_STAGES`].
///
/// *Who is active*: whoever has a signal, not quarantined, that is no act of ours, which is what any of the policies marks `sales_action`. *Who is an MQL*: whoever has
/// such a signal of a kind that any of the policies puts into the tier high or decisive. Nothing else is asked: no role, no fit, no colleague, no exclusion. That is how
/// leads are passed one by one, and what groups are held against. The first opportunity of the account, whichever group it is of, that was created on the day a person was
/// an MQL (active, when it never was an MQL) or later is the lead's; who never did anything has none.
///
/// One deal is one for every such person of its account, so that rates of leads count it several times over, and their intervals take for independent what is not.
///
/// A person is whoever shares a person's id within the account, and goes by the least of its contact ids; people of our own are none. Attributes: `account`.
/// Cost: O(contacts × their signals).
pub fn lead_journeys<'p>(
    graph: &AccountGraph,
    tally: &SignalTally,
    policies: impl IntoIterator<Item = &'p Policy>,
    as_of: Day,
) -> Journeys {
    let (mut strong, mut ours): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for policy in policies {
        let names = |is: fn(&KindRule) -> bool| policy.document().kinds.iter().filter(move |kind| is(kind)).map(|kind| kind.name.as_str());
        strong.extend(names(|kind| matches!(kind.tier, Tier::Decisive | Tier::High)));
        ours.extend(names(|kind| kind.sales_action));
    }
    let asked = Asked { tally, strong, ours, as_of };
    let mut found = Journeys::default();
    for account in graph.accounts() {
        let deals = Deals::of(&graph.opportunities_of(account), as_of);
        for (person, firsts) in people(graph, account, &asked) {
            let came = firsts.strong.or(firsts.any);
            let deals = came.map_or_else(FirstDays::default, |_| deals.since(came));
            let reached = Vec::from([firsts.any, firsts.strong, deals.created, deals.won]);
            found.add(Journey { id: person, attributes: [("account".into(), account.into())].into(), reached }, deals);
        }
    }
    found.journeys.sort_by(|a, b| a.id.cmp(&b.id));
    found.opened_before.sort();
    found
}

impl Journeys {
    fn add(&mut self, journey: Journey, deals: FirstDays) {
        if deals.created.is_none() && deals.any {
            self.opened_before.push(journey.id.clone());
        }
        self.journeys.push(journey);
    }

    /// Without those that had come to a stage before a day, and how many these are.
    pub fn since(mut self, day: Day) -> (Self, u64) {
        let all = self.journeys.len();
        let mut old: Vec<String> = Vec::new();
        self.journeys.retain(|journey| {
            let is_old = journey.reached.iter().flatten().any(|reached| *reached < day);
            old.extend(is_old.then(|| journey.id.clone()));
            !is_old
        });
        old.sort_unstable();
        self.opened_before.retain(|id| old.binary_search(id).is_err());
        let left_out = (all - self.journeys.len()) as u64;
        (self, left_out)
    }
}

/// What is looked for in the signals of people.
struct Asked<'a> {
    tally: &'a SignalTally,
    strong: Vec<&'a str>,
    ours: Vec<&'a str>,
    as_of: Day,
}

/// The first days of a person.
#[derive(Default)]
struct Firsts {
    any: Option<Day>,
    strong: Option<Day>,
}

/// The people of an account by their least contact id, none of them our own.
fn people(graph: &AccountGraph, account: &str, asked: &Asked<'_>) -> BTreeMap<String, Firsts> {
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    let mut people: BTreeMap<String, Firsts> = BTreeMap::new();
    for id in graph.contacts_of(account) {
        let Some(contact) = graph.contact(id).filter(|contact| contact.relationship != Some(Relationship::OwnStaff)) else { continue };
        let person = match contact.person {
            Some(person) => named.entry(person.to_string()).or_insert_with(|| id.into()).clone(),
            None => id.into(),
        };
        people.entry(person).or_default().add(contact.id, asked);
    }
    people
}

impl Firsts {
    fn add(&mut self, contact: ContactId, asked: &Asked<'_>) {
        for count in asked.tally.counts_of(&Subject::Contact(contact)) {
            if count.quarantined || count.day > asked.as_of || asked.ours.contains(&count.kind) {
                continue;
            }
            let earlier = |first: Option<Day>| Some(first.map_or(count.day, |first| first.min(count.day)));
            self.any = earlier(self.any);
            if asked.strong.contains(&count.kind) {
                self.strong = earlier(self.strong);
            }
        }
    }
}
