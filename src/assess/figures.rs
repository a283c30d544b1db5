//! A group's figures on a day: every member scored, the points rolled up, the seats covered.
//!
//! Momentum and "only what came after the close" are [`Figures::of`] called again.

use alloc::vec::Vec;

use super::bind::Heard;
use super::intake::SignalState;
use super::members::MemberRow;
use super::score::{Lens, Score, Scratch, Sink, pooled, score, set_aside};
use crate::day::Day;
use crate::exact::{Points, div_round_half_even};
use crate::policy::{Compiled, CompiledRollUp, RoleSet};

/// A member with what their signals come to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scored {
    pub(crate) contact: u32,
    pub(crate) roles: RoleSet,
    /// The greatest weight of the roles, in percent.
    pub(crate) weight: i64,
    pub(crate) opponent: bool,
    /// Nothing for an opponent.
    pub(crate) score: Score,
    pub(crate) engaged: bool,
    pub(crate) current: bool,
}

/// See the [module](self).
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    /// Ordered by id.
    pub(crate) members: Vec<Scored>,
    /// What the account's unnamed visitors come to.
    pub(crate) anonymous: Score,
    pub(crate) points: Points,
}

impl Figures {
    /// Scores the members and rolls their points up. O(entries of the account's contacts).
    pub(crate) fn of<S: Sink>(
        lens: &Lens<'_>,
        heard: &Heard<'_>,
        account: u32,
        members: &[MemberRow],
        scratch: &mut Scratch,
        sink: &mut S,
    ) -> Self {
        let members: Vec<Scored> = members.iter().map(|member| score_member(lens, heard, member, scratch, sink)).collect();
        sink.person(None);
        let anonymous = score(lens, heard.of_account(account), scratch, sink);
        let points = roll_up(lens.policy, &members, &anonymous);
        Self { members, anonymous, points }
    }

    /// Members who are no opponents.
    pub(crate) fn allies(&self) -> impl Iterator<Item = &Scored> {
        self.members.iter().filter(|member| !member.opponent)
    }

    /// The newest usable signal of a kind with positive points, whatever its window.
    pub(crate) fn newest_positive(&self) -> Option<Day> {
        self.members.iter().map(|member| member.score.newest_positive).fold(self.anonymous.newest_positive, Option::max)
    }

    /// The same inside its window.
    pub(crate) fn newest_positive_inside(&self) -> Option<Day> {
        self.members.iter().map(|member| member.score.newest_positive_inside).fold(self.anonymous.newest_positive_inside, Option::max)
    }
}

fn score_member<S: Sink>(lens: &Lens<'_>, heard: &Heard<'_>, member: &MemberRow, scratch: &mut Scratch, sink: &mut S) -> Scored {
    sink.person(Some(member.contact));
    let score = if member.opponent {
        for contact in member.contacts() {
            set_aside(lens, heard.of_contact(contact), SignalState::Opponent, sink);
        }
        Score::NOTHING
    } else if member.others.is_empty() {
        score(lens, heard.of_contact(member.contact), scratch, sink)
    } else {
        let entries = pooled(member.contacts().map(|contact| heard.of_contact(contact)), scratch);
        let score = score(lens, &entries, scratch, sink);
        scratch.give_back(entries);
        score
    };
    let policy = lens.policy;
    let engaged = !member.opponent && score.points >= policy.engaged_at;
    let current = engaged && score.newest_positive_inside.is_some_and(|newest| lens.day.days_since(newest) <= policy.current_days);
    Scored {
        contact: member.contact,
        roles: member.roles,
        weight: policy.weight(member.roles),
        opponent: member.opponent,
        score,
        engaged,
        current,
    }
}

/// A person's points in scale 11 times a weight in percent is in scale 13, the scale of [`Points`]: exact.
fn weighted(score: &Score, weight: i64) -> i128 {
    i128::from(score.points) * i128::from(weight)
}

pub(crate) fn roll_up(policy: &Compiled, members: &[Scored], anonymous: &Score) -> Points {
    let all = || members.iter().map(|member| i128::from(member.score.points));
    match policy.roll_up {
        CompiledRollUp::Weighted => {
            let members: i128 = members.iter().map(|member| weighted(&member.score, member.weight)).sum();
            Points(members + weighted(anonymous, policy.unknown_weight))
        }
        CompiledRollUp::Sum => rounded(all().sum(), 10_000_000),
        CompiledRollUp::ChampionMix { max, mean } => {
            let greatest = all().max().unwrap_or(0);
            let others = i128::try_from(members.len()).unwrap_or(1) - 1;
            let rest = all().sum::<i128>() - greatest;
            // Shares have 4 decimals and points 11; both terms over the number of the others.
            let share = others.max(1);
            rounded(max * greatest * share + mean * rest, share * 100_000_000_000)
        }
        CompiledRollUp::Adobe => {
            let holders = || members.iter().filter(|member| !member.roles.is_empty());
            let weights: i128 = holders().map(|member| i128::from(member.weight)).sum();
            let sum = holders().map(|member| weighted(&member.score, member.weight)).sum();
            if weights == 0 { Points::ZERO } else { rounded(sum, weights * 10_000_000) }
        }
    }
}

/// `numerator / denominator`, which is in ten-thousandths of a point, rounded half to even to them.
const fn rounded(numerator: i128, denominator: i128) -> Points {
    Points(div_round_half_even(numerator, denominator) * 1_000_000_000)
}
