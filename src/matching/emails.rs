//! Contacts by their address.

use alloc::borrow::Cow;

use super::postings::{Postings, PostingsBuilder};
use super::reason::{MatchHow, MatchWhy};
use crate::address::untagged;

/// The addresses of contacts.
#[derive(Clone, Debug, Default)]
pub(super) struct EmailIndex {
    /// By the address as it is.
    whole: Postings,
    /// Those that have a tag, by the address without it.
    untagged: Postings,
}

/// The contacts of an address.
pub(super) struct Known<'a> {
    pub(super) contacts: Cow<'a, [u32]>,
    pub(super) how: MatchHow,
    /// What to say when there are several.
    pub(super) several: MatchWhy,
}

impl EmailIndex {
    /// The contacts of the very address; where it has none, those whose address differs in its tag alone. Cost: one look-up, of an unknown address
    /// two, and with a tag three.
    pub(super) fn known(&self, key: &str) -> Option<Known<'_>> {
        let whole = self.whole.get(key);
        if !whole.is_empty() {
            let (how, several) = (MatchHow::Email { email: key.into() }, MatchWhy::SeveralContactsOfEmail { email: key.into() });
            return Some(Known { contacts: Cow::Borrowed(whole), how, several });
        }
        let bare = untagged(key);
        let without_tag = bare.as_deref().map_or(&[][..], |bare| self.whole.get(bare));
        let email = bare.as_deref().unwrap_or(key);
        let mut contacts = [without_tag, self.untagged.get(email)].concat();
        contacts.sort_unstable();
        let how = MatchHow::UntaggedEmail { email: email.into() };
        let several = MatchWhy::SeveralContactsOfEmail { email: email.into() };
        (!contacts.is_empty()).then_some(Known { contacts: Cow::Owned(contacts), how, several })
    }

    /// The address of that number.
    pub(super) fn text(&self, number: u32) -> &str {
        self.whole.keys().text(number)
    }
}

/// What becomes an [`EmailIndex`].
#[derive(Default)]
pub(super) struct EmailIndexBuilder {
    whole: PostingsBuilder,
    untagged: PostingsBuilder,
}

impl EmailIndexBuilder {
    /// Adds a contact with its address, and says the address's number.
    pub(super) fn add(&mut self, key: &str, contact: u32) -> Option<u32> {
        if let Some(bare) = untagged(key) {
            self.untagged.add(&bare, contact);
        }
        self.whole.add(key, contact)
    }

    /// The index. Cost: n log n.
    pub(super) fn build(self) -> EmailIndex {
        EmailIndex { whole: self.whole.build(), untagged: self.untagged.build() }
    }
}
