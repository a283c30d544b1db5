//! Paths, bridges and managers in English.

use core::fmt;

use super::{Wording, people, person, role};
use crate::network::{CommonManager, Hop, HopKind, Missed, WarmPath};

/// Says whom to ask, and how that leads to who is to be reached.
pub(super) fn warm_path<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, path: &WarmPath) -> fmt::Result {
    let mut ids = path.people();
    let Some(first) = ids.next() else { return Ok(()) };
    write!(f, "ask {}", person(w, first))?;
    for (hop, next) in path.hops.iter().zip(ids) {
        write!(f, ", who {}", line(*hop))?;
        write!(f, "{}{} ({})", if matches!(hop.kind, HopKind::WorksWith) { " with " } else { " " }, person(w, next), hop.strength)?;
    }
    Ok(())
}

const fn line(hop: Hop) -> &'static str {
    match hop.kind {
        HopKind::ReportsTo => "reports to",
        HopKind::Manages => "manages",
        HopKind::WorksWith => "works",
        HopKind::Knows => "knows",
        HopKind::Influences => "influences",
    }
}

/// Says who would be missed.
pub(super) fn missed<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, missed: &Missed) -> fmt::Result {
    write!(f, "without {} no engaged member has a way to {}", person(w, missed.contact()), people(w, &missed.cuts))
}

/// Says who may decide.
pub(super) fn common_manager<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, found: &CommonManager) -> fmt::Result {
    let verb = if found.of.len() == 1 { "manages" } else { "is the nearest manager of" };
    write!(f, "{} {verb} {} and may be the missing ", person(w, found.contact()), people(w, &found.of))?;
    for (place, one) in found.roles.iter().enumerate() {
        write!(f, "{}{}", if place == 0 { "" } else { " or " }, role(w, one.as_str()))?;
    }
    f.write_str(if found.opponent { ", but is against us" } else { "" })
}
