//! Momentum: how points have changed since a day before.
//!
//! The thresholds of the trend are the policy's (10 points and 10 % of the larger).

use crate::exact::Points;
use crate::policy::{Compiled, Trend};

/// How a group's points have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Momentum {
    /// Points now less points then; exact.
    pub change: Points,
    /// Whether that is a trend.
    pub trend: Trend,
}

pub(crate) fn momentum(policy: &Compiled, now: Points, then: Points) -> Momentum {
    let change = Points(now.0 - then.0);
    Momentum { change, trend: trend(policy, now, then) }
}

/// At least so many points, and at least such a share of the larger; compared exactly. Points that did not move are steady.
const fn trend(policy: &Compiled, now: Points, then: Points) -> Trend {
    let change = now.0 - then.0;
    let size = change.abs();
    let larger = if now.0 > then.0 { now.0 } else { then.0 };
    // 100 % are 10⁶ units of 10⁻⁴ percent.
    let moved = size > 0 && size >= policy.trend_points && size * 1_000_000 >= larger * policy.trend_percent;
    match moved {
        false => Trend::Steady,
        true if change > 0 => Trend::Rising,
        true => Trend::Falling,
    }
}
