//! Where readiness comes from: what each seat adds, and which are empty.

use std::io::Write;

use quorate::{Explanation, Percent, RoleCoverage};

use super::super::people::{name, words as role_words};
use super::super::spoken::Spoken;
use crate::exit::Stop;

/// Prints the seats; what they add is exact, and adds up.
pub fn print(out: &mut impl Write, explained: &Explanation, words: &Spoken<'_>) -> Result<(), Stop> {
    writeln!(out, "\nWhat makes it {} % ready", explained.ledger.readiness)?;
    for role in &explained.assessment.coverage.roles {
        let spoken = role_words(&role.role);
        for seat in &role.seats {
            writeln!(out, "    {:>8}  {spoken}: {}", seat.share.to_string(), name(seat.contact(), words.graph))?;
        }
        let against = against(role, explained);
        for contact in &against {
            writeln!(out, "    {:>8}  {spoken}: {}, who is against it", Percent::ZERO.to_string(), name(contact, words.graph))?;
        }
        let held = role.seats.len() + against.len();
        if held < usize::try_from(role.required).unwrap_or(usize::MAX) {
            let nobody = if held == 0 { "nobody known" } else { "nobody else known" };
            writeln!(out, "    {:>8}  {spoken}: {nobody}", Percent::ZERO.to_string())?;
        }
    }
    Ok(())
}

/// Who holds the role and opposes.
fn against<'e>(role: &'e RoleCoverage, explained: &Explanation) -> Vec<&'e str> {
    let opposes = |contact: &&str| explained.assessment.members.iter().any(|member| member.opponent && member.contact() == *contact);
    role.contacts.iter().filter(opposes).collect()
}
