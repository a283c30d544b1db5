//! How a portfolio document is written: one text for one meaning.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Display;

use serde::ser::{Serialize, Serializer};

use super::AccountGraph;
use super::portfolio::{MEMBERSHIPS, PortfolioDocument};
use super::read::tie_key;
use crate::account::{Account, BuyingGroup, Disposition, DispositionVerdict, Member, Opportunity, Outcome, Tie, TieKind};
use crate::contact::{Contact, Evidence, Known, Relationship, RoleClaim, Stance};
use crate::document::{Node, canonical_json, token_of};

impl PortfolioDocument {
    /// The document as canonical JSON: no white space, fields by name, every list by id (members by group, contact and role; ties by their
    /// ends, kind and strength; dispositions by group, time and verdict; roles by name), decimals without trailing zeros, absent fields and
    /// empty lists left out. Lists of texts keep their order.
    ///
    /// # Cost
    /// n log n.
    pub fn to_json(&self) -> String {
        canonical_json(&self.to_node())
    }

    fn to_node(&self) -> Node {
        let mut fields = Fields::default();
        fields.put("schema", Node::Whole(1));
        fields.list("accounts", sorted(&self.accounts, |a, b| a.id.cmp(&b.id)), account);
        fields.list("contacts", sorted(&self.contacts, |a, b| a.id.cmp(&b.id)), contact);
        fields.list("groups", sorted(&self.groups, |a, b| a.id.cmp(&b.id)), group);
        fields.list("members", sorted(&self.members, |a, b| member_key(a).cmp(&member_key(b))), member);
        fields.list("ties", sorted(&self.ties, |a, b| tie_key(a).cmp(&tie_key(b))), tie);
        fields.list("opportunities", sorted(&self.opportunities, |a, b| a.id.cmp(&b.id)), opportunity);
        fields.list("dispositions", sorted(&self.dispositions, |a, b| disposition_key(a).cmp(&disposition_key(b))), disposition);
        Node::Map(fields.0)
    }
}

impl Serialize for PortfolioDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_node().serialize(serializer)
    }
}

impl AccountGraph {
    /// Everything the graph holds, as plain lists in the order in which they are written.
    ///
    /// # Cost
    /// The size of the graph, times the logarithm.
    pub fn to_document(&self) -> PortfolioDocument {
        let accounts = self.accounts.sorted();
        let groups = self.groups.sorted();
        let is_own = |group: &u32| self.accounts.row(self.groups.row(*group).account).default_group() != Some(*group);
        let mut opportunities: Vec<Opportunity> =
            accounts.iter().flat_map(|account| (0..).map_while(|index| self.opportunity_record(*account, index))).collect();
        opportunities.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        let ties_from = |contact: u32| self.ties_from(contact).filter_map(move |(to, facts)| self.tie_record(contact, to, facts));
        let mut ties: Vec<Tie> = self.contacts.live().flat_map(ties_from).collect();
        ties.sort_unstable_by(|a, b| tie_key(a).cmp(&tie_key(b)));
        PortfolioDocument {
            accounts: accounts.iter().filter_map(|account| self.account_record(*account)).collect(),
            contacts: self.contacts.sorted().into_iter().filter_map(|contact| self.contact_record(contact)).collect(),
            groups: groups.iter().filter(|group| is_own(group)).filter_map(|group| self.group_record(*group)).collect(),
            members: groups.iter().flat_map(|group| self.member_records(*group)).collect(),
            ties,
            opportunities,
            dispositions: groups.iter().flat_map(|group| self.disposition_records(*group)).collect(),
        }
    }
}

/// Two graphs are equal when their documents are, however they came about. Cost: both documents.
impl PartialEq for AccountGraph {
    fn eq(&self, other: &Self) -> bool {
        self.to_document() == other.to_document()
    }
}

impl Eq for AccountGraph {}

fn sorted<T>(records: &[T], order: impl Fn(&T, &T) -> core::cmp::Ordering) -> Vec<&T> {
    let mut sorted: Vec<&T> = records.iter().collect();
    sorted.sort_by(|a, b| order(a, b));
    sorted
}

fn member_key(member: &Member) -> (&str, &str, &RoleClaim, Known) {
    (member.group.as_str(), member.contact.as_str(), &member.claim, member.known)
}

fn disposition_key(disposition: &Disposition) -> (&str, crate::day::Instant, DispositionVerdict, Option<&str>) {
    (disposition.group.as_str(), disposition.at, disposition.verdict, disposition.reason.as_deref())
}

/// The fields of an object; what is absent is left out.
#[derive(Default)]
struct Fields(Vec<(String, Node)>);

impl Fields {
    fn put(&mut self, name: &str, value: Node) {
        self.0.push((name.into(), value));
    }

    fn text(&mut self, name: &str, value: Option<impl Display>) {
        self.0.extend(value.map(|value| (name.into(), Node::Text(value.to_string()))));
    }

    fn word<T: Copy + PartialEq>(&mut self, name: &str, words: &[(&'static str, T)], value: T) {
        self.put(name, Node::text(token_of(words, value)));
    }

    fn list<T>(&mut self, name: &str, records: Vec<&T>, write: impl Fn(&T) -> Fields) {
        if !records.is_empty() {
            self.put(name, Node::List(records.into_iter().map(|record| Node::Map(write(record).0)).collect()));
        }
    }

    fn texts(&mut self, name: &str, texts: &[String]) {
        self.put(name, Node::List(texts.iter().map(|text| Node::text(text.as_str())).collect()));
    }

    fn known(&mut self, known: Known) {
        self.text("known_from", known.from);
        self.text("known_until", known.until);
    }
}

fn account(record: &Account) -> Fields {
    let mut fields = Fields::default();
    fields.text("id", Some(&record.id));
    fields.text("name", record.name.as_ref());
    for (name, texts) in [("aliases", &record.aliases), ("domains", &record.domains)] {
        if !texts.is_empty() {
            fields.texts(name, texts);
        }
    }
    fields.text("parent", record.parent.as_ref());
    fields.text("industry", record.industry.as_ref());
    if let Some(employees) = record.employees {
        fields.put("employees", Node::Whole(employees.into()));
    }
    fields.text("revenue", record.revenue.map(|revenue| revenue.normalize()));
    fields.text("country", record.country.as_ref());
    // An empty list says something here: that there are known to be none.
    if let Some(technologies) = &record.technologies {
        fields.texts("technologies", technologies);
    }
    if !record.attributes.is_empty() {
        let attributes = record.attributes.iter().map(|(name, value)| (name.clone(), Node::text(value.as_str())));
        fields.put("attributes", Node::Map(attributes.collect()));
    }
    fields.text("fit_score", record.fit_score.map(|score| score.normalize()));
    fields.text("excluded", record.excluded.as_ref());
    fields
}

fn contact(record: &Contact) -> Fields {
    let mut fields = Fields::default();
    fields.text("id", Some(&record.id));
    fields.text("account", record.account.as_ref());
    fields.text("person", record.person.as_ref());
    fields.text("name", record.name.as_ref());
    fields.text("email", record.email.as_ref());
    fields.text("title", record.title.as_ref());
    fields.list("roles", sorted(&record.roles, Ord::cmp), |role| {
        let mut fields = Fields::default();
        claim(&mut fields, role);
        fields
    });
    fields.text("reports_to", record.reports_to.as_ref());
    fields.word("stance", &Stance::ALL, record.stance);
    if let Some(relationship) = record.relationship {
        fields.word("relationship", &Relationship::ALL, relationship);
    }
    fields.put("active", Node::Bool(record.active));
    fields.text("created", record.created);
    fields.known(record.known);
    fields
}

fn claim(fields: &mut Fields, claim: &RoleClaim) {
    fields.text("role", Some(&claim.role));
    fields.word("evidence", &Evidence::ALL, claim.evidence);
}

fn group(record: &BuyingGroup) -> Fields {
    let mut fields = Fields::default();
    fields.text("id", Some(&record.id));
    fields.text("account", Some(&record.account));
    fields.text("solution", record.solution.as_ref());
    fields.text("template", record.template.as_ref());
    if let Some(membership) = record.membership {
        fields.word("membership", &MEMBERSHIPS, membership);
    }
    fields
}

fn member(record: &Member) -> Fields {
    let mut fields = Fields::default();
    fields.text("group", Some(&record.group));
    fields.text("contact", Some(&record.contact));
    claim(&mut fields, &record.claim);
    fields.known(record.known);
    fields
}

fn tie(record: &Tie) -> Fields {
    let mut fields = Fields::default();
    fields.text("from", Some(&record.from));
    fields.text("to", Some(&record.to));
    fields.word("kind", &TieKind::ALL, record.kind);
    fields.put("strength", Node::Whole(record.strength.into()));
    fields.known(record.known);
    fields
}

fn opportunity(record: &Opportunity) -> Fields {
    let mut fields = Fields::default();
    fields.text("id", Some(&record.id));
    fields.text("account", Some(&record.account));
    fields.text("group", record.group.as_ref());
    fields.text("created_at", Some(record.created_at));
    fields.text("closed_at", record.closed_at);
    fields.word("outcome", &Outcome::ALL, record.outcome);
    fields.text("amount", record.amount.map(|amount| amount.normalize()));
    fields.text("currency", record.currency.as_ref());
    fields
}

fn disposition(record: &Disposition) -> Fields {
    let mut fields = Fields::default();
    fields.text("group", Some(&record.group));
    fields.text("at", Some(record.at));
    fields.word("verdict", &DispositionVerdict::ALL, record.verdict);
    fields.text("reason", record.reason.as_ref());
    fields
}
