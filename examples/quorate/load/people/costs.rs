//! What campaigns cost: rows that stand on no other, and may repeat.

use quorate::CampaignCost;

use super::Reading;

impl Reading<'_> {
    /// The costs of rows that could be read to the end, in the order of the rows.
    pub(super) fn usable_costs(&mut self) -> Vec<CampaignCost> {
        let costs = std::mem::take(&mut self.costs).into_iter();
        costs.filter(|(_, origin)| !self.bad.has(*origin)).map(|(cost, _)| cost).collect()
    }
}
