//! What became of contacts without an account and of signals known by e-mail alone, in lines.

use std::collections::BTreeMap;

use crate::load::{AddressNotes, ContactMatch, Fared, Matched};
use crate::words::{count, shown, thousands};

/// Contacts, and addresses, that stay nobody's and are named; the others are counted.
const NAMED: usize = 5;

/// What became of contacts without an account and of signals known by e-mail alone, with the first of those that stay nobody's.
pub fn lines(matched: &Matched) -> Vec<String> {
    let mut lines = contacts(&matched.contacts);
    lines.extend(matched.addresses.iter().flat_map(addresses));
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
            Fared::Matched(fact) => *facts.entry(fact).or_default() += 1,
            Fared::Ambiguous(_) => several += 1,
            Fared::Unmatched(_) => none += 1,
        }
    }
    let mut parts: Vec<String> =
        facts.iter().map(|(fact, number)| format!("{} by {}", thousands(*number), fact.replace('_', " "))).collect();
    parts.extend(left(several, none));
    let known = contacts.iter().filter(|one| one.known_person).count() as u64;
    let known = if known > 0 { format!(" ({} of people known already)", thousands(known)) } else { String::new() };
    let mut lines = vec![format!("Contacts without an account: {} = {}{known}", thousands(contacts.len() as u64), parts.join(" + "))];
    let nowhere = contacts.iter().filter_map(|one| Some((format!("{} (contact {})", one.place, shown(&one.contact)), why(&one.fared)?)));
    name_some(&mut lines, nowhere);
    lines
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
    let nobodys = notes.nobody.iter().filter_map(|(address, fared, signals)| {
        Some((format!("{} ({})", shown(address), count(*signals, "signal", "signals")), why(fared)?))
    });
    name_some(&mut lines, nobodys);
    lines
}

/// `2 ambiguous`, `3 unmatched`, as far as there are any.
fn left(several: u64, none: u64) -> impl Iterator<Item = String> {
    let parts = [(several, "ambiguous"), (none, "unmatched")].into_iter().filter(|(number, _)| *number > 0);
    parts.map(|(number, what)| format!("{} {what}", thousands(number)))
}

fn why(fared: &Fared) -> Option<&str> {
    match fared {
        Fared::Matched(_) => None,
        Fared::Ambiguous(why) | Fared::Unmatched(why) => Some(why),
    }
}

/// The first few with their reasons, the others counted.
fn name_some<'w>(lines: &mut Vec<String>, mut all: impl Iterator<Item = (String, &'w str)>) {
    lines.extend(all.by_ref().take(NAMED).map(|(who, why)| format!("  {who}: {why}")));
    let more = all.count() as u64;
    lines.extend((more > 0).then(|| format!("  … and {} more", thousands(more))));
}
