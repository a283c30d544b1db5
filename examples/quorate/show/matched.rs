//! What became of contacts without an account and of signals known by e-mail alone, in lines.

use std::collections::BTreeMap;

use quorate::{MatchWhy, UnusedDomain};

use crate::load::{AddressNotes, ContactMatch, Fared, Matched, Repeats};
use crate::words::{count, shown, shown_sentence, thousands};

/// Contacts, addresses and domains that are named; the others are counted.
const NAMED: usize = 5;

/// What became of contacts without an account and of signals known by e-mail alone, with the first of those that stay nobody's or whose facts
/// do not fit, and the domains of accounts that are of no use for it.
pub fn lines(matched: &Matched) -> Vec<String> {
    let mut lines = contacts(&matched.contacts);
    lines.extend(matched.addresses.iter().flat_map(addresses));
    lines.extend(unused(&matched.unused));
    lines
}

fn contacts(contacts: &[ContactMatch]) -> Vec<String> {
    if contacts.is_empty() {
        return Vec::new();
    }
    let mut facts: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut several, mut none) = (0, 0);
    for one in contacts {
        match &one.fared {
            Fared::Matched { fact, .. } => *facts.entry(fact).or_default() += 1,
            Fared::Ambiguous(_) => several += 1,
            Fared::Unmatched(_) => none += 1,
        }
    }
    let mut parts: Vec<String> =
        facts.iter().map(|(fact, number)| format!("{} by {}", thousands(*number), fact.replace('_', " "))).collect();
    parts.extend(left(several, none));
    let total = thousands(contacts.len() as u64);
    let mut lines = vec![format!("Contacts without an account: {total} = {}{}", parts.join(" + "), repeated(contacts))];
    let who = |one: &ContactMatch| format!("{} (contact {})", one.place, shown(&one.contact));
    name_some(&mut lines, contacts.iter().filter_map(|one| Some((who(one), why(&one.fared)?))));
    let odd: Vec<_> = contacts.iter().filter_map(|one| Some((one, amiss(&one.fared)?))).collect();
    lines.extend((!odd.is_empty()).then(|| format!("Contacts filed although not all facts fit: {}", thousands(odd.len() as u64))));
    name_some(&mut lines, odd.into_iter().map(|(one, (whose, notes))| (format!("{}, at {whose}", who(one)), notes)));
    lines
}

/// ` (1 of people known already, 2 of people among these already)`, as far as there are any.
fn repeated(contacts: &[ContactMatch]) -> String {
    let of = |whose: Repeats| contacts.iter().filter(|one| one.repeats == Some(whose)).count() as u64;
    let parts = [(Repeats::Known, "known"), (Repeats::Another, "among these")].map(|(whose, which)| (of(whose), which));
    let parts = parts.iter().filter(|(number, _)| *number > 0);
    let parts: Vec<String> = parts.map(|(number, which)| format!("{} of people {which} already", thousands(*number))).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

fn addresses(notes: &AddressNotes) -> Vec<String> {
    let total = notes.total();
    if total == 0 {
        return Vec::new();
    }
    let mut parts = Vec::new();
    for (number, whose) in [(notes.contacts, "of known contacts"), (notes.accounts, "of accounts")] {
        parts.extend((number > 0).then(|| format!("{} {whose}", thousands(number))));
    }
    let (several, none) = notes.left();
    parts.extend(left(several, none));
    let mut lines = vec![format!("Signals known by e-mail alone: {} = {}", thousands(total), parts.join(" + "))];
    let who = |address: &str, signals: u64| format!("{} ({})", shown(address), count(signals, "signal", "signals"));
    name_some(&mut lines, notes.told.iter().filter_map(|(address, fared, signals)| Some((who(address, *signals), why(fared)?))));
    let odd: Vec<_> = notes.told.iter().filter_map(|(address, fared, signals)| Some((address, amiss(fared)?, *signals))).collect();
    let signals = odd.iter().map(|(.., signals)| signals).sum();
    lines.extend((!odd.is_empty()).then(|| format!("Signals filed although not all facts fit: {}", thousands(signals))));
    name_some(
        &mut lines,
        odd.into_iter().map(|(address, (whose, notes), signals)| (format!("{}, with {whose}", who(address, signals)), notes)),
    );
    lines
}

/// Domains that accounts list in vain.
fn unused(domains: &[UnusedDomain]) -> Vec<String> {
    if domains.is_empty() {
        return Vec::new();
    }
    let hosts = domains.iter().filter(|one| matches!(one.why, MatchWhy::FreeMail { .. })).count() as u64;
    let none = domains.len() as u64 - hosts;
    let parts = [
        (hosts, if hosts == 1 { "of a mail host" } else { "of mail hosts" }),
        (none, if none == 1 { "that is none" } else { "that are none" }),
    ];
    let parts = parts.iter().filter(|(number, _)| *number > 0);
    let parts: Vec<String> = parts.map(|(number, what)| format!("{} {what}", thousands(*number))).collect();
    let total = thousands(domains.len() as u64);
    let mut lines = vec![format!("Domains of accounts that nobody is matched by: {total} = {}", parts.join(" + "))];
    let reasons: Vec<_> = domains.iter().map(|one| (shown(one.account.as_str()), shown_sentence(&one.why.to_string()))).collect();
    name_some(&mut lines, reasons.iter().map(|(account, why)| (account.clone(), why.as_str())));
    lines
}

/// `2 ambiguous`, `3 unmatched`, as far as there are any.
fn left(several: u64, none: u64) -> impl Iterator<Item = String> {
    let parts = [(several, "ambiguous"), (none, "unmatched")].into_iter().filter(|(number, _)| *number > 0);
    parts.map(|(number, what)| format!("{} {what}", thousands(number)))
}

/// Why nobody was found.
fn why(fared: &Fared) -> Option<&str> {
    match fared {
        Fared::Matched { .. } => None,
        Fared::Ambiguous(why) | Fared::Unmatched(why) => Some(why),
    }
}

/// Who was found, and what does not fit.
fn amiss(fared: &Fared) -> Option<(&str, &str)> {
    match fared {
        Fared::Matched { whose, notes, .. } if !notes.is_empty() => Some((whose, notes)),
        Fared::Matched { .. } | Fared::Ambiguous(_) | Fared::Unmatched(_) => None,
    }
}

/// The first few with their reasons, the others counted.
fn name_some<'w>(lines: &mut Vec<String>, mut all: impl Iterator<Item = (String, &'w str)>) {
    lines.extend(all.by_ref().take(NAMED).map(|(who, why)| format!("  {who}: {why}")));
    let more = all.count() as u64;
    lines.extend((more > 0).then(|| format!("  … and {} more", thousands(more))));
}
