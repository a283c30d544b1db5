//! A group's figures on a day: every member scored, the points rolled up, the seats covered.
//!
//! Momentum and "only what came after the close" are [`Figures::read`] called again.

use alloc::vec::Vec;
use core::cmp::Reverse;

use super::bind::Heard;
use super::intake::SignalState;
use super::members::MemberRow;
use super::score::{Lens, Score, Scratch, When, pooled, score_into, set_aside};
use super::sink::Sink;
use crate::day::Day;
use crate::exact::{Points, div_round_half_even};
use crate::policy::{Compiled, CompiledRollUp, RoleSet};
use crate::tally::Entries;

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
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures {
    /// Ordered by id.
    pub(crate) members: Vec<Scored>,
    /// What the account's unnamed visitors come to.
    pub(crate) anonymous: Score,
    pub(crate) points: Points,
    /// The points that the same members and visitors had on the lens's earlier day, if it has one.
    pub(crate) then: Option<Points>,
}

impl Figures {
    /// Those of nobody, with room for members.
    pub(super) fn unread(scratch: &mut Scratch) -> Self {
        Self { members: scratch.members(), ..Self::default() }
    }

    /// Scores these members instead of others and rolls their points up. O(entries of the account's contacts).
    pub(super) fn read<S: Sink>(
        &mut self,
        lens: &Lens<'_>,
        heard: &Heard<'_>,
        account: u32,
        members: &[MemberRow],
        scratch: &mut Scratch,
        sink: &mut S,
    ) {
        self.members.clear();
        self.members.reserve(members.len());
        for member in members {
            self.members.push(Scored::unread(lens.policy, member));
            if let Some(one) = self.members.last_mut() {
                score_member(one, lens, heard, member, scratch, sink);
            }
        }
        sink.person(None);
        self.anonymous = Score::NOTHING;
        score_into(&mut self.anonymous, lens, heard.of_account(account), scratch, sink);
        self.roll_up(lens);
    }

    /// Rolls the points of members and visitors up. O(members).
    pub(crate) fn roll_up(&mut self, lens: &Lens<'_>) {
        let terms = [When::Now, When::Then].map(|when| Terms::of(lens.policy, &self.members, when));
        let mut sums = [0, 1].map(|when| terms[when].anonymous(lens.policy, &self.anonymous));
        // Both days in one pass, since few members are quickly gone through, and nobody can foresee where they end.
        if matches!(lens.policy.roll_up, CompiledRollUp::Weighted) {
            // As most policies have it: without asking for each member.
            for member in &self.members {
                let [now, then] = [When::Now, When::Then].map(|when| member.term(when, member.weight));
                sums = [sums[0] + now, sums[1] + then];
            }
        } else {
            for (at, member) in self.members.iter().enumerate() {
                sums = [0, 1].map(|when| sums[when] + terms[when].member(at, member));
            }
        }
        let [now, then] = [0, 1].map(|when| terms[when].points(sums[when]));
        (self.points, self.then) = (now, lens.then.then_some(then));
    }

    /// Members who are no opponents.
    pub(crate) fn allies(&self) -> impl Iterator<Item = &Scored> {
        self.members.iter().filter(|member| !member.opponent)
    }
}

/// Finds what the signals of a member come to who is unread yet.
pub(super) fn score_member<S: Sink>(
    scored: &mut Scored,
    lens: &Lens<'_>,
    heard: &Heard<'_>,
    member: &MemberRow,
    scratch: &mut Scratch,
    sink: &mut S,
) {
    sink.person(Some(member.contact));
    if member.opponent {
        for contact in member.contacts() {
            set_aside(lens, heard.of_contact(contact), SignalState::Opponent, sink);
        }
    } else if member.others.is_empty() {
        score_into(&mut scored.score, lens, heard.of_contact(member.contact), scratch, sink);
    } else {
        let entries = pooled(member.contacts().map(|contact| heard.of_contact(contact)), scratch);
        score_into(&mut scored.score, lens, Entries::pooled(&entries), scratch, sink);
        scratch.give_back(entries);
    }
    scored.judge(lens.policy, lens.day);
}

impl Scored {
    /// A member whose signals were not looked at yet.
    pub(super) fn unread(policy: &Compiled, member: &MemberRow) -> Self {
        let (contact, roles, opponent) = (member.contact, member.roles, member.opponent);
        Self { contact, roles, weight: policy.weight(roles), opponent, score: Score::NOTHING, engaged: false, current: false }
    }

    /// The points of one of the days so many times.
    fn term(&self, when: When, factor: i64) -> i128 {
        i128::from(self.score.points(when)) * i128::from(factor)
    }

    /// A member who gave no signals.
    pub(crate) fn silent(policy: &Compiled, day: Day, member: &MemberRow) -> Self {
        let mut silent = Self::unread(policy, member);
        silent.judge(policy, day);
        silent
    }

    /// Takes what the signals come to on another day; says whether the member became engaged or current by that, or is so no longer.
    pub(crate) fn rescore(&mut self, policy: &Compiled, day: Day, score: Score) -> bool {
        self.score = score;
        self.set_points(policy, day, score.points)
    }

    /// The same, where nothing but the points is otherwise.
    pub(crate) fn set_points(&mut self, policy: &Compiled, day: Day, points: i64) -> bool {
        self.score.points = points;
        let before = (self.engaged, self.current);
        self.judge(policy, day);
        before != (self.engaged, self.current)
    }

    /// Finds out whether the member is engaged and current.
    #[allow(clippy::needless_bitwise_bool, reason = "without jumps, since nobody can foresee who is")]
    fn judge(&mut self, policy: &Compiled, day: Day) {
        self.engaged = !self.opponent & (self.score.points >= policy.engaged_at);
        self.current = self.engaged & self.score.heard.positive_inside().is_within(day, policy.current_days);
    }
}

/// What each member and the unnamed visitors add to the group's points: terms over one denominator, of which the group's points are the sum.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    roll_up: CompiledRollUp,
    when: When,
    /// The place of the member with the most points, ties by id; only looked for where it matters.
    top: usize,
    /// How many members there are beside that one, at least 1.
    others: i64,
    /// What the terms are over, in ten-thousandths of a point, to which the sum is rounded once; `None`: they are exact, in units of [`Points`].
    pub(crate) over: Option<i128>,
}

impl Terms {
    pub(crate) fn of(policy: &Compiled, members: &[Scored], when: When) -> Self {
        let others = i64::try_from(members.len()).unwrap_or(1).max(2) - 1;
        // A person's points are in scale 11.
        let over = match policy.roll_up {
            CompiledRollUp::Weighted => None,
            CompiledRollUp::Sum => Some(10_000_000),
            // Shares have 4 decimals; both terms over the number of the others.
            CompiledRollUp::ChampionMix { .. } => Some(i128::from(others) * 100_000_000_000),
            CompiledRollUp::Adobe => {
                let weights: i128 = members.iter().filter(|one| !one.roles.is_empty()).map(|one| i128::from(one.weight)).sum();
                Some(weights.max(1) * 10_000_000)
            }
        };
        let top = if matches!(policy.roll_up, CompiledRollUp::ChampionMix { .. }) { top(members, when) } else { 0 };
        Self { roll_up: policy.roll_up, when, top, others, over }
    }

    /// The term of a member. A person's points in scale 11 times a weight in percent are in scale 13, the scale of [`Points`].
    pub(crate) fn member(&self, at: usize, member: &Scored) -> i128 {
        // INVARIANT: shares are at most 10⁴, and there are fewer than 2³² members.
        let factor = match self.roll_up {
            CompiledRollUp::Sum => 1,
            CompiledRollUp::ChampionMix { max, .. } if at == self.top => max * self.others,
            CompiledRollUp::ChampionMix { mean, .. } => mean,
            CompiledRollUp::Adobe if member.roles.is_empty() => 0,
            CompiledRollUp::Weighted | CompiledRollUp::Adobe => member.weight,
        };
        member.term(self.when, factor)
    }

    /// What terms that come to so much are in points.
    fn points(&self, sum: i128) -> Points {
        self.over.map_or(Points(sum), |over| rounded(sum, over))
    }

    /// The term of the account's unnamed visitors: none but under the weighted roll-up, since the others are about members.
    pub(crate) fn anonymous(&self, policy: &Compiled, anonymous: &Score) -> i128 {
        let counted = matches!(self.roll_up, CompiledRollUp::Weighted);
        if counted { i128::from(anonymous.points(self.when)) * i128::from(policy.unknown_weight) } else { 0 }
    }
}

fn top(members: &[Scored], when: When) -> usize {
    (0..members.len()).max_by_key(|at| (members[*at].score.points(when), Reverse(*at))).unwrap_or(0)
}

/// The group's points from its members' and the unnamed visitors'.
pub(crate) fn roll_up(policy: &Compiled, members: &[Scored], anonymous: &Score, when: When) -> Points {
    roll_up_of(policy, members, 0..members.len(), anonymous, when)
}

/// The same, where only the members at these places have points: nobody adds anything without.
pub(crate) fn roll_up_of(
    policy: &Compiled,
    members: &[Scored],
    with_points: impl Iterator<Item = usize>,
    anonymous: &Score,
    when: When,
) -> Points {
    let terms = Terms::of(policy, members, when);
    let sum: i128 = with_points.map(|at| terms.member(at, &members[at])).sum();
    terms.points(sum + terms.anonymous(policy, anonymous))
}

/// `numerator / denominator`, which is in ten-thousandths of a point, rounded half to even to them.
const fn rounded(numerator: i128, denominator: i128) -> Points {
    Points(div_round_half_even(numerator, denominator) * Points::PER_TEN_THOUSANDTH)
}
