//! Names of people: one form for all ways to write one, and an index of contacts by it.

use alloc::string::String;
use alloc::vec::Vec;

use super::company::words_of;
use crate::roster::Roster;

/// Words before a name that are no part of it.
const BEFORE: [&str; 14] = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "herr", "frau", "mme", "mlle", "ing", "dipl"];

/// Words after a name that are no part of it. `Jr` and `III` are: they tell father from son.
const AFTER: [&str; 9] = ["phd", "md", "mba", "msc", "bsc", "cpa", "cfa", "pmp", "esq"];

/// The normal form of a person's name: its words in lower case without accents and titles, the family name last. Empty when there are no words.
///
/// `Lee, Ann` is `Ann Lee`. Two people may have one name; whoever uses this must reckon with it.
pub(super) fn normal(name: &str) -> String {
    let parts: Vec<String> = name.split(',').map(|part| bare(&words_of(part)).into()).filter(|part: &String| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => words_of(name),
        [family, given] => alloc::format!("{given} {family}"),
        parts => parts.join(" "),
    }
}

/// Words without titles at either end.
fn bare(words: &str) -> &str {
    let mut rest = words;
    loop {
        let (first, tail) = rest.split_once(' ').unwrap_or((rest, ""));
        let (head, last) = rest.rsplit_once(' ').unwrap_or(("", rest));
        if BEFORE.contains(&first) && !tail.is_empty() {
            rest = tail;
        } else if AFTER.contains(&last) {
            rest = head;
        } else {
            return rest;
        }
    }
}

/// Contacts by name and account.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    names: Roster,
    /// Name, account and contact, ascending.
    rows: Vec<(u32, u32, u32)>,
}

impl People {
    /// An index of contacts, each with its name in the normal form and its account.
    pub(super) fn new(contacts: impl Iterator<Item = (String, u32, u32)>) -> Self {
        let mut people = Self::default();
        for (name, account, contact) in contacts {
            if let Some(name) = people.names.intern(&name) {
                people.rows.push((name, account, contact));
            }
        }
        people.rows.sort_unstable();
        people
    }

    /// The contacts of that name at that account, ascending. Cost: two look-ups and the answer.
    pub(super) fn at(&self, name: &str, account: u32) -> impl Iterator<Item = u32> {
        let rows = self.names.find(name).map_or(&[][..], |name| self.range((name, account), (name, account + 1)));
        rows.iter().map(|(_, _, contact)| *contact)
    }

    /// Everybody of that name, with the account.
    pub(super) fn rows_of(&self, name: &str) -> impl Iterator<Item = (u32, u32)> {
        let rows = self.names.find(name).map_or(&[][..], |name| self.range((name, 0), (name + 1, 0)));
        rows.iter().map(|(_, account, contact)| (*account, *contact))
    }

    fn range(&self, from: (u32, u32), to: (u32, u32)) -> &[(u32, u32, u32)] {
        let start = self.rows.partition_point(|(name, account, _)| (*name, *account) < from);
        let end = self.rows.partition_point(|(name, account, _)| (*name, *account) < to);
        &self.rows[start..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_all_its_spellings() {
        for name in ["Ann Lee", "ANN  LEE", "Lee, Ann", "Dr. Ann Lee", "Prof. Dr. Ann Lee, PhD", "Ánn Lee", "Lee, Ann, MBA"] {
            assert_eq!(normal(name), "ann lee", "{name}");
        }
        assert_ne!(normal("Ann Lee Jr."), normal("Ann Lee"));
        assert_eq!((normal("Dr."), normal("PhD"), normal(" - ")), ("dr".into(), "phd".into(), String::new()));
    }

    #[test]
    fn people_are_found_by_name_and_account() {
        let rows = [("Ann Lee", 1, 10), ("Lee, Ann", 2, 11), ("Ann Lee", 1, 9), ("Bob", 1, 12)];
        let people = People::new(rows.into_iter().map(|(name, account, contact)| (normal(name), account, contact)));
        assert_eq!(people.at("ann lee", 1).collect::<Vec<_>>(), [9, 10]);
        assert_eq!(people.rows_of("ann lee").collect::<Vec<_>>(), [(1, 9), (1, 10), (2, 11)]);
        assert_eq!(people.at("ann lee", 3).count() + people.at("cleo", 1).count(), 0);
    }
}
