//! Rules as trees, and whom to reach next, in English.

use core::fmt;

use super::{Wording, person, role};
use crate::assess::{GapCode, Truth};
use crate::explain::{NextPerson, RuleKind, RuleNode};

/// Says what a part of a rule asks and what it found, without the parts below it.
pub(super) fn rule_node<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, node: &RuleNode) -> fmt::Result {
    if let Some(asked) = node.question() {
        return w.clause(f, &asked.clause);
    }
    write!(f, "{}: ", mark(node.answer))?;
    match &node.kind {
        RuleKind::All if node.children.is_empty() => f.write_str("nothing is asked"),
        RuleKind::Any if node.children.is_empty() => f.write_str("never"),
        RuleKind::All => f.write_str("all of these"),
        RuleKind::Any => f.write_str("one of these"),
        RuleKind::AtLeast(n) => write!(f, "at least {n} of these"),
        RuleKind::Not | RuleKind::Question(_) => f.write_str("not this"),
    }
}

pub(super) const fn mark(answer: Option<Truth>) -> &'static str {
    match answer {
        Some(Truth::True) => "yes",
        Some(Truth::False) => "no",
        Some(Truth::Unknown) => "unknown",
        None => "not asked",
    }
}

/// Says whom to reach, and why.
pub(super) fn next_person<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, next: &NextPerson) -> fmt::Result {
    let role = role(w, next.role.as_str());
    let Some(contact) = next.contact() else {
        return match next.to_find {
            1 => write!(f, "find somebody for the role {role}"),
            n => write!(f, "find {n} people for the role {role}"),
        };
    };
    let person = person(w, contact);
    match next.gap {
        GapCode::RolePossiblyFilled => write!(f, "ask {person} about their role: they may hold the role {role}, which is open"),
        GapCode::RoleGoneQuiet => write!(f, "talk to {person} ({role}) again: not heard from of late"),
        _ => write!(f, "reach {person} ({role}): little or no interest shown so far"),
    }
}
