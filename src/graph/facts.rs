//! What can be wrong with a record by itself, whatever else the graph holds.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use rust_decimal::Decimal;

use super::error::EditError;
use crate::account::{Account, Disposition, Member, Opportunity, Outcome, Tie};
use crate::address::several;
use crate::contact::{Contact, Known, Relationship};
use crate::document::TEXT_BYTES_MAX;
use crate::problem::{beginning, excerpt};

/// The decimals that amounts, revenues and scores may have. Source: our choice; money has at most 4 (ISO 4217).
pub(super) const PLACES: u32 = 4;

/// Everything wrong with one record, each with the field it stands in.
pub(super) type Faults = Vec<(&'static str, EditError)>;

/// The first fault as an error, for edits, which need only one.
///
/// # Errors
/// That fault, if there is one.
pub(super) fn first(faults: Faults) -> Result<(), EditError> {
    faults.into_iter().next().map_or(Ok(()), |(_, error)| Err(error))
}

/// The faults of an account.
pub(super) fn account(record: &Account) -> Faults {
    let mut faults = Faults::new();
    text(&mut faults, "name", record.name.as_ref());
    text(&mut faults, "aliases", &record.aliases);
    text(&mut faults, "domains", &record.domains);
    text(&mut faults, "industry", record.industry.as_ref());
    text(&mut faults, "country", record.country.as_ref());
    text(&mut faults, "technologies", record.technologies.iter().flatten());
    text(&mut faults, "attributes", record.attributes.iter().flat_map(|(name, value)| [name, value]));
    text(&mut faults, "excluded", record.excluded.as_ref());
    number(&mut faults, "revenue", record.revenue, "0..", |revenue| revenue >= Decimal::ZERO);
    number(&mut faults, "fit_score", record.fit_score, "0..=100", |score| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&score));
    faults
}

/// The faults of a contact.
pub(super) fn contact(record: &Contact) -> Faults {
    let mut faults = Faults::new();
    if record.account.is_none() && record.relationship != Some(Relationship::OwnStaff) {
        faults.push(("account", EditError::NoAccount { id: record.id.to_string() }));
    }
    text(&mut faults, "name", record.name.as_ref());
    text(&mut faults, "email", record.email.as_ref());
    address(&mut faults, record.email.as_ref());
    text(&mut faults, "title", record.title.as_ref());
    let mut seen = BTreeSet::new();
    if let Some(again) = record.roles.iter().find(|claim| !seen.insert((&claim.role, claim.evidence))) {
        faults.push(("roles", EditError::RepeatedRole { role: again.role.to_string() }));
    }
    known(&mut faults, record.known);
    faults
}

/// The faults of a row that names a contact for a group.
pub(super) fn member(record: &Member) -> Faults {
    let mut faults = Faults::new();
    known(&mut faults, record.known);
    faults
}

/// The faults of a tie.
pub(super) fn tie(record: &Tie) -> Faults {
    let mut faults = Faults::new();
    if record.from == record.to {
        faults.push(("to", EditError::SelfTie { id: record.from.to_string() }));
    }
    if !(1..=100).contains(&record.strength) {
        faults.push(("strength", EditError::OutOfRange { field: "strength", value: record.strength.to_string(), allowed: "1..=100" }));
    }
    known(&mut faults, record.known);
    faults
}

/// The faults of an opportunity.
pub(super) fn opportunity(record: &Opportunity) -> Faults {
    let mut faults = Faults::new();
    match (record.outcome, record.closed_at) {
        (Outcome::Won, None) => faults.push(("closed_at", EditError::CloseMissing { id: record.id.to_string(), outcome: "won" })),
        (Outcome::Lost, None) => faults.push(("closed_at", EditError::CloseMissing { id: record.id.to_string(), outcome: "lost" })),
        // By day: exports give the close as a date, which as an instant would lie before a creation later on that day.
        (_, Some(closed)) if closed.day() < record.created_at.day() => {
            faults.push(("closed_at", EditError::ClosesBeforeCreated { id: record.id.to_string() }));
        }
        _ => {}
    }
    number(&mut faults, "amount", record.amount, "", |_| true);
    text(&mut faults, "currency", record.currency.as_ref());
    faults
}

/// The faults of a disposition.
pub(super) fn disposition(record: &Disposition) -> Faults {
    let mut faults = Faults::new();
    text(&mut faults, "reason", record.reason.as_ref());
    faults
}

fn text<'a>(faults: &mut Faults, field: &'static str, texts: impl IntoIterator<Item = &'a String>) {
    for text in texts {
        if text.trim().is_empty() {
            faults.push((field, EditError::Blank { field }));
        }
        if text.len() > TEXT_BYTES_MAX {
            let start = beginning(text);
            faults.push((field, EditError::TooLong { field, start, bytes: text.len(), most: TEXT_BYTES_MAX }));
        }
    }
}

fn address(faults: &mut Faults, email: Option<&String>) {
    if let Some((text, addresses)) = email.and_then(|text| Some((text, several(text)?))) {
        faults.push(("email", EditError::SeveralAddresses { text: excerpt(text), addresses }));
    }
}

fn number(faults: &mut Faults, field: &'static str, value: Option<Decimal>, allowed: &'static str, within: impl FnOnce(Decimal) -> bool) {
    let Some(value) = value.map(|value| value.normalize()) else { return };
    if value.scale() > PLACES {
        faults.push((field, EditError::TooPrecise { field, value: value.to_string(), places: PLACES }));
    }
    if !within(value) {
        faults.push((field, EditError::OutOfRange { field, value: value.to_string(), allowed }));
    }
}

fn known(faults: &mut Faults, known: Known) {
    if let (Some(from), Some(until)) = (known.from, known.until) {
        if from >= until {
            faults.push(("known_from", EditError::NeverKnown));
        }
    }
}
