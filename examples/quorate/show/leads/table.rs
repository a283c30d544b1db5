//! Where leads belong, as a table for people.

use std::io::Write;

use comfy_table::{Attribute, Cell};
use quorate::{AccountGraph, Candidate, LeadMatch, MatchAnswer};

use super::super::table::{WIDE, frame, narrow};
use crate::exit::Stop;
use crate::files::Row;
use crate::load::{Listing, is_shared};
use crate::words::{shown, shown_sentence};

const HEADER: [&str; 4] = ["Lead", "Account", "Contact", "Why"];

/// Columns of a lead that say who it is, the first of them that are not blank.
const WHO: [&str; 7] = ["lead_id", "name", "email", "domain", "company", "contact_id", "account_id"];
/// As many of them as a table shows.
const SHOWN: usize = 3;

/// Candidates of an answer that are named; the others are counted.
const NAMED: usize = 5;

/// A table: who each lead is and where it belongs.
pub fn table(out: &mut impl Write, listing: &Listing, graph: &AccountGraph, found: impl Iterator<Item = LeadMatch>) -> Result<(), Stop> {
    let mut table = frame();
    table.set_header(HEADER.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    for (row, found) in listing.rows.iter().zip(found) {
        table.add_row(shown_row(listing, row, graph, &found));
    }
    if let Some(width) = table.width().filter(|width| *width >= WIDE) {
        // The sentences take what the others leave.
        narrow(&mut table, &[(0, width / 3), (1, width / 5), (2, width / 7)]);
    }
    writeln!(out, "{}", table.trim_fmt())?;
    Ok(())
}

fn shown_row(listing: &Listing, row: &Row, graph: &AccountGraph, found: &LeadMatch) -> [String; HEADER.len()] {
    let who: Vec<String> = WHO.iter().filter_map(|column| listing.text(column, row)).take(SHOWN).map(|text| shown(&text)).collect();
    let account = whose(&found.account, |id| graph.account(id.as_str())?.name);
    let contact = whose(&found.contact, |id| graph.contact(id.as_str())?.name);
    [who.join("\n"), account, contact, sentences(&why(found))]
}

/// Each on a line of its own; a line may be broken, so that of several each has a mark where it begins.
fn sentences(all: &[String]) -> String {
    let mark = if all.len() > 1 { "- " } else { "" };
    all.iter().map(|text| format!("{mark}{}", shown_sentence(text))).collect::<Vec<_>>().join("\n")
}

/// Who it is, or who it may be.
fn whose<T: AsRef<str>>(answer: &MatchAnswer<T>, name: impl Fn(&T) -> Option<String>) -> String {
    let lines = match answer {
        MatchAnswer::Matched { id, .. } => name(id).as_deref().into_iter().chain([id.as_ref()]).map(shown).collect(),
        MatchAnswer::Ambiguous { candidates, .. } => listed("ambiguous:", candidates, name),
        MatchAnswer::Unmatched { suggestions, .. } if suggestions.is_empty() => vec!["unmatched".into()],
        MatchAnswer::Unmatched { suggestions, .. } => listed("unmatched, perhaps:", suggestions, name),
    };
    lines.join("\n")
}

/// The first candidates, by name and id, the others counted.
fn listed<T: AsRef<str>>(what: &str, candidates: &[Candidate<T>], name: impl Fn(&T) -> Option<String>) -> Vec<String> {
    let line = |one: &Candidate<T>| {
        let id = shown(one.id.as_ref());
        name(&one.id).map_or_else(|| id.clone(), |name| format!("{} ({id})", shown(&name)))
    };
    let mut lines = vec![what.into()];
    lines.extend(candidates.iter().take(NAMED).map(line));
    let more = candidates.len().saturating_sub(NAMED);
    lines.extend((more > 0).then(|| format!("and {more} more")));
    lines
}

/// Why the account, what speaks for some candidates alone, why the contact where that is another reason, and what was noted.
fn why(found: &LeadMatch) -> Vec<String> {
    let mut lines = Vec::new();
    match &found.account {
        MatchAnswer::Matched { how, .. } => lines.push(how.to_string()),
        MatchAnswer::Ambiguous { candidates, why } => {
            lines.push(why.to_string());
            lines.extend(candidates.iter().take(NAMED).filter_map(|one| speaking(one, "", |how| !is_shared(how, candidates))));
        }
        MatchAnswer::Unmatched { why, suggestions } => {
            lines.push(why.to_string());
            lines.extend(suggestions.iter().take(NAMED).filter_map(|one| speaking(one, "perhaps ", |_| true)));
        }
    }
    match &found.contact {
        MatchAnswer::Matched { how, .. } if found.account.how() != Some(how) => lines.push(how.to_string()),
        MatchAnswer::Ambiguous { why, .. } => lines.push(why.to_string()),
        MatchAnswer::Matched { .. } | MatchAnswer::Unmatched { .. } => {}
    }
    lines.extend(found.notes.iter().map(ToString::to_string));
    // Of one address account and contact may be ambiguous for one reason.
    lines.dedup();
    lines
}

/// A candidate with the facts that are worth saying, if any are: `A-410: the account is named …`.
fn speaking<T: AsRef<str>>(one: &Candidate<T>, before: &str, worth: impl Fn(&quorate::MatchHow) -> bool) -> Option<String> {
    let facts: Vec<String> = one.how.iter().filter(|how| worth(how)).map(ToString::to_string).collect();
    (!facts.is_empty()).then(|| format!("{before}{}: {}", one.id.as_ref(), facts.join(", and ")))
}
