//! Small helpers.

use std::path::PathBuf;

use quorate::{Account, AccountGraph, Contact, Lead, LeadMatch, MatchAnswer, MatchRules, Matcher};

/// An account with a name, other names and domains.
pub(crate) fn account(id: &str, name: &str, aliases: &[&str], domains: &[&str]) -> Account {
    let mut account = Account::new(id).expect("an id");
    account.name = Some(name.into()).filter(|name: &String| !name.is_empty());
    account.aliases = aliases.iter().map(|alias| (*alias).into()).collect();
    account.domains = domains.iter().map(|domain| (*domain).into()).collect();
    account
}

/// A contact of an account, or of none, with an address and a name.
pub(crate) fn contact(id: &str, account: &str, email: &str, name: &str) -> Contact {
    let made = if account.is_empty() { Contact::own_staff(id) } else { Contact::new(id, account) };
    let mut contact = made.expect("an id");
    contact.email = Some(email.into()).filter(|email: &String| !email.is_empty());
    contact.name = Some(name.into()).filter(|name: &String| !name.is_empty());
    contact
}

/// A graph of these records.
pub(crate) fn graph(accounts: impl IntoIterator<Item = Account>, contacts: impl IntoIterator<Item = Contact>) -> AccountGraph {
    let mut graph = AccountGraph::new();
    for account in accounts {
        graph.add_account(account).expect("a valid account");
    }
    for contact in contacts {
        graph.add_contact(contact).expect("a valid contact");
    }
    graph
}

/// A matcher of these records under the default rules.
pub(crate) fn matcher(accounts: impl IntoIterator<Item = Account>, contacts: impl IntoIterator<Item = Contact>) -> Matcher {
    Matcher::new(&graph(accounts, contacts), &MatchRules::default())
}

/// A lead of the facts that are not blank: `email`, `company`, `name`.
pub(crate) fn lead(email: &str, company: &str, name: &str) -> Lead {
    let some = |text: &str| Some(String::from(text)).filter(|text| !text.is_empty());
    Lead { email: some(email), company: some(company), name: some(name), ..Lead::default() }
}

/// An answer in a line: `matched a by name`, `ambiguous a, b: several_owners_of_name`, `unmatched: unknown_name (a)`.
pub(crate) fn line<T: ToString>(answer: &MatchAnswer<T>) -> String {
    let named = |list: &[quorate::Candidate<T>]| list.iter().map(|one| one.id.to_string()).collect::<Vec<_>>().join(", ");
    match answer {
        MatchAnswer::Matched { id, how } => format!("matched {} by {}", id.to_string(), how.token()),
        MatchAnswer::Ambiguous { candidates, why } => format!("ambiguous {}: {}", named(candidates), why.token()),
        MatchAnswer::Unmatched { why, suggestions } if suggestions.is_empty() => format!("unmatched: {}", why.token()),
        MatchAnswer::Unmatched { why, suggestions } => format!("unmatched: {} ({})", why.token(), named(suggestions)),
    }
}

/// Account and contact in a line each, and the notes in theirs.
pub(crate) fn told(found: &LeadMatch) -> Vec<String> {
    let mut told = vec![line(&found.account), line(&found.contact)];
    told.extend(found.notes.iter().map(ToString::to_string));
    told
}

/// A folder of public data; `None`, said aloud, where there is none.
pub(crate) fn shared(folder: &str) -> Option<PathBuf> {
    let Some(shared) = std::env::var_os("QUORATE_DATA") else {
        // Written past the capture of the test harness, so that a skipped test is seen.
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "SKIPPED: QUORATE_DATA is not set; it names the directory that holds {folder}");
        return None;
    };
    Some(PathBuf::from(shared).join(folder))
}
