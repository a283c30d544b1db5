//! How far somebody's influence goes.

use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::error::NetworkError;
use super::people::Network;
use crate::assess::Named;
use crate::exact::PathQuality;
use crate::paths::{Scratch, reach};

/// Somebody whom another influences, directly or through others.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Influenced {
    pub(super) contact: Named,
    /// How much of the influence arrives: the greatest product of strengths over all ways, exact.
    pub strength: PathQuality,
    /// Over how many ties it comes with that strength, the fewest.
    pub hops: u8,
}

impl Influenced {
    /// The contact id.
    pub fn contact(&self) -> &str {
        self.contact.text()
    }
}

impl Serialize for Influenced {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("contact", self.contact())?;
        map.serialize_entry("strength", &self.strength)?;
        map.serialize_entry("hops", &self.hops)?;
        map.end()
    }
}

impl Network {
    /// Whom somebody influences over at most `hops` ties of influence (1..=4; more are taken as 4), the most influenced first, then the fewest ties, then by id.
    ///
    /// O(people + ties reached, times their logarithm).
    ///
    /// # Errors
    /// [`NetworkError`] when the person is not in the network.
    pub fn influence_of(&self, contact: &str, hops: u8) -> Result<Vec<Influenced>, NetworkError> {
        Ok(self.influenced(self.find(contact)?, hops, &mut self.scratch()))
    }

    pub(super) fn influenced(&self, person: u32, hops: u8, scratch: &mut Scratch) -> Vec<Influenced> {
        let mut found = reach(&self.influence, person, hops.into(), &mut scratch.reach);
        found.sort_by(|a, b| b.strength.cmp(&a.strength).then(a.hops.cmp(&b.hops)).then(a.node.cmp(&b.node)));
        let influenced = |one: crate::paths::Reached| Influenced {
            contact: Named { names: self.names.clone(), number: self.contacts[one.node as usize] },
            strength: PathQuality(one.strength.into()),
            hops: one.hops,
        };
        found.into_iter().map(influenced).collect()
    }
}
