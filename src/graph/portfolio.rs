//! The portfolio document: everything a graph holds, as plain lists, and how it is read.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error};

use super::facts::PLACES;
use crate::account::Membership;
use crate::account::{Account, BuyingGroup, Disposition, DispositionVerdict, Member, Opportunity, Outcome, Tie, TieKind};
use crate::contact::{Contact, Evidence, Known, Relationship, RoleClaim, Stance};
use crate::document::{Node, Reader, TEXT_BYTES_MAX, note, parse_json, wrong};
use crate::id::ContactId;
use crate::problem::{ProblemKind, Problems, beginning, excerpt};

/// The tokens of [`Membership`].
pub(super) const MEMBERSHIPS: [(&str, Membership); 2] = [("all", Membership::All), ("explicit", Membership::Explicit)];

/// Who there is, as plain lists: the input and the output of an [`AccountGraph`](crate::AccountGraph).
///
/// The lists may be in any order and their records may contradict each other;
/// [`AccountGraph::from_document`](crate::AccountGraph::from_document) finds that out. Equality is that of the lists, order included.
///
/// As text it is versioned: `{"schema":1,"accounts":[…],"contacts":[…],…}`. Every list may be absent; so may every field but the ids and
/// those a record makes no sense without. Decimals are texts (`"12.5"`), days `YYYY-MM-DD`, times RFC 3339.
///
/// ```
/// use quorate::PortfolioDocument;
/// let document = PortfolioDocument::from_json(
///     r#"{"schema":1,"ties":null,"groups":[{"id":"g","account":"acme"}],"accounts":[{"id":"acme","revenue":"12.50"}]}"#,
/// )?;
/// assert_eq!(document.groups[0].id.as_str(), "g");
/// assert_eq!(
///     document.to_json(),
///     r#"{"accounts":[{"id":"acme","revenue":"12.5"}],"groups":[{"account":"acme","id":"g"}],"schema":1}"#
/// );
/// let problems = PortfolioDocument::from_json(r#"{"schema":1,"accounts":[{"id":"acme","employes":3}]}"#).unwrap_err();
/// assert_eq!(problems.to_string(), "accounts[0]: unknown field `employes` (did you mean `employees`?)");
/// # Ok::<(), quorate::Problems>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PortfolioDocument {
    /// The accounts.
    pub accounts: Vec<Account>,
    /// The contacts.
    pub contacts: Vec<Contact>,
    /// The accounts' own buying groups; default groups are not listed.
    pub groups: Vec<BuyingGroup>,
    /// The rows that name contacts for groups, default groups included.
    pub members: Vec<Member>,
    /// The ties between contacts.
    pub ties: Vec<Tie>,
    /// The opportunities.
    pub opportunities: Vec<Opportunity>,
    /// What sales said of groups, default groups included.
    pub dispositions: Vec<Disposition>,
}

impl PortfolioDocument {
    /// Reads a document from JSON.
    ///
    /// # Errors
    /// All problems of shape, each with its path: no JSON, another schema, a field unknown, missing, repeated or of another type, a text
    /// that is no id, day, time or decimal, a word or number that is not allowed.
    ///
    /// # Cost
    /// The length of the text.
    pub fn from_json(text: &str) -> Result<Self, Problems> {
        Self::from_node(&parse_json(text)?)
    }

    /// Takes every contact that reports to itself as one without a manager, as some exports write the top of a chart, and says whose line that
    /// was, by id. Otherwise such a line is a circle, which a graph refuses ([`EditError::Cycle`](crate::EditError::Cycle)).
    ///
    /// O(contacts, times the logarithm of those that are found).
    ///
    /// ```
    /// use quorate::PortfolioDocument;
    /// let mut document = PortfolioDocument::from_json(
    ///     r#"{"schema":1,"accounts":[{"id":"acme"}],
    ///         "contacts":[{"id":"ann","account":"acme","reports_to":"ann"},{"id":"bea","account":"acme","reports_to":"ann"}]}"#,
    /// )?;
    /// let tops = document.take_self_reports_as_top();
    /// assert_eq!(tops.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["ann"]);
    /// assert_eq!(document.contacts[0].reports_to, None);
    /// # Ok::<(), quorate::Problems>(())
    /// ```
    pub fn take_self_reports_as_top(&mut self) -> Vec<ContactId> {
        let to_itself = |contact: &&mut Contact| contact.reports_to.as_ref() == Some(&contact.id);
        let mut tops: Vec<ContactId> = self.contacts.iter_mut().filter(to_itself).filter_map(|contact| contact.reports_to.take()).collect();
        tops.sort();
        // An id that is given twice is an error of its own.
        tops.dedup();
        tops
    }

    fn from_node(node: &Node) -> Result<Self, Problems> {
        let problems = RefCell::new(Problems::default());
        let mut reader = Reader::new(node, "", &problems);
        reader.whole("schema", 1..=1_u32);
        let document = Self {
            accounts: records(&mut reader, "accounts", account),
            contacts: records(&mut reader, "contacts", contact),
            groups: records(&mut reader, "groups", group),
            members: records(&mut reader, "members", member),
            ties: records(&mut reader, "ties", tie),
            opportunities: records(&mut reader, "opportunities", opportunity),
            dispositions: records(&mut reader, "dispositions", disposition),
        };
        reader.finish();
        problems.into_inner().or(document)
    }
}

impl<'de> Deserialize<'de> for PortfolioDocument {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_node(&Node::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// A list of records. A record that is `None` had a problem, which was noted.
fn records<T>(reader: &mut Reader<'_>, name: &'static str, read: impl Fn(&mut Reader<'_>) -> Option<T>) -> Vec<T> {
    let mut list = Vec::new();
    for mut record in reader.objects(name) {
        list.extend(read(&mut record));
        record.finish();
    }
    list
}

// In the readers below every field is read before the first `?`, so that all problems of a record are noted.

fn account(reader: &mut Reader<'_>) -> Option<Account> {
    let id = reader.parsed("id");
    let record = Account {
        name: reader.text_if_any("name"),
        aliases: reader.texts_if_any("aliases").unwrap_or_default(),
        domains: reader.texts_if_any("domains").unwrap_or_default(),
        parent: reader.parsed_if_any("parent"),
        industry: reader.text_if_any("industry"),
        employees: reader.whole_if_any("employees", 0..=u64::MAX),
        revenue: reader.decimal_if_any("revenue", PLACES, Decimal::ZERO, Decimal::MAX),
        country: reader.text_if_any("country"),
        technologies: reader.texts_if_any("technologies"),
        attributes: attributes(reader),
        fit_score: reader.decimal_if_any("fit_score", PLACES, Decimal::ZERO, Decimal::ONE_HUNDRED),
        excluded: reader.text_if_any("excluded"),
        id: id?,
    };
    Some(record)
}

fn attributes(reader: &mut Reader<'_>) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    let fields = match reader.node("attributes") {
        None => return attributes,
        Some(Node::Map(fields)) => fields,
        Some(other) => {
            reader.note("attributes", wrong("an object", other));
            return attributes;
        }
    };
    for (name, value) in fields {
        match value {
            Node::Text(text) if text.len() > TEXT_BYTES_MAX => reader.note("attributes", too_long(text)),
            Node::Text(text) if attributes.insert(name.clone(), text.clone()).is_none() => {}
            Node::Text(_) => reader.note("attributes", ProblemKind::RepeatedField { name: excerpt(name) }),
            other => note(reader.problems(), alloc::format!("{}.{}", reader.path("attributes"), excerpt(name)), wrong("a text", other)),
        }
        if name.len() > TEXT_BYTES_MAX {
            reader.note("attributes", too_long(name));
        }
    }
    attributes
}

fn too_long(text: &str) -> ProblemKind {
    ProblemKind::TooLong { start: beginning(text), bytes: text.len(), most: TEXT_BYTES_MAX }
}

fn contact(reader: &mut Reader<'_>) -> Option<Contact> {
    let id = reader.parsed("id");
    let record = Contact {
        account: reader.parsed_if_any("account"),
        person: reader.parsed_if_any("person"),
        name: reader.text_if_any("name"),
        email: reader.text_if_any("email"),
        title: reader.text_if_any("title"),
        roles: records(reader, "roles", claim),
        reports_to: reader.parsed_if_any("reports_to"),
        stance: reader.word_if_any("stance", &Stance::ALL).unwrap_or_default(),
        relationship: reader.word_if_any("relationship", &Relationship::ALL),
        active: reader.flag("active", true),
        created: reader.parsed_if_any("created"),
        known: known(reader),
        id: id?,
    };
    Some(record)
}

fn claim(reader: &mut Reader<'_>) -> Option<RoleClaim> {
    let role = reader.parsed("role");
    let evidence = reader.word_if_any("evidence", &Evidence::ALL).unwrap_or_default();
    Some(RoleClaim { role: role?, evidence })
}

fn known(reader: &mut Reader<'_>) -> Known {
    Known { from: reader.parsed_if_any("known_from"), until: reader.parsed_if_any("known_until") }
}

fn group(reader: &mut Reader<'_>) -> Option<BuyingGroup> {
    let (id, account) = (reader.parsed("id"), reader.parsed("account"));
    let (solution, template) = (reader.parsed_if_any("solution"), reader.parsed_if_any("template"));
    let membership = reader.word_if_any("membership", &MEMBERSHIPS);
    Some(BuyingGroup { id: id?, account: account?, solution, template, membership })
}

fn member(reader: &mut Reader<'_>) -> Option<Member> {
    let (group, contact) = (reader.parsed("group"), reader.parsed("contact"));
    let (claim, known) = (claim(reader), known(reader));
    Some(Member { group: group?, contact: contact?, claim: claim?, known })
}

fn tie(reader: &mut Reader<'_>) -> Option<Tie> {
    let (from, to) = (reader.parsed("from"), reader.parsed("to"));
    let kind = reader.word("kind", &TieKind::ALL);
    let strength = reader.whole("strength", 1..=100_u8);
    let known = known(reader);
    Some(Tie { from: from?, to: to?, kind: kind?, strength, known })
}

fn opportunity(reader: &mut Reader<'_>) -> Option<Opportunity> {
    let (id, account, created_at) = (reader.parsed("id"), reader.parsed("account"), reader.parsed("created_at"));
    let record = Opportunity {
        group: reader.parsed_if_any("group"),
        closed_at: reader.parsed_if_any("closed_at"),
        outcome: reader.word_if_any("outcome", &Outcome::ALL).unwrap_or_default(),
        amount: reader.decimal_if_any("amount", PLACES, Decimal::MIN, Decimal::MAX),
        currency: reader.text_if_any("currency"),
        id: id?,
        account: account?,
        created_at: created_at?,
    };
    Some(record)
}

fn disposition(reader: &mut Reader<'_>) -> Option<Disposition> {
    let (group, at) = (reader.parsed("group"), reader.parsed("at"));
    let verdict = reader.word("verdict", &DispositionVerdict::ALL);
    let reason = reader.text_if_any("reason");
    Some(Disposition { group: group?, at: at?, verdict: verdict?, reason })
}
