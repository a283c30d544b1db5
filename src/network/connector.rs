//! What the network says, put among the gaps of assessments.

use super::asker::Asker;
use super::error::NetworkError;
use super::people::Network;
use crate::assess::GroupAssessment;
use crate::paths::Scratch;

/// Adds to groups, one after the other, what is missing by the network; its tables are made once.
///
/// For groups that come as a stream, or from a set of policies with a network each; for a whole assessment by one policy there is
/// [`Network::connect`].
#[derive(Debug)]
pub struct Connector<'n> {
    network: &'n Network,
    scratch: Scratch,
}

impl Connector<'_> {
    /// Adds the gaps `decision_maker_unreachable` and `sole_bridge` to a group that was assessed on the network's day, where there are such. Those that it has
    /// already are replaced.
    ///
    /// For each deciding person who is silent a few thousand looks at lines near them and at the engaged, however large the network. Where that does not settle
    /// who stands on every way, one pass over the lines in reach for the person; where it does not settle who is reached, one for the group.
    ///
    /// # Errors
    /// [`NetworkError::OtherDay`], [`NetworkError::OtherGraph`].
    pub fn add_gaps(&mut self, group: &mut GroupAssessment) -> Result<(), NetworkError> {
        self.network.is_of(group)?;
        self.replace_gaps(group);
        Ok(())
    }

    /// The same of a group that the network can be asked about.
    pub(super) fn replace_gaps(&mut self, group: &mut GroupAssessment) {
        let gaps = Asker::new(self.network, group).gaps(&mut self.scratch);
        group.set_network_gaps(gaps);
    }
}

impl Network {
    /// What adds to groups their gaps by the network. O(people).
    pub fn connector(&self) -> Connector<'_> {
        Connector { network: self, scratch: self.scratch() }
    }
}
