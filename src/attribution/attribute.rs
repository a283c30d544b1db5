//! Credit for one deal, touch by touch.

use alloc::string::ToString;
use alloc::vec::Vec;

use rust_decimal::Decimal;

use super::credit::{Fading, by_position};
use super::error::{AttributionError, WrongAmount};
use super::journey::{DealJourney, Placed, Touch};
use super::share::Share;
use super::split::split;
use crate::policy::{AttributionModel, CreditRule, Policy};
use crate::problem::{excerpt, nearest};

/// The most an amount may be, in minor units.
const UNITS_MOST: u128 = 1_000_000_000_000_000_000;
/// The most decimals of a currency: with them an amount of one unit is in range.
const DIGITS_MOST: u32 = 18;

/// What each touch of one deal is given.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attribution<'j, 'a> {
    /// What each touch is given, in their order.
    pub credits: Vec<Credit<'j, 'a>>,
    /// What is given to nobody: all of it where there is no touch, or none with any weight. `None`: the deal has no amount.
    pub unattributed: Option<Decimal>,
}

/// What one touch is given.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Credit<'j, 'a> {
    /// The touch.
    pub touch: &'j Touch<'a>,
    /// The channel of its kind.
    pub channel: &'a str,
    /// What part of the deal, exact.
    pub share: Share,
    /// What part of the amount, in whole minor units of the currency; `None`: the deal has no amount.
    pub amount: Option<Decimal>,
}

/// The model of that name.
pub(super) fn model<'p>(policy: &'p Policy, name: &str) -> Result<&'p AttributionModel, AttributionError> {
    let rule = &policy.document().attribution;
    rule.model(name).ok_or_else(|| AttributionError::UnknownModel {
        model: excerpt(name),
        suggestion: nearest(name, rule.models.iter().map(|model| model.name.as_str())),
    })
}

/// How touches of one deal are weighed.
pub(super) struct Weigher<'p> {
    credit: &'p CreditRule,
    role_weighted: bool,
    fading: Option<Fading>,
}

impl<'p> Weigher<'p> {
    /// For touches of at most so many days.
    pub(super) fn new(policy: &Policy, model: &'p AttributionModel, oldest: usize) -> Result<Self, AttributionError> {
        let fading = match &model.credit {
            CreditRule::Positions(_) => None,
            CreditRule::Decay(decay) => Some(Fading::new(decay, oldest)),
            CreditRule::Channels(_) => return Err(AttributionError::NeedsAllDeals { model: model.name.clone() }),
        };
        Ok(Self { credit: &model.credit, role_weighted: policy.document().attribution.role_weighted, fading })
    }

    /// What each touch is given, as parts of their sum.
    pub(super) fn weigh(&self, journey: &DealJourney<'_>) -> Vec<u128> {
        let Some(places) = journey.places() else { return Vec::new() };
        let mut parts: Vec<u128> = match (self.credit, &self.fading) {
            (CreditRule::Positions(positions), _) => by_position(positions, places, journey.placed().len()),
            (_, Some(fading)) => journey.ages().map(|age| fading.at(age)).collect(),
            (_, None) => Vec::new(),
        };
        if self.role_weighted {
            parts.iter_mut().zip(journey.touches()).for_each(|(part, touch)| *part *= u128::from(touch.weight));
        }
        parts
    }
}

/// An amount in minor units.
#[derive(Clone, Copy)]
pub(super) struct Units {
    pub(super) negative: bool,
    pub(super) number: u128,
    digits: u32,
}

impl Units {
    pub(super) fn of(journey: &DealJourney<'_>, minor_digits: u32) -> Result<Option<Self>, AttributionError> {
        let Some(amount) = journey.deal().amount else { return Ok(None) };
        let wrong = || {
            let (opportunity, amount) = (journey.deal().opportunity.to_string(), amount.to_string());
            AttributionError::Amounts(Vec::from([WrongAmount { opportunity, amount, digits: minor_digits }]))
        };
        let short = amount.normalize();
        let units = u128::try_from(short.mantissa().abs()).map_err(|_| wrong())?;
        let power = Some(minor_digits)
            .filter(|digits| *digits <= DIGITS_MOST)
            .and_then(|digits| digits.checked_sub(short.scale()))
            .and_then(|more| 10_u128.checked_pow(more));
        let units = power.and_then(|power| units.checked_mul(power)).filter(|units| *units <= UNITS_MOST).ok_or_else(wrong)?;
        Ok(Some(Self { negative: short.is_sign_negative(), number: units, digits: minor_digits }))
    }

    /// A sum of such amounts.
    pub(super) fn of_sum(sum: Decimal, digits: u32) -> Self {
        let mut scaled = sum;
        // INVARIANT: a sum of whole minor units has at most so many decimals.
        scaled.rescale(digits);
        Self { negative: sum.is_sign_negative(), number: scaled.mantissa().unsigned_abs(), digits }
    }

    /// So many of them as money, with the sign of the amount.
    pub(super) fn money(self, units: u128) -> Decimal {
        let mut money = Decimal::from_i128_with_scale(i128::try_from(units).unwrap_or(i128::MAX), self.digits);
        money.set_sign_negative(self.negative && units > 0);
        money
    }
}

/// Gives credit for one deal to its touches, by a model of a policy: the one that the journey was made by, so that look-back and kinds are its own.
///
/// The amount is split in minor units of its currency, of which `minor_digits` decimals (0..=18) make one (2 for cents), by largest remainder: every touch has
/// the whole units that are its own, and those that are left go to the largest remainders, of equal ones to the earlier touch, then to the lesser id. Credits
/// and what is unattributed add up to the amount. Of an amount below zero its absolute value is split. O(touches · log touches + the age of the oldest).
///
/// ```
/// use quorate::{Account, AccountGraph, Contact, Decimal, Opportunity, Outcome, Policy, Signal, attribute, deal_journeys};
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// graph.add_contact(Contact::new("ann", "acme")?)?;
/// graph.add_opportunity(Opportunity {
///     id: "deal".parse()?,
///     account: "acme".parse()?,
///     group: None,
///     created_at: "2025-03-01".parse()?,
///     closed_at: Some("2025-05-05".parse()?),
///     outcome: Outcome::Won,
///     amount: Some(Decimal::from(100)),
///     currency: Some("EUR".into()),
/// })?;
/// let on = |kind: &str, day: &str| -> Result<Signal, Box<dyn std::error::Error>> { Ok(Signal::of_contact("ann", kind, day.parse()?)?) };
/// let signals = [on("webinar_attended", "2025-02-01")?, on("pricing_page", "2025-02-10")?, on("demo_request", "2025-03-01")?];
///
/// let policy = Policy::default();
/// let journeys = deal_journeys(&graph, &policy, &signals);
/// let found = attribute(&journeys[0], &policy, "linear", 2)?;
/// let credits: Vec<String> = found.credits.iter().map(|one| format!("{} {} {}", one.touch.kind, one.share.fraction(), one.amount.unwrap())).collect();
/// assert_eq!(credits, ["webinar_attended 1/3 33.34", "pricing_page 1/3 33.33", "demo_request 1/3 33.33"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`AttributionError`]: a journey that another policy made, a model that the policy does not have or that weighs channels over all deals, an amount that has more decimals than the currency
/// or is beyond 10¹⁸ minor units.
pub fn attribute<'j, 'a>(
    journey: &'j DealJourney<'a>,
    policy: &Policy,
    model_name: &str,
    minor_digits: u32,
) -> Result<Attribution<'j, 'a>, AttributionError> {
    journey.is_by(policy)?;
    let oldest = journey.ages().max().unwrap_or(0);
    let parts = Weigher::new(policy, model(policy, model_name)?, oldest)?.weigh(journey);
    let whole = parts.iter().sum();
    let amount = Units::of(journey, minor_digits)?;
    let given = amount.and_then(|amount| split(amount.number, &parts));
    let money = |at: usize| amount.map(|amount| amount.money(given.as_ref().map_or(0, |given| given[at])));
    let credit = |(at, placed): (usize, &'j Placed<'a>)| Credit {
        touch: &placed.touch,
        channel: placed.channel,
        share: Share::of(parts[at], whole),
        amount: money(at),
    };
    Ok(Attribution {
        credits: journey.placed().iter().enumerate().map(credit).collect(),
        unattributed: amount.map(|amount| amount.money(if given.is_some() { 0 } else { amount.number })),
    })
}
