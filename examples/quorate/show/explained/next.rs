//! Whom to reach next.

use std::io::Write;

use quorate::{Explanation, GapCode, NextPerson};

use super::super::people::words as role_words;
use super::super::spoken::Spoken;
use super::advice::{listed, names};
use crate::exit::Stop;

/// People that are listed before the others are counted.
const PEOPLE: usize = 8;

/// Prints whom to reach.
pub fn print(out: &mut impl Write, explained: &Explanation, words: &Spoken<'_>) -> Result<(), Stop> {
    if explained.next_people.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nWhom to reach next")?;
    let lines = reached(explained, words);
    for (i, line) in lines.iter().take(PEOPLE).enumerate() {
        writeln!(out, "{:>3}. {line}", i + 1)?;
    }
    if lines.len() > PEOPLE {
        writeln!(out, "     and {} more", lines.len() - PEOPLE)?;
    }
    Ok(())
}

/// One line for each person, and one for all whose role is not known.
fn reached(explained: &Explanation, words: &Spoken<'_>) -> Vec<String> {
    let may_hold = |one: &NextPerson| one.gap == GapCode::RolePossiblyFilled && one.contact().is_some();
    let mut lines = Vec::new();
    for alike in explained.next_people.chunk_by(|a, b| may_hold(a) && may_hold(b)) {
        match alike {
            [first, ..] if may_hold(first) => lines.push(ask(alike, explained, words)),
            _ => lines.extend(alike.iter().map(|one| words.line(one))),
        }
    }
    lines
}

/// `find out the roles of Ann Lee and Ben Orr: economic buyer and champion are open`.
fn ask(people: &[NextPerson], explained: &Explanation, words: &Spoken<'_>) -> String {
    let contacts: Vec<&str> = people.iter().filter_map(NextPerson::contact).collect();
    let open = |code: GapCode| explained.assessment.gaps.iter().filter(move |gap| gap.code == code).filter_map(|gap| gap.role.as_ref());
    let roles: Vec<String> = open(GapCode::RolePossiblyFilled).chain(open(GapCode::RoleMissing)).map(role_words).collect();
    let (role, is) = (if contacts.len() == 1 { "role" } else { "roles" }, if roles.len() == 1 { "is" } else { "are" });
    format!("find out the {role} of {}: {} {is} open", names(contacts.into_iter(), words), listed(&roles, "and"))
}
