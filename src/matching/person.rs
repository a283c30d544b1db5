//! Names of people: one form for all ways to write one, and an index of contacts by it.

use alloc::string::String;
use alloc::vec::Vec;

use super::company::words_of;
use super::forms::Forms;
use crate::roster::Roster;

/// Names of people without what differs from writer to writer: case, accents, punctuation, personal titles, and which name stands first.
#[derive(Clone, Debug, Default)]
pub(super) struct PersonNames {
    /// Titles before a name, as words.
    before: Forms,
    /// Titles after a name, as words.
    after: Forms,
}

impl PersonNames {
    /// With these personal titles; `Dr *` stands before a name, the others after it.
    pub(super) fn new<'a>(titles: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names = Self::default();
        for title in titles {
            let list = if title.trim().ends_with('*') { &mut names.before } else { &mut names.after };
            list.add(&words_of(title));
        }
        names
    }

    /// The normal form of a person's name: its words in lower case without accents and titles, the family name last. Empty when there are no
    /// words.
    ///
    /// `Lee, Ann` is `Ann Lee`. Two people may have one name; whoever uses this must reckon with it.
    pub(super) fn normal(&self, name: &str) -> String {
        let parts: Vec<String> =
            name.split(',').map(|part| self.bare(&words_of(part)).into()).filter(|part: &String| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => words_of(name),
            [family, given] => alloc::format!("{given} {family}"),
            parts => parts.join(" "),
        }
    }

    /// Words without titles at either end; nothing is left of a title that stands behind nothing.
    fn bare<'a>(&self, words: &'a str) -> &'a str {
        let mut rest = words;
        while let Some(shorter) = self.before.head_dropped(rest).or_else(|| self.after.tail_dropped(rest)) {
            rest = shorter;
        }
        if self.after.has(rest) { "" } else { rest }
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
        let names = PersonNames::new(["Dr *", "Prof *", "PhD", "MBA"]);
        let normal = |name: &str| names.normal(name);
        for name in ["Ann Lee", "ANN  LEE", "Lee, Ann", "Dr. Ann Lee", "Prof. Dr. Ann Lee, PhD", "Ánn Lee", "Lee, Ann, MBA"] {
            assert_eq!(normal(name), "ann lee", "{name}");
        }
        assert_ne!(normal("Ann Lee Jr."), normal("Ann Lee"));
        assert_eq!((normal("Dr."), normal("PhD"), normal(" - ")), ("dr".into(), "phd".into(), String::new()));
    }

    #[test]
    fn people_are_found_by_name_and_account() {
        let rows = [("Ann Lee", 1, 10), ("Lee, Ann", 2, 11), ("Ann Lee", 1, 9), ("Bob", 1, 12)];
        let people = People::new(rows.into_iter().map(|(name, account, contact)| (PersonNames::default().normal(name), account, contact)));
        assert_eq!(people.at("ann lee", 1).collect::<Vec<_>>(), [9, 10]);
        assert_eq!(people.rows_of("ann lee").collect::<Vec<_>>(), [(1, 9), (1, 10), (2, 11)]);
        assert_eq!(people.at("ann lee", 3).count() + people.at("cleo", 1).count(), 0);
    }
}
