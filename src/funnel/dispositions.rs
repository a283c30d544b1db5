//! What sales accepted and rejected, and why.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

use serde::Serialize;

use super::history::{GroupHistories, GroupHistory};
use super::rate::Rate;
use crate::account::{Disposition, DispositionVerdict};
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::signal::{Signal, Subject};

/// What sales did with groups on some days: every disposition counts once in `all`, in `by_policy` and in `by_route`, and once for each campaign.
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

/// What sales did with the groups of these histories on these days.
///
/// `signals` are those from which campaigns are known; others may be left out. Signals of e-mail addresses are nobody's. Cost: O(n log n) in the
/// dispositions, the signals and, for each campaign of an account, the reasons given there.
pub fn dispositions<'s>(
    graph: &AccountGraph,
    histories: &GroupHistories,
    signals: impl IntoIterator<Item = &'s Signal>,
    days: RangeInclusive<Day>,
) -> Dispositions {
    let mut campaigns = first_days(graph, signals);
    let [mut all, mut by_policy, mut by_route, mut by_campaign] = [const { BTreeMap::new() }; 4];
    for number in graph.sorted_accounts() {
        let mut of_account: Vec<Disposition> = Vec::new();
        for group in graph.groups_of(graph.account_names().text(number)) {
            let history = histories.get(group.id.as_str());
            for one in graph.dispositions_of(group.id.as_str()).into_iter().filter(|one| days.contains(&one.at.day())) {
                let entry = history.and_then(|history| history.entry_on(one.at.day()));
                let last = |history: &GroupHistory| history.policy.clone();
                let policy = entry.map(|entry| entry.policy.clone()).or(history.map(last));
                add(&mut all, None, &one);
                add(&mut by_policy, policy.map(|policy| policy.name.clone()), &one);
                add(&mut by_route, entry.map(|entry| entry.route.token().into()), &one);
                of_account.push(one);
            }
        }
        add_by_campaign(&mut by_campaign, of_account, campaigns.remove(&number).unwrap_or_default());
    }
    let all = all.remove(&Key(true, None)).unwrap_or_default();
    Dispositions { all: all.accepted(), by_policy: listed(by_policy), by_route: listed(by_route), by_campaign: listed(by_campaign) }
}

/// Each disposition of an account for every campaign that was heard of by its day: those from the latest on are counted once, and each campaign takes what was
/// counted when its first day is reached.
fn add_by_campaign(parts: &mut Parts, mut of_account: Vec<Disposition>, campaigns: BTreeMap<&str, Day>) {
    of_account.sort_by_key(|one| one.at);
    let mut by_day: Vec<(Day, &str)> = campaigns.into_iter().map(|(name, first)| (first, name)).collect();
    by_day.sort_unstable();
    let mut since = Counts::default();
    for (first, name) in by_day.into_iter().rev() {
        let before = of_account.partition_point(|one| one.at.day() < first);
        of_account.drain(before..).for_each(|one| since.add(&one));
        if since.rate.of() > 0 {
            parts.entry(Key(false, Some(name.into()))).or_default().add_all(&since);
        }
    }
    // Nothing of a campaign was heard before these.
    for one in &of_account {
        add(parts, None, one);
    }
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
    fn add(&mut self, one: &Disposition) {
        self.rate.add(one.verdict == DispositionVerdict::Accepted);
        *self.reasons.entry((one.verdict, one.reason.clone())).or_default() += 1;
    }

    fn add_all(&mut self, other: &Self) {
        self.rate.add_all(other.rate);
        for (reason, count) in &other.reasons {
            *self.reasons.entry(reason.clone()).or_default() += count;
        }
    }

    fn accepted(self) -> Accepted {
        let reasons = self.reasons.into_iter().map(|((verdict, reason), count)| ReasonCount { verdict, reason, count });
        let mut reasons: Vec<ReasonCount> = reasons.collect();
        // The sort is stable.
        reasons.sort_by_key(|one| core::cmp::Reverse(one.count));
        Accepted { accepted: self.rate, reasons }
    }
}

fn add(parts: &mut Parts, of: Option<String>, one: &Disposition) {
    parts.entry(Key(of.is_none(), of)).or_default().add(one);
}

fn listed(parts: Parts) -> Vec<AcceptedOf> {
    parts.into_iter().map(|(Key(_, of), counts)| AcceptedOf { of, accepted: counts.accepted() }).collect()
}

/// By account: its campaigns, each with the day it was first heard of.
fn first_days<'s>(graph: &AccountGraph, signals: impl IntoIterator<Item = &'s Signal>) -> BTreeMap<u32, BTreeMap<&'s str, Day>> {
    let mut found: BTreeMap<u32, BTreeMap<&str, Day>> = BTreeMap::new();
    for signal in signals {
        let Some(campaign) = signal.campaign.as_ref().filter(|_| !signal.quarantined) else { continue };
        let account = match &signal.subject {
            Subject::Account(account) => graph.account_ix(account.as_str()),
            Subject::Contact(contact) => graph.account_of_contact(contact.as_str()),
            Subject::Email(_) => None,
        };
        let Some(account) = account else { continue };
        let day = signal.at.day();
        let first = found.entry(account).or_default().entry(campaign.as_ref()).or_insert(day);
        *first = day.min(*first);
    }
    found
}
