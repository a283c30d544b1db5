//! What campaigns cost, and what that comes to for each group and opportunity.

use alloc::string::{String, ToString};

use rust_decimal::Decimal;
use serde::Serialize;

use super::result::CampaignFigures;
use crate::exact::{div_round_half_even, scaled};
use crate::id::CampaignName;

/// Decimals that costs may have, and that figures made of them have at most.
const PLACES: u32 = 4;
/// The most that one cost may be, in either direction, in units of the last decimal: 10¹⁵.
// INVARIANT: a billion of them come to 10²⁸ units, which a decimal holds, and times ten billion signals to 10³⁸, which 128 bits hold. No memory holds more of
// either.
const UNITS_MOST: i128 = 10_000_000_000_000_000_000;

/// Something that a campaign cost; several add up.
///
/// The amount has at most 4 decimals and lies within 10¹⁵ in either direction. One below zero is a credit. A campaign that nobody was reached by may have costs.
///
/// ```
/// use quorate::{CampaignCost, Decimal};
/// let cost = CampaignCost::new("expo".parse()?, Decimal::new(1_999_50, 2), Some("EUR".into()))?;
/// assert_eq!((cost.campaign().as_str(), cost.amount().to_string()), ("expo", "1999.5".into()));
///
/// let refused = CampaignCost::new("expo".parse()?, Decimal::new(1, 5), None).unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "the cost 0.00001 of the campaign `expo` is not allowed; at most 1000000000000000 in either direction with at most 4 decimals is"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignCost {
    campaign: CampaignName,
    // INVARIANT: at most UNITS_MOST either way.
    units: i128,
    currency: Option<String>,
}

impl CampaignCost {
    /// A cost; the currency is `None` where the data do not say.
    ///
    /// # Errors
    /// [`CampaignCostError`]: the amount has more decimals, or is beyond what is allowed.
    pub fn new(campaign: CampaignName, amount: Decimal, currency: Option<String>) -> Result<Self, CampaignCostError> {
        match scaled(amount, PLACES) {
            Ok(units) if units.abs() <= UNITS_MOST => Ok(Self { campaign, units, currency }),
            _ => Err(CampaignCostError { campaign, amount: amount.normalize().to_string() }),
        }
    }

    /// The campaign.
    pub const fn campaign(&self) -> &CampaignName {
        &self.campaign
    }

    /// The amount, without trailing zeros.
    pub fn amount(&self) -> Decimal {
        money(self.units, PLACES)
    }

    /// The currency; `None` where the data do not say.
    pub fn currency(&self) -> Option<&str> {
        self.currency.as_deref()
    }

    pub(super) const fn units(&self) -> i128 {
        self.units
    }
}

/// A cost that is not allowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the cost {amount} of the campaign `{campaign}` is not allowed; at most 1000000000000000 in either direction with at most 4 decimals is"
)]
pub struct CampaignCostError {
    campaign: CampaignName,
    amount: String,
}

impl CampaignCostError {
    /// The campaign.
    pub const fn campaign(&self) -> &CampaignName {
        &self.campaign
    }

    /// The amount that was given.
    pub fn amount(&self) -> &str {
        &self.amount
    }

    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        "out_of_range"
    }
}

/// What campaigns cost in one currency, and what for. `on_never`, `on_nobody` and `on_others` add up to `amount`, exactly.
///
/// The cost of a campaign is spread equally over the signals that reached somebody ([`CampaignReach`](super::CampaignReach)). What falls on one sort of people is rounded half to even
/// once, to the decimals of the currency, or of the amount where that has more; of several campaigns it is the sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CampaignSpend {
    /// The currency; `None` where the data do not say.
    pub currency: Option<String>,
    /// All costs added up, exact.
    #[serde(serialize_with = "super::super::decimals::text")]
    pub amount: Decimal,
    /// The amount for each group that qualified, rounded half to even once to the decimals of the currency; `None` where none did, and for all campaigns together where
    /// there are costs in several currencies, since nobody says which groups were paid for in which. Campaigns without costs count among all.
    #[serde(serialize_with = "super::super::decimals::text_if_any")]
    pub per_qualified: Option<Decimal>,
    /// The same for each opportunity.
    #[serde(serialize_with = "super::super::decimals::text_if_any")]
    pub per_opportunity: Option<Decimal>,
    /// What was spent on people who never count.
    #[serde(serialize_with = "super::super::decimals::text")]
    pub on_never: Decimal,
    /// What was spent on campaigns that reached nobody.
    #[serde(serialize_with = "super::super::decimals::text")]
    pub on_nobody: Decimal,
    /// The rest: what was spent on people who can count, and on unnamed visitors.
    #[serde(serialize_with = "super::super::decimals::text")]
    pub on_others: Decimal,
}

/// Costs of one currency in units of the last decimal that costs may have.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts {
    amount: i128,
    never: i128,
    nobody: i128,
}

impl Parts {
    /// The costs of one campaign, spread over the signals that reached somebody. `digits` are the decimals of the currency.
    pub(super) fn of(units: i128, figures: &CampaignFigures, digits: u32) -> Self {
        let (reached, never) = (i128::from(figures.reached.signals), i128::from(figures.reached.never));
        if reached == 0 {
            return Self { amount: units, never: 0, nobody: units };
        }
        let step = step(digits.max(money(units, PLACES).scale()));
        Self { amount: units, never: div_round_half_even(units * never, reached * step) * step, nobody: 0 }
    }

    pub(super) const fn add(&mut self, other: Self) {
        self.amount += other.amount;
        self.never += other.never;
        self.nobody += other.nobody;
    }

    /// What they come to for so many groups and opportunities.
    pub(super) fn spend(self, currency: Option<&str>, figures: &CampaignFigures, digits: u32) -> CampaignSpend {
        let step = step(digits);
        let each = |count: u64| (count > 0).then(|| money(div_round_half_even(self.amount, i128::from(count) * step) * step, PLACES));
        CampaignSpend {
            currency: currency.map(ToString::to_string),
            amount: money(self.amount, PLACES),
            per_qualified: each(figures.qualified),
            per_opportunity: each(figures.opportunities),
            on_never: money(self.never, PLACES),
            on_nobody: money(self.nobody, PLACES),
            on_others: money(self.amount - self.never - self.nobody, PLACES),
        }
    }
}

/// Units in one unit of that decimal.
const fn step(digits: u32) -> i128 {
    10_i128.pow(PLACES.saturating_sub(digits))
}

fn money(units: i128, scale: u32) -> Decimal {
    // INVARIANT: see UNITS_MOST; the fallback is never taken.
    Decimal::try_from_i128_with_scale(units, scale).unwrap_or_default().normalize()
}
