//! A group looked at on a day: its figures, seats, readiness, momentum and fit, all that a verdict is judged from.
//!
//! Figures and fit are arguments, so that the same look can be taken at figures as they are and as they would be.

use super::coverage::{Readiness, Seats, readiness, seats};
use super::figures::Figures;
use super::fit::FitFigures;
use super::momentum::{Momentum, momentum};
use super::people::Crowd;
use super::profile::Profile;
use super::rule::Facts;
use crate::day::Day;
use crate::exact::Points;
use crate::policy::{Compiled, CompiledTemplate};

/// See the [module](self).
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) figures: Figures,
    pub(crate) crowd: Crowd,
    /// Opponents left out.
    pub(crate) seats: Seats,
    pub(crate) readiness: Readiness,
    pub(crate) momentum: Momentum,
    pub(crate) fit: FitFigures,
}

impl View {
    /// `before` are the group's points on the day that momentum compares with. O(members × seats).
    pub(crate) fn of(policy: &Compiled, template: &CompiledTemplate, figures: Figures, before: Points, fit: FitFigures) -> Self {
        Self {
            seats: seats(template, &figures, false),
            readiness: readiness(policy, template, &figures),
            momentum: momentum(policy, figures.points, before),
            fit,
            crowd: Crowd::of(&figures),
            figures,
        }
    }

    /// What rules may ask about.
    pub(crate) fn facts<'v>(&'v self, policy: &'v Compiled, day: Day, account: &'v Profile<'v>) -> Facts<'v> {
        Facts {
            policy,
            day,
            account,
            figures: &self.figures,
            crowd: &self.crowd,
            seats: &self.seats,
            readiness: self.readiness.value,
            momentum: &self.momentum,
            fit: &self.fit,
            supposed: &[],
        }
    }
}
