//! The time at which a group came in. Assessments are of days; promises count from times.

use alloc::vec::Vec;

use super::heard::{Heard, on};
use crate::assess::{Assessor, Bench, MemberRow, Scratch, judge_group};
use crate::day::{Day, Instant};
use crate::policy::Policy;
use crate::signal::Signal;
use crate::standing::{Knock, comes_in};
use crate::tally::SignalTally;

/// A place in the order of what happens: by time, and at one time what buyers do before what we do, so that an act of ours dated like its cause answers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    pub(super) at: Instant,
    pub(super) act: bool,
}

impl Moment {
    /// Before anything on that day.
    pub(super) fn start_of(day: Day) -> Self {
        Self { at: day.into(), act: false }
    }

    pub(super) fn of(signal: &Signal, policy: &Policy) -> Self {
        Self { at: signal.at, act: is_act(policy, signal.kind.as_str()) }
    }
}

/// Whether signals of a kind are acts of ours.
pub(super) fn is_act(policy: &Policy, kind: &str) -> bool {
    let number = policy.compiled().kind_number(kind);
    number.is_some_and(|number| policy.document().kinds[usize::from(number)].sales_action)
}

/// The first moment of the bench's day with which the group is in, having left on an earlier day or never been in; the start of the day if it needs
/// nothing of that day. Where it was in, out and in again within the day, because of signals with negative points, one of these moments.
///
/// O((signals of its people up to the day + an assessment) × log(those of the day)).
pub(super) fn came_in(bench: &Bench<'_>, heard: &Heard<'_>, left: Option<Day>) -> Moment {
    let day = bench.day;
    let start = Moment::start_of(day);
    let lists = lists(bench, heard);
    let policy = bench.bound.policy;
    let moment = |signal: &&Signal| Moment::of(signal, policy);
    let mut today: Vec<&Signal> = lists.iter().flat_map(|list| on(list, day)).copied().collect();
    today.sort_by_key(moment);
    let before = lists.iter().flat_map(|list| &list[..list.partition_point(|signal| signal.at.day() < day)]).copied();
    // Limits were kept when all of them were counted.
    let Ok(before) = SignalTally::from_signals(before) else { return start };
    let mut moments: Vec<Moment> = today.iter().map(moment).collect();
    moments.dedup();
    let is_in = |known: &[&Signal]| {
        let mut tally = before.clone();
        tally.extend(known.iter().copied()).is_ok() && lets_in(bench, &tally, left)
    };
    if is_in(&[]) {
        return start;
    }
    // Out with the first `out` moments; with all of them it is in, or the signals are not those of the history.
    let (mut out, mut within) = (0, moments.len());
    while within > out + 1 {
        let middle = out.midpoint(within);
        let known = today.partition_point(|signal| moment(signal) <= moments[middle - 1]);
        if is_in(&today[..known]) { within = middle } else { out = middle }
    }
    within.checked_sub(1).map_or(start, |last| moments[last])
}

/// The signals of everybody whom an assessment of the day looks at: the members of that day, and of the day that momentum compares with.
fn lists<'h, 's>(bench: &Bench<'_>, heard: &'h Heard<'s>) -> Vec<&'h [&'s Signal]> {
    let roll = bench.roll(bench.day, true);
    let mut contacts: Vec<u32> = roll.members.iter().flat_map(MemberRow::contacts).collect();
    let earlier = bench.day.checked_minus_days(bench.policy().momentum_days).filter(|_| !roll.timeless);
    if let Some(earlier) = earlier {
        contacts.extend(bench.roll(earlier, true).members.iter().flat_map(MemberRow::contacts));
    }
    contacts.sort_unstable();
    contacts.dedup();
    let people = contacts.into_iter().map(|contact| heard.of_contact(contact));
    people.chain([heard.of_account(bench.group.account)]).collect()
}

fn lets_in(bench: &Bench<'_>, tally: &SignalTally, left: Option<Day>) -> bool {
    let (group, policy) = (bench.group, bench.bound.policy);
    let assessor = Assessor::on_demand(bench.graph, tally, policy);
    let judged = assessor.bench_at(group.account, group.group, bench.day).map(|bench| judge_group(&bench, &mut Scratch::default()));
    let knock = judged.map(|judged| Knock {
        day: bench.day,
        route: judged.route,
        raised: judged.hand_raise.filter(|_| judged.hand_raise_holds()),
        cool_down_days: bench.policy().exit.cool_down_days,
    });
    knock.is_some_and(|knock| comes_in(left, knock).is_some())
}
