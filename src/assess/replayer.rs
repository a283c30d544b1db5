//! All groups kept current from day to day, over a tally that grows in between.

use alloc::vec::Vec;

use super::bind::{BoundPolicy, Subjects, numbers};
use super::group::{Bench, Otherwise};
use super::groups::groups_of;
use super::live::{Asks, LastHeard, LiveGroup};
use super::members::GroupRef;
use super::run::Policies;
use super::score::Scratch;
use super::titles::Titles;
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::tally::SignalTally;

/// See the [module](self).
#[derive(Debug)]
pub(crate) struct Replayer<'a> {
    bound: Vec<BoundPolicy<'a>>,
    contacts: Vec<Option<u32>>,
    accounts: Vec<Option<u32>>,
    /// Each with the number of its policy, by account id, then group id.
    places: Vec<(GroupRef, usize)>,
    groups: Vec<LiveGroup>,
    leads: bool,
    scratch: Scratch,
}

impl<'a> Replayer<'a> {
    /// `tally` has all ids of the graph and all kinds that will ever come. With `leads` everybody of each account stands for its groups.
    pub(crate) fn new(graph: &'a AccountGraph, tally: &SignalTally, policies: Policies<'a>, leads: bool) -> Self {
        let bound = policies.all().into_iter().map(|policy| BoundPolicy::new(policy, graph, tally, Titles::new(policy, graph))).collect();
        let groups = |account| if leads { Vec::from([GroupRef { account, group: None, default: true }]) } else { groups_of(graph, account) };
        let all = graph.sorted_accounts().into_iter().flat_map(groups);
        let places = all.filter_map(|group| Some((group, policies.of(graph, group)?))).collect();
        let [contacts, accounts] = numbers(graph, tally);
        Self { bound, contacts, accounts, places, groups: Vec::new(), leads, scratch: Scratch::default() }
    }

    /// Brings every group to a day, which is never before the last one, and shows each.
    pub(crate) fn day(
        &mut self,
        graph: &'a AccountGraph,
        tally: &SignalTally,
        day: Day,
        step: u32,
        heard: &LastHeard,
        mut each: impl FnMut(&LiveGroup, &Bench<'_>),
    ) {
        let subjects = Subjects::lent(tally, &self.contacts, &self.accounts);
        for (at, (group, policy)) in self.places.iter().enumerate() {
            let bound = &self.bound[*policy];
            let bench = Bench { graph, subjects: &subjects, bound, group: *group, day, otherwise: Otherwise::default() };
            if at == self.groups.len() {
                self.groups.push(LiveGroup::new(&bench, Asks::of(&bench), self.leads));
            }
            let live = &mut self.groups[at];
            let busy = live.refresh(&bench, step, heard, &mut self.scratch);
            if !self.leads {
                live.judge(&bench, busy, &mut self.scratch);
            }
            each(live, &bench);
        }
    }
}
