//! Which groups of an account qualified or opened after they had heard of a campaign.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::super::history::GroupHistories;
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::tally::Says;

/// The first days on which an account heard of a campaign.
#[derive(Debug, Default)]
pub(super) struct FirstHeard<'s> {
    /// Of whatever solution.
    any: Option<Day>,
    /// About no solution in particular, which every group hears.
    general: Option<Day>,
    /// About a solution.
    about: BTreeMap<&'s str, Day>,
}

impl<'s> FirstHeard<'s> {
    pub(super) fn add(&mut self, says: &Says<'s>) {
        let day = says.at.day();
        let earlier = |first: Option<Day>| Some(first.map_or(day, |first| first.min(day)));
        self.any = earlier(self.any);
        match says.solution {
            None => self.general = earlier(self.general),
            Some(solution) => {
                let first = self.about.entry(solution).or_insert(day);
                *first = day.min(*first);
            }
        }
    }

    /// The first day on which groups of a solution heard of it.
    fn by(&self, about: Day) -> Day {
        self.general.map_or(about, |general| general.min(about))
    }
}

/// Groups by the day of something that they came to, told apart by what a group has to do with a solution.
#[derive(Debug, Default)]
struct Reached<'g> {
    /// Groups that may buy everything: they hear whatever is said.
    everything: Vec<Day>,
    /// All groups of one solution.
    one: Vec<Day>,
    /// The same, by solution.
    of: BTreeMap<&'g str, Vec<Day>>,
}

impl<'g> Reached<'g> {
    fn add(&mut self, solution: Option<&'g str>, day: Day) {
        match solution {
            None => self.everything.push(day),
            Some(solution) => {
                self.one.push(day);
                self.of.entry(solution).or_default().push(day);
            }
        }
    }

    fn sort(&mut self) {
        self.everything.sort_unstable();
        self.one.sort_unstable();
        self.of.values_mut().for_each(|days| days.sort_unstable());
    }

    /// How many came to it on the day they first heard of a campaign, or later: not by looking at each group, since an account may have many groups and many
    /// campaigns. O(solutions of the campaign × log groups).
    fn count(&self, heard: &FirstHeard<'_>) -> u64 {
        // As if no group heard what is said of its solution …
        let mut count = since(&self.everything, heard.any) + since(&self.one, heard.general);
        for (solution, about) in &heard.about {
            // … and what that adds.
            let days = self.of.get(solution).map_or(&[][..], Vec::as_slice);
            count += since(days, Some(heard.by(*about))) - since(days, heard.general);
        }
        count
    }
}

fn since(days: &[Day], first: Option<Day>) -> u64 {
    first.map_or(0, |first| (days.len() - days.partition_point(|day| *day < first)) as u64)
}

/// What the groups of an account came to, up to the end of a day.
#[derive(Debug, Default)]
pub(super) struct Milestones<'g> {
    qualified: Reached<'g>,
    opened: Reached<'g>,
    /// Opportunities of one group.
    own: Reached<'g>,
    /// Opportunities that are about every group of the account.
    shared: Vec<Day>,
    /// Whether a group of the account may buy everything.
    hears_everything: bool,
    /// The solutions of the other groups.
    solutions: BTreeSet<&'g str>,
}

impl<'g> Milestones<'g> {
    /// n log n in the groups and opportunities of the account.
    pub(super) fn of(graph: &'g AccountGraph, histories: &GroupHistories, account: u32, as_of: Day) -> Self {
        let mut found = Self::default();
        let created = Created::of(graph, account, as_of);
        let shared = created.shared.iter().max().copied();
        for (id, number) in groups(graph, account) {
            let solution = number.and_then(|number| graph.group_row(number).solution.as_ref()).map(AsRef::as_ref);
            found.hears_everything |= solution.is_none();
            found.solutions.extend(solution);
            let entry = histories.get(id).and_then(|history| history.entries.first()).map(|entry| entry.day);
            if let Some(day) = entry.filter(|day| *day <= as_of) {
                found.qualified.add(solution, day);
            }
            let own = number.and_then(|number| created.own.get(&number)).map_or(&[][..], Vec::as_slice);
            for day in own {
                found.own.add(solution, *day);
            }
            if let Some(last) = own.iter().copied().max().max(shared) {
                // Any is late enough exactly when the last one is.
                found.opened.add(solution, last);
            }
        }
        found.shared = created.shared;
        found.shared.sort_unstable();
        [&mut found.qualified, &mut found.opened, &mut found.own].into_iter().for_each(Reached::sort);
        found
    }
}

impl Milestones<'_> {
    /// Groups that first came into qualified on the day they first heard of a campaign, or later.
    pub(super) fn qualified(&self, heard: &FirstHeard<'_>) -> u64 {
        self.qualified.count(heard)
    }

    /// Groups with an opportunity that was created on that day or later.
    pub(super) fn opened(&self, heard: &FirstHeard<'_>) -> u64 {
        self.opened.count(heard)
    }

    /// Opportunities that were created on that day or later; one of every group once, by the first group that heard.
    pub(super) fn opportunities(&self, heard: &FirstHeard<'_>) -> u64 {
        self.own.count(heard) + since(&self.shared, self.first_of_all(heard))
    }

    /// The day on which the first group of the account heard of it.
    fn first_of_all(&self, heard: &FirstHeard<'_>) -> Option<Day> {
        if self.hears_everything {
            return heard.any;
        }
        let about = heard.about.iter().filter(|(solution, _)| self.solutions.contains(*solution)).map(|(_, day)| *day);
        about.chain(heard.general).min()
    }
}

/// The days on which the opportunities of an account were created.
struct Created {
    /// By group.
    own: BTreeMap<u32, Vec<Day>>,
    shared: Vec<Day>,
}

impl Created {
    fn of(graph: &AccountGraph, account: u32, as_of: Day) -> Self {
        let mut found = Self { own: BTreeMap::new(), shared: Vec::new() };
        for row in graph.account_row(account).opportunities.iter().filter(|row| row.created <= as_of) {
            match row.group {
                Some(group) => found.own.entry(group).or_default().push(row.created),
                None => found.shared.push(row.created),
            }
        }
        found
    }
}

/// The groups of an account by id and number, its default group where it has none of its own.
fn groups(graph: &AccountGraph, account: u32) -> Vec<(&str, Option<u32>)> {
    let row = graph.account_row(account);
    if row.groups.is_empty() {
        return Vec::from([(graph.account_names().text(account), row.default_group())]);
    }
    row.groups.iter().map(|group| (graph.group_names().text(*group), Some(*group))).collect()
}
