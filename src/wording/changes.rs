//! What it would take and what holds a verdict, in English.

use core::fmt;

use super::{Part, Wording, fact as said, people, person, points_needed, role, term};
use crate::assess::{ContactIds, Fact};
use crate::exact::Points;
use crate::explain::{Change, ChangeSet, FactValue, Loss, SignalExample, Who};
use crate::id::{ChannelName, KindName, RoleName};

/// Says what is to be changed.
pub(super) fn change<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, change: &Change) -> fmt::Result {
    match change {
        Change::LiftExclusion { reason } => write!(f, "lift the account's exclusion ({reason})"),
        Change::Reconcile { opponent } => write!(f, "win {} over, who is against it", who(w, opponent)),
        Change::Learn { fact: of, suits } => write!(f, "find out {}: it would do if it is, for example, {}", said(w, of), value(suits)),
        Change::AddPerson { role: of, number, candidates } => add(w, f, of, *number, candidates),
        Change::Bring { who: of, missing, examples, .. } => bring(w, f, of, *missing, examples),
        Change::Signal { channel, others, role: of, kinds, .. } => signal(w, f, channel, others, of.as_ref(), kinds),
        Change::HandRaise { kinds } => write!(f, "somebody asks to talk ({})", any(w, kinds)),
    }
}

/// Says all changes of a set, in their order.
pub(super) fn change_set<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, set: &ChangeSet) -> fmt::Result {
    for (i, change) in set.changes.iter().enumerate() {
        f.write_str(if i > 0 { "; " } else { "" })?;
        w.change(f, change)?;
    }
    Ok(())
}

/// Says what must not be lost.
pub(super) fn loss<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, loss: &Loss) -> fmt::Result {
    match loss {
        Loss::Person { member } => write!(f, "{}: without this person the account would not be qualified", person(w, member.contact())),
        Loss::Signals { member, kind, day } => {
            write!(f, "{} of ", term(w, kind.as_str()))?;
            match member {
                Some(member) => w.person(f, member.contact())?,
                None => f.write_str("unnamed visitors")?,
            }
            write!(f, " on {day}: without it the account would not be qualified")
        }
        Loss::Fact(of) => write!(f, "{}: if it were not known, the account would not be qualified", said(w, of)),
    }
}

fn add<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, of: &RoleName, number: u32, candidates: &ContactIds) -> fmt::Result {
    if number > 1 {
        write!(f, "find one more person in the role {}", role(w, of.as_str()))?;
    } else {
        write!(f, "find a person in the role {}", role(w, of.as_str()))?;
    }
    match candidates.len() {
        0 => Ok(()),
        1 => write!(f, " (perhaps {}, whose role is not known)", people(w, candidates)),
        count => write!(f, " (perhaps one of the {count} people whose role is not known: {})", people(w, candidates)),
    }
}

fn bring<W: Wording + ?Sized>(
    w: &W,
    f: &mut fmt::Formatter<'_>,
    of: &Who,
    missing: Points,
    examples: &[alloc::vec::Vec<SignalExample>],
) -> fmt::Result {
    if missing == Points::ZERO {
        return write!(f, "hear from {} again", who(w, of));
    }
    write!(f, "bring {} {} points more", who(w, of), points_needed(w, missing))?;
    for (i, example) in examples.iter().enumerate() {
        f.write_str(if i == 0 { ", for example by " } else { " or " })?;
        for (k, one) in example.iter().enumerate() {
            let times = if one.count > 1 { "× " } else { "" };
            write!(f, "{}{} {times}{}", if k > 0 { " and " } else { "" }, one.count, term(w, one.kind.as_str()))?;
        }
    }
    Ok(())
}

fn signal<W: Wording + ?Sized>(
    w: &W,
    f: &mut fmt::Formatter<'_>,
    channel: &ChannelName,
    others: &[ChannelName],
    of: Option<&RoleName>,
    kinds: &[KindName],
) -> fmt::Result {
    f.write_str("see one more sort of activity")?;
    if let Some(of) = of {
        write!(f, " by somebody in the role {}", role(w, of.as_str()))?;
    }
    write!(f, ": {} ({})", term(w, channel.as_str()), any(w, kinds))?;
    for (i, other) in others.iter().enumerate() {
        let before = if i == 0 { "; or else " } else { ", " };
        write!(f, "{before}{}", term(w, other.as_str()))?;
    }
    Ok(())
}

fn who<W: Wording + ?Sized>(w: &W, of: &Who) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| match (of.contact(), of.added()) {
        (Some(contact), _) => w.person(f, contact),
        (None, Some((of, 1))) => write!(f, "the new {}", role(w, of.as_str())),
        (None, Some((of, number))) => write!(f, "new {} no. {number}", role(w, of.as_str())),
        (None, None) => Ok(()),
    })
}

/// Names of which any will do.
fn any<W: Wording + ?Sized>(w: &W, kinds: &[KindName]) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| {
        for (i, kind) in kinds.iter().enumerate() {
            write!(f, "{}{}", if i > 0 { " or " } else { "" }, term(w, kind.as_str()))?;
        }
        Ok(())
    })
}

/// A fact as people say it.
pub(super) fn fact(f: &mut fmt::Formatter<'_>, of: &Fact) -> fmt::Result {
    match of {
        Fact::Attribute(name) => write!(f, "the account's {name}"),
        Fact::Employees => f.write_str("how many people work there"),
        Fact::FitScore => f.write_str("the account's fit score"),
        Fact::Technologies => f.write_str("which technologies are in use"),
        Fact::FitRule => f.write_str("how fit is measured"),
        Fact::Country | Fact::Industry | Fact::Revenue => write!(f, "the account's {of}"),
    }
}

fn value(of: &FactValue) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| match of {
        FactValue::Text(text) => f.write_str(text),
        FactValue::Other => f.write_str("none of those that the policy names"),
        FactValue::List(list) if list.is_empty() => f.write_str("none of those that the policy names"),
        FactValue::List(list) => f.write_str(&list.join(" and ")),
    })
}
