//! A small portfolio and its signals as plain data: what the laws vary, what the oracle reads, and what is handed to the library as a
//! document. The structs mirror the portfolio document field by field; a field that is `None` is left out of it.
//!
//! Nothing here checks anything: the strategies build valid worlds, and a test that wants an invalid one just writes it.

use serde::Serialize;
use serde_json::Value;

/// Days since 1970-01-01.
pub type Day = i64;

/// 2025-06-15: the day around which worlds are built.
pub const TODAY: Day = 20_254;

/// Everything that is known: who (the portfolio document) and what happened (the signals).
#[derive(Clone, Debug, Default, Serialize)]
pub struct World {
    pub accounts: Vec<Account>,
    pub contacts: Vec<Contact>,
    pub groups: Vec<Group>,
    pub members: Vec<MemberRow>,
    pub ties: Vec<Tie>,
    pub opportunities: Vec<Opportunity>,
    pub dispositions: Vec<Disposition>,
    #[serde(skip)]
    pub signals: Vec<Signal>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Account {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employees: Option<u64>,
    /// A canonical decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revenue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// `None`: unknown. Empty: known to use none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub technologies: Option<Vec<String>>,
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub attributes: std::collections::BTreeMap<String, String>,
    /// A canonical decimal, 0 to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fit_score: Option<String>,
    /// The reason of the exclusion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excluded: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Contact {
    pub id: String,
    /// Only our own staff may have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<HeldRole>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reports_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stance: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relationship: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_until: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct HeldRole {
    pub role: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Group {
    pub id: String,
    pub account: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub solution: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub membership: Option<String>,
}

/// One row a role.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MemberRow {
    pub group: String,
    pub contact: String,
    pub role: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_until: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Tie {
    pub from: String,
    pub to: String,
    pub kind: String,
    pub strength: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_until: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Opportunity {
    pub id: String,
    pub account: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    pub created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Disposition {
    pub group: String,
    pub at: String,
    pub verdict: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Declared in the order in which subjects compare: an account as subject before a contact, an e-mail address after both.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    Account(String),
    Contact(String),
    Email(String),
}

#[derive(Clone, Debug, Serialize)]
pub struct Signal {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub subject: Subject,
    pub kind: String,
    pub at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub solution: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    pub quarantined: bool,
}

impl World {
    /// The portfolio document, without the signals.
    pub fn portfolio_json(&self) -> Value {
        let mut document = serde_json::to_value(self).expect("plain data");
        document["schema"] = Value::from(1);
        document
    }

    /// The signals, one value each, in their order.
    pub fn signals_json(&self) -> Vec<Value> {
        self.signals.iter().map(|signal| serde_json::to_value(signal).expect("plain data")).collect()
    }

    /// Adds an account of which only the id is known.
    pub fn account(mut self, id: &str) -> Self {
        self.accounts.push(Account { id: id.to_owned(), ..Account::default() });
        self
    }

    /// Adds a contact with these roles, found in the CRM.
    pub fn contact(mut self, id: &str, account: &str, roles: &[&str]) -> Self {
        let roles = roles.iter().map(|role| HeldRole { role: (*role).to_owned(), evidence: Some("crm".to_owned()) }).collect();
        self.contacts.push(Contact { id: id.to_owned(), account: Some(account.to_owned()), roles, ..Contact::default() });
        self
    }

    /// Adds a group for a solution, of the default template.
    pub fn group(mut self, id: &str, account: &str, solution: Option<&str>) -> Self {
        let solution = solution.map(str::to_owned);
        self.groups.push(Group { id: id.to_owned(), account: account.to_owned(), solution, ..Group::default() });
        self
    }

    /// Adds `count` signals of one contact on one day, without ids.
    pub fn heard(mut self, contact: &str, kind: &str, day: Day, count: usize) -> Self {
        let signal = Signal::new(Subject::Contact(contact.to_owned()), kind, day);
        self.signals.extend(std::iter::repeat_n(signal, count));
        self
    }
}

impl Signal {
    /// A signal at ten in the morning, without id, solution and campaign.
    pub fn new(subject: Subject, kind: &str, day: Day) -> Self {
        let at = moment(day, 36_000);
        Self { id: None, subject, kind: kind.to_owned(), at, solution: None, campaign: None, quarantined: false }
    }
}

/// A day as `YYYY-MM-DD`, found by walking from 1970-01-01.
pub fn date(day: Day) -> String {
    let (mut year, mut left) = (1970, day);
    while left < 0 {
        year -= 1;
        left += days_in_year(year);
    }
    while left >= days_in_year(year) {
        left -= days_in_year(year);
        year += 1;
    }
    let mut month = 1;
    while left >= days_in_month(year, month) {
        left -= days_in_month(year, month);
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", left + 1)
}

/// An instant of a day as RFC 3339 UTC.
pub fn moment(day: Day, second: i64) -> String {
    format!("{}T{:02}:{:02}:{:02}Z", date(day), second / 3600, second / 60 % 60, second % 60)
}

/// Length of a Gregorian year.
pub fn days_in_year(year: i64) -> i64 {
    if days_in_month(year, 2) == 29 { 366 } else { 365 }
}

/// Length of a Gregorian month.
pub fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
