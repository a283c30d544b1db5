//! Campaigns counted, account by account.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::ToString;
use alloc::vec::Vec;

use super::super::history::GroupHistories;
use super::cost::{CampaignCost, Parts};
use super::days::{FirstHeard, Milestones};
use super::people::People;
use super::result::{Campaign, CampaignFigures, CampaignSignals, Campaigns};
use super::sorted::{Heard, Sorted};
use super::states::{Account, settle};
use crate::assess::{Assessor, Scratch};
use crate::day::Day;
use crate::signal::Signal;

/// What became of the signals of every campaign, whom they reached, which groups came of them, and what that cost, as of a day.
///
/// `signals` are those of the assessor's tally, all of them and as they came, repetitions included: signals of one person, kind and day are scored together, so the
/// state of one depends on the others, whatever campaign they are of. A signal that the tally has not is in no group. Later signals are in the state `future`.
/// `histories` are those of all groups up to the day; what entered later is not looked at. `minor_digits` says how many decimals a currency has; at most 4 are
/// shown.
///
/// Every signal is in exactly one state:
///
/// - Of rows with one id the least counts, as in a tally; the others are duplicates, of the campaign that each names. Then come subjects that are not known.
/// - The others have the state that they have in the groups of their account; of several states the furthest in the order of [`SignalState`](crate::SignalState).
///   All signals of a person, kind and day share one state, but those beyond the daily cap, which are the latest of them.
///
/// A group hears of a campaign on the day of the first signal that is of its account or of any contact there, not set aside, and of the group's solution or of
/// none. What it comes to on that day or later is counted, once a campaign; several campaigns may claim it. A group qualifies on the first day of its history on which it came into
/// qualified.
///
/// Cost: O(signals × log signals), an assessment of each account that was heard of, and its groups, opportunities and solutions × log once for each campaign that reached it.
///
/// ```
/// use quorate::{Account, AccountGraph, Assessor, CampaignCost, Contact, Decimal, GroupHistories, Policy, Relationship, Signal, SignalTally, campaigns};
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// graph.add_contact(Contact::new("ann", "acme")?.with_role("economic_buyer")?)?;
/// graph.add_contact(Contact { relationship: Some(Relationship::Student), ..Contact::new("sam", "acme")? })?;
/// let mut signals = vec![
///     Signal::of_contact("ann", "demo_request", "2025-05-01".parse()?)?,
///     Signal::of_contact("sam", "content_download", "2025-05-02".parse()?)?,
///     Signal::of_contact("sam", "content_download", "2025-05-03".parse()?)?,
/// ];
/// signals.iter_mut().for_each(|signal| signal.campaign = "expo".parse().ok());
///
/// let (tally, policy, day) = (SignalTally::from_signals(&signals)?, Policy::default(), "2025-05-05".parse()?);
/// let assessor = Assessor::new(&graph, &tally, &policy);
/// let histories = GroupHistories::replay(&assessor, "2025-05-01".parse()?, day, |_| ())?;
/// let costs = [CampaignCost::new("expo".parse()?, Decimal::from(1_000), Some("EUR".into()))?];
/// let found = campaigns(&assessor, &histories, &signals, &costs, |_| 2, day);
///
/// let expo = &found.campaigns[0].figures;
/// let states: Vec<_> = expo.signals.iter().filter(|(_, count)| *count > 0).collect();
/// assert_eq!(states, [("excluded_person", 2), ("counted", 1)]);
/// assert_eq!((expo.people.deciding, expo.people.excluded, expo.qualified), (1, 1, 1));
/// let cost = &expo.costs[0];
/// assert_eq!((cost.per_qualified, cost.on_never), (Some(Decimal::from(1_000)), Decimal::new(666_67, 2)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn campaigns<'s>(
    assessor: &Assessor<'_>,
    histories: &GroupHistories,
    signals: impl IntoIterator<Item = &'s Signal>,
    costs: &[CampaignCost],
    minor_digits: impl Fn(Option<&str>) -> u32,
    as_of: Day,
) -> Campaigns {
    let mut sorted = Sorted::of(assessor, signals);
    let mut sheet = Sheet::new(&sorted, costs);
    sorted.duplicates.iter().for_each(|campaign| sheet.signal(*campaign, |signals| signals.duplicate += 1));
    sorted.strangers.iter().for_each(|campaign| sheet.signal(*campaign, |signals| signals.unknown_subject += 1));
    let mut scratch = Scratch::default();
    for heard in sorted.heard.chunk_by_mut(|a, b| a.account == b.account) {
        let account = heard[0].account;
        let found = account.map(|account| settle(assessor, account, as_of, heard, &mut scratch)).unwrap_or_default();
        sheet.states(heard);
        let reached = Reached::of(&sheet, heard, as_of, &found);
        sheet.people(&reached, &People::of(assessor, account, as_of, &found));
        if let Some(account) = account {
            let milestones = Milestones::of(assessor.graph(), histories, account, as_of);
            sheet.account(&reached, &found, &milestones);
        }
    }
    sheet.costs(costs, minor_digits);
    sheet.report(as_of)
}

/// Sums, on their way.
struct Sheet<'s> {
    /// The names of the campaigns, in order.
    names: Vec<&'s str>,
    /// The figures of each, and after them those of all.
    figures: Vec<CampaignFigures>,
    without: CampaignSignals,
}

/// What one account heard, by the place of the campaign.
struct Reached<'s> {
    campaigns: BTreeMap<usize, FirstHeard<'s>>,
    /// The signals of each, and those of people who never count.
    signals: Vec<(usize, bool)>,
    /// Contacts, each with a campaign that reached it.
    contacts: BTreeSet<(usize, u32)>,
}

impl<'s> Reached<'s> {
    fn of(sheet: &Sheet<'s>, heard: &[Heard<'s>], as_of: Day, found: &Account) -> Self {
        let mut reached = Self { campaigns: BTreeMap::new(), signals: Vec::new(), contacts: BTreeSet::new() };
        for one in heard.iter().filter(|one| one.reached(as_of)) {
            let never = one.contact.is_some_and(|contact| !found.allies.contains(&contact));
            for place in sheet.places(one.says.campaign) {
                reached.campaigns.entry(place).or_default().add(&one.says);
                reached.signals.push((place, never));
                reached.contacts.extend(one.contact.map(|contact| (place, contact)));
            }
        }
        reached
    }
}

impl<'s> Sheet<'s> {
    fn new(sorted: &Sorted<'s>, costs: &'s [CampaignCost]) -> Self {
        let heard = sorted.heard.iter().map(|one| one.says.campaign);
        let all = heard.chain(sorted.duplicates.iter().copied()).chain(sorted.strangers.iter().copied()).flatten();
        let names: BTreeSet<&str> = all.chain(costs.iter().map(|cost| cost.campaign().as_str())).collect();
        let figures = alloc::vec![CampaignFigures::default(); names.len() + 1];
        Self { names: names.into_iter().collect(), figures, without: CampaignSignals::default() }
    }

    /// The places of the figures that a campaign counts in: its own, and those of all.
    fn places(&self, campaign: Option<&str>) -> impl Iterator<Item = usize> + use<> {
        let own = campaign.and_then(|name| self.names.binary_search(&name).ok());
        let all = self.names.len();
        own.into_iter().flat_map(move |own| [own, all])
    }

    fn signal(&mut self, campaign: Option<&str>, count: impl Fn(&mut CampaignSignals)) {
        if campaign.is_none() {
            count(&mut self.without);
        }
        for place in self.places(campaign) {
            count(&mut self.figures[place].signals);
        }
    }

    fn states(&mut self, heard: &[Heard<'_>]) {
        for one in heard {
            self.signal(one.says.campaign, |signals| match one.state {
                Some(state) => signals.states.add(state, 1),
                None => signals.no_group += 1,
            });
        }
    }

    fn people(&mut self, reached: &Reached<'_>, people: &People<'_>) {
        for (place, never) in &reached.signals {
            let counts = &mut self.figures[*place].reached;
            counts.signals += 1;
            counts.never += u64::from(*never);
        }
        for (person, places) in people.persons_of(&reached.contacts) {
            let standing = people.standing(person);
            for place in places {
                self.figures[place].people.add(standing);
            }
        }
    }

    fn account(&mut self, reached: &Reached<'_>, found: &Account, milestones: &Milestones<'_>) {
        for (place, heard) in &reached.campaigns {
            let figures = &mut self.figures[*place];
            figures.accounts.add(found.fit.as_ref());
            figures.qualified += milestones.qualified(heard);
            figures.opened += milestones.opened(heard);
            figures.opportunities += milestones.opportunities(heard);
        }
    }

    fn costs(&mut self, costs: &[CampaignCost], minor_digits: impl Fn(Option<&str>) -> u32) {
        let mut sums: BTreeMap<(usize, Option<&str>), i128> = BTreeMap::new();
        for cost in costs {
            for place in self.places(Some(cost.campaign().as_str())).take(1) {
                *sums.entry((place, cost.currency())).or_default() += cost.units();
            }
        }
        let mut totals: BTreeMap<Option<&str>, Parts> = BTreeMap::new();
        for ((place, currency), units) in sums {
            let (figures, digits) = (&mut self.figures[place], minor_digits(currency));
            let parts = Parts::of(units, figures, digits);
            figures.costs.push(parts.spend(currency, figures, digits));
            totals.entry(currency).or_default().add(parts);
        }
        let only = totals.len() == 1;
        if let Some(all) = self.figures.last_mut() {
            for (currency, parts) in totals {
                let mut spend = parts.spend(currency, all, minor_digits(currency));
                if !only {
                    // Groups that were paid for in another currency are among all of them.
                    (spend.per_qualified, spend.per_opportunity) = (None, None);
                }
                all.costs.push(spend);
            }
        }
    }

    fn report(mut self, as_of: Day) -> Campaigns {
        let all = self.figures.pop().unwrap_or_default();
        let campaign = |(name, figures): (&str, CampaignFigures)| Campaign { name: name.to_string(), figures };
        let campaigns = self.names.into_iter().zip(self.figures).map(campaign).collect();
        Campaigns { as_of, campaigns, all, without: self.without }
    }
}
