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

    /// Whether the other set has all of these roles.
    pub(crate) const fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub(crate) const fn len(self) -> u32 {
        self.0.count_ones()
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
    /// Σ weight, each role once; positive.
    pub(crate) weight_total: i128,
    /// Least common multiple of the seat counts; at most 10¹².
    pub(crate) common: i128,
}

/// The people needed in one role.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CompiledSeat {
    pub(crate) role: u8,
    pub(crate) count: u32,
}

/// A kind of signal by numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CompiledKind {
    /// Points of one signal in hundredths.
    pub(crate) cents: i64,
    pub(crate) daily_cap: u32,
    pub(crate) window_days: i32,
    pub(crate) channel: u8,
    pub(crate) tier: Tier,
    /// Which table of [`Compiled::factors`].
    pub(crate) factors: usize,
}

/// See the [module](self).
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    pub(crate) roles: Vec<CompiledRole>,
    pub(crate) unknown_weight: i64,
    /// The roles that decide.
    pub(crate) deciding: RoleSet,
    /// The names of the roles by number, to be kept by results.
    pub(crate) role_names: Arc<[RoleName]>,
    pub(crate) templates: Vec<CompiledTemplate>,
    pub(crate) default_template: usize,
    pub(crate) explicit: bool,
    excluded: [bool; 6],
    /// How far each sort of evidence is trusted, in ten-thousandths.
    evidence: [i128; 5],
    pub(crate) domains: DomainRelationships,
    /// Caps in line units; uncapped channels have the greatest number.
    pub(crate) channel_caps: Vec<i128>,
    pub(crate) kinds: Vec<CompiledKind>,
    kind_numbers: BTreeMap<String, u16>,
    role_numbers: BTreeMap<String, u8>,
    /// Decay factors by age in billionths, one table for each decay and at least as long as every window that uses it.
    pub(crate) factors: Vec<Vec<i64>>,
    pub(crate) person_cap: i128,
    pub(crate) engaged_at: i64,
    pub(crate) current_days: i32,
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
    ChampionMix { max: i128, mean: i128 },
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

/// Turns a valid document into tables. O(document) and one table of factors for each distinct decay.
pub(crate) fn compile(document: &PolicyDocument) -> Compiled {
    let roles = compile_roles(document);
    let role_numbers: BTreeMap<String, u8> = (0_u8..).zip(&roles).map(|(number, role)| (role.name.as_str().into(), number)).collect();
    let kind_numbers: BTreeMap<String, u16> =
        (0_u16..).zip(&document.kinds).map(|(number, kind)| (kind.name.as_str().into(), number)).collect();
    let (kinds, factors) = compile_kinds(document);
    let unknown = document.roles.iter().find(|role| role.name.as_str() == UNKNOWN_ROLE);
    let deciding = set(&roles, |role| role.decides);
    let book = RoleBook { numbers: &role_numbers, deciding };
    let qualification = compile_rule(&document.qualification, "qualification", book);
    let exclusion = compile_rule(&document.exclusion, "exclusion", book);
    Compiled {
        deciding,
        unknown_weight: unknown.map_or(0, |role| role.weight.into()),
        role_names: roles.iter().map(|role| role.name.clone()).collect(),
        templates: document.templates.iter().map(|template| compile_template(template, &roles, &role_numbers)).collect(),
        default_template: document.templates.iter().position(|template| template.name == document.default_template).unwrap_or(0),
        explicit: document.membership == Membership::Explicit,
        excluded: Relationship::ALL.map(|(_, relationship)| document.excluded_relationships.contains(&relationship)),
        evidence: Evidence::ALL.map(|(_, evidence)| units(document.evidence.of(evidence), 4)),
        domains: DomainRelationships::of_document(&document.relationship_domains),
        channel_caps: document.channels.iter().map(|channel: &ChannelRule| channel.cap.map_or(i128::MAX, |cap| units(cap, 11))).collect(),
        kinds,
        factors,
        person_cap: units(document.person.cap, 11),
        engaged_at: line_units(document.person.engaged_points),
        current_days: document.person.current_days.into(),
        seat_full: line_units(document.person.seat_full_points),
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

fn compile_template(template: &Template, roles: &[CompiledRole], numbers: &BTreeMap<String, u8>) -> CompiledTemplate {
    let seats: Vec<CompiledSeat> = template
        .seats
        .iter()
        .filter_map(|seat| numbers.get(seat.role.as_str()).map(|role| CompiledSeat { role: *role, count: seat.count.into() }))
        .collect();
    CompiledTemplate {
        name: template.name.clone(),
        weight_total: seats.iter().map(|seat| i128::from(roles[usize::from(seat.role)].weight)).sum(),
        common: seats.iter().fold(1, |common, seat| lcm(common, seat.count.into())),
        seats,
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

/// Kinds that share a decay share one table, as long as the longest of their windows.
fn compile_kinds(document: &PolicyDocument) -> (Vec<CompiledKind>, Vec<Vec<i64>>) {
    let mut decays: Vec<(&Decay, u16)> = Vec::new();
    let mut kinds = Vec::with_capacity(document.kinds.len());
    for kind in &document.kinds {
        let factors = decays.iter().position(|(decay, _)| **decay == kind.decay).unwrap_or_else(|| {
            decays.push((&kind.decay, 0));
            decays.len() - 1
        });
        decays[factors].1 = decays[factors].1.max(kind.window_days);
        kinds.push(compile_kind(kind, document, factors));
    }
    (kinds, decays.into_iter().map(|(decay, days)| decay::factors(decay, usize::from(days))).collect())
}

fn compile_kind(kind: &KindRule, document: &PolicyDocument, factors: usize) -> CompiledKind {
    let channel = document.channels.iter().position(|channel| channel.name == kind.channel).unwrap_or(0);
    CompiledKind {
        cents: i64::try_from(units(kind.points, 2)).unwrap_or(0),
        daily_cap: kind.daily_cap.into(),
        window_days: kind.window_days.into(),
        channel: u8::try_from(channel).unwrap_or(0),
        tier: kind.tier,
        factors,
    }
}

fn compile_roll_up(roll_up: &RollUp) -> CompiledRollUp {
    match roll_up {
        RollUp::Weighted => CompiledRollUp::Weighted,
        RollUp::Sum => CompiledRollUp::Sum,
        RollUp::ChampionMix { max, mean } => CompiledRollUp::ChampionMix { max: units(*max, 4), mean: units(*mean, 4) },
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

    /// Whether people of that relationship never make a member.
    pub(crate) fn excludes(&self, relationship: Relationship) -> bool {
        Relationship::ALL.iter().position(|(_, one)| *one == relationship).is_some_and(|number| self.excluded[number])
    }

    /// How far a sort of evidence is trusted, in ten-thousandths.
    pub(crate) const fn trust(&self, evidence: Evidence) -> i128 {
        // INVARIANT: the table is in declaration order.
        self.evidence[evidence as usize]
    }

    /// The greatest weight among the roles, or that of `unknown` when there are none.
    pub(crate) fn weight(&self, roles: RoleSet) -> i64 {
        roles.iter().map(|role| self.roles[usize::from(role)].weight).max().unwrap_or(self.unknown_weight)
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
