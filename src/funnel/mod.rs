//! From interest to revenue, counted: who came how far, how fast, and how sure that is.
//!
//! Counts are whole numbers, rates and bounds are rounded once ([`Rate`], [`Interval`]), days are added up exactly ([`Spans`]).

mod came_in;
mod campaigns;
mod closed;
mod cohort;
mod deals;
mod decimals;
mod dispositions;
mod error;
mod feed;
mod follow_up;
mod heard;
mod history;
mod hours;
mod journey;
mod plan;
mod plan_error;
mod planned;
mod promise;
mod quotient;
mod rate;
mod spans;
mod table;
mod wilson;

pub use campaigns::{
    Campaign, CampaignAccounts, CampaignCost, CampaignCostError, CampaignFigures, CampaignPeople, CampaignReach, CampaignSignals,
    CampaignSpend, Campaigns, campaigns,
};
pub use closed::{ClosedDeals, CurrencyDeals, Revenue};
pub use cohort::{CohortBy, Period};
pub use dispositions::{Accepted, AcceptedOf, Dispositions, ReasonCount, dispositions};
pub use error::FunnelError;
pub use feed::{GROUP_ATTRIBUTES, GROUP_STAGES, Journeys, LEAD_STAGES, group_journeys, lead_journeys};
pub use follow_up::{FollowUp, FollowUpAction, FollowUpCounts, FollowUpSpeed, FollowUpState, FollowUps, follow_ups};
pub use history::{GroupEntry, GroupHistories, GroupHistory, GroupRaise};
pub use journey::Journey;
pub use plan::{Average, PlanBasis, PlanRate, PlanStep};
pub use plan_error::PlanError;
pub use planned::{Brought, BroughtLine, Needed, Plan, PlanLine};
pub use rate::Rate;
pub use spans::Spans;
pub use table::{Cohort, Cohorts, Funnel, FunnelStage, FunnelStep, FunnelTable, OutOfOrder};
pub use wilson::Interval;
