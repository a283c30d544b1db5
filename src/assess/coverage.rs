//! Which seats are filled, engaged, current and possibly filled, and how ready that makes the group.
//!
//! Ratios are exact until they are shown or compared; readiness is rounded once.

use alloc::vec::Vec;

use super::figures::{Figures, Scored};
use crate::exact::{Percent, div_round_half_even, largest_remainder};
use crate::policy::{Compiled, CompiledSeat, CompiledTemplate, Measure, RoleSet};

/// Seats of one role by what is true of them; each number is at most `required`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SeatCount {
    pub(crate) required: u32,
    pub(crate) filled: u32,
    pub(crate) engaged: u32,
    pub(crate) current: u32,
    pub(crate) possible: u32,
}

impl SeatCount {
    pub(crate) const fn of(&self, measure: Measure) -> u32 {
        match measure {
            Measure::Filled => self.filled,
            Measure::Engaged => self.engaged,
            Measure::Current => self.current,
            Measure::Possible => self.possible,
        }
    }

    pub(crate) fn percent(&self, measure: Measure) -> Percent {
        Percent::of(self.of(measure).into(), i128::from(self.required.max(1)))
    }
}

/// The seats of a template, in its order, counted over some of the members.
#[derive(Clone, Debug)]
pub(crate) struct Seats {
    pub(crate) counts: Vec<SeatCount>,
    roles: Vec<u8>,
    common: i128,
}

/// Counts the seats of a template over the members, opponents left out unless `with_opponents`.
pub(crate) fn seats(template: &CompiledTemplate, figures: &Figures, with_opponents: bool) -> Seats {
    let counted = || figures.members.iter().filter(|member| with_opponents || !member.opponent);
    let mut counts: Vec<SeatCount> = template.seats.iter().map(|seat| count(*seat, counted())).collect();
    let without_role = counted().filter(|member| member.roles.is_empty()).count();
    possible(&mut counts, without_role);
    Seats { counts, roles: template.seats.iter().map(|seat| seat.role).collect(), common: template.common }
}

/// Counts one role's seats.
pub(crate) fn count<'m>(seat: CompiledSeat, members: impl Iterator<Item = &'m Scored>) -> SeatCount {
    let (mut filled, mut engaged, mut current) = (0, 0, 0);
    for member in members.filter(|member| member.roles.meets(RoleSet::of(seat.role))) {
        filled += 1;
        engaged += u32::from(member.engaged);
        current += u32::from(member.current);
    }
    let filled = seat.count.min(filled);
    SeatCount { required: seat.count, filled, engaged: seat.count.min(engaged), current: seat.count.min(current), possible: filled }
}

/// Lets each member without a role take one open seat: where a seat weighs most (1/n) first, ties in template order.
fn possible(counts: &mut [SeatCount], mut without_role: usize) {
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|at| counts[*at].required);
    for at in order {
        let seat = &mut counts[at];
        let open = (seat.required - seat.filled) as usize;
        let taken = open.min(without_role);
        without_role -= taken;
        // INVARIANT: taken is at most the open seats, so it fits.
        seat.possible = seat.filled + u32::try_from(taken).unwrap_or(0);
    }
}

impl Seats {
    /// The mean over the roles, as an exact fraction with positive denominator.
    ///
    /// With a common multiple L of the seat counts: Σ filled × (L / n) over (roles × L). L ≤ 10¹², n ≤ 1,000 and at most 64 roles keep both
    /// far below 2¹²⁷.
    pub(crate) fn mean(&self, measure: Measure) -> (i128, i128) {
        let sum: i128 = self.counts.iter().map(|seat| i128::from(seat.of(measure)) * (self.common / i128::from(seat.required))).sum();
        (sum, self.common * self.counts.len().max(1) as i128)
    }

    /// The seats of one role, if the template asks for any.
    pub(crate) fn of_role(&self, role: u8) -> Option<SeatCount> {
        self.roles.iter().position(|one| *one == role).map(|at| self.counts[at])
    }

    /// The mean as a percent.
    pub(crate) fn percent(&self, measure: Measure) -> Percent {
        let (numerator, denominator) = self.mean(measure);
        Percent::of(numerator, denominator)
    }
}

/// Readiness and the shares of the seats in it.
#[derive(Clone, Debug)]
pub(crate) struct Readiness {
    pub(crate) value: Percent,
    /// Each seat's share in units of the 4th decimal, by template order and rank; they add up to the value.
    pub(crate) shares: Vec<Vec<SeatShare>>,
}

/// One seat's share of readiness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SeatShare {
    /// Who has the seat: the member's place in the list of members.
    pub(crate) member: usize,
    pub(crate) share: Percent,
}

/// round4(Σ over required roles and their n best members of 100 × w × min(points, full) / (full × n × Σ w)).
///
/// Over the common denominator full × Σ w × L every seat is a whole number: 100 × 10⁴ × w × min(points, full) × (L / n). With at most 64
/// roles, w ≤ 1,000, full ≤ 10¹⁵ units (10,000 points) and L ≤ 10¹² the sum is at most 6.4 × 10³⁷, below 2¹²⁷.
pub(crate) fn readiness(policy: &Compiled, template: &CompiledTemplate, figures: &Figures) -> Readiness {
    let denominator = readiness_whole(policy, template);
    let seats: Vec<Vec<(usize, i128)>> = template.seats.iter().map(|seat| best(policy, template, *seat, figures)).collect();
    let sum: i128 = seats.iter().flatten().map(|(_, units)| units).sum();
    let value = div_round_half_even(sum, denominator);
    Readiness { value: Percent(value), shares: share_out(&seats, denominator, value) }
}

/// Readiness alone, as [`readiness`] finds it, where only the members at these places have points. O(seats × places · log places).
pub(crate) fn readiness_value(policy: &Compiled, template: &CompiledTemplate, members: &[Scored], with_points: &[usize]) -> Percent {
    let mut best = Vec::new();
    let mut sum = 0;
    for seat in &template.seats {
        let role = RoleSet::of(seat.role);
        let holders = with_points.iter().map(|at| &members[*at]).filter(|member| member.roles.meets(role) && !member.opponent);
        let points = holders.map(|member| i128::from(member.score.points.min(policy.seat_full)));
        let unit = seat_unit(policy, template, *seat);
        if seat.count == 1 {
            sum += unit * points.max().unwrap_or(0);
        } else {
            best.clear();
            best.extend(points);
            best.sort_unstable_by_key(|points| core::cmp::Reverse(*points));
            sum += unit * best.iter().take(seat.count as usize).sum::<i128>();
        }
    }
    Percent(div_round_half_even(sum, readiness_whole(policy, template)))
}

/// What a point in a seat is worth, over [`readiness_whole`].
fn seat_unit(policy: &Compiled, template: &CompiledTemplate, seat: CompiledSeat) -> i128 {
    1_000_000 * i128::from(policy.roles[usize::from(seat.role)].weight) * (template.common / i128::from(seat.count))
}

/// The common denominator of all seats of a template.
fn readiness_whole(policy: &Compiled, template: &CompiledTemplate) -> i128 {
    i128::from(policy.seat_full) * template.weight_total * template.common
}

/// The best members of a seat's role, most points first, ties by id, with their exact shares over the common denominator.
fn best(policy: &Compiled, template: &CompiledTemplate, seat: CompiledSeat, figures: &Figures) -> Vec<(usize, i128)> {
    let role = RoleSet::of(seat.role);
    let mut holders: Vec<usize> =
        (0..figures.members.len()).filter(|at| figures.members[*at].roles.meets(role) && !figures.members[*at].opponent).collect();
    // Members are ordered by id, and the sort is stable.
    holders.sort_by_key(|at| core::cmp::Reverse(figures.members[*at].score.points));
    holders.truncate(seat.count as usize);
    let unit = seat_unit(policy, template, seat);
    holders.into_iter().map(|at| (at, unit * i128::from(figures.members[at].score.points.min(policy.seat_full)))).collect()
}

/// Whole units for each seat by largest remainder, ties in template order, then rank, so that they add up to the value.
fn share_out(seats: &[Vec<(usize, i128)>], denominator: i128, value: i128) -> Vec<Vec<SeatShare>> {
    let parts: Vec<i128> = seats.iter().flatten().map(|(_, units)| *units).collect();
    let mut units = largest_remainder(&parts, denominator, value).into_iter();
    let mut share = |member: usize| SeatShare { member, share: Percent(units.next().unwrap_or(0)) };
    seats.iter().map(|holders| holders.iter().map(|(member, _)| share(*member)).collect()).collect()
}
