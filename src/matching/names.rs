//! Names and aliases of accounts, by their normal form.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::company::CompanyNames;
use super::fuzzy::FuzzyIndex;
use super::postings::{Postings, PostingsBuilder};
use super::reason::{Likeness, MatchHow};

/// One name of an account.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// The account's number.
    pub(super) account: u32,
    /// As the account has it.
    text: Box<str>,
    /// Whether it is another name than the account's own.
    alias: bool,
}

impl Named {
    /// That this name was met.
    fn how(&self) -> MatchHow {
        let name = String::from(&*self.text);
        if self.alias { MatchHow::Alias { alias: name } } else { MatchHow::Name { name } }
    }
}

/// A name that is nearly the one that was asked for.
pub(super) struct Near<'a> {
    pub(super) account: u32,
    pub(super) likeness: Likeness,
    /// As the account has it.
    pub(super) text: &'a str,
}

/// All names of all accounts.
#[derive(Clone, Debug, Default)]
pub(super) struct NameIndex {
    /// By account, an account's own name first.
    named: Vec<Named>,
    /// The normal form of a name, also with its letters spelled out, and where in `named` it stands.
    by_name: Postings,
    fuzzy: FuzzyIndex,
}

impl NameIndex {
    /// An index of names, each with its account and whether it is an alias; ordered by account, the account's own name first.
    pub(super) fn new<'a>(names: impl Iterator<Item = (u32, &'a str, bool)>, forms: &CompanyNames) -> Self {
        let (mut all, mut by_name) = (Vec::new(), PostingsBuilder::default());
        for (account, text, alias) in names {
            let normal = forms.normal(text);
            if let (false, Ok(number)) = (normal.is_empty(), u32::try_from(all.len())) {
                by_name.add(&normal, number);
                if let Some(spelled) = forms.spelled(text) {
                    by_name.add(&spelled, number);
                }
                all.push(Named { account, text: text.into(), alias });
            }
        }
        let by_name = by_name.build();
        let fuzzy = FuzzyIndex::new(by_name.keys());
        Self { named: all, by_name, fuzzy }
    }

    /// The accounts that have a name in one of its forms, ascending, each once, by the first of its names that is it.
    pub(super) fn owners(&self, normal: &str, spelled: Option<&str>) -> Vec<(u32, MatchHow)> {
        let mut places: Vec<u32> = self.by_name.get(normal).to_vec();
        places.extend(spelled.map_or(&[][..], |spelled| self.by_name.get(spelled)));
        places.sort_unstable();
        let mut owners: Vec<(u32, MatchHow)> = Vec::new();
        for named in places.iter().map(|place| &self.named[*place as usize]) {
            if owners.last().is_none_or(|(account, _)| *account != named.account) {
                owners.push((named.account, named.how()));
            }
        }
        owners
    }

    /// The accounts one of whose names is nearly this one, ascending, each once, by the nearest of its names.
    pub(super) fn near(&self, normal: &str) -> Vec<Near<'_>> {
        let mut found: Vec<(u32, Likeness, u32)> = Vec::new();
        for (number, likeness) in self.fuzzy.near(self.by_name.keys(), normal) {
            let places = self.by_name.of(number).iter();
            found.extend(places.map(|place| (self.named[*place as usize].account, likeness, *place)));
        }
        // By account; of its names the nearest first, of those its own.
        found.sort_unstable();
        found.dedup_by_key(|(account, ..)| *account);
        let near = found.into_iter().map(|(account, likeness, place)| Near { account, likeness, text: &self.named[place as usize].text });
        near.collect()
    }
}
