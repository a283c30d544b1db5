//! The groups of one account after another, each kept current from day to day over counts that grow in between.
//!
//! Account by account and not day by day: what a day needs of an account fits into the caches of a processor, what it needs of a portfolio does not.

use alloc::vec::Vec;

use super::bind::{BoundPolicy, Subjects, Translation};
use super::group::{Bench, Otherwise};
use super::groups::groups_of;
use super::live::{Asks, LiveGroup, News, contact_changes};
use super::members::GroupRef;
use super::run::Policies;
use super::score::Scratch;
use super::titles::Titles;
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::tally::{Entry, SignalTally, Sort, TallyError};

/// A signal that counts from a day on, or no longer does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    pub(crate) known: Day,
    /// Of this contact, by the graph's number, or of the account's unnamed visitors.
    pub(crate) contact: Option<u32>,
    pub(crate) entry: Entry,
    /// Whether it begins to count.
    pub(crate) more: bool,
}

/// See the [module](self).
#[derive(Debug)]
pub(crate) struct Replayer<'a> {
    graph: &'a AccountGraph,
    policies: Policies<'a>,
    bound: Vec<BoundPolicy<'a>>,
    /// The counts of one account; its contacts are numbered as the account lists them.
    tally: SignalTally,
    contacts: Translation,
    accounts: Translation,
    leads: bool,
    scratch: Scratch,
}

/// The groups of one account, each with the number of its policy, and the days on which its contacts begin or cease to count.
struct Places<'p> {
    groups: &'p [(GroupRef, usize)],
    changes: &'p [Day],
}

impl<'a> Replayer<'a> {
    /// `names` has the numbers of all kinds and solutions that events have. With `leads` everybody of each account stands for its groups.
    pub(crate) fn new(graph: &'a AccountGraph, names: SignalTally, policies: Policies<'a>, leads: bool) -> Self {
        let bound = policies.all().into_iter().map(|policy| BoundPolicy::new(policy, graph, &names, Titles::new(policy, graph))).collect();
        Self {
            bound,
            contacts: Translation::unknown(graph.contact_names().len()),
            accounts: Translation::unknown(graph.account_names().len()),
            graph,
            policies,
            tally: names,
            leads,
            scratch: Scratch::default(),
        }
    }

    /// Goes through some days, which rise, with the groups of an account, and shows each group on each day. `events` are ordered by day.
    ///
    /// # Errors
    /// [`TallyError`] when a count goes beyond a limit.
    pub(crate) fn account(
        &mut self,
        account: u32,
        events: &[Event],
        days: &[Day],
        mut each: impl FnMut(&LiveGroup<'_>, &Bench<'_>),
    ) -> Result<(), TallyError> {
        self.tally.forget_counts();
        let contacts = &self.graph.account_row(account).contacts;
        for (number, contact) in (0..).zip(contacts) {
            self.contacts.note(*contact, number);
        }
        self.accounts.note(account, 0);
        let (places, changes) = (self.places(account), contact_changes(self.graph, account));
        let mut groups: Vec<LiveGroup<'a>> = Vec::with_capacity(places.len());
        let (mut next, mut news) = (0, Vec::new());
        for day in days {
            let until = next + events[next..].iter().take_while(|event| event.known <= *day).count();
            let visitors = self.count(&events[next..until], account, &mut news)?;
            next = until;
            let news = News { contacts: &news, visitors };
            self.look(&Places { groups: &places, changes: &changes }, &mut groups, *day, news, &mut each);
        }
        Ok(())
    }

    /// The groups of an account, each with the number of its policy.
    fn places(&self, account: u32) -> Vec<(GroupRef, usize)> {
        let leads = GroupRef { account, group: None, default: true };
        let groups = if self.leads { Vec::from([leads]) } else { groups_of(self.graph, account) };
        groups.into_iter().filter_map(|group| Some((group, self.policies.of(self.graph, group)?))).collect()
    }

    /// Counts what came; notes the contacts of whom, and says whether any of it was of unnamed visitors.
    fn count(&mut self, events: &[Event], account: u32, news: &mut Vec<u32>) -> Result<bool, TallyError> {
        let (graph, mut visitors) = (self.graph, false);
        news.clear();
        for event in events {
            let Some(contact) = event.contact else {
                visitors = true;
                self.tally.count_as(Sort::Account, 0, event.entry, event.more, || graph.account_names().text(account))?;
                continue;
            };
            // INVARIANT: the contacts of the account have been numbered.
            let number = self.contacts.of(contact).unwrap_or(0);
            self.tally.count_as(Sort::Contact, number, event.entry, event.more, || graph.contact_names().text(contact))?;
            news.push(contact);
        }
        news.sort_unstable();
        news.dedup();
        Ok(visitors)
    }

    fn look(
        &mut self,
        places: &Places<'_>,
        groups: &mut Vec<LiveGroup<'a>>,
        day: Day,
        news: News<'_>,
        each: &mut impl FnMut(&LiveGroup<'_>, &Bench<'_>),
    ) {
        let subjects = Subjects::lent(&self.tally, &self.contacts, &self.accounts);
        for (at, (group, policy)) in places.groups.iter().enumerate() {
            let bench = Bench {
                graph: self.graph,
                subjects: &subjects,
                bound: &self.bound[*policy],
                group: *group,
                day,
                otherwise: Otherwise::default(),
            };
            if at == groups.len() {
                groups.push(LiveGroup::new(self.graph, &bench, places.changes, Asks::of(&bench), self.leads));
            }
            let live = &mut groups[at];
            let busy = live.refresh(&bench, news, &mut self.scratch);
            if !self.leads {
                live.judge(&bench, busy, &mut self.scratch);
            }
            each(live, &bench);
        }
    }
}
