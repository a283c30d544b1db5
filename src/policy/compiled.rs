//! The policy as an assessment reads it: names turned to numbers, decimals to scaled integers, decays to tables.
//!
//! Built once when a policy is validated; nothing here can fail on a valid document.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use rust_decimal::Decimal;

use super::compiled_rule::{CompiledRule, RoleBook, compile_rule};
use super::decay;
use super::document::{ChannelRule, Decay, ExitRule, FitTier, Fraction, KindRule, PolicyDocument, RollUp, Template, Tier};
use super::domains::DomainRelationships;
use super::fading::{FadingTable, FadingTables};
use super::limits::{self, CHANNELS_MAX};
use crate::account::Membership;
use crate::contact::{Evidence, Relationship};
use crate::exact::{Points, scaled};
use crate::id::{RoleName, TemplateName};

/// A set of roles by their number in the policy, at most 64.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RoleSet(u64);

impl RoleSet {
    pub(crate) const EMPTY: Self = Self(0);

    pub(crate) const fn of(role: u8) -> Self {
        Self(1 << role)
    }

    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The least number of a role in it; 64 for none.
    const fn least(self) -> usize {
        self.0.trailing_zeros() as usize
    }

    /// All but that one.
    const fn rest(self) -> Self {
        Self(self.0 & self.0.wrapping_sub(1))
    }

    /// Whether the other set has all of these roles.
    pub(crate) const fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub(crate) const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The roles by number, rising; of none, the one place behind all roles. As nearly everybody has one role or none, what is done for each is done once.
    #[inline]
    pub(crate) fn places(self) -> impl Iterator<Item = usize> {
        let mut left = Some(self);
        core::iter::from_fn(move || {
            let set = left?;
            left = Some(set.rest()).filter(|rest| !rest.is_empty());
            Some(set.least())
        })
    }

    /// The roles by number, rising.
    pub(crate) fn iter(self) -> impl Iterator<Item = u8> {
        let mut left = self.0;
        core::iter::from_fn(move || {
            let next = u8::try_from(left.trailing_zeros()).ok().filter(|_| left != 0)?;
            left &= left - 1;
            Some(next)
        })
    }
}

/// A role, `unknown` left out.
#[derive(Clone, Debug)]
pub(crate) struct CompiledRole {
    pub(crate) name: RoleName,
    pub(crate) weight: i64,
    pub(crate) decides: bool,
    pub(crate) champions: bool,
}

/// A template's seats by role number.
#[derive(Clone, Debug)]
pub(crate) struct CompiledTemplate {
    pub(crate) name: TemplateName,
    pub(crate) seats: Vec<CompiledSeat>,
    /// The places of the seats, those first of which each weighs most (1/n), ties in template order.
    pub(crate) opening: Vec<usize>,
    /// The common denominator of readiness: full seat × Σ weight, each role once, × the common multiple; positive.
    pub(crate) whole: i128,
    /// Least common multiple of the seat counts; at most 10¹².
    pub(crate) common: i128,
}

/// The people needed in one role.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CompiledSeat {
    pub(crate) role: u8,
    pub(crate) count: u32,
    /// What one of them is of the template's common multiple of counts; at most 10¹².
    pub(crate) part: i64,
    /// What a point in one of them is worth, over the common denominator of readiness.
    pub(crate) unit: i128,
}

/// A kind of signal by numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CompiledKind {
    /// Points of one signal in hundredths.
    pub(crate) cents: i64,
    pub(crate) daily_cap: u32,
    pub(crate) window_days: i32,
    pub(crate) channel: u8,
    /// The [lane](Lanes) of its channel.
    pub(crate) lane: u8,
    pub(crate) tier: Tier,
    /// What its points fade to, in [`Compiled::fading`].
    pub(crate) fading: FadingTable,
}

/// Where lines are added up: in a lane for each channel that has a cap, and in one behind these for all that have none: only a ledger asks what each of
/// them comes to, and adds its lines up. So there are fewer sums to be held against caps.
#[derive(Clone, Debug)]
pub(crate) struct Lanes {
    /// The cap of each lane in line units; that of uncapped channels is the greatest number.
    pub(crate) caps: Vec<i128>,
    /// The same in machine words, no greater than half of the greatest, so that a sum within one can be taken from it: within them surely no cap cuts;
    /// whoever is beyond, perhaps without a cap, looks at the caps themselves. Behind the last lane that half.
    pub(crate) plain_caps: [i64; CHANNELS_MAX],
}

impl Lanes {
    const UNCAPPED: i128 = i128::MAX;

    /// Those of channels with these caps, and the lane of each channel.
    fn of_channels(channel_caps: &[i128]) -> (Self, Vec<u8>) {
        let mut caps: Vec<i128> = channel_caps.iter().copied().filter(|cap| *cap != Self::UNCAPPED).collect();
        // INVARIANT: a policy has at most 64 channels.
        let last = u8::try_from(caps.len()).unwrap_or(u8::MAX);
        let mut capped = 0..last;
        let lanes = channel_caps.iter().map(|cap| if *cap == Self::UNCAPPED { last } else { capped.next().unwrap_or(last) });
        let lanes = lanes.collect();
        if caps.len() < channel_caps.len() {
            caps.push(Self::UNCAPPED);
        }
        (Self::with(caps), lanes)
    }

    /// Lanes with these caps, at most 64.
    pub(crate) fn with(caps: Vec<i128>) -> Self {
        const MOST: i64 = i64::MAX / 2;
        let mut plain_caps = [MOST; CHANNELS_MAX];
        plain_caps.iter_mut().zip(&caps).for_each(|(plain, cap)| *plain = i64::try_from(*cap).unwrap_or(MOST).min(MOST));
        Self { caps, plain_caps }
    }
}

/// See the [module](self).
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    pub(crate) roles: Vec<CompiledRole>,
    pub(crate) unknown_weight: i64,
    /// The weights of the roles by number, and at 64, where no role is, that of `unknown`.
    weights: [i64; 65],
    /// The roles that decide.
    pub(crate) deciding: RoleSet,
    /// The names of the roles by number, to be kept by results.
    pub(crate) role_names: Arc<[RoleName]>,
    pub(crate) templates: Vec<CompiledTemplate>,
    pub(crate) default_template: usize,
    pub(crate) explicit: bool,
    excluded: [bool; 6],
    /// How far each sort of evidence is trusted, in ten-thousandths.
    evidence: [i64; 5],
    pub(crate) domains: DomainRelationships,
    /// Caps in line units; uncapped channels have the greatest number.
    pub(crate) channel_caps: Vec<i128>,
    pub(crate) lanes: Lanes,
    pub(crate) kinds: Vec<CompiledKind>,
    kind_numbers: BTreeMap<String, u16>,
    role_numbers: BTreeMap<String, u8>,
    /// So many lines of a person surely add up within a machine word, whatever they are; at least 9.
    pub(crate) lines_in_a_word: usize,
    pub(crate) fading: FadingTables,
    pub(crate) person_cap: i64,
    pub(crate) engaged_at: i64,
    pub(crate) current_days: u16,
    pub(crate) seat_full: i64,
    /// Where the bands warm, hot and super hot begin.
    pub(crate) bands: [i64; 3],
    pub(crate) roll_up: CompiledRollUp,
    pub(crate) concentrated_above: Fraction,
    pub(crate) momentum_days: u16,
    pub(crate) trend_points: i128,
    /// In units of 10⁻⁴ percent.
    pub(crate) trend_percent: i128,
    pub(crate) stage_engaged: i128,
    /// Where tiers A and B begin, in units of 10⁻⁴ percent.
    pub(crate) tier_a: i128,
    pub(crate) tier_b: i128,
    pub(crate) qualification: CompiledRule,
    pub(crate) exclusion: CompiledRule,
    pub(crate) exit: CompiledExit,
}

/// The exit rule as an assessment carries it along: small enough to be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CompiledExit {
    pub(crate) below: Points,
    pub(crate) below_days: i32,
    pub(crate) silence_days: i32,
    pub(crate) cool_down_days: i32,
}

/// A roll-up with its shares in ten-thousandths.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CompiledRollUp {
    Weighted,
    Sum,
    ChampionMix { max: i64, mean: i64 },
    Adobe,
}

/// The decimal in units of its `places`th decimal. A validated document keeps every decimal within its places.
pub(crate) fn units(value: Decimal, places: u32) -> i128 {
    scaled(value, places).unwrap_or(i128::MAX)
}

/// The decimal in line units: lines and persons are kept at 11 decimals, 2 of the points and 9 of the decay factor.
fn line_units(value: Decimal) -> i64 {
    i64::try_from(units(value, 11)).unwrap_or(i64::MAX)
}

/// Turns a valid document into tables. O(document) and one table of fading for each distinct decay and window.
pub(crate) fn compile(document: &PolicyDocument) -> Compiled {
    let roles = compile_roles(document);
    let role_numbers: BTreeMap<String, u8> = (0_u8..).zip(&roles).map(|(number, role)| (role.name.as_str().into(), number)).collect();
    let kind_numbers: BTreeMap<String, u16> =
        (0_u16..).zip(&document.kinds).map(|(number, kind)| (kind.name.as_str().into(), number)).collect();
    let channel_caps: Vec<i128> =
        document.channels.iter().map(|channel: &ChannelRule| channel.cap.map_or(Lanes::UNCAPPED, |cap| units(cap, 11))).collect();
    let (lanes, of_channels) = Lanes::of_channels(&channel_caps);
    let (kinds, fading) = compile_kinds(document, &of_channels);
    let seat_full = line_units(document.person.seat_full_points);
    let unknown = document.roles.iter().find(|role| role.name.as_str() == UNKNOWN_ROLE);
    let unknown_weight = unknown.map_or(0, |role| role.weight.into());
    let mut weights = [unknown_weight; 65];
    weights.iter_mut().zip(&roles).for_each(|(weight, role)| *weight = role.weight);
    let deciding = set(&roles, |role| role.decides);
    let book = RoleBook { numbers: &role_numbers, deciding };
    let qualification = compile_rule(&document.qualification, "qualification", book);
    let exclusion = compile_rule(&document.exclusion, "exclusion", book);
    Compiled {
        deciding,
        unknown_weight,
        weights,
        role_names: roles.iter().map(|role| role.name.clone()).collect(),
        templates: document.templates.iter().map(|template| compile_template(template, seat_full, &roles, &role_numbers)).collect(),
        default_template: document.templates.iter().position(|template| template.name == document.default_template).unwrap_or(0),
        explicit: document.membership == Membership::Explicit,
        excluded: Relationship::ALL.map(|(_, relationship)| document.excluded_relationships.contains(&relationship)),
        // INVARIANT: trust lies between 0 and 1.
        evidence: Evidence::ALL.map(|(_, evidence)| i64::try_from(units(document.evidence.of(evidence), 4)).unwrap_or(0)),
        domains: DomainRelationships::of_document(&document.relationship_domains),
        lanes,
        channel_caps,
        lines_in_a_word: lines_in_a_word(&kinds),
        kinds,
        fading,
        person_cap: line_units(document.person.cap),
        engaged_at: line_units(document.person.engaged_points),
        current_days: document.person.current_days,
        seat_full,
        bands: [&document.person.bands.warm, &document.person.bands.hot, &document.person.bands.super_hot].map(|start| line_units(*start)),
        roll_up: compile_roll_up(&document.group.roll_up),
        concentrated_above: document.group.concentrated_above,
        momentum_days: document.momentum.days,
        trend_points: units(document.momentum.trend_points, 13),
        trend_percent: units(document.momentum.trend_percent, 4),
        stage_engaged: units(document.stages.engaged_points, 13),
        tier_a: units(document.fit.tiers.a, 4),
        tier_b: units(document.fit.tiers.b, 4),
        qualification,
        exclusion,
        exit: compile_exit(&document.exit),
        roles,
        kind_numbers,
        role_numbers,
    }
}

/// The name that stands for "no role".
pub(crate) const UNKNOWN_ROLE: &str = "unknown";

fn compile_roles(document: &PolicyDocument) -> Vec<CompiledRole> {
    let known = document.roles.iter().filter(|role| role.name.as_str() != UNKNOWN_ROLE);
    known
        .map(|role| CompiledRole { name: role.name.clone(), weight: role.weight.into(), decides: role.decides, champions: role.champions })
        .collect()
}

fn set(roles: &[CompiledRole], chosen: impl Fn(&CompiledRole) -> bool) -> RoleSet {
    let numbers = (0_u8..).zip(roles).filter(|(_, role)| chosen(role));
    numbers.fold(RoleSet::EMPTY, |set, (number, _)| set.with(RoleSet::of(number)))
}

fn compile_template(template: &Template, seat_full: i64, roles: &[CompiledRole], numbers: &BTreeMap<String, u8>) -> CompiledTemplate {
    let known = template.seats.iter().filter_map(|seat| numbers.get(seat.role.as_str()).map(|role| (*role, u32::from(seat.count))));
    let known: Vec<(u8, u32)> = known.collect();
    let common = known.iter().fold(1, |common, (_, count)| lcm(common, (*count).into()));
    let weight = |role: u8| i128::from(roles[usize::from(role)].weight);
    let seat = |(role, count): &(u8, u32)| {
        let part = common / i128::from(*count);
        // INVARIANT: the common multiple is at most 10¹².
        CompiledSeat { role: *role, count: *count, part: i64::try_from(part).unwrap_or(0), unit: 1_000_000 * weight(*role) * part }
    };
    let mut opening: Vec<usize> = (0..known.len()).collect();
    opening.sort_by_key(|at| known[*at].1);
    CompiledTemplate {
        name: template.name.clone(),
        whole: i128::from(seat_full) * known.iter().map(|(role, _)| weight(*role)).sum::<i128>() * common,
        common,
        opening,
        seats: known.iter().map(seat).collect(),
    }
}

/// The least common multiple of two positive numbers.
pub(crate) const fn lcm(a: i128, b: i128) -> i128 {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    a / x * b
}

/// Kinds that share decay and window share one table.
fn compile_kinds<'d>(document: &'d PolicyDocument, lanes: &[u8]) -> (Vec<CompiledKind>, FadingTables) {
    let mut tables = FadingTables::new();
    let mut known: Vec<(&Decay, u16, FadingTable)> = Vec::new();
    let mut compile = |kind: &'d KindRule| {
        let KindRule { decay, window_days, .. } = kind;
        let found = known.iter().find(|(of, days, _)| *of == decay && days == window_days).map(|(.., table)| *table);
        let table = found.unwrap_or_else(|| {
            let table = tables.add(decay, *window_days, document.momentum.days);
            known.push((decay, *window_days, table));
            table
        });
        compile_kind(kind, document, lanes, table)
    };
    (document.kinds.iter().map(&mut compile).collect(), tables)
}

fn compile_kind(kind: &KindRule, document: &PolicyDocument, lanes: &[u8], fading: FadingTable) -> CompiledKind {
    let channel = document.channels.iter().position(|channel| channel.name == kind.channel).unwrap_or(0);
    CompiledKind {
        cents: i64::try_from(units(kind.points, 2)).unwrap_or(0),
        daily_cap: kind.daily_cap.into(),
        window_days: kind.window_days.into(),
        channel: u8::try_from(channel).unwrap_or(0),
        lane: lanes.get(channel).copied().unwrap_or(0),
        tier: kind.tier,
        fading,
    }
}

const _: () = assert!(
    *limits::DAILY_CAP.end() as u64 * limits::SIGNAL_POINTS_MOST * 100 <= i64::MAX.unsigned_abs() / 9 / decay::ONE.unsigned_abs(),
    "nine lines of the greatest sort add up within a machine word"
);

/// How many lines surely add up within a machine word: a line is at most `daily cap × points`, in line units.
fn lines_in_a_word(kinds: &[CompiledKind]) -> usize {
    // INVARIANT: a daily cap is at most 1,000 and a signal has at most 10⁶ hundredths, so that a line is at most 10¹⁸.
    let greatest = kinds.iter().map(|kind| kind.cents.saturating_abs().saturating_mul(kind.daily_cap.into())).max();
    let line = greatest.unwrap_or(0).saturating_mul(decay::ONE).max(1);
    usize::try_from(i64::MAX / line).unwrap_or(usize::MAX)
}

fn compile_roll_up(roll_up: &RollUp) -> CompiledRollUp {
    // INVARIANT: shares lie between 0 and 1.
    let share = |share: Decimal| i64::try_from(units(share, 4)).unwrap_or(0);
    match roll_up {
        RollUp::Weighted => CompiledRollUp::Weighted,
        RollUp::Sum => CompiledRollUp::Sum,
        RollUp::ChampionMix { max, mean } => CompiledRollUp::ChampionMix { max: share(*max), mean: share(*mean) },
        RollUp::Adobe => CompiledRollUp::Adobe,
    }
}

fn compile_exit(exit: &ExitRule) -> CompiledExit {
    CompiledExit {
        below: Points(units(exit.below_points, Points::SCALE)),
        below_days: exit.below_days.into(),
        silence_days: exit.silence_days.into(),
        cool_down_days: exit.cool_down_days.into(),
    }
}

impl Compiled {
    pub(crate) fn kind_number(&self, name: &str) -> Option<u16> {
        self.kind_numbers.get(name).copied()
    }

    pub(crate) fn role_number(&self, name: &str) -> Option<u8> {
        self.role_numbers.get(name).copied()
    }

    pub(crate) fn template_number(&self, name: &str) -> Option<usize> {
        self.templates.iter().position(|template| template.name.as_str() == name)
    }

    /// The decay factor of a kind at an age within its window, in billionths.
    pub(crate) fn factor(&self, kind: &CompiledKind, age: usize) -> i64 {
        self.fading.factor(kind.fading, age)
    }

    /// Whether people of that relationship never make a member.
    pub(crate) const fn excludes(&self, relationship: Relationship) -> bool {
        // INVARIANT: the table is in declaration order.
        self.excluded[relationship as usize]
    }

    /// How far a sort of evidence is trusted, in ten-thousandths.
    pub(crate) const fn trust(&self, evidence: Evidence) -> i64 {
        // INVARIANT: the table is in declaration order.
        self.evidence[evidence as usize]
    }

    /// The greatest weight among the roles, or that of `unknown` when there are none.
    pub(crate) fn weight(&self, roles: RoleSet) -> i64 {
        // Weights are not negative.
        roles.places().map(|place| self.weights[place]).fold(0, i64::max)
    }

    /// Where a tier begins, in units of 10⁻⁴ percent.
    pub(crate) const fn tier_start(&self, tier: FitTier) -> i128 {
        match tier {
            FitTier::A => self.tier_a,
            FitTier::B => self.tier_b,
            FitTier::C | FitTier::D => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capped_channels_have_lanes_of_their_own_and_the_others_share_one() {
        let none = i128::MAX;
        for (channels, lanes, caps) in [
            (&[][..], &[][..], &[][..]),
            (&[none], &[0], &[none]),
            (&[7, 5], &[0, 1], &[7, 5]),
            (&[none, 7, none, 0, none], &[2, 0, 2, 1, 2], &[7, 0, none]),
        ] {
            let (found, of_channels) = Lanes::of_channels(channels);
            assert_eq!((of_channels, found.caps), (lanes.to_vec(), caps.to_vec()));
        }
    }
}
