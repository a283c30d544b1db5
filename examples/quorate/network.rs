//! The people and lines of a day: what the files say, and the ties that interactions make.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use quorate::{AccountGraph, Connector, Day, GroupAssessment, Interaction, InteractionCounts, Network, Policy, PolicyLabel};

use crate::exit::Stop;
use crate::load::Dataset;
use crate::policies::{Chosen, label};
use crate::words::{shown, thousands};

/// Kinds without weight that are named.
const KINDS: usize = 5;

/// A network for each policy, made when it is first asked for.
pub struct Networks<'d> {
    graph: &'d AccountGraph,
    policies: Vec<&'d Policy>,
    day: Day,
    since: Option<Day>,
    interactions: Vec<Interaction>,
    /// Interactions that are left out because they are before `since`.
    before: u64,
    made: Vec<OnceCell<Made>>,
}

/// The network of one policy, and what became of the interactions.
struct Made {
    network: Network,
    counts: InteractionCounts,
}

impl<'d> Networks<'d> {
    /// Of a data set on a day, without interactions before another.
    ///
    /// # Errors
    /// That other day comes after the day.
    pub fn new(data: &'d Dataset, chosen: &'d Chosen, day: Day, since: Option<Day>) -> Result<Self, Stop> {
        if let Some(since) = since.filter(|since| *since > day) {
            return Err(Stop::bad(format!("--since {since} lies after --as-of {day}")));
        }
        let interactions: Vec<Interaction> =
            data.interactions.iter().filter(|one| since.is_none_or(|since| one.day >= since)).cloned().collect();
        let before = (data.interactions.len() - interactions.len()) as u64;
        let policies = chosen.all();
        let made = policies.iter().map(|_| OnceCell::new()).collect();
        Ok(Self { graph: &data.graph, policies, day, since, interactions, before, made })
    }

    /// The network of a policy that is one of those of the run; the first for a label that is none of theirs.
    pub fn of(&self, label: &PolicyLabel) -> &Network {
        &self.get(self.place(label)).network
    }

    fn place(&self, label: &PolicyLabel) -> usize {
        self.policies.iter().position(|policy| **policy.label() == *label).unwrap_or(0)
    }

    fn get(&self, at: usize) -> &Made {
        self.made[at].get_or_init(|| self.make(self.policies[at]))
    }

    fn make(&self, policy: &Policy) -> Made {
        if self.interactions.is_empty() {
            return Made { network: Network::new(self.graph, policy, self.day), counts: InteractionCounts::default() };
        }
        let made = Network::with_interactions(self.graph, policy, self.day, &self.interactions);
        // Both people were looked up when the file was read.
        let (network, counts) = made.unwrap_or_else(|error| unreachable!("interactions are of people of the graph: {error}"));
        Made { network, counts }
    }

    /// What adds their gaps by the network to groups, each by its own policy.
    pub fn connecting(&self) -> Connecting<'_> {
        Connecting { networks: self, connectors: BTreeMap::new() }
    }

    /// What became of the interactions: one line, or one for each policy where they differ.
    pub fn told(&self) -> Vec<String> {
        let made: Vec<(&Policy, &Made)> =
            self.policies.iter().zip(&self.made).filter_map(|(policy, made)| Some((*policy, made.get()?))).collect();
        let Some((_, first)) = made.first() else { return Vec::new() };
        if self.interactions.is_empty() && self.before == 0 {
            return Vec::new();
        }
        if made.iter().all(|(_, one)| one.counts == first.counts) {
            return vec![self.line(&first.counts, "")];
        }
        made.iter().map(|(policy, one)| self.line(&one.counts, &format!(" by {}", label(policy.label())))).collect()
    }

    fn line(&self, counts: &InteractionCounts, whose: &str) -> String {
        let before = self.since.map_or_else(String::new, |since| format!(" before {since}"));
        let others: Vec<String> = counts.other_kinds.keys().take(KINDS).map(|kind| shown(kind)).collect();
        let more = if counts.other_kinds.len() > KINDS { ", …" } else { "" };
        let others = format!(" of kinds that the policy does not weigh ({}{more})", others.join(", "));
        let parts = [
            (self.before, before.as_str()),
            (counts.not_there, " with somebody who is not there"),
            (counts.with_oneself, " with oneself"),
            (counts.future, " after that day"),
            (counts.faded, " faded to nothing"),
            (counts.other_kinds.values().sum(), &others),
        ];
        let parts = parts.into_iter().filter(|(number, _)| *number > 0).chain([(counts.counted, " counted")]);
        let told: Vec<String> = parts.map(|(number, what)| format!("{}{what}", thousands(number))).collect();
        let all = self.before + self.interactions.len() as u64;
        format!("Interactions as of {}{whose}: {} = {}", self.day, thousands(all), told.join(" + "))
    }
}

/// Adds gaps by the network to groups as they come.
pub struct Connecting<'n> {
    networks: &'n Networks<'n>,
    connectors: BTreeMap<usize, Connector<'n>>,
}

impl Connecting<'_> {
    /// Adds those of one group.
    pub fn add_gaps(&mut self, group: &mut GroupAssessment) {
        let (networks, at) = (self.networks, self.networks.place(&group.policy));
        self.connectors
            .entry(at)
            .or_insert_with(|| networks.get(at).network.connector())
            .add_gaps(group)
            .unwrap_or_else(|error| unreachable!("groups and networks are of one day: {error}"));
    }
}

impl Dataset {
    /// Whether any line between people is known: a reporting line, a tie or an interaction.
    pub fn has_lines(&self) -> bool {
        let graph = &self.graph;
        !self.interactions.is_empty() || graph.contacts().any(|id| graph.manager_of(id).is_some() || !graph.ties_of(id).is_empty())
    }
}
