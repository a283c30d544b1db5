//! A portfolio and its past: of a folder, or drawn.

use std::error::Error;
use std::fmt;
use std::path::Path;

use quorate::{Account, AccountGraph, Contact, Day, Policy, PortfolioDocument, SignalTally};

use crate::draw::Draw;
use crate::times::grouped;
use crate::workload::{self, Columns, names};

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
    /// The ids of contacts by the numbers of the column.
    ids: Vec<String>,
    columns: Columns,
}

impl Portfolio {
    /// Of a folder of columns, which number kinds and roles as the default policy does.
    pub(crate) fn read(policy: &Policy, folder: &Path) -> Result<Self, Box<dyn Error>> {
        let (kind_names, roles) = names(policy);
        let (graph, ids) = workload::portfolio(folder, &roles)?;
        let columns = Columns::read(folder, workload::numbers(&graph, &ids)?)?;
        Ok(Self { graph, kind_names: owned(&kind_names), ids, columns })
    }

    /// Drawn: a few accounts have many people, a few people do much, and more was done lately than long ago.
    pub(crate) fn drawn(policy: &Policy, sizes: &Sizes, draw: &mut Draw) -> Result<Self, Box<dyn Error>> {
        let (kind_names, roles) = names(policy);
        let mut document = PortfolioDocument::default();
        for number in 0..sizes.accounts {
            document.accounts.push(Account::new(&format!("account-{number}"))?);
        }
        for number in 0..sizes.contacts {
            let (account, role) = (draw.low(sizes.accounts), roles[draw.below(roles.len())]);
            document.contacts.push(Contact::new(&format!("contact-{number}"), &format!("account-{account}"))?.with_role(role)?);
        }
        let ids: Vec<String> = (0..sizes.contacts).map(|number| format!("contact-{number}")).collect();
        let graph = AccountGraph::from_document(document)?;
        let mut columns = Columns { numbers: workload::numbers(&graph, &ids)?, ..Columns::default() };
        for _ in 0..sizes.signals {
            columns.contacts.push(u32::try_from(draw.low(sizes.contacts))?);
            // Names at the end of the list are those of the weaker kinds.
            columns.kinds.push(u16::try_from(kind_names.len() - 1 - draw.low(kind_names.len()))?);
            columns.days.push(LAST - i32::try_from(draw.low(365))?);
        }
        Ok(Self { graph, kind_names: owned(&kind_names), ids, columns })
    }

    /// The day on which the past ends.
    pub(crate) fn last_day(&self) -> Result<Day, Box<dyn Error>> {
        Ok(Day::from_days_since_epoch(self.columns.days.iter().copied().max().unwrap_or(LAST))?)
    }

    /// What happened, counted.
    pub(crate) fn tally(&self) -> Result<SignalTally, Box<dyn Error>> {
        let names: Vec<&str> = self.kind_names.iter().map(String::as_str).collect();
        Ok(self.columns.tally(&self.graph, &names)?)
    }

    /// Who did what in one of the signals of the past; without a past, anybody the first thing.
    pub(crate) fn subject_and_kind(&self, draw: &mut Draw) -> (&str, &str) {
        let Columns { contacts, kinds, .. } = &self.columns;
        let row = draw.below(contacts.len());
        let (contact, kind) = (contacts.get(row).copied().unwrap_or(0), kinds.get(row).copied().unwrap_or(0));
        (&self.ids[contact as usize], &self.kind_names[usize::from(kind)])
    }
}

impl fmt::Display for Portfolio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [accounts, contacts, signals] = [self.graph.account_count(), self.ids.len(), self.columns.contacts.len()].map(grouped);
        write!(f, "{accounts} accounts, {contacts} contacts, {signals} signals")
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
