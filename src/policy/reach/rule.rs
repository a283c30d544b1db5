//! The parts of a rule that are never or always true, each at the smallest part that is the cause.

use alloc::vec::Vec;

use super::Reach;
use super::answers::Answers;
use super::tree::How;
use crate::policy::finding::{Finding, FindingCause, FindingKind};

/// The findings in the qualification rule; without a root everything in it drops out.
pub(super) fn qualification(reach: &Reach<'_>, root: Option<usize>) -> Vec<Finding> {
    let dropped = || Vec::from([Finding::new("qualification", FindingKind::AlwaysTrue(FindingCause::DropsOut))]);
    root.map_or_else(dropped, |root| findings(reach, root))
}

/// The findings in the exclusion rule. One that is written empty, or drops out, is how a policy says "nobody", and is meant.
pub(super) fn exclusion(reach: &Reach<'_>, root: Option<usize>) -> Vec<Finding> {
    let Some(root) = root else { return Vec::new() };
    let says_nobody = reach.tree.parts[root].of.is_empty() && reach.possible[root] == Answers::FALSE && is_list(reach, root);
    if says_nobody { Vec::new() } else { findings(reach, root) }
}

fn is_list(reach: &Reach<'_>, part: usize) -> bool {
    matches!(reach.tree.parts[part].how, How::AtLeast(_))
}

/// The causes within a rule, and the rule itself when it is constant; a part before the parts within it.
fn findings(reach: &Reach<'_>, root: usize) -> Vec<Finding> {
    let first = reach.tree.parts[root].first;
    let mut found: Vec<usize> = (first..=root).filter(|part| is_cause(reach, *part)).collect();
    if reach.possible[root].is_constant() && found.last() != Some(&root) {
        found.push(root);
    }
    found.sort_by_key(|part| (reach.tree.parts[*part].first, core::cmp::Reverse(*part)));
    found.into_iter().map(|part| Finding::new(&reach.tree.parts[part].path, kind(reach, part))).collect()
}

/// Whether a part always has the same answer, and not merely because parts within it have.
fn is_cause(reach: &Reach<'_>, part: usize) -> bool {
    reach.possible[part].is_constant() && !is_explained(reach, part)
}

/// Whether a part has the same answer whatever those of its parts are that can change.
fn is_explained(reach: &Reach<'_>, part: usize) -> bool {
    let of_part = |of: usize| if reach.possible[of].is_constant() { reach.possible[of] } else { Answers::ANY };
    if reach.tree.parts[part].of.is_empty() {
        return false;
    }
    let alone = reach.tree.combine(part, of_part, &[]);
    alone.is_constant() && (alone == Answers::TRUE) == (reach.possible[part] == Answers::TRUE)
}

fn kind(reach: &Reach<'_>, part: usize) -> FindingKind {
    match reach.possible[part] {
        Answers::TRUE => FindingKind::AlwaysTrue(cause(reach, part, false)),
        Answers::UNKNOWN => FindingKind::NeverKnown(cause(reach, part, false)),
        _ => FindingKind::NeverTrue(cause(reach, part, true)),
    }
}

fn cause(reach: &Reach<'_>, part: usize, with_most: bool) -> FindingCause {
    let written = &reach.tree.parts[part];
    match written.question {
        Some(question) => {
            let most = if with_most { reach.bounds.most(&question.test) } else { None };
            FindingCause::Question { asked: question.asked.clone(), most }
        }
        None if written.of.is_empty() => FindingCause::EmptyList,
        None if is_explained(reach, part) => FindingCause::Parts,
        None => FindingCause::Together,
    }
}
