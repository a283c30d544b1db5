//! What an assessment asks of all records at once.

use super::AccountGraph;

impl AccountGraph {
    /// The ids of the accounts that are there, in the order of their numbers.
    pub(crate) fn live_account_names(&self) -> impl Iterator<Item = &str> {
        self.accounts.live().map(|number| self.accounts.text(number))
    }

    /// The ids of the groups that are there, in the order of their numbers.
    pub(crate) fn live_group_names(&self) -> impl Iterator<Item = &str> {
        self.groups.live().map(|number| self.groups.text(number))
    }

    /// The groups that are there, by number.
    pub(crate) fn live_groups(&self) -> impl Iterator<Item = u32> {
        self.groups.live()
    }

    /// The accounts that are there, by number.
    pub(crate) fn live_accounts(&self) -> impl Iterator<Item = u32> {
        self.accounts.live()
    }

    /// The contacts that are there, by number.
    pub(crate) fn live_contacts(&self) -> impl Iterator<Item = u32> {
        self.contacts.live()
    }

    /// How many titles were ever given; their numbers are those below.
    pub(crate) fn title_count(&self) -> usize {
        self.titles.len()
    }

    /// A title by its number.
    pub(crate) fn title_text(&self, title: u32) -> &str {
        self.titles.text(title)
    }

    /// Whether another contact can be the same person: this one has a person id, or its own id is one.
    pub(crate) fn person_may_repeat(&self, contact: u32) -> bool {
        self.contacts.row(contact).person().is_some()
            || (!self.persons.is_empty() && self.persons.find(self.contacts.text(contact)).is_some())
    }
}
