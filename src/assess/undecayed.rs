//! Lines before they decay: for who keeps them from day to day, on which only their age is another.

use super::heard::{Heard, Seen};
use super::read::undecayed;
use super::score::{Score, Scratch};
use super::tallied::TalliedKind;
use crate::day::Day;
use crate::policy::{Compiled, Fading, FadingTable};

/// What a line is worth before it decays, and where: `min(count, daily cap) × points`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Undecayed {
    /// In hundredths of a point; at most 10⁹, since a thousand signals of 10,000 points come to that.
    cents: i64,
    day: Day,
    /// The policy's number of the kind.
    kind: u16,
    fading: FadingTable,
    lane: u8,
}

impl Undecayed {
    /// The signals of one kind, by its number in the policy, and day.
    pub(crate) fn of(policy: &Compiled, number: u16, day: Day, count: u64) -> Self {
        let kind = &policy.kinds[usize::from(number)];
        Self { cents: undecayed(kind.cents, count.min(kind.daily_cap.into())), day, kind: number, fading: kind.fading, lane: kind.lane }
    }

    /// The first day on which it is out of its window; `None`: beyond the last day that there is.
    pub(crate) fn ends(&self, policy: &Compiled) -> Option<Day> {
        Day::from_days_since_epoch(self.day.days_since_epoch() + policy.kinds[usize::from(self.kind)].window_days).ok()
    }

    /// `min(count, daily cap) × points × decay` on a day on which it is within its window: exact, and at most 10¹⁸ line units.
    fn on(&self, policy: &Compiled, day: Day) -> i64 {
        // INVARIANT: 0 <= age < window_days, and the table is at least as long as the window.
        let age = usize::try_from(day.days_since(self.day)).unwrap_or(0);
        self.cents * policy.fading.factor(self.fading, age)
    }
}

/// The points of a person whose lines are these, all of them within their windows on the day. O(lines).
pub(crate) fn points_on(policy: &Compiled, day: Day, lines: &[Undecayed], scratch: &mut Scratch) -> i64 {
    let sums = &mut scratch.sums;
    sums.clear(policy);
    for (number, part) in lines.chunks(policy.lines_in_a_word).enumerate() {
        if number > 0 {
            sums.carry();
        }
        for line in part {
            sums.add(line.lane, [line.on(policy, day), 0]);
        }
    }
    sums.within_caps(policy).0[0]
}

/// What is still said of a person of whom only these lines are left within their windows; `before` is what was said when there were more.
pub(crate) fn outlived(policy: &Compiled, day: Day, lines: &[Undecayed], before: &Score, scratch: &mut Scratch) -> Score {
    let mut heard = Heard::NOTHING;
    for line in lines {
        let kind = TalliedKind::of(policy, Some(line.kind));
        heard.note(&kind.landing(Fading::INSIDE).heard, kind.channel_bit, Seen::on(line.day.number()));
    }
    let heard = heard.with_newest_of(&before.heard);
    Score { points: points_on(policy, day, lines, scratch), heard, ..Score::NOTHING }
}
