//! Reasons, clauses, gaps and warnings in English.

use core::fmt;

use super::explain::mark;
use super::{Part, Wording, fact, percent, person, points, role, term};
use crate::assess::{Clause, ContactIds, Gap, GapCode, Reason, UnknownFact, Value, Warning};
use crate::exact::Percent;
use crate::policy::{AttributeTest, Criterion, Measure, Predicate, Range, Scope, Tier, ValueTest};

/// Says why.
pub(super) fn reason<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, reason: &Reason) -> fmt::Result {
    match reason {
        Reason::AccountExcluded { reason } => write!(f, "the account is excluded: {reason}"),
        Reason::Disqualified { by } => disqualified(w, f, by),
        Reason::ExclusionRule => f.write_str("the policy's exclusion rule applies"),
        Reason::HandRaise { day } => write!(f, "somebody asked to talk on {day}"),
        Reason::HandRaiseBelowFit { day } => write!(f, "somebody asked to talk on {day}, but fit is known to be too low"),
        Reason::NoMembers => f.write_str("nobody is known in the group"),
        Reason::FactNeeded { fact: needed } => write!(f, "still to be found out: {}", fact(w, needed)),
        Reason::Clause(clause) => w.clause(f, clause),
    }
}

/// Says what is not known, and what it could do to fit.
pub(super) fn unknown_fact<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, unknown: &UnknownFact) -> fmt::Result {
    write!(f, "not known: {}", fact(w, &unknown.fact))?;
    match (unknown.moves > Percent::ZERO, unknown.disqualifies) {
        (true, true) => write!(f, " (could move fit by {} of 100, or rule the account out)", percent(w, unknown.moves)),
        (true, false) => write!(f, " (could move fit by {} of 100)", percent(w, unknown.moves)),
        (false, true) => f.write_str(" (could rule the account out)"),
        (false, false) => Ok(()),
    }
}

/// Says what had no effect.
pub(super) fn warning<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, warning: &Warning) -> fmt::Result {
    match warning {
        Warning::ListedButNoMember { contact, member: None } => {
            write!(f, "`{}` is listed but has left or is excluded, and is no member", person(w, contact.as_str()))
        }
        Warning::ListedButNoMember { contact, member: Some(member) } => {
            let (listed, member) = (person(w, contact.as_str()), person(w, member.as_str()));
            write!(f, "`{listed}` is listed but has left or is excluded; the row stands for `{member}`, who is the same person")
        }
        Warning::RoleNotInPolicy { contact, role: named } => {
            let (role, person) = (role(w, named.as_str()), person(w, contact.as_str()));
            write!(f, "role `{role}` of `{person}` is none of the policy's and counts as none")
        }
        Warning::TemplateNotInPolicy => f.write_str("the group's template is none of the policy's; the default template stands in"),
    }
}

/// Says what a clause asks and what it found.
pub(super) fn clause<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, clause: &Clause) -> fmt::Result {
    write!(f, "{}: ", mark(clause.answer()))?;
    w.question(f, clause)
}

/// The same without the answer.
pub(super) fn question<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, clause: &Clause) -> fmt::Result {
    w.asked(f, clause.asked())?;
    found(w, f, clause.value())
}

pub(super) fn asked<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, asked: &Predicate) -> fmt::Result {
    match asked {
        Predicate::Points { at_least } => write!(f, "at least {at_least} points"),
        Predicate::Readiness { at_least } => write!(f, "readiness of at least {at_least} %"),
        Predicate::Coverage { of: Scope::Group, measure, at_least } => {
            write!(f, "at least {at_least} % of the roles needed are {}", taken(*measure))
        }
        Predicate::Coverage { of, measure, at_least } => {
            write!(f, "at least {at_least} % of the people needed {} are {}", scope(w, of), self::measure(*measure))
        }
        Predicate::Holders { of, measure, at_least } => {
            let people = if *at_least == 1 { "person" } else { "people" };
            write!(f, "at least {at_least} {people} {} {}", scope(w, of), self::measure(*measure))
        }
        Predicate::EngagedPeople { at_least } => {
            write!(f, "at least {at_least} engaged {}", if *at_least == 1 { "person" } else { "people" })
        }
        Predicate::Fit { tier, .. } => write!(f, "fit of tier {tier} or better"),
        Predicate::HandRaise { tier, within_days, role: from } => {
            write!(f, "{tier} activity within {within_days} days")?;
            from.as_ref().map_or(Ok(()), |from| write!(f, " by somebody in the role {}", role(w, from.as_str())))
        }
        Predicate::Channels { tier, at_least } => {
            let stronger = if *tier == Tier::Decisive { "" } else { " or stronger" };
            write!(f, "{tier}{stronger} activity in at least {at_least} {}", if *at_least == 1 { "channel" } else { "channels" })
        }
        Predicate::Momentum { at_least } => write!(f, "a change of at least {at_least} points"),
        Predicate::Trend(trend) => write!(f, "a {trend} trend"),
        Predicate::Opponents { at_least } => {
            write!(f, "at least {at_least} {} against it", if *at_least == 1 { "person" } else { "people" })
        }
        Predicate::AccountExcluded => f.write_str("the account is excluded"),
        Predicate::Attribute(test) => attribute(f, test),
    }
}

fn disqualified<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, by: &[Criterion]) -> fmt::Result {
    for (i, one) in by.iter().enumerate() {
        f.write_str(if i > 0 { ", and " } else { "" })?;
        criterion(w, f, one)?;
    }
    f.write_str(", which disqualifies")
}

fn criterion<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, criterion: &Criterion) -> fmt::Result {
    match criterion {
        Criterion::Industry(any_of) => write!(f, "the account's industry is {}", any_of.join(" or ")),
        Criterion::Country(any_of) => write!(f, "the account's country is {}", any_of.join(" or ")),
        Criterion::Employees(range) => f.write_str("how many people work there ").and_then(|()| within(f, range)),
        Criterion::Revenue(range) => f.write_str("the account's revenue ").and_then(|()| within(f, range)),
        Criterion::TechnologiesAll(all_of) => write!(f, "{} are in use", all_of.join(" and ")),
        Criterion::TechnologiesAny(any_of) => write!(f, "{} are in use", any_of.join(" or ")),
        Criterion::Attribute(test) => attribute(f, test),
        Criterion::Intent { kind, within_days } => {
            write!(f, "there was a signal {} within {within_days} days", term(w, kind.as_str()))
        }
    }
}

fn attribute(f: &mut fmt::Formatter<'_>, asked: &AttributeTest) -> fmt::Result {
    write!(f, "the account's {} ", asked.name)?;
    match &asked.test {
        ValueTest::AnyOf(any_of) => write!(f, "is {}", any_of.join(" or ")),
        ValueTest::Within(range) => within(f, range),
    }
}

fn within(f: &mut fmt::Formatter<'_>, range: &Range) -> fmt::Result {
    match (range.at_least, range.at_most) {
        (Some(least), Some(most)) => write!(f, "is between {least} and {most}"),
        (Some(least), None) => write!(f, "is at least {least}"),
        (None, Some(most)) => write!(f, "is at most {most}"),
        (None, None) => f.write_str("is a number"),
    }
}

fn found<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, value: &Value) -> fmt::Result {
    match value {
        Value::Points(now) => write!(f, " (now {})", points(w, *now)),
        Value::Percent(now) => write!(f, " (now {} %)", percent(w, *now)),
        Value::Count(count) => write!(f, " (now {count})"),
        Value::Bounds(None) => f.write_str(" (fit is not configured)"),
        Value::Bounds(Some((definite, possible))) if definite == possible => write!(f, " (now {})", percent(w, *definite)),
        Value::Bounds(Some((definite, possible))) => {
            write!(f, " (now between {} and {})", percent(w, *definite), percent(w, *possible))
        }
        Value::Day(Some(day)) => write!(f, " (newest {day})"),
        Value::Day(None) => f.write_str(" (never)"),
        Value::Trend(trend) => write!(f, " (now {trend})"),
        Value::Text(Some(text)) => write!(f, " (it is {text})"),
        Value::Text(None) => f.write_str(" (nothing is known)"),
    }
}

fn scope<W: Wording + ?Sized>(w: &W, of: &Scope) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| match of {
        Scope::Group => f.write_str("in the group"),
        Scope::Deciding => f.write_str("in a deciding role"),
        Scope::Role(one) => write!(f, "in the role {}", role(w, one.as_str())),
    })
}

const fn taken(measure: Measure) -> &'static str {
    match measure {
        Measure::Filled => "filled",
        Measure::Engaged => "filled by engaged people",
        Measure::Current => "filled by people heard of lately",
        Measure::Possible => "filled or may be, by people whose role is not known",
    }
}

const fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Filled => "known, and not against it",
        Measure::Engaged => "engaged",
        Measure::Current => "heard of lately",
        Measure::Possible => "known, or may be among those whose role is not known",
    }
}

/// Says what is missing.
pub(super) fn gap<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, gap: &Gap) -> fmt::Result {
    let role = role(w, gap.role.as_ref().map_or("", |role| role.as_str()));
    let (have, need) = gap.seats.unwrap_or_default();
    match gap.code {
        GapCode::RoleMissing if have == 0 => write!(f, "nobody holds the role {role}"),
        GapCode::RoleMissing => write!(f, "{have} of {need} people needed hold the role {role}"),
        GapCode::RolePossiblyFilled => {
            write!(f, "the role {role} is open; one of these may hold it: ").and_then(|()| list(w, f, &gap.contacts))
        }
        GapCode::RoleSilent => write!(f, "the role {role} is silent: ").and_then(|()| list(w, f, &gap.contacts)),
        GapCode::RoleGoneQuiet => write!(f, "the role {role} has gone quiet: ").and_then(|()| list(w, f, &gap.contacts)),
        GapCode::SingleThreaded => f.write_str("only one person is engaged: ").and_then(|()| list(w, f, &gap.contacts)),
        GapCode::Thin => f.write_str("few people are engaged: ").and_then(|()| list(w, f, &gap.contacts)),
        GapCode::Concentrated => f.write_str("most of the points are one person's: ").and_then(|()| list(w, f, &gap.contacts)),
        GapCode::OpponentInRole => f.write_str("opponents hold roles: ").and_then(|()| list(w, f, &gap.contacts)),
        GapCode::DecisionMakerUnreachable => f
            .write_str("not engaged, and neither an engaged member nor our own people lead there: ")
            .and_then(|()| list(w, f, &gap.contacts)),
        GapCode::SoleBridge if gap.contacts.len() == 1 => {
            f.write_str("the only line from engaged members to somebody who decides goes through ").and_then(|()| list(w, f, &gap.contacts))
        }
        GapCode::SoleBridge => {
            f.write_str("lines from engaged members to people who decide hang on each of ").and_then(|()| list(w, f, &gap.contacts))
        }
        GapCode::UnassignedEngaged => f.write_str("engaged, but without a role: ").and_then(|()| list(w, f, &gap.contacts)),
    }
}

/// Contacts that a sentence names before it counts the rest.
const NAMED: usize = 5;

pub(super) fn list<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, contacts: &ContactIds) -> fmt::Result {
    for (i, id) in contacts.iter().take(NAMED).enumerate() {
        write!(f, "{}{}", if i > 0 { ", " } else { "" }, person(w, id))?;
    }
    match contacts.len().saturating_sub(NAMED) {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}
