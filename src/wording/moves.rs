//! Moves of a group over time, and their reasons, in English.

use core::fmt;

use super::{Part, Wording};
use crate::assess::Route;
use crate::standing::{Move, MoveReason, RuleEnd};

/// Says what happened, when and why.
pub(super) fn moved<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, moved: &Move) -> fmt::Result {
    let verb = match (moved.from.route(), moved.to.route()) {
        (None, _) => "entered on",
        (Some(_), None) => "left on",
        (Some(_), Some(Route::Rule)) => "stays in by the rule from",
        (Some(_), Some(Route::HandRaise)) => "stays in by request from",
    };
    write!(f, "{verb} {}: ", moved.day)?;
    w.move_reason(f, &moved.reason)
}

/// Says why.
pub(super) fn reason<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, reason: &MoveReason) -> fmt::Result {
    match reason {
        MoveReason::RuleTrue => f.write_str("the rule is true"),
        MoveReason::HandRaise { day } => write!(f, "somebody asked to talk on {day}"),
        MoveReason::RuleTookOver => f.write_str("the rule has become true"),
        MoveReason::HandRaiseHolds { day, ended } => write!(f, "{}, but somebody asked to talk on {day}", why(ended)),
        MoveReason::Excluded { reasons } => {
            for (i, reason) in reasons.iter().enumerate() {
                f.write_str(if i > 0 { "; " } else { "" })?;
                w.reason(f, reason)?;
            }
            Ok(())
        }
        MoveReason::HandRaiseOver { newest, fit_too_low } => {
            match newest {
                Some((day, _)) if *fit_too_low => write!(f, "somebody asked to talk on {day}, but fit is known to be too low")?,
                Some((day, days)) => write!(f, "nobody has asked to talk since {day} ({})", count(*days))?,
                None => f.write_str("nobody who counts has asked to talk")?,
            }
            f.write_str(", and the rule is not true")
        }
        MoveReason::RuleOver(ended) => write!(f, "{}", why(ended)),
    }
}

fn why(ended: &RuleEnd) -> impl fmt::Display {
    let ended = *ended;
    Part(move |f: &mut fmt::Formatter<'_>| match ended {
        RuleEnd::PointsLow { below, since, days } => write!(f, "under {below} points since {since} ({})", count(days)),
        RuleEnd::Silent { since, days } => write!(f, "no interest shown since {since} ({})", count(days)),
    })
}

fn count(days: u32) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| write!(f, "{days} {}", if days == 1 { "day" } else { "days" }))
}
