//! Campaigns: what became of their signals, whom they reached, which groups came of them, and what that cost.
//!
//! `sorted` puts every signal to its account, `states` listens to the scoring loop for what became of it, `people` says who was reached, `days` which groups
//! qualified or opened after they had heard of a campaign, `cost` what that comes to. `count` puts it together, `result` is what comes out.

mod cost;
mod count;
mod days;
mod people;
mod result;
mod sorted;
mod states;

pub use cost::{CampaignCost, CampaignCostError, CampaignSpend};
pub use count::campaigns;
pub use result::{Campaign, CampaignAccounts, CampaignFigures, CampaignPeople, CampaignReach, CampaignSignals, Campaigns};
