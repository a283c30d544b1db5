//! A portfolio and its past: of a folder, or drawn.

use std::error::Error;
use std::fmt;
use std::fs;
use std::path::Path;

use quorate::{Account, AccountGraph, Contact, Day, Policy, PortfolioDocument, SignalColumns, SignalTally};

use crate::draw::Draw;
use crate::times::grouped;
use crate::workload::{self, words};

/// The day of a drawn portfolio's last signals: 2025-11-08, as days since 1970-01-01.
const LAST: i32 = 20_400;

/// How much of everything a drawn portfolio has.
pub(crate) struct Sizes {
    pub(crate) accounts: usize,
    pub(crate) contacts: usize,
    pub(crate) signals: usize,
}

/// Who there is, and what happened as columns.
pub(crate) struct Portfolio {
    pub(crate) graph: AccountGraph,
    kind_names: Vec<String>,
    /// The ids of contacts, and their numbers in the graph, by the numbers of the column.
    ids: Vec<String>,
    numbers: Vec<u32>,
    contacts: Vec<u32>,
    kinds: Vec<u16>,
    days: Vec<i32>,
}

impl Portfolio {
    /// Of a folder of columns, which number kinds and roles as the default policy does.
    pub(crate) fn read(policy: &Policy, folder: &Path) -> Result<Self, Box<dyn Error>> {
        let (graph, ids) = workload::portfolio(folder, &roles(policy))?;
        let days = words(folder, "signal_day.i32")?.into_iter().map(|word| i32::from_le_bytes(word.to_le_bytes())).collect();
        let kinds = fs::read(folder.join("signal_kind.u8"))?.into_iter().map(u16::from).collect();
        let none = Self {
            graph,
            kind_names: kinds_of(policy),
            ids,
            numbers: Vec::new(),
            contacts: words(folder, "signal_contact.u32")?,
            kinds,
            days,
        };
        none.numbered()
    }

    /// Drawn: a few accounts have many people, a few people do much, and more was done lately than long ago.
    pub(crate) fn drawn(policy: &Policy, sizes: &Sizes, draw: &mut Draw) -> Result<Self, Box<dyn Error>> {
        let (roles, kind_names) = (roles(policy), kinds_of(policy));
        let mut document = PortfolioDocument::default();
        for number in 0..sizes.accounts {
            document.accounts.push(Account::new(&format!("account-{number}"))?);
        }
        for number in 0..sizes.contacts {
            let (account, role) = (draw.low(sizes.accounts), roles[draw.below(roles.len())]);
            document.contacts.push(Contact::new(&format!("contact-{number}"), &format!("account-{account}"))?.with_role(role)?);
        }
        let ids = (0..sizes.contacts).map(|number| format!("contact-{number}")).collect();
        let mut drawn = Self {
            graph: AccountGraph::from_document(document)?,
            kind_names,
            ids,
            numbers: Vec::new(),
            contacts: Vec::new(),
            kinds: Vec::new(),
            days: Vec::new(),
        };
        for _ in 0..sizes.signals {
            drawn.contacts.push(u32::try_from(draw.low(sizes.contacts))?);
            // Names at the end of the list are those of the weaker kinds.
            drawn.kinds.push(u16::try_from(drawn.kind_names.len() - 1 - draw.low(drawn.kind_names.len()))?);
            drawn.days.push(LAST - i32::try_from(draw.low(365))?);
        }
        drawn.numbered()
    }

    /// The columns number contacts in their own way; the graph has its own numbers for them.
    fn numbered(mut self) -> Result<Self, Box<dyn Error>> {
        let roster = self.graph.contact_roster();
        self.numbers = self.ids.iter().map(|id| roster.find(id).ok_or("a contact without a number")).collect::<Result<_, _>>()?;
        Ok(self)
    }

    /// The day on which the past ends.
    pub(crate) fn last_day(&self) -> Result<Day, Box<dyn Error>> {
        Ok(Day::from_days_since_epoch(self.days.iter().copied().max().unwrap_or(LAST))?)
    }

    /// What happened, counted.
    pub(crate) fn tally(&self) -> Result<SignalTally, Box<dyn Error>> {
        let names: Vec<&str> = self.kind_names.iter().map(String::as_str).collect();
        let columns = SignalColumns {
            contacts: &self.contacts,
            contact_numbers: Some(&self.numbers),
            kinds: &self.kinds,
            days: &self.days,
            kind_names: &names,
            ..SignalColumns::default()
        };
        Ok(SignalTally::from_columns(self.graph.contact_roster(), &columns)?)
    }

    /// Who did what in one of the signals of the past; without a past, anybody the first thing.
    pub(crate) fn subject_and_kind(&self, draw: &mut Draw) -> (&str, &str) {
        let row = draw.below(self.contacts.len());
        let (contact, kind) = (self.contacts.get(row).copied().unwrap_or(0), self.kinds.get(row).copied().unwrap_or(0));
        (&self.ids[contact as usize], &self.kind_names[usize::from(kind)])
    }
}

impl fmt::Display for Portfolio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [accounts, contacts, signals] = [self.graph.account_count(), self.ids.len(), self.contacts.len()].map(grouped);
        write!(f, "{accounts} accounts, {contacts} contacts, {signals} signals")
    }
}

fn roles(policy: &Policy) -> Vec<&str> {
    policy.document().roles.iter().map(|role| role.name.as_str()).collect()
}

fn kinds_of(policy: &Policy) -> Vec<String> {
    policy.document().kinds.iter().map(|kind| kind.name.to_string()).collect()
}
