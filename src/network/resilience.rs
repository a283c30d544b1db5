//! How fragile the lines to somebody are.

use alloc::vec::Vec;

use serde::Serialize;

use super::error::NetworkError;
use super::naming::Naming;
use super::people::Network;
use super::warm::PathPeople;
use crate::paths::{Near, Scratch, cut_nodes, disjoint_paths, near_cut_nodes};

/// Looks at lines after which who stands on every path is no longer looked for near both ends, but among all who can be reached. Our choice: what an
/// account of a few hundred people takes.
pub(super) const LOOKS: usize = 8_192;

/// How many ways lead to somebody that share nobody else, whatever their length, and who stands on all ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Resilience {
    /// As many paths as there can be that have only the person in common, each from another source; the shortest first. How many they are is what
    /// counts: the same number of others may do as well. Each is its people in order, from the source on.
    pub disjoint: Vec<PathPeople>,
    /// The people on every path, in the order in which the paths meet them, the person left out: whoever of them leaves cuts the line. With one source that is
    /// the first of them. None where there is no path.
    pub on_every_path: PathPeople,
}

impl Network {
    /// How many ways lead from any of these people to one other, and who stands on all of them, whatever the length. Ways go through no opponents, though
    /// an opponent may be asked, or be the one to be reached; who is to be reached does not count among those who are asked.
    ///
    /// O(people + lines · √people) at worst; a few looks at the lines in practice.
    ///
    /// ```
    /// use quorate::{Account, AccountGraph, Contact, Known, Network, Policy, Tie, TieKind};
    ///
    /// let mut graph = AccountGraph::new();
    /// graph.add_account(Account::new("acme")?)?;
    /// for id in ["ann", "bea", "cleo", "dan", "eva"] {
    ///     graph.add_contact(Contact::new(id, "acme")?)?;
    /// }
    /// for (from, to) in [("ann", "bea"), ("ann", "cleo"), ("bea", "dan"), ("cleo", "dan"), ("dan", "eva")] {
    ///     let (from, to) = (from.parse()?, to.parse()?);
    ///     graph.add_tie(Tie { from, to, kind: TieKind::Knows, strength: 50, known: Known::ALWAYS })?;
    /// }
    /// let network = Network::new(&graph, &Policy::default(), "2025-05-05".parse()?);
    /// let to_eva = network.resilience(&["bea", "cleo"], "eva")?;
    /// assert_eq!(to_eva.disjoint.len(), 1);
    /// assert_eq!(to_eva.on_every_path.iter().collect::<Vec<_>>(), ["dan"]);
    /// assert_eq!(network.resilience(&["bea", "cleo"], "dan")?.disjoint.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`NetworkError`] when somebody is not in the network.
    pub fn resilience(&self, from: &[&str], to: &str) -> Result<Resilience, NetworkError> {
        let (sources, target) = (self.find_all(from)?, self.find(to)?);
        let mut scratch = self.scratch();
        let cuts = self.cuts(&sources, target, &mut scratch);
        Ok(self.lines_to(&sources, target, &cuts, &self.plainly(), &mut scratch))
    }

    /// The ways to somebody, where who stands on all of them is known.
    pub(super) fn lines_to(&self, sources: &[u32], target: u32, cuts: &[u32], naming: &Naming<'_>, scratch: &mut Scratch) -> Resilience {
        let paths = disjoint_paths(&self.lines, &self.blocked, sources, target, &mut scratch.flow);
        Resilience { disjoint: paths.iter().map(|path| naming.in_order(path)).collect(), on_every_path: naming.in_order(cuts) }
    }

    /// Of somebody to whom no way is looked for.
    pub(super) fn no_lines(&self) -> Resilience {
        Resilience { disjoint: Vec::new(), on_every_path: self.plainly().in_order(&[]) }
    }

    /// The people on every path, in the order in which the paths meet them.
    pub(super) fn cuts(&self, sources: &[u32], target: u32, scratch: &mut Scratch) -> Vec<u32> {
        let cuts = match near_cut_nodes(&self.lines, &self.blocked, sources, target, LOOKS, &mut scratch.ends) {
            Near::Cuts(cuts) => cuts,
            Near::Far => cut_nodes(&self.lines, &self.blocked, sources, target, &mut scratch.cut),
        };
        cuts.unwrap_or_default()
    }
}
