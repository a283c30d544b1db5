//! How many leads there were, and what became of them.

use std::collections::{BTreeMap, BTreeSet};

use quorate::{LeadMatch, MatchAnswer, MatchNote};

use crate::words::thousands;

/// How many leads there were, what became of them, by which facts and why.
#[derive(Debug, Default)]
pub struct Totals {
    leads: u64,
    accounts: Answers,
    contacts: Answers,
    /// Leads with notes.
    noted: u64,
    /// Leads by what is noted of them.
    notes: BTreeMap<&'static str, u64>,
}

impl Totals {
    pub fn add(&mut self, found: &LeadMatch) {
        self.leads += 1;
        self.accounts.add(&found.account);
        self.contacts.add(&found.contact);
        self.noted += u64::from(!found.notes.is_empty());
        for note in found.notes.iter().map(MatchNote::token).collect::<BTreeSet<_>>() {
            *self.notes.entry(note).or_default() += 1;
        }
    }

    /// `Leads, their accounts: 12 = 7 matched (4 by email, 3 by name) + 2 ambiguous (several owners of domain) + …`, the same of their contacts,
    /// and what was noted.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![
            format!("Leads, their accounts: {}{}", thousands(self.leads), self.accounts.sum()),
            format!("Leads, their contacts: {}{}", thousands(self.leads), self.contacts.sum()),
        ];
        lines.extend((self.noted > 0).then(|| format!("Leads with notes: {} ({})", thousands(self.noted), parts(&self.notes, ""))));
        lines
    }
}

/// Answers by fact or reason.
#[derive(Debug, Default)]
struct Answers {
    matched: BTreeMap<&'static str, u64>,
    ambiguous: BTreeMap<&'static str, u64>,
    unmatched: BTreeMap<&'static str, u64>,
}

impl Answers {
    fn add<T>(&mut self, answer: &MatchAnswer<T>) {
        let (sort, token) = match answer {
            MatchAnswer::Matched { how, .. } => (&mut self.matched, how.token()),
            MatchAnswer::Ambiguous { why, .. } => (&mut self.ambiguous, why.token()),
            MatchAnswer::Unmatched { why, .. } => (&mut self.unmatched, why.token()),
        };
        *sort.entry(token).or_default() += 1;
    }

    /// ` = 2 matched (1 by email, 1 by name) + 1 unmatched (free mail)`, as far as there are any.
    fn sum(&self) -> String {
        let sorts = [("matched", &self.matched, "by "), ("ambiguous", &self.ambiguous, ""), ("unmatched", &self.unmatched, "")];
        let sorts = sorts.into_iter().filter(|(_, tokens, _)| !tokens.is_empty());
        let sorts = sorts.map(|(what, tokens, by)| format!("{} {what} ({})", thousands(tokens.values().sum()), parts(tokens, by)));
        let sorts: Vec<String> = sorts.collect();
        if sorts.is_empty() { String::new() } else { format!(" = {}", sorts.join(" + ")) }
    }
}

/// `3 by email, 2 by name`, the most first; one alone without its number, which stands before it already.
fn parts(tokens: &BTreeMap<&'static str, u64>, by: &str) -> String {
    let mut sorted: Vec<(&str, u64)> = tokens.iter().map(|(token, number)| (*token, *number)).collect();
    sorted.sort_by_key(|(token, number)| (u64::MAX - number, *token));
    let alone = sorted.len() == 1;
    let said = sorted.into_iter().map(|(token, number)| {
        let token = token.replace('_', " ");
        if alone { format!("{by}{token}") } else { format!("{} {by}{token}", thousands(number)) }
    });
    said.collect::<Vec<_>>().join(", ")
}
