//! The files of a data set and their columns, as the README lists them.

/// A column of a file.
#[derive(Debug)]
pub struct Column {
    pub name: &'static str,
    /// Whether the header must have it. Its cells may be blank where the rules say so.
    pub required: bool,
    /// Whether a cell is a list, its items separated by `;`.
    pub list: bool,
}

const fn must(name: &'static str) -> Column {
    Column { name, required: true, list: false }
}

const fn may(name: &'static str) -> Column {
    Column { name, required: false, list: false }
}

const fn list(name: &'static str) -> Column {
    Column { name, required: false, list: true }
}

/// A file of a data set, in the order in which they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    Accounts,
    Contacts,
    Groups,
    Members,
    Ties,
    Outcomes,
    Dispositions,
    Signals,
}

/// Every table, in the order in which they are read: who there is before what happened.
pub const TABLES: [Table; 8] =
    [Table::Accounts, Table::Contacts, Table::Groups, Table::Members, Table::Ties, Table::Outcomes, Table::Dispositions, Table::Signals];

/// Files of the layout that only later commands read.
pub const LATER: [&str; 2] = ["interactions.csv", "costs.csv"];

const ACCOUNTS: [Column; 12] = [
    must("account_id"),
    may("name"),
    list("aliases"),
    list("domains"),
    may("parent_id"),
    may("industry"),
    may("employees"),
    may("revenue"),
    may("country"),
    list("technologies"),
    may("fit_score"),
    may("excluded"),
];
const CONTACTS: [Column; 12] = [
    must("contact_id"),
    must("account_id"),
    may("person_id"),
    may("name"),
    may("email"),
    may("title"),
    list("roles"),
    may("reports_to"),
    may("stance"),
    may("relationship"),
    may("active"),
    may("created_at"),
];
const GROUPS: [Column; 5] = [must("group_id"), must("account_id"), may("solution"), may("template"), may("membership")];
const MEMBERS: [Column; 3] = [must("group_id"), must("contact_id"), must("role")];
const TIES: [Column; 4] = [must("from_id"), must("to_id"), must("kind"), must("strength")];
const OUTCOMES: [Column; 8] = [
    must("opportunity_id"),
    must("account_id"),
    must("created_at"),
    may("group_id"),
    may("closed_at"),
    may("outcome"),
    may("amount"),
    may("currency"),
];
const DISPOSITIONS: [Column; 4] = [must("group_id"), must("at"), must("verdict"), may("reason")];
const SIGNALS: [Column; 10] = [
    must("kind"),
    must("at"),
    may("signal_id"),
    may("contact_id"),
    may("account_id"),
    may("email"),
    may("solution"),
    may("campaign"),
    may("quarantined"),
    may("recorded_at"),
];

impl Table {
    /// The file's name without `.csv`, which is also its name in a mapping document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Contacts => "contacts",
            Self::Groups => "groups",
            Self::Members => "members",
            Self::Ties => "ties",
            Self::Outcomes => "outcomes",
            Self::Dispositions => "dispositions",
            Self::Signals => "signals",
        }
    }

    /// Whether a data set must have it.
    pub const fn required(self) -> bool {
        matches!(self, Self::Accounts | Self::Contacts | Self::Signals)
    }

    /// Its columns.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Accounts => &ACCOUNTS,
            Self::Contacts => &CONTACTS,
            Self::Groups => &GROUPS,
            Self::Members => &MEMBERS,
            Self::Ties => &TIES,
            Self::Outcomes => &OUTCOMES,
            Self::Dispositions => &DISPOSITIONS,
            Self::Signals => &SIGNALS,
        }
    }
}
