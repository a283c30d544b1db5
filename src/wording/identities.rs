//! Who a contact is to a group, in English.

use core::fmt;

use super::{Part, Wording, person, role};
use crate::assess::{Admission, HeldClaim, RelationshipSource, RoleBasis};
use crate::contact::{Evidence, Relationship};
use crate::explain::Identity;

/// Says whether somebody belongs, which roles count and why, and what stands against them.
pub(super) fn identity<W: Wording + ?Sized>(w: &W, f: &mut fmt::Formatter<'_>, who: &Identity) -> fmt::Result {
    write!(f, "{}: ", person(w, who.contact()))?;
    if who.admission != Admission::Member {
        f.write_str("not in the group, ")?;
        return outside(f, who);
    }
    let mut counting = who.claims.iter().filter(|claim| claim.counts && claim.role.as_str() != "unknown").peekable();
    if counting.peek().is_none() {
        f.write_str("role unknown")?;
    }
    listed(w, f, who, counting)?;
    let mut against = who.conflicts().peekable();
    if against.peek().is_some() {
        f.write_str(", not ")?;
    }
    listed(w, f, who, against)
}

fn listed<'a, W: Wording + ?Sized>(
    w: &W,
    f: &mut fmt::Formatter<'_>,
    who: &Identity,
    claims: impl Iterator<Item = &'a HeldClaim>,
) -> fmt::Result {
    for (place, claim) in claims.enumerate() {
        let comma = if place > 0 { ", " } else { "" };
        write!(f, "{comma}{} ({})", role(w, claim.role.as_str()), Part(|f: &mut fmt::Formatter<'_>| basis(f, claim.basis, who)))?;
    }
    Ok(())
}

fn basis(f: &mut fmt::Formatter<'_>, basis: RoleBasis, who: &Identity) -> fmt::Result {
    match basis {
        RoleBasis::NamedForGroup(_) => f.write_str("named for the group"),
        RoleBasis::Claimed(Evidence::Human) => f.write_str("somebody said so"),
        RoleBasis::Claimed(Evidence::Crm) => f.write_str("from the CRM"),
        RoleBasis::Claimed(Evidence::Title) => f.write_str("recorded as read from the title"),
        RoleBasis::Claimed(Evidence::Vendor) => f.write_str("from a vendor"),
        RoleBasis::Claimed(Evidence::Behaviour) => f.write_str("from behaviour"),
        RoleBasis::ReadFromTitle => title(f, who),
    }
}

fn title(f: &mut fmt::Formatter<'_>, who: &Identity) -> fmt::Result {
    write!(f, "title \"{}\"", who.title.as_deref().unwrap_or_default())
}

fn outside(f: &mut fmt::Formatter<'_>, who: &Identity) -> fmt::Result {
    match who.admission {
        Admission::Left => return f.write_str("having left"),
        Admission::NotListed => return f.write_str("whose people are listed by name"),
        Admission::NotKnownThen => return f.write_str("not being known on that day"),
        Admission::Member | Admission::Excluded => {}
    }
    f.write_str(match who.relationship {
        Relationship::Employee => "being an employee",
        Relationship::Consultant => "being a consultant",
        Relationship::Partner => "being a partner's",
        Relationship::Competitor => "being a competitor's",
        Relationship::Student => "being a student or trainee",
        Relationship::OwnStaff => "being one of our own",
    })?;
    match who.relationship_from {
        RelationshipSource::Stated => f.write_str(" (as recorded)"),
        RelationshipSource::EmailDomain => f.write_str(" (by the e-mail domain)"),
        RelationshipSource::Title => write!(f, " ({})", Part(|f: &mut fmt::Formatter<'_>| title(f, who))),
        RelationshipSource::Default => Ok(()),
    }
}
