//! What sales accepted and rejected, and why.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use super::history::{GroupHistories, GroupHistory};
use super::rate::Rate;
use crate::account::{Disposition, DispositionVerdict};
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::signal::{Signal, Subject};

/// What sales did with groups, up to the end of a day: every disposition counts once in `all`, in `by_policy` and in `by_route`, and once for each campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Dispositions {
    /// All of them.
    pub all: Accepted,
    /// By the policy that judged the group: when it last came in, else on the last day. `None`: no policy applies to it.
    pub by_policy: Vec<AcceptedOf>,
    /// By the route on which the group had last come into qualified by that day; `None`: it never had.
    pub by_route: Vec<AcceptedOf>,
    /// By each campaign that anything heard of the account by that day belongs to; `None`: nothing of a campaign was heard.
    pub by_campaign: Vec<AcceptedOf>,
}

/// What of one policy, route or campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AcceptedOf {
    /// Its name; `None` as [`Dispositions`] says.
    pub of: Option<String>,
    /// What sales did.
    #[serde(flatten)]
    pub accepted: Accepted,
}

/// How much was accepted, with the reasons.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Accepted {
    /// How many of all dispositions are acceptances.
    pub accepted: Rate,
    /// The reasons, the most frequent first, then acceptances, then by text; one that was not given is `None`.
    pub reasons: Vec<ReasonCount>,
}

/// How often a reason was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReasonCount {
    /// Whether the group was accepted.
    #[serde(serialize_with = "verdict_token")]
    pub verdict: DispositionVerdict,
    /// The reason.
    pub reason: Option<String>,
    /// How often.
    pub count: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn verdict_token<S: serde::Serializer>(verdict: &DispositionVerdict, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(token(*verdict))
}

fn token(verdict: DispositionVerdict) -> &'static str {
    DispositionVerdict::ALL.iter().find(|(_, one)| *one == verdict).map_or("", |(token, _)| token)
}

/// What sales did with the groups of these histories, up to the end of a day.
///
/// `signals` are those from which campaigns are known; others may be left out. Signals of e-mail addresses are nobody's. Cost: O((dispositions × campaigns
/// of the account + signals) × log).
pub fn dispositions<'s>(
    graph: &AccountGraph,
    histories: &GroupHistories,
    signals: impl IntoIterator<Item = &'s Signal>,
    as_of: Day,
) -> Dispositions {
    let campaigns = first_days(graph, signals);
    let [mut all, mut by_policy, mut by_route, mut by_campaign] = [const { BTreeMap::new() }; 4];
    for account in graph.accounts() {
        for group in graph.groups_of(account) {
            let history = histories.get(group.id.as_str());
            for one in graph.dispositions_of(group.id.as_str()).iter().filter(|one| one.at.day() <= as_of) {
                let day = one.at.day();
                let entry = history.and_then(|history| history.entry_on(day));
                let last = |history: &GroupHistory| history.policy.clone();
                let policy = entry.map(|entry| entry.policy.clone()).or(history.map(last));
                add(&mut all, None, one);
                add(&mut by_policy, policy.map(|policy| policy.name.clone()), one);
                add(&mut by_route, entry.map(|entry| entry.route.token().into()), one);
                let heard: Vec<&str> =
                    campaigns.get(account).into_iter().flatten().filter(|(_, first)| **first <= day).map(|(name, _)| &**name).collect();
                if heard.is_empty() {
                    add(&mut by_campaign, None, one);
                }
                for name in heard {
                    add(&mut by_campaign, Some(name.into()), one);
                }
            }
        }
    }
    let all = all.remove(&Key(true, None)).unwrap_or_default();
    Dispositions { all: all.accepted(), by_policy: listed(by_policy), by_route: listed(by_route), by_campaign: listed(by_campaign) }
}

/// What is not known comes last.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key(bool, Option<String>);

type Parts = BTreeMap<Key, Counts>;

#[derive(Default)]
struct Counts {
    rate: Rate,
    reasons: BTreeMap<(DispositionVerdict, Option<String>), u64>,
}

impl Counts {
    fn accepted(self) -> Accepted {
        let reasons = self.reasons.into_iter().map(|((verdict, reason), count)| ReasonCount { verdict, reason, count });
        let mut reasons: Vec<ReasonCount> = reasons.collect();
        // The sort is stable.
        reasons.sort_by_key(|one| core::cmp::Reverse(one.count));
        Accepted { accepted: self.rate, reasons }
    }
}

fn add(parts: &mut Parts, of: Option<String>, one: &Disposition) {
    let counts = parts.entry(Key(of.is_none(), of)).or_default();
    counts.rate.add(one.verdict == DispositionVerdict::Accepted);
    *counts.reasons.entry((one.verdict, one.reason.clone())).or_default() += 1;
}

fn listed(parts: Parts) -> Vec<AcceptedOf> {
    parts.into_iter().map(|(Key(_, of), counts)| AcceptedOf { of, accepted: counts.accepted() }).collect()
}

/// By account: its campaigns, each with the day it was first heard of.
fn first_days<'s>(graph: &AccountGraph, signals: impl IntoIterator<Item = &'s Signal>) -> BTreeMap<String, BTreeMap<String, Day>> {
    let mut found: BTreeMap<String, BTreeMap<String, Day>> = BTreeMap::new();
    let accounts: BTreeSet<&str> = graph.accounts().collect();
    for signal in signals {
        let Some(campaign) = signal.campaign.as_ref().filter(|_| !signal.quarantined) else { continue };
        let account = match &signal.subject {
            Subject::Account(account) => accounts.get(account.as_str()).map(|id| (*id).to_string()),
            Subject::Contact(contact) => graph.contact(contact.as_str()).and_then(|contact| contact.account).map(|id| id.to_string()),
            Subject::Email(_) => None,
        };
        let Some(account) = account else { continue };
        let day = signal.at.day();
        let first = found.entry(account).or_default().entry(campaign.to_string()).or_insert(day);
        *first = day.min(*first);
    }
    found
}
