//! Who is who, where that is not simply what the records say.

use std::io::Write;

use quorate::{Admission, Explanation, Identity, RelationshipSource, RoleBasis};

use super::super::spoken::Spoken;
use crate::exit::Stop;

/// People that are listed before the others are counted.
const PEOPLE: usize = 12;

/// Prints whose role or belonging was read from a title or an address, and where the evidence disagrees.
pub fn print(out: &mut impl Write, explained: &Explanation, words: &Spoken<'_>, all: bool) -> Result<(), Stop> {
    let mut told: Vec<&Identity> = explained.identities.iter().filter(|who| all || is_telling(who)).collect();
    // Members first; of both, the order by id stays.
    told.sort_by_key(|who| who.admission != Admission::Member);
    if told.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nWho is who")?;
    let most = if all { usize::MAX } else { PEOPLE };
    for who in told.iter().take(most) {
        writeln!(out, "  {}", words.line(*who))?;
    }
    if told.len() > most {
        writeln!(out, "  and {} more (--all lists them)", told.len() - most)?;
    }
    Ok(())
}

fn is_telling(who: &Identity) -> bool {
    match who.admission {
        Admission::Member => {
            let read = who.claims.iter().any(|claim| claim.counts && claim.basis == RoleBasis::ReadFromTitle);
            read || who.conflicts().next().is_some() || (who.title.is_some() && who.roles().next().is_none())
        }
        Admission::Excluded => matches!(who.relationship_from, RelationshipSource::Title | RelationshipSource::EmailDomain),
        _ => false,
    }
}
