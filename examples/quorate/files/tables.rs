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
    Interactions,
    Outcomes,
    Dispositions,
    Signals,
    /// What campaigns cost; only `campaigns` reads it.
    Costs,
    /// A list of titles, a file of its own.
    Titles,
    /// A list of leads, a file of its own.
    Leads,
}

/// Every table of a data set, in the order in which they are read: who there is before what happened.
pub const TABLES: [Table; 10] = [
    Table::Accounts,
    Table::Contacts,
    Table::Groups,
    Table::Members,
    Table::Ties,
    Table::Interactions,
    Table::Outcomes,
    Table::Dispositions,
    Table::Signals,
    Table::Costs,
];

/// Files that may lie beside a data set and that most commands do not read: `campaigns` reads costs, `match` and `roles` leads and titles.
pub const ELSEWHERE: [&str; 3] = ["costs.csv", "leads.csv", "titles.csv"];

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
const CONTACTS: [Column; 13] = [
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
    may("company"),
];
const GROUPS: [Column; 5] = [must("group_id"), must("account_id"), may("solution"), may("template"), may("membership")];
const MEMBERS: [Column; 3] = [must("group_id"), must("contact_id"), must("role")];
const TIES: [Column; 4] = [must("from_id"), must("to_id"), must("kind"), must("strength")];
const INTERACTIONS: [Column; 4] = [must("from_id"), must("to_id"), must("at"), must("kind")];
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
const COSTS: [Column; 3] = [must("campaign"), must("amount"), may("currency")];
const TITLES: [Column; 1] = [must("title")];
const LEADS: [Column; 8] =
    [may("lead_id"), may("account_id"), may("contact_id"), may("email"), may("domain"), may("company"), may("name"), may("country")];

/// Columns of which a table must have one: what a row is about follows from them.
#[derive(Clone, Copy, Debug)]
pub struct OneOf {
    pub columns: &'static [&'static str],
    /// The question that stays open without any of them.
    pub question: &'static str,
}

impl Table {
    /// The file's name without `.csv`, which is also its name in a mapping document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Contacts => "contacts",
            Self::Groups => "groups",
            Self::Members => "members",
            Self::Ties => "ties",
            Self::Interactions => "interactions",
            Self::Outcomes => "outcomes",
            Self::Dispositions => "dispositions",
            Self::Signals => "signals",
            Self::Costs => "costs",
            Self::Titles => "titles",
            Self::Leads => "leads",
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
            Self::Interactions => &INTERACTIONS,
            Self::Outcomes => &OUTCOMES,
            Self::Dispositions => &DISPOSITIONS,
            Self::Signals => &SIGNALS,
            Self::Costs => &COSTS,
            Self::Titles => &TITLES,
            Self::Leads => &LEADS,
        }
    }

    /// The columns of which it must have at least one, if there are such.
    pub const fn one_of(self) -> Option<OneOf> {
        match self {
            Self::Signals => Some(OneOf { columns: &["contact_id", "account_id", "email"], question: "whose signals are these?" }),
            Self::Leads => Some(OneOf {
                columns: &["account_id", "contact_id", "email", "domain", "company", "name"],
                question: "who are these leads?",
            }),
            _ => None,
        }
    }

    /// Columns of which one is enough where that required one is missing.
    pub const fn instead_of(self, column: &str) -> &'static [&'static str] {
        match self {
            // Who has an address or a company can be matched to an account.
            Self::Contacts if matches!(column.as_bytes(), b"account_id") => &["email", "company"],
            _ => &[],
        }
    }
}
