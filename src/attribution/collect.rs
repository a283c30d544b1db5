//! Journeys out of a graph and its signals.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::journey::{Deal, DealJourney, Touch};
use crate::account::Outcome;
use crate::assess::{Assessor, MemberRow, Roll};
use crate::day::{Day, Instant};
use crate::graph::AccountGraph;
use crate::id::SolutionName;
use crate::policy::{Policy, RoleSet, UNKNOWN_ROLE};
use crate::signal::{Signal, Subject};
use crate::tally::{Says, SignalTally};

/// The journey of every opportunity that was won or lost: what the members of its group on the day of the close did up to then, by account id, then
/// opportunity id.
///
/// An opportunity without a group is about every group of its account. Signals that are set aside, or about a solution of which the group is not, are no touches; of
/// signals with one id the least content counts, as in a tally. O(n log n) in the signals and the members of the groups of closed opportunities, and the touches of each
/// deal; where records count on some days only, the members and their signals once more for each deal.
pub fn deal_journeys<'a>(graph: &'a AccountGraph, policy: &'a Policy, signals: &'a [Signal]) -> Vec<DealJourney<'a>> {
    let by_contact = by_contact(graph, signals);
    let nothing = SignalTally::new();
    let assessor = Assessor::new(graph, &nothing, policy);
    let mut journeys = Vec::new();
    for account in graph.sorted_accounts() {
        let mut rows: Vec<_> = graph.account_row(account).opportunities.iter().filter(|row| row.outcome != Outcome::Open).collect();
        rows.sort_by(|a, b| graph.opportunity_id(a).cmp(graph.opportunity_id(b)));
        // Deals of one group have the same people, unless some of them count on some days only.
        let mut pools: BTreeMap<Option<u32>, Pool<'a>> = BTreeMap::new();
        for row in rows {
            let Some((closed_at, closed)) = row.closed_at.zip(row.closed) else { continue };
            if pools.get(&row.group).is_none_or(|pool| !pool.timeless) {
                pools.insert(row.group, Pool::of(graph, policy, &by_contact, assessor.rolls(account, row.group, closed)));
            }
            let Some(pool) = pools.get(&row.group) else { continue };
            let deal = Deal {
                opportunity: graph.opportunity_id(row),
                account: graph.account_names().text(account),
                group: row.group.map(|group| graph.group_names().text(group)),
                contact_created: pool.created.map(Instant::from),
                opportunity_created: Some(row.created_at),
                closed: closed_at,
                outcome: row.outcome,
                amount: row.amount,
                currency: row.currency.as_deref(),
            };
            journeys.push(DealJourney::of_sorted(policy, deal, &pool.touches));
        }
    }
    journeys
}

/// What the people of a deal ever did.
struct Pool<'a> {
    /// By time.
    touches: Vec<Touch<'a>>,
    /// The day on which the first of them was created.
    created: Option<Day>,
    /// Whether the people are the same on every day.
    timeless: bool,
}

impl<'a> Pool<'a> {
    fn of(
        graph: &'a AccountGraph,
        policy: &'a Policy,
        by_contact: &BTreeMap<u32, Vec<&'a Signal>>,
        rolls: Vec<(Option<u32>, Roll)>,
    ) -> Self {
        let (mut people, mut timeless) = (BTreeMap::new(), true);
        for (group, roll) in rolls {
            let solution = group.and_then(|group| graph.group_row(group).solution.as_ref());
            timeless &= roll.timeless;
            for row in &roll.members {
                let person = graph.person_text(row.contact);
                people.entry(person).or_insert_with(|| Member::new(row.contact)).take(graph, row, solution);
            }
        }
        let contacts = people.values().flat_map(|member: &Member<'_>| member.contacts.iter());
        let created = contacts.filter_map(|contact| graph.contact_created(*contact)).min();
        let mut touches: Vec<Touch<'a>> = people.into_values().flat_map(|member| member.touches(graph, policy, by_contact)).collect();
        touches.sort_unstable();
        Self { touches, created, timeless }
    }
}

/// A person of a deal.
struct Member<'a> {
    /// The least contact id of the person among the member contacts.
    contact: u32,
    contacts: Vec<u32>,
    roles: RoleSet,
    /// The solutions of the groups it is a member of; `None`: any.
    solutions: Option<BTreeSet<&'a str>>,
}

impl<'a> Member<'a> {
    const fn new(contact: u32) -> Self {
        Self { contact, contacts: Vec::new(), roles: RoleSet::EMPTY, solutions: Some(BTreeSet::new()) }
    }

    /// Takes in what the person is to one more group.
    fn take(&mut self, graph: &AccountGraph, row: &MemberRow, solution: Option<&'a SolutionName>) {
        let text = |contact: u32| graph.contact_names().text(contact);
        if text(row.contact) < text(self.contact) {
            self.contact = row.contact;
        }
        self.contacts.extend(row.contacts());
        self.contacts.sort_unstable();
        self.contacts.dedup();
        self.roles = self.roles.with(row.roles);
        match (solution, &mut self.solutions) {
            (Some(solution), Some(solutions)) => {
                solutions.insert(solution.as_str());
            }
            _ => self.solutions = None,
        }
    }

    fn touches(self, graph: &'a AccountGraph, policy: &'a Policy, by_contact: &BTreeMap<u32, Vec<&'a Signal>>) -> Vec<Touch<'a>> {
        let (role, weight) = heaviest(policy, self.roles);
        let names = graph.contact_names();
        let mut touches = Vec::new();
        for contact in &self.contacts {
            let about = |signal: &&&Signal| match (&self.solutions, &signal.solution) {
                (Some(solutions), Some(solution)) => solutions.contains(solution.as_str()),
                _ => true,
            };
            let touch = |signal: &&'a Signal| Touch {
                at: signal.at,
                id: signal.id.as_ref().map(AsRef::as_ref),
                contact: names.text(self.contact),
                kind: signal.kind.as_str(),
                campaign: signal.campaign.as_ref().map(AsRef::as_ref),
                role,
                weight,
            };
            touches.extend(by_contact.get(contact).into_iter().flatten().filter(about).map(touch));
        }
        touches
    }
}

/// The heaviest role, of equally heavy ones the first of the policy, and its weight.
fn heaviest(policy: &Policy, roles: RoleSet) -> (&str, u16) {
    let compiled = policy.compiled();
    let heaviest = roles.iter().max_by_key(|role| (compiled.roles[usize::from(*role)].weight, Reverse(*role)));
    let name = heaviest.map_or(UNKNOWN_ROLE, |role| compiled.roles[usize::from(role)].name.as_str());
    // INVARIANT: weights of a policy are at most 1,000.
    (name, u16::try_from(compiled.weight(roles)).unwrap_or(u16::MAX))
}

/// The usable signals of each contact.
fn by_contact<'a>(graph: &AccountGraph, signals: &'a [Signal]) -> BTreeMap<u32, Vec<&'a Signal>> {
    let mut identified: BTreeMap<&str, &Signal> = BTreeMap::new();
    let mut by_contact: BTreeMap<u32, Vec<&Signal>> = BTreeMap::new();
    let mut keep = |signal: &'a Signal| {
        let Subject::Contact(contact) = &signal.subject else { return };
        if let Some(contact) = graph.contact_ix(contact.as_str()).filter(|_| !signal.quarantined) {
            by_contact.entry(contact).or_default().push(signal);
        }
    };
    for signal in signals {
        match &signal.id {
            None => keep(signal),
            Some(id) => {
                let known = identified.entry(id.as_ref()).or_insert(signal);
                if Says::from(signal) < Says::from(*known) {
                    *known = signal;
                }
            }
        }
    }
    identified.into_values().for_each(keep);
    by_contact
}
