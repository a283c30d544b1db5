//! The stages that no group can reach.
//!
//! In sales motion, won, lost and accepted by sales are up to the data under any policy. An account can always be excluded by its own mark, so
//! that a rule which is always true takes no later stage away.

use alloc::vec::Vec;

use super::Reach;
use super::answers::Answers;
use super::tree::{How, Tree};
use crate::exact::{Points, scaled};
use crate::policy::document::{FitSource, PolicyDocument};
use crate::policy::finding::{Finding, FindingKind, StageCause};
use crate::policy::{FitTier, Test};

/// The questions that a policy asks beside its rules.
#[derive(Debug)]
pub(super) struct Own {
    account_excluded: Test,
    hand_raise: Test,
    fit_floor: Test,
    /// Asked by no rule: it stands between others, since engaged seats and engaged people have it in common.
    somebody_engaged: Test,
}

impl Own {
    pub(super) fn of(document: &PolicyDocument) -> Self {
        let raise = &document.hand_raise;
        let fit_floor: FitTier = raise.fit_floor;
        Self {
            account_excluded: Test::AccountExcluded,
            hand_raise: Test::HandRaise { tier: raise.tier, within_days: raise.within_days.into(), from: None },
            fit_floor: Test::Fit { tier: fit_floor, where_configured: true },
            somebody_engaged: Test::EngagedPeople(1),
        }
    }
}

/// The parts that make a verdict qualified.
#[derive(Debug)]
pub(super) struct Qualified {
    /// The exclusion rule is true.
    excluded_by_rule: usize,
    /// The rule is true, or somebody raises a hand and fit is not known to be too low.
    route: usize,
    /// There is a route, and nothing excludes.
    verdict: usize,
}

/// Adds the verdict as one more rule over the two that were written; a rule that drops out asks for nothing and excludes nobody.
pub(super) fn qualified<'p>(
    tree: &mut Tree<'p>,
    own: &'p Own,
    (qualification, exclusion): (Option<usize>, Option<usize>),
    fit: FitSource,
) -> Qualified {
    tree.test(&own.somebody_engaged);
    let qualification = qualification.unwrap_or_else(|| tree.part("", How::AtLeast(0), &[]));
    let exclusion = exclusion.unwrap_or_else(|| tree.part("", How::AtLeast(1), &[]));
    let by_rule = tree.part("", How::Certainly, &[qualification]);
    let hand_raise = tree.ask(&own.hand_raise);
    let fits = if fit == FitSource::None { tree.part("", How::AtLeast(0), &[]) } else { may_fit(tree, own) };
    let by_hand_raise = tree.part("", How::AtLeast(2), &[hand_raise, fits]);
    let route = tree.part("", How::AtLeast(1), &[by_rule, by_hand_raise]);
    let excluded_by_rule = tree.part("", How::Certainly, &[exclusion]);
    let marked = tree.ask(&own.account_excluded);
    let excluded = tree.part("", How::AtLeast(1), &[excluded_by_rule, marked]);
    let stays_in = tree.part("", How::Not, &[excluded]);
    let verdict = tree.part("", How::AtLeast(2), &[route, stays_in]);
    Qualified { excluded_by_rule, route, verdict }
}

/// Fit is not known to be below the floor of a hand-raise.
fn may_fit<'p>(tree: &mut Tree<'p>, own: &'p Own) -> usize {
    let floor = tree.ask(&own.fit_floor);
    let below = tree.part("", How::Not, &[floor]);
    let known_below = tree.part("", How::Certainly, &[below]);
    tree.part("", How::Not, &[known_below])
}

/// The findings in the order of the stages.
pub(super) fn findings(reach: &Reach<'_>, qualified: &Qualified) -> Vec<Finding> {
    let rule = &reach.document.stages;
    let mut found = Vec::new();
    let mut note = |path: &str, stage: &'static str, why: StageCause| {
        found.push(Finding::new(path, FindingKind::UnreachableStage { stage, why }));
    };
    if let Some((path, why)) = never_qualified(reach, qualified) {
        note(path, "qualified", why);
    }
    let needed = rule.engaged_points;
    let out_of_reach = scaled(needed, Points::SCALE).ok().zip(reach.bounds.points_most).filter(|(needed, most)| most < needed);
    if let Some(most) = out_of_reach.and_then(|(_, most)| Points(most).to_decimal()) {
        note("stages.engaged_points", "engaged", StageCause::PointsOutOfReach { needed, most });
    }
    let always_engaged = needed.is_zero();
    for stage in ["recycled", "aware", "targeted", "identified"] {
        if always_engaged {
            note("stages.engaged_points", stage, StageCause::AlwaysEngaged);
        } else if stage == "aware" && reach.bounds.positive.is_none() {
            note("kinds", stage, StageCause::NoPositiveKind);
        } else if stage == "targeted" && reach.document.fit.source == FitSource::None {
            note("fit.source", stage, StageCause::FitNotConfigured);
        }
    }
    found
}

fn never_qualified(reach: &Reach<'_>, qualified: &Qualified) -> Option<(&'static str, StageCause)> {
    let possible = |part: usize| reach.possible[part];
    let reachable = possible(qualified.verdict).is_empty() || possible(qualified.verdict).meets(Answers::TRUE);
    (!reachable).then(|| {
        if !possible(qualified.route).meets(Answers::TRUE) {
            ("qualification", StageCause::NothingQualifies)
        } else if possible(qualified.excluded_by_rule) == Answers::TRUE {
            ("exclusion", StageCause::AlwaysExcluded)
        } else {
            ("qualification", StageCause::ExcludedWhenQualified)
        }
    })
}
