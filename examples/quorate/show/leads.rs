//! Where leads belong, in its forms.

mod table;
mod totals;

use std::io::Write;

use quorate::{AccountGraph, Candidate, LeadMatch, MatchAnswer, MatchHow};
use serde::Serialize;

use super::carried::{Cells, beside, joined};
use crate::exit::Stop;
use crate::files::Row;
use crate::load::Listing;

pub use table::table;
pub use totals::Totals;

/// The columns of the CSV form, after those that are carried through. New ones may be added at the end; none is renamed.
const COLUMNS: [&str; 15] = [
    "answer",
    "matched_account_id",
    "matched_account_name",
    "how",
    "why",
    "candidates",
    "reason",
    "contact_answer",
    "matched_contact_id",
    "contact_how",
    "contact_why",
    "contact_candidates",
    "contact_reason",
    "notes",
    "candidates_how",
];

/// One answer for machines.
struct Told {
    answer: &'static str,
    id: Option<String>,
    how: Option<&'static str>,
    why: Option<&'static str>,
    /// How or why, as a sentence.
    reason: String,
    candidates: Vec<Named>,
}

/// A candidate, and the facts that speak for it.
#[derive(Serialize)]
struct Named {
    id: String,
    how: Vec<&'static str>,
    reasons: Vec<String>,
}

impl Named {
    fn of<T: AsRef<str>>(one: &Candidate<T>) -> Self {
        Self {
            id: one.id.as_ref().into(),
            how: one.how.iter().map(MatchHow::token).collect(),
            reasons: one.how.iter().map(ToString::to_string).collect(),
        }
    }
}

impl Told {
    fn of<T: AsRef<str>>(answer: &MatchAnswer<T>) -> Self {
        let reason = answer.how().map(ToString::to_string).or_else(|| answer.why().map(ToString::to_string));
        Self {
            answer: answer.token(),
            id: answer.id().map(|id| id.as_ref().into()),
            how: answer.how().map(MatchHow::token),
            why: answer.why().map(quorate::MatchWhy::token),
            reason: reason.unwrap_or_default(),
            candidates: answer.candidates().iter().map(Named::of).collect(),
        }
    }

    fn ids(&self) -> String {
        joined(&self.candidates, |one| one.id.clone())
    }
}

/// A note for machines.
#[derive(Serialize)]
struct Note {
    note: &'static str,
    reason: String,
}

/// A row of the answer for machines: what the CSV form has, and all of it as data.
#[derive(Serialize)]
struct Line<'r> {
    answer: &'static str,
    matched_account_id: Option<String>,
    matched_account_name: Option<String>,
    how: Option<&'static str>,
    why: Option<&'static str>,
    reason: String,
    candidates: Vec<Named>,
    contact_answer: &'static str,
    matched_contact_id: Option<String>,
    contact_how: Option<&'static str>,
    contact_why: Option<&'static str>,
    contact_reason: String,
    contact_candidates: Vec<Named>,
    notes: Vec<Note>,
    /// The answer as the library writes it: every fact with what it is about.
    #[serde(rename = "match")]
    found: &'r LeadMatch,
    /// The columns of the file, as they were.
    columns: Cells<'r>,
}

impl<'r> Line<'r> {
    fn of(listing: &'r Listing, row: &'r Row, graph: &AccountGraph, found: &'r LeadMatch) -> Self {
        let (account, contact) = (Told::of(&found.account), Told::of(&found.contact));
        Self {
            answer: account.answer,
            matched_account_name: account.id.as_deref().and_then(|id| graph.account(id)?.name),
            matched_account_id: account.id,
            how: account.how,
            why: account.why,
            reason: account.reason,
            candidates: account.candidates,
            contact_answer: contact.answer,
            matched_contact_id: contact.id,
            contact_how: contact.how,
            contact_why: contact.why,
            contact_reason: contact.reason,
            contact_candidates: contact.candidates,
            notes: found.notes.iter().map(|note| Note { note: note.token(), reason: note.to_string() }).collect(),
            found,
            columns: Cells { header: &listing.header, cells: &row.cells },
        }
    }
}

/// JSON Lines: one object a lead, in the order of the file.
pub fn json(out: &mut impl Write, listing: &Listing, graph: &AccountGraph, found: impl Iterator<Item = LeadMatch>) -> Result<(), Stop> {
    for (row, found) in listing.rows.iter().zip(found) {
        serde_json::to_writer(&mut *out, &Line::of(listing, row, graph, &found))?;
        writeln!(out)?;
    }
    Ok(())
}

/// CSV: one row a lead, the columns of the file first and as they were, then ours; lists separated by `;`, the facts of one candidate by `+`.
pub fn csv(out: &mut impl Write, listing: &Listing, graph: &AccountGraph, found: impl Iterator<Item = LeadMatch>) -> Result<(), Stop> {
    let mut writer = csv::Writer::from_writer(out);
    let names = beside(&listing.header, &COLUMNS, "match_");
    writer.write_record(listing.header.iter().chain(&names))?;
    for (row, found) in listing.rows.iter().zip(found) {
        let mut record = row.cells.clone();
        record.extend(cells(graph, &found));
        writer.write_byte_record(&record)?;
    }
    writer.flush()?;
    Ok(())
}

fn cells(graph: &AccountGraph, found: &LeadMatch) -> [String; COLUMNS.len()] {
    let (account, contact) = (Told::of(&found.account), Told::of(&found.contact));
    let token = |token: Option<&str>| token.unwrap_or_default().into();
    [
        account.answer.into(),
        account.id.clone().unwrap_or_default(),
        account.id.as_deref().and_then(|id| graph.account(id)?.name).unwrap_or_default(),
        token(account.how),
        token(account.why),
        account.ids(),
        account.reason,
        contact.answer.into(),
        contact.id.clone().unwrap_or_default(),
        token(contact.how),
        token(contact.why),
        contact.ids(),
        contact.reason,
        joined(&found.notes, ToString::to_string),
        joined(&account.candidates, |one| one.how.join("+")),
    ]
}
