//! Credit for all deals that were won, put together by channel, campaign, kind, person or role.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::BigUint;
use rust_decimal::Decimal;
use serde::Serialize;

use super::attribute::{Units, Weigher, model};
use super::error::{AttributionError, WrongAmount};
use super::journey::{DealJourney, Placed};
use super::paths::{removal_effects_of, shapley_can_be_asked};
use super::share::Share;
use super::split::{split, split_rounded};
use crate::account::Outcome;
use crate::document::shown_as_tokens;
use crate::policy::{AttributionModel, ChannelMethod, CreditRule, Policy};

/// Units of a conversion in sums over deals.
const CONVERSION: u128 = 1_000_000_000_000;

/// By what credit is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grouping {
    /// The channel of the kind.
    Channel,
    /// The campaign.
    Campaign,
    /// The kind of signal.
    Kind,
    /// The person, by contact id.
    Person,
    /// The heaviest role of the person.
    Role,
}

impl Serialize for Grouping {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

shown_as_tokens! { Grouping }

impl Grouping {
    /// Every grouping with its token, in declaration order.
    pub const ALL: [(&'static str, Self); 5] =
        [("channel", Self::Channel), ("campaign", Self::Campaign), ("kind", Self::Kind), ("person", Self::Person), ("role", Self::Role)];

    fn key<'a>(self, placed: &Placed<'a>) -> Option<&'a str> {
        match self {
            Self::Channel => Some(placed.channel),
            Self::Campaign => placed.touch.campaign,
            Self::Kind => Some(placed.touch.kind),
            Self::Person => Some(placed.touch.contact),
            Self::Role => Some(placed.touch.role),
        }
    }
}

/// An amount of a currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Money {
    /// The currency; `None`: the data do not say.
    pub currency: Option<String>,
    /// How much.
    #[serde(serialize_with = "as_text")]
    pub amount: Decimal,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn as_text<S: serde::Serializer>(amount: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&amount.normalize())
}

/// What something is given for all deals that were won.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CreditRow {
    /// Its name; `None`: touches of no campaign.
    pub name: Option<String>,
    /// How many touches of won deals.
    pub touches: u64,
    /// How many won deals it had a touch in.
    pub deals: u64,
    /// Won deals: each is split in units of 10⁻¹² by largest remainder, so that the sum over all rows is whole; by [`ChannelMethod::Markov`] all of them are
    /// split at once.
    pub conversions: Share,
    /// Revenue, by currency.
    pub revenue: Vec<Money>,
}

/// Credit for all deals that were won.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AttributionReport {
    /// The model.
    pub model: String,
    /// By what it is put together.
    pub by: Grouping,
    /// How many deals were won.
    pub won: u64,
    /// How many of them have no amount.
    pub without_amount: u64,
    /// What each is given, by name; what has no name comes first.
    pub rows: Vec<CreditRow>,
    /// Won deals that nobody is given anything for.
    pub unattributed: u64,
    /// What they came to, by currency.
    pub unattributed_revenue: Vec<Money>,
    /// What all won deals came to, by currency: the sum of the rows and of what is unattributed.
    pub revenue: Vec<Money>,
}

/// Revenue by currency.
type Revenue<'a> = BTreeMap<Option<&'a str>, Decimal>;

/// Sums of one row.
#[derive(Default)]
struct Sums<'a> {
    touches: u64,
    deals: u64,
    /// The number of the last deal that it had a touch in, from 1.
    last: u64,
    conversions: u128,
    revenue: Revenue<'a>,
}

/// Sums over the won deals.
struct Sheet<'a> {
    by: Grouping,
    won: u64,
    without_amount: u64,
    rows: BTreeMap<Option<&'a str>, Sums<'a>>,
    unattributed: u64,
    unattributed_revenue: Revenue<'a>,
    revenue: Revenue<'a>,
    /// Amounts that cannot be split.
    wrong: Vec<WrongAmount>,
}

/// Gives credit for all won deals of some journeys, put together by what their touches have in common. Lost deals count only in the chain of
/// [`ChannelMethod::Markov`].
///
/// `minor_digits` says how many decimals a currency has. Deals are split one by one, as by [`attribute`](super::attribute()); by
/// [`ChannelMethod::Shapley`] every channel of a deal is given the same, and by [`ChannelMethod::Markov`] the deals with a touch and the revenue of each
/// currency are split in proportion to the removal effects of the channels (of 24 decimals), of remainders that these do not tell apart to the first by name. O(touches · log rows), and O(channels³) for [`ChannelMethod::Markov`].
///
/// # Errors
/// [`AttributionError`]: a journey that another policy made, an unknown model, too many channels, a grouping that a method over channels cannot answer, amounts (all of them) as in [`attribute`](super::attribute()).
pub fn attribution_report(
    journeys: &[DealJourney<'_>],
    policy: &Policy,
    model_name: &str,
    by: Grouping,
    minor_digits: impl Fn(Option<&str>) -> u32,
) -> Result<AttributionReport, AttributionError> {
    journeys.iter().try_for_each(|journey| journey.is_by(policy))?;
    let model = model(policy, model_name)?;
    let method = match &model.credit {
        CreditRule::Channels(_) if by != Grouping::Channel => return Err(AttributionError::NeedsAllDeals { model: model.name.clone() }),
        CreditRule::Channels(method) => Some(*method),
        CreditRule::Positions(_) | CreditRule::Decay(_) => None,
    };
    let won = || journeys.iter().filter(|journey| journey.deal().outcome == Outcome::Won);
    let mut sheet = Sheet::new(by);
    match method {
        None => {
            let oldest = won().flat_map(DealJourney::ages).max().unwrap_or(0);
            let weigher = Weigher::new(policy, model, oldest)?;
            won().for_each(|journey| sheet.add(journey, &weigher.weigh(journey), &minor_digits));
        }
        Some(ChannelMethod::Shapley) => {
            let channels = won().flat_map(DealJourney::channels).collect::<BTreeSet<_>>().len();
            shapley_can_be_asked(model, channels)?;
            won().for_each(|journey| sheet.add(journey, &each_channel_once(journey), &minor_digits));
        }
        Some(ChannelMethod::Markov) => {
            // Nobody is given anything before all deals are known.
            won().for_each(|journey| sheet.add(journey, &[], &minor_digits));
            sheet.split_over_channels(journeys, model, &minor_digits)?;
        }
    }
    sheet.report(model)
}

/// One part for the first touch of each channel: see [`ChannelMethod::Shapley`].
fn each_channel_once(journey: &DealJourney<'_>) -> Vec<u128> {
    let mut met = BTreeSet::new();
    journey.channels().map(|channel| u128::from(met.insert(channel))).collect()
}

impl<'a> Sheet<'a> {
    const fn new(by: Grouping) -> Self {
        Self {
            by,
            won: 0,
            without_amount: 0,
            rows: BTreeMap::new(),
            unattributed: 0,
            unattributed_revenue: BTreeMap::new(),
            revenue: BTreeMap::new(),
            wrong: Vec::new(),
        }
    }

    /// Adds a won deal of which each touch has such a part; without parts nobody is given anything.
    fn add(&mut self, journey: &DealJourney<'a>, parts: &[u128], minor_digits: &impl Fn(Option<&str>) -> u32) {
        let currency = journey.deal().currency;
        let amount = self.units(journey, minor_digits);
        self.won += 1;
        self.without_amount += u64::from(amount.is_none());
        let (conversions, money) = (split(CONVERSION, parts), amount.and_then(|amount| split(amount.number, parts)));
        for (at, placed) in journey.placed().iter().enumerate() {
            let row = self.rows.entry(self.by.key(placed)).or_default();
            row.touches += 1;
            row.deals += u64::from(row.last != self.won);
            row.last = self.won;
            row.conversions += conversions.as_ref().map_or(0, |given| given[at]);
            if let Some((amount, money)) = amount.zip(money.as_ref()) {
                *row.revenue.entry(currency).or_default() += amount.money(money[at]);
            }
        }
        self.unattributed += u64::from(conversions.is_none());
        if let Some(amount) = amount {
            *self.revenue.entry(currency).or_default() += amount.money(amount.number);
            let left = if money.is_some() { 0 } else { amount.number };
            *self.unattributed_revenue.entry(currency).or_default() += amount.money(left);
        }
    }

    /// The amount of a deal; a wrong one is noted.
    fn units(&mut self, journey: &DealJourney<'_>, minor_digits: &impl Fn(Option<&str>) -> u32) -> Option<Units> {
        match Units::of(journey, minor_digits(journey.deal().currency)) {
            Ok(amount) => amount,
            Err(AttributionError::Amounts(wrong)) => {
                self.wrong.extend(wrong);
                None
            }
            Err(_) => None,
        }
    }

    /// Splits the deals that have a touch, and their revenue, by the removal effects of the channels.
    fn split_over_channels(
        &mut self,
        journeys: &[DealJourney<'a>],
        model: &AttributionModel,
        minor_digits: &impl Fn(Option<&str>) -> u32,
    ) -> Result<(), AttributionError> {
        let names: BTreeMap<&str, usize> =
            journeys.iter().flat_map(DealJourney::channels).collect::<BTreeSet<_>>().into_iter().zip(0..).collect();
        let path = |journey: &DealJourney<'_>| {
            (journey.channels().map(|channel| names[channel]).collect(), journey.deal().outcome == Outcome::Won)
        };
        let removal = removal_effects_of(model, names.len(), journeys.iter().map(path))?;
        if removal.iter().all(|one| *one == BigUint::ZERO) {
            return Ok(());
        }
        let touched = journeys.iter().filter(|journey| journey.deal().outcome == Outcome::Won && journey.touches().len() > 0);
        let (mut deals, mut sums) = (0_u128, Revenue::new());
        for journey in touched {
            deals += 1;
            if let Ok(Some(amount)) = Units::of(journey, minor_digits(journey.deal().currency)) {
                *sums.entry(journey.deal().currency).or_default() += amount.money(amount.number);
            }
        }
        let conversions = split_rounded(&BigUint::from(deals * CONVERSION), &removal);
        for (name, given) in names.keys().zip(conversions) {
            self.rows.entry(Some(*name)).or_default().conversions = u128::try_from(given).unwrap_or(0);
        }
        self.unattributed -= u64::try_from(deals).unwrap_or(0);
        for (currency, sum) in sums {
            *self.unattributed_revenue.entry(currency).or_default() -= sum;
            let amount = Units::of_sum(sum, minor_digits(currency));
            for (name, given) in names.keys().zip(split_rounded(&BigUint::from(amount.number), &removal)) {
                let money = amount.money(u128::try_from(given).unwrap_or(0));
                self.rows.entry(Some(*name)).or_default().revenue.insert(currency, money);
            }
        }
        Ok(())
    }

    fn report(self, model: &AttributionModel) -> Result<AttributionReport, AttributionError> {
        if !self.wrong.is_empty() {
            return Err(AttributionError::Amounts(self.wrong));
        }
        let row = |(name, sums): (Option<&str>, Sums<'_>)| CreditRow {
            name: name.map(ToString::to_string),
            touches: sums.touches,
            deals: sums.deals,
            conversions: Share::of(sums.conversions, CONVERSION),
            revenue: money(sums.revenue),
        };
        Ok(AttributionReport {
            model: model.name.clone(),
            by: self.by,
            won: self.won,
            without_amount: self.without_amount,
            rows: self.rows.into_iter().map(row).collect(),
            unattributed: self.unattributed,
            unattributed_revenue: money(self.unattributed_revenue),
            revenue: money(self.revenue),
        })
    }
}

fn money(revenue: Revenue<'_>) -> Vec<Money> {
    revenue.into_iter().map(|(currency, amount)| Money { currency: currency.map(ToString::to_string), amount }).collect()
}
