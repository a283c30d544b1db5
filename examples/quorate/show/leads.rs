//! Where leads belong, in its forms.

use std::collections::BTreeMap;
use std::io::Write;

use comfy_table::{Attribute, Cell};
use quorate::{AccountGraph, Candidate, LeadMatch, MatchAnswer};
use serde::Serialize;

use super::carried::{Cells, beside, joined};
use super::table::frame;
use crate::exit::Stop;
use crate::files::Row;
use crate::load::Listing;
use crate::words::{shown, shown_whole, thousands};

/// The columns of the CSV form, after those that are carried through. New ones may be added at the end; none is renamed.
const COLUMNS: [&str; 14] = [
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
];

const HEADER: [&str; 4] = ["Lead", "Account", "Contact", "Why"];

/// Columns of a lead that say who it is, the first of them that are not blank.
const WHO: [&str; 7] = ["lead_id", "name", "email", "domain", "company", "contact_id", "account_id"];
/// As many of them as a table shows.
const SHOWN: usize = 3;

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
            how: one.how.iter().map(quorate::MatchHow::token).collect(),
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
            how: answer.how().map(quorate::MatchHow::token),
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

/// A row of the answer for machines.
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
    /// The columns of the file, as they were.
    columns: Cells<'r>,
}

impl<'r> Line<'r> {
    fn of(listing: &'r Listing, row: &'r Row, graph: &AccountGraph, found: &LeadMatch) -> Self {
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

/// CSV: one row a lead, the columns of the file first and as they were, then ours; lists separated by `;`.
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
    ]
}

/// A table: who each lead is and where it belongs.
pub fn table(out: &mut impl Write, listing: &Listing, graph: &AccountGraph, found: impl Iterator<Item = LeadMatch>) -> Result<(), Stop> {
    let mut table = frame();
    table.set_header(HEADER.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    for (row, found) in listing.rows.iter().zip(found) {
        table.add_row(shown_row(listing, row, graph, &found));
    }
    writeln!(out, "{}", table.trim_fmt())?;
    Ok(())
}

fn shown_row(listing: &Listing, row: &Row, graph: &AccountGraph, found: &LeadMatch) -> [String; HEADER.len()] {
    let who: Vec<String> = WHO.iter().filter_map(|column| listing.text(column, row)).take(SHOWN).map(|text| shown(&text)).collect();
    let (account, contact) = (Told::of(&found.account), Told::of(&found.contact));
    let name = account.id.as_deref().and_then(|id| graph.account(id)?.name);
    let person = contact.id.as_deref().and_then(|id| graph.contact(id)?.name);
    let why = std::iter::once(account.reason.clone()).chain(found.notes.iter().map(ToString::to_string));
    let why: Vec<String> = why.filter(|text| !text.is_empty()).map(|text| shown_whole(&text)).collect();
    [who.join("\n"), whose(&account, name.as_deref()), whose(&contact, person.as_deref()), why.join("\n")]
}

/// Who it is, or what is known instead.
fn whose(told: &Told, name: Option<&str>) -> String {
    let lines: Vec<String> = match &told.id {
        Some(id) => name.into_iter().chain([id.as_str()]).map(shown).collect(),
        None if told.candidates.is_empty() => vec![told.answer.into()],
        None => vec![format!("{}:", told.answer), told.candidates.iter().map(|one| shown(&one.id)).collect::<Vec<_>>().join(", ")],
    };
    lines.join("\n")
}

/// How many leads there were, and what became of them.
#[derive(Debug, Default)]
pub struct Totals {
    leads: u64,
    accounts: BTreeMap<(u8, &'static str), u64>,
    contacts: BTreeMap<(u8, &'static str), u64>,
}

impl Totals {
    pub fn add(&mut self, found: &LeadMatch) {
        self.leads += 1;
        *self.accounts.entry(state(&found.account)).or_default() += 1;
        *self.contacts.entry(state(&found.contact)).or_default() += 1;
    }

    /// `Leads: 12 = 7 matched by email + 2 ambiguous (several owners of domain) + …`, and the same of their contacts.
    pub fn lines(&self) -> Vec<String> {
        let line = |what: &str, states: &BTreeMap<(u8, &'static str), u64>| {
            let parts = states.iter().map(|((order, token), number)| {
                let (number, token) = (thousands(*number), token.replace('_', " "));
                match order {
                    0 => format!("{number} matched by {token}"),
                    1 => format!("{number} ambiguous ({token})"),
                    _ => format!("{number} unmatched ({token})"),
                }
            });
            let parts: Vec<String> = parts.collect();
            let sum = if parts.is_empty() { String::new() } else { format!(" = {}", parts.join(" + ")) };
            format!("{what}: {}{sum}", thousands(self.leads))
        };
        vec![line("Leads, their accounts", &self.accounts), line("Leads, their contacts", &self.contacts)]
    }
}

/// What became of it, in the order of telling, and by which fact or why.
fn state<T>(answer: &MatchAnswer<T>) -> (u8, &'static str) {
    match answer {
        MatchAnswer::Matched { how, .. } => (0, how.token()),
        MatchAnswer::Ambiguous { why, .. } => (1, why.token()),
        MatchAnswer::Unmatched { why, .. } => (2, why.token()),
    }
}
