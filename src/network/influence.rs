//! How far somebody's influence goes.

use alloc::vec::Vec;

use serde::Serialize;

use super::error::NetworkError;
use super::naming::Naming;
use super::people::Network;
use crate::assess::Named;
use crate::exact::PathQuality;
use crate::paths::{Scratch, reach};

/// Somebody whom another influences, directly or through others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

impl Network {
    /// Whom somebody influences over at most `hops` ties of influence (1..=4; what is outside is taken as the nearest within), the most influenced first, then
    /// the fewest ties, then by id.
    ///
    /// O(people + ties reached, times their logarithm).
    ///
    /// ```
    /// use quorate::{Account, AccountGraph, Contact, Known, Network, Policy, Tie, TieKind};
    ///
    /// let mut graph = AccountGraph::new();
    /// graph.add_account(Account::new("acme")?)?;
    /// for id in ["ann", "bea", "cleo"] {
    ///     graph.add_contact(Contact::new(id, "acme")?)?;
    /// }
    /// for (from, to, strength) in [("ann", "bea", 50), ("bea", "cleo", 30), ("ann", "cleo", 10)] {
    ///     let (from, to) = (from.parse()?, to.parse()?);
    ///     graph.add_tie(Tie { from, to, kind: TieKind::Influences, strength, known: Known::ALWAYS })?;
    /// }
    /// let network = Network::new(&graph, &Policy::default(), "2025-05-05".parse()?);
    /// let reached: Vec<String> = network.influence_of("ann", 2)?.iter().map(|one| format!("{} {}", one.contact(), one.strength)).collect();
    /// assert_eq!(reached, ["bea 0.5", "cleo 0.15"]);
    /// assert!(network.influence_of("cleo", 2)?.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`NetworkError`] when the person is not in the network.
    pub fn influence_of(&self, contact: &str, hops: u8) -> Result<Vec<Influenced>, NetworkError> {
        Ok(self.influenced(self.find(contact)?, hops, |_| true, &self.plainly(), &mut self.scratch()))
    }

    /// The same among those who are asked about.
    pub(super) fn influenced(
        &self,
        person: u32,
        hops: u8,
        asked: impl Fn(u32) -> bool,
        naming: &Naming<'_>,
        scratch: &mut Scratch,
    ) -> Vec<Influenced> {
        let mut found = reach(&self.influence, person, hops.into(), &mut scratch.reach);
        found.retain(|one| asked(one.node));
        found.sort_by(|a, b| b.strength.cmp(&a.strength).then(a.hops.cmp(&b.hops)).then(a.node.cmp(&b.node)));
        let influenced = |one: crate::paths::Reached| Influenced {
            contact: naming.named(one.node),
            strength: PathQuality(one.strength.into()),
            hops: one.hops,
        };
        found.into_iter().map(influenced).collect()
    }
}
