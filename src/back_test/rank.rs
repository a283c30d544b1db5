//! How well a ranking tells cases that were won from others.

use alloc::vec::Vec;

use super::look::Score;
use crate::exact::{Proportion, div_round_half_even};
use crate::funnel::{Interval, Rate};

/// Cases with one score: how many, and how many of them were won.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tied {
    pub(super) score: Score,
    pub(super) cases: u64,
    pub(super) won: u64,
}

/// The best first.
#[derive(Debug)]
pub(super) struct Ranking(Vec<Tied>);

/// How many were won of some cases: a fraction, since cases that tie for the last places share them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Share {
    /// Over `over`.
    pub(super) won: u128,
    pub(super) over: u128,
    pub(super) cases: u64,
}

impl Ranking {
    /// O(n log n).
    pub(super) fn of(scores: impl Iterator<Item = (Score, bool)>) -> Self {
        let mut scores: Vec<(Score, bool)> = scores.collect();
        scores.sort_unstable_by(|a, b| b.cmp(a));
        let tied = |run: &[(Score, bool)]| Tied {
            score: run[0].0,
            cases: run.len() as u64,
            won: run.iter().filter(|(_, won)| *won).count() as u64,
        };
        Self(scores.chunk_by(|a, b| a.0 == b.0).map(tied).collect())
    }

    fn cases(&self) -> u64 {
        self.0.iter().map(|tied| tied.cases).sum()
    }

    /// The chance that one that was won ranks before one that was not, ties counting half: over all such pairs, exactly, rounded once.
    pub(super) fn auc(&self) -> Option<Proportion> {
        let (mut better_won, mut twice, mut others) = (0_u128, 0_u128, 0_u128);
        for tied in &self.0 {
            let (won, rest) = (u128::from(tied.won), u128::from(tied.cases - tied.won));
            twice += rest * (2 * better_won + won);
            better_won += won;
            others += rest;
        }
        proportion(twice, 2 * better_won * others)
    }

    /// How many were won of the best so many.
    pub(super) fn best(&self, count: u64) -> Share {
        share(self.0.iter(), count)
    }

    /// The same of the last so many.
    pub(super) fn last(&self, count: u64) -> Share {
        share(self.0.iter().rev(), count)
    }

    /// The scores at every so manyth part of the cases, the best first, each once.
    pub(super) fn steps(&self, parts: u64) -> Vec<Score> {
        let all = self.cases();
        let (mut steps, mut seen, mut part) = (Vec::new(), 0, 1);
        for tied in &self.0 {
            seen += tied.cases;
            if part <= parts && seen >= (all * part).div_ceil(parts) {
                steps.push(tied.score);
                part = seen * parts / all + 1;
            }
        }
        steps
    }
}

fn share<'t>(ranked: impl Iterator<Item = &'t Tied>, count: u64) -> Share {
    let (mut left, mut won) = (count, 0_u128);
    for tied in ranked {
        if tied.cases > left {
            let (over, cut) = (u128::from(tied.cases), u128::from(tied.won) * u128::from(left));
            return Share { won: won * over + cut, over: if left == 0 { 1 } else { over }, cases: count }.unless_whole(left, won);
        }
        left -= tied.cases;
        won += u128::from(tied.won);
    }
    Share { won, over: 1, cases: count - left }
}

impl Share {
    /// A cut before the first of a tie cuts none.
    const fn unless_whole(self, left: u64, won: u128) -> Self {
        if left == 0 { Self { won, over: 1, cases: self.cases } } else { self }
    }

    /// The proportion that was won; `None` of none.
    pub(super) fn precision(self) -> Option<Proportion> {
        proportion(self.won, self.over * u128::from(self.cases))
    }

    /// The interval, where a whole number was won whatever the order of a tie.
    pub(super) fn interval(self) -> Option<Interval> {
        let won = u64::try_from(self.won).ok().filter(|_| self.over == 1)?;
        Rate::new(won, self.cases)?.interval()
    }

    /// Whether it is won at least so many times as often as another, and at all.
    pub(super) fn is_at_least(self, times: u128, other: Self) -> bool {
        let (own, theirs) = (self.won * other.over * u128::from(other.cases), other.won * self.over * u128::from(self.cases));
        self.won > 0 && own >= times * theirs
    }
}

/// Rounded half to even once; `None` of none. Counts are far below 2⁴⁰, so that products of three fit.
fn proportion(part: u128, whole: u128) -> Option<Proportion> {
    let (part, whole) = (i128::try_from(part).ok()?, i128::try_from(whole).ok()?);
    (whole > 0).then(|| Proportion(div_round_half_even(part * 1_000_000, whole)))
}
