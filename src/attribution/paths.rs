//! Credit over channels, by paths that are counted: what conversions and what value each channel is given.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::BigUint;
use rust_decimal::Decimal;
use serde::Serialize;

use super::attribute::model;
use super::bound::Bounds;
use super::chain::Chain;
use super::credit::{Places, by_position};
use super::error::{AttributionError, WrongValue};
use super::share::{Share, ShareSum, round_half_even};
use super::split::split_rounded;
use crate::policy::{AttributionModel, ChannelMethod, CreditRule, Decay, Policy};

/// Decimals in which numbers between bounds are read, and those beyond them that decide the rounding.
const BOUND_PLACES: u32 = 24;
const GUARD_PLACES: u32 = 16;
/// Decimals of what the methods across channels give: they are split in such units, so that their sum is exact.
const PLACES: u32 = 12;
/// The most channels for [`ChannelMethod::Shapley`]. Source: the rules, section 12.
pub const SHAPLEY_CHANNELS_MAX: usize = 12;
/// The most channels for [`ChannelMethod::Markov`]: time grows with their third power. Source: our choice.
pub const MARKOV_CHANNELS_MAX: usize = 1_000;
/// The most touches of a path, and the decimals and units of a value: with them the parts of a path stay below 128 bits.
const TOUCHES_MAX: usize = 1_000_000;
const VALUE_PLACES: u32 = 18;
const VALUE_MOST: u128 = 1_000_000_000_000_000_000_000_000_000;

/// A way over channels, with how often it was gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelPath {
    /// The channels of its touches, in their order; a channel may come again.
    pub channels: Vec<String>,
    /// How many ended in a conversion.
    pub conversions: u32,
    /// What these conversions are worth together: at most 10⁹, at most 18 decimals; negative where they were taken back.
    pub value: Decimal,
    /// How many ended in nothing.
    pub nulls: u32,
}

/// What channels are given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PathAttribution {
    /// The model.
    pub model: String,
    /// Every channel, by name.
    pub channels: Vec<ChannelCredit>,
    /// Conversions on paths without a touch; where no channel has any effect, all.
    pub unattributed: Share,
    /// The value that belongs to them.
    pub unattributed_value: SignedShare,
    /// The chance of a path to end in a conversion, by the chain; only for [`ChannelMethod::Markov`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversion_chance: Option<Share>,
}

/// What one channel is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ChannelCredit {
    /// The channel.
    pub channel: String,
    /// Conversions: exact; by [`ChannelMethod::Markov`] in units of 10⁻¹², split in proportion to the removal effects (of 24 decimals) by largest remainder, of
    /// remainders that these decimals do not tell apart to the first by name.
    pub conversions: Share,
    /// Value: exact; by [`ChannelMethod::Markov`] in units of 10⁻¹⁸.
    pub value: SignedShare,
    /// What part of all conversions would be lost without the channel, rounded half to even to 12 decimals; only for [`ChannelMethod::Markov`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removal_effect: Option<Share>,
}

/// An exact fraction with a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedShare {
    /// Whether it is below zero.
    pub negative: bool,
    /// How much it is.
    pub share: Share,
}

impl core::fmt::Display for SignedShare {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        f.pad(&alloc::format!("{sign}{}", self.share))
    }
}

impl Serialize for SignedShare {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Sums of one channel: conversions, and value gained and lost.
#[derive(Clone, Debug, Default)]
struct Sums {
    conversions: ShareSum,
    gained: ShareSum,
    lost: ShareSum,
}

impl Sums {
    fn add(&mut self, part: u128, whole: u128, path: &Counted) {
        self.conversions.add(part, whole, path.conversions);
        let side = if path.negative { &mut self.lost } else { &mut self.gained };
        side.add(part, whole, path.value);
    }

    fn value(&self) -> SignedShare {
        SignedShare::difference(&self.gained, &self.lost, 10_u128.pow(VALUE_PLACES))
    }
}

impl SignedShare {
    fn difference(gained: &ShareSum, lost: &ShareSum, unit: u128) -> Self {
        let (negative, share) = gained.minus(lost, unit);
        Self { negative, share }
    }
}

/// A path in numbers.
struct Counted {
    channels: Vec<usize>,
    conversions: u128,
    nulls: u128,
    negative: bool,
    /// In units of 10⁻¹⁸.
    value: u128,
}

/// Gives credit for counted paths to their channels.
///
/// Of a path nothing is known but its order: the first touch is the first, and every other milestone is its last, where the conversion is. Paths that are
/// given twice add up. By positions, and by a decay of the type `none`, O(touches · log channels); by [`ChannelMethod::Markov`]
/// O(touches · log channels + channels³), every number between bounds that are told apart by no more than 10⁻¹²; by [`ChannelMethod::Shapley`] O(touches · log channels).
///
/// ```
/// use quorate::{ChannelPath, Policy, attribute_paths};
///
/// let path = |channels: &[&str], conversions, nulls| ChannelPath {
///     channels: channels.iter().map(|one| one.to_string()).collect(),
///     conversions,
///     value: (conversions * 100).into(),
///     nulls,
/// };
/// let paths = [path(&["email", "event", "email"], 2, 1), path(&["event"], 1, 4)];
/// let policy = Policy::default();
/// let by = |model: &str| -> Result<_, Box<dyn std::error::Error>> {
///     let found = attribute_paths(&paths, &policy, model)?;
///     Ok(found.channels.iter().map(|one| format!("{} {} {}", one.channel, one.conversions.fraction(), one.value)).collect::<Vec<_>>())
/// };
/// assert_eq!(by("first")?, ["email 2/1 200", "event 1/1 100"]);
/// assert_eq!(by("linear")?, ["email 4/3 133.333333333333", "event 5/3 166.666666666667"]);
/// assert_eq!(by("shapley")?, ["email 1/1 100", "event 2/1 200"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`AttributionError`]: a model that the policy does not have or that needs the time of touches, too many channels or touches, values out of range.
pub fn attribute_paths(paths: &[ChannelPath], policy: &Policy, model_name: &str) -> Result<PathAttribution, AttributionError> {
    let model = model(policy, model_name)?;
    let mut names: BTreeMap<&str, usize> = paths.iter().flat_map(|path| &path.channels).map(|name| (name.as_str(), 0)).collect();
    names.values_mut().zip(0..).for_each(|(number, next)| *number = next);
    let counted = all_counted(paths, &names)?;
    let names: Vec<&str> = names.into_keys().collect();
    match &model.credit {
        CreditRule::Positions(positions) => {
            let parts = |path: &Counted| {
                let last = path.channels.len() - 1;
                by_position(positions, Places { contact_created: last, opportunity_created: last, closed: last }, path.channels.len())
            };
            Ok(by_parts(model, &names, &counted, parts))
        }
        CreditRule::Decay(Decay::None) => Ok(by_parts(model, &names, &counted, |path| alloc::vec![1; path.channels.len()])),
        CreditRule::Decay(_) => Err(AttributionError::NeedsTimes { model: model.name.clone() }),
        CreditRule::Channels(ChannelMethod::Shapley) => shapley(model, &names, &counted),
        CreditRule::Channels(ChannelMethod::Markov) => markov(model, &names, &counted),
    }
}

/// The paths in numbers, or every value that is wrong.
fn all_counted(paths: &[ChannelPath], names: &BTreeMap<&str, usize>) -> Result<Vec<Counted>, AttributionError> {
    let (mut all, mut wrong) = (Vec::with_capacity(paths.len()), Vec::new());
    for (at, path) in paths.iter().enumerate() {
        match counted(at, path, names) {
            Ok(path) => all.push(path),
            Err(AttributionError::Values(more)) => wrong.extend(more),
            Err(other) => return Err(other),
        }
    }
    if wrong.is_empty() { Ok(all) } else { Err(AttributionError::Values(wrong)) }
}

fn counted(at: usize, path: &ChannelPath, names: &BTreeMap<&str, usize>) -> Result<Counted, AttributionError> {
    if path.channels.len() > TOUCHES_MAX {
        return Err(AttributionError::TooManyTouches { path: at, touches: path.channels.len(), most: TOUCHES_MAX });
    }
    let value = path.value.normalize();
    let wrong = || AttributionError::Values(Vec::from([WrongValue { path: at, value: path.value.to_string() }]));
    let units = u128::try_from(value.mantissa().abs()).map_err(|_| wrong())?;
    let units = VALUE_PLACES.checked_sub(value.scale()).and_then(|more| units.checked_mul(10_u128.pow(more)));
    Ok(Counted {
        channels: path.channels.iter().map(|name| names[name.as_str()]).collect(),
        conversions: path.conversions.into(),
        nulls: path.nulls.into(),
        negative: value.is_sign_negative(),
        value: units.filter(|units| *units <= VALUE_MOST).ok_or_else(wrong)?,
    })
}

/// Each path by itself.
fn by_parts(model: &AttributionModel, names: &[&str], paths: &[Counted], parts: impl Fn(&Counted) -> Vec<u128>) -> PathAttribution {
    let (mut sums, mut unattributed) = (alloc::vec![Sums::default(); names.len()], Sums::default());
    for path in paths {
        if path.channels.is_empty() {
            unattributed.add(1, 1, path);
            continue;
        }
        let parts = parts(path);
        let whole = parts.iter().sum();
        for (channel, part) in path.channels.iter().zip(parts) {
            sums[*channel].add(part, whole, path);
        }
    }
    let credit = |(name, sums): (&&str, &Sums)| ChannelCredit {
        channel: (*name).to_string(),
        conversions: sums.conversions.total(),
        value: sums.value(),
        removal_effect: None,
    };
    PathAttribution {
        model: model.name.clone(),
        channels: names.iter().zip(&sums).map(credit).collect(),
        unattributed: unattributed.conversions.total(),
        unattributed_value: unattributed.value(),
        conversion_chance: None,
    }
}

/// The Shapley value of the game in which a set of channels is worth the conversions of the paths that use no other.
///
/// That game is a sum of games in which a path's channels are worth something only all together, and of such a game each of them has the same part
/// (L. S. Shapley 1953; spelled out for paths by K. Zhao, S. H. Mahboobi and S. R. Bagheri 2018), so no set needs to be tried.
fn shapley(model: &AttributionModel, names: &[&str], paths: &[Counted]) -> Result<PathAttribution, AttributionError> {
    // Only what led to a conversion is worth anything to a set.
    let led: BTreeSet<usize> = paths.iter().filter(|path| path.conversions > 0).flat_map(|path| path.channels.iter().copied()).collect();
    shapley_can_be_asked(model, led.len())?;
    let once = |path: &Counted| {
        let mut met = alloc::vec![false; names.len()];
        path.channels.iter().map(|channel| u128::from(!core::mem::replace(&mut met[*channel], true))).collect()
    };
    Ok(by_parts(model, names, paths, once))
}

/// Whether there are few enough channels.
pub(super) fn shapley_can_be_asked(model: &AttributionModel, channels: usize) -> Result<(), AttributionError> {
    if channels > SHAPLEY_CHANNELS_MAX {
        return Err(AttributionError::TooManyChannels { model: model.name.clone(), channels, most: SHAPLEY_CHANNELS_MAX });
    }
    Ok(())
}

fn markov(model: &AttributionModel, names: &[&str], paths: &[Counted]) -> Result<PathAttribution, AttributionError> {
    let (removal, chance) = removal_effects(model, names.len(), paths)?;
    let no_effect = removal.iter().all(|one| *one == BigUint::ZERO);
    // What no channel has part in is nobody's.
    let (given, left): (Vec<&Counted>, Vec<&Counted>) = paths.iter().partition(|path| !path.channels.is_empty() && !no_effect);
    let (given, left) = (Worth::of(&given), Worth::of(&left));
    let unit = BigUint::from(10_u8).pow(PLACES);
    let conversions = split_rounded(&(given.conversions * &unit), &removal);
    let value_unit = BigUint::from(10_u8).pow(VALUE_PLACES);
    let values = split_rounded(&given.value, &removal);
    let credits = names.iter().zip(conversions.into_iter().zip(values)).zip(&removal);
    let credit = |((name, (conversions, value)), removal): ((&&str, (BigUint, BigUint)), &BigUint)| ChannelCredit {
        channel: (*name).to_string(),
        conversions: Share::new(conversions, unit.clone()),
        value: SignedShare { negative: given.negative && value != BigUint::ZERO, share: Share::new(value, value_unit.clone()) },
        removal_effect: Some(Share::rounded(removal, &BigUint::from(10_u8).pow(BOUND_PLACES), PLACES)),
    };
    Ok(PathAttribution {
        model: model.name.clone(),
        channels: credits.map(credit).collect(),
        unattributed: Share::new(left.conversions, BigUint::from(1_u8)),
        unattributed_value: SignedShare { negative: left.negative, share: Share::new(left.value, value_unit.clone()) },
        conversion_chance: chance.map(|chance| Share::rounded(&chance, &BigUint::from(10_u8).pow(BOUND_PLACES), PLACES)),
    })
}

/// The removal effect of each channel and the chance of a conversion, in units of 10^−[`BOUND_PLACES`].
fn removal_effects(
    model: &AttributionModel,
    channels: usize,
    paths: &[Counted],
) -> Result<(Vec<BigUint>, Option<BigUint>), AttributionError> {
    if channels > MARKOV_CHANNELS_MAX {
        return Err(AttributionError::TooManyChannels { model: model.name.clone(), channels, most: MARKOV_CHANNELS_MAX });
    }
    let effects = chain(channels, paths).effects();
    let removal = effects.iter().map(|one| settled(&one.removal, model)).collect::<Result<_, _>>()?;
    Ok((removal, effects.first().map(|one| settled(&one.conversion, model)).transpose()?))
}

/// The removal effects of channels, in equal units, by the paths over them (each with whether it ended in a conversion).
pub(super) fn removal_effects_of(
    model: &AttributionModel,
    channels: usize,
    paths: impl Iterator<Item = (Vec<usize>, bool)>,
) -> Result<Vec<BigUint>, AttributionError> {
    let counted = |(channels, converted): (Vec<usize>, bool)| Counted {
        channels,
        conversions: converted.into(),
        nulls: (!converted).into(),
        negative: false,
        value: 0,
    };
    let paths: Vec<Counted> = paths.map(counted).collect();
    Ok(removal_effects(model, channels, &paths)?.0)
}

/// What paths come to together.
struct Worth {
    conversions: BigUint,
    negative: bool,
    /// In units of 10⁻¹⁸.
    value: BigUint,
}

impl Worth {
    fn of(paths: &[&Counted]) -> Self {
        let value =
            |negative: bool| paths.iter().filter(|path| path.negative == negative).map(|path| BigUint::from(path.value)).sum::<BigUint>();
        let (gained, lost) = (value(false), value(true));
        let negative = gained < lost;
        let conversions = paths.iter().map(|path| BigUint::from(path.conversions)).sum();
        Self { conversions, negative, value: if negative { lost - gained } else { gained - lost } }
    }
}

/// The chain of all walks.
fn chain(channels: usize, paths: &[Counted]) -> Chain {
    let mut walks: BTreeMap<(usize, usize), u128> = BTreeMap::new();
    let mut ends: BTreeMap<usize, (u128, u128)> = BTreeMap::new();
    for path in paths {
        let mut from = 0;
        for channel in &path.channels {
            *walks.entry((from, *channel)).or_default() += path.conversions + path.nulls;
            from = channel + 1;
        }
        if from > 0 {
            let (conversions, nulls) = ends.entry(from).or_default();
            *conversions += path.conversions;
            *nulls += path.nulls;
        }
    }
    let mut chain = Chain::new(channels);
    for ((from, to), walks) in walks {
        chain.set(from, to, walks);
    }
    for (from, (conversions, nulls)) in ends {
        chain.set_ends(from, conversions, nulls);
    }
    chain
}

/// A number between bounds, when they are no further apart than 10⁻¹²: their middle, rounded half to even to units of 10^−[`BOUND_PLACES`].
///
/// Bounds are some 10⁻³⁶ apart, so that numbers that are equal come out equal, and a tie is one.
fn settled(bounds: &Bounds, model: &AttributionModel) -> Result<BigUint, AttributionError> {
    let (low, high) = bounds.units(BOUND_PLACES + GUARD_PLACES);
    let ten = |places: u32| BigUint::from(10_u8).pow(places);
    if &high - &low > ten(BOUND_PLACES + GUARD_PLACES - PLACES) {
        return Err(AttributionError::Unsettled { model: model.name.clone() });
    }
    Ok(round_half_even(low + high, &(ten(GUARD_PLACES) * 2_u8)))
}
