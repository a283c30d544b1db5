//! What a policy can never do, in English.

use core::fmt;

use super::{Part, Wording};
use crate::policy::{Finding, FindingCause, FindingKind, Predicate, StageCause};
use rust_decimal::Decimal;

/// Says what was found.
pub(super) fn finding<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, finding: &Finding) -> fmt::Result {
    match &finding.kind {
        FindingKind::NeverTrue(cause) => never_true(w, f, cause),
        FindingKind::AlwaysTrue(cause) => always_true(w, f, cause),
        FindingKind::NeverKnown(cause) => never_known(w, f, cause),
        FindingKind::UnreachableStage { stage, why } => {
            write!(f, "no group can reach the stage {stage}: ")?;
            unreachable_stage(f, why)
        }
    }
}

fn never_true<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, cause: &FindingCause) -> fmt::Result {
    match cause {
        FindingCause::Question { asked, most: Some(most) } => {
            write!(f, "never true: {}, and this policy allows at most {most}", question(w, asked))
        }
        FindingCause::Question { asked, most: None } => {
            write!(f, "never true: {}, and nothing in this policy can bring that", question(w, asked))
        }
        FindingCause::EmptyList => f.write_str("never true: one of an empty list"),
        FindingCause::Together => f.write_str("never true: its parts contradict one another"),
        FindingCause::Parts => f.write_str("never true, because of a part of it"),
        FindingCause::DropsOut => f.write_str("never true: it asks about fit alone, and the policy does not say how fit is measured"),
    }
}

fn always_true<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, cause: &FindingCause) -> fmt::Result {
    f.write_str("always true: ")?;
    match cause {
        FindingCause::Question { asked, .. } => write!(f, "{}", question(w, asked)),
        FindingCause::EmptyList => f.write_str("all of an empty list"),
        FindingCause::Together => f.write_str("its parts leave no case out"),
        FindingCause::Parts => f.write_str("parts of it are always the same"),
        FindingCause::DropsOut => f.write_str("it is about fit alone, and the policy does not say how fit is measured"),
    }
}

fn never_known<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, cause: &FindingCause) -> fmt::Result {
    f.write_str("never answered, neither yes nor no: ")?;
    match cause {
        FindingCause::Question { asked, .. } => write!(f, "{}, and the policy does not say how fit is measured", question(w, asked)),
        FindingCause::EmptyList | FindingCause::Together | FindingCause::Parts | FindingCause::DropsOut => {
            f.write_str("parts of it never are")
        }
    }
}

/// What a question asks.
fn question<'q, W: Wording + ?Sized>(w: &'q W, predicate: &'q Predicate) -> impl fmt::Display + 'q {
    Part(move |f: &mut fmt::Formatter<'_>| w.asked(f, predicate))
}

fn unreachable_stage(f: &mut fmt::Formatter<'_>, why: &StageCause) -> fmt::Result {
    match why {
        StageCause::NothingQualifies => f.write_str("neither the rule nor a signal that asks to talk can qualify one"),
        StageCause::AlwaysExcluded => f.write_str("the exclusion rule is always true"),
        StageCause::ExcludedWhenQualified => f.write_str("whatever would qualify a group also excludes it"),
        StageCause::PointsOutOfReach { needed, most } => out_of_reach(f, *needed, *most),
        StageCause::AlwaysEngaged => {
            f.write_str("the stage engaged comes before it and asks for no points, so every group has reached that")
        }
        StageCause::NoPositiveKind => f.write_str("no kind of signal has points above 0"),
        StageCause::FitNotConfigured => f.write_str("the policy does not say how fit is measured"),
    }
}

fn out_of_reach(f: &mut fmt::Formatter<'_>, needed: Decimal, most: Decimal) -> fmt::Result {
    write!(f, "it takes {needed} points, and this policy allows at most {most}")
}
