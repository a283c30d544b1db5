//! What a policy can ever produce: the most points, channels and seats that any data could bring.
//!
//! Every bound is one that no data can pass; where data could pass any number, there is none.

use alloc::vec::Vec;

use super::answers::Answers;
use crate::contact::Relationship;
use crate::exact::{Percent, Points, div_round_half_even};
use crate::policy::{Compiled, CompiledRollUp, CompiledScope, FitSource, Measure, PolicyDocument, RoleSet, Test, Tier, Trend};
use rust_decimal::Decimal;

/// The tiers that stand for interest, decisive to trace.
const TIERS: usize = 5;
/// 100 %, in 10⁻⁴ percent.
const WHOLE: i128 = 1_000_000;

/// The kinds of a tier and of every stronger one, together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Heard {
    /// How many kinds; a tier that adds none to the stronger ones asks for the same as they.
    pub(super) kinds: usize,
    channels: u64,
    /// The shortest and the longest of their windows, in days.
    pub(super) windows: Option<(i32, i32)>,
}

/// The seats that templates have for a role, at least and at most; one where a template has none.
#[derive(Clone, Copy, Debug)]
pub(super) struct SeatBounds {
    pub(super) least: i128,
    pub(super) most: i128,
}

/// See the [module](self).
#[derive(Debug)]
pub(super) struct Bounds<'p> {
    pub(super) policy: &'p Compiled,
    pub(super) fit: FitSource,
    /// Whether somebody could say how well an account suits us, and has not.
    pub(super) fit_may_be_unknown: bool,
    /// Whether anybody can be a member at all.
    pub(super) members: bool,
    /// The most points of one person, in line units.
    person_most: i128,
    /// The most points of a group, in 10⁻¹³; `None`: no bound.
    pub(super) points_most: Option<i128>,
    /// The most readiness, in 10⁻⁴.
    readiness_most: i128,
    heard: [Heard; TIERS],
    /// The weakest tier among the kinds with positive points.
    pub(super) positive: Option<Tier>,
    /// By role.
    pub(super) seats: Vec<SeatBounds>,
    /// The roles that some template asks for.
    pub(super) seated: RoleSet,
    /// The least change of points that is a trend, in 10⁻¹³; positive.
    pub(super) trend_least: i128,
}

impl<'p> Bounds<'p> {
    /// O(kinds × window days + templates × seats).
    pub(super) fn of(policy: &'p Compiled, document: &PolicyDocument) -> Self {
        let members = Relationship::ALL.iter().any(|(_, one)| !policy.excludes(*one));
        let person_most = person_most(policy);
        let filled = if members { person_most.min(policy.seat_full.into()) } else { 0 };
        Self {
            fit: document.fit.source,
            fit_may_be_unknown: document.fit.criteria.iter().any(|one| one.weight > 0 && !one.is.is_about_signals())
                || document.fit.source == FitSource::Supplied,
            members,
            person_most,
            points_most: points_most(policy, members, person_most),
            readiness_most: div_round_half_even(filled * WHOLE, policy.seat_full.into()),
            heard: core::array::from_fn(|tier| heard(policy, tier)),
            positive: policy.kinds.iter().filter(|kind| kind.cents > 0).map(|kind| kind.tier).max(),
            seats: (0..policy.roles.len()).map(|role| seats(policy, role)).collect(),
            seated: seated(policy),
            trend_least: policy.trend_points.max(1),
            policy,
        }
    }

    /// The kinds of a tier and of every stronger one.
    pub(super) fn heard(&self, tier: Tier) -> Heard {
        self.heard.get(tier as usize).copied().unwrap_or_default()
    }

    /// Whether anybody can be engaged.
    fn engages(&self) -> bool {
        self.members && self.person_most >= self.policy.engaged_at.into()
    }

    /// Whether anybody can fill a seat as measured.
    fn fills(&self, measure: Measure) -> bool {
        match measure {
            Measure::Filled | Measure::Possible => self.members,
            // Who is engaged has some positive signal, and the same kind could have been heard on the day itself.
            Measure::Engaged | Measure::Current => self.engages(),
        }
    }

    /// The answers that a question can have, taken alone.
    pub(super) fn answers(&self, test: &Test) -> Answers {
        match test {
            Test::Points(least) => between(0, self.points_most, *least),
            Test::Readiness(least) => between(0, Some(self.readiness_most), *least),
            Test::Coverage(scope, measure, least) => between(0, Some(self.coverage_most(*scope, *measure)), *least),
            Test::Holders(roles, measure, least) => counted(*least, self.holders_most(*roles, *measure)),
            Test::EngagedPeople(least) => counted(*least, (!self.engages()).then_some(0)),
            Test::Fit { .. } => self.fit_answers(),
            Test::HandRaise { tier, from, .. } => possibly(self.raises(*tier, *from)),
            Test::Channels(tier, least) => counted(*least, Some(self.channels_most(*tier))),
            Test::Momentum(least) => between(self.points_most.map_or(i128::MIN, |most| -most), self.points_most, *least),
            Test::Trend(trend) => self.trend_answers(*trend),
            Test::Opponents(least) => counted(*least, (!self.members).then_some(0)),
            Test::AccountExcluded => Answers::KNOWN,
            Test::Attribute(_) => Answers::ANY,
        }
    }

    fn coverage_most(&self, scope: CompiledScope, measure: Measure) -> i128 {
        let somebody = match scope {
            CompiledScope::Group => true,
            CompiledScope::Best(roles) => !roles.is_empty(),
        };
        if somebody && self.fills(measure) { WHOLE } else { 0 }
    }

    fn holders_most(&self, roles: RoleSet, measure: Measure) -> Option<i128> {
        (roles.is_empty() || !self.fills(measure)).then_some(0)
    }

    fn channels_most(&self, tier: Tier) -> i128 {
        if self.members { self.heard(tier).channels.count_ones().into() } else { 0 }
    }

    fn raises(&self, tier: Tier, from: Option<RoleSet>) -> bool {
        self.members && self.heard(tier).kinds > 0 && from.is_none_or(|roles| !roles.is_empty())
    }

    fn fit_answers(&self) -> Answers {
        match self.fit {
            FitSource::None => Answers::UNKNOWN,
            _ if self.fit_may_be_unknown => Answers::ANY,
            _ => Answers::KNOWN,
        }
    }

    fn trend_answers(&self, trend: Trend) -> Answers {
        let moves = self.points_most.is_none_or(|most| most >= self.trend_least);
        match trend {
            Trend::Rising | Trend::Falling => possibly(moves),
            Trend::Steady if moves => Answers::KNOWN,
            Trend::Steady => Answers::TRUE,
        }
    }

    /// The most that a question's number can be, in the unit of its threshold; `None` where there is no bound or no number.
    pub(super) fn most(&self, test: &Test) -> Option<Decimal> {
        match test {
            Test::Points(_) | Test::Momentum(_) => self.points_most.and_then(|most| Points(most).to_decimal()),
            Test::Readiness(_) => Percent(self.readiness_most).to_decimal(),
            Test::Coverage(scope, measure, _) => Percent(self.coverage_most(*scope, *measure)).to_decimal(),
            Test::Holders(roles, measure, _) => self.holders_most(*roles, *measure).map(whole),
            Test::EngagedPeople(_) => (!self.engages()).then_some(Decimal::ZERO),
            Test::Channels(tier, _) => Some(whole(self.channels_most(*tier))),
            Test::Opponents(_) => (!self.members).then_some(Decimal::ZERO),
            Test::Fit { .. } | Test::HandRaise { .. } | Test::Trend(_) | Test::AccountExcluded | Test::Attribute(_) => None,
        }
    }
}

/// A small count.
fn whole(count: i128) -> Decimal {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}

/// The answers to "at least" of a number that lies in a range.
fn between(least: i128, most: Option<i128>, threshold: i128) -> Answers {
    if threshold <= least { Answers::TRUE } else { possibly(most.is_none_or(|most| threshold <= most)) }
}

fn counted(threshold: u32, most: Option<i128>) -> Answers {
    between(0, most, threshold.into())
}

const fn possibly(is_possible: bool) -> Answers {
    if is_possible { Answers::KNOWN } else { Answers::FALSE }
}

/// The greatest points of one person: every kind with positive points as often as it counts, on every day of its window.
///
/// At most 4,095 kinds × 10⁶ points a day × 3,650 days in units of 10⁻¹¹: below 2 × 10²⁴.
fn person_most(policy: &Compiled) -> i128 {
    let mut channels = alloc::vec![0_i128; policy.channel_caps.len()];
    for kind in policy.kinds.iter().filter(|kind| kind.cents > 0) {
        let window = usize::try_from(kind.window_days).unwrap_or(0);
        let factors: i128 = (0..window).map(|age| i128::from(policy.factor(kind, age))).sum();
        channels[usize::from(kind.channel)] += i128::from(kind.daily_cap) * i128::from(kind.cents) * factors;
    }
    let capped = channels.iter().zip(&policy.channel_caps).map(|(sum, cap)| (*sum).min(*cap));
    capped.sum::<i128>().min(policy.person_cap.into())
}

/// The greatest points of a group. Sums over members have no bound once a member can have points, since a valid template has a role of
/// positive weight; means have that of one person.
fn points_most(policy: &Compiled, members: bool, person: i128) -> Option<i128> {
    let of_members = if members { person } else { 0 };
    match policy.roll_up {
        CompiledRollUp::Weighted | CompiledRollUp::Sum if of_members > 0 => None,
        CompiledRollUp::Weighted => Some(person * i128::from(policy.unknown_weight)),
        CompiledRollUp::Sum => Some(0),
        CompiledRollUp::ChampionMix { max, mean } => Some(rounded(i128::from(max + mean) * of_members, 100_000_000_000)),
        CompiledRollUp::Adobe => Some(rounded(of_members, 10_000_000)),
    }
}

/// To ten-thousandths of a point, half to even, in 10⁻¹³.
pub(super) const fn rounded(numerator: i128, denominator: i128) -> i128 {
    div_round_half_even(numerator, denominator) * 1_000_000_000
}

fn heard(policy: &Compiled, tier: usize) -> Heard {
    let kinds = policy.kinds.iter().filter(|kind| kind.tier as usize <= tier);
    kinds.fold(Heard::default(), |heard, kind| {
        let (least, most) = heard.windows.unwrap_or((kind.window_days, kind.window_days));
        Heard {
            kinds: heard.kinds + 1,
            channels: heard.channels | 1 << kind.channel,
            windows: Some((least.min(kind.window_days), most.max(kind.window_days))),
        }
    })
}

fn seats(policy: &Compiled, role: usize) -> SeatBounds {
    let of_template = policy.templates.iter().map(|template| {
        let seat = template.seats.iter().find(|seat| usize::from(seat.role) == role);
        seat.map_or(1, |seat| i128::from(seat.count))
    });
    of_template.fold(SeatBounds { least: i128::MAX, most: 1 }, |bounds, count| SeatBounds {
        least: bounds.least.min(count),
        most: bounds.most.max(count),
    })
}

fn seated(policy: &Compiled) -> RoleSet {
    let seats = policy.templates.iter().flat_map(|template| &template.seats);
    seats.fold(RoleSet::EMPTY, |roles, seat| roles.with(RoleSet::of(seat.role)))
}
