//! The tally as a document: the same bytes for the same content.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Not;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::SignalTally;
use super::content::{Says, Version};
use super::count::Order;
use super::entry::Entry;
use super::subjects::{Sort, SubjectRef};
use crate::day::Instant;

impl SignalTally {
    /// The tally as canonical JSON, without white space: equal tallies give equal bytes. See [`Self::from_json`] for the form.
    ///
    /// ```
    /// use quorate::{Signal, SignalTally};
    /// let click = Signal::of_contact("ann", "email_click", "2025-05-01T09:30:00Z".parse()?)?;
    /// let tally = SignalTally::from_signals([&click, &click])?;
    /// assert_eq!(
    ///     tally.to_json(),
    ///     r#"{"accounts":[],"contacts":[{"counts":[{"days":{"2025-05-01":2},"kind":"email_click"}],"id":"ann"}],"duplicates":0,"emails":[],"identified":[],"schema":1}"#
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_json(&self) -> String {
        // Writing to memory cannot fail, nor can a form of texts and numbers; the fallback keeps the function total.
        serde_json::to_string(self).unwrap_or_default()
    }
}

// Written straight from the counts, not through a tree, which would take some fifty times their room. The fields stand in the order of their
// names, so that the text is canonical; a test holds it against the tree's writer.
impl Serialize for SignalTally {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let order = &self.order();
        let mut fields = serializer.serialize_struct("SignalTally", 6)?;
        fields.serialize_field("accounts", &SubjectsForm { tally: self, order, sort: Sort::Account })?;
        fields.serialize_field("contacts", &SubjectsForm { tally: self, order, sort: Sort::Contact })?;
        fields.serialize_field("duplicates", &self.duplicates)?;
        fields.serialize_field("emails", &SubjectsForm { tally: self, order, sort: Sort::Email })?;
        fields.serialize_field("identified", &IdentifiedForm(self))?;
        fields.serialize_field("schema", &1)?;
        fields.end()
    }
}

/// The subjects of one sort that have counts, by id.
struct SubjectsForm<'a> {
    tally: &'a SignalTally,
    order: &'a Order,
    sort: Sort,
}

impl Serialize for SubjectsForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let subjects = self.tally.subjects(self.sort);
        let counted = subjects.roster.sorted().into_iter().filter(|number| !subjects.blocks.of(*number).is_empty());
        serializer.collect_seq(counted.map(|number| {
            let mut ranked = self.tally.ranked(self.order, self.sort, number);
            ranked.sort_unstable_by_key(|entry| (line(*entry), entry.day_number()));
            SubjectForm { counts: LinesForm { tally: self.tally, order: self.order, ranked }, id: subjects.roster.text(number) }
        }))
    }
}

#[derive(serde::Serialize)]
struct SubjectForm<'a> {
    counts: LinesForm<'a>,
    id: &'a str,
}

/// The counts of one subject, a line for each kind, solution and quarantine mark.
struct LinesForm<'a> {
    tally: &'a SignalTally,
    order: &'a Order,
    ranked: Vec<Entry>,
}

/// What the days of one line have in common.
fn line(ranked: Entry) -> (u16, Option<u16>, bool) {
    (ranked.kind(), ranked.solution(), ranked.quarantined())
}

impl Serialize for LinesForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let lines = self.ranked.chunk_by(|a, b| line(*a) == line(*b));
        serializer.collect_seq(lines.map(|days| LineForm {
            days: DaysForm(days),
            kind: self.tally.kind_at(self.order, days[0]),
            quarantined: days[0].quarantined(),
            solution: self.tally.solution_at(self.order, days[0]),
        }))
    }
}

#[derive(serde::Serialize)]
struct LineForm<'a> {
    days: DaysForm<'a>,
    kind: &'a str,
    #[serde(skip_serializing_if = "Not::not")]
    quarantined: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    solution: Option<&'a str>,
}

struct DaysForm<'a>(&'a [Entry]);

impl Serialize for DaysForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|entry| (entry.day(), entry.count())))
    }
}

/// The identified signals by id, every version of each, the least first.
struct IdentifiedForm<'a>(&'a SignalTally);

impl Serialize for IdentifiedForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (tally, identified) = (self.0, &self.0.identified);
        let ids = identified.ids.sorted();
        serializer.collect_seq(ids.into_iter().flat_map(|number| {
            let id = identified.ids.text(number);
            let versions = identified.conflicts.get(id);
            let only = versions.is_none().then(|| tally.says(identified.content(number)));
            let versions = versions.into_iter().flatten().map(|Version(signal)| Says::from(signal));
            only.into_iter().chain(versions).map(move |says| SignalForm::new(id, says))
        }))
    }
}

#[derive(serde::Serialize)]
struct SignalForm<'a> {
    at: Instant,
    #[serde(skip_serializing_if = "Option::is_none")]
    campaign: Option<&'a str>,
    id: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "Not::not")]
    quarantined: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    solution: Option<&'a str>,
    subject: SubjectForms<'a>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "snake_case")]
enum SubjectForms<'a> {
    Account(&'a str),
    Contact(&'a str),
    Email(&'a str),
}

impl<'a> SignalForm<'a> {
    const fn new(id: &'a str, says: Says<'a>) -> Self {
        let Says { at, subject, kind, solution, campaign, quarantined } = says;
        let subject = match subject {
            SubjectRef::Account(id) => SubjectForms::Account(id),
            SubjectRef::Contact(id) => SubjectForms::Contact(id),
            SubjectRef::Email(address) => SubjectForms::Email(address),
        };
        Self { at, campaign, id, kind, quarantined, solution, subject }
    }
}
