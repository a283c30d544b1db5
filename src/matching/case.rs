//! What the facts of a lead say about its account, and the answer that comes of it.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::answer::{Candidate, MatchAnswer, MatchNote, SUGGESTIONS_MAX};
use super::matcher::Matcher;
use super::names::Near;
use super::reason::{MatchHow, MatchWhy};
use crate::id::AccountId;

/// Accounts, each with the fact that speaks for it, ascending.
pub(super) type Owners = Vec<(u32, MatchHow)>;

/// Accounts in ascending order as owners by one fact.
pub(super) fn named_by(accounts: &[u32], how: &MatchHow) -> Owners {
    accounts.iter().map(|account| (*account, how.clone())).collect()
}

/// Accounts that one fact names.
pub(super) struct Found {
    pub(super) owners: Owners,
    /// What to say when there are several.
    pub(super) several: MatchWhy,
}

impl Found {
    /// The one account of an id.
    pub(super) fn one(account: u32, how: MatchHow) -> Self {
        Self { owners: Vec::from([(account, how)]), several: MatchWhy::NothingToGoBy }
    }
}

/// What the facts of a lead say about its account.
#[derive(Default)]
pub(super) struct Case<'a> {
    /// In the order in which facts are asked; none is empty.
    pub(super) found: Vec<Found>,
    /// Facts that decide nothing: the owners of each domain that a longer one outdoes.
    pub(super) outdone: Vec<Owners>,
    /// Why facts named nothing, in their order.
    pub(super) passed: Vec<MatchWhy>,
    /// Why no later fact may decide.
    pub(super) stopped: Option<MatchWhy>,
    /// Accounts whose name is nearly the lead's.
    pub(super) near: Vec<(Near<'a>, MatchHow)>,
}

/// The account of a lead as numbers, for the question after the contact.
pub(super) struct AccountFound {
    /// The one that was matched.
    pub(super) matched: Option<u32>,
    /// Those that fit alike, ascending.
    pub(super) candidates: Vec<u32>,
}

impl AccountFound {
    /// Whether an account was matched or is one of those that fit alike.
    pub(super) fn has(&self, account: u32) -> bool {
        self.matched == Some(account) || self.candidates.binary_search(&account).is_ok()
    }
}

impl Case<'_> {
    pub(super) fn stop_unless_found(&mut self, why: Option<MatchWhy>) {
        if self.found.is_empty() && self.stopped.is_none() {
            self.stopped = why;
        }
    }

    /// The answer, and the accounts it names.
    pub(super) fn answer(&mut self, matcher: &Matcher) -> (MatchAnswer<AccountId>, AccountFound) {
        let decisive = if self.stopped.is_none() { self.found.first() } else { None };
        let Some(Found { owners, several }) = decisive else {
            return (self.unmatched(matcher), AccountFound { matched: None, candidates: Vec::new() });
        };
        if let ([(account, how)], Some(id)) =
            (owners.as_slice(), owners.first().and_then(|(account, _)| matcher.accounts.get(*account as usize)))
        {
            let answer = MatchAnswer::Matched { id: id.clone(), how: how.clone() };
            return (answer, AccountFound { matched: Some(*account), candidates: Vec::new() });
        }
        let named: Vec<u32> = owners.iter().map(|(account, _)| *account).collect();
        let speaking = self.found.iter().flat_map(|found| &found.owners).filter(|(account, _)| named.binary_search(account).is_ok());
        let candidates = matcher.account_candidates(speaking.cloned());
        (MatchAnswer::Ambiguous { candidates, why: several.clone() }, AccountFound { matched: None, candidates: named })
    }

    fn unmatched(&mut self, matcher: &Matcher) -> MatchAnswer<AccountId> {
        let last = self.passed.pop();
        let why = match self.stopped.clone() {
            // The last fact is one of several that did not help; what stopped the search is said instead.
            Some(why) => {
                self.passed.extend(last);
                self.passed.retain(|passed| *passed != why);
                why
            }
            None => last.unwrap_or(MatchWhy::NothingToGoBy),
        };
        MatchAnswer::Unmatched { why, suggestions: self.suggestions(matcher) }
    }

    /// What other facts say where one stopped the search (the longest domain, then those above it), and names that are nearly the lead's, the nearest first when there are too many.
    fn suggestions(&mut self, matcher: &Matcher) -> Vec<Candidate<AccountId>> {
        self.near.sort_by_key(|(near, _)| (near.likeness, near.account));
        let near = self.near.iter().map(|(near, how)| (near.account, how.clone()));
        let found = self.found.iter().map(|found| &found.owners).chain(&self.outdone);
        let all = found.flat_map(|owners| owners.iter().cloned()).chain(near);
        let mut kept: Owners = Vec::new();
        let mut accounts: Vec<u32> = Vec::new();
        for (account, how) in all {
            if !accounts.contains(&account) {
                if accounts.len() == SUGGESTIONS_MAX {
                    continue;
                }
                accounts.push(account);
            }
            kept.push((account, how));
        }
        matcher.account_candidates(kept)
    }

    /// What else is to be said beside the answer.
    pub(super) fn notes(self, matcher: &Matcher, answer: &MatchAnswer<AccountId>, named: &AccountFound) -> Vec<MatchNote> {
        let mut notes = Vec::new();
        if let MatchAnswer::Unmatched { .. } = answer {
            notes.extend(self.passed.into_iter().map(|why| MatchNote::PassedOver { why }));
            return notes;
        }
        let elsewhere = |owners: &Owners| !owners.iter().any(|(account, _)| named.has(*account));
        let later = self.found.into_iter().skip(1).map(|found| found.owners).filter(elsewhere);
        for owners in later.chain(self.outdone.into_iter().filter(elsewhere)) {
            notes.push(MatchNote::Disagrees { accounts: matcher.account_candidates(owners) });
        }
        notes.extend(self.passed.into_iter().filter(MatchWhy::is_a_slip).map(|why| MatchNote::PassedOver { why }));
        notes
    }
}

impl Matcher {
    fn account_candidate(&self, account: u32, how: Vec<MatchHow>) -> Option<Candidate<AccountId>> {
        Some(Candidate { id: self.accounts.get(account as usize)?.clone(), how })
    }

    fn account_candidates(&self, owners: impl IntoIterator<Item = (u32, MatchHow)>) -> Vec<Candidate<AccountId>> {
        let mut by_account: BTreeMap<u32, Vec<MatchHow>> = BTreeMap::new();
        for (account, how) in owners {
            let all = by_account.entry(account).or_default();
            if !all.contains(&how) {
                all.push(how);
            }
        }
        by_account.into_iter().filter_map(|(account, how)| self.account_candidate(account, how)).collect()
    }
}

impl MatchWhy {
    /// Whether a fact is wrong, and not only of no help: worth a note even beside a match.
    const fn is_a_slip(&self) -> bool {
        matches!(
            self,
            Self::UnknownContactId { .. }
                | Self::UnknownAccountId { .. }
                | Self::MalformedEmail { .. }
                | Self::SeveralAddresses { .. }
                | Self::MalformedDomain { .. }
        )
    }
}
