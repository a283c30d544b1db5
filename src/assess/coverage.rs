//! Which seats are filled, engaged, current and possibly filled, and how ready that makes the group.
//!
//! Ratios are exact until they are shown or compared; readiness is rounded once.

use alloc::vec::Vec;

use super::figures::{Figures, Scored};
use crate::exact::{Percent, div_round_half_even, largest_remainder};
use crate::policy::{Compiled, CompiledSeat, CompiledTemplate, Measure, ROLES_MAX as ROLES, RoleSet};

/// Seats of one role by what is true of them; each number is at most `required`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SeatCount {
    pub(crate) role: u8,
    pub(crate) required: u32,
    pub(crate) filled: u32,
    pub(crate) engaged: u32,
    pub(crate) current: u32,
    pub(crate) possible: u32,
    /// What one of them is of the template's common multiple of counts.
    part: i64,
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
#[derive(Clone, Debug, Default)]
pub(crate) struct Seats {
    pub(crate) counts: Vec<SeatCount>,
    common: i128,
}

/// Roles that most policies do not have more of.
const FEW_ROLES: usize = 12;

/// What the members who hold a role come to, for each role by its number, and behind all roles those who hold none.
// INVARIANT: what stands behind the policy's roles may be another's, and is never asked for then.
#[derive(Debug)]
pub(crate) struct ByRole {
    /// How many there are, are engaged, and are current.
    heads: [[u32; 3]; ROLES + 1],
    /// The most points that one of them has.
    most: [i64; ROLES + 1],
}

impl Default for ByRole {
    fn default() -> Self {
        Self::NOBODY
    }
}

impl ByRole {
    const NOBODY: Self = Self { heads: [[0; 3]; ROLES + 1], most: [0; ROLES + 1] };

    /// Makes room for the members of another group, under this policy.
    pub(super) fn clear(&mut self, policy: &Compiled) {
        match (self.heads.first_chunk_mut::<FEW_ROLES>(), self.most.first_chunk_mut::<FEW_ROLES>()) {
            (Some(heads), Some(most)) if policy.roles.len() <= FEW_ROLES => {
                (*heads, *most) = ([[0; 3]; FEW_ROLES], [0; FEW_ROLES]);
                (self.heads[ROLES], self.most[ROLES]) = ([0; 3], 0);
            }
            _ => *self = Self::NOBODY,
        }
    }

    /// Those among some members. O(members × their roles).
    pub(super) fn of<'m>(members: impl Iterator<Item = &'m Scored>) -> Self {
        let mut holders = Self::NOBODY;
        members.for_each(|member| holders.add(member));
        holders
    }

    #[inline]
    pub(super) fn add(&mut self, member: &Scored) {
        for role in member.roles.places() {
            let [filled, engaged, current] = &mut self.heads[role];
            *filled += 1;
            *engaged += u32::from(member.engaged);
            *current += u32::from(member.current);
            self.most[role] = member.score.points.max(self.most[role]);
        }
    }

    /// Those of one role, in so many seats.
    fn seats(&self, role: u8, required: u32, part: i64) -> SeatCount {
        let [filled, engaged, current] = self.heads[usize::from(role) % ROLES].map(|heads| heads.min(required));
        SeatCount { role, required, filled, engaged, current, possible: filled, part }
    }
}

/// Counts the seats of a template over the members, opponents left out unless `with_opponents`. O(members × their roles + seats).
pub(crate) fn seats(template: &CompiledTemplate, figures: &Figures, with_opponents: bool) -> Seats {
    let mut seats = Seats::default();
    count_seats(&mut seats, template, &ByRole::of(figures.members.iter().filter(|member| with_opponents || !member.opponent)));
    seats
}

/// The same over those who hold roles, in the room of other seats. O(seats).
pub(super) fn count_seats(room: &mut Seats, template: &CompiledTemplate, holders: &ByRole) {
    room.counts.clear();
    room.counts.extend(template.seats.iter().map(|seat| holders.seats(seat.role, seat.count, seat.part)));
    room.common = template.common;
    possible(&mut room.counts, &template.opening, holders.heads[ROLES][0] as usize);
}

/// One seat of a role that no template asks for, opponents left out.
pub(crate) fn one_seat(role: u8, figures: &Figures) -> SeatCount {
    ByRole::of(figures.allies()).seats(role, 1, 1)
}

/// Lets each member without a role take one open seat, in that order of the seats.
fn possible(counts: &mut [SeatCount], opening: &[usize], mut without_role: usize) {
    for at in opening {
        let seat = &mut counts[*at];
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
    /// far below 2⁶³.
    pub(crate) fn mean(&self, measure: Measure) -> (i128, i128) {
        let sum: i64 = self.counts.iter().map(|seat| i64::from(seat.of(measure)) * seat.part).sum();
        (sum.into(), self.common * self.counts.len().max(1) as i128)
    }

    /// The seats of one role, if the template asks for any.
    pub(crate) fn of_role(&self, role: u8) -> Option<SeatCount> {
        self.counts.iter().find(|seat| seat.role == role).copied()
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
    let denominator = template.whole;
    let seats: Vec<Vec<(usize, i128)>> = template.seats.iter().map(|seat| best(policy, *seat, figures)).collect();
    let sum: i128 = seats.iter().flatten().map(|(_, units)| units).sum();
    let value = div_round_half_even(sum, denominator);
    Readiness { value: Percent(value), shares: share_out(&seats, denominator, value) }
}

/// Readiness alone, as [`readiness`] finds it, from those who hold roles among all members or those that have points. O(seats), and O(members · log
/// members) for a role of several seats.
pub(super) fn readiness_value<'m, M: Iterator<Item = &'m Scored>>(
    policy: &Compiled,
    template: &CompiledTemplate,
    holders: &ByRole,
    members: impl Fn() -> M,
) -> Percent {
    // An opponent has no points.
    let points = |member: &Scored| member.score.points.min(policy.seat_full);
    let mut sum = 0;
    for seat in &template.seats {
        let best = if seat.count == 1 {
            holders.most[usize::from(seat.role)].min(policy.seat_full).into()
        } else {
            sum_of_best(*seat, members(), points)
        };
        // INVARIANT: the sum of all is below 2¹²⁷.
        sum += seat.unit.wrapping_mul(best);
    }
    Percent(div_round_half_even(sum, template.whole))
}

/// The points of the best in a role, as many as it has seats.
fn sum_of_best<'m>(seat: CompiledSeat, members: impl Iterator<Item = &'m Scored>, points: impl Fn(&Scored) -> i64) -> i128 {
    let holders = members.filter(|member| member.roles.meets(RoleSet::of(seat.role)));
    let mut best: Vec<i64> = holders.map(points).collect();
    best.sort_unstable_by_key(|points| core::cmp::Reverse(*points));
    best.iter().take(seat.count as usize).map(|points| i128::from(*points)).sum()
}

/// The best members of a seat's role, most points first, ties by id, with their exact shares over the common denominator.
fn best(policy: &Compiled, seat: CompiledSeat, figures: &Figures) -> Vec<(usize, i128)> {
    let role = RoleSet::of(seat.role);
    let mut holders: Vec<usize> =
        (0..figures.members.len()).filter(|at| figures.members[*at].roles.meets(role) && !figures.members[*at].opponent).collect();
    // Members are ordered by id, and the sort is stable.
    holders.sort_by_key(|at| core::cmp::Reverse(figures.members[*at].score.points));
    holders.truncate(seat.count as usize);
    holders.into_iter().map(|at| (at, seat.unit * i128::from(figures.members[at].score.points.min(policy.seat_full)))).collect()
}

/// Whole units for each seat by largest remainder, ties in template order, then rank, so that they add up to the value.
fn share_out(seats: &[Vec<(usize, i128)>], denominator: i128, value: i128) -> Vec<Vec<SeatShare>> {
    let parts: Vec<i128> = seats.iter().flatten().map(|(_, units)| *units).collect();
    let mut units = largest_remainder(&parts, denominator, value).into_iter();
    let mut share = |member: usize| SeatShare { member, share: Percent(units.next().unwrap_or(0)) };
    seats.iter().map(|holders| holders.iter().map(|(member, _)| share(*member)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::score::Score;
    use super::*;
    use crate::policy::Policy;

    /// An engaged member in a role, or in none.
    fn member(role: Option<u8>) -> Scored {
        let roles = role.map_or(RoleSet::EMPTY, RoleSet::of);
        let score = Score { points: 7, ..Score::NOTHING };
        Scored { contact: 0, roles, weight: 100, opponent: false, score, engaged: true, current: true }
    }

    /// However many roles the policy has.
    #[test]
    fn room_that_others_have_used_is_as_good_as_new() {
        for roles in [1, FEW_ROLES, FEW_ROLES + 1, ROLES] {
            let mut policy = Policy::default().compiled().clone();
            policy.roles = policy.roles.iter().cycle().take(roles).cloned().collect();
            let numbers = 0..u8::try_from(roles).unwrap();
            let mut holders = ByRole::default();
            let everybody = numbers.clone().map(Some).chain([None]).map(member);
            everybody.for_each(|member| holders.add(&member));
            holders.clear(&policy);
            let nobody = numbers.clone().all(|role| holders.seats(role, 9, 1).filled == 0 && holders.most[usize::from(role)] == 0);
            assert!(nobody && holders.heads[ROLES] == [0; 3], "{roles} roles");
        }
    }
}
