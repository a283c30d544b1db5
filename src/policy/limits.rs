//! What a policy allows, each range once: the reader and the validation both go by these.

use core::ops::RangeInclusive;

use rust_decimal::Decimal;

/// Bytes of the policy's name and of its version.
pub(super) const LABEL_BYTES_MAX: usize = 256;
/// Roles, `unknown` included: a set of them is one machine word.
pub(crate) const ROLES_MAX: usize = 64;
/// Channels.
pub(crate) const CHANNELS_MAX: usize = 64;
/// Kinds: a tally packs their number into 12 bits.
pub(crate) const KINDS_MAX: usize = 4_095;
/// Templates. Source: our choice.
pub(super) const TEMPLATES_MAX: usize = 1_000;
/// Criteria of fit, and disqualifiers. Source: our choice.
pub(super) const CRITERIA_MAX: usize = 1_000;
/// Rules within one another, a single question being 1.
pub(super) const RULE_DEPTH_MAX: usize = 32;
/// Questions in one rule.
pub(super) const QUESTIONS_MAX: usize = 1_000;
/// The least common multiple of the counts of a template's seats: with it, readiness stays exact within 128 bits.
pub(super) const COMMON_COUNT_MAX: u64 = 1_000_000_000_000;

/// Rules for titles in one list, and rules that give roles. Source: our choice.
pub(super) const TITLE_RULES_MAX: usize = 1_000;
/// Phrases of one condition. Source: our choice.
pub(super) const PHRASES_MAX: usize = 1_000;
/// Kinds of interactions in one list of weights. Source: our choice.
pub(super) const STRENGTH_KINDS_MAX: usize = 100;
/// Domains of one relationship. Source: our choice.
pub(super) const DOMAINS_MAX: usize = 10_000;

pub(super) const WEIGHT: RangeInclusive<u16> = 0..=1_000;
pub(super) const SEAT_COUNT: RangeInclusive<u16> = 1..=1_000;
pub(super) const DAILY_CAP: RangeInclusive<u16> = 1..=1_000;
/// A span of at least a day.
pub(super) const DAYS: RangeInclusive<u16> = 1..=3_650;
/// A greatest age; 0 is the day itself.
pub(super) const AGE: RangeInclusive<u16> = 0..=3_650;
pub(super) const THIN: RangeInclusive<u32> = 2..=u32::MAX;
pub(super) const ANY_COUNT: RangeInclusive<u32> = 0..=u32::MAX;
pub(super) const SOME_COUNT: RangeInclusive<u32> = 1..=u32::MAX;
pub(super) const DENOMINATOR: RangeInclusive<u32> = 1..=1_000_000;

/// The range of a decimal, and the decimals kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct DecimalLimit {
    pub(super) places: u32,
    pub(super) least: Decimal,
    pub(super) most: Decimal,
}

const ZERO: Decimal = Decimal::ZERO;
const HUNDRED: Decimal = decimal(100, 0);
const MILLION: Decimal = decimal(1_000_000, 0);
/// Far above any sum of points: 10⁵ people of 10⁶ points at ten times the weight are 10¹².
const GROUP_POINTS_MOST: u64 = 1_000_000_000_000_000;
const FACT_MOST: u64 = 1_000_000_000_000_000_000;

const fn decimal(units: u64, scale: u32) -> Decimal {
    signed(units, scale, false)
}

const fn minus(units: u64) -> Decimal {
    signed(units, 0, true)
}

#[allow(clippy::cast_possible_truncation, reason = "both halves have 32 bits, and `try_from` is not const")]
const fn signed(units: u64, scale: u32, negative: bool) -> Decimal {
    let (low, middle) = (units & 0xffff_ffff, units >> 32);
    Decimal::from_parts(low as u32, middle as u32, 0, negative, scale)
}

const fn between(places: u32, least: Decimal, most: Decimal) -> DecimalLimit {
    DecimalLimit { places, least, most }
}

/// The most points of one signal, for and against.
pub(super) const SIGNAL_POINTS_MOST: u64 = 10_000;
/// Points of one signal.
pub(super) const SIGNAL_POINTS: DecimalLimit = between(2, minus(SIGNAL_POINTS_MOST), decimal(SIGNAL_POINTS_MOST, 0));
/// A channel's cap.
pub(super) const CHANNEL_CAP: DecimalLimit = between(2, ZERO, MILLION);
/// A person's cap or threshold.
pub(super) const PERSON_POINTS: DecimalLimit = between(2, decimal(1, 2), MILLION);
/// Points at which a seat is full: below a person's greatest, so that readiness stays exact within 128 bits.
pub(super) const SEAT_POINTS: DecimalLimit = between(2, decimal(1, 2), decimal(10_000, 0));
/// Where a display band begins.
pub(super) const BAND_POINTS: DecimalLimit = between(2, ZERO, MILLION);
/// A threshold of a group's points.
pub(super) const GROUP_POINTS: DecimalLimit = between(4, ZERO, decimal(GROUP_POINTS_MOST, 0));
/// A threshold of their change.
pub(super) const POINTS_CHANGE: DecimalLimit = between(4, minus(GROUP_POINTS_MOST), decimal(GROUP_POINTS_MOST, 0));
/// The least change that is a trend.
pub(super) const TREND_POINTS: DecimalLimit = between(2, ZERO, decimal(GROUP_POINTS_MOST, 0));
/// A share in percent.
pub(super) const PERCENT: DecimalLimit = between(4, ZERO, HUNDRED);
/// Where a tier of fit begins.
pub(super) const TIER_PERCENT: DecimalLimit = between(4, decimal(1, 4), HUNDRED);
/// A factor of decay.
pub(super) const FACTOR: DecimalLimit = between(9, ZERO, Decimal::ONE);
/// A share of a roll-up.
pub(super) const SHARE: DecimalLimit = between(4, ZERO, Decimal::ONE);
/// How far something is trusted.
pub(super) const CONFIDENCE: DecimalLimit = between(4, ZERO, Decimal::ONE);
/// A bound of an account's fact.
pub(super) const FACT: DecimalLimit = between(4, minus(FACT_MOST), decimal(FACT_MOST, 0));
